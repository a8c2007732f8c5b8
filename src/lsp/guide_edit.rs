//! Adds to a guide what an editor decided over a mark, and leaves the rest of it as it was written.
//!
//! Works on the guide's text: comments, order and layout are a person's. Knows no rule.

use crate::guide::error::GuideSource;
use crate::guide::value::{self, Located, Table, Value};
use crate::text::span::SrcSpan;
use std::sync::Arc;

/// What a guide is to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A word.
    Word(&'a str),
    /// A name, with no form that is wrong for it.
    Name(&'a str),
    /// A term that is let stand.
    Term(&'a str),
    /// A rule that is turned off.
    Off(&'a str),
}

/// The edit that adds an entry; `None` where the guide cannot be read, or has the entry.
pub fn edit(source: &Arc<GuideSource>, entry: Entry<'_>) -> Option<(SrcSpan, String)> {
    let guide = value::parse(source).ok()?;
    let text = &*source.text;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, inserted) = match entry {
        Entry::Word(word) => add_word(text, &guide, word, newline)?,
        Entry::Name(name) => add_to_table(text, &guide, "names", name, "[]", newline)?,
        Entry::Term(term) => add_to_table(text, &guide, "terms", term, "false", newline)?,
        Entry::Off(rule) => match level(&guide, rule) {
            Some(level) if level.value == Value::String("off".to_owned()) => return None,
            Some(level) => {
                return Some((SrcSpan::new(level.span.start as u32, level.span.end as u32), quoted("off")));
            }
            None => add_to_table(text, &guide, "rules", rule, "\"off\"", newline)?,
        },
    };
    Some((SrcSpan::new(at as u32, at as u32), inserted))
}

/// What a guide says of a rule's level.
fn level<'a>(guide: &'a Table, rule: &str) -> Option<&'a Located<Value>> {
    let (_, rules) = guide.iter().find(|(key, _)| key.value == "rules")?;
    let Value::Table(rules) = &rules.value else { return None };
    let (_, said) = rules.iter().find(|(key, _)| key.value == rule)?;
    match &said.value {
        Value::Table(options) => options.iter().find(|(key, _)| key.value == "level").map(|(_, level)| level),
        _ => Some(said),
    }
}

/// Adds to the list `words`, which must stand before the first table where there is none yet.
fn add_word(text: &str, guide: &Table, word: &str, newline: &str) -> Option<(usize, String)> {
    let quoted = quoted(word);
    let Some((_, list)) = guide.iter().find(|(key, _)| key.value == "words") else {
        let example = line_starting(text, "# words =");
        let at = example.map_or_else(|| before_tables(text, guide), |line| line_end(text, line));
        return Some((at, format!("{}words = [{quoted}]{newline}", break_before(text, at, newline))));
    };
    let Value::List(items) = &list.value else { return None };
    if items.iter().any(|item| item.value == Value::String(word.to_owned())) {
        return None;
    }
    let Some(last) = items.last() else {
        return Some((list.span.start + 1, quoted));
    };
    let line = &text[line_start(text, last.span.start)..last.span.start];
    if line.trim().is_empty() && items.len() > 1 {
        // One word a line: the new one gets its own.
        return Some((last.span.end, format!(",{newline}{line}{quoted}")));
    }
    Some((last.span.end, format!(", {quoted}")))
}

/// Adds `"key" = value` to a table, however it is written.
fn add_to_table(
    text: &str,
    guide: &Table,
    table: &str,
    key: &str,
    value: &str,
    newline: &str,
) -> Option<(usize, String)> {
    // The name of a rule needs no marks; a person's name may have anything in it.
    let written = if table == "rules" { key.to_owned() } else { quoted(key) };
    let entry = format!("{written} = {value}");
    let found = guide.iter().find(|(other, _)| other.value == table);
    if let Some((_, Located { value: Value::Table(entries), span })) = found {
        if entries.iter().any(|(other, _)| other.value == key) {
            return None;
        }
        if text[span.start..].starts_with('{') {
            let comma = if entries.is_empty() { " " } else { ", " };
            return Some((span.start + 1, format!(" {entry}{}", comma.trim_end_matches(' '))));
        }
    }
    let name = found.map(|(name, _)| line_start(text, name.span.start));
    match name.map(|line| (line, header(&text[line..]))) {
        Some((line, Some(header))) if header == table => {
            // Behind the table's last entry, else right below its header.
            let last = found.and_then(|(_, value)| match &value.value {
                Value::Table(entries) => entries.iter().map(|(_, value)| value.span.end).max(),
                _ => None,
            });
            let at = line_end(text, last.unwrap_or(line));
            Some((at, format!("{}{entry}{newline}", break_before(text, at, newline))))
        }
        // Dotted keys: one more of them.
        Some((line, None)) => Some((line, format!("{table}.{entry}{newline}"))),
        _ => {
            let gap = if text.is_empty() { "" } else { newline };
            let end = break_before(text, text.len(), newline);
            Some((text.len(), format!("{end}{gap}[{table}]{newline}{entry}{newline}")))
        }
    }
}

/// The name in a table's header, where a line is one.
fn header(line: &str) -> Option<&str> {
    let name = line.trim_start().strip_prefix('[')?.split(']').next()?;
    Some(name.trim().trim_matches(['"', '\'']))
}

/// The end of what stands before the first table: behind the last plain key, else the start of the text.
fn before_tables(text: &str, guide: &Table) -> usize {
    let header = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .find(|(_, line)| line.trim_start().starts_with('['))
        .map_or(text.len(), |(start, _)| start);
    let last = guide.iter().map(|(_, value)| value.span.end).filter(|&end| end <= header).max();
    match last {
        Some(end) => line_end(text, end),
        None if text.starts_with('\u{FEFF}') => '\u{FEFF}'.len_utf8(),
        None => 0,
    }
}

/// A string of TOML, in which JSON's escapes hold.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// The start of the next line, or the end of the text.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// A line break where the line before has none.
fn break_before<'a>(text: &str, at: usize, newline: &'a str) -> &'a str {
    let before = &text[..at];
    if before.is_empty() || before.ends_with(['\n', '\u{FEFF}']) { "" } else { newline }
}

/// Where a line begins that starts with these words.
fn line_starting(text: &str, words: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    lines.find(|(_, line)| line.starts_with(words)).map(|(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{STANDARD, read};
    use crate::text::edit::{self, Edit};

    fn source(text: &str) -> Arc<GuideSource> {
        Arc::new(GuideSource { path: "styleguide.toml".into(), text: text.into() })
    }

    fn added(guide: &str, entry: Entry<'_>) -> String {
        let (span, text) = super::edit(&source(guide), entry).unwrap();
        edit::apply(guide, &[Edit { span, text }]).unwrap()
    }

    #[test]
    fn a_word_goes_where_words_are() {
        let word = Entry::Word("paywall");
        assert_eq!(added("", word), "words = [\"paywall\"]\n");
        assert_eq!(added("words = []", word), "words = [\"paywall\"]");
        assert_eq!(added("words = [ \"a\" ] # x\n", word), "words = [ \"a\", \"paywall\" ] # x\n");
        assert_eq!(
            added("words = [\n  \"a\",\n  \"b\",\n]\n", word),
            "words = [\n  \"a\",\n  \"b\",\n  \"paywall\",\n]\n"
        );
        assert_eq!(
            added("language = \"en-GB\"\n\n# all\n[rules]\n", word),
            "language = \"en-GB\"\nwords = [\"paywall\"]\n\n# all\n[rules]\n"
        );
        assert_eq!(added("# a\r\n[rules]\r\n", word), "words = [\"paywall\"]\r\n# a\r\n[rules]\r\n");
    }

    #[test]
    fn a_name_goes_where_names_are() {
        let name = Entry::Name("Kim Jong Un");
        assert_eq!(added("", name), "[names]\n\"Kim Jong Un\" = []\n");
        assert_eq!(added("words = []", name), "words = []\n\n[names]\n\"Kim Jong Un\" = []\n");
        assert_eq!(
            added("[names] # ours\n\"A\" = []\n\n[rules]\n", name),
            "[names] # ours\n\"A\" = []\n\"Kim Jong Un\" = []\n\n[rules]\n"
        );
        assert_eq!(added("names = { A = [] }\n", name), "names = { \"Kim Jong Un\" = [], A = [] }\n");
        assert_eq!(added("names = {}\n", name), "names = { \"Kim Jong Un\" = []}\n");
        assert_eq!(added("[ \"names\" ]", name), "[ \"names\" ]\n\"Kim Jong Un\" = []\n");
        assert_eq!(
            added("[names.A]\nnot = []\n", name),
            "[names.A]\nnot = []\n\n[names]\n\"Kim Jong Un\" = []\n"
        );
        assert_eq!(added("names.A = []\n", name), "names.\"Kim Jong Un\" = []\nnames.A = []\n");
    }

    #[test]
    fn a_rule_is_turned_off_where_its_level_stands() {
        let off = Entry::Off("mixed-dashes");
        assert_eq!(added("", off), "[rules]\nmixed-dashes = \"off\"\n");
        assert_eq!(
            added("[rules]\nmixed-dashes = 'note' # x\n", off),
            "[rules]\nmixed-dashes = \"off\" # x\n"
        );
        assert_eq!(
            added("[rules.mixed-dashes]\nlevel = \"error\"\n", off),
            "[rules.mixed-dashes]\nlevel = \"off\"\n"
        );
        assert_eq!(super::edit(&source("[rules]\nmixed-dashes = \"off\""), off), None);
        // Options without a level: where it goes is a person's to decide.
        assert_eq!(super::edit(&source("[rules]\nleftover-text = {}"), Entry::Off("leftover-text")), None);
    }

    #[test]
    fn what_is_added_is_there_and_the_guide_still_reads() {
        let entries = [
            Entry::Word("it's “x”"),
            Entry::Name("O'\"x\" \\ y"),
            Entry::Term("utilize"),
            Entry::Off("name-variant"),
        ];
        for entry in entries {
            for guide in [STANDARD, "", "words = ['b']\n[names]\n[terms]\n", "\u{FEFF}# x\r\n[names]"] {
                let text = added(guide, entry);
                read::read(&source(&text)).unwrap();
                assert_eq!(super::edit(&source(&text), entry), None, "{text}");
            }
        }
    }
}
