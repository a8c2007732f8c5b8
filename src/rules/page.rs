//! A rule's record as a page to read, and the schema of `styleguide.toml`: what the documentation is generated from.

use super::ALL;
use super::rule::{Example, Rule};
use serde_json::{Map, Value, json};

/// An option of a rule, as its schema describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOption {
    pub name: String,
    /// What a person would call its type.
    pub kind: String,
    /// The default, as TOML.
    pub default: String,
    pub text: String,
}

/// The options of a rule, by name.
pub fn options(rule: &Rule) -> Vec<RuleOption> {
    let Some(schema) = rule.options else { return Vec::new() };
    let schema = schema().to_value();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let option = |(name, property): (&String, &Value)| RuleOption {
        name: name.clone(),
        kind: kind(property),
        default: property.get("default").map_or_else(|| "nothing".to_owned(), Value::to_string),
        text: property.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " "),
    };
    properties.iter().map(option).collect()
}

/// `docs/rules.md`: every rule, by desk.
pub fn all() -> String {
    let mut out = String::from(
        "# The rules\n\nWritten by `cargo xtask docs` from the rules' records; `copydesk explain RULE` says the \
         same.\n\n| rule | desk | by default | the fault |\n|---|---|---|---|\n",
    );
    for rule in ALL {
        let Rule { name, summary, .. } = rule;
        let (desk, level) = (rule.family.name(), rule.default.name());
        out += &format!("| [{name}](#{name}) | {desk} | {level} | {summary} |\n");
    }
    for rule in ALL {
        out += &one(rule);
    }
    out
}

/// The schema of `styleguide.toml` (JSON Schema, draft 2020-12), for editors that complete and check TOML.
pub fn schema() -> Value {
    let text = || json!({"type": "string"});
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    let one_or_more = || json!({"anyOf": [text(), texts()]});
    let table = |properties: Value| json!({"type": "object", "properties": properties, "additionalProperties": false});
    let name =
        json!({"anyOf": [texts(), table(json!({"not": texts(), "except": texts(), "reason": text()}))]});
    let term = json!({"anyOf": [text(), texts(), {"const": false}, table(json!({
        "use": one_or_more(), "reason": text(), "except": texts(),
        "match-case": {"type": "boolean"}, "inflect": {"type": "boolean"},
    }))]});
    let layer = json!({
        "language": {"enum": crate::guide::Dialect::NAMES, "description": "The English of the house"},
        "words": described(texts(), "Words the house knows"),
        "dictionaries": described(one_or_more(), "Hunspell dictionaries (.dic, with .aff beside it)"),
        "names": {"description": "Names as the house spells them, each with the forms that are not to be used for it",
            "anyOf": [texts(), {"type": "object", "additionalProperties": name}]},
        "terms": {"description": "Terms the house replaces", "type": "object", "additionalProperties": term},
        "quotes": table(json!({
            "sources": described(one_or_more(), "Files that quotations are checked against"),
            "require-source": {"type": "boolean", "description": "Whether every quotation must stand in a source"},
        })),
        "rules": table(Value::Object(ALL.iter().map(|rule| (rule.name.to_owned(), rule_schema(rule))).collect())),
    });
    let mut over = layer.clone();
    over["paths"] = described(one_or_more(), "The drafts for which this holds");
    let mut over = table(over);
    over["required"] = json!(["paths"]);
    let mut file = layer;
    file["extends"] = described(one_or_more(), "Guides that this one builds on");
    file["files"] = table(json!({
        "include": described(one_or_more(), "Which files of a folder are drafts"),
        "exclude": described(one_or_more(), "Which files of a folder are not to be read"),
    }));
    file["overrides"] = json!({"type": "array", "items": over});
    let mut schema = table(file);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("copydesk's styleguide.toml");
    schema
}

/// The schema as a file holds it.
pub fn schema_text() -> String {
    format!("{:#}\n", schema())
}

/// The guide that ships with its lines about rules as they are now: each rule with its level by default, to be
/// uncommented. `None` where the guide has no place for them.
pub fn with_guide_lines(guide: &str) -> Option<String> {
    let (before, rest) = guide.split_once(GUIDE_BEGIN)?;
    let (_, after) = rest.split_once(GUIDE_END)?;
    Some(format!("{before}{GUIDE_BEGIN}{}{GUIDE_END}{after}", guide_lines()))
}

/// What stands before and after the lines about rules in the guide that ships.
const GUIDE_BEGIN: &str = "[rules]\n";
const GUIDE_END: &str = "# leftover-text = { level";

fn guide_lines() -> String {
    let longest =
        ALL.iter().map(|rule| rule.name.len() + rule.default.name().len()).max().unwrap_or_default();
    let mut out = String::new();
    for rule in ALL {
        let (name, level) = (rule.name, rule.default.name());
        let gap = longest - name.len() - level.len();
        out += &format!("# {name} = \"{level}\"{:gap$}   # {}\n", "", rule.summary);
    }
    out
}

fn one(rule: &Rule) -> String {
    let Rule { name, why, .. } = rule;
    let mut out = format!("\n## {name}\n\n{why}\n");
    for Example { draft, fixed, guide } in rule.examples {
        let title = if draft.contains('«') { "Marked:" } else { "Let stand:" };
        out += &format!("\n{title}\n\n{}", fenced("text", draft));
        if let Some(fixed) = fixed.filter(|fixed| fixed != draft) {
            out += &format!("\nCorrected:\n\n{}", fenced("text", fixed));
        }
        if !guide.is_empty() {
            out += &format!("\nwhere the styleguide says\n\n{}", fenced("toml", guide));
        }
    }
    let options = options(rule);
    if !options.is_empty() {
        out += "\n| option | type | default | |\n|---|---|---|---|\n";
        for RuleOption { name, kind, default, text } in &options {
            out += &format!("| `{name}` | {kind} | `{default}` | {text} |\n");
        }
    }
    out
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

fn kind(property: &Value) -> String {
    if let Some(choices) = property.get("enum").and_then(Value::as_array) {
        let choices: Vec<String> = choices.iter().map(Value::to_string).collect();
        return choices.join(" or ");
    }
    match property.get("type").and_then(Value::as_str) {
        Some("integer") => "whole number".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("array") => "list".to_owned(),
        Some("object") => "table".to_owned(),
        Some("string") => "text".to_owned(),
        Some(other) => other.to_owned(),
        None => "value".to_owned(),
    }
}

fn described(mut schema: Value, text: &str) -> Value {
    schema["description"] = json!(text);
    schema
}

fn rule_schema(rule: &Rule) -> Value {
    let level = json!({"enum": crate::guide::Level::NAMES});
    let mut properties = match rule.options {
        Some(schema) => schema().to_value().get("properties").and_then(Value::as_object).cloned(),
        None => None,
    }
    .unwrap_or_else(Map::new);
    properties.insert("level".to_owned(), level.clone());
    let table = json!({"type": "object", "properties": properties, "additionalProperties": false});
    described(json!({"anyOf": [level, table]}), rule.summary)
}
