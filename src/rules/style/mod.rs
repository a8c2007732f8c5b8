//! The style desk.

pub mod mixed_dashes;
