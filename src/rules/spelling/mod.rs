//! The spelling desk.

pub mod wrong_form;
pub mod wrong_word;
