//! The words worth suggesting, as a graph that shares beginnings and endings (a minimal acyclic automaton:
//! Daciuk, Mihov, Watson and Watson, 2000), walked where it lies.
//!
//! An edge is 32 bits: the letter (5), whether a word ends there (1), whether it is the last of its siblings (1), and
//! the number of its target's first edge (25; 0 = no target). Invariant: siblings stand together, in the order of
//! their letters.

use super::bytes::u32_at;

#[derive(Clone, Copy)]
pub struct Graph {
    pub edges: &'static [u8],
}

#[derive(Clone, Copy, Debug)]
pub struct Edge(pub u32);

/// Where a walk stands: the first edge that leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(pub u32);

impl Graph {
    /// Edge 0 is no edge; the beginning is edge 1.
    pub fn root(&self) -> Node {
        Node(1)
    }

    pub fn edges(&self, node: Node) -> impl Iterator<Item = Edge> + '_ {
        let mut next = node.0;
        std::iter::from_fn(move || {
            if next == 0 {
                return None;
            }
            let edge = Edge(u32_at(self.edges, next as usize));
            // A zero edge is out of bounds: nothing follows it.
            next = if edge.is_last() || edge.0 == 0 { 0 } else { next + 1 };
            Some(edge).filter(|e| e.0 != 0)
        })
    }

    /// The edge of one letter.
    pub fn step(&self, node: Node, letter: u8) -> Option<Edge> {
        self.edges(node).find(|edge| edge.letter() == letter)
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
    pub fn new(letter: u8, ends_word: bool, is_last: bool, target: Node) -> Edge {
        Edge(u32::from(code(letter)) | u32::from(ends_word) << 5 | u32::from(is_last) << 6 | target.0 << 7)
    }

    #[inline]
    pub fn letter(self) -> u8 {
        match (self.0 & 31) as u8 {
            27 => b'\'',
            n => b'a' - 1 + n,
        }
    }

    #[inline]
    pub fn ends_word(self) -> bool {
        self.0 >> 5 & 1 == 1
    }

    #[inline]
    pub fn is_last(self) -> bool {
        self.0 >> 6 & 1 == 1
    }

    #[inline]
    pub fn target(self) -> Node {
        Node(self.0 >> 7)
    }
}

/// 1–26 for the letters, 27 for the apostrophe: never 0, which is no edge.
fn code(letter: u8) -> u8 {
    if letter == b'\'' { 27 } else { letter - b'a' + 1 }
}
