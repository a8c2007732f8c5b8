//! stranded-attribution: a sentence that names a source and says nothing.

use crate::document::sentence::Sentence;
use crate::document::token::TokenKind;
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::lexicon::saying;
use crate::rules::rule::{BlockCx, Check, Example, Family, Rule};
use crate::text::span::Span;

pub const RULE: Rule = Rule {
    name: "stranded-attribution",
    family: Family::Quotes,
    summary: "A sentence that names a source and says nothing",
    why: "“According to the harbour office.” is the end of the sentence before it, cut off when a sentence was split \
          or moved. A sentence that goes on after the source has a comma or a verb, and is left alone.",
    default: Level::On(Severity::Warning),
    yields_to: &[],
    across: false,
    options: None,
    examples: &[
        Example {
            draft: "The ferry carried nine cars and a bus. «According to the harbour office.» It sank at noon.",
            fixed: Some(
                "The ferry carried nine cars and a bus, according to the harbour office. It sank at noon.",
            ),
            guide: "",
        },
        Example {
            draft: "According to the harbour office, the ferry sank. The bus floated, according to Ada Obi.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(StrandedAttribution)),
};

struct StrandedAttribution;

/// A longer sentence has something to say.
const WORDS: usize = 12;

impl Check for StrandedAttribution {
    fn block(&self, cx: &BlockCx<'_>, out: &mut Vec<Finding<Span>>) {
        let prose = &*cx.block.prose;
        if !prose.contains("ccording") {
            return;
        }
        for (number, sentence) in cx.analysis.sentences.iter().enumerate() {
            if !is_stranded(cx, sentence) {
                continue;
            }
            let words = sentence.span.of(prose);
            let message = format!("“{words}” names a source, but the sentence says nothing");
            let mut finding = Finding::new(RULE.name, sentence.span, message)
                .with_help("join it to the sentence before it, or say what the source said");
            let before = number.checked_sub(1).and_then(|before| cx.analysis.sentences.get(before));
            if let Some(before) = before.filter(|before| before.span.of(prose).ends_with('.')) {
                let span = Span::new(before.span.end - 1, sentence.span.start + 1);
                finding.fixes.push(Fix {
                    title: "Join it to the sentence before it".to_owned(),
                    safety: Safety::Unsafe,
                    edits: vec![(span, ", a".to_owned())],
                });
            }
            out.push(finding);
        }
    }
}

fn is_stranded(cx: &BlockCx<'_>, sentence: &Sentence) -> bool {
    let prose = &*cx.block.prose;
    let tokens = &cx.analysis.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    let [first, second, rest @ .., stop] = tokens else { return false };
    first.text(prose).eq_ignore_ascii_case("according")
        && second.text(prose) == "to"
        && stop.text(prose) == "."
        && !rest.is_empty()
        && tokens.len() <= WORDS
        && rest.iter().all(|token| match token.kind {
            TokenKind::Word => !is_verb(token.text(prose)),
            TokenKind::Punctuation => token.text(prose) == ".",
            TokenKind::Number => true,
            _ => false,
        })
}

/// A verb in a form that only a clause has.
fn is_verb(word: &str) -> bool {
    let finite = matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "who"
    );
    finite || (word.ends_with("ed") && saying::verb(word).is_some())
}
