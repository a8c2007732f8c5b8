//! Runs the rules of a guide over documents, block by block, and remembers what it learned about each block.

pub mod checker;
mod stet;
