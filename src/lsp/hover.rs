//! What an editor shows over a mark: what to do, and why the rule exists; and over a name or a quotation, who it is.
//!
//! What is wrong is the mark's own message, which editors show beside it: it is not said twice.

use super::snapshot::View;
use super::{names, quotations};
use crate::finding::Finding;
use crate::rules;
use crate::text::span::SrcSpan;
use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

/// The hover at a position; `None` where nothing is marked and no name stands.
pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let snapshot = &view.snapshot;
    let offset = snapshot.offset(position);
    let marked: Vec<&Finding> = snapshot.findings_at(SrcSpan::new(offset, offset)).collect();
    let markdown = snapshot.session.client.markdown;
    let mut parts: Vec<String> = marked.iter().map(|finding| explanation(finding, markdown)).collect();
    let mut spans: Vec<SrcSpan> = marked.iter().map(|finding| finding.span).collect();
    if let Some((text, span)) = names::describe(view, offset) {
        parts.push(text);
        spans.push(span);
    }
    if parts.is_empty()
        && let Some((text, span)) = quotations::describe(view, offset)
    {
        parts.push(text);
        spans.push(span);
    }
    // The stretch that all of them share: nothing else may be said to be the reason.
    let span = spans.into_iter().reduce(|a, b| {
        let start = a.start.max(b.start);
        SrcSpan::new(start, a.end.min(b.end).max(start))
    })?;
    let contents = MarkupContent {
        kind: if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText },
        value: parts.join("\n\n---\n\n"),
    };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(snapshot.range(span)) })
}

/// What to do about a finding, and why its rule exists.
fn explanation(finding: &Finding, markdown: bool) -> String {
    let mut parts = Vec::new();
    if !finding.help.is_empty() {
        parts.push(finding.help.clone());
    }
    if let Some(rule) = rules::find(finding.rule) {
        let strong = if markdown { "**" } else { "" };
        parts.push(format!("{strong}{}{strong} ({}): {}", rule.name, rule.family.name(), rule.summary));
        parts.push(rule.why.to_owned());
    }
    parts.join("\n\n")
}
