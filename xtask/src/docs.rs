//! `cargo xtask docs`: writes what is generated from the rules' records. `tests/docs.rs` asserts that it is current.

use copydesk::rules::page;
use std::fs;

const GUIDE: &str = "styleguide.toml";

pub fn run() -> Result<(), String> {
    write("docs/rules.md", &page::all())?;
    write("docs/styleguide.schema.json", &page::schema_text())?;
    let guide = fs::read_to_string(GUIDE).map_err(|error| format!("cannot read {GUIDE}: {error}"))?;
    let guide =
        page::with_guide_lines(&guide).ok_or_else(|| format!("{GUIDE} lost its lines about rules"))?;
    write(GUIDE, &guide)
}

fn write(path: &str, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {path}: {error}"))
}
