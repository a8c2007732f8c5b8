//! `check --fix`: what is fixed is gone, what stands beside it stays, byte for byte, and no file is ever half written.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/prose.rs"]
#[allow(dead_code, reason = "shared with the benches, which need other parts")]
mod prose;

use copydesk::document::{self, Format};
use copydesk::engine::checker::Checker;
use copydesk::engine::fix;
use copydesk::finding::{Finding, Safety};
use copydesk::guide::Guide;
use copydesk::text::edit::{self, Edit};
use copydesk::text::span::SrcSpan;
use desk::{Desk, git};
use prose::Prose;
use std::fs;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Sentences with faults that have fixes, in markup of many kinds.
const FAULTS: &[&str] = &[
    "They will recieve the keys on Friday.",
    "The committee met for a hour.",
    "She read the the report twice.",
    "Tomas Lindqvist spoke first. Tomas Lindkvist spoke last.",
    "Residents want there money back from the bank.",
    "It was an big surprise – a surprise — for everyone – even here.",
    "He said “yes” and \"no\" and “perhaps” and “never” and “soon” and “again”.",
    "A **recieve** and a *hour*, `recieve`, [a hour](https://example.com/recieve).",
    "> They will recieve the the keys.",
    "“We will recieve the the money in a hour,” the mayor said.",
    "- an list of the the things",
    "&amp; a hour &mdash; the the <b>recieve</b>",
    "The goverment will seperate the the two.",
];

/// A draft with faults at random places, perhaps with a byte order mark and Windows line ends.
fn draft(prose: &mut Prose) -> String {
    let mut paragraphs = vec![format!("# {}", prose.draft(4).lines().next().unwrap_or_default())];
    for _ in 0..4 + prose.below(5) {
        let paragraph = match prose.below(3) {
            0 => prose.paragraph(),
            1 => FAULTS[prose.below(FAULTS.len())].to_owned(),
            _ => format!("{} {}", prose.paragraph(), FAULTS[prose.below(6)]),
        };
        paragraphs.push(paragraph);
    }
    let text = paragraphs.join("\n\n") + "\n";
    let text = if prose.below(3) == 0 { text.replace('\n', "\r\n") } else { text };
    if prose.below(4) == 0 { format!("\u{FEFF}{text}") } else { text }
}

fn check(checker: &Checker, text: &str) -> Vec<Finding> {
    checker.check(&document::parse(text.into(), Format::Markdown))
}

#[test]
fn a_thousand_random_sets_of_fixes_fix_what_they_say_and_nothing_else() {
    let checker = Checker::new(Arc::new(Guide::default())).unwrap();
    let mut applied = 0;
    for seed in 0..1_000 {
        let mut prose = Prose::new(seed);
        let text = draft(&mut prose);
        let mut chosen = check(&checker, &text);
        chosen.retain(|_| prose.below(3) > 0);
        let plan = fix::plan(&chosen, Safety::Unsafe);
        let fixed = String::from_utf8(plan.apply(text.as_bytes()).unwrap()).unwrap();
        // The same by another way: every edit of every fix, and not a byte beside them.
        let mut edits: Vec<Edit> = Vec::new();
        for &index in &plan.settles {
            let fix = &chosen[index].fixes[0];
            assert!(fix.safety <= Safety::Unsafe);
            edits.extend(fix.edits.iter().map(|(span, text)| Edit { span: *span, text: text.clone() }));
        }
        assert_eq!(edit::apply(&text, &edits).as_deref(), Some(&*fixed), "seed {seed}");
        edits.sort_by_key(|edit| edit.span);
        let again = check(&checker, &fixed);
        for &index in &plan.settles {
            let finding = &chosen[index];
            let place = moved(finding.span, &edits);
            let still = again.iter().find(|other| other.rule == finding.rule && other.span == place);
            assert!(still.is_none(), "seed {seed}: {finding:?} is still there\n{text}\n---\n{fixed}");
        }
        applied += plan.settles.len();
    }
    assert!(applied > 2_000, "only {applied} fixes");
}

/// Where a stretch stands after the edits, which are in order.
fn moved(span: SrcSpan, edits: &[Edit]) -> SrcSpan {
    let (mut start, mut end) = (i64::from(span.start), i64::from(span.end));
    for edit in edits {
        let by = edit.text.len() as i64 - i64::from(edit.span.len());
        if edit.span.end <= span.start {
            start += by;
        }
        if edit.span.end <= span.end {
            end += by;
        }
    }
    SrcSpan::new(start as u32, end.max(start) as u32)
}

#[test]
fn fixing_twice_is_fixing_once() {
    let desk = Desk::new("twice");
    let mut prose = Prose::new(7);
    for index in 0..120 {
        desk.write(&format!("d{index:03}.md"), draft(&mut prose));
    }
    let drafts = || (0..120).map(|index| desk.read(&format!("d{index:03}.md"))).collect::<Vec<_>>();
    let before = drafts();
    let first = desk.run(&["check", "--fix", "--unsafe", "--format", "json"]);
    assert_eq!(first.err, "");
    assert!(first.out.contains("\"fixed\":"), "{}", first.out);
    let once = drafts();
    assert_ne!(before, once);
    let diff = desk.run(&["check", "--diff", "--unsafe"]);
    assert_eq!((diff.code, diff.out.as_str()), (Some(0), ""));
    desk.run(&["check", "--fix", "--unsafe"]);
    assert_eq!(once, drafts());
}

#[test]
fn markup_marks_line_ends_damage_and_quotations_stay() {
    let desk = Desk::new("stay");
    let before =
        b"\xEF\xBB\xBF# The the plan\r\n\r\nIt took *a* hour, `the the` caf\xE9.\r\rThe the end.\r\n\r\n\
        > The the words.\r\n\r\n\"It was the the best,\" the mayor said.";
    let after = b"\xEF\xBB\xBF# The plan\r\n\r\nIt took *an* hour, `the the` caf\xE9.\r\rThe end.\r\n\r\n\
        > The the words.\r\n\r\n\"It was the the best,\" the mayor said.";
    desk.write("draft.md", before);
    let ran = desk.run(&["check", "--fix", "--unsafe", "--rule", "repeated-word", "--rule", "wrong-article"]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert_eq!(desk.read("draft.md").escape_ascii().to_string(), after.escape_ascii().to_string());
    assert!(ran.out.contains("3 findings fixed"), "{}", ran.out);
}

#[test]
fn the_difference_is_one_that_git_applies() {
    let desk = Desk::new("diff");
    let mut prose = Prose::new(3);
    for index in 0..20 {
        desk.write(&format!("some drafts/d{index:02}.md"), draft(&mut prose));
    }
    desk.write("last.md", "The end comes after the the beginning");
    let diff = desk.run(&["check", "--diff", "--unsafe"]);
    assert_eq!(diff.code, Some(1), "{}", diff.err);
    desk.write("a.patch", &diff.out);
    let copy = Desk::new("diff-applied");
    for name in fs::read_dir(desk.path("some drafts")).unwrap() {
        let name = format!("some drafts/{}", name.unwrap().file_name().to_str().unwrap());
        copy.write(&name, desk.read(&name));
    }
    copy.write("last.md", desk.read("last.md"));
    let patch = desk.path("a.patch");
    let applied =
        git(&copy.0).args(["apply", "--whitespace=nowarn", patch.to_str().unwrap()]).output().unwrap();
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    desk.run(&["check", "--fix", "--unsafe"]);
    assert_eq!(copy.text("last.md"), "The end comes after the beginning");
    for index in 0..20 {
        let name = format!("some drafts/d{index:02}.md");
        assert_eq!(desk.text(&name), copy.text(&name));
    }
}

#[test]
fn only_safe_fixes_are_applied_unless_more_is_asked_for() {
    let desk = Desk::new("safe");
    let draft = "She read the the report.\n";
    desk.write("draft.md", draft);
    let ran = desk.run(&["check", "--fix"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("1 more can be fixed with --fix --unsafe"), "{}", ran.out);
    assert_eq!(desk.text("draft.md"), draft);
    let lonely = desk.run(&["check", "--unsafe"]);
    assert_eq!(lonely.code, Some(2));
    assert!(lonely.err.contains("add --fix"), "{}", lonely.err);
    let stdin = desk.command().args(["check", "--fix", "-"]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(stdin.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept_and_read_only_files_are_let_be() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new("links");
    desk.write("store/real.md", "She read the the report.\n");
    fs::set_permissions(desk.path("store/real.md"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("store/real.md", desk.path("link.md")).unwrap();
    assert_eq!(desk.run(&["check", "--fix", "--unsafe", "link.md"]).code, Some(0));
    assert_eq!(desk.text("store/real.md"), "She read the report.\n");
    assert!(desk.path("link.md").symlink_metadata().unwrap().is_symlink());
    assert_eq!(desk.path("store/real.md").metadata().unwrap().permissions().mode() & 0o777, 0o640);

    desk.write("locked.md", "She read the the report.\n");
    fs::set_permissions(desk.path("locked.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let ran = desk.run(&["check", "--fix", "--unsafe", "locked.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("“locked.md” was left as it is: it is read-only"), "{}", ran.err);
    assert!(ran.out.contains("1 error in 1 draft"), "what was not written is not fixed: {}", ran.out);
    assert_eq!(desk.text("locked.md"), "She read the the report.\n");
}

/// A limit on the size of files does what a full disk does: writing fails half way.
#[cfg(unix)]
#[test]
fn where_the_disk_is_full_the_old_file_is_whole() {
    let desk = Desk::new("full");
    let draft = "She read the the report.\n\n".repeat(400);
    desk.write("draft.md", &draft);
    let program = env!("CARGO_BIN_EXE_copydesk");
    let script = format!("ulimit -f 4; trap '' XFSZ; exec '{program}' check --fix --unsafe draft.md");
    let output =
        std::process::Command::new("sh").current_dir(&desk.0).args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(desk.text("draft.md"), draft);
    let left: Vec<_> = fs::read_dir(&desk.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["draft.md"]);
}

/// 200 times the program is killed at a random moment while it fixes 500 files.
#[test]
fn a_killed_program_leaves_every_file_old_or_new() {
    const FILES: usize = 500;
    const KILLS: usize = 200;
    let desk = Desk::new("kill");
    let old = b"# Harbor plan\n\nThe mayor approved the plan. She read the the report.\n";
    let new = b"# Harbor plan\n\nThe mayor approved the plan. She read the report.\n";
    let name = |index: usize| format!("d{index:03}.md");
    (0..FILES).for_each(|index| desk.write(&name(index), old));
    let begun = Instant::now();
    assert_eq!(desk.run(&["check", "--isolate", "--rule", "repeated-word"]).code, Some(1));
    // Writing begins when about half of this has passed, and takes longer than the rest.
    let span = begun.elapsed() * 2 + Duration::from_millis(50);
    let mut random = Prose::new(5);
    let (mut killed, mut midway, mut before) = (0, 0, 0);
    while killed < KILLS {
        let mut command = desk.command();
        command.args(["check", "--isolate", "--fix", "--unsafe", "--rule", "repeated-word"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let wait = Duration::from_micros(random.below(span.as_micros() as usize) as u64);
        let begun = Instant::now();
        // Waits without sleeping, so that the moment is exact.
        while begun.elapsed() < wait && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        let code = child.wait().unwrap().code();
        assert!(matches!(code, None | Some(0)), "{code:?}");
        killed += usize::from(code.is_none());
        let mut fixed = 0;
        for index in 0..FILES {
            let found = desk.read(&name(index));
            assert!(found == old || found == new, "{} is neither old nor new", name(index));
            fixed += usize::from(found == new);
        }
        midway += usize::from(code.is_none() && fixed > before && fixed < FILES);
        if fixed == FILES {
            (0..FILES).for_each(|index| desk.write(&name(index), old));
            fixed = 0;
        }
        before = fixed;
    }
    assert!(midway > KILLS / 20, "only {midway} kills met the program while it wrote");
}
