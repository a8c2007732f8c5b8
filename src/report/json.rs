//! `--format json`: a contract that other programs read. Version it, never break it silently.

use super::{File, Run};
use crate::finding::{Finding, Safety, Severity};
use crate::rules;
use crate::text::lines::Unit;
use crate::text::span::SrcSpan;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    files: Vec<JsonFile<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct JsonFile<'a> {
    path: &'a str,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    family: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: Place,
    text: &'a str,
    suggestions: Vec<&'a str>,
    safety: Option<Safety>,
    in_quotation: bool,
    related: Vec<JsonRelated<'a>>,
}

#[derive(Serialize)]
struct Place {
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

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// Writes the report. Offsets are bytes of the file; lines and columns count from 1, columns in characters.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let count = |severity| {
        run.files
            .iter()
            .flat_map(|file| &file.findings)
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let report = Report {
        version: 1,
        files: run.files.iter().map(|file| json_file(run, file)).collect(),
        summary: Summary {
            files: run.files.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        },
    };
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}

fn json_file<'a>(run: &'a Run, file: &'a File) -> JsonFile<'a> {
    let findings = file.findings.iter().map(|finding| json_finding(run, file, finding)).collect();
    JsonFile { path: &file.path, findings }
}

fn json_finding<'a>(run: &'a Run, file: &'a File, finding: &'a Finding) -> JsonFinding<'a> {
    JsonFinding {
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
                let other = related.doc.and_then(|doc| run.files.get(doc.0 as usize)).unwrap_or(file);
                let Place { start, end, line, column, .. } = place(other, related.span);
                JsonRelated { path: &other.path, start, end, line, column, message: &related.message }
            })
            .collect(),
    }
}

fn place(file: &File, span: SrcSpan) -> Place {
    let start = file.lines.position(&file.text, span.start, Unit::Char);
    let end = file.lines.position(&file.text, span.end, Unit::Char);
    Place {
        start: span.start,
        end: span.end,
        line: start.line + 1,
        column: start.column + 1,
        end_line: end.line + 1,
        end_column: end.column + 1,
    }
}
