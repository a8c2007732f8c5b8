//! `cargo xtask test`: everything that must pass before a change lands.

use crate::fetch::Failure;
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
    build()?;
    examples()?;
    editors()
}

/// A real Neovim marks, mends and writes drafts.
pub fn neovim() -> Result<(), String> {
    build()?;
    neovim::run(root(), &root().join(PROGRAM)).map_err(|failure| failure.to_string())
}

/// A real Visual Studio Code does.
pub fn vscode() -> Result<(), String> {
    build()?;
    vscode::run(root(), &root().join(PROGRAM)).map_err(|failure| failure.to_string())
}

/// Real editors drive the server. One that cannot be had on this machine says nothing about the program: it is named at the
/// end, and only a task of its own fails for it.
fn editors() -> Result<(), String> {
    let mut missing = Vec::new();
    for drive in [neovim::run, vscode::run] {
        match drive(root(), &root().join(PROGRAM)) {
            Ok(()) => {}
            Err(Failure::Missing(message)) => missing.push(message),
            Err(Failure::Failed(message)) => return Err(message),
        }
    }
    for message in missing {
        println!("NOT TRIED: {message}");
    }
    Ok(())
}

fn build() -> Result<(), String> {
    step("the program builds", "cargo", &["build", "--quiet", "--release"])
}

/// The packages carry the program.
pub fn packages() -> Result<(), String> {
    build()?;
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
