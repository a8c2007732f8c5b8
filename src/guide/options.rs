//! A rule's options as the guide gives them, before the rule reads them.
//!
//! Each value knows where it stands, so that an error points at the very word.

use super::error::{GuideError, GuideSource};
use super::nearest::nearest;
use super::value::{Located, Value};
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The options of one rule; by default none are given.
#[derive(Clone, Debug, Default)]
pub struct Options {
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    source: Arc<GuideSource>,
    key: Range<usize>,
    value: Located<Value>,
}

impl Options {
    /// Reads the options into the struct that a rule declares for them (`#[serde(default, deny_unknown_fields)]`).
    /// A key that the struct does not have, or a value that does not fit, is an error at its place.
    pub fn read<T: DeserializeOwned + Default>(&self) -> Result<T, GuideError> {
        if self.is_empty() {
            return Ok(T::default());
        }
        let entries = self.entries.iter().map(|(name, entry)| {
            (
                Key { name, span: entry.key.clone(), source: &entry.source },
                Node::of(&entry.source, &entry.value),
            )
        });
        T::deserialize(MapDeserializer::new(entries)).map_err(|error| match error.place {
            Some((source, span)) => GuideError::at(&source, span, error.message).with_help(error.help),
            None => self.error_at_key(None, error.message).with_help(error.help),
        })
    }

    /// An error at the value of an option; `index` points into a list.
    pub fn error(&self, key: &str, index: Option<usize>, message: impl Into<String>) -> GuideError {
        let Some(entry) = self.entries.get(key) else { return self.error_at_key(None, message) };
        let span = match (&entry.value.value, index) {
            (Value::List(items), Some(index)) if index < items.len() => items[index].span.clone(),
            _ => entry.value.span.clone(),
        };
        GuideError::at(&entry.source, span, message)
    }

    /// An error at an option's key, or at the first option's.
    pub fn error_at_key(&self, key: Option<&str>, message: impl Into<String>) -> GuideError {
        let named = key.and_then(|key| self.entries.get(key));
        match named.or_else(|| self.entries.values().min_by_key(|entry| entry.key.start)) {
            Some(entry) => GuideError::at(&entry.source, entry.key.clone(), message),
            None => GuideError::of_file("styleguide.toml".into(), message),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an option of the guide `source`, or replaces it.
    pub fn insert(&mut self, source: &Arc<GuideSource>, key: &Located<String>, value: Located<Value>) {
        let entry = Entry { source: source.clone(), key: key.span.clone(), value };
        self.entries.insert(key.value.clone(), entry);
    }

    /// Takes over what a nearer guide says, option by option.
    pub fn extend(&mut self, nearer: &Self) {
        self.entries.extend(nearer.entries.iter().map(|(name, entry)| (name.clone(), entry.clone())));
    }
}

/// What serde has to say about an option, in an editor's words.
#[derive(Debug)]
struct ReadError {
    place: Option<(Arc<GuideSource>, Range<usize>)>,
    message: String,
    help: String,
}

impl ReadError {
    fn new(message: String, help: String) -> Self {
        Self { place: None, message, help }
    }

    fn at(mut self, source: &Arc<GuideSource>, span: &Range<usize>) -> Self {
        self.place.get_or_insert_with(|| (source.clone(), span.clone()));
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), String::new())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(truth) => truth.to_string(),
            Unexpected::Signed(number) => number.to_string(),
            Unexpected::Unsigned(number) => number.to_string(),
            Unexpected::Float(number) => number.to_string(),
            Unexpected::Str(text) => format!("“{text}”"),
            Unexpected::Seq => "a list".to_owned(),
            Unexpected::Map => "a table".to_owned(),
            other => other.to_string(),
        };
        Self::new(format!("{found} stands where {} is wanted", in_words(expected)), String::new())
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(format!("no option is called “{field}”"), choices(field, known, "this rule's options are"))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::new(
            format!("“{variant}” is none of the choices here"),
            choices(variant, known, "the choices are"),
        )
    }
}

/// “did you mean …?” where one is near, else all there are.
pub fn choices(name: &str, known: &[&str], all: &str) -> String {
    match nearest(name, known.iter().copied()) {
        Some(best) => format!("did you mean “{best}”?"),
        None => format!("{all} {}", known.join(", ")),
    }
}

/// Rust's names of types as a person would put them.
fn in_words(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    match text.as_str() {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number, perhaps below zero,".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "string" => "text in quotation marks".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "a table".to_owned(),
        _ => text,
    }
}

/// An option's name with its place, as serde reads it.
struct Key<'a> {
    name: &'a str,
    span: Range<usize>,
    source: &'a Arc<GuideSource>,
}

/// A value with its place, as serde reads it.
struct Node<'a> {
    value: &'a Value,
    span: &'a Range<usize>,
    source: &'a Arc<GuideSource>,
}

impl<'a> Node<'a> {
    fn of(source: &'a Arc<GuideSource>, value: &'a Located<Value>) -> Self {
        Self { value: &value.value, span: &value.span, source }
    }
}

impl<'de> IntoDeserializer<'de, ReadError> for Key<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> IntoDeserializer<'de, ReadError> for Node<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_borrowed_str(self.name).map_err(|error: ReadError| error.at(self.source, &self.span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let source = self.source;
        let result: Result<V::Value, ReadError> = match self.value {
            Value::String(text) | Value::Datetime(text) => visitor.visit_borrowed_str(text),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Boolean(truth) => visitor.visit_bool(*truth),
            Value::List(items) => {
                visitor.visit_seq(SeqDeserializer::new(items.iter().map(|item| Node::of(source, item))))
            }
            Value::Table(table) => {
                visitor.visit_map(MapDeserializer::new(table.iter().map(|(key, value)| {
                    (Key { name: &key.value, span: key.span.clone(), source }, Node::of(source, value))
                })))
            }
        };
        result.map_err(|error| error.at(source, self.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let (source, span) = (self.source, self.span);
        let Value::String(text) = self.value else { return self.deserialize_any(visitor) };
        let text: StrDeserializer<'_, ReadError> = text.as_str().into_deserializer();
        text.deserialize_enum(name, variants, visitor).map_err(|error| error.at(source, span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
