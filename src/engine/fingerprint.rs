//! A finding's fingerprint: what it is about, whatever the line it stands on.
//!
//! Made of the rule, the marked words and three words on either side of them in their sentence: it survives everything
//! that happens elsewhere in the draft, and reflowed lines. Not of the message, which may count what stands elsewhere.

use crate::document::analysis;
use crate::document::block::Placed;
use crate::document::{self, Format};
use crate::finding::Finding;
use crate::text::span::SrcSpan;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// 64 bits; written as 16 hexadecimal digits. Stable: baselines and code hosts remember it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

/// How many words on either side of the marked ones are looked at.
const CONTEXT: usize = 3;

/// The fingerprints of a draft's findings, in their order. Findings that say the same of the same words in the same
/// sentence have the same.
pub fn of_findings(text: &Arc<str>, format: Format, findings: &[Finding]) -> Vec<Fingerprint> {
    if findings.is_empty() {
        return Vec::new();
    }
    let document = document::parse(text.clone(), format);
    let mut sentences: Option<(usize, Vec<SrcSpan>)> = None;
    findings
        .iter()
        .map(|finding| {
            let first = document.block_at(finding.span.start);
            let before = first.map(|index| {
                // Findings come in the order of the file, so that those of one block follow each other.
                if sentences.as_ref().is_none_or(|(known, _)| *known != index) {
                    sentences = Some((index, source_sentences(&document.blocks[index])));
                }
                sentences.as_ref().map_or(&[][..], |(_, sentences)| sentences)
            });
            of_finding(text, finding, before.unwrap_or_default())
        })
        .collect()
}

/// Where the sentences of a block stand in the source.
pub fn source_sentences(placed: &Placed) -> Vec<SrcSpan> {
    let analysis = analysis::analyse(&placed.block);
    analysis.sentences.iter().map(|sentence| placed.to_source(sentence.span)).collect()
}

/// The hash of a text's words, whatever the white space between them.
pub fn of_words(text: &str) -> u64 {
    words(START, text.split_whitespace())
}

fn of_finding(text: &str, finding: &Finding, sentences: &[SrcSpan]) -> Fingerprint {
    let span = finding.span;
    let around = |at: u32| {
        let sentence = sentences.get(sentences.partition_point(|sentence| sentence.end < at));
        sentence.filter(|sentence| sentence.start <= at)
    };
    let before = around(span.start).map_or("", |sentence| SrcSpan::new(sentence.start, span.start).of(text));
    let after = around(span.end)
        .filter(|sentence| sentence.end >= span.end)
        .map_or("", |sentence| SrcSpan::new(span.end, sentence.end).of(text));
    let mut hash = words(START, [finding.rule]);
    hash = words(hash, span.of(text).split_whitespace());
    hash = words(separate(hash), before.split_whitespace().rev().take(CONTEXT));
    hash = words(separate(hash), after.split_whitespace().take(CONTEXT));
    Fingerprint(hash)
}

/// FNV-1a (Fowler, Noll and Vo 1991), 64 bits.
const START: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0100_0000_01B3;

fn words<'a>(hash: u64, words: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = words.into_iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

fn separate(hash: u64) -> u64 {
    (hash ^ 0x1F).wrapping_mul(PRIME)
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.len() != 16 {
            return Err(());
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fingerprint of the marked words of a draft.
    fn of(marked: &str) -> Fingerprint {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let text: Arc<str> = marked.replace(['«', '»'], "").into();
        let finding = Finding::new("rule", SrcSpan::new(start as u32, end as u32), "");
        of_findings(&text, Format::Markdown, &[finding])[0]
    }

    #[test]
    fn what_happens_elsewhere_does_not_matter() {
        let here = of("The boat left the «harber» at nine on Monday.");
        assert_eq!(
            here,
            of("# New\n\nIt rained. The boat left the «harber» at nine on\nMonday. It was cold.")
        );
        assert_eq!(here, of("It rained. Yesterday the boat left the «harber» at nine on a Tuesday."));
        assert_eq!(here, of("- one\n- The boat left\r\n  the «harber» at nine on Monday.\r\n"));
    }

    #[test]
    fn what_stands_beside_the_words_does() {
        let here = of("The boat left the «harber» at nine on Monday.");
        assert_ne!(here, of("The boat left our «harber» at nine on Monday."));
        assert_ne!(here, of("The boat left the «harbur» at nine on Monday."));
    }

    #[test]
    fn it_is_the_same_in_every_version_of_the_program() {
        assert_eq!(of("The boat left the «harber» at nine.").to_string(), "543c25fdcf1fc714");
    }
}
