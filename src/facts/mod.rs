//! What blocks say that other blocks and other drafts care about: names, quotations, attributions, forms.
//!
//! Facts are gathered without a guide, so that they can be cached per block whatever the guide says.

pub mod names;
pub mod paragraphs;
pub mod suspects;
pub mod units;
pub mod words;

use crate::document::Document;
use crate::document::analysis::{self, Analysis};
use crate::document::block::Block;
use crate::document::quotation::{Quotation, pairing};
use names::{BlockNames, DocNames};
use paragraphs::{Paragraph, Sketch};
use std::sync::Arc;
use suspects::{BlockSuspects, Suspect};
use words::BlockWords;

/// What one block says. Spans are of the block's prose.
#[derive(Clone, Debug)]
pub struct BlockFacts {
    pub analysis: Analysis,
    pub names: BlockNames,
    /// `None` where the block is no paragraph, or a short one.
    pub sketch: Option<Arc<Sketch>>,
    pub words: BlockWords,
    /// Words that the language model doubts.
    pub suspects: BlockSuspects,
}

/// What a whole draft says, gathered from its blocks.
#[derive(Clone, Debug, Default)]
pub struct DocFacts {
    pub quotations: Vec<Quotation>,
    pub names: DocNames,
    /// The longer paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Words that are probably not the ones that were meant, in order.
    pub suspects: Vec<Suspect>,
}

/// Gathers a block's facts.
pub fn of_block(block: &Block) -> BlockFacts {
    let analysis = analysis::analyse(block);
    let names = names::extract::names(block, &analysis);
    let sketch = paragraphs::sketch(block, &analysis);
    let words = words::of_block(block, &analysis);
    let suspects = suspects::of_block(block, &analysis);
    BlockFacts { analysis, names, sketch, words, suspects }
}

/// Gathers a draft's facts from those of its blocks, given in the order of `Document::blocks`.
pub fn of_document(document: &Document, blocks: &[&BlockFacts]) -> DocFacts {
    let marks = blocks.iter().map(|facts| facts.analysis.marks.as_slice());
    let quotations = pairing::pair(document.blocks.iter().map(|placed| &*placed.block).zip(marks));
    let names = names::gather::gather(document, blocks.iter().map(|facts| &facts.names));
    let paragraphs = paragraphs::gather(document, blocks.iter().map(|facts| &facts.sketch));
    let suspects = suspects::of_document(blocks);
    DocFacts { quotations, names, paragraphs, suspects }
}
