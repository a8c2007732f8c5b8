//! `--format text`: what a person reads in a terminal.
//!
//! Writes colours always; whoever hands over the stream strips them where nobody would see them.

use super::snippet::{self, Snippet};
use super::{File, Fixable, Report, Summary};
use crate::finding::{Finding, Severity};
use crate::text::span::SrcSpan;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const GUTTER: Style = AnsiColor::Blue.on_default();
const OTHER: Style = AnsiColor::Blue.on_default().bold();

/// A finding with more other places than this shows the first of them.
const RELATED_SHOWN: usize = 3;

/// The report as it is written.
pub struct Text<W> {
    out: W,
    /// Terminal cells in a line.
    width: usize,
    /// Whether a heading is broken between words; where no terminal breaks it, one line is better for other programs.
    breaks: bool,
}

impl<W: Write> Text<W> {
    /// `terminal` is the terminal's width in cells; `None` where the report goes elsewhere.
    pub fn new(out: W, terminal: Option<usize>) -> Self {
        Self { out, width: terminal.unwrap_or(100).clamp(40, 160), breaks: terminal.is_some() }
    }

    fn finding(&mut self, files: &[File], file: &File, finding: &Finding) -> io::Result<()> {
        let gutter = self.gutter(files, file, finding);
        let room = self.width.saturating_sub(gutter + 3);
        let style = style(finding.severity);
        let shown = place(file, finding.span, room);
        self.heading(file, finding, &shown)?;
        self.snippet(&shown, gutter, style, '^', "")?;
        for related in finding.related.iter().take(RELATED_SHOWN) {
            let other = super::other(files, file, related);
            let shown = place(other, related.span, room);
            let path = if std::ptr::eq(other, file) {
                String::new()
            } else {
                format!("{}:{}:{}", other.path, shown.line, shown.column)
            };
            if !path.is_empty() {
                writeln!(self.out, "{GUTTER}{:gutter$}:{GUTTER:#} {path}", "")?;
            }
            self.snippet(&shown, gutter, OTHER, '-', &related.message)?;
        }
        if let more @ 1.. = finding.related.len().saturating_sub(RELATED_SHOWN) {
            let places = if more == 1 { "place" } else { "places" };
            writeln!(self.out, "{GUTTER}{:gutter$}={GUTTER:#} and {more} more {places}", "")?;
        }
        for line in super::advice(finding) {
            self.wrapped(gutter, &line)?;
        }
        writeln!(self.out)
    }

    fn heading(&mut self, file: &File, finding: &Finding, shown: &Snippet) -> io::Result<()> {
        let Finding { rule, severity, message, .. } = finding;
        let style = style(*severity);
        let (path, line, column) = (&file.path, shown.line, shown.column);
        let name = super::severity_name(*severity);
        let room = if self.breaks { self.width } else { usize::MAX };
        let place = format!("{path}:{line}:{column}");
        let used = place.chars().count() + name.len() + 3;
        let text = format!("{message} [{rule}]");
        let mut lines = wrap(&text, room.saturating_sub(used).max(12), room.saturating_sub(4));
        // The rule's name holds no space, so it stands whole at the end of the last line.
        if let Some(last) = lines.last_mut() {
            last.truncate(last.len().saturating_sub(rule.len() + 2));
        }
        write!(self.out, "{BOLD}{place}{BOLD:#} {style}{name}{style:#}{BOLD}:{BOLD:#} ")?;
        writeln!(self.out, "{BOLD}{}{BOLD:#}{FAINT}[{rule}]{FAINT:#}", lines.join("\n    "))
    }

    fn snippet(
        &mut self,
        shown: &Snippet,
        gutter: usize,
        style: Style,
        mark: char,
        label: &str,
    ) -> io::Result<()> {
        let Snippet { line, text, lead, .. } = shown;
        let mark = mark.to_string().repeat(shown.mark);
        writeln!(self.out, "{GUTTER}{line:>width$} |{GUTTER:#} {text}", width = gutter - 1)?;
        let sep = if label.is_empty() { "" } else { " " };
        let fits = lead + shown.mark + 1 + label.chars().count() <= self.width.saturating_sub(gutter + 3);
        if fits {
            writeln!(
                self.out,
                "{GUTTER}{:gutter$}|{GUTTER:#} {:lead$}{style}{mark}{sep}{label}{style:#}",
                "", ""
            )
        } else {
            writeln!(self.out, "{GUTTER}{:gutter$}|{GUTTER:#} {:lead$}{style}{mark}{style:#}", "", "")?;
            // Under the mark's end if that leaves room, else flush right.
            let room = self.width.saturating_sub(gutter + 3);
            let lead = (*lead).min(room.saturating_sub(label.chars().count()));
            writeln!(self.out, "{GUTTER}{:gutter$}|{GUTTER:#} {:lead$}{style}{label}{style:#}", "", "")
        }
    }

    /// Advice, on as many lines as it takes.
    fn wrapped(&mut self, gutter: usize, text: &str) -> io::Result<()> {
        let mut begin = "=";
        let room = self.width.saturating_sub(gutter + 3);
        for line in wrap(text, room, room) {
            writeln!(self.out, "{GUTTER}{:gutter$}{begin}{GUTTER:#} {line}", "")?;
            begin = " ";
        }
        Ok(())
    }

    /// Cells before the bar: room for the longest line number and a space.
    fn gutter(&self, files: &[File], file: &File, finding: &Finding) -> usize {
        let others = finding.related.iter().take(RELATED_SHOWN);
        let lines = others.map(|related| place(super::other(files, file, related), related.span, 8).line);
        let highest = lines.chain([place(file, finding.span, 8).line]).max().unwrap_or(1);
        (highest.ilog10() as usize + 1).max(2) + 1
    }
}

impl<W: Write> Report for Text<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                self.finding(files, file, finding)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let drafts = counted(summary.files, "draft");
        for gone in &summary.gone {
            writeln!(self.out, "{FAINT}gone since the baseline:{FAINT:#} {gone}")?;
        }
        if summary.fixed > 0 {
            writeln!(self.out, "{BOLD}{} fixed{BOLD:#}", counted(summary.fixed, "finding"))?;
        }
        if summary.findings() == 0 {
            writeln!(self.out, "{BOLD}Nothing to mark{BOLD:#} in {drafts}")?;
        } else {
            self.counts(summary, &drafts)?;
        }
        if summary.known > 0 {
            let known = counted(summary.known, "finding");
            writeln!(
                self.out,
                "{FAINT}{known} left out that the baseline knows; --no-baseline shows all{FAINT:#}"
            )?;
        }
        if summary.interrupted {
            writeln!(self.out, "{BOLD}The run was ended before all drafts were read{BOLD:#}")?;
        }
        self.out.flush()
    }
}

impl<W: Write> Text<W> {
    fn counts(&mut self, summary: &Summary, drafts: &str) -> io::Result<()> {
        let parts = [
            (summary.errors, "error", Severity::Error),
            (summary.warnings, "warning", Severity::Warning),
            (summary.notes, "note", Severity::Note),
        ];
        let mut sep = "";
        for (count, name, severity) in parts.into_iter().filter(|(count, ..)| *count > 0) {
            let style = style(severity);
            write!(self.out, "{sep}{style}{}{style:#}", counted(count, name))?;
            sep = ", ";
        }
        writeln!(self.out, " in {drafts}")?;
        let Fixable { safe, r#unsafe } = summary.fixable;
        if safe > 0 {
            writeln!(self.out, "{FAINT}{safe} of them can be fixed with --fix{FAINT:#}")?;
        }
        if r#unsafe > 0 {
            writeln!(
                self.out,
                "{FAINT}{} more can be fixed with --fix --unsafe; read what changes{FAINT:#}",
                r#unsafe
            )?;
        }
        writeln!(self.out, "{FAINT}“copydesk explain RULE” says what a rule finds, and why{FAINT:#}")
    }
}

/// “1 draft”, “12,000 drafts”.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", digits(count as u64), if count == 1 { "" } else { "s" })
}

/// “12,000”.
pub fn digits(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Breaks a text between words into lines of at most `width` characters, the first of at most `first`.
pub fn wrap(text: &str, first: usize, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut left = first;
    for word in text.split_whitespace() {
        let cells = word.chars().count();
        match lines.last_mut() {
            Some(line) if cells < left => {
                line.push(' ');
                line.push_str(word);
                left -= cells + 1;
            }
            last => {
                // A word that is too long for the first line opens the second.
                if last.is_none() && cells > first && first < width {
                    lines.push(String::new());
                }
                left = if lines.is_empty() { first } else { width }.saturating_sub(cells);
                lines.push(word.to_owned());
            }
        }
    }
    lines
}

fn place(file: &File, span: SrcSpan, width: usize) -> Snippet {
    snippet::snippet(&file.text, &file.lines, span, width)
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => AnsiColor::Cyan.on_default().bold(),
    }
}
