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
            Some(last) if last.prose.len() == last.src.len() && last.src.end == src.start => {
                last.prose.end = prose.end;
                last.src.end = src.end;
            }
            _ => self.map.push(Segment { prose, src }),
        }
    }

    /// Puts `text` where the source has `src`: an entity, a line break.
    pub fn replaced(&mut self, text: &str, src: SrcSpan) {
        if text.is_empty() {
            return;
        }
        let prose = self.push(text);
        self.map.push(Segment { prose, src });
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

    /// The block, or nothing where there is no prose but white space. The builder is empty afterwards.
    pub fn finish(&mut self, kind: BlockKind, src: SrcSpan) -> Option<Placed> {
        let Self { prose, mut map, emphasis, .. } = std::mem::take(self);
        if prose.trim().is_empty() {
            return None;
        }
        let at = map.first()?.src.start;
        for segment in &mut map {
            segment.src.start -= at;
            segment.src.end -= at;
        }
        let block = Block { kind, prose: prose.into(), map: map.into(), emphasis: emphasis.into() };
        Some(Placed { block: Arc::new(block), at, src })
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.prose.len() as u32;
        self.prose.push_str(text);
        Span::new(start, self.prose.len() as u32)
    }
}
