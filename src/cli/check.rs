//! `copydesk check`: reads drafts in parallel, compares them, reports in the order of their paths.
//!
//! One thread reads, fixes and settles, batch by batch, with all cores to help it; this one writes the reports of a batch
//! while the next is read. Where drafts are compared there is one batch.

use super::arguments::{CheckArguments, FixArguments};
use super::baseline::Held;
use super::changes::Changes;
use super::desk::{self, Desk, Job, Read};
use super::drafts::{Draft, Origin};
use super::failure::Failure;
use super::fix;
use super::input::{self, Input};
use super::output::{self, Reports};
use super::progress::{Progress, Total};
use super::{guides, interrupt, select};
use crate::engine::checker::Scope;
use crate::finding::{Finding, Safety, Severity};
use crate::guide::discover::{Disk, Guides};
use crate::report::{File, Fixable, Summary};
use std::io::{self, Write};
use std::iter::Peekable;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Drafts that are read as if alone are reported after so many of them, or so many bytes: enough for all cores, little
/// to hold.
const BATCH: usize = 256;
const BATCH_BYTES: u64 = 16 << 20;

/// Of more failures than this only the number is told.
const FAILURES: usize = 20;

/// The drafts of a run. One that cannot be had does not keep the others from being read.
type Drafts = Peekable<Box<dyn Iterator<Item = Result<Draft, Failure>> + Send>>;

/// Runs the command and gives the exit code.
pub fn run(arguments: &CheckArguments, out: &mut dyn Write) -> Result<u8, Failure> {
    select::review(&arguments.rules)?;
    review(arguments)?;
    let mut guides = guides(arguments.input.guide.as_ref())?;
    let scope = if arguments.input.isolate { Scope::Alone } else { Scope::Run };
    let roots = input::roots(&arguments.input)?;
    let changes = Changes::asked(&arguments.scope)?;
    let baseline = Held::asked(&arguments.scope)?;
    let mut input = input::find(&arguments.input, &mut guides)?;
    if let Input::Drafts(drafts) = &mut input {
        // A report of the last run is no draft of this one.
        let reports = output::files(&arguments.output)?;
        drafts.retain(|draft| !reports.contains(&draft.path));
    }
    if let (Some(changes), Input::Drafts(drafts)) = (&changes, &mut input) {
        *drafts = changes.drafts(std::mem::take(drafts), &roots, &mut guides, scope)?;
    }
    let (drafts, total) = begin(input, &arguments.fix)?;
    interrupt::listen();
    let progress = Progress::new(total);
    let work =
        Work { arguments, progress: &progress, scope, desk: Desk::default(), roots, changes, baseline };
    if arguments.fix.diff {
        return work.show(drafts, &mut guides, out);
    }
    let mut reports = Reports::new(&arguments.output, out, width())?;
    let mut summary = Summary::default();
    if let Some(baseline) = &work.baseline {
        summary.gone = baseline.gone_drafts(&work.roots);
    }
    let mut failures = Vec::new();
    let (sender, batches) = sync_channel(1);
    let done = thread::scope(|threads| {
        let worker = threads.spawn(move || work.run(drafts, &mut guides, &sender));
        let written = batches.iter().try_for_each(|batch: Batch| {
            batch.count(&mut summary);
            failures.extend(batch.failures);
            reports.batch(&batch.files)
        });
        // The worker ends when nobody takes its batches any more.
        drop(batches);
        let done = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.map_err(Failure::from).and(done)
    });
    progress.finish();
    done?;
    summary.interrupted = interrupt::asked();
    reports.finish(&summary)?;
    Ok(code(arguments, &summary, &failures))
}

fn begin(input: Input, fix: &FixArguments) -> Result<(Drafts, Total), Failure> {
    let cannot = |what: &str| {
        Failure::new(
            format!("{what} cannot be fixed in place"),
            "use --diff to see the fixes, or save the text as a file",
        )
    };
    let writes = fix.allowed().is_some() && !fix.diff;
    match input {
        Input::Drafts(drafts) => {
            if writes && drafts.iter().any(|draft| draft.from != Origin::File) {
                return Err(cannot("standard input"));
            }
            let total = Total {
                drafts: Some(drafts.len() as u64),
                bytes: Some(drafts.iter().map(|draft| draft.size).sum()),
            };
            let drafts: Box<dyn Iterator<Item = _> + Send> = Box::new(drafts.into_iter().map(Ok));
            Ok((drafts.peekable(), total))
        }
        Input::Lines(_) if writes => Err(cannot("drafts in lines of JSON")),
        Input::Lines(lines) => {
            let total = Total { drafts: None, bytes: lines.size };
            let drafts: Box<dyn Iterator<Item = _> + Send> = Box::new(lines);
            Ok((drafts.peekable(), total))
        }
    }
}

/// Prints what failed, and gives the exit code.
fn code(arguments: &CheckArguments, summary: &Summary, failures: &[Failure]) -> u8 {
    report_failures(failures);
    if summary.interrupted {
        return interrupt::CODE;
    }
    if !failures.is_empty() {
        return 2;
    }
    let level = arguments.gate.fail_on.map_or(Severity::Note, |level| level.severity());
    u8::from(summary.at_least(level) > arguments.gate.max_findings.unwrap_or(0))
}

fn report_failures(failures: &[Failure]) {
    let mut err = anstream::stderr().lock();
    for failure in failures.iter().take(FAILURES) {
        failure.print(&mut err);
    }
    if let more @ 1.. = failures.len().saturating_sub(FAILURES) {
        Failure::new(format!("{more} more drafts could not be read or written"), "").print(&mut err);
    }
}

/// What of the arguments does not go together.
fn review(arguments: &CheckArguments) -> Result<(), Failure> {
    let CheckArguments { fix, scope, input, .. } = arguments;
    if fix.r#unsafe && fix.allowed().is_none() {
        return Err(Failure::new(
            "--unsafe says which fixes, not that they are to be applied",
            "add --fix, or --diff to see them",
        ));
    }
    if fix.fix && !fix.diff && scope.staged {
        return Err(Failure::new(
            "--fix writes to the work tree, and --staged reads what the next commit would hold",
            "use --fix --since HEAD, then stage the files again",
        ));
    }
    if input.jsonl_field.is_some() && (scope.since.is_some() || scope.staged) {
        return Err(Failure::new(
            "lines of JSON are no files that git knows",
            "leave --since and --staged out",
        ));
    }
    Ok(())
}

/// Terminal cells in a line; `None` where standard output is none.
fn width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// What is to be reported of some drafts.
#[derive(Default)]
struct Batch {
    files: Vec<File>,
    failures: Vec<Failure>,
    fixed: usize,
    fixable: Fixable,
    known: usize,
    gone: Vec<String>,
}

impl Batch {
    fn count(&self, summary: &mut Summary) {
        summary.add(&self.files);
        summary.fixed += self.fixed;
        summary.known += self.known;
        summary.gone.extend_from_slice(&self.gone);
        summary.fixable.safe += self.fixable.safe;
        summary.fixable.r#unsafe += self.fixable.r#unsafe;
    }
}

/// The part of a run that reads drafts.
struct Work<'a> {
    arguments: &'a CheckArguments,
    progress: &'a Progress,
    scope: Scope,
    desk: Desk,
    /// The files that the drafts are found in or below.
    roots: Vec<PathBuf>,
    changes: Option<Changes>,
    baseline: Option<Held>,
}

impl Work<'_> {
    /// Reads all drafts and hands over what is to be reported, in order. Ends early where nobody takes it.
    fn run(
        mut self,
        mut drafts: Drafts,
        guides: &mut Guides<Disk>,
        to: &SyncSender<Batch>,
    ) -> Result<(), Failure> {
        while drafts.peek().is_some() && !interrupt::asked() {
            let mut batch = Batch::default();
            let mut read = self.read(&mut drafts, guides, &mut batch.failures)?;
            if let Some(allowed) = self.arguments.fix.allowed() {
                let mended = self.mend(&mut read, allowed, &mut batch.failures);
                let (outcome, failed) = fix::write(&mut read, &mended);
                batch.failures.extend(failed);
                batch.fixed = outcome.findings;
            }
            self.report(&read, &mut batch);
            if to.send(batch).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Shows what `--fix` would do, and gives the exit code.
    fn show(
        mut self,
        mut drafts: Drafts,
        guides: &mut Guides<Disk>,
        out: &mut dyn Write,
    ) -> Result<u8, Failure> {
        let mut any = false;
        let mut failures = Vec::new();
        while drafts.peek().is_some() && !interrupt::asked() {
            let mut read = self.read(&mut drafts, guides, &mut failures)?;
            let mended =
                self.mend(&mut read, self.arguments.fix.allowed().unwrap_or(Safety::Safe), &mut failures);
            any |= fix::show(&read, &mended, out)?.files > 0;
        }
        self.progress.finish();
        report_failures(&failures);
        Ok(match (failures.is_empty(), any) {
            _ if interrupt::asked() => interrupt::CODE,
            (false, _) => 2,
            (true, any) => u8::from(any),
        })
    }

    /// Reads the drafts that are reported next, and what is to be known of how they were before.
    fn read(
        &mut self,
        drafts: &mut Drafts,
        guides: &mut Guides<Disk>,
        failures: &mut Vec<Failure>,
    ) -> Result<Vec<Read>, Failure> {
        let mut jobs = Vec::new();
        let mut bytes = 0;
        for draft in drafts {
            let draft = match draft {
                Ok(draft) => draft,
                Err(failure) => {
                    failures.push(failure);
                    continue;
                }
            };
            let guide = guides.for_draft(&draft.path)?;
            bytes += draft.size;
            jobs.push(Job { checker: self.desk.checker(&guide, &self.arguments.rules)?, draft });
            if self.scope == Scope::Alone && (jobs.len() >= BATCH || bytes >= BATCH_BYTES) {
                break;
            }
        }
        let (read, failed) = desk::read(&jobs, self.progress);
        failures.extend(failed);
        if let Some(changes) = &mut self.changes {
            let rules = &self.arguments.rules;
            changes.prepare(&mut self.desk, guides, rules, &read, &self.roots, self.scope)?;
        }
        Ok(read)
    }

    fn mend(&self, read: &mut [Read], allowed: Safety, failures: &mut Vec<Failure>) -> Vec<fix::Mended> {
        let (mended, failed) = fix::mend(&self.desk, read, self.scope, allowed, |read, findings| {
            let of_one = |(read, findings)| self.select(read, findings, &mut Batch::default());
            read.iter().zip(findings).map(of_one).collect()
        });
        failures.extend(failed);
        mended
    }

    fn report(&self, read: &[Read], batch: &mut Batch) {
        for (read, findings) in read.iter().zip(self.desk.findings(read, self.scope)) {
            let findings = self.select(read, findings, batch);
            for finding in &findings {
                match finding.fixes.first().map(|fix| fix.safety) {
                    Some(Safety::Safe) if self.arguments.fix.allowed().is_none() => batch.fixable.safe += 1,
                    Some(Safety::Unsafe) if self.arguments.fix.allowed() == Some(Safety::Safe) => {
                        batch.fixable.r#unsafe += 1;
                    }
                    _ => {}
                }
            }
            batch.files.push(read.file(findings));
        }
    }

    /// The findings that are asked for: what the baseline knows and what no change touched is left out.
    fn select(&self, read: &Read, mut findings: Vec<Finding>, batch: &mut Batch) -> Vec<Finding> {
        if let Some(baseline) = &self.baseline {
            let sifted = baseline.sift(read, findings);
            batch.known += sifted.known;
            batch.gone.extend(sifted.gone);
            findings = sifted.findings;
        }
        match &self.changes {
            Some(changes) => changes.keep(read, findings),
            None => findings,
        }
    }
}
