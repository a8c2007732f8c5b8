//! Markdown to blocks of prose: CommonMark with tables, footnotes, strikethrough and front matter.

use super::block::BlockKind;
use super::builder::Builder;
use super::{Document, Format};
use crate::text::span::SrcSpan;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// Parses Markdown.
pub fn parse(text: Arc<str>) -> Document {
    let mut blocks = Vec::new();
    let mut builder = Builder::default();
    let mut open: Option<(BlockKind, SrcSpan)> = None;
    let mut quoted = 0_u32;
    let mut items = 0_u32;
    let mut code = false;
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        let src = source_span(&range, start);
        match event {
            Event::Start(Tag::BlockQuote(_)) => quoted += 1,
            Event::End(TagEnd::BlockQuote(_)) => quoted -= 1,
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Item) => {
                if let Some((kind, src)) = open.take() {
                    blocks.extend(builder.finish(kind, src));
                }
                items += 1;
                open = Some((BlockKind::ListItem, src));
            }
            Event::End(TagEnd::Item) => {
                if let Some((kind, src)) = open.take() {
                    blocks.extend(builder.finish(kind, src));
                }
                items -= 1;
            }
            Event::Start(Tag::Paragraph) => {
                let kind = match (quoted, items) {
                    (1.., _) => BlockKind::BlockQuotation,
                    (_, 1..) => BlockKind::ListItem,
                    _ => BlockKind::Paragraph,
                };
                open = Some((kind, src));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                open = Some((BlockKind::Heading(level as u8), src));
            }
            Event::Start(Tag::TableCell) => open = Some((BlockKind::TableCell, src)),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) => {
                if let Some((kind, src)) = open.take() {
                    blocks.extend(builder.finish(kind, src));
                }
            }
            Event::Start(Tag::Emphasis) => builder.begin_emphasis(),
            Event::End(TagEnd::Emphasis) => builder.end_emphasis(),
            Event::Text(words) if !code => {
                if &text[src.range()] == &*words {
                    builder.verbatim(&words, src.start);
                } else {
                    builder.replaced(&words, src);
                }
            }
            Event::Code(_) => builder.object(src),
            Event::SoftBreak | Event::HardBreak => builder.replaced("\n", src),
            _ => {}
        }
    }
    Document { text, format: Format::Markdown, blocks, stets: Vec::new() }
}

fn source_span(range: &Range<usize>, start: usize) -> SrcSpan {
    SrcSpan::new((range.start + start) as u32, (range.end + start) as u32)
}
