//! Every rule's examples, run as tests: what is marked is found, and nothing else; the first suggestions give the
//! fixed text.

use copydesk::document::{self, Format};
use copydesk::engine::checker::Checker;
use copydesk::finding::Finding;
use copydesk::finding::Severity;
use copydesk::guide::Level;
use copydesk::guide::discover::{Files, Guides};
use copydesk::rules::{
    self,
    rule::{Example, Rule},
};
use copydesk::text::edit::{self, Edit};
use copydesk::text::span::SrcSpan;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[test]
fn examples_hold() {
    for rule in rules::ALL {
        assert!(
            rule.examples.iter().any(|example| example.draft.contains('«')),
            "{}: no bad example",
            rule.name
        );
        assert!(
            rule.examples.iter().any(|example| !example.draft.contains('«')),
            "{}: no good example",
            rule.name
        );
        for example in rule.examples {
            let (draft, marks) = unmark(example.draft);
            let findings = check(rule, example, &draft);
            let found: Vec<SrcSpan> = findings.iter().map(|finding| finding.span).collect();
            let show =
                |spans: &[SrcSpan]| spans.iter().map(|span| span.of(&draft).to_owned()).collect::<Vec<_>>();
            assert_eq!(
                found,
                marks,
                "{}: {:?} instead of {:?} in {draft:?}",
                rule.name,
                show(&found),
                show(&marks)
            );
            let Some(fixed) = example.fixed else { continue };
            let edits: Vec<Edit> = findings
                .iter()
                .flat_map(|finding| finding.fixes.first())
                .flat_map(|fix| &fix.edits)
                .map(|(span, text)| Edit { span: *span, text: text.clone() })
                .collect();
            assert_eq!(edit::apply(&draft, &edits).as_deref(), Some(fixed), "{}", rule.name);
        }
    }
}

#[test]
fn rules_are_named_once_and_in_order_of_their_desk() {
    let keys: Vec<_> = rules::ALL.iter().map(|rule| (rule.family, rule.name)).collect();
    assert!(keys.is_sorted(), "sort the list of rules by desk and name: {keys:?}");
    for rule in rules::ALL {
        assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.name);
        assert!(!rule.summary.ends_with('.'), "{}: no final period", rule.name);
    }
}

/// Takes the «marks» out of a draft and gives the spans they stood around.
fn unmark(marked: &str) -> (String, Vec<SrcSpan>) {
    let mut draft = String::new();
    let mut marks = Vec::new();
    let mut open = 0;
    for char in marked.chars() {
        match char {
            '«' => open = draft.len() as u32,
            '»' => marks.push(SrcSpan::new(open, draft.len() as u32)),
            _ => draft.push(char),
        }
    }
    (draft, marks)
}

/// What one rule says of an example's draft under its guide, whatever its default level.
fn check(rule: &'static Rule, example: &Example, draft: &str) -> Vec<Finding> {
    let path = Path::new("/styleguide.toml");
    let mut guide = (*Guides::new(OneGuide(example.guide), rules::review).for_draft(path).unwrap()).clone();
    for other in rules::ALL {
        let level = if other.name == rule.name { Level::On(Severity::Warning) } else { Level::Off };
        guide.rules.entry(other.name.to_owned()).or_default().level = Some(level);
    }
    let checker = Checker::new(Arc::new(guide)).unwrap();
    let document = document::parse(draft.into(), Format::Markdown);
    checker.check(&document)
}

/// A desk on which nothing lies but an example's guide.
struct OneGuide(&'static str);

impl Files for OneGuide {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Ok(self.0.as_bytes().to_owned())
    }

    fn is_file(&self, path: &Path) -> bool {
        path == Path::new("/styleguide.toml")
    }

    fn list(&self, _: &Path) -> Vec<PathBuf> {
        Vec::new()
    }
}
