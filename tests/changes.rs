//! `--since`, `--staged` and the baseline, on real repositories: what changed is reported, what it caused elsewhere, and
//! nothing else.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/prose.rs"]
#[allow(dead_code, reason = "shared with the benches, which need other parts")]
mod prose;

use desk::{Desk, Ran, git};
use prose::Prose;
use serde_json::Value;
use std::collections::BTreeSet;

/// 300 drafts with an old fault in every tenth, on a branch that changes three lines.
fn repository(name: &str) -> Desk {
    let desk = Desk::new(name);
    let mut prose = Prose::new(11);
    for index in 0..300 {
        let mut text = prose.draft(80);
        if index % 10 == 0 {
            text += "\nThe crowd waited for a hour. The doors stayed shut until noon.\n";
        }
        if index == 250 {
            text += "\nPark Seo-yun praised the plan on Monday.\n";
        }
        desk.write(&format!("drafts/d{index:03}.md"), text);
    }
    desk.git(&["init", "--quiet", "--initial-branch", "main"]);
    commit(&desk, "Three hundred drafts");
    desk.git(&["checkout", "--quiet", "-b", "topic"]);
    for (index, line) in LINES {
        change(&desk, index, line);
    }
    desk
}

/// The three lines, each with a fault; the last makes a name in another draft stand out, too.
const LINES: [(usize, &str); 3] = [
    (10, "The doors stayed shut until noon, and she read the the notice."),
    (20, "Everybody will recieve a letter."),
    (30, "Park Seo Yun praised the plan, and Park Seo Yun waited for a hour."),
];

const EXPECTED: [(&str, &str); 4] = [
    ("drafts/d010.md", "repeated-word"),
    ("drafts/d020.md", "misspelled-word"),
    ("drafts/d030.md", "wrong-article"),
    ("drafts/d250.md", "name-variant"),
];

fn change(desk: &Desk, index: usize, line: &str) {
    let name = format!("drafts/d{index:03}.md");
    let text = desk.text(&name);
    let last = text.rfind("\n\n").unwrap();
    desk.write(&name, format!("{}\n\n{line}{}", &text[..last], &text[last..]));
}

fn commit(desk: &Desk, message: &str) {
    desk.git(&["add", "--all"]);
    desk.git(&["commit", "--quiet", "--message", message]);
}

/// The findings of a report in JSON: draft and rule.
fn found(ran: &Ran) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    let mut out = Vec::new();
    for file in report["files"].as_array().unwrap() {
        for finding in file["findings"].as_array().unwrap() {
            out.push((
                file["path"].as_str().unwrap().to_owned(),
                finding["rule"].as_str().unwrap().to_owned(),
            ));
        }
    }
    out
}

fn expected() -> Vec<(String, String)> {
    EXPECTED.iter().map(|(path, rule)| ((*path).to_owned(), (*rule).to_owned())).collect()
}

#[test]
fn only_what_changed_and_what_it_caused_is_reported_in_every_format() {
    let desk = repository("since");
    let json = || desk.run(&["check", "--since", "main", "--format", "json"]);
    assert_eq!(found(&json()), expected(), "uncommitted changes count");
    commit(&desk, "Three lines");
    assert_eq!(found(&json()), expected(), "and committed ones");
    desk.git(&["checkout", "--quiet", "main"]);
    change(&desk, 100, "This is no no change of the branch.");
    commit(&desk, "Main goes on");
    desk.git(&["checkout", "--quiet", "topic"]);
    assert_eq!(found(&json()), expected(), "what main did since is not ours");
    desk.git(&["mv", "drafts/d040.md", "drafts/renamed.md"]);
    assert_eq!(found(&json()), expected(), "a renamed draft is the same draft");
    desk.git(&["mv", "drafts/renamed.md", "drafts/d040.md"]);

    // How each format says a finding, and what every finding must have in it.
    let formats: &[(&str, &str)] = &[
        ("text", " [name]"),
        ("compact", ": [name]"),
        ("html", "class=\"remark "),
        ("markdown", "\n| "),
        ("jsonl", "\"family\":"),
        ("sarif", "\"ruleId\":"),
        ("github", "::"),
        ("gitlab", "\"check_name\":"),
        ("checkstyle", "<error "),
        ("junit", "<failure "),
        ("rdjson", "\"code\":"),
        ("rdjsonl", "\"code\":"),
    ];
    for (format, sign) in formats {
        let ran = desk.run(&["check", "--since", "main", "--format", format]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{format}");
        let count = match *format {
            "text" => ran.out.lines().filter(|line| line.starts_with("drafts/")).count(),
            "compact" => ran.out.lines().count(),
            "github" => ran.out.lines().filter(|line| line.starts_with(sign)).count(),
            "markdown" => ran.out.lines().filter(|line| line.contains("drafts/")).count(),
            _ => ran.out.matches(sign).count(),
        };
        assert_eq!(count, EXPECTED.len(), "{format}\n{}", ran.out);
        for (path, rule) in EXPECTED {
            assert!(ran.out.contains(path) && ran.out.contains(rule), "{format}: {path} {rule}");
        }
    }
    let isolated = found(&desk.run(&["check", "--since", "main", "--isolate", "--format", "json"]));
    assert_eq!(isolated, expected()[..3], "alone, no draft has to do with another");
    let below = desk
        .command()
        .current_dir(desk.path("drafts"))
        .args(["check", "--since", "main", "--format", "json"])
        .output();
    assert_eq!(found(&Ran::of(&below.unwrap())).len(), EXPECTED.len(), "from a folder below");
}

#[test]
fn new_drafts_are_new_and_gone_ones_are_no_harm() {
    let desk = repository("new");
    desk.git(&["rm", "--quiet", "drafts/d050.md"]);
    desk.write("drafts/fresh.md", "The crowd waited for a hour.\n");
    let ran = desk.run(&["check", "--since", "HEAD", "--format", "json"]);
    let mut all = expected();
    all.push(("drafts/fresh.md".to_owned(), "wrong-article".to_owned()));
    assert_eq!(found(&ran), all);
}

#[test]
fn fixes_are_those_of_the_change() {
    let desk = repository("fix");
    desk.run(&[
        "check",
        "--since",
        "main",
        "--fix",
        "--unsafe",
        "--rule",
        "wrong-article",
        "--rule",
        "repeated-word",
    ]);
    assert!(desk.text("drafts/d010.md").contains("she read the notice"));
    assert!(desk.text("drafts/d010.md").contains("waited for a hour"), "that was there before");
    assert!(desk.text("drafts/d030.md").contains("Seo Yun waited for an hour"));
}

#[test]
fn the_next_commit_is_read_as_it_will_be() {
    let desk = Desk::new("staged");
    for name in ["a.md", "b.md", "c.md"] {
        desk.write(name, "The crowd waited for a hour.\n\nNothing else was said.\n");
    }
    desk.git(&["init", "--quiet"]);
    let first = desk.run(&["check", "--staged", "--format", "json"]);
    assert_eq!(found(&first), [], "nothing is staged");
    desk.git(&["add", "a.md"]);
    let ours = |rule: &str| vec![("a.md".to_owned(), rule.to_owned())];
    assert_eq!(found(&desk.run(&["check", "--staged", "--format", "json"])), ours("wrong-article"));
    commit(&desk, "All");
    desk.write("a.md", "The crowd waited for a hour.\n\nShe read the the notice.\n");
    desk.git(&["add", "a.md"]);
    desk.write("a.md", "The crowd waited for an hour.\n\nNothing else was said.\n");
    desk.write("b.md", "The crowd waited for a hour.\n\nShe read the the notice.\n");
    desk.write("d.md", "Everybody will recieve a letter.\n");
    assert_eq!(found(&desk.run(&["check", "--staged", "--format", "json"])), ours("repeated-word"));
}

#[test]
fn shallow_clones_are_told_what_to_fetch() {
    let desk = repository("deep");
    commit(&desk, "Three lines");
    let url = format!("file://{}", desk.0.display());
    let clone = Desk::new("shallow");
    clone.git(&["clone", "--quiet", "--depth", "1", "--no-single-branch", "--branch", "topic", &url, "here"]);
    let here = clone.path("here");
    let check = |revision: &str| {
        let output = clone
            .command()
            .current_dir(&here)
            .args(["check", "--since", revision, "--format", "json"])
            .output();
        Ran::of(&output.unwrap())
    };
    let ran = check("origin/main");
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("this clone is shallow") && ran.err.contains("git fetch --unshallow"),
        "{}",
        ran.err
    );
    let ran = check("main");
    assert!(ran.err.contains("did you mean “origin/main”?"), "{}", ran.err);
    assert!(git(&here).args(["fetch", "--quiet", "--unshallow"]).status().unwrap().success());
    assert_eq!(found(&check("origin/main")), expected());
}

#[test]
fn what_cannot_be_asked_of_git_is_said_clearly() {
    let desk = Desk::new("nowhere");
    desk.write("a.md", "Nothing.\n");
    let ran = desk.run(&["check", "--since", "main"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there is no git repository here"), "{}", ran.err);
    desk.git(&["init", "--quiet", "--initial-branch", "main"]);
    let ran = desk.run(&["check", "--since", "HEAD"]);
    assert!(ran.err.contains("there is no commit in this repository yet"), "{}", ran.err);
    commit(&desk, "One");
    let ran = desk.run(&["check", "--since", "mian"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("no revision “mian”") && ran.err.contains("did you mean “main”?"),
        "{}",
        ran.err
    );
    let ran = desk.run(&["check", "--since", "--help-me"]);
    assert_eq!(ran.code, Some(2));
    desk.git(&["checkout", "--quiet", "--orphan", "other"]);
    commit(&desk, "Another");
    let ran = desk.run(&["check", "--since", "main"]);
    assert!(ran.err.contains("have no commit in common"), "{}", ran.err);
}

#[test]
fn a_baseline_knows_findings_wherever_they_move_and_says_which_are_gone() {
    let desk = Desk::new("baseline");
    desk.write("a.md", "# One\n\nThe crowd waited for a hour.\n\nShe read the the notice.\n");
    desk.write("b.md", "Everybody will recieve a letter.\n");
    let ran = desk.run(&["baseline"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("3 findings in 2 drafts"), "{}", ran.out);
    assert_eq!(desk.run(&["check"]).code, Some(0));
    desk.write("a.md", "# One\n\nIt rained.\n\nThe crowd waited\nfor a hour. It was a hour too long.\n");
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("a.md:6:20") && !ran.out.contains("a.md:6:5 "), "{}", ran.out);
    assert!(ran.out.contains("gone since the baseline: a.md: “the the” [repeated-word]"), "{}", ran.out);
    let report: Value = serde_json::from_str(&desk.run(&["check", "--format", "json"]).out).unwrap();
    assert_eq!(report["summary"]["known"], 2);
    assert_eq!(report["summary"]["gone"].as_array().unwrap().len(), 1);
    std::fs::remove_file(desk.path("b.md")).unwrap();
    assert!(desk.run(&["check"]).out.contains("b.md: “recieve” [misspelled-word]"));
    assert!(desk.run(&["check", "--no-baseline"]).out.contains("2 errors"));
    desk.write("copydesk-baseline.tsv", "<<<<<<< HEAD\n");
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("copydesk-baseline.tsv:1: two branches were merged here"), "{}", ran.err);
}

#[test]
fn baselines_of_two_branches_merge() {
    let desk = Desk::new("merge");
    for index in 0..60 {
        desk.write(&format!("d{index:02}.md"), "The crowd waited for a hour.\n");
    }
    desk.run(&["baseline"]);
    desk.git(&["init", "--quiet", "--initial-branch", "main"]);
    commit(&desk, "All");
    let add = |branch: &str, drafts: [&str; 3]| {
        desk.git(&["checkout", "--quiet", "-b", branch, "main"]);
        for draft in drafts {
            desk.write(draft, "The crowd waited for a hour.\n\nShe read the the notice.\n");
        }
        desk.run(&["baseline"]);
        commit(&desk, branch);
    };
    add("one", ["d05.md", "d20.md", "d41.md"]);
    add("two", ["d07.md", "d30.md", "d55.md"]);
    desk.git(&["merge", "--quiet", "--no-edit", "one"]);
    assert_eq!(desk.run(&["check"]).code, Some(0));
    let lines: BTreeSet<String> = desk.text("copydesk-baseline.tsv").lines().map(str::to_owned).collect();
    desk.run(&["baseline"]);
    assert_eq!(lines, desk.text("copydesk-baseline.tsv").lines().map(str::to_owned).collect());
}

#[test]
fn the_gate_closes_at_the_level_and_the_number_that_are_asked_for() {
    let desk = Desk::new("gate");
    desk.write("a.md", "She read the the notice.\n\nLeave a Reply\n\nLeave a Comment\n");
    let code = |arguments: &[&str]| desk.run(&[&["check"], arguments].concat()).code;
    assert_eq!(code(&[]), Some(1));
    assert_eq!(code(&["--max-findings", "3"]), Some(0));
    assert_eq!(code(&["--max-findings", "2"]), Some(1));
    assert_eq!(code(&["--fail-on", "error", "--max-findings", "1"]), Some(0));
    assert_eq!(code(&["--fail-on", "error"]), Some(1));
    assert_eq!(code(&["--fail-on", "error", "--allow", "repeated-word"]), Some(0));
    assert_eq!(code(&["--fail-on", "grave"]), Some(2));
    desk.write(
        "styleguide.toml",
        "[[overrides]]\npaths = [\"a.md\"]\nrules = { repeated-word = \"note\" }\n",
    );
    assert_eq!(code(&["--fail-on", "error"]), Some(0), "severity by path");
}
