//! caption-name: a caption names somebody as the story does not.

use crate::document::block::BlockKind;
use crate::facts::names::near;
use crate::facts::names::{DocNames, Form, Link, Standing, Traits};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "caption-name",
    family: Family::Names,
    summary: "A caption names somebody as the story does not",
    why: "Captions are written by other hands, at other times. Where a caption has the story’s surname with a given name \
          that is one slip from the story’s (Anna, Anne; Erik, Erika), it is marked, even where both given names are \
          known: within the story they would be two people. Somebody whom the story does not name at all is left alone.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &["name-variant"],
    options: None,
    examples: &[
        Example {
            draft: "![Mayor «Anne» Varga at the harbor](harbor.jpg)\n\nThe mayor, Anna Varga, met reporters. Varga left early.",
            fixed: Some(
                "![Mayor Anna Varga at the harbor](harbor.jpg)\n\nThe mayor, Anna Varga, met reporters. Varga left early.",
            ),
            guide: "",
        },
        Example {
            draft: "![Anna Varga and Peter Brandl](harbor.jpg)\n\nThe mayor, Anna Varga, met reporters.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "![Peter Varga at home](home.jpg)\n\nThe mayor, Anna Varga, met reporters.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(CaptionName)),
};

struct CaptionName;

impl Check for CaptionName {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let captions: Vec<SrcSpan> = cx
            .document
            .blocks
            .iter()
            .filter(|placed| matches!(placed.block.kind, BlockKind::Caption | BlockKind::AltText))
            .map(|placed| placed.src)
            .collect();
        if captions.is_empty() {
            return;
        }
        let names = &cx.facts.names;
        // Blocks stand in the order of the file and do not overlap.
        let is_caption = |span: SrcSpan| {
            let index = captions.partition_point(|caption| caption.end < span.end);
            captions.get(index).is_some_and(|caption| caption.contains(span))
        };
        // The given names that the story has for each surname.
        let mut story: HashMap<u64, Vec<u32>> = HashMap::new();
        let full_names = || (1..names.uses.len()).filter(|at| is_full_name(names, *at));
        for at in full_names().filter(|at| !is_caption(names.uses[*at].span)) {
            let given = names.uses[at - 1].form;
            let all = story.entry(names.form_of(&names.uses[at]).fold.hash).or_default();
            if !all.contains(&given) {
                all.push(given);
            }
        }
        for at in full_names().filter(|at| is_caption(names.uses[*at].span)) {
            let place = &names.uses[at - 1];
            let Some([given]) = story.get(&names.form_of(&names.uses[at]).fold.hash).map(Vec::as_slice)
            else {
                continue;
            };
            let (wrong, right) = (names.form_of(place), &names.forms[*given as usize]);
            if !is_near(wrong, right) {
                continue;
            }
            let surname = &names.form_of(&names.uses[at]).text;
            let message =
                format!("“{} {surname}” in a caption, “{} {surname}” in the story", wrong.text, right.text);
            let mut finding = Finding::new(RULE.name, place.span, message)
                .with_help("check who is in the picture")
                .with_fix(Fix::replace(place.span, &*right.text, Safety::Manual));
            if let Some(example) = names.uses.get(right.first as usize) {
                finding = finding.with_related(None, example.span, "the story’s name");
            }
            out.push(finding);
        }
    }
}

/// Whether the use at `at` is a surname with a given name before it.
fn is_full_name(names: &DocNames, at: usize) -> bool {
    let (before, here) = (&names.uses[at - 1], &names.uses[at]);
    let no_name = Traits::ORDINARY.with(Traits::OFFICE).with(Traits::LOWER).with(Traits::INITIAL);
    let given = names.form_of(before);
    here.link == Link::Space
        && !names.form_of(here).traits.has(no_name)
        && !given.traits.has(no_name)
        && (given.traits.has(Traits::GIVEN) || given.standing < Standing::Established)
}

/// Whether two given names are one slip apart and begin alike.
fn is_near(a: &Form, b: &Form) -> bool {
    let letters = |form: &Form| form.text.to_lowercase().chars().collect::<Vec<_>>();
    let (a, b) = (letters(a), letters(b));
    a.len().min(b.len()) >= 3 && a.first() == b.first() && near::slip(&a, &b).is_some()
}
