//! name-variant: one name in two spellings.

use super::across::{self, Difference};
use super::variants::{self, Variant};
use crate::facts::names::DocNames;
use crate::finding::{DocId, Finding, Fix, Safety, Severity};
use crate::guide::{Guide, Level};
use crate::rules::rule::{Check, DocCx, Example, Family, ProjectCx, ProjectDoc, Rule};
use crate::text::span::SrcSpan;

pub const RULE: Rule = Rule {
    name: "name-variant",
    family: Family::Names,
    summary: "One name in two spellings",
    why: "A misspelled name is the correction that hurts most. The rule learns from the draft which names there are \
          and marks the spelling that stands less often: a letter too many, too few, changed or swapped; other \
          capitals (NATO, Nato); a hyphen here and a space there (Kim Jong-un, Kim Jong Un); other diacritics. Two \
          known names are two names (Iran and Iraq, Johnson and Johnston), and so are two words that each keep \
          their own company: a second person has a given name of their own.",
    default: Level::On(Severity::Warning),
    across: true,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "Minister Adaeze Okonjowu spoke first. Okonjowu said the port would open in May.\n\n\
                    Workers cheered when «Okonjowo» left.",
            fixed: Some(
                "Minister Adaeze Okonjowu spoke first. Okonjowu said the port would open in May.\n\n\
                 Workers cheered when Okonjowu left.",
            ),
            guide: "",
        },
        Example {
            draft: "Officials of NATO met in Oslo. A letter to NATO was read, and NATO replied. «Nato» has yet to act.",
            fixed: Some(
                "Officials of NATO met in Oslo. A letter to NATO was read, and NATO replied. NATO has yet to act.",
            ),
            guide: "",
        },
        Example {
            draft: "Park Jin Ho won, and Park Jin Ho sang. The crowd called for «Jin-ho» again.",
            fixed: Some("Park Jin Ho won, and Park Jin Ho sang. The crowd called for Jin Ho again."),
            guide: "",
        },
        Example {
            draft: "Iran spoke to Iraq, Austria to Australia, and Russia to the Russians. Two Johnsons met Johnston.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "Tomas Velkov sang; Irina Velkova danced. Ana Brandl spoke to Petra Brendl.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(NameVariant)),
};

struct NameVariant;

impl Check for NameVariant {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        for variant in variants::find(&cx.facts.names) {
            if is_registered(cx.guide, &variant.wrong) {
                continue;
            }
            for place in &variant.places {
                if !is_told(&cx.document.text, *place) {
                    out.push(finding(&variant, *place));
                }
            }
        }
    }

    fn project(&self, cx: &ProjectCx<'_>, out: &mut Vec<(DocId, Finding)>) {
        let names: Vec<&DocNames> = cx.documents.iter().map(|doc| &doc.facts.names).collect();
        for difference in across::find(&names) {
            let Some(doc) = cx.documents.get(difference.doc as usize) else { continue };
            if is_registered(doc.guide, &difference.wrong) {
                continue;
            }
            out.extend(across_finding(&difference, cx.documents).map(|finding| (doc.id, finding)));
        }
    }
}

/// What one draft of a run is told: once for each spelling, with a fix for all its places.
fn across_finding(difference: &Difference, docs: &[ProjectDoc<'_>]) -> Option<Finding> {
    let Difference { wrong, right, places, wrong_docs, right_docs, other, .. } = difference;
    let place = *places.first()?;
    let drafts = |count: u32| if count == 1 { "1 draft".to_owned() } else { format!("{count} drafts") };
    let message = if *wrong_docs == 1 {
        format!("“{wrong}” here, “{right}” in {} of the run", drafts(*right_docs))
    } else {
        format!("“{wrong}” in {} of the run, “{right}” in {}", drafts(*wrong_docs), drafts(*right_docs))
    };
    let mut finding = Finding::new(RULE.name, place, message)
        .with_help("spell a name in one way; if these are two names, add both to the guide’s [names]")
        .with_related(Some(docs.get(other.0 as usize)?.id), other.1, format!("“{right}” stands here"))
        .with_fix(Fix::replace(place, right.as_str(), Safety::Unsafe));
    if places.len() > 1 {
        finding = finding.with_fix(everywhere(places, right));
    }
    Some(finding)
}

fn everywhere(places: &[SrcSpan], right: &str) -> Fix<SrcSpan> {
    Fix {
        title: format!("Change to “{right}” everywhere in the draft"),
        safety: Safety::Manual,
        edits: places.iter().map(|place| (*place, right.to_owned())).collect(),
    }
}

/// Whether the guide's names hold a spelling, by itself or in a longer name: then it is a name of its own.
fn is_registered(guide: &Guide, wrong: &str) -> bool {
    let holds =
        |right: &String| right.contains(wrong) && format!(" {right} ").contains(&format!(" {wrong} "));
    guide.words.contains(wrong) || guide.names.contains_key(wrong) || guide.names.keys().any(holds)
}

/// Whether the draft itself speaks of the spelling: “also spelled Mariia”, “Hilleary [sic]”.
fn is_told(text: &str, place: SrcSpan) -> bool {
    let before =
        text.get(..place.start as usize).unwrap_or_default().trim_end_matches([' ', '“', '"', '‘', '\'']);
    let after = text.get(place.end as usize..).unwrap_or_default().trim_start_matches(['’', '\'', 's', ' ']);
    let tells = ["spelled", "spelt", "known as", "née", "born", "nicknamed", "renamed"];
    let is_sic = after.starts_with("[sic") || after.starts_with("(sic");
    is_sic || tells.iter().any(|tell| before.ends_with(tell)) || corrects(before)
}

/// Whether a note says of what follows that it was wrong: “An earlier version misspelled the name as Okonjwou”.
fn corrects(before: &str) -> bool {
    const REACH: usize = 160;
    let from = (before.len().saturating_sub(REACH)..).find(|from| before.is_char_boundary(*from));
    let line = before[from.unwrap_or_default()..].rsplit('\n').next().unwrap_or_default();
    ["misspel", "misstated", "misidentified", "incorrectly", "mistakenly"]
        .iter()
        .any(|tell| line.contains(tell))
}

fn finding(variant: &Variant, place: SrcSpan) -> Finding {
    let Variant { wrong, right, wrong_count, right_count, places, example } = variant;
    let message =
        format!("“{wrong}” here, “{right}” elsewhere in the draft ({wrong_count} and {right_count})");
    let mut finding = Finding::new(RULE.name, place, message)
        .with_help("spell a name in one way; if these are two names, add both to the guide’s [names]")
        .with_related(None, *example, format!("“{right}” stands here"))
        .with_fix(Fix::replace(place, right.as_str(), Safety::Unsafe));
    if places.len() > 1 {
        finding = finding.with_fix(everywhere(places, right));
    }
    finding
}
