//! Teaches the network to tell a word from those it is taken for, by its surroundings.
//!
//! Plain stochastic gradient descent, one place after another in a fixed order: the same numbers every time. Only
//! texts whose terms allow a model to be made of them are read: never the news articles.

use crate::corpus;
use crate::model::places::Random;
use crate::model::streams::encode;
use copydesk::lexicon::Lexicon;
use copydesk::lexicon::memo::Memo;
use copydesk::lexicon::model::network::{HIDDEN, INPUT, Learned, OFFSETS, OUTSIDE, REACH, WORDS, shared};
use copydesk::lexicon::model::units::Encoder;
use copydesk::lexicon::model::vocabulary::{FIRST_WORD, Vocabulary};
use std::error::Error;
use std::path::Path;

/// Corpora to learn from, and of how many paragraphs one is read.
const TEXTS: [(&str, u64); 5] =
    [("grimmer_press_clean", 1), ("openstax", 1), ("digitalgov_18f", 1), ("frus_history", 1), ("ungdc", 5)];

const RANDOM_RIVALS: usize = 6;
const PAD: usize = OFFSETS.len() / 2;

/// Learns from `places` places.
pub fn learn(
    dir: &Path,
    vocabulary: &Vocabulary<'_>,
    places: usize,
    rate: f32,
) -> Result<Learned, Box<dyn Error>> {
    let paragraphs = paragraphs(dir, vocabulary)?;
    let rivals = rivals(vocabulary);
    let mut random = Random(7);
    let mut uniform = |n: usize, spread: f32| -> Vec<f32> {
        (0..n).map(|_| (random.below(1 << 20) as f32 / (1 << 19) as f32 - 1.0) * spread).collect()
    };
    let rows = 2 * REACH * INPUT;
    let mut net = Learned {
        inputs: uniform(WORDS * INPUT, 0.3),
        mixing: uniform(rows * HIDDEN, 0.12),
        outputs: uniform(WORDS * HIDDEN, 0.02),
        biases: vec![0.0; WORDS],
    };
    net.mixing.extend([0.0; HIDDEN]);
    let total: usize = paragraphs.iter().map(Vec::len).sum();
    eprintln!("{} paragraphs, {total} units", paragraphs.len());
    let flat: Vec<u32> = paragraphs.iter().flatten().copied().collect();
    let mut order: Vec<u32> = (0..paragraphs.len() as u32).collect();
    let mut random = Random(11);
    for i in (1..order.len()).rev() {
        order.swap(i, random.below(i as u64 + 1) as usize);
    }
    let (mut done, mut right, mut loss, mut seen) = (0usize, 0usize, 0.0f64, 0usize);
    let mut set: Vec<u32> = Vec::new();
    let mut padded: Vec<u32> = Vec::new();
    'all: loop {
        for &which in &order {
            let paragraph = &paragraphs[which as usize];
            padded.clear();
            padded.extend([OUTSIDE; PAD]);
            padded.extend(paragraph);
            padded.extend([OUTSIDE; PAD]);
            for at in 0..paragraph.len() {
                let word = paragraph[at];
                let list = &rivals[word as usize];
                if word < FIRST_WORD || list.is_empty() {
                    continue;
                }
                // The most frequent words are skipped often: they are seen enough.
                let frequency = vocabulary.word(word).frequency;
                if frequency > 72
                    && random.below(1 << 16) as f32 > 65536.0 * (-(f32::from(frequency) - 72.0) / 8.0).exp2()
                {
                    continue;
                }
                set.clear();
                set.push(word);
                set.extend(list);
                for _ in 0..RANDOM_RIVALS {
                    let other = flat[random.below(flat.len() as u64) as usize];
                    if other >= FIRST_WORD && !set.contains(&other) {
                        set.push(other);
                    }
                }
                let surroundings: [u32; 2 * REACH] =
                    OFFSETS.map(|offset| padded[(at + PAD).wrapping_add_signed(offset)]);
                let step = rate * (1.0 - done as f32 / places as f32).max(0.02);
                let (won, surprise) = net_step(&mut net, &surroundings, &set, 1 + list.len(), step);
                right += usize::from(won);
                loss += f64::from(surprise);
                seen += 1;
                done += 1;
                if seen == 500_000 {
                    eprintln!(
                        "{done}: {:.4} right among rivals, loss {:.4}",
                        right as f64 / seen as f64,
                        loss / seen as f64
                    );
                    (right, loss, seen) = (0, 0.0, 0);
                }
                if done == places {
                    break 'all;
                }
            }
        }
    }
    Ok(net)
}

/// One step: whether the word won over its rivals (the first `rivals` of the set), and the loss.
fn net_step(
    net: &mut Learned,
    surroundings: &[u32; 2 * REACH],
    set: &[u32],
    rivals: usize,
    rate: f32,
) -> (bool, f32) {
    let rows = 2 * REACH * INPUT;
    let mut hidden = [0f32; HIDDEN];
    hidden.copy_from_slice(&net.mixing[rows * HIDDEN..]);
    for (position, &id) in surroundings.iter().enumerate() {
        let input = &net.inputs[id as usize * INPUT..(id as usize + 1) * INPUT];
        let block = &net.mixing[position * INPUT * HIDDEN..(position + 1) * INPUT * HIDDEN];
        for (&x, weights) in input.iter().zip(block.chunks_exact(HIDDEN)) {
            axpy(&mut hidden, x, weights);
        }
    }
    for h in &mut hidden {
        *h = h.max(0.0);
    }
    let mut scores = [0f32; 64];
    let set = &set[..set.len().min(64)];
    for (score, &id) in scores.iter_mut().zip(set) {
        *score = dot(&hidden, &net.outputs[id as usize * HIDDEN..(id as usize + 1) * HIDDEN])
            + net.biases[id as usize];
    }
    let scores = &mut scores[..set.len()];
    let most = scores.iter().fold(f32::MIN, |a, &b| a.max(b));
    let won = scores[1..rivals.min(set.len())].iter().all(|&s| s < scores[0]);
    let sum: f32 = scores.iter().map(|s| (s - most).exp()).sum();
    let surprise = sum.ln() + most - scores[0];
    let mut back = [0f32; HIDDEN];
    for (k, &id) in set.iter().enumerate() {
        let gradient = (scores[k] - most).exp() / sum - if k == 0 { 1.0 } else { 0.0 };
        if gradient.abs() < 1e-4 {
            continue;
        }
        let row = &mut net.outputs[id as usize * HIDDEN..(id as usize + 1) * HIDDEN];
        axpy(&mut back, gradient, row);
        axpy_into(row, -rate * gradient, &hidden);
        net.biases[id as usize] -= rate * gradient;
    }
    for (b, h) in back.iter_mut().zip(&hidden) {
        if *h <= 0.0 {
            *b = 0.0;
        }
    }
    for (position, &id) in surroundings.iter().enumerate() {
        let input = &mut net.inputs[id as usize * INPUT..(id as usize + 1) * INPUT];
        let block = &mut net.mixing[position * INPUT * HIDDEN..(position + 1) * INPUT * HIDDEN];
        for (x, weights) in input.iter_mut().zip(block.chunks_exact_mut(HIDDEN)) {
            let gradient = dot(&back, weights);
            axpy_into(weights, -rate * *x, &back);
            *x -= rate * gradient;
        }
    }
    axpy_into(&mut net.mixing[rows * HIDDEN..], -rate, &back);
    (won, surprise)
}

#[inline]
fn axpy(into: &mut [f32; HIDDEN], x: f32, weights: &[f32]) {
    for (sum, &weight) in into.iter_mut().zip(weights) {
        *sum += x * weight;
    }
}

#[inline]
fn axpy_into(into: &mut [f32], x: f32, from: &[f32; HIDDEN]) {
    for (sum, &value) in into.iter_mut().zip(from) {
        *sum += x * value;
    }
}

/// Sixteen sums side by side, so that the order of additions does not depend on the machine.
#[inline]
fn dot(a: &[f32; HIDDEN], b: &[f32]) -> f32 {
    let mut sums = [0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for k in 0..16 {
            sums[k] += a[k] * b[k];
        }
    }
    let mut width = 8;
    while width > 0 {
        for k in 0..width {
            sums[k] += sums[k + width];
        }
        width /= 2;
    }
    sums[0]
}

fn paragraphs(dir: &Path, vocabulary: &Vocabulary<'_>) -> Result<Vec<Vec<u32>>, Box<dyn Error>> {
    let memo = Memo::new(Lexicon::embedded(), *vocabulary);
    let mut encoder = Encoder::new(&memo);
    let mut all = Vec::new();
    for (name, one_in) in TEXTS {
        corpus::read(dir, name, &mut |number, document| {
            if !(number as u64).is_multiple_of(one_in) {
                return;
            }
            for paragraph in &document.paragraphs {
                encode(&mut encoder, paragraph);
                if encoder.units.len() > 3 {
                    all.push(encoder.units.iter().map(|unit| shared(vocabulary, unit.id)).collect());
                }
            }
        })?;
    }
    Ok(all)
}

/// For every word, those it is taken for and that are taken for it.
fn rivals(vocabulary: &Vocabulary<'_>) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); vocabulary.len() as usize];
    for wrong in FIRST_WORD..vocabulary.len() {
        for candidate in vocabulary.candidates(wrong) {
            let (a, b) = (shared(vocabulary, wrong), shared(vocabulary, candidate.word));
            if a != b {
                lists[a as usize].push(b);
                lists[b as usize].push(a);
            }
        }
    }
    for list in &mut lists {
        list.sort_unstable();
        list.dedup();
        list.truncate(24);
    }
    lists
}
