//! Input of any size: lists of drafts, lines of JSON, runs that are ended early.

#[path = "support/desk.rs"]
mod desk;

use desk::{Desk, Ran};
use serde_json::Value;
use std::io::Write;
use std::process::Stdio;

/// Runs the program with something to read.
fn fed(desk: &Desk, arguments: &[&str], input: &str) -> Ran {
    let mut child = desk
        .command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Ran::of(&child.wait_with_output().unwrap())
}

fn places(ran: &Ran) -> Vec<(String, u64, String)> {
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        (text("path"), line["start"].as_u64().unwrap(), text("text"))
    };
    ran.out.lines().map(line).collect()
}

#[test]
fn lines_of_json_are_drafts() {
    let desk = Desk::new("jsonl");
    let input = "\u{FEFF}{\"id\": 7, \"body\": {\"text\": \"She read the the \\\"notice\\\".\"}}\n\n\
        {\"id\": \"b\", \"body\": {\"text\": \"Nothing.\\n\\nThey waited for a hour.\"}}\r\n\
        {\"body\": {\"text\": \"The the end.\"}}";
    desk.write("drafts.jsonl", input);
    let arguments = ["check", "--format", "jsonl", "--jsonl-field", "body.text", "--id-field", "id"];
    let expected = [
        ("7".to_owned(), 9, "the the".to_owned()),
        ("b".to_owned(), 26, "a".to_owned()),
        ("drafts.jsonl:4".to_owned(), 0, "The the".to_owned()),
    ];
    let ran = desk.run(&[&arguments[..], &["drafts.jsonl"]].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(places(&ran), expected);
    let ran = fed(&desk, &[&arguments[..], &["--isolate", "-"]].concat(), input);
    assert_eq!(places(&ran)[..2], expected[..2]);
}

#[test]
fn bad_lines_do_not_keep_others_from_being_read() {
    let desk = Desk::new("bad-lines");
    let input =
        "{\"text\": \"The the end.\"}\nnot JSON\n{\"title\": \"x\", \"text\": null}\n{\"text\": \"A a.\"}\n";
    let ran = fed(&desk, &["check", "--format", "jsonl", "--jsonl-field", "text", "-"], input);
    assert_eq!(ran.code, Some(2));
    assert_eq!(places(&ran)[0].0, "<stdin>:1");
    assert!(ran.err.contains("<stdin>:2: this line is no JSON"), "{}", ran.err);
    assert!(ran.err.contains("<stdin>:3: there is no text in the field “text”"), "{}", ran.err);
    assert!(
        ran.err.contains("the line has title, text") || ran.err.contains("the line has text, title"),
        "{}",
        ran.err
    );
}

#[test]
fn drafts_of_a_list_are_read() {
    let desk = Desk::new("list");
    desk.write("a b.md", "The the end.\n");
    desk.write("folder/c.md", "The the end.\n");
    let arguments = ["check", "--format", "compact", "--files-from", "-"];
    let ran = fed(&desk, &arguments, "a b.md\r\nfolder\n\n");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 2), "{}", ran.err);
    let ran = fed(&desk, &arguments, "a b.md\0gone.md\0");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 1));
    assert!(ran.err.contains("there is no file or folder") && ran.err.contains("gone.md"), "{}", ran.err);
    let ran = desk.run(&["check", "--files-from", "nowhere.txt"]);
    assert_eq!(ran.code, Some(2));
}

/// Ctrl-C while a long run is reading: the report is whole, with what was found so far.
#[cfg(unix)]
#[test]
fn an_interrupted_run_finishes_its_report() {
    let desk = Desk::new("interrupt");
    let mut child = desk
        .command()
        .args(["check", "--output", "report.json", "--isolate", "--jsonl-field", "text", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let pid = child.id().to_string();
    let line = format!("{{\"text\": \"{}\"}}\n", "The the end came at last. ".repeat(400));
    let mut asked = false;
    // What is read before the signal comes is reported; the input never ends by itself.
    for count in 0..1_000_000 {
        if input.write_all(line.as_bytes()).is_err() {
            break;
        }
        if count == 600 && !asked {
            asked = true;
            std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap();
        }
    }
    drop(input);
    assert!(asked);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let report: Value = serde_json::from_str(&desk.text("report.json")).unwrap();
    assert_eq!(report["summary"]["interrupted"], true);
    let files = report["summary"]["files"].as_u64().unwrap();
    assert!(files > 0 && files < 1_000_000, "{files}");
    assert_eq!(report["files"].as_array().unwrap().len() as u64, files);
}

#[test]
fn any_draft_can_be_read_as_another_markup() {
    let desk = Desk::new("markup");
    desk.write("a.txt", "    The the end.\n\n<p title=\"the the\">The the end.</p>\n");
    let count = |markup: &str| {
        desk.run(&["check", "--format", "compact", "--markup", markup, "--rule", "repeated-word"])
            .out
            .lines()
            .count()
    };
    assert_eq!((count("html"), count("plain")), (2, 3));
}
