//! discouraged-term: a term that the guide replaces.
//!
//! One automaton holds every form of every term, and the phrases in which a term is right. It is built once a guide.

use super::inflection::{Form, inflect};
use crate::document::analysis::Analysis;
use crate::document::block::{Block, BlockKind};
use crate::document::quotation;
use crate::document::token::Shape;
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::{Guide, Level, Term};
use crate::rules::rule::{BlockCx, Check, Example, Family, Rule};
use crate::text::span::Span;
use aho_corasick::AhoCorasick;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

pub const RULE: Rule = Rule {
    name: "discouraged-term",
    family: Family::Style,
    summary: "A term that the house does not use",
    why: "The guide's [terms] say what the house writes instead, and why. A term is found in all its forms (utilize, \
          utilized, utilizing) and in any use of capitals, unless the guide writes it with a capital itself.\n\n\
          It is let stand inside quotations, which are somebody's words, in names (a capital inside a sentence), in longer \
          compounds, and in the phrases that the guide excepts.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The board «utilized» the old pier. «Utilizing» it is cheap.",
            fixed: Some("The board used the old pier. Using it is cheap."),
            guide: "[terms]\n\"utilize\" = \"use\"",
        },
        Example {
            draft: "Two «firemen» came; a «fireman»’s wife had called.",
            fixed: Some("Two firefighters came; a firefighter’s wife had called."),
            guide: "[terms]\n\"fireman\" = \"firefighter\"",
        },
        Example {
            draft: "He «committed suicide» in May.",
            fixed: Some("He died by suicide in May."),
            guide: "[terms]\n\"commit suicide\" = { use = [\"die by suicide\", \"kill himself\"], reason = \"it is no crime\" }",
        },
        Example {
            draft: "“We utilize it,” she said of the Utilize Group’s pier. An impact crater, a high-impact plan.",
            fixed: None,
            guide: "[terms]\n\"utilize\" = \"use\"\n\"impact\" = { use = \"effect\", except = [\"impact crater\"] }",
        },
        Example {
            draft: "They say «Big Data» and mean big data.",
            fixed: Some("They say big data and mean big data."),
            guide: "[terms]\n\"Big Data\" = \"big data\"",
        },
    ],
    build: |_| Ok(Box::new(DiscouragedTerm::default())),
};

#[derive(Default)]
struct DiscouragedTerm {
    /// `None` where the guide has no terms.
    search: Option<Search>,
}

struct Search {
    automaton: AhoCorasick,
    /// By pattern.
    patterns: Vec<Pattern>,
}

enum Pattern {
    /// A term, in all the forms that are spelled alike.
    Term { term: Arc<Term>, forms: Vec<(Word, Form)> },
    /// A phrase in which a term is right.
    Except,
}

/// Which word of a term is inflected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    First,
    Last,
}

impl Check for DiscouragedTerm {
    fn prepare(&mut self, guide: &Guide) {
        self.search = Search::new(guide.terms.values());
    }

    fn block(&self, cx: &BlockCx<'_>, out: &mut Vec<Finding<Span>>) {
        let Some(search) = &self.search else { return };
        if cx.block.kind == BlockKind::BlockQuotation {
            return;
        }
        // A term that a soft line break divides is the same term; the offsets stay.
        let prose: Cow<'_, str> = match cx.block.prose.contains('\n') {
            true => cx.block.prose.replace('\n', " ").into(),
            false => (&*cx.block.prose).into(),
        };
        let mut excepted: Vec<Span> = Vec::new();
        let mut found: Vec<(Span, &Arc<Term>, &[(Word, Form)])> = Vec::new();
        for hit in search.automaton.find_overlapping_iter(&*prose) {
            let span = Span::new(hit.start() as u32, hit.end() as u32);
            if !stands_alone(&prose, span) {
                continue;
            }
            match &search.patterns[hit.pattern().as_usize()] {
                Pattern::Except => excepted.push(span),
                Pattern::Term { term, forms } => found.push((span, term, forms)),
            }
        }
        if found.is_empty() {
            return;
        }
        let quoted = quotation::stretches(&cx.analysis.marks, prose.len() as u32);
        let excepted = merged(excepted);
        // The longest term at a place says it all.
        found.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        for (span, term, forms) in found {
            let text = span.of(&prose);
            let allowed = quotation::holds(&excepted, span)
                || (term.match_case && text != case_of(term, text))
                || quotation::holds(&quoted, span)
                || (!term.match_case && is_name(cx.block, cx.analysis, span));
            if span.start < end || allowed {
                continue;
            }
            end = span.end;
            let had = follows_have(cx.analysis, &prose, span);
            if let Some(finding) = finding(term, forms, span, text, had) {
                out.push(finding);
            }
        }
    }
}

impl Search {
    fn new<'a>(terms: impl Iterator<Item = &'a Term>) -> Option<Self> {
        let mut texts: Vec<String> = Vec::new();
        let mut patterns: Vec<Pattern> = Vec::new();
        for term in terms {
            let term = Arc::new(term.clone());
            let mut by_text: HashMap<String, Vec<(Word, Form)>> = HashMap::new();
            for (text, how) in forms(&term) {
                by_text.entry(text).or_default().push(how);
            }
            for (text, forms) in by_text {
                texts.push(text);
                patterns.push(Pattern::Term { term: term.clone(), forms });
            }
            for except in &term.except {
                texts.push(except.to_lowercase());
                patterns.push(Pattern::Except);
            }
        }
        if texts.is_empty() {
            return None;
        }
        // Only a list of gigabytes could fail to build; then nothing is found.
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&texts).ok()?;
        Some(Self { automaton, patterns })
    }
}

/// Every text that a term is found by, in lower case, and how it was made.
fn forms(term: &Term) -> Vec<(String, (Word, Form))> {
    let find = term.find.to_lowercase();
    let mut out = vec![(find.clone(), (Word::Last, Form::Base))];
    if !term.inflect {
        return out;
    }
    for form in Form::ALL.into_iter().filter(|form| *form != Form::Base) {
        out.push((inflected(&find, Word::Last, form), (Word::Last, form)));
        if find.contains(' ') {
            out.push((inflected(&find, Word::First, form), (Word::First, form)));
        }
    }
    out
}

/// A phrase with one of its words inflected.
fn inflected(phrase: &str, word: Word, form: Form) -> String {
    match word {
        Word::First => match phrase.split_once(' ') {
            Some((first, rest)) => format!("{} {rest}", inflect(first, form)),
            None => inflect(phrase, form),
        },
        Word::Last => match phrase.rsplit_once(' ') {
            Some((rest, last)) => format!("{rest} {}", inflect(last, form)),
            None => inflect(phrase, form),
        },
    }
}

fn finding(term: &Term, forms: &[(Word, Form)], span: Span, text: &str, had: bool) -> Option<Finding<Span>> {
    let mut suggestions: Vec<String> = Vec::new();
    // Where past and participle are spelled alike in the term, “have” before it tells which one is meant.
    let mut forms: Vec<(Word, Form)> = forms.to_vec();
    forms.sort_by_key(|(_, form)| match form {
        Form::Participle => u8::from(!had),
        Form::Past => u8::from(had),
        _ => 0,
    });
    for instead in &term.instead {
        for (word, form) in &forms {
            let suggestion = cased(&replacement(term, instead, *word, *form), text, term);
            if !suggestions.contains(&suggestion) {
                suggestions.push(suggestion);
            }
        }
    }
    if suggestions.first().is_some_and(|suggestion| suggestion == text) {
        return None;
    }
    let mut finding = Finding::new(RULE.name, span, format!("the house does not write “{text}”"))
        .with_help(term.reason.clone());
    for suggestion in suggestions {
        finding = finding.with_fix(Fix::replace(span, suggestion, Safety::Unsafe));
    }
    Some(finding)
}

/// What stands in place of a term in one of its forms. A phrase that replaces one word is inflected where a verb
/// stands in it: “made use of”; otherwise at its end: “crew members”.
fn replacement(term: &Term, instead: &str, word: Word, form: Form) -> String {
    const AFTER_VERB: &[&str] = &[
        "at", "away", "by", "down", "for", "in", "into", "of", "off", "on", "out", "over", "part", "place",
        "to", "up", "use", "with",
    ];
    let second = instead.split(' ').nth(1);
    let verb = second.is_some_and(|second| AFTER_VERB.contains(&second));
    let one_word = !term.find.contains(' ');
    let place = match form {
        Form::Past | Form::Participle | Form::Ing if one_word => Word::First,
        Form::S if one_word => {
            if verb {
                Word::First
            } else {
                Word::Last
            }
        }
        _ => word,
    };
    inflected(instead, place, form)
}

/// The replacement with the capitals of what it replaces.
fn cased(replacement: &str, text: &str, term: &Term) -> String {
    if term.match_case {
        return replacement.to_owned();
    }
    let letters = || text.chars().filter(|char| char.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return replacement.to_uppercase();
    }
    let titled = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    if text.contains(' ') && text.split(' ').all(titled) {
        return replacement.split(' ').map(capitalized).collect::<Vec<_>>().join(" ");
    }
    if titled(text) { capitalized(replacement) } else { replacement.to_owned() }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How a text would be written with the capitals of the term: the term’s own, then as inflected.
fn case_of(term: &Term, text: &str) -> String {
    let kept = term.find.len().min(text.len());
    match (term.find.get(..kept), text.get(..kept), text.get(kept..)) {
        (Some(own), Some(begin), Some(rest)) if own.eq_ignore_ascii_case(begin) => format!("{own}{rest}"),
        _ => text.to_owned(),
    }
}

/// Whether words end at both ends of the span, and no hyphen joins it to another.
fn stands_alone(prose: &str, span: Span) -> bool {
    let outer = |char: Option<char>, beyond: Option<char>| match char {
        Some('-' | '‑') => beyond.is_some_and(char::is_alphanumeric),
        Some('_' | '@' | '#') => true,
        Some(char) => char.is_alphanumeric(),
        None => false,
    };
    let mut before = prose[..span.start as usize].chars().rev();
    let mut after = prose[span.end as usize..].chars();
    !outer(before.next(), before.next()) && !outer(after.next(), after.next())
}

/// Spans that overlap made one, in order.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Whether a word with a capital inside a sentence makes the span a name, or a part of one.
fn is_name(block: &Block, analysis: &Analysis, span: Span) -> bool {
    let prose = &*block.prose;
    let first = analysis.tokens.partition_point(|token| token.span.end <= span.start);
    let Some(token) = analysis.tokens.get(first) else { return false };
    if !matches!(token.shape, Shape::Title | Shape::Mixed | Shape::Upper) {
        return false;
    }
    let index = analysis.sentences.partition_point(|sentence| sentence.tokens.end as usize <= first);
    let Some(sentence) = analysis.sentences.get(index) else { return false };
    // As far around as it takes to see how the sentence uses capitals; a sentence may be as long as the draft.
    let from = (sentence.tokens.start as usize).max(first.saturating_sub(40));
    let to = (sentence.tokens.end as usize).min(first + 40);
    let own = &analysis.tokens[from..to];
    let words = || own.iter().filter(|token| token.is_word());
    // In a headline, or a line in capitals, capitals say nothing.
    let capitals = words().filter(|token| !matches!(token.shape, Shape::Lower | Shape::None)).count();
    if block.kind.is_heading() || capitals * 4 > words().count() * 3 {
        return false;
    }
    let begins = words().next().is_some_and(|word| word.span.start >= token.span.start);
    let next = analysis.tokens.get(first + 1).filter(|next| next.is_word() && next.span.start > span.end);
    let titled = |token: &crate::document::token::Token| matches!(token.shape, Shape::Title | Shape::Mixed);
    // “Impact Group said”: at the beginning of a sentence a second capital makes the name.
    if begins { next.is_some_and(titled) && !span.of(prose).contains(' ') } else { true }
}

/// Whether “have” or a form of “be” stands before the span.
fn follows_have(analysis: &Analysis, prose: &str, span: Span) -> bool {
    let first = analysis.tokens.partition_point(|token| token.span.end <= span.start);
    let before = analysis.tokens[..first].iter().rev().take(2).map(|token| token.text(prose));
    before.into_iter().any(|text| {
        ["have", "has", "had", "having", "be", "been", "being", "is", "are", "was", "were"]
            .iter()
            .any(|other| text.eq_ignore_ascii_case(other))
    })
}
