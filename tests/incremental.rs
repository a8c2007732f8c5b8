//! The law of the engine: after any edits, the report equals that of a fresh reading, whatever the cache remembers;
//! and every place it names is exact in each unit that an editor may count in.

#[path = "support/prose.rs"]
#[allow(dead_code, reason = "shared with the benches, which need other parts")]
mod prose;

use copydesk::document::{self, Format};
use copydesk::engine::checker::{Cache, Checker, Scope};
use copydesk::finding::Finding;
use copydesk::guide::Guide;
use copydesk::text::lines::{LineIndex, Unit};
use copydesk::text::span::SrcSpan;
use proptest::prelude::*;
use prose::Prose;
use std::sync::Arc;

/// What gets typed: faults, marks that open and never close, markup, stets, line ends, and characters of every width.
const TYPED: &[&str] = &[
    "recieve",
    "the the ",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    " – ",
    " — ",
    "\n\n",
    "\r\n\r\n",
    "\n",
    "😀",
    "é",
    "e\u{301}",
    "# ",
    "> ",
    "- ",
    "* ",
    "`",
    "```\n",
    "<!-- stet -->\n\n",
    "<!-- stet begin -->\n\n",
    "\n\n<!-- stet end -->\n\n",
    "Leave a Reply\n\n",
    "Kim Jong-un met Kim Jong Un.",
    " Lindqvist ",
    " Lindquist ",
    "[a](b)",
    "**",
    "_",
    "|a|b|\n|-|-|\n",
    "<div>",
    "</div>",
    "&amp;",
    "\u{FEFF}",
    "\0",
    "\t",
    "---\n",
    "According to the council.",
];

#[derive(Clone, Debug)]
struct Typing {
    /// Where, as a share of the draft's length out of 65,536.
    at: u16,
    /// How many bytes go, at the most.
    gone: u8,
    typed: usize,
}

fn typing() -> impl Strategy<Value = Typing> {
    (any::<u16>(), prop_oneof![4 => Just(0_u8), 1 => any::<u8>()], 0..TYPED.len())
        .prop_map(|(at, gone, typed)| Typing { at, gone, typed })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_equals_fresh(seed in 0_u64..1000, words in 20_usize..400, edits in prop::collection::vec(typing(), 1..12)) {
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            let checker = checker();
            let mut draft = Prose::new(seed).draft(words);
            let mut cache = Cache::default();
            for edit in &edits {
                apply(&mut draft, edit);
                let warm = report(&checker, &draft, format, &mut cache);
                let fresh = report(&checker, &draft, format, &mut Cache::default());
                prop_assert_eq!(&warm, &fresh);
                places_are_exact(&draft, &fresh)?;
            }
        }
    }
}

#[test]
fn an_edit_reads_only_the_block_it_touches() {
    let checker = checker();
    let mut draft = Prose::new(7).draft(2_000);
    let mut cache = Cache::default();
    report(&checker, &draft, Format::Markdown, &mut cache);
    let read = cache.blocks_read();
    draft.insert_str(draft.len() - 2, " again");
    report(&checker, &draft, Format::Markdown, &mut cache);
    assert_eq!(cache.blocks_read() - read, 1);
}

fn checker() -> Checker {
    Checker::new(Arc::new(Guide::default())).unwrap()
}

fn report(checker: &Checker, draft: &str, format: Format, cache: &mut Cache) -> Vec<Finding> {
    let document = document::parse(draft.into(), format);
    let reading = checker.read(&document, cache);
    checker.report(&reading, Vec::new(), Scope::Alone)
}

fn apply(draft: &mut String, edit: &Typing) {
    let boundary = |mut at: usize| {
        while !draft.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(draft.len() * usize::from(edit.at) / 65_536);
    let end = boundary((start + usize::from(edit.gone)).min(draft.len()));
    draft.replace_range(start..end, TYPED[edit.typed]);
}

fn places_are_exact(draft: &str, findings: &[Finding]) -> Result<(), TestCaseError> {
    let lines = LineIndex::new(draft);
    for finding in findings {
        let related = finding.related.iter().map(|related| related.span);
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|(span, _)| *span);
        for SrcSpan { start, end } in std::iter::once(finding.span).chain(related).chain(edits) {
            prop_assert!(start <= end && draft.get(start as usize..end as usize).is_some(), "{:?}", finding);
            for unit in [Unit::Utf8, Unit::Utf16, Unit::Char] {
                for offset in [start, end] {
                    let position = lines.position(draft, offset, unit);
                    let inside_line_break = draft[..offset as usize].ends_with('\r')
                        && draft[offset as usize..].starts_with('\n');
                    prop_assert!(
                        inside_line_break || lines.offset(draft, position, unit) == offset,
                        "{:?}",
                        finding
                    );
                }
            }
        }
    }
    Ok(())
}
