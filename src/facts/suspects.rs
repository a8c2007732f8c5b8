//! Words of a block that the language model doubts, and what it says of them when it knows the whole draft. They are
//! facts, not findings: rules decide what is said.

use crate::document::analysis::Analysis;
use crate::document::block::Block;
use crate::facts::{BlockFacts, units};
use crate::lexicon::memo::Memo;
use crate::lexicon::model::features::Place;
use crate::lexicon::model::standing::Standing;
use crate::lexicon::model::units::Encoder;
use crate::lexicon::model::vocabulary::{FIRST_WORD, Slip};
use crate::lexicon::model::{Doubt, Model, Verdict};
use crate::text::span::Span;

/// What a block says by itself.
#[derive(Clone, Debug)]
pub struct BlockSuspects {
    /// Every word of the block, by number.
    words: Vec<u32>,
    /// Doubts and where they stand, in order, with what is to be said of each if its words stand nowhere else.
    places: Vec<(Span, Doubt, Verdict)>,
}

/// A word that is probably not the one that was meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect {
    /// Index of the block in the document.
    pub block: usize,
    pub span: Span,
    /// What was probably meant, as the vocabulary writes it.
    pub meant: &'static str,
    /// How the one became the other.
    pub slip: Slip,
    /// Logarithm of the odds that it is so, by the measure of the examples that the model was made of.
    pub odds: f32,
}

/// Log odds from which a place is a suspect at all, and, before the rest of the draft is known, a doubt.
const LEAST: f32 = 0.0;
const LEAST_ALONE: f32 = -2.0;

/// What is written, and what it is taken to be a slip for, where a few words to each side do not tell the two apart:
/// "did they gave up a place" or "they gave a day". Measured: each was suspected 15 times or more in 10,000 published
/// articles, and is hardly ever a slip.
const INTERCHANGEABLE: [(&str, &str); 7] = [
    ("gave", "have"),
    ("go", "to"),
    ("his", "this"),
    ("onto", "into"),
    ("he", "the"),
    ("the", "they"),
    ("if", "of"),
];
/// How much surer, in log odds, one must be of these.
const DISCOUNT: f32 = 1.5;

/// The doubts of a block.
pub fn of_block(block: &Block, analysis: &Analysis, memo: &Memo<'static>) -> BlockSuspects {
    let model = Model::embedded();
    let mut encoder = Encoder::new(memo);
    units::encode(&mut encoder, &block.prose, analysis);
    let (units, heading) = (&encoder.units, block.kind.is_heading());
    let mut standing = Standing::new(model.counts);
    standing.take(units);
    let mut places = Vec::new();
    for at in 0..units.len() {
        let place = Place { units, at, heading };
        let Some(mut doubt) = model.doubt(&place, &mut standing) else { continue };
        if !model.is_worth_a_look(&doubt) {
            continue;
        }
        model.ask(&place, &mut doubt);
        let Some(verdict) = model.judge(&doubt, |_| 0) else { continue };
        if verdict.odds >= LEAST_ALONE {
            places.push((Span::new(units[at].start, units[at].end), doubt, verdict));
        }
    }
    let mut words = Vec::with_capacity(units.len());
    words.extend(units.iter().map(|unit| unit.word).filter(|&word| word >= FIRST_WORD));
    BlockSuspects { words, places }
}

/// The suspects of a draft, in order.
pub fn of_document(blocks: &[&BlockFacts]) -> Vec<Suspect> {
    if blocks.iter().all(|facts| facts.suspects.places.is_empty()) {
        return Vec::new();
    }
    let model = Model::embedded();
    let mut tally = vec![0u8; model.vocabulary.len() as usize];
    for &word in blocks.iter().flat_map(|facts| &facts.suspects.words) {
        if let Some(count) = tally.get_mut(word as usize) {
            *count = count.saturating_add(1);
        }
    }
    let mut out = Vec::new();
    for (block, facts) in blocks.iter().enumerate() {
        for (span, doubt, alone) in &facts.suspects.places {
            let elsewhere = |word: u32| {
                let count = tally.get(word as usize).copied().unwrap_or(0);
                count.saturating_sub(u8::from(word == doubt.word))
            };
            let stands_elsewhere = elsewhere(doubt.word) > 0
                || doubt.candidates.iter().any(|(candidate, _)| elsewhere(candidate.word) > 0);
            let judged = if stands_elsewhere { model.judge(doubt, elsewhere) } else { Some(*alone) };
            let Some(verdict) = judged else { continue };
            let written = model.vocabulary.spelling(doubt.word);
            let meant = model.vocabulary.spelling(verdict.candidate.word);
            let is_interchangeable = INTERCHANGEABLE.contains(&(written, meant));
            let odds = verdict.odds - if is_interchangeable { DISCOUNT } else { 0.0 };
            if odds >= LEAST {
                let slip = Slip::of(verdict.candidate.slip);
                out.push(Suspect { block, span: *span, meant, slip, odds });
            }
        }
    }
    out
}
