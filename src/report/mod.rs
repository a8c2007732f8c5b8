//! Reports: findings in a form that somebody or something reads. One file each.
//!
//! A report is written batch by batch, so that a run over an archive holds only what it must: all drafts at once where
//! they are compared, a few at a time where each is read as if alone.

pub mod json;
pub mod snippet;
pub mod text;

use crate::finding::{Finding, Related, Severity};
use crate::text::lines::LineIndex;
use crate::text::span::SrcSpan;
use serde::Serialize;
use std::io;
use std::sync::Arc;

/// A draft with its findings.
pub struct File {
    /// As the user would write it, with `/` between folders.
    pub path: String,
    pub text: Arc<str>,
    pub lines: LineIndex,
    /// In the order of the file.
    pub findings: Vec<Finding>,
}

/// How many drafts were read and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

/// Writes one report.
pub trait Report {
    /// Writes the next drafts, in path order. A related place in another draft is an index into the batch.
    fn batch(&mut self, files: &[File]) -> io::Result<()>;
    /// Writes what stands at the end.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

impl Summary {
    /// Counts the next drafts.
    pub fn add(&mut self, files: &[File]) {
        self.files += files.len();
        for finding in files.iter().flat_map(|file| &file.findings) {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    pub const fn findings(&self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

/// The draft of a batch in which a related place of `file` stands.
fn other<'a>(files: &'a [File], file: &'a File, related: &Related<SrcSpan>) -> &'a File {
    related.doc.and_then(|doc| files.get(doc.0 as usize)).unwrap_or(file)
}
