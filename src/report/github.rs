//! `--format github`: workflow commands that put findings beside the lines of a pull request.
//!
//! GitHub shows ten annotations of each level for a step and drops the others without a word, so what comes after them
//! is written to the log as plain lines.

use super::{File, Place, Report, Summary, advice, compact, one_line, totals};
use crate::finding::{Finding, Severity};
use crate::text::lines::Unit;
use std::io::{self, Write};

/// How many annotations of a level GitHub shows for a step.
const SHOWN: usize = 10;

/// A longer message is cut: characters.
const MESSAGE: usize = 4_000;

/// The report as it is written.
pub struct Github<W> {
    out: W,
    /// How many annotations of each level there are so far.
    counts: [usize; 3],
}

impl<W: Write> Github<W> {
    pub const fn new(out: W) -> Self {
        Self { out, counts: [0; 3] }
    }

    fn finding(&mut self, file: &File, finding: &Finding) -> io::Result<()> {
        let count = &mut self.counts[finding.severity as usize];
        *count += 1;
        if *count > SHOWN {
            // The runner reads a command out of any line that has one.
            return writeln!(self.out, "{}", compact::line(file, finding).replace("##[", "## ["));
        }
        let Place { line, column, end_line, end_column } = file.place(finding.span, Unit::Char);
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let message = [vec![one_line(&finding.message)], advice(finding)].concat().join("\n");
        let message: String = message.chars().take(MESSAGE).collect();
        write!(self.out, "::{level} file={},line={line},endLine={end_line}", property(&file.path))?;
        if line == end_line {
            write!(self.out, ",col={column},endColumn={end_column}")?;
        }
        writeln!(self.out, ",title={}::{}", property(&format!("copydesk: {}", finding.rule)), data(&message))
    }
}

impl<W: Write> Report for Github<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                self.finding(file, finding)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let beyond: usize = self.counts.iter().map(|count| count.saturating_sub(SHOWN)).sum();
        let note = if beyond == 0 {
            String::new()
        } else {
            format!("; GitHub shows {SHOWN} of a level beside the lines, {beyond} stand only in this log")
        };
        writeln!(self.out, "{}{note}", totals(summary))?;
        self.out.flush()
    }
}

/// What stands behind the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
