//! Reports: findings in a form that somebody or something reads. One file each.
//!
//! A report is written batch by batch, so that a run over an archive holds only what it must: all drafts at once where
//! they are compared, a few at a time where each is read as if alone.

pub mod checkstyle;
pub mod compact;
pub mod diff;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod page;
pub mod rdjson;
pub mod sarif;
pub mod snippet;
pub mod text;
mod xml;

use crate::document::Format;
use crate::engine::checker::Reading;
use crate::engine::fingerprint;
use crate::engine::fingerprint::Fingerprint;
use crate::finding::{Finding, Related, Severity};
use crate::text::lines::{LineIndex, Unit};
use crate::text::span::SrcSpan;
use serde::Serialize;
use std::io;
use std::sync::Arc;

/// A draft with its findings.
pub struct File {
    /// As the user would write it, with `/` between folders.
    pub path: String,
    pub format: Format,
    pub text: Arc<str>,
    pub lines: LineIndex,
    pub reading: Arc<Reading>,
    /// In the order of the file.
    pub findings: Vec<Finding>,
}

/// How many drafts were read and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Findings that were fixed, and are not counted above.
    #[serde(skip_serializing_if = "is_none")]
    pub fixed: usize,
    /// Findings that the next kind of fixes would settle, which was not asked for.
    #[serde(skip)]
    pub fixable: Fixable,
    /// Findings that a baseline knows, and that are not counted above.
    #[serde(skip_serializing_if = "is_none")]
    pub known: usize,
    /// Findings of the baseline that are there no more, as a person reads them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// Somebody ended the run before all drafts were read.
    #[serde(skip_serializing_if = "is_false")]
    pub interrupted: bool,
}

/// How many findings have a fix that a program may apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixable {
    pub safe: usize,
    pub r#unsafe: usize,
}

/// Writes one report.
pub trait Report {
    /// Writes the next drafts, in path order. A related place in another draft is an index into the batch.
    fn batch(&mut self, files: &[File]) -> io::Result<()>;
    /// Writes what stands at the end.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

/// A stretch of a draft by lines and columns, all counted from 1; `end_column` is the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

impl File {
    /// Where a stretch stands, with columns counted in `unit`.
    pub fn place(&self, span: SrcSpan, unit: Unit) -> Place {
        let start = self.lines.position(&self.text, span.start, unit);
        let end = self.lines.position(&self.text, span.end, unit);
        Place {
            line: start.line + 1,
            column: start.column + 1,
            end_line: end.line + 1,
            end_column: end.column + 1,
        }
    }

    /// The fingerprints of the findings, in their order.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        fingerprint::of_findings(&self.text, self.format, &self.findings)
    }
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

    /// Findings of a level or above.
    pub const fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.findings(),
        }
    }
}

/// What to do about a finding: the suggestions, and the rule's own advice, a line each.
pub fn advice(finding: &Finding) -> Vec<String> {
    let mut out = Vec::new();
    let suggestions: Vec<&str> = finding.suggestions().take(4).collect();
    match suggestions.as_slice() {
        [] => {}
        [""] if finding.help.is_empty() => out.push("remove it".to_owned()),
        [""] => {}
        [first, rest @ ..] => {
            let mut line = format!("change to {}", quoted(first));
            for (index, other) in rest.iter().enumerate() {
                line += if index + 1 == rest.len() { " or " } else { ", " };
                line += &quoted(other);
            }
            out.push(line);
        }
    }
    if !finding.help.is_empty() {
        out.push(finding.help.clone());
    }
    out
}

/// “3 errors, 12 warnings in 2 drafts”, “nothing to mark in 1 draft”.
pub fn totals(summary: &Summary) -> String {
    let parts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| text::counted(*count, noun))
        .collect();
    let found = if parts.is_empty() { "nothing to mark".to_owned() } else { parts.join(", ") };
    format!("{found} in {}", text::counted(summary.files, "draft"))
}

/// A text on one line: what a line break or a run of spaces separates is separated by one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") }
}

/// The draft of a batch in which a related place of `file` stands.
fn other<'a>(files: &'a [File], file: &'a File, related: &Related<SrcSpan>) -> &'a File {
    related.doc.and_then(|doc| files.get(doc.0 as usize)).unwrap_or(file)
}

/// For serde, which hands over references.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_none(count: &usize) -> bool {
    *count == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_false(value: &bool) -> bool {
    !*value
}
