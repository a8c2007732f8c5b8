//! Paragraphs as sketches, by which two that say nearly the same are found without comparing each with each.
//!
//! A sketch holds the smallest hashes of all runs of three words: the “bottom-k sketch” (Broder, “On the resemblance and
//! containment of documents”, 1997; Cohen and Kaplan, “Summarizing data using bottom-k sketches”, 2007). For a paragraph
//! of up to `SKETCH + 2` words it holds them all, and the resemblance is exact.

use crate::document::Document;
use crate::document::analysis::Analysis;
use crate::document::block::{Block, BlockKind};
use crate::text::span::SrcSpan;
use std::sync::Arc;

/// Shorter paragraphs repeat for good reasons: bylines, datelines, “Yes, sir.”
pub const WORDS: usize = 12;

/// How many hashes a sketch holds at most.
const SKETCH: usize = 64;

/// How many of a sketch's hashes lead to paragraphs like it. Two paragraphs of resemblance 0.6 share none of them once in
/// 1,500 pairs.
pub const KEYS: usize = 8;

/// What is remembered of a paragraph's words: neither capitals nor punctuation count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Of all words in order: equal paragraphs have equal hashes.
    pub hash: u64,
    /// How many words there are.
    pub words: u32,
    /// Whether somebody is quoted: a quotation is often given twice, in a post and in the words of the story.
    pub quotes: bool,
    /// In rising order.
    hashes: Box<[u32]>,
}

/// A paragraph of a draft.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Index into `Document::blocks`.
    pub block: u32,
    /// The paragraph's words in the source.
    pub span: SrcSpan,
    pub sketch: Arc<Sketch>,
}

/// The sketch of a block; `None` where it is no paragraph, or a short one.
pub fn sketch(block: &Block, analysis: &Analysis) -> Option<Arc<Sketch>> {
    if block.kind != BlockKind::Paragraph || analysis.tokens.len() < WORDS {
        return None;
    }
    // What ends without a stop is a headline or a credit; both are given twice for good reasons.
    let ends = block.prose.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '’', '\'', ')', ']']);
    if !ends {
        return None;
    }
    let mut words: Vec<u64> = Vec::with_capacity(analysis.tokens.len());
    let texts = analysis.tokens.iter().map(|token| token.text(&block.prose));
    words.extend(texts.filter(|text| text.starts_with(char::is_alphanumeric)).map(word_hash));
    if words.len() < WORDS {
        return None;
    }
    let mut hashes: Vec<u32> = words.windows(3).map(run_hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    let hash = words.iter().fold(SEED, mix);
    let quotes = !analysis.marks.is_empty();
    Some(Arc::new(Sketch { hash, words: words.len() as u32, quotes, hashes: hashes.into() }))
}

/// The paragraphs of a draft, in order, from the sketches of its blocks.
pub fn gather<'a>(
    document: &Document,
    sketches: impl Iterator<Item = &'a Option<Arc<Sketch>>>,
) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for (index, (placed, sketch)) in document.blocks.iter().zip(sketches).enumerate() {
        let Some(sketch) = sketch else { continue };
        out.push(Paragraph { block: index as u32, span: placed.words(), sketch: sketch.clone() });
    }
    out
}

impl Sketch {
    /// Hashes that a paragraph nearly like this one shares at least one of.
    pub fn keys(&self) -> &[u32] {
        &self.hashes[..self.hashes.len().min(KEYS)]
    }

    /// The share of runs of three words that both paragraphs have, of all that either has; 1 for equal ones.
    pub fn resemblance(&self, other: &Self) -> f32 {
        if self.hash == other.hash {
            return 1.0;
        }
        let (mut left, mut right) = (self.hashes.iter().peekable(), other.hashes.iter().peekable());
        let (mut seen, mut both) = (0_u32, 0_u32);
        while seen < SKETCH as u32 {
            match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(a), Some(b)) if a == b => {
                    both += 1;
                    left.next();
                    right.next();
                }
                (Some(a), Some(b)) if a > b => drop(right.next()),
                (Some(_), _) => drop(left.next()),
                (None, Some(_)) => drop(right.next()),
            }
            seen += 1;
            // What two like paragraphs do not share is no more than half of a sketch.
            if seen - both > SKETCH as u32 / 2 {
                return 0.0;
            }
        }
        both as f32 / seen.max(1) as f32
    }
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Eight bytes at a time; the bit that parts capitals from small letters is set in all.
fn word_hash(word: &str) -> u64 {
    word.as_bytes().chunks(8).fold(SEED, |hash, chunk| {
        let mut eight = [0x20; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        let letters = u64::from_le_bytes(eight) | 0x2020_2020_2020_2020;
        let mixed = (hash ^ letters).wrapping_mul(0x9FB2_1C65_1E98_DF25);
        mixed ^ (mixed >> 32)
    })
}

/// Of three words in order.
fn run_hash(run: &[u64]) -> u32 {
    let joined =
        run.iter().fold(SEED, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0xC4CE_B9FE_1A85_EC53));
    (joined >> 32) as u32
}

/// The finalizer of MurmurHash3 over what came before and the next word.
fn mix(hash: u64, word: &u64) -> u64 {
    let mut mixed = hash.rotate_left(23) ^ word;
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    mixed ^ (mixed >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format, analysis};

    fn of(prose: &str) -> Option<Arc<Sketch>> {
        let document = document::parse(prose.into(), Format::Plain);
        let block = &document.blocks[0].block;
        sketch(block, &analysis::analyse(block))
    }

    const DOCK: &str =
        "The harbour board met on Friday to hear how the new dock will be paid for, and by whom.";

    #[test]
    fn capitals_and_punctuation_do_not_count() {
        let other =
            "THE harbour board met, on Friday, to hear how the new dock will be paid for and by whom.";
        assert_eq!(of(DOCK).unwrap().hash, of(other).unwrap().hash);
    }

    #[test]
    fn one_word_changed_leaves_most_of_the_resemblance() {
        let other = DOCK.replace("Friday", "Monday");
        let near = of(DOCK).unwrap().resemblance(&of(&other).unwrap());
        assert!((0.6..1.0).contains(&near), "{near}");
        let far = of(DOCK).unwrap().resemblance(
            &of("Nobody at the ferry company would say on Monday what a ticket is going to cost.").unwrap(),
        );
        assert!(far < 0.1, "{far}");
    }

    #[test]
    fn short_paragraphs_have_no_sketch() {
        assert!(of("By our own correspondent").is_none());
    }
}
