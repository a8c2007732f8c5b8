//! All that can happen to the server, as one closed list: what the actor takes, one after the other.

use super::project::Comparison;
use super::session::Session;
use super::snapshot::{Seen, Snapshot};
use crate::engine::checker::{Cache, Checker};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tower_lsp::ls_types::{
    TextDocumentContentChangeEvent, TextDocumentItem, Uri, WorkspaceFoldersChangeEvent,
};

/// Something that happened.
pub enum Event {
    /// The client introduced itself.
    Initialized(Arc<Session>),
    /// The client is ready to be asked.
    Ready,
    Opened(TextDocumentItem),
    Changed {
        uri: Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    Closed(Uri),
    /// Files or folders were created, changed, renamed or deleted outside.
    Files(Vec<Uri>),
    /// The client said how it is set, or that something about it changed: then it is asked.
    Configured(serde_json::Value),
    Folders(WorkspaceFoldersChangeEvent),
    /// The client wants to know something about a document.
    Asked(Question),
    /// The client wants to know something about all drafts.
    Surveyed(Survey),
    /// A check has ended.
    Checked(Box<Checked>),
    /// Files were found in a folder.
    Found(Vec<PathBuf>),
    /// A folder was looked through.
    Walked,
    /// Drafts were read that are not open; `None` where there is no such draft any more.
    Read(Vec<(PathBuf, Option<Arc<Snapshot>>)>),
    /// A comparison has ended; `None` where it failed.
    Compared(Option<Box<Comparison>>),
    /// A comparison has rested: the next may begin.
    Rested,
    /// The input has ended: the sender is dropped as soon as no check runs any more.
    Closing(tokio::sync::oneshot::Sender<()>),
}

/// A question about a document, to be answered from a snapshot of its newest text.
pub struct Question {
    pub uri: Uri,
    pub kind: Kind,
    pub answer: Answer,
}

/// What the answer to a question depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The draft, whatever it says when the answer is given.
    Draft,
    /// A place in it: there is no answer once the text has changed.
    Place,
    /// The same, and all drafts of the folders: an answer from a part of them would be wrong.
    Everywhere,
}

/// Answers a question. Called exactly once, on a thread that may take its time.
pub type Answer = Box<dyn FnOnce(Result<Seen, Unanswerable>) + Send>;

/// Answers a question about all drafts, given in the order of their paths, with what their comparison found.
pub type Survey = Box<dyn FnOnce(Vec<Arc<Snapshot>>, &Comparison) + Send>;

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// The document is not open, or neither a draft nor a guide.
    Unknown,
    /// The text changed after the question was asked.
    Modified,
}

/// The end of a check.
pub struct Checked {
    pub uri: Uri,
    /// Counts the times that documents were opened: a document closed and opened again is another one.
    pub opening: u64,
    /// `None` where the check was cancelled; an error says what went wrong.
    pub outcome: Result<Option<Outcome>, String>,
    pub took: Duration,
    /// What was learned on the way, with the checker that learned it.
    pub cache: Cache,
    pub checker: Arc<Checker>,
}

pub struct Outcome {
    pub snapshot: Arc<Snapshot>,
    /// The notification that publishes the diagnostics, as JSON.
    pub publication: Vec<u8>,
}
