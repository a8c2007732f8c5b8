//! The quotes desk.

pub mod unclosed_quote;
