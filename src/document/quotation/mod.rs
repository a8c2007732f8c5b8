//! Marks of quotation and the quotations they make, over all blocks of a document.
//!
//! A quotation over several paragraphs opens each and closes the last only. Knows nothing of who is quoted.

pub mod marks;
pub mod pairing;

use crate::text::span::Span;

/// A mark of quotation in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteMark {
    pub span: Span,
    pub role: Role,
    pub style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Open,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A typewriter's `"`, or two single ones in a row.
    StraightDouble,
    CurlyDouble,
    StraightSingle,
    CurlySingle,
    Guillemet,
}

/// Which marks close which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Double,
    Single,
    Guillemet,
}

/// A direct quotation: one part in each block that it runs through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    pub parts: Vec<QuotePart>,
    /// The style of the mark that opens it.
    pub style: Style,
    pub end: QuoteEnd,
    /// 0 for a quotation, 1 for one inside it, and so on.
    pub depth: u8,
}

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteEnd {
    /// With its closing mark.
    Closed,
    /// Its closing mark is missing.
    Unclosed,
    /// No mark closes it, but what opens it may be no mark of quotation at all.
    Doubtful,
}

/// The part of a quotation that stands in one block, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotePart {
    /// Index into `Document::blocks`.
    pub block: u32,
    pub span: Span,
}

impl Style {
    pub const fn class(self) -> Class {
        match self {
            Self::StraightDouble | Self::CurlyDouble => Class::Double,
            Self::StraightSingle | Self::CurlySingle => Class::Single,
            Self::Guillemet => Class::Guillemet,
        }
    }

    pub const fn is_curly(self) -> bool {
        matches!(self, Self::CurlyDouble | Self::CurlySingle)
    }
}
