//! Replaces what a file holds, so that nobody ever sees half of it: not after a crash, nor with a full disk.
//!
//! The new content is written to a file beside the old one, brought to the disk, and takes its name in one step. A
//! program that is killed in between leaves the old file whole, and perhaps a hidden `.NAME.copydesk-*.tmp`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Why a file was left as it is.
#[derive(Debug)]
pub enum Refused {
    /// It does not hold any more what the change was made for.
    Changed,
    /// It is marked as not to be written to.
    ReadOnly,
    /// It is a folder, a device, or the like.
    NotAFile,
    Io(io::Error),
}

/// Puts `content` in the place of `expected`. Keeps the file's permissions and owner; where the path is a symbolic link,
/// the file it leads to is replaced and the link stays.
pub fn replace(path: &Path, expected: &[u8], content: &[u8]) -> Result<(), Refused> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(Refused::NotAFile);
    }
    if metadata.permissions().readonly() {
        return Err(Refused::ReadOnly);
    }
    let temporary = Temporary::beside(&target)?;
    (&temporary.file).write_all(content)?;
    temporary.resemble(&metadata)?;
    temporary.file.sync_all()?;
    // As late as can be: what somebody saved meanwhile is not lost.
    if fs::read(&target)? != expected {
        return Err(Refused::Changed);
    }
    temporary.take_name(&target)?;
    Ok(())
}

/// A file that is being written, piece by piece, and takes its name when it is whole.
pub struct Pending {
    target: PathBuf,
    /// `None` where the target is a pipe or a device, which takes what it is given.
    temporary: Option<Temporary>,
    out: BufWriter<File>,
}

impl Pending {
    /// Begins to write a new file, or one that may be replaced whatever it holds.
    pub fn create(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let metadata = fs::metadata(&target).ok();
        if metadata.as_ref().is_some_and(|metadata| !metadata.is_file()) {
            let out = BufWriter::new(OpenOptions::new().write(true).open(&target)?);
            return Ok(Self { target, temporary: None, out });
        }
        if metadata.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        let temporary = Temporary::beside(&target)?;
        if let Some(like) = &metadata {
            temporary.resemble(like)?;
        }
        let out = BufWriter::new(temporary.file.try_clone()?);
        Ok(Self { target, temporary: Some(temporary), out })
    }

    /// All is written: the file takes its name.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()?;
        match self.temporary.take() {
            Some(temporary) => temporary.take_name(&self.target),
            None => Ok(()),
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    /// Nobody reads the file before it is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file that goes away unless it takes a name.
struct Temporary {
    path: PathBuf,
    file: File,
}

impl Temporary {
    fn beside(target: &Path) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!(".{name}.copydesk-{}-{count}.tmp", std::process::id());
        let path = target.with_file_name(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(Self { path, file })
    }

    /// Takes over the permissions and the owner of another file.
    fn resemble(&self, like: &fs::Metadata) -> io::Result<()> {
        keep_owner(&self.file, like)?;
        self.file.set_permissions(like.permissions())
    }

    fn take_name(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After it took a name there is nothing left to remove.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn keep_owner(file: &File, like: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
        return Ok(());
    }
    fchown(file, Some(like.uid()), Some(like.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "somebody's").unwrap();
        assert!(matches!(replace(&path, b"as read", b"new"), Err(Refused::Changed)));
        assert_eq!(fs::read(&path).unwrap(), b"somebody's");
        assert!(replace(&path, b"somebody's", b"new").is_ok());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(matches!(replace(folder.path(), b"", b""), Err(Refused::NotAFile)));
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn a_report_has_its_name_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        fs::write(&path, "the last one").unwrap();
        let mut pending = Pending::create(&path).unwrap();
        pending.write_all(b"half").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"the last one");
        pending.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"half");
        drop(Pending::create(&path).unwrap());
        assert_eq!(names(folder.path()), ["report.json"]);
    }
}
