//! What was agreed with the client at the start, and never changes afterwards.

use super::settings::Settings;
use crate::text::lines::Unit;
use serde_json::Value;
use std::path::PathBuf;
use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, FileOperationFilter,
    FileOperationPattern, FileOperationRegistrationOptions, HoverProviderCapability, InitializeParams,
    InitializeResult, MarkupKind, OneOf, PositionEncodingKind, RenameOptions, ResourceOperationKind,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, Uri, WorkDoneProgressOptions, WorkspaceFileOperationsServerCapabilities,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

/// A session with one client.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// What a position's `character` counts.
    pub unit: Unit,
    /// The folders that were open at the start.
    pub folders: Vec<PathBuf>,
    /// What the client set when it introduced itself; it may change its mind.
    pub settings: Settings,
    pub client: Abilities,
}

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Abilities {
    /// Shows the other places of a diagnostic.
    pub related_information: bool,
    /// Takes edits that name the version of the document they are for.
    pub document_changes: bool,
    /// Creates files as part of an edit.
    pub creates_files: bool,
    /// Can be asked to report files that change outside.
    pub watches_files: bool,
    /// Asks for diagnostics, and is told none that it did not ask for.
    pub pulls: bool,
    /// Can be told to ask for diagnostics again.
    pub refreshes_diagnostics: bool,
    /// Can be told to ask for hints again.
    pub refreshes_hints: bool,
    /// Can be told to ask for code lenses again.
    pub refreshes_lenses: bool,
    /// Can be asked for its settings.
    pub tells_settings: bool,
    /// Shows an outline as a tree.
    pub nested_symbols: bool,
    /// Shows how far something has come.
    pub shows_progress: bool,
    /// Shows Markdown in a hover.
    pub markdown: bool,
}

/// `source.fixAll.copydesk`: what an editor may run on saving.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.copydesk");

impl Session {
    pub fn new(params: &InitializeParams) -> Self {
        let mut client = Abilities::new(&params.capabilities);
        let options = params.initialization_options.as_ref().unwrap_or(&Value::Null);
        client.pulls |= options.get("diagnostics").is_some_and(|how| how == "pull");
        Self {
            unit: unit(&params.capabilities),
            folders: folders(params),
            settings: Settings::default().updated(options),
            client,
        }
    }

    /// The answer to `initialize`.
    pub fn result(&self) -> InitializeResult {
        InitializeResult {
            capabilities: self.capabilities(),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        }
    }

    fn capabilities(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
            ..CodeActionOptions::default()
        };
        ServerCapabilities {
            position_encoding: Some(match self.unit {
                Unit::Utf8 => PositionEncodingKind::UTF8,
                _ => PositionEncodingKind::UTF16,
            }),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            completion_provider: Some(CompletionOptions {
                // What begins a table, a value, or the second word of a rule's name in a guide.
                trigger_characters: Some(["[", "\"", "-"].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            inlay_hint_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            // An editor that takes both shows everything twice, and asks later than it is told: whoever takes what is
            // published is not invited to ask unless it wants to, and whoever asks is answered.
            diagnostic_provider: self.client.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("copydesk".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: true,
                    ..DiagnosticOptions::default()
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                    did_create: Some(files_and_folders()),
                    did_rename: Some(files_and_folders()),
                    did_delete: Some(files_and_folders()),
                    ..WorkspaceFileOperationsServerCapabilities::default()
                }),
            }),
            ..ServerCapabilities::default()
        }
    }
}

impl Abilities {
    fn new(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        Self {
            related_information: document
                .and_then(|document| document.publish_diagnostics.as_ref())
                .and_then(|publish| publish.related_information)
                .unwrap_or(false),
            document_changes: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            creates_files: edit
                .and_then(|edit| edit.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            watches_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .and_then(|watched| watched.dynamic_registration)
                .unwrap_or(false),
            pulls: document.is_some_and(|document| {
                document.diagnostic.is_some() && document.publish_diagnostics.is_none()
            }),
            refreshes_diagnostics: workspace
                .and_then(|workspace| workspace.diagnostics.as_ref())
                .and_then(|diagnostics| diagnostics.refresh_support)
                .unwrap_or(false),
            refreshes_hints: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref())
                .and_then(|hints| hints.refresh_support)
                .unwrap_or(false),
            refreshes_lenses: workspace
                .and_then(|workspace| workspace.code_lens.as_ref())
                .and_then(|lenses| lenses.refresh_support)
                .unwrap_or(false),
            tells_settings: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            nested_symbols: document
                .and_then(|document| document.document_symbol.as_ref())
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            shows_progress: capabilities
                .window
                .as_ref()
                .and_then(|window| window.work_done_progress)
                .unwrap_or(false),
            markdown: document
                .and_then(|document| document.hover.as_ref())
                .and_then(|hover| hover.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
        }
    }
}

/// Any file or folder: which of them are drafts, the guide says.
fn files_and_folders() -> FileOperationRegistrationOptions {
    let filter = FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: "**/*".to_owned(), ..FileOperationPattern::default() },
    };
    FileOperationRegistrationOptions { filters: vec![filter] }
}

/// UTF-8 where the client takes it: nothing has to be counted then. UTF-16 is what the protocol has without asking.
fn unit(capabilities: &ClientCapabilities) -> Unit {
    let encodings = capabilities
        .general
        .as_ref()
        .and_then(|general| general.position_encodings.as_deref())
        .unwrap_or(&[]);
    if encodings.contains(&PositionEncodingKind::UTF8) { Unit::Utf8 } else { Unit::Utf16 }
}

#[expect(deprecated, reason = "clients that know no workspace folders still name the root this way")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| path(&folder.uri)).collect(),
        None => params.root_uri.iter().filter_map(path).collect(),
    }
}

/// The path of a file on this machine; `None` for what is no file, such as an untitled buffer.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
}
