//! A place in a text as a terminal shows it: its line, and where the mark goes under it.
//!
//! A paragraph is often one line, so a long line is shown through a window around the mark, cut between words. The work
//! depends on the window's width, never on the line's length.

use crate::text::lines::{LineIndex, Unit};
use crate::text::span::SrcSpan;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// A line, or a window of it, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
    /// What to print: tabs are spaces, control characters are pictures, “…” stands where the line was cut.
    pub text: String,
    /// Terminal cells before the mark.
    pub lead: usize,
    /// Terminal cells of the mark, at least 1.
    pub mark: usize,
}

/// The line in which `span` begins, at most `width` terminal cells of it.
pub fn snippet(text: &str, lines: &LineIndex, span: SrcSpan, width: usize) -> Snippet {
    let position = lines.position(text, span.start, Unit::Char);
    let line = lines.line_span(text, position.line);
    let start = span.start.clamp(line.start, line.end) - line.start;
    let end = span.end.clamp(line.start, line.end) - line.start;
    let (shown, lead, mark) = window(line.of(text), start as usize..end.max(start) as usize, width);
    Snippet { line: position.line + 1, column: position.column + 1, text: shown, lead, mark }
}

/// Cuts a line to `width` cells around a mark, given in bytes. Gives the text, the cells before the mark, the mark's.
fn window(line: &str, mark: Range<usize>, width: usize) -> (String, usize, usize) {
    let width = width.max(8);
    let (before, marked, after) = match (line.get(..mark.start), line.get(mark.clone()), line.get(mark.end..))
    {
        (Some(before), Some(marked), Some(after)) => (before, marked, after),
        _ => ("", line, ""),
    };
    // More than `width` characters of either side are never seen.
    let before = plain(last_chars(before, width + 1));
    let marked_whole = plain(first_chars(marked, width + 1));
    let after = plain(first_chars(after, width + 1));
    let marked = if marked_whole.width() > width - 4 {
        format!("{} …", front(&marked_whole, width - 6).trim_end())
    } else {
        marked_whole
    };
    let room = width.saturating_sub(marked.width());
    let share = before.width().min((room / 2).max(room.saturating_sub(after.width())));
    let before = back(&before, share);
    let after = if marked.ends_with('…') {
        String::new()
    } else {
        cut_after(&after, room - before.width().min(room))
    };
    let (lead, cells) = (before.width(), marked.width().max(1));
    (format!("{before}{marked}{after}"), lead, cells)
}

/// The end of a text, at most `cells` wide, from a word's beginning; with “… ” where something was cut off.
fn back(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if text[at..].width() + 2 > cells {
            break;
        }
        start = at;
    }
    let kept = &text[start..];
    let kept = match kept.find(' ') {
        Some(space) if !text[..start].ends_with(' ') => &kept[space + 1..],
        _ => kept,
    };
    if cells < 2 { String::new() } else { format!("… {kept}") }
}

fn cut_after(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    if cells < 2 {
        return String::new();
    }
    format!("{} …", front(text, cells - 2).trim_end())
}

/// The beginning of a text, at most `cells` wide, up to the end of a word.
fn front(text: &str, cells: usize) -> &str {
    let mut end = 0;
    for (at, char) in text.char_indices() {
        let next = at + char.len_utf8();
        if text[..next].width() > cells {
            break;
        }
        end = next;
    }
    let kept = &text[..end];
    if text[end..].starts_with(' ') {
        return kept;
    }
    kept.rfind(' ').map_or(kept, |space| &kept[..space])
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

fn last_chars(text: &str, count: usize) -> &str {
    match text.char_indices().rev().nth(count) {
        Some((at, char)) => &text[at + char.len_utf8()..],
        None => text,
    }
}

/// What a terminal can show: no tabs, no control characters, none that turn the direction of the text.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\t' => out.push_str("    "),
            '\u{FEFF}' => {}
            '\0'..='\u{1F}' => out.push(char::from_u32(char as u32 + 0x2400).unwrap_or('\u{FFFD}')),
            '\u{7F}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => out.push('\u{FFFD}'),
            '\u{2028}' | '\u{2029}' | '\u{A0}' => out.push(' '),
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows a marked line through a window, with the mark under it.
    fn show(marked: &str, width: usize) -> String {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let text = marked.replace(['«', '»'], "");
        let span = SrcSpan::new(start as u32, end as u32);
        let snippet = snippet(&text, &LineIndex::new(&text), span, width);
        assert!(snippet.text.width() <= width, "{} cells: {}", snippet.text.width(), snippet.text);
        format!("{}\n{}{}", snippet.text, " ".repeat(snippet.lead), "^".repeat(snippet.mark))
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(show("The «harbour» is open.", 40), "The harbour is open.\n    ^^^^^^^");
    }

    #[test]
    fn a_long_line_is_cut_between_words_on_both_sides() {
        let line = "The council had promised a boat by the summer, and the «harbour» was dredged at last in the spring.";
        assert_eq!(show(line, 40), "… and the harbour was dredged at last …\n          ^^^^^^^");
        let line = "The council had promised a boat by the summer.";
        let marked = |word: &str| line.replacen(word, &format!("«{word}»"), 1);
        assert_eq!(show(&marked("The"), 30), "The council had promised a …\n^^^");
        assert_eq!(show(&marked("summer"), 30), "… a boat by the summer.\n                ^^^^^^");
    }

    #[test]
    fn marks_stand_right_under_wide_characters_tabs_and_emoji() {
        assert_eq!(show("\t東京 «harbour»", 40), "    東京 harbour\n         ^^^^^^^");
        assert_eq!(show("👩‍👩‍👧 «é»", 40), "👩‍👩‍👧 é\n   ^");
    }

    #[test]
    fn a_mark_wider_than_the_window_is_cut() {
        let long = format!("So «{}» it goes.", "word ".repeat(50));
        let shown = show(&long, 30);
        assert!(shown.lines().next().unwrap().ends_with('…'), "{shown}");
    }

    #[test]
    fn an_empty_mark_and_control_characters_are_shown() {
        assert_eq!(show("End\u{7}«»", 20), "End␇\n    ^");
    }
}
