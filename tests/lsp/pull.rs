//! Diagnostics for clients that ask for them: each mark is shown once, whoever begins.

use super::client::{Client, is_publication, uri};
use super::{DRAFT, MIXED, of_rule};
use serde_json::{Value, json};
use std::fs;

/// An editor that would take both, as most of today's do.
fn both() -> Value {
    json!({
        "textDocument": { "diagnostic": {}, "publishDiagnostics": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

fn asks() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

fn pull(client: &mut Client, uri: &str, before: Option<&Value>) -> Value {
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": before });
    client.request("textDocument/diagnostic", params).unwrap()
}

#[test]
fn an_editor_that_takes_both_is_told_and_not_invited_to_ask() {
    let mut client = Client::start();
    let result = client.initialize(None, both());
    assert_eq!(result["capabilities"]["diagnosticProvider"], Value::Null);
    client.open(DRAFT, "markdown", MIXED);
    assert!(!client.diagnostics(DRAFT, 1).is_empty());
    // Who asks all the same is answered.
    assert_eq!(pull(&mut client, DRAFT, None)["kind"], "full");
}

#[test]
fn an_editor_that_asks_is_invited_to_and_told_nothing_unasked() {
    let mut client = Client::start();
    let result = client.initialize(None, asks());
    assert_eq!(result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    client.open(DRAFT, "markdown", MIXED);
    let report = pull(&mut client, DRAFT, None);
    assert_eq!(of_rule("mixed-dashes", report["items"].as_array().unwrap()).len(), 1);

    let again = pull(&mut client, DRAFT, Some(&report["resultId"]));
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": report["resultId"] }));
    client.change(DRAFT, 2, [0, 0, 0, 0], "x – y ");
    let changed = pull(&mut client, DRAFT, Some(&report["resultId"]));
    assert_eq!(changed["kind"], "full");
    assert!(!client.drain().iter().any(|message| is_publication(message, DRAFT)));
}

#[test]
fn an_editor_that_takes_both_may_choose_to_ask() {
    let mut client = Client::start();
    let result = client.initialize_with(None, both(), json!({ "diagnostics": "pull" }));
    assert_eq!(result["capabilities"]["diagnosticProvider"]["interFileDependencies"], true);
    client.open(DRAFT, "markdown", MIXED);
    assert_eq!(pull(&mut client, DRAFT, None)["kind"], "full");
    assert!(!client.drain().iter().any(|message| is_publication(message, DRAFT)));
}

#[test]
fn an_editor_that_asks_is_told_when_to_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let (draft, guide) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("styleguide.toml")));
    let mut client = Client::in_folder(Some(folder.path()), asks());
    client.open(&draft, "markdown", MIXED);
    assert_eq!(pull(&mut client, &draft, None)["items"][0]["severity"], 2);
    client.open(&guide, "toml", "[rules]\nmixed-dashes = \"error\"\n");
    client.wait(|message| message["method"] == "workspace/diagnostic/refresh");
    assert_eq!(pull(&mut client, &draft, None)["items"][0]["severity"], 1);
    assert_eq!(pull(&mut client, &guide, None)["items"], json!([]));
    client.change(&guide, 2, [1, 0, 1, 1], "n");
    assert_eq!(pull(&mut client, &guide, None)["items"].as_array().unwrap().len(), 1);
}

#[test]
fn what_has_not_changed_in_the_workspace_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.md", "b.md"] {
        fs::write(folder.path().join(name), MIXED).unwrap();
    }
    let mut client = Client::in_folder(Some(folder.path()), asks());
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let before: Vec<Value> = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!({ "uri": item["uri"], "value": item["resultId"] }))
        .collect();
    let b = folder.path().join("b.md");
    fs::write(&b, "Nothing.\n").unwrap();
    let changes = json!({ "changes": [{ "uri": uri(&b), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changes);
    let again = client.request("workspace/diagnostic", json!({ "previousResultIds": before })).unwrap();
    let kinds: Vec<&Value> = again["items"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, ["unchanged", "full"]);
}
