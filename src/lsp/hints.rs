//! What an editor shows beside the text where a person asked for it: who says a quotation, how much is marked.

use super::snapshot::{Snapshot, View};
use crate::facts::names::register::register;
use crate::finding::Severity;
use tower_lsp::ls_types::{CodeLens, Command, InlayHint, InlayHintLabel, Position, Range};

/// Before each quotation in a range, who says it, by the full name that the draft has.
pub fn speakers(view: &View, range: Range) -> Vec<InlayHint> {
    if !view.settings.speakers {
        return Vec::new();
    }
    let snapshot = &view.snapshot;
    let seen = snapshot.span(range);
    let quotes = snapshot.reading.facts.quotes.iter();
    let spoken = quotes.filter(|quote| seen.start <= quote.span.start && quote.span.start <= seen.end);
    spoken
        .filter_map(|quote| Some((quote, quote.speaker.as_ref()?)))
        .filter(|(_, speaker)| !is_pronoun(&speaker.name))
        .map(|(quote, speaker)| InlayHint {
            position: snapshot.range(quote.span).start,
            label: InlayHintLabel::String(format!("{}:", speaker.name)),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: None,
            padding_right: Some(true),
            data: None,
        })
        .collect()
}

/// One line over the draft: how much is marked, how many names and quotations there are.
pub fn counts(view: &View) -> Vec<CodeLens> {
    if !view.settings.counts {
        return Vec::new();
    }
    let start = Position::new(0, 0);
    // No editor has a command of this name: the line only says something.
    let command = Command::new(summary(&view.snapshot), String::new(), None);
    vec![CodeLens { range: Range::new(start, start), command: Some(command), data: None }]
}

fn summary(snapshot: &Snapshot) -> String {
    let of = |severity| snapshot.findings.iter().filter(|finding| finding.severity == severity).count();
    let marks = [
        counted(of(Severity::Error), "error"),
        counted(of(Severity::Warning), "warning"),
        counted(of(Severity::Note), "note"),
    ];
    let marks: Vec<String> = marks.into_iter().flatten().collect();
    let names = register(&[(snapshot.text(), &snapshot.reading.facts.names)]).len();
    let holds = [counted(names, "name"), counted(snapshot.reading.facts.quotes.len(), "quotation")];
    let marks = if marks.is_empty() { "nothing marked".to_owned() } else { marks.join(", ") };
    std::iter::once(marks).chain(holds.into_iter().flatten()).collect::<Vec<_>>().join(" · ")
}

fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    }
}

/// Where all that is known of a speaker is a pronoun, saying it again tells nobody anything.
fn is_pronoun(name: &str) -> bool {
    ["he", "she", "they", "it", "i", "we", "who"].iter().any(|pronoun| name.eq_ignore_ascii_case(pronoun))
}
