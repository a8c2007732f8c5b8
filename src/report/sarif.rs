//! `--format sarif`: the Static Analysis Results Interchange Format 2.1.0 (OASIS), as GitHub's code scanning reads it.
//!
//! Columns count characters from 1 (`columnKind` says so), byte offsets stand beside them.

use super::{File, Place, Report, Summary, advice};
use crate::engine::fingerprint::Fingerprint;
use crate::finding::{Finding, Fix, Related, Safety, Severity};
use crate::guide::Level;
use crate::rules;
use crate::rules::rule::Rule;
use crate::text::lines::Unit;
use crate::text::span::SrcSpan;
use serde_json::{Value, json};
use std::io::{self, Write};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// GitHub reads so many places for a result, and no more.
const RELATED: usize = 100;

/// The report as it is written.
pub struct Sarif<W> {
    out: W,
    begun: bool,
    any: bool,
}

impl<W: Write> Sarif<W> {
    pub const fn new(out: W) -> Self {
        Self { out, begun: false, any: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let driver = json!({
            "name": "copydesk",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        });
        write!(
            self.out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
             \"columnKind\":\"unicodeCodePoints\",\"results\":["
        )
    }
}

impl<W: Write> Report for Sarif<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        self.begin()?;
        for file in files {
            for (finding, fingerprint) in file.findings.iter().zip(file.fingerprints()) {
                write!(self.out, "{}", if self.any { ",\n" } else { "\n" })?;
                self.any = true;
                serde_json::to_writer(&mut self.out, &result(files, file, finding, fingerprint))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.begin()?;
        let invocation = json!({ "executionSuccessful": !summary.interrupted });
        writeln!(self.out, "\n],\"invocations\":[{invocation}]}}]}}")?;
        self.out.flush()
    }
}

fn descriptor(rule: &Rule) -> Value {
    let level = match rule.default {
        Level::On(severity) => level(severity),
        Level::Off => "none",
    };
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": rule.why, "markdown": rule.why },
        "defaultConfiguration": { "level": level, "enabled": level != "none" },
        "properties": { "tags": [rule.family.name()] },
    })
}

fn result(files: &[File], file: &File, finding: &Finding, fingerprint: Fingerprint) -> Value {
    let message = [vec![finding.message.clone()], advice(finding)].concat().join("\n");
    let mut out = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [{ "physicalLocation": physical(file, finding.span) }],
        "partialFingerprints": { "copydesk/v1": fingerprint.to_string() },
    });
    if let Some(index) = rules::ALL.iter().position(|rule| rule.name == finding.rule) {
        out["ruleIndex"] = index.into();
    }
    let related: Vec<Value> =
        finding.related.iter().take(RELATED).enumerate().map(|one| related(files, file, one)).collect();
    if !related.is_empty() {
        out["relatedLocations"] = related.into();
    }
    let fixes: Vec<Value> = finding.fixes.iter().filter_map(|one| fix(file, one)).collect();
    if !fixes.is_empty() {
        out["fixes"] = fixes.into();
    }
    out
}

fn related(files: &[File], file: &File, (index, related): (usize, &Related)) -> Value {
    let other = super::other(files, file, related);
    json!({
        "id": index + 1,
        "message": { "text": related.message },
        "physicalLocation": physical(other, related.span),
    })
}

/// A fix that is for a person alone is a suggestion in the message, no change that a program offers to apply.
fn fix(file: &File, fix: &Fix) -> Option<Value> {
    if fix.safety == Safety::Manual || fix.edits.is_empty() {
        return None;
    }
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|(span, text)| json!({ "deletedRegion": region(file, *span), "insertedContent": { "text": text } }))
        .collect();
    Some(json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": artifact(file), "replacements": replacements }],
    }))
}

fn physical(file: &File, span: SrcSpan) -> Value {
    let mut region = region(file, span);
    region["snippet"] = json!({ "text": span.of(&file.text) });
    json!({ "artifactLocation": artifact(file), "region": region })
}

fn region(file: &File, span: SrcSpan) -> Value {
    let Place { line, column, end_line, end_column } = file.place(span, Unit::Char);
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}

fn artifact(file: &File) -> Value {
    json!({ "uri": uri(&file.path) })
}

/// A path as a reference (RFC 3986): relative ones stay relative.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    if path.starts_with('/') {
        out.push_str("file://");
    }
    // A relative path with a colon in its first part would read as a scheme.
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
