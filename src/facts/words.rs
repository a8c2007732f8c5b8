//! What the lexicon says of a block's words: those that it does not vouch for, with what can have been meant, and those
//! that British and American English spell differently.
//!
//! Gathered without a guide, so that the search for candidates, the costly part, is cached per block. Whether a doubt
//! is worth a finding is for the rules to say. Invariant: a stretch of another language gives no doubts, so that a
//! draft in another language costs no more than one in English.

use crate::document::analysis::Analysis;
use crate::document::block::Block;
use crate::document::sentence::Sentence;
use crate::document::token::{Shape, Token, TokenKind, is_apostrophe};
use crate::lexicon::entry::{Entry, Flags, Size};
use crate::lexicon::fold::Key;
use crate::lexicon::memo::Memo;
use crate::lexicon::suggest::{self, Candidate};
use crate::lexicon::{affix, stem};
use crate::text::span::Span;

/// What the lexicon says of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockWords {
    /// In order.
    pub doubts: Vec<Doubt>,
    /// In order; words in lower case only, so that no name is among them.
    pub regional: Vec<Regional>,
}

/// A word that British and American English spell differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regional {
    pub span: Span,
    pub spelling: Spelling,
    /// The other spelling, in lower case.
    pub other: &'static str,
}

/// Whose spelling it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    British,
    American,
    /// American, and that of Oxford: "organize".
    Ize,
}

/// A word in doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The word without possessive ending, or the doubtful part of a compound.
    pub span: Span,
    /// Index of its token.
    pub token: u32,
    pub why: Why,
    pub place: Place,
    /// A part of a compound: "low-«leval»".
    pub compound: bool,
    /// Another doubt or a foreign particle stands within two words: likely to be another language.
    pub beside: bool,
    /// In a headline.
    pub in_title_case: bool,
    /// The next word is a lower-case one: no surname follows.
    pub before_lower: bool,
    /// What can have been meant, the likeliest first; a few at most, perhaps none.
    pub candidates: Vec<Candidate>,
}

impl Doubt {
    /// A candidate with a higher total, in tenths of a nat, says nothing against the word.
    fn most(&self) -> u32 {
        match (self.place, self.why) {
            (Place::Lower, Why::Unknown) if !self.compound => POSSIBLE,
            (Place::Initial, Why::Unknown) if !self.in_title_case => LIKELY,
            (_, Why::Unknown | Why::Name) => PROBABLE,
            (_, Why::Rare(own)) => u32::from(own),
        }
    }
}

/// Totals of cost and rarity, in tenths of a nat, measured on clean news: at most this for a word in lower case …
pub const POSSIBLE: u32 = 240;
/// … for a word in a headline, which may be a name, for a part of a compound or what may be a name in lower case …
pub const PROBABLE: u32 = 195;
/// … where something speaks against a misspelling …
pub const LIKELY: u32 = 160;
/// … and where much does.
pub const CERTAIN: u32 = 125;

/// Why the lexicon does not vouch for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No such word.
    Unknown,
    /// Known, but with a capital only: "january".
    Name,
    /// Known to large dictionaries only, and hardly ever seen: how rare, in tenths of a nat (`-10 ln P`).
    Rare(u16),
}

/// What its first letter says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In lower case: a word, not a name.
    Lower,
    /// Capitalised where every word would be: at the beginning of a sentence, in a headline.
    Initial,
    /// Capitalised inside a sentence: a name, most likely.
    Inside,
}

/// A name of fewer bytes is a slip away from too many words.
const SHORT: usize = 5;

/// How many candidates are kept.
const KEPT: usize = 8;

/// Looks up every word of a block.
pub fn of_block(block: &Block, analysis: &Analysis, memo: &Memo<'_>) -> BlockWords {
    let mut doubts = Vec::new();
    let mut regional = Vec::new();
    for sentence in &analysis.sentences {
        let tokens = &analysis.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let from = doubts.len();
        let reading = Reading { memo, prose: &block.prose, tokens: &analysis.tokens };
        let title_case = block.kind.is_heading();
        reading.sentence(sentence, title_case, &mut doubts, &mut regional);
        if is_foreign(&doubts[from..], tokens) {
            doubts.truncate(from);
        }
        for doubt in &mut doubts[from..] {
            reading.find_candidates(doubt);
        }
        let mut kept = doubts.split_off(from);
        kept.retain(|doubt| !reading.is_new_word(doubt));
        mark_neighbours(&mut kept);
        doubts.extend(kept);
    }
    BlockWords { doubts, regional }
}

struct Reading<'a> {
    memo: &'a Memo<'a>,
    prose: &'a str,
    tokens: &'a [Token],
}

impl Reading<'_> {
    fn sentence(
        &self,
        sentence: &Sentence,
        title_case: bool,
        out: &mut Vec<Doubt>,
        regional: &mut Vec<Regional>,
    ) {
        let mut initial = true;
        for index in sentence.tokens.clone() {
            let token = self.tokens[index as usize];
            let entry = if token.is_word() { self.memo.get(token.text(self.prose)) } else { None };
            if let Some(entry) = entry
                && token.shape == Shape::Lower
                && !entry.is_common()
            {
                regional.extend(self.regional(token));
            }
            let is_certain = entry.is_some_and(|entry| is_certain(entry, token.shape));
            if !is_certain && matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                self.word(index, token, initial || title_case, title_case, out);
            }
            // After a colon, a dash, a bracket or a mark of quotation a sentence may begin.
            initial = match token.kind {
                TokenKind::Punctuation => {
                    !matches!(token.text(self.prose), "," | "-" | "/" | "%" | "&" | "'" | "’")
                }
                TokenKind::Object => true,
                _ => false,
            };
        }
    }

    fn word(&self, index: u32, token: Token, initial: bool, in_title_case: bool, out: &mut Vec<Doubt>) {
        let text = token.text(self.prose);
        let is_number = token.kind == TokenKind::Number;
        let plain = !is_number && matches!(token.shape, Shape::Lower | Shape::Title);
        if !plain && !text.contains(HYPHENS) || self.is_code(token) {
            return;
        }
        // "po-po", "roly-poly": sounds.
        if has_like_parts(text) {
            return;
        }
        let of_a_name = self.is_hyphened_name(text);
        let mut start = token.span.start;
        for (number, part) in text.split(HYPHENS).enumerate() {
            let span = Span::new(start, start + part.len() as u32);
            // Every hyphen of the three is skipped by its own length.
            let hyphen = self.prose[span.end as usize..].chars().next().map_or(0, char::len_utf8);
            start = span.end + hyphen as u32;
            let compound = part.len() < text.len();
            if of_a_name && part.starts_with(char::is_lowercase) {
                continue;
            }
            if let Some((span, why, place)) = self.doubt(part, span, initial && number == 0, compound) {
                let beside = self.has_particle_beside(index);
                let before_lower = self.word_at(index + 1).is_some_and(|next| next.shape == Shape::Lower);
                let candidates = Vec::new();
                out.push(Doubt {
                    span,
                    token: index,
                    why,
                    place,
                    compound,
                    beside,
                    in_title_case,
                    before_lower,
                    candidates,
                });
            }
        }
    }

    /// A part in lower case belongs to a name ("Geun-hye", "Chick-fil-A"): the first part has a capital and is no word
    /// that everybody knows, as "Spanish" is, or a later part has a capital, too.
    fn is_hyphened_name(&self, text: &str) -> bool {
        let Some((first, rest)) = text.split_once(HYPHENS) else { return false };
        let has_capital = |part: &str| part.starts_with(char::is_uppercase);
        let is_known = |entry: Entry| entry.flags.has(Flags::LOWER) || entry.title >= WELL_KNOWN;
        has_capital(first)
            && (rest.split(HYPHENS).any(has_capital) || !self.memo.get(first).is_some_and(is_known))
    }

    fn regional(&self, token: Token) -> Option<Regional> {
        let key = Key::new(token.text(self.prose))?;
        let pairs = self.memo.lexicon.pairs;
        if let Some(other) = pairs.american_of(key.as_str()) {
            return Some(Regional { span: token.span, spelling: Spelling::British, other });
        }
        let other = pairs.british_of(key.as_str())?;
        let is_ize = !other.contains("ys") && *other == key.as_str().replace('z', "s");
        let spelling = if is_ize { Spelling::Ize } else { Spelling::American };
        Some(Regional { span: token.span, spelling, other })
    }

    fn doubt(&self, part: &str, span: Span, initial: bool, compound: bool) -> Option<(Span, Why, Place)> {
        let first = part.chars().next()?;
        let letters = part.chars().count();
        if letters < 2
            || part.chars().any(|c| !(c.is_alphabetic() || is_apostrophe(c)))
            || is_apostrophe(first)
        {
            return None;
        }
        // "ol’": the apostrophe stands for a letter.
        let is_elision = letters <= 3 && self.prose[span.end as usize..].starts_with(['\'', '’']);
        if is_elision {
            return None;
        }
        let shape = crate::document::token::shape(part);
        let place = match shape {
            Shape::Lower => Place::Lower,
            Shape::Title if initial => Place::Initial,
            Shape::Title => Place::Inside,
            _ => return None,
        };
        let word = without_possessive(part);
        word.chars().nth(1)?;
        let span = Span::new(span.start, span.start + word.len() as u32);
        let entry = self.memo.get(word).or_else(|| self.memo.get(stem(word)?));
        let Some(entry) = entry else {
            let is_known = is_drawn_out(word)
                || OF_PHRASES.contains(&word)
                || self.drops_g(word, span)
                || compound && affix::is_part(&word.to_lowercase());
            return (!is_known).then_some((span, Why::Unknown, place));
        };
        if place == Place::Lower && entry.is_name() {
            return (letters > 2).then_some((span, Why::Name, place));
        }
        if compound && affix::is_part(word) {
            return None;
        }
        if place != Place::Lower && entry.flags.has(Flags::TITLE) {
            let doubtful = is_rare_name(entry) && !compound;
            return doubtful.then_some((span, Why::Rare(suggest::rarity_of(entry.title)), place));
        }
        let doubtful = is_rare(entry) && place != Place::Inside;
        doubtful.then_some((span, Why::Rare(own_rarity(entry)), place))
    }

    /// "goin’": the apostrophe stands for a letter.
    fn drops_g(&self, word: &str, span: Span) -> bool {
        let after = self.prose[span.end as usize..].chars().next();
        word.ends_with("in")
            && after.is_some_and(is_apostrophe)
            && self.memo.get(&format!("{word}g")).is_some()
    }

    /// Joined to what no word is joined to: part of an address, a path, a file name, an identifier; or cut by a bracket
    /// or an asterisk ("[A]fter", "bullsh**").
    fn is_code(&self, token: Token) -> bool {
        let before = self.prose[..token.span.start as usize].chars().next_back();
        let mut after = self.prose[token.span.end as usize..].chars();
        let next = after.next();
        if self.is_cut(token)
            || before.is_some_and(|c| joins(c) || matches!(c, '.' | ']' | ')'))
            || next.is_some_and(|c| joins(c) || c == '[')
        {
            return true;
        }
        if before == Some('/') || next == Some('/') {
            return self.is_in_path(token);
        }
        // A file name ("notes.txt"), but not two sentences without a space between ("end.The").
        next == Some('.') && after.next().is_some_and(|c| c.is_lowercase() || c.is_numeric())
    }

    /// A capital by itself stands before it, and the two make a word: a drop cap that came apart ("T hree").
    fn is_cut(&self, token: Token) -> bool {
        let start = token.span.start as usize;
        let Some(before) = self.prose[..start].strip_suffix(' ') else { return false };
        let mut letters = before.chars().rev();
        let Some(capital) = letters.next().filter(|c| c.is_uppercase()) else { return false };
        let is_alone = letters.next().is_none_or(|c| !c.is_alphanumeric());
        is_alone && self.memo.get(&format!("{capital}{}", token.text(self.prose))).is_some()
    }

    /// Slashes part words ("and/or", "math/science"), or they make a path or an address.
    fn is_in_path(&self, token: Token) -> bool {
        let start = self.prose[..token.span.start as usize].rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let rest = &self.prose[token.span.end as usize..];
        let end = token.span.end as usize + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let run = self.prose.get(start..end).unwrap_or_default();
        let run = run.trim_matches(|c: char| c.is_ascii_punctuation() && c != '/');
        run.starts_with('/')
            || run.ends_with('/')
            || !run.chars().all(|c| c.is_alphabetic() || c == '/' || c == '-')
    }

    fn word_at(&self, index: u32) -> Option<Token> {
        self.tokens.get(index as usize).copied().filter(Token::is_word)
    }

    /// A word of another language stands right before or after.
    fn has_particle_beside(&self, index: u32) -> bool {
        let is_particle = |index: u32| {
            let text = self.word_at(index).map_or("", |token| token.text(self.prose));
            PARTICLES.iter().any(|particle| particle.eq_ignore_ascii_case(text))
        };
        index > 0 && is_particle(index - 1) || is_particle(index + 1)
    }

    fn find_candidates(&self, doubt: &mut Doubt) {
        let word = doubt.span.of(self.prose);
        let mut candidates = match doubt.place {
            // A name that some list holds, or that is short, is let be inside a sentence; so is what a capital follows.
            Place::Inside if doubt.why != Why::Unknown || word.len() < SHORT => return,
            Place::Initial if !doubt.in_title_case && !doubt.before_lower => return,
            Place::Inside => suggest::near_candidates(&self.memo.lexicon, word),
            _ => suggest::candidates(&self.memo.lexicon, word, doubt.most()),
        };
        candidates.truncate(KEPT);
        if doubt.why == Why::Name
            && let Some(capital) = suggest::capitalised(&self.memo.lexicon, word)
        {
            candidates.push(capital);
            candidates.sort_by_key(Candidate::total);
        }
        doubt.candidates = candidates;
    }
}

impl Reading<'_> {
    /// Made of a known word by a prefix or an ending ("overbalance"), and not nearly another word.
    fn is_new_word(&self, doubt: &Doubt) -> bool {
        let has_likely = doubt.candidates.first().is_some_and(|best| best.total() < DERIVED);
        if doubt.why != Why::Unknown || has_likely {
            return false;
        }
        let is_word = |rest: &str| {
            Some(rest).filter(|rest| rest.len() >= 4).and_then(|rest| self.memo.get(rest)).is_some_and(
                |entry| entry.flags.has(Flags::LOWER) && entry.size <= Size::Known && entry.lower >= RARE,
            )
        };
        affix::is_derived(&doubt.span.of(self.prose).to_lowercase(), &is_word)
    }
}

/// A candidate likelier than this (in tenths of a nat) outweighs that the word can be taken apart.
const DERIVED: u32 = 165;

/// The fast path: a word as the lexicon has it.
fn is_certain(entry: Entry, shape: Shape) -> bool {
    match shape {
        Shape::Lower => entry.flags.has(Flags::LOWER) && !is_rare(entry),
        Shape::Title if entry.flags.has(Flags::TITLE) => !is_rare_name(entry),
        Shape::Title => !is_rare(entry),
        _ => true,
    }
}

/// Parts that are the same, or rhyme: made for the sound.
fn has_like_parts(text: &str) -> bool {
    let Some((first, second)) = text.split_once(HYPHENS) else { return false };
    first.len() == second.len() && first.len() >= 2 && first.as_bytes()[1..] == second.as_bytes()[1..]
}

fn joins(c: char) -> bool {
    matches!(c, '@' | '#' | '_' | '\\' | '=' | '+' | '~' | '^' | '|' | '<' | '>' | '{' | '}' | '*')
}

/// Doubts in lower case within two words of each other are likelier another language than two misspellings.
fn mark_neighbours(doubts: &mut [Doubt]) {
    for at in 1..doubts.len() {
        let (left, right) = (&doubts[at - 1], &doubts[at]);
        let near = right.token - left.token <= 2 && right.token != left.token;
        let is_word = |doubt: &Doubt| doubt.place == Place::Lower && !matches!(doubt.why, Why::Rare(_));
        if near && is_word(left) && is_word(right) {
            doubts[at - 1].beside = true;
            doubts[at].beside = true;
        }
    }
}

/// Little words of the languages that are quoted most in English.
const PARTICLES: &[&str] = &[
    "la", "le", "les", "du", "des", "de", "d'", "el", "los", "las", "y", "una", "por", "para", "con", "que",
    "qui", "et", "und", "der", "das", "von", "ein", "il", "di", "del", "della", "à", "au", "aux", "cri",
    "sans", "ad", "cum", "ex", "al", "wa", "bin", "ich", "je", "mon", "ma", "mi", "tu", "nos", "est", "sic",
];

/// Words that English knows in a phrase of another language only: "mea culpa", "bon vivant", "volte-face".
const OF_PHRASES: &[&str] = &[
    "mea",
    "culpa",
    "bon",
    "vivant",
    "bons",
    "mots",
    "volte",
    "tsk",
    "rogan",
    "josh",
    "buen",
    "vis",
    "tête",
    "pièce",
    "fait",
    "accompli",
    "comme",
    "faut",
    "quo",
    "pro",
    "quid",
    "sui",
    "generis",
    "prix",
    "fixe",
    "enfant",
    "coup",
    "grâce",
    "jour",
    "nouveau",
    "riche",
    "laissez",
    "faire",
    "savoir",
    "vivre",
    "noblesse",
    "oblige",
    "raison",
    "être",
    "roi",
    "soleil",
    "wunderkind",
    "weltanschauung",
    "dolce",
    "vita",
    "cosa",
    "nostra",
    "habeas",
];

const HYPHENS: [char; 4] = ['-', '‐', '‑', '·'];

/// Rarer than this, in quarters of a doubling, a word of the large dictionaries is looked at: 64 occurrences.
const RARE: u8 = 24;

fn is_rare(entry: Entry) -> bool {
    entry.size >= Size::Large && entry.lower < RARE
}

/// A name that stands in no text we know, and is no common word either.
fn is_rare_name(entry: Entry) -> bool {
    let is_word = entry.flags.has(Flags::LOWER) && !is_rare(entry);
    !is_word && entry.title < UNSEEN
}

/// As often as 1,000 times, in quarters of a doubling.
const WELL_KNOWN: u8 = 40;

/// Less often than four times, in quarters of a doubling.
const UNSEEN: u8 = 8;

/// A word that only the larger dictionaries hold, and that nobody used, is less likely than its count of nothing says.
fn own_rarity(entry: Entry) -> u16 {
    let extra = match entry.size {
        _ if entry.lower >= 8 => 0,
        Size::Odd => 25,
        Size::Rare => 12,
        _ => 0,
    };
    suggest::rarity_of(entry.lower) + extra
}

fn without_possessive(word: &str) -> &str {
    ["'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// "sooo", "noooo": drawn out on purpose. "addded" is not.
fn is_drawn_out(word: &str) -> bool {
    let lower = word.to_lowercase();
    let letters = lower.as_bytes();
    let longest = letters.chunk_by(|a, b| a == b).map(<[u8]>::len).max().unwrap_or(0);
    if longest < 3 {
        return false;
    }
    let single: Vec<u8> = letters.chunk_by(|a, b| a == b).map(|run| run[0]).collect();
    longest > 3 || INTERJECTIONS.iter().any(|said| said.as_bytes() == single)
}

/// Said long, and so written long; each letter once.
const INTERJECTIONS: &[&str] = &[
    "so", "no", "oh", "ah", "um", "uh", "hm", "m", "way", "realy", "very", "long", "please", "yes", "yeah",
    "hey", "wow", "bo", "ha", "aw", "ew", "o", "a", "sh", "br", "z", "god", "col", "swet", "helo", "nope",
    "wel", "love", "hot", "big", "crazy", "fun", "haha", "ugh", "argh", "wo", "whoa", "boring", "super",
    "to", "al", "mad", "bad",
];

/// Whether a sentence is likelier to be in another language, or in none, than to hold so many misspellings.
fn is_foreign(doubts: &[Doubt], tokens: &[Token]) -> bool {
    let unknown =
        doubts.iter().filter(|doubt| doubt.place == Place::Lower && doubt.why == Why::Unknown).count();
    let words = tokens.iter().filter(|token| token.is_word()).count();
    unknown >= 3 && unknown * 4 > words
}
