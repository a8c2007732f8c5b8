//! The names desk.

pub mod across;
pub mod company;
pub mod name_variant;
pub mod variants;
