//! Help while a guide is written: its tables, keys, rules, options and values, and what each of them means.
//!
//! What may stand where is the schema's, what a key means stands in the guide that copydesk ships with, above the key:
//! nothing of it is said here again.

use super::snapshot::Sheet;
use crate::guide::STANDARD;
use crate::rules;
use crate::rules::page;
use crate::text::lines::Unit;
use crate::text::span::SrcSpan;
use serde_json::Value;
use std::sync::LazyLock;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, Hover, HoverContents,
    MarkupContent, MarkupKind, TextEdit,
};

static SCHEMA: LazyLock<Value> = LazyLock::new(page::schema);

/// What could be written at an offset of a guide.
pub fn complete(guide: &Sheet, offset: u32, unit: Unit) -> Vec<CompletionItem> {
    let before = guide.text.get(..offset as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let start = before.len() - before.rsplit(|char| !is_name(char)).next().unwrap_or_default().len();
    let range = guide.range(SrcSpan::new(start as u32, offset), unit);
    let offers = match place(line) {
        Place::Comment => Vec::new(),
        Place::Header { list } => tables(list),
        Place::Key(within) => {
            let path = [table_at(before), within].concat();
            find(&path).iter().flat_map(|node| keys(node)).collect()
        }
        Place::Value(within) => {
            let path = [table_at(before), within].concat();
            let quoted = before[..start].ends_with(['"', '\'']);
            find(&path).iter().flat_map(|node| values(node, quoted)).collect()
        }
    };
    let item = |Offer { label, insert, kind, detail, documentation }| CompletionItem {
        label,
        kind: Some(kind),
        detail,
        documentation: documentation.map(Documentation::String),
        // Names have hyphens in them, which many an editor takes for the end of a word.
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, insert))),
        ..CompletionItem::default()
    };
    offers.into_iter().map(item).collect()
}

/// What the word at an offset of a guide means: a rule, an option, or a key.
pub fn hover(guide: &Sheet, offset: u32, unit: Unit) -> Option<Hover> {
    let text = &*guide.text;
    let offset = offset as usize;
    let start = text.get(..offset)?.rfind(|char| !is_name(char)).map_or(0, |at| at + 1);
    let start = (start..=offset).find(|&at| text.is_char_boundary(at))?;
    let end = text[offset..].find(|char| !is_name(char)).map_or(text.len(), |at| offset + at);
    let word = text.get(start..end).filter(|word| !word.is_empty())?;
    let before = &text[..start];
    let path = match place(before.rsplit('\n').next().unwrap_or_default()) {
        Place::Key(within) => [table_at(before), within, vec![word.to_owned()]].concat(),
        Place::Header { .. } => vec![word.to_owned()],
        Place::Value(_) | Place::Comment => return None,
    };
    let value = match rules::find(word) {
        Some(rule) => format!("{}: {}\n\n{}", rule.name, rule.summary, rule.why),
        None => meaning(word).or_else(|| find(&path).into_iter().find_map(description))?,
    };
    let span = SrcSpan::new(start as u32, end as u32);
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::PlainText, value }),
        range: Some(guide.range(span, unit)),
    })
}

/// Something that could be written.
struct Offer {
    label: String,
    insert: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    documentation: Option<String>,
}

/// What the end of a line's beginning is about to say.
enum Place {
    Comment,
    /// A table's name; `list` where it is one of several tables of that name.
    Header {
        list: bool,
    },
    /// A key, in these keys' inline tables.
    Key(Vec<String>),
    /// The value of the last of these keys.
    Value(Vec<String>),
}

fn place(line: &str) -> Place {
    let line = line.trim_start();
    if line.starts_with('[') && !line.contains('=') {
        return if line.contains(']') {
            Place::Comment
        } else {
            Place::Header { list: line.starts_with("[[") }
        };
    }
    let mut keys = Vec::new();
    let mut quote = None;
    // How many lists are open.
    let mut depth = 0_usize;
    let mut word = 0;
    let mut value = false;
    for (at, char) in line.char_indices() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(char),
            (None, '#') => return Place::Comment,
            (None, '=') if !value => {
                keys.extend(names(&line[word..at]));
                value = true;
            }
            (None, '{') if value => (word, value) = (at + 1, false),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            // The value is complete: another key of the same table follows.
            (None, ',') if value && depth == 0 => {
                keys.pop();
                (word, value) = (at + 1, false);
            }
            _ => {}
        }
    }
    if value { Place::Value(keys) } else { Place::Key(keys) }
}

/// The tables of a guide; those of which there may be several, or the others.
fn tables(list: bool) -> Vec<Offer> {
    let Some(properties) = SCHEMA["properties"].as_object() else { return Vec::new() };
    let wanted = properties.iter().filter(|(_, node)| match list {
        true => node["items"]["properties"].is_object(),
        false => {
            let mut choices = node["anyOf"].as_array().into_iter().flatten();
            node["type"] == "object" || choices.any(|node| node["type"] == "object")
        }
    });
    wanted
        .map(|(name, node)| Offer {
            label: name.clone(),
            insert: name.clone(),
            kind: CompletionItemKind::MODULE,
            detail: meaning(name).or_else(|| description(node)),
            documentation: None,
        })
        .collect()
}

/// The keys that a table may have.
fn keys(node: &Value) -> Vec<Offer> {
    let Some(properties) = node["properties"].as_object() else { return Vec::new() };
    properties
        .iter()
        .map(|(name, node)| {
            let rule = rules::find(name);
            Offer {
                label: name.clone(),
                insert: name.clone(),
                kind: CompletionItemKind::PROPERTY,
                detail: match rule {
                    Some(rule) => Some(rule.summary.to_owned()),
                    None => meaning(name).or_else(|| description(node)),
                },
                documentation: rule.map(|rule| rule.why.to_owned()),
            }
        })
        .collect()
}

/// The values among which a key's may be chosen.
fn values(node: &Value, quoted: bool) -> Vec<Offer> {
    let choices: Vec<Value> = match (node["enum"].as_array(), &node["const"], &node["type"]) {
        (Some(choices), _, _) => choices.clone(),
        (None, Value::Bool(only), _) => vec![(*only).into()],
        (None, _, Value::String(kind)) if kind == "boolean" => vec![true.into(), false.into()],
        _ => Vec::new(),
    };
    let offer = |choice: Value| {
        let label = choice.as_str().map_or_else(|| choice.to_string(), str::to_owned);
        let insert = if quoted { label.clone() } else { choice.to_string() };
        let kind = CompletionItemKind::VALUE;
        Offer { label, insert, kind, detail: None, documentation: None }
    };
    choices.into_iter().map(offer).collect()
}

/// What the schema says of a place, by the keys that lead to it.
fn find(path: &[String]) -> Vec<&'static Value> {
    let mut nodes = vec![&*SCHEMA];
    for name in path {
        let inner = nodes.iter().flat_map(|node| alternatives(node)).filter_map(|node| {
            let named = node["properties"].get(name.as_str());
            named.or_else(|| Some(&node["additionalProperties"]).filter(|other| other.is_object()))
        });
        nodes = inner.collect();
    }
    nodes.into_iter().flat_map(alternatives).collect()
}

/// What may stand in one place: the schema itself, what it chooses among, what its list is made of.
fn alternatives(node: &Value) -> Vec<&Value> {
    let mut out = vec![node];
    out.extend(node["anyOf"].as_array().into_iter().flatten());
    out.extend(Some(&node["items"]).filter(|items| items["properties"].is_object()));
    out
}

fn description(node: &Value) -> Option<String> {
    node["description"].as_str().map(str::to_owned)
}

fn is_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '-'
}

/// The table that the end of a stretch of a guide stands in, by the keys that lead to it; none before the first.
fn table_at(before: &str) -> Vec<String> {
    let lines = before.rsplit('\n').skip(1).map(str::trim_start);
    let header = lines.filter(|line| !line.contains('=')).find_map(|line| line.strip_prefix('['));
    let name = header.map(|header| header.trim_start_matches('[').split(']').next().unwrap_or_default());
    names(name.unwrap_or_default())
}

/// The names in a dotted key.
fn names(key: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = key.trim();
    while !rest.is_empty() {
        let open = rest.chars().next().filter(|char| matches!(char, '"' | '\''));
        let end = match open {
            Some(quote) => rest[1..].find(quote).map_or(rest.len(), |at| at + 2),
            None => rest.find('.').unwrap_or(rest.len()),
        };
        out.push(rest[..end].trim().trim_matches(['"', '\'']).to_owned());
        rest = rest[end..].trim_start().trim_start_matches('.').trim_start();
    }
    out
}

/// What the shipped guide says above a key or a table.
fn meaning(key: &str) -> Option<String> {
    let lines: Vec<&str> = STANDARD.lines().collect();
    let is_key = |line: &str| {
        let line = line.trim_start_matches(['#', ' ', '[']);
        let rest = line.strip_prefix(key).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(['=', ']']))
    };
    let at = lines.iter().position(|line| is_key(line))?;
    let is_prose = |line: &&&str| line.starts_with("# ") && !line.contains(" = ");
    let above: Vec<&str> = lines[..at].iter().rev().take_while(is_prose).map(|line| &line[2..]).collect();
    (!above.is_empty()).then(|| above.into_iter().rev().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::read::{FILE_KEYS, LAYER_KEYS};
    use crate::guide::{Dialect, Level};
    use crate::text::edit::{self, Edit};

    fn guide(marked: &str) -> (Sheet, u32) {
        let offset = marked.find('|').unwrap();
        let uri = "file:///styleguide.toml".parse().unwrap();
        (Sheet::new(uri, marked.replace('|', "").into()), offset as u32)
    }

    fn labels(marked: &str) -> Vec<String> {
        let (guide, offset) = guide(marked);
        complete(&guide, offset, Unit::Utf8).into_iter().map(|item| item.label).collect()
    }

    /// The guide after what was offered was taken.
    fn taken(marked: &str, label: &str) -> String {
        let (guide, offset) = guide(marked);
        let items = complete(&guide, offset, Unit::Utf8);
        let item = items.into_iter().find(|item| item.label == label).unwrap();
        let Some(CompletionTextEdit::Edit(TextEdit { range, new_text })) = item.text_edit else { panic!() };
        let span = SrcSpan::new(guide.offset(range.start, Unit::Utf8), guide.offset(range.end, Unit::Utf8));
        edit::apply(&guide.text, &[Edit { span, text: new_text }]).unwrap()
    }

    #[test]
    fn tables_keys_rules_and_levels_are_offered_where_they_belong() {
        assert!(labels("la|").contains(&"language".to_owned()));
        assert!(labels("[rules]\nmi|").contains(&"mixed-dashes".to_owned()));
        assert_eq!(labels("[rules]\nmixed-dashes = |"), Level::NAMES);
        assert_eq!(labels("rules.mixed-dashes = \"|"), Level::NAMES);
        assert_eq!(labels("language = \"|"), Dialect::NAMES);
        assert_eq!(labels("[[overrides]]\npaths = ['a']\nlanguage = |"), Dialect::NAMES);
        assert_eq!(labels("[|"), ["files", "names", "quotes", "rules", "terms"]);
        assert_eq!(labels("[[|"), ["overrides"]);
        assert!(labels("[[overrides]]\n|").contains(&"paths".to_owned()));
        for nowhere in ["# la|", "[names]\nA|", "language = \"en-US\" # |", "[rules] |", "words = [\"|"] {
            assert_eq!(labels(nowhere), [""; 0], "{nowhere}");
        }
    }

    #[test]
    fn the_options_of_a_rule_and_of_an_entry_are_offered() {
        let offered = labels("[rules]\nleftover-text = { l|");
        assert!(
            offered.contains(&"level".to_owned()) && offered.contains(&"phrases".to_owned()),
            "{offered:?}"
        );
        assert_eq!(labels("[rules.leftover-text]\nlevel = |"), Level::NAMES);
        assert_eq!(labels("[rules]\nleftover-text = { phrases = ['a', 'b'], level = '|"), Level::NAMES);
        assert_eq!(labels("[terms]\n\"a.b\" = { use = 'c', inflect = |"), ["true", "false"]);
        assert_eq!(labels("[names]\nKyiv = { |"), ["except", "not", "reason"]);
    }

    #[test]
    fn what_is_offered_takes_the_place_of_what_was_begun() {
        assert_eq!(taken("[rules]\nname-|", "name-variant"), "[rules]\nname-variant");
        assert_eq!(taken("[rules]\nname-variant = |", "off"), "[rules]\nname-variant = \"off\"");
        assert_eq!(taken("[rules]\nname-variant = \"o|\"", "off"), "[rules]\nname-variant = \"off\"");
        assert_eq!(taken("[ru|]", "rules"), "[rules]");
    }

    #[test]
    fn a_hover_says_what_a_rule_an_option_or_a_key_means() {
        let says = |marked: &str| {
            let (guide, offset) = guide(marked);
            match hover(&guide, offset, Unit::Utf16)?.contents {
                HoverContents::Markup(markup) => Some(markup.value),
                _ => None,
            }
        };
        assert!(says("[rules]\nmixed-da|shes = \"off\"").unwrap().starts_with("mixed-dashes: "));
        assert!(says("# “é”\nw|ords = []").unwrap().contains("house knows"));
        assert!(says("[ru|les]").is_some());
        assert!(says("[rules]\nleftover-text = { phra|ses = [] }").unwrap().contains("phrases"));
        assert_eq!(says("x = |"), None);
        assert_eq!(says("# wor|ds"), None);
    }

    #[test]
    fn every_key_has_a_meaning() {
        for key in LAYER_KEYS.iter().chain(FILE_KEYS) {
            assert!(meaning(key).is_some(), "{key}");
        }
    }
}
