//! The structure desk.

pub mod unused_stet;
