//! What blocks say that other blocks and other drafts care about: names, quotations, attributions, forms.
//!
//! Facts are gathered without a guide, so that they can be cached per block whatever the guide says.

pub mod attribution;
pub mod names;
pub mod paragraphs;
pub mod quotes;
pub mod speakers;
pub mod suspects;
pub mod units;
pub mod words;

use crate::document::Document;
use crate::document::analysis::{self, Analysis};
use crate::document::block::Block;
use crate::document::quotation::{Quotation, pairing};
use crate::lexicon::Lexicon;
use crate::lexicon::memo::Memo;
use crate::lexicon::model::Model;
use attribution::Voices;
use names::{BlockNames, DocNames};
use paragraphs::{Paragraph, Sketch};
use quotes::Quote;
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
    pub voices: Voices,
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
    /// The quotations that stand in no other, with who said each.
    pub quotes: Vec<Quote>,
    /// Words that are probably not the ones that were meant, in order.
    pub suspects: Vec<Suspect>,
}

/// Gathers a block's facts.
pub fn of_block(block: &Block) -> BlockFacts {
    MEMO.with(|memo| {
        let analysis = analysis::analyse(block);
        let names = names::extract::names(block, &analysis, memo);
        let sketch = paragraphs::sketch(block, &analysis);
        let voices = attribution::of_block(block, &analysis);
        let words = words::of_block(block, &analysis, memo);
        let suspects = suspects::of_block(block, &analysis, memo);
        BlockFacts { analysis, names, sketch, voices, words, suspects }
    })
}

thread_local! {
    static MEMO: Memo<'static> = Memo::new(Lexicon::embedded(), Model::embedded().vocabulary);
}

/// Gathers a draft's facts from those of its blocks, given in the order of `Document::blocks`.
pub fn of_document(document: &Document, blocks: &[&BlockFacts]) -> DocFacts {
    let marks = blocks.iter().map(|facts| facts.analysis.marks.as_slice());
    let quotations = pairing::pair(document.blocks.iter().map(|placed| &*placed.block).zip(marks));
    let names = names::gather::gather(document, blocks.iter().map(|facts| &facts.names));
    let paragraphs = paragraphs::gather(document, blocks.iter().map(|facts| &facts.sketch));
    let quotes = quotes::settle(document, blocks, &quotations, &names);
    let suspects = suspects::of_document(blocks);
    DocFacts { quotations, names, paragraphs, quotes, suspects }
}
