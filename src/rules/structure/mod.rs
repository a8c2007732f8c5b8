//! The structure desk.

pub mod duplicate_paragraph;
pub mod leftover_text;
pub mod unused_stet;
