//! What can be said of a word and of one that may have been meant in its place, as small numbers for the trees.
//!
//! It never decides; the same code runs when the trees are grown and when a draft is checked.

use crate::lexicon::model::counts::{Counts, Gram, count_of};
use crate::lexicon::model::units::Unit;
use crate::lexicon::model::vocabulary::{Candidate, FIRST_WORD, Vocabulary, class};

/// Number of features.
pub const FEATURES: usize = 57;

/// The units around a place, outermost first.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Second unit before.
    pub left2: u32,
    /// Unit before.
    pub left: u32,
    /// Unit after.
    pub right: u32,
    /// Second unit after.
    pub right2: u32,
}

impl Around {
    /// What stands around unit `at`; stops outside of the block.
    #[inline]
    pub fn of(units: &[Unit], at: usize) -> Self {
        let id = |i: Option<usize>| i.and_then(|i| units.get(i)).map_or(class::STOP, |unit| unit.id);
        Around {
            left2: id(at.checked_sub(2)),
            left: id(at.checked_sub(1)),
            right: id(Some(at + 1)),
            right2: id(Some(at + 2)),
        }
    }
}

/// How often the surroundings themselves stood together.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    around: Around,
    left: f32,
    right: f32,
    left_pair: u8,
    right_pair: u8,
    across: u8,
}

/// How a word fits its surroundings: levels of counts and logarithms (base 2) of estimates made of them.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// Levels: pair left, pair right, triple left, triple around, triple right, skip left, skip right.
    pub levels: [u8; 7],
    /// Logarithm of the chance given the two units before.
    pub before: f32,
    /// The same given the two units after.
    pub after: f32,
    /// The same given the units before and after.
    pub between: f32,
    /// Logarithm of the chance by itself.
    pub alone: f32,
}

impl Fit {
    /// All estimates in one.
    #[inline]
    pub fn score(&self) -> f32 {
        self.between + 0.5 * (self.before + self.after - 2.0 * self.alone)
    }
}

/// Weighted units that were counted.
const TOTAL: f32 = 7.0e7;
const PAIR_PRIOR: f32 = 60.0;
const TRIPLE_PRIOR: f32 = 12.0;

impl Frame {
    /// The surroundings, before anything but pairs is asked.
    pub fn plain(around: Around) -> Self {
        Frame { around, left: 0.0, right: 0.0, left_pair: 0, right_pair: 0, across: 0 }
    }

    /// Looks the surroundings up.
    pub fn new(vocabulary: &Vocabulary<'_>, counts: &Counts<'_>, around: Around) -> Self {
        let Around { left2, left, right, right2 } = around;
        Frame {
            around,
            left: total(vocabulary, left),
            right: total(vocabulary, right),
            left_pair: counts.level(Gram::Pair(left2, left)),
            right_pair: counts.level(Gram::Pair(right, right2)),
            across: counts.level(Gram::Skip(left, right)),
        }
    }

    /// How often a word stood next to its two neighbours here: levels of the pairs left and right.
    #[inline]
    pub fn pairs(&self, counts: &Counts<'_>, id: u32) -> [u8; 2] {
        if id < FIRST_WORD {
            return [0; 2];
        }
        [counts.level(Gram::Pair(self.around.left, id)), counts.level(Gram::Pair(id, self.around.right))]
    }

    /// How a word, by number and frequency, fits here, given its pairs.
    pub fn fit(&self, counts: &Counts<'_>, id: u32, frequency: u8, [pair_left, pair_right]: [u8; 2]) -> Fit {
        let Around { left2, left, right, right2 } = self.around;
        let look = |worth: bool, gram: Gram| if worth && id >= FIRST_WORD { counts.level(gram) } else { 0 };
        let levels = [
            pair_left,
            pair_right,
            look(pair_left > 0, Gram::Triple(left2, left, id)),
            look(pair_left > 0 && pair_right > 0, Gram::Triple(left, id, right)),
            look(pair_right > 0, Gram::Triple(id, right, right2)),
            look(true, Gram::Skip(left2, id)),
            look(true, Gram::Skip(id, right2)),
        ];
        let alone = alone(frequency);
        let [pair_left, pair_right, before, between, after, _, _] = levels.map(count_of);
        let by_left = (pair_left + PAIR_PRIOR * alone) / (self.left + PAIR_PRIOR);
        let by_right = (pair_right + PAIR_PRIOR * alone) / (self.right + PAIR_PRIOR);
        let estimate = |count: f32, prior: f32, context: u8| {
            ((count + TRIPLE_PRIOR * prior) / (count_of(context).max(count) + TRIPLE_PRIOR)).log2()
        };
        let both = (by_left * by_right / alone).min(1.0);
        Fit {
            levels,
            before: estimate(before, by_left, self.left_pair),
            after: estimate(after, by_right, self.right_pair),
            between: estimate(between, both, self.across),
            alone: alone.log2(),
        }
    }
}

fn alone(frequency: u8) -> f32 {
    (f32::from(frequency) / 4.0).exp2() / TOTAL
}

fn total(vocabulary: &Vocabulary<'_>, id: u32) -> f32 {
    if id < FIRST_WORD { 1.0e6 } else { (f32::from(vocabulary.word(id).frequency) / 4.0).exp2() }
}

/// A place in a draft, as far as features need it.
pub struct Place<'a> {
    /// The units of the block.
    pub units: &'a [Unit],
    /// Which of them.
    pub at: usize,
    /// Whether the block is a heading.
    pub heading: bool,
}

impl Place<'_> {
    /// The unit at the place.
    pub fn unit(&self) -> &Unit {
        &self.units[self.at]
    }

    /// Whether a capital here says nothing: first of a sentence, of a quotation, in a heading.
    pub fn capital_is_idle(&self) -> bool {
        let unit = self.unit();
        let before = self.at.checked_sub(1).map(|at| &self.units[at]);
        self.heading || before.is_none_or(|before| before.id == class::STOP || before.quoted != unit.quoted)
    }
}

/// Whether a hyphen joins the word to the one before (1) or after (2).
fn joined(place: &Place<'_>) -> u8 {
    let touches = |left: Option<&Unit>, right: Option<&Unit>| match (left, right) {
        (Some(left), Some(right)) => {
            left.end + 1 == right.start && left.word > 0 && right.word > 0 && left.joined
        }
        _ => false,
    };
    let (before, here, after) = (place.at.checked_sub(1), place.at, place.at + 1);
    let unit = |at: usize| place.units.get(at);
    u8::from(touches(before.and_then(unit), unit(here))) + 2 * u8::from(touches(unit(here), unit(after)))
}

/// Whether a comparison was begun shortly before: "more", "rather", "-er".
fn compared(vocabulary: &Vocabulary<'_>, place: &Place<'_>) -> bool {
    let before = &place.units[place.at.saturating_sub(COMPARED)..place.at];
    before.iter().rev().take_while(|unit| unit.id != class::STOP).any(|unit| {
        let word = vocabulary.spelling(unit.word);
        matches!(word, "more" | "less" | "rather" | "other" | "worse" | "fewer" | "else")
            || (word.len() > 4
                && word.ends_with("er")
                && vocabulary.find(&word.as_bytes()[..word.len() - 2]).is_some())
    })
}

/// How far back a comparison may have been begun, in units.
const COMPARED: usize = 14;

/// Describes a candidate at a place.
pub fn describe(
    vocabulary: &Vocabulary<'_>,
    place: &Place<'_>,
    frame: &Frame,
    word: &Fit,
    candidate: Candidate,
    fit: &Fit,
    best_rival: f32,
) -> [u8; FEATURES] {
    let unit = &place.units[place.at];
    let own = vocabulary.word(unit.word);
    let meant = vocabulary.word(candidate.word);
    let around = frame.around;
    let small = |id: u32| id.min(120) as u8;
    let absolute = |x: f32| (-x * 6.0).clamp(0.0, 255.0) as u8;
    let mut out = [0; FEATURES];
    out[..7].copy_from_slice(&word.levels);
    out[7..14].copy_from_slice(&fit.levels);
    let rest = [
        ratio(fit.before - word.before),
        ratio(fit.after - word.after),
        ratio(fit.between - word.between),
        ratio((fit.score() - word.score()) * 0.5),
        ratio(fit.alone - word.alone),
        absolute(fit.before),
        absolute(fit.after),
        absolute(fit.between),
        absolute(word.before),
        absolute(word.after),
        absolute(word.between),
        ratio((fit.score() - best_rival) * 0.5),
        frame.left_pair,
        frame.right_pair,
        frame.across,
        (frame.left.log2() * 4.0) as u8,
        (frame.right.log2() * 4.0) as u8,
        own.frequency,
        meant.frequency,
        own.rarity,
        meant.rarity,
        own.capital,
        meant.capital,
        candidate.slip,
        (unit.end - unit.start).min(20) as u8,
        vocabulary.spelling(candidate.word).len().min(20) as u8,
        unit.shape as u8,
        small(around.left),
        small(around.right),
        small(around.left2),
        small(around.right2),
        u8::from(place.heading),
        u8::from(unit.quoted),
        place.units.get(place.at.wrapping_sub(1)).map_or(3, |u| u.shape as u8),
        place.units.get(place.at + 1).map_or(3, |u| u.shape as u8),
        joined(place),
        u8::from(compared(vocabulary, place)),
    ];
    out[LATER + 5..LATER + 5 + rest.len()].copy_from_slice(&rest);
    out
}

/// Adds what the network asks for: the word, the candidate.
pub fn add_wish(features: &mut [u8; FEATURES], word: f32, candidate: f32) {
    features[LATER + 2] = ratio(candidate - word);
    features[LATER + 3] = ratio(candidate);
    features[LATER + 4] = ratio(word);
}

/// Adds how often the word and the candidate stand elsewhere in the draft.
pub fn add_elsewhere(features: &mut [u8; FEATURES], word: u8, candidate: u8) {
    features[LATER] = word.min(20);
    features[LATER + 1] = candidate.min(20);
}

/// The first of the five features that are added when a place has come through the first trees.
pub const LATER: usize = 14;

/// A difference of logarithms in a byte.
fn ratio(x: f32) -> u8 {
    (x * 6.0 + 128.0).clamp(0.0, 255.0) as u8
}
