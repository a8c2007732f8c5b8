//! `--format compact`: a line for each finding, `file:line:column: level: message [rule]`, as compilers write it and
//! editors' lists of errors read it.

use super::{File, Place, Report, Summary, one_line, severity_name};
use crate::finding::Finding;
use crate::text::lines::Unit;
use std::io::{self, Write};

/// The report as it is written.
pub struct Compact<W> {
    out: W,
}

impl<W: Write> Compact<W> {
    pub const fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Report for Compact<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                writeln!(self.out, "{}", line(file, finding))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}

/// A finding on one line.
pub fn line(file: &File, finding: &Finding) -> String {
    let Place { line, column, .. } = file.place(finding.span, Unit::Char);
    let (path, message) = (&file.path, one_line(&finding.message));
    format!("{path}:{line}:{column}: {}: {message} [{}]", severity_name(finding.severity), finding.rule)
}
