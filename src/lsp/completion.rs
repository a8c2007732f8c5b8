//! Completion: the names of the drafts and what the guide knows, once a writer has begun one of them.
//!
//! Nothing is offered for an ordinary word: a list that opens at every word is in the way.

use super::snapshot::View;
use crate::facts::names::DocNames;
use crate::facts::names::register::{Kind, register};
use std::collections::BTreeMap;
use tower_lsp::ls_types::{CompletionItem, CompletionItemKind, Position};

/// The fewest letters that begin a name.
const LETTERS: usize = 2;

/// What could go on from the word before a position.
pub fn complete(view: &View, position: Position) -> Vec<CompletionItem> {
    let snapshot = &view.snapshot;
    let offset = snapshot.offset(position) as usize;
    let before = snapshot.text().get(..offset).unwrap_or_default();
    let start = before
        .rfind(|char: char| !char.is_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let begun = &before[start..];
    if begun.chars().count() < LETTERS || !begun.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let mut found: BTreeMap<String, (CompletionItemKind, String)> = BTreeMap::new();
    let drafts = view.drafts();
    let docs: Vec<(&str, &DocNames)> =
        drafts.iter().map(|draft| (draft.text(), &draft.reading.facts.names)).collect();
    for name in register(&docs) {
        let kind = match name.kind {
            Kind::Person => CompletionItemKind::CLASS,
            Kind::Organization => CompletionItemKind::MODULE,
            Kind::Place | Kind::Other => CompletionItemKind::CONSTANT,
        };
        // What was begun here is a name of its own until it is finished.
        let detail = format!("{}, {}×", name.kind.name(), name.count);
        found.entry(name.name).or_insert((kind, detail));
    }
    for name in snapshot.checker.guide.names.keys() {
        found.insert(name.clone(), (CompletionItemKind::CLASS, "styleguide".to_owned()));
    }
    found
        .into_iter()
        .filter(|(name, _)| name.len() > begun.len() && name.starts_with(begun))
        .map(|(label, (kind, detail))| CompletionItem {
            label,
            kind: Some(kind),
            detail: Some(detail),
            ..CompletionItem::default()
        })
        .collect()
}
