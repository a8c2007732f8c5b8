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
use std::sync::Arc;

/// A draft that is to be read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As the user would write it, with `/` between folders.
    pub label: String,
    /// Absolute; standard input has the path it was given, or none of its own in the current folder.
    pub path: PathBuf,
    pub from: Origin,
    pub format: Format,
    /// How large it is, in bytes, as far as is known before it is read.
    pub size: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    File,
    Stdin,
    /// Its bytes came another way: out of a line of JSON, or out of the history.
    Given(Arc<[u8]>),
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
    Ok(in_order(found))
}

/// The drafts of a list of paths, folders walked; one that is not there is found out when it is read.
pub fn listed(paths: &[PathBuf], guides: &mut Guides<Disk>) -> Result<Vec<Draft>, Failure> {
    let mut found: BTreeMap<PathBuf, Draft> = BTreeMap::new();
    for path in paths {
        if path.is_dir() {
            walk(path, guides, &mut found)?;
        } else {
            let draft = file(path)?;
            found.insert(draft.path.clone(), draft);
        }
    }
    Ok(in_order(found))
}

fn in_order(found: BTreeMap<PathBuf, Draft>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = found.into_values().collect();
    drafts.sort_by(|a, b| a.label.cmp(&b.label));
    drafts
}

impl Draft {
    /// The draft's text, decoded.
    pub fn source(&self) -> Result<Source, Failure> {
        let label = &self.label;
        source::decode(self.bytes()?).map_err(|error| match error {
            NotText::Utf16 => {
                Failure::new(format!("“{label}” is UTF-16"), "save it as UTF-8; every editor offers that")
            }
            NotText::TooLarge => Failure::new(format!("“{label}” is larger than 4 GiB"), "split it"),
        })
    }

    /// The draft's bytes, or why they cannot be read.
    pub fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let label = &self.label;
        self.read().map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => {
                Failure::new(format!("you may not read “{label}”"), "leave it out, or change its permissions")
            }
            io::ErrorKind::NotFound => missing(&self.path, "check the path"),
            _ => Failure::new(format!("cannot read “{label}”: {error}"), ""),
        })
    }

    /// The draft's bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.from {
            Origin::File => std::fs::read(&self.path),
            Origin::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Origin::Given(bytes) => Ok(bytes.to_vec()),
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

/// The draft at a path.
pub fn file(path: &Path) -> Result<Draft, Failure> {
    let format = Format::of_path(path).unwrap_or(Format::Plain);
    let size = path.metadata().map_or(0, |metadata| metadata.len());
    Ok(Draft { label: label(path), path: absolute(path)?, from: Origin::File, format, size })
}

fn standard_input(named: Option<&Path>) -> Result<Draft, Failure> {
    let path = named.unwrap_or(Path::new("<stdin>"));
    let format = named.map_or(Format::Markdown, |path| Format::of_path(path).unwrap_or(Format::Plain));
    Ok(Draft { label: label(path), path: absolute(path)?, from: Origin::Stdin, format, size: 0 })
}

/// A path as the user would write it, with `/` between folders.
pub fn label(path: &Path) -> String {
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
