//! `--format checkstyle`: the XML of the Checkstyle program, which many code hosts and plug-ins read.

use super::xml::escape;
use super::{File, Place, Report, Summary};
use crate::finding::{Finding, Severity};
use crate::text::lines::Unit;
use std::io::{self, Write};

/// The report as it is written.
pub struct Checkstyle<W> {
    out: W,
    any: bool,
}

impl<W: Write> Checkstyle<W> {
    pub const fn new(out: W) -> Self {
        Self { out, any: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.any {
            self.any = true;
            writeln!(self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">")?;
        }
        Ok(())
    }
}

impl<W: Write> Report for Checkstyle<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        self.begin()?;
        for file in files.iter().filter(|file| !file.findings.is_empty()) {
            writeln!(self.out, "  <file name=\"{}\">", escape(&file.path))?;
            for finding in &file.findings {
                writeln!(self.out, "    {}", error(file, finding))?;
            }
            writeln!(self.out, "  </file>")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        writeln!(self.out, "</checkstyle>")?;
        self.out.flush()
    }
}

fn error(file: &File, finding: &Finding) -> String {
    let Place { line, column, .. } = file.place(finding.span, Unit::Char);
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    let (message, rule) = (escape(&finding.message), finding.rule);
    format!(
        "<error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" source=\"copydesk.{rule}\"/>"
    )
}
