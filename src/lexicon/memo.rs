//! What lexicon and language model know of the words that were looked up last.
//!
//! Text repeats its words (Zipf 1935), and a look-up waits for memory some six times; the memo holds the answers where
//! they are near. It is a table in which a newer word takes the place of an older one. Invariant: an answer is the same
//! whether the memo held it or not. It never grows.

use super::entry::Entry;
use super::model::units::{Shape, shape_of, unknown_class, word_of};
use super::model::vocabulary::{FIRST_WORD, Vocabulary};
use super::{Lexicon, stem};
use std::cell::Cell;

/// What is known of a spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// What the lexicon says, if it holds the word.
    pub entry: Option<Entry>,
    /// The number by which the language model counts it: its own or that of its class.
    pub id: u32,
    /// Its own number in the language model, 0 if it has none.
    pub word: u32,
    /// Its frequency there, and that of the most frequent word that may have been meant: logarithms, in quarters of an
    /// octave; 0 if there is none.
    pub frequency: u8,
    pub rival: u8,
    pub shape: Shape,
}

/// A lexicon and a vocabulary that remember. For one thread.
pub struct Memo<'a> {
    pub lexicon: Lexicon,
    pub vocabulary: Vocabulary<'a>,
    slots: Box<[Cell<Slot>]>,
}

/// A word of at most 15 bytes, its length in the last, with what is known of it.
type Slot = ([u64; 2], Look);

const SLOTS: usize = 1 << 14;
/// No word is this.
const FREE: Slot =
    ([u64::MAX; 2], Look { entry: None, id: 0, word: 0, frequency: 0, rival: 0, shape: Shape::Other });

impl<'a> Memo<'a> {
    pub fn new(lexicon: Lexicon, vocabulary: Vocabulary<'a>) -> Self {
        Self { lexicon, vocabulary, slots: vec![Cell::new(FREE); SLOTS].into_boxed_slice() }
    }

    /// What is known of a word as it is written.
    #[inline]
    pub fn look(&self, word: &str) -> Look {
        let Some(key) = key(word) else { return self.look_up(word) };
        let hash = (key[0] ^ key[1].rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let Some(slot) = self.slots.get((hash >> (64 - SLOTS.ilog2())) as usize) else {
            return self.look_up(word);
        };
        let (held, look) = slot.get();
        if held == key {
            return look;
        }
        let look = self.look_up(word);
        slot.set((key, look));
        look
    }

    /// As [`Lexicon::get`].
    #[inline]
    pub fn get(&self, word: &str) -> Option<Entry> {
        self.look(word).entry
    }

    /// As [`Lexicon::get_inflected`].
    #[inline]
    pub fn get_inflected(&self, word: &str) -> Option<Entry> {
        self.get(word).or_else(|| self.get(stem(word)?))
    }

    #[inline(never)]
    fn look_up(&self, text: &str) -> Look {
        let shape = shape_of(text);
        let word = word_of(&self.vocabulary, text);
        let is_counted = word >= FIRST_WORD && word < self.vocabulary.counted();
        Look {
            entry: self.lexicon.get(text),
            id: if is_counted { word } else { unknown_class(text, shape) },
            word,
            frequency: if word >= FIRST_WORD { self.vocabulary.word(word).frequency } else { 0 },
            rival: self.vocabulary.rival(word),
            shape,
        }
    }
}

/// A short word's bytes and its length.
#[inline]
fn key(word: &str) -> Option<[u64; 2]> {
    let mut bytes = [0u8; 16];
    bytes.get_mut(..word.len()).filter(|place| place.len() < 16)?.copy_from_slice(word.as_bytes());
    bytes[15] = word.len() as u8;
    let (halves, _) = bytes.as_chunks::<8>();
    Some([u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::model::Model;

    #[test]
    fn the_memo_answers_as_if_it_held_nothing() {
        let memo = Memo::new(Lexicon::embedded(), Model::embedded().vocabulary);
        let words =
            ["form", "Form", "FORM", "mayor’s", "", "Київ", "a", "I", "unquestionableness", "glorped"];
        for word in words.iter().chain(&words) {
            assert_eq!(memo.look(word), memo.look_up(word), "{word}");
        }
        // More words than places.
        for number in 0..3 * SLOTS {
            let word = format!("w{}", number % (2 * SLOTS));
            assert_eq!(memo.look(&word), memo.look_up(&word));
        }
        assert!(memo.look("form").rival > 0, "“from” may have been meant");
    }
}
