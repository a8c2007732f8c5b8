//! Makes examples for the trees: articles as they are, and the same with slips put in.

use crate::corpus;
use crate::model::boost::Examples;
use crate::model::streams::encode;
use copydesk::lexicon::Lexicon;
use copydesk::lexicon::memo::Memo;
use copydesk::lexicon::model::Model;
use copydesk::lexicon::model::features::{FEATURES, Place, add_elsewhere};
use copydesk::lexicon::model::standing::Standing;
use copydesk::lexicon::model::units::{Encoder, Shape, Unit};
use copydesk::lexicon::model::vocabulary::{FIRST_WORD, Slip, Vocabulary, class};
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// A block of an article.
pub struct Block {
    pub units: Vec<Unit>,
    pub heading: bool,
}

/// What an article says, for `elsewhere`.
pub fn tally(blocks: &[Block]) -> HashMap<u32, u32> {
    let mut tally = HashMap::new();
    for unit in blocks.iter().flat_map(|block| &block.units).filter(|unit| unit.word >= FIRST_WORD) {
        *tally.entry(unit.word).or_insert(0) += 1;
    }
    tally
}

pub fn blocks(encoder: &mut Encoder<'_>, title: &str, paragraphs: &[String]) -> Vec<Block> {
    std::iter::once((title, true))
        .chain(paragraphs.iter().map(|p| (p.as_str(), false)))
        .map(|(text, heading)| {
            encode(encoder, text);
            Block { units: encoder.units.clone(), heading }
        })
        .collect()
}

/// How often a slip is made, relative to the others. Words of two and three letters are seldom mistyped, and "two" is
/// seldom written for "to".
fn weight(slip: u8, wrong: &str, meant: &str) -> f32 {
    const WEIGHTS: [f32; 11] = [1.0, 0.0, 1.0, 0.5, 0.2, 1.0, 2.0, 1.5, 5.0, 0.5, 0.3];
    let short = if meant.len() < 4 && Slip::of(slip) != Slip::Confused { 0.15 } else { 1.0 };
    let rare = if wrong == "two" { 0.3 } else { 1.0 };
    WEIGHTS[slip as usize] * short * rare
}

/// Examples from the articles that were not counted.
pub fn examples(dir: &Path, model: &Model<'_>, passes: usize) -> Result<Examples, Box<dyn Error>> {
    let mut out =
        Examples { features: FEATURES, columns: vec![Vec::new(); FEATURES], labels: vec![], weights: vec![] };
    let reverse = reverse(&model.vocabulary);
    let memo = Memo::new(Lexicon::embedded(), model.vocabulary);
    let mut encoder = Encoder::new(&memo);
    let mut standing = Standing::new(model.counts);
    let mut random = Random(20);
    let (mut words, mut faults, mut reached) = (0usize, 0usize, 0usize);
    let mut add = |features: &[u8; FEATURES], label: bool| {
        for (column, &value) in out.columns.iter_mut().zip(features) {
            column.push(value);
        }
        out.labels.push(label);
    };
    corpus::read(dir, "news-train", &mut |number, document| {
        if !super::held_out(number) {
            return;
        }
        let blocks = blocks(&mut encoder, &document.title, &document.paragraphs);
        let tally = tally(&blocks);
        for block in &blocks {
            words += block.units.len();
            standing.take(&block.units);
            for at in 0..block.units.len() {
                let place = place(block, &block.units, at);
                let own = block.units[at].word;
                for (_, features) in doubted(model, &place, &mut standing, |id| elsewhere(&tally, id, own)) {
                    add(&features, false);
                }
            }
        }
        for _ in 0..passes {
            for block in &blocks {
                let mut units = block.units.clone();
                let mut spoiled = Vec::new();
                for at in 0..units.len() {
                    if random.below(16) > 0 {
                        continue;
                    }
                    let idle = place(block, &units, at).capital_is_idle();
                    if units[at].shape != Shape::Lower && !idle {
                        continue;
                    }
                    if let Some(wrong) = spoil(&reverse, &units[at], &mut random) {
                        spoiled.push((at, units[at].word));
                        replace(&model.vocabulary, &mut units[at], wrong);
                    }
                }
                standing.take(&units);
                for (at, meant) in spoiled {
                    faults += 1;
                    let place = place(block, &units, at);
                    let tallied = |id| elsewhere(&tally, id, meant);
                    for (candidate, features) in doubted(model, &place, &mut standing, tallied) {
                        reached += usize::from(candidate == meant);
                        add(&features, candidate == meant);
                    }
                }
            }
        }
    })?;
    let positive = out.labels.iter().filter(|&&label| label).count();
    let negative = out.labels.len() - positive;
    let each = 0.5 * negative as f32 / positive as f32;
    out.weights = out.labels.iter().map(|&label| if label { each.min(1.0) } else { 1.0 }).collect();
    eprintln!("{words} units, {faults} faults, {reached} reached, {negative} negative examples");
    Ok(out)
}

/// The candidates of a place with all that speaks for them.
fn doubted(
    model: &Model<'_>,
    place: &Place<'_>,
    standing: &mut Standing<'_>,
    elsewhere: impl Fn(u32) -> u8,
) -> Vec<(u32, [u8; FEATURES])> {
    let Some(mut doubt) = model.doubt(place, standing) else { return Vec::new() };
    model.ask(place, &mut doubt);
    let word = elsewhere(doubt.word);
    let candidates = doubt.candidates.into_iter().map(|(candidate, mut features)| {
        add_elsewhere(&mut features, word, elsewhere(candidate.word));
        (candidate.word, features)
    });
    candidates.collect()
}

/// How often a word stands elsewhere in the article; the place itself does not count.
pub fn elsewhere(tally: &HashMap<u32, u32>, id: u32, own: u32) -> u8 {
    (tally.get(&id).copied().unwrap_or(0) - u32::from(id == own && tally.contains_key(&id))).min(20) as u8
}

pub fn place<'a>(block: &Block, units: &'a [Unit], at: usize) -> Place<'a> {
    Place { units, at, heading: block.heading }
}

fn replace(vocabulary: &Vocabulary<'_>, unit: &mut Unit, wrong: u32) {
    unit.word = wrong;
    let look = vocabulary.word(wrong);
    (unit.frequency, unit.rival) = (look.frequency, vocabulary.rival(wrong));
    unit.id = if wrong < vocabulary.counted() { wrong } else { class::UNKNOWN };
    unit.end = unit.start + vocabulary.spelling(wrong).len() as u32;
}

/// For every word, what may come out in its place.
fn reverse(vocabulary: &Vocabulary<'_>) -> Vec<Vec<(u32, f32)>> {
    let mut lists = vec![Vec::new(); vocabulary.len() as usize];
    for wrong in FIRST_WORD..vocabulary.len() {
        for candidate in vocabulary.candidates(wrong) {
            lists[candidate.word as usize].push((
                wrong,
                weight(candidate.slip, vocabulary.spelling(wrong), vocabulary.spelling(candidate.word)),
            ));
        }
    }
    lists
}

fn spoil(reverse: &[Vec<(u32, f32)>], unit: &Unit, random: &mut Random) -> Option<u32> {
    if unit.word < FIRST_WORD || !matches!(unit.shape, Shape::Lower | Shape::Title) {
        return None;
    }
    let mut rest = random.below(12_000) as f32 / 1000.0;
    for &(wrong, weight) in &reverse[unit.word as usize] {
        rest -= weight;
        if rest < 0.0 {
            return Some(wrong);
        }
    }
    None
}

/// Splitmix64: the same numbers every time.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}
