//! A draft as it was checked: immutable, and enough to answer any question about it.

use super::project::Compared;
use super::session::Session;
use super::settings::Settings;
use crate::document::{self, Document, Format};
use crate::engine::checker::{Cache, Checker, Reading};
use crate::finding::Finding;
use crate::guide::error::GuideError;
use crate::text::lines::{LineIndex, Position, Unit};
use crate::text::span::SrcSpan;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp::ls_types::{self, Uri};

/// A text with its lines, and where it is from.
pub struct Sheet {
    pub uri: Uri,
    pub text: Arc<str>,
    pub lines: LineIndex,
}

/// What is to be checked.
pub struct Task {
    pub sheet: Sheet,
    /// `None` where the draft is not open.
    pub version: Option<i32>,
    pub format: Format,
    pub checker: Arc<Checker>,
    /// What the last comparison found in it.
    pub compared: Compared,
    pub session: Arc<Session>,
}

/// A version of a draft, checked.
pub struct Snapshot {
    pub sheet: Arc<Sheet>,
    /// `None` where the draft is not open.
    pub version: Option<i32>,
    pub document: Document,
    pub reading: Reading,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// The drafts that the findings' related places name, by `DocId`.
    pub others: Arc<[Arc<Sheet>]>,
    pub checker: Arc<Checker>,
    pub session: Arc<Session>,
}

/// What a question is about.
pub enum Seen {
    Draft(View),
    Guide(GuideView),
}

/// What a question about a guide is answered from.
pub struct GuideView {
    pub sheet: Sheet,
    pub session: Arc<Session>,
    /// What is wrong in it.
    pub error: Option<GuideError>,
}

/// What a question about a draft is answered from.
pub struct View {
    pub snapshot: Arc<Snapshot>,
    pub guide: Option<Arc<OpenGuide>>,
    /// All drafts that belong together, in the order of their paths.
    pub project: Vec<Arc<Snapshot>>,
    pub settings: Settings,
}

/// The guide to which a draft's writer adds what the house knows. It need not exist yet.
pub struct OpenGuide {
    pub path: PathBuf,
    pub uri: Uri,
    /// The version and text of the buffer, where it is open.
    pub buffer: Option<(i32, Arc<str>)>,
}

impl View {
    /// All drafts that belong together with this one, itself as the question sees it.
    pub fn drafts(&self) -> Vec<Arc<Snapshot>> {
        let uri = &self.snapshot.sheet.uri;
        let Some(here) = self.project.iter().position(|draft| draft.sheet.uri == *uri) else {
            return vec![self.snapshot.clone()];
        };
        let mut drafts = self.project.clone();
        drafts[here] = self.snapshot.clone();
        drafts
    }
}

impl GuideView {
    pub fn offset(&self, position: ls_types::Position) -> u32 {
        self.sheet.offset(position, self.session.unit)
    }
}

impl Sheet {
    pub fn new(uri: Uri, text: Arc<str>) -> Self {
        let lines = LineIndex::new(&text);
        Self { uri, text, lines }
    }

    pub fn offset(&self, position: ls_types::Position, unit: Unit) -> u32 {
        let position = Position { line: position.line, column: position.character };
        self.lines.offset(&self.text, position, unit)
    }

    pub fn range(&self, span: SrcSpan, unit: Unit) -> ls_types::Range {
        super::convert::range(&self.lines, &self.text, span, unit)
    }
}

impl Snapshot {
    /// Checks a draft; gives up where `cancel` is set on the way.
    pub fn new(task: Task, cache: &mut Cache, cancel: &AtomicBool) -> Option<Self> {
        let document = document::parse(task.sheet.text.clone(), task.format);
        let reading = task.checker.read_unless(&document, cache, || cancel.load(Ordering::Relaxed))?;
        let Compared { findings, sheets, scope } = task.compared;
        let findings = task.checker.report(&reading, findings, scope);
        Some(Self {
            sheet: Arc::new(task.sheet),
            version: task.version,
            document,
            reading,
            findings,
            others: sheets,
            checker: task.checker,
            session: task.session,
        })
    }

    pub fn text(&self) -> &str {
        &self.document.text
    }

    pub fn range(&self, span: SrcSpan) -> ls_types::Range {
        self.sheet.range(span, self.session.unit)
    }

    pub fn span(&self, range: ls_types::Range) -> SrcSpan {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        SrcSpan::new(start.min(end), start.max(end))
    }

    pub fn offset(&self, position: ls_types::Position) -> u32 {
        self.sheet.offset(position, self.session.unit)
    }

    /// The findings that a stretch of the source touches; one that ends where the stretch begins counts, as a cursor
    /// behind a word means the word.
    pub fn findings_at(&self, span: SrcSpan) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.span.start <= span.end && span.start <= finding.span.end)
    }
}
