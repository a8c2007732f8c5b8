//! Chooses the model's vocabulary and works out which words are taken for which.

use crate::corpus::{self, CORPORA};
use copydesk::document::token;
use copydesk::lexicon::model::units::{self, Shape};
use copydesk::lexicon::model::vocabulary::{Candidate, Entry, FIRST_WORD, Slip, Word, build};
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// Weighted count from which a word takes part in n-grams.
const COUNTED: f32 = 8.0;

#[derive(Default, Clone, Copy)]
struct Seen {
    count: f32,
    articles: u32,
    news: u32,
    last_article: u32,
    lower: u32,
    title: u32,
}

/// The packed vocabulary.
pub fn vocabulary(dir: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let seen = count_words(dir)?;
    let scowl = scowl(dir)?;
    let mut words: Vec<(String, f32, Seen)> = seen
        .into_iter()
        .map(|(word, s)| {
            let news = if s.articles >= 3 { s.news as f32 } else { 0.0 };
            (word, s.count + news, s)
        })
        .filter(|(word, count, _)| *count >= COUNTED && word.len() < 32)
        .collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut entries: Vec<Entry> = (0..FIRST_WORD)
        .map(|id| Entry {
            spelling: format!("<{id}>"),
            word: Word { frequency: 0, capital: 0, rarity: 0 },
            candidates: vec![],
        })
        .collect();
    for (word, count, s) in &words {
        let cased = s.lower + s.title;
        let capital = (s.title * 15 + cased / 2).checked_div(cased).unwrap_or_default();
        let rarity = scowl.get(word.as_str()).copied().unwrap_or(10);
        entries.push(Entry {
            spelling: word.clone(),
            word: Word { frequency: frequency(*count), capital: capital as u8, rarity },
            candidates: vec![],
        });
    }
    let counted = entries.len() as u32;
    add_rare(&mut entries, &scowl);
    let slips = slips(&entries, counted);
    let mut pairs = 0;
    for (entry, list) in entries.iter_mut().zip(slips) {
        entry.candidates = list;
        pairs += entry.candidates.len();
    }
    eprintln!("vocabulary: {counted} counted, {} in all, {pairs} pairs", entries.len());
    Ok(build(&entries, counted))
}

/// Quarters of an octave.
fn frequency(count: f32) -> u8 {
    (count.max(1.0).log2() * 4.0).min(255.0) as u8
}

fn count_words(dir: &Path) -> Result<HashMap<String, Seen>, Box<dyn Error>> {
    let mut seen: HashMap<String, Seen> = HashMap::new();
    let mut folded = String::new();
    for corpus in &CORPORA {
        corpus::read(dir, corpus.name, &mut |number, document| {
            if corpus.guarded && super::held_out(number) {
                return;
            }
            for paragraph in std::iter::once(&document.title).chain(&document.paragraphs) {
                let tokens = token::tokenize(paragraph);
                let mut start = true;
                for token in &tokens {
                    let text = token.text(paragraph);
                    if !token.is_word() {
                        start |= matches!(text, "." | "!" | "?" | ":" | "“" | "\"");
                        continue;
                    }
                    let (base, _) = units::split_possessive(text);
                    for part in base.split('-').filter(|part| !part.is_empty()) {
                        let shape = units::shape_of(part);
                        if shape == Shape::Upper {
                            folded.clear();
                            folded.push_str(part);
                        } else {
                            units::fold(part, &mut folded);
                        }
                        if !seen.contains_key(folded.as_str()) {
                            seen.insert(folded.clone(), Seen::default());
                        }
                        let Some(entry) = seen.get_mut(folded.as_str()) else { continue };
                        if corpus.guarded {
                            entry.news += 1;
                            if entry.last_article != number as u32 + 1 {
                                entry.last_article = number as u32 + 1;
                                entry.articles += 1;
                            }
                        } else {
                            entry.count += corpus.weight;
                        }
                        entry.lower += u32::from(shape == Shape::Lower);
                        entry.title += u32::from(shape == Shape::Title && !start);
                        start = false;
                    }
                }
            }
        })?;
        eprintln!("read {}: {} words", corpus.name, seen.len());
    }
    merge_capitals(&mut seen);
    Ok(seen)
}

/// A word in capitals is a word of its own ("US") only where that is how it is mostly written.
fn merge_capitals(seen: &mut HashMap<String, Seen>) {
    let upper: Vec<String> = seen.keys().filter(|w| units::shape_of(w) == Shape::Upper).cloned().collect();
    for word in upper {
        let lower = word.to_lowercase();
        let own = seen[&word];
        let Some(other) = seen.get(&lower).copied() else { continue };
        let (a, b) = (own.count + own.news as f32, other.count + other.news as f32);
        if a < 0.2 * b || a < 20.0 {
            seen.remove(&word);
            if let Some(entry) = seen.get_mut(&lower) {
                entry.count += own.count;
                entry.news += own.news;
            }
        }
    }
}

/// Smallest size, in tens, of the SCOWL lists that have a lower-case word.
fn scowl(dir: &Path) -> Result<HashMap<String, u8>, Box<dyn Error>> {
    let text = corpus::read_text(&dir.join("scowl.tsv"))?;
    let mut sizes = HashMap::new();
    for line in text.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(word), Some(_), Some(_), Some(size)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let size = (size.parse::<u8>()? / 10).clamp(1, 9);
        if word.chars().all(|c| c.is_lowercase() || c == '\'') || word == "I" {
            let entry = sizes.entry(word.to_lowercase()).or_insert(size);
            *entry = size.min(*entry);
        }
    }
    Ok(sizes)
}

/// Adds the rare words that stand next to a frequent one.
fn add_rare(entries: &mut Vec<Entry>, scowl: &HashMap<String, u8>) {
    let known: HashMap<&str, ()> = entries.iter().map(|e| (e.spelling.as_str(), ())).collect();
    let mut rare: Vec<String> = Vec::new();
    for entry in entries.iter().skip(FIRST_WORD as usize).take(6000) {
        if !intended(entry) {
            continue;
        }
        each_slip(&entry.spelling, &mut |wrong, _| {
            if !known.contains_key(wrong) && scowl.contains_key(wrong) {
                rare.push(wrong.to_owned());
            }
        });
    }
    rare.sort();
    rare.dedup();
    entries.extend(rare.into_iter().map(|spelling| {
        let rarity = scowl[&spelling];
        Entry { spelling, word: Word { frequency: 0, capital: 0, rarity }, candidates: vec![] }
    }));
}

/// Whether a writer may have meant this word: one that people know, in lower case.
fn intended(entry: &Entry) -> bool {
    entry.word.rarity <= 6
        && entry.word.frequency >= 20
        && entry.spelling.chars().next().is_some_and(char::is_lowercase)
        || NAMES.contains(&entry.spelling.as_str())
}

const NAMES: [&str; 0] = [];

/// Whether two spellings differ as -ise and -ize do.
fn same_but_region(a: &str, b: &str) -> bool {
    a != b
        && a.len() > 4
        && a.replace("is", "iz").replace("ys", "yz") == b.replace("is", "iz").replace("ys", "yz")
}

/// For every word, what may have been meant.
fn slips(entries: &[Entry], _counted: u32) -> Vec<Vec<Candidate>> {
    let ids: HashMap<&str, u32> = entries
        .iter()
        .enumerate()
        .skip(FIRST_WORD as usize)
        .map(|(i, e)| (e.spelling.as_str(), i as u32))
        .collect();
    let mut lists: Vec<Vec<(i32, Candidate)>> = vec![Vec::new(); entries.len()];
    let mut add = |wrong: u32, meant: u32, slip: Slip| {
        if wrong == meant
            || same_but_region(&entries[wrong as usize].spelling, &entries[meant as usize].spelling)
        {
            return;
        }
        let list = &mut lists[wrong as usize];
        let weight = match slip {
            Slip::Confused => 100,
            Slip::Letter => -40,
            Slip::Added | Slip::Extra => -12,
            _ => 0,
        };
        let rank = i32::from(entries[meant as usize].word.frequency) + weight;
        match list.iter_mut().find(|(_, c)| c.word == meant) {
            Some(old) if old.0 >= rank => {}
            Some(old) => *old = (rank, Candidate { word: meant, slip: slip as u8 }),
            None => list.push((rank, Candidate { word: meant, slip: slip as u8 })),
        }
    };
    for (meant, entry) in entries.iter().enumerate().skip(FIRST_WORD as usize) {
        let name = entry.word.capital > 8 && entry.word.frequency >= 40 && entry.word.rarity > 6;
        if !intended(entry) && !name {
            continue;
        }
        each_slip(&entry.spelling, &mut |wrong, slip| {
            if let Some(&wrong) = ids.get(wrong) {
                let ratio =
                    i32::from(entries[wrong as usize].word.frequency) - i32::from(entry.word.frequency);
                if ratio < 36 {
                    add(wrong, meant as u32, slip);
                }
            }
        });
    }
    for set in CONFUSED.split('\n') {
        let words: Vec<u32> = set.split_whitespace().filter_map(|w| ids.get(w).copied()).collect();
        for &wrong in &words {
            for &meant in &words {
                add(wrong, meant, Slip::Confused);
            }
        }
    }
    lists
        .into_iter()
        .map(|mut list| {
            list.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.word.cmp(&b.1.word)));
            list.truncate(10);
            list.into_iter().map(|(_, c)| c).collect()
        })
        .collect()
}

/// Words that are taken for each other by sound or habit, a set a line.
const CONFUSED: &str = include_str!("confused.txt");

/// Keys next to each other on the keyboards of English.
const KEYS: [(&str, &str); 26] = [
    ("q", "wa"),
    ("w", "qesa"),
    ("e", "wrsd"),
    ("r", "etdf"),
    ("t", "ryfg"),
    ("y", "tugh"),
    ("u", "yihj"),
    ("i", "uojk"),
    ("o", "ipkl"),
    ("p", "ol"),
    ("a", "qwsz"),
    ("s", "awedxz"),
    ("d", "serfcx"),
    ("f", "drtgvc"),
    ("g", "ftyhbv"),
    ("h", "gyujnb"),
    ("j", "huikmn"),
    ("k", "jiolm"),
    ("l", "kop"),
    ("z", "asx"),
    ("x", "zsdc"),
    ("c", "xdfv"),
    ("v", "cfgb"),
    ("b", "vghn"),
    ("n", "bhjm"),
    ("m", "njk"),
];

/// Calls `each` with what a slip makes of a word.
pub fn each_slip(word: &str, each: &mut dyn FnMut(&str, Slip)) {
    if !word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'') || word.len() < 2 {
        return;
    }
    let bytes = word.as_bytes();
    let mut text = String::new();
    let mut emit = |parts: &[&str], slip: Slip| {
        text.clear();
        parts.iter().for_each(|part| text.push_str(part));
        each(&text, slip);
    };
    let n = word.len();
    for i in 0..n {
        let (head, tail) = (&word[..i], &word[i + 1..]);
        let letter = &word[i..=i];
        let last = i + 1 == n;
        if bytes[i] == b'\'' {
            emit(&[head, tail], Slip::Apostrophe);
            continue;
        }
        if n > 2 && (i == 0 || bytes[i - 1] != bytes[i]) {
            let ending = last || (n > 3 && i + 2 == n && bytes[i] == b'e');
            emit(&[head, tail], if ending { Slip::Clipped } else { Slip::Missing });
        }
        if i + 1 < n && bytes[i + 1] != b'\'' && bytes[i] != bytes[i + 1] {
            emit(&[head, &word[i + 1..=i + 1], letter, &word[i + 2..]], Slip::Swapped);
        }
        emit(&[head, letter, letter, tail], Slip::Doubled);
        let near = KEYS.iter().find(|(key, _)| *key == letter).map_or("", |(_, near)| near);
        for k in 0..near.len() {
            let key = &near[k..=k];
            let ending =
                last && matches!((bytes[i], key), (b's', "d") | (b'd', "s") | (b'e', "d") | (b'd', "e"));
            emit(&[head, key, tail], if ending { Slip::Ending } else { Slip::Key });
        }
    }
    for ending in ["s", "d", "ed", "r"] {
        if !ending.starts_with(&word[n - 1..]) {
            emit(&[word, ending], Slip::Added);
        }
    }
}
