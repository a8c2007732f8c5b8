//! From the text of one `styleguide.toml` to what it says, before anything is settled.
//!
//! Knows no rule by name: the rules floor reviews those. Reads no other file.

use super::error::{GuideError, GuideSource};
use super::globs::Globs;
use super::options::{Options, choices};
use super::value::{self, Located, Table, Value};
use super::{Dialect, Dictionary, Level, Name, QuoteSource, Term};
use std::sync::Arc;

/// The keys of a guide, by table. A layer's keys may also stand in an override.
pub const FILE_KEYS: &[&str] = &["extends", "files", "overrides"];
pub const LAYER_KEYS: &[&str] = &["language", "words", "dictionaries", "names", "terms", "quotes", "rules"];
pub const FILES_KEYS: &[&str] = &["include", "exclude"];
pub const NAME_KEYS: &[&str] = &["not", "except", "reason"];
pub const TERM_KEYS: &[&str] = &["use", "reason", "except", "match-case", "inflect"];
pub const QUOTES_KEYS: &[&str] = &["sources", "require-source"];

/// What one guide says.
#[derive(Clone, Debug)]
pub struct GuideFile {
    pub source: Arc<GuideSource>,
    /// Paths of the guides it builds on, counted from its folder.
    pub extends: Vec<Located<String>>,
    pub include: Option<Globs>,
    pub exclude: Option<Globs>,
    pub layer: Layer,
    pub overrides: Vec<Override>,
}

/// What holds for some paths only.
#[derive(Clone, Debug)]
pub struct Override {
    pub paths: Globs,
    pub layer: Layer,
}

/// What a guide, or one of its overrides, says about drafts.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    pub language: Option<Dialect>,
    pub words: Vec<String>,
    /// Paths of Hunspell `.dic` files.
    pub dictionaries: Vec<Located<String>>,
    pub names: Vec<Name>,
    /// By what is found, in lower case; `None` lets a term of an extended guide stand.
    pub terms: Vec<(String, Option<Term>)>,
    /// Patterns of paths of the files that quotations are checked against.
    pub sources: Vec<Located<String>>,
    pub require_source: Option<bool>,
    pub rules: Vec<RuleEntry>,
    /// What the paths lead to; discovery reads it.
    pub files: LayerFiles,
}

/// The files that a layer names, read.
#[derive(Clone, Debug, Default)]
pub struct LayerFiles {
    pub dictionaries: Vec<Arc<Dictionary>>,
    pub sources: Vec<Arc<QuoteSource>>,
}

/// What a layer says about a rule.
#[derive(Clone, Debug)]
pub struct RuleEntry {
    pub name: Located<String>,
    pub level: Option<Level>,
    pub options: Options,
}

/// Reads a guide.
pub fn read(source: &Arc<GuideSource>) -> Result<GuideFile, GuideError> {
    let reader = Reader { source };
    let mut file = GuideFile {
        source: source.clone(),
        extends: Vec::new(),
        include: None,
        exclude: None,
        layer: Layer::default(),
        overrides: Vec::new(),
    };
    for (key, value) in value::parse(source)? {
        match key.value.as_str() {
            "extends" => file.extends = reader.one_or_more(&value, "a path, or a list of paths")?,
            "files" => reader.files(&mut file, &value)?,
            "overrides" => file.overrides = reader.overrides(&value)?,
            _ if reader.layer_key(&mut file.layer, &key, &value)? => {}
            _ => return Err(reader.unknown(&key, "a guide", &[LAYER_KEYS, FILE_KEYS].concat())),
        }
    }
    Ok(file)
}

impl GuideFile {
    /// Everything the guide says about rules, wherever it says it.
    pub fn rules(&self) -> impl Iterator<Item = &RuleEntry> {
        let overrides = self.overrides.iter().flat_map(|other| &other.layer.rules);
        self.layer.rules.iter().chain(overrides)
    }
}

struct Reader<'a> {
    source: &'a Arc<GuideSource>,
}

impl Reader<'_> {
    fn files(&self, file: &mut GuideFile, value: &Located<Value>) -> Result<(), GuideError> {
        for (key, value) in self.table(value)? {
            match key.value.as_str() {
                "include" => file.include = Some(self.globs(value)?),
                "exclude" => file.exclude = Some(self.globs(value)?),
                _ => return Err(self.unknown(key, "[files]", FILES_KEYS)),
            }
        }
        Ok(())
    }

    fn overrides(&self, value: &Located<Value>) -> Result<Vec<Override>, GuideError> {
        let Value::List(items) = &value.value else {
            return Err(self
                .wanted(value, "a list of tables")
                .with_help("begin each override with “[[overrides]]”, in two pairs of brackets"));
        };
        items.iter().map(|item| self.one_override(item)).collect()
    }

    fn one_override(&self, value: &Located<Value>) -> Result<Override, GuideError> {
        let mut paths = None;
        let mut layer = Layer::default();
        for (key, value) in self.table(value)? {
            match key.value.as_str() {
                "paths" => paths = Some(self.globs(value)?),
                name if FILE_KEYS.contains(&name) => {
                    return Err(self
                        .at(key, format!("“{name}” holds for the whole guide, not in an override"))
                        .with_help("move it above the first table of the file"));
                }
                _ if self.layer_key(&mut layer, key, value)? => {}
                _ => return Err(self.unknown(key, "an override", &[&["paths"], LAYER_KEYS].concat())),
            }
        }
        match paths {
            Some(paths) => Ok(Override { paths, layer }),
            None => {
                let message = "this override does not say for which paths it holds";
                let error = GuideError::at(self.source, value.span.clone(), message);
                Err(error.with_help("add a line such as paths = [\"opinion/**\"]"))
            }
        }
    }

    /// Reads a key that a guide and an override share; `false` where it is none.
    fn layer_key(
        &self,
        layer: &mut Layer,
        key: &Located<String>,
        value: &Located<Value>,
    ) -> Result<bool, GuideError> {
        match key.value.as_str() {
            "language" => layer.language = Some(self.language(value)?),
            "words" => layer.words = self.texts(value)?,
            "dictionaries" => layer.dictionaries = self.one_or_more(value, "a list of paths")?,
            "names" => layer.names = self.names(value)?,
            "terms" => layer.terms = self.terms(value)?,
            "quotes" => self.quotes(layer, value)?,
            "rules" => layer.rules = self.rules(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn language(&self, value: &Located<Value>) -> Result<Dialect, GuideError> {
        let tag = self.text(value)?;
        Dialect::of_tag(tag).ok_or_else(|| {
            GuideError::at(self.source, value.span.clone(), format!("copydesk does not read “{tag}”"))
                .with_help(choices(tag, Dialect::NAMES, "the languages are"))
        })
    }

    fn names(&self, value: &Located<Value>) -> Result<Vec<Name>, GuideError> {
        let table = match &value.value {
            Value::List(_) => {
                let known = |right| Name { right, ..Name::default() };
                return Ok(self.texts(value)?.into_iter().map(known).collect());
            }
            Value::Table(table) => table,
            _ => return Err(self.wanted(value, "a list of names, or a table")),
        };
        table.iter().map(|(key, value)| self.name(key, value)).collect()
    }

    fn name(&self, key: &Located<String>, value: &Located<Value>) -> Result<Name, GuideError> {
        let mut name = Name { right: self.not_empty(key)?, ..Name::default() };
        match &value.value {
            Value::List(_) => name.not = self.texts(value)?,
            Value::Table(table) => {
                for (key, value) in table {
                    match key.value.as_str() {
                        "not" => name.not = self.texts(value)?,
                        "except" => name.except = self.texts(value)?,
                        "reason" => name.reason = self.text(value)?.to_owned(),
                        _ => return Err(self.unknown(key, "a name", NAME_KEYS)),
                    }
                }
            }
            _ => {
                return Err(self.wanted(value, "a list of the forms that are not to be used").with_help(
                    "for example \"Kyiv\" = [\"Kiev\"], or [] where the name is only to be known",
                ));
            }
        }
        Ok(name)
    }

    fn terms(&self, value: &Located<Value>) -> Result<Vec<(String, Option<Term>)>, GuideError> {
        let mut out = Vec::new();
        for (key, value) in self.table(value)? {
            let find = self.not_empty(key)?;
            out.push((find.to_lowercase(), self.term(find, value)?));
        }
        Ok(out)
    }

    fn term(&self, find: String, value: &Located<Value>) -> Result<Option<Term>, GuideError> {
        let match_case = find.chars().any(char::is_uppercase);
        let mut term = Term { find, match_case, inflect: true, ..Term::default() };
        match &value.value {
            Value::Boolean(false) => return Ok(None),
            Value::String(_) | Value::List(_) => term.instead = self.text_or_texts(value)?,
            Value::Table(table) => {
                for (key, value) in table {
                    match key.value.as_str() {
                        "use" => term.instead = self.text_or_texts(value)?,
                        "reason" => term.reason = self.text(value)?.to_owned(),
                        "except" => term.except = self.texts(value)?,
                        "match-case" => term.match_case = self.truth(value)?,
                        "inflect" => term.inflect = self.truth(value)?,
                        _ => return Err(self.unknown(key, "a term", TERM_KEYS)),
                    }
                }
            }
            _ => {
                return Err(self.wanted(value, "what to write instead").with_help(
                    "for example \"utilize\" = \"use\", or false to let an extended guide's term stand",
                ));
            }
        }
        Ok(Some(term))
    }

    fn quotes(&self, layer: &mut Layer, value: &Located<Value>) -> Result<(), GuideError> {
        for (key, value) in self.table(value)? {
            match key.value.as_str() {
                "sources" => layer.sources = self.one_or_more(value, "a list of paths")?,
                "require-source" => layer.require_source = Some(self.truth(value)?),
                _ => return Err(self.unknown(key, "[quotes]", QUOTES_KEYS)),
            }
        }
        Ok(())
    }

    fn rules(&self, value: &Located<Value>) -> Result<Vec<RuleEntry>, GuideError> {
        self.table(value)?.iter().map(|(name, value)| self.rule(name, value)).collect()
    }

    fn rule(&self, name: &Located<String>, value: &Located<Value>) -> Result<RuleEntry, GuideError> {
        let mut entry = RuleEntry { name: name.clone(), level: None, options: Options::default() };
        match &value.value {
            Value::String(_) => entry.level = Some(self.level(value)?),
            Value::Table(table) => {
                for (key, value) in table {
                    match key.value.as_str() {
                        "level" => entry.level = Some(self.level(value)?),
                        _ => entry.options.insert(self.source, key, value.clone()),
                    }
                }
            }
            _ => {
                return Err(self.wanted(value, "a level").with_help(
                    "write \"off\", \"note\", \"warning\" or \"error\", or a table: { level = \"note\", … }",
                ));
            }
        }
        Ok(entry)
    }

    fn level(&self, value: &Located<Value>) -> Result<Level, GuideError> {
        let name = self.text(value)?;
        Level::of_name(name).ok_or_else(|| {
            GuideError::at(self.source, value.span.clone(), format!("“{name}” is no level"))
                .with_help(choices(name, Level::NAMES, "the levels are"))
        })
    }

    fn globs(&self, value: &Located<Value>) -> Result<Globs, GuideError> {
        Globs::new(self.source, &self.one_or_more(value, "a list of patterns of paths")?)
    }

    fn table<'v>(&self, value: &'v Located<Value>) -> Result<&'v Table, GuideError> {
        match &value.value {
            Value::Table(table) => Ok(table),
            _ => Err(self.wanted(value, "a table")),
        }
    }

    fn text<'v>(&self, value: &'v Located<Value>) -> Result<&'v str, GuideError> {
        match &value.value {
            Value::String(text) => Ok(text),
            _ => Err(self.wanted(value, "text in quotation marks")),
        }
    }

    fn truth(&self, value: &Located<Value>) -> Result<bool, GuideError> {
        match value.value {
            Value::Boolean(truth) => Ok(truth),
            _ => Err(self.wanted(value, "true or false")),
        }
    }

    /// A list of texts.
    fn texts(&self, value: &Located<Value>) -> Result<Vec<String>, GuideError> {
        let Value::List(items) = &value.value else {
            return Err(self
                .wanted(value, "a list of texts")
                .with_help("put it in brackets: [\"one\", \"two\"]"));
        };
        items.iter().map(|item| self.text(item).map(str::to_owned)).collect()
    }

    fn text_or_texts(&self, value: &Located<Value>) -> Result<Vec<String>, GuideError> {
        match &value.value {
            Value::String(text) => Ok(vec![text.clone()]),
            _ => self.texts(value),
        }
    }

    /// One text or a list of texts, each with its place.
    fn one_or_more(&self, value: &Located<Value>, wanted: &str) -> Result<Vec<Located<String>>, GuideError> {
        let located = |value: &Located<Value>| {
            Ok(Located { value: self.text(value)?.to_owned(), span: value.span.clone() })
        };
        match &value.value {
            Value::String(_) => Ok(vec![located(value)?]),
            Value::List(items) => items.iter().map(located).collect(),
            _ => Err(self.wanted(value, wanted)),
        }
    }

    fn not_empty(&self, key: &Located<String>) -> Result<String, GuideError> {
        match key.value.trim() {
            "" => Err(self.at(key, "nothing is to be found here: the text is empty")),
            text => Ok(text.to_owned()),
        }
    }

    fn unknown(&self, key: &Located<String>, table: &str, known: &[&str]) -> GuideError {
        let help = choices(&key.value, known, "its keys are");
        self.at(key, format!("{table} has no key “{}”", key.value)).with_help(help)
    }

    fn wanted(&self, value: &Located<Value>, wanted: &str) -> GuideError {
        let message = format!("{} stands where {wanted} is wanted", value.value.kind());
        GuideError::at(self.source, value.span.clone(), message)
    }

    fn at(&self, key: &Located<String>, message: impl Into<String>) -> GuideError {
        GuideError::at(self.source, key.span.clone(), message)
    }
}
