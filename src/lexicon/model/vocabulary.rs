//! The words that the language model knows by number, and what each is easily mistaken for.
//!
//! Laid out to be used in place: a hash table of word numbers over the spellings, one record a word, and one
//! list of likely intended words. Numbers below [`FIRST_WORD`] are classes of units that are no words; numbers
//! below `counted` take part in n-grams; the rest are rare words, known only because they stand next to a frequent one.

use crate::lexicon::model::bytes::u32_at;

/// Classes of units that are no words or unknown ones.
pub mod class {
    /// An unknown word in lower case that ends in none of the endings below.
    pub const UNKNOWN: u32 = 0;
    /// An unknown word with a capital.
    pub const NAME: u32 = 1;
    /// A number in figures.
    pub const NUMBER: u32 = 2;
    /// A number that looks like a year.
    pub const YEAR: u32 = 3;
    /// The end of a sentence, and the outside of a block.
    pub const STOP: u32 = 4;
    /// A comma.
    pub const COMMA: u32 = 5;
    /// A colon or semicolon.
    pub const COLON: u32 = 6;
    /// A dash between words.
    pub const DASH: u32 = 7;
    /// An opening bracket.
    pub const OPEN: u32 = 8;
    /// A closing bracket.
    pub const CLOSE: u32 = 9;
    /// The ending of the possessive.
    pub const POSSESSIVE: u32 = 10;
    /// An unknown word in capitals.
    pub const ACRONYM: u32 = 11;
    /// An unknown word in -s.
    pub const UNKNOWN_S: u32 = 12;
    /// An unknown word in -ed.
    pub const UNKNOWN_ED: u32 = 13;
    /// An unknown word in -ing.
    pub const UNKNOWN_ING: u32 = 14;
    /// An unknown word in -ly.
    pub const UNKNOWN_LY: u32 = 15;
    /// Figures with letters: 18th, 1980s, 5pm.
    pub const MIXED: u32 = 16;
    /// A sum of money.
    pub const MONEY: u32 = 17;
    /// The sign for percent.
    pub const PERCENT: u32 = 18;
}

/// The number of the first word.
pub const FIRST_WORD: u32 = 20;
const HEADER: usize = 32;
const RECORD: usize = 12;
/// Bits of a word's number in the table and in lists.
const ID_BITS: u32 = 18;
const ID_MASK: u32 = (1 << ID_BITS) - 1;

/// How one word turns into another under a writer's hand. The numbers are part of the model's format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub enum Slip {
    /// A neighbouring key was hit.
    Key = 0,
    /// Another letter was written.
    Letter = 1,
    /// A letter was left out.
    Missing = 2,
    /// A letter was doubled.
    Doubled = 3,
    /// A letter was added.
    Extra = 4,
    /// Two letters changed places.
    Swapped = 5,
    /// The last letter was left out.
    Clipped = 6,
    /// An ending in -s, -d, -r or the like was taken for another.
    Ending = 7,
    /// The words sound alike or are taken for each other.
    Confused = 8,
    /// An apostrophe was left out or added.
    Apostrophe = 9,
    /// An ending was added.
    Added = 10,
}

impl Slip {
    /// Every slip, by number.
    pub const ALL: [Slip; 11] = [
        Slip::Key,
        Slip::Letter,
        Slip::Missing,
        Slip::Doubled,
        Slip::Extra,
        Slip::Swapped,
        Slip::Clipped,
        Slip::Ending,
        Slip::Confused,
        Slip::Apostrophe,
        Slip::Added,
    ];

    /// The slip of a number.
    pub fn of(number: u8) -> Slip {
        Slip::ALL.get(usize::from(number)).copied().unwrap_or(Slip::Letter)
    }
}

/// A word that may have been meant.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Number of the word that may have been meant.
    pub word: u32,
    /// How it became the word that stands there: a number of [`Slip`].
    pub slip: u8,
}

/// What is known of a word by itself.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Logarithm of its frequency, in quarters of an octave; 0 if it was never counted.
    pub frequency: u8,
    /// How often it is written with a capital inside a sentence, 0 never … 15 always.
    pub capital: u8,
    /// Size of the smallest SCOWL list that has it, in tens: 1 … 9; 10 if none has.
    pub rarity: u8,
}

/// The vocabulary, laid over bytes.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    words: u32,
    counted: u32,
    table_mask: u32,
    table: &'a [u8],
    records: &'a [u8],
    lists: &'a [u8],
    spellings: &'a [u8],
}

impl<'a> Vocabulary<'a> {
    /// Lays the reader over what [`build`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        let words = u32_at(bytes, 0);
        let table_len = u32_at(bytes, 8) as usize;
        let lists_len = u32_at(bytes, 12) as usize;
        let rest = bytes.get(HEADER..).unwrap_or_default();
        let (table, rest) = split(rest, table_len * 4);
        let (records, rest) = split(rest, (words as usize + 1) * RECORD);
        let (lists, spellings) = split(rest, lists_len * 4);
        let counted = u32_at(bytes, 4);
        Vocabulary {
            words,
            counted,
            table_mask: (table_len as u32).wrapping_sub(1),
            table,
            records,
            lists,
            spellings,
        }
    }

    /// The number of words.
    pub fn len(&self) -> u32 {
        self.words
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// The number of words that take part in n-grams; they come first.
    pub fn counted(&self) -> u32 {
        self.counted
    }

    /// The number of a word written as the vocabulary writes it: lower case with straight apostrophes, or all capitals.
    #[inline]
    pub fn find(&self, spelling: &[u8]) -> Option<u32> {
        let hash = hash(spelling);
        let mut slot = hash as u32 & self.table_mask;
        let tag = (hash >> 50) as u32;
        loop {
            let entry = u32_at(self.table, slot as usize * 4);
            if entry == 0 {
                return None;
            }
            if entry >> ID_BITS == tag {
                let id = entry & ID_MASK;
                if self.spelling(id).as_bytes() == spelling {
                    return Some(id);
                }
            }
            slot = (slot + 1) & self.table_mask;
        }
    }

    /// How a word is written.
    #[inline]
    pub fn spelling(&self, id: u32) -> &'a str {
        let at = u32_at(self.records, id as usize * RECORD) as usize;
        let end = u32_at(self.records, (id as usize + 1) * RECORD) as usize;
        self.spellings.get(at..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// What is known of a word by itself.
    #[inline]
    pub fn word(&self, id: u32) -> Word {
        let bits = u32_at(self.records, id as usize * RECORD + 8);
        Word { frequency: bits as u8, capital: (bits >> 8) as u8 & 15, rarity: (bits >> 12) as u8 & 15 }
    }

    /// The words that may have been meant where this one stands.
    #[inline]
    pub fn candidates(&self, id: u32) -> impl ExactSizeIterator<Item = Candidate> + Clone + 'a {
        let at = u32_at(self.records, id as usize * RECORD + 4) as usize;
        let end = u32_at(self.records, (id as usize + 1) * RECORD + 4) as usize;
        let list = self.lists.get(at * 4..end * 4).unwrap_or_default();
        list.chunks_exact(4).map(|entry| {
            let bits = u32_at(entry, 0);
            Candidate { word: bits & ID_MASK, slip: (bits >> ID_BITS) as u8 }
        })
    }
}

impl Vocabulary<'_> {
    /// The frequency of the most frequent word that may have been meant where this one stands, 0 if there is none.
    pub fn rival(&self, id: u32) -> u8 {
        self.candidates(id).map(|candidate| self.word(candidate.word).frequency).max().unwrap_or(0)
    }
}

/// A word as [`build`] takes it.
pub struct Entry {
    /// How it is written.
    pub spelling: String,
    /// What is known of it.
    pub word: Word,
    /// What may have been meant, likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Lays out a vocabulary; the first `counted` entries take part in n-grams, the first [`FIRST_WORD`] are the classes.
pub fn build(entries: &[Entry], counted: u32) -> Vec<u8> {
    let table_len = (entries.len() * 2).next_power_of_two();
    let mask = table_len as u32 - 1;
    let mut table = vec![0u32; table_len];
    let (mut records, mut lists, mut spellings) = (Vec::new(), Vec::new(), Vec::new());
    for (id, entry) in entries.iter().enumerate() {
        if id as u32 >= FIRST_WORD {
            let hash = hash(entry.spelling.as_bytes());
            let mut slot = hash as u32 & mask;
            while table[slot as usize] != 0 {
                slot = (slot + 1) & mask;
            }
            table[slot as usize] = ((hash >> 50) as u32) << ID_BITS | id as u32;
        }
        let word = entry.word;
        let bits = u32::from(word.frequency) | u32::from(word.capital) << 8 | u32::from(word.rarity) << 12;
        records.extend([spellings.len() as u32, (lists.len()) as u32, bits]);
        spellings.extend_from_slice(entry.spelling.as_bytes());
        lists.extend(entry.candidates.iter().map(|c| c.word | u32::from(c.slip) << ID_BITS));
    }
    records.extend([spellings.len() as u32, lists.len() as u32, 0]);
    let header = [entries.len() as u32, counted, table_len as u32, lists.len() as u32, 0, 0, 0, 0];
    let numbers = [&header[..], &table, &records, &lists].concat();
    let mut bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    bytes.extend(spellings);
    bytes
}

#[inline]
fn hash(bytes: &[u8]) -> u64 {
    let mut h = 0x9E37_79B9_7F4A_7C15u64 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        h = (h ^ u64::from_le_bytes(word)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        h ^= h >> 32;
    }
    h = h.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^ (h >> 29)
}

fn split(bytes: &[u8], at: usize) -> (&[u8], &[u8]) {
    bytes.split_at(at.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(spelling: &str, candidates: Vec<Candidate>) -> Entry {
        Entry {
            spelling: spelling.to_owned(),
            word: Word { frequency: 40, capital: 3, rarity: 2 },
            candidates,
        }
    }

    #[test]
    fn words_are_found_by_spelling_with_their_candidates() {
        let mut entries: Vec<Entry> = (0..FIRST_WORD).map(|id| entry(&format!("<{id}>"), vec![])).collect();
        entries.push(entry("form", vec![Candidate { word: FIRST_WORD + 1, slip: Slip::Swapped as u8 }]));
        entries.push(entry("from", vec![]));
        let bytes = build(&entries, FIRST_WORD + 2);
        let vocabulary = Vocabulary::new(&bytes);
        let form = vocabulary.find(b"form").unwrap();
        assert_eq!(vocabulary.spelling(form), "form");
        assert_eq!(vocabulary.word(form).frequency, 40);
        let candidates: Vec<Candidate> = vocabulary.candidates(form).collect();
        assert_eq!(candidates.len(), 1);
        assert_eq!(vocabulary.spelling(candidates[0].word), "from");
        assert_eq!(Slip::of(candidates[0].slip), Slip::Swapped);
        assert_eq!(vocabulary.find(b"fro"), None);
        assert_eq!(vocabulary.find(b"<4>"), None, "a class is no word");
    }
}
