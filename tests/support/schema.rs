//! Validates JSON against a JSON Schema (drafts 4 to 7), as far as the schemas of `tests/schemas` use the language. A word
//! of it that is not known here is an error, so that nothing is passed over.

use regex_lite::Regex;
use serde_json::Value;

/// What in `value` is not as the schema has it, each with its place.
pub fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    check(schema, schema, value, "", &mut out);
    out
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    let words = schema.as_object().expect("a schema is an object");
    if let Some(reference) = words.get("$ref") {
        let reference =
            reference.as_str().and_then(|text| text.strip_prefix('#')).expect("within the schema");
        return check(root, root.pointer(reference).expect("a definition"), value, at, out);
    }
    let passes = |schema: &Value| {
        let mut errors = Vec::new();
        check(root, schema, value, at, &mut errors);
        errors.is_empty()
    };
    let list = |word: &Value| word.as_array().cloned().expect("a list");
    for (name, word) in words {
        let good = match name.as_str() {
            "type" => is_a(word, value),
            "enum" => list(word).contains(value),
            "const" => word == value,
            "anyOf" => list(word).iter().any(passes),
            "oneOf" => list(word).iter().filter(|schema| passes(schema)).count() == 1,
            "minimum" => value.as_f64().is_none_or(|number| number >= word.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= word.as_f64().unwrap()),
            "minLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as u64 >= word.as_u64().unwrap())
            }
            "pattern" => {
                value.as_str().is_none_or(|text| Regex::new(word.as_str().unwrap()).unwrap().is_match(text))
            }
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= word.as_u64().unwrap()),
            "uniqueItems" => value
                .as_array()
                .is_none_or(|items| (1..items.len()).all(|index| !items[..index].contains(&items[index]))),
            "required" => value.as_object().is_none_or(|object| {
                list(word).iter().all(|name| object.contains_key(name.as_str().unwrap()))
            }),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, word, item, &format!("{at}/{index}"), out);
                }
                true
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = word.get(name) {
                        check(root, schema, value, &format!("{at}/{name}"), out);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                for (name, value) in
                    others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)))
                {
                    let at = format!("{at}/{name}");
                    match word {
                        Value::Bool(true) => {}
                        Value::Bool(false) => out.push(format!("{at}: the schema has no such property")),
                        schema => check(root, schema, value, &at, out),
                    }
                }
                true
            }
            "$schema" | "$id" | "title" | "description" | "default" | "definitions" | "format" => true,
            other => panic!("{at}: the word {other} of the schema is not known here"),
        };
        if !good {
            out.push(format!("{at}: {name} {word} does not hold for {value}"));
        }
    }
}

fn is_a(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        _ => kind.as_array().expect("a type or several").iter().any(|kind| is_a(kind, value)),
    }
}
