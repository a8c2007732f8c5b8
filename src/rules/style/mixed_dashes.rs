//! mixed-dashes: two kinds of dash between words in one draft.

use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::{Span, SrcSpan};

pub const RULE: Rule = Rule {
    name: "mixed-dashes",
    family: Family::Style,
    summary: "Two kinds of dash between words in one draft",
    why: "A draft that was put together from two sources shows it in its dashes: “ – ” here, “ — ” or “--” there. \
          The kind that stands less often is marked, and the more frequent one is offered. Ranges (2019–2024), \
          minus signs and hyphens are none of these.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The harbour — closed since May — is open.\n\nThe bridge«–»the old one«–»is not. So it goes — slowly.",
            fixed: Some(
                "The harbour — closed since May — is open.\n\nThe bridge—the old one—is not. So it goes — slowly.",
            ),
            guide: "",
        },
        Example {
            draft: "The harbour — closed from 2019–2024 — is open, the Lagos–Ibadan line too.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(MixedDashes)),
};

struct MixedDashes;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dash {
    Em,
    En,
    Double,
}

impl Dash {
    const ALL: [Self; 3] = [Self::Em, Self::En, Self::Double];

    fn of(text: &str) -> Option<Self> {
        match text {
            "—" => Some(Self::Em),
            "–" => Some(Self::En),
            "--" => Some(Self::Double),
            _ => None,
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Em => "—",
            Self::En => "–",
            Self::Double => "--",
        }
    }
}

impl Check for MixedDashes {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let mut places: Vec<(Dash, SrcSpan)> = Vec::new();
        for (placed, facts) in cx.iter() {
            let prose = &*placed.block.prose;
            for token in &facts.analysis.tokens {
                let Some(dash) = Dash::of(token.text(prose)) else { continue };
                if is_between_words(prose, token.span, dash) {
                    places.push((dash, placed.to_source(token.span)));
                }
            }
        }
        let count = |dash: Dash| places.iter().filter(|(other, _)| *other == dash).count();
        // The first of the most frequent kinds wins a tie: the kind that the draft used first.
        let Some(&(first, _)) = places.first() else { return };
        let house = Dash::ALL
            .into_iter()
            .fold(first, |best, dash| if count(dash) > count(best) { dash } else { best });
        let Some(&(_, example)) = places.iter().find(|(dash, _)| *dash == house) else { return };
        for &(dash, span) in places.iter().filter(|(dash, _)| *dash != house) {
            let message = format!(
                "“{}” here, “{}” elsewhere in the draft ({} and {})",
                dash.text(),
                house.text(),
                count(dash),
                count(house)
            );
            out.push(
                Finding::new(RULE.name, span, message)
                    .with_help("use one kind of dash between words")
                    .with_related(None, example, "the other kind")
                    .with_fix(Fix::replace(span, house.text(), Safety::Unsafe)),
            );
        }
    }
}

/// A dash that interrupts a sentence, not one of a range or a compound. An en dash without spaces joins a range
/// unless a lower-case word stands on both sides.
fn is_between_words(prose: &str, span: Span, dash: Dash) -> bool {
    let before = prose[..span.start as usize].chars().next_back();
    let after = prose[span.end as usize..].chars().next();
    let (Some(before), Some(after)) = (before, after) else { return false };
    if before.is_whitespace() && after.is_whitespace() {
        return !prose[..span.start as usize].trim_end().is_empty()
            && !prose[span.end as usize..].trim().is_empty();
    }
    let inside = |char: char| char.is_lowercase() || (dash != Dash::En && !char.is_numeric());
    !before.is_whitespace() && !after.is_whitespace() && inside(before) && inside(after)
}
