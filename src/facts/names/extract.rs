//! Finds the name words of a block: capitalised words, with care where the place asks for the capital.

use super::vocabulary::{self, Knowledge};
use super::{BlockNames, Fold, Link, NameWord, Standing, Traits};
use crate::document::analysis::Analysis;
use crate::document::block::Block;
use crate::document::sentence::Sentence;
use crate::document::token::{self, Shape, Token, TokenKind};
use crate::lexicon::fold::Key;
use crate::lexicon::memo::Memo;
use crate::text::span::Span;

/// The name words of a block, in order.
pub fn names(block: &Block, analysis: &Analysis, memo: &Memo<'_>) -> BlockNames {
    let mut extractor = Extractor { prose: &block.prose, tokens: &analysis.tokens, memo, words: Vec::new() };
    for sentence in &analysis.sentences {
        extractor.sentence(sentence, block.kind.is_heading());
    }
    BlockNames { words: extractor.words }
}

/// What joins the parts of a name.
const HYPHENS: [char; 3] = ['-', '‐', '‑'];

struct Extractor<'a> {
    prose: &'a str,
    tokens: &'a [Token],
    memo: &'a Memo<'a>,
    words: Vec<NameWord>,
}

/// How a sentence uses capitals throughout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    Sentence,
    /// Nearly every long word has one: a heading, a byline, a list of links.
    Headline,
    /// Nearly everything is in capitals.
    Loud,
}

impl Extractor<'_> {
    fn sentence(&mut self, sentence: &Sentence, heading: bool) {
        let capitals = self.capitals(sentence, heading);
        let mut starts = true;
        // Where the last name word ended, in tokens: the next one may be linked to it.
        let mut last_end: Option<usize> = None;
        for at in sentence.tokens.start as usize..sentence.tokens.end as usize {
            let token = self.tokens[at];
            if token.kind != TokenKind::Word {
                starts |= self.opens(at);
                continue;
            }
            let after_break = self.prose[..token.span.start as usize].ends_with('\n');
            let forced = starts || after_break || capitals != Capitals::Sentence;
            starts = false;
            if matches!(token.shape, Shape::Lower | Shape::None) || self.is_glued(at) || self.is_date(at) {
                continue;
            }
            let link = self.link(last_end, at);
            let loud = capitals == Capitals::Loud || self.is_loud(sentence, at);
            let traits = Traits::default().when(forced, Traits::FORCED).when(loud, Traits::LOUD).when(
                link == Link::None && at > 0 && vocabulary::leads_to_place(self.text(at - 1)),
                Traits::AFTER_IN,
            );
            if self.word(token, link, traits) {
                last_end = Some(at);
            }
        }
    }

    fn text(&self, at: usize) -> &str {
        self.tokens[at].text(self.prose)
    }

    /// Whether a word is a date rather than a part of the name behind it: “on Monday Ada Pierce spoke”.
    fn is_date(&self, at: usize) -> bool {
        at > 0 && vocabulary::is_date(self.text(at)) && vocabulary::leads_to_date(self.text(at - 1))
    }

    /// Whether a symbol is stuck to the word: what was garbled on its way is no spelling of anybody's.
    fn is_glued(&self, at: usize) -> bool {
        let is_symbol = |other: Option<&Token>| {
            other.is_some_and(|other| {
                other.kind == TokenKind::Symbol || matches!(other.text(self.prose), "»" | "«" | "¡" | "¿")
            })
        };
        let after = self.tokens.get(at + 1).filter(|_| self.is_adjacent(at + 1));
        let before = self.tokens[..at].last().filter(|_| self.is_adjacent(at));
        !self.tokens[at].text(self.prose).is_ascii() && (is_symbol(after) || is_symbol(before))
    }

    /// Whether the word after this mark begins something and so has its capital from its place.
    fn opens(&self, at: usize) -> bool {
        matches!(
            self.text(at),
            "“" | "\""
                | "‘"
                | "«"
                | ":"
                | "•"
                | "·"
                | "|"
                | "—"
                | "–"
                | "--"
                | "("
                | "["
                | ">"
                | "*"
                | "/"
                | "…"
                | "..."
        )
    }

    fn capitals(&self, sentence: &Sentence, heading: bool) -> Capitals {
        let tokens = &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let words = || tokens.iter().filter(|token| token.kind == TokenKind::Word);
        let (mut lower, mut capitalised, mut upper, mut count) = (0, 0, 0, 0);
        for token in words() {
            count += 1;
            upper += usize::from(token.shape == Shape::Upper);
            match token.shape {
                Shape::Lower => lower += 1,
                Shape::None => {}
                _ => capitalised += usize::from(token.span.len() >= 4),
            }
        }
        if count >= 3 && upper * 4 >= count * 3 {
            return Capitals::Loud;
        }
        // Of the words that headlines write small there are fewer than of the others: most sentences end here.
        let enough = if heading { 2 } else { 3 };
        if capitalised < enough || lower > 2 * capitalised {
            return Capitals::Sentence;
        }
        let is_small = |token: &&Token| {
            token.shape == Shape::Lower && !vocabulary::is_small_in_headlines(token.text(self.prose))
        };
        if words().filter(is_small).count() * 5 <= capitalised {
            Capitals::Headline
        } else {
            Capitals::Sentence
        }
    }

    /// Whether a word has its capitals from its place: beside another word in capitals, as a speaker's label (BELLO:),
    /// a dateline (LAGOS —), an agency's credit (REUTERS/…).
    fn is_loud(&self, sentence: &Sentence, at: usize) -> bool {
        if self.tokens[at].shape != Shape::Upper {
            return false;
        }
        let is_upper = |other: Option<&Token>| {
            other.is_some_and(|other| {
                other.is_word() && other.shape == Shape::Upper && !other.text(self.prose).contains('.')
            })
        };
        let before = (at > sentence.tokens.start as usize).then(|| &self.tokens[at - 1]);
        let after = self.tokens.get(at + 1).filter(|_| at + 1 < sentence.tokens.end as usize);
        if is_upper(before) || is_upper(after) {
            return true;
        }
        let text = |other: Option<&Token>| other.map_or("", |other| other.text(self.prose));
        let dash = matches!(text(after), "—" | "–" | "--") && self.text(at).len() >= 4;
        let is_dateline = dash || at == 0 && matches!(text(after), "(" | "—" | "–" | "--" | "-" | ",");
        is_dateline || matches!(text(after), ":" | "/") || text(before) == "/"
    }

    /// How the word at `at` is linked to the name word that ended with the token `last`.
    fn link(&self, last: Option<usize>, at: usize) -> Link {
        let Some(last) = last else { return Link::None };
        // Between the two: nothing but white space, an initial's or an abbreviation's stop, or a small joining word.
        let between = last + 1..at;
        if between.len() > 3 || self.is_possessive(last) {
            return Link::None;
        }
        let mut joined = false;
        for middle in between {
            match self.text(middle) {
                "." if middle == last + 1 && self.is_adjacent(middle) && self.takes_stop(last) => {}
                "of" | "for" | "&" => joined = true,
                "the" if joined => {}
                word if vocabulary::is_particle(word) => {}
                _ => return Link::None,
            }
        }
        if joined { Link::Of } else { Link::Space }
    }

    fn is_adjacent(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    fn takes_stop(&self, at: usize) -> bool {
        let text = self.text(at);
        text.len() == 1 || vocabulary::is_office(text) || matches!(text, "St" | "Jr" | "Sr" | "Ft" | "Mt")
    }

    fn is_possessive(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let text = token.text(self.prose);
        without_possessive(text).len() != text.len()
            || self.prose[token.span.end as usize..].starts_with(token::is_apostrophe)
    }

    /// Takes a token apart into name words. Gives whether it ended as one, so that the next word may be linked to it.
    fn word(&mut self, token: Token, link: Link, mut traits: Traits) -> bool {
        let text = token.text(self.prose);
        let bare = without_possessive(text);
        let is_whole = !bare.contains(HYPHENS);
        if is_whole {
            let knowledge = vocabulary::knowledge(bare, self.memo.get_inflected(bare));
            if drops(bare, traits.has(Traits::FORCED), &knowledge) {
                return false;
            }
            let link = self.particles(token, link);
            let span = Span::new(token.span.start, token.span.start + bare.len() as u32);
            let traits = traits.when(bare.len() != text.len(), Traits::POSSESSIVE);
            self.push(span, bare, link, traits, &knowledge);
            return true;
        }
        let mut link = self.particles(token, link);
        let mut at = token.span.start;
        let mut ended = false;
        for part in bare.split_inclusive(HYPHENS) {
            let word = part.trim_end_matches(HYPHENS);
            let span = Span::new(at, at + word.len() as u32);
            at += part.len() as u32;
            ended = word.chars().any(char::is_uppercase);
            if ended {
                let knowledge = vocabulary::knowledge(word, self.memo.get_inflected(word));
                self.push(span, word, link, traits, &knowledge);
            } else if word.chars().any(char::is_alphabetic)
                && (link == Link::Hyphen || vocabulary::is_particle(word))
            {
                self.push_lower(span, word, link);
            } else {
                link = Link::None;
                continue;
            }
            link = Link::Hyphen;
            // A place asks for the capital of the first part only.
            if !traits.has(Traits::LOUD) {
                traits = Traits(traits.0 & !Traits::FORCED.0);
            }
        }
        if let Some(last) = self.words.last_mut().filter(|_| ended && bare.len() != text.len()) {
            last.traits = last.traits.with(Traits::POSSESSIVE);
        }
        ended
    }

    /// The particles directly before a name word are words of the name: “von der Leyen”. Gives the word's own link.
    fn particles(&mut self, token: Token, mut link: Link) -> Link {
        let end = self.tokens.partition_point(|other| other.span.start < token.span.start);
        let mut from = end;
        while from > 0 && end - from < 3 {
            let before = self.tokens[from - 1];
            let gap = &self.prose[before.span.end as usize..self.tokens[from].span.start as usize];
            if gap.is_empty() || !vocabulary::is_particle(before.text(self.prose)) {
                break;
            }
            from -= 1;
        }
        for at in from..end {
            let before = self.tokens[at];
            self.push_lower(before.span, before.text(self.prose), link);
            link = Link::Space;
        }
        link
    }

    fn push_lower(&mut self, span: Span, word: &str, link: Link) {
        let knowledge = vocabulary::knowledge(word, self.memo.get(word));
        let traits = Traits::LOWER.with(knowledge.traits);
        let (form, fold) = (exact(word), fold(word));
        self.words.push(NameWord {
            span,
            form,
            fold,
            shape: Shape::Lower,
            standing: Standing::Established,
            link,
            traits,
        });
    }

    fn push(&mut self, span: Span, word: &str, link: Link, traits: Traits, knowledge: &Knowledge) {
        let fold = fold(word);
        let traits = traits.with(knowledge.traits).when(fold.len == 1, Traits::INITIAL);
        let form = exact(word);
        let shape = token::shape(word);
        self.words.push(NameWord { span, form, fold, shape, standing: knowledge.standing, link, traits });
    }
}

/// Whether a capitalised word says nothing about names.
fn drops(word: &str, forced: bool, knowledge: &Knowledge) -> bool {
    if word.len() == 1 {
        return word == "I" || word == "A";
    }
    if token::shape(word) == Shape::Upper {
        return false;
    }
    (forced && knowledge.is_mostly_lower)
        || matches!(word, "The" | "And" | "Of" | "But" | "I’m" | "I'm")
        || word.starts_with("I’")
        || word.starts_with("I'")
}

/// A word without its possessive ending.
pub fn without_possessive(word: &str) -> &str {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(bare) = word.strip_suffix(ending) {
            return bare;
        }
    }
    word
}

/// What no reader sees: soft hyphens, joiners, marks of direction.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The exact letters of a word as a reader sees them, hashed; apostrophes are all straight.
fn exact(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(&mut add);
    } else {
        let mut buffer = [0; 4];
        for char in word.chars().filter(|char| !is_invisible(*char)) {
            let char = if token::is_apostrophe(char) { '\'' } else { char };
            char.encode_utf8(&mut buffer).bytes().for_each(&mut add);
        }
    }
    // The low bits of a product by an odd number depend on low bits alone: mix the high ones in.
    hash ^ (hash >> 29)
}

/// The letters of a word without case, diacritics and marks.
pub fn fold(word: &str) -> Fold {
    let mut fold = Fold::default();
    match Key::new(word) {
        Some(key) => {
            key.as_bytes().iter().filter(|byte| **byte != b'\'').for_each(|byte| fold.add(u64::from(*byte)))
        }
        None => {
            for char in word.chars().flat_map(char::to_lowercase).filter(|char| char.is_alphanumeric()) {
                fold.add(u64::from(u32::from(char)));
            }
        }
    }
    fold
}

/// An odd number whose powers spread over all 64 bits: the base of the polynomial by which folds can be joined.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

impl Fold {
    fn add(&mut self, letter: u64) {
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(letter + 1);
        self.len = self.len.saturating_add(1);
    }

    /// The fold of two words written together.
    pub fn then(self, after: Self) -> Self {
        let hash = self.hash.wrapping_mul(BASE.wrapping_pow(u32::from(after.len))).wrapping_add(after.hash);
        Self { hash, len: self.len.saturating_add(after.len) }
    }
}
