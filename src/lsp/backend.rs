//! The protocol's methods: each turns its parameters into an event, before it waits for anything.
//!
//! Holds no state and decides nothing; a request then waits for its answer.

use super::event::{Event, Question, Unanswerable};
use super::session::Session;
use super::snapshot::{Seen, View};
use super::{actions, completion, convert, guide_help, hover, names, outline, parent};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, CompletionList, CompletionParams, CompletionResponse,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams,
    DocumentSymbolParams, DocumentSymbolResponse, FullDocumentDiagnosticReport, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, Location, PrepareRenameResponse, ReferenceParams,
    RelatedFullDocumentDiagnosticReport, RenameParams, TextDocumentPositionParams, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceEdit,
};
use tower_lsp::{Client, LanguageServer};

type Orphaned = Box<dyn FnOnce() + Send>;

pub struct Backend {
    pub client: Client,
    events: UnboundedSender<Event>,
    /// What to do when the client's process is no more.
    orphaned: Mutex<Option<Orphaned>>,
}

impl Backend {
    pub fn new(client: Client, events: UnboundedSender<Event>, orphaned: Orphaned) -> Self {
        Self { client, events, orphaned: Mutex::new(Some(orphaned)) }
    }

    fn send(&self, event: Event) {
        // The actor lives as long as the runtime: afterwards nobody listens to the answer either.
        let _ = self.events.send(event);
    }

    /// Asks the actor for a view of a draft and answers from it. A document that is no open draft has nothing to say.
    async fn ask<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        places: bool,
        answer: impl FnOnce(View) -> T + Send + 'static,
    ) -> Result<T> {
        let answer = |seen| match seen {
            Seen::Draft(view) => answer(view),
            Seen::Guide(..) => T::default(),
        };
        self.ask_of_either(uri, places, answer).await
    }

    /// The same of a draft or a guide.
    async fn ask_of_either<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        places: bool,
        answer: impl FnOnce(Seen) -> T + Send + 'static,
    ) -> Result<T> {
        let (reply, replied) = oneshot::channel();
        let answer = Box::new(move |seen: std::result::Result<Seen, Unanswerable>| {
            if reply.is_closed() {
                return;
            }
            let _ = reply.send(match seen {
                Ok(seen) => Ok(answer(seen)),
                Err(Unanswerable::Unknown) => Ok(T::default()),
                Err(Unanswerable::Modified) => Err(modified()),
            });
        });
        self.send(Event::Asked(Question { uri, places, answer }));
        // Only a panic drops the sender.
        replied.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let session = Session::new(&params);
        let result = session.result();
        let orphaned = self.orphaned.lock().ok().and_then(|mut orphaned| orphaned.take());
        if let (Some(process), Some(orphaned)) = (params.process_id, orphaned) {
            parent::watch(process, orphaned);
        }
        self.send(Event::Initialized(Arc::new(session)));
        Ok(result)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.send(Event::Ready);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.send(Event::Opened(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.send(Event::Changed {
            uri: document.uri,
            version: document.version,
            changes: params.content_changes,
        });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.send(Event::Closed(params.text_document.uri));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.send(Event::Files(params.changes));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.send(Event::Folders(params.event));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let hover = move |seen| match seen {
            Seen::Draft(view) => hover::hover(&view, at.position),
            Seen::Guide(guide, session) => {
                guide_help::hover(&guide, guide.offset(at.position, session.unit), session.unit)
            }
        };
        self.ask_of_either(at.text_document.uri, true, hover).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.ask(uri, true, move |view| Some(actions::actions(&view, &params))).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        self.ask(at.text_document.uri, true, move |view| Some(names::references(&view, at.position))).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.ask(at.text_document.uri, true, move |view| Some(names::highlights(&view, at.position))).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let position = params.position;
        self.ask(params.text_document.uri, true, move |view| names::prepare_rename(&view, position)).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let new = params.new_name;
        self.ask(at.text_document.uri, true, move |view| names::rename(&view, at.position, &new)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(params.text_document.uri, false, move |view| Some(outline::outline(&view.snapshot))).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let complete = move |seen| {
            let items = match seen {
                Seen::Draft(view) => completion::complete(&view, at.position),
                Seen::Guide(guide, session) => {
                    guide_help::complete(&guide, guide.offset(at.position, session.unit))
                }
            };
            Some(CompletionResponse::List(CompletionList { is_incomplete: true, items }))
        };
        self.ask_of_either(at.text_document.uri, true, complete).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let items = self
            .ask(params.text_document.uri, false, move |view| convert::diagnostics(&view.snapshot))
            .await?;
        let report = RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: None, items },
            related_documents: None,
        };
        Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report)))
    }

    async fn workspace_diagnostic(
        &self,
        _: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let (reply, replied) = oneshot::channel();
        self.send(Event::Surveyed(Box::new(move |drafts, comparison| {
            let reports = drafts.iter().map(|draft| convert::workspace_report(draft, comparison));
            let _ = reply.send(WorkspaceDiagnosticReport { items: reports.collect() });
        })));
        let report = replied.await.map_err(|_| Error::internal_error())?;
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }
}

fn modified() -> Error {
    Error { code: ErrorCode::ContentModified, message: "the text has changed since".into(), data: None }
}
