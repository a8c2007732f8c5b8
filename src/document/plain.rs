//! Plain text: a blank line ends a paragraph, and so does a `[stet …]` on a line of its own.

use super::block::BlockKind;
use super::builder::Builder;
use super::stet::{self, Comment};
use super::{Document, Format};
use crate::text::span::SrcSpan;
use std::sync::Arc;

/// Parses plain text.
pub fn parse(text: Arc<str>) -> Document {
    let mut blocks = Vec::new();
    let mut comments = Vec::new();
    let mut builder = Builder::default();
    let mut span: Option<SrcSpan> = None;
    let mut at = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut break_at = 0;
    for line in text[at..].split_inclusive('\n') {
        let start = at as u32;
        at += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        let comment = stet_line(&text, content, start);
        comments.extend(comment);
        if content.trim().is_empty() || comment.is_some() {
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
    let stets = stet::resolve(&text, &comments, &blocks, &[]);
    Document { text, format: Format::Plain, blocks, stets }
}

/// The stet that a line is, without what stands around it.
fn stet_line(text: &str, line: &str, start: u32) -> Option<Comment> {
    let words = line.trim();
    words.strip_prefix('[')?.strip_suffix(']').filter(|inner| !inner.contains([']', '[']))?;
    let start = start + (line.len() - line.trim_start().len()) as u32;
    let end = start + words.len() as u32;
    stet::comment(text, SrcSpan::new(start, end), SrcSpan::new(start + 1, end - 1))
}
