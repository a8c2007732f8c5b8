//! copydesk reads a draft as a copy desk reads it, before it goes out.
//!
//! The modules stand in reading order; each imports only from those before it
//! (`tests/architecture.rs` holds this). The core does no I/O and knows neither
//! the command line nor the language server: those two are siblings at the end.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod text;

pub mod lexicon;

pub mod document;

pub mod finding;

pub mod facts;

pub mod guide;

pub mod rules;

pub mod engine;

pub mod report;

pub mod cli;

pub mod lsp;
