//! Two versions of a file as a unified diff, as `patch` and `git apply` read it.
//!
//! Works on bytes: a line ends at `\n` alone, as for those programs, and whatever else it holds is passed through.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline, group_diff_ops};
use std::io::{self, Write};
use std::ops::Range;
use std::time::{Duration, Instant};

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// After so long the difference need not be the shortest any more.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes the difference; nothing where there is none.
pub fn unified(path: &str, before: &[u8], after: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (lines(before), lines(after));
    let deadline = Some(Instant::now() + PATIENCE);
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, deadline);
    let groups = group_diff_ops(ops, CONTEXT);
    if groups.is_empty() {
        return Ok(());
    }
    let (a, b) = if path.starts_with('/') { ("", "") } else { ("a/", "b/") };
    // A tab ends a path that holds spaces.
    let tab = if path.contains(' ') { "\t" } else { "" };
    write!(out, "--- {a}{path}{tab}\n+++ {b}{path}{tab}\n")?;
    for group in groups {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let from = first.old_range().start..last.old_range().end;
        let to = first.new_range().start..last.new_range().end;
        writeln!(out, "@@ -{} +{} @@", stretch(&from), stretch(&to))?;
        for op in &group {
            hunk_part(op, &old, &new, out)?;
        }
    }
    Ok(())
}

fn hunk_part(op: &DiffOp, old: &[&[u8]], new: &[&[u8]], out: &mut dyn Write) -> io::Result<()> {
    if op.tag() == DiffTag::Equal {
        return put(b' ', &old[op.old_range()], out);
    }
    put(b'-', &old[op.old_range()], out)?;
    put(b'+', &new[op.new_range()], out)
}

fn put(sign: u8, lines: &[&[u8]], out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        out.write_all(&[sign])?;
        out.write_all(line)?;
        if !line.ends_with(b"\n") {
            out.write_all(b"\n\\ No newline at end of file\n")?;
        }
    }
    Ok(())
}

/// “12,3”: the first line, counted from 1, and how many; an empty stretch names the line before it.
fn stretch(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        count => format!("{},{count}", range.start + 1),
    }
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(before: &str, after: &str) -> String {
        let mut out = Vec::new();
        unified("a b.md", before.as_bytes(), after.as_bytes(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_change_stands_between_its_neighbours() {
        let found = diff("1\n2\n3\n4\n5\r\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\r\n6\n7\n8\n9\n");
        let expected =
            "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\r\n+five\r\n 6\n 7\n 8\n";
        assert_eq!(found, expected);
    }

    #[test]
    fn a_missing_line_end_is_said() {
        let found = diff("one", "two");
        let missing = "\\ No newline at end of file\n";
        assert!(found.ends_with(&format!("@@ -1 +1 @@\n-one\n{missing}+two\n{missing}")), "{found}");
        assert_eq!(diff("same", "same"), "");
    }
}
