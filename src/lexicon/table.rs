//! A perfect hash table from words to entries, read where it lies.
//!
//! A word's hash picks a bucket, the bucket's seed picks the slot, and the slot holds 15 more bits of the hash and
//! the number of the entry (hash and displace: Belazzougui, Botelho and Dietzfelbinger, 2009). Of the words
//! that are not in the table, one in 32,768 is taken for one that is. Invariant: position and fingerprint are
//! the same in the program and in the builder of `data/lexicon.bin`.

use super::bytes::{u16_at, u32_at};
use super::entry::Entry;
use super::fold::Key;

#[derive(Clone, Copy)]
pub struct Table {
    /// A seed of 16 bits for each bucket.
    pub seeds: &'static [u8],
    /// A fingerprint and a record number, 16 bits each, for each slot.
    pub slots: &'static [u8],
    /// The distinct entries, 32 bits each.
    pub records: &'static [u8],
}

impl Table {
    #[inline]
    pub fn get(&self, key: &Key) -> Option<Entry> {
        let hash = key.hash();
        let bucket = bucket(hash, self.seeds.len() / 2);
        let slot = slot(hash, u16_at(self.seeds, bucket), self.slots.len() / 4);
        let held = u32_at(self.slots, slot);
        if (held & 0xffff) as u16 != fingerprint(hash) {
            return None;
        }
        Some(Entry::unpack(u32_at(self.records, (held >> 16) as usize)))
    }
}

/// The bucket of a hash among `buckets`.
#[inline]
pub fn bucket(hash: u64, buckets: usize) -> usize {
    reduce(hash >> 32, buckets)
}

/// The slot of a hash under its bucket's seed among `slots`.
#[inline]
pub fn slot(hash: u64, seed: u16, slots: usize) -> usize {
    let mixed =
        (hash ^ u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    reduce(mixed >> 32, slots)
}

/// Never zero, so that an empty slot matches nothing.
#[inline]
pub fn fingerprint(hash: u64) -> u16 {
    (hash as u16) | 1 << 15
}

#[inline]
fn reduce(upper: u64, size: usize) -> usize {
    (((upper & 0xffff_ffff) * size as u64) >> 32) as usize
}
