//! A client out of its mind: messages at random, out of order, broken, huge, with positions and URIs that are none.
//!
//! The server must not crash or hang, and every request that can be read has exactly one answer. Runs a fixed number of
//! messages for each of a few seeds; `COPYDESK_FUZZ_SECONDS=60 cargo test --test lsp fuzz` goes on for that long.

use super::client::{Client, frame};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::{Duration, Instant};

const MESSAGES: usize = 400;

const URIS: &[&str] = &[
    "file:///nowhere/a.md",
    "file:///nowhere/b.html",
    "file:///nowhere/c.txt",
    "file:///nowhere/styleguide.toml",
    "untitled:Untitled-1",
    "git:/a/b?x=1",
    "file:///%FF%00/%zz",
    "no uri",
    "",
];

const METHODS: &[&str] = &[
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/completion",
    "textDocument/rename",
    "textDocument/prepareRename",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/diagnostic",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "workspace/diagnostic",
    "workspace/symbol",
    "workspace/executeCommand",
    "no/such/method",
    "$/no/such/method",
    "initialize",
];

const TEXTS: &[&str] = &[
    "",
    "x",
    "\n",
    "\r\n",
    "😀",
    "“a – b — c",
    "\"",
    "> - 1. ",
    "<div><!-- stet",
    "[stet]\n",
    "---\ntitle: x\n---\n",
    "the the ",
    "\u{0}\u{FFFD}",
];

#[test]
fn a_client_out_of_its_mind_is_served() {
    let seconds = std::env::var("COPYDESK_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let Some(seconds) = seconds else {
        (1..=4).for_each(run);
        return;
    };
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seed = 1000;
    while Instant::now() < end {
        run(seed);
        seed += 1;
    }
    println!("{} sessions of {MESSAGES} messages", seed - 1000);
}

/// One session from a seed.
fn run(seed: u64) {
    let mut random = Random(seed);
    let mut client = Client::new(json!({
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
    }));
    let mut ids = Vec::new();
    for version in (1..).take(MESSAGES) {
        let uri = random.pick(URIS);
        match random.below(12) {
            0 => {
                client.open(uri, random.pick(&["markdown", "html", "plaintext", "toml", ""]), &random.text())
            }
            1..=4 => {
                let version = if random.below(10) == 0 { 1 } else { version };
                let changes: Vec<Value> = (0..random.below(4)).map(|_| random.change()).collect();
                client.changes(uri, version, changes.into());
            }
            5 if random.below(4) == 0 => client.close(uri),
            6..=9 => ids.push(client.ask(random.pick(METHODS), random.params(uri))),
            10 => {
                let id = ids.last().copied().unwrap_or(0);
                client.notify("$/cancelRequest", json!({ "id": id }));
            }
            _ => {
                let garbage = random.garbage();
                client.send_raw(&garbage);
            }
        }
    }
    // Whatever it was told, it still serves, and nothing that was asked is forgotten.
    let is_answer = |message: &Value, id: i64| message.get("method").is_none() && message["id"] == id;
    let mut answers: HashMap<i64, usize> = HashMap::new();
    for &id in &ids {
        client.wait(|message| is_answer(message, id));
        answers.insert(id, 1);
    }
    client.hang_up();
    assert_eq!(client.exited().code(), Some(0), "seed {seed}");
    for message in &client.held {
        if let (None, Some(id)) = (message.get("method"), message["id"].as_i64()) {
            *answers.entry(id).or_default() += 1;
        }
    }
    for id in ids {
        assert_eq!(answers.get(&id), Some(&1), "seed {seed}, request {id}");
    }
}

/// A linear congruential generator: the same session for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn text(&mut self) -> String {
        let count = if self.below(30) == 0 { 20_000 } else { self.below(20) };
        (0..count).map(|_| self.pick(TEXTS)).collect()
    }

    fn number(&mut self) -> u32 {
        match self.below(8) {
            0 => u32::MAX,
            1 => i32::MAX as u32,
            _ => self.below(12) as u32,
        }
    }

    fn range(&mut self) -> Value {
        super::client::range([self.number(), self.number(), self.number(), self.number()])
    }

    fn change(&mut self) -> Value {
        match self.below(12) {
            0 => json!({ "text": self.text() }),
            1 => json!({ "range": null, "text": "x" }),
            _ => json!({ "range": self.range(), "text": self.pick(TEXTS) }),
        }
    }

    fn params(&mut self, uri: &str) -> Value {
        match self.below(6) {
            0 => Value::Null,
            1 => json!({ "textDocument": { "uri": uri }, "position": { "line": -1, "character": "x" } }),
            _ => json!({
                "textDocument": { "uri": uri },
                "position": { "line": self.number(), "character": self.number() },
                "range": self.range(),
                "context": { "diagnostics": [], "includeDeclaration": true },
                "newName": self.pick(TEXTS),
                "query": self.pick(TEXTS),
                "previousResultIds": [],
                "command": self.pick(TEXTS),
            }),
        }
    }

    fn garbage(&mut self) -> Vec<u8> {
        let message = frame(&json!({ "jsonrpc": "2.0", "method": "x", "params": [] }));
        match self.below(8) {
            0 => b"Content-Length: 2\r\n\r\n{]".to_vec(),
            1 => b"Content-Length: -5\r\n\r\n".to_vec(),
            2 => b"Content-Type: x\r\n\r\n".to_vec(),
            3 => b"Content-Length: 99999999999999999999\r\n\r\n".to_vec(),
            4 => b"\xFF\xFE\x00 nonsense\r\n\r\n".to_vec(),
            5 => [b"Content-Length: 0\r\n\r\n".to_vec(), message].concat(),
            6 => {
                let nested = "[".repeat(20_000);
                format!("Content-Length: {}\r\n\r\n{nested}", nested.len()).into_bytes()
            }
            _ => frame(&json!({ "jsonrpc": "2.0", "id": 123_456_789, "result": {} })),
        }
    }
}
