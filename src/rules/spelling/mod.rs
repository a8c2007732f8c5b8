//! The spelling desk.

pub mod misspelled_word;
pub mod mixed_dialect;
pub mod repeated_word;
pub mod wrong_article;
pub mod wrong_form;
pub mod wrong_word;
