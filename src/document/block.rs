//! A block of prose and its map to the source.
//!
//! A `Block` holds nothing that depends on where it stands, so that equal blocks are equal values: it is the key
//! under which everything learned about it is cached.

use crate::text::span::{Span, SrcSpan};
use std::sync::Arc;

/// What a block is in its document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    Paragraph,
    ListItem,
    /// A paragraph of a block quotation: somebody else's words.
    BlockQuotation,
    /// What stands under a picture or over a table.
    Caption,
    TableHeader,
    TableCell,
    /// A footnote's text.
    Footnote,
    /// A picture's alternative text.
    AltText,
    /// The title in an HTML head, or a link's or picture's title.
    Title,
    /// The value of a front matter field that holds prose (title, description …), by its key.
    FrontMatter(Box<str>),
}

/// A block of prose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    pub kind: BlockKind,
    /// The words as a reader sees them. A soft line break is `\n`; a hard one, too. What is no prose but takes a
    /// place in the sentence (code, a picture, a bare URL in brackets) is one U+FFFC OBJECT REPLACEMENT CHARACTER.
    pub prose: Box<str>,
    /// Covers every byte of `prose`, in order, without gaps; the source may have gaps between segments.
    pub map: Box<[Segment]>,
    /// Stretches that the markup emphasizes: titles of works, foreign words. In order, not overlapping.
    pub emphasis: Box<[Span]>,
}

/// A stretch of prose and where it stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    pub prose: Span,
    /// Bytes of the source, counted from `Placed::at`.
    pub src: SrcSpan,
    /// Whether the text is taken over byte for byte. Otherwise (an entity, a placeholder, a line break with its
    /// indentation) prose and source correspond only as wholes.
    pub verbatim: bool,
}

/// A block at its place in a document.
#[derive(Clone, Debug)]
pub struct Placed {
    pub block: Arc<Block>,
    /// The source offset from which the segments of the block count.
    pub at: u32,
    /// The source bytes of the whole block, its markup included.
    pub src: SrcSpan,
}

/// Stands in the prose for something that is no prose.
pub const OBJECT: char = '\u{FFFC}';

impl BlockKind {
    pub fn is_heading(&self) -> bool {
        match self {
            Self::Heading(_) | Self::Title => true,
            Self::FrontMatter(key) => matches!(&**key, "title" | "headline" | "heading" | "subtitle"),
            _ => false,
        }
    }
}

impl Placed {
    /// Where a stretch of prose stands in the source: from the first byte of its first character to the last byte of
    /// its last one; markup before and after it is left out, markup inside it is included.
    pub fn to_source(&self, span: Span) -> SrcSpan {
        let start = self.source_start(span.start);
        if span.is_empty() {
            return SrcSpan::new(start, start);
        }
        SrcSpan::new(start, self.source_end(span.end).max(start))
    }

    /// Where all the words of the block stand in the source.
    pub fn words(&self) -> SrcSpan {
        self.to_source(Span::new(0, self.block.prose.len() as u32))
    }

    fn source_start(&self, offset: u32) -> u32 {
        let map = &self.block.map;
        let index = map.partition_point(|segment| segment.prose.end <= offset);
        match map.get(index) {
            Some(segment) if segment.verbatim => self.at + segment.src.start + (offset - segment.prose.start),
            Some(segment) => self.at + segment.src.start,
            None => self.at + map.last().map_or(0, |segment| segment.src.end),
        }
    }

    fn source_end(&self, offset: u32) -> u32 {
        let map = &self.block.map;
        let index = map.partition_point(|segment| segment.prose.end < offset);
        match map.get(index) {
            Some(segment) if segment.verbatim => self.at + segment.src.start + (offset - segment.prose.start),
            Some(segment) => self.at + segment.src.end,
            None => self.at + map.last().map_or(0, |segment| segment.src.end),
        }
    }

    /// Whether a stretch of prose stands in the source byte for byte, so that a replacement is safe for the markup.
    pub fn is_verbatim(&self, span: Span) -> bool {
        let map = &self.block.map;
        let index = map.partition_point(|segment| segment.prose.end <= span.start);
        match map.get(index) {
            Some(segment) => segment.verbatim && span.end <= segment.prose.end,
            None => span.is_empty(),
        }
    }
}
