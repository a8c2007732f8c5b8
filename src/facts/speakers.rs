//! From the words that name a speaker beside a quotation to the speaker's full name in the draft.
//!
//! A surname belongs to the first full name of the draft that ends with it; he and she to who spoke last.

use super::BlockFacts;
use super::names::vocabulary::{is_office, is_particle};
use crate::document::Document;
use crate::document::token::{Shape, Token};
use std::collections::HashMap;

/// The full names of a draft by their last word.
pub struct FullNames<'a> {
    by_surname: HashMap<&'a str, &'a str>,
}

impl<'a> FullNames<'a> {
    /// Reads all blocks once.
    pub fn of(document: &'a Document, blocks: &[&BlockFacts]) -> Self {
        let mut by_surname = HashMap::new();
        for (placed, facts) in document.blocks.iter().zip(blocks) {
            let prose = &*placed.block.prose;
            let tokens = &facts.analysis.tokens;
            let mut at = 0;
            while at < tokens.len() {
                let end = name_end(prose, tokens, at);
                if let [first, .., last] = &tokens[at..end] {
                    let name = &prose[first.span.start as usize..last.span.end as usize];
                    let name = without_possessive(name);
                    let surname = name.rsplit([' ', '\n']).next().unwrap_or(name);
                    by_surname.entry(surname).or_insert(name);
                }
                at = end.max(at + 1);
            }
        }
        Self { by_surname }
    }

    /// The full name that a mention stands for; `None` where it is a pronoun or no name at all.
    pub fn full(&self, mention: &str) -> Option<String> {
        let tokens = crate::document::token::tokenize(mention);
        let mut at = 0;
        let mut found: Option<&str> = None;
        while at < tokens.len() {
            let end = name_end(mention, &tokens, at);
            if end > at {
                let name = &mention[tokens[at].span.start as usize..tokens[end - 1].span.end as usize];
                found = Some(without_possessive(name));
                // “Ada Obi, the mayor of Port Ada”: the name before the comma.
                if tokens.get(end).is_some_and(|next| next.text(mention) == ",") {
                    break;
                }
            }
            at = end.max(at + 1);
        }
        let name = found?;
        if name.contains(' ') {
            return Some(name.to_owned());
        }
        Some(self.by_surname.get(name).map_or_else(|| name.to_owned(), |full| (*full).to_owned()))
    }
}

/// The index after the name that begins at `at`; `at` where none does.
fn name_end(prose: &str, tokens: &[Token], at: usize) -> usize {
    let is_name = |token: &Token| {
        let text = token.text(prose);
        token.is_word()
            && matches!(token.shape, Shape::Title | Shape::Mixed | Shape::Upper)
            && !is_office(text.trim_end_matches('.'))
            && !is_opener(text)
    };
    if !tokens.get(at).is_some_and(is_name) {
        return at;
    }
    let mut end = at + 1;
    while end < tokens.len() {
        let gap = &prose[tokens[end - 1].span.end as usize..tokens[end].span.start as usize];
        let text = tokens[end].text(prose);
        let initial = text == "." && gap.is_empty() && tokens[end - 1].span.len() == 1;
        let particle = is_particle(text) && tokens.get(end + 1).is_some_and(is_name);
        let spaced = gap == " " || (gap.is_empty() && tokens[end - 1].text(prose) == ".");
        if !(initial || (spaced && (is_name(&tokens[end]) || particle)))
            || is_possessive(tokens[end - 1].text(prose))
        {
            break;
        }
        end += 1;
    }
    end
}

/// Words that begin a sentence with a capital and no name.
fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "In"
            | "On"
            | "At"
            | "But"
            | "And"
            | "He"
            | "She"
            | "They"
            | "It"
            | "We"
            | "I"
            | "As"
            | "When"
            | "While"
            | "After"
            | "Before"
            | "If"
            | "That"
            | "This"
            | "These"
            | "Those"
            | "For"
            | "From"
            | "His"
            | "Her"
            | "Their"
            | "Our"
            | "My"
            | "Its"
            | "Said"
            | "Asked"
            | "According"
            | "Meanwhile"
            | "Yet"
            | "Still"
            | "Also"
            | "Then"
            | "So"
            | "With"
            | "By"
            | "To"
            | "Not"
            | "No"
            | "One"
            | "Some"
            | "Many"
    )
}

fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s")
}

fn without_possessive(name: &str) -> &str {
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name)
}
