//! A client that speaks the real protocol to the built binary over standard input and output.
//!
//! Waits for messages, never for time: the only clock is the one that ends a test that would hang.

#![allow(dead_code, reason = "each test takes of it what it needs")]

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A test that waits longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    pub child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages that came while another was waited for.
    pub held: VecDeque<Value>,
    next_id: i64,
}

impl Client {
    /// Starts the server without introducing the client.
    pub fn start() -> Self {
        Self::start_with(Path::new(env!("CARGO_BIN_EXE_copydesk")))
    }

    pub fn start_with(program: &Path) -> Self {
        let mut child = Command::new(program)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the binary is built");
        let output = child.stdout.take().expect("it is piped");
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, held: VecDeque::new(), next_id: 0 }
    }

    /// Starts the server and introduces a client with these capabilities.
    pub fn new(capabilities: Value) -> Self {
        Self::in_folder(None, capabilities)
    }

    /// The same, with a folder open.
    pub fn in_folder(folder: Option<&Path>, capabilities: Value) -> Self {
        let mut client = Self::start();
        client.initialize(folder, capabilities);
        client
    }

    pub fn initialize(&mut self, folder: Option<&Path>, capabilities: Value) -> Value {
        self.initialize_with(folder, capabilities, Value::Null)
    }

    /// The same, with settings.
    pub fn initialize_with(&mut self, folder: Option<&Path>, capabilities: Value, settings: Value) -> Value {
        let folders = folder.map(|folder| json!([{ "uri": uri(folder), "name": "drafts" }]));
        let params = json!({
            "processId": std::process::id(),
            "rootUri": null,
            "workspaceFolders": folders,
            "capabilities": capabilities,
            "initializationOptions": settings,
        });
        let result = self.request("initialize", params).expect("the server starts");
        self.notify("initialized", json!({}));
        result
    }

    pub fn send(&mut self, message: &Value) {
        self.send_raw(&frame(message));
    }

    pub fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        // A server that has ended is noticed by what it does not answer.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params }));
        self.next_id
    }

    /// Sends a request and waits for its answer: the result, or the error.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(id)
    }

    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let response = self.wait(|message| message.get("method").is_none() && message["id"] == id);
        match response.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(response["result"].clone()),
        }
    }

    /// Waits for a message; those that come before it are held.
    pub fn wait(&mut self, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        if let Some(index) = self.held.iter().position(&mut wanted) {
            return self.held.remove(index).expect("it was found there");
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).expect("a message comes");
            if wanted(&message) {
                return message;
            }
            self.held.push_back(message);
        }
    }

    /// All that came and was not waited for, and all that comes until the server answers a request sent now.
    pub fn drain(&mut self) -> Vec<Value> {
        let id = self.ask("workspace/symbol", json!({ "query": "\u{0}" }));
        let _ = self.answer(id);
        self.held.drain(..).collect()
    }

    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a range, given as line, character, line, character.
    pub fn change(&mut self, uri: &str, version: i64, range: [u32; 4], text: &str) {
        let range = self::range(range);
        self.changes(uri, version, json!([{ "range": range, "text": text }]));
    }

    pub fn changes(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Waits for the diagnostics of a version of a document.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message =
            self.wait(|message| is_publication(message, uri) && message["params"]["version"] == version);
        message["params"]["diagnostics"].as_array().expect("diagnostics are a list").clone()
    }

    /// Closes the input, as a client does that goes away.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the server to end.
    pub fn exited(&mut self) -> ExitStatus {
        // The output ends with the process, or when it closes it: nothing has to be slept through.
        let deadline = Instant::now() + PATIENCE;
        while let Ok(message) = self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            self.held.push_back(message);
        }
        assert!(Instant::now() < deadline, "the server does not end");
        self.child.wait().expect("it is our child")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

pub fn range([line, character, end_line, end_character]: [u32; 4]) -> Value {
    json!({
        "start": { "line": line, "character": character },
        "end": { "line": end_line, "character": end_character },
    })
}

pub fn is_publication(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

/// The URI of a path whose name needs no escaping.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
