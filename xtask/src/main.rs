//! Builds what is generated and runs all tests.
//!
//! `cargo xtask` lists the tasks.

mod test;

use std::process::ExitCode;

const HELP: &str = "\
usage: cargo xtask TASK

  test        everything that must pass: format, lints, tests, the program on its examples
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("test") => test::run(),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            Ok(())
        }
        Some(task) => Err(format!("no task is called “{task}”\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
