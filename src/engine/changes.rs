//! What a change to a draft touched: its sentences, compared with those from before, and the findings that were not
//! there.
//!
//! Compares words, not lines: a paragraph that was only reflowed, moved or had its line ends changed is not changed.

use super::fingerprint::{self, Fingerprint};
use crate::document::{self, Format};
use crate::finding::Finding;
use crate::text::span::SrcSpan;
use std::collections::HashMap;
use std::sync::Arc;

/// A draft as it was before.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// How often each sentence stood, by the hash of its words; `None` where the draft was the same.
    pub sentences: Option<HashMap<u64, u32>>,
    /// How often each finding was there.
    pub findings: HashMap<Fingerprint, u32>,
}

impl Before {
    /// A draft that had these findings. `text` is given where it differs now.
    pub fn new(text: Option<(&Arc<str>, Format)>, findings: &[Fingerprint]) -> Self {
        let sentences = text.map(|(text, format)| {
            let document = document::parse(text.clone(), format);
            let spans = document.blocks.iter().flat_map(fingerprint::source_sentences);
            count(spans.map(|span| fingerprint::of_words(span.of(text))))
        });
        Self { sentences, findings: count(findings.iter().copied()) }
    }

    /// Keeps the findings that touch a sentence that was not there, and those that were not there themselves.
    pub fn keep_new(&self, text: &Arc<str>, format: Format, findings: Vec<Finding>) -> Vec<Finding> {
        if findings.is_empty() {
            return findings;
        }
        let changed = self.changed(text, format);
        let fingerprints = fingerprint::of_findings(text, format, &findings);
        let mut known = self.findings.clone();
        let mut keep = findings.into_iter().zip(fingerprints).map(|(finding, fingerprint)| {
            let was_there = known.get_mut(&fingerprint).filter(|count| **count > 0);
            let is_new = was_there.map(|count| *count -= 1).is_none();
            let next = changed.partition_point(|sentence| sentence.end <= finding.span.start);
            let touches = changed.get(next).is_some_and(|sentence| sentence.overlaps(finding.span));
            (finding, is_new || touches)
        });
        keep.by_ref().filter_map(|(finding, keep)| keep.then_some(finding)).collect()
    }

    /// The sentences that were not there before, in order; where one stands in another, as in the words of a picture, both
    /// as one. Where a sentence stands more often than before, the last of them are new.
    fn changed(&self, text: &Arc<str>, format: Format) -> Vec<SrcSpan> {
        let Some(before) = &self.sentences else { return Vec::new() };
        let mut known = before.clone();
        let document = document::parse(text.clone(), format);
        let spans = document.blocks.iter().flat_map(fingerprint::source_sentences);
        let mut new: Vec<SrcSpan> = spans
            .filter(|span| match known.get_mut(&fingerprint::of_words(span.of(text))) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            })
            .collect();
        new.sort_unstable();
        new.dedup_by(|next, last| {
            let within = next.start < last.end;
            last.end = if within { last.end.max(next.end) } else { last.end };
            within
        });
        new
    }
}

fn count<T: std::hash::Hash + Eq>(items: impl Iterator<Item = T>) -> HashMap<T, u32> {
    let mut out = HashMap::new();
    for item in items {
        *out.entry(item).or_default() += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The changed sentences between two versions of a draft.
    fn changed<'a>(before: &str, after: &'a str) -> Vec<&'a str> {
        let before = Before::new(Some((&before.into(), Format::Markdown)), &[]);
        before.changed(&after.into(), Format::Markdown).into_iter().map(|span| span.of(after)).collect()
    }

    #[test]
    fn sentences_are_changed_where_their_words_are() {
        let before = "The boat left. It rained.\n\nNobody came.\n";
        assert_eq!(
            changed(before, "The boat left late. It rained.\n\nNobody came.\n"),
            ["The boat left late."]
        );
        assert_eq!(changed(before, "Nobody came.\r\n\r\nThe boat\r\nleft. It rained.\r\n"), [""; 0]);
        assert_eq!(changed(before, "It rained. It rained.\n"), ["It rained."]);
    }
}
