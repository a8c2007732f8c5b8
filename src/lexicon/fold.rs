//! Folds a word to the key under which the lexicon knows it: lower-case ASCII letters and straight apostrophes.
//!
//! Invariant: folding is the same in the program and in the builder of `data/lexicon.bin`, allocates nothing, and
//! a folded key folds to itself. This file must never know which words exist.

/// No key is longer than this many bytes; longer words are unknown to the lexicon.
pub const MAX_KEY: usize = 45;

/// A folded word: at most [`MAX_KEY`] bytes of `a`–`z` and `'`.
#[derive(Clone, Copy)]
pub struct Key {
    bytes: [u8; MAX_KEY + 3],
    len: u8,
}

impl Key {
    /// Folds case, Latin diacritics and curly apostrophes. `None` if the word holds anything else than Latin
    /// letters and apostrophes, or is empty or too long.
    #[inline]
    pub fn new(word: &str) -> Option<Key> {
        let source = word.as_bytes();
        if source.len() > MAX_KEY || source.is_empty() {
            return None;
        }
        let mut key = Key { bytes: [0; MAX_KEY + 3], len: source.len() as u8 };
        for (to, &from) in key.bytes.iter_mut().zip(source) {
            let lower = from | 0x20;
            if lower.is_ascii_lowercase() {
                *to = lower;
            } else if from == b'\'' {
                *to = from;
            } else {
                return if from.is_ascii() { None } else { Key::of_unicode(word) };
            }
        }
        Some(key)
    }

    fn of_unicode(word: &str) -> Option<Key> {
        let mut key = Key { bytes: [0; MAX_KEY + 3], len: 0 };
        for c in word.chars() {
            if c.is_ascii_alphabetic() {
                key.push(c.to_ascii_lowercase() as u8)?;
            } else {
                for &b in letters(c)? {
                    key.push(b)?;
                }
            }
        }
        if key.len == 0 { None } else { Some(key) }
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        if usize::from(self.len) == MAX_KEY {
            return None;
        }
        self.bytes[usize::from(self.len)] = byte;
        self.len += 1;
        Some(())
    }

    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        // Only ASCII was ever pushed, so that this cannot fail.
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// A hash that is the same on every machine: eight bytes at a time, folded multiplication
    /// (after wyhash, Wang Yi 2019, public domain).
    #[inline]
    pub fn hash(&self) -> u64 {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut state = u64::from(self.len) ^ 0xa076_1d64_78bd_642f;
        let padded = usize::from(self.len).next_multiple_of(8);
        for chunk in self.bytes[..padded].chunks_exact(8) {
            let mut eight = [0; 8];
            eight.copy_from_slice(chunk);
            state = fold_multiply(state ^ u64::from_le_bytes(eight), MIX);
        }
        fold_multiply(state, 0xe703_7ed1_a0b4_28db)
    }
}

#[inline]
fn fold_multiply(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b | 1);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// The ASCII letters of an apostrophe or a Latin letter with marks; nothing for a mark that stands by itself.
fn letters(c: char) -> Option<&'static [u8]> {
    let ascii: &[u8] = match c {
        '\'' | '’' | 'ʼ' | 'ʻ' | '‘' | '`' | '´' => b"'",
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}' => b"",
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'Ạ'..='ặ' | 'Ə' | 'ə' => b"a",
        'Æ' | 'æ' => b"ae",
        'Ç' | 'ç' | 'Ć'..='č' => b"c",
        'Ð' | 'ð' | 'Ď'..='đ' | 'Ḍ' | 'ḍ' => b"d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ẹ'..='ệ' => b"e",
        'Ĝ'..='ģ' | 'Ǧ' | 'ǧ' => b"g",
        'Ĥ'..='ħ' | 'Ḥ' | 'ḥ' => b"h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ỉ'..='ị' => b"i",
        'Ĵ' | 'ĵ' => b"j",
        'Ķ' | 'ķ' | 'Ḳ' | 'ḳ' => b"k",
        'Ĺ'..='ł' => b"l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => b"n",
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => b"o",
        'Œ' | 'œ' => b"oe",
        'Ŕ'..='ř' => b"r",
        'Ś'..='š' | 'Ș' | 'ș' | 'Ṣ' | 'ṣ' => b"s",
        'ß' | 'ẞ' => b"ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' | 'Ṭ' | 'ṭ' => b"t",
        'Þ' | 'þ' => b"th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ụ'..='ự' => b"u",
        'Ŵ' | 'ŵ' => b"w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => b"y",
        'Ź'..='ž' | 'Ẓ' | 'ẓ' => b"z",
        _ => return None,
    };
    Some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(word: &str) -> Option<String> {
        Key::new(word).map(|key| key.as_str().to_owned())
    }

    #[test]
    fn case_marks_and_apostrophes_fold_away() {
        assert_eq!(fold("Don’t").as_deref(), Some("don't"));
        assert_eq!(fold("CAFÉ").as_deref(), Some("cafe"));
        assert_eq!(fold("cafe\u{301}").as_deref(), Some("cafe"));
        assert_eq!(fold("Łódź").as_deref(), Some("lodz"));
        assert_eq!(fold("Đà").as_deref(), Some("da"));
        assert_eq!(fold("straße").as_deref(), Some("strasse"));
    }

    #[test]
    fn what_is_no_latin_word_has_no_key() {
        for word in ["", "Київ", "a1", "well-known", "\u{301}", &"x".repeat(46)] {
            assert_eq!(fold(word), None, "{word:?}");
        }
    }

    #[test]
    fn a_key_folds_to_itself_and_hashes_alike() {
        for word in ["Zürich", "O’Neill", "Þingvellir", &"é".repeat(22)] {
            let key = Key::new(word).unwrap();
            let again = Key::new(key.as_str()).unwrap();
            assert_eq!((again.as_str(), again.hash()), (key.as_str(), key.hash()));
        }
    }
}
