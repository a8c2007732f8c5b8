//! The guides of all open drafts and the checkers built from them, each once.
//!
//! What stands in an open buffer wins over the disk, so that a guide holds while it is being written. A guide that is
//! wrong changes nothing: the drafts keep what held before.

use crate::engine::checker::Checker;
use crate::guide::discover::{Disk, Files, Guides};
use crate::guide::error::GuideError;
use crate::guide::{FILE_NAME, Guide};
use crate::rules;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The guides at hand.
pub struct Shelf {
    guides: Guides<Overlay>,
    overlay: Overlay,
    /// By guide: drafts for which the same holds share one.
    checkers: Vec<(Arc<Guide>, Arc<Checker>)>,
}

/// The disk with the open buffers laid over it.
#[derive(Clone, Default)]
pub struct Overlay {
    buffers: Arc<Mutex<HashMap<PathBuf, Arc<str>>>>,
}

impl Default for Shelf {
    fn default() -> Self {
        let overlay = Overlay::default();
        Self { guides: Guides::new(overlay.clone(), rules::review), overlay, checkers: Vec::new() }
    }
}

impl Shelf {
    /// The checker for a draft. The path need not exist, but names the folder whose guide holds.
    pub fn checker(&mut self, draft: &Path) -> Result<Arc<Checker>, GuideError> {
        let guide = self.guides.for_draft(draft)?;
        self.build(&guide)
    }

    /// The checker where no guide says anything.
    pub fn standard(&mut self) -> Result<Arc<Checker>, GuideError> {
        self.build(&Arc::default())
    }

    /// The path of the guide that holds for a draft.
    pub fn guide_path(&mut self, draft: &Path) -> Option<PathBuf> {
        self.guides.path_for(draft)
    }

    /// Whether a file in a folder is a draft to read.
    pub fn includes(&mut self, file: &Path) -> bool {
        self.guides.includes(file).unwrap_or(false)
    }

    /// Whether what holds for the drafts depends on a file.
    pub fn depends_on(&self, file: &Path) -> bool {
        file.file_name().is_some_and(|name| name == FILE_NAME) || self.guides.files_read().contains(file)
    }

    /// Lays a buffer over the disk; `None` takes it away. Call `renew` if anything depends on it.
    pub fn lay(&self, file: &Path, text: Option<&str>) {
        let mut buffers = self.overlay.lock();
        match text {
            Some(text) => buffers.insert(file.to_owned(), text.into()),
            None => buffers.remove(file),
        };
    }

    /// Forgets all guides: they are read anew when they are asked for.
    pub fn renew(&mut self) {
        self.guides = Guides::new(self.overlay.clone(), rules::review);
        self.checkers.clear();
    }

    fn build(&mut self, guide: &Arc<Guide>) -> Result<Arc<Checker>, GuideError> {
        if let Some((_, checker)) = self.checkers.iter().find(|(other, _)| Arc::ptr_eq(other, guide)) {
            return Ok(checker.clone());
        }
        let checker = Arc::new(Checker::new(guide.clone())?);
        self.checkers.push((guide.clone(), checker.clone()));
        Ok(checker)
    }
}

impl Overlay {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, Arc<str>>> {
        // Nothing panics between two states of the map.
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Overlay {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let buffer = self.lock().get(path).cloned();
        match buffer {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => Disk.read(path),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.lock().contains_key(path) || Disk.is_file(path)
    }

    fn list(&self, folder: &Path) -> Vec<PathBuf> {
        Disk.list(folder)
    }
}
