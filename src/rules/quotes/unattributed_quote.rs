//! unattributed-quote: a direct quotation that nobody is named as saying.

use crate::document::block::BlockKind;
use crate::facts::quotes::{Quote, Standing};
use crate::finding::{Finding, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::SrcSpan;

pub const RULE: Rule = Rule {
    name: "unattributed-quote",
    family: Family::Quotes,
    summary: "A direct quotation that nobody is named as saying",
    why: "A reader must know whose words these are. A whole-sentence quotation needs its speaker in its own sentence, \
          in the sentence before it, or in the paragraph that it goes on from; a quotation that ends with a comma \
          promises that the speaker follows. Single terms, titles, mottos, headlines and parts of a sentence are not \
          asked for one, nor are a dialogue's turns or a quotation with a signature under it.",
    default: Level::On(Severity::Warning),
    yields_to: &[],
    across: false,
    options: None,
    examples: &[
        Example {
            draft: "The council met on Monday until late.\n\n«“We have never seen a budget like this one,”»\n\nThe vote was put off.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "“The pier will stay shut,” the harbour master said. Whose fault is it?\n\n«“We asked for money three times, and nobody answered.”»",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "“The pier will stay shut,” the harbour master said. “We have asked for money.”\n\n“Nobody answered us.”",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The choir sang “Nobody Knows the Way Home” under a banner that read “Save the pier.”",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(UnattributedQuote)),
};

struct UnattributedQuote;

impl Check for UnattributedQuote {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        for quote in &cx.facts.quotes {
            let Some(span) = speech(cx, quote) else { continue };
            let (message, help) = if quote.expects {
                (
                    format!("the quotation {} ends with a comma, but no speaker follows", excerpt(cx, span)),
                    "name the speaker after the comma, or put a stop in its place",
                )
            } else if matches!(quote.standing, Standing::Nobody | Standing::Distant) && quote.alone {
                (
                    format!("nobody is named as saying {}", excerpt(cx, span)),
                    "name the speaker in the sentence or right before it",
                )
            } else {
                continue;
            };
            out.push(Finding::new(RULE.name, span, message).with_help(help));
        }
    }
}

/// The quotation in its first block, where it is running text and says a whole sentence or breaks off.
fn speech(cx: &DocCx<'_>, quote: &Quote) -> Option<SrcSpan> {
    let quotation = cx.facts.quotations.get(quote.quotation as usize)?;
    let part = quotation.parts.first()?;
    let block = part.block as usize;
    let placed = cx.document.blocks.get(block)?;
    let running = matches!(placed.block.kind, BlockKind::Paragraph | BlockKind::ListItem);
    let words = part.span.of(&placed.block.prose);
    let speech = quote.whole && is_sentence(words) && !is_signed_below(cx, block) && !answers(cx, block);
    if !running || !(quote.expects || speech) {
        return None;
    }
    Some(placed.to_source(part.span))
}

/// Whether the words of a quotation are speech rather than a title, in which nearly every longer word is capitalised.
fn is_sentence(quoted: &str) -> bool {
    let words = quoted.split_whitespace().map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
    let long: Vec<&str> = words.filter(|word| word.len() > 3).collect();
    let capitals = long.iter().filter(|word| word.starts_with(|char: char| !char.is_lowercase())).count();
    quoted.split_whitespace().nth(4).is_some() && capitals * 5 <= long.len() * 3
}

/// Whether the block after this one is the signature of what it quotes: “— Ada Obi at the pier in May”, “Ada Obi, The
/// Herald”.
fn is_signed_below(cx: &DocCx<'_>, block: usize) -> bool {
    let Some(next) = cx.document.blocks.get(block + 1) else { return false };
    let prose = next.block.prose.trim();
    let words = prose.split_whitespace().take(41).count();
    let dash = prose.starts_with(['—', '–', '-', '―', '~']) && words <= 40;
    let names = prose.starts_with(char::is_uppercase)
        && words <= 12
        && !prose.ends_with(['.', ':', '!', '?', '"', '”'])
        && prose.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count() <= 2;
    dash || (names && prose.contains(','))
}

/// Whether the block before this one is a question and nothing else, as in an interview: who is asked, answers.
fn answers(cx: &DocCx<'_>, block: usize) -> bool {
    let Some(before) = block.checked_sub(1).and_then(|before| cx.blocks.get(before)) else { return false };
    let prose = cx.document.blocks[block - 1].block.prose.trim_end();
    before.analysis.sentences.len() == 1 && before.analysis.marks.is_empty() && prose.ends_with('?')
}

/// The first words of a quotation as the draft has them.
fn excerpt(cx: &DocCx<'_>, span: SrcSpan) -> String {
    let words = span.of(&cx.document.text);
    let inner =
        words.trim_matches(|char: char| matches!(char, '"' | '“' | '”' | '\'' | '‘' | '’' | '`' | ','));
    let first: Vec<&str> = inner.split_whitespace().take(7).collect();
    let more = inner.split_whitespace().nth(7).is_some();
    format!("“{}{}”", first.join(" "), if more { " …" } else { "" })
}
