//! `--format junit`: the XML of test runners, as Jenkins and GitLab read it. A draft is a suite, a finding a test that
//! failed; a draft without findings is one test that passed.

use super::compact;
use super::xml::escape;
use super::{File, Place, Report, Summary, advice, severity_name};
use crate::finding::Finding;
use crate::text::lines::Unit;
use std::io::{self, Write};

/// The report as it is written.
pub struct Junit<W> {
    out: W,
    any: bool,
}

impl<W: Write> Junit<W> {
    pub const fn new(out: W) -> Self {
        Self { out, any: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.any {
            self.any = true;
            writeln!(self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"copydesk\">")?;
        }
        Ok(())
    }

    fn suite(&mut self, file: &File) -> io::Result<()> {
        let (path, failures) = (escape(&file.path), file.findings.len());
        let tests = failures.max(1);
        writeln!(
            self.out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">"
        )?;
        if file.findings.is_empty() {
            writeln!(self.out, "    <testcase name=\"nothing to mark\" classname=\"{path}\" time=\"0\"/>")?;
        }
        for finding in &file.findings {
            self.case(file, finding)?;
        }
        writeln!(self.out, "  </testsuite>")
    }

    fn case(&mut self, file: &File, finding: &Finding) -> io::Result<()> {
        let Place { line, column, .. } = file.place(finding.span, Unit::Char);
        let (path, rule, message) = (escape(&file.path), finding.rule, escape(&finding.message));
        let level = severity_name(finding.severity);
        let mut details = compact::line(file, finding);
        for line in advice(finding) {
            details += "\n";
            details += &line;
        }
        writeln!(
            self.out,
            "    <testcase name=\"{rule} {line}:{column}\" classname=\"{path}\" time=\"0\">\n      \
             <failure type=\"{level}\" message=\"{message}\">{}</failure>\n    </testcase>",
            escape(&details)
        )
    }
}

impl<W: Write> Report for Junit<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        self.begin()?;
        files.iter().try_for_each(|file| self.suite(file))
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        writeln!(self.out, "</testsuites>")?;
        self.out.flush()
    }
}
