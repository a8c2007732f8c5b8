//! Reads the training corpora: documents in a fixed order, and the words in them.
//!
//! Invariant: the same corpora give the same documents in the same order, so that what is built from them
//! can be rebuilt byte for byte. This file must never know what is counted.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A corpus by the stem of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corpus {
    /// US news articles; only what stands in three articles or more may be kept.
    News,
    /// Press releases of the US Senate.
    Press,
    /// Textbooks.
    Textbooks,
    /// Government web writing.
    Web,
    /// Speeches before the United Nations.
    Speeches,
    /// State of the Union addresses; half of them of the 19th century.
    Addresses,
    /// The CIA Factbook.
    Factbook,
    /// Diplomatic history.
    Diplomacy,
}

pub const ALL: [Corpus; 8] = [
    Corpus::News,
    Corpus::Press,
    Corpus::Textbooks,
    Corpus::Web,
    Corpus::Speeches,
    Corpus::Addresses,
    Corpus::Factbook,
    Corpus::Diplomacy,
];

impl Corpus {
    fn file(self) -> &'static str {
        match self {
            Corpus::News => "text/news-train.jsonl",
            Corpus::Press => "text/grimmer_press_clean.txt",
            Corpus::Textbooks => "text/openstax.txt",
            Corpus::Web => "text/digitalgov_18f.txt",
            Corpus::Speeches => "text/ungdc.txt",
            Corpus::Addresses => "text/sotu.txt",
            Corpus::Factbook => "text/factbook.txt",
            Corpus::Diplomacy => "text/frus_history.txt",
        }
    }
}

/// One article, or one paragraph of a corpus that does not mark its articles.
pub struct Document<'a> {
    /// Who published it; empty where the corpus does not say.
    pub source: &'a str,
    pub text: &'a str,
}

/// Calls `each` for every document of a corpus, in the order of its file.
pub fn documents(root: &Path, corpus: Corpus, each: &mut dyn FnMut(Document<'_>)) -> io::Result<()> {
    for line in lines(root, corpus.file())? {
        let line = line?;
        if corpus != Corpus::News {
            each(Document { source: "", text: &line });
            continue;
        }
        let record: serde_json::Value = serde_json::from_str(&line)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default();
        each(Document { source: field("source"), text: field("title") });
        each(Document { source: field("source"), text: field("text") });
    }
    Ok(())
}

/// The lines of `root/name`, of `root/name.xz` (by the `xz` program), or of the file's bare name in `root`.
pub fn lines(root: &Path, name: &str) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    let reader: Box<dyn Read> = match open(root, name) {
        Found::Plain(path) => Box::new(File::open(path)?),
        Found::Packed(path) => {
            let child = Command::new("xz").arg("-dc").arg(path).stdout(Stdio::piped()).spawn()?;
            Box::new(child.stdout.ok_or_else(|| io::Error::other("xz gives no output"))?)
        }
        Found::Nothing => return Err(io::Error::new(io::ErrorKind::NotFound, name.to_owned())),
    };
    Ok(BufReader::with_capacity(1 << 20, reader).lines())
}

enum Found {
    Plain(PathBuf),
    Packed(PathBuf),
    Nothing,
}

fn open(root: &Path, name: &str) -> Found {
    let bare = name.rsplit('/').next().unwrap_or(name);
    for plain in [root.join(name), root.join(bare)] {
        if plain.is_file() {
            return Found::Plain(plain);
        }
    }
    let packed = root.join(format!("{name}.xz"));
    if packed.is_file() { Found::Packed(packed) } else { Found::Nothing }
}

/// A word as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// Letters with inner apostrophes, no possessive ending, no hyphen.
    pub text: &'a str,
    /// Bytes of the text before it.
    pub start: usize,
    /// First of a sentence, a line, a quotation or a bracket: its capital says nothing.
    pub initial: bool,
    /// A hyphen stands right before it.
    pub hyphened: bool,
    /// A hyphen stands right after it.
    pub hyphen_after: bool,
    /// Joined to a digit, `@`, `#`, `/`, `_` or a dot within the word: no ordinary word.
    pub code: bool,
}

/// The words of a text, in order.
pub fn words(text: &str, each: &mut dyn FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut initial = true;
    let mut at = 0;
    while at < bytes.len() {
        let Some(c) = text[at..].chars().next() else { break };
        if !c.is_alphabetic() {
            match c {
                ' ' | ',' | '-' => {}
                '0'..='9' | '$' | '%' | '&' => initial = false,
                _ => initial = true,
            }
            at += c.len_utf8();
            continue;
        }
        let start = at;
        at = word_end(text, start);
        let code = glued(bytes.get(start.wrapping_sub(1))) || glued(bytes.get(at)) || domain(bytes, at);
        let word = without_possessive(&text[start..at]);
        let hyphened = start > 0 && bytes[start - 1] == b'-';
        let hyphen_after = bytes.get(at) == Some(&b'-');
        each(Word { text: word, start, initial, hyphened, hyphen_after, code });
        initial = false;
    }
}

fn glued(byte: Option<&u8>) -> bool {
    byte.is_some_and(|b| b.is_ascii_digit() || matches!(b, b'@' | b'#' | b'/' | b'_' | b'\\' | b'='))
}

/// A dot with a letter right after it: `example.org`, `U.S`, or two sentences run together.
fn domain(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].chars().peekable();
    while let Some(c) = chars.next() {
        let inner = matches!(c, '\'' | '’') && chars.peek().is_some_and(|n| n.is_alphabetic());
        if !(c.is_alphabetic() || inner || is_combining(c)) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

fn without_possessive(word: &str) -> &str {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return stem;
        }
    }
    word
}
