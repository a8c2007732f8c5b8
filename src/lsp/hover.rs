//! What an editor shows over a mark: the finding, what to do, and why the rule exists.

use super::snapshot::View;
use crate::finding::Finding;
use crate::rules;
use crate::text::span::SrcSpan;
use std::fmt::Write;
use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

/// The hover at a position; `None` where nothing is marked.
pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let snapshot = &view.snapshot;
    let offset = snapshot.offset(position);
    let at: Vec<&Finding> = snapshot.findings_at(SrcSpan::new(offset, offset)).collect();
    let span = at.iter().map(|finding| finding.span).reduce(|a, b| {
        // The smallest stretch that all of them share: nothing else may be said to be the reason.
        SrcSpan::new(a.start.max(b.start), a.end.min(b.end).max(a.start.max(b.start)))
    })?;
    let parts: Vec<String> = at.iter().map(|finding| explanation(finding)).collect();
    let markdown = snapshot.session.client.markdown;
    let contents = MarkupContent {
        kind: if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText },
        value: parts.join("\n\n---\n\n"),
    };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(snapshot.range(span)) })
}

/// Reads well as Markdown and as plain text.
fn explanation(finding: &Finding) -> String {
    let mut out = finding.message.clone();
    if !finding.help.is_empty() {
        let _ = write!(out, "\n\n{}", finding.help);
    }
    if let Some(rule) = rules::find(finding.rule) {
        let _ = write!(out, "\n\n{} ({}): {}\n\n{}", rule.name, rule.family.name(), rule.summary, rule.why);
    }
    out
}
