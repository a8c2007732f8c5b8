//! `copydesk baseline`, and what `check` makes of the file that it writes.

use super::arguments::{InputArguments, RuleArguments, ScopeArguments};
use super::changes::is_below;
use super::desk::{self, Desk, Job, Read};
use super::drafts::{self, Draft};
use super::failure::{Failure, shortest};
use super::input::{self, Input};
use super::progress::{Progress, Total};
use super::replace::Pending;
use super::{guides, select};
use crate::engine::baseline::{Baseline, Known, words};
use crate::engine::checker::Scope;
use crate::engine::fingerprint;
use crate::finding::Finding;
use crate::report::text::counted;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The name under which a baseline is found.
pub const FILE_NAME: &str = "copydesk-baseline.tsv";

/// A baseline in its file. Its drafts' paths count from the file's folder.
pub struct Held {
    pub path: PathBuf,
    pub baseline: Baseline,
}

/// What a baseline leaves of a draft's findings.
#[derive(Default)]
pub struct Sifted {
    pub findings: Vec<Finding>,
    /// How many it knows.
    pub known: usize,
    /// What it knows and was not found, as a person reads it.
    pub gone: Vec<String>,
}

/// Writes the present findings down and gives the exit code.
pub fn run(
    input: &InputArguments,
    rules: &RuleArguments,
    output: Option<&Path>,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    select::review(rules)?;
    let mut guides = guides(input.guide.as_ref())?;
    let path = drafts::absolute(output.unwrap_or(Path::new(FILE_NAME)))?;
    let mut desk = Desk::default();
    let mut jobs = Vec::new();
    let drafts: Vec<Draft> = match input::find(input, &mut guides)? {
        Input::Drafts(drafts) => drafts,
        Input::Lines(lines) => lines.collect::<Result<_, _>>()?,
    };
    for draft in drafts {
        let guide = guides.for_draft(&draft.path)?;
        jobs.push(Job { checker: desk.checker(&guide, rules)?, draft });
    }
    let scope = if input.isolate { Scope::Alone } else { Scope::Run };
    let progress = Progress::new(Total::default());
    let (read, failures) = desk::read(&jobs, &progress);
    progress.finish();
    let mut held = Held { path, baseline: Baseline::default() };
    for (read, findings) in read.iter().zip(desk.findings(&read, scope)) {
        held.remember(read, &findings);
    }
    let (path, baseline) = (&held.path, &held.baseline);
    write(path, &baseline.text()).map_err(|error| {
        Failure::new(
            format!("the baseline cannot be written to “{}”: {error}", shortest(path)),
            "name a file with --output",
        )
    })?;
    let (findings, drafts) = (counted(baseline.len(), "finding"), counted(baseline.drafts.len(), "draft"));
    writeln!(out, "Wrote {}: {findings} in {drafts}", shortest(path))?;
    writeln!(out, "“copydesk check” leaves them out from now on, and says which are gone")?;
    for failure in &failures {
        failure.print(&mut anstream::stderr().lock());
    }
    Ok(if failures.is_empty() { 0 } else { 2 })
}

impl Held {
    /// The baseline that the arguments name, or the nearest one in this folder or above.
    pub fn asked(arguments: &ScopeArguments) -> Result<Option<Self>, Failure> {
        if arguments.no_baseline {
            return Ok(None);
        }
        let path = match &arguments.baseline {
            Some(path) if !path.is_file() => {
                return Err(drafts::missing(path, "“copydesk baseline --output FILE” writes one"));
            }
            Some(path) => drafts::absolute(path)?,
            None => {
                let here = drafts::absolute(Path::new("."))?;
                let nearest =
                    here.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file());
                let Some(path) = nearest else { return Ok(None) };
                path
            }
        };
        let name = shortest(&path);
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("cannot read the baseline “{name}”: {error}"), ""))?;
        let baseline = Baseline::parse(&text).map_err(|error| {
            Failure::new(
                format!("{name}:{}: {}", error.line, error.message),
                "mend the line, or write the file anew with “copydesk baseline”",
            )
        })?;
        Ok(Some(Self { path, baseline }))
    }

    /// Takes the findings out that the baseline knows.
    pub fn sift(&self, read: &Read, findings: Vec<Finding>) -> Sifted {
        let key = self.key(&read.job.draft.path);
        let mut known = self.baseline.counts(&key);
        if known.is_empty() {
            return Sifted { findings, ..Sifted::default() };
        }
        let fingerprints = fingerprint::of_findings(&read.text, read.job.draft.format, &findings);
        let gone =
            self.baseline.gone(&key, &fingerprints).into_iter().map(|known| line(&key, known)).collect();
        let all = findings.len();
        let findings: Vec<Finding> = findings
            .into_iter()
            .zip(fingerprints)
            .filter(|(_, fingerprint)| match known.get_mut(fingerprint) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            })
            .map(|(finding, _)| finding)
            .collect();
        Sifted { known: all - findings.len(), findings, gone }
    }

    /// What the baseline knows of drafts below the roots that are there no more.
    pub fn gone_drafts(&self, roots: &[PathBuf]) -> Vec<String> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let gone = self.baseline.drafts.iter().filter(|(key, _)| {
            let path = folder.join(key);
            is_below(&path, roots) && !path.exists()
        });
        gone.flat_map(|(key, known)| known.iter().map(|known| line(key, known))).collect()
    }

    fn remember(&mut self, read: &Read, findings: &[Finding]) {
        let fingerprints = fingerprint::of_findings(&read.text, read.job.draft.format, findings);
        let known: Vec<Known> = findings
            .iter()
            .zip(fingerprints)
            .map(|(finding, fingerprint)| Known {
                fingerprint,
                rule: finding.rule.to_owned(),
                words: words(finding.span.of(&read.text)),
            })
            .collect();
        if !known.is_empty() {
            let key = self.key(&read.job.draft.path);
            self.baseline.drafts.insert(key, known);
        }
    }

    /// A draft's path as the baseline writes it.
    fn key(&self, draft: &Path) -> String {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        drafts::label(draft.strip_prefix(folder).unwrap_or(draft))
    }
}

fn line(key: &str, Known { rule, words, .. }: &Known) -> String {
    format!("{key}: “{words}” [{rule}]")
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut pending = Pending::create(path)?;
    pending.write_all(text.as_bytes())?;
    pending.finish()
}
