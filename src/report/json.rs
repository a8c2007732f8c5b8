//! `--format json`: a contract that other programs read. Version it, never break it silently.

use super::{File, Place, Report, Summary};
use crate::finding::{Finding, Safety, Severity};
use crate::rules;
use crate::text::lines::Unit;
use crate::text::span::SrcSpan;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct JsonFile<'a> {
    path: &'a str,
    findings: Vec<JsonFinding<'a>>,
}

/// A finding as programs read it.
#[derive(Serialize)]
pub struct JsonFinding<'a> {
    rule: &'a str,
    family: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace,
    text: &'a str,
    suggestions: Vec<&'a str>,
    safety: Option<Safety>,
    in_quotation: bool,
    related: Vec<JsonRelated<'a>>,
}

#[derive(Serialize)]
struct JsonPlace {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    message: &'a str,
}

/// The report as it is written.
pub struct Json<W> {
    out: W,
    any: bool,
}

impl<W: Write> Json<W> {
    pub fn new(out: W) -> Self {
        Self { out, any: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        write!(self.out, "{}", if self.any { "," } else { "{\"version\":1,\"files\":[" })?;
        self.any = true;
        Ok(())
    }
}

/// Offsets are bytes of the file; lines and columns count from 1, columns in characters.
impl<W: Write> Report for Json<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            self.begin()?;
            serde_json::to_writer(&mut self.out, &json_file(files, file))?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if !self.any {
            self.begin()?;
        }
        write!(self.out, "],\"summary\":")?;
        serde_json::to_writer(&mut self.out, summary)?;
        writeln!(self.out, "}}")?;
        self.out.flush()
    }
}

fn json_file<'a>(files: &'a [File], file: &'a File) -> JsonFile<'a> {
    let findings = file.findings.iter().map(|finding| JsonFinding::new(files, file, finding)).collect();
    JsonFile { path: &file.path, findings }
}

impl<'a> JsonFinding<'a> {
    pub fn new(files: &'a [File], file: &'a File, finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule,
            family: rules::find(finding.rule).map_or("", |rule| rule.family.name()),
            severity: finding.severity,
            message: &finding.message,
            place: place(file, finding.span),
            text: finding.span.of(&file.text),
            suggestions: finding.suggestions().collect(),
            safety: finding.fixes.first().map(|fix| fix.safety),
            in_quotation: finding.in_quotation,
            related: finding
                .related
                .iter()
                .map(|related| {
                    let other = super::other(files, file, related);
                    let JsonPlace { start, end, line, column, .. } = place(other, related.span);
                    JsonRelated { path: &other.path, start, end, line, column, message: &related.message }
                })
                .collect(),
        }
    }
}

fn place(file: &File, span: SrcSpan) -> JsonPlace {
    let Place { line, column, end_line, end_column } = file.place(span, Unit::Char);
    JsonPlace { start: span.start, end: span.end, line, column, end_line, end_column }
}
