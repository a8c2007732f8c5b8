//! Runs the rules of a guide over documents, block by block, and remembers what it learned about each block.

pub mod baseline;
pub mod changes;
pub mod checker;
pub mod fingerprint;
pub mod fix;
mod stet;
