//! What a rule has to say about a place in a draft, and what could be done there.
//!
//! Plain data: a finding knows nothing of files, reports or editors.

use crate::text::span::SrcSpan;
use serde::{Deserialize, Serialize};

/// A finding. `S` is `Span` while a block is checked and `SrcSpan` afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding<S = SrcSpan> {
    /// The rule's name.
    pub rule: &'static str,
    pub span: S,
    pub severity: Severity,
    /// What is wrong, quoting the text. No final period.
    pub message: String,
    /// Why it matters and what to do, in one line; may be empty.
    pub help: String,
    /// Other places that belong to it: the other spelling of the name, the other version of the quotation.
    pub related: Vec<Related<S>>,
    /// The best first.
    pub fixes: Vec<Fix<S>>,
    /// Set by the engine: the place stands in somebody's words.
    pub in_quotation: bool,
}

/// Another place, in the same draft or in another draft of the run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related<S = SrcSpan> {
    /// `None` is the draft of the finding itself.
    pub doc: Option<DocId>,
    pub span: S,
    pub message: String,
}

/// A draft of the run, by its place in path order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocId(pub u32);

/// A change that would settle a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix<S = SrcSpan> {
    /// What the change does, as an editor's menu shows it: “Change to “Signs””.
    pub title: String,
    pub safety: Safety,
    /// Replacements, in order, not overlapping. Empty where a person must act.
    pub edits: Vec<(S, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// Who may apply a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// `--fix`: the meaning cannot change.
    Safe,
    /// `--fix --unsafe`: nearly always what the writer meant.
    Unsafe,
    /// Only a person, one by one.
    Manual,
}

impl<S> Finding<S> {
    /// A finding without fixes; the engine sets the severity.
    pub fn new(rule: &'static str, span: S, message: impl Into<String>) -> Self {
        Self {
            rule,
            span,
            severity: Severity::Warning,
            message: message.into(),
            help: String::new(),
            related: Vec::new(),
            fixes: Vec::new(),
            in_quotation: false,
        }
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub fn with_fix(mut self, fix: Fix<S>) -> Self {
        self.fixes.push(fix);
        self
    }

    pub fn with_related(mut self, doc: Option<DocId>, span: S, message: impl Into<String>) -> Self {
        self.related.push(Related { doc, span, message: message.into() });
        self
    }

    /// The same finding with every span converted.
    pub fn map<T>(self, mut to: impl FnMut(S) -> T) -> Finding<T> {
        Finding {
            rule: self.rule,
            span: to(self.span),
            severity: self.severity,
            message: self.message,
            help: self.help,
            related: self
                .related
                .into_iter()
                .map(|related| Related { doc: related.doc, span: to(related.span), message: related.message })
                .collect(),
            fixes: self
                .fixes
                .into_iter()
                .map(|fix| Fix {
                    title: fix.title,
                    safety: fix.safety,
                    edits: fix.edits.into_iter().map(|(span, text)| (to(span), text)).collect(),
                })
                .collect(),
            in_quotation: self.in_quotation,
        }
    }
}

impl<S: PartialEq + Copy> Finding<S> {
    /// The texts that would stand in place of the finding's span, the best first: the fixes that replace just that.
    pub fn suggestions(&self) -> impl Iterator<Item = &str> {
        self.fixes.iter().filter_map(|fix| match fix.edits.as_slice() {
            [(span, text)] if *span == self.span => Some(text.as_str()),
            _ => None,
        })
    }
}

impl<S> Fix<S> {
    /// Puts `text` in place of `span`.
    pub fn replace(span: S, text: impl Into<String>, safety: Safety) -> Self {
        let text = text.into();
        let title = if text.is_empty() { "Remove it".to_owned() } else { format!("Change to “{text}”") };
        Self { title, safety, edits: vec![(span, text)] }
    }
}
