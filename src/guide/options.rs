//! A rule's options as the guide gives them, before the rule reads them.

use serde::de::DeserializeOwned;

/// The options of one rule; by default none are given.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub table: Option<toml::Table>,
}

impl Options {
    /// Reads the options into the struct that a rule declares for them (`deny_unknown_fields`, all fields with
    /// defaults).
    pub fn read<T: DeserializeOwned + Default>(&self) -> Result<T, toml::de::Error> {
        match &self.table {
            Some(table) => table.clone().try_into(),
            None => Ok(T::default()),
        }
    }
}
