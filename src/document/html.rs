//! HTML to blocks of prose.

use super::{Document, Format, plain};
use std::sync::Arc;

/// Parses HTML.
pub fn parse(text: Arc<str>) -> Document {
    Document { format: Format::Html, ..plain::parse(text) }
}
