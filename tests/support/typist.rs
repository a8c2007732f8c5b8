//! Types a fault into a draft at random places and takes it out again, the same places for the same draft.

#![allow(dead_code, reason = "each bench takes of it what it needs")]

use super::client::Client;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What is typed, and the rule that marks it.
pub const FAULT: (&str, &str) = ("recieve ", "misspelled-word");

/// A place in a draft: a line and a column in UTF-16 code units, and the same in bytes.
#[derive(Clone, Copy)]
pub struct Place {
    pub line: u32,
    pub character: u32,
    pub offset: usize,
}

/// The starts of words in the middle of paragraphs, at random.
pub fn places(text: &str, count: usize) -> Vec<Place> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for (line, words) in text.split('\n').enumerate() {
        if line > 0 && words.contains(". ") {
            starts.push((line, offset, words));
        }
        offset += words.len() + 1;
    }
    let mut seed = 1_usize;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    };
    let mut place = || {
        let (line, start, words) = starts[random() % starts.len()];
        let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at + 1).collect();
        let at = spaces[random() % spaces.len()];
        let character = words[..at].encode_utf16().count() as u32;
        Place { line: line as u32, character, offset: start + at }
    };
    (0..count).map(|_| place()).collect()
}

/// Inserts the fault and takes it out at each place, and waits each time until the client knows. Gives the times in
/// order of length. `version` is that of the open document, and is raised.
pub fn keystrokes(client: &mut Client, uri: &str, version: &mut i64, places: &[Place]) -> Vec<Duration> {
    let mut times = Vec::with_capacity(2 * places.len());
    for &Place { line, character, .. } in places {
        let end = character + FAULT.0.len() as u32;
        for (range, text, marked) in
            [([line, character, line, character], FAULT.0, true), ([line, character, line, end], "", false)]
        {
            *version += 1;
            let start = Instant::now();
            client.change(uri, *version, range, text);
            let diagnostics = client.diagnostics(uri, *version);
            times.push(start.elapsed());
            assert_eq!(diagnostics.iter().any(|diagnostic| is_mark(diagnostic, line, character)), marked);
        }
    }
    times.sort();
    times
}

/// The time below which a share of the sorted times lies, in milliseconds.
pub fn percentile(times: &[Duration], share: f64) -> String {
    milliseconds(times[((times.len() - 1) as f64 * share) as usize])
}

pub fn milliseconds(time: Duration) -> String {
    format!("{:>7.2} ms", time.as_secs_f64() * 1000.0)
}

/// The most that the server's process kept in memory, where the system tells.
pub fn memory(client: &Client) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", client.child.id())).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = resident.and_then(|value| value.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.map_or("unknown".to_owned(), |kilobytes| format!("{:>4} MB", kilobytes / 1024))
}

fn is_mark(diagnostic: &Value, line: u32, character: u32) -> bool {
    diagnostic["code"] == FAULT.1
        && diagnostic["range"]["start"] == json!({ "line": line, "character": character })
}
