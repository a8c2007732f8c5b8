//! Where reports go: the formats that there are, and one run's reports to standard output and to files.

use super::arguments::OutputArguments;
use super::drafts::absolute;
use super::failure::{Failure, shortest};
use super::replace::Pending;
use crate::guide::nearest::nearest;
use crate::report::checkstyle::Checkstyle;
use crate::report::compact::Compact;
use crate::report::github::Github;
use crate::report::gitlab::Gitlab;
use crate::report::html::Html;
use crate::report::json::Json;
use crate::report::jsonl::Jsonl;
use crate::report::junit::Junit;
use crate::report::markdown::Markdown;
use crate::report::rdjson::{Rdjson, Rdjsonl};
use crate::report::sarif::Sarif;
use crate::report::text::Text;
use crate::report::{File, Report, Summary};
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A format, and the file it is written to; `None` is where `--output` says, or standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub format: ReportFormat,
    pub file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    Text,
    Compact,
    Html,
    Markdown,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Checkstyle,
    Junit,
    Rdjson,
    Rdjsonl,
}

impl ReportFormat {
    pub const ALL: &[(&str, Self)] = &[
        ("text", Self::Text),
        ("compact", Self::Compact),
        ("html", Self::Html),
        ("markdown", Self::Markdown),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("checkstyle", Self::Checkstyle),
        ("junit", Self::Junit),
        ("rdjson", Self::Rdjson),
        ("rdjsonl", Self::Rdjsonl),
    ];

    /// What the ending of a file promises.
    fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "html" | "htm" => Some(Self::Html),
            "md" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            "sarif" => Some(Self::Sarif),
            _ => None,
        }
    }
}

/// Reads `FORMAT` or `FORMAT=FILE`.
pub fn target(argument: &str) -> Result<Target, String> {
    let (name, file) = match argument.split_once('=') {
        Some((_, "")) => return Err("no file is named behind the “=”".to_owned()),
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (argument, None),
    };
    let names = || ReportFormat::ALL.iter().map(|(name, _)| *name);
    match ReportFormat::ALL.iter().find(|(other, _)| *other == name) {
        Some((_, format)) => Ok(Target { format: *format, file }),
        None => Err(match nearest(name, names()) {
            Some(best) => format!("no format is called “{name}”; did you mean “{best}”?"),
            None => {
                format!("no format is called “{name}”; there are {}", names().collect::<Vec<_>>().join(", "))
            }
        }),
    }
}

/// The files that the arguments name for reports, absolute.
pub fn files(arguments: &OutputArguments) -> Result<Vec<PathBuf>, Failure> {
    let named = arguments.formats.iter().filter_map(|target| target.file.as_ref());
    named.chain(&arguments.output).map(|path| absolute(path)).collect()
}

/// One run's reports.
pub struct Reports<'a> {
    reports: Vec<Box<dyn Report + 'a>>,
    files: Vec<(PathBuf, Rc<RefCell<Pending>>)>,
}

impl<'a> Reports<'a> {
    /// Begins the reports that the arguments ask for. At most one of them goes to `out`; `terminal` is its width in
    /// cells, where it is one.
    pub fn new(
        arguments: &OutputArguments,
        out: &'a mut dyn Write,
        terminal: Option<usize>,
    ) -> Result<Self, Failure> {
        let mut reports = Self { reports: Vec::new(), files: Vec::new() };
        let mut out = Some(out);
        for Target { format, file } in targets(arguments)? {
            match file.filter(|file| file.as_os_str() != "-") {
                Some(file) => {
                    let out = anstream::StripStream::new(Box::new(reports.file(&file)?) as Box<dyn Write>);
                    reports.reports.push(begin(format, out, None));
                }
                None => match out.take() {
                    Some(out) => reports.reports.push(begin(format, out, terminal)),
                    None => {
                        return Err(Failure::new(
                            "two reports cannot both go to standard output",
                            "name a file for one of them: --format sarif=report.sarif",
                        ));
                    }
                },
            }
        }
        Ok(reports)
    }

    pub fn batch(&mut self, files: &[File]) -> io::Result<()> {
        self.reports.iter_mut().try_for_each(|report| report.batch(files))
    }

    pub fn finish(mut self, summary: &Summary) -> Result<(), Failure> {
        for report in &mut self.reports {
            report.finish(summary)?;
        }
        drop(self.reports);
        for (path, pending) in self.files {
            pending.borrow_mut().finish().map_err(|error| unwritable(&path, &error))?;
        }
        Ok(())
    }

    /// A file to write to. Whether that can be is found out before the drafts are read.
    fn file(&mut self, path: &Path) -> Result<Sink, Failure> {
        if path.is_dir() {
            let message = format!("the report cannot be written to “{}”: it is a folder", path.display());
            return Err(Failure::new(message, "name a file in it"));
        }
        let pending = Pending::create(path).map_err(|error| unwritable(path, &error))?;
        let pending = Rc::new(RefCell::new(pending));
        self.files.push((path.to_owned(), pending.clone()));
        Ok(Sink(pending))
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let (why, help) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such folder".to_owned(), "make the folder, or name another"),
        io::ErrorKind::PermissionDenied => ("you may not write there".to_owned(), "name another file"),
        _ => (error.to_string(), ""),
    };
    Failure::new(format!("the report cannot be written to “{}”: {why}", shortest(path)), help)
}

/// What `--format` and `--output` come to.
fn targets(arguments: &OutputArguments) -> Result<Vec<Target>, Failure> {
    let OutputArguments { formats, output } = arguments;
    let mut targets = formats.clone();
    let Some(output) = output else {
        if targets.is_empty() {
            targets.push(Target { format: ReportFormat::Text, file: None });
        }
        return Ok(targets);
    };
    if targets.is_empty() {
        let format = ReportFormat::of_file(output).unwrap_or(ReportFormat::Text);
        targets.push(Target { format, file: None });
    }
    match targets.iter_mut().find(|target| target.file.is_none()) {
        Some(target) => target.file = Some(output.clone()),
        None => {
            return Err(Failure::new(
                "--output has no report left to write: each --format names a file of its own",
                "leave --output out, or the file behind one --format",
            ));
        }
    }
    Ok(targets)
}

fn begin<'a, W: Write + 'a>(format: ReportFormat, out: W, terminal: Option<usize>) -> Box<dyn Report + 'a> {
    match format {
        ReportFormat::Text => Box::new(Text::new(out, terminal)),
        ReportFormat::Compact => Box::new(Compact::new(out)),
        ReportFormat::Html => Box::new(Html::new(out)),
        ReportFormat::Markdown => Box::new(Markdown::new(out)),
        ReportFormat::Json => Box::new(Json::new(out)),
        ReportFormat::Jsonl => Box::new(Jsonl::new(out)),
        ReportFormat::Sarif => Box::new(Sarif::new(out)),
        ReportFormat::Github => Box::new(Github::new(out)),
        ReportFormat::Gitlab => Box::new(Gitlab::new(out)),
        ReportFormat::Checkstyle => Box::new(Checkstyle::new(out)),
        ReportFormat::Junit => Box::new(Junit::new(out)),
        ReportFormat::Rdjson => Box::new(Rdjson::new(out)),
        ReportFormat::Rdjsonl => Box::new(Rdjsonl::new(out)),
    }
}

/// A file that a report writes to while `Reports` waits to give it its name.
struct Sink(Rc<RefCell<Pending>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
