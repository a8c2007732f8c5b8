//! Finds the drafts that the arguments mean, and reads their bytes.

use super::failure::Failure;
use crate::document::Format;
use crate::guide::discover::{Disk, Guides};
use crate::guide::nearest::nearest;
use crate::text::source::{self, NotText, Source};
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// A draft that is to be read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As the user would write it, with `/` between folders.
    pub label: String,
    /// Absolute; standard input has the path it was given, or none of its own in the current folder.
    pub path: PathBuf,
    pub from: Origin,
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    File,
    Stdin,
}

/// The drafts that the arguments mean, in the order of their paths, each once.
pub fn find(
    arguments: &[PathBuf],
    stdin_path: Option<&Path>,
    guides: &mut Guides<Disk>,
) -> Result<Vec<Draft>, Failure> {
    let here = [PathBuf::from(".")];
    let arguments = if arguments.is_empty() { &here } else { arguments };
    let mut found: BTreeMap<PathBuf, Draft> = BTreeMap::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            let draft = standard_input(stdin_path)?;
            found.insert(draft.path.clone(), draft);
        } else if argument.is_dir() {
            let before = found.len();
            walk(argument, guides, &mut found)?;
            if arguments.len() == 1 && found.len() == before {
                return Err(Failure::new(
                    format!("there are no drafts in “{}”", argument.display()),
                    "drafts end in .md, .txt, .html and the like; [files] include in styleguide.toml says otherwise",
                ));
            }
        } else if argument.exists() {
            let draft = file(argument)?;
            found.insert(draft.path.clone(), draft);
        } else {
            return Err(missing(argument, "check the path, or name a folder to read all drafts in it"));
        }
    }
    let mut drafts: Vec<Draft> = found.into_values().collect();
    drafts.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(drafts)
}

impl Draft {
    /// The draft's text, decoded.
    pub fn source(&self) -> Result<Source, Failure> {
        let label = &self.label;
        let bytes = self.read().map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => {
                Failure::new(format!("you may not read “{label}”"), "leave it out, or change its permissions")
            }
            _ => Failure::new(format!("cannot read “{label}”: {error}"), ""),
        })?;
        source::decode(bytes).map_err(|error| match error {
            NotText::Utf16 => {
                Failure::new(format!("“{label}” is UTF-16"), "save it as UTF-8; every editor offers that")
            }
            NotText::TooLarge => Failure::new(format!("“{label}” is larger than 4 GiB"), "split it"),
        })
    }

    /// The draft's bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self.from {
            Origin::File => std::fs::read(&self.path),
            Origin::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// The absolute path, without `.` and `..`; symbolic links stay as they are.
pub fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(path).map_err(|error| {
        Failure::new(
            format!("cannot tell where “{}” is: {error}", path.display()),
            "name it by its full path",
        )
    })?;
    let mut out = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            out.pop();
        } else {
            out.push(part);
        }
    }
    Ok(out)
}

fn walk(
    folder: &Path,
    guides: &mut Guides<Disk>,
    found: &mut BTreeMap<PathBuf, Draft>,
) -> Result<(), Failure> {
    // A .gitignore counts outside of a repository, too: a folder that was copied is the same folder.
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                return Err(Failure::new(error.to_string(), "leave the folder out, or make it readable"));
            }
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let path = absolute(entry.path())?;
        if guides.includes(&path)? {
            found.insert(path, file(entry.path())?);
        }
    }
    Ok(())
}

fn file(path: &Path) -> Result<Draft, Failure> {
    let format = Format::of_path(path).unwrap_or(Format::Plain);
    Ok(Draft { label: label(path), path: absolute(path)?, from: Origin::File, format })
}

fn standard_input(named: Option<&Path>) -> Result<Draft, Failure> {
    let path = named.unwrap_or(Path::new("<stdin>"));
    let format = named.map_or(Format::Markdown, |path| Format::of_path(path).unwrap_or(Format::Plain));
    Ok(Draft { label: label(path), path: absolute(path)?, from: Origin::Stdin, format })
}

fn label(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// What to say of a path that leads nowhere, with the nearest name that there is.
pub fn missing(path: &Path, otherwise: &str) -> Failure {
    let message = format!("there is no file or folder “{}”", path.display());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    match nearest(&wanted, names.iter().map(String::as_str)) {
        Some(best) => Failure::new(message, format!("did you mean “{}”?", label(&folder.join(best)))),
        None => Failure::new(message, otherwise),
    }
}
