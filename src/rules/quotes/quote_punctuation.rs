//! quote-punctuation: a comma or stop on the wrong side of the closing mark, by dialect.

use crate::finding::{Finding, Fix, Safety};
use crate::guide::{Dialect, Level};
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::Span;

pub const RULE: Rule = Rule {
    name: "quote-punctuation",
    family: Family::Quotes,
    summary: "A comma or stop on the wrong side of the closing mark",
    why: "American and Canadian copy puts commas and stops inside the closing mark, always. British and Australian \
          copy puts them outside where only a part of a sentence is quoted, and inside with a whole one. Off unless \
          the guide turns it on; the guide's `language` decides.",
    default: Level::Off,
    yields_to: &[],
    across: false,
    options: None,
    examples: &[
        Example {
            draft: "He called the pier “a scandal«”,» and left “at once«”.»",
            fixed: Some("He called the pier “a scandal,” and left “at once.”"),
            guide: "language = \"en-US\"",
        },
        Example {
            draft: "He called the pier “a scandal«,”» and said: “We shall mend it.”",
            fixed: Some("He called the pier “a scandal”, and said: “We shall mend it.”"),
            guide: "language = \"en-GB\"",
        },
        Example {
            draft: "He called it “a scandal,” and left.", fixed: None, guide: "language = \"en-US\""
        },
    ],
    build: |_| Ok(Box::new(QuotePunctuation)),
};

struct QuotePunctuation;

impl Check for QuotePunctuation {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let inside = matches!(cx.guide.language, Dialect::American | Dialect::Canadian);
        for quote in &cx.facts.quotes {
            let Some(quotation) = cx.facts.quotations.get(quote.quotation as usize) else { continue };
            let Some(part) = quotation.parts.last() else { continue };
            let placed = &cx.document.blocks[part.block as usize];
            let prose = &*placed.block.prose;
            let Some(mark) = part.span.of(prose).chars().next_back().filter(|mark| matches!(mark, '"' | '”'))
            else {
                continue;
            };
            let start = part.span.end - mark.len_utf8() as u32;
            let is_stop = |char: &char| matches!(char, ',' | '.');
            let (span, stop) = if inside {
                let Some(stop) = prose[part.span.end as usize..].chars().next().filter(is_stop) else {
                    continue;
                };
                (Span::new(start, part.span.end + 1), stop)
            } else {
                let fragment = !quote.whole && quote.text.starts_with(char::is_lowercase);
                let Some(stop) = prose[..start as usize].chars().next_back().filter(is_stop) else {
                    continue;
                };
                if !fragment {
                    continue;
                }
                (Span::new(start - 1, part.span.end), stop)
            };
            if !placed.is_verbatim(span) {
                continue;
            }
            let right = if inside { format!("{stop}{mark}") } else { format!("{mark}{stop}") };
            let side = if inside { "inside" } else { "outside" };
            let message = format!("“{}” stands on the wrong side of the closing mark", stop);
            let source = placed.to_source(span);
            let finding = Finding::new(RULE.name, source, message)
                .with_help(format!("put it {side} the mark: {right}"))
                .with_fix(Fix::replace(source, right, Safety::Manual));
            out.push(finding);
        }
    }
}
