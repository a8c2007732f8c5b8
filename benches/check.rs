//! How fast a draft is read: the whole default check on one core, and one keystroke in drafts of growing length.
//!
//! `cargo bench --bench check`

#[path = "../tests/support/prose.rs"]
mod prose;

use copydesk::document::{self, Format};
use copydesk::engine::checker::{Cache, Checker, Scope};
use copydesk::guide::Guide;
use divan::Bencher;
use divan::counter::BytesCount;
use prose::Prose;
use std::sync::Arc;

fn main() {
    divan::main();
}

fn checker() -> Checker {
    Checker::new(Arc::new(Guide::default())).expect("the default guide is good")
}

/// Megabytes a second of prose, everything included: parsing, all default rules, the report's findings.
#[divan::bench(args = [1_000, 10_000, 100_000])]
fn whole_check(bencher: Bencher<'_, '_>, words: usize) {
    let checker = checker();
    let draft: Arc<str> = Prose::new(1).draft(words).into();
    bencher.counter(BytesCount::of_str(&draft)).bench(|| {
        let document = document::parse(draft.clone(), Format::Markdown);
        checker.check(&document)
    });
}

/// One letter typed into the middle of a draft that was checked before.
#[divan::bench(args = [1_000, 10_000, 100_000])]
fn keystroke(bencher: Bencher<'_, '_>, words: usize) {
    let checker = checker();
    let draft = Prose::new(1).draft(words);
    let middle = draft[draft.len() / 2..].find("\n\n").map_or(0, |at| at + draft.len() / 2 + 2);
    let mut cache = Cache::default();
    checker.read(&document::parse(draft.as_str().into(), Format::Markdown), &mut cache);
    let mut letter = b'a';
    bencher.bench_local(|| {
        letter = if letter == b'z' { b'a' } else { letter + 1 };
        let mut text = draft.clone();
        text.insert(middle, letter as char);
        let document = document::parse(text.into(), Format::Markdown);
        let reading = checker.read(&document, &mut cache);
        checker.report(&reading, Vec::new(), Scope::Alone)
    });
}
