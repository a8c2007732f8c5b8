//! From marks to quotations: which mark closes which, within a block and from paragraph to paragraph.
//!
//! The convention: a quotation over several paragraphs opens each and closes the last only (Chicago Manual of Style
//! 13.32; AP Stylebook, “quotation marks”). A quotation whose next paragraphs do not open again, but one of them
//! closes, is taken for one as well. What neither closes nor runs on is unclosed. Linear in the marks.

use super::{Class, Quotation, QuoteEnd, QuoteMark, QuotePart, Role, Style};
use crate::document::block::{Block, BlockKind};
use crate::lexicon::saying;
use crate::text::span::Span;

/// Pairs the marks of a document's blocks, given in order with their marks. The quotations come in the order of
/// their opening marks.
pub fn pair<'a>(blocks: impl Iterator<Item = (&'a Block, &'a [QuoteMark])>) -> Vec<Quotation> {
    let mut pairing = Pairing::default();
    for (index, (block, marks)) in blocks.enumerate() {
        pairing.block(index as u32, block, marks);
    }
    pairing.give_up();
    let mut out = pairing.out;
    out.sort_by_key(|quotation| quotation.parts.first().map(|part| (part.block, part.span.start)));
    out
}

/// Paragraphs without a mark that a quotation may run through on its way to its closing mark.
const SILENT: usize = 8;

/// A bound on nesting: beyond it the text is damaged, and the outermost is given up.
const DEPTH: usize = 8;

#[derive(Default)]
struct Pairing {
    out: Vec<Quotation>,
    /// What was open when the paragraph before ended.
    running: Option<Running>,
}

/// A quotation that may run on over paragraphs.
struct Running {
    quotation: Quotation,
    /// The paragraphs since its last part, none of which has a mark.
    silent: Vec<QuotePart>,
}

/// A quotation that is open in the block at hand.
struct Open {
    /// Parts of the blocks before.
    earlier: Vec<QuotePart>,
    /// Where its part in this block starts.
    start: u32,
    /// Where it was last opened: its start, or a later line of the block.
    line: u32,
    style: Style,
    /// How many quotations were finished when it opened: those after it are inside it.
    inside: usize,
    /// The first mark of the same class that opens inside it.
    reopened: Option<u32>,
}

impl Pairing {
    fn block(&mut self, index: u32, block: &Block, marks: &[QuoteMark]) {
        let flows =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuotation);
        // A heading, a caption or a table stands beside the text: what runs on runs past it.
        let beside = if flows { None } else { self.running.take() };
        self.text(index, block, marks);
        if !flows {
            self.give_up();
            self.running = beside;
        }
    }

    fn text(&mut self, index: u32, block: &Block, marks: &[QuoteMark]) {
        let prose = &*block.prose;
        let end = prose.trim_end().len() as u32;
        if marks.is_empty() {
            let whole = QuotePart { block: index, span: Span::new(0, end) };
            let Some(running) = &mut self.running else { return };
            running.silent.push(whole);
            if running.silent.len() > SILENT {
                self.give_up();
            }
            return;
        }
        let mut open: Vec<Open> = Vec::new();
        for mark in marks {
            match mark.role {
                Role::Open => self.opens(index, prose, *mark, &mut open),
                Role::Close => self.closes(index, prose, *mark, &mut open),
            }
        }
        self.leave(index, prose, end, open);
    }

    fn opens(&mut self, index: u32, prose: &str, mark: QuoteMark, open: &mut Vec<Open>) {
        let class = mark.style.class();
        let line = &prose[..mark.span.start as usize];
        let mut earlier = Vec::new();
        if let Some(running) = &mut self.running {
            let same = running.quotation.style.class() == class;
            if same && line.trim().is_empty() && running.silent.is_empty() {
                earlier = std::mem::take(&mut running.quotation.parts);
                self.running = None;
            } else {
                self.give_up();
            }
        }
        if let [only] = open.as_mut_slice()
            && only.style.class() == class
            && begins_paragraph(line)
            && !is_left_open(prose, only.line, line.len() as u32)
        {
            // Paragraphs within one block: the convention holds for them, too.
            only.line = mark.span.start;
            only.reopened = None;
            return;
        }
        for outer in open.iter_mut().filter(|outer| outer.style.class() == class) {
            outer.reopened.get_or_insert(mark.span.start);
        }
        if open.len() == DEPTH {
            let outermost = open.remove(0);
            self.unclosed(index, prose, prose.len() as u32, outermost);
        }
        let inside = self.out.len();
        open.push(Open {
            earlier,
            start: mark.span.start,
            line: mark.span.start,
            style: mark.style,
            inside,
            reopened: None,
        });
    }

    fn closes(&mut self, index: u32, prose: &str, mark: QuoteMark, open: &mut Vec<Open>) {
        let class = mark.style.class();
        let Some(depth) = open.iter().rposition(|open| open.style.class() == class) else {
            let runs = |running: &mut Running| running.quotation.style.class() == class && open.is_empty();
            let Some(running) = self.running.take_if(runs) else { return };
            let Running { mut quotation, silent } = running;
            quotation.parts.extend(silent);
            quotation.parts.push(QuotePart { block: index, span: Span::new(0, mark.span.end) });
            quotation.end = QuoteEnd::Closed;
            self.out.push(quotation);
            return;
        };
        for inner in open.split_off(depth + 1) {
            self.unclosed(index, prose, mark.span.start, inner);
        }
        let Some(closed) = open.pop() else { return };
        let mut parts = closed.earlier;
        parts.push(QuotePart { block: index, span: Span::new(closed.start, mark.span.end) });
        let depth = open.len() as u8;
        self.out.push(Quotation { parts, style: closed.style, end: QuoteEnd::Closed, depth });
    }

    /// The end of a block: the last quotation that is open may run on, the others cannot.
    fn leave(&mut self, index: u32, prose: &str, end: u32, mut open: Vec<Open>) {
        let last = open.pop();
        for unclosed in open {
            self.unclosed(index, prose, end, unclosed);
        }
        let Some(last) = last else { return };
        if last.reopened.is_some() || is_left_open(prose, last.line, end) {
            self.unclosed(index, prose, end, last);
            return;
        }
        self.give_up();
        let mut parts = last.earlier;
        parts.push(QuotePart { block: index, span: Span::new(last.start, end) });
        let quotation = Quotation { parts, style: last.style, end: ending(last.style), depth: 0 };
        self.running = Some(Running { quotation, silent: Vec::new() });
    }

    /// A quotation that nothing in its block closes, and that cannot run on.
    fn unclosed(&mut self, index: u32, prose: &str, limit: u32, open: Open) {
        // What seemed to stand inside it stands beside it.
        for inside in &mut self.out[open.inside..] {
            inside.depth = inside.depth.saturating_sub(1);
        }
        let limit = open.reopened.unwrap_or(limit);
        let words = &prose[open.start as usize..limit as usize];
        let line = words.find('\n').unwrap_or(words.len());
        let end = open.start + words[..line].trim_end().len() as u32;
        let mut parts = open.earlier;
        parts.push(QuotePart { block: index, span: Span::new(open.start, end) });
        self.out.push(Quotation { parts, style: open.style, end: ending(open.style), depth: 0 });
    }

    /// What ran on did not come to its closing mark.
    fn give_up(&mut self) {
        self.out.extend(self.running.take().map(|running| running.quotation));
    }
}

/// How a quotation without a closing mark ends: a single mark may be an apostrophe.
fn ending(style: Style) -> QuoteEnd {
    if style.class() == Class::Single { QuoteEnd::Doubtful } else { QuoteEnd::Unclosed }
}

/// Whether an open quotation has its closing mark missing before `end`, rather than running on: the words that name
/// its speaker stand inside it, or it is a part of a sentence and ends with it.
fn is_left_open(prose: &str, start: u32, end: u32) -> bool {
    let words = &prose[start as usize..end as usize];
    saying::has_attribution(words) || is_fragment(&prose[..start as usize], words)
}

/// “the mayor's "reluctance to explain the plan.”: words in the middle of a sentence that end with it.
fn is_fragment(before: &str, words: &str) -> bool {
    let goes_on = before.trim_end().ends_with(char::is_alphanumeric);
    let inside = words.trim_start_matches(['"', '“', '\'', '‘', '`']);
    let ends = inside.trim_end().trim_end_matches(['.', '!', '?', '…']);
    goes_on
        && inside.starts_with(char::is_lowercase)
        && !ends.contains(". ")
        && !ends.contains("? ")
        && !ends.contains("! ")
}

/// Whether a mark after these words of a block opens a paragraph of its own: in a block of a line each, or where
/// a digest leaves paragraphs out (“… the first word. … “The second”).
fn begins_paragraph(before: &str) -> bool {
    let words =
        before.trim_end_matches(|char: char| char.is_whitespace() || matches!(char, '\u{200B}'..='\u{200D}'));
    let stops = ['.', '!', '?', '…', ':', ';', ',', '"', '”', '’', '\'', ')'];
    words.ends_with('…') || words.ends_with("...") || (before.ends_with('\n') && words.ends_with(stops))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::quotation::marks;
    use crate::document::token::tokenize;

    /// The quotations of paragraphs: what each says in its first and last words, how it ends, how deep it stands.
    fn quotations(paragraphs: &[&str]) -> Vec<(String, QuoteEnd, u8)> {
        let block = |prose: &&str| Block {
            kind: BlockKind::Paragraph,
            prose: (*prose).into(),
            map: Box::default(),
            emphasis: Box::default(),
        };
        let blocks: Vec<Block> = paragraphs.iter().map(block).collect();
        let marks: Vec<_> =
            blocks.iter().map(|block| marks::marks(&block.prose, &tokenize(&block.prose))).collect();
        let pairs = blocks.iter().zip(marks.iter().map(Vec::as_slice));
        let text = |part: &QuotePart| part.span.of(paragraphs[part.block as usize]);
        let show = |quotation: Quotation| {
            let parts: Vec<&str> = quotation.parts.iter().map(text).collect();
            (parts.join(" ¶ "), quotation.end, quotation.depth)
        };
        pair(pairs).into_iter().map(show).collect()
    }

    fn closed(text: &str) -> (String, QuoteEnd, u8) {
        (text.to_owned(), QuoteEnd::Closed, 0)
    }

    fn unclosed(text: &str) -> (String, QuoteEnd, u8) {
        (text.to_owned(), QuoteEnd::Unclosed, 0)
    }

    #[test]
    fn a_quotation_over_paragraphs_opens_each_and_closes_the_last() {
        assert_eq!(
            quotations(&["He said: “One.", "“Two.", "“Three.” So it ended."]),
            [closed("“One. ¶ “Two. ¶ “Three.”")]
        );
    }

    #[test]
    fn a_quotation_that_only_its_last_paragraph_closes_is_one() {
        assert_eq!(quotations(&["“One.", "Two.", "Three.”"]), [closed("“One. ¶ Two. ¶ Three.”")]);
    }

    #[test]
    fn a_quotation_that_nothing_goes_on_with_is_unclosed() {
        assert_eq!(quotations(&["“One.", "She left.", "“Two.”"]), [unclosed("“One."), closed("“Two.”")]);
        assert_eq!(quotations(&["“One."]), [unclosed("“One.")]);
    }

    #[test]
    fn the_speaker_named_inside_shows_that_the_mark_is_missing() {
        assert_eq!(
            quotations(&["“One, said the clerk.", "“Two.”"]),
            [unclosed("“One, said the clerk."), closed("“Two.”")]
        );
    }

    #[test]
    fn the_first_of_two_that_open_in_a_row_is_unclosed() {
        assert_eq!(quotations(&["“One and “two” went."]), [unclosed("“One and"), closed("“two”")]);
    }

    #[test]
    fn quotations_inside_a_quotation_have_a_depth() {
        assert_eq!(
            quotations(&["“He said ‘no’ twice.”"]),
            [closed("“He said ‘no’ twice.”"), ("‘no’".to_owned(), QuoteEnd::Closed, 1)]
        );
    }

    #[test]
    fn lines_of_one_block_follow_the_convention() {
        assert_eq!(quotations(&["“One.\n“Two.”\nShe left."]), [closed("“One.\n“Two.”")]);
    }

    #[test]
    fn damaged_text_costs_no_more_than_its_length() {
        let many = "“a 'b ".repeat(200_000);
        assert_eq!(quotations(&[&many]).len(), 200_000);
    }
}
