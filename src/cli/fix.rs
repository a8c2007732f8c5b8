//! `check --fix` and `check --diff`: applies fixes until nothing changes, then writes the files or shows the difference.
//!
//! All rounds happen in memory; a file is written once, whole, and only if it still holds what was read.

use super::desk::{Desk, Read};
use super::failure::Failure;
use super::interrupt;
use super::replace::{self, Refused};
use crate::engine::checker::Scope;
use crate::engine::fix;
use crate::finding::{Finding, Safety};
use crate::report::diff;
use crate::text::source;
use rayon::prelude::*;
use std::io::{self, Write};

/// A draft whose fixes beget new ones for longer than this does not settle: a rule's fixes contradict each other.
const ROUNDS: usize = 16;

/// A draft with fixes applied, not yet written.
pub struct Mended {
    /// Its place among the drafts that were read.
    index: usize,
    /// As it was read.
    original: Read,
    before: Vec<u8>,
    after: Vec<u8>,
    /// How many findings were settled.
    fixed: usize,
}

/// What became of the drafts that were mended.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    pub files: usize,
    pub findings: usize,
}

/// Applies fixes to the drafts in rounds until nothing changes: `read` becomes what would be read afterwards. `select`
/// says which findings there are to fix.
pub fn mend(
    desk: &Desk,
    read: &mut [Read],
    scope: Scope,
    allowed: Safety,
    mut select: impl FnMut(&[Read], Vec<Vec<Finding>>) -> Vec<Vec<Finding>>,
) -> (Vec<Mended>, Vec<Failure>) {
    let original = read.to_vec();
    let mut mended: Vec<Option<Mended>> = read.iter().map(|_| None).collect();
    let mut failures = Vec::new();
    let mut stuck = vec![false; read.len()];
    for round in 0.. {
        let findings = desk.findings(read, scope);
        let findings = select(read, findings);
        let plans: Vec<_> = findings.iter().map(|findings| fix::plan(findings, allowed)).collect();
        let open: Vec<usize> =
            (0..read.len()).filter(|&index| !plans[index].is_empty() && !stuck[index]).collect();
        if open.is_empty() {
            break;
        }
        let results: Vec<(usize, Result<Mended, Failure>)> = open
            .into_par_iter()
            .map(|index| {
                let last = mended[index].as_ref();
                let result = if round < ROUNDS {
                    apply(&read[index], index, last, &plans[index])
                } else {
                    Err(unsettled(&read[index]))
                };
                (index, result)
            })
            .collect();
        for (index, result) in results {
            match result.and_then(|next| Ok((reread(&read[index], &next)?, next))) {
                Ok((again, next)) => {
                    read[index] = again;
                    mended[index] = Some(next);
                }
                Err(failure) => {
                    failures.push(failure);
                    stuck[index] = true;
                    mended[index] = None;
                    read[index] = original[index].clone();
                }
            }
        }
    }
    (mended.into_iter().flatten().filter(|mended| mended.before != mended.after).collect(), failures)
}

/// Writes the mended drafts, in parallel, each whole or not at all; after Ctrl-C no more are begun. What could not be
/// written is in `read` as it was.
pub fn write(read: &mut [Read], mended: &[Mended]) -> (Outcome, Vec<Failure>) {
    let results: Vec<Option<Result<(), Refused>>> = mended
        .par_iter()
        .map(|mended| {
            let path = &mended.original.job.draft.path;
            (!interrupt::asked()).then(|| replace::replace(path, &mended.before, &mended.after))
        })
        .collect();
    let mut outcome = Outcome::default();
    let mut failures = Vec::new();
    for (mended, result) in mended.iter().zip(results) {
        if let Some(Ok(())) = result {
            outcome.files += 1;
            outcome.findings += mended.fixed;
            continue;
        }
        if let Some(Err(refused)) = result {
            failures.push(refusal(&mended.original.job.draft.label, &refused));
        }
        read[mended.index] = mended.original.clone();
    }
    (outcome, failures)
}

/// Shows what would be written, as a unified diff.
pub fn show(read: &[Read], mended: &[Mended], out: &mut dyn Write) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for mended in mended {
        diff::unified(&read[mended.index].job.draft.label, &mended.before, &mended.after, out)?;
        outcome.files += 1;
        outcome.findings += mended.fixed;
    }
    Ok(outcome)
}

fn apply(read: &Read, index: usize, last: Option<&Mended>, plan: &fix::Plan<'_>) -> Result<Mended, Failure> {
    let draft = &read.job.draft;
    let before = match last {
        Some(last) => last.before.clone(),
        None => {
            let bytes = draft.bytes()?;
            let same = source::decode(bytes.clone()).is_ok_and(|source| source.text == read.text);
            if !same {
                return Err(refusal(&draft.label, &Refused::Changed));
            }
            bytes
        }
    };
    let from = last.map_or(&before, |last| &last.after);
    let after = plan.apply(from).ok_or_else(|| unsettled(read))?;
    let fixed = last.map_or(0, |last| last.fixed) + plan.settles.len();
    let original = last.map_or(read, |last| &last.original).clone();
    Ok(Mended { index, original, before, after, fixed })
}

fn reread(read: &Read, mended: &Mended) -> Result<Read, Failure> {
    let source = source::decode(mended.after.clone()).map_err(|_| unsettled(read))?;
    Ok(Read::new(&read.job, source))
}

fn unsettled(read: &Read) -> Failure {
    Failure::new(
        format!("the fixes of “{}” contradict each other; it was left as it is", read.job.draft.label),
        "fix it by hand, or turn one of the rules off with --allow",
    )
}

fn refusal(label: &str, refused: &Refused) -> Failure {
    let left = |why: &str| format!("“{label}” was left as it is: {why}");
    match refused {
        Refused::Changed => Failure::new(left("it changed meanwhile"), "run copydesk again"),
        Refused::ReadOnly => Failure::new(left("it is read-only"), "change its permissions, or leave it out"),
        Refused::NotAFile => Failure::new(left("it is no file"), "leave it out"),
        Refused::Io(error) => Failure::new(left(&error.to_string()), ""),
    }
}
