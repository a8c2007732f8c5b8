//! The one owner of all that changes: open documents, guides, checks.
//!
//! Takes events one after the other and waits for nothing but the next. It starts checks only when no event is left, so
//! that whatever has queued up costs one check; one runs per document, and newer text cancels it. Diagnostics leave
//! with the version that was checked, and only if that is still the newest.

use super::buffer::{Buffer, Replaced};
use super::convert;
use super::event::{Checked, Event, Kind, Outcome, Question, Survey, Unanswerable};
use super::guide_marks;
use super::log;
use super::progress::Progress;
use super::project::{self, Compared, Comparing, Comparison, Project};
use super::session::{self, Session};
use super::settings::{self, Settings};
use super::shelf::Shelf;
use super::snapshot::{GuideView, OpenGuide, Seen, Sheet, Snapshot, Task, View};
use super::transport::Outbox;
use crate::document::Format;
use crate::engine::checker::{Cache, Checker, Scope};
use crate::guide::FILE_NAME;
use crate::guide::error::GuideError;
use crate::text::source;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;
use tower_lsp::Client;
use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    Registration, TextDocumentContentChangeEvent, TextDocumentItem, Uri, WorkspaceFoldersChangeEvent,
};

pub struct Actor {
    client: Client,
    outbox: Outbox,
    /// Where checks report that they have ended.
    events: UnboundedSender<Event>,
    session: Arc<Session>,
    settings: Settings,
    shelf: Shelf,
    /// Where guides had something wrong when they were last looked at.
    faulty: BTreeSet<PathBuf>,
    project: Project,
    documents: HashMap<Uri, Open>,
    /// Numbers the openings of documents and folders.
    openings: u64,
    /// Checks that run, those of closed documents included.
    running: usize,
    /// Shown while folders are read that were opened.
    progress: Option<Progress>,
    /// When the folders that are being read were opened.
    reading_since: Option<Instant>,
    /// Questions about all drafts, which wait until they are read and compared.
    surveys: Vec<Survey>,
    /// Questions that wait until all drafts are read, each with the version it was asked about.
    patient: Vec<(i32, Question)>,
    closing: Option<oneshot::Sender<()>>,
}

/// An open document.
struct Open {
    opening: u64,
    version: i32,
    buffer: Buffer,
    path: Option<PathBuf>,
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
    /// The last that was checked, and its revision.
    snapshot: Option<(u64, Arc<Snapshot>)>,
    /// What the last comparison found, carried over all edits since.
    compared: Compared,
    /// The edits since the last snapshot, or the one that is being compared: the revision that each led to, and what it
    /// replaced; nothing where it replaced everything.
    edits: Vec<(u64, Option<Replaced>)>,
    /// Questions that wait for a snapshot of the newest revision, each with the version it was asked about.
    waiting: Vec<(i32, Question)>,
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
            settings: Settings::default(),
            shelf: Shelf::default(),
            faulty: BTreeSet::new(),
            project: Project::default(),
            documents: HashMap::new(),
            openings: 0,
            running: 0,
            progress: None,
            reading_since: None,
            surveys: Vec::new(),
            patient: Vec::new(),
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
            self.start_reading();
            self.start_comparing();
            if self.project.is_read() {
                self.all_is_read();
            }
            let compared = self.project.comparing == Comparing::Done;
            if self.running == 0 && compared && self.project.is_read() {
                self.answer_surveys();
                self.closing = None;
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Initialized(session) => {
                self.project.folders.clone_from(&session.folders);
                self.settings = session.settings;
                log::set_level(self.settings.log);
                self.session = session;
            }
            Event::Ready => {
                self.watch();
                for folder in self.project.folders.clone() {
                    self.walk(folder);
                }
            }
            Event::Opened(item) => self.open(item),
            Event::Changed { uri, version, changes } => self.change(&uri, version, &changes),
            Event::Closed(uri) => self.close(&uri),
            Event::Files(files) => self.files(&files),
            Event::Configured(said) => self.configure(&said),
            Event::Folders(change) => self.change_folders(&change),
            Event::Asked(question) => self.ask(question),
            Event::Checked(checked) => self.checked(*checked),
            Event::Surveyed(survey) => self.surveys.push(survey),
            Event::Found(paths) => self.found(paths),
            Event::Walked => self.project.walking -= 1,
            Event::Read(drafts) => self.read(drafts),
            Event::Compared(comparison) => self.compared(comparison),
            Event::Rested => self.project.rested(),
            Event::Closing(closing) => self.closing = Some(closing),
        }
    }

    fn open(&mut self, item: TextDocumentItem) {
        if u32::try_from(item.text.len()).is_err() {
            return self.say(log::Level::Warning, &format!("“{}” is too large to check", *item.uri));
        }
        self.openings += 1;
        let path = session::path(&item.uri);
        let buffer = Buffer::new(item.text);
        // Editors that know no TOML call a guide plain text.
        let guide = path.as_deref().is_some_and(is_guide);
        let draft = match format(&item.language_id, path.as_deref()).filter(|_| !guide) {
            Some(format) => self.checker(path.as_deref()).map(|checker| Draft::new(format, checker)),
            None => None,
        };
        if let Some(path) = &path {
            self.project.closed.remove(path);
            self.project.due.remove(path);
        }
        let open = Open { opening: self.openings, version: item.version, buffer, path: path.clone(), draft };
        if let Some(before) = self.documents.insert(item.uri, open) {
            before.forget();
        }
        self.guide_may_change(path.as_deref());
    }

    fn change(&mut self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) {
        let Some(open) = self.documents.get_mut(uri) else {
            return log::warning("a document was changed that is not open");
        };
        if version <= open.version {
            let message = format!("ignored a change of “{}”: version {version} is not new", **uri);
            return self.say(log::Level::Warning, &message);
        }
        open.version = version;
        let replaced = open.buffer.apply(changes, self.session.unit);
        if let Some(draft) = &mut open.draft {
            draft.is_due();
            draft.follow(replaced);
        }
        let path = open.path.clone();
        self.guide_may_change(path.as_deref());
    }

    fn close(&mut self, uri: &Uri) {
        let Some(open) = self.documents.remove(uri) else { return };
        let path = open.path.clone();
        open.forget();
        self.publish(uri.clone(), convert::publication(uri.clone(), None, Vec::new()));
        self.guide_may_change(path.as_deref());
        self.found(path.into_iter().filter(|path| self.project.holds(path)).collect());
        self.project.compare_again();
    }

    fn ask(&mut self, question: Question) {
        let Some(open) = self.documents.get_mut(&question.uri) else {
            return (question.answer)(Err(Unanswerable::Unknown));
        };
        if question.kind == Kind::Everywhere && !self.project.is_read() {
            return self.patient.push((open.version, question));
        }
        let path = open.path.clone();
        match &mut open.draft {
            Some(Draft { snapshot: Some((revision, snapshot)), revision: newest, .. })
                if revision == newest =>
            {
                let snapshot = snapshot.clone();
                answer(question, self.view(snapshot, path.as_deref()));
            }
            Some(draft) => draft.waiting.push((open.version, question)),
            None if path.as_ref().is_some_and(|path| is_guide(path)) => {
                let sheet = Sheet {
                    uri: question.uri.clone(),
                    text: open.buffer.text.as_str().into(),
                    lines: open.buffer.lines.clone(),
                };
                let checked = path.as_ref().map(|path| self.shelf.checker(path));
                let error =
                    checked.and_then(Result::err).filter(|error| Some(&error.source.path) == path.as_ref());
                answer(question, Seen::Guide(GuideView { sheet, session: self.session.clone(), error }));
            }
            None => (question.answer)(Err(Unanswerable::Unknown)),
        }
    }

    fn view(&mut self, snapshot: Arc<Snapshot>, path: Option<&Path>) -> Seen {
        let (guide, project) = (self.guide_of(path), self.drafts());
        Seen::Draft(View { snapshot, guide, project, settings: self.settings })
    }

    /// The checker for a draft. Where its guide is wrong, what held before, else the standard, goes on; the guide says
    /// what is wrong with it.
    fn checker(&mut self, path: Option<&Path>) -> Option<Arc<Checker>> {
        if let Some(place) = self.place(path) {
            match self.shelf.checker(&place) {
                Ok(checker) => return Some(checker),
                Err(error) => {
                    self.publish_guide(&error.source.path, Some(&error));
                    self.faulty.insert(error.source.path.clone());
                }
            }
        }
        self.shelf.standard().ok()
    }

    /// The path by which a draft's guide is found: an untitled one stands in the first folder.
    fn place(&self, path: Option<&Path>) -> Option<PathBuf> {
        path.map(Path::to_owned).or_else(|| Some(self.project.folders.first()?.join("untitled")))
    }

    /// The guide that a draft's writer adds to: the one that holds, else a new one at the top of the draft's folder.
    fn guide_of(&mut self, draft: Option<&Path>) -> Option<Arc<OpenGuide>> {
        let place = self.place(draft)?;
        let path = self.shelf.guide_path(&place).or_else(|| {
            let folder = self.project.folders.iter().filter(|folder| place.starts_with(folder)).max();
            Some(folder.map(PathBuf::as_path).or(place.parent())?.join(FILE_NAME))
        })?;
        let open = self.documents.iter().find(|(_, open)| open.path.as_deref() == Some(&path));
        let buffer = open.map(|(_, open)| (open.version, open.buffer.text.as_str().into()));
        let uri = open.map(|(uri, _)| uri.clone()).or_else(|| Uri::from_file_path(&path))?;
        Some(Arc::new(OpenGuide { path, uri, buffer }))
    }

    /// Looks at all guides anew if a file that one of them depends on was opened, changed or closed.
    fn guide_may_change(&mut self, path: Option<&Path>) {
        let Some(path) = path.filter(|path| self.shelf.depends_on(path)) else { return };
        let open = self.documents.values().find(|open| open.path.as_deref() == Some(path));
        self.shelf.lay(path, open.map(|open| open.buffer.text.as_str()));
        self.renew_guides();
    }

    /// Reads all guides anew. Drafts for which something changed are checked again; what is wrong is shown in the guide.
    fn renew_guides(&mut self) {
        self.shelf.renew();
        let mut marks: BTreeMap<PathBuf, GuideError> = BTreeMap::new();
        let folders = &self.project.folders;
        for open in self.documents.values_mut() {
            let place = open.path.clone().or_else(|| Some(folders.first()?.join("untitled")));
            let checker = match &place {
                Some(place) => self.shelf.checker(place),
                None => self.shelf.standard(),
            };
            match checker {
                Ok(checker) => {
                    if let Some(draft) = &mut open.draft {
                        draft.change_checker(checker);
                    }
                }
                Err(error) => drop(marks.insert(error.source.path.clone(), error)),
            }
        }
        self.project.due.extend(self.project.closed.keys().cloned());
        let before = std::mem::replace(&mut self.faulty, marks.keys().cloned().collect());
        let open = self.documents.values().filter_map(|open| open.path.clone());
        let guides = open.filter(|path| is_guide(path));
        let all: BTreeSet<PathBuf> = before.into_iter().chain(guides).chain(marks.keys().cloned()).collect();
        for path in all {
            self.publish_guide(&path, marks.get(&path));
        }
    }

    /// Shows what is wrong in a guide, or that nothing is.
    fn publish_guide(&self, path: &Path, error: Option<&GuideError>) {
        let open = self.documents.iter().find(|(_, open)| open.path.as_deref() == Some(path));
        let Some(uri) = open.map(|(uri, _)| uri.clone()).or_else(|| Uri::from_file_path(path)) else {
            return;
        };
        if open.is_some_and(|(_, open)| open.draft.is_some()) {
            // A source of quotations that is open as a draft shows its own findings.
            return;
        }
        let marks = error.map(|error| guide_marks::diagnostic(error, self.session.unit));
        let version = open.map(|(_, open)| open.version);
        let json = convert::publication(uri.clone(), version, marks.into_iter().collect());
        self.publish(uri, json);
        ask_again(&self.client, &self.session);
    }

    /// Publishes diagnostics, given as a notification, to a client that does not ask for them.
    fn publish(&self, uri: Uri, json: Vec<u8>) {
        if !self.session.client.pulls {
            self.outbox.publish(uri, json);
        }
    }

    /// Takes over settings. A client that only says that they changed is asked for them.
    fn configure(&mut self, said: &Value) {
        if said.is_null() && self.session.client.tells_settings {
            let (client, events) = (self.client.clone(), self.events.clone());
            let section = Some(settings::SECTION.to_owned());
            tokio::spawn(async move {
                let wanted = vec![ConfigurationItem { scope_uri: None, section }];
                if let Ok(said) = client.configuration(wanted).await
                    && let Some(said) = said.into_iter().next().filter(|said| !said.is_null())
                {
                    let _ = events.send(Event::Configured(said));
                }
            });
            return;
        }
        let before = self.settings;
        self.settings = before.updated(said);
        log::set_level(self.settings.log);
        let (client, abilities) = (self.client.clone(), self.session.client);
        let hints = before.speakers != self.settings.speakers && abilities.refreshes_hints;
        let lenses = before.counts != self.settings.counts && abilities.refreshes_lenses;
        tokio::spawn(async move {
            if hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if lenses {
                let _ = client.code_lens_refresh().await;
            }
        });
    }

    fn files(&mut self, changed: &[Uri]) {
        let changed: Vec<PathBuf> = changed.iter().filter_map(session::path).collect();
        if changed.iter().any(|path| self.shelf.depends_on(path)) {
            self.renew_guides();
        }
        let mut files = Vec::new();
        for path in changed {
            if !self.project.holds(&path) {
                continue;
            }
            // A folder is named once, whatever was in it.
            let below = self.project.closed.range(path.clone()..);
            let below = below.map(|(other, _)| other).take_while(|other| other.starts_with(&path));
            self.project.due.extend(below.cloned());
            if path.is_dir() {
                self.walk(path);
            } else {
                files.push(path);
            }
        }
        self.found(files);
    }

    fn change_folders(&mut self, change: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<PathBuf> =
            change.removed.iter().filter_map(|folder| session::path(&folder.uri)).collect();
        let added: Vec<PathBuf> =
            change.added.iter().filter_map(|folder| session::path(&folder.uri)).collect();
        let project = &mut self.project;
        project.folders.retain(|folder| !removed.contains(folder));
        project.folders.extend(added.iter().cloned());
        let folders = project.folders.clone();
        let holds = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
        project.closed.retain(|path, _| holds(path));
        project.due.retain(holds);
        project.compare_again();
        for folder in added {
            self.walk(folder);
        }
        self.renew_guides();
    }

    /// Looks for the drafts of a folder.
    fn walk(&mut self, folder: PathBuf) {
        self.project.walking += 1;
        self.reading_since.get_or_insert_with(Instant::now);
        if self.session.client.shows_progress && self.progress.is_none() {
            self.openings += 1;
            self.progress = Some(Progress::begin(&self.client, self.openings, "Reading the drafts"));
        }
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            project::walk(&folder, |paths| drop(events.send(Event::Found(paths))));
            let _ = events.send(Event::Walked);
        });
    }

    /// Has those of the files read that are drafts and not open, or that were.
    fn found(&mut self, paths: Vec<PathBuf>) {
        for path in paths {
            let open = self.documents.values().any(|open| open.path.as_deref() == Some(&path));
            if !open && (self.project.closed.contains_key(&path) || self.shelf.includes(&path)) {
                self.project.due.insert(path);
            }
        }
    }

    /// Reads a few of the drafts that are not open, one batch at a time: open drafts come first.
    fn start_reading(&mut self) {
        const BATCH: usize = 16;
        if self.project.reading || self.project.due.is_empty() {
            return;
        }
        self.project.reading = true;
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Some(path) = self.project.due.pop_first()
        {
            let checker = self.shelf.checker(&path).or_else(|_| self.shelf.standard());
            batch.extend(checker.ok().map(|checker| (path, checker)));
        }
        let (events, session) = (self.events.clone(), self.session.clone());
        tokio::task::spawn_blocking(move || {
            let read = |(path, checker): (PathBuf, Arc<Checker>)| {
                let task = read_draft(&path, checker, session.clone());
                let snapshot = task.and_then(|task| {
                    let check = || Snapshot::new(task, &mut Cache::default(), &AtomicBool::new(false));
                    panic::catch_unwind(AssertUnwindSafe(check)).ok().flatten()
                });
                (path, snapshot.map(Arc::new))
            };
            let _ = events.send(Event::Read(batch.into_iter().map(read).collect()));
        });
    }

    fn read(&mut self, drafts: Vec<(PathBuf, Option<Arc<Snapshot>>)>) {
        self.project.reading = false;
        for (path, snapshot) in drafts {
            let open = self.documents.values().any(|open| open.path.as_deref() == Some(&path));
            match snapshot.filter(|_| !open && self.project.holds(&path)) {
                Some(snapshot) => self.project.closed.insert(path, snapshot),
                None => self.project.closed.remove(&path),
            };
        }
        if let Some(progress) = &self.progress {
            let done = self.project.closed.len();
            progress.report(done, done + self.project.due.len());
        }
        self.project.compare_again();
    }

    /// Nothing is left to read, for now.
    fn all_is_read(&mut self) {
        self.progress = None;
        for (asked, question) in std::mem::take(&mut self.patient) {
            match self.documents.get(&question.uri) {
                Some(open) if open.version != asked => (question.answer)(Err(Unanswerable::Modified)),
                _ => self.ask(question),
            }
        }
        if let Some(since) = self.reading_since.take() {
            let (count, took) = (self.project.closed.len(), since.elapsed());
            self.say(log::Level::Info, &format!("read {count} drafts in {took:.1?}"));
        }
    }

    /// The newest snapshots of all drafts that belong together, in the order of their paths. With no folder open, these
    /// are the open ones.
    fn drafts(&self) -> Vec<Arc<Snapshot>> {
        let open = self.documents.values().filter_map(|open| {
            let path = open
                .path
                .as_ref()
                .filter(|path| self.project.folders.is_empty() || self.project.holds(path))?;
            let (_, snapshot) = open.draft.as_ref()?.snapshot.as_ref()?;
            Some((path.as_path(), snapshot))
        });
        let closed = self.project.closed.iter().map(|(path, snapshot)| (path.as_path(), snapshot));
        let mut drafts: Vec<(&Path, &Arc<Snapshot>)> = open.chain(closed).collect();
        drafts.sort_by_key(|(path, _)| *path);
        drafts.into_iter().map(|(_, snapshot)| snapshot.clone()).collect()
    }

    /// Answers the questions about all drafts: nothing is left to read or to compare.
    fn answer_surveys(&mut self) {
        for survey in std::mem::take(&mut self.surveys) {
            let (drafts, compared) = (self.drafts(), self.project.compared.clone());
            tokio::task::spawn_blocking(move || survey(drafts, &compared));
        }
    }

    /// Compares all drafts, once those of the folders are read.
    fn start_comparing(&mut self) {
        if self.project.comparing != Comparing::Due || !self.project.is_read() || self.running > 0 {
            return;
        }
        self.project.comparing = Comparing::Running;
        let drafts = self.drafts();
        let mut bases = HashMap::new();
        for (uri, open) in &self.documents {
            if let Some((revision, _)) = open.draft.as_ref().and_then(|draft| draft.snapshot.as_ref()) {
                bases.insert(uri.clone(), (open.opening, *revision));
            }
        }
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let compare = || Box::new(project::compare(&drafts, bases));
            let comparison = panic::catch_unwind(AssertUnwindSafe(compare));
            let _ = events.send(Event::Compared(comparison.ok()));
        });
    }

    /// Lays what a comparison found over the open drafts, and has those checked again that it says something new of.
    fn compared(&mut self, comparison: Option<Box<Comparison>>) {
        let Some(comparison) = comparison else {
            self.project.rested();
            return log::error("the drafts could not be compared");
        };
        match comparison.rest() {
            None => self.project.rested(),
            Some(rest) => {
                let events = self.events.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(rest).await;
                    let _ = events.send(Event::Rested);
                });
            }
        }
        let comparison = Arc::new(*comparison);
        self.project.compared = comparison.clone();
        for (uri, open) in &mut self.documents {
            let Some(draft) = &mut open.draft else { continue };
            let Some(&(_, base)) = comparison.bases.get(uri).filter(|(opening, _)| *opening == open.opening)
            else {
                continue;
            };
            let mut compared = Compared {
                findings: comparison.findings.get(uri).cloned().unwrap_or_default(),
                sheets: comparison.sheets.clone(),
                scope: Scope::Run,
            };
            for (_, edit) in draft.edits.iter().filter(|(revision, _)| *revision > base) {
                compared.follow(*edit);
            }
            // Whether a stet that names a rule silences nothing is only known once drafts were compared.
            let stets = draft.snapshot.as_ref().is_some_and(|(_, draft)| !draft.reading.stets.is_empty());
            let judged = compared.scope == draft.compared.scope || !stets;
            let same = compared.says_the_same(&draft.compared);
            draft.compared = compared;
            if !same || !judged {
                draft.is_due();
            }
        }
    }

    /// Asks the client to report changes of files that guides depend on.
    fn watch(&self) {
        if !self.session.client.watches_files {
            return;
        }
        let watchers =
            ["**/styleguide.toml", "**/*.{dic,aff}", "**/*.{md,markdown,mdx,html,htm,xhtml,txt,text}"];
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: watchers
                .map(|glob| FileSystemWatcher {
                    glob_pattern: GlobPattern::String(glob.to_owned()),
                    kind: None,
                })
                .to_vec(),
        };
        let registration = Registration {
            id: "copydesk-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let client = self.client.clone();
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(vec![registration]).await {
                log::warning(&format!("the client does not watch files: {error}"));
            }
        });
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
            let sheet = Sheet {
                uri: uri.clone(),
                text: open.buffer.text.as_str().into(),
                lines: open.buffer.lines.clone(),
            };
            let task = Task {
                sheet,
                version: Some(open.version),
                format: draft.format,
                checker: draft.checker.clone(),
                compared: draft.compared.clone(),
                session: self.session.clone(),
            };
            self.running += 1;
            start(task, open.opening, cache, cancel, self.events.clone());
        }
    }

    fn checked(&mut self, checked: Checked) {
        self.running -= 1;
        if let Err(message) = &checked.outcome {
            self.say(log::Level::Error, &format!("checking “{}” failed: {message}", *checked.uri));
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
        let blocks = checked.cache.blocks_read();
        draft.cache = Some(checked.cache);
        let Ok(Some(Outcome { snapshot, publication })) = checked.outcome else { return };
        log::trace(&self.client, || {
            let (version, marks) = (snapshot.version.unwrap_or_default(), snapshot.findings.len());
            let uri = &*checked.uri;
            let message = format!("checked “{uri}”, version {version}: {marks} marked, {:.1?}", checked.took);
            let (of, checks) = (snapshot.document.blocks.len(), revision);
            (message, format!("revision {checks}; {of} blocks, {blocks} read since the guide changed"))
        });
        let again = draft.snapshot.as_ref().is_some_and(|(_, before)| before.version == snapshot.version);
        match self.session.client.pulls {
            true if again => ask_again(&self.client, &self.session),
            true => {}
            false => self.outbox.publish(checked.uri, publication),
        }
        let compared = draft.snapshot.as_ref().is_some_and(|(_, before)| {
            Arc::ptr_eq(&before.checker, &snapshot.checker) && before.sheet.text == snapshot.sheet.text
        });
        let before = draft.snapshot.replace((revision, snapshot.clone()));
        // To let go of a long draft takes milliseconds that the next keystroke need not wait for.
        tokio::task::spawn_blocking(move || drop(before));
        if matches!(self.project.comparing, Comparing::Done | Comparing::Due) {
            draft.edits.retain(|(led_to, _)| *led_to > revision);
        }
        if !compared {
            self.project.compare_again();
        }
        let path = open.path.clone();
        let waiting = std::mem::take(&mut draft.waiting);
        for (asked, question) in waiting {
            if question.kind != Kind::Draft && Some(asked) != snapshot.version {
                (question.answer)(Err(Unanswerable::Modified));
            } else {
                answer(question, self.view(snapshot.clone(), path.as_deref()));
            }
        }
    }

    fn say(&self, level: log::Level, message: &str) {
        log::to_client(&self.client, level, message);
    }
}

impl Draft {
    fn new(format: Format, checker: Arc<Checker>) -> Self {
        Self {
            format,
            checker,
            cache: None,
            revision: 0,
            check: Check::Due,
            snapshot: None,
            compared: Compared::default(),
            edits: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Carries what is known of places over edits.
    fn follow(&mut self, replaced: Option<Vec<Replaced>>) {
        let edits: Vec<Option<Replaced>> = match replaced {
            Some(replaced) => replaced.into_iter().map(Some).collect(),
            None => vec![None],
        };
        for edit in edits {
            self.compared.follow(edit);
            self.edits.push((self.revision, edit));
        }
    }

    /// Another guide holds, or the same one says something else.
    fn change_checker(&mut self, checker: Arc<Checker>) {
        if !Arc::ptr_eq(&self.checker, &checker) {
            self.checker = checker;
            self.cache = None;
            self.is_due();
        }
    }

    /// What was checked is no longer what is there.
    fn is_due(&mut self) {
        self.revision += 1;
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

/// Has a client that asks for diagnostics ask again: something other than the text has changed them.
fn ask_again(client: &Client, session: &Session) {
    if session.client.pulls && session.client.refreshes_diagnostics {
        let client = client.clone();
        tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
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
        let begun = Instant::now();
        let (uri, version, checker) = (task.sheet.uri.clone(), task.version, task.checker.clone());
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
            let snapshot = Arc::new(Snapshot::new(task, &mut cache, &cancel)?);
            let diagnostics = convert::diagnostics(&snapshot);
            let publication = convert::publication(snapshot.sheet.uri.clone(), version, diagnostics);
            Some(Outcome { snapshot, publication })
        }));
        let outcome = outcome.map_err(|_| "a rule panicked".to_owned());
        if outcome.is_err() {
            cache = Cache::default();
        }
        let took = begun.elapsed();
        let _ =
            events.send(Event::Checked(Box::new(Checked { uri, opening, outcome, took, cache, checker })));
    });
}

/// A draft on the disk, to be checked; `None` where there is none that can be read.
fn read_draft(path: &Path, checker: Arc<Checker>, session: Arc<Session>) -> Option<Task> {
    let source = source::decode(std::fs::read(path).ok()?).ok()?;
    Some(Task {
        sheet: Sheet::new(Uri::from_file_path(path)?, source.text),
        version: None,
        format: Format::of_path(path).unwrap_or(Format::Plain),
        checker,
        compared: Compared::default(),
        session,
    })
}

fn is_guide(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME)
}

/// Answers a question in the pool.
fn answer(question: Question, seen: Seen) {
    tokio::task::spawn_blocking(move || (question.answer)(Ok(seen)));
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
