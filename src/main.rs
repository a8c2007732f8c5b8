//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    copydesk::cli::run(copydesk::lsp::run)
}
