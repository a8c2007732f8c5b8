//! Which quotations may be versions of each other: those that share neighbouring content words.
//!
//! Linear in the words; a pair of words that very many quotations share says nothing and is passed over.

use super::versions::{Comparison, Words, compare};
use std::collections::HashMap;

/// An index over quotations by number.
pub struct Index {
    /// What each says, hashed: equal for the same words.
    same: Vec<u64>,
    /// Pairs of neighbouring content words, sorted: the words' hash and the quotation's number.
    keys: Vec<(u64, u32)>,
}

/// More quotations than these share a pair of words by habit.
const COMMON: usize = 24;

/// So many quotations of the same words are linked to each other; further ones to the first only.
const COPIES: usize = 8;

impl Index {
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut same, mut keys) = (Vec::new(), Vec::new());
        let mut seen: HashMap<u64, u32> = HashMap::new();
        let mut hashes = Vec::new();
        for (number, text) in texts.enumerate() {
            hashes.clear();
            let whole = hash_words(text, &mut hashes);
            same.push(whole);
            // Of quotations that say the same, the first stands for all.
            let first = *seen.entry(whole).or_insert(number as u32);
            if first == number as u32 {
                keys.extend(hashes.windows(2).map(|pair| (mix(pair[0], pair[1]), number as u32)));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Self { same, keys }
    }

    /// Whether two quotations have the same words.
    pub fn is_same(&self, first: usize, second: usize) -> bool {
        self.same[first] == self.same[second]
    }

    /// The pairs that share at least two pairs of words, the earlier number first, in order.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
        for group in self.keys.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=COMMON).contains(&group.len()))
        {
            for (at, (_, first)) in group.iter().enumerate() {
                for (_, second) in &group[at + 1..] {
                    *shared.entry((*first, *second)).or_default() += 1;
                }
            }
        }
        let pairs = shared.into_iter().filter(|(_, count)| *count >= 2);
        let mut out: Vec<(usize, usize)> =
            pairs.map(|((first, second), _)| (first as usize, second as usize)).collect();
        // The second by number, then the first: each quotation meets its candidates in order.
        out.sort_unstable_by_key(|(first, second)| (*second, *first));
        out
    }

    /// How many quotations two documents share word for word, by the documents' numbers, the lower first.
    pub fn shared(&self, document: impl Fn(usize) -> usize) -> HashMap<(usize, usize), u32> {
        let mut order: Vec<(u64, u32)> =
            self.same.iter().enumerate().map(|(number, same)| (*same, number as u32)).collect();
        order.sort_unstable();
        let mut out: HashMap<(usize, usize), u32> = HashMap::new();
        for group in order.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let mut documents: Vec<usize> =
                group.iter().map(|(_, number)| document(*number as usize)).collect();
            documents.dedup();
            for (at, second) in documents.iter().enumerate() {
                let firsts = if at < COPIES { &documents[..at] } else { &documents[..1] };
                for first in firsts {
                    *out.entry((*first, *second)).or_default() += 1;
                }
            }
        }
        out
    }
}

/// The texts of sources, to find a quotation in.
pub struct SourceIndex {
    sources: Vec<(String, Words)>,
    /// Pairs of neighbouring content words: source, and the place of the first among its words.
    places: HashMap<(Box<str>, Box<str>), Vec<(u32, u32)>>,
}

impl SourceIndex {
    /// From the paths and texts of the sources.
    pub fn of(texts: impl Iterator<Item = (String, String)>) -> Self {
        let mut sources = Vec::new();
        let mut places: HashMap<(Box<str>, Box<str>), Vec<(u32, u32)>> = HashMap::new();
        for (path, text) in texts {
            let words = Words::whole(&text);
            let content = content_places(&words);
            for pair in content.windows(2) {
                let key = (words.words[pair[0]].norm.clone(), words.words[pair[1]].norm.clone());
                places.entry(key).or_default().push((sources.len() as u32, pair[0] as u32));
            }
            sources.push((path, words));
        }
        Self { sources, places }
    }

    /// Whether a source has the quotation word by word.
    pub fn holds(&self, quote: &Words) -> bool {
        let [first, second, ..] = content_places(quote)[..] else { return false };
        let key = (quote.words[first].norm.clone(), quote.words[second].norm.clone());
        let mut places = self.places.get(&key).into_iter().flatten();
        places.any(|&(source, place)| {
            let words = &self.sources[source as usize].1.words;
            let stretch = (place as usize).checked_sub(first).and_then(|from| words.get(from..));
            let stretch = stretch.and_then(|rest| rest.get(..quote.words.len()));
            stretch.is_some_and(|stretch| stretch.iter().zip(&quote.words).all(|(a, b)| a.norm == b.norm))
        })
    }

    /// The stretch of a source that is most like a quotation, compared with it.
    pub fn best(&self, quote: &Words) -> Option<(&str, Comparison)> {
        let content = content_places(quote);
        let mut votes: HashMap<(u32, u32), u32> = HashMap::new();
        for pair in content.windows(2) {
            let key = (quote.words[pair[0]].norm.clone(), quote.words[pair[1]].norm.clone());
            for (source, place) in self.places.get(&key).into_iter().flatten().take(COMMON) {
                let start = place.saturating_sub(pair[0] as u32) / 16;
                *votes.entry((*source, start)).or_default() += 1;
            }
        }
        let mut ranked: Vec<_> = votes.into_iter().collect();
        ranked.sort_unstable_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
        let candidates = ranked.into_iter().take(3).filter_map(|((source, start), _)| {
            let (path, words) = &self.sources[source as usize];
            let from = (start as usize * 16).saturating_sub(16);
            let to = (start as usize * 16 + quote.words.len() + 48).min(words.words.len());
            let window = Words { words: words.words[from..to].to_vec() };
            Some((path.as_str(), compare(quote, &window)?))
        });
        candidates.max_by_key(|(_, comparison)| comparison.common)
    }
}

fn content_places(words: &Words) -> Vec<usize> {
    let content = |(_, word): &(usize, &super::versions::Word)| word.kind == super::versions::Kind::Content;
    words.words.iter().enumerate().filter(content).map(|(place, _)| place).collect()
}

/// Hashes the words of a text: all of them for the result, those of four letters and more for the list. Letters and
/// digits only, without case (FNV-1a, over characters).
fn hash_words(text: &str, content: &mut Vec<u64>) -> u64 {
    let mut all = SEED;
    for word in text.split(|char: char| !char.is_alphanumeric() && !matches!(char, '\'' | '’')) {
        let mut hash = SEED;
        let mut letters = 0;
        let mut add = |char: char| {
            hash = (hash ^ u64::from(char)).wrapping_mul(PRIME);
            letters += 1;
        };
        for char in word.chars() {
            match char {
                'A'..='Z' => add(char.to_ascii_lowercase()),
                _ if char.is_ascii_alphanumeric() => add(char),
                _ if char.is_alphanumeric() => char.to_lowercase().for_each(&mut add),
                _ => {}
            }
        }
        if letters > 0 {
            all = mix(all, hash);
        }
        if letters > 3 {
            content.push(hash);
        }
    }
    all
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(21) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
