//! Plain text: paragraphs as writers make them.
//!
//! A blank line always ends a paragraph. Whether a single line break does depends on the text around it: a draft with
//! one paragraph on each line, or text that a program broke to fit a page (`Shape`). Decided for each stretch between
//! blank lines by the lengths of its lines, never by its words.

use super::block::BlockKind;
use super::builder::Builder;
use super::stet::{self, Comment};
use super::{Document, Format};
use crate::text::span::SrcSpan;
use std::sync::Arc;

/// Lines longer than this, in bytes, were not broken to fit a page.
const WIDEST: usize = 100;

/// Parses plain text.
pub fn parse(text: Arc<str>) -> Document {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let (mut blocks, mut comments) = (Vec::new(), Vec::new());
    let long: usize = lines(&text, start)
        .map(SrcSpan::len)
        .filter(|length| *length as usize > WIDEST)
        .map(|length| length as usize)
        .sum();
    let is_broken = long * 3 <= text.len();
    let mut reader = Reader { text: &text, is_broken, builder: Builder::default(), blocks: &mut blocks };
    let mut stretch: Vec<Line> = Vec::new();
    for span in lines(&text, start) {
        let line = Line::of(&text, span);
        let comment = line.stet(&text);
        if comment.is_none()
            && !line.is_idle(&text)
            && stretch.last().is_none_or(|last| last.is_quoted == line.is_quoted)
        {
            stretch.push(line);
            continue;
        }
        reader.stretch(&stretch);
        stretch.clear();
        if comment.is_none() && !line.is_idle(&text) {
            stretch.push(line);
        }
        comments.extend(comment);
    }
    reader.stretch(&stretch);
    let stets = stet::resolve(&text, &comments, &blocks, &[]);
    Document { text, format: Format::Plain, blocks, stets }
}

/// The lines of a text without their line ends.
fn lines(text: &str, start: usize) -> impl Iterator<Item = SrcSpan> {
    let mut at = start;
    let ends = memchr::memchr2_iter(b'\n', b'\r', &text.as_bytes()[start..]);
    ends.map(move |end| start + end)
        .chain([text.len()])
        .map(move |end| {
            let line = SrcSpan::new(at as u32, end as u32);
            at = end + 1;
            line
        })
        .filter(move |line| {
            // The two bytes of `\r\n` end one line, not two.
            let bytes = text.as_bytes();
            let at = line.start as usize;
            !(line.is_empty() && at > start && bytes.get(at) == Some(&b'\n') && bytes[at - 1] == b'\r')
        })
}

/// A line: its words, without indentation, marks of quotation and of lists.
#[derive(Clone, Copy, Debug)]
struct Line {
    whole: SrcSpan,
    words: SrcSpan,
    is_quoted: bool,
    is_item: bool,
    indent: u32,
}

impl Line {
    fn of(text: &str, whole: SrcSpan) -> Self {
        let content = whole.of(text);
        let trimmed = content.trim_end();
        let quoted = trimmed.trim_start_matches(['>', ' ', '\t']);
        let is_quoted = trimmed.trim_start().starts_with('>');
        let words = if is_quoted { quoted } else { trimmed.trim_start() };
        let words = words.trim_start();
        let indent = (trimmed.len() - words.len()) as u32;
        let mark = item_mark(words);
        let end = whole.start + trimmed.len() as u32;
        let start = (whole.start + indent + mark as u32).min(end);
        Self { whole, words: SrcSpan::new(start, end), is_quoted, is_item: mark > 0, indent }
    }

    /// Whether nothing is written here but a rule at most.
    fn is_idle(&self, text: &str) -> bool {
        let words = self.words.of(text);
        !words
            .chars()
            .any(|char| !char.is_whitespace() && !matches!(char, '-' | '=' | '_' | '*' | '~' | '#' | '+'))
    }

    /// The request to let something stand that is the whole line.
    fn stet(&self, text: &str) -> Option<Comment> {
        let words = self.words.of(text);
        let inner = words.strip_prefix('[')?.strip_suffix(']')?;
        let start = self.words.start + 1;
        stet::comment(text, self.words, SrcSpan::new(start, start + inner.len() as u32))
    }
}

/// How long the mark of a list is that the words of a line begin with, with the space after it, in bytes.
fn item_mark(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match words.chars().next() {
        Some(char @ ('-' | '*' | '•' | '‣' | '◦' | '▪' | '●' | '·')) => char.len_utf8(),
        Some('0'..='9') if digits <= 2 && words[digits..].starts_with(['.', ')']) => digits + 1,
        _ => return 0,
    };
    let rest = &words[mark..];
    let space = rest.len() - rest.trim_start().len();
    if space == 0 || space == rest.len() { 0 } else { mark + space }
}

struct Reader<'a> {
    text: &'a str,
    /// Whether the text as a whole may have been broken to fit a page.
    is_broken: bool,
    builder: Builder,
    blocks: &'a mut Vec<super::block::Placed>,
}

impl Reader<'_> {
    /// Reads lines with no blank line between them.
    fn stretch(&mut self, lines: &[Line]) {
        let Some(first) = lines.first() else { return };
        let widest = lines.iter().map(|line| line.whole.len()).max().unwrap_or(0);
        let is_full = |pair: &[Line]| {
            // Had the first word of the next line found room, a program would have put it there.
            let words = pair[1].words.of(self.text);
            let word = words.find(char::is_whitespace).unwrap_or(words.len()) as u32;
            pair[0].whole.len() + 1 + word > widest
        };
        let full = lines.windows(2).filter(|pair| is_full(pair) && !pair[1].is_item).count();
        let breaks = lines.windows(2).filter(|pair| !pair[1].is_item).count();
        let is_wrapped = self.is_broken && widest as usize <= WIDEST && full * 2 >= breaks;
        let mut from = 0;
        for at in 1..=lines.len() {
            let ends = lines.get(at).is_none_or(|next| {
                let pair = [lines[at - 1], *next];
                let indented =
                    next.indent > lines[at - 1].indent && !lines[at - 1].is_item && !next.is_quoted;
                next.is_item || !is_wrapped || indented || (!is_full(&pair) && self.ends(&pair[0]))
            });
            if ends {
                self.paragraph(&lines[from..at], first.is_quoted);
                from = at;
            }
        }
    }

    /// Whether a line ends as a paragraph does.
    fn ends(&self, line: &Line) -> bool {
        let words = line.words.of(self.text).trim_end_matches(['"', '”', '’', '\'', ')', ']']);
        words.ends_with(['.', '!', '?', ':', '…'])
    }

    fn paragraph(&mut self, lines: &[Line], is_quoted: bool) {
        let mut end = None;
        for line in lines {
            if let Some(end) = end {
                self.builder.either("\n", SrcSpan::new(end, line.words.start), self.text);
            }
            self.builder.verbatim(line.words.of(self.text), line.words.start);
            end = Some(line.words.end);
        }
        let (Some(first), Some(end)) = (lines.first(), end) else { return };
        let kind = match (is_quoted, first.is_item) {
            (true, _) => BlockKind::BlockQuotation,
            (_, true) => BlockKind::ListItem,
            _ if lines.len() == 1 && is_heading(first.words.of(self.text)) => BlockKind::Heading(1),
            _ => BlockKind::Paragraph,
        };
        let indent = first.whole.of(self.text).len() - first.whole.of(self.text).trim_start().len();
        let src = SrcSpan::new(first.whole.start + indent as u32, end);
        self.blocks.extend(self.builder.finish(kind, src));
    }
}

/// Whether a line is surely a heading: short, in capitals, more than a word, without a stop.
fn is_heading(words: &str) -> bool {
    words.len() <= 80
        && words.contains(' ')
        && !words.ends_with(['.', '!', '?', ':', ',', ';', '"', '”'])
        && words.chars().filter(|char| char.is_uppercase()).count() >= 4
        && !words.chars().any(char::is_lowercase)
}
