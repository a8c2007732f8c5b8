//! Lines and columns of a text, in every encoding that a reader asks for.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r`, as in the Language Server Protocol. Every conversion costs a binary
//! search and at most one step of 4,096 bytes, however long the line is.

use memchr::memchr2_iter;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes.
    Utf8,
    /// UTF-16 code units: what the Language Server Protocol counts where nothing else was agreed.
    #[default]
    Utf16,
    /// Unicode scalar values: what the reports call characters.
    Char,
}

/// A place by line and column, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// An index over one text. It does not hold the text: pass the same one to every call.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The offset at which each line starts; the first is 0.
    starts: Vec<u32>,
    /// Characters and UTF-16 units before each step of `STEP` bytes; empty where the text is ASCII.
    counts: Vec<Count>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    chars: u32,
    utf16: u32,
}

const STEP: usize = 4096;

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at as u32 + 1);
        }
        let mut index = Self { starts, counts: Vec::new() };
        if !text.is_ascii() {
            index.count_from(text, 0);
        }
        index
    }

    /// Counts characters from the given step on; what the steps before it hold has been counted.
    fn count_from(&mut self, text: &str, first: usize) {
        let mut sum = self.counts.get(first).copied().unwrap_or_default();
        self.counts.truncate(first);
        for step in text.as_bytes()[first * STEP..].chunks(STEP) {
            self.counts.push(sum);
            sum = sum.plus(step);
        }
        self.counts.push(sum);
    }

    /// Follows an edit: the bytes of `span` became `inserted` bytes, and `text` is the text as it is now. Afterwards the
    /// index is that of `text`, for the price of what follows the edit.
    pub fn replace(&mut self, text: &str, span: super::span::SrcSpan, inserted: u32) {
        let bytes = text.as_bytes();
        let kept = self.starts.partition_point(|&start| start < span.start).max(1);
        let after = self.starts.partition_point(|&start| start <= span.end).max(1);
        // A line break may stand half before the edit.
        let scanned = span.start.saturating_sub(1) as usize..(span.start + inserted) as usize;
        let fresh: Vec<u32> = memchr2_iter(b'\n', b'\r', &bytes[scanned.clone()])
            .map(|at| scanned.start + at)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at as u32 + 1)
            .collect();
        for start in &mut self.starts[after..] {
            *start = *start - span.len() + inserted;
        }
        self.starts.splice(kept..after, fresh);
        let first = if self.counts.is_empty() { 0 } else { span.start as usize / STEP };
        if !self.counts.is_empty() || !bytes[scanned].is_ascii() {
            self.count_from(text, first);
        }
    }

    /// How many lines there are; a text without any line end has one.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The position of a byte offset; an offset beyond the text is its end, one inside a character the character's start.
    pub fn position(&self, text: &str, offset: u32, unit: Unit) -> Position {
        let offset = floor_char_boundary(text, offset as usize);
        let line = self.starts.partition_point(|&start| start as usize <= offset) - 1;
        let start = self.starts[line] as usize;
        let column = match unit {
            Unit::Utf8 => (offset - start) as u32,
            _ if self.counts.is_empty() => (offset - start) as u32,
            Unit::Utf16 => self.count(text, offset).utf16 - self.count(text, start).utf16,
            Unit::Char => self.count(text, offset).chars - self.count(text, start).chars,
        };
        Position { line: line as u32, column }
    }

    /// The byte offset of a position. A line beyond the text is its end; a column beyond the line is the line's end
    /// (before its line break); a column inside a character is the character's start.
    pub fn offset(&self, text: &str, position: Position, unit: Unit) -> u32 {
        let Some(&start) = self.starts.get(position.line as usize) else {
            return text.len() as u32;
        };
        let end = self.line_end(text, position.line);
        if unit == Unit::Utf8 || self.counts.is_empty() {
            let offset = start.saturating_add(position.column).min(end);
            return floor_char_boundary(text, offset as usize) as u32;
        }
        let of = |count: Count| if unit == Unit::Utf16 { count.utf16 } else { count.chars };
        let wanted = of(self.count(text, start as usize)).saturating_add(position.column);
        let step = self.counts.partition_point(|&count| of(count) <= wanted).saturating_sub(1);
        let mut offset = ceil_char_boundary(text, step * STEP).max(start as usize);
        let mut sum = of(self.count(text, offset));
        for char in text[offset..].chars() {
            let width = if unit == Unit::Utf16 { char.len_utf16() as u32 } else { 1 };
            if offset >= end as usize || sum + width > wanted {
                break;
            }
            sum += width;
            offset += char.len_utf8();
        }
        (offset as u32).min(end)
    }

    /// The bytes of a line without its line break; lines count from 0.
    pub fn line_span(&self, text: &str, line: u32) -> super::span::SrcSpan {
        let start = self.starts.get(line as usize).copied().unwrap_or(text.len() as u32);
        super::span::SrcSpan::new(start, self.line_end(text, line).max(start))
    }

    fn line_end(&self, text: &str, line: u32) -> u32 {
        let Some(&next) = self.starts.get(line as usize + 1) else {
            return text.len() as u32;
        };
        let bytes = text.as_bytes();
        let mut end = next - 1;
        if bytes[end as usize] == b'\n'
            && end > self.starts[line as usize]
            && bytes[end as usize - 1] == b'\r'
        {
            end -= 1;
        }
        end
    }

    /// Characters and UTF-16 units before an offset.
    fn count(&self, text: &str, offset: usize) -> Count {
        let step = offset / STEP;
        self.counts[step].plus(&text.as_bytes()[step * STEP..offset])
    }
}

impl Count {
    /// Counts lead bytes, so a stretch may begin or end inside a character.
    fn plus(self, bytes: &[u8]) -> Self {
        let chars = bytes.iter().filter(|&&byte| byte as i8 >= -0x40).count() as u32;
        let astral = bytes.iter().filter(|&&byte| byte >= 0xF0).count() as u32;
        Self { chars: self.chars + chars, utf16: self.utf16 + chars + astral }
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn ceil_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn every_line_end_of_the_protocol_ends_a_line() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 4);
        assert_eq!(index.position(text, 3, Unit::Utf8), at(1, 1));
        assert_eq!(index.position(text, 7, Unit::Utf8), at(3, 0));
        assert_eq!(index.line_span(text, 1).of(text), "b");
    }

    #[test]
    fn columns_count_what_the_reader_asks_for() {
        let text = "“😀” x";
        let index = LineIndex::new(text);
        let x = text.find('x').unwrap() as u32;
        assert_eq!(index.position(text, x, Unit::Utf8).column, 11);
        assert_eq!(index.position(text, x, Unit::Utf16).column, 5);
        assert_eq!(index.position(text, x, Unit::Char).column, 4);
    }

    #[test]
    fn positions_and_offsets_are_inverse_on_a_line_longer_than_a_step() {
        let text = format!("é\n{}", "ab“c”😀d".repeat(3000));
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().step_by(7) {
            for unit in [Unit::Utf8, Unit::Utf16, Unit::Char] {
                let position = index.position(&text, offset as u32, unit);
                assert_eq!(index.offset(&text, position, unit), offset as u32, "{unit:?}");
            }
        }
    }

    #[test]
    fn an_index_that_follows_edits_is_that_of_the_text() {
        let pieces = ["", "a", "\r", "\n", "\r\n", "é", "😀", "“x”\n", "\n\r", "word "];
        let mut text = "one\r\ntwo\rthree\n".repeat(600);
        let mut index = LineIndex::new(&text);
        let mut seed = 7_usize;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) % below
        };
        for _ in 0..3000 {
            let start = floor_char_boundary(&text, random(text.len() + 1));
            let end = floor_char_boundary(&text, start + random(8)).max(start);
            let piece = pieces[random(pieces.len())];
            text.replace_range(start..end, piece);
            let span = super::super::span::SrcSpan::new(start as u32, end as u32);
            index.replace(&text, span, piece.len() as u32);
            let fresh = LineIndex::new(&text);
            assert_eq!(index.starts, fresh.starts);
            let at = random(text.len() + 1) as u32;
            for unit in [Unit::Utf8, Unit::Utf16, Unit::Char] {
                assert_eq!(index.position(&text, at, unit), fresh.position(&text, at, unit));
            }
        }
    }

    #[test]
    fn positions_outside_the_text_are_clamped() {
        let text = "ab\r\ncé";
        let index = LineIndex::new(text);
        assert_eq!(index.offset(text, at(0, 99), Unit::Utf16), 2);
        assert_eq!(index.offset(text, at(1, 99), Unit::Utf16), 7);
        assert_eq!(index.offset(text, at(9, 0), Unit::Utf16), 7);
        assert_eq!(index.position(text, 99, Unit::Utf16), at(1, 2));
    }
}
