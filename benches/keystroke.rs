//! A keystroke's time as a client sees it, over standard input and output: a fault is inserted at a random place and
//! waited for until it is marked, then taken out and waited for until the mark is gone.
//!
//! `cargo bench --bench keystroke`

#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/prose.rs"]
mod prose;

use client::Client;
use prose::Prose;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const DRAFT: &str = "file:///nowhere/draft.md";

/// What is typed, and the rule that marks it.
const FAULT: (&str, &str) = ("recieve ", "misspelled-word");

const ROUNDS: usize = 200;

fn main() {
    println!("   words    opened   p50      p90      p99      max      memory");
    for words in [1_000, 10_000, 100_000] {
        measure(words);
    }
}

fn measure(words: usize) {
    let text = Prose::new(7).draft(words);
    let lines: Vec<&str> = text.lines().collect();
    let mut client = Client::new(json!({}));
    let start = Instant::now();
    client.open(DRAFT, "markdown", &text);
    client.diagnostics(DRAFT, 1);
    let opened = start.elapsed();
    let mut times = Vec::with_capacity(2 * ROUNDS);
    let mut version = 1;
    let mut seed = 1_usize;
    for _ in 0..ROUNDS {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (line, character) = place(&lines, seed >> 33);
        let end = character + FAULT.0.len() as u32;
        for (range, text, marked) in
            [([line, character, line, character], FAULT.0, true), ([line, character, line, end], "", false)]
        {
            version += 1;
            let start = Instant::now();
            client.change(DRAFT, version, range, text);
            let diagnostics = client.diagnostics(DRAFT, version);
            times.push(start.elapsed());
            assert_eq!(diagnostics.iter().any(|diagnostic| is_mark(diagnostic, line, character)), marked);
        }
    }
    times.sort();
    let at = |share: f64| milliseconds(times[((times.len() - 1) as f64 * share) as usize]);
    println!(
        "{words:>8}  {} {} {} {} {} {}",
        milliseconds(opened),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0),
        memory(client.child.id())
    );
}

/// The start of a word in the middle of a paragraph: its line, and its column in UTF-16 code units.
fn place(lines: &[&str], seed: usize) -> (u32, u32) {
    let paragraphs: Vec<usize> = (1..lines.len()).filter(|&line| lines[line].contains(". ")).collect();
    let line = paragraphs[seed % paragraphs.len()];
    let spaces: Vec<usize> = lines[line].match_indices(' ').map(|(at, _)| at + 1).collect();
    let at = spaces[seed / paragraphs.len() % spaces.len()];
    (line as u32, lines[line][..at].encode_utf16().count() as u32)
}

fn is_mark(diagnostic: &Value, line: u32, character: u32) -> bool {
    diagnostic["code"] == FAULT.1
        && diagnostic["range"]["start"] == json!({ "line": line, "character": character })
}

fn milliseconds(time: Duration) -> String {
    format!("{:>5.2} ms", time.as_secs_f64() * 1000.0)
}

/// What the server's process keeps in memory, where the system tells.
fn memory(process: u32) -> String {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = resident.and_then(|value| value.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.map_or("unknown".to_owned(), |kilobytes| format!("{:>4} MB", kilobytes / 1024))
}
