//! The floors of `src/`: a module imports only from the floors before it. Held by reading the `use crate::` lines.

use std::fs;
use std::path::{Path, PathBuf};

/// In reading order, as `src/lib.rs` lists them. `cli` and `lsp` are siblings: neither imports the other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["lexicon"],
    &["document"],
    &["finding"],
    &["facts"],
    &["guide"],
    &["rules"],
    &["engine"],
    &["report"],
    &["cli", "lsp"],
];

#[test]
fn floors_import_only_from_floors_before_them() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let floor = floor_of(&path);
        let Some(level) = level(&floor) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        for imported in imports(&text) {
            let allowed = level_allows(&floor, level, &imported);
            if !allowed {
                wrong.push(format!("{} imports crate::{imported}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    for path in sources(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no //! at its top", path.display());
    }
}

fn level_allows(floor: &str, floor_level: usize, imported: &str) -> bool {
    imported == floor || level(imported).is_some_and(|other| other < floor_level)
}

fn level(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&floor))
}

fn floor_of(path: &Path) -> String {
    let first = path.components().nth(1).unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The first names after `crate::`, in `use` lines and in paths.
fn imports(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut out = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        out.push(rest.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect());
    }
    out
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}
