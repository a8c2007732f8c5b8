//! A small feed-forward network over five units on each side: how much a place asks for a word.
//!
//! After Bengio and others, "A Neural Probabilistic Language Model" (2003), looking both ways, and trained to tell a
//! word from those it is taken for. Numbers of words are bytes with a scale a table; it never knows which word stands there.

use crate::lexicon::model::bytes::u32_at;
use crate::lexicon::model::units::{Shape, Unit, unknown_class};
use crate::lexicon::model::vocabulary::{FIRST_WORD, Vocabulary};

/// Units on each side.
pub const REACH: usize = 5;
/// Numbers that stand for a unit in the surroundings.
pub const INPUT: usize = 32;
/// Numbers that stand for the surroundings and for a word that may stand there.
pub const HIDDEN: usize = 96;
/// Units that have numbers of their own; rarer ones share those of their class.
pub const WORDS: usize = 30_000;
/// Stands outside of the block.
pub const OUTSIDE: u32 = 19;
const HEADER: usize = 16;

/// The network, laid over bytes.
#[derive(Clone, Copy)]
pub struct Network<'a> {
    inputs: &'a [u8],
    mixing: &'a [u8],
    outputs: &'a [u8],
    biases: &'a [u8],
    scale: f32,
    output_scale: f32,
}

/// What a place asks for.
pub type Wish = [f32; HIDDEN];

impl<'a> Network<'a> {
    /// Lays the reader over what [`build`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        let scale = |at| f32::from_bits(u32_at(bytes, at));
        let rest = bytes.get(HEADER..).unwrap_or_default();
        let (inputs, rest) = rest.split_at((WORDS * INPUT).min(rest.len()));
        let (mixing, rest) = rest.split_at(((2 * REACH * INPUT + 1) * HIDDEN * 4).min(rest.len()));
        let (outputs, biases) = rest.split_at((WORDS * HIDDEN).min(rest.len()));
        Network { inputs, mixing, outputs, biases, scale: scale(0), output_scale: scale(4) }
    }

    /// What the place of unit `at` asks for.
    pub fn wish(&self, vocabulary: &Vocabulary<'_>, units: &[Unit], at: usize) -> Wish {
        let mut surroundings = [0f32; ROWS];
        for (position, offset) in OFFSETS.iter().enumerate() {
            let id =
                at.checked_add_signed(*offset).and_then(|i| units.get(i)).map_or(OUTSIDE, |unit| unit.id);
            let row = shared(vocabulary, id) as usize * INPUT;
            let Some(input) = self.inputs.get(row..row + INPUT) else { continue };
            for (out, &x) in surroundings[position * INPUT..].iter_mut().zip(input) {
                *out = f32::from(x as i8) * self.scale;
            }
        }
        // The bias is one more row, always on.
        surroundings[ROWS - 1] = 1.0;
        let mut wish = [0f32; HIDDEN];
        for (number, strip) in wish.chunks_exact_mut(STRIP).enumerate() {
            // A strip of sums stays in registers while all rows pass.
            let mut sums = [0f32; STRIP];
            for (row, &x) in surroundings.iter().enumerate() {
                let from = (row * HIDDEN + number * STRIP) * 4;
                let Some(weights) = self.mixing.get(from..from + STRIP * 4) else { break };
                let (weights, _) = weights.as_chunks::<4>();
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += x * f32::from_le_bytes(*weight);
                }
            }
            for (out, sum) in strip.iter_mut().zip(sums) {
                *out = sum.max(0.0);
            }
        }
        wish
    }

    /// How much a word is what a place asks for: logarithm of odds, comparable between words at one place.
    pub fn answer(&self, vocabulary: &Vocabulary<'_>, wish: &Wish, id: u32) -> f32 {
        let id = shared(vocabulary, id) as usize;
        let Some(row) = self.outputs.get(id * HIDDEN..(id + 1) * HIDDEN) else { return 0.0 };
        let sum: f32 = wish.iter().zip(row).map(|(&x, &weight)| x * f32::from(weight as i8)).sum();
        let bias = self.biases.get(id).copied().unwrap_or(0);
        sum * self.output_scale + f32::from(bias as i8) * OUT_BIAS_SCALE
    }
}

/// Rows of weights: one a number of the surroundings, and one of biases.
const ROWS: usize = 2 * REACH * INPUT + 1;
/// Sums taken at a time.
const STRIP: usize = 32;

/// Where the surroundings stand, by the place.
pub const OFFSETS: [isize; 2 * REACH] = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5];
const OUT_BIAS_SCALE: f32 = 1.0 / 16.0;

/// The unit whose numbers a unit uses.
#[inline]
pub fn shared(vocabulary: &Vocabulary<'_>, id: u32) -> u32 {
    if (id as usize) < WORDS {
        return id;
    }
    let name = vocabulary.word(id).capital >= 8;
    unknown_class(vocabulary.spelling(id), if name { Shape::Title } else { Shape::Lower }).min(FIRST_WORD)
}

/// The network's numbers as they were learned, row after row.
pub struct Learned {
    /// Units × `INPUT`
    pub inputs: Vec<f32>,
    /// Positions × `INPUT` × `HIDDEN`, then one row of biases.
    pub mixing: Vec<f32>,
    /// Words × `HIDDEN`
    pub outputs: Vec<f32>,
    /// Words.
    pub biases: Vec<f32>,
}

/// Rounds and lays out.
pub fn build(learned: &Learned) -> Vec<u8> {
    let spread = |numbers: &[f32]| {
        let largest = numbers.iter().fold(1e-6f32, |most, x| most.max(x.abs()));
        let square =
            numbers.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>() / numbers.len() as f64;
        (8.0 * square.sqrt() as f32).min(largest) / 127.0
    };
    let scales = [spread(&learned.inputs), spread(&learned.outputs), 0.0, 0.0];
    let mut bytes: Vec<u8> = scales.iter().flat_map(|scale: &f32| scale.to_le_bytes()).collect();
    let round = |numbers: &[f32], scale: f32| -> Vec<u8> {
        numbers.iter().map(|x| (x / scale).round().clamp(-127.0, 127.0) as i8 as u8).collect()
    };
    bytes.extend(round(&learned.inputs, scales[0]));
    bytes.extend(learned.mixing.iter().flat_map(|x| x.to_le_bytes()));
    bytes.extend(round(&learned.outputs, scales[1]));
    bytes.extend(round(&learned.biases, OUT_BIAS_SCALE));
    bytes
}
