//! Help while a guide is written: its keys, the rules and their levels, and what each of them means.
//!
//! What a key means stands in the guide that copydesk ships with, above the key: nowhere else.

use super::snapshot::Sheet;
use crate::guide::read::{FILE_KEYS, FILES_KEYS, LAYER_KEYS, QUOTES_KEYS};
use crate::guide::{Dialect, Level, STANDARD};
use crate::rules;
use crate::text::lines::Unit;
use crate::text::span::SrcSpan;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, Documentation, Hover, HoverContents, MarkupContent, MarkupKind,
};

/// What could be written at an offset of a guide.
pub fn complete(guide: &Sheet, offset: u32) -> Vec<CompletionItem> {
    let before = guide.text.get(..offset as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim_start().starts_with(['#', '[']) {
        return Vec::new();
    }
    let table = table_at(before);
    if let Some((key, value)) = line.split_once('=') {
        let values = match (table.as_str(), key.trim()) {
            ("" | "overrides", "language") => Dialect::NAMES,
            ("rules", _) => Level::NAMES,
            (table, "level") if table.starts_with("rules.") => Level::NAMES,
            _ => return Vec::new(),
        };
        let quoted = value.contains(['"', '\'']);
        return values
            .iter()
            .map(|value| {
                let insert = if quoted { (*value).to_owned() } else { format!("\"{value}\"") };
                CompletionItem { insert_text: Some(insert), ..item(value, CompletionItemKind::VALUE) }
            })
            .collect();
    }
    match table.as_str() {
        "" => keys(LAYER_KEYS).chain(keys(FILE_KEYS)).collect(),
        "overrides" => keys(&["paths"]).chain(keys(LAYER_KEYS)).collect(),
        "files" => keys(FILES_KEYS).collect(),
        "quotes" => keys(QUOTES_KEYS).collect(),
        "rules" => rules::ALL
            .iter()
            .map(|rule| CompletionItem {
                detail: Some(rule.summary.to_owned()),
                documentation: Some(Documentation::String(rule.why.to_owned())),
                ..item(rule.name, CompletionItemKind::PROPERTY)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What the word at an offset of a guide means: a rule, or a key.
pub fn hover(guide: &Sheet, offset: u32, unit: Unit) -> Option<Hover> {
    let text = &*guide.text;
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '-';
    let offset = offset as usize;
    let start = text.get(..offset)?.rfind(|char| !is_name(char)).map_or(0, |at| at + 1);
    let start = (start..=offset).find(|&at| text.is_char_boundary(at))?;
    let end = text[offset..].find(|char| !is_name(char)).map_or(text.len(), |at| offset + at);
    let word = text.get(start..end).filter(|word| !word.is_empty())?;
    let value = match rules::find(word) {
        Some(rule) => format!("{}: {}\n\n{}", rule.name, rule.summary, rule.why),
        None => meaning(word)?,
    };
    let span = SrcSpan::new(start as u32, end as u32);
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::PlainText, value }),
        range: Some(guide.range(span, unit)),
    })
}

fn keys(keys: &'static [&'static str]) -> impl Iterator<Item = CompletionItem> {
    keys.iter().map(|key| CompletionItem { detail: meaning(key), ..item(key, CompletionItemKind::PROPERTY) })
}

fn item(label: &str, kind: CompletionItemKind) -> CompletionItem {
    CompletionItem { label: label.to_owned(), kind: Some(kind), ..CompletionItem::default() }
}

/// The table that the end of a stretch of a guide stands in, by its name; empty before the first.
fn table_at(before: &str) -> String {
    let header = before.lines().rev().find_map(|line| line.trim_start().strip_prefix('['));
    let name = header.map(|header| header.trim_start_matches('[').split(']').next().unwrap_or_default());
    name.unwrap_or_default().trim().to_owned()
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

    fn guide(marked: &str) -> (Sheet, u32) {
        let offset = marked.find('|').unwrap();
        let uri = "file:///styleguide.toml".parse().unwrap();
        (Sheet::new(uri, marked.replace('|', "").into()), offset as u32)
    }

    fn labels(marked: &str) -> Vec<String> {
        let (guide, offset) = guide(marked);
        complete(&guide, offset).into_iter().map(|item| item.label).collect()
    }

    #[test]
    fn keys_rules_and_levels_are_offered_where_they_belong() {
        assert!(labels("la|").contains(&"language".to_owned()));
        assert!(labels("[rules]\nmi|").contains(&"mixed-dashes".to_owned()));
        assert_eq!(labels("[rules]\nmixed-dashes = |"), Level::NAMES);
        assert_eq!(labels("language = \"|"), Dialect::NAMES);
        assert_eq!(labels("# la|"), [""; 0]);
        assert_eq!(labels("[names]\nA|"), [""; 0]);
    }

    #[test]
    fn a_hover_says_what_a_rule_or_a_key_means() {
        let says = |marked: &str| {
            let (guide, offset) = guide(marked);
            match hover(&guide, offset, Unit::Utf16)?.contents {
                HoverContents::Markup(markup) => Some(markup.value),
                _ => None,
            }
        };
        assert!(says("[rules]\nmixed-da|shes = \"off\"").unwrap().starts_with("mixed-dashes: "));
        assert!(says("“é” w|ords = []").unwrap().contains("house knows"));
        assert_eq!(says("x = |"), None);
    }

    #[test]
    fn every_key_has_a_meaning() {
        for key in LAYER_KEYS.iter().chain(FILE_KEYS) {
            assert!(meaning(key).is_some(), "{key}");
        }
    }
}
