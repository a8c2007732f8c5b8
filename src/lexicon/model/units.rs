//! A block's tokens as the language model sees them: words by number, numbers and names by class, the marks
//! that shape a sentence. The same code runs when the model is made and when a draft is checked, so counts and
//! look-ups agree. It never knows what is wrong with a word.

use crate::lexicon::memo::Memo;
use crate::lexicon::model::vocabulary::{Vocabulary, class};

/// How a word is capitalised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Shape {
    /// no capital
    Lower = 0,
    /// A capital first
    Title = 1,
    /// ALL CAPITALS, two letters or more
    Upper = 2,
    /// anyThing else, and what is no word
    Other = 3,
}

/// One unit of a block.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Number of the word or class; rare words are a class here.
    pub id: u32,
    /// Number of the word itself, rare or not; 0 if the vocabulary has none.
    pub word: u32,
    /// First byte in the block's prose.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Frequency of the word, and of the most frequent word that may have been meant: quarters of an octave.
    pub frequency: u8,
    pub rival: u8,
    /// Capitalisation.
    pub shape: Shape,
    /// Whether the unit stands inside a quotation.
    pub quoted: bool,
    /// Whether a hyphen joins the unit to the next.
    pub joined: bool,
}

/// Words that take 's for "is" or "has"; elsewhere it is the possessive and a unit of its own.
const CONTRACTING: [&str; 14] =
    ["it", "he", "she", "that", "what", "who", "there", "here", "let", "where", "how", "when", "one", "this"];

/// Turns tokens into units, keeping its buffers.
pub struct Encoder<'a> {
    memo: &'a Memo<'a>,
    /// The units so far.
    pub units: Vec<Unit>,
    quoted: bool,
    money: bool,
}

impl<'a> Encoder<'a> {
    /// An encoder over the memo's vocabulary.
    pub fn new(memo: &'a Memo<'a>) -> Self {
        Encoder { memo, units: Vec::new(), quoted: false, money: false }
    }

    /// Forgets the units, for the next block.
    pub fn clear(&mut self) {
        self.units.clear();
        self.quoted = false;
        self.money = false;
    }

    /// Takes a number in figures, with its first byte.
    pub fn number(&mut self, text: &str, start: u32) {
        let id = if std::mem::take(&mut self.money) { class::MONEY } else { number_class(text) };
        self.unit(id, text.len(), start);
    }

    /// Takes what is neither word nor number nor mark: an address, a picture.
    pub fn object(&mut self, text: &str, start: u32) {
        self.unit(class::NAME, text.len(), start);
    }

    /// Takes the end of a sentence.
    pub fn stop(&mut self, at: u32) {
        if self.units.last().is_some_and(|unit| unit.id != class::STOP) {
            self.unit(class::STOP, 0, at);
        }
    }

    /// Takes a mark that is no end of a sentence.
    pub fn mark(&mut self, text: &str, start: u32) {
        let id = match text {
            "," => class::COMMA,
            ":" | ";" => class::COLON,
            "-" | "--" | "—" | "–" => class::DASH,
            "(" | "[" => class::OPEN,
            ")" | "]" => class::CLOSE,
            "%" => class::PERCENT,
            "$" | "€" | "£" => {
                self.money = true;
                return;
            }
            "\"" => {
                self.quoted = !self.quoted;
                return;
            }
            "“" | "”" => {
                self.quoted = text == "“";
                return;
            }
            _ => return,
        };
        self.unit(id, text.len(), start);
    }

    /// Takes a word, with its first byte.
    pub fn word(&mut self, text: &str, start: u32) {
        self.money = false;
        let (base, possessive) = split_possessive(text);
        let mut at = start;
        let end = start + base.len() as u32;
        for part in base.split('-') {
            if !part.is_empty() {
                self.simple(part, at);
            }
            at += part.len() as u32 + 1;
            if let Some(last) = self.units.last_mut() {
                last.joined = at < end;
            }
        }
        if possessive > 0 {
            self.unit(class::POSSESSIVE, possessive, start + base.len() as u32);
        }
    }

    fn simple(&mut self, text: &str, start: u32) {
        let look = self.memo.look(text);
        self.units.push(Unit {
            id: look.id,
            word: look.word,
            start,
            end: start + text.len() as u32,
            frequency: look.frequency,
            rival: look.rival,
            shape: look.shape,
            quoted: self.quoted,
            joined: false,
        });
    }

    fn unit(&mut self, id: u32, len: usize, start: u32) {
        self.units.push(Unit {
            id,
            word: 0,
            start,
            end: start + len as u32,
            frequency: 0,
            rival: 0,
            shape: Shape::Other,
            quoted: self.quoted,
            joined: false,
        });
    }
}

/// The number of a word, 0 if the vocabulary has none.
pub fn word_of(vocabulary: &Vocabulary<'_>, text: &str) -> u32 {
    if text.len() > 1
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
        && let Some(word) = vocabulary.find(text.as_bytes())
    {
        return word;
    }
    if text.is_ascii() {
        let mut folded = [0; LONGEST];
        let Some(folded) = folded.get_mut(..text.len()) else { return 0 };
        folded.copy_from_slice(text.as_bytes());
        folded.make_ascii_lowercase();
        return vocabulary.find(folded).unwrap_or(0);
    }
    let mut folded = String::new();
    fold(text, &mut folded);
    vocabulary.find(folded.as_bytes()).unwrap_or(0)
}

/// Bytes of the longest word that is looked up.
const LONGEST: usize = 40;

/// The word without 's, and the bytes of the ending. Contractions stay whole.
pub fn split_possessive(text: &str) -> (&str, usize) {
    if !text.ends_with(['s', 'S']) {
        return (text, 0);
    }
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(base) = text.strip_suffix(ending) {
            let contraction = CONTRACTING.iter().any(|word| base.eq_ignore_ascii_case(word));
            return if contraction || base.is_empty() { (text, 0) } else { (base, ending.len()) };
        }
    }
    (text, 0)
}

/// The word in lower case, with straight apostrophes.
pub fn fold(text: &str, into: &mut String) {
    into.clear();
    if text.is_ascii() {
        into.push_str(text);
        into.make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        match c {
            '’' => into.push('\''),
            _ => into.extend(c.to_lowercase()),
        }
    }
}

/// How a word is capitalised.
pub fn shape_of(text: &str) -> Shape {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower) = (0, 0);
    for c in chars {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    match (first, upper, lower) {
        (false, 0, _) => Shape::Lower,
        (true, 0, 0) => {
            if text.eq_ignore_ascii_case("i") || text == "A" {
                Shape::Title
            } else {
                Shape::Upper
            }
        }
        (true, 0, _) => Shape::Title,
        (true, _, 0) => Shape::Upper,
        _ => Shape::Other,
    }
}

/// The class of a word that has no number.
pub fn unknown_class(text: &str, shape: Shape) -> u32 {
    match shape {
        Shape::Title | Shape::Other => class::NAME,
        Shape::Upper => class::ACRONYM,
        Shape::Lower => {
            let bytes = text.as_bytes();
            if bytes.ends_with(b"ing") {
                class::UNKNOWN_ING
            } else if bytes.ends_with(b"ed") {
                class::UNKNOWN_ED
            } else if bytes.ends_with(b"ly") {
                class::UNKNOWN_LY
            } else if bytes.ends_with(b"s") {
                class::UNKNOWN_S
            } else {
                class::UNKNOWN
            }
        }
    }
}

fn number_class(text: &str) -> u32 {
    let bytes = text.as_bytes();
    if !bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) {
        return class::MIXED;
    }
    let year = bytes.len() == 4
        && matches!(&bytes[..2], b"18" | b"19" | b"20")
        && bytes.iter().all(u8::is_ascii_digit);
    if year { class::YEAR } else { class::NUMBER }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_possessive_is_a_unit_of_its_own_and_contractions_are_not() {
        assert_eq!(split_possessive("mayor’s"), ("mayor", "’s".len()));
        assert_eq!(split_possessive("It's"), ("It's", 0));
        assert_eq!(split_possessive("mayors"), ("mayors", 0));
    }

    #[test]
    fn words_are_folded_to_lower_case_and_straight_apostrophes() {
        let mut folded = String::new();
        fold("Don’t", &mut folded);
        assert_eq!(folded, "don't");
        fold("ÉTÉ", &mut folded);
        assert_eq!(folded, "été");
    }

    #[test]
    fn unknown_words_have_the_class_of_their_look() {
        assert_eq!(unknown_class("abara", Shape::Title), class::NAME);
        assert_eq!(unknown_class("glorped", Shape::Lower), class::UNKNOWN_ED);
        assert_eq!(number_class("1998"), class::YEAR);
        assert_eq!(number_class("1,998"), class::NUMBER);
        assert_eq!(number_class("18th"), class::MIXED);
    }
}
