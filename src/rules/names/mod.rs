//! The names desk.

pub mod across;
pub mod caption_name;
pub mod company;
pub mod disallowed_name;
pub mod first_reference;
pub mod name_variant;
pub mod undefined_acronym;
pub mod variants;
