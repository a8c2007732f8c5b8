//! The text of an open document as the client has it, edit by edit.
//!
//! Knows nothing of drafts: a guide is a buffer, too. Whatever positions a client sends, the text stays text.

use crate::text::lines::{LineIndex, Position, Unit};
use crate::text::span::SrcSpan;
use tower_lsp::ls_types::{self, TextDocumentContentChangeEvent};

/// A text that changes, and its lines.
#[derive(Clone, Debug)]
pub struct Buffer {
    pub text: String,
    pub lines: LineIndex,
}

impl Buffer {
    pub fn new(text: String) -> Self {
        let lines = LineIndex::new(&text);
        Self { text, lines }
    }

    /// Applies changes, each to the text that the one before it left. Gives the spans that were replaced and how many
    /// bytes stand there now, in the order given; `None` where a change replaced everything.
    pub fn apply(&mut self, changes: &[TextDocumentContentChangeEvent], unit: Unit) -> Option<Vec<Replaced>> {
        let mut replaced = Some(Vec::with_capacity(changes.len()));
        for change in changes {
            match change.range {
                Some(range) => {
                    let span = self.span(range, unit);
                    let inserted = change.text.len() as u32;
                    self.text.replace_range(span.range(), &change.text);
                    self.lines.replace(&self.text, span, inserted);
                    if let Some(replaced) = &mut replaced {
                        replaced.push(Replaced { span, inserted });
                    }
                }
                None => {
                    *self = Self::new(change.text.clone());
                    replaced = None;
                }
            }
        }
        replaced
    }

    /// The bytes of a range. What lies outside the text is brought inside; a range that runs backwards is turned.
    fn span(&self, range: ls_types::Range, unit: Unit) -> SrcSpan {
        let offset = |position: ls_types::Position| {
            let position = Position { line: position.line, column: position.character };
            self.lines.offset(&self.text, position, unit)
        };
        let (start, end) = (offset(range.start), offset(range.end));
        SrcSpan::new(start.min(end), start.max(end))
    }
}

/// A stretch of the text that was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaced {
    pub span: SrcSpan,
    /// How many bytes stand there now.
    pub inserted: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::ls_types::{Position as At, Range};

    fn change(range: Option<((u32, u32), (u32, u32))>, text: &str) -> TextDocumentContentChangeEvent {
        let range = range.map(|(start, end)| Range::new(At::new(start.0, start.1), At::new(end.0, end.1)));
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn applied(text: &str, changes: &[TextDocumentContentChangeEvent]) -> String {
        let mut buffer = Buffer::new(text.to_owned());
        buffer.apply(changes, Unit::Utf16);
        buffer.text
    }

    #[test]
    fn each_change_is_for_the_text_that_the_one_before_it_left() {
        let changes = [
            change(Some(((0, 0), (0, 0))), "“😀”\r\n"),
            change(Some(((1, 0), (1, 3))), "two"),
            change(Some(((0, 3), (0, 4))), ""),
        ];
        assert_eq!(applied("one", &changes), "“😀\r\ntwo");
    }

    #[test]
    fn positions_outside_the_text_are_brought_inside() {
        assert_eq!(applied("ab\ncd", &[change(Some(((0, 9), (7, 9))), "!")]), "ab!");
        assert_eq!(applied("ab\ncd", &[change(Some(((1, 1), (0, 1))), "-")]), "a-d");
        assert_eq!(applied("😀", &[change(Some(((0, 1), (0, 1))), "x")]), "x😀");
    }

    #[test]
    fn a_change_without_a_range_replaces_everything() {
        assert_eq!(applied("ab", &[change(None, "c\nd"), change(Some(((1, 0), (1, 1))), "e")]), "c\ne");
    }
}
