//! Whatever the bytes: no panic, and what holds of every document holds.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod invariants;

use copydesk::document::{Document, Format, parse};
use copydesk::engine::checker::Checker;
use copydesk::guide::Guide;
use copydesk::text::source;
use proptest::prelude::*;
use std::sync::Arc;

const FORMATS: [Format; 3] = [Format::Markdown, Format::Html, Format::Plain];

const MARKDOWN: &str = include_str!("robustness/draft.md");
const HTML: &str = include_str!("robustness/page.html");

/// What markup is made of, and what is hard to read.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\0",
    "\u{FEFF}",
    "\u{200B}",
    "\u{AD}",
    "\u{A0}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "👩‍👩‍👧",
    "🇫🇷",
    "“",
    "”",
    "’",
    "\"",
    "'",
    "‘",
    "—",
    "--",
    "…",
    "...",
    ".",
    "?",
    "!",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~",
    "~~~\n",
    "#",
    "# ",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "|",
    "|---|",
    "[",
    "]",
    "![",
    "](",
    ")",
    "[^1]",
    "[^1]: ",
    "[a]: b 'c'\n",
    "<",
    ">",
    "</",
    "<div>",
    "</div>",
    "<p>",
    "<li>",
    "<td>",
    "<table>",
    "<blockquote>",
    "</blockquote>",
    "<code>",
    "</code>",
    "<pre>",
    "<script>",
    "</script>",
    "<style>",
    "<q>",
    "</q>",
    "<sup>",
    "<br>",
    "<img alt='a &amp; b' title=c>",
    "<a title=\"",
    "<!--",
    "-->",
    "<!-- stet -->",
    "<!-- stet begin a: b -->",
    "<!-- stet end -->",
    "[stet]\n",
    "&",
    "&amp;",
    "&nGg;",
    "&#0;",
    "&#x1F600;",
    "&nbsp",
    "&lt;",
    "\\",
    "\\*",
    "---\n",
    "+++\n",
    "title: ",
    "\"\"\"",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{< a caption=\"b\" >}}",
    "{:.a}",
    "{/*",
    "*/}",
    "<![CDATA[",
    "<?",
    "http://",
    "a@b.co",
    "@a",
    "#a",
    "U.S.",
    "a.m.",
    "$5m",
    "1,000.5",
    "’90s",
    ". . .",
    "::",
    ": ",
    "=\n===\n",
    "Mr. ",
    "said",
];

/// Numbers that are the same in every run (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }
}

fn document(bytes: &[u8], format: Format) -> Document {
    let Ok(source) = source::decode(bytes.to_vec()) else { return parse("".into(), format) };
    let document = parse(source.text, format);
    invariants::check(&document);
    document
}

fn checker() -> Checker {
    Checker::new(Arc::new(Guide::default())).expect("the default guide is good")
}

#[test]
fn random_bytes_are_read_and_checked() {
    let checker = checker();
    let mut random = Random(1);
    for round in 0..10_000 {
        let length = random.below(64);
        let bytes: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        checker.check(&document(&bytes, FORMATS[round % 3]));
    }
}

#[test]
fn random_markup_is_read_and_checked() {
    let checker = checker();
    let mut random = Random(2);
    for round in 0..3_000 {
        let count = random.below(24);
        let text: String = (0..count).map(|_| PIECES[random.below(PIECES.len())]).collect();
        checker.check(&document(text.as_bytes(), FORMATS[round % 3]));
    }
}

#[test]
fn damaged_drafts_are_read_and_checked() {
    let checker = checker();
    let mut random = Random(3);
    for round in 0..2_000 {
        let (seed, format) = [(MARKDOWN, Format::Markdown), (HTML, Format::Html)][round % 2];
        let mut bytes = seed.as_bytes().to_vec();
        for _ in 0..=random.below(6) {
            mutate(&mut bytes, &mut random);
        }
        checker.check(&document(&bytes, format));
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(40)).min(bytes.len());
    match random.below(5) {
        0 => drop(bytes.drain(at..end)),
        1 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
        2 => {
            let copy = bytes[at..end].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
        3 if at < bytes.len() => bytes[at] = random.next() as u8,
        _ => bytes.truncate(bytes.len() - random.below(bytes.len() / 8 + 1)),
    }
}

#[test]
fn deep_nesting_is_read() {
    let deepest = [">", "[", "<div>", "*", "`"];
    let deep = [
        "> ",
        "- ",
        "1. ",
        "![",
        "](",
        "**",
        "_",
        "``` ",
        "~",
        "<",
        "<!--",
        "<blockquote>",
        "<ul><li>",
        "<table><td>",
        "<code>",
        "<q>",
        "<b><i>",
        "</p>",
        "&",
        "{{",
        "{% code %}",
        "\\",
        "(",
        "\"",
        "“",
        "‘",
        "a.",
        "@a",
        "|",
        "[^a]",
        "[a](",
        "*a_",
        "<a title=\"",
        "a\n",
        "a\n>",
        "> a\n",
        "- a\n",
        ": a\n",
        "a|b\n",
        "# \n",
        "[a]: b\n",
        "{:.a}",
    ];
    let texts = deepest.iter().map(|pattern| pattern.repeat(100_000));
    for text in texts.chain(deep.iter().map(|pattern| pattern.repeat(10_000))) {
        let text: Arc<str> = text.into();
        for format in FORMATS {
            invariants::check(&parse(text.clone(), format));
        }
    }
}

#[test]
fn parsing_is_a_pure_function_and_blocks_know_no_place() {
    let once = parse(MARKDOWN.into(), Format::Markdown);
    let moved = parse(
        format!("A new first paragraph.\n\n{}", &MARKDOWN[MARKDOWN.find("# ").unwrap()..]).into(),
        Format::Markdown,
    );
    let front = once
        .blocks
        .iter()
        .position(|placed| placed.block.kind.is_heading() && placed.src.start > 100)
        .unwrap();
    let same = once.blocks[front..].iter().zip(&moved.blocks[1..]);
    assert!(once.blocks.len() - front > 10);
    for (one, other) in same {
        assert_eq!(one.block, other.block);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", format in prop::sample::select(&FORMATS[..])) {
        document(text.as_bytes(), format);
    }

    #[test]
    fn any_pieces_are_read(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12),
        format in prop::sample::select(&FORMATS[..]),
    ) {
        document(pieces.concat().as_bytes(), format);
    }
}
