//! mixed-dashes: two kinds of dash between words in one draft.

use crate::document::block::BlockKind;
use crate::document::token::{Shape, Token, TokenKind};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;

pub const RULE: Rule = Rule {
    name: "mixed-dashes",
    family: Family::Style,
    summary: "Two kinds of dash between words in one draft",
    why: "A draft that was put together from two sources shows it in its dashes: “ – ” here, “ — ” or “--” there. It is \
          said once a draft, at the first dash of the kind that stands less often, and all of that kind can be changed \
          together.\n\n\
          Only dashes that interrupt a sentence count. Those of ranges (2019–2024), routes and scores, minus signs, \
          datelines (LAGOS —), credits, headings, captions, lists and the words of others are let be.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The harbour — closed since May — is open. The dock — the new one — is not.\n\n\
                    The bridge «–» the old one – is not, they said. So it goes — slowly and without a plan.\n\n\
                    Obi – who had built it in the year of the flood – was not asked.",
            fixed: Some(
                "The harbour — closed since May — is open. The dock — the new one — is not.\n\n\
                 The bridge — the old one — is not, they said. So it goes — slowly and without a plan.\n\n\
                 Obi — who had built it in the year of the flood — was not asked.",
            ),
            guide: "",
        },
        Example {
            draft: "LAGOS — The harbour – closed from 2019–2024 – is open, the Lagos–Ibadan line too.\n\n\
                    - Monday — the ferry sails twice\n- Tuesday — it does not\n\n\
                    ## The ferry — a history\n\nIt was 5 — 3 at the break. Rovers — United ended 2–2.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(MixedDashes)),
};

/// A draft with more of them has its other dashes of the rarer kind counted, but not shown.
const SHOWN: usize = 8;

/// A line of so many words and marks is a sentence, not an item of a list.
const SENTENCE: usize = 12;

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
        let kinds = [BlockKind::Paragraph, BlockKind::ListItem];
        for (placed, facts) in cx.iter().filter(|(placed, _)| kinds.contains(&placed.block.kind)) {
            let prose = &*placed.block.prose;
            for line in lines(prose, &facts.analysis.tokens) {
                let dashes = line.iter().enumerate().filter_map(|(at, token)| {
                    let is_mark = token.kind == TokenKind::Punctuation;
                    is_mark.then(|| Dash::of(token.text(prose)).map(|dash| (at, dash))).flatten()
                });
                // In a list the first dash divides a term from what is said of it.
                let skipped = usize::from(placed.block.kind == BlockKind::ListItem);
                let lower = |token: &Token| token.shape == Shape::Lower;
                let (Some(first), Some(last)) = (line.iter().position(lower), line.iter().rposition(lower))
                else {
                    continue;
                };
                for (at, dash) in dashes.skip(skipped) {
                    // “Rovers — United”, “Monday — rain”: what a dash interrupts has words in lower case on both sides,
                    // or it is long enough for a sentence that has only a name before the dash.
                    let named = line.len() >= SENTENCE && line.get(at + 1).is_some_and(lower);
                    if (first < at || named) && at < last && interrupts(prose, line, at, dash) {
                        places.push((dash, placed.to_source(line[at].span)));
                    }
                }
            }
        }
        let count = |dash: Dash| places.iter().filter(|(other, _)| *other == dash).count();
        // The first of the most frequent kinds wins a tie: the kind that the draft used first.
        let Some(&(first, _)) = places.first() else { return };
        let house = Dash::ALL
            .into_iter()
            .fold(first, |best, dash| if count(dash) > count(best) { dash } else { best });
        let others: Vec<(Dash, SrcSpan)> =
            places.iter().filter(|(dash, _)| *dash != house).copied().collect();
        let Some(&(other, span)) = others.first() else { return };
        let Some(&(_, example)) = places.iter().find(|(dash, _)| *dash == house) else { return };
        let message = format!(
            "“{}” here, “{}” elsewhere in the draft ({} and {})",
            other.text(),
            house.text(),
            count(other),
            count(house)
        );
        let mut finding = Finding::new(RULE.name, span, message)
            .with_help("use one kind of dash between words")
            .with_related(None, example, "the other kind");
        for (_, span) in others.iter().skip(1).take(SHOWN) {
            finding = finding.with_related(None, *span, "again here");
        }
        out.push(finding.with_fix(Fix {
            title: match others.len() {
                1 => format!("Change to “{}”", house.text()),
                all => format!("Change all {all} to “{}”", house.text()),
            },
            safety: Safety::Safe,
            edits: others.iter().map(|(_, span)| (*span, house.text().to_owned())).collect(),
        }));
    }
}

/// The tokens of each line.
fn lines<'a>(prose: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = &'a [Token]> {
    tokens.chunk_by(|a, b| !prose[a.span.end as usize..b.span.start as usize].contains('\n'))
}

/// Whether the dash at `at` interrupts its line: one at an edge begins an item or a credit, or was cut off there.
fn interrupts(prose: &str, line: &[Token], at: usize, dash: Dash) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| line.get(at)), line.get(at + 1))
    else {
        return false;
    };
    let span = line[at].span;
    let spaced = (before.span.end < span.start, span.end < after.span.start);
    let lead = &line[..at];
    // “LAGOS, Nigeria (AP) —”
    let dateline = lead.len() <= 12
        && lead.first().is_some_and(|token| token.shape == Shape::Upper)
        && lead.iter().filter(|token| token.is_word()).count() <= 6;
    let number = |token: &Token| token.kind == TokenKind::Number;
    // “We won.” — Ada Obi: a name after a dash that follows a stop says whose words they were.
    let stop = matches!(before.text(prose), "." | "!" | "?" | "”" | "\"" | "’" | "…");
    let attribution = stop || before.kind == TokenKind::Url;
    if dateline || attribution || number(before) && number(after) {
        return false;
    }
    match spaced {
        // “ –5 degrees” is a minus sign.
        (true, false) => !number(after) && dash != Dash::En,
        (true, true) | (false, true) => true,
        // Without spaces an en dash joins: a London–Lagos flight.
        (false, false) => dash != Dash::En,
    }
}
