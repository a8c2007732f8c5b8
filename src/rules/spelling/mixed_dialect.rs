//! mixed-dialect: British and American spelling in one draft.

use crate::facts::words::{Regional, Spelling};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::{Dialect, Level};
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;

pub const RULE: Rule = Rule {
    name: "mixed-dialect",
    family: Family::Spelling,
    summary: "British and American spelling in one draft",
    why: "“Colour” here and “center” there: the draft was put together from two sources, or its writer moved. The \
          spelling that stands less often is marked; where neither clearly prevails, the guide's language decides. \
          Quotations and names are left alone, and so are words in -ize, which are Oxford's as well as America's.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The color of the harbor is gray. Her neighbor prefers another «colour».",
            fixed: Some("The color of the harbor is gray. Her neighbor prefers another color."),
            guide: "",
        },
        Example {
            draft: "The colour of the harbour, organized by the Labour Party: “My favorite color,” she said.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(MixedDialect)),
};

struct MixedDialect;

/// A spelling prevails, whatever the guide says, if it is this many times as frequent.
const PREVAILS: usize = 3;

impl Check for MixedDialect {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let words = words(cx);
        let count = |spelling: Spelling| words.iter().filter(|(_, word)| word.spelling == spelling).count();
        let (british, american) =
            (count(Spelling::British), count(Spelling::American) + count(Spelling::Ize));
        // Words in -ize beside British ones are Oxford spelling.
        if british == 0 || count(Spelling::American) == 0 {
            return;
        }
        let house_is_american = if british >= PREVAILS * american {
            false
        } else {
            american >= PREVAILS * british || cx.guide.language == Dialect::American
        };
        let is_house = |word: &Regional| match word.spelling {
            Spelling::British => !house_is_american,
            Spelling::American => house_is_american,
            Spelling::Ize => true,
        };
        let Some((example, _)) =
            words.iter().find(|(_, word)| is_house(word) && word.spelling != Spelling::Ize)
        else {
            return;
        };
        let (house, other) =
            if house_is_american { ("American", "British") } else { ("British", "American") };
        for (span, word) in words.iter().filter(|(_, word)| !is_house(word)) {
            let text = span.of(&cx.document.text);
            let message = format!(
                "“{text}” is {other} spelling, and the draft’s is mostly {house} ({british} British, {american} American)"
            );
            out.push(
                Finding::new(RULE.name, *span, message)
                    .with_help("spell one way throughout")
                    .with_related(None, *example, format!("{house} spelling"))
                    .with_fix(Fix::replace(*span, word.other, Safety::Unsafe)),
            );
        }
    }
}

/// The words that the two spell differently, outside quotations, in order.
fn words(cx: &DocCx<'_>) -> Vec<(SrcSpan, Regional)> {
    let mut quoted: Vec<SrcSpan> = cx
        .facts
        .quotations
        .iter()
        .flat_map(|quotation| &quotation.parts)
        .map(|part| cx.document.blocks[part.block as usize].to_source(part.span))
        .collect();
    quoted.sort_unstable();
    let is_quoted = |span: SrcSpan| {
        let after = quoted.partition_point(|quote| quote.start <= span.start);
        // Quotations nest a few levels deep, no more: those that begin a little before are looked at.
        quoted[after.saturating_sub(4)..after].iter().any(|quote| quote.contains(span))
    };
    cx.iter()
        .flat_map(|(placed, facts)| {
            facts.words.regional.iter().map(|word| (placed.to_source(word.span), *word))
        })
        .filter(|(span, _)| !is_quoted(*span))
        .collect()
}
