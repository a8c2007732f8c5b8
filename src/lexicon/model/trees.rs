//! Gradient-boosted trees (Friedman, "Greedy Function Approximation", 2001), laid out to be used in place.
//!
//! Every tree is a complete binary tree of the same depth: one question a node, "is feature f above t", and one
//! sum a leaf. It never knows what the features mean.

use crate::lexicon::model::bytes::{u16_at, u32_at};

/// Questions on the way to a leaf.
pub const DEPTH: usize = 6;
/// Nodes of a tree.
pub const NODES: usize = (1 << DEPTH) - 1;
/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH;
/// Bytes of a tree: feature and threshold a node, a 16-bit sum a leaf.
const TREE: usize = (NODES + 1) * 2 + LEAVES * 2;
const HEADER: usize = 8;
/// Leaf sums are stored in this part of a unit of log odds.
pub const SCALE: f32 = 1.0 / 4096.0;

/// Trees, laid over bytes.
#[derive(Clone, Copy)]
pub struct Trees<'a> {
    bytes: &'a [u8],
    base: i32,
}

impl<'a> Trees<'a> {
    /// Lays the reader over what [`build`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        Trees { base: u32_at(bytes, 0) as i32, bytes: bytes.get(HEADER..).unwrap_or_default() }
    }

    /// The log odds that the features speak for.
    pub fn score(&self, features: &[u8]) -> f32 {
        // As many as a byte can number, so that no answer needs a check.
        let mut asked = [0u8; 256];
        let known = features.len().min(asked.len());
        asked[..known].copy_from_slice(&features[..known]);
        let (trees, _) = self.bytes.as_chunks::<TREE>();
        let sums = trees.iter().map(|tree| {
            let mut node = 0;
            for _ in 0..DEPTH {
                let question = node * 2 % TREE;
                node = node * 2
                    + 1
                    + usize::from(asked[usize::from(tree[question])] > tree[(question + 1) % TREE]);
            }
            i32::from(u16_at(tree, (NODES + 1) * 2 + (node - NODES) * 2) as i16)
        });
        (self.base + sums.sum::<i32>()) as f32 * SCALE
    }
}

/// One tree as [`build`] takes it.
pub struct Tree {
    /// Feature and threshold of each node, a level after the other.
    pub nodes: [(u8, u8); NODES],
    /// Sums of the leaves, in log odds.
    pub leaves: [f32; LEAVES],
}

/// Lays out trees after a base in log odds.
pub fn build(base: f32, trees: &[Tree]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(((base / SCALE) as i32).to_le_bytes());
    bytes.extend((trees.len() as u32).to_le_bytes());
    for tree in trees {
        for (feature, threshold) in tree.nodes {
            bytes.extend([feature, threshold]);
        }
        bytes.extend([0, 0]);
        for leaf in tree.leaves {
            bytes.extend(((leaf / SCALE).round().clamp(-32768.0, 32767.0) as i16).to_le_bytes());
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_asks_its_questions_on_the_way_to_a_leaf() {
        let mut tree = Tree { nodes: [(0, 255); NODES], leaves: [0.0; LEAVES] };
        tree.nodes[0] = (1, 100);
        tree.leaves[0] = -1.0;
        tree.leaves[LEAVES / 2] = 2.0;
        let bytes = build(0.5, &[tree]);
        let trees = Trees::new(&bytes);
        assert_eq!(trees.score(&[0, 100]), -0.5);
        assert_eq!(trees.score(&[0, 101]), 2.5);
    }
}
