//! undefined-acronym: letters that the draft does not spell out.

use crate::document::token::Shape;
use crate::facts::names::{DocNames, Form, Link, Standing, Traits, Use};
use crate::finding::{Finding, Severity};
use crate::guide::{Guide, Level};
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "undefined-acronym",
    family: Family::Names,
    summary: "Letters that the draft does not spell out",
    why: "A reader who does not know the letters stops. An acronym of three letters or more that readers do not know, \
          that stands twice or more, and whose name stands nowhere in the draft, neither beside it nor with the same \
          initials, is noted at its first use. Letters that the guide’s words or names hold are known.",
    default: Level::On(Severity::Note),
    across: false,
    yields_to: &["name-variant"],
    options: None,
    examples: &[
        Example {
            draft: "Members of the «QRZB» met on Monday. The QRZB has yet to vote.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "Members of the Quarry Zone Board (QZB) met on Monday. The QZB has yet to vote.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "Officials of NATO and the FBI met. NATO spoke first, the FBI last.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(UndefinedAcronym)),
};

struct UndefinedAcronym;

impl Check for UndefinedAcronym {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let names = &cx.facts.names;
        let unknown = |(_, form): &(usize, &Form)| is_unknown(form) && !is_registered(cx.guide, &form.text);
        let mut candidates = names.forms.iter().enumerate().filter(unknown).peekable();
        if candidates.peek().is_none() {
            return;
        }
        let initials = initials(names);
        let words = words_initials(cx);
        for (index, form) in candidates.take(MOST) {
            let told = |(place, used): (u32, &Use)| {
                is_told(&cx.document.text, used.span) || is_part_of_name(names, place)
            };
            let is_known = initials.contains(&*form.text)
                || form.fold.len >= 4 && words.iter().any(|words| words.contains(&*form.text))
                || names.uses_of(index as u32).any(told);
            if is_known {
                continue;
            }
            let Some(first) = names.uses.get(form.first as usize) else { continue };
            let message = format!("“{}” is not spelled out", form.text);
            out.push(
                Finding::new(RULE.name, first.span, message).with_help(
                    "give the full name at the first use, or add the letters to the guide’s words",
                ),
            );
        }
    }
}

/// A draft with more unknown letters than these is a table of codes.
const MOST: usize = 64;

/// Letters that readers do not know, in running text, twice or more.
fn is_unknown(form: &Form) -> bool {
    form.shape == Shape::Upper
        && (3..=6).contains(&form.fold.len)
        && form.text.bytes().all(|byte| byte.is_ascii_uppercase())
        && form.standing == Standing::Unknown
        && form.quiet() >= 2
        && form.loud == 0
        && !form.text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
        && !is_call_sign(&form.text)
}

/// The letters of an American station, which stand for nothing: WQRZ, KQRZ.
fn is_call_sign(letters: &str) -> bool {
    letters.len() == 4 && letters.starts_with(['K', 'W'])
}

/// Whether the guide knows the letters, by themselves or in a name.
fn is_registered(guide: &Guide, letters: &str) -> bool {
    let holds = |name: &String| name.contains(letters) && name.split_whitespace().any(|word| word == letters);
    guide.words.contains(letters) || guide.names.keys().any(holds)
}

/// Whether the words beside the letters say what they mean, or that they are no acronym: a bracket, “…, or QRZ,”, “known as
/// QRZ”; a ticker, a path, a number's prefix.
fn is_told(text: &str, span: SrcSpan) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let leads = [
        " or ",
        " as ",
        " called ",
        " acronym ",
        "dubbed ",
        "Inc. ",
        "Ltd. ",
        "Corp. ",
        "Co. ",
        "affiliate ",
        "station ",
    ];
    let ticker = after.strip_prefix(", ").is_some_and(|after| after.starts_with(['-', '+', '−']));
    ticker
        || leads.iter().any(|lead| before.trim_end_matches(['“', '"', '‘', '\'']).ends_with(lead))
        || before.ends_with(['(', '[', '$', ':', '/', '-', '#', '@', '^', '.'])
        || after.starts_with(['-', '/', '.']) && after[1..].starts_with(char::is_alphanumeric)
        || after.trim_start().starts_with(['(', '[', ':', '/'])
}

/// Whether the letters are a word of a longer name: BNY Mellon, a Honda CRV.
fn is_part_of_name(names: &DocNames, place: u32) -> bool {
    let is_word = |other: &Use| {
        let form = names.form_of(other);
        matches!(form.shape, Shape::Title | Shape::Mixed) && !other.traits.has(Traits::OFFICE)
    };
    let left = names.left(place).filter(|_| names.uses[place as usize].link == Link::Space);
    let right = names.right(place).filter(|right| right.link == Link::Space);
    left.is_some_and(is_word) || right.is_some_and(is_word)
}

/// The initials of all words of the draft in capitals, with and without the small ones (of, the, and): what the letters
/// stand for may be written small, “chronic obstructive pulmonary disease”.
fn words_initials(cx: &DocCx<'_>) -> [String; 2] {
    let (mut all, mut content) = (String::new(), String::new());
    for (placed, facts) in cx.iter() {
        for token in facts.analysis.tokens.iter().filter(|token| token.is_word()) {
            let word = token.text(&placed.block.prose);
            // The letters themselves spell nothing out.
            let initial = word.chars().next().filter(|_| token.shape != Shape::Upper || word.len() == 1);
            let initial = initial.and_then(|initial| initial.to_uppercase().next()).unwrap_or(' ');
            all.push(initial);
            if !matches!(word, "of" | "the" | "and" | "for" | "in" | "on" | "to" | "a" | "an") {
                content.push(initial);
            }
        }
        all.push(' ');
        content.push(' ');
    }
    [all, content]
}

/// The initials of all linked name words, three to six, particles left out.
fn initials(names: &DocNames) -> HashSet<String> {
    let mut out = HashSet::new();
    let mut run: Vec<char> = Vec::new();
    for place in &names.uses {
        if place.link == Link::None {
            run.clear();
        }
        let form = names.form_of(place);
        if !form.traits.has(Traits::LOWER) {
            run.extend(form.text.chars().next());
        }
        for length in 3..=run.len().min(6) {
            out.insert(run[run.len() - length..].iter().collect());
        }
    }
    out
}
