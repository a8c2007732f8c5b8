//! `copydesk quotes`: every direct quotation of some drafts with who said it.

use super::drafts::{self, Draft};
use super::failure::Failure;
use super::guides;
use crate::document::{self, Document};
use crate::facts::quotes::Quote;
use crate::facts::{self, DocFacts};
use crate::text::source;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// How the list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// For people
    Table,
    /// For programs: version 1 of the contract
    Json,
}

#[derive(Serialize)]
struct Report {
    version: u32,
    quotes: Vec<JsonQuote>,
}

/// Offsets are UTF-8 bytes of the file.
#[derive(Serialize)]
struct JsonQuote {
    path: String,
    start: u32,
    end: u32,
    text: String,
    speaker: Option<JsonSpeaker>,
    cue: Option<JsonCue>,
}

#[derive(Serialize)]
struct JsonSpeaker {
    name: String,
    mention_start: u32,
    mention_end: u32,
}

#[derive(Serialize)]
struct JsonCue {
    start: u32,
    end: u32,
}

/// Runs the command and gives the exit code.
pub fn run(paths: &[PathBuf], listing: Listing, out: &mut dyn Write) -> Result<u8, Failure> {
    let mut quotes = Vec::new();
    for draft in drafts::find(paths, None, &mut guides(None)?)? {
        let (document, facts) = read(&draft)?;
        quotes.extend(facts.quotes.iter().map(|quote| json(&draft.label, &document, quote)));
    }
    match listing {
        Listing::Json => write_json(out, quotes)?,
        Listing::Table => write_table(out, &quotes)?,
    }
    Ok(0)
}

fn read(draft: &Draft) -> Result<(Document, DocFacts), Failure> {
    let failure = |reason: String| {
        Failure::new(format!("cannot read “{}”: {reason}", draft.label), "leave it out of the arguments")
    };
    let bytes = draft.read().map_err(|error| failure(error.to_string()))?;
    let source = source::decode(bytes).map_err(|_| failure("it is no UTF-8 text".to_owned()))?;
    let document = document::parse(source.text, draft.format);
    let blocks: Vec<_> = document.blocks.iter().map(|placed| facts::of_block(&placed.block)).collect();
    let facts = facts::of_document(&document, &blocks.iter().collect::<Vec<_>>());
    Ok((document, facts))
}

fn json(path: &str, document: &Document, quote: &Quote) -> JsonQuote {
    JsonQuote {
        path: path.to_owned(),
        start: quote.span.start,
        end: quote.span.end,
        text: quote.span.of(&document.text).to_owned(),
        speaker: quote.speaker.as_ref().map(|speaker| JsonSpeaker {
            name: speaker.name.clone(),
            mention_start: speaker.mention.start,
            mention_end: speaker.mention.end,
        }),
        cue: quote.cue.map(|cue| JsonCue { start: cue.start, end: cue.end }),
    }
}

fn write_json(out: &mut dyn Write, quotes: Vec<JsonQuote>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Report { version: 1, quotes })?;
    writeln!(out)
}

/// A line for each quotation: its speaker, and its first and last words.
fn write_table(out: &mut dyn Write, quotes: &[JsonQuote]) -> io::Result<()> {
    let name = |quote: &JsonQuote| quote.speaker.as_ref().map_or("—", |speaker| &speaker.name).to_owned();
    let width = quotes.iter().map(|quote| name(quote).chars().count()).max().unwrap_or(0).min(32);
    let mut path = "";
    for quote in quotes {
        if quote.path != path {
            path = &quote.path;
            writeln!(out, "{path}")?;
        }
        writeln!(out, "  {:width$}  {}", name(quote), shortened(&quote.text))?;
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    const LIMIT: usize = 90;
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= LIMIT {
        return line;
    }
    let head: String = line.chars().take(LIMIT - 21).collect();
    let tail: String = line.chars().skip(line.chars().count() - 20).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}
