//! The outline of a draft: its headings, and under each the names that first stand there and the quotations.

use super::snapshot::Snapshot;
use crate::document::block::BlockKind;
use crate::facts::names::register::{Kind, register};
use crate::text::span::SrcSpan;
use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};

/// An entry of the outline.
struct Entry {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    /// What it stands over: a heading reaches to the next one of its level.
    span: SrcSpan,
    place: SrcSpan,
    /// 1 to 6 for headings.
    level: u8,
}

/// A heading's level stands for all that is no heading.
const LEAF: u8 = 7;

/// The longest quotation that is shown whole, in characters.
const LONGEST: usize = 60;

/// The outline, nested where the client shows that.
pub fn outline(snapshot: &Snapshot) -> DocumentSymbolResponse {
    let mut entries = headings(snapshot);
    entries.extend(names(snapshot));
    entries.extend(quotations(snapshot));
    entries.sort_by_key(|entry| (entry.place.start, entry.level));
    if snapshot.session.client.nested_symbols {
        return DocumentSymbolResponse::Nested(nest(snapshot, &mut entries.into_iter().peekable(), 0));
    }
    DocumentSymbolResponse::Flat(entries.into_iter().map(|entry| flat(snapshot, entry)).collect())
}

fn headings(snapshot: &Snapshot) -> Vec<Entry> {
    let end = snapshot.text().len() as u32;
    let mut out: Vec<Entry> = Vec::new();
    for placed in &snapshot.document.blocks {
        let BlockKind::Heading(level) = placed.block.kind else { continue };
        for above in out.iter_mut().filter(|above| above.level >= level && above.span.end == end) {
            above.span.end = placed.src.start;
        }
        out.push(Entry {
            name: placed.block.prose.trim().to_owned(),
            detail: None,
            kind: SymbolKind::STRING,
            span: SrcSpan::new(placed.src.start, end),
            place: placed.src,
            level,
        });
    }
    out
}

fn names(snapshot: &Snapshot) -> impl Iterator<Item = Entry> {
    let names = register(&[(snapshot.text(), &snapshot.reading.facts.names)]);
    names.into_iter().filter_map(|name| {
        let first = name.forms.iter().filter_map(|form| form.places.first()).map(|(_, span)| *span).min()?;
        let kind = match name.kind {
            Kind::Person => SymbolKind::CLASS,
            Kind::Organization => SymbolKind::MODULE,
            Kind::Place => SymbolKind::NAMESPACE,
            Kind::Other => SymbolKind::CONSTANT,
        };
        let detail = Some(format!("{}, {}×", name.kind.name(), name.count));
        Some(Entry { name: name.name, detail, kind, span: first, place: first, level: LEAF })
    })
}

fn quotations(snapshot: &Snapshot) -> impl Iterator<Item = Entry> {
    let outer = snapshot.reading.facts.quotations.iter().filter(|quotation| quotation.depth == 0);
    outer.filter_map(|quotation| {
        let blocks = &snapshot.document.blocks;
        let (first, last) = (quotation.parts.first()?, quotation.parts.last()?);
        let placed = blocks.get(first.block as usize)?;
        let place = placed.to_source(first.span);
        let end = blocks.get(last.block as usize)?.to_source(last.span).end;
        let words = first.span.of(&placed.block.prose).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut name: String = words.chars().take(LONGEST).collect();
        if name.len() < words.len() {
            name.push('…');
        }
        let span = SrcSpan::new(place.start, end.max(place.end));
        Some(Entry { name, detail: None, kind: SymbolKind::EVENT, span, place, level: LEAF })
    })
}

/// The entries below a level, each with those below it.
fn nest(
    snapshot: &Snapshot,
    entries: &mut std::iter::Peekable<std::vec::IntoIter<Entry>>,
    level: u8,
) -> Vec<DocumentSymbol> {
    let mut out = Vec::new();
    while let Some(entry) = entries.next_if(|entry| entry.level > level) {
        let children = if entry.level < LEAF { nest(snapshot, entries, entry.level) } else { Vec::new() };
        #[expect(deprecated, reason = "the type has the field, and no other way to be made")]
        out.push(DocumentSymbol {
            name: named(entry.name),
            detail: entry.detail,
            kind: entry.kind,
            tags: None,
            deprecated: None,
            range: snapshot.range(entry.span),
            selection_range: snapshot.range(entry.place),
            children: (!children.is_empty()).then_some(children),
        });
    }
    out
}

fn flat(snapshot: &Snapshot, entry: Entry) -> SymbolInformation {
    #[expect(deprecated, reason = "the type has the field, and no other way to be made")]
    SymbolInformation {
        name: named(entry.name),
        kind: entry.kind,
        tags: None,
        deprecated: None,
        location: Location::new(snapshot.sheet.uri.clone(), snapshot.range(entry.span)),
        container_name: None,
    }
}

/// A symbol must have a name.
fn named(name: String) -> String {
    if name.is_empty() { "…".to_owned() } else { name }
}
