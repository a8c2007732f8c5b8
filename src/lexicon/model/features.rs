//! What can be said of a word and of one that may have been meant in its place, as small numbers for the trees.
//!
//! It never decides; the same code runs when the trees are grown and when a draft is checked.

use crate::lexicon::model::counts::{Counts, Gram, count_of};
use crate::lexicon::model::standing::Standing;
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
    /// The surroundings of unit `at`.
    pub fn of(standing: &mut Standing<'_>, units: &[Unit], at: usize) -> Self {
        let total = |unit: Option<&Unit>| match unit {
            Some(unit) if unit.id >= FIRST_WORD => weighted(unit.frequency),
            _ => OF_A_CLASS,
        };
        let [left_pair, _, _, right_pair] = standing.pairs(at);
        Frame {
            around: standing.around(at),
            left: total(at.checked_sub(1).and_then(|at| units.get(at))),
            right: total(units.get(at + 1)),
            left_pair,
            right_pair,
            across: standing.skip(at + 1),
        }
    }

    /// How the word that stands here fits, which stood next to its neighbours as often as `pairs` says.
    pub fn own(&self, standing: &mut Standing<'_>, unit: &Unit, at: usize, pairs: [u8; 2]) -> Fit {
        let [left, right] = pairs.map(|pair| pair > 0);
        let mut levels = [pairs[0], pairs[1], 0, 0, 0, 0, 0];
        if unit.id >= FIRST_WORD {
            levels[2] = if left { standing.triple(at) } else { 0 };
            levels[3] = if left && right { standing.triple(at + 1) } else { 0 };
            levels[4] = if right { standing.triple(at + 2) } else { 0 };
        }
        self.weigh(levels, unit.frequency)
    }

    /// Adds the levels of the skipped pairs, which take no part in estimates, to the fit of the word that stands here.
    pub fn skip_own(&self, standing: &mut Standing<'_>, unit: &Unit, at: usize, fit: &mut Fit) {
        if unit.id >= FIRST_WORD {
            fit.levels[5] = standing.skip(at);
            fit.levels[6] = standing.skip(at + 2);
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

    /// How another word, by number and frequency, fits here, given its pairs.
    pub fn fit(&self, counts: &Counts<'_>, id: u32, frequency: u8, [pair_left, pair_right]: [u8; 2]) -> Fit {
        let Around { left2, left, right, right2 } = self.around;
        let look = |worth: bool, gram: Gram| if worth && id >= FIRST_WORD { counts.level(gram) } else { 0 };
        let levels = [
            pair_left,
            pair_right,
            look(pair_left > 0, Gram::Triple(left2, left, id)),
            look(pair_left > 0 && pair_right > 0, Gram::Triple(left, id, right)),
            look(pair_right > 0, Gram::Triple(id, right, right2)),
            0,
            0,
        ];
        self.weigh(levels, frequency)
    }

    /// Adds the levels of the skipped pairs to the fit of another word.
    pub fn skip(&self, counts: &Counts<'_>, id: u32, fit: &mut Fit) {
        if id >= FIRST_WORD {
            fit.levels[5] = counts.level(Gram::Skip(self.around.left2, id));
            fit.levels[6] = counts.level(Gram::Skip(id, self.around.right2));
        }
    }

    /// The least that the fit of a word can be, whatever its triples are.
    #[inline]
    pub fn least(&self, frequency: u8, [pair_left, pair_right]: [u8; 2]) -> f32 {
        self.weigh([pair_left, pair_right, 0, 0, 0, 0, 0], frequency).score()
    }

    #[inline]
    fn weigh(&self, levels: [u8; 7], frequency: u8) -> Fit {
        let alone = weighted(frequency) / TOTAL;
        let [pair_left, pair_right, before, between, after, _, _] = levels.map(count_of);
        let by_left = (pair_left + PAIR_PRIOR * alone) / (self.left + PAIR_PRIOR);
        let by_right = (pair_right + PAIR_PRIOR * alone) / (self.right + PAIR_PRIOR);
        let estimate = |count: f32, prior: f32, context: u8| {
            log2((count + TRIPLE_PRIOR * prior) / (count_of(context).max(count) + TRIPLE_PRIOR))
        };
        let both = (by_left * by_right / alone).min(1.0);
        Fit {
            levels,
            before: estimate(before, by_left, self.left_pair),
            after: estimate(after, by_right, self.right_pair),
            between: estimate(between, both, self.across),
            alone: log2(alone),
        }
    }
}

/// The weighted count that a class is taken to have.
const OF_A_CLASS: f32 = 1.0e6;

/// The weighted count that a frequency in quarters of an octave stands for.
#[inline]
fn weighted(frequency: u8) -> f32 {
    #[allow(clippy::approx_constant, reason = "the model was trained with this number, not its neighbour")]
    const QUARTERS: [f32; 4] = [1.0, 1.189_207_1, 1.414_213_6, 1.681_792_8];
    let octaves = f32::from_bits((127 + u32::from(frequency) / 4) << 23);
    octaves * QUARTERS[usize::from(frequency % 4)]
}

/// Logarithm to base 2 of a positive number, to a thousandth: a polynomial over the mantissa, the same on every machine.
#[inline]
fn log2(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let m = f32::from_bits((bits & 0x7F_FFFF) | 0x3F80_0000);
    exponent - 2.505_614_7 + m * (4.049_617 + m * (-2.099_402_2 + m * (0.635_511_1 - m * 0.080_010_9)))
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
        quarters(frame.left),
        quarters(frame.right),
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

/// The frequency in quarters of an octave, as vocabularies have it.
fn quarters(total: f32) -> u8 {
    (log2(total) * 4.0 + 0.01) as u8
}

/// A difference of logarithms in a byte.
fn ratio(x: f32) -> u8 {
    (x * 6.0 + 128.0).clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_logarithm_is_near_the_true_one() {
        for k in 1..2000 {
            let x = k as f32 * k as f32 / 1.0e5;
            assert!((log2(x) - x.log2()).abs() < 1e-3, "{x}");
        }
    }

    #[test]
    fn frequencies_stand_for_their_counts() {
        for frequency in 0..=100u8 {
            assert!((weighted(frequency) / (f32::from(frequency) / 4.0).exp2() - 1.0).abs() < 1e-5);
        }
    }
}
