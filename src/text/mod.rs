//! Text as a file holds it: spans of bytes, lines and columns, decoding, edits.
//!
//! Knows nothing of prose: no words, no sentences, no markup.

pub mod edit;
pub mod lines;
pub mod source;
pub mod span;
