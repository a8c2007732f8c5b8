//! Names that English writes in several ways: families of spellings, and a key for words that sound alike.
//!
//! The families are written by hand (`families.txt`): the alternate names of the gazetteers mix all languages, and what
//! they hold as another spelling (Delhi, Deli; Granada, Grenada) is mostly another word in English.

use super::Fold;
use super::extract::fold;
use super::gather::HashedMap;
use std::sync::OnceLock;

/// A family of spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    pub number: u16,
    /// Given names of many people, who spell them in their own ways: one name only beside the same surname.
    pub is_given: bool,
}

/// The family that a word is of.
pub fn of(word: Fold) -> Option<Family> {
    static FAMILIES: OnceLock<HashedMap<Family>> = OnceLock::new();
    FAMILIES.get_or_init(|| read(include_str!("families.txt"))).get(&word.hash).copied()
}

fn read(text: &str) -> HashedMap<Family> {
    let mut out = HashedMap::default();
    for (number, line) in text.lines().filter(|line| !line.starts_with('#')).enumerate() {
        let is_given = line.starts_with('=');
        for word in line.trim_start_matches('=').split_whitespace() {
            out.insert(fold(word).hash, Family { number: number as u16, is_given });
        }
    }
    out
}

/// A hash under which spellings of one sound meet: Qasem and Qassem, Aleksei and Alexey. `None` for a word that is
/// too short to be known by its sound, or no Latin word. Consonants are written as English hears them, and vowels count
/// only by their places: it is they that transliterations disagree about.
pub fn sound(letters: &[char]) -> Option<u64> {
    if letters.len() < 5 || !letters.iter().all(char::is_ascii_lowercase) {
        return None;
    }
    let mut out: Vec<u8> = Vec::with_capacity(letters.len() + 2);
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sound, length): (&[u8], usize) = match (letter, next) {
            ('p', 'h') => (b"f", 2),
            ('g' | 'k', 'h') | ('c', 'k') => (b"k", 2),
            ('s', 'h') => (b"x", 2),
            ('c', 'h') => (b"c", 2),
            ('t', 'h') => (b"t", 2),
            ('d', 'j') | ('z', 'h') => (b"j", 2),
            ('d', 'z') if letters.get(at + 2) == Some(&'h') => (b"j", 3),
            ('c', 'e' | 'i' | 'y') => (b"s", 1),
            ('c' | 'q' | 'k' | 'g', _) => (b"k", 1),
            ('x', _) => (b"ks", 1),
            ('w', _) => (b"v", 1),
            ('z', _) => (b"s", 1),
            ('y', 'a' | 'e' | 'i' | 'o' | 'u') if at == 0 => (b"y", 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) => (b"a", 1),
            ('h', next) if !is_vowel(next) => (b"", 1),
            _ => (&[letter as u8], 1),
        };
        for byte in sound {
            if out.last() != Some(byte) {
                out.push(*byte);
            }
        }
        at += length;
    }
    let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    (out.len() >= 4).then(|| out.iter().fold(0xcbf2_9ce4_8422_2325, hash))
}

fn is_vowel(char: char) -> bool {
    matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_of_two_families() {
        let words: Vec<&str> = include_str!("families.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.trim_start_matches('=').split_whitespace())
            .collect();
        for (index, word) in words.iter().enumerate() {
            assert!(!words[..index].contains(word), "{word}");
        }
        assert_eq!(
            of(fold("Kyiv")).map(|family| family.number),
            of(fold("KIEV")).map(|family| family.number)
        );
    }

    #[test]
    fn spellings_of_one_sound_meet() {
        let key = |word: &str| sound(&word.chars().collect::<Vec<_>>());
        assert_eq!(key("qassem"), key("qasem"));
        assert_eq!(key("aleksei"), key("alexey"));
        assert_ne!(key("martin"), key("marvin"));
        assert_eq!(key("li"), None);
    }
}
