//! `copydesk names`: the register of the names in some drafts.

use super::drafts::{self, Draft};
use super::failure::Failure;
use super::guides;
use crate::document;
use crate::facts::names::register::{self, Kind, Name};
use crate::facts::{self, DocFacts};
use crate::text::lines::{LineIndex, Unit};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// How the register is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// For people
    Table,
    /// For programs: version 1 of the contract
    Json,
    /// A [names] section to paste into the guide
    Toml,
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    names: Vec<JsonName<'a>>,
}

#[derive(Serialize)]
struct JsonName<'a> {
    name: &'a str,
    kind: &'a str,
    count: u32,
    forms: Vec<JsonForm<'a>>,
}

#[derive(Serialize)]
struct JsonForm<'a> {
    form: &'a str,
    count: usize,
    places: Vec<JsonPlace<'a>>,
}

/// Offsets are UTF-8 bytes of the file; line and column count from 1, columns in characters.
#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
}

/// A draft that was read.
struct Read {
    path: String,
    text: Arc<str>,
    lines: LineIndex,
    facts: DocFacts,
}

/// Writes the register of the drafts and gives the exit code.
pub fn run(paths: &[PathBuf], listing: Listing, out: &mut dyn Write) -> Result<u8, Failure> {
    let found = drafts::find(paths, None, &mut guides(None)?)?;
    let drafts = found.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let docs: Vec<_> = drafts.iter().map(|draft| (&*draft.text, &draft.facts.names)).collect();
    let names = register::register(&docs);
    match listing {
        Listing::Table => table(&names, out),
        Listing::Json => json(&names, &drafts, out),
        Listing::Toml => toml(&names, out),
    }?;
    Ok(0)
}

fn read(draft: &Draft) -> Result<Read, Failure> {
    let source = draft.source()?;
    let document = document::parse(source.text.clone(), draft.format);
    let blocks: Vec<_> = document.blocks.iter().map(|placed| facts::of_block(&placed.block)).collect();
    let facts = facts::of_document(&document, &blocks.iter().collect::<Vec<_>>());
    let lines = LineIndex::new(&source.text);
    Ok(Read { path: draft.label.clone(), text: source.text, lines, facts })
}

/// A line for each name: how often, what, and its forms with their counts where there are several.
fn table(names: &[Name], out: &mut dyn Write) -> io::Result<()> {
    let width = names.iter().map(|name| name.name.chars().count()).max().unwrap_or(0).min(40);
    for name in names {
        let forms: Vec<String> =
            name.forms.iter().map(|form| format!("{} {}", form.form, form.places.len())).collect();
        let forms = if name.forms.len() > 1 { forms.join(", ") } else { String::new() };
        let line = format!("{:5}  {:12}  {:width$}  {forms}", name.count, name.kind.name(), name.name);
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn json(names: &[Name], drafts: &[Read], out: &mut dyn Write) -> io::Result<()> {
    let names = names
        .iter()
        .map(|name| JsonName {
            name: &name.name,
            kind: name.kind.name(),
            count: name.count,
            forms: name
                .forms
                .iter()
                .map(|form| JsonForm {
                    form: &form.form,
                    count: form.places.len(),
                    places: form
                        .places
                        .iter()
                        .filter_map(|(doc, span)| {
                            let draft = drafts.get(doc.0 as usize)?;
                            let position = draft.lines.position(&draft.text, span.start, Unit::Char);
                            Some(JsonPlace {
                                path: &draft.path,
                                start: span.start,
                                end: span.end,
                                line: position.line + 1,
                                column: position.column + 1,
                            })
                        })
                        .collect(),
                })
                .collect(),
        })
        .collect();
    serde_json::to_writer(&mut *out, &Report { version: 1, names })?;
    writeln!(out)
}

/// Names of people, organizations and places, each with the spellings that its forms show beside it.
fn toml(names: &[Name], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "[names]")?;
    for name in names.iter().filter(|name| name.kind != Kind::Other) {
        let key = toml_text(&name.name);
        let not: Vec<String> = name.other_spellings().into_iter().map(toml_text).collect();
        writeln!(out, "{key} = [{}]", not.join(", "))?;
    }
    Ok(())
}

fn toml_text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
