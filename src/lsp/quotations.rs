//! What a hover says of a quotation: who says it, by what that is known, and where else it stands.

use super::snapshot::View;
use crate::facts::quotes::{Quote, Standing};
use crate::text::span::SrcSpan;

/// The quotation around an offset.
pub fn describe(view: &View, offset: u32) -> Option<(String, SrcSpan)> {
    let snapshot = &view.snapshot;
    let quotes = &snapshot.reading.facts.quotes;
    let quote = quotes.iter().find(|quote| quote.span.start <= offset && offset < quote.span.end)?;
    let by = match (&quote.speaker, quote.standing) {
        (Some(speaker), Standing::Named) => format!("said by {}", speaker.name),
        (Some(speaker), _) => format!("said by {}, whom the words before it name", speaker.name),
        (None, _) => "nobody is named as saying this".to_owned(),
    };
    let mut lines = vec![by];
    for draft in view.drafts() {
        for other in &draft.reading.facts.quotes {
            let here = draft.sheet.uri == snapshot.sheet.uri && other.span == quote.span;
            if !here && same_words(other, quote) {
                let line = draft.range(other.span).start.line + 1;
                let name = draft.sheet.uri.path().as_str().rsplit('/').next().unwrap_or_default().to_owned();
                lines.push(format!("also in {name}, line {line}"));
            }
        }
    }
    Some((lines.join("\n\n"), quote.span))
}

fn same_words(a: &Quote, b: &Quote) -> bool {
    a.text.split_whitespace().eq(b.text.split_whitespace())
}
