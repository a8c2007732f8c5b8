//! What is read off a block without knowing anything else: tokens, sentences, marks of quotation.

use super::block::Block;
use super::quotation::{QuoteMark, marks};
use super::sentence::{self, Sentence};
use super::token::{self, Token};

/// The analysis of one block.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub marks: Vec<QuoteMark>,
}

pub fn analyse(block: &Block) -> Analysis {
    let tokens = token::tokenize(&block.prose);
    let sentences = sentence::sentences(&block.prose, &tokens);
    let marks = marks::marks(&block.prose, &tokens);
    Analysis { tokens, sentences, marks }
}
