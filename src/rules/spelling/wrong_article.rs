//! wrong-article: "a hour", "an limousine".

use crate::document::token::{Shape, Token, TokenKind};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::lexicon::Lexicon;
use crate::lexicon::entry::{Article, Entry, Flags, Size};
use crate::rules::rule::{BlockCx, Check, Example, Family, Rule};
use crate::text::span::Span;

pub const RULE: Rule = Rule {
    name: "wrong-article",
    family: Family::Spelling,
    summary: "“a” before a vowel sound, or “an” before a consonant",
    why: "The sound decides, not the letter: an hour, a European, an MP, a NATO base, an 8-year-old, an $80 fee. What \
          writers put before a word in edited text is known for the frequent ones; figures and initials are read aloud. \
          Where both are established (“a historic”, “an historic”) neither is marked.",
    default: Level::On(Severity::Error),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "She waited «a» hour for «an» taxi. He is «a» MP, and paid «a» $8 fee. «An» union sued.",
            fixed: Some("She waited an hour for a taxi. He is an MP, and paid an $8 fee. A union sued."),
            guide: "",
        },
        Example {
            draft: "An 8-year-old, an 11th man, a 110-seat bus, a one-off, an FBI agent, a NATO base, a URL, an X-ray, a \
                    U.S. ship, a European, an honest heir, an historic day, a historic day. Vitamin A is good.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(WrongArticle { lexicon: Lexicon::embedded() })),
};

struct WrongArticle {
    lexicon: Lexicon,
}

/// What a word begins with when it is read aloud; nothing is said where it is not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}

impl Check for WrongArticle {
    fn block(&self, cx: &BlockCx<'_>, out: &mut Vec<Finding<Span>>) {
        let prose = &*cx.block.prose;
        for sentence in &cx.analysis.sentences {
            let tokens = &cx.analysis.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
            for at in 0..tokens.len() {
                out.extend(self.article(prose, tokens, at));
            }
        }
    }
}

impl WrongArticle {
    fn article(&self, prose: &str, tokens: &[Token], at: usize) -> Option<Finding<Span>> {
        let token = tokens[at];
        if token.span.len() > 2 || !token.is_word() {
            return None;
        }
        let text = token.text(prose);
        let has_n = match text {
            "a" | "A" => false,
            "an" | "An" | "AN" => true,
            _ => return None,
        };
        // A letter, a grade, a vitamin, an initial: the article is capitalised at the beginning only.
        if text != text.to_lowercase() && at > 0 && !is_opening(tokens[at - 1].text(prose)) {
            return None;
        }
        // "a.", "a/b", "[a]", "@a", "l'a": no article.
        if tokens.get(at + 1)?.span.start == token.span.end
            || at > 0 && tokens[at - 1].span.end == token.span.start
        {
            return None;
        }
        let next = next_word(prose, tokens, at + 1)?;
        let sound = self.sound(prose, tokens[next], tokens.get(next - 1).filter(|_| next > at + 1))?;
        let wants_n = sound == Sound::Vowel;
        if wants_n == has_n {
            return None;
        }
        let right = match (text, wants_n) {
            ("a", true) => "an",
            ("A", true) => "An",
            ("an", false) => "a",
            (_, _) => "A",
        };
        let word = tokens[next].text(prose);
        let message = format!(
            "“{text} {word}”: the word begins with a {} sound",
            if wants_n { "vowel" } else { "consonant" }
        );
        Some(
            Finding::new(RULE.name, token.span, message)
                .with_help(format!("write “{right} {word}”"))
                .with_fix(Fix::replace(token.span, right, Safety::Unsafe)),
        )
    }

    fn sound(&self, prose: &str, token: Token, before: Option<&Token>) -> Option<Sound> {
        let text = token.text(prose);
        match token.kind {
            TokenKind::Number => number_sound(text),
            TokenKind::Word => {
                // A sum of money in words, "a € billion", is not read here.
                if before.is_some_and(|before| before.kind == TokenKind::Symbol) {
                    return None;
                }
                self.word_sound(text, token.shape)
            }
            _ => None,
        }
    }

    fn word_sound(&self, text: &str, shape: Shape) -> Option<Sound> {
        let part = text.split(['-', '‐', '‑', '.', '’', '\'']).next()?;
        let mut letters = part.chars();
        let first = letters.next()?;
        if letters.next().is_none() {
            // A letter by itself: "X-ray", "U.S.". In lower case it may be anything.
            return if first.is_uppercase() || part.len() < text.len() { letter_sound(first) } else { None };
        }
        if FUNCTION_WORDS.iter().any(|word| word.eq_ignore_ascii_case(part)) {
            return None;
        }
        let entry = self.lexicon.get(part);
        let is_acronym = shape == Shape::Upper || part.chars().all(char::is_uppercase);
        if is_acronym {
            return acronym_sound(part, entry);
        }
        let entry = entry?;
        match entry.article {
            Article::A => Some(Sound::Consonant),
            Article::An => Some(Sound::Vowel),
            Article::Either => None,
            Article::ByLetter => by_letter(&part.to_lowercase(), entry),
        }
    }
}

/// The word or number that the article belongs to: marks of quotation, brackets and a currency sign may stand between.
fn next_word(prose: &str, tokens: &[Token], from: usize) -> Option<usize> {
    for (offset, token) in tokens[from..].iter().take(3).enumerate() {
        match token.kind {
            TokenKind::Word | TokenKind::Number => return Some(from + offset),
            TokenKind::Punctuation
                if matches!(token.text(prose), "“" | "\"" | "‘" | "'" | "(" | "*" | "_") => {}
            TokenKind::Symbol if matches!(token.text(prose), "$" | "£" | "€" | "¥") => {}
            _ => return None,
        }
    }
    None
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "“" | "\"" | "‘" | "'" | "(" | "*" | "_" | "«" | "[" | ":" | "—" | "–" | "-" | "•")
}

/// Words that follow no article: what stands before them is no article, or another word was meant.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "the", "and", "or", "is", "in", "if", "as", "at", "are", "am", "it", "of", "on", "unless",
    "until", "to", "this", "that", "these", "those", "his", "her", "their", "our", "my", "your", "its",
    "they", "we", "he", "she", "i", "you", "for", "from", "by", "with", "was", "were", "be", "been", "has",
    "have", "had", "will", "would", "can", "could", "but", "so", "not", "then", "than", "al", "el", "und",
    "de", "la", "le", "us", "into", "about", "also",
];

/// How a letter's name begins.
fn letter_sound(letter: char) -> Option<Sound> {
    match letter.to_ascii_uppercase() {
        'A' | 'E' | 'F' | 'H' | 'I' | 'L' | 'M' | 'N' | 'O' | 'R' | 'S' | 'X' => Some(Sound::Vowel),
        'B' | 'C' | 'D' | 'G' | 'J' | 'K' | 'P' | 'Q' | 'T' | 'U' | 'V' | 'W' | 'Y' | 'Z' => {
            Some(Sound::Consonant)
        }
        _ => None,
    }
}

/// An acronym is read letter by letter or as a word: certain where both begin alike, or no vowel makes it a word, or
/// writers agree.
fn acronym_sound(text: &str, entry: Option<Entry>) -> Option<Sound> {
    let first = text.chars().next()?;
    let by_name = letter_sound(first)?;
    let as_word = if "AEIO".contains(first) { Sound::Vowel } else { Sound::Consonant };
    match entry.map(|entry| entry.article) {
        Some(Article::A) => return Some(Sound::Consonant),
        Some(Article::An) => return Some(Sound::Vowel),
        Some(Article::Either) => return None,
        _ => {}
    }
    // "U" is a consonant by its name, and either way in a word.
    let is_word = text.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    (first != 'U' && (by_name == as_word || !is_word)).then_some(by_name)
}

/// A word that writers were not seen to treat against its first letter.
fn by_letter(word: &str, entry: Entry) -> Option<Sound> {
    let rare = entry.size > Size::Known || entry.size == Size::Text || !entry.flags.has(Flags::LOWER);
    match word.as_bytes().first()? {
        b'a' | b'i' => Some(Sound::Vowel),
        b'e' if word.starts_with("eu") || word.starts_with("ew") => Some(Sound::Consonant),
        b'o' if word.starts_with("one") || word.starts_with("once") => None,
        b'e' | b'o' => (!rare).then_some(Sound::Vowel),
        // "usual" and "unusual", "unit" and "unintended".
        b'u' if word.starts_with("un") && !word.starts_with("uni") && !word.starts_with("una") => {
            Some(Sound::Vowel)
        }
        b'u' if word.starts_with("up") || word.starts_with("ul") || word.starts_with("um") => {
            Some(Sound::Vowel)
        }
        b'u' => None,
        b'h' => (!rare && !starts_with_weak_h(word)).then_some(Sound::Consonant),
        b'y' | b'x' => None,
        b'b'..=b'z' => Some(Sound::Consonant),
        _ => None,
    }
}

/// "an" is still written before an unstressed first syllable in h-, or the h is silent for some.
fn starts_with_weak_h(word: &str) -> bool {
    [
        "hist", "hered", "hero", "habit", "hallu", "hilar", "hyste", "hypo", "hyper", "hotel", "herb",
        "homage", "hon", "heir", "hour",
    ]
    .iter()
    .any(|start| word.starts_with(start))
}

/// A number read aloud: eight, eleven, eighteen, eighty and their hundreds begin with a vowel.
fn number_sound(text: &str) -> Option<Sound> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let group = &text[digits.len()..];
    let has_groups = group.starts_with(',') && group[1..].starts_with(|c: char| c.is_ascii_digit());
    match (digits.as_str(), digits.len()) {
        ("", _) => None,
        (d, _) if d.starts_with('8') => Some(Sound::Vowel),
        ("11" | "18", _) => Some(Sound::Vowel),
        // "1100" is eleven hundred or one thousand one hundred; 1811 is a year.
        (d, 4) if !has_groups && d.starts_with("18") => Some(Sound::Vowel),
        (d, 4) if !has_groups && d.starts_with("11") => None,
        (d, 5) if !has_groups && (d.starts_with("11") || d.starts_with("18")) => Some(Sound::Vowel),
        _ => Some(Sound::Consonant),
    }
}
