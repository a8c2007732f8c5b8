//! From the engine's findings to the protocol's diagnostics.

use super::snapshot::Snapshot;
use crate::finding::{Finding, Severity};
use crate::text::lines::{LineIndex, Unit};
use crate::text::span::SrcSpan;
use serde::Serialize;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position,
    PublishDiagnosticsParams, Range, Uri,
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
    Diagnostic {
        range: snapshot.range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: related(snapshot, finding),
        ..Diagnostic::default()
    }
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

fn related(snapshot: &Snapshot, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    if finding.related.is_empty() || !snapshot.session.client.related_information {
        return None;
    }
    let here = finding.related.iter().filter(|related| related.doc.is_none());
    let places = here.map(|related| DiagnosticRelatedInformation {
        location: Location::new(snapshot.uri.clone(), snapshot.range(related.span)),
        message: related.message.clone(),
    });
    Some(places.collect())
}
