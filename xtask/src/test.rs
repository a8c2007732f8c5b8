//! `cargo xtask test`: everything that must pass before a change lands.

use crate::{neovim, packages, vscode};
use std::path::Path;
use std::process::Command;

/// As `cargo build --release` leaves it.
const PROGRAM: &str = "target/release/copydesk";

/// Runs every step in turn and stops at the first that fails.
pub fn run() -> Result<(), String> {
    step("the code is formatted", "cargo", &["fmt", "--all", "--check"])?;
    step(
        "the lints are clean",
        "cargo",
        &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"],
    )?;
    step("the tests pass", "cargo", &["test", "--quiet", "--workspace"])?;
    step("the program builds", "cargo", &["build", "--quiet", "--release"])?;
    examples()
}

/// A real Neovim marks, mends and writes drafts.
pub fn neovim() -> Result<(), String> {
    neovim::run(root(), &root().join(PROGRAM))
}

/// A real Visual Studio Code does.
pub fn vscode() -> Result<(), String> {
    vscode::run(root(), &root().join(PROGRAM))
}

/// The packages carry the program.
pub fn packages() -> Result<(), String> {
    step("the program builds", "cargo", &["build", "--quiet", "--release"])?;
    packages::run(root(), &root().join(PROGRAM))
}

/// The README's first command: the program finds the faults of the examples.
fn examples() -> Result<(), String> {
    println!("— the program reads its examples");
    let output = Command::new(PROGRAM)
        .args(["check", "examples"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("target/release/copydesk does not start: {error}"))?;
    match output.status.code() {
        Some(1) => Ok(()),
        code => Err(format!(
            "`copydesk check examples` ended with {code:?} instead of 1\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

fn step(what: &str, program: &str, arguments: &[&str]) -> Result<(), String> {
    println!("— {what}: {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .status()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {what}")) }
}

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
