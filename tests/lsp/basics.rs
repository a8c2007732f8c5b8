//! What a server must do: publish, answer, end.

use super::client::{Client, frame, is_publication, range};
use super::{DASHES, DRAFT, MIXED, essence, fresh, of_rule, utf8};
use copydesk::document::Format;
use copydesk::text::lines::Unit;
use serde_json::{Value, json};
use std::process::{Command, Stdio};

fn quick_fixes(client: &mut Client, range: Value) -> Vec<Value> {
    let params = json!({
        "textDocument": { "uri": DRAFT },
        "range": range,
        "context": { "diagnostics": [] },
    });
    client.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

#[test]
fn findings_are_published_on_opening_and_on_every_change_and_cleared_on_closing() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", MIXED);
    let found = client.diagnostics(DRAFT, 1);
    assert_eq!(essence(&found), fresh(MIXED, Format::Markdown, Unit::Utf16));
    let dashes = of_rule("mixed-dashes", &found);
    assert_eq!(dashes.len(), 1, "{found:?}");
    assert_eq!(dashes[0]["source"], "copydesk");

    // The dashes of the second paragraph become like the others.
    let changes = json!([
        { "range": dashes[0]["range"], "text": "—" },
        { "range": range([2, 30, 2, 31]), "text": "—" },
    ]);
    client.changes(DRAFT, 2, changes);
    assert_eq!(of_rule("mixed-dashes", &client.diagnostics(DRAFT, 2)), Vec::<Value>::new());

    client.close(DRAFT);
    let cleared = client.wait(|message| is_publication(message, DRAFT));
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
}

#[test]
fn positions_are_in_the_encoding_that_was_agreed() {
    for (capabilities, name, unit) in [(json!({}), "utf-16", Unit::Utf16), (utf8(), "utf-8", Unit::Utf8)] {
        let mut client = Client::start();
        let result = client.initialize(None, capabilities);
        assert_eq!(result["capabilities"]["positionEncoding"], name);
        client.open(DRAFT, "markdown", MIXED);
        assert_eq!(essence(&client.diagnostics(DRAFT, 1)), fresh(MIXED, Format::Markdown, unit));
    }
}

#[test]
fn many_edits_in_one_notification_apply_in_order() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", "");
    let changes = json!([
        { "text": "one\r\ntwo 😀 – x – y" },
        { "range": range([0, 0, 0, 3]), "text": "a — b — c" },
        { "range": range([1, 0, 1, 3]), "text": "“d”" },
    ]);
    client.changes(DRAFT, 7, changes);
    let text = "a — b — c\r\n“d” 😀 – x – y";
    assert_eq!(essence(&client.diagnostics(DRAFT, 7)), fresh(text, Format::Markdown, Unit::Utf16));
}

#[test]
fn a_version_that_does_not_rise_is_ignored() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", "a — b — c");
    client.change(DRAFT, 5, [0, 9, 0, 9], " – d – e");
    client.change(DRAFT, 4, [0, 0, 0, 99], "");
    client.change(DRAFT, 6, [0, 0, 0, 0], "x ");
    let text = "x a — b — c – d – e";
    assert_eq!(essence(&client.diagnostics(DRAFT, 6)), fresh(text, Format::Markdown, Unit::Utf16));
}

#[test]
fn changes_sent_without_waiting_end_with_the_findings_of_the_last() {
    const CHANGES: i64 = 2000;
    let mut client = Client::new(json!({}));
    let mut text = MIXED.repeat(50);
    client.open(DRAFT, "markdown", &text);
    let mut burst = Vec::new();
    for version in 2..=CHANGES + 1 {
        let piece = ["x", " – ", "\r\n", "😀", "y\n\n"][version as usize % 5];
        let change = json!({ "range": range([0, 0, 0, 0]), "text": piece });
        let params =
            json!({ "textDocument": { "uri": DRAFT, "version": version }, "contentChanges": [change] });
        let message = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params });
        burst.extend(frame(&message));
        text.insert_str(0, piece);
    }
    client.send_raw(&burst);
    let last = client.diagnostics(DRAFT, CHANGES + 1);
    assert_eq!(essence(&last), fresh(&text, Format::Markdown, Unit::Utf16));
    let versions: Vec<i64> = client
        .drain()
        .iter()
        .filter(|message| is_publication(message, DRAFT))
        .map(|message| message["params"]["version"].as_i64().unwrap())
        .collect();
    assert!(versions.is_sorted(), "{versions:?}");
    assert!(versions.len() < 100, "checks were not coalesced: {}", versions.len());
}

#[test]
fn a_hover_explains_the_rule() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", DASHES);
    let at = |character: u32| json!({ "textDocument": { "uri": DRAFT }, "position": { "line": 2, "character": character } });
    let hover = client.request("textDocument/hover", at(11)).unwrap();
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("mixed-dashes (style): "), "{text}");
    assert!(!text.contains("“–” here"), "the mark itself says that: {text}");
    assert_eq!(hover["range"], range([2, 11, 2, 12]));
    assert_eq!(client.request("textDocument/hover", at(0)).unwrap(), Value::Null);
}

#[test]
fn quick_fixes_are_the_suggestions_and_to_let_it_stand() {
    let mut client = Client::new(json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    client.open(DRAFT, "markdown", DASHES);
    let actions = quick_fixes(&mut client, range([2, 11, 2, 11]));
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    let wanted = [
        "Change all 2 to “—”",
        "Let it stand here (stet mixed-dashes)",
        "Let “mixed-dashes” stand in this draft",
        "Turn “mixed-dashes” off in the styleguide",
    ];
    assert_eq!(titles, wanted);
    let fix = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(fix["textDocument"], json!({ "uri": DRAFT, "version": 1 }));
    assert_eq!(fix["edits"][0], json!({ "range": range([2, 11, 2, 12]), "newText": "—" }));
    assert_eq!(actions[0]["diagnostics"][0]["code"], "mixed-dashes");
    let stet = &actions[1]["edit"]["documentChanges"][0]["edits"];
    let comment = json!([{ "range": range([2, 0, 2, 0]), "newText": "<!-- stet mixed-dashes -->\n" }]);
    assert_eq!(*stet, comment);
    assert!(quick_fixes(&mut client, range([0, 0, 0, 1])).is_empty());
}

#[test]
fn a_document_that_is_no_draft_or_not_open_has_nothing_to_say() {
    let mut client = Client::new(json!({}));
    client.open("file:///nowhere/code.rs", "rust", DASHES);
    for uri in ["file:///nowhere/code.rs", "file:///nowhere/unknown.md", "untitled:Untitled-1"] {
        let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 10 } });
        assert_eq!(client.request("textDocument/hover", params).unwrap(), Value::Null);
    }
    assert!(client.drain().is_empty());
}

#[test]
fn a_request_that_is_cancelled_is_answered_once_and_the_next_ones_are_answered() {
    let mut client = Client::new(json!({}));
    let text = MIXED.repeat(2000);
    client.open(DRAFT, "markdown", &text);
    let at = json!({ "textDocument": { "uri": DRAFT }, "position": { "line": 2, "character": 16 } });
    let ids: Vec<i64> = (0..50).map(|_| client.ask("textDocument/hover", at.clone())).collect();
    for id in &ids[..49] {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    assert!(client.answer(ids[49]).unwrap()["contents"].is_object());
    let (mut cancelled, mut answered) = (0, 0);
    for &id in &ids[..49] {
        match client.answer(id) {
            Err(error) if error["code"] == -32800 => cancelled += 1,
            _ => answered += 1,
        }
    }
    assert!(cancelled > 0, "{answered} were answered although nobody waited for them");
    assert!(client.drain().iter().all(|message| message.get("id").is_none()), "nothing is answered twice");
}

#[test]
fn a_huge_draft_is_still_answered() {
    let mut client = Client::new(json!({}));
    let text = MIXED.repeat(20_000);
    assert!(text.len() > 3_000_000);
    client.open(DRAFT, "markdown", &text);
    client.diagnostics(DRAFT, 1);
    client.change(DRAFT, 2, [2, 0, 2, 0], "x ");
    client.diagnostics(DRAFT, 2);
    let at = json!({ "textDocument": { "uri": DRAFT }, "position": { "line": 2, "character": 18 } });
    assert!(client.request("textDocument/hover", at).unwrap().is_object());
}

#[test]
fn an_untitled_buffer_is_checked() {
    let mut client = Client::new(json!({}));
    client.open("untitled:Untitled-1", "plaintext", DASHES);
    let found = client.diagnostics("untitled:Untitled-1", 1);
    assert_eq!(of_rule("mixed-dashes", &found).len(), 1, "{found:?}");
}

#[test]
fn every_request_has_one_answer_whatever_is_sent() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", MIXED);
    let mut ids = Vec::new();
    for params in [json!({}), json!(null), json!([1]), json!({ "textDocument": 7 }), json!("x")] {
        for method in ["textDocument/hover", "textDocument/codeAction", "no/such/method", "$/strange"] {
            ids.push(client.ask(method, params.clone()));
        }
    }
    client.send_raw(b"Content-Length: 3\r\n\r\n{x}");
    client.send_raw(b"garbage\r\n\r\n");
    client.send_raw(b"Content-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"hover\"");
    client.notify("no/such/notification", json!({}));
    client.change("file:///unknown", 9, [9, 9, 0, 0], "x");
    client.change(DRAFT, 2, [u32::MAX, u32::MAX, u32::MAX, u32::MAX], "\u{0}");
    client.diagnostics(DRAFT, 2);
    let answers = client.drain();
    for id in ids {
        let count = answers.iter().filter(|message| message["id"] == id).count();
        assert_eq!(count, 1, "request {id}");
    }
}

#[test]
fn the_server_ends_on_exit_with_the_code_that_the_protocol_asks_for() {
    let mut client = Client::new(json!({}));
    client.request("shutdown", Value::Null).unwrap();
    client.notify("exit", Value::Null);
    assert_eq!(client.exited().code(), Some(0));

    let mut client = Client::new(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.exited().code(), Some(1));
}

#[test]
fn the_server_ends_when_its_input_does_and_answers_first() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", MIXED);
    let params = json!({ "textDocument": { "uri": DRAFT }, "position": { "line": 0, "character": 0 } });
    let id = client.ask("textDocument/hover", params);
    client.hang_up();
    assert_eq!(client.exited().code(), Some(0));
    assert!(client.held.iter().any(|message| message["id"] == id));
    assert!(client.held.iter().any(|message| is_publication(message, DRAFT)));
}

#[cfg(unix)]
#[test]
fn the_server_ends_when_its_parent_is_no_more() {
    let mut parent = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    let mut client = Client::start();
    let params = json!({ "processId": parent.id(), "rootUri": null, "capabilities": {} });
    client.request("initialize", params).unwrap();
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(client.exited().code(), Some(0));
}

/// The editor may sit outside the container that the server runs in.
#[cfg(unix)]
#[test]
fn a_parent_that_was_never_there_ends_nothing() {
    let mut stranger = Command::new("true").spawn().unwrap();
    let id = stranger.id();
    stranger.wait().unwrap();
    let mut client = Client::start();
    client.request("initialize", json!({ "processId": id, "rootUri": null, "capabilities": {} })).unwrap();
    client.notify("initialized", json!({}));
    client.open(DRAFT, "markdown", DASHES);
    client.diagnostics(DRAFT, 1);
}
