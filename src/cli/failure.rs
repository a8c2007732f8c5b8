//! Why the program could not run, said once and clearly: what is wrong, where, what to do.

use crate::guide::error::GuideError;
use crate::report::snippet;
use crate::text::lines::LineIndex;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use std::path::Path;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const BOLD: Style = Style::new().bold();
const GUTTER: Style = AnsiColor::Blue.on_default();

/// Why the program could not run.
pub enum Failure {
    /// The arguments ask for something that cannot be.
    Arguments { message: String, help: String },
    /// A guide is wrong.
    Guide(Box<GuideError>),
    /// The report could not be written.
    Write(io::Error),
}

impl Failure {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Arguments { message: message.into(), help: help.into() }
    }

    /// Prints it for a person. Where not even that can be written, nobody is there to read it.
    pub fn print(&self, out: &mut dyn Write) {
        let _ = match self {
            Self::Arguments { message, help } => message_and_help(out, message, help),
            Self::Guide(error) => guide_error(out, error),
            Self::Write(error) => message_and_help(out, &format!("cannot write the report: {error}"), ""),
        };
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<GuideError> for Failure {
    fn from(error: GuideError) -> Self {
        Self::Guide(Box::new(error))
    }
}

fn message_and_help(out: &mut dyn Write, message: &str, help: &str) -> io::Result<()> {
    writeln!(out, "{ERROR}error{ERROR:#}{BOLD}: {message}{BOLD:#}")?;
    if !help.is_empty() {
        writeln!(out, "  {GUTTER}={GUTTER:#} {help}")?;
    }
    Ok(())
}

fn guide_error(out: &mut dyn Write, error: &GuideError) -> io::Result<()> {
    let path = shortest(&error.source.path);
    let Some(span) = error.span else {
        return message_and_help(out, &error.message, &error.help);
    };
    let text = &error.source.text;
    let lines = LineIndex::new(text);
    let width = terminal_size::terminal_size_of(io::stderr()).map_or(100, |(width, _)| usize::from(width.0));
    let shown = snippet::snippet(text, &lines, span, width.saturating_sub(8));
    let snippet::Snippet { line, column, text, lead, mark } = shown;
    let gutter = line.to_string().len().max(2);
    writeln!(
        out,
        "{BOLD}{path}:{line}:{column}{BOLD:#} {ERROR}error{ERROR:#}{BOLD}: {}{BOLD:#}",
        error.message
    )?;
    writeln!(out, "{GUTTER}{line:>gutter$} |{GUTTER:#} {text}")?;
    let carets = "^".repeat(mark);
    writeln!(out, "{GUTTER}{:gutter$} |{GUTTER:#} {:lead$}{ERROR}{carets}{ERROR:#}", "", "")?;
    if !error.help.is_empty() {
        writeln!(out, "{GUTTER}{:gutter$} ={GUTTER:#} {}", "", error.help)?;
    }
    Ok(())
}

/// The path as a person in this folder would write it.
pub fn shortest(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}
