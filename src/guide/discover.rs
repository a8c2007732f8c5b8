//! Finds the guide of a draft: the nearest `styleguide.toml` in its folder or above, and all that it extends.
//!
//! The only part of the guide that reads files, and only through `Files`, so that an editor can lay its unsaved buffers
//! over the disk. Every file is read once, whatever the number of drafts.

use super::error::{GuideError, GuideSource};
use super::read::{self, GuideFile, Layer};
use super::settle::Chain;
use super::value::Located;
use super::{Dictionary, FILE_NAME, Guide, QuoteSource};
use crate::document::Format;
use crate::text::source;
use globset::GlobBuilder;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Where files come from. Paths are absolute.
pub trait Files {
    /// The bytes of a file; `NotFound` where there is none.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    fn is_file(&self, path: &Path) -> bool;
    /// The files below a folder, in order.
    fn list(&self, folder: &Path) -> Vec<PathBuf>;
}

/// The disk.
pub struct Disk;

/// What reviews a guide after it was read: the rules floor knows which rules there are.
pub type Review = fn(&GuideFile) -> Result<(), GuideError>;

/// Finds and settles guides, and remembers them. Start anew when a guide changes.
pub struct Guides<F> {
    files: F,
    review: Review,
    /// The guide to use for every draft, instead of the nearest.
    fixed: Option<PathBuf>,
    /// The nearest guide of each folder asked for.
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    chains: HashMap<PathBuf, Result<Arc<Chain>, GuideError>>,
    settled: HashMap<(Option<PathBuf>, Vec<bool>), Arc<Guide>>,
    read: BTreeSet<PathBuf>,
}

impl<F: Files> Guides<F> {
    pub fn new(files: F, review: Review) -> Self {
        Self {
            files,
            review,
            fixed: None,
            nearest: HashMap::new(),
            chains: HashMap::new(),
            settled: HashMap::new(),
            read: BTreeSet::new(),
        }
    }

    /// Uses one guide for every draft. The path is absolute.
    pub fn with_fixed(mut self, guide: PathBuf) -> Self {
        self.fixed = Some(normal(&guide));
        self
    }

    /// The guide that holds for a draft, by its absolute path. The draft need not exist. Drafts for which the same
    /// holds get the same `Arc`.
    pub fn for_draft(&mut self, draft: &Path) -> Result<Arc<Guide>, GuideError> {
        let Some(path) = self.path_for(draft) else {
            return Ok(self.settled.entry((None, Vec::new())).or_default().clone());
        };
        let chain = self.chain(&path)?;
        let overrides = chain.overrides_for(draft);
        let key = (Some(path), overrides);
        if let Some(guide) = self.settled.get(&key) {
            return Ok(guide.clone());
        }
        let guide = Arc::new(chain.settle(&key.1));
        self.settled.insert(key, guide.clone());
        Ok(guide)
    }

    /// Whether a file found in a folder is a draft to read: what the guide says, else what its name promises.
    pub fn includes(&mut self, file: &Path) -> Result<bool, GuideError> {
        let by_name = Format::of_path(file).is_some();
        match self.path_for(file) {
            Some(path) => Ok(self.chain(&path)?.includes(file).unwrap_or(by_name)),
            None => Ok(by_name),
        }
    }

    /// The path of the guide that a draft would use.
    pub fn path_for(&mut self, draft: &Path) -> Option<PathBuf> {
        if let Some(fixed) = &self.fixed {
            return Some(fixed.clone());
        }
        self.nearest_of(draft.parent()?)
    }

    /// Every file that was read so far for the sake of a guide, guides included: what to watch.
    pub fn files_read(&self) -> &BTreeSet<PathBuf> {
        &self.read
    }

    fn nearest_of(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(found) = self.nearest.get(folder) {
            return found.clone();
        }
        let here = folder.join(FILE_NAME);
        let found = if self.files.is_file(&here) {
            Some(here)
        } else {
            folder.parent().and_then(|parent| self.nearest_of(parent))
        };
        self.nearest.insert(folder.to_owned(), found.clone());
        found
    }

    fn chain(&mut self, path: &Path) -> Result<Arc<Chain>, GuideError> {
        if let Some(chain) = self.chains.get(path) {
            return chain.clone();
        }
        let mut files = Vec::new();
        let result = self.load(path, None, &mut Vec::new(), &mut files).map(|()| Arc::new(Chain { files }));
        self.chains.insert(path.to_owned(), result.clone());
        result
    }

    /// Loads a guide after all that it extends. `open` holds the guides being loaded: one that stands there already
    /// extends itself.
    fn load(
        &mut self,
        path: &Path,
        named: Option<(&Arc<GuideSource>, &Located<String>)>,
        open: &mut Vec<PathBuf>,
        out: &mut Vec<Arc<GuideFile>>,
    ) -> Result<(), GuideError> {
        let error = |message: String| match named {
            Some((source, place)) => GuideError::at(source, place.span.clone(), message),
            None => GuideError::of_file(path.to_owned(), message),
        };
        if open.iter().any(|other| other == path) {
            return Err(error(format!("“{}” extends itself through this line", file_name(path)))
                .with_help("take the line out of one of the guides"));
        }
        if out.iter().any(|file| file.source.path == path) {
            return Ok(());
        }
        self.read.insert(path.to_owned());
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                return Err(error(format!("there is no guide “{}”", path.display()))
                    .with_help("check the path; “copydesk init” writes a new guide"));
            }
            Err(cause) => return Err(error(format!("cannot read “{}”: {cause}", path.display()))),
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| error(format!("“{}” is not UTF-8", path.display())).with_help("save it as UTF-8"))?;
        let source = Arc::new(GuideSource { path: path.to_owned(), text: text.into() });
        let mut file = read::read(&source)?;
        (self.review)(&file)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        open.push(path.to_owned());
        for base in &file.extends {
            self.load(&normal(&folder.join(&base.value)), Some((&source, base)), open, out)?;
        }
        open.pop();
        self.fill(&source, &folder, &mut file.layer)?;
        for other in &mut file.overrides {
            self.fill(&source, &folder, &mut other.layer)?;
        }
        out.push(Arc::new(file));
        Ok(())
    }

    /// Reads the files that a layer names.
    fn fill(
        &mut self,
        source: &Arc<GuideSource>,
        folder: &Path,
        layer: &mut Layer,
    ) -> Result<(), GuideError> {
        for named in &layer.dictionaries {
            let path = normal(&folder.join(&named.value)).with_extension("dic");
            let dic = self.text(source, named, &path)?;
            let aff = self.text(source, named, &path.with_extension("aff"))?;
            layer.files.dictionaries.push(Arc::new(Dictionary { path, aff, dic }));
        }
        for named in &layer.sources {
            let paths = self.matching(source, folder, named)?;
            if paths.is_empty() {
                let message = format!("no file fits “{}”", named.value);
                return Err(GuideError::at(source, named.span.clone(), message)
                    .with_help("paths count from the folder of the guide"));
            }
            for path in paths {
                let text = self.text(source, named, &path)?.into();
                let format = Format::of_path(&path).unwrap_or(Format::Plain);
                layer.files.sources.push(Arc::new(QuoteSource { path, text, format }));
            }
        }
        Ok(())
    }

    /// The files that a path or a pattern names.
    fn matching(
        &self,
        source: &Arc<GuideSource>,
        folder: &Path,
        named: &Located<String>,
    ) -> Result<Vec<PathBuf>, GuideError> {
        let path = normal(&folder.join(&named.value));
        if self.files.is_file(&path) {
            return Ok(vec![path]);
        }
        let below = self.files.list(&path);
        if !below.is_empty() {
            return Ok(below);
        }
        let glob = GlobBuilder::new(&named.value).literal_separator(true).build().map_err(|error| {
            let message = format!("“{}” is no pattern of paths: {}", named.value, error.kind());
            GuideError::at(source, named.span.clone(), message)
        })?;
        let matcher = glob.compile_matcher();
        let mut found = self.files.list(folder);
        found.retain(|path| path.strip_prefix(folder).is_ok_and(|path| matcher.is_match(path)));
        Ok(found)
    }

    fn text(
        &mut self,
        source: &Arc<GuideSource>,
        named: &Located<String>,
        path: &Path,
    ) -> Result<String, GuideError> {
        self.read.insert(path.to_owned());
        let error = |message: String| GuideError::at(source, named.span.clone(), message);
        let bytes = self.files.read(path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => error(format!("there is no file “{}”", path.display()))
                .with_help("paths count from the folder of the guide"),
            _ => error(format!("cannot read “{}”: {cause}", path.display())),
        })?;
        match source::decode(bytes) {
            Ok(decoded) => Ok(decoded.text.to_string()),
            Err(_) => Err(error(format!("“{}” is not UTF-8", path.display())).with_help("save it as UTF-8")),
        }
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn list(&self, folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries.flatten() {
                let Ok(kind) = entry.file_type() else { continue };
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                if kind.is_dir() && !hidden {
                    open.push(entry.path());
                } else if kind.is_file() && !hidden {
                    found.push(entry.path());
                }
            }
        }
        found.sort();
        found
    }
}

/// The path without `.` and `..`, so that one file has one path. Symbolic links stay as they are.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
