//! `copydesk rules`: all rules by desk, and how loud each is for drafts in this folder.

use super::failure::Failure;
use super::{drafts, guides};
use crate::rules;
use anstyle::Style;
use std::io::Write;
use std::path::Path;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Runs the command and gives the exit code.
pub fn run(out: &mut dyn Write) -> Result<u8, Failure> {
    let guide = guides(None)?.for_draft(&drafts::absolute(Path::new("draft.md"))?)?;
    let longest = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut family = None;
    for rule in rules::ALL {
        if family.replace(rule.family) != Some(rule.family) {
            writeln!(out, "{BOLD}{}{BOLD:#}", rule.family.name())?;
        }
        let set = guide.rules.get(rule.name).and_then(|setting| setting.level);
        let level = set.unwrap_or(rule.default).name();
        writeln!(out, "  {:longest$}  {level:7}  {}", rule.name, rule.summary)?;
    }
    writeln!(out, "\n{FAINT}“copydesk explain RULE” says what a rule finds, and why{FAINT:#}")?;
    Ok(0)
}
