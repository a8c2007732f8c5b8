//! Words: known or not, how frequent, of which dialect, and what neighbours they have.
//!
//! The lexicon is one file, `data/lexicon.bin`, which lies in the binary and is used in place: opening it reads a
//! header of 40 bytes. Invariants: a look-up allocates nothing; the same data gives the same answers in the same order
//! on every machine. This module must never know of drafts, rules or findings.

pub mod affix;
pub mod bytes;
pub mod entry;
pub mod fold;
pub mod graph;
pub mod hunspell;
pub mod memo;
pub mod model;
pub mod pairs;
pub mod saying;
pub mod suggest;
pub mod table;

use entry::{Entry, Flags};
use fold::Key;
use graph::Graph;
use pairs::Pairs;
use table::Table;

/// The lexicon of the program, or one made of other bytes in the same layout.
#[derive(Clone, Copy)]
pub struct Lexicon {
    pub table: Table,
    pub graph: Graph,
    pub pairs: Pairs,
}

/// The first bytes of the file: name and version of its layout.
pub const MAGIC: [u8; 8] = *b"CDLEX\0\0\x02";

/// The sections of the file, in order, after the magic and the length of each in bytes (32 bits).
pub const SECTIONS: usize = 6;

static EMBEDDED: &[u8] = include_bytes!("../../data/lexicon.bin");

impl Lexicon {
    /// The lexicon that the program ships with.
    pub fn embedded() -> Lexicon {
        Lexicon::from_bytes(EMBEDDED)
    }

    /// A lexicon over bytes laid out as `data/lexicon.bin`. Bytes of another layout give a lexicon that knows no word.
    pub fn from_bytes(data: &'static [u8]) -> Lexicon {
        let mut sections: [&'static [u8]; SECTIONS] = [&[]; SECTIONS];
        if data.starts_with(&MAGIC) {
            let mut start = MAGIC.len() + 4 * SECTIONS;
            for (i, section) in sections.iter_mut().enumerate() {
                let length = bytes::u32_at(&data[MAGIC.len()..], i) as usize;
                *section = data.get(start..start + length).unwrap_or_default();
                start += length;
            }
        }
        let [seeds, slots, records, cells, british, american] = sections;
        Lexicon {
            table: Table { seeds, slots, records },
            graph: Graph { cells },
            pairs: Pairs { british, american },
        }
    }

    /// What is known of a word as it stands, in any case: `None` for a word that the lexicon does not hold.
    /// Hyphens, digits and possessive endings are not taken off: see [`Lexicon::stem`].
    #[inline]
    pub fn get(&self, word: &str) -> Option<Entry> {
        self.table.get(&Key::new(word)?)
    }

    /// What is known of a word or, if it is not known itself, of the word without its possessive or contracted ending
    /// ("Wednesday’s", "who’d"), or after a contracted article or name particle ("d’Azur", "O’Rourke").
    pub fn get_inflected(&self, word: &str) -> Option<Entry> {
        self.get(word).or_else(|| match stem(word) {
            Some(stem) => self.get(stem),
            None => None,
        })
    }

    /// Whether the word may stand as it is capitalised: "london" may not, "NGOs" and "The" may.
    pub fn knows_as_written(&self, word: &str) -> bool {
        let Some(entry) = self.get_inflected(word) else { return false };
        let starts_lower = word.chars().next().is_some_and(char::is_lowercase);
        !starts_lower || entry.flags.has(Flags::LOWER)
    }
}

/// The word without an ending or a beginning that an apostrophe parts from it.
pub fn stem(word: &str) -> Option<&str> {
    let (at, mark) = word.char_indices().rfind(|&(_, c)| matches!(c, '\'' | '’'))?;
    let after = &word[at + mark.len_utf8()..];
    let before = &word[..at];
    match after {
        // The apostrophe of a plural possessive.
        "" => Some(before),
        "s" | "S" | "d" | "ll" | "re" | "ve" | "D" | "LL" | "RE" | "VE" => Some(before),
        _ if matches!(before, "d" | "D" | "l" | "L" | "O" | "o" | "Mc" | "al" | "Al") => Some(after),
        _ => None,
    }
}
