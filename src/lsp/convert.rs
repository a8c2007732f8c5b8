//! From the engine's findings to the protocol's diagnostics.

use super::session::Abilities;
use super::snapshot::{Sheet, Snapshot};
use crate::finding::{Finding, Severity};
use crate::text::lines::{LineIndex, Unit};
use crate::text::span::SrcSpan;
use serde::Serialize;
use std::sync::Arc;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DocumentChanges, Location, NumberOrString,
    OneOf, OptionalVersionedTextDocumentIdentifier, Position, PublishDiagnosticsParams, Range,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

/// Who a diagnostic says it is from.
pub const SOURCE: &str = "copydesk";

/// The range of a span.
pub fn range(lines: &LineIndex, text: &str, span: SrcSpan, unit: Unit) -> Range {
    let position = |offset| {
        let position = lines.position(text, offset, unit);
        Position::new(position.line, position.column)
    };
    Range::new(position(span.start), position(span.end))
}

/// All that is to be shown in a draft.
pub fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    snapshot.findings.iter().map(|finding| diagnostic(snapshot, finding)).collect()
}

/// A finding as an editor shows it. Its message is that of every other report.
pub fn diagnostic(snapshot: &Snapshot, finding: &Finding) -> Diagnostic {
    diagnostic_among(snapshot, finding, &snapshot.others)
}

/// `others` are the drafts that related places name.
pub fn diagnostic_among(snapshot: &Snapshot, finding: &Finding, others: &[Arc<Sheet>]) -> Diagnostic {
    Diagnostic {
        range: snapshot.range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: related(snapshot, finding, others),
        ..Diagnostic::default()
    }
}

/// An edit of several documents, each for just the version it was made for, where the client can say so.
pub fn workspace_edit(edits: Vec<(Uri, Option<i32>, Vec<TextEdit>)>, client: &Abilities) -> WorkspaceEdit {
    if !client.document_changes {
        let changes = edits.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let edits = edits.into_iter().map(|(uri, version, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    let changes = DocumentChanges::Edits(edits.collect());
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

/// The notification that publishes a document's diagnostics, as JSON.
pub fn publication(uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) -> Vec<u8> {
    let params = PublishDiagnosticsParams { uri, diagnostics, version };
    let message = Notification { jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params };
    serde_json::to_vec(&message).unwrap_or_default()
}

#[derive(Serialize)]
struct Notification {
    jsonrpc: &'static str,
    method: &'static str,
    params: PublishDiagnosticsParams,
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    }
}

fn related(
    snapshot: &Snapshot,
    finding: &Finding,
    others: &[Arc<Sheet>],
) -> Option<Vec<DiagnosticRelatedInformation>> {
    if finding.related.is_empty() || !snapshot.session.client.related_information {
        return None;
    }
    let places = finding.related.iter().filter_map(|related| {
        let sheet = match related.doc {
            Some(doc) => others.get(doc.0 as usize)?,
            None => &snapshot.sheet,
        };
        let range = sheet.range(related.span, snapshot.session.unit);
        Some(DiagnosticRelatedInformation {
            location: Location::new(sheet.uri.clone(), range),
            message: related.message.clone(),
        })
    });
    Some(places.collect())
}
