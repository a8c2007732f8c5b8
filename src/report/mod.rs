//! Reports: findings in a form that somebody or something reads. One file each.

pub mod json;

use crate::finding::Finding;
use crate::text::lines::LineIndex;
use std::sync::Arc;

/// What a report is made of: every draft of a run with its findings, in path order.
pub struct Run {
    pub files: Vec<File>,
}

/// A draft of a run.
pub struct File {
    /// As the user would write it, with `/` between folders.
    pub path: String,
    pub text: Arc<str>,
    pub lines: LineIndex,
    /// In the order of the file.
    pub findings: Vec<Finding>,
}
