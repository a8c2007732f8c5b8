//! The arguments of `check`: what a person may ask for, and what of it goes together.

use super::output::Target;
use crate::document::Format;
use crate::finding::{Safety, Severity};
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub input: InputArguments,
    #[command(flatten)]
    pub rules: RuleArguments,
    #[command(flatten)]
    pub output: OutputArguments,
    #[command(flatten)]
    pub scope: ScopeArguments,
    #[command(flatten)]
    pub gate: GateArguments,
    #[command(flatten)]
    pub fix: FixArguments,
}

/// Which drafts are read, and how.
#[derive(Args)]
#[command(next_help_heading = "Drafts")]
pub struct InputArguments {
    /// Drafts, or folders of drafts; “-” is standard input [default: this folder]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Read each draft as if alone, compare none with another
    #[arg(long)]
    pub isolate: bool,
    /// Use this styleguide for every draft, instead of the nearest
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub guide: Option<PathBuf>,
    /// The path that standard input is to be read as: it decides the format and the styleguide
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub stdin_path: Option<PathBuf>,
    /// Read the paths of drafts from FILE, one a line or with NUL between; “-” is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "jsonl_field")]
    pub files_from: Option<PathBuf>,
    /// The input is JSON Lines: each line is a draft, its text stands in this field (a.b is b in a)
    #[arg(long, value_name = "FIELD")]
    pub jsonl_field: Option<String>,
    /// The field of a line of JSON that names the draft [default: FILE:LINE]
    #[arg(long, value_name = "FIELD", requires = "jsonl_field")]
    pub id_field: Option<String>,
    /// Read every draft in this markup, whatever its name [default: by the name; lines of JSON as plain]
    #[arg(long, value_name = "MARKUP")]
    pub markup: Option<Markup>,
}

/// What the command line says about rules, over what the guide says.
#[derive(Args)]
#[command(next_help_heading = "Rules")]
pub struct RuleArguments {
    /// Run only this rule (may be repeated)
    #[arg(long = "rule", value_name = "RULE")]
    pub only: Vec<String>,
    /// Turn a rule off
    #[arg(long, value_name = "RULE")]
    pub allow: Vec<String>,
    /// Make a rule a warning
    #[arg(long, value_name = "RULE")]
    pub warn: Vec<String>,
    /// Make a rule an error
    #[arg(long, value_name = "RULE")]
    pub deny: Vec<String>,
}

/// How and where is reported.
#[derive(Args)]
#[command(next_help_heading = "Report")]
pub struct OutputArguments {
    /// How to report: text, compact, html, markdown, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson or
    /// rdjsonl. With =FILE it is written there; may be repeated [default: text]
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = super::output::target)]
    pub formats: Vec<Target>,
    /// Write the report to FILE, instead of to standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Which findings are reported.
#[derive(Args)]
#[command(next_help_heading = "Only what is new")]
pub struct ScopeArguments {
    /// Report only what changed since REV parted from here, uncommitted changes too: findings in changed sentences, and
    /// those elsewhere that the changes caused
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub since: Option<String>,
    /// The same for what the next commit would hold
    #[arg(long)]
    pub staged: bool,
    /// Leave out what this baseline knows [default: copydesk-baseline.tsv, here or in a folder above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Report what the baseline knows, too
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,
}

/// What makes the exit code 1.
#[derive(Args)]
#[command(next_help_heading = "Exit code")]
pub struct GateArguments {
    /// End with 1 only where there are findings of this level or above [default: note]
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// End with 1 only where there are more than N of them [default: 0]
    #[arg(long, value_name = "N")]
    pub max_findings: Option<usize>,
}

/// What is changed.
#[derive(Args)]
#[command(next_help_heading = "Fixes")]
pub struct FixArguments {
    /// Apply the safe fixes: those that cannot change the meaning
    #[arg(long)]
    pub fix: bool,
    /// Apply (or show) also the fixes that are nearly always what the writer meant
    #[arg(long)]
    pub r#unsafe: bool,
    /// Show what --fix would do as a unified diff, change nothing; ends with 1 where there is anything to fix
    #[arg(long, conflicts_with_all = ["formats", "output"])]
    pub diff: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Markup {
    Markdown,
    Html,
    Plain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
}

impl Markup {
    pub const fn format(self) -> Format {
        match self {
            Self::Markdown => Format::Markdown,
            Self::Html => Format::Html,
            Self::Plain => Format::Plain,
        }
    }
}

impl FailOn {
    pub const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

impl FixArguments {
    /// Which fixes are wanted; `None` where none are.
    pub const fn allowed(&self) -> Option<Safety> {
        match (self.fix || self.diff, self.r#unsafe) {
            (true, true) => Some(Safety::Unsafe),
            (true, false) => Some(Safety::Safe),
            (false, _) => None,
        }
    }
}
