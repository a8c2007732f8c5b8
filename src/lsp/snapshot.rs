//! A draft as it was checked: immutable, and enough to answer any question about it.

use super::session::Session;
use crate::document::{self, Document, Format};
use crate::engine::checker::{Cache, Checker, Scope};
use crate::finding::Finding;
use crate::text::lines::{LineIndex, Position};
use crate::text::span::SrcSpan;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp::ls_types::{self, Uri};

/// What is to be checked.
pub struct Task {
    pub uri: Uri,
    pub version: i32,
    pub text: Arc<str>,
    pub lines: LineIndex,
    pub format: Format,
    pub checker: Arc<Checker>,
    pub session: Arc<Session>,
}

/// A version of a draft, checked.
pub struct Snapshot {
    pub uri: Uri,
    pub version: i32,
    pub lines: LineIndex,
    pub document: Document,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    pub session: Arc<Session>,
}

/// What a question is answered from.
pub struct View {
    pub snapshot: Arc<Snapshot>,
    pub guide: Option<Arc<OpenGuide>>,
}

/// The guide to which a draft's writer adds what the house knows. It need not exist yet.
pub struct OpenGuide {
    pub path: PathBuf,
    pub uri: Uri,
    /// The version and text of the buffer, where it is open.
    pub buffer: Option<(i32, Arc<str>)>,
}

impl Snapshot {
    /// Checks a draft; gives up where `cancel` is set on the way.
    pub fn new(task: Task, cache: &mut Cache, cancel: &AtomicBool) -> Option<Self> {
        let document = document::parse(task.text, task.format);
        let reading = task.checker.read_unless(&document, cache, || cancel.load(Ordering::Relaxed))?;
        let findings = task.checker.report(&reading, Vec::new(), Scope::Alone);
        Some(Self {
            uri: task.uri,
            version: task.version,
            lines: task.lines,
            document,
            findings,
            session: task.session,
        })
    }

    pub fn text(&self) -> &str {
        &self.document.text
    }

    pub fn range(&self, span: SrcSpan) -> ls_types::Range {
        super::convert::range(&self.lines, self.text(), span, self.session.unit)
    }

    pub fn span(&self, range: ls_types::Range) -> SrcSpan {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        SrcSpan::new(start.min(end), start.max(end))
    }

    pub fn offset(&self, position: ls_types::Position) -> u32 {
        let position = Position { line: position.line, column: position.character };
        self.lines.offset(self.text(), position, self.session.unit)
    }

    /// The findings that a stretch of the source touches; one that ends where the stretch begins counts, as a cursor
    /// behind a word means the word.
    pub fn findings_at(&self, span: SrcSpan) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.span.start <= span.end && span.start <= finding.span.end)
    }
}
