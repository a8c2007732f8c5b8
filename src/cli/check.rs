//! `copydesk check`: reads drafts in parallel, compares them, reports in the order of their paths.

use super::drafts::{self, Draft};
use super::failure::Failure;
use super::progress::Progress;
use super::{CheckArguments, ReportFormat, guides, select};
use crate::document;
use crate::engine::checker::{Cache, Checker, Reading, Scope};
use crate::finding::{DocId, Finding};
use crate::guide::Guide;
use crate::report::json::Json;
use crate::report::text::Text;
use crate::report::{File, Report, Summary};
use crate::rules::rule::{ProjectCx, ProjectDoc};
use crate::text::lines::LineIndex;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Drafts that are read as if alone are reported after so many of them: enough for all cores, little to hold.
const BATCH: usize = 256;

/// Runs the command and gives the exit code.
pub fn run(arguments: &CheckArguments, out: &mut dyn Write) -> Result<u8, Failure> {
    select::review(&arguments.rules)?;
    let mut guides = guides(arguments.guide.as_ref())?;
    let drafts = drafts::find(&arguments.paths, arguments.stdin_path.as_deref(), &mut guides)?;
    let mut desk = Desk::default();
    let mut jobs = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let guide = guides.for_draft(&draft.path)?;
        jobs.push(Job { checker: desk.checker(&guide, arguments)?, draft });
    }
    let mut report: Box<dyn Report> = match arguments.format {
        ReportFormat::Text => Box::new(Text::new(out, width())),
        ReportFormat::Json => Box::new(Json::new(out)),
    };
    let progress = Progress::new(jobs.len());
    let mut summary = Summary::default();
    let mut failures = Vec::new();
    let step = if arguments.isolate { BATCH } else { jobs.len().max(1) };
    let scope = if arguments.isolate { Scope::Alone } else { Scope::Run };
    for jobs in jobs.chunks(step) {
        let (read, failed) = read(jobs, &progress);
        failures.extend(failed);
        let files = desk.settle(read, scope);
        summary.add(&files);
        report.batch(&files)?;
    }
    progress.finish();
    report.finish(&summary)?;
    let failed = !failures.is_empty();
    for failure in failures {
        failure.print(&mut anstream::stderr().lock());
    }
    Ok(if failed { 2 } else { u8::from(summary.findings() > 0) })
}

/// A draft and the checker that reads it.
struct Job {
    draft: Draft,
    checker: Arc<Checker>,
}

/// A draft that was read.
struct Read {
    file: File,
    checker: Arc<Checker>,
    reading: Reading,
}

/// The checkers of a run: one for each guide that holds for some draft.
#[derive(Default)]
struct Desk {
    checkers: HashMap<*const Guide, Arc<Checker>>,
}

impl Desk {
    fn checker(&mut self, guide: &Arc<Guide>, arguments: &CheckArguments) -> Result<Arc<Checker>, Failure> {
        // The guides outlive the run, so their addresses tell them apart.
        if let Some(checker) = self.checkers.get(&Arc::as_ptr(guide)) {
            return Ok(checker.clone());
        }
        let mut own = guide.clone();
        if !select::is_silent(&arguments.rules) {
            select::apply(&arguments.rules, Arc::make_mut(&mut own));
        }
        let checker = Arc::new(Checker::new(own)?);
        self.checkers.insert(Arc::as_ptr(guide), checker.clone());
        Ok(checker)
    }

    /// Compares what was read, and settles what is reported of each draft.
    fn settle(&self, read: Vec<Read>, scope: Scope) -> Vec<File> {
        let mut compared: Vec<Vec<Finding>> = vec![Vec::new(); read.len()];
        if scope == Scope::Run {
            let docs: Vec<ProjectDoc<'_>> = read
                .iter()
                .enumerate()
                .map(|(index, read)| ProjectDoc {
                    id: DocId(index as u32),
                    facts: &read.reading.facts,
                    guide: &read.checker.guide,
                })
                .collect();
            // Every guide's rules compare all drafts; what they say counts for the drafts that the guide holds for.
            for checker in self.checkers.values() {
                for (doc, finding) in checker.compare(&ProjectCx { documents: &docs }) {
                    let index = doc.0 as usize;
                    if read.get(index).is_some_and(|read| Arc::ptr_eq(&read.checker, checker)) {
                        compared[index].push(finding);
                    }
                }
            }
        }
        read.into_par_iter()
            .zip(compared)
            .map(|(mut read, compared)| {
                read.file.findings = read.checker.report(&read.reading, compared, scope);
                read.file
            })
            .collect()
    }
}

/// Reads drafts in parallel. One that cannot be read does not keep the others from being reported.
fn read(jobs: &[Job], progress: &Progress) -> (Vec<Read>, Vec<Failure>) {
    let results: Vec<Result<Read, Failure>> = jobs
        .par_iter()
        .map(|job| {
            let read = read_one(job);
            progress.tick();
            read
        })
        .collect();
    let mut read = Vec::with_capacity(results.len());
    let mut failed = Vec::new();
    for result in results {
        match result {
            Ok(one) => read.push(one),
            Err(failure) => failed.push(failure),
        }
    }
    (read, failed)
}

fn read_one(job: &Job) -> Result<Read, Failure> {
    let Job { draft, checker } = job;
    let label = &draft.label;
    let source = draft.source()?;
    let document = document::parse(source.text.clone(), draft.format);
    let reading = checker.read(&document, &mut Cache::default());
    let lines = LineIndex::new(&source.text);
    let file = File { path: label.clone(), text: source.text, lines, findings: Vec::new() };
    Ok(Read { file, checker: checker.clone(), reading })
}

/// Terminal cells in a line; `None` where standard output is none.
fn width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}
