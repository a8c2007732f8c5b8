//! Reading little-endian numbers in place. Knows nothing of what they mean; out of range reads as zero, so a
//! damaged file gives silence, never a panic.

/// The 16-bit number at byte `at`.
#[inline]
pub fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u16::from_le_bytes(*chunk))
}

/// The 32-bit number at byte `at`.
#[inline]
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u32::from_le_bytes(*chunk))
}
