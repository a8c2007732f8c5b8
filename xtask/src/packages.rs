//! `cargo xtask packages`: makes the packages of the built program and runs it out of each, as those who install it do.
//!
//! Wants python3 and npm; neither of the two fetches anything.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packs and tries the program, built for the machine at hand.
pub fn run(root: &Path, program: &Path) -> Result<(), String> {
    let target = target()?;
    let out = root.join("target/packages");
    let _ = fs::remove_dir_all(&out);
    println!("— the packages are made: {target}");
    command("python3", &["packaging/pack.py", &text(program), target, &text(&out)], root)?;
    let files: Vec<PathBuf> =
        fs::read_dir(&out).map_err(|error| error.to_string())?.flatten().map(|entry| entry.path()).collect();
    for sum in ending(&files, ".sha256") {
        command("sha256sum", &["--check", "--quiet", &sum], &out)?;
    }

    println!("— the wheel carries the program");
    let venv = out.join("venv");
    command("python3", &["-m", "venv", &text(&venv)], root)?;
    let wheel = ending(&files, ".whl").next().ok_or("there is no wheel")?;
    let pip = text(&venv.join("bin/pip"));
    command(&pip, &["install", "--quiet", "--no-index", "--disable-pip-version-check", &wheel], root)?;
    reads(&venv.join("bin/copydesk"), root)?;

    println!("— the npm packages carry the program");
    let npm = out.join("npm");
    fs::create_dir_all(&npm).map_err(|error| error.to_string())?;
    let tarballs: Vec<String> = ending(&files, ".tgz").collect();
    // The launcher asks for all platforms by version; the tarballs stand in for the registry.
    let mut install = vec![
        "install",
        "--offline",
        "--no-audit",
        "--no-fund",
        "--silent",
        "--omit=optional",
        "--prefix",
        ".",
    ];
    install.extend(tarballs.iter().map(String::as_str));
    command("npm", &install, &npm)?;
    reads(&npm.join("node_modules/.bin/copydesk"), root)?;

    println!("— the archive carries the program");
    let archive = ending(&files, ".tar.gz").next().ok_or("there is no archive")?;
    command("tar", &["--extract", "--gzip", "--strip-components=1", "--file", &archive], &out)?;
    reads(&out.join("copydesk"), root)
}

/// The files with an ending.
fn ending<'a>(files: &'a [PathBuf], ending: &'a str) -> impl Iterator<Item = String> + 'a {
    files.iter().map(|path| text(path)).filter(move |path| path.ends_with(ending))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// The program marks the faults of the examples.
fn reads(program: &Path, root: &Path) -> Result<(), String> {
    let output = Command::new(program)
        .args(["check", "examples"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("{} does not start: {error}", program.display()))?;
    match output.status.code() {
        Some(1) => Ok(()),
        code => Err(format!(
            "{} ended with {code:?} instead of 1\n{}",
            program.display(),
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

fn target() -> Result<&'static str, String> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok("x86_64-unknown-linux-gnu"),
        ("linux", "aarch64") => Ok("aarch64-unknown-linux-gnu"),
        ("macos", "x86_64") => Ok("x86_64-apple-darwin"),
        ("macos", "aarch64") => Ok("aarch64-apple-darwin"),
        (system, machine) => Err(format!("the packages are not tried on {system} with {machine}")),
    }
}

fn command(program: &str, arguments: &[&str], folder: &Path) -> Result<(), String> {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .status()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {program} {}", arguments.join(" "))) }
}
