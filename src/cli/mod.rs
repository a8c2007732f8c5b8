//! The command line.

mod names;

use crate::document::{self, Format};
use crate::engine::checker::{Cache, Checker, Scope};
use crate::finding::DocId;
use crate::guide::Guide;
use crate::report::{self, File, Run};
use crate::rules::rule::{ProjectCx, ProjectDoc};
use crate::text::lines::LineIndex;
use crate::text::source;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Parser)]
#[command(name = "copydesk", version, about = "Reads a draft as a copy desk reads it, before it goes out")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read drafts and report what a copy desk would mark
    Check {
        /// Check each draft as if alone
        #[arg(long)]
        isolate: bool,
        #[arg(long, default_value = "text")]
        format: String,
        paths: Vec<PathBuf>,
    },
    /// List the names in drafts: each with its forms, their counts and places
    Names {
        #[arg(long, default_value = "table")]
        format: names::Listing,
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Check drafts in an editor, on every keystroke: the language server, over standard input and output
    Lsp {
        /// The only way there is; editors say it all the same
        #[arg(long, hide = true)]
        stdio: bool,
    },
}

/// Runs the program and gives its exit code. `serve` is the language server, which this module does not know.
pub fn run(serve: impl FnOnce() -> ExitCode) -> ExitCode {
    let (isolate, paths) = match Arguments::parse().command {
        Command::Check { isolate, paths, format: _ } => (isolate, paths),
        Command::Names { format, paths } => return names::run(&paths, format),
        Command::Lsp { .. } => return serve(),
    };
    let Ok(checker) = Checker::new(Arc::new(Guide::default())) else { return ExitCode::from(2) };
    let mut files = Vec::new();
    let mut readings = Vec::new();
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { return ExitCode::from(2) };
        let Ok(source) = source::decode(bytes) else { return ExitCode::from(2) };
        let document = document::parse(source.text.clone(), Format::of_path(&path).unwrap_or(Format::Plain));
        readings.push(checker.read(&document, &mut Cache::default()));
        let lines = LineIndex::new(&source.text);
        let path = path.display().to_string();
        files.push(File { path, text: source.text, lines, findings: Vec::new() });
    }
    let mut compared = vec![Vec::new(); files.len()];
    let scope = if isolate { Scope::Alone } else { Scope::Run };
    if !isolate {
        let documents: Vec<ProjectDoc<'_>> = readings
            .iter()
            .enumerate()
            .map(|(index, reading)| ProjectDoc {
                id: DocId(index as u32),
                facts: &reading.facts,
                guide: &checker.guide,
            })
            .collect();
        for (doc, finding) in checker.compare(&ProjectCx { documents: &documents }) {
            compared[doc.0 as usize].push(finding);
        }
    }
    for ((file, reading), compared) in files.iter_mut().zip(&readings).zip(compared) {
        file.findings = checker.report(reading, compared, scope);
    }
    let run = Run { files };
    let any = run.files.iter().any(|file| !file.findings.is_empty());
    match report::json::write(&run, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::from(u8::from(any)),
        Err(_) => ExitCode::SUCCESS,
    }
}
