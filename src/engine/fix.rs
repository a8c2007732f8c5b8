//! Which fixes of a draft go together, and the bytes of the file with them applied.
//!
//! Works on the bytes of the file, not on the text that was made of them, so that what is no UTF-8, the byte order mark
//! and the line ends stay as they are. Knows nothing of files: the caller reads, checks again and writes.

use crate::finding::{Finding, Fix, Safety};
use crate::text::source::SUBSTITUTE;
use crate::text::span::SrcSpan;
use std::collections::BTreeMap;

/// Fixes of one draft that go together.
#[derive(Clone, Debug, Default)]
pub struct Plan<'a> {
    /// The replacements by where they start; no two overlap or touch.
    edits: BTreeMap<u32, (SrcSpan, &'a str)>,
    /// The indices of the findings that they settle.
    pub settles: Vec<usize>,
}

/// Chooses, in the order of the findings, the best fix of each, where it may be applied (its safety is at most
/// `allowed`) and keeps clear of those chosen before it. What touches another is left for the next round: after it, the
/// place reads differently.
pub fn plan(findings: &[Finding], allowed: Safety) -> Plan<'_> {
    let mut plan = Plan::default();
    for (index, finding) in findings.iter().enumerate() {
        let Some(fix) = finding.fixes.first() else { continue };
        if fix.safety <= allowed && plan.add(fix) {
            plan.settles.push(index);
        }
    }
    plan
}

impl<'a> Plan<'a> {
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The bytes with the plan applied; `None` where it does not fit them.
    pub fn apply(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(bytes.len());
        let mut done = 0;
        for (span, text) in self.edits.values() {
            out.extend_from_slice(bytes.get(done..span.start as usize)?);
            out.extend_from_slice(text.as_bytes());
            done = span.end as usize;
        }
        out.extend_from_slice(bytes.get(done..)?);
        Some(out)
    }

    /// Takes all edits of a fix, or none of them.
    fn add(&mut self, fix: &'a Fix) -> bool {
        let fits = |(span, text): &(SrcSpan, String)| self.is_clear(*span) && !text.contains(SUBSTITUTE);
        if fix.edits.is_empty() || !fix.edits.iter().all(fits) {
            return false;
        }
        self.edits.extend(fix.edits.iter().map(|(span, text)| (span.start, (*span, text.as_str()))));
        true
    }

    fn is_clear(&self, span: SrcSpan) -> bool {
        let before = self.edits.range(..=span.end).next_back();
        before.is_none_or(|(_, (taken, _))| taken.end < span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(edits: &[(u32, u32, &str)], safety: Safety) -> Finding {
        let edits: Vec<_> =
            edits.iter().map(|(start, end, text)| (SrcSpan::new(*start, *end), (*text).to_owned())).collect();
        Finding::new("rule", edits[0].0, "").with_fix(Fix { title: String::new(), safety, edits })
    }

    fn fixed(bytes: &[u8], findings: &[Finding], allowed: Safety) -> (Vec<u8>, Vec<usize>) {
        let plan = plan(findings, allowed);
        (plan.apply(bytes).unwrap(), plan.settles)
    }

    #[test]
    fn only_what_is_safe_enough_is_applied() {
        let findings = [
            finding(&[(0, 1, "A")], Safety::Safe),
            finding(&[(2, 3, "B")], Safety::Unsafe),
            finding(&[(4, 5, "C")], Safety::Manual),
        ];
        assert_eq!(fixed(b"a b c", &findings, Safety::Safe), (b"A b c".to_vec(), vec![0]));
        assert_eq!(fixed(b"a b c", &findings, Safety::Unsafe), (b"A B c".to_vec(), vec![0, 1]));
    }

    #[test]
    fn of_fixes_that_touch_the_first_is_applied_and_each_whole_or_not_at_all() {
        let findings = [
            finding(&[(0, 1, "A"), (6, 7, "D")], Safety::Safe),
            finding(&[(1, 2, "-")], Safety::Safe),
            finding(&[(2, 3, "B"), (5, 7, "x")], Safety::Safe),
            finding(&[(4, 5, "C")], Safety::Safe),
        ];
        assert_eq!(fixed(b"a b c d", &findings, Safety::Safe), (b"A b C D".to_vec(), vec![0, 3]));
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        let findings = [finding(&[(2, 3, "B")], Safety::Safe), finding(&[(4, 5, "\u{1A}")], Safety::Safe)];
        assert_eq!(fixed(b"\xFF b c\r", &findings, Safety::Safe), (b"\xFF B c\r".to_vec(), vec![0]));
    }
}
