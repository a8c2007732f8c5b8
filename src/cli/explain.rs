//! `copydesk explain RULE`: all there is to say about a rule, from its record.

use super::failure::Failure;
use crate::report::text::wrap;
use crate::rules;
use crate::rules::rule::Rule;
use anstyle::Style;
use std::io::{self, Write};

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Runs the command and gives the exit code.
pub fn run(name: &str, out: &mut dyn Write) -> Result<u8, Failure> {
    let Some(rule) = rules::find(name) else {
        return Err(Failure::new(format!("no rule is called “{name}”"), rules::suggest(name)));
    };
    explain(rule, out)?;
    Ok(0)
}

fn explain(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let Rule { name, summary, why, .. } = rule;
    let (desk, level) = (rule.family.name(), rule.default.name());
    writeln!(out, "{BOLD}{name}{BOLD:#}: {summary}")?;
    writeln!(out, "{FAINT}desk: {desk}   by default: {level}{FAINT:#}\n")?;
    for paragraph in why.split("\n\n") {
        indented(out, "", paragraph)?;
        writeln!(out)?;
    }
    for example in rule.examples {
        if example.draft.contains('«') {
            writeln!(out, "{BOLD}marked{BOLD:#}")?;
            quoted(out, example.draft)?;
            if let Some(fixed) = example.fixed {
                writeln!(out, "{BOLD}and corrected{BOLD:#}")?;
                quoted(out, fixed)?;
            }
        } else {
            writeln!(out, "{BOLD}let stand{BOLD:#}")?;
            quoted(out, example.draft)?;
        }
        if !example.guide.is_empty() {
            writeln!(out, "{BOLD}where the styleguide says{BOLD:#}")?;
            quoted(out, example.guide)?;
        }
    }
    let options = rules::page::options(rule);
    if !options.is_empty() {
        writeln!(out, "{BOLD}options{BOLD:#}, in styleguide.toml under [rules]")?;
        for option in &options {
            let rules::page::RuleOption { name, kind, default, text } = option;
            indented(out, "    ", &format!("{name} ({kind}, {default} unless you say otherwise): {text}"))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{BOLD}to change it{BOLD:#}")?;
    writeln!(out, "    in styleguide.toml, under [rules]:   {name} = \"off\"   (or note, warning, error)")?;
    writeln!(out, "    before a block that is to stand:     <!-- stet {name}: why -->")
}

fn quoted(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for line in text.lines() {
        if line.is_empty() {
            writeln!(out)?;
        } else {
            indented(out, "    ", line)?;
        }
    }
    writeln!(out)
}

fn indented(out: &mut dyn Write, indent: &str, text: &str) -> io::Result<()> {
    let room = 88 - indent.len();
    for line in wrap(text, room, room) {
        writeln!(out, "{indent}{line}")?;
    }
    Ok(())
}
