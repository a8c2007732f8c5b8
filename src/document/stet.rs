//! "stet": the places where the writer asks to let something stand.
//!
//! `<!-- stet -->` lets the next block stand, `<!-- stet RULE … : reason -->` only these rules there,
//! `<!-- stet begin … -->` to `<!-- stet end -->` a stretch; `[stet …]` on a line of its own in plain text;
//! `stet:` in front matter for the file. Rule names are only words here: the engine knows which exist.

use crate::text::span::SrcSpan;

/// One request to let something stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stet {
    /// The comment itself, in the source.
    pub comment: SrcSpan,
    /// What it lets stand, in the source.
    pub scope: SrcSpan,
    /// The rules it names; empty means all.
    pub rules: Vec<StetRule>,
    pub reason: Option<String>,
}

/// A rule's name as a stet names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StetRule {
    pub name: String,
    /// Where the name stands.
    pub span: SrcSpan,
}
