//! How fast drafts become blocks, tokens and sentences, and that the time grows as the text does.
//!
//! `cargo bench --bench parse`
#![allow(clippy::unwrap_used)]

#[path = "../tests/support/prose.rs"]
mod prose;

use copydesk::document::sentence::sentences;
use copydesk::document::token::tokenize;
use copydesk::document::{Format, parse};
use divan::Bencher;
use divan::counter::BytesCount;
use prose::Prose;
use std::sync::Arc;

/// Bytes of a megabyte of draft, as near as whole drafts come.
const MEGABYTE: usize = 1_000_000;

/// How often each pattern of markup that only opens is repeated.
const DEPTH: usize = 100_000;

fn main() {
    divan::main();
}

/// A Markdown draft of so many megabytes.
fn markdown(megabytes: usize) -> String {
    let mut prose = Prose::new(1);
    let mut text = prose.draft(20);
    while text.len() < megabytes * MEGABYTE {
        text.push('\n');
        text.push_str(&prose.paragraph());
        text.push('\n');
    }
    text
}

fn html(megabytes: usize) -> String {
    markdown(megabytes).split("\n\n").map(|paragraph| format!("<p class=\"a\">{paragraph}</p>\n")).collect()
}

fn parses(bencher: Bencher<'_, '_>, text: String, format: Format) {
    let text: Arc<str> = text.into();
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse(text.clone(), format));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 10)]
fn markdown_of_megabytes(bencher: Bencher<'_, '_>, megabytes: usize) {
    parses(bencher, markdown(megabytes), Format::Markdown);
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 10)]
fn html_of_megabytes(bencher: Bencher<'_, '_>, megabytes: usize) {
    parses(bencher, html(megabytes), Format::Html);
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 10)]
fn plain_text_of_megabytes(bencher: Bencher<'_, '_>, megabytes: usize) {
    parses(bencher, markdown(megabytes), Format::Plain);
}

#[divan::bench(args = [1, 8], sample_count = 10)]
fn one_line_of_megabytes(bencher: Bencher<'_, '_>, megabytes: usize) {
    parses(bencher, markdown(megabytes).replace('\n', " "), Format::Markdown);
}

/// Tokens and sentences of paragraphs, each analysed by itself.
#[divan::bench(args = [1, 2, 4, 8], sample_count = 10)]
fn tokens_and_sentences_of_megabytes(bencher: Bencher<'_, '_>, megabytes: usize) {
    analyses(bencher, &markdown(megabytes));
}

/// The same with straight marks of quotation and no dash: ASCII only.
#[divan::bench(args = [8], sample_count = 10)]
fn tokens_and_sentences_of_ascii(bencher: Bencher<'_, '_>, megabytes: usize) {
    let text =
        markdown(megabytes).replace(['“', '”'], "\"").replace(['’', '‘'], "'").replace(['—', '–'], "-");
    let ascii: String = text.chars().filter(char::is_ascii).collect();
    analyses(bencher, &ascii);
}

fn analyses(bencher: Bencher<'_, '_>, text: &str) {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let count = |paragraph: &&str| sentences(paragraph, &tokenize(paragraph)).len();
        paragraphs.iter().map(count).sum::<usize>()
    });
}

/// Markup that opens a hundred thousand times and never closes.
#[divan::bench(args = [">", "[", "*", "`", "<div>", "- ", "![", "{{", "&", "<!--"], sample_count = 5)]
fn nested_in_markdown(bencher: Bencher<'_, '_>, pattern: &str) {
    parses(bencher, pattern.repeat(DEPTH), Format::Markdown);
}

#[divan::bench(args = ["<div>", "<blockquote>", "<table><td>", "<code>", "&"], sample_count = 5)]
fn nested_in_html(bencher: Bencher<'_, '_>, pattern: &str) {
    parses(bencher, pattern.repeat(DEPTH), Format::Html);
}
