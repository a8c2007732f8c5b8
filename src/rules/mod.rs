//! The rules: one file each, grouped by desk, one line each in `ALL`.

pub mod names;
pub mod page;
pub mod quotes;
pub mod rule;
pub mod spelling;
pub mod structure;
pub mod style;

use crate::guide::error::GuideError;
use crate::guide::nearest::nearest;
use crate::guide::read::GuideFile;
use rule::Rule;

/// Every rule, by desk and then by name.
pub const ALL: &[&Rule] = &[
    // spelling
    &spelling::misspelled_word::RULE,
    &spelling::mixed_dialect::RULE,
    &spelling::repeated_word::RULE,
    &spelling::wrong_article::RULE,
    &spelling::wrong_form::RULE,
    &spelling::wrong_word::RULE,
    // names
    &names::name_variant::RULE,
    // quotes
    &quotes::unclosed_quote::RULE,
    // style
    &style::discouraged_term::RULE,
    &style::mixed_dashes::RULE,
    // structure
    &structure::duplicate_paragraph::RULE,
    &structure::leftover_text::RULE,
    &structure::unused_stet::RULE,
];

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// Reviews what a guide says about rules: each must be one of `ALL`, and its options must fit it.
pub fn review(file: &GuideFile) -> Result<(), GuideError> {
    for entry in file.rules() {
        let name = entry.name.value.as_str();
        let Some(rule) = find(name) else {
            let error =
                GuideError::at(&file.source, entry.name.span.clone(), format!("no rule is called “{name}”"));
            return Err(error.with_help(suggest(name)));
        };
        if rule.options.is_none() && !entry.options.is_empty() {
            let error = entry.options.error_at_key(None, format!("“{name}” has no options"));
            return Err(error.with_help("only its level can be set"));
        }
        (rule.build)(&entry.options)?;
    }
    Ok(())
}

/// What to do about the name of a rule that there is not.
pub fn suggest(name: &str) -> String {
    match nearest(name, ALL.iter().map(|rule| rule.name)) {
        Some(best) => format!("did you mean “{best}”? “copydesk explain {best}” tells what it finds"),
        None => "“copydesk rules” lists them all".to_owned(),
    }
}
