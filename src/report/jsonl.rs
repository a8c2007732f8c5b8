//! `--format jsonl`: a line for each finding, as `--format json` writes it, with the path of its draft.

use super::json::JsonFinding;
use super::{File, Report, Summary};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    finding: JsonFinding<'a>,
}

/// The report as it is written.
pub struct Jsonl<W> {
    out: W,
}

impl<W: Write> Jsonl<W> {
    pub const fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Report for Jsonl<W> {
    fn batch(&mut self, files: &[File]) -> io::Result<()> {
        for file in files {
            for finding in &file.findings {
                let finding = JsonFinding::new(files, file, finding);
                serde_json::to_writer(&mut self.out, &Line { path: &file.path, finding })?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}
