//! `--format gitlab`: GitLab's Code Quality report, a list in the form of Code Climate's issues.

use super::{File, Place, Report, Summary, advice, one_line};
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::rules::rule::Family;
use crate::text::lines::Unit;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, Write};

/// The report as it is written.
pub struct Gitlab<W> {
    out: W,
    any: bool,
}

impl<W: Write> Gitlab<W> {
    pub const fn new(out: W) -> Self {
        Self { out, any: false }
    }
}

impl<W: Write> Report for Gitlab<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            // GitLab compares two reports by fingerprint and takes those of a report for different ones.
            let mut seen: HashMap<_, u32> = HashMap::new();
            for (finding, fingerprint) in file.findings.iter().zip(file.fingerprints()) {
                let count = seen.entry(fingerprint).or_default();
                let fingerprint = format!("{}:{fingerprint}:{count}", file.path);
                *count += 1;
                write!(self.out, "{}", if self.any { ",\n" } else { "[\n" })?;
                self.any = true;
                serde_json::to_writer(&mut self.out, &issue(file, finding, &fingerprint))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        writeln!(self.out, "{}", if self.any { "\n]" } else { "[]" })?;
        self.out.flush()
    }
}

fn issue(file: &File, finding: &Finding, fingerprint: &str) -> Value {
    let Place { line, end_line, .. } = file.place(finding.span, Unit::Char);
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let family = rules::find(finding.rule).map(|rule| rule.family);
    let category = match family {
        Some(Family::Names | Family::Quotes | Family::Facts) => "Bug Risk",
        Some(Family::Structure) => "Clarity",
        _ => "Style",
    };
    json!({
        "type": "issue",
        "check_name": finding.rule,
        "description": one_line(&finding.message),
        "content": { "body": advice(finding).join("\n\n") },
        "categories": [category],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": { "path": file.path, "lines": { "begin": line, "end": end_line } },
    })
}
