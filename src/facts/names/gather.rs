//! Gathers the name words of a draft's blocks into forms with counts and places.
//!
//! Linear in the number of name words: every word is looked up once by the hash of its letters.

use super::{BlockNames, DocNames, Form, Link, Traits, Use};
use crate::document::Document;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Gathers the names of a draft from those of its blocks, given in the order of `Document::blocks`.
pub fn gather<'a>(document: &Document, blocks: impl Iterator<Item = &'a BlockNames>) -> DocNames {
    let mut names = DocNames::default();
    let mut last: Vec<u32> = Vec::new();
    let mut by_hash: HashedMap<u32> = HashMap::default();
    for (placed, block) in document.blocks.iter().zip(blocks) {
        for (index, word) in block.words.iter().enumerate() {
            let at = names.uses.len() as u32;
            // Names do not run from block to block.
            let link = if index == 0 { Link::None } else { word.link };
            let form = *by_hash.entry(word.form).or_insert_with(|| {
                names.forms.push(Form {
                    text: word.span.of(&placed.block.prose).into(),
                    exact: word.form,
                    fold: word.fold,
                    shape: word.shape,
                    standing: word.standing,
                    traits: word.traits.everywhere(),
                    count: 0,
                    firm: 0,
                    loud: 0,
                    first: at,
                });
                last.push(Use::NONE);
                names.forms.len() as u32 - 1
            });
            let known = &mut names.forms[form as usize];
            known.count += 1;
            known.firm += u32::from(!word.traits.has(Traits::FORCED.with(Traits::LOUD)));
            known.loud += u32::from(word.traits.has(Traits::LOUD));
            let before = std::mem::replace(&mut last[form as usize], at);
            if let Some(before) = names.uses.get_mut(before as usize) {
                before.next = at;
            }
            let span = placed.to_source(word.span);
            names.uses.push(Use { form, span, next: Use::NONE, link, traits: word.traits });
        }
    }
    names
}

/// A map whose keys are hashes already.
pub type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Hashed>>;

/// Takes a key that is a hash for what it is.
#[derive(Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

impl Traits {
    /// Without what holds of one place only.
    fn everywhere(self) -> Self {
        Self(self.0 & !(Self::FORCED.0 | Self::LOUD.0 | Self::POSSESSIVE.0 | Self::AFTER_IN.0))
    }
}
