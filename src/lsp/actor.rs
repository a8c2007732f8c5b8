//! The one owner of all that changes: open documents, guides, checks.
//!
//! Takes events one after the other and waits for nothing but the next. It starts checks only when no event is left, so
//! that whatever has queued up costs one check; one runs per document, and newer text cancels it. Diagnostics leave
//! with the version that was checked, and only if that is still the newest.

use super::buffer::Buffer;
use super::convert;
use super::event::{Checked, Event, Outcome, Question, Unanswerable};
use super::log;
use super::session::{self, Session};
use super::shelf::Shelf;
use super::snapshot::{Snapshot, Task, View};
use super::transport::Outbox;
use crate::document::Format;
use crate::engine::checker::{Cache, Checker};
use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;
use tower_lsp::Client;
use tower_lsp::ls_types::{MessageType, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

pub struct Actor {
    client: Client,
    outbox: Outbox,
    /// Where checks report that they have ended.
    events: UnboundedSender<Event>,
    session: Arc<Session>,
    shelf: Shelf,
    documents: HashMap<Uri, Open>,
    openings: u64,
    /// Checks that run, those of closed documents included.
    running: usize,
    closing: Option<oneshot::Sender<()>>,
}

/// An open document.
struct Open {
    opening: u64,
    version: i32,
    buffer: Buffer,
    /// `None` where the document is no draft.
    draft: Option<Draft>,
}

/// What is known of an open draft.
struct Draft {
    format: Format,
    checker: Arc<Checker>,
    /// What was learned of it; the check has it while one runs.
    cache: Option<Cache>,
    /// Counts what could change the findings: edits, and another guide.
    revision: u64,
    check: Check,
    /// Of the newest revision, once it was checked.
    snapshot: Option<Arc<Snapshot>>,
    /// Questions that wait for it, each with the revision it was asked at.
    waiting: Vec<(u64, Question)>,
}

enum Check {
    Due,
    Running { revision: u64, cancel: Arc<AtomicBool> },
    Done,
}

impl Actor {
    pub fn new(client: Client, outbox: Outbox, events: UnboundedSender<Event>) -> Self {
        Self {
            client,
            outbox,
            events,
            session: Arc::default(),
            shelf: Shelf::default(),
            documents: HashMap::new(),
            openings: 0,
            running: 0,
            closing: None,
        }
    }

    /// Runs until nobody can send an event any more.
    pub async fn run(mut self, mut inbox: UnboundedReceiver<Event>) {
        while let Some(event) = inbox.recv().await {
            self.take(event);
            while let Ok(event) = inbox.try_recv() {
                self.take(event);
            }
            self.start_checks();
            if self.running == 0 {
                self.closing = None;
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Initialized(session) => self.session = session,
            Event::Opened(item) => self.open(item),
            Event::Changed { uri, version, changes } => self.change(&uri, version, &changes),
            Event::Closed(uri) => self.close(&uri),
            Event::Asked(question) => self.ask(question),
            Event::Checked(checked) => self.checked(*checked),
            Event::Closing(closing) => self.closing = Some(closing),
        }
    }

    fn open(&mut self, item: TextDocumentItem) {
        if u32::try_from(item.text.len()).is_err() {
            return self.say(MessageType::WARNING, format!("“{}” is too large to check", *item.uri));
        }
        self.openings += 1;
        let path = session::path(&item.uri);
        let draft = format(&item.language_id, path.as_deref()).and_then(|format| {
            Some(Draft {
                format,
                checker: self.shelf.checker(path.as_deref())?,
                cache: Some(Cache::default()),
                revision: 0,
                check: Check::Due,
                snapshot: None,
                waiting: Vec::new(),
            })
        });
        let buffer = Buffer::new(item.text);
        let open = Open { opening: self.openings, version: item.version, buffer, draft };
        if let Some(before) = self.documents.insert(item.uri, open) {
            before.forget();
        }
    }

    fn change(&mut self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) {
        let Some(open) = self.documents.get_mut(uri) else {
            return log::warning("a document was changed that is not open");
        };
        if version <= open.version {
            let message = format!("ignored a change of “{}”: version {version} is not new", **uri);
            return self.say(MessageType::WARNING, message);
        }
        open.version = version;
        open.buffer.apply(changes, self.session.unit);
        if let Some(draft) = &mut open.draft {
            draft.is_due();
        }
    }

    fn close(&mut self, uri: &Uri) {
        let Some(open) = self.documents.remove(uri) else { return };
        open.forget();
        self.outbox.publish(uri.clone(), convert::publication(uri.clone(), None, Vec::new()));
    }

    fn ask(&mut self, question: Question) {
        let draft = self.documents.get_mut(&question.uri).and_then(|open| open.draft.as_mut());
        match draft {
            Some(Draft { snapshot: Some(snapshot), .. }) => answer(question, snapshot.clone()),
            Some(draft) => draft.waiting.push((draft.revision, question)),
            None => (question.answer)(Err(Unanswerable::Unknown)),
        }
    }

    fn start_checks(&mut self) {
        for (uri, open) in &mut self.documents {
            let Some(draft) = &mut open.draft else { continue };
            if !matches!(draft.check, Check::Due) {
                continue;
            }
            let cache = draft.cache.take().unwrap_or_default();
            let cancel = Arc::new(AtomicBool::new(false));
            draft.check = Check::Running { revision: draft.revision, cancel: cancel.clone() };
            let task = Task {
                uri: uri.clone(),
                version: open.version,
                text: open.buffer.text.as_str().into(),
                lines: open.buffer.lines.clone(),
                format: draft.format,
                checker: draft.checker.clone(),
                session: self.session.clone(),
            };
            self.running += 1;
            start(task, open.opening, cache, cancel, self.events.clone());
        }
    }

    fn checked(&mut self, checked: Checked) {
        self.running -= 1;
        if let Err(message) = &checked.outcome {
            self.say(MessageType::ERROR, format!("checking “{}” failed: {message}", *checked.uri));
        }
        let Some(open) = self.documents.get_mut(&checked.uri) else { return };
        let Some(draft) = open.draft.as_mut().filter(|_| open.opening == checked.opening) else { return };
        let Check::Running { revision, .. } = draft.check else { return };
        if revision != draft.revision {
            draft.check = Check::Due;
            // What another guide's checker learned is of no use.
            draft.cache = Arc::ptr_eq(&draft.checker, &checked.checker).then_some(checked.cache);
            return;
        }
        draft.check = Check::Done;
        draft.cache = Some(checked.cache);
        let Ok(Some(Outcome { snapshot, publication })) = checked.outcome else { return };
        self.outbox.publish(checked.uri, publication);
        for (asked, question) in draft.waiting.drain(..) {
            if question.places && asked != draft.revision {
                (question.answer)(Err(Unanswerable::Modified));
            } else {
                answer(question, snapshot.clone());
            }
        }
        draft.snapshot = Some(snapshot);
    }

    fn say(&self, level: MessageType, message: String) {
        log::to_client(&self.client, level, message);
    }
}

impl Draft {
    /// What was checked is no longer what is there.
    fn is_due(&mut self) {
        self.revision += 1;
        self.snapshot = None;
        match &self.check {
            Check::Running { cancel, .. } => cancel.store(true, Ordering::Relaxed),
            _ => self.check = Check::Due,
        }
    }
}

impl Open {
    /// Lets go of the document: its check is of no use, its questions have no answer.
    fn forget(self) {
        let Some(draft) = self.draft else { return };
        if let Check::Running { cancel, .. } = draft.check {
            cancel.store(true, Ordering::Relaxed);
        }
        for (_, question) in draft.waiting {
            (question.answer)(Err(Unanswerable::Unknown));
        }
    }
}

/// Checks a draft in the pool. Whatever happens there, its end is reported.
fn start(
    task: Task,
    opening: u64,
    mut cache: Cache,
    cancel: Arc<AtomicBool>,
    events: UnboundedSender<Event>,
) {
    tokio::task::spawn_blocking(move || {
        let (uri, version, checker) = (task.uri.clone(), task.version, task.checker.clone());
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
            let snapshot = Arc::new(Snapshot::new(task, &mut cache, &cancel)?);
            let diagnostics = convert::diagnostics(&snapshot);
            let publication = convert::publication(snapshot.uri.clone(), Some(version), diagnostics);
            Some(Outcome { snapshot, publication })
        }));
        let outcome = outcome.map_err(|_| "a rule panicked".to_owned());
        if outcome.is_err() {
            cache = Cache::default();
        }
        let _ = events.send(Event::Checked(Box::new(Checked { uri, opening, outcome, cache, checker })));
    });
}

/// Answers a question in the pool.
fn answer(question: Question, snapshot: Arc<Snapshot>) {
    tokio::task::spawn_blocking(move || (question.answer)(Ok(View { snapshot })));
}

/// How a document is marked up, by what the client calls its language, else by its name; `None` where it is no draft.
fn format(language: &str, path: Option<&Path>) -> Option<Format> {
    match language {
        "markdown" | "mdx" | "quarto" | "rmd" => Some(Format::Markdown),
        "html" | "xhtml" => Some(Format::Html),
        "plaintext" | "text" | "txt" | "mail" | "" if path.is_none() => Some(Format::Plain),
        "plaintext" | "text" | "txt" | "mail" => path.and_then(Format::of_path).or(Some(Format::Plain)),
        _ => path.and_then(Format::of_path),
    }
}
