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

/// The stretches of a block's prose that stand between marks of quotation, marks included, in order; a quotation that is
/// not closed runs to `end`, the end of the prose.
pub fn stretches(marks: &[QuoteMark], end: u32) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open = None;
    for mark in marks {
        match (mark.role, open) {
            (Role::Open, None) => open = Some(mark.span.start),
            (Role::Close, Some(start)) => {
                out.push(Span::new(start, mark.span.end));
                open = None;
            }
            _ => {}
        }
    }
    out.extend(open.map(|start| Span::new(start, end)));
    out
}

/// Whether one of the stretches, given in order and apart from each other, holds the span.
pub fn holds(stretches: &[Span], span: Span) -> bool {
    let index = stretches.partition_point(|stretch| stretch.end < span.end);
    stretches.get(index).is_some_and(|stretch| stretch.contains(span))
}
