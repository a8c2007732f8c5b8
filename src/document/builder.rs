//! Builds a block: pieces of source become prose, and the map is kept.

use super::block::{Block, BlockKind, OBJECT, Placed, Segment};
use crate::text::span::{Span, SrcSpan};
use std::sync::Arc;

/// Collects the prose of one block. Pieces must come in the order of the source.
#[derive(Debug, Default)]
pub struct Builder {
    prose: String,
    /// Source offsets are absolute until `finish`.
    map: Vec<Segment>,
    emphasis: Vec<Span>,
    emphasis_open: Vec<u32>,
}

impl Builder {
    /// Takes `text`, which stands at `at` in the source, byte for byte.
    pub fn verbatim(&mut self, text: &str, at: u32) {
        if text.is_empty() {
            return;
        }
        let prose = self.push(text);
        let src = SrcSpan::new(at, at + text.len() as u32);
        match self.map.last_mut() {
            Some(last) if last.verbatim && last.src.end == src.start => {
                last.prose.end = prose.end;
                last.src.end = src.end;
            }
            _ => self.map.push(Segment { prose, src, verbatim: true }),
        }
    }

    /// Puts `text` where the source has `src`: an entity, a line break with its indentation.
    pub fn replaced(&mut self, text: &str, src: SrcSpan) {
        if text.is_empty() {
            return;
        }
        let prose = self.push(text);
        self.map.push(Segment { prose, src, verbatim: false });
    }

    /// Takes what `source` has at `src` over as `text`: byte for byte if they are the same.
    pub fn either(&mut self, text: &str, src: SrcSpan, source: &str) {
        if src.of(source) == text { self.verbatim(text, src.start) } else { self.replaced(text, src) }
    }

    /// Marks the place of something that is no prose.
    pub fn object(&mut self, src: SrcSpan) {
        self.replaced(OBJECT.encode_utf8(&mut [0; 4]), src);
    }

    pub fn begin_emphasis(&mut self) {
        self.emphasis_open.push(self.prose.len() as u32);
    }

    pub fn end_emphasis(&mut self) {
        let Some(start) = self.emphasis_open.pop() else { return };
        let span = Span::new(start, self.prose.len() as u32);
        if self.emphasis_open.is_empty() && !span.is_empty() {
            self.emphasis.push(span);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    /// The prose so far.
    pub fn prose(&self) -> &str {
        &self.prose
    }

    /// Whether there is nothing yet that a reader would read.
    pub fn is_blank(&self) -> bool {
        self.prose.chars().all(|char| char.is_whitespace() || char == OBJECT)
    }

    /// Forgets the prose so far.
    pub fn clear(&mut self) {
        self.prose.clear();
        self.map.clear();
        self.emphasis.clear();
        self.emphasis_open.clear();
    }

    /// The block, or nothing where a reader would read nothing. The builder is empty afterwards.
    pub fn finish(&mut self, kind: BlockKind, src: SrcSpan) -> Option<Placed> {
        let placed = if self.is_blank() { None } else { self.place(kind, src) };
        self.clear();
        placed
    }

    fn place(&mut self, kind: BlockKind, src: SrcSpan) -> Option<Placed> {
        while !self.emphasis_open.is_empty() {
            self.end_emphasis();
        }
        self.trim_end();
        let at = self.map.first()?.src.start;
        for segment in &mut self.map {
            segment.src.start -= at;
            segment.src.end -= at;
        }
        let block = Block {
            kind,
            prose: self.prose.as_str().into(),
            map: self.map.as_slice().into(),
            emphasis: self.emphasis.as_slice().into(),
        };
        Some(Placed { block: Arc::new(block), at, src })
    }

    /// Takes back the white space at the end, a line break before nothing.
    fn trim_end(&mut self) {
        let length = self.prose.trim_end().len() as u32;
        while self.map.last().is_some_and(|last| last.prose.start >= length) {
            self.map.pop();
        }
        if let Some(last) = self.map.last_mut().filter(|last| last.prose.end > length) {
            // What stands for something else stays whole, but no prose ends with white space.
            last.src.end -= if last.verbatim { last.prose.end - length } else { 0 };
            last.prose.end = length;
        }
        self.prose.truncate(length as usize);
        self.emphasis.retain(|span| span.start < length);
        if let Some(last) = self.emphasis.last_mut() {
            last.end = last.end.min(length);
        }
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.prose.len() as u32;
        self.prose.push_str(text);
        Span::new(start, self.prose.len() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_are_taken_over_are_one_segment() {
        let mut builder = Builder::default();
        builder.verbatim("salt", 3);
        builder.verbatim(" and", 7);
        builder.replaced("&", SrcSpan::new(11, 16));
        let placed = builder.finish(BlockKind::Paragraph, SrcSpan::new(0, 20)).unwrap();
        assert_eq!(placed.block.map.len(), 2);
        assert_eq!(placed.to_source(Span::new(0, 9)), SrcSpan::new(3, 16));
    }

    #[test]
    fn white_space_at_the_end_is_taken_back() {
        let mut builder = Builder::default();
        builder.begin_emphasis();
        builder.verbatim("salt ", 0);
        builder.end_emphasis();
        builder.replaced("\n", SrcSpan::new(5, 9));
        let placed = builder.finish(BlockKind::Paragraph, SrcSpan::new(0, 9)).unwrap();
        assert_eq!(&*placed.block.prose, "salt");
        assert_eq!(placed.to_source(Span::new(0, 4)), SrcSpan::new(0, 4));
        assert_eq!(&*placed.block.emphasis, [Span::new(0, 4)]);
    }

    #[test]
    fn a_picture_alone_is_no_block() {
        let mut builder = Builder::default();
        builder.object(SrcSpan::new(0, 9));
        builder.verbatim("\n", 9);
        assert!(builder.finish(BlockKind::Paragraph, SrcSpan::new(0, 10)).is_none());
        assert!(builder.is_empty());
    }
}
