//! What a person sets in the editor: hints, counts, how much the server says of itself.

use super::client::Client;
use super::{DASHES, DRAFT};
use serde_json::{Value, json};

const SPOKEN: &str = "Amadou Diallo runs the port. “It is done,” Diallo said. “And I am glad of it.”\n";

fn whole() -> Value {
    json!({
        "textDocument": { "uri": DRAFT },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } },
    })
}

fn editor() -> Value {
    json!({ "workspace": {
        "configuration": true,
        "inlayHint": { "refreshSupport": true },
        "codeLens": { "refreshSupport": true },
    } })
}

fn labels(hints: &Value) -> Vec<String> {
    hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn who_speaks_is_shown_once_somebody_asks_for_it() {
    let mut client = Client::new(editor());
    client.open(DRAFT, "markdown", SPOKEN);
    assert_eq!(client.request("textDocument/inlayHint", whole()).unwrap(), json!([]));
    let settings = json!({ "copydesk": { "inlayHints": { "speakers": true } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    client.wait(|message| message["method"] == "workspace/inlayHint/refresh");
    let hints = client.request("textDocument/inlayHint", whole()).unwrap();
    assert_eq!(labels(&hints), ["Amadou Diallo:", "Amadou Diallo:"]);
    assert_eq!(hints[0]["position"], json!({ "line": 0, "character": 29 }));
}

#[test]
fn settings_may_come_with_the_introduction() {
    let mut client = Client::start();
    client.initialize_with(None, json!({}), json!({ "codeLens": { "counts": true } }));
    client.open(DRAFT, "markdown", DASHES);
    let lenses =
        client.request("textDocument/codeLens", json!({ "textDocument": { "uri": DRAFT } })).unwrap();
    assert_eq!(lenses[0]["command"]["title"], "1 warning");
    client.open("file:///nowhere/b.md", "markdown", SPOKEN);
    let params = json!({ "textDocument": { "uri": "file:///nowhere/b.md" } });
    let lenses = client.request("textDocument/codeLens", params).unwrap();
    assert_eq!(lenses[0]["command"]["title"], "nothing marked · 1 name · 2 quotations");
}

/// Some editors only say that something changed, and have to be asked what.
#[test]
fn an_editor_that_does_not_say_how_it_is_set_is_asked() {
    let mut client = Client::new(editor());
    client.open(DRAFT, "markdown", SPOKEN);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let asked = client.wait(|message| message["method"] == "workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{ "section": "copydesk" }]));
    let answer = json!([{ "inlayHints": { "speakers": true } }]);
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": answer }));
    client.wait(|message| message["method"] == "workspace/inlayHint/refresh");
    assert_eq!(labels(&client.request("textDocument/inlayHint", whole()).unwrap()).len(), 2);
}

#[test]
fn the_client_is_told_what_went_wrong_by_how_much_it_matters() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", DASHES);
    client.change(DRAFT, 1, [0, 0, 0, 0], "x");
    let told = client.wait(|message| message["method"] == "window/logMessage");
    assert_eq!(told["params"]["type"], 2, "{told}");
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "log": { "level": "error" } } }));
    client.change(DRAFT, 1, [0, 0, 0, 0], "x");
    assert!(client.drain().iter().all(|message| message["method"] != "window/logMessage"));
}

#[test]
fn each_check_is_traced_as_far_as_the_client_wants() {
    let mut client = Client::new(json!({}));
    client.open(DRAFT, "markdown", DASHES);
    client.diagnostics(DRAFT, 1);
    for (version, value) in [(2, "messages"), (3, "verbose"), (4, "off")] {
        client.notify("$/setTrace", json!({ "value": value }));
        client.change(DRAFT, version, [0, 0, 0, 0], "x");
        client.diagnostics(DRAFT, version);
        let traced: Vec<Value> =
            client.drain().into_iter().filter(|message| message["method"] == "$/logTrace").collect();
        assert_eq!(traced.len(), usize::from(value != "off"), "{value}: {traced:?}");
        for trace in traced {
            assert!(trace["params"]["message"].as_str().unwrap().contains("1 marked"), "{trace}");
            assert_eq!(trace["params"]["verbose"].is_string(), value == "verbose", "{trace}");
        }
    }
}
