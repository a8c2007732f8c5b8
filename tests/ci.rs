//! The steps of the action, run as GitHub runs them, on a real repository.

#![cfg(unix)]

#[path = "support/desk.rs"]
mod desk;

use desk::{Desk, Ran};
use std::path::Path;
use std::process::Command;

const SCRIPTS: [&str; 2] = ["packaging/action/install.sh", "packaging/action/check.sh"];

/// A clone of one commit of a branch, as actions/checkout makes it, of a repository whose main branch has other drafts.
fn checkout(desk: &Desk) {
    desk.write("origin/old.md", "The crowd waited for a hour.\n");
    let git = |arguments: &[&str]| desk.git(&[&["-C", "origin"], arguments].concat());
    desk.git(&["init", "--quiet", "--initial-branch", "main", "origin"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "Old"]);
    git(&["checkout", "--quiet", "-b", "topic"]);
    desk.write("origin/new.md", "She read the the notice.\n");
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "New"]);
    let url = format!("file://{}", desk.path("origin").display());
    desk.git(&["clone", "--quiet", "--depth", "1", "--branch", "topic", &url, "clone"]);
}

/// Runs a script of the action in the clone, with the copydesk of this build on the path.
fn step(desk: &Desk, script: &str, variables: &[(&str, &str)]) -> Ran {
    let bin = Path::new(env!("CARGO_BIN_EXE_copydesk")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let temp = desk.path("temp");
    std::fs::create_dir_all(&temp).unwrap();
    let mut command = Command::new("bash");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(script)).current_dir(desk.path("clone"));
    command.env("PATH", path).env("RUNNER_TEMP", &temp).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"));
    for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH"] {
        command.env(name, temp.join(name));
    }
    for name in ["GITHUB_BASE_REF", "COPYDESK_VERSION", "COPYDESK_SINCE", "COPYDESK_ARGS", "COPYDESK_PATHS"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    Ran::of(&command.output().expect("bash is installed"))
}

#[test]
fn the_scripts_are_good_bash() {
    for script in SCRIPTS {
        assert!(Command::new("bash").args(["-n", script]).status().unwrap().success(), "{script}");
    }
    let action = std::fs::read_to_string("action.yml").unwrap();
    for script in SCRIPTS {
        assert!(action.contains(script), "action.yml runs {script}");
    }
}

#[test]
fn the_action_reads_what_a_pull_request_changed() {
    let desk = Desk::new("action");
    checkout(&desk);
    let ran = step(&desk, SCRIPTS[0], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("using "), "{}", ran.out);

    let ran = step(&desk, SCRIPTS[1], &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("::error file=new.md,line=1") && !ran.out.contains("old.md"), "{}", ran.out);
    let output = desk.text("temp/GITHUB_OUTPUT");
    assert!(output.contains("exit-code=1\n") && output.contains("/copydesk.sarif\n"), "{output}");
    assert!(desk.text("temp/copydesk.sarif").contains("\"new.md\""));
    assert!(desk.text("temp/GITHUB_STEP_SUMMARY").contains("copydesk: 1 error in"));
}

#[test]
fn the_action_reads_everything_where_it_is_told_to() {
    let desk = Desk::new("action-all");
    checkout(&desk);
    let all = [("GITHUB_BASE_REF", "main"), ("COPYDESK_SINCE", "all"), ("COPYDESK_FAIL_ON", "never")];
    let ran = step(&desk, SCRIPTS[1], &all);
    assert!(ran.out.contains("file=new.md") && ran.out.contains("file=old.md"), "{}", ran.out);
    assert!(desk.text("temp/GITHUB_OUTPUT").contains("exit-code=0\n"));
    let ran =
        step(&desk, SCRIPTS[1], &[("COPYDESK_PATHS", "nowhere old.md"), ("COPYDESK_ARGS", "--isolate")]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("there is no file or folder “nowhere”"), "{}", ran.err);
    assert!(desk.text("temp/GITHUB_OUTPUT").ends_with("exit-code=2\n"));
}

/// The command of the hooks for pre-commit, as a hook of git: a commit with a fault does not come about, one that only
/// stands beside an old fault does.
#[test]
fn the_hook_keeps_faults_out_of_commits() {
    use std::os::unix::fs::PermissionsExt;
    let hooks = std::fs::read_to_string(".pre-commit-hooks.yaml").unwrap();
    let entries: Vec<&str> = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: ")).collect();
    assert!(entries.len() == 2 && entries[0] == entries[1], "{entries:?}");
    let desk = Desk::new("hook");
    desk.write("old.md", "The crowd waited for a hour.\n\nThe doors were shut.\n");
    desk.git(&["init", "--quiet", "--initial-branch", "main"]);
    desk.git(&["add", "--all"]);
    desk.git(&["commit", "--quiet", "-m", "Old"]);
    let bin = Path::new(env!("CARGO_BIN_EXE_copydesk")).parent().unwrap().display();
    let path = std::env::var("PATH").unwrap();
    desk.write(".git/hooks/pre-commit", format!("#!/bin/sh\nPATH='{bin}:{path}'\nexec {}\n", entries[0]));
    std::fs::set_permissions(desk.path(".git/hooks/pre-commit"), PermissionsExt::from_mode(0o755)).unwrap();
    let commit = || {
        desk.git(&["add", "--all"]);
        desk::git(&desk.0).args(["commit", "--quiet", "-m", "New"]).output().unwrap().status.success()
    };
    desk.write("old.md", "The crowd waited for a hour.\n\nThe doors were open.\n");
    assert!(commit());
    desk.write("old.md", "The crowd waited for a hour.\n\nThe doors were were open.\n");
    assert!(!commit());
}
