//! From the bytes of a file to text, without moving a single offset.
//!
//! Never fails on damaged UTF-8: a byte that is none becomes one U+001A SUBSTITUTE, one byte for one byte,
//! so that every offset of the text is an offset of the file.

use std::sync::Arc;

/// The text of a file. Offsets in `text` are offsets in the file's bytes, byte order mark included.
#[derive(Clone, Debug)]
pub struct Source {
    pub text: Arc<str>,
    pub damage: Option<Damage>,
}

/// Bytes that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Offset of the first such byte.
    pub first: u32,
    /// How many there are.
    pub count: u32,
}

/// Why a file's bytes cannot be read as a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// It begins with a UTF-16 byte order mark.
    Utf16,
    /// Over 4 GiB less one byte: offsets are 32 bits wide.
    TooLarge,
}

/// Stands for one byte that is not UTF-8.
pub const SUBSTITUTE: char = '\u{1A}';

/// Decodes a file's bytes.
pub fn decode(bytes: Vec<u8>) -> Result<Source, NotText> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(NotText::TooLarge);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(NotText::Utf16);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source { text: text.into(), damage: None }),
        Err(error) => Ok(substitute(error.as_bytes())),
    }
}

fn substitute(bytes: &[u8]) -> Source {
    let mut text = String::with_capacity(bytes.len());
    let mut damage: Option<Damage> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            let first = text.len() as u32;
            damage.get_or_insert(Damage { first, count: 0 }).count += 1;
            text.push(SUBSTITUTE);
        }
    }
    Source { text: text.into(), damage }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_survive_bytes_that_are_not_utf8() {
        let source = decode(b"na\xEFve \xE2\x80 caf\xC3\xA9".to_vec()).unwrap();
        assert_eq!(&*source.text, "na\u{1A}ve \u{1A}\u{1A} café");
        assert_eq!(source.damage, Some(Damage { first: 2, count: 3 }));
    }

    #[test]
    fn utf16_is_named_as_such() {
        assert_eq!(decode(b"\xFF\xFEa\0".to_vec()).unwrap_err(), NotText::Utf16);
    }
}
