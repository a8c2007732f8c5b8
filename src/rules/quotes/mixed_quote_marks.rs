//! mixed-quote-marks: curly and straight marks in one draft.

use crate::document::block::Placed;
use crate::document::quotation::{QuoteMark, Role};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;

pub const RULE: Rule = Rule {
    name: "mixed-quote-marks",
    family: Family::Quotes,
    summary: "Curly and straight quotation marks in one draft",
    why: "Two kinds of marks show that a passage was pasted in. The kind that stands less often is reported once, at \
          its first place, with how often each stands; the fix changes all of them. Apostrophes, feet and inches are \
          no marks of quotation; a draft in which both kinds stand often is left alone.",
    default: Level::On(Severity::Note),
    yields_to: &[],
    across: false,
    options: None,
    examples: &[
        Example {
            draft: "“The pier is shut,” she said. “Nobody asked us.” “Since May?” he asked. “Since May,” she said. “And the boats?” “All of them.” He called it «\"»a scandal\" at noon.",
            fixed: Some(
                "“The pier is shut,” she said. “Nobody asked us.” “Since May?” he asked. “Since May,” she said. “And the boats?” “All of them.” He called it “a scandal” at noon.",
            ),
            guide: "",
        },
        Example {
            draft: "“The pier is 12' long and 6\" wide,” she said. “It isn't much.”",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(MixedQuoteMarks)),
};

struct MixedQuoteMarks;

/// One mark in so many, at most, is a slip; where both kinds stand often, the draft quotes sources that keep their own.
const SLIP: usize = 6;

impl Check for MixedQuoteMarks {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let places: Vec<(&Placed, QuoteMark)> = cx
            .iter()
            .flat_map(|(placed, facts)| facts.analysis.marks.iter().map(move |mark| (placed, *mark)))
            .filter(|(placed, mark)| matches!(mark.span.of(&placed.block.prose), "\"" | "“" | "”"))
            .collect();
        let is_curly = |(placed, mark): &(&Placed, QuoteMark)| mark.span.of(&placed.block.prose) != "\"";
        let curly = places.iter().filter(|place| is_curly(place)).count();
        let straight = places.len() - curly;
        if curly == 0 || straight == 0 || curly.min(straight) * SLIP > places.len() {
            return;
        }
        let house_curly = curly > straight;
        let span = |(placed, mark): &(&Placed, QuoteMark)| placed.to_source(mark.span);
        let wrong = || places.iter().filter(|place| is_curly(place) != house_curly);
        let edits: Vec<(SrcSpan, String)> = wrong()
            .filter(|(placed, mark)| placed.is_verbatim(mark.span))
            .map(|place| (span(place), mark_of(house_curly, place.1.role).to_owned()))
            .collect();
        let (Some(first), Some(example)) =
            (wrong().next(), places.iter().find(|place| is_curly(place) == house_curly))
        else {
            return;
        };
        let (here, there) = if house_curly { ("straight", "curly") } else { ("curly", "straight") };
        let (few, many) = (curly.min(straight), curly.max(straight));
        let message =
            format!("a {here} quotation mark, {there} ones elsewhere in the draft ({few} and {many})");
        let mut finding = Finding::new(RULE.name, span(first), message)
            .with_help("use one kind of quotation marks")
            .with_related(None, span(example), "the other kind");
        if !edits.is_empty() {
            let title = format!("Make all {few} {there}");
            finding.fixes.push(Fix { title, safety: Safety::Safe, edits });
        }
        out.push(finding);
    }
}

fn mark_of(curly: bool, role: Role) -> &'static str {
    match (curly, role) {
        (false, _) => "\"",
        (true, Role::Open) => "“",
        (true, Role::Close) => "”",
    }
}
