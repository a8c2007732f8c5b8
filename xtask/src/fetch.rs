//! What a task needs of the machine: looks for it, installs it where it may, and says in one sentence what is missing.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

/// How often something is fetched before it is given up: registries have bad moments.
const TRIES: usize = 3;

/// The exit code of a test whose editor does not start, whatever is tested with it.
const COULD_NOT_BEGIN: i32 = 2;

/// Why a task did not pass.
#[derive(Debug)]
pub enum Failure {
    /// What the task needs cannot be had on this machine: nothing was tried, and nothing is known.
    Missing(String),
    /// It was tried, and it does not work.
    Failed(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(message) | Self::Failed(message) => formatter.write_str(message),
        }
    }
}

/// Runs a program; `what` is what it does, for the message where it fails.
pub fn run(command: &mut Command, what: &str) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Err(error) => Err(Failure::Missing(format!(
            "{program} is missing ({error}): without it, {what} is not possible"
        ))),
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(COULD_NOT_BEGIN) => {
            Err(Failure::Missing(format!("could not begin on this machine: {what}")))
        }
        Ok(_) => Err(Failure::Failed(format!("failed: {what}"))),
    }
}

/// The same for a program that fetches something, quietly and more than once. Where it fails, the machine has no network,
/// or the registry has not got it: nothing that a change could mend.
pub fn fetch(what: &str, make: impl Fn() -> Command) -> Result<(), Failure> {
    println!("— fetched: {what}");
    let mut said = String::new();
    for _ in 0..TRIES {
        if said.contains("EUSAGE") {
            // What npm says where package.json asks for something else than the lock file: that is ours to mend.
            return Err(Failure::Failed(format!("{what}: {said}")));
        }
        let mut command = make();
        match command.stdin(Stdio::null()).output() {
            Err(error) => {
                let program = command.get_program().to_string_lossy().into_owned();
                return Err(Failure::Missing(format!(
                    "{what} cannot be fetched: {program} is missing ({error})"
                )));
            }
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) => said = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        }
    }
    let last = said.lines().last().unwrap_or("it does not say why").to_owned();
    Err(Failure::Missing(format!("{what} cannot be fetched (is there a network?): {last}")))
}

/// Whether a program can be started and answers `--version`.
pub fn answers(program: &Path) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// A failure to read or write the build's own files.
pub fn files(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.display().to_string();
    move |error| Failure::Failed(format!("{path}: {error}"))
}
