//! A folder of drafts: names are compared across them, found in all of them, and changed everywhere at once.

use super::client::{Client, is_publication, range, uri};
use super::prose::Prose;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const RIGHT: &str =
    "Amadou Diallo spoke first. Amadou Diallo left early. “It is done,” Amadou Diallo said.\n";
const WRONG: &str = "# A visit\n\nOn Monday Amadou Dialo came back, and Amadou Dialo stayed.\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn editor() -> Value {
    json!({
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    })
}

fn open(client: &mut Client, folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    let uri = uri(&path);
    client.open(&uri, "markdown", &fs::read_to_string(path).unwrap());
    uri
}

/// Waits until a name is marked, or no longer is.
fn wait_for_names(client: &mut Client, uri: &str, marked: bool) -> Vec<Value> {
    let published = client.wait(|message| {
        is_publication(message, uri)
            && message["params"]["diagnostics"]
                .as_array()
                .unwrap()
                .iter()
                .any(|diagnostic| diagnostic["code"] == "name-variant")
                == marked
    });
    published["params"]["diagnostics"].as_array().unwrap().clone()
}

#[test]
fn a_name_is_compared_with_the_drafts_on_the_disk_and_with_the_open_ones() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", RIGHT), ("c.md", WRONG)]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let c = open(&mut client, folder.path(), "c.md");
    let marked = wait_for_names(&mut client, &c, true);
    let related = &marked[0]["relatedInformation"][0]["location"]["uri"];
    assert!(related.as_str().unwrap().ends_with(".md") && *related != c, "{marked:?}");

    // The mark keeps its place while it is typed above it.
    let before = marked[0]["range"]["start"]["line"].as_u64().unwrap();
    client.change(&c, 2, [0, 0, 0, 0], "x\n\n");
    let after = client.diagnostics(&c, 2);
    assert_eq!(after[0]["range"]["start"]["line"], before + 2, "{after:?}");
}

#[test]
fn files_that_change_outside_are_read_again() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", RIGHT), ("c.md", WRONG)]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let c = open(&mut client, folder.path(), "c.md");
    wait_for_names(&mut client, &c, true);
    for name in ["a.md", "b.md"] {
        fs::remove_file(folder.path().join(name)).unwrap();
        let change = json!({ "uri": uri(&folder.path().join(name)), "type": 3 });
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    }
    wait_for_names(&mut client, &c, false);
}

/// As an editor tells it that renames a folder: the folder is named, not what is in it.
#[test]
fn drafts_go_and_come_with_their_folder() {
    let folder = folder(&[("c.md", WRONG)]);
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    fs::create_dir(&old).unwrap();
    for name in ["a.md", "b.md"] {
        fs::write(old.join(name), RIGHT).unwrap();
    }
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let c = open(&mut client, folder.path(), "c.md");
    wait_for_names(&mut client, &c, true);
    let paths = |client: &mut Client| {
        let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
        let items = report["items"].as_array().unwrap().clone();
        let name = |item: &Value| item["uri"].as_str().unwrap().rsplit_once("/").unwrap().0.to_owned();
        items.iter().map(name).filter(|folder| !c.starts_with(&format!("{folder}/c"))).collect::<Vec<_>>()
    };
    assert_eq!(paths(&mut client), [uri(&old), uri(&old)]);

    fs::rename(&old, &new).unwrap();
    let files = json!([{ "oldUri": uri(&old), "newUri": uri(&new) }]);
    client.notify("workspace/didRenameFiles", json!({ "files": files }));
    assert_eq!(paths(&mut client), [uri(&new), uri(&new)]);

    fs::remove_dir_all(&new).unwrap();
    client.notify("workspace/didDeleteFiles", json!({ "files": [{ "uri": uri(&new) }] }));
    wait_for_names(&mut client, &c, false);
}

#[test]
fn the_first_draft_is_answered_before_its_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for index in 0..400 {
        fs::write(folder.path().join(format!("{index}.md")), Prose::new(index).draft(200)).unwrap();
    }
    let capabilities = json!({ "window": { "workDoneProgress": true } });
    let mut client = Client::in_folder(Some(folder.path()), capabilities);
    let draft = open(&mut client, folder.path(), "399.md");
    let asked = client.wait(|message| message["method"] == "window/workDoneProgress/create");
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    client.diagnostics(&draft, 1);
    let is_end = |message: &Value| message["params"]["value"]["kind"] == "end";
    assert!(!client.held.iter().any(is_end), "the folder was read first");
    client.wait(is_end);
}

#[test]
fn a_name_is_renamed_in_two_hundred_drafts_by_one_edit() {
    let folder = tempfile::tempdir().unwrap();
    for index in 0..200 {
        fs::write(folder.path().join(format!("{index}.md")), RIGHT).unwrap();
    }
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let draft = open(&mut client, folder.path(), "0.md");
    // Asked before the folder is read, the answer waits for it: half a change would be worse than none.
    let at = json!({ "textDocument": { "uri": draft }, "position": { "line": 0, "character": 8 } });
    let edit =
        client.request("textDocument/rename", with(&at, json!({ "newName": "Amadou Dembele" }))).unwrap();
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 200);
    assert!(changes.iter().all(|change| change["edits"].as_array().unwrap().len() == 3), "{}", changes[0]);
}

#[test]
fn a_name_is_renamed_in_all_drafts_at_once() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", RIGHT)]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let a = open(&mut client, folder.path(), "a.md");
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let at = json!({ "textDocument": { "uri": a }, "position": { "line": 0, "character": 8 } });
    let prepared = client.request("textDocument/prepareRename", at.clone()).unwrap();
    assert_eq!(prepared["placeholder"], "Amadou Diallo");
    assert_eq!(prepared["range"], range([0, 0, 0, 13]));

    let references = client.request("textDocument/references", with(&at, json!({ "context": {} })));
    assert!(references.is_err(), "the parameters lack includeDeclaration");
    let context = json!({ "context": { "includeDeclaration": true } });
    let references = client.request("textDocument/references", with(&at, context)).unwrap();
    assert_eq!(references.as_array().unwrap().len(), 6, "{references}");
    let highlights = client.request("textDocument/documentHighlight", at.clone()).unwrap();
    assert_eq!(highlights.as_array().unwrap().len(), 3);

    let edit =
        client.request("textDocument/rename", with(&at, json!({ "newName": "Amadou Dialo" }))).unwrap();
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0]["textDocument"], json!({ "uri": a, "version": 1 }));
    assert_eq!(changes[1]["textDocument"]["version"], Value::Null);
    for change in changes {
        assert_eq!(change["edits"].as_array().unwrap().len(), 3);
        assert_eq!(change["edits"][0], json!({ "range": range([0, 7, 0, 13]), "newText": "Dialo" }));
    }
}

#[test]
fn all_drafts_are_reported_on_request() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", RIGHT), ("c.md", WRONG)]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[2]["kind"], "full");
    assert_eq!(items[2]["items"][0]["code"], "name-variant", "{items:?}");
}

#[test]
fn the_first_reading_of_a_folder_shows_its_progress() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", RIGHT)]);
    let mut client =
        Client::in_folder(Some(folder.path()), json!({ "window": { "workDoneProgress": true } }));
    let asked = client.wait(|message| message["method"] == "window/workDoneProgress/create");
    let token = asked["params"]["token"].clone();
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    for kind in ["begin", "end"] {
        client.wait(|message| {
            message["params"]["token"] == token && message["params"]["value"]["kind"] == kind
        });
    }
}

#[test]
fn the_outline_has_headings_names_and_quotations() {
    let mut client = Client::new(editor());
    let text = "# One\n\nAmadou Diallo spoke. “It is done,” Amadou Diallo said.\n\n## Two\n\nNothing.\n";
    client.open(super::DRAFT, "markdown", text);
    let params = json!({ "textDocument": { "uri": super::DRAFT } });
    let symbols = client.request("textDocument/documentSymbol", params).unwrap();
    assert_eq!(symbols.as_array().unwrap().len(), 1, "{symbols}");
    let children: Vec<&str> = symbols[0]["children"]
        .as_array()
        .unwrap()
        .iter()
        .map(|child| child["name"].as_str().unwrap())
        .collect();
    assert_eq!(children, ["Amadou Diallo", "“It is done,”", "Two"]);
}

#[test]
fn a_hover_over_a_quotation_says_whose_it_is_and_where_else_it_stands() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", RIGHT)]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let a = open(&mut client, folder.path(), "a.md");
    let at = json!({ "textDocument": { "uri": a }, "position": { "line": 0, "character": 60 } });
    let hover = client.request("textDocument/hover", at).unwrap();
    assert_eq!(hover["contents"]["value"], "said by Amadou Diallo\n\nalso in b.md, line 1");
}

#[test]
fn a_name_is_completed_once_it_is_begun() {
    let folder = folder(&[("a.md", RIGHT), ("b.md", "On Monday Am\n")]);
    let mut client = Client::in_folder(Some(folder.path()), editor());
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let b = open(&mut client, folder.path(), "b.md");
    let at = json!({ "textDocument": { "uri": b }, "position": { "line": 0, "character": 12 } });
    let list = client.request("textDocument/completion", at).unwrap();
    assert_eq!(list["items"][0]["label"], "Amadou Diallo", "{list}");
}

fn with(a: &Value, b: Value) -> Value {
    let mut out = a.clone();
    out.as_object_mut().unwrap().extend(b.as_object().unwrap().clone());
    out
}

/// The law that editors and the command line are one program: a folder's findings are the same through both.
#[test]
fn the_findings_are_those_of_the_command_line() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--format", "json"])
        .args(drafts(&examples))
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut checked = Vec::new();
    for file in report["files"].as_array().unwrap() {
        for finding in file["findings"].as_array().unwrap() {
            let name = Path::new(file["path"].as_str().unwrap()).file_name().unwrap().to_str().unwrap();
            let (line, column) = (finding["line"].as_u64().unwrap(), finding["column"].as_u64().unwrap());
            checked.push(json!([name, line - 1, column - 1, finding["rule"], finding["message"]]));
        }
    }
    // Columns of the report count characters: the examples have none that UTF-16 counts twice.
    let mut client = Client::in_folder(Some(&examples), editor());
    let opened = drafts(&examples);
    open(&mut client, &examples, opened[0].file_name().unwrap().to_str().unwrap());
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let mut served = Vec::new();
    for file in report["items"].as_array().unwrap() {
        let name = file["uri"].as_str().unwrap().rsplit('/').next().unwrap();
        for diagnostic in file["items"].as_array().unwrap() {
            let start = &diagnostic["range"]["start"];
            served.push(json!([
                name,
                start["line"],
                start["character"],
                diagnostic["code"],
                diagnostic["message"]
            ]));
        }
    }
    assert!(!checked.is_empty());
    assert_eq!(served, checked);
}

fn drafts(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut drafts: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    drafts.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    drafts.sort();
    drafts
}
