//! The house style: what a `styleguide.toml` says.
//!
//! A `Guide` is settled for one draft: nobody after this floor asks where a word of it came from. Only `discover` does
//! I/O, and it can be told to read from elsewhere.

pub mod discover;
pub mod error;
pub mod globs;
pub mod nearest;
pub mod options;
pub mod read;
pub mod settle;
pub mod value;

use crate::document::Format;
use crate::finding::Severity;
use options::Options;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The guide that copydesk ships with: a `styleguide.toml` that says nothing but explains every key.
pub const STANDARD: &str = include_str!("../../styleguide.toml");

/// The name under which guides are found.
pub const FILE_NAME: &str = "styleguide.toml";

/// A guide as it holds for one draft: defaults, extended guides and overrides for its path are settled.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    pub language: Dialect,
    pub words: Words,
    /// Hunspell dictionaries whose words the house knows.
    pub dictionaries: Vec<Arc<Dictionary>>,
    /// Names as the house spells them, by the right form.
    pub names: BTreeMap<String, Name>,
    /// Terms that the house replaces, by what is found, in lower case.
    pub terms: BTreeMap<String, Term>,
    pub quotes: Quotes,
    /// What the guide says about a rule, by the rule's name.
    pub rules: BTreeMap<String, RuleSetting>,
}

/// Words the house knows, beyond the lexicon.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: HashSet<Box<str>>,
}

/// A Hunspell dictionary, not yet read: the text of its two files.
#[derive(Debug, PartialEq, Eq)]
pub struct Dictionary {
    /// The path of the `.dic` file.
    pub path: PathBuf,
    pub aff: String,
    pub dic: String,
}

/// A name as the house spells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    pub right: String,
    /// Forms that are not to be used for it.
    pub not: Vec<String>,
    /// Phrases in which a wrong form is right: “chicken Kiev”.
    pub except: Vec<String>,
    /// Why, for the writer; may be empty.
    pub reason: String,
}

/// A term that the house does not use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// As the guide writes it.
    pub find: String,
    /// What to write instead, the best first; empty where the writer must think.
    pub instead: Vec<String>,
    /// Phrases in which the term is right.
    pub except: Vec<String>,
    /// Why, for the writer; may be empty.
    pub reason: String,
    /// Whether only this very use of capitals is meant.
    pub match_case: bool,
    /// Whether inflected forms are meant, too: “utilise” finds “utilised”.
    pub inflect: bool,
}

/// What the guide says about quotations.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// Transcripts, statements, agency copy: what quotations can be checked against.
    pub sources: Vec<Arc<QuoteSource>>,
    /// Whether every quotation must stand in a source.
    pub require_source: bool,
}

/// A file that quotations are checked against.
#[derive(Debug, PartialEq, Eq)]
pub struct QuoteSource {
    pub path: PathBuf,
    pub text: Arc<str>,
    pub format: Format,
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

impl Words {
    /// Adds a word. In lower case it stands for any use of capitals; with a capital only for itself.
    pub fn insert(&mut self, word: &str) {
        self.words.insert(word.replace('’', "'").into());
    }

    /// Whether the house knows the word as it stands.
    pub fn contains(&self, word: &str) -> bool {
        if self.words.is_empty() {
            return false;
        }
        if self.words.contains(word) {
            return true;
        }
        let straight = word.replace('’', "'");
        self.words.contains(straight.as_str()) || self.words.contains(straight.to_lowercase().as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl Level {
    pub const NAMES: &[&str] = &["off", "note", "warning", "error"];

    /// The level of a name, as a guide writes it.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "note" => Some(Self::On(Severity::Note)),
            "warning" => Some(Self::On(Severity::Warning)),
            "error" => Some(Self::On(Severity::Error)),
            _ => None,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On(Severity::Note) => "note",
            Self::On(Severity::Warning) => "warning",
            Self::On(Severity::Error) => "error",
        }
    }
}

impl Dialect {
    pub const NAMES: &[&str] = &["en-US", "en-GB", "en-CA", "en-AU"];

    /// The dialect of a language tag (BCP 47), whatever its capitals.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.to_ascii_lowercase().as_str() {
            "en-us" => Some(Self::American),
            "en-gb" => Some(Self::British),
            "en-ca" => Some(Self::Canadian),
            "en-au" => Some(Self::Australian),
            _ => None,
        }
    }
}
