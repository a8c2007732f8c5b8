//! Plain text: a blank line ends a paragraph.

use super::block::BlockKind;
use super::builder::Builder;
use super::{Document, Format};
use crate::text::span::SrcSpan;
use std::sync::Arc;

/// Parses plain text.
pub fn parse(text: Arc<str>) -> Document {
    let mut blocks = Vec::new();
    let mut builder = Builder::default();
    let mut span: Option<SrcSpan> = None;
    let mut at = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut break_at = 0;
    for line in text[at..].split_inclusive('\n') {
        let start = at as u32;
        at += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        if content.trim().is_empty() {
            if let Some(src) = span.take() {
                blocks.extend(builder.finish(BlockKind::Paragraph, src));
            }
            continue;
        }
        let end = start + content.len() as u32;
        if !builder.is_empty() {
            builder.replaced("\n", SrcSpan::new(break_at, start));
        }
        builder.verbatim(content, start);
        break_at = end;
        span = Some(SrcSpan::new(span.map_or(start, |span| span.start), end));
    }
    if let Some(src) = span {
        blocks.extend(builder.finish(BlockKind::Paragraph, src));
    }
    Document { text, format: Format::Plain, blocks, stets: Vec::new() }
}
