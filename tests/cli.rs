//! The command line, case by case: `tests/cli/NAME/` holds the arguments (`args`, one a line), the desk they are run on
//! (`desk/`, copied first), perhaps the standard input (`stdin`), and what is expected (`expected`).
//!
//! `UPDATE=1 cargo test --test cli` writes what came out as what is expected: read the difference before you commit it.

#[path = "support/desk.rs"]
mod desk;

use desk::{Desk, copydesk};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

#[test]
fn cases_hold() {
    let mut wrong = Vec::new();
    let cases = folders(Path::new("tests/cli"));
    assert!(!cases.is_empty());
    for case in cases {
        let found = run(&case);
        let path = case.join("expected");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}\n--- expected\n{expected}\n--- found\n{found}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_reader_that_goes_away_is_success() {
    let desk = Desk::new("broken-pipe");
    let line = "Leave a Reply\n\n";
    fs::write(desk.0.join("draft.md"), line.repeat(20_000)).unwrap();
    let mut child = copydesk(&desk.0).args(["check", "draft.md"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn damaged_and_foreign_files_do_not_keep_others_from_being_read() {
    let desk = Desk::new("damaged");
    fs::write(desk.0.join("a.md"), b"Leave a Reply\n").unwrap();
    fs::write(desk.0.join("b.md"), b"\xFF\xFEL\0e\0").unwrap();
    fs::write(desk.0.join("c.md"), b"Caf\xE9 owners agree.\n\nLeave a Reply\n").unwrap();
    let output = copydesk(&desk.0).args(["check", "--rule", "leftover-text"]).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(2), "{out}{err}");
    assert!(out.contains("a.md:1:1") && out.contains("c.md:3:1"), "{out}");
    assert!(err.contains("“b.md” is UTF-16") && err.contains("save it as UTF-8"), "{err}");
}

#[test]
fn the_report_of_many_drafts_is_in_path_order_whatever_the_number_of_threads() {
    let desk = Desk::new("order");
    for index in 0..60 {
        fs::write(desk.0.join(format!("d{index:02}.md")), "Leave a Reply\n").unwrap();
    }
    let report = |threads: &str, more: &[&str]| {
        let mut command = copydesk(&desk.0);
        command.env("RAYON_NUM_THREADS", threads).args(["check", "--format", "json"]).args(more);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let one = report("1", &[]);
    assert_eq!(one, report("8", &[]));
    assert_eq!(one, report("8", &["--isolate"]));
    let paths: Vec<usize> = (0..60).map(|index| one.find(&format!("d{index:02}.md")).unwrap()).collect();
    assert!(paths.is_sorted());
}

#[test]
fn init_never_writes_over_a_guide() {
    let desk = Desk::new("init");
    let init = || copydesk(&desk.0).arg("init").output().unwrap().status.code();
    assert_eq!(init(), Some(0));
    let written = fs::read_to_string(desk.0.join("styleguide.toml")).unwrap();
    let (first, guide) = written.split_once("\n\n").unwrap();
    assert_eq!(guide, copydesk::guide::STANDARD);
    // The schema that the first line names is there.
    let schema = fs::read_to_string(desk.0.join(first.strip_prefix("#:schema ").unwrap())).unwrap();
    assert_eq!(schema, copydesk::rules::page::schema_text());
    fs::write(desk.0.join("styleguide.toml"), "# ours\n").unwrap();
    assert_eq!(init(), Some(2));
    assert_eq!(fs::read_to_string(desk.0.join("styleguide.toml")).unwrap(), "# ours\n");
}

#[test]
fn completions_and_the_manual_are_written_for_every_shell() {
    let desk = Desk::new("shells");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = copydesk(&desk.0).args(["completions", shell]).output().unwrap();
        assert!(String::from_utf8_lossy(&output.stdout).contains("isolate"), "{shell}");
    }
    let manual = copydesk(&desk.0).arg("man").output().unwrap().stdout;
    assert!(String::from_utf8_lossy(&manual).contains(".TH"));
}

/// Runs a case: its exit code and both streams, as the `expected` file has them.
fn run(case: &Path) -> String {
    let name = case.file_name().unwrap().to_str().unwrap();
    let desk = Desk::new(name);
    copy(&case.join("desk"), &desk.0);
    let arguments = fs::read_to_string(case.join("args")).unwrap();
    let mut child = copydesk(&desk.0)
        .args(arguments.lines())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = fs::read(case.join("stdin")).unwrap_or_default();
    // A program that ends before it has read everything closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(&input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let mut found = format!("exit {}\n", output.status.code().unwrap());
    for (stream, text) in [("stdout", text(output.stdout)), ("stderr", text(output.stderr))] {
        if !text.is_empty() {
            found += &format!("--- {stream}\n{text}");
        }
    }
    found
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    out.retain(|path| path.is_dir());
    out.sort();
    out
}

fn copy(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        // Git keeps no ignored files: a case writes “dot.gitignore” for “.gitignore”.
        let name = path.file_name().unwrap().to_str().unwrap().replacen("dot.", ".", 1);
        if path.is_dir() {
            fs::create_dir_all(to.join(&name)).unwrap();
            copy(&path, &to.join(&name));
        } else {
            fs::copy(&path, to.join(&name)).unwrap();
        }
    }
}
