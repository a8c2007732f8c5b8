//! What is wrong in a styleguide, and exactly where.
//!
//! An error carries its file's text, so that whoever shows it (a terminal, an editor) needs to read nothing.

use crate::text::span::SrcSpan;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// A guide's text as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideSource {
    pub path: PathBuf,
    /// Empty where the file could not be read.
    pub text: Arc<str>,
}

/// Why a guide cannot hold. One at a time: the first in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideError {
    pub source: Arc<GuideSource>,
    /// `None` where the fault is the file's as a whole.
    pub span: Option<SrcSpan>,
    /// What is wrong, quoting the text. No final period.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
}

impl GuideError {
    /// An error at a stretch of the guide's text.
    pub fn at(source: &Arc<GuideSource>, span: Range<usize>, message: impl Into<String>) -> Self {
        let span = SrcSpan::new(span.start as u32, span.end as u32);
        Self { source: source.clone(), span: Some(span), message: message.into(), help: String::new() }
    }

    /// An error of a file as a whole: it is not there, or it cannot be read.
    pub fn of_file(path: PathBuf, message: impl Into<String>) -> Self {
        let source = Arc::new(GuideSource { path, text: "".into() });
        Self { source, span: None, message: message.into(), help: String::new() }
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}
