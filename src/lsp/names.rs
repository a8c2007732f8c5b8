//! Questions about a name: where it stands in all its forms, and what to change to call it otherwise.

use super::convert;
use super::snapshot::{Snapshot, View};
use crate::document::token::TokenKind;
use crate::document::token::tokenize;
use crate::facts::names::DocNames;
use crate::facts::names::register::{Name, register};
use crate::text::span::SrcSpan;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp::ls_types::{
    DocumentHighlight, DocumentHighlightKind, Location, Position, PrepareRenameResponse, TextEdit,
    WorkspaceEdit,
};

/// The places of the name at a position in this draft.
pub fn highlights(view: &View, position: Position) -> Vec<DocumentHighlight> {
    let snapshot = &view.snapshot;
    let drafts = [snapshot.clone()];
    let Some(found) = find(&drafts, 0, snapshot.offset(position)) else { return Vec::new() };
    let places = found.name.forms.iter().flat_map(|form| &form.places);
    places
        .map(|(_, span)| DocumentHighlight {
            range: snapshot.range(*span),
            kind: Some(DocumentHighlightKind::TEXT),
        })
        .collect()
}

/// The places of the name at a position, in all drafts.
pub fn references(view: &View, position: Position) -> Vec<Location> {
    let drafts = view.drafts();
    let Some(found) = find_among(view, &drafts, view.snapshot.offset(position)) else { return Vec::new() };
    let mut places: Vec<_> = found.name.forms.iter().flat_map(|form| form.places.iter().copied()).collect();
    places.sort_unstable();
    let location = |(doc, span): (crate::finding::DocId, SrcSpan)| {
        let draft = drafts.get(doc.0 as usize)?;
        Some(Location::new(draft.sheet.uri.clone(), draft.range(span)))
    };
    places.into_iter().filter_map(location).collect()
}

/// Whether there is a name to change at a position, and what it is called there.
pub fn prepare_rename(view: &View, position: Position) -> Option<PrepareRenameResponse> {
    let snapshot = &view.snapshot;
    let drafts = [snapshot.clone()];
    let found = find(&drafts, 0, snapshot.offset(position))?;
    let range = snapshot.range(found.place);
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: found.form })
}

/// Changes a name in all drafts. Where the new name has as many words as the old one, each word that changes does so in
/// every form of the name; otherwise the form at the position changes, wherever it stands.
pub fn rename(view: &View, position: Position, new: &str) -> Option<WorkspaceEdit> {
    let new = new.trim();
    if new.is_empty() {
        return None;
    }
    let drafts = view.drafts();
    let found = find_among(view, &drafts, view.snapshot.offset(position))?;
    let (old_words, new_words) = (words(&found.form), words(new));
    let pairs: Vec<(&str, &str)> = match old_words.len() == new_words.len() {
        true => old_words.into_iter().zip(new_words).filter(|(old, new)| old != new).collect(),
        false => Vec::new(),
    };
    let mut edits: BTreeMap<u32, Vec<(SrcSpan, String)>> = BTreeMap::new();
    for form in &found.name.forms {
        for (doc, span) in &form.places {
            let Some(draft) = drafts.get(doc.0 as usize) else { continue };
            let edits = edits.entry(doc.0).or_default();
            let whole = || (form.form == found.form).then(|| (*span, new.to_owned()));
            match pairs.is_empty() {
                true => edits.extend(whole()),
                false => edits.extend(word_edits(draft.text(), *span, &pairs)),
            }
        }
    }
    let edits = edits.into_iter().filter_map(|(doc, mut edits)| {
        let draft = drafts.get(doc as usize)?;
        edits.sort();
        edits.dedup();
        let edits: Vec<TextEdit> =
            edits.into_iter().map(|(span, text)| TextEdit::new(draft.range(span), text)).collect();
        (!edits.is_empty()).then(|| (draft.sheet.uri.clone(), draft.version, edits))
    });
    Some(convert::workspace_edit(edits.collect(), &view.snapshot.session.client))
}

/// What a hover says of the name at a position.
pub fn describe(view: &View, offset: u32) -> Option<(String, SrcSpan)> {
    let drafts = view.drafts();
    let Found { name, place, .. } = find_among(view, &drafts, offset)?;
    let mut documents: Vec<_> =
        name.forms.iter().flat_map(|form| &form.places).map(|(doc, _)| *doc).collect();
    documents.sort_unstable();
    documents.dedup();
    let forms: Vec<String> =
        name.forms.iter().map(|form| format!("{} ({})", form.form, form.places.len())).collect();
    let drafts = if documents.len() == 1 { "draft" } else { "drafts" };
    let text = format!(
        "{}, {}: {}× in {} {drafts}\n\n{}",
        name.name,
        name.kind.name(),
        name.count,
        documents.len(),
        forms.join(" · ")
    );
    Some((text, place))
}

/// A name, as it stands at one place.
struct Found {
    name: Name,
    form: String,
    place: SrcSpan,
}

/// The name at an offset of the draft that is looked at, with its places in all drafts.
fn find_among(view: &View, drafts: &[Arc<Snapshot>], offset: u32) -> Option<Found> {
    // Where the draft alone has no name, none of the others needs to be asked.
    find(std::slice::from_ref(&view.snapshot), 0, offset)?;
    let here = drafts.iter().position(|draft| draft.sheet.uri == view.snapshot.sheet.uri)?;
    find(drafts, here, offset)
}

/// The name at an offset of one of the drafts; a cursor behind a name means the name.
fn find(drafts: &[Arc<Snapshot>], here: usize, offset: u32) -> Option<Found> {
    let docs: Vec<(&str, &DocNames)> =
        drafts.iter().map(|draft| (draft.text(), &draft.reading.facts.names)).collect();
    for name in register(&docs) {
        let place = name.forms.iter().find_map(|form| {
            let at = form
                .places
                .iter()
                .find(|(doc, span)| doc.0 as usize == here && span.start <= offset && offset <= span.end);
            at.map(|(_, span)| (form.form.clone(), *span))
        });
        if let Some((form, place)) = place {
            return Some(Found { name, form, place });
        }
    }
    None
}

/// The words of a name: what stands between spaces and hyphens.
fn words(name: &str) -> Vec<&str> {
    name.split([' ', '-']).filter(|word| !word.is_empty()).collect()
}

/// The edits that change words within a place, whatever markup stands between them.
fn word_edits(text: &str, place: SrcSpan, pairs: &[(&str, &str)]) -> Vec<(SrcSpan, String)> {
    let stretch = place.of(text);
    let mut out = Vec::new();
    for token in tokenize(stretch) {
        if token.kind != TokenKind::Word {
            continue;
        }
        let mut at = token.span.start;
        for part in token.text(stretch).split('-') {
            if let Some((_, new)) = pairs.iter().find(|(old, _)| *old == part) {
                let start = place.start + at;
                out.push((SrcSpan::new(start, start + part.len() as u32), (*new).to_owned()));
            }
            at += part.len() as u32 + 1;
        }
    }
    out
}
