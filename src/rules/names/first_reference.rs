//! first-reference: the full name at a person's first mention, the surname after it.

use crate::document::block::BlockKind;
use crate::facts::names::register::{self, DocName, Kind};
use crate::finding::{Finding, Fix, Safety};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "first-reference",
    family: Family::Names,
    summary: "A surname before the full name was given, or a full name given again",
    why: "Most desks give the full name once, at the first mention, and the surname after that. Off unless the guide \
          asks for it. Headlines, captions and front matter are left alone. Where two people of the draft have one \
          surname, the surname alone does not tell them apart, and the full name may stand again.",
    default: Level::Off,
    across: false,
    yields_to: &["name-variant"],
    options: None,
    examples: &[
        Example {
            draft: "The mayor, Daniel Varga, met reporters. Later «Daniel Varga» left in a car.",
            fixed: Some("The mayor, Daniel Varga, met reporters. Later Varga left in a car."),
            guide: "",
        },
        Example {
            draft: "The mayor saw «Varga» outside. The guest, Daniel Varga, waved.",
            fixed: Some("The mayor saw Daniel Varga outside. The guest, Daniel Varga, waved."),
            guide: "",
        },
        Example {
            draft: "The mayor, Daniel Varga, met reporters. Later Varga left in a car.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The mayor, Daniel Varga, met Karen Varga. Daniel Varga spoke first.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(FirstReference)),
};

struct FirstReference;

impl Check for FirstReference {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let people: Vec<DocName> = register::of_draft(&cx.document.text, &cx.facts.names)
            .into_iter()
            .filter(|name| name.kind() == Kind::Person)
            .collect();
        let mut of_surname: HashMap<&str, u32> = HashMap::new();
        for (surname, _) in people.iter().filter_map(names_of) {
            *of_surname.entry(surname).or_default() += 1;
        }
        for person in &people {
            let Some((surname, full)) = names_of(person) else { continue };
            if of_surname.get(surname).is_some_and(|count| *count > 1) {
                continue;
            }
            let (mut is_first, mut is_given) = (true, false);
            for (text, span) in person.mentions.iter().filter(|(_, span)| is_body(cx, *span)) {
                let mention = (std::mem::take(&mut is_first), text == full);
                let was_given = is_given;
                is_given |= mention.1;
                let (message, right) = match mention {
                    (true, false) if text == surname => {
                        (format!("“{surname}” before the full name was given"), full)
                    }
                    (_, true) if was_given => (format!("“{full}” again: the surname is enough"), surname),
                    _ => continue,
                };
                out.push(
                    Finding::new(RULE.name, *span, message)
                        .with_help("give the full name at the first mention and the surname after it")
                        .with_fix(Fix::replace(*span, right, Safety::Manual)),
                );
            }
        }
    }
}

/// A person's surname and full name, where the draft gives both a given name and a surname.
fn names_of(person: &DocName) -> Option<(&str, &str)> {
    let full = person.mentions.iter().map(|(text, _)| text.as_str()).find(|text| text.contains(' '))?;
    let surname = full.rsplit(' ').next()?;
    Some((surname, full))
}

/// Whether a place is in the running text of the draft.
fn is_body(cx: &DocCx<'_>, span: SrcSpan) -> bool {
    let block = cx.document.block_at(span.start).and_then(|index| cx.document.blocks.get(index));
    block.is_some_and(|placed| {
        matches!(placed.block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuotation)
    })
}
