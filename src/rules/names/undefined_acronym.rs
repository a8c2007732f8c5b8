//! undefined-acronym: letters that the draft does not spell out.

use crate::document::token::Shape;
use crate::facts::names::{DocNames, Form, Link, Standing, Traits};
use crate::finding::{Finding, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;

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
        let unknown = |form: &&Form| is_unknown(form) && !cx.guide.words.contains(&form.text);
        for form in names.forms.iter().filter(unknown) {
            let register = |right: &String| right.split_whitespace().any(|word| *word == *form.text);
            if cx.guide.names.keys().any(register) || is_defined(&cx.document.text, names, form) {
                continue;
            }
            let quiet = names.uses.iter().filter(|place| names.form_of(place).exact == form.exact);
            let Some(first) = quiet.into_iter().find(|place| !place.traits.has(Traits::LOUD)) else {
                continue;
            };
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

/// Whether a bracket stands beside the letters somewhere, or a name with these initials stands in the draft.
fn is_defined(text: &str, names: &DocNames, form: &Form) -> bool {
    let form_index = names.uses.get(form.first as usize).map(|place| place.form);
    let beside_bracket = |span: SrcSpan| {
        let before = text.get(..span.start as usize).unwrap_or_default().chars().next_back();
        let after = text.get(span.end as usize..).unwrap_or_default().trim_start().chars().next();
        matches!(before, Some('(' | '[' | '$' | ':' | '/' | '-' | '#' | '@'))
            || matches!(after, Some('(' | '[' | ':' | '/'))
    };
    let uses = form_index.into_iter().flat_map(|index| names.uses_of(index));
    uses.into_iter().any(|(_, place)| beside_bracket(place.span)) || has_initials(names, &form.text)
}

/// Whether linked name words have these initials, particles left out.
fn has_initials(names: &DocNames, letters: &str) -> bool {
    let mut run = String::new();
    for place in &names.uses {
        if place.link == Link::None {
            run.clear();
        }
        let form = names.form_of(place);
        if !form.traits.has(Traits::LOWER) {
            run.extend(form.text.chars().next());
        }
        if run.ends_with(letters) {
            return true;
        }
    }
    false
}
