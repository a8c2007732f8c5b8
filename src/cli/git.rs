//! What git says of a repository: asked of the git program, in the forms it makes for programs.
//!
//! Knows nothing of drafts. Paths are absolute, as this program writes them.

use super::drafts::absolute;
use super::failure::Failure;
use crate::guide::nearest::nearest;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// A repository with a work tree.
pub struct Repository {
    /// The top of the work tree.
    pub root: PathBuf,
}

/// A file that differs between two states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path and content before; `None` where it is new.
    pub before: Option<(PathBuf, Object)>,
    /// Its path now; `None` where it is gone.
    pub after: Option<PathBuf>,
    /// Its content now, where git has it; otherwise it stands in the work tree.
    pub content: Option<Object>,
}

/// The name of some content.
pub type Object = String;

/// Which two states are compared.
pub enum Span<'a> {
    /// A commit and the work tree.
    Since(&'a str),
    /// The last commit and the index.
    Staged,
    /// The index and the work tree.
    Unstaged,
}

impl Repository {
    /// The repository that the current folder belongs to.
    pub fn here() -> Result<Self, Failure> {
        let output = run(Path::new("."), &["rev-parse", "--is-inside-work-tree", "--show-cdup"])?;
        let text = String::from_utf8_lossy(&output.stdout);
        let mut lines = text.lines();
        if !output.status.success() || lines.next() != Some("true") {
            return Err(match complaint(&output) {
                other if other.contains("dubious ownership") => Failure::new(
                    "git does not trust this repository: it belongs to somebody else",
                    "git config --global --add safe.directory FOLDER says that you do",
                ),
                _ => Failure::new(
                    "there is no git repository here",
                    "run copydesk in one, or leave --since and --staged out",
                ),
            });
        }
        // Counted from the current folder, so that paths are written as those of the drafts are.
        Ok(Self { root: absolute(Path::new(lines.next().filter(|up| !up.is_empty()).unwrap_or(".")))? })
    }

    /// The commit where a revision and the last commit part: what a pull request is compared with.
    pub fn merge_base(&self, revision: &str) -> Result<Object, Failure> {
        let commit = format!("{revision}^{{commit}}");
        let known = self.git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !known.status.success() {
            return Err(self.unknown(revision)?);
        }
        let commit = first_line(&known);
        let base = self.git(&["merge-base", &commit, "HEAD"])?;
        if base.status.success() {
            return Ok(first_line(&base));
        }
        Err(if self.is_shallow()? {
            Failure::new(
                format!(
                    "this clone is shallow: it does not hold the commit where “{revision}” and HEAD part"
                ),
                "run “git fetch --unshallow”; in GitHub Actions give actions/checkout “fetch-depth: 0”, in GitLab CI set \
                 GIT_DEPTH: 0",
            )
        } else {
            Failure::new(
                format!("“{revision}” and HEAD have no commit in common"),
                "name a branch or commit that this one comes from",
            )
        })
    }

    /// The files that differ.
    pub fn changes(&self, span: &Span<'_>) -> Result<Vec<Change>, Failure> {
        let common =
            ["-c", "diff.relative=false", "diff", "--raw", "-z", "--no-abbrev", "-M", "--no-ext-diff"];
        let arguments: Vec<&str> = match span {
            Span::Since(commit) => common.into_iter().chain([*commit, "--"]).collect(),
            Span::Staged => common.into_iter().chain(["--cached", "--"]).collect(),
            Span::Unstaged => common.into_iter().chain(["--no-renames", "--"]).collect(),
        };
        let output = self.git(&arguments)?;
        if !output.status.success() {
            return Err(failed(&output));
        }
        self.raw(&output.stdout).ok_or_else(|| {
            Failure::new("git says something that copydesk does not understand", "is git older than 2.20?")
        })
    }

    /// The files of the work tree that git does not know, ignored ones aside.
    pub fn untracked(&self) -> Result<Vec<PathBuf>, Failure> {
        let output =
            self.git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"])?;
        if !output.status.success() {
            return Err(failed(&output));
        }
        Ok(output
            .stdout
            .split(|&byte| byte == 0)
            .filter(|path| !path.is_empty())
            .map(|path| self.path(path))
            .collect())
    }

    /// Contents by their names.
    pub fn contents(&self, objects: &[Object]) -> Result<HashMap<Object, Arc<[u8]>>, Failure> {
        if objects.is_empty() {
            return Ok(HashMap::new());
        }
        let mut child = command(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| no_git(&error))?;
        let stdin = child.stdin.take();
        let asked = objects.join("\n") + "\n";
        // Git answers while it is asked: who only asks, waits for ever.
        let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
        let output = child.wait_with_output()?;
        let _ = asking.join();
        let mut rest = output.stdout.as_slice();
        let mut out = HashMap::new();
        for object in objects {
            let Some((content, after)) = blob(rest) else {
                return Err(Failure::new(
                    format!("this clone does not hold the content {object}"),
                    "fetch it: “git fetch --refetch”, or clone without --filter",
                ));
            };
            out.insert(object.clone(), content.into());
            rest = after;
        }
        Ok(out)
    }

    /// Reads the output of `git diff --raw -z`: `:MODE MODE OBJECT OBJECT STATUS` NUL, path NUL, and for a renamed file
    /// another path NUL.
    fn raw(&self, output: &[u8]) -> Option<Vec<Change>> {
        let mut fields = output.split(|&byte| byte == 0);
        let mut out: Vec<Change> = Vec::new();
        while let Some(header) = fields.next().filter(|header| !header.is_empty()) {
            let header = std::str::from_utf8(header).ok()?.strip_prefix(':')?;
            let [mode_before, mode_after, before, after, status] =
                header.split(' ').collect::<Vec<_>>().try_into().ok()?;
            let first = self.path(fields.next()?);
            let second = match status.chars().next()? {
                'R' | 'C' => self.path(fields.next()?),
                _ => first.clone(),
            };
            let is_file = |mode: &str| mode.starts_with("100");
            let change = Change {
                before: is_file(mode_before).then(|| (first, before.to_owned())),
                after: is_file(mode_after).then_some(second),
                content: (is_file(mode_after) && after.bytes().any(|byte| byte != b'0'))
                    .then(|| after.to_owned()),
            };
            if change.before.is_some() || change.after.is_some() {
                out.push(change);
            }
        }
        Some(out)
    }

    fn path(&self, bytes: &[u8]) -> PathBuf {
        self.root.join(os_string(bytes))
    }

    fn is_shallow(&self) -> Result<bool, Failure> {
        Ok(first_line(&self.git(&["rev-parse", "--is-shallow-repository"])?) == "true")
    }

    /// What to say of a revision that there is not.
    fn unknown(&self, revision: &str) -> Result<Failure, Failure> {
        if !self.git(&["rev-parse", "--verify", "--quiet", "HEAD"])?.status.success() {
            return Ok(Failure::new("there is no commit in this repository yet", "leave --since out"));
        }
        let message = format!("git knows no revision “{revision}”");
        let output = self.git(&["for-each-ref", "--format=%(refname:short)"])?;
        let refs = String::from_utf8_lossy(&output.stdout).into_owned();
        let names = || refs.lines().filter(|name| !name.is_empty());
        // “main” where only “origin/main” was fetched.
        if let Some(remote) =
            names().find(|name| name.split_once('/').is_some_and(|(_, branch)| branch == revision))
        {
            return Ok(Failure::new(message, format!("did you mean “{remote}”?")));
        }
        if self.is_shallow()? {
            let (remote, branch) = revision.split_once('/').unwrap_or(("origin", revision));
            return Ok(Failure::new(
                format!("{message}, and this clone is shallow"),
                format!(
                    "run “git fetch --unshallow {remote} {branch}:refs/remotes/{remote}/{branch}” and name \
                     {remote}/{branch}; in GitHub Actions give actions/checkout “fetch-depth: 0”"
                ),
            ));
        }
        Ok(match nearest(revision, names()) {
            Some(best) => Failure::new(message, format!("did you mean “{best}”?")),
            None => Failure::new(
                message,
                "name a branch, a tag or a commit; “git branch --all” lists the branches",
            ),
        })
    }

    fn git(&self, arguments: &[&str]) -> Result<Output, Failure> {
        run(&self.root, arguments)
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // Nothing is written, not even a fresher index; nobody is asked for a password; messages are in English.
    command
        .current_dir(folder)
        .args(["--no-optional-locks", "--no-pager"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    command(folder).args(arguments).stdin(Stdio::null()).output().map_err(|error| no_git(&error))
}

fn no_git(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(
            "there is no program “git” on this machine",
            "install it, or leave --since and --staged out",
        ),
        _ => Failure::new(format!("git does not start: {error}"), ""),
    }
}

fn failed(output: &Output) -> Failure {
    Failure::new(format!("git failed: {}", complaint(output)), "")
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

fn first_line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
}

/// The first content of the output of `git cat-file --batch`, and what comes after it.
fn blob(output: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = output.iter().position(|&byte| byte == b'\n')?;
    let header = std::str::from_utf8(&output[..end]).ok()?;
    let (_, size) = header.rsplit_once(' ')?;
    let size: usize = size.parse().ok()?;
    let rest = &output[end + 1..];
    Some((rest.get(..size)?, rest.get(size + 1..)?))
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> OsString {
    OsStr::new(&*String::from_utf8_lossy(bytes)).to_owned()
}
