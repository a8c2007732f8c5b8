//! A baseline: the findings that a desk has decided to live with, by what they are about.
//!
//! A line for each finding, in the order of paths and fingerprints, so that two branches that each add some seldom touch
//! the same lines. Knows nothing of files: text in, text out.

use super::fingerprint::Fingerprint;
use std::collections::{BTreeMap, HashMap};

/// The findings of a baseline, by the paths of their drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    pub drafts: BTreeMap<String, Vec<Known>>,
}

/// A finding that a baseline knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    pub fingerprint: Fingerprint,
    pub rule: String,
    /// What is marked, for people: shortened, on one line.
    pub words: String,
}

/// Where a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineError {
    /// Counted from 1.
    pub line: usize,
    pub message: &'static str,
}

const HEAD: &str = "\
# copydesk baseline 1: findings that are let stand for now. “copydesk baseline” writes this file; a line that is taken
# out is reported again. Fingerprint, rule, draft, words.
";

/// The longest words that are shown, in characters.
const WORDS: usize = 60;

impl Baseline {
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let mut out = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let error = |message| BaselineError { line: index + 1, message };
            if line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>") {
                return Err(error("two branches were merged here and the conflict was left in"));
            }
            let mut fields = line.splitn(4, '\t');
            let (Some(fingerprint), Some(rule), Some(path)) = (fields.next(), fields.next(), fields.next())
            else {
                return Err(error("a line has a fingerprint, a rule, a draft and words, with tabs between"));
            };
            let Ok(fingerprint) = fingerprint.parse() else {
                return Err(error("a fingerprint has 16 hexadecimal digits"));
            };
            let words = fields.next().unwrap_or_default().to_owned();
            let known = Known { fingerprint, rule: rule.to_owned(), words };
            out.drafts.entry(path.to_owned()).or_default().push(known);
        }
        Ok(out)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut out = HEAD.to_owned();
        for (path, known) in &self.drafts {
            let mut known: Vec<&Known> = known.iter().collect();
            known.sort();
            for Known { fingerprint, rule, words } in known {
                out += &format!("{fingerprint}\t{rule}\t{path}\t{words}\n");
            }
        }
        out
    }

    pub fn len(&self) -> usize {
        self.drafts.values().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// How often each finding of a draft is known.
    pub fn counts(&self, path: &str) -> HashMap<Fingerprint, u32> {
        let mut out = HashMap::new();
        for known in self.drafts.get(path).into_iter().flatten() {
            *out.entry(known.fingerprint).or_default() += 1;
        }
        out
    }

    /// What is known of a draft and was not `found` in it.
    pub fn gone<'a>(&'a self, path: &str, found: &[Fingerprint]) -> Vec<&'a Known> {
        let mut left: HashMap<Fingerprint, u32> = HashMap::new();
        for fingerprint in found {
            *left.entry(*fingerprint).or_default() += 1;
        }
        let known = self.drafts.get(path).into_iter().flatten();
        known
            .filter(|known| match left.get_mut(&known.fingerprint) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            })
            .collect()
    }
}

/// The words of a finding as a baseline shows them.
pub fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WORDS) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(fingerprint: u64) -> Known {
        Known {
            fingerprint: Fingerprint(fingerprint),
            rule: "wrong-word".to_owned(),
            words: "Sings".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let drafts = [("a b.md", vec![known(1), known(1), known(7)]), ("ö.md", vec![known(2)])];
        let baseline =
            Baseline { drafts: drafts.into_iter().map(|(path, known)| (path.to_owned(), known)).collect() };
        assert_eq!(Baseline::parse(&baseline.text()).unwrap(), baseline);
        assert_eq!(baseline.len(), 4);
    }

    #[test]
    fn what_is_gone_is_counted() {
        let drafts = [("a.md".to_owned(), vec![known(1), known(1), known(7)])];
        let baseline = Baseline { drafts: drafts.into() };
        assert_eq!(baseline.gone("a.md", &[Fingerprint(1), Fingerprint(9)]), [&known(1), &known(7)]);
    }

    #[test]
    fn a_conflict_that_was_left_in_is_named_by_its_line() {
        let error = Baseline::parse("# head\n\n<<<<<<< ours\n").unwrap_err();
        assert_eq!((error.line, error.message.contains("conflict")), (3, true));
    }
}
