//! Diagnostics for clients that ask for them: of one document, or of all drafts.
//!
//! An answer is named by what it says, so that asking again costs nothing where nothing has changed.

use super::convert;
use super::guide_marks;
use super::project::Comparison;
use super::snapshot::{GuideView, Seen, Snapshot};
use crate::engine::checker::Scope;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

/// The report on a document; without it, on one that is neither a draft nor a guide.
pub fn document(seen: Option<&Seen>, before: Option<&str>) -> DocumentDiagnosticReport {
    let items = match seen {
        Some(Seen::Draft(view)) => convert::diagnostics(&view.snapshot),
        Some(Seen::Guide(guide)) => of_guide(guide),
        None => Vec::new(),
    };
    match report(items, before) {
        Report::Full(report) => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: report,
            related_documents: None,
        }),
        Report::Unchanged(report) => {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: report,
                related_documents: None,
            })
        }
    }
}

/// A draft's part of a report on all drafts. One that is not open shows what the comparison found in it, too.
pub fn draft(
    snapshot: &Snapshot,
    comparison: &Comparison,
    before: &HashMap<Uri, String>,
) -> WorkspaceDocumentDiagnosticReport {
    let items = match snapshot.version {
        Some(_) => convert::diagnostics(snapshot),
        None => {
            let compared = comparison.findings.get(&snapshot.sheet.uri).cloned().unwrap_or_default();
            let findings = snapshot.checker.report(&snapshot.reading, compared, Scope::Run);
            let among = |finding| convert::diagnostic_among(snapshot, finding, &comparison.sheets);
            findings.iter().map(among).collect()
        }
    };
    let uri = snapshot.sheet.uri.clone();
    let version = snapshot.version.map(i64::from);
    match report(items, before.get(&uri).map(String::as_str)) {
        Report::Full(report) => {
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: report,
            })
        }
        Report::Unchanged(report) => {
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: report,
            })
        }
    }
}

fn of_guide(guide: &GuideView) -> Vec<Diagnostic> {
    guide.error.iter().map(|error| guide_marks::diagnostic(error, guide.session.unit)).collect()
}

enum Report {
    Full(FullDocumentDiagnosticReport),
    Unchanged(UnchangedDocumentDiagnosticReport),
}

/// `before` is the name of the answer that the client has.
fn report(items: Vec<Diagnostic>, before: Option<&str>) -> Report {
    let mut hasher = DefaultHasher::new();
    serde_json::to_vec(&items).unwrap_or_default().hash(&mut hasher);
    let id = format!("{:016x}", hasher.finish());
    if before == Some(id.as_str()) {
        return Report::Unchanged(UnchangedDocumentDiagnosticReport { result_id: id });
    }
    Report::Full(FullDocumentDiagnosticReport { result_id: Some(id), items })
}
