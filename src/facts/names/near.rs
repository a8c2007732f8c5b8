//! Which words are one slip apart, found without comparing each with each.
//!
//! Two words one slip apart (a letter left out, put in, changed, or two swapped) share a word that comes of leaving
//! out at most one letter of each: the deletion neighbourhood of Mor and Fraenkel (1982), as in SymSpell. Invariant:
//! time grows with the letters of the words alone.

use super::gather::HashedMap;

/// How one word becomes the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring letters swapped.
    Swapped { at: usize },
    /// One letter for another.
    Changed { at: usize },
    /// The first word has one letter more.
    Extra { at: usize },
    /// The first word has one letter less.
    Missing { at: usize },
}

/// Words to find neighbours among, each under a number of the caller's.
#[derive(Default)]
pub struct Neighbourhood {
    by_deletion: HashedMap<Vec<u32>>,
}

impl Neighbourhood {
    /// Adds a word, in lower case.
    pub fn insert(&mut self, letters: &[char], number: u32) {
        deletions(letters, |hash| {
            let numbers = self.by_deletion.entry(hash).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        });
    }

    /// The numbers of the words that may be one slip from this one, each once. Some are further: `slip` decides.
    pub fn near(&self, letters: &[char], out: &mut Vec<u32>) {
        out.clear();
        deletions(letters, |hash| {
            if let Some(numbers) = self.by_deletion.get(&hash) {
                out.extend(numbers);
            }
        });
        out.sort_unstable();
        out.dedup();
    }
}

/// The one slip that makes `wrong` of `right`; `None` where they are equal or further apart.
pub fn slip(wrong: &[char], right: &[char]) -> Option<Slip> {
    let prefix = wrong.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (a, b) = (&wrong[prefix..], &right[prefix..]);
    match (a, b) {
        ([], []) => None,
        ([x1, y1, rest1 @ ..], [x2, y2, rest2 @ ..]) if x1 == y2 && y1 == x2 && rest1 == rest2 => {
            Some(Slip::Swapped { at: prefix })
        }
        ([_, rest1 @ ..], [_, rest2 @ ..]) if rest1 == rest2 => Some(Slip::Changed { at: prefix }),
        ([_, rest @ ..], all) if rest == all => Some(Slip::Extra { at: prefix }),
        (all, [_, rest @ ..]) if rest == all => Some(Slip::Missing { at: prefix }),
        _ => None,
    }
}

/// Hashes of the word and of all words that come of leaving out one letter.
fn deletions(letters: &[char], mut each: impl FnMut(u64)) {
    const BASE: u64 = 0x0000_0100_0000_01b3;
    let step =
        |hash: u64, letter: char| hash.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(letter)) + 1);
    let mix = |hash: u64| {
        let mixed = hash ^ (hash >> 31);
        mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    each(mix(letters.iter().fold(0, |hash, letter| step(hash, *letter))));
    // The hash without letter i is the prefix's hash shifted by the suffix's length, plus the suffix's hash.
    let mut suffix = 0_u64;
    let mut power = 1_u64;
    let mut prefixes = [0_u64; MAX_LETTERS + 1];
    let letters = &letters[..letters.len().min(MAX_LETTERS)];
    for (index, letter) in letters.iter().enumerate() {
        prefixes[index + 1] = step(prefixes[index], *letter);
    }
    for (index, letter) in letters.iter().enumerate().rev() {
        each(mix(prefixes[index].wrapping_mul(power).wrapping_add(suffix)));
        suffix = (u64::from(u32::from(*letter)) + 1).wrapping_mul(power).wrapping_add(suffix);
        power = power.wrapping_mul(BASE);
    }
}

/// Longer words are compared by their beginnings.
const MAX_LETTERS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[test]
    fn one_slip_is_told_from_two() {
        assert_eq!(slip(&letters("okoor"), &letters("okoro")), Some(Slip::Swapped { at: 3 }));
        assert_eq!(slip(&letters("okara"), &letters("okora")), Some(Slip::Changed { at: 2 }));
        assert_eq!(slip(&letters("okooro"), &letters("okoro")), Some(Slip::Extra { at: 3 }));
        assert_eq!(slip(&letters("okro"), &letters("okoro")), Some(Slip::Missing { at: 2 }));
        assert_eq!(slip(&letters("okoro"), &letters("okoro")), None);
        assert_eq!(slip(&letters("oxaro"), &letters("okoro")), None);
    }

    #[test]
    fn neighbours_are_found_whatever_the_slip() {
        let mut near = Neighbourhood::default();
        near.insert(&letters("okoro"), 7);
        near.insert(&letters("zulu"), 8);
        let mut out = Vec::new();
        for word in ["okoor", "okaro", "okooro", "okro", "koro", "okoro"] {
            near.near(&letters(word), &mut out);
            assert_eq!(out, [7], "{word}");
        }
        near.near(&letters("okaru"), &mut out);
        assert!(out.is_empty());
    }
}
