//! unclosed-quote: a quotation that is opened and not closed.

use crate::document::quotation::{Class, Quotation, QuoteEnd};
use crate::finding::{Finding, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::Span;

pub const RULE: Rule = Rule {
    name: "unclosed-quote",
    family: Family::Quotes,
    summary: "A quotation is opened and never closed",
    why: "Without its closing mark a reader cannot tell where the speaker's words end and the writer's begin. A \
          quotation over several paragraphs opens each of them and closes the last only: that is right, and so is \
          a long one that only its last paragraph closes. Apostrophes, feet and inches, and years such as '90s are \
          no marks of quotation.",
    default: Level::On(Severity::Warning),
    yields_to: &[],
    across: false,
    options: None,
    examples: &[
        Example {
            draft: "«“»The bridge will open in May, the mayor told reporters.\n\nShe left at noon.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The clerk said the letter was «\"»lost in the mail.\n\n\"We have looked for it,\" he said.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "“We mended the roof,” the warden said. “Then came the storm.\n\n“Now we mend it again.”",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The workers' tent, 6' by 12', is from the '90s. \"It's the players' favourite,\" she said.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(UnclosedQuote)),
};

struct UnclosedQuote;

impl Check for UnclosedQuote {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let singles = quotes_in_single_marks(&cx.facts.quotations);
        let mut marked = None;
        for quotation in &cx.facts.quotations {
            let unclosed = match quotation.end {
                QuoteEnd::Closed => false,
                QuoteEnd::Unclosed => true,
                QuoteEnd::Doubtful => singles && is_speech(cx, quotation),
            };
            // What runs on from paragraph to paragraph is opened anew in each: the last one misses its mark.
            let Some(part) = quotation.parts.last().filter(|_| unclosed) else { continue };
            let Some(placed) = cx.document.blocks.get(part.block as usize) else { continue };
            // Where one mark is missing, those after it in the paragraph face the wrong way, too.
            if marked.replace(part.block) == Some(part.block) {
                continue;
            }
            let words = part.span.of(&placed.block.prose);
            let mark = words.chars().next().map_or(0, |mark| mark.len_utf8() as u32);
            let span = placed.to_source(Span::new(part.span.start, part.span.start + mark));
            let message = format!("the quotation “{}” is opened here and never closed", beginning(words));
            out.push(Finding::new(RULE.name, span, message).with_help(
                "put the closing mark where the speaker's words end; a quotation that runs on opens the next \
                 paragraph again",
            ));
        }
    }
}

/// Whether the draft puts its quotations in single marks, as British papers do: an unclosed single mark is an
/// apostrophe everywhere else.
fn quotes_in_single_marks(quotations: &[Quotation]) -> bool {
    let closed =
        quotations.iter().filter(|quotation| quotation.end == QuoteEnd::Closed && quotation.depth == 0);
    let (singles, others): (Vec<_>, Vec<_>) =
        closed.partition(|quotation| quotation.style.class() == Class::Single);
    singles.len() >= 2 && others.len() * 4 <= singles.len()
}

/// Whether what an unclosed single mark opens looks like speech: several words that begin a sentence.
fn is_speech(cx: &DocCx<'_>, quotation: &Quotation) -> bool {
    quotation.parts.last().is_some_and(|part| {
        let words =
            cx.document.blocks.get(part.block as usize).map(|placed| part.span.of(&placed.block.prose));
        let words = words.unwrap_or_default().trim_start_matches(['\'', '‘']);
        words.starts_with(char::is_uppercase) && words.split_whitespace().nth(3).is_some()
    })
}

/// The first words of a quotation, without its mark.
fn beginning(words: &str) -> String {
    let words = words.trim_start_matches(['"', '“', '”', '„', '\'', '‘', '’', '«', '`']);
    let mut out: Vec<&str> = words.split_whitespace().take(6).collect();
    if let Some(last) = out.last_mut() {
        *last = last.trim_end_matches([',', '.', ';', ':']);
    }
    let more = words.split_whitespace().nth(5).is_some();
    format!("{}{}", out.join(" "), if more { " …" } else { "" })
}
