//! The law, through the protocol: after any edits the findings are those of a fresh check, and every position is right.
//!
//! Positions are counted here anew, character by character, so that the server's counting is held against another.

use super::client::Client;
use super::{essence, fresh, utf8};
use copydesk::document::Format;
use copydesk::text::lines::Unit;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// What drafts and edits are made of: marks of several rules, every kind of line end, characters of every width.
const PIECES: &[&str] = &[
    "The harbour — closed since May — is open. ",
    "a – b ",
    "x -- y ",
    "\n\n",
    "\r\n\r\n",
    "\n",
    "\r\n",
    "\r",
    "“",
    "”",
    "\"",
    "’",
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "- item ",
    "> ",
    "# ",
    "**bold** ",
    "`code` ",
    "[link](https://example.org) ",
    "<!-- stet -->\n",
    "<!-- stet mixed-dashes: the house’s way -->\n",
    "| a | b |\n|---|---|\n| c – d | e |\n",
    "Kim Jong Un met Kim Jong-un. ",
    "the the ",
    "\u{FEFF}",
    "\u{0}",
    "word ",
];

/// An edit as a fraction of the text's length at that time, how many characters go, and what comes.
#[derive(Clone, Debug)]
struct Edit {
    at: f64,
    gone: usize,
    text: String,
    /// Whether the edit replaces everything, as clients may.
    whole: bool,
}

fn text(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), pieces).prop_map(|pieces| pieces.concat())
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = prop_oneof![4 => 0.0..1.0, 1 => Just(0.0), 1 => Just(1.0)];
    let gone = prop_oneof![3 => Just(0_usize), 3 => 1_usize..4, 1 => 10_usize..200];
    let whole = prop::bool::weighted(0.02);
    (at, gone, text(0..3), whole).prop_map(|(at, gone, text, whole)| Edit { at, gone, text, whole })
}

/// Notifications of one to four edits each.
fn session() -> impl Strategy<Value = (String, Vec<Vec<Edit>>)> {
    (text(0..30), prop::collection::vec(prop::collection::vec(edit(), 1..5), 1..12))
}

#[test]
fn incremental_equals_fresh_in_utf_16() {
    incremental_equals_fresh(json!({}), Unit::Utf16);
}

#[test]
fn incremental_equals_fresh_in_utf_8() {
    incremental_equals_fresh(utf8(), Unit::Utf8);
}

fn incremental_equals_fresh(capabilities: Value, unit: Unit) {
    let client = std::cell::RefCell::new(Client::new(capabilities));
    let opened = std::cell::Cell::new(0);
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&session(), |(mut text, notifications)| {
        let client = &mut *client.borrow_mut();
        opened.set(opened.get() + 1);
        let uri = format!("file:///nowhere/{}.md", opened.get());
        client.open(&uri, "markdown", &text);
        for (index, edits) in notifications.iter().enumerate() {
            let changes: Vec<Value> = edits.iter().map(|edit| apply(&mut text, edit, unit)).collect();
            let version = index as i64 + 2;
            client.changes(&uri, version, changes.into());
            let published = client.diagnostics(&uri, version);
            prop_assert_eq!(essence(&published), fresh(&text, Format::Markdown, unit), "{:?}", text);
        }
        client.close(&uri);
        Ok(())
    });
    result.unwrap();
}

/// Applies an edit and gives it as the client would send it.
fn apply(text: &mut String, edit: &Edit, unit: Unit) -> Value {
    if edit.whole {
        text.clone_from(&edit.text);
        return json!({ "text": edit.text });
    }
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut first = (edit.at * (bounds.len() - 1) as f64).round() as usize;
    let mut last = (first + edit.gone).min(bounds.len() - 1);
    // No client can point between the two halves of a line break.
    let splits = |index: usize| index > 0 && text[bounds[index - 1]..].starts_with("\r\n");
    first -= usize::from(splits(first));
    last += usize::from(splits(last));
    let span = bounds[first]..bounds[last];
    let range = json!({ "start": position(text, span.start, unit), "end": position(text, span.end, unit) });
    text.replace_range(span, &edit.text);
    json!({ "range": range, "text": edit.text })
}

/// The position of an offset, counted from the start of the text.
fn position(text: &str, offset: usize, unit: Unit) -> Value {
    let (mut line, mut character) = (0, 0);
    let before = &text[..offset];
    let mut chars = before.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => (line, character) = (line + 1, 0),
            _ if unit == Unit::Utf16 => character += char.len_utf16(),
            _ => character += char.len_utf8(),
        }
    }
    json!({ "line": line, "character": character })
}
