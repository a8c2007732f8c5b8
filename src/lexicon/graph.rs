//! The words worth suggesting, as a graph that shares beginnings and endings (a minimal acyclic automaton:
//! Daciuk, Mihov, Watson and Watson, 2000), walked where it lies.
//!
//! A node is a 32-bit set of the letters that go on from it, and after it one edge a letter, in their order: 32 bits,
//! of which the lowest says whether a word ends there, the next two how frequent the words beyond it are, and the others
//! where the next node stands (0: nowhere). A letter is found by counting the set's bits below its own, without looking
//! at its siblings; words that are too rare to be reached are seen from afar.

use super::bytes::u32_at;

#[derive(Clone, Copy)]
pub struct Graph {
    /// Nodes and edges, 32 bits each.
    pub cells: &'static [u8],
}

/// One letter further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge(pub u32);

/// Where a walk stands: the number of the cell that holds the set of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(pub u32);

impl Graph {
    /// Cell 0 is no node; the beginning is cell 1.
    pub fn root(&self) -> Node {
        Node(1)
    }

    /// The letters that go on from a node, with their edges.
    #[inline]
    pub fn edges(&self, node: Node) -> impl Iterator<Item = (u8, Edge)> + 'static {
        let cells = self.cells;
        let mut letters = u32_at(cells, node.0 as usize);
        let mut at = node.0 as usize;
        std::iter::from_fn(move || {
            if letters == 0 {
                return None;
            }
            let bit = letters.trailing_zeros();
            letters &= letters - 1;
            at += 1;
            Some((letter_of(bit), Edge(u32_at(cells, at))))
        })
    }

    /// The edge of one letter.
    #[inline]
    pub fn step(&self, node: Node, letter: u8) -> Option<Edge> {
        let letters = u32_at(self.cells, node.0 as usize);
        let bit = 1u32.checked_shl(bit_of(letter))?;
        let at = node.0 + 1 + (letters & (bit - 1)).count_ones();
        (letters & bit != 0).then(|| Edge(u32_at(self.cells, at as usize)))
    }

    /// Whether the folded word is worth suggesting.
    pub fn contains(&self, word: &str) -> bool {
        let mut node = self.root();
        let mut ends = false;
        for &letter in word.as_bytes() {
            let Some(edge) = self.step(node, letter) else { return false };
            (node, ends) = (edge.target(), edge.ends_word());
        }
        ends
    }
}

impl Edge {
    pub fn new(ends_word: bool, band: u8, target: Node) -> Edge {
        Edge(u32::from(ends_word) | u32::from(band) << 1 | target.0 << 3)
    }

    #[inline]
    pub fn ends_word(self) -> bool {
        self.0 & 1 == 1
    }

    /// The band of the most frequent word that ends here or further on.
    #[inline]
    pub fn band(self) -> u8 {
        (self.0 >> 1 & 3) as u8
    }

    #[inline]
    pub fn target(self) -> Node {
        Node(self.0 >> 3)
    }
}

/// The highest frequency in each band, in quarters of a doubling.
pub const BANDS: [u8; 4] = [27, 43, 59, u8::MAX];

/// The band of a frequency.
pub fn band_of(frequency: u8) -> u8 {
    BANDS.iter().take_while(|&&highest| frequency > highest).count() as u8
}

/// The letter's bit in a set: the apostrophe before the letters from a to z, so that sets keep their order. What is no
/// letter has none below 32.
#[inline]
pub fn bit_of(letter: u8) -> u32 {
    if letter == b'\'' { 0 } else { u32::from(letter.wrapping_sub(b'a')).saturating_add(1) }
}

#[inline]
fn letter_of(bit: u32) -> u8 {
    if bit == 0 { b'\'' } else { b'a' - 1 + bit as u8 }
}
