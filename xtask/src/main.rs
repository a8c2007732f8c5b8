//! Builds what is generated and runs all tests.
//!
//! `cargo xtask` lists the tasks.

mod corpora;
mod corpus;
mod counts;
mod docs;
mod fetch;
mod lexicon;
mod model;
mod neovim;
mod packages;
mod test;
mod vscode;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
usage: cargo xtask TASK

  test                      everything that must pass: format, lints, tests, the program on its examples, real editors
  neovim                    a real Neovim with the program, fetched where there is none
  packages                  the wheel, the npm packages and the archive of target/release, made and run (wants python3, npm)
  docs                      docs/rules.md, the schema of styleguide.toml and its list of rules, from the rules' records
  vscode                    a real Visual Studio Code with it, in a browser (wants node; fetches 800 MB)
  lexicon CORPORA [REPORT]  data/lexicon.bin from the corpora; REPORT takes the words that only they know
  model CORPORA             data/model.bin from the corpora; its parts are kept in target/model, and one that is there
                            is not made again
  measure-model CORPORA CASES
                            what the model in target/model finds in drafts with known faults, and docs/spelling.svg
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("test") => test::run(),
        Some("neovim") => test::neovim(),
        Some("docs") => docs::run(),
        Some("packages") => test::packages(),
        Some("vscode") => test::vscode(),
        Some("model") => build_model(arguments),
        Some("measure-model") => measure_model(arguments),
        Some("lexicon") => build_lexicon(arguments),
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

fn build_lexicon(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let corpora = arguments.next().ok_or_else(|| format!("where are the corpora?\n\n{HELP}"))?;
    let report = arguments.next();
    lexicon::build(Path::new(&corpora), Path::new("data/lexicon.bin"), report.as_deref().map(Path::new))
        .map_err(|error| format!("the lexicon cannot be built: {error}"))
}

fn build_model(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let corpora = arguments.next().ok_or_else(|| format!("where are the corpora?\n\n{HELP}"))?;
    model::build(Path::new(&corpora), Path::new("target/model"), Path::new("data/model.bin"))
        .map_err(|error| format!("the model cannot be built: {error}"))
}

fn measure_model(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let (Some(corpora), Some(cases)) = (arguments.next(), arguments.next()) else {
        return Err(format!("where are the corpora and the cases?\n\n{HELP}"));
    };
    model::measure(
        Path::new(&corpora),
        Path::new(&cases),
        Path::new("target/model"),
        Path::new("docs/spelling.svg"),
    )
    .map_err(|error| format!("the model cannot be measured: {error}"))
}
