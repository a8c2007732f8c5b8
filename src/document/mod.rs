//! A draft as blocks of prose, with an exact map from every byte of prose back to the file.
//!
//! Parsing never fails: whatever the bytes, there is a document. Code, URLs, tags and attributes are no prose.
//! Knows nothing of rules, guides or findings.

pub mod abbreviation;
pub mod address;
pub mod analysis;
pub mod block;
pub mod builder;
pub mod flow;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod plain;
pub mod quotation;
pub mod sentence;
pub mod stet;
pub mod template;
pub mod token;

use block::Placed;
use std::path::Path;
use std::sync::Arc;
use stet::Stet;

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Markdown,
    Html,
    Plain,
}

/// A draft, parsed.
#[derive(Clone, Debug)]
pub struct Document {
    pub text: Arc<str>,
    pub format: Format,
    /// The blocks in the order in which they begin in the file. They do not overlap, but one may hold others, which
    /// follow it: a picture's alternative text stands inside its paragraph.
    pub blocks: Vec<Placed>,
    /// The places where the writer asked to let something stand, in the order of the file.
    pub stets: Vec<Stet>,
}

/// Parses a draft.
pub fn parse(text: Arc<str>, format: Format) -> Document {
    match format {
        Format::Markdown => markdown::parse(text),
        Format::Html => html::parse(text),
        Format::Plain => plain::parse(text),
    }
}

impl Format {
    /// The format that a file's name promises; `None` where the name is not that of a draft.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "mkd" | "mdx" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "txt" | "text" => Some(Self::Plain),
            _ => None,
        }
    }
}

impl Document {
    /// The index of the innermost block that holds a source offset, if one does.
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        let next = self.blocks.partition_point(|block| block.src.start <= offset);
        // Only the words of pictures and links stand inside a block, and few of them.
        (0..next).rev().take(64).find(|&index| offset <= self.blocks[index].src.end)
    }
}
