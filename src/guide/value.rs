//! A guide's TOML as values that know where they stand, in the order in which they were written.
//!
//! Everything that reads a guide reads these, so that every error can point at the very word.

use super::error::{GuideError, GuideSource};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something and its place: bytes of the guide's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    String(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A date or a time, as written.
    Datetime(String),
    List(Vec<Located<Value>>),
    Table(Table),
}

/// Keys and values in the order of the text; TOML allows no key twice.
pub type Table = Vec<(Located<String>, Located<Value>)>;

/// Parses a guide's text.
pub fn parse(source: &Arc<GuideSource>) -> Result<Table, GuideError> {
    let table = DeTable::parse(source.text.strip_prefix('\u{FEFF}').unwrap_or(&source.text));
    // TOML allows a byte order mark, but the spans must count it.
    let shift = if source.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    match table {
        Ok(table) => convert_table(source, table.get_ref(), shift),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            let span = span.start + shift..span.end + shift;
            Err(GuideError::at(source, span, format!("this is not TOML: {}", error.message())).with_help(
                "text stands in quotation marks, lists in [brackets], and every line is “key = value” or “[table]”",
            ))
        }
    }
}

impl Value {
    /// What a person would call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "text in quotation marks",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Datetime(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

fn convert_table(source: &Arc<GuideSource>, table: &DeTable<'_>, shift: usize) -> Result<Table, GuideError> {
    let mut out = Table::new();
    for (key, value) in table {
        let key = Located { value: key.get_ref().to_string(), span: moved(key, shift) };
        out.push((key, convert(source, value, shift)?));
    }
    out.sort_by_key(|(key, _)| key.span.start);
    Ok(out)
}

fn convert(
    source: &Arc<GuideSource>,
    value: &Spanned<DeValue<'_>>,
    shift: usize,
) -> Result<Located<Value>, GuideError> {
    let span = moved(value, shift);
    let out_of_range = || GuideError::at(source, span.clone(), "this number is too large");
    let converted = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).map_err(|_| out_of_range())?)
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().map_err(|_| out_of_range())?),
        DeValue::Boolean(truth) => Value::Boolean(*truth),
        DeValue::Datetime(date) => Value::Datetime(date.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| convert(source, item, shift)).collect::<Result<Vec<_>, _>>()?)
        }
        DeValue::Table(table) => Value::Table(convert_table(source, table, shift)?),
    };
    Ok(Located { value: converted, span })
}

fn moved<T>(spanned: &Spanned<T>, shift: usize) -> Range<usize> {
    let span = spanned.span();
    span.start + shift..span.end + shift
}
