//! disallowed-name: a form that the guide's register of names replaces.

use crate::document::quotation;
use crate::document::token::{Token, TokenKind};
use crate::facts::names::extract::without_possessive;
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::{Guide, Level, Name};
use crate::rules::rule::{BlockCx, Check, Example, Family, Rule};
use crate::text::span::Span;
use std::collections::HashMap;
use std::sync::OnceLock;

pub const RULE: Rule = Rule {
    name: "disallowed-name",
    family: Family::Names,
    summary: "A form of a name that the guide replaces",
    why: "The guide’s [names] say how the house writes a name and which forms it does not use: \
          `\"Kyiv\" = { not = [\"Kiev\"], except = [\"chicken Kiev\"] }`. Words inside a quotation are left alone, \
          and so is a phrase that the guide excepts.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "She flew to «Kiev» on Monday. “Kiev is my home,” he said over chicken Kiev. «Kiev»’s trams ran.",
            fixed: Some(
                "She flew to Kyiv on Monday. “Kiev is my home,” he said over chicken Kiev. Kyiv’s trams ran.",
            ),
            guide: "[names]\n\"Kyiv\" = { not = [\"Kiev\"], except = [\"chicken Kiev\"] }\n",
        },
        Example {
            draft: "Officials of the «Harbour Board» met. The Harbour Boardwalk was closed.",
            fixed: Some("Officials of the Port Authority met. The Harbour Boardwalk was closed."),
            guide: "[names]\n\"Port Authority\" = [\"Harbour Board\"]\n",
        },
        Example {
            draft: "She flew to Kyiv on Monday.",
            fixed: None,
            guide: "[names]\n\"Kyiv\" = [\"Kiev\"]\n",
        },
    ],
    build: |_| Ok(Box::new(DisallowedName::default())),
};

#[derive(Default)]
struct DisallowedName {
    /// Made when the first block is read: the rules of a checker are of one guide.
    forms: OnceLock<Forms>,
}

/// The forms not to be used, under the first word of each.
#[derive(Default)]
struct Forms {
    by_first: HashMap<String, Vec<Form>>,
}

struct Form {
    /// The words after the first.
    rest: Vec<String>,
    name: Name,
}

impl Check for DisallowedName {
    fn block(&self, cx: &BlockCx<'_>, out: &mut Vec<Finding<Span>>) {
        let forms = self.forms.get_or_init(|| Forms::of(cx.guide));
        if forms.by_first.is_empty() {
            return;
        }
        let prose = &*cx.block.prose;
        let quoted = quotation::stretches(&cx.analysis.marks, cx.block.prose.len() as u32);
        for (at, token) in cx.analysis.tokens.iter().enumerate() {
            if token.kind != TokenKind::Word {
                continue;
            }
            let Some((span, name)) = forms.at(prose, &cx.analysis.tokens, at) else { continue };
            let in_quotation = quotation::holds(&quoted, span);
            if in_quotation || name.except.iter().any(|phrase| covers(prose, phrase, span)) {
                continue;
            }
            let message = format!("“{}” is “{}” in this house", span.of(prose), name.right);
            let help = if name.reason.is_empty() { "the guide’s [names] say so" } else { &name.reason };
            out.push(Finding::new(RULE.name, span, message).with_help(help).with_fix(Fix::replace(
                span,
                name.right.as_str(),
                Safety::Unsafe,
            )));
        }
    }
}

impl Forms {
    fn of(guide: &Guide) -> Self {
        let mut by_first: HashMap<String, Vec<Form>> = HashMap::new();
        for name in guide.names.values() {
            for form in &name.not {
                let mut words = form.split_whitespace().map(straight);
                let Some(first) = words.next() else { continue };
                by_first.entry(first).or_default().push(Form { rest: words.collect(), name: name.clone() });
            }
        }
        // The longest form first, so that “Kiev Oblast” is found before “Kiev”.
        for forms in by_first.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        Self { by_first }
    }

    /// The form that begins with the token at `at`.
    fn at(&self, prose: &str, tokens: &[Token], at: usize) -> Option<(Span, &Name)> {
        let token = tokens[at];
        let text = straight(token.text(prose));
        let bare = without_possessive(&text);
        let first_part = bare.split('-').next().unwrap_or(bare);
        for word in [bare, first_part] {
            for form in self.by_first.get(word).into_iter().flatten() {
                let end = match form.rest.split_last() {
                    None => token.span.start + original_len(token.text(prose), word),
                    Some(_) if word.len() != text.len() => continue,
                    Some((last, middle)) => match after(prose, &tokens[at + 1..], middle, last) {
                        Some(end) => end,
                        None => continue,
                    },
                };
                return Some((Span::new(token.span.start, end), &form.name));
            }
        }
        None
    }
}

/// Where the last word ends, if these words follow.
fn after(prose: &str, tokens: &[Token], middle: &[String], last: &str) -> Option<u32> {
    let same = |(word, token): (&String, &Token)| straight(token.text(prose)) == *word;
    if tokens.len() <= middle.len() || !middle.iter().zip(tokens).all(same) {
        return None;
    }
    let token = tokens[middle.len()];
    let text = straight(token.text(prose));
    (without_possessive(&text) == last).then(|| token.span.start + original_len(token.text(prose), last))
}

/// How many bytes of the text as it stands make the first letters of `word`, whose apostrophes are straight.
fn original_len(text: &str, word: &str) -> u32 {
    text.chars().take(word.chars().count()).map(char::len_utf8).sum::<usize>() as u32
}

fn straight(text: &str) -> String {
    text.replace('’', "'")
}

/// Whether the phrase stands in the prose so that it covers the span.
fn covers(prose: &str, phrase: &str, span: Span) -> bool {
    let reach = phrase.len() as u32;
    let mut from = span.start.saturating_sub(reach) as usize;
    let mut to = ((span.end + reach) as usize).min(prose.len());
    while !prose.is_char_boundary(from) {
        from -= 1;
    }
    while !prose.is_char_boundary(to) {
        to += 1;
    }
    let window = &prose[from..to];
    let found = |(at, _): (usize, &str)| {
        let start = (from + at) as u32;
        start <= span.start && span.end <= start + phrase.len() as u32
    };
    !phrase.is_empty() && window.match_indices(phrase).any(found)
}
