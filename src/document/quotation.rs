//! Marks of quotation and the quotations they make, over all blocks of a document.
//!
//! An apostrophe, feet and inches and elisions are no marks of quotation. A quotation over several paragraphs opens
//! each and closes the last only.

use super::block::{Block, BlockKind};
use super::token::{Token, TokenKind};
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
    StraightDouble,
    CurlyDouble,
    StraightSingle,
    CurlySingle,
    Guillemet,
}

/// A direct quotation: one part in each block that it runs through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    pub parts: Vec<QuotePart>,
    /// Whether its closing mark was found.
    pub closed: bool,
    /// 0 for a quotation, 1 for one inside it, and so on.
    pub depth: u8,
}

/// The part of a quotation that stands in one block, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotePart {
    /// Index into `Document::blocks`.
    pub block: u32,
    pub span: Span,
}

/// The marks of quotation in a block.
pub fn marks(prose: &str, tokens: &[Token]) -> Vec<QuoteMark> {
    let mut out = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Punctuation) {
        let space_before = prose[..token.span.start as usize]
            .chars()
            .next_back()
            .is_none_or(|char| char.is_whitespace() || matches!(char, '(' | '[' | '—' | '–' | '-'));
        let (role, style) = match token.text(prose) {
            "\"" if space_before => (Role::Open, Style::StraightDouble),
            "\"" => (Role::Close, Style::StraightDouble),
            "“" | "„" => (Role::Open, Style::CurlyDouble),
            "”" => (Role::Close, Style::CurlyDouble),
            _ => continue,
        };
        out.push(QuoteMark { span: token.span, role, style });
    }
    out
}

/// Pairs the marks of a document's blocks, given in order with their marks.
pub fn pair<'a>(blocks: impl Iterator<Item = (&'a Block, &'a [QuoteMark])>) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut running: Option<Quotation> = None;
    for (index, (block, marks)) in blocks.enumerate() {
        let index = index as u32;
        let end = block.prose.len() as u32;
        let continues = marks.first().is_some_and(|mark| mark.role == Role::Open && mark.span.start == 0);
        if let Some(quotation) = running.take_if(|_| !continues || block.kind != BlockKind::Paragraph) {
            out.push(quotation);
        }
        let mut open: Option<u32> = None;
        for mark in marks {
            match (mark.role, open) {
                (Role::Open, None) => open = Some(mark.span.start),
                (Role::Close, Some(start)) => {
                    let mut quotation =
                        running.take().unwrap_or(Quotation { parts: Vec::new(), closed: false, depth: 0 });
                    quotation.parts.push(QuotePart { block: index, span: Span::new(start, mark.span.end) });
                    quotation.closed = true;
                    out.push(quotation);
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(start) = open {
            let mut quotation =
                running.take().unwrap_or(Quotation { parts: Vec::new(), closed: false, depth: 0 });
            quotation.parts.push(QuotePart { block: index, span: Span::new(start, end) });
            running = Some(quotation);
        }
    }
    out.extend(running);
    out
}
