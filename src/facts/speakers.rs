//! From the words that name a speaker beside a quotation to the speaker's full name in the draft.
//!
//! What a name is, the register of names says. A surname belongs to the first full name of the draft that ends with it.
//! Whom he and she stand for, `quotes` settles, which knows who spoke before.

use super::names::gather::HashedMap;
use super::names::register::{self, Kind, Mention};
use super::names::vocabulary::is_office;
use super::names::{DocNames, Traits};
use crate::text::span::SrcSpan;

/// The names of a draft as its speakers bear them.
pub struct FullNames<'a> {
    text: &'a str,
    names: &'a DocNames,
    /// In the order of the draft.
    mentions: Vec<Mention>,
    /// The first full name with a surname, by the surname's letters.
    by_surname: HashedMap<Mention>,
}

impl<'a> FullNames<'a> {
    /// Reads the names of a draft once; `text` is its source.
    pub fn of(text: &'a str, names: &'a DocNames) -> Self {
        let mentions = register::mentions(names);
        let mut by_surname = HashedMap::default();
        for mention in mentions.iter().filter(|mention| mention.is_full(names)) {
            by_surname.entry(mention.surname(names).hash).or_insert(*mention);
        }
        Self { text, names, mentions, by_surname }
    }

    /// The full name that some words stand for; `None` where they are a pronoun, or name nobody: “the mayor of Port Ada”,
    /// “Ada Obi's lawyer”.
    pub fn full(&self, words: SrcSpan) -> Option<String> {
        let mut found = None;
        for name in self.from(words.start) {
            let span = name.span(self.names);
            if span.end > words.end {
                break;
            }
            let owns = self.names.uses[name.last as usize].traits.has(Traits::POSSESSIVE)
                && words.end > span.end + "’s".len() as u32;
            if !owns && !follows_preposition(self.between(words.start, span.start)) {
                found = Some(name);
            }
            // “Ada Obi, the mayor of Port Ada”: the name before the comma.
            if self.after(span.end).starts_with(',') {
                break;
            }
        }
        match found {
            Some(name) => Some(self.fullest(name)),
            None => self.bare(words).or_else(|| self.apposition(words)),
        }
    }

    /// The last person before a place who opens a sentence there, where they stand and what they are called in full:
    /// whom a pronoun after it means. `opens` says whether a sentence begins at most two words before a place.
    pub fn subject_before(&self, place: u32, opens: impl Fn(SrcSpan) -> bool) -> Option<(u32, String)> {
        /// A person further back is forgotten.
        const REACH: usize = 12;
        let to = self.mentions.partition_point(|name| name.span(self.names).start < place);
        let near = self.mentions[..to].iter().rev().take(REACH);
        let mut people = near.filter(|name| name.kind == Kind::Person || self.is_surname(name));
        let name = people.find(|name| {
            let owns = self.names.uses[name.last as usize].traits.has(Traits::POSSESSIVE);
            !owns && opens(name.span(self.names))
        })?;
        Some((name.span(self.names).end, self.fullest(name)))
    }

    /// “the mayor, Ada Obi, (said)”: the name between the commas after the words.
    fn apposition(&self, words: SrcSpan) -> Option<String> {
        let name = self.from(words.end).first()?;
        let span = name.span(self.names);
        let is_near = self.between(words.end, span.start).trim() == ",";
        // “Ada Obi KC, (said)”
        let closes = self.after(span.end).bytes().take(5).any(|byte| byte == b',');
        (is_near && closes && (name.kind == Kind::Person || self.is_surname(name)))
            .then(|| self.fullest(name))
    }

    /// The full name for a surname that the register passes over where it stands alone: a speaker's label (OBI:), a word
    /// that names other things, too (Hill).
    fn bare(&self, words: SrcSpan) -> Option<String> {
        let end = self.names.uses.partition_point(|place| place.span.end <= words.end);
        let last = end.checked_sub(1)?;
        let place = &self.names.uses[last];
        let surname = Mention { first: last as u32, last: last as u32, kind: Kind::Other };
        let ends = place.span.start >= words.start
            && words.end <= place.span.end
            && !follows_preposition(self.between(words.start, place.span.start));
        if ends && self.is_surname(&surname) { Some(self.fullest(&surname)) } else { None }
    }

    fn is_surname(&self, name: &Mention) -> bool {
        self.by_surname.contains_key(&name.surname(self.names).hash)
    }

    /// A name as it is written in full, once and in running text.
    fn fullest(&self, name: &Mention) -> String {
        let full = self.by_surname.get(&name.surname(self.names).hash).filter(|_| !name.is_full(self.names));
        register::one_line(full.unwrap_or(name).span(self.names).of(self.text))
    }

    /// The names from a place on.
    fn from(&self, place: u32) -> &[Mention] {
        &self.mentions[self.mentions.partition_point(|name| name.span(self.names).start < place)..]
    }

    fn between(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn after(&self, place: u32) -> &'a str {
        self.text.get(place as usize..).unwrap_or_default()
    }
}

/// Whether words end with a preposition, articles and offices after it left out: “the lawyer of President”.
fn follows_preposition(words: &str) -> bool {
    let mut words = words.split_whitespace().rev();
    let last = words.find(|word| {
        !matches!(*word, "the" | "a" | "an" | "former" | "then") && !is_office(word.trim_end_matches('.'))
    });
    matches!(
        last,
        Some("of" | "for" | "at" | "from" | "in" | "on" | "to" | "by" | "with" | "near" | "against")
    )
}
