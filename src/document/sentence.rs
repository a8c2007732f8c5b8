//! Sentences of a block.
//!
//! A stop ends a sentence unless it belongs to an abbreviation, an initial or a number; closing marks of quotation
//! and brackets belong to the sentence they close.

use super::token::{Shape, Token, TokenKind};
use crate::text::span::Span;
use std::ops::Range;

/// A sentence: its tokens, by index, and the prose from the first to the last of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub tokens: Range<u32>,
    pub span: Span,
}

/// Abbreviations that are followed by the name or number they belong to: their stop never ends a sentence.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gov", "Sen", "Rep", "Gen", "Col", "Lt", "Sgt", "Capt", "Cmdr", "Adm",
    "Maj", "Rev", "Fr", "St", "Mt", "Ft", "Hon", "Pres", "Sec", "Supt", "Det", "Cpl", "Pvt", "Messrs", "No",
    "Nos", "vs", "v", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "Reps", "Sens", "Govs", "Drs", "Fig",
    "Vol", "pp", "ca", "cf", "e.g.", "i.e.", "Atty", "Asst", "Assn", "Ph",
];

/// Abbreviations that may end a sentence: their stop ends one only before a word that can begin one.
const OTHERS: &[&str] = &[
    "Inc", "Co", "Corp", "Ltd", "Jr", "Sr", "Bros", "etc", "al", "Ave", "Blvd", "Rd", "Dept", "Univ", "Est",
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md",
    "Mass", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Va",
    "Vt", "Wash", "Wis", "Wyo", "approx", "min", "max", "ft", "lb", "lbs", "oz", "hr", "hrs",
];

/// Splits a block's tokens into sentences: every token is in exactly one.
pub fn sentences(prose: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = end_after(prose, tokens, at) else {
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

/// Where the sentence ends, if the token at `at` ends one: the index after its closing marks.
fn end_after(prose: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens[at];
    let text = token.text(prose);
    let dotted = token.is_word() && text.ends_with('.');
    if !dotted && !matches!(text, "." | "!" | "?" | "…" | "...") {
        return None;
    }
    let mut end = at + 1;
    while tokens.get(end).is_some_and(|next| closes(next.text(prose)) && is_adjacent(tokens, end)) {
        end += 1;
    }
    let next = tokens.get(end)?;
    if is_adjacent(tokens, end) {
        return None;
    }
    let opener = matches!(next.text(prose), "\"" | "“" | "‘" | "'" | "(" | "[" | "«" | "—" | "–");
    let begins = match next.kind {
        TokenKind::Word => !matches!(next.shape, Shape::Lower),
        TokenKind::Number => !dotted,
        TokenKind::Punctuation => opener,
        _ => true,
    };
    if text == "." && at > 0 && is_adjacent(tokens, at) && end == at + 1 {
        let before = tokens[at - 1].text(prose);
        if TITLES.contains(&before) {
            return None;
        }
        let initial = before.len() == 1 && before.as_bytes()[0].is_ascii_uppercase() && before != "I";
        if initial || (OTHERS.contains(&before) && !begins) {
            return None;
        }
        return (begins || next.shape == Shape::Lower).then_some(end);
    }
    if dotted {
        // "U.S. President" goes on, "in the U.S. The president" does not.
        let starter = matches!(
            next.text(prose),
            "The"
                | "A"
                | "An"
                | "He"
                | "She"
                | "It"
                | "They"
                | "We"
                | "I"
                | "But"
                | "And"
                | "In"
                | "This"
                | "That"
        );
        return (starter || opener).then_some(end);
    }
    begins.then_some(end)
}

fn closes(text: &str) -> bool {
    matches!(text, "\"" | "”" | "’" | "'" | ")" | "]" | "»")
}

/// Whether no white space stands before the token.
fn is_adjacent(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].span.end == tokens[at].span.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::token::tokenize;

    fn split(prose: &str) -> Vec<&str> {
        let tokens = tokenize(prose);
        sentences(prose, &tokens).iter().map(|sentence| sentence.span.of(prose)).collect()
    }

    #[test]
    fn stops_of_abbreviations_and_initials_end_nothing() {
        assert_eq!(
            split("Mr. Abara met J. Okoro at 9 a.m. on Friday. He paid $1.50."),
            ["Mr. Abara met J. Okoro at 9 a.m. on Friday.", "He paid $1.50."]
        );
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_they_close() {
        assert_eq!(
            split("“We won.” She left (late.) Then rain."),
            ["“We won.”", "She left (late.)", "Then rain."]
        );
    }

    #[test]
    fn a_question_inside_a_quotation_goes_on_in_lower_case() {
        assert_eq!(split("“Why?” she asked. “Now.”"), ["“Why?” she asked.", "“Now.”"]);
    }
}
