//! `--format html`: one page that needs nothing else, for an editor who never sees a terminal: to read, to send, to print.
//!
//! Drafts with marks are shown whole; of the others only their number is told, unless the run read a single draft.

use super::page::{self, capital, escape};
use super::text::counted;
use super::{File, Report, Summary, totals};
use crate::finding::Severity;
use crate::rules;
use std::collections::BTreeMap;
use std::io::{self, Write};

const STYLE: &str = include_str!("html.css");

/// The report; written at the end, when it is known what stands first on the page.
pub struct Html<W> {
    out: W,
    drafts: Vec<Shown>,
    /// The only draft so far, where it has no marks.
    clean: Option<String>,
    files: usize,
    rules: BTreeMap<&'static str, usize>,
}

/// A draft on the page.
struct Shown {
    path: String,
    /// By severity, in the order of `Severity`.
    counts: [usize; 3],
    html: String,
}

impl<W: Write> Html<W> {
    pub const fn new(out: W) -> Self {
        Self { out, drafts: Vec::new(), clean: None, files: 0, rules: BTreeMap::new() }
    }

    fn head(&mut self, title: &str) -> io::Result<()> {
        let title = escape(title);
        write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"copydesk {}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
             </head>\n<body>\n",
            env!("CARGO_PKG_VERSION")
        )
    }

    fn contents(&mut self) -> io::Result<()> {
        if self.drafts.len() < 2 {
            return Ok(());
        }
        writeln!(
            self.out,
            "<nav>\n<table class=\"contents\">\n<thead><tr><th>Draft</th><th class=\"n\">Errors</th>\
             <th class=\"n\">Warnings</th><th class=\"n\">Notes</th></tr></thead>\n<tbody>"
        )?;
        for (index, Shown { path, counts: [notes, warnings, errors], .. }) in self.drafts.iter().enumerate() {
            let cell = |count: &usize| if *count == 0 { String::new() } else { count.to_string() };
            writeln!(
                self.out,
                "<tr><td><a href=\"#d{index}\">{}</a></td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
                 <td class=\"n\">{}</td></tr>",
                escape(path),
                cell(errors),
                cell(warnings),
                cell(notes)
            )?;
        }
        writeln!(self.out, "</tbody>\n</table>\n</nav>")
    }

    /// What the marks mean.
    fn key(&mut self) -> io::Result<()> {
        if self.rules.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<section class=\"key\">\n<h2>What the marks mean</h2>\n<dl>")?;
        for (name, count) in &self.rules {
            let Some(rule) = rules::find(name) else { continue };
            let summary = page::code(rule.summary);
            // The first paragraph says why a desk cares, the others how the rule decides.
            let why = page::code(rule.why.split("\n\n").next().unwrap_or_default());
            writeln!(
                self.out,
                "<dt id=\"r-{name}\">{name} <span>{count}</span></dt>\n<dd><p>{summary}.</p>\n<p>{why}</p></dd>"
            )?;
        }
        writeln!(self.out, "</dl>\n</section>")
    }
}

impl<W: Write> Report for Html<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        // Where each draft of the batch stands on the page, for links from one to another.
        let mut next = self.drafts.len();
        let anchors: Vec<Option<usize>> = files
            .iter()
            .map(|file| {
                let shown = !file.findings.is_empty();
                next += usize::from(shown);
                shown.then_some(next - usize::from(shown))
            })
            .collect();
        for (file, anchor) in files.iter().zip(&anchors) {
            self.files += 1;
            if let Some(anchor) = anchor {
                let mut counts = [0; 3];
                for finding in &file.findings {
                    counts[finding.severity as usize] += 1;
                    *self.rules.entry(finding.rule).or_default() += 1;
                }
                let html = page::draft(files, &anchors, file, *anchor);
                self.drafts.push(Shown { path: file.path.clone(), counts, html });
            } else if self.files == 1 && files.len() == 1 {
                self.clean = Some(page::draft(files, &[Some(0)], file, 0));
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let heading = totals(summary);
        let title = match self.drafts.as_slice() {
            [only] => format!("{} – copydesk", only.path),
            _ => "copydesk".to_owned(),
        };
        self.head(&title)?;
        writeln!(self.out, "<header>\n<p class=\"desk\">copydesk</p>\n<h1>{}</h1>", capital(&heading))?;
        if summary.interrupted {
            writeln!(self.out, "<p class=\"aside\">The run was ended before all drafts were read.</p>")?;
        }
        if summary.known > 0 {
            let known = counted(summary.known, "more finding");
            writeln!(self.out, "<p class=\"aside\">The baseline knows {known} and leaves them out.</p>")?;
        }
        for gone in &summary.gone {
            writeln!(self.out, "<p class=\"aside\">Gone since the baseline: {}</p>", escape(gone))?;
        }
        writeln!(self.out, "</header>")?;
        self.contents()?;
        if let Some(clean) = self.clean.as_ref().filter(|_| self.files == 1) {
            self.out.write_all(clean.as_bytes())?;
        }
        for draft in &self.drafts {
            self.out.write_all(draft.html.as_bytes())?;
        }
        self.key()?;
        writeln!(self.out, "</body>\n</html>")?;
        self.out.flush()
    }
}

/// The classes of the marks.
pub const fn class(severity: Severity) -> &'static str {
    super::severity_name(severity)
}
