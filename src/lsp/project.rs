//! The drafts of the open folders, and what a comparison of all drafts finds.
//!
//! Drafts that are not open are read once, in the background, a few at a time, and again when they change outside. A
//! comparison is of snapshots: what it found is carried over the edits that came since.

use super::buffer::Replaced;
use super::snapshot::{Sheet, Snapshot};
use crate::engine::checker::{Checker, Scope};
use crate::finding::{DocId, Finding, Fix, Related};
use crate::rules::rule::{ProjectCx, ProjectDoc};
use crate::text::span::SrcSpan;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_lsp::ls_types::Uri;

/// The drafts on the disk.
#[derive(Default)]
pub struct Project {
    pub folders: Vec<PathBuf>,
    /// Drafts that are not open, as they were when they were read.
    pub closed: BTreeMap<PathBuf, Arc<Snapshot>>,
    /// Drafts to read, or to read again.
    pub due: BTreeSet<PathBuf>,
    /// Whether some are being read.
    pub reading: bool,
    /// How many folders are being looked through.
    pub walking: usize,
    pub comparing: Comparing,
    /// What the last comparison found.
    pub compared: Arc<Comparison>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comparing {
    #[default]
    Done,
    Due,
    /// It runs, or rests after it ran.
    Running,
    /// Something changed in the meantime.
    RunningAndDue,
}

/// What a comparison found in one draft.
#[derive(Clone)]
pub struct Compared {
    pub findings: Vec<Finding>,
    /// The drafts that the findings' related places name, by `DocId`.
    pub sheets: Arc<[Arc<Sheet>]>,
    pub scope: Scope,
}

/// What a comparison found in all drafts.
#[derive(Default)]
pub struct Comparison {
    pub sheets: Arc<[Arc<Sheet>]>,
    pub findings: HashMap<Uri, Vec<Finding>>,
    /// For each open draft: its opening and the revision that was compared.
    pub bases: HashMap<Uri, (u64, u64)>,
    pub took: Duration,
}

impl Project {
    /// Whether a file stands in one of the open folders.
    pub fn holds(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Whether all drafts were found and read.
    pub fn is_read(&self) -> bool {
        self.walking == 0 && !self.reading && self.due.is_empty()
    }

    /// A comparison has ended and rested.
    pub fn rested(&mut self) {
        let again = self.comparing == Comparing::RunningAndDue;
        self.comparing = if again { Comparing::Due } else { Comparing::Done };
    }

    /// Something that a comparison reads has changed.
    pub fn compare_again(&mut self) {
        self.comparing = match self.comparing {
            Comparing::Done | Comparing::Due => Comparing::Due,
            Comparing::Running | Comparing::RunningAndDue => Comparing::RunningAndDue,
        };
    }
}

impl Comparison {
    /// How long to rest before the next: of a large project, comparisons take a fifth of one core at most, however fast
    /// somebody types. A small one needs no rest.
    pub fn rest(&self) -> Option<Duration> {
        (self.took > Duration::from_millis(5)).then(|| self.took * 4)
    }
}

impl Default for Compared {
    fn default() -> Self {
        Self { findings: Vec::new(), sheets: Arc::default(), scope: Scope::Alone }
    }
}

impl Compared {
    /// Carries the findings over an edit; those that it touches are gone. `None` stands for another text altogether.
    pub fn follow(&mut self, edit: Option<Replaced>) {
        match edit {
            Some(edit) => self.findings.retain_mut(|finding| follow(finding, edit)),
            None => self.findings.clear(),
        }
    }

    /// Whether a person would see no difference in the findings.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let same_place = |a: &Related, b: &Related| {
            let uri = |related: &Related, compared: &Self| {
                Some(compared.sheets.get(related.doc?.0 as usize)?.uri.clone())
            };
            a.span == b.span && a.message == b.message && uri(a, self) == uri(b, other)
        };
        self.findings.len() == other.findings.len()
            && self.findings.iter().zip(&other.findings).all(|(a, b)| {
                (a.span, a.rule, &a.message, &a.fixes) == (b.span, b.rule, &b.message, &b.fixes)
                    && a.related.len() == b.related.len()
                    && a.related.iter().zip(&b.related).all(|(a, b)| same_place(a, b))
            })
    }
}

/// Compares drafts, given in the order of their paths. Each guide's rules speak of the drafts that it holds for.
pub fn compare(drafts: &[Arc<Snapshot>], bases: HashMap<Uri, (u64, u64)>) -> Comparison {
    let start = Instant::now();
    let documents: Vec<ProjectDoc<'_>> = drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| ProjectDoc {
            id: DocId(index as u32),
            facts: &draft.reading.facts,
            guide: &draft.checker.guide,
        })
        .collect();
    let mut checkers: Vec<&Arc<Checker>> = Vec::new();
    for draft in drafts {
        if !checkers.iter().any(|checker| Arc::ptr_eq(checker, &draft.checker)) {
            checkers.push(&draft.checker);
        }
    }
    let mut findings: HashMap<Uri, Vec<Finding>> = HashMap::new();
    for checker in checkers {
        for (doc, finding) in checker.compare(&ProjectCx { documents: &documents }) {
            let Some(draft) = drafts.get(doc.0 as usize) else { continue };
            if Arc::ptr_eq(checker, &draft.checker) {
                findings.entry(draft.sheet.uri.clone()).or_default().push(finding);
            }
        }
    }
    let sheets = drafts.iter().map(|draft| draft.sheet.clone()).collect();
    Comparison { sheets, findings, bases, took: start.elapsed() }
}

/// All files below a folder that no .gitignore names, a few hundred at a time.
pub fn walk(folder: &Path, mut found: impl FnMut(Vec<PathBuf>)) {
    const CHUNK: usize = 256;
    let mut chunk = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).require_git(false).build().flatten() {
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        chunk.push(entry.into_path());
        if chunk.len() == CHUNK {
            found(std::mem::take(&mut chunk));
        }
    }
    found(chunk);
}

/// Carries a finding over an edit; `false` where the edit touches it.
fn follow(finding: &mut Finding, edit: Replaced) -> bool {
    let Some(span) = moved(finding.span, edit) else { return false };
    finding.span = span;
    finding.related.retain_mut(|related: &mut Related| match (related.doc, moved(related.span, edit)) {
        (Some(_), _) => true,
        (None, Some(span)) => {
            related.span = span;
            true
        }
        (None, None) => false,
    });
    finding.fixes.retain_mut(|fix: &mut Fix| {
        fix.edits.iter_mut().all(|(span, _)| match moved(*span, edit) {
            Some(moved) => {
                *span = moved;
                true
            }
            None => false,
        })
    });
    true
}

/// Where a span stands after an edit; `None` where the edit touches it.
fn moved(span: SrcSpan, edit: Replaced) -> Option<SrcSpan> {
    if span.end <= edit.span.start {
        return Some(span);
    }
    let shifted = |at: u32| at - edit.span.len() + edit.inserted;
    (span.start >= edit.span.end).then(|| SrcSpan::new(shifted(span.start), shifted(span.end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_follow_edits_and_go_where_an_edit_touches_them() {
        let edit = |start, end, inserted| Replaced { span: SrcSpan::new(start, end), inserted };
        let after = |edit| moved(SrcSpan::new(10, 15), edit).map(|span| (span.start, span.end));
        assert_eq!(after(edit(0, 3, 1)), Some((8, 13)));
        assert_eq!(after(edit(10, 10, 2)), Some((12, 17)));
        assert_eq!(after(edit(15, 20, 0)), Some((10, 15)));
        assert_eq!(after(edit(12, 12, 1)), None);
        assert_eq!(after(edit(14, 16, 0)), None);
    }
}
