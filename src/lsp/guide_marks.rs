//! What is wrong in a guide, as the guide's editor shows it.

use super::convert;
use crate::guide::error::GuideError;
use crate::text::lines::{LineIndex, Unit};
use crate::text::span::SrcSpan;
use tower_lsp::ls_types::{Diagnostic, DiagnosticSeverity};

/// An error of a guide; one of the file as a whole stands at its start.
pub fn diagnostic(error: &GuideError, unit: Unit) -> Diagnostic {
    let text = &*error.source.text;
    let span = error.span.unwrap_or(SrcSpan::new(0, 0));
    let message = match error.help.as_str() {
        "" => error.message.clone(),
        help => format!("{}\n{help}", error.message),
    };
    Diagnostic {
        range: convert::range(&LineIndex::new(text), text, span, unit),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(convert::SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}
