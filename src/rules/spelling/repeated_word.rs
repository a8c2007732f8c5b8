//! repeated-word: a word that stands twice in a row.

use crate::document::token::{Shape, Token, TokenKind};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::lexicon::Lexicon;
use crate::lexicon::entry::Flags;
use crate::rules::rule::{BlockCx, Check, Example, Family, Rule};
use crate::text::span::Span;

pub const RULE: Rule = Rule {
    name: "repeated-word",
    family: Family::Spelling,
    summary: "A word stands twice in a row",
    why: "A word is easily typed twice where a line breaks or a sentence was changed, and hard to see. Pairs that are \
          English are let be: “had had”, “that that”, “very very”, names such as “Baden Baden”, and whatever a comma or \
          the end of a sentence parts.",
    default: Level::On(Severity::Error),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The ferry left «the the» harbour «at\nat» noon. She said «she She» would stay.",
            fixed: Some("The ferry left the harbour at noon. She said she would stay."),
            guide: "",
        },
        Example {
            draft: "He said that that road had had no lights. It was very, very dark, and a long, long way. No, no. \
                    It is what it is. What it is is a ferry, and he may weigh in in a day. Is it? He went from a poem \
                    to To Let. They stayed in Baden Baden. In the end, the men who do do it well.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(RepeatedWord { lexicon: Lexicon::embedded() })),
};

struct RepeatedWord {
    lexicon: Lexicon,
}

/// Words that stand twice in good sentences: by grammar ("gave her her due"), for weight ("very very"), as sounds.
const DOUBLES: &[&str] = &[
    "had", "that", "her", "you", "do", "very", "so", "really", "too", "no", "yes", "many", "much", "far",
    "never", "oh", "hey", "wow", "please", "go", "win", "ha", "bye", "hear", "knock", "chop", "blah", "yada",
    "boo", "tut", "tsk", "bang", "boom", "beep", "tick", "click", "pom", "bla", "la", "na", "da", "hip",
    "rah", "yo", "choo", "cha", "can", "tom", "wah", "pooh", "bora", "aye", "ho", "hubba", "nah", "yeah",
    "uh", "um", "er", "hmm", "mm", "chin", "hush", "quack", "wink", "yum", "there's", "extra", "super",
    "big", "po", "agar", "couscous", "lie",
];

/// Verbs that "in" belongs to: another may follow.
const PHRASAL: &[&str] =
    &["weigh", "log", "check", "cash", "chip", "come", "came", "step", "move", "tune", "stand", "fill"];

impl Check for RepeatedWord {
    fn block(&self, cx: &BlockCx<'_>, out: &mut Vec<Finding<Span>>) {
        let prose = &*cx.block.prose;
        let tokens = &cx.analysis.tokens;
        for sentence in &cx.analysis.sentences {
            let tokens = &tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
            for at in 1..tokens.len() {
                if let Some(finding) = self.pair(prose, tokens, at) {
                    out.push(finding);
                }
            }
        }
    }
}

impl RepeatedWord {
    fn pair(&self, prose: &str, tokens: &[Token], at: usize) -> Option<Finding<Span>> {
        let (first, second) = (tokens[at - 1], tokens[at]);
        if !matches!(first.kind, TokenKind::Word | TokenKind::Number) || second.kind != TokenKind::Word {
            return None;
        }
        // The last part of a compound counts: "wide-reaching reaching", "they'd d", "20th th".
        let end = first.span.end as usize;
        let b = second.text(prose);
        let start = end.checked_sub(b.len())?.max(first.span.start as usize);
        let a = prose.get(start..end)?;
        if !a.eq_ignore_ascii_case(b) {
            return None;
        }
        let is_whole = start == first.span.start as usize;
        if !is_whole && prose[..start].chars().next_back().is_some_and(char::is_alphabetic) {
            return None;
        }
        let between = &prose[end..second.span.start as usize];
        if between.is_empty()
            || between.matches('\n').count() > 1
            || is_whole && !self.is_fault(prose, tokens, at)
        {
            return None;
        }
        let span = Span::new(start as u32, second.span.end);
        let is_first = at == 1 && a.starts_with(char::is_uppercase);
        let word = if is_first || a.starts_with(char::is_lowercase) { a } else { b };
        Some(
            Finding::new(RULE.name, span, format!("“{b}” stands twice"))
                .with_help("take one of the two away")
                .with_fix(Fix::replace(span, word, Safety::Unsafe)),
        )
    }

    fn is_fault(&self, prose: &str, tokens: &[Token], at: usize) -> bool {
        let (first, second) = (tokens[at - 1], tokens[at]);
        let word = second.text(prose);
        let lower = word.to_lowercase();
        if word.contains('.') || lower.len() == 1 && !matches!(&*lower, "a" | "i") {
            return false;
        }
        // Other languages double words: "oggi oggi".
        if self.lexicon.get_inflected(word).is_none() && first.shape != Shape::Lower {
            return false;
        }
        if DOUBLES.contains(&&*lower) {
            return false;
        }
        // "There is no there there", after Gertrude Stein.
        let before = at.checked_sub(2).map_or("", |i| tokens[i].text(prose));
        if lower == "there" && ["no", "any", "enough", "much", "a", "big", "little"].contains(&before) {
            return false;
        }
        // "What it is is a ferry", "to weigh in in a way", "from the first novel to “To Let”".
        let text = |i: usize| tokens[i].text(prose);
        let asks = |i: usize| {
            ["what", "all", "there", "who", "where"].iter().any(|&ask| text(i).eq_ignore_ascii_case(ask))
        };
        let is_clause = matches!(&*lower, "is" | "was" | "are" | "were") && (0..at - 1).any(asks);
        let is_phrase = lower == "in" && PHRASAL.iter().any(|verb| before.starts_with(verb));
        let is_title = first.shape == Shape::Lower
            && second.shape == Shape::Title
            && tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Title);
        if is_clause || is_phrase || is_title {
            return false;
        }
        // Three in a row are meant: "location location location".
        let is_same = |i: usize| tokens.get(i).is_some_and(|t| t.text(prose).eq_ignore_ascii_case(word));
        if is_same(at + 1) || at >= 2 && is_same(at - 2) {
            return false;
        }
        let both_capital = first.shape != Shape::Lower && second.shape != Shape::Lower;
        if both_capital {
            // "Duran Duran", "Walla Walla": a name of two like words. "The The" is none.
            let entry = self.lexicon.get_inflected(word).unwrap_or_default();
            return entry.flags.has(Flags::LOWER) && entry.lower > entry.title && first.shape != Shape::Upper;
        }
        true
    }
}
