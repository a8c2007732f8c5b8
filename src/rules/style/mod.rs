//! The style desk.

pub mod discouraged_term;
pub mod inflection;
pub mod mixed_dashes;
