//! The protocol's methods: each turns its parameters into an event, before it waits for anything.
//!
//! Holds no state and decides nothing; a request then waits for its answer.

use super::event::{Event, Kind, Question, Unanswerable};
use super::session::Session;
use super::snapshot::{Seen, View};
use super::{actions, completion, guide_help, hints, hover, log, names, outline, parent, pull};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionList, CompletionParams,
    CompletionResponse, CreateFilesParams, DeleteFilesParams, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentSymbolParams,
    DocumentSymbolResponse, Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams,
    InlayHint, InlayHintParams, Location, PrepareRenameResponse, ReferenceParams, RenameFilesParams,
    RenameParams, TextDocumentPositionParams, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceEdit,
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
        kind: Kind,
        answer: impl FnOnce(View) -> T + Send + 'static,
    ) -> Result<T> {
        let answer = |seen| match seen {
            Seen::Draft(view) => answer(view),
            Seen::Guide(_) => T::default(),
        };
        self.ask_of_either(uri, kind, answer).await
    }

    /// The same of a draft or a guide.
    async fn ask_of_either<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        kind: Kind,
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
        self.send(Event::Asked(Question { uri, kind, answer }));
        // Only a panic drops the sender.
        replied.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        log::set_trace(params.trace.unwrap_or_default());
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

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.send(Event::Configured(params.settings));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.send(Event::Files(params.changes.into_iter().map(|change| change.uri).collect()));
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.send(Event::Files(uris(params.files.iter().map(|file| &file.uri))));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.send(Event::Files(uris(params.files.iter().flat_map(|file| [&file.old_uri, &file.new_uri]))));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.send(Event::Files(uris(params.files.iter().map(|file| &file.uri))));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.send(Event::Folders(params.event));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let hover = move |seen| match seen {
            Seen::Draft(view) => hover::hover(&view, at.position),
            Seen::Guide(guide) => {
                guide_help::hover(&guide.sheet, guide.offset(at.position), guide.session.unit)
            }
        };
        self.ask_of_either(at.text_document.uri, Kind::Place, hover).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.ask(uri, Kind::Place, move |view| Some(actions::actions(&view, &params))).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        self.ask(at.text_document.uri, Kind::Everywhere, move |view| {
            Some(names::references(&view, at.position))
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.ask(at.text_document.uri, Kind::Place, move |view| Some(names::highlights(&view, at.position)))
            .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let position = params.position;
        self.ask(params.text_document.uri, Kind::Place, move |view| names::prepare_rename(&view, position))
            .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let new = params.new_name;
        self.ask(at.text_document.uri, Kind::Everywhere, move |view| names::rename(&view, at.position, &new))
            .await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(params.text_document.uri, Kind::Draft, move |view| Some(outline::outline(&view.snapshot)))
            .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        self.ask(params.text_document.uri, Kind::Place, move |view| Some(hints::speakers(&view, range))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(params.text_document.uri, Kind::Draft, move |view| Some(hints::counts(&view))).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let complete = move |seen| {
            let items = match seen {
                Seen::Draft(view) => completion::complete(&view, at.position),
                Seen::Guide(guide) => {
                    guide_help::complete(&guide.sheet, guide.offset(at.position), guide.session.unit)
                }
            };
            Some(CompletionResponse::List(CompletionList { is_incomplete: true, items }))
        };
        self.ask_of_either(at.text_document.uri, Kind::Place, complete).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let before = params.previous_result_id;
        let report = move |seen| Some(pull::document(Some(&seen), before.as_deref()));
        let report = self.ask_of_either(params.text_document.uri, Kind::Draft, report).await?;
        let report = report.unwrap_or_else(|| pull::document(None, None));
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let (reply, replied) = oneshot::channel();
        let before: HashMap<Uri, String> =
            params.previous_result_ids.into_iter().map(|result| (result.uri, result.value)).collect();
        self.send(Event::Surveyed(Box::new(move |drafts, comparison| {
            let reports = drafts.iter().map(|draft| pull::draft(draft, comparison, &before));
            let _ = reply.send(WorkspaceDiagnosticReport { items: reports.collect() });
        })));
        let report = replied.await.map_err(|_| Error::internal_error())?;
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }
}

/// Those of the names that are URIs.
fn uris<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Uri> {
    names.filter_map(|name| name.parse().ok()).collect()
}

fn modified() -> Error {
    Error { code: ErrorCode::ContentModified, message: "the text has changed since".into(), data: None }
}
