//! `copydesk init`: writes a guide that says nothing yet and explains every key, and beside it, hidden, its schema: by
//! the guide's first line, editors that know TOML complete and check it even where no language server runs.

use super::failure::Failure;
use crate::guide::{FILE_NAME, STANDARD};
use crate::rules::page;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The schema's file, as the guide's first line names it.
const SCHEMA: &str = ".styleguide.schema.json";

/// Runs the command and gives the exit code.
pub fn run(folder: &Path, out: &mut dyn Write) -> Result<u8, Failure> {
    let path = folder.join(FILE_NAME);
    let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    // Creating it anew or not at all leaves no moment in which an existing guide could be lost.
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| write!(file, "#:schema {SCHEMA}\n\n{STANDARD}"))
        .and_then(|()| fs::write(folder.join(SCHEMA), page::schema_text()));
    match written {
        Ok(()) => {
            writeln!(out, "Wrote {shown}: open it, every key is explained there")?;
            Ok(0)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::new(
            format!("“{shown}” is there already"),
            "it was left as it is; move it away if you want to begin anew",
        )),
        Err(error) => Err(Failure::new(format!("cannot write “{shown}”: {error}"), "")),
    }
}
