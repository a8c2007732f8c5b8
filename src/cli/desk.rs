//! Reads drafts in parallel, each by the rules of its guide, and compares them. Knows nothing of reports.

use super::arguments::RuleArguments;
use super::drafts::Draft;
use super::failure::Failure;
use super::interrupt;
use super::progress::Progress;
use super::select;
use crate::document;
use crate::engine::checker::{Cache, Checker, Reading, Scope};
use crate::finding::{DocId, Finding};
use crate::guide::Guide;
use crate::report::File;
use crate::rules::rule::{ProjectCx, ProjectDoc};
use crate::text::lines::LineIndex;
use crate::text::source::Source;
use rayon::prelude::*;
use std::sync::Arc;

/// A draft and the checker that reads it.
#[derive(Clone)]
pub struct Job {
    pub draft: Draft,
    pub checker: Arc<Checker>,
}

/// A draft that was read.
#[derive(Clone)]
pub struct Read {
    pub job: Job,
    pub text: Arc<str>,
    pub reading: Arc<Reading>,
}

/// The checkers of a run: one for each guide that holds for some draft.
#[derive(Default)]
pub struct Desk {
    /// In the order in which the drafts asked for them, so that a run is the same every time.
    checkers: Vec<(Arc<Guide>, Arc<Checker>)>,
}

impl Desk {
    /// The checker of a guide, with what the command line says about rules.
    pub fn checker(
        &mut self,
        guide: &Arc<Guide>,
        arguments: &RuleArguments,
    ) -> Result<Arc<Checker>, Failure> {
        // There are as many as there are guides with different overrides: few.
        if let Some((_, checker)) = self.checkers.iter().find(|(known, _)| Arc::ptr_eq(known, guide)) {
            return Ok(checker.clone());
        }
        let mut own = guide.clone();
        if !select::is_silent(arguments) {
            select::apply(arguments, Arc::make_mut(&mut own));
        }
        let checker = Arc::new(Checker::new(own)?);
        self.checkers.push((guide.clone(), checker.clone()));
        Ok(checker)
    }

    /// What is reported of each draft, after they were compared if `scope` says so.
    pub fn findings(&self, read: &[Read], scope: Scope) -> Vec<Vec<Finding>> {
        let mut compared: Vec<Vec<Finding>> = vec![Vec::new(); read.len()];
        if scope == Scope::Run {
            let docs: Vec<ProjectDoc<'_>> = read
                .iter()
                .enumerate()
                .map(|(index, read)| ProjectDoc {
                    id: DocId(index as u32),
                    facts: &read.reading.facts,
                    guide: &read.job.checker.guide,
                })
                .collect();
            // Every guide's rules compare all drafts; what they say counts for the drafts that the guide holds for.
            for (_, checker) in &self.checkers {
                for (doc, finding) in checker.compare(&ProjectCx { documents: &docs }) {
                    let index = doc.0 as usize;
                    if read.get(index).is_some_and(|read| Arc::ptr_eq(&read.job.checker, checker)) {
                        compared[index].push(finding);
                    }
                }
            }
        }
        read.par_iter()
            .zip(compared)
            .map(|(read, compared)| read.job.checker.report(&read.reading, compared, scope))
            .collect()
    }
}

impl Read {
    /// Reads a draft's text.
    pub fn new(job: &Job, source: Source) -> Self {
        let document = document::parse(source.text.clone(), job.draft.format);
        let reading = Arc::new(job.checker.read(&document, &mut Cache::default()));
        Self { job: job.clone(), text: source.text, reading }
    }

    /// The draft as reports take it.
    pub fn file(&self, findings: Vec<Finding>) -> File {
        File {
            path: self.job.draft.label.clone(),
            format: self.job.draft.format,
            text: self.text.clone(),
            lines: LineIndex::new(&self.text),
            reading: self.reading.clone(),
            findings,
        }
    }
}

/// Reads drafts in parallel, in their order. One that cannot be read does not keep the others from being read; after
/// Ctrl-C no more are begun.
pub fn read(jobs: &[Job], progress: &Progress) -> (Vec<Read>, Vec<Failure>) {
    let results: Vec<Result<Read, Failure>> = jobs
        .par_iter()
        .filter(|_| !interrupt::asked())
        .map(|job| {
            let read = job.draft.source().map(|source| Read::new(job, source));
            progress.tick(job.draft.size);
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
