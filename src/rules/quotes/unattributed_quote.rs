//! unattributed-quote: a direct quotation that nobody is named as saying.

use crate::document::block::BlockKind;
use crate::document::quotation::{QuoteEnd, QuotePart};
use crate::facts::quotes::{Quote, Standing};
use crate::finding::{Finding, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::text::span::{Span, SrcSpan};

pub const RULE: Rule = Rule {
    name: "unattributed-quote",
    family: Family::Quotes,
    summary: "A direct quotation that nobody is named as saying",
    why: "A reader must know whose words these are. A whole-sentence quotation needs its speaker in its own sentence, \
          in the sentence before it, or in the paragraph that it goes on from; a quotation that ends with a comma \
          promises that the speaker follows. Single terms, titles, mottos, headlines and parts of a sentence are not \
          asked for one, nor are a dialogue's turns, a quotation with a signature under it, one that the next \
          paragraph takes up (“That is how …”), or a sentence of the story that stands again as a pull quote.",
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
            draft: "The pier shut in May.\n\n“We have never seen a budget like this one.”\n\nThat is how the clerk put it.",
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
        let mut searched = 0;
        for quote in &cx.facts.quotes {
            let Some(span) = speech(cx, quote) else { continue };
            let is_nobodys = quote.alone && matches!(quote.standing, Standing::Nobody | Standing::Distant);
            if !(quote.expects || is_nobodys) || (!quote.expects && is_damaged(cx, quote)) {
                continue;
            }
            // Each search reads the draft: a draft with very many such quotations is no news story.
            searched += 1;
            if searched <= SEARCHES && stands_twice(cx, quote) {
                continue;
            }
            let (message, help) = if quote.expects {
                (
                    format!("the quotation {} ends with a comma, but no speaker follows", excerpt(cx, span)),
                    "name the speaker after the comma, or put a stop in its place",
                )
            } else {
                (
                    format!("nobody is named as saying {}", excerpt(cx, span)),
                    "name the speaker in the sentence or right before it",
                )
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
    let last = quotation.parts.last()?;
    let speech = quote.whole
        && is_sentence(words)
        && !is_signed_below(cx, last.block as usize)
        && !is_taken_up(cx, last)
        && !is_subheading(&placed.block.prose, part.span)
        && !is_displayed(words)
        && !is_excerpt(cx, block)
        && !answers(cx, block);
    if !running || !(quote.expects || speech) || is_cited(cx, last) {
        return None;
    }
    Some(placed.to_source(part.span))
}

/// Whether a quotation that begins in the same block is never closed: then who says what is anybody's guess, and
/// unclosed-quote says so.
fn is_damaged(cx: &DocCx<'_>, quote: &Quote) -> bool {
    let quotations = &cx.facts.quotations;
    let at = quote.quotation as usize;
    let block = |at: usize| quotations[at].parts.first().map(|part| part.block);
    let here = block(at);
    let before = (0..=at).rev().take_while(|other| block(*other) == here);
    let after = (at..quotations.len()).take_while(|other| block(*other) == here);
    before.chain(after).take(64).any(|other| quotations[other].end == QuoteEnd::Unclosed)
}

/// So many quotations of a draft are looked for elsewhere in it.
const SEARCHES: usize = 40;

/// Whether the words stand in the draft a second time, as those of a pull quote do. Their first characters tell.
fn stands_twice(cx: &DocCx<'_>, quote: &Quote) -> bool {
    let words = quote.text.trim_matches(|char: char| !char.is_alphanumeric());
    let end = words.char_indices().nth(40).map(|(at, _)| at);
    let Some(beginning) = end.map(|end| &words[..end]) else { return false };
    let blocks = cx.document.blocks.iter();
    blocks.flat_map(|placed| placed.block.prose.matches(beginning)).nth(1).is_some()
}

/// Whether what follows the quotation begins with a word that points back to it: “That is how …”, “Those words …”, “So
/// said …”.
fn is_taken_up(cx: &DocCx<'_>, last: &QuotePart) -> bool {
    let block = last.block as usize;
    let rest = cx.document.blocks[block].block.prose[last.span.end as usize..].trim();
    let next = cx.document.blocks.get(block + 1).map_or("", |next| &*next.block.prose);
    let follows = if rest.is_empty() { next } else { rest };
    let first = follows.split(|char: char| !char.is_alphanumeric()).find(|word| !word.is_empty());
    matches!(first, Some("That" | "Those" | "These" | "This" | "Such" | "So" | "Thus"))
}

/// Whether a line is nothing but a question between marks: a heading of the text that follows.
fn is_subheading(prose: &str, quoted: Span) -> bool {
    const WORDS: usize = 9;
    let words = quoted.of(prose);
    let is_line = prose.trim().len() == words.trim().len();
    is_line && words.contains('?') && !words.contains(". ") && words.split_whitespace().nth(WORDS).is_none()
}

/// Whether the marks stand apart from the words, as a page's design sets a pull quote: “ We shall mend it. ”
fn is_displayed(quoted: &str) -> bool {
    let mut inside = quoted.chars();
    let ends = (inside.next(), inside.next_back());
    ends.0.is_some_and(is_mark)
        && ends.1.is_some_and(is_mark)
        && inside.as_str().starts_with(' ')
        && inside.as_str().ends_with(' ')
}

fn is_mark(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '\'' | '‘' | '’' | '«' | '»')
}

/// Whether a block is one of several excerpts: a heading, a line that is none of a sentence (“On the harbour”) or dots
/// stand before it, or dots after it. Who speaks in all of them was said before the first.
fn is_excerpt(cx: &DocCx<'_>, block: usize) -> bool {
    let prose = |block: usize| cx.document.blocks.get(block).map_or("", |placed| placed.block.prose.trim());
    let is_dots = |line: &str| !line.is_empty() && line.chars().all(|char| !char.is_alphanumeric());
    let Some(before) = block.checked_sub(1) else { return false };
    let is_heading = before > 0 && cx.document.blocks[before].block.kind.is_heading();
    let line = prose(before);
    let ends = line.ends_with(['.', '!', '?', '…', ',', ';', '"', '”', '\'', '’', ')']);
    let is_topic = !line.is_empty() && !ends && line.split_whitespace().nth(10).is_none() && before > 0;
    is_heading || is_topic || is_dots(line) || is_dots(prose(block + 1))
}

/// Whether nothing but the name and the date of where it stands follows: “…,” The Herald, May 5, 2026
fn is_cited(cx: &DocCx<'_>, last: &QuotePart) -> bool {
    let rest = &cx.document.blocks[last.block as usize].block.prose[last.span.end as usize..];
    let mut words = rest.split_whitespace().take(13).peekable();
    words.peek().is_some()
        && !rest.trim_end().ends_with('.')
        && words.clone().count() <= 12
        && words
            .all(|word| !word.starts_with(char::is_lowercase) || matches!(word, "of" | "the" | "and" | "p."))
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
