//! The guide in the editor: what it says holds while it is written, its faults are shown in it, and actions add to it.

use super::DASHES;
use super::client::{Client, is_publication, range, uri};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

/// A folder with these files, gone after the test.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn editor() -> Value {
    let edit = json!({ "documentChanges": true, "resourceOperations": ["create"] });
    json!({ "workspace": { "workspaceEdit": edit, "didChangeWatchedFiles": { "dynamicRegistration": true } } })
}

fn severity(diagnostics: &[Value]) -> Vec<i64> {
    diagnostics.iter().map(|diagnostic| diagnostic["severity"].as_i64().unwrap()).collect()
}

#[test]
fn the_nearest_guide_holds_and_an_open_buffer_wins_over_the_disk() {
    let folder = folder(&[("styleguide.toml", "[rules]\nmixed-dashes = \"error\"\n"), ("a.md", DASHES)]);
    let (draft, guide) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("styleguide.toml")));
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.open(&draft, "markdown", DASHES);
    assert_eq!(severity(&client.diagnostics(&draft, 1)), [1]);

    client.open(&guide, "toml", "[rules]\nmixed-dashes = \"note\"\n");
    assert!(client.diagnostics(&guide, 1).is_empty());
    let again = client.wait(|message| is_publication(message, &draft));
    assert_eq!(again["params"]["diagnostics"][0]["severity"], 3);

    // Unsaved, and then given up: the disk holds again.
    client.close(&guide);
    let again = client.wait(|message| is_publication(message, &draft));
    assert_eq!(again["params"]["diagnostics"][0]["severity"], 1);
}

#[test]
fn what_is_wrong_in_a_guide_is_shown_in_it_and_what_held_before_goes_on() {
    let folder = folder(&[("styleguide.toml", "[rules]\nmixed-dashes = \"error\"\n")]);
    let (draft, guide) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("styleguide.toml")));
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.open(&draft, "markdown", DASHES);
    client.diagnostics(&draft, 1);
    client.open(&guide, "toml", "[rules]\nmixed-dashs = \"note\"\n");
    let wrong = client.diagnostics(&guide, 1);
    assert_eq!(wrong[0]["range"], range([1, 0, 1, 11]), "{wrong:?}");
    assert!(wrong[0]["message"].as_str().unwrap().contains("mixed-dashes"), "{wrong:?}");

    client.change(&draft, 2, [0, 0, 0, 0], "x ");
    assert_eq!(severity(&client.diagnostics(&draft, 2)), [1]);

    client.change(&guide, 2, [1, 10, 1, 10], "e");
    assert!(client.diagnostics(&guide, 2).is_empty());
    let again = client.wait(|message| is_publication(message, &draft));
    assert_eq!(again["params"]["diagnostics"][0]["severity"], 3);
}

#[test]
fn a_guide_that_is_wrong_on_the_disk_is_marked_when_a_draft_is_opened() {
    let folder = folder(&[("styleguide.toml", "word = []\n")]);
    let (draft, guide) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("styleguide.toml")));
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.open(&draft, "markdown", DASHES);
    assert_eq!(client.diagnostics(&draft, 1).len(), 1);
    let wrong = client.wait(|message| is_publication(message, &guide));
    assert_eq!(wrong["params"]["diagnostics"].as_array().unwrap().len(), 1);

    fs::write(folder.path().join("styleguide.toml"), "words = []\n").unwrap();
    let changes = json!({ "changes": [{ "uri": guide, "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changes);
    let mended = client.wait(|message| is_publication(message, &guide));
    assert_eq!(mended["params"]["diagnostics"], json!([]));
}

#[test]
fn the_client_is_asked_to_watch_files() {
    let folder = folder(&[]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    client.request("shutdown", Value::Null).unwrap();
}

#[test]
fn a_name_is_added_to_the_guide_which_is_created_where_there_is_none() {
    let folder = folder(&[]);
    let (draft, guide) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("styleguide.toml")));
    let text = "Maria Okonjo spoke. Maria Okonjo left. Maria Okonjo said so. Marai Okonjo agreed.";
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.open(&draft, "markdown", text);
    let found = client.diagnostics(&draft, 1);
    assert_eq!(found[0]["code"], "name-variant", "{found:?}");
    let add = |client: &mut Client| {
        let params = json!({
            "textDocument": { "uri": draft },
            "range": found[0]["range"],
            "context": { "diagnostics": [] },
        });
        let actions = client.request("textDocument/codeAction", params).unwrap();
        let mut actions = actions.as_array().unwrap().iter();
        let title = |action: &&Value| action["title"].as_str().unwrap().contains("styleguide’s names");
        actions.find(title).unwrap()["edit"]["documentChanges"].clone()
    };
    let changes = add(&mut client);
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], guide);
    let inserted = changes[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(inserted.starts_with("[names]\n\"Marai"), "{inserted}");

    // Once there is one, open or not, the name is added to it.
    client.open(&guide, "toml", "words = []\n");
    client.change(&guide, 2, [0, 0, 9, 0], "language = \"en-GB\"\n");
    client.diagnostics(&guide, 2);
    let changes = add(&mut client);
    assert_eq!(changes[0]["textDocument"], json!({ "uri": guide, "version": 2 }));
}

/// Editors that know no TOML call it plain text.
#[test]
fn a_guide_is_a_guide_whatever_language_the_editor_takes_it_for() {
    let mut client = Client::new(editor());
    let guide = "file:///nowhere/styleguide.toml";
    client.open(guide, "plaintext", "[rules]\nmixed-dashs = \"off\"\n");
    let wrong = client.diagnostics(guide, 1);
    assert_eq!(wrong[0]["range"], range([1, 0, 1, 11]), "{wrong:?}");
}

#[test]
fn a_rule_is_turned_off_for_the_draft_or_in_the_guide() {
    let folder = folder(&[("styleguide.toml", "[rules]\nname-variant = \"error\"\n")]);
    let (draft, guide) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("styleguide.toml")));
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.open(&draft, "markdown", DASHES);
    let found = client.diagnostics(&draft, 1);
    let params = json!({
        "textDocument": { "uri": draft },
        "range": found[0]["range"],
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params).unwrap();
    let edit = |title: &str| {
        let mut actions = actions.as_array().unwrap().iter();
        let action = actions.find(|action| action["title"].as_str().unwrap().starts_with(title)).unwrap();
        action["edit"]["documentChanges"][0].clone()
    };
    let stand = edit("Let “mixed-dashes” stand in this draft");
    assert_eq!(stand["edits"][0]["newText"], "---\nstet: [mixed-dashes]\n---\n\n");
    let off = edit("Turn “mixed-dashes” off");
    assert_eq!(off["textDocument"]["uri"], guide);
    assert_eq!(off["edits"][0]["newText"], "mixed-dashes = \"off\"\n");

    // Taken, it holds.
    client.changes(
        &draft,
        2,
        json!([{ "range": range([0, 0, 0, 0]), "text": stand["edits"][0]["newText"] }]),
    );
    assert!(client.diagnostics(&draft, 2).is_empty());
}

#[test]
fn each_folder_has_its_guide() {
    let (loud, quiet) = (
        folder(&[("styleguide.toml", "[rules]\nmixed-dashes = \"error\"\n")]),
        folder(&[("styleguide.toml", "[rules]\nmixed-dashes = \"note\"\n")]),
    );
    let mut client = Client::in_folder(Some(loud.path()), editor());
    let added = json!([{ "uri": uri(quiet.path()), "name": "quiet" }]);
    client
        .notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": added, "removed": [] } }));
    for (folder, level) in [(&loud, 1), (&quiet, 3)] {
        let draft = uri(&folder.path().join("a.md"));
        client.open(&draft, "markdown", DASHES);
        assert_eq!(severity(&client.diagnostics(&draft, 1)), [level]);
    }
    // An untitled draft stands in the first folder.
    client.open("untitled:a", "markdown", DASHES);
    assert_eq!(severity(&client.diagnostics("untitled:a", 1)), [1]);
}

#[test]
fn the_guide_is_completed_and_explained() {
    let mut client = Client::new(editor());
    let guide = "file:///nowhere/styleguide.toml";
    client.open(guide, "toml", "[rules]\nmixed-dashes = \"off\"\n\n");
    let at = |line: u32, character: u32| json!({ "textDocument": { "uri": guide }, "position": { "line": line, "character": character } });
    let hover = client.request("textDocument/hover", at(1, 3)).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().starts_with("mixed-dashes"));
    assert_eq!(hover["range"], range([1, 0, 1, 12]));
    let list = client.request("textDocument/completion", at(2, 0)).unwrap();
    let labels = list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap());
    assert!(labels.clone().any(|label| label == "name-variant"), "{list}");
}
