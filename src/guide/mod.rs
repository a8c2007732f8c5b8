//! The house style: what a `styleguide.toml` says.

pub mod options;

use crate::finding::Severity;
use options::Options;
use std::collections::BTreeMap;

/// A guide as it holds for one draft: defaults, extended guides and overrides for its path are settled.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    pub language: Dialect,
    /// What the guide says about a rule, by the rule's name.
    pub rules: BTreeMap<String, RuleSetting>,
}

/// What a guide says about a rule. `None` leaves it as the rule's record has it.
#[derive(Clone, Debug, Default)]
pub struct RuleSetting {
    pub level: Option<Level>,
    pub options: Options,
}

/// Whether a rule speaks, and how loud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    On(Severity),
}

/// A national standard of English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    #[default]
    American,
    British,
    Canadian,
    Australian,
}
