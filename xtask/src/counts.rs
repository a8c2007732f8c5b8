//! Counts the words of the training corpora: how often, how capitalised, in how many articles, after which article.
//!
//! Invariant: what stands in fewer than three news articles leaves no trace of the news in the counts. This file must
//! never know what the counts are used for.

use crate::corpora::{self, Corpus, Word};
use copydesk::lexicon::fold::Key;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// How one word, case-folded, is used.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// Weighted occurrences in lower case, capitalised inside a sentence, in capitals.
    pub lower: f32,
    pub title: f32,
    pub upper: f32,
    /// Weighted occurrences in lower case that touch no hyphen, in what has been edited in our time.
    pub free: f32,
    /// Occurrences with a hyphen somewhere in it: "long-term" counts for "longterm".
    pub parted: u32,
    /// News articles that have it in lower case (touching no hyphen), or capitalised or in capitals inside a sentence.
    pub lower_articles: u32,
    pub title_articles: u32,
    /// Different publishers of those in lower case.
    pub sources: u32,
    /// Occurrences after "a" and after "an".
    pub after_a: u32,
    pub after_an: u32,
    news: News,
}

/// The share of the news in a word's counts, kept apart until it is known to stand in three articles.
#[derive(Clone, Debug, Default)]
struct News {
    lower: f32,
    free: f32,
    title: f32,
    upper: f32,
    after_a: u32,
    after_an: u32,
    last_lower: u32,
    last_title: u32,
    sources: Vec<u16>,
}

pub type Counts = HashMap<Box<str>, Usage>;

/// Fewer articles than this, and the news does not count.
const ARTICLES: u32 = 3;

/// What an occurrence counts: news is what is written, old speeches are not.
fn weight(corpus: Corpus) -> f32 {
    match corpus {
        Corpus::News => 1.0,
        Corpus::Press | Corpus::Textbooks | Corpus::Web => 0.7,
        Corpus::Speeches | Corpus::Factbook | Corpus::Diplomacy => 0.3,
        Corpus::Addresses => 0.1,
    }
}

/// Counts all corpora under `root`.
pub fn count(root: &Path) -> io::Result<Counts> {
    let mut counts = Counts::new();
    let mut sources: HashMap<String, u16> = HashMap::new();
    for corpus in corpora::ALL {
        let mut article = 0u32;
        corpora::documents(root, corpus, &mut |document| {
            article += 1;
            let next = sources.len() as u16;
            let source = *sources.entry(document.source.to_owned()).or_insert(next);
            for line in document.text.lines() {
                count_line(&mut counts, corpus, line, article.div_ceil(2), source);
            }
        })?;
    }
    for usage in counts.values_mut() {
        usage.merge_news();
    }
    counts.retain(|_, usage| usage.lower + usage.title + usage.upper > 0.0);
    Ok(counts)
}

fn count_line(counts: &mut Counts, corpus: Corpus, line: &str, article: u32, source: u16) {
    let in_title_case = is_title_case(line);
    let mut before = Before::Other;
    let mut last_end = 0;
    corpora::words(line, &mut |word| {
        let start = word.start;
        if word.hyphened && last_end > 0 && last_end + 1 == start {
            count_compound(counts, line, last_end, word);
        }
        // A figure between the two has its own sound: "a 24 hour day".
        let follows = if start == last_end + 1 { before } else { Before::Other };
        before = match word.text {
            "a" => Before::A,
            "an" => Before::An,
            _ => Before::Other,
        };
        last_end = start + word.text.len();
        if word.code {
            return;
        }
        let Some(key) = Key::new(word.text) else { return };
        let usage = match counts.get_mut(key.as_str()) {
            Some(usage) => usage,
            None => counts.entry(key.as_str().into()).or_default(),
        };
        let case = case(word, in_title_case);
        if corpus == Corpus::News {
            usage.news.add(case, follows);
            if !word.hyphened && !word.hyphen_after {
                usage.news.free += f32::from(u8::from(case == Case::Lower));
                usage.see(case, article, source);
            }
            return;
        }
        usage.add(case, follows, weight(corpus));
        let is_edited = matches!(corpus, Corpus::Press | Corpus::Textbooks | Corpus::Web);
        if is_edited && case == Case::Lower && !word.hyphened && !word.hyphen_after {
            usage.free += weight(corpus);
        }
    });
}

/// Counts a hyphenated compound of two parts for its closed form.
fn count_compound(counts: &mut Counts, line: &str, hyphen: usize, second: Word<'_>) {
    let first = line[..hyphen].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let closed = format!("{first}{}", second.text);
    if let Some(key) = Key::new(&closed) {
        match counts.get_mut(key.as_str()) {
            Some(usage) => usage.parted += 1,
            None => counts.entry(key.as_str().into()).or_default().parted = 1,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Before {
    A,
    An,
    Other,
}

#[derive(Clone, Copy, PartialEq)]
enum Case {
    Lower,
    Title,
    Upper,
    /// Capitalised where every word would be.
    Position,
}

fn case(word: Word<'_>, in_title_case: bool) -> Case {
    let mut chars = word.text.chars();
    if chars.next().is_some_and(char::is_lowercase) {
        return Case::Lower;
    }
    let rest: Vec<char> = chars.filter(|c| c.is_alphabetic()).collect();
    if in_title_case {
        Case::Position
    } else if !rest.is_empty() && rest.iter().all(|c| c.is_uppercase()) {
        Case::Upper
    } else if word.initial {
        Case::Position
    } else {
        Case::Title
    }
}

/// Whether capitals say nothing on this line: most words of four letters and more have one.
fn is_title_case(line: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    corpora::words(line, &mut |word| {
        if word.text.len() >= 4 {
            long += 1;
            capital += u32::from(word.text.chars().next().is_some_and(char::is_uppercase));
        }
    });
    capital * 10 >= long * 6
}

impl Usage {
    fn add(&mut self, case: Case, follows: Before, weight: f32) {
        match case {
            Case::Lower => self.lower += weight,
            Case::Title => self.title += weight,
            Case::Upper => self.upper += weight,
            Case::Position => {}
        }
        match follows {
            Before::A => self.after_a += 1,
            Before::An => self.after_an += 1,
            Before::Other => {}
        }
    }

    fn see(&mut self, case: Case, article: u32, source: u16) {
        match case {
            Case::Lower if self.news.last_lower != article => {
                self.news.last_lower = article;
                self.lower_articles += 1;
                if !self.news.sources.contains(&source) && self.news.sources.len() < 16 {
                    self.news.sources.push(source);
                }
            }
            Case::Title | Case::Upper if self.news.last_title != article => {
                self.news.last_title = article;
                self.title_articles += 1;
            }
            _ => {}
        }
    }

    fn merge_news(&mut self) {
        let news = std::mem::take(&mut self.news);
        self.sources = news.sources.len() as u32;
        if self.lower_articles + self.title_articles < ARTICLES {
            (self.lower_articles, self.title_articles, self.sources) = (0, 0, 0);
            return;
        }
        self.lower += news.lower;
        self.free += news.free;
        self.title += news.title;
        self.upper += news.upper;
        self.after_a += news.after_a;
        self.after_an += news.after_an;
    }
}

impl News {
    fn add(&mut self, case: Case, follows: Before) {
        match case {
            Case::Lower => self.lower += 1.0,
            Case::Title => self.title += 1.0,
            Case::Upper => self.upper += 1.0,
            Case::Position => {}
        }
        match follows {
            Before::A => self.after_a += 1,
            Before::An => self.after_an += 1,
            Before::Other => {}
        }
    }
}
