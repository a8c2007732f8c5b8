//! Rules as the command line wants them, over what the guide says.

use super::arguments::RuleArguments;
use super::failure::Failure;
use crate::finding::Severity;
use crate::guide::{Guide, Level};
use crate::rules;

/// Refuses names of rules that there are not.
pub fn review(arguments: &RuleArguments) -> Result<(), Failure> {
    let RuleArguments { only, allow, warn, deny } = arguments;
    for name in [only, allow, warn, deny].into_iter().flatten() {
        if rules::find(name).is_none() {
            return Err(Failure::new(format!("no rule is called “{name}”"), rules::suggest(name)));
        }
    }
    Ok(())
}

/// Whether the command line says anything about rules.
pub fn is_silent(arguments: &RuleArguments) -> bool {
    let RuleArguments { only, allow, warn, deny } = arguments;
    [only, allow, warn, deny].into_iter().all(Vec::is_empty)
}

/// Sets the levels that the command line asks for.
pub fn apply(arguments: &RuleArguments, guide: &mut Guide) {
    if !arguments.only.is_empty() {
        for rule in rules::ALL {
            let setting = guide.rules.entry(rule.name.to_owned()).or_default();
            let named = arguments.only.iter().any(|name| name == rule.name);
            // A rule that is asked for by name speaks, even where the guide turned it off.
            let level = setting.level.unwrap_or(rule.default);
            setting.level = Some(match level {
                _ if !named => Level::Off,
                Level::Off => Level::On(Severity::Warning),
                level => level,
            });
        }
    }
    let lists = [
        (&arguments.allow, Level::Off),
        (&arguments.warn, Level::On(Severity::Warning)),
        (&arguments.deny, Level::On(Severity::Error)),
    ];
    for (names, level) in lists {
        for name in names {
            guide.rules.entry(name.clone()).or_default().level = Some(level);
        }
    }
}
