//! A folder of its own, outside of the repository so that no other guide holds, in which the program is run.

#![allow(dead_code, reason = "every test needs another part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Removed at the end.
pub struct Desk(pub PathBuf);

/// What a run of the program came to.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("copydesk-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, with the folders it stands in.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub fn command(&self) -> Command {
        copydesk(&self.0)
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&self.command().args(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs git as somebody whose own settings do not matter.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = git(&self.0).args(arguments).output().expect("git is installed");
        let ran = Ran::of(&output);
        assert_eq!(ran.code, Some(0), "git {arguments:?}\n{}", ran.err);
        ran.out
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// The program, to be run in a folder.
pub fn copydesk(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    without_git(&mut command);
    command
}

pub fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Desk", "-c", "user.email=desk@example.com"]);
    command.args([
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.autocrlf=false",
        "-c",
        "init.defaultBranch=main",
    ]);
    command.args(["-c", "protocol.file.allow=always"]);
    without_git(&mut command);
    command
}

/// A test that runs in a hook of git must not work on the repository of that hook.
fn without_git(command: &mut Command) {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
}
