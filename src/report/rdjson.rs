//! `--format rdjson` and `--format rdjsonl`: the Reviewdog Diagnostic Format, as one object and as a line for each
//! finding. Columns count UTF-8 bytes from 1, as the format has it.

use super::{File, Place, Report, Summary, advice};
use crate::finding::{Finding, Severity};
use crate::text::lines::Unit;
use crate::text::span::SrcSpan;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// One object.
pub struct Rdjson<W> {
    out: W,
    any: bool,
}

/// A line for each finding.
pub struct Rdjsonl<W> {
    out: W,
}

impl<W: Write> Rdjson<W> {
    pub const fn new(out: W) -> Self {
        Self { out, any: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        let begin = "{\"source\":{\"name\":\"copydesk\"},\"diagnostics\":[";
        write!(self.out, "{}", if self.any { ",\n" } else { begin })?;
        self.any = true;
        Ok(())
    }
}

impl<W: Write> Rdjsonl<W> {
    pub const fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Report for Rdjson<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                self.begin()?;
                serde_json::to_writer(&mut self.out, &diagnostic(files, file, finding))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        if !self.any {
            self.begin()?;
        }
        writeln!(self.out, "]}}")?;
        self.out.flush()
    }
}

impl<W: Write> Report for Rdjsonl<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                let mut diagnostic = diagnostic(files, file, finding);
                diagnostic["source"] = json!({ "name": "copydesk" });
                serde_json::to_writer(&mut self.out, &diagnostic)?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}

fn diagnostic(files: &[File], file: &File, finding: &Finding) -> Value {
    let message = [vec![finding.message.clone()], advice(finding)].concat().join("\n");
    let mut out = Map::new();
    out.insert("message".to_owned(), message.into());
    out.insert("location".to_owned(), location(file, finding.span));
    out.insert("severity".to_owned(), severity(finding.severity).into());
    out.insert("code".to_owned(), json!({ "value": finding.rule }));
    let suggestions: Vec<Value> = finding
        .suggestions()
        .map(|text| json!({ "range": range(file, finding.span), "text": text }))
        .collect();
    if !suggestions.is_empty() {
        out.insert("suggestions".to_owned(), suggestions.into());
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| {
            let other = super::other(files, file, related);
            json!({ "message": related.message, "location": location(other, related.span) })
        })
        .collect();
    if !related.is_empty() {
        out.insert("related_locations".to_owned(), related.into());
    }
    Value::Object(out)
}

fn location(file: &File, span: SrcSpan) -> Value {
    json!({ "path": file.path, "range": range(file, span) })
}

fn range(file: &File, span: SrcSpan) -> Value {
    let Place { line, column, end_line, end_column } = file.place(span, Unit::Utf8);
    json!({
        "start": { "line": line, "column": column },
        "end": { "line": end_line, "column": end_column },
    })
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}
