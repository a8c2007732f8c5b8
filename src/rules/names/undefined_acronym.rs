//! undefined-acronym: letters that the draft does not spell out.

use crate::document::token::Shape;
use crate::facts::names::{DocNames, Form, Link, Standing, Traits};
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
          that stands twice or more, and whose name stands nowhere in the draft, neither beside it in brackets nor \
          with the same initials, is noted at its first use. Letters that the guide’s words or names hold are known.",
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
        for (index, form) in candidates {
            let mut uses = names.uses_of(index as u32).map(|(_, place)| place);
            let beside_bracket = uses.any(|place| is_beside_bracket(&cx.document.text, place.span));
            if beside_bracket || initials.contains(&*form.text) {
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

/// Letters that readers do not know, in running text, twice or more.
fn is_unknown(form: &Form) -> bool {
    form.shape == Shape::Upper
        && (3..=6).contains(&form.fold.len)
        && form.text.bytes().all(|byte| byte.is_ascii_uppercase())
        && form.standing == Standing::Unknown
        && form.quiet() >= 2
        && form.loud == 0
        && !form.text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
}

/// Whether the guide knows the letters, by themselves or in a name.
fn is_registered(guide: &Guide, letters: &str) -> bool {
    let holds = |name: &String| name.contains(letters) && name.split_whitespace().any(|word| word == letters);
    guide.words.contains(letters) || guide.names.keys().any(holds)
}

/// Whether a bracket stands beside the letters, in which their meaning may stand; or what makes them a part of
/// something else: a ticker, a path, a number's prefix.
fn is_beside_bracket(text: &str, span: SrcSpan) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default().chars().next_back();
    let after = text.get(span.end as usize..).unwrap_or_default().trim_start().chars().next();
    matches!(before, Some('(' | '[' | '$' | ':' | '/' | '-' | '#' | '@'))
        || matches!(after, Some('(' | '[' | ':' | '/'))
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
