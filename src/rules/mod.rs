//! The rules: one file each, grouped by desk, one line each in `ALL`.

pub mod names;
pub mod quotes;
pub mod rule;
pub mod spelling;
pub mod structure;
pub mod style;

use rule::Rule;

/// Every rule, by desk and then by name.
pub const ALL: &[&Rule] = &[
    // spelling
    // names
    &names::name_variant::RULE,
    // quotes
    &quotes::unclosed_quote::RULE,
    // style
    &style::mixed_dashes::RULE,
    // structure
];

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
