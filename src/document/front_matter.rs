//! YAML and TOML front matter: which bytes it takes, and its fields that hold prose.
//!
//! Reads scalars, not documents: a field that is damaged or too clever is skipped, the others are still read.

use super::block::{BlockKind, Placed};
use super::builder::Builder;
use super::stet::Comment;
use crate::text::span::SrcSpan;

/// What stands before a draft.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// Where the draft begins, in bytes of the source.
    pub end: u32,
    pub blocks: Vec<Placed>,
    pub comments: Vec<Comment>,
}

/// The last word of a field's name that says that the field holds prose.
const PROSE: &[&str] = &[
    "title",
    "headline",
    "heading",
    "subtitle",
    "subheadline",
    "subheading",
    "subhead",
    "description",
    "summary",
    "abstract",
    "excerpt",
    "teaser",
    "caption",
    "alt",
    "deck",
    "dek",
    "standfirst",
    "kicker",
    "lead",
    "lede",
    "intro",
    "introduction",
    "blurb",
    "tagline",
    "strapline",
    "byline",
];

/// Reads the front matter of a file.
pub fn read(text: &str) -> FrontMatter {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let none = FrontMatter { end: start as u32, ..FrontMatter::default() };
    let Some(first) = text[start..].split_inclusive('\n').next() else { return none };
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return none;
    }
    let body = start + first.len();
    let mut at = body;
    let mut lines = Vec::new();
    for line in text[body..].split_inclusive('\n') {
        let words = line.trim_end();
        if words == fence || (words == "..." && fence == "---") {
            let is_yaml = fence == "---";
            if !lines
                .iter()
                .map(|line: &SrcSpan| line.of(text))
                .find(|line| !is_idle(line))
                .is_none_or(|line| has_key(line, is_yaml))
            {
                return none;
            }
            let mut reader = Reader { text, lines, is_yaml, out: FrontMatter::default() };
            reader.read();
            reader.out.end = (at + line.len()) as u32;
            return reader.out;
        }
        lines.push(SrcSpan::new(at as u32, (at + words.len()) as u32));
        at += line.len();
    }
    none
}

fn is_idle(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

fn has_key(line: &str, is_yaml: bool) -> bool {
    key(line, is_yaml).is_some() || (!is_yaml && line.starts_with('['))
}

/// A line's key and where its value begins in the line.
fn key(line: &str, is_yaml: bool) -> Option<(&str, usize)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut from = indent;
    while is_yaml && line[from..].starts_with("- ") {
        from += 2;
        from += line[from..].len() - line[from..].trim_start().len();
    }
    let rest = &line[from..];
    let mark = if is_yaml { ':' } else { '=' };
    let end = rest.find(mark)?;
    let name = rest[..end].trim().trim_matches(['"', '\'']);
    let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | ' ' | '@' | ':');
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_name) {
        return None;
    }
    let after = &rest[end + 1..];
    if is_yaml && !after.is_empty() && !after.starts_with([' ', '\t']) {
        return None;
    }
    Some((name, from + end + 1 + (after.len() - after.trim_start().len())))
}

fn is_prose(key: &str) -> bool {
    let mut word = key;
    let cut = key.rfind(|char: char| char.is_uppercase() || matches!(char, '_' | '-' | '.' | ':' | ' '));
    if let Some(at) = cut
        && key.chars().any(char::is_lowercase)
    {
        word = key[at..].trim_start_matches(['_', '-', '.', ':', ' ']);
    }
    let word = word.to_ascii_lowercase();
    PROSE.contains(&word.as_str())
}

struct Reader<'a> {
    text: &'a str,
    /// The lines between the fences, without white space at their ends.
    lines: Vec<SrcSpan>,
    is_yaml: bool,
    out: FrontMatter,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.lines.len() {
            at = self.line(at).max(at + 1);
        }
    }

    fn of(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |line| line.of(self.text))
    }

    /// Reads the field that begins on a line; returns the line after it, or 0 if there is no field.
    fn line(&mut self, index: usize) -> usize {
        let line = self.of(index);
        if is_idle(line) {
            return 0;
        }
        let Some((key, value)) = key(line, self.is_yaml) else { return 0 };
        let indent = indent(line);
        let kind = BlockKind::FrontMatter(key.to_ascii_lowercase().into());
        let is_stet = key == "stet" && indent == 0;
        let is_prose = is_prose(key);
        let at = self.lines[index].start + value as u32;
        let end = self.lines[index].end;
        if is_stet {
            return self.stet(index, at);
        }
        if !is_prose {
            return match self.of(index).get(value..).is_some_and(|value| value.starts_with(['|', '>'])) {
                true if self.is_yaml => self.after_block(index, indent),
                _ => 0,
            };
        }
        match self.text.as_bytes().get(at as usize) {
            _ if at >= end => self.plain_below(index, indent, kind),
            Some(b'"' | b'\'') => self.quoted(index, at, kind),
            Some(b'|' | b'>') if self.is_yaml => self.block(index, indent, kind),
            Some(b'[' | b'{' | b'&' | b'*' | b'!' | b'%' | b'@' | b'`' | b'#') => 0,
            Some(_) if self.is_yaml => self.plain(index, at, indent, kind),
            _ => 0,
        }
    }

    /// Rules to let stand in the whole file: a word, a list in brackets, or one below the other.
    fn stet(&mut self, index: usize, at: u32) -> usize {
        let mut next = index + 1;
        while next < self.lines.len() && self.is_yaml && self.of(next).trim_start().starts_with("- ") {
            next += 1;
        }
        if self.of(index).contains('[') && !self.of(index).contains(']') {
            while next < self.lines.len() && !self.of(next - 1).contains(']') {
                next += 1;
            }
        }
        let span = SrcSpan::new(self.lines[index].start, self.lines[next - 1].end);
        let body = SrcSpan::new(at.min(span.end), span.end);
        self.out.comments.push(Comment { span, body, file: true });
        next
    }

    /// A value that begins on the line below its key.
    fn plain_below(&mut self, index: usize, indent_of_key: usize, kind: BlockKind) -> usize {
        let below = self.of(index + 1);
        let deeper = self.is_yaml && indent(below) > indent_of_key && key(below, true).is_none();
        if !deeper || below.trim_start().starts_with(['-', '#', '[', '{', '|', '>', '"', '\'']) {
            return 0;
        }
        let at = self.lines[index + 1].start + indent(below) as u32;
        self.plain(index + 1, at, indent_of_key, kind)
    }

    /// A value without marks: to the end of the line, and over lines that are indented deeper than the key.
    fn plain(&mut self, index: usize, at: u32, indent_of_key: usize, kind: BlockKind) -> usize {
        let mut builder = Builder::default();
        let mut next = index;
        let mut from = at;
        let mut end = at;
        loop {
            let line = SrcSpan::new(from, self.lines[next].end);
            let words = line.of(self.text);
            let comment = words.find(" #").unwrap_or(words.len());
            if !builder.is_empty() {
                builder.either("\n", SrcSpan::new(end, from), self.text);
            }
            let words = words[..comment].trim_end();
            builder.verbatim(words, from);
            end = from + words.len() as u32;
            next += 1;
            let below = self.of(next);
            if comment < line.len() as usize || is_idle(below) || indent(below) <= indent_of_key {
                break;
            }
            from = self.lines[next].start + indent(below) as u32;
        }
        self.out.blocks.extend(builder.finish(kind, SrcSpan::new(at, end)));
        next
    }

    /// A YAML block scalar: the lines below that are indented deeper than the key.
    fn block(&mut self, index: usize, indent_of_key: usize, kind: BlockKind) -> usize {
        let end = self.after_block(index, indent_of_key);
        let mut builder = Builder::default();
        let mut open: Option<SrcSpan> = None;
        for at in index + 1..end {
            let line = self.of(at);
            let from = self.lines[at].start + indent(line) as u32;
            let words = SrcSpan::new(from.min(self.lines[at].end), self.lines[at].end);
            if words.is_empty() {
                if let Some(src) = open.take() {
                    self.out.blocks.extend(builder.finish(kind.clone(), src));
                }
                continue;
            }
            if let Some(src) = open {
                builder.either("\n", SrcSpan::new(src.end, words.start), self.text);
            }
            builder.verbatim(words.of(self.text), words.start);
            open = Some(SrcSpan::new(open.map_or(words.start, |src| src.start), words.end));
        }
        if let Some(src) = open {
            self.out.blocks.extend(builder.finish(kind, src));
        }
        end
    }

    fn after_block(&self, index: usize, indent_of_key: usize) -> usize {
        let below = (index + 1..self.lines.len()).find(|&at| {
            let line = self.of(at);
            !line.is_empty() && indent(line) <= indent_of_key
        });
        below.unwrap_or(self.lines.len())
    }

    /// A value in quotation marks, possibly over several lines.
    fn quoted(&mut self, index: usize, at: u32, kind: BlockKind) -> usize {
        let text = self.text;
        let Some(limit) = self.lines.last().map(|line| line.end as usize) else { return 0 };
        let value = &text[at as usize..limit];
        let long = ["\"\"\"", "'''"].into_iter().find(|mark| !self.is_yaml && value.starts_with(mark));
        let mark = long.unwrap_or(&value[..1]);
        let escapes = mark.starts_with('"');
        let mut builder = Builder::default();
        let mut rest = at as usize + mark.len();
        let start = rest as u32;
        loop {
            let inside = &text[rest..limit];
            let stop = inside.find(['"', '\'', '\\', '\n']).unwrap_or(inside.len());
            builder.verbatim(&inside[..stop], rest as u32);
            rest += stop;
            let inside = &text[rest..limit];
            let Some(char) = inside.chars().next() else { return 0 };
            let (decoded, length) = match char {
                '\\' if escapes => escape(inside),
                '\'' if mark == "'" && self.is_yaml && inside.starts_with("''") => ("'".into(), 2),
                _ if inside.starts_with(mark) => break,
                '\n' if self.is_yaml || long.is_some() => {
                    ("\n".into(), inside.len() - inside.trim_start().len())
                }
                '\n' => return 0,
                _ => (char.to_string(), char.len_utf8()),
            };
            if !(decoded == "\n" && builder.is_empty()) {
                builder.either(&decoded, SrcSpan::new(rest as u32, (rest + length) as u32), text);
            }
            rest += length;
        }
        let src = SrcSpan::new(start, rest as u32);
        self.out.blocks.extend(builder.finish(kind, src));
        self.lines.partition_point(|line| line.start <= src.end).max(index + 1)
    }
}

/// What an escape in a double-quoted value stands for, and its length in bytes.
fn escape(text: &str) -> (String, usize) {
    let Some(char) = text[1..].chars().next() else { return ("\\".into(), 1) };
    let digits = match char {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let hex = text.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        return match hex.and_then(char::from_u32) {
            Some(decoded) => (decoded.to_string(), 2 + digits),
            None => ("\\".into(), 1),
        };
    }
    let decoded = match char {
        'n' | 'r' => "\n".into(),
        't' => "\t".into(),
        '_' => "\u{A0}".into(),
        '\n' => String::new(),
        other => other.to_string(),
    };
    (decoded, 1 + char.len_utf8())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
