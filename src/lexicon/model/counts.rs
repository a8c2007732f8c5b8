//! How often words stood together: a static function from n-gram keys to small counts, used in place.
//!
//! The store is a binary fuse filter (Graf and Lemire, "Binary Fuse Filters", 2022) whose entries carry, beside
//! the fingerprint, a count on a logarithmic scale. Keys themselves are not kept: an n-gram that was never
//! counted is taken for one that was about once in 2^`FINGERPRINT_BITS` questions. It never knows what a key stands for.

use crate::lexicon::model::bytes::u32_at;

/// Bits that tell a stored key from another.
pub const FINGERPRINT_BITS: u32 = 8;
/// Bits of the count's level.
pub const LEVEL_BITS: u32 = 4;
/// The highest level of a count.
pub const MAX_LEVEL: u8 = (1 << LEVEL_BITS) - 1;
const ENTRY_BITS: u32 = FINGERPRINT_BITS + LEVEL_BITS;
const ENTRY_MASK: u32 = (1 << ENTRY_BITS) - 1;
/// Bytes of the header: seed, segment length, segment count × length, each 4 bytes, and 4 unused.
const HEADER: usize = 16;

/// Octaves between two levels.
const OCTAVES: f32 = 1.25;

/// The level that a weighted count is stored as: 0 for none.
pub fn level_of(count: f32) -> u8 {
    if count < 1.0 {
        return 0;
    }
    (1.0 + count.log2() / OCTAVES).min(f32::from(MAX_LEVEL)) as u8
}

/// The count that stands for a level.
#[inline]
pub fn count_of(level: u8) -> f32 {
    COUNTS[usize::from(level & MAX_LEVEL)]
}

/// The middle of each level: 2 to the power of `OCTAVES` × (level − ½).
const COUNTS: [f32; 1 << LEVEL_BITS] = [
    0.0, 1.542_211, 3.668_016, 8.724_062, 20.749_43, 49.350_75, 117.376_5, 279.17, 663.981_9, 1_579.224,
    3_756.049, 8_933.439, 21_247.42, 50_535.16, 120_193.6, 285_870.1,
];

/// Where an n-gram is looked up. Kinds keep pairs, skipped pairs and triples apart.
#[derive(Clone, Copy)]
pub enum Gram {
    /// Two units that follow each other.
    Pair(u32, u32),
    /// Two units with one between them.
    Skip(u32, u32),
    /// Three units that follow each other.
    Triple(u32, u32, u32),
}

impl Gram {
    /// The key, unique for unit numbers below 2^20.
    #[inline]
    pub fn key(self) -> u64 {
        match self {
            Gram::Pair(a, b) => (u64::from(a) << 40) | (u64::from(b) << 20) | 0xF_FFFF,
            Gram::Skip(a, b) => (u64::from(a) << 40) | 0xF_FFFF << 20 | u64::from(b),
            Gram::Triple(a, b, c) => (u64::from(a) << 40) | (u64::from(b) << 20) | u64::from(c),
        }
    }
}

/// Counts of n-grams, laid over bytes.
#[derive(Clone, Copy)]
pub struct Counts<'a> {
    bytes: &'a [u8],
    seed: u64,
    segment: u32,
    range: u32,
}

impl<'a> Counts<'a> {
    /// Lays the reader over what [`build`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        Counts {
            seed: u64::from(u32_at(bytes, 0)),
            segment: u32_at(bytes, 4).max(1),
            range: u32_at(bytes, 8),
            bytes: bytes.get(HEADER..).unwrap_or_default(),
        }
    }

    /// The level of an n-gram's count, 0 if it was not seen often enough to be kept.
    #[inline]
    pub fn level(&self, gram: Gram) -> u8 {
        let hash = mix(gram.key(), self.seed);
        let [a, b, c] = slots(hash, self.segment, self.range);
        let entry = self.entry(a) ^ self.entry(b) ^ self.entry(c) ^ fingerprint(hash);
        if entry >> LEVEL_BITS == 0 { entry as u8 } else { 0 }
    }

    #[inline]
    fn entry(&self, slot: u32) -> u32 {
        let bit = u64::from(slot) * u64::from(ENTRY_BITS);
        (u32_at(self.bytes, (bit / 8) as usize) >> (bit % 8)) & ENTRY_MASK
    }
}

/// Lays out keys and their levels. Keys must be unique. None if no seed among many works, which keys that
/// are unique make all but impossible.
pub fn build(keys: &[(u64, u8)]) -> Option<Vec<u8>> {
    let n = keys.len().max(2) as f64;
    let segment = 1u32 << ((n.ln() / 3.33f64.ln() + 2.25).floor() as u32).min(18);
    let factor = (0.875 + 0.25 * 1e6f64.ln() / n.ln()).max(1.125);
    let segments = ((n * factor / f64::from(segment)).ceil() as u32).max(3) - 2;
    let range = segments * segment;
    let size = (range + 2 * segment) as usize;
    (1..100u32).find_map(|seed| {
        let order = peel(keys, seed, segment, range, size)?;
        let mut entries = vec![0u32; size];
        for &(key, slot) in order.iter().rev() {
            let (key, level) = keys[key as usize];
            let hash = mix(key, u64::from(seed));
            let [a, b, c] = slots(hash, segment, range);
            let value = fingerprint(hash) ^ u32::from(level);
            let others = entries[a as usize] ^ entries[b as usize] ^ entries[c as usize];
            entries[slot as usize] ^= value ^ others;
        }
        Some(pack(&entries, seed, segment, range))
    })
}

/// The order in which keys can be placed, last first, each with the slot that is its own.
fn peel(keys: &[(u64, u8)], seed: u32, segment: u32, range: u32, size: usize) -> Option<Vec<(u32, u32)>> {
    let mut count = vec![0u32; size];
    let mut xor = vec![0u32; size];
    for (i, &(key, _)) in keys.iter().enumerate() {
        for slot in slots(mix(key, u64::from(seed)), segment, range) {
            count[slot as usize] += 1;
            xor[slot as usize] ^= i as u32;
        }
    }
    let mut order = Vec::with_capacity(keys.len());
    let mut single: Vec<u32> = (0..size as u32).filter(|&slot| count[slot as usize] == 1).collect();
    while let Some(slot) = single.pop() {
        if count[slot as usize] != 1 {
            continue;
        }
        let key = xor[slot as usize];
        order.push((key, slot));
        for other in slots(mix(keys[key as usize].0, u64::from(seed)), segment, range) {
            count[other as usize] -= 1;
            xor[other as usize] ^= key;
            if count[other as usize] == 1 {
                single.push(other);
            }
        }
    }
    (order.len() == keys.len()).then_some(order)
}

fn pack(entries: &[u32], seed: u32, segment: u32, range: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = [seed, segment, range, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
    let body = (entries.len() * ENTRY_BITS as usize).div_ceil(8) + 8;
    bytes.resize(HEADER + body, 0);
    for (slot, &entry) in entries.iter().enumerate() {
        let bit = slot * ENTRY_BITS as usize;
        let shifted = (u64::from(entry)) << (bit % 8);
        for (k, byte) in shifted.to_le_bytes().iter().take(4).enumerate() {
            bytes[HEADER + bit / 8 + k] |= byte;
        }
    }
    bytes
}

#[inline]
fn mix(key: u64, seed: u64) -> u64 {
    let mut h = key ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h = (h ^ (h >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    h = (h ^ (h >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^ (h >> 33)
}

#[inline]
fn fingerprint(hash: u64) -> u32 {
    ((hash ^ (hash >> 29)) as u32 & ((1 << FINGERPRINT_BITS) - 1)) << LEVEL_BITS
}

/// Three slots in three neighbouring segments.
#[inline]
fn slots(hash: u64, segment: u32, range: u32) -> [u32; 3] {
    let mask = segment - 1;
    let first = ((u128::from(hash) * u128::from(range)) >> 64) as u32;
    let second = (first + segment) ^ ((hash >> 18) as u32 & mask);
    let third = (first + 2 * segment) ^ (hash as u32 & mask);
    [first, second, third]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_found_again() {
        let keys: Vec<(u64, u8)> =
            (0..5000u32).map(|n| (Gram::Triple(n, n + 1, n + 2).key(), (n % 15) as u8 + 1)).collect();
        let bytes = build(&keys).unwrap();
        let counts = Counts::new(&bytes);
        for n in 0..5000u32 {
            assert_eq!(counts.level(Gram::Triple(n, n + 1, n + 2)), (n % 15) as u8 + 1);
        }
    }

    #[test]
    fn what_was_not_counted_is_seldom_taken_for_what_was() {
        let keys: Vec<(u64, u8)> = (0..5000u32).map(|n| (Gram::Pair(n, n).key(), 7)).collect();
        let bytes = build(&keys).unwrap();
        let counts = Counts::new(&bytes);
        let wrong = (0..10_000u32).filter(|&n| counts.level(Gram::Skip(n, n + 1)) > 0).count();
        assert!(wrong < 100, "{wrong} of 10,000");
    }

    #[test]
    fn kinds_of_ngrams_have_keys_of_their_own() {
        let keys =
            [Gram::Pair(1, 2), Gram::Skip(1, 2), Gram::Triple(1, 2, 3), Gram::Pair(2, 1)].map(Gram::key);
        let mut unique = keys.to_vec();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), keys.len());
    }

    #[test]
    fn a_level_stands_for_about_its_count() {
        for count in [1.0f32, 5.0, 60.0, 900.0, 30_000.0] {
            let ratio = count_of(level_of(count)) / count;
            assert!((0.6..1.7).contains(&ratio), "{count}: {ratio}");
        }
        assert_eq!(level_of(0.0), 0);
        for level in 1..=MAX_LEVEL {
            let middle = ((f32::from(level) - 0.5) * OCTAVES).exp2();
            assert!((count_of(level) / middle - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn no_bytes_know_nothing() {
        assert_eq!(Counts::new(&[]).level(Gram::Pair(30, 31)), 0);
    }
}
