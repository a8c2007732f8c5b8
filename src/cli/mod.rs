//! The command line: arguments in, a report and an exit code out.
//!
//! Exit codes: 0 nothing to mark, 1 findings, 2 could not run, 130 ended by Ctrl-C after the report was finished with what
//! was found so far. A reader that goes away (a broken pipe) is success.

mod arguments;
mod baseline;
mod changes;
mod check;
mod desk;
mod drafts;
mod explain;
mod failure;
mod fix;
mod git;
mod init;
mod input;
mod interrupt;
mod list;
mod names;
mod output;
mod progress;
mod quotes;
mod replace;
mod select;

use crate::guide::discover::{Disk, Guides};
use crate::rules;
use arguments::{CheckArguments, InputArguments, RuleArguments};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use failure::Failure;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const AFTER_HELP: &str = "\
copydesk check draft.md            read one draft
copydesk check                     read every draft in this folder, and compare them
copydesk init                      write a styleguide.toml that explains every key
copydesk explain wrong-word        say what a rule finds, and why";

#[derive(Parser)]
#[command(
    name = "copydesk",
    version,
    about = "Reads a draft as a copy desk reads it, before it goes out",
    after_help = AFTER_HELP,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    color: Color,
}

#[derive(Subcommand)]
enum Command {
    /// Read drafts and report what a copy desk would mark
    Check(Box<CheckArguments>),
    /// Write the present findings down, so that “check” reports only new ones and says which of these are gone
    Baseline {
        #[command(flatten)]
        input: Box<InputArguments>,
        #[command(flatten)]
        rules: RuleArguments,
        /// The file to write [default: copydesk-baseline.tsv, here]
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Say what a rule finds, why, and which options it has
    Explain {
        /// The rule's name, as it stands in brackets behind a finding
        #[arg(value_name = "RULE")]
        rule: String,
    },
    /// List all rules, and how loud each is in this folder
    Rules,
    /// Write a styleguide.toml that explains every key; never over an existing one
    Init {
        /// The folder to write it to
        #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// List the names in drafts: each with its forms, their counts and places
    Names {
        /// Drafts, or folders of drafts [default: this folder]
        #[arg(value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
        /// How to list them
        #[arg(long, default_value = "table")]
        format: names::Listing,
    },
    /// List the direct quotations of drafts with who said each
    Quotes {
        /// Drafts, or folders of drafts; “-” is standard input [default: this folder]
        #[arg(value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
        /// How to list them
        #[arg(long, value_enum, default_value_t = quotes::Listing::Table)]
        format: quotes::Listing,
    },
    /// Check drafts in an editor, on every keystroke: the language server, over standard input and output
    Lsp {
        /// The only way there is; editors say it all the same
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Print a script that completes copydesk's arguments in your shell
    Completions { shell: clap_complete::Shell },
    /// Print the manual page, in the form of man(7)
    Man,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Runs the program and gives its exit code. `serve` is the language server, which this module does not know.
pub fn run(serve: impl FnOnce() -> ExitCode) -> ExitCode {
    let arguments = Arguments::parse();
    let color = match arguments.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    color.write_global();
    let mut out = io::BufWriter::new(anstream::AutoStream::new(io::stdout().lock(), color));
    let result = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &mut out),
        Command::Baseline { input, rules, output } => {
            baseline::run(&input, &rules, output.as_deref(), &mut out)
        }
        Command::Explain { rule } => explain::run(&rule, &mut out),
        Command::Rules => list::run(&mut out),
        Command::Init { folder } => init::run(&folder, &mut out),
        Command::Names { paths, format } => names::run(&paths, format, &mut out),
        Command::Quotes { paths, format } => quotes::run(&paths, format, &mut out),
        Command::Lsp { .. } => {
            drop(out);
            return serve();
        }
        Command::Completions { shell } => completions(shell, &mut out),
        Command::Man => manual(&mut out),
    };
    let result = result.and_then(|code| Ok(out.flush().map(|()| code)?));
    match result {
        Ok(code) => ExitCode::from(code),
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(&mut anstream::stderr().lock());
            ExitCode::from(2)
        }
    }
}

/// Guides from the disk, or the one that the command line names.
fn guides(fixed: Option<&PathBuf>) -> Result<Guides<Disk>, Failure> {
    let guides = Guides::new(Disk, rules::review);
    match fixed {
        Some(path) if !path.is_file() => {
            Err(drafts::missing(path, "check the path; “copydesk init” writes a new guide"))
        }
        Some(path) => Ok(guides.with_fixed(drafts::absolute(path)?)),
        None => Ok(guides),
    }
}

fn completions(shell: clap_complete::Shell, out: &mut dyn Write) -> Result<u8, Failure> {
    clap_complete::generate(shell, &mut Arguments::command(), "copydesk", out);
    Ok(0)
}

fn manual(out: &mut dyn Write) -> Result<u8, Failure> {
    clap_mangen::Man::new(Arguments::command()).render(out)?;
    Ok(0)
}
