//! What a run reads: drafts that are named or found, drafts of a list, or the lines of JSON Lines files.

use super::arguments::InputArguments;
use super::drafts::{self, Draft, Origin, absolute, missing};
use super::failure::Failure;
use crate::document::Format;
use crate::guide::discover::{Disk, Guides};
use serde_json::Value;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The drafts of a run, in the order in which they are reported.
pub enum Input {
    Drafts(Vec<Draft>),
    Lines(Lines),
}

/// Finds what the arguments mean.
pub fn find(arguments: &InputArguments, guides: &mut Guides<Disk>) -> Result<Input, Failure> {
    if let Some(field) = &arguments.jsonl_field {
        return Ok(Input::Lines(Lines::new(arguments, field)?));
    }
    let mut drafts = match &arguments.files_from {
        Some(_) if !arguments.paths.is_empty() => {
            return Err(Failure::new(
                "drafts are named twice: as arguments, and by --files-from",
                "leave one of them out",
            ));
        }
        Some(list) => drafts::listed(&paths(list)?, guides)?,
        None => drafts::find(&arguments.paths, arguments.stdin_path.as_deref(), guides)?,
    };
    for draft in &mut drafts {
        if draft.from == Origin::Stdin {
            // It can be read but once.
            draft.from = Origin::Given(draft.bytes()?.into());
        }
        if let Some(markup) = arguments.markup {
            draft.format = markup.format();
        }
    }
    Ok(Input::Drafts(drafts))
}

/// The files and folders that the drafts are found in or below, absolute.
pub fn roots(arguments: &InputArguments) -> Result<Vec<PathBuf>, Failure> {
    match arguments.paths.as_slice() {
        [] => Ok(vec![absolute(Path::new("."))?]),
        paths => paths.iter().map(|path| absolute(path)).collect(),
    }
}

/// The paths of a list: with NUL between them where there is one, else a line each.
fn paths(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut bytes = Vec::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    match read {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(missing(list, "--files-from wants a file that lists paths; “-” is standard input"));
        }
        Err(error) => return Err(Failure::new(format!("cannot read “{}”: {error}", list.display()), "")),
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(format!("the list of paths “{}” is not UTF-8", list.display()), "save it as UTF-8")
    })?;
    let end = if text.contains('\0') { '\0' } else { '\n' };
    let lines = text.split(end).map(|line| line.trim_end_matches('\r'));
    Ok(lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// The drafts of JSON Lines files (<https://jsonlines.org>), read one by one.
pub struct Lines {
    files: VecDeque<PathBuf>,
    open: Option<Open>,
    field: Vec<String>,
    id_field: Option<Vec<String>>,
    format: Format,
    /// How large all files are, in bytes; `None` where one of them is a stream.
    pub size: Option<u64>,
}

struct Open {
    /// As the user would write it.
    name: String,
    /// The folder whose guide holds.
    folder: PathBuf,
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

impl Lines {
    fn new(arguments: &InputArguments, field: &str) -> Result<Self, Failure> {
        if arguments.paths.is_empty() {
            return Err(Failure::new(
                "--jsonl-field reads lines of JSON, and no file is named",
                "name one or more; “-” is standard input",
            ));
        }
        let mut size = Some(0);
        for path in &arguments.paths {
            if path.as_os_str() == "-" {
                size = None;
                continue;
            }
            let metadata = path.metadata().map_err(|_| missing(path, "check the path"))?;
            if metadata.is_dir() {
                let message =
                    format!("“{}” is a folder; --jsonl-field reads files of lines of JSON", path.display());
                return Err(Failure::new(message, "name the files"));
            }
            size = size.map(|size| size + metadata.len());
        }
        let parts = |field: &str| field.split('.').map(str::to_owned).collect();
        Ok(Self {
            files: arguments.paths.iter().cloned().collect(),
            open: None,
            field: parts(field),
            id_field: arguments.id_field.as_deref().map(parts),
            format: arguments.markup.map_or(Format::Plain, |markup| markup.format()),
            size,
        })
    }

    fn draft(&self, open: &Open, line: &[u8]) -> Result<Draft, Failure> {
        let place = format!("{}:{}", open.name, open.line);
        let record: Value = serde_json::from_slice(line)
            .map_err(|error| Failure::new(format!("{place}: this line is no JSON: {error}"), ""))?;
        let Some(text) = at(&record, &self.field).and_then(Value::as_str) else {
            return Err(Failure::new(
                format!("{place}: there is no text in the field “{}”", self.field.join(".")),
                fields(&record),
            ));
        };
        let id = self.id_field.as_ref().and_then(|field| at(&record, field)).and_then(|id| match id {
            Value::String(id) => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
        let label = id.unwrap_or(place);
        Ok(Draft {
            path: open.folder.join(&label),
            label,
            from: Origin::Given(text.as_bytes().into()),
            format: self.format,
            size: line.len() as u64 + 1,
        })
    }
}

impl Iterator for Lines {
    type Item = Result<Draft, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut open = match self.open.take() {
                Some(open) => open,
                None => match Open::new(&self.files.pop_front()?) {
                    Ok(open) => open,
                    Err(failure) => return Some(Err(failure)),
                },
            };
            let mut line = Vec::new();
            match open.reader.read_until(b'\n', &mut line) {
                Ok(0) => continue,
                Ok(_) => {}
                Err(error) => {
                    return Some(Err(Failure::new(format!("cannot read “{}”: {error}", open.name), "")));
                }
            }
            open.line += 1;
            let content = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii();
            let draft = (!content.is_empty()).then(|| self.draft(&open, content));
            self.open = Some(open);
            if draft.is_some() {
                return draft;
            }
        }
    }
}

impl Open {
    fn new(path: &Path) -> Result<Self, Failure> {
        let stdin = path.as_os_str() == "-";
        let reader: Box<dyn BufRead + Send> = if stdin {
            Box::new(BufReader::with_capacity(1 << 16, io::stdin()))
        } else {
            let file = File::open(path)
                .map_err(|error| Failure::new(format!("cannot read “{}”: {error}", path.display()), ""))?;
            Box::new(BufReader::with_capacity(1 << 16, file))
        };
        let name = if stdin { "<stdin>".to_owned() } else { drafts::label(path) };
        let folder = if stdin { absolute(Path::new("."))? } else { absolute(path)? };
        let folder = if stdin { folder } else { folder.parent().unwrap_or(Path::new("/")).to_owned() };
        Ok(Self { name, folder, reader, line: 0 })
    }
}

fn at<'a>(record: &'a Value, field: &[String]) -> Option<&'a Value> {
    field.iter().try_fold(record, |value, part| value.get(part))
}

/// What to do about a line without its field.
fn fields(record: &Value) -> String {
    let names: Vec<&str> =
        record.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).take(12).collect();
    if names.is_empty() {
        return "a line is an object: {\"text\": \"…\"}".to_owned();
    }
    format!("the line has {}", names.join(", "))
}
