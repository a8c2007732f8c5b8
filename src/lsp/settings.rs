//! What a person set for the server in the editor, and may change at any time.
//!
//! How drafts are read is the guide's, never a setting's: the same draft has the same marks in every editor.

use super::log;
use serde_json::Value;

/// The settings; what is shown beside the marks is off until somebody asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `inlayHints.speakers`: before each quotation stands who says it.
    pub speakers: bool,
    /// `codeLens.counts`: over each draft stands how much is marked in it.
    pub counts: bool,
    /// `log.level`.
    pub log: log::Level,
}

/// The name under which clients keep the settings.
pub const SECTION: &str = "copydesk";

impl Settings {
    /// Takes over what a client says: the settings themselves, or an object that holds them under the server's name. What
    /// is not said, or is none of the choices, stays as it is.
    #[must_use]
    pub fn updated(mut self, said: &Value) -> Self {
        let said = said.get(SECTION).unwrap_or(said);
        let at = |table: &str, key: &str| said.get(table).and_then(|table| table.get(key));
        if let Some(on) = at("inlayHints", "speakers").and_then(Value::as_bool) {
            self.speakers = on;
        }
        if let Some(on) = at("codeLens", "counts").and_then(Value::as_bool) {
            self.counts = on;
        }
        if let Some(level) = at("log", "level").and_then(Value::as_str).and_then(log::Level::named) {
            self.log = level;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read_under_the_servers_name_or_without_it() {
        let said = json!({ "inlayHints": { "speakers": true }, "log": { "level": "debug" } });
        let settings = Settings::default().updated(&said);
        assert_eq!(settings, Settings { speakers: true, counts: false, log: log::Level::Debug });
        assert_eq!(Settings::default().updated(&json!({ "copydesk": said })), settings);
    }

    #[test]
    fn what_is_not_said_or_is_none_of_the_choices_stays() {
        let settings = Settings { speakers: true, counts: true, log: log::Level::Warning };
        for said in [
            json!(null),
            json!([]),
            json!({ "copydesk": null }),
            json!({ "inlayHints": { "speakers": "yes" }, "log": { "level": "loud" }, "codeLens": 7 }),
        ] {
            assert_eq!(settings.updated(&said), settings, "{said}");
        }
    }
}
