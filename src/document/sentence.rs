//! Sentences of a block.
//!
//! A stop ends a sentence unless it belongs to an abbreviation, an initial or a number; closing marks of quotation
//! and brackets belong to the sentence they close. A line break ends one where the writer pressed return on purpose:
//! a caption or headline without a stop. Decides by the words around a stop, never by what they mean.

use super::abbreviation::{self, Stop};
use super::token::{Shape, Token, TokenKind, is_invisible};
use crate::text::span::Span;
use std::ops::Range;

/// A sentence: its tokens, by index, and the prose from the first to the last of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub tokens: Range<u32>,
    pub span: Span,
}

/// Splits a block's tokens into sentences: every token is in exactly one.
pub fn sentences(prose: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(tokens.len() / 20 + 1);
    let lines = Lines::of(prose);
    let bytes = prose.as_bytes();
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        let last = bytes[token.span.end as usize - 1];
        let may_end = match token.kind {
            TokenKind::Punctuation => matches!(last, b'.' | b'!' | b'?' | 128..),
            TokenKind::Word => last == b'.',
            _ => false,
        };
        let mut end = if may_end { end_after(prose, tokens, first, at) } else { None };
        if end.is_none() && lines.as_ref().is_some_and(|lines| lines.ends(prose, tokens, at)) {
            end = Some(at + 1);
        }
        let Some(end) = end else {
            at += 1;
            continue;
        };
        out.push(sentence(tokens, first..end));
        first = end;
        at = end;
    }
    if first < tokens.len() {
        out.push(sentence(tokens, first..tokens.len()));
    }
    out
}

fn sentence(tokens: &[Token], range: Range<usize>) -> Sentence {
    let span = tokens[range.start].span.to(tokens[range.end - 1].span);
    Sentence { tokens: range.start as u32..range.end as u32, span }
}

/// Where the sentence ends, if the token at `at` ends the one that begins at `first`: the index after its closing
/// marks.
fn end_after(prose: &str, tokens: &[Token], first: usize, at: usize) -> Option<usize> {
    let text = tokens[at].text(prose);
    let is_dotted = tokens[at].is_word();
    if !is_dotted && !is_terminal(text) {
        return None;
    }
    // Further stops ("?!", ". . .") and closing marks belong to the sentence.
    let mut end = at + 1;
    let mut stops = 1;
    let mut closed = false;
    let mut quoted = false;
    while let Some(next) = tokens.get(end) {
        let mark = next.text(prose);
        let adjacent = is_adjacent(tokens, end);
        let stop = next.kind == TokenKind::Punctuation && is_terminal(mark) && !closed;
        let spaced = stop && mark == "." && !adjacent && tokens[end - 1].text(prose) == ".";
        if stop && (adjacent || spaced) {
            stops += 1;
        } else if adjacent && closes(mark) {
            closed = true;
            quoted |= !matches!(mark, ")" | "]");
        } else if !(adjacent && next.kind == TokenKind::Symbol && mark.chars().all(is_invisible)) {
            break;
        }
        end += 1;
    }
    let next = tokens.get(end)?;
    let next_text = next.text(prose);
    let is_wide = matches!(text, "。" | "！" | "？" | "．" | "｡");
    if is_wide {
        return Some(end);
    }
    let before = (at > first && is_adjacent(tokens, at)).then(|| tokens[at - 1]);
    if is_adjacent(tokens, end) {
        // The space after the stop is missing: "the end.Next", "Ann Teal.The port".
        let follows = next.kind == TokenKind::Word && next.shape == Shape::Title;
        let after_word =
            before.is_some_and(|word| word.is_word() && word.shape == Shape::Lower && word.span.len() > 1);
        let sure = || closed || after_word || abbreviation::begins_sentence(next_text);
        return (follows && !is_dotted && sure()).then_some(end);
    }
    let begins = begins(prose, tokens, end);
    let is_starter = || abbreviation::begins_sentence(next_text) || is_opening_quote(prose, tokens, end);
    if is_dotted {
        return ends_dotted(text, next, next_text, begins, closed || is_starter()).then_some(end);
    }
    if text == "." && stops == 1 && !quoted {
        let Some(before) = before else { return begins.then_some(end) };
        let word = before.text(prose);
        // "[Ohio Gov.] Teal" goes on, "(in the port.) Then" does not.
        if closed {
            let ends = word.len() > 1 && abbreviation::stop(word) != Stop::BeforeName;
            return (begins && ends).then_some(end);
        }
        // "1. First", "B. Second": the mark of a list.
        if at - first == 1 && (before.kind == TokenKind::Number || word.len() == 1) {
            return None;
        }
        if before.kind != TokenKind::Word {
            return begins.then_some(end);
        }
        return match abbreviation::stop(word) {
            Stop::BeforeName => None,
            Stop::BeforeNumber => {
                (begins && next.kind != TokenKind::Number && next_text != "#").then_some(end)
            }
            Stop::Unsure => (begins && is_starter() && next.kind == TokenKind::Word
                || is_opening_quote(prose, tokens, end))
            .then_some(end),
            Stop::Capital => begins.then_some(end),
            Stop::Ends => (begins || is_plain_lower(&before, next)).then_some(end),
        };
    }
    if text == "!" && !closed && before.is_some_and(|word| abbreviation::shouts(word.text(prose))) {
        return (begins && is_starter()).then_some(end);
    }
    // “Why?” Okafor asked: the sentence goes on.
    if closed && matches!(text, "!" | "?") && is_attribution(prose, &tokens[end..]) {
        return None;
    }
    begins.then_some(end)
}

/// Whether a stop after a full lower-case word ends a sentence though the next begins in lower case.
fn is_plain_lower(before: &Token, next: &Token) -> bool {
    before.shape == Shape::Lower && before.span.len() > 4 && next.kind == TokenKind::Word
}

/// Whether the stop of an abbreviation by letters ends the sentence too.
fn ends_dotted(text: &str, next: &Token, next_text: &str, begins: bool, sure: bool) -> bool {
    if matches!(text, "e.g." | "i.e." | "a.k.a." | "f.k.a." | "p.p.") || !begins {
        return false;
    }
    let is_time = text.eq_ignore_ascii_case("a.m.") || text.eq_ignore_ascii_case("p.m.");
    if is_time {
        return next.kind == TokenKind::Word && !abbreviation::follows_time(next_text) || sure;
    }
    sure
}

/// Whether the next token can begin a sentence.
fn begins(prose: &str, tokens: &[Token], at: usize) -> bool {
    for (index, token) in tokens.iter().enumerate().skip(at).take(4) {
        let text = token.text(prose);
        match token.kind {
            TokenKind::Word => return token.shape != Shape::Lower || is_lower_name(text),
            TokenKind::Punctuation if matches!(text, "—" | "–" | "-" | "--" | "•" | "*" | "#") => {
                return true;
            }
            TokenKind::Punctuation if opens(text) || (index > at && closes(text)) => {}
            TokenKind::Punctuation if matches!(text, "…" | "...") => {}
            TokenKind::Punctuation => return false,
            TokenKind::Symbol if text.chars().all(is_invisible) => {}
            _ => return true,
        }
    }
    true
}

/// Names that begin in lower case also where a sentence begins.
fn is_lower_name(text: &str) -> bool {
    text.starts_with(['‘', '’', '\'']) && text.chars().nth(1).is_some_and(char::is_uppercase)
}

/// “Okafor said”, “the mayor said” do not follow a stop, but a name and a verb of saying may follow a question.
fn is_attribution(prose: &str, tokens: &[Token]) -> bool {
    let mut names = 0;
    for token in tokens.iter().take(6) {
        let text = token.text(prose);
        match (token.kind, token.shape) {
            (TokenKind::Word, Shape::Lower) => return names > 0 && is_saying(text),
            (TokenKind::Word, _) if abbreviation::begins_sentence(text) && names == 0 => {
                // "He asked" begins a sentence or goes on: in copy it goes on in lower case.
                return false;
            }
            (TokenKind::Word, _) => names += 1,
            (TokenKind::Punctuation, _) if text == "." && names > 0 => {}
            _ => return false,
        }
    }
    false
}

fn is_saying(verb: &str) -> bool {
    matches!(
        verb,
        "said"
            | "says"
            | "asked"
            | "asks"
            | "wrote"
            | "writes"
            | "added"
            | "adds"
            | "tweeted"
            | "replied"
            | "shouted"
            | "wondered"
            | "cried"
            | "yelled"
            | "exclaimed"
            | "told"
            | "continued"
            | "demanded"
            | "answered"
    )
}

fn is_terminal(text: &str) -> bool {
    match text.as_bytes() {
        [b'.' | b'!' | b'?'] => true,
        // "...", "....": an ellipsis.
        [b'.', ..] => true,
        [] | [0..128, ..] => false,
        _ => matches!(
            text,
            "…" | "‼"
                | "⁇"
                | "⁈"
                | "⁉"
                | "‽"
                | "؟"
                | "۔"
                | "।"
                | "॥"
                | "。"
                | "！"
                | "？"
                | "．"
                | "｡"
        ),
    }
}

fn closes(text: &str) -> bool {
    matches!(text, "\"" | "”" | "’" | "'" | ")" | "]" | "»" | "」" | "』" | "）")
}

fn opens(text: &str) -> bool {
    matches!(text, "\"" | "“" | "„" | "‘" | "'" | "(" | "[" | "«" | "¿" | "¡" | "「" | "『" | "（")
}

fn is_opening_quote(prose: &str, tokens: &[Token], at: usize) -> bool {
    matches!(tokens[at].text(prose), "\"" | "“" | "‘" | "'" | "«" | "„") && begins(prose, tokens, at)
}

/// Whether no white space stands before the token.
fn is_adjacent(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].span.end == tokens[at].span.start
}

/// The lines of a block that has several.
struct Lines {
    /// The bytes of the longest line.
    longest: usize,
}

impl Lines {
    /// Lines longer than this were not broken to fit a page: each break is meant.
    const WIDEST: usize = 100;
    /// Nobody breaks prose to fit less than this.
    const NARROWEST: usize = 60;

    fn of(prose: &str) -> Option<Self> {
        memchr::memchr(b'\n', prose.as_bytes())?;
        let mut longest = 0;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', prose.as_bytes()).chain([prose.len()]) {
            longest = longest.max(end - start);
            start = end + 1;
        }
        Some(Self { longest })
    }

    /// Whether a line ends after the token at `at` where its writer meant it to, and without a mark that says so.
    fn ends(&self, prose: &str, tokens: &[Token], at: usize) -> bool {
        let Some(next) = tokens.get(at + 1) else { return false };
        let (end, start) = (tokens[at].span.end as usize, next.span.start as usize);
        if start - end <= 1 && prose.as_bytes().get(end) != Some(&b'\n') {
            return false;
        }
        let Some(line_end) = memchr::memchr(b'\n', &prose.as_bytes()[end..start]).map(|found| end + found)
        else {
            return false;
        };
        let goes_on = match tokens[at].kind {
            TokenKind::Word => is_link(tokens[at].text(prose)),
            TokenKind::Punctuation => !closes(tokens[at].text(prose)) && !is_terminal(tokens[at].text(prose)),
            _ => false,
        };
        if goes_on || !begins(prose, tokens, at + 1) {
            return false;
        }
        if !(Self::NARROWEST..=Self::WIDEST).contains(&self.longest) {
            return true;
        }
        // Had the next word found room on the line, the writer would not have broken it there.
        let line = line_end - prose[..line_end].rfind('\n').map_or(0, |found| found + 1);
        let word = prose[start..].find(char::is_whitespace).unwrap_or(prose.len() - start);
        line + 1 + word <= self.longest
    }
}

/// Words after which no sentence ends.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "and"
            | "or"
            | "but"
            | "of"
            | "to"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "as"
            | "that"
            | "which"
            | "who"
            | "than"
            | "into"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "between"
            | "under"
            | "over"
            | "about"
            | "against"
            | "after"
            | "before"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::token::tokenize;

    /// Every `|` is a boundary, and nothing else is.
    fn check(marked: &str) {
        let prose = marked.replace(" | ", " ").replace("|⏎", "\n").replace('⏎', "\n").replace('|', "");
        let expected: Vec<String> =
            marked.split('|').map(|piece| piece.replace('⏎', "\n").trim().to_owned()).collect();
        let tokens = tokenize(&prose);
        let found: Vec<&str> =
            sentences(&prose, &tokens).iter().map(|sentence| sentence.span.of(&prose)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stops_of_abbreviations_and_initials_end_nothing() {
        check("Mr. Abara met J. Okoro at 9 a.m. on Friday. | He paid $1.50. | Then rain.");
        check("Gov. Ann B. Teal and Lt. Col. Roy Dunn spoke in St. Ives on Jan. 6 about No. 1.");
        check("The U.S. Navy and Teal Inc. Chief Executive Roy Dunn Jr. agreed, e.g. Tuesday.");
        check("It opens at 9 a.m. Friday and 5 p.m. Eastern.");
    }

    #[test]
    fn abbreviations_may_end_a_sentence() {
        check("She left the U.S. | The plan failed.");
        check("He works for Teal Inc. | He likes it.");
        check("They met at 9 a.m. | Okoro left early.");
        check("Ports, ships, etc. | Nothing else.");
        check("“Was it you?” | “No. | I slept.”");
        check("He took vitamin C. | It helped.");
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_they_close() {
        check("“We won.” | She left (late.) | Then rain.");
        check("He said, \"We won.\" | \"So did we,\" she said.");
    }

    #[test]
    fn a_question_inside_a_quotation_goes_on() {
        check("“Why?” she asked. | “Now.”");
        check("“Why?” Okoro asked. | “Now.”");
        check("“Why?” | Okoro had no answer.");
    }

    #[test]
    fn dots_of_omission_end_a_sentence_before_a_capital_only() {
        check("It was… late. | We left... | Then rain. | He was . . . gone. | She left . . . | Then he did.");
        check("He called it “related to… [his] portrait.”");
    }

    #[test]
    fn a_missing_space_ends_a_sentence_all_the_same() {
        check("She met Ann Teal.|The port closed. | (Then it opened.)|They left.");
        check("That was the end.|Next came rain. | \"Go.\"|He went.");
        check("See notes.txt or Node.js on example.com today.");
    }

    #[test]
    fn marks_of_lists_belong_to_what_follows() {
        check("1. Close the port. | 2. Open it.");
    }

    #[test]
    fn shouting_names_end_nothing() {
        check("She left Yahoo! Japan in May. | Wow! | That was new?! | Yes.");
    }

    #[test]
    fn other_scripts_have_stops_of_their_own() {
        check("港は閉鎖。|船は来ない。");
    }

    #[test]
    fn a_line_break_ends_what_has_no_stop() {
        check("Okoro opens the port. | Via Okoro Press|⏎Crowds greet the ferry on its first day Ade/Press");
        check("Ferry late again|⏎Passengers waited for hours at the port");
    }

    #[test]
    fn a_line_break_of_wrapped_text_ends_nothing() {
        check(concat!(
            "The ferry between the old port of Teal Bay and the piers of the Harbor⏎",
            "Islands was late again on Monday, the third time this month, Captain Roy⏎",
            "Dunn said."
        ));
        check("The minister,⏎Ann Teal,⏎spoke of the⏎Harbor.");
    }
}
