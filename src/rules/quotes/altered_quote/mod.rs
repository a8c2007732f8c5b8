//! altered-quote: the same words by the same speaker in two versions.
//!
//! No quotation is compared with all others: an index of neighbouring content words finds the few that may be a
//! version of it (shingling: Broder, “On the resemblance and containment of documents”, 1997).

pub mod index;
pub mod versions;

use crate::document;
use crate::facts::quotes::Quote;
use crate::finding::{DocId, Finding, Severity};
use crate::guide::{Guide, Level};
use crate::rules::rule::{Check, DocCx, Example, Family, ProjectCx, Rule};
use index::{Index, SourceIndex};
use std::collections::HashMap;
use std::sync::OnceLock;
use versions::{Comparison, Words, compare};

pub const RULE: Rule = Rule {
    name: "altered-quote",
    family: Family::Quotes,
    summary: "The same words by the same speaker in two versions",
    why: "What stands between marks is what was said, word for word; two versions cannot both be. Quotations are \
          compared within a draft (headline against body, too), across the drafts of a run, and against the files \
          that the guide names under `[quotes] sources`. Words left out (…), a desk's own words in [brackets], \
          contractions and national spelling are no difference, and a part of a quotation is none of the whole.",
    default: Level::On(Severity::Warning),
    yields_to: &[],
    across: true,
    options: None,
    examples: &[
        Example {
            draft: "“The lighthouse keeper promised us a warmer winter and cheaper bread,” Ada Obi said.\n\nLater she repeated it. «“The lighthouse keeper offered us a warmer winter and cheaper bread,”» Obi said.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "“The lighthouse keeper promised us a warmer winter and cheaper bread,” Ada Obi said.\n\nThe keeper “promised us a warmer winter,” she wrote. “The lighthouse keeper promised [the town] a warmer winter … and cheaper bread.”",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(AlteredQuote::default())),
};

#[derive(Default)]
struct AlteredQuote {
    /// A rule belongs to one guide, so its sources are read once.
    sources: OnceLock<SourceIndex>,
}

impl Check for AlteredQuote {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        self.against_sources(cx, out);
        let quotes = &cx.facts.quotes;
        let index = Index::of(quotes.iter().map(|quote| &*quote.text));
        let mut words: HashMap<usize, Words> = HashMap::new();
        let mut marked = vec![false; quotes.len()];
        for (first, second) in index.pairs() {
            if marked[second] || !may_match(&quotes[first], &quotes[second]) {
                continue;
            }
            for number in [first, second] {
                words.entry(number).or_insert_with(|| Words::of(&quotes[number].text));
            }
            let Some(comparison) = compare(&words[&second], &words[&first]) else { continue };
            if !is_version(&comparison, 0.75) {
                continue;
            }
            marked[second] = true;
            let finding = finding(&quotes[second], &quotes[first], &comparison);
            out.push(finding.with_related(None, quotes[first].span, "the other version"));
        }
    }

    fn project(&self, cx: &ProjectCx<'_>, out: &mut Vec<(DocId, Finding)>) {
        let quotes: Vec<(usize, &Quote)> = cx
            .documents
            .iter()
            .enumerate()
            .flat_map(|(number, document)| document.facts.quotes.iter().map(move |quote| (number, quote)))
            .collect();
        let index = Index::of(quotes.iter().map(|(_, quote)| &*quote.text));
        let mut marked = vec![false; quotes.len()];
        let mut words: HashMap<usize, Words> = HashMap::new();
        let mut report = |first: usize, second: usize, comparison: &Comparison| {
            let ((there, version), (here, quote)) = (quotes[first], quotes[second]);
            let (there, here) = (cx.documents[there].id, cx.documents[here].id);
            let finding = finding(quote, version, comparison);
            out.push((here, finding.with_related(Some(there), version.span, "the other version")));
        };
        // Drafts that share quotations tell the same story.
        let mut shared: HashMap<(usize, usize), u32> = index.shared(|number| quotes[number].0);
        for (first, second) in index.pairs() {
            let ((there, version), (here, quote)) = (quotes[first], quotes[second]);
            if there == here || marked[second] || !may_match(version, quote) {
                continue;
            }
            for number in [first, second] {
                words.entry(number).or_insert_with(|| Words::of(&quotes[number].1.text));
            }
            let Some(comparison) = compare(&words[&second], &words[&first]) else { continue };
            if is_version(&comparison, 0.6) {
                marked[second] = true;
                *shared.entry((there, here)).or_default() += 1;
                report(first, second, &comparison);
            }
        }
        let mut stories: Vec<(usize, usize)> =
            shared.into_iter().filter(|(_, count)| *count >= 2).map(|(pair, _)| pair).collect();
        stories.sort_unstable();
        for (there, here) in stories {
            let of = |document: usize| {
                let from = quotes.partition_point(|(number, _)| *number < document);
                let to = quotes.partition_point(|(number, _)| *number <= document);
                from..to
            };
            for second in of(here) {
                if marked[second] || !is_short(&quotes[second].1.text) {
                    continue;
                }
                let best = of(there).find_map(|first| {
                    let (version, quote) = (quotes[first].1, quotes[second].1);
                    if !is_short(&version.text)
                        || !same_speaker(version, quote)
                        || index.is_same(first, second)
                    {
                        return None;
                    }
                    let comparison = compare(&Words::of(&quote.text), &Words::of(&version.text))?;
                    is_short_version(&comparison).then_some((first, comparison))
                });
                if let Some((first, comparison)) = best {
                    marked[second] = true;
                    report(first, second, &comparison);
                }
            }
        }
    }
}

impl AlteredQuote {
    fn against_sources(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        if cx.guide.quotes.sources.is_empty() {
            return;
        }
        let sources = self.sources.get_or_init(|| read_sources(cx.guide));
        for quote in &cx.facts.quotes {
            let words = Words::of(&quote.text);
            if words.words.len() < 4 {
                continue;
            }
            if sources.holds(&words) {
                continue;
            }
            let is_close = |comparison: &Comparison| {
                comparison.common * 5 >= comparison.stretch.max(words.words.len()) * 3
            };
            match sources.best(&words).filter(|(_, comparison)| is_close(comparison)) {
                Some((path, comparison)) if !comparison.differences.is_empty() => {
                    let message = format!("{}; the source {path} has it otherwise", shown(&comparison));
                    out.push(Finding::new(RULE.name, quote.span, message).with_help(HELP));
                }
                // The same words but for what was left out of them, or put in their place by the desk.
                Some(_) if words.is_open() => {}
                Some((path, _)) => {
                    let text = excerpt(&quote.text);
                    let message =
                        format!("the quotation {text} begins or ends otherwise in the source {path}");
                    out.push(Finding::new(RULE.name, quote.span, message).with_help(HELP));
                }
                None if cx.guide.quotes.require_source => {
                    let message = format!("the quotation {} stands in no source", excerpt(&quote.text));
                    let help = "check it, or add the file it comes from to [quotes] sources";
                    out.push(Finding::new(RULE.name, quote.span, message).with_help(help));
                }
                None => {}
            }
        }
    }
}

const HELP: &str = "check the words against what was said, and make both alike";

/// The blocks of the guide's source files, parsed as drafts are.
fn read_sources(guide: &Guide) -> SourceIndex {
    let texts = guide.quotes.sources.iter().map(|source| {
        let document = document::parse(source.text.clone(), source.format);
        let prose: Vec<&str> = document.blocks.iter().map(|placed| &*placed.block.prose).collect();
        (source.path.display().to_string(), prose.join("\n"))
    });
    SourceIndex::of(texts)
}

fn finding(quote: &Quote, version: &Quote, comparison: &Comparison) -> Finding {
    let name = quote.speaker.as_ref().or(version.speaker.as_ref());
    let by = name.map(|speaker| format!(" by {}", speaker.name)).unwrap_or_default();
    let message = format!(
        "the quotation {}{by} stands in another version: {}",
        excerpt(&quote.text),
        shown(comparison)
    );
    Finding::new(RULE.name, quote.span, message).with_help(HELP)
}

/// The difference, word by word: “gifts” here, “presents” there.
fn shown(comparison: &Comparison) -> String {
    let side = |words: &str| if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") };
    let differences = comparison.differences.iter().take(4);
    let mut out: Vec<String> = differences
        .map(|difference| format!("{} here, {} there", side(&difference.here), side(&difference.there)))
        .collect();
    if comparison.differences.len() > 4 {
        out.push(format!("and {} more", comparison.differences.len() - 4));
    }
    out.join("; ")
}

fn excerpt(text: &str) -> String {
    let first: Vec<&str> = text.split_whitespace().take(7).collect();
    let more = text.split_whitespace().nth(7).is_some();
    format!("“{}{}”", first.join(" ").trim_end_matches([',', '.']), if more { " …" } else { "" })
}

/// Long enough in common, close enough, and not alike.
fn is_version(comparison: &Comparison, close: f64) -> bool {
    !comparison.differences.is_empty()
        && comparison.common_content >= 4
        && comparison.common >= 7
        && comparison.common as f64 >= close * comparison.stretch as f64
}

/// A few words that differ in one place, in drafts that tell the same story.
fn is_short_version(comparison: &Comparison) -> bool {
    comparison.differences.len() == 1
        && comparison
            .differences
            .iter()
            .all(|difference| !difference.here.is_empty() && !difference.there.is_empty())
        && comparison.common >= 2
        && comparison.common_content >= 1
        && comparison.common * 5 >= comparison.stretch * 3
}

fn is_short(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (3..=8).contains(&words)
}

/// Whether nothing speaks against two quotations being by one speaker.
fn may_match(a: &Quote, b: &Quote) -> bool {
    a.in_heading || b.in_heading || a.speaker.is_none() || b.speaker.is_none() || same_speaker(a, b)
}

fn same_speaker(a: &Quote, b: &Quote) -> bool {
    let last = |quote: &Quote| {
        quote.speaker.as_ref().and_then(|speaker| speaker.name.rsplit(' ').next().map(str::to_owned))
    };
    last(a).is_some() && last(a) == last(b)
}
