//! Messages over standard input and output: frames in, frames out, one thread for each direction.
//!
//! Knows nothing of what a message means. Whatever arrives, the next well-formed frame is read; nothing that is
//! written waits for the client to read it.

use serde::Deserialize;
use std::collections::{HashMap, VecDeque};
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::ls_types::Uri;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    Request(Request),
    Response(Response),
    /// No message: the answer that tells the client so.
    Malformed(Response),
}

/// What goes out: JSON without its header.
#[derive(Debug)]
enum Outgoing {
    Message(Vec<u8>),
    /// The diagnostics of a document: earlier ones of the same document that still wait are dropped.
    Diagnostics(Uri, Vec<u8>),
}

/// Writes messages in the order given. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Outbox {
    queue: Sender<Outgoing>,
}

/// No message of a client is longer: a larger length is taken for garbage, not waited for.
const LONGEST: usize = 1 << 30;

/// A header block that is longer than this is none.
const LONGEST_HEADER: usize = 4096;

const FIELD: &[u8] = b"Content-Length:";

const CHUNK: usize = 1 << 16;

/// Reads frames until the input ends and hands over all that one read brought at once, so that whoever takes them
/// sees how much has queued up. Ends when `deliver` says so.
pub fn read(mut input: impl Read, mut deliver: impl FnMut(Vec<Incoming>) -> bool) {
    let mut buffer = Vec::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = match input.read(&mut chunk) {
            Ok(0) => return,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        buffer.extend_from_slice(&chunk[..count]);
        let (messages, used) = frames(&buffer);
        buffer.drain(..used);
        if !messages.is_empty() && !deliver(messages) {
            return;
        }
    }
}

/// Starts the thread that writes. It ends when every outbox is dropped or the client is gone.
pub fn write(output: impl Write + Send + 'static) -> (Outbox, JoinHandle<()>) {
    let (queue, receiver) = channel();
    let thread = thread::spawn(move || write_all(output, &receiver));
    (Outbox { queue }, thread)
}

impl Outbox {
    /// Sends a request, a notification or a response.
    pub fn send(&self, message: &impl serde::Serialize) {
        if let Ok(json) = serde_json::to_vec(message) {
            // The thread is gone only when the client is.
            let _ = self.queue.send(Outgoing::Message(json));
        }
    }

    /// Sends a `textDocument/publishDiagnostics` notification, given as JSON.
    pub fn publish(&self, document: Uri, json: Vec<u8>) {
        let _ = self.queue.send(Outgoing::Diagnostics(document, json));
    }
}

/// All whole frames at the start of `bytes`, and how many bytes they took.
fn frames(bytes: &[u8]) -> (Vec<Incoming>, usize) {
    let mut messages = Vec::new();
    let mut at = 0;
    while let Some((frame, used)) = frame(&bytes[at..]) {
        at += used;
        match frame {
            Frame::Body([]) => {}
            Frame::Body(body) => messages.push(message(body)),
            Frame::Garbage => messages.push(malformed(Id::Null, Error::parse_error())),
        }
    }
    (messages, at)
}

enum Frame<'a> {
    Body(&'a [u8]),
    Garbage,
}

/// The first frame and its length with its header; `None` where it has not arrived as a whole.
fn frame(bytes: &[u8]) -> Option<(Frame<'_>, usize)> {
    let head = &bytes[..bytes.len().min(LONGEST_HEADER)];
    let Some(end) = memchr::memmem::find(head, b"\r\n\r\n") else {
        // The name of the field may have arrived in part.
        let skip = |head: &[u8]| garbage(head).unwrap_or(LONGEST_HEADER - FIELD.len());
        return (head.len() == LONGEST_HEADER).then(|| (Frame::Garbage, skip(head)));
    };
    let start = end + 4;
    let Some(length) = content_length(&head[..end]) else {
        return Some((Frame::Garbage, garbage(&head[..start]).unwrap_or(start)));
    };
    let body = bytes.get(start..start + length)?;
    Some((Frame::Body(body), start + length))
}

/// The value of the Content-Length field, where the header is one.
fn content_length(header: &[u8]) -> Option<usize> {
    let header = std::str::from_utf8(header).ok()?;
    let mut length = None;
    for line in header.split("\r\n") {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().ok().filter(|&length: &usize| length <= LONGEST)?);
        }
    }
    length
}

/// How many bytes to skip of a header that is none, to where one may begin in it.
fn garbage(header: &[u8]) -> Option<usize> {
    memchr::memmem::find(&header[1..], FIELD).map(|at| at + 1)
}

fn message(body: &[u8]) -> Incoming {
    // A response reads as a request without a method.
    if let Ok(request) = serde_json::from_slice::<Request>(body)
        && !request.method().is_empty()
    {
        return Incoming::Request(request);
    }
    if let Ok(response) = serde_json::from_slice::<Response>(body) {
        return Incoming::Response(response);
    }
    match serde_json::from_slice::<Stray>(body) {
        Ok(stray) => malformed(stray.id(), Error::invalid_request()),
        Err(error) if error.is_data() => malformed(Id::Null, Error::invalid_request()),
        Err(_) => malformed(Id::Null, Error::parse_error()),
    }
}

/// What can still be read of an object that is no message.
#[derive(Deserialize)]
struct Stray {
    #[serde(default)]
    id: serde_json::Value,
}

impl Stray {
    fn id(self) -> Id {
        serde_json::from_value(self.id).unwrap_or_default()
    }
}

fn malformed(id: Id, error: Error) -> Incoming {
    Incoming::Malformed(Response::from_error(id, error))
}

fn write_all(mut output: impl Write, receiver: &Receiver<Outgoing>) {
    let mut waiting: VecDeque<Option<Vec<u8>>> = VecDeque::new();
    let mut frame = Vec::new();
    while let Ok(first) = receiver.recv() {
        let mut newest: HashMap<Uri, usize> = HashMap::new();
        for outgoing in std::iter::once(first).chain(receiver.try_iter()) {
            let json = match outgoing {
                Outgoing::Message(json) => json,
                Outgoing::Diagnostics(document, json) => {
                    if let Some(older) = newest.insert(document, waiting.len()) {
                        waiting[older] = None;
                    }
                    json
                }
            };
            waiting.push_back(Some(json));
        }
        for json in waiting.drain(..).flatten() {
            frame.clear();
            frame.extend_from_slice(format!("Content-Length: {}\r\n\r\n", json.len()).as_bytes());
            frame.extend_from_slice(&json);
            if output.write_all(&frame).is_err() {
                return;
            }
        }
        if output.flush().is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    /// What is read of `input` where it arrives in pieces of `size` bytes.
    fn read_in_pieces(input: &[u8], size: usize) -> Vec<String> {
        struct Pieces<'a>(&'a [u8], usize);
        impl Read for Pieces<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.1.min(self.0.len()).min(buffer.len());
                buffer[..count].copy_from_slice(&self.0[..count]);
                self.0 = &self.0[count..];
                Ok(count)
            }
        }
        let mut out = Vec::new();
        read(Pieces(input, size), |messages| {
            out.extend(messages.iter().map(|message| match message {
                Incoming::Request(request) => request.method().to_owned(),
                Incoming::Response(response) => format!("response {}", response.id()),
                Incoming::Malformed(response) => {
                    format!("malformed {} {}", response.id(), response.error().unwrap().code.code())
                }
            }));
            true
        });
        out
    }

    #[test]
    fn frames_are_read_however_they_arrive() {
        let input = [
            framed(r#"{"jsonrpc":"2.0","method":"a"}"#),
            framed(r#"{"jsonrpc":"2.0","id":1,"result":null}"#),
            "content-type: x; charset=utf-8\r\nCONTENT-LENGTH: 30\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"b\"}".into(),
        ]
        .concat();
        for size in [1, 2, 7, 64, 1 << 20] {
            assert_eq!(read_in_pieces(input.as_bytes(), size), ["a", "response 1", "b"], "{size}");
        }
    }

    #[test]
    fn whatever_is_no_message_is_answered_and_the_next_one_is_read() {
        let next = framed(r#"{"jsonrpc":"2.0","method":"next"}"#);
        let cases = [
            (framed("{"), "malformed null -32700"),
            (framed("[]"), "malformed null -32600"),
            (framed("7"), "malformed null -32600"),
            (framed(r#"{"jsonrpc":"1.0","id":5,"method":"x"}"#), "malformed 5 -32600"),
            (framed(r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#), "malformed null -32600"),
            (framed("\u{0}\u{1}"), "malformed null -32700"),
            ("Content-Length: x\r\n\r\n".into(), "malformed null -32700"),
            ("Content-Length: 99999999999999\r\n\r\n".into(), "malformed null -32700"),
            ("hello\r\n\r\n".into(), "malformed null -32700"),
        ];
        for (input, answer) in cases {
            let input = input + &next;
            assert_eq!(read_in_pieces(input.as_bytes(), 1 << 20), [answer, "next"], "{input}");
        }
        let mut endless = b"x".repeat(3 * LONGEST_HEADER);
        endless.extend_from_slice(next.as_bytes());
        assert_eq!(read_in_pieces(&endless, 1000).last().unwrap(), "next");
    }

    #[test]
    fn a_waiting_publication_gives_way_to_a_newer_one() {
        let (queue, receiver) = channel();
        let outbox = Outbox { queue };
        let uri: Uri = "file:///a.md".parse().unwrap();
        outbox.publish(uri.clone(), b"1".to_vec());
        outbox.publish("file:///b.md".parse().unwrap(), b"2".to_vec());
        outbox.publish(uri, b"3".to_vec());
        drop(outbox);
        let mut out = Vec::new();
        write_all(&mut out, &receiver);
        assert_eq!(String::from_utf8(out).unwrap(), "Content-Length: 1\r\n\r\n2Content-Length: 1\r\n\r\n3");
    }
}
