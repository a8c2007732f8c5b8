//! mixed-dashes: two kinds of dash between words in one draft.

use crate::document::block::{Block, BlockKind};
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
            draft: "The harbour — closed since May — is open.\n\n\
                    The bridge «–» the old one – is not, they said. So it goes — slowly and without a plan.",
            fixed: Some(
                "The harbour — closed since May — is open.\n\n\
                 The bridge — the old one — is not, they said. So it goes — slowly and without a plan.",
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
        for (placed, facts) in cx.iter().filter(|(placed, _)| placed.block.kind == BlockKind::Paragraph) {
            let tokens = &facts.analysis.tokens;
            for (at, token) in
                tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Punctuation)
            {
                let Some(dash) = Dash::of(token.text(&placed.block.prose)) else { continue };
                if interrupts(&placed.block, tokens, at) {
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
                1 => format!("Change it to “{}”", house.text()),
                all => format!("Change all {all} to “{}”", house.text()),
            },
            safety: Safety::Unsafe,
            edits: others.iter().map(|(_, span)| (*span, house.text().to_owned())).collect(),
        }));
    }
}

/// Whether the dash at `at` interrupts a sentence.
fn interrupts(block: &Block, tokens: &[Token], at: usize) -> bool {
    let prose = &*block.prose;
    let dash = tokens[at];
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(at + 1))
    else {
        return false;
    };
    let spaced = (before.span.end < dash.span.start, dash.span.end < after.span.start);
    let line = prose[..dash.span.start as usize].rfind('\n').map_or(0, |at| at as u32 + 1);
    let line_end = prose[dash.span.end as usize..]
        .find('\n')
        .map_or(prose.len(), |at| dash.span.end as usize + at) as u32;
    // A dash at a line's edge begins an item, a credit or an attribution, or was cut off there.
    if before.span.start < line || after.span.start >= line_end {
        return false;
    }
    let words = |tokens: &[Token]| tokens.iter().filter(|token| token.is_word()).count();
    let from = tokens.partition_point(|token| token.span.start < line);
    let to = tokens.partition_point(|token| token.span.start < line_end);
    let lead = &tokens[from..at];
    let is_upper = |token: &Token| matches!(token.shape, Shape::Upper);
    // “LAGOS, Nigeria (AP) —”
    let dateline = lead.first().is_some_and(is_upper) && lead.len() <= 12 && words(lead) <= 6;
    let lower = |tokens: &[Token]| tokens.iter().any(|token| token.shape == Shape::Lower);
    // “Rovers — United”, “Monday — rain”: a line without a verb to interrupt has few words.
    let line_tokens = &tokens[from..to];
    let sentence = words(line_tokens) >= 6 && lower(lead) && lower(&tokens[at + 1..to]);
    let number = |token: &Token| token.kind == TokenKind::Number;
    // “We won.” — Ada Obi: a name after a dash that follows a stop says whose words they were.
    let attribution = matches!(before.text(prose), "." | "!" | "?" | "”" | "\"" | "’" | "…")
        || before.kind == TokenKind::Url;
    if dateline || !sentence || attribution || number(before) && number(after) {
        return false;
    }
    match spaced {
        // “ –5 degrees” is a minus sign, “–5–10” a range.
        (true, false) => !number(after) && dash.text(prose) != "–",
        (false, true) => true,
        (true, true) => {
            !(number(after) && dash.text(prose) == "–" && !number(before) && before.kind == TokenKind::Symbol)
        }
        // Without spaces an en dash joins; an em dash interrupts unless it stands in a number.
        (false, false) if dash.text(prose) == "–" => {
            before.shape == Shape::Lower && after.shape == Shape::Lower
        }
        (false, false) => !number(before) || !number(after),
    }
}
