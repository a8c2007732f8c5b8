//! The quotes desk.

pub mod unattributed_quote;
pub mod unclosed_quote;
