//! A house's own dictionary in Hunspell's format: the words of a team's `.aff` and `.dic` files.
//!
//! This file must never know where the files lie.

/// A dictionary, read.
#[derive(Clone)]
pub struct Hunspell {
    dictionary: spellbook::Dictionary,
}

impl Hunspell {
    /// Reads the texts of a `.aff` and a `.dic` file; `None` if they are no dictionary.
    pub fn parse(aff: &str, dic: &str) -> Option<Hunspell> {
        spellbook::Dictionary::new(aff, dic).ok().map(|dictionary| Hunspell { dictionary })
    }

    /// Whether the dictionary holds the word as it stands, its affixes and capitals considered.
    pub fn knows(&self, word: &str) -> bool {
        self.dictionary.check(word) || word.contains('’') && self.dictionary.check(&word.replace('’', "'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_and_capitals_are_considered() {
        let aff = "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n";
        let dictionary = Hunspell::parse(aff, "2\ndanfo/S\nIkorodu\n").unwrap();
        for word in ["danfo", "Danfo", "danfos", "Ikorodu"] {
            assert!(dictionary.knows(word), "{word}");
        }
        for word in ["ikorodu", "danfoes"] {
            assert!(!dictionary.knows(word), "{word}");
        }
    }

    #[test]
    fn what_is_no_dictionary_is_none() {
        assert!(Hunspell::parse("", "").is_none());
    }
}
