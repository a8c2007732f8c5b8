//! A folder of two thousand drafts, as a client sees it: when the first one is answered and when all are read, how long a
//! keystroke takes meanwhile and afterwards, and how long it takes to rename a name that stands in two hundred of them.
//!
//! `cargo bench --bench folder`

#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/prose.rs"]
mod prose;
#[path = "../tests/support/typist.rs"]
mod typist;

use client::{Client, uri};
use prose::Prose;
use serde_json::json;
use std::fs;
use std::time::Instant;
use typist::{memory, milliseconds, percentile};

const DRAFTS: usize = 2_000;
const WORDS: usize = 500;

/// Every tenth draft has somebody in it.
const NAMED: &str = "\nAmadou Diallo spoke first. Amadou Diallo left early, and Diallo came back.\n";

fn main() {
    let folder = tempfile::tempdir().expect("the system has room for drafts");
    for index in 0..DRAFTS {
        let mut text = Prose::new(index as u64).draft(WORDS);
        if index % 10 == 0 {
            text.push_str(NAMED);
        }
        fs::write(folder.path().join(format!("{index}.md")), text).expect("the system has room for drafts");
    }
    let text = Prose::new(7).draft(1_000) + NAMED;
    let path = folder.path().join("open.md");
    fs::write(&path, &text).expect("the system has room for drafts");
    let draft = uri(&path);

    let edits = json!({ "workspaceEdit": { "documentChanges": true } });
    let capabilities = json!({ "window": { "workDoneProgress": true }, "workspace": edits });
    let mut client = Client::start();
    let start = Instant::now();
    client.initialize(Some(folder.path()), capabilities);
    client.open(&draft, "markdown", &text);
    client.diagnostics(&draft, 1);
    println!("first draft answered   {}", milliseconds(start.elapsed()));

    let asked = client.wait(|message| message["method"] == "window/workDoneProgress/create");
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    let mut version = 1;
    let places = typist::places(&text, 200);
    let times = typist::keystrokes(&mut client, &draft, &mut version, &places[..50]);
    let read = client.held.iter().any(|message| message["params"]["value"]["kind"] == "end");
    println!(
        "keystroke while {}  p50 {}  p99 {}",
        if read { "read   " } else { "reading" },
        percentile(&times, 0.5),
        percentile(&times, 0.99)
    );

    client.wait(|message| message["params"]["value"]["kind"] == "end");
    println!("{DRAFTS} drafts read       {}", milliseconds(start.elapsed()));
    let times = typist::keystrokes(&mut client, &draft, &mut version, &places);
    println!("keystroke afterwards   p50 {}  p99 {}", percentile(&times, 0.5), percentile(&times, 0.99));

    let line = text[..text.rfind("Amadou Diallo spoke").unwrap_or_default()].matches('\n').count();
    let at = json!({ "line": line, "character": 3 });
    let params = json!({ "textDocument": { "uri": draft }, "position": at, "newName": "Amadou Dembele" });
    let start = Instant::now();
    let edit = client.request("textDocument/rename", params).expect("the name can be changed");
    let took = milliseconds(start.elapsed());
    println!("renamed in {} drafts  {took}", edit["documentChanges"].as_array().map_or(0, Vec::len));
    println!("memory                 {}", memory(&client));
}
