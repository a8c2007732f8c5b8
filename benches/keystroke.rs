//! A keystroke's time as a client sees it, over standard input and output: a fault is inserted at a random place and
//! waited for until it is marked, then taken out and waited for until the mark is gone.
//!
//! Below each line stands what the same edits take in this process, by the engine alone: the rest is the server's.
//!
//! `cargo bench --bench keystroke`

#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/prose.rs"]
mod prose;
#[path = "../tests/support/typist.rs"]
mod typist;

use client::Client;
use copydesk::document::{self, Format};
use copydesk::engine::checker::{Cache, Checker, Scope};
use copydesk::guide::Guide;
use prose::Prose;
use serde_json::json;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use typist::{FAULT, Place, memory, milliseconds, percentile};

const DRAFT: &str = "file:///nowhere/draft.md";

const ROUNDS: usize = 200;

fn main() {
    println!("   words       opened        p50        p90        p99        max   memory");
    for words in [1_000, 10_000, 100_000] {
        let text = Prose::new(7).draft(words);
        let places = typist::places(&text, ROUNDS);
        served(words, &text, &places);
        engine(&text, &places);
    }
}

fn served(words: usize, text: &str, places: &[Place]) {
    let mut client = Client::new(json!({}));
    let start = Instant::now();
    client.open(DRAFT, "markdown", text);
    client.diagnostics(DRAFT, 1);
    let opened = start.elapsed();
    let times = typist::keystrokes(&mut client, DRAFT, &mut 1, places);
    line(&format!("{words:>8}"), opened, &times, &memory(&client));
}

fn engine(text: &str, places: &[Place]) {
    let Ok(checker) = Checker::new(Arc::new(Guide::default())) else { return };
    let mut cache = Cache::default();
    let mut text = text.to_owned();
    let mut check = |text: &str| {
        let start = Instant::now();
        let document = document::parse(text.into(), Format::Markdown);
        let reading = checker.read(&document, &mut cache);
        black_box(checker.report(&reading, Vec::new(), Scope::Alone));
        start.elapsed()
    };
    let opened = check(&text);
    let mut times = Vec::with_capacity(2 * places.len());
    for place in places {
        text.insert_str(place.offset, FAULT.0);
        times.push(check(&text));
        text.replace_range(place.offset..place.offset + FAULT.0.len(), "");
        times.push(check(&text));
    }
    times.sort();
    line("  engine", opened, &times, "");
}

fn line(name: &str, opened: Duration, times: &[Duration], memory: &str) {
    let [p50, p90, p99, max] = [0.5, 0.9, 0.99, 1.0].map(|share| percentile(times, share));
    println!("{name}   {} {p50} {p90} {p99} {max}  {memory}", milliseconds(opened));
}
