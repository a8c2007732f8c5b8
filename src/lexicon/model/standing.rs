//! How often the units of a block stood together in the training text: the levels of the pairs, skipped pairs and
//! triples that stand there, each looked up once, whoever asks.

use crate::lexicon::model::counts::{Counts, Gram};
use crate::lexicon::model::features::Around;
use crate::lexicon::model::units::Unit;
use crate::lexicon::model::vocabulary::class;

/// The levels of one block. Keeps its buffers for the next.
pub struct Standing<'a> {
    counts: Counts<'a>,
    /// Two stops, the numbers of the units, two stops.
    ids: Vec<u32>,
    /// Level of the pair that begins with each.
    pairs: Vec<u8>,
    /// The same for skipped pairs and triples; `UNASKED` until somebody asks.
    skips: Vec<u8>,
    triples: Vec<u8>,
}

const UNASKED: u8 = u8::MAX;

impl<'a> Standing<'a> {
    pub fn new(counts: Counts<'a>) -> Self {
        Standing { counts, ids: Vec::new(), pairs: Vec::new(), skips: Vec::new(), triples: Vec::new() }
    }

    /// Takes the units of a block. Every pair is looked up here, in one sweep, so that the look-ups, which wait for
    /// memory, wait together.
    pub fn take(&mut self, units: &[Unit]) {
        self.ids.clear();
        self.ids.extend([class::STOP; 2]);
        self.ids.extend(units.iter().map(|unit| unit.id));
        self.ids.extend([class::STOP; 2]);
        self.pairs.clear();
        let counts = self.counts;
        self.pairs.extend(self.ids.windows(2).map(|pair| counts.level(Gram::Pair(pair[0], pair[1]))));
        for asked in [&mut self.skips, &mut self.triples] {
            asked.clear();
            asked.resize(self.ids.len(), UNASKED);
        }
    }

    /// What stands around unit `at`.
    #[inline]
    pub fn around(&self, at: usize) -> Around {
        let id = |i: usize| self.ids.get(i).copied().unwrap_or(class::STOP);
        Around { left2: id(at), left: id(at + 1), right: id(at + 3), right2: id(at + 4) }
    }

    /// The levels of the four pairs around unit `at`, in order: it stands in the second and the third.
    #[inline]
    pub fn pairs(&self, at: usize) -> [u8; 4] {
        self.pairs.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default()
    }

    /// The level of the skipped pair that begins two units before `at`.
    #[inline]
    pub fn skip(&mut self, at: usize) -> u8 {
        let (Some(level), Some(&[first, _, last])) = (self.skips.get_mut(at), window(&self.ids, at)) else {
            return 0;
        };
        if *level == UNASKED {
            *level = self.counts.level(Gram::Skip(first, last));
        }
        *level
    }

    /// The level of the triple that begins two units before `at`.
    #[inline]
    pub fn triple(&mut self, at: usize) -> u8 {
        let (Some(level), Some(&[first, middle, last])) = (self.triples.get_mut(at), window(&self.ids, at))
        else {
            return 0;
        };
        if *level == UNASKED {
            *level = self.counts.level(Gram::Triple(first, middle, last));
        }
        *level
    }
}

#[inline]
fn window(ids: &[u32], from: usize) -> Option<&[u32; 3]> {
    ids.get(from..)?.first_chunk()
}
