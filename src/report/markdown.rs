//! `--format markdown`: a summary that fits a comment on a pull request.
//!
//! Whatever the draft says stays text: nobody is mentioned, nothing is linked, no markup begins.

use super::{File, Place, Report, Summary, advice, one_line, severity_name, text::counted, totals};
use crate::finding::Finding;
use crate::text::lines::Unit;
use std::io::{self, Write};

/// GitHub takes comments of 65,536 characters; what is left is for whoever adds a heading. Characters.
const ROOM: usize = 60_000;

/// A table with more rows is not read. The rest is counted.
const ROWS: usize = 50;

/// The report as it is written.
pub struct Markdown<W> {
    out: W,
    rows: String,
    shown: usize,
}

impl<W: Write> Markdown<W> {
    pub const fn new(out: W) -> Self {
        Self { out, rows: String::new(), shown: 0 }
    }
}

impl<W: Write> Report for Markdown<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                let row = row(file, finding);
                if self.shown == ROWS || self.rows.len() + row.len() > ROOM {
                    return Ok(());
                }
                self.shown += 1;
                self.rows += &row;
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        writeln!(self.out, "### copydesk: {}\n", totals(summary))?;
        if self.shown > 0 {
            writeln!(self.out, "| | where | what |\n|---|---|---|\n{}", self.rows)?;
        }
        if let more @ 1.. = summary.findings().saturating_sub(self.shown) {
            writeln!(self.out, "and {}\n", counted(more, "more finding"))?;
        }
        if summary.known > 0 {
            writeln!(
                self.out,
                "The baseline knows {} and leaves them out.\n",
                counted(summary.known, "more finding")
            )?;
        }
        if !summary.gone.is_empty() {
            writeln!(self.out, "Gone since the baseline: {}.\n", counted(summary.gone.len(), "finding"))?;
        }
        self.out.flush()
    }
}

fn row(file: &File, finding: &Finding) -> String {
    let Place { line, .. } = file.place(finding.span, Unit::Char);
    let level = severity_name(finding.severity);
    let advice: String = advice(finding).iter().map(|line| format!("<br>{}", escape(&cut(line)))).collect();
    let message = escape(&cut(&finding.message));
    format!("| {level} | {}:{line} | {message} `{}`{advice} |\n", escape(&file.path), finding.rule)
}

/// One line of at most 300 characters.
fn cut(text: &str) -> String {
    const LIMIT: usize = 300;
    let line = one_line(text);
    match line.char_indices().nth(LIMIT) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// Text that no reader of Markdown takes for more than text.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '|' => out.push_str("&#124;"),
            ':' => out.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '!' => {
                out.push('\\');
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}
