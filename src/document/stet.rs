//! "Stet": a writer's request to let something stand.
//!
//! `<!-- stet -->` lets the next block stand, `<!-- stet RULE … : reason -->` only these rules there,
//! `<!-- stet begin … -->` to `<!-- stet end -->` a stretch; `[stet …]` on a line of its own in plain text;
//! `stet:` in front matter for the file. Rule names are only words here: the engine knows which exist.

use super::block::Placed;
use crate::text::span::SrcSpan;

/// One request to let something stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stet {
    /// The comment itself, in the source.
    pub comment: SrcSpan,
    /// What it lets stand, in the source. Empty where there is nothing.
    pub scope: SrcSpan,
    /// The rules it names; empty means all.
    pub rules: Vec<StetRule>,
    pub reason: Option<String>,
    pub problem: Option<Problem>,
}

/// A rule's name as a stet names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StetRule {
    pub name: String,
    /// Where the name stands.
    pub span: SrcSpan,
}

/// What is wrong with a stet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `stet begin` without a `stet end`: it holds to the end of the file.
    NeverEnds,
    /// `stet end` without a `stet begin`.
    NeverBegan,
}

/// A comment that asks to let something stand, before it is known what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment with its marks.
    pub span: SrcSpan,
    /// What stands after the word "stet".
    pub body: SrcSpan,
    /// Whether it speaks for the whole file: front matter does.
    pub file: bool,
}

/// The comment at `span`, if the text within its marks, at `inner`, begins with the word "stet".
pub fn comment(text: &str, span: SrcSpan, inner: SrcSpan) -> Option<Comment> {
    let words = inner.of(text);
    let word = words.trim_start();
    let rest = word.get(4..)?;
    let is_stet = word[..4].eq_ignore_ascii_case("stet") && !rest.starts_with(is_name);
    is_stet.then(|| Comment {
        span,
        body: SrcSpan::new(inner.end - rest.len() as u32, inner.end),
        file: false,
    })
}

/// Finds what each comment lets stand. `blocks` are in order; `groups` are the lists, tables and block quotations that
/// a comment before them covers as a whole, in order, the outermost only.
pub fn resolve(text: &str, comments: &[Comment], blocks: &[Placed], groups: &[SrcSpan]) -> Vec<Stet> {
    let end = text.len() as u32;
    let mut stets: Vec<Stet> = Vec::with_capacity(comments.len());
    let mut open: Vec<usize> = Vec::new();
    for comment in comments {
        let (word, rest) = first_word(comment.body, text);
        let begins = !comment.file && word.of(text).eq_ignore_ascii_case("begin");
        let ends = !comment.file && word.of(text).eq_ignore_ascii_case("end");
        if ends && let Some(begun) = open.pop() {
            stets[begun].scope.end = comment.span.start;
            stets[begun].problem = None;
            continue;
        }
        let body = if begins || ends { rest } else { comment.body };
        let (rules, reason) = read(body, text, comment.file);
        let after = comment.span.end;
        let (scope, problem) = match comment.file {
            true => (SrcSpan::new(0, end), None),
            false if begins => (SrcSpan::new(after, end), Some(Problem::NeverEnds)),
            false if ends => (SrcSpan::new(after, after), Some(Problem::NeverBegan)),
            false => (beside(comment.span, blocks, groups), None),
        };
        if begins {
            open.push(stets.len());
        }
        stets.push(Stet { comment: comment.span, scope, rules, reason, problem });
    }
    stets
}

/// The block around a comment, or else the next one, or the whole list, table or quotation that begins with it.
fn beside(comment: SrcSpan, blocks: &[Placed], groups: &[SrcSpan]) -> SrcSpan {
    let next = blocks.partition_point(|block| block.src.start < comment.end);
    // A block may hold others (a picture's words): the one around the comment can stand a few places back.
    let around = blocks[..next].iter().rev().take(64).find(|block| block.src.contains(comment));
    if let Some(block) = around {
        return block.src;
    }
    let Some(block) = blocks.get(next) else { return SrcSpan::new(comment.end, comment.end) };
    let group = groups.partition_point(|group| group.end <= block.src.start);
    match groups.get(group) {
        Some(group) if group.start >= comment.end && group.contains(block.src) => *group,
        _ => block.src,
    }
}

/// Rule names, and the reason after a colon.
fn read(body: SrcSpan, text: &str, file: bool) -> (Vec<StetRule>, Option<String>) {
    let words = body.of(text);
    let colon = words.find(':').unwrap_or(words.len());
    let names = SrcSpan::new(body.start, body.start + colon as u32);
    let reason = words.get(colon + 1..).map(str::trim).filter(|reason| !reason.is_empty());
    let mut rules = Vec::new();
    let mut rest = names;
    loop {
        let (word, after) = first_word(rest, text);
        if word.is_empty() {
            break;
        }
        rest = after;
        let name = word.of(text);
        let means_all = file && matches!(name.to_ascii_lowercase().as_str(), "true" | "all" | "yes");
        if !means_all {
            rules.push(StetRule { name: name.to_owned(), span: word });
        }
    }
    (rules, reason.map(str::to_owned))
}

/// The first word of a stretch, and what follows it.
fn first_word(span: SrcSpan, text: &str) -> (SrcSpan, SrcSpan) {
    let words = span.of(text);
    let start = words.find(char::is_alphanumeric).unwrap_or(words.len());
    let length = words[start..].find(|char| !is_name(char)).unwrap_or(words.len() - start);
    let at = span.start + start as u32;
    let word = SrcSpan::new(at, at + length as u32);
    // A colon before the word begins the reason.
    if words[..start].contains(':') {
        return (SrcSpan::new(span.end, span.end), SrcSpan::new(span.end, span.end));
    }
    (word, SrcSpan::new(word.end, span.end))
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '-' | '_')
}
