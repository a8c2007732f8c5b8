//! What is generated from the rules' records is current: `cargo xtask docs` writes it.

use copydesk::guide::STANDARD;
use copydesk::guide::read::{FILE_KEYS, FILES_KEYS, LAYER_KEYS, NAME_KEYS, QUOTES_KEYS, TERM_KEYS};
use copydesk::rules::page;
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::process::Command;

#[test]
fn generated_files_are_current() {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let hint = "run `cargo xtask docs`";
    assert!(read("docs/rules.md") == page::all(), "docs/rules.md: {hint}");
    assert!(
        read("docs/styleguide.schema.json") == page::schema_text(),
        "docs/styleguide.schema.json: {hint}"
    );
    assert!(page::with_guide_lines(STANDARD).as_deref() == Some(STANDARD), "styleguide.toml: {hint}");
}

#[test]
fn the_schema_has_every_key_that_a_guide_may_have() {
    let schema = page::schema();
    let keys = |pointer: &str| -> Vec<String> {
        let table = schema.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("{pointer}"));
        table.keys().cloned().collect()
    };
    let sorted = |lists: &[&[&str]]| -> Vec<String> {
        let mut all: Vec<String> = lists.concat().iter().map(|key| (*key).to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!(keys("/properties"), sorted(&[LAYER_KEYS, FILE_KEYS]));
    assert_eq!(keys("/properties/overrides/items/properties"), sorted(&[LAYER_KEYS, &["paths"]]));
    assert_eq!(keys("/properties/files/properties"), sorted(&[FILES_KEYS]));
    assert_eq!(keys("/properties/quotes/properties"), sorted(&[QUOTES_KEYS]));
    assert_eq!(
        keys("/properties/names/anyOf/1/additionalProperties/anyOf/1/properties"),
        sorted(&[NAME_KEYS])
    );
    assert_eq!(keys("/properties/terms/additionalProperties/anyOf/3/properties"), sorted(&[TERM_KEYS]));
    let text = page::schema_text();
    assert!(!text.contains("$ref"), "options of rules are plain types: a reference would lead nowhere");
}

#[test]
fn the_guide_that_ships_shows_every_key() {
    for key in [LAYER_KEYS, FILE_KEYS, FILES_KEYS, QUOTES_KEYS, NAME_KEYS, TERM_KEYS].concat() {
        assert!(STANDARD.contains(key), "styleguide.toml does not show “{key}”");
    }
}

#[test]
fn the_readme_shows_what_the_program_says() {
    let readme = fs::read_to_string("README.md").unwrap();
    let shown = readme.split_once("$ copydesk check examples\n").and_then(|(_, rest)| rest.split_once("```"));
    let (shown, _) = shown.expect("the README shows the program at work");
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk")).args(["check", "examples"]).output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    let said: HashSet<&str> = output.lines().collect();
    for line in shown.lines().filter(|line| *line != "…") {
        assert!(said.contains(line), "the program does not say: {line}");
    }
}
