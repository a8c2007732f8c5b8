//! `--since` and `--staged`: what a change touched, and what it caused elsewhere.
//!
//! The drafts are read twice, as they are and as they were; a finding that was there before counts only where the change
//! touched its sentence. The styleguide is the present one both times.

use super::arguments::ScopeArguments;
use super::desk::{Desk, Job, Read};
use super::drafts::{self, Draft, Origin};
use super::failure::{Failure, shortest};
use super::git::{Object, Repository, Span};
use super::progress::{Progress, Total};
use super::{arguments::RuleArguments, desk};
use crate::engine::changes::Before;
use crate::engine::checker::Scope;
use crate::engine::fingerprint;
use crate::finding::Finding;
use crate::guide::discover::{Disk, Guides};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files that a change touched.
pub struct Changes {
    /// By their present paths: path and content before, `None` where the file is new.
    touched: HashMap<PathBuf, Option<(PathBuf, Arc<[u8]>)>>,
    /// Files that are there no more.
    gone: Vec<(PathBuf, Arc<[u8]>)>,
    /// Where git, and not the work tree, holds the present state: the drafts whose content differs there.
    present: HashMap<PathBuf, Arc<[u8]>>,
    /// Drafts of the work tree that are no part of the present state.
    absent: HashSet<PathBuf>,
    /// How each draft was, by its present path.
    before: HashMap<PathBuf, Before>,
}

impl Changes {
    /// Asks git, where the arguments want that.
    pub fn asked(arguments: &ScopeArguments) -> Result<Option<Self>, Failure> {
        let (since, staged) = (arguments.since.as_deref(), arguments.staged);
        if since.is_none() && !staged {
            return Ok(None);
        }
        let repository = Repository::here()?;
        let mut absent = HashSet::new();
        let mut present = Vec::new();
        let mut fresh = Vec::new();
        let changes = match since {
            Some(revision) => {
                fresh = repository.untracked()?;
                repository.changes(&Span::Since(&repository.merge_base(revision)?))?
            }
            None => {
                absent.extend(repository.untracked()?);
                let unstaged = repository.changes(&Span::Unstaged)?;
                present.extend(unstaged.into_iter().filter_map(|change| change.before));
                let staged = repository.changes(&Span::Staged)?;
                present.extend(
                    staged.iter().filter_map(|change| Some((change.after.clone()?, change.content.clone()?))),
                );
                staged
            }
        };
        let before = changes.iter().filter_map(|change| change.before.as_ref());
        let objects: Vec<Object> = before.chain(&present).map(|(_, object)| object.clone()).collect();
        let contents = repository.contents(&objects)?;
        let known = |(path, object): (PathBuf, Object)| Some((path, contents.get(&object)?.clone()));
        let mut touched: HashMap<_, _> = fresh.into_iter().map(|path| (path, None)).collect();
        let mut gone = Vec::new();
        for change in changes {
            let before = change.before.and_then(known);
            match change.after {
                Some(path) => drop(touched.insert(path, before)),
                None => gone.extend(before),
            }
        }
        let present = present.into_iter().filter_map(known).collect();
        Ok(Some(Self { touched, gone, present, absent, before: HashMap::new() }))
    }

    /// The drafts of the present state, of those that were found below `roots`. Where each is read as if alone, those
    /// that were not touched have nothing to say.
    pub fn drafts(
        &self,
        drafts: Vec<Draft>,
        roots: &[PathBuf],
        guides: &mut Guides<Disk>,
        scope: Scope,
    ) -> Result<Vec<Draft>, Failure> {
        let found: HashSet<PathBuf> = drafts.iter().map(|draft| draft.path.clone()).collect();
        let mut out: Vec<Draft> =
            drafts.into_iter().filter(|draft| !self.absent.contains(&draft.path)).collect();
        for (path, bytes) in &self.present {
            if !found.contains(path) && is_below(path, roots) && guides.includes(path)? {
                out.push(given(path, bytes)?);
            }
        }
        if scope == Scope::Alone {
            out.retain(|draft| self.touched.contains_key(&draft.path));
        }
        for draft in &mut out {
            if let Some(bytes) = self.present.get(&draft.path) {
                draft.from = Origin::Given(bytes.clone());
            }
        }
        out.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(out)
    }

    /// Reads the drafts as they were: `read` is what they are.
    pub fn prepare(
        &mut self,
        desk: &mut Desk,
        guides: &mut Guides<Disk>,
        rules: &RuleArguments,
        read: &[Read],
        roots: &[PathBuf],
        scope: Scope,
    ) -> Result<(), Failure> {
        // The drafts as they were, each with the path it has now, if it is there still.
        let mut were: Vec<(Read, Option<PathBuf>)> = Vec::new();
        let mut jobs = Vec::new();
        let mut now: HashMap<PathBuf, PathBuf> = HashMap::new();
        for one in read {
            let path = &one.job.draft.path;
            match self.touched.get(path) {
                None => were.push((one.clone(), Some(path.clone()))),
                Some(None) => {}
                Some(Some((before, bytes))) => {
                    jobs.push(given(before, bytes)?);
                    now.insert(before.clone(), path.clone());
                }
            }
        }
        if scope == Scope::Run {
            for (path, bytes) in &self.gone {
                if is_below(path, roots) && guides.includes(path)? {
                    jobs.push(given(path, bytes)?);
                }
            }
        }
        let jobs = jobs
            .into_iter()
            .map(|draft| Ok(Job { checker: desk.checker(&guides.for_draft(&draft.path)?, rules)?, draft }))
            .collect::<Result<Vec<Job>, Failure>>()?;
        // What cannot be read as text was no draft; it says nothing, and what is there now is new.
        let (before, _) = desk::read(&jobs, &Progress::new(Total::default()));
        were.extend(before.into_iter().map(|read| {
            let now = now.get(&read.job.draft.path).cloned();
            (read, now)
        }));
        were.sort_by(|(a, _), (b, _)| a.job.draft.label.cmp(&b.job.draft.label));
        let (reads, now): (Vec<Read>, Vec<Option<PathBuf>>) = were.into_iter().unzip();
        let findings = desk.findings(&reads, scope);
        for ((read, findings), now) in reads.iter().zip(findings).zip(now) {
            let Some(now) = now else { continue };
            let format = read.job.draft.format;
            let fingerprints = fingerprint::of_findings(&read.text, format, &findings);
            let changed = self.touched.contains_key(&now).then_some((&read.text, format));
            self.before.insert(now, Before::new(changed, &fingerprints));
        }
        Ok(())
    }

    /// The findings of a draft that the change touched or caused. Of a draft that is new, all.
    pub fn keep(&self, read: &Read, findings: Vec<Finding>) -> Vec<Finding> {
        match self.before.get(&read.job.draft.path) {
            Some(before) => before.keep_new(&read.text, read.job.draft.format, findings),
            None => findings,
        }
    }
}

/// Whether a path is one of the roots or below one.
pub fn is_below(path: &Path, roots: &[PathBuf]) -> bool {
    roots.iter().any(|root| path.starts_with(root))
}

fn given(path: &Path, bytes: &Arc<[u8]>) -> Result<Draft, Failure> {
    let draft = drafts::file(Path::new(&shortest(path)))?;
    Ok(Draft { path: path.to_owned(), from: Origin::Given(bytes.clone()), size: bytes.len() as u64, ..draft })
}
