//! Names: what a draft capitalises, word by word, with the company each word keeps.
//!
//! A block gives its name words (`extract`), cached with it; a draft gathers them into forms with counts and places
//! (`gather`); `register` groups the forms into people, organizations and places. Invariants: a name word's span is
//! the word without its possessive ending; words of one name are neighbours in the list, and the later says how it is
//! linked to the one before. This module must never know of guides or rules: whether two forms are one name is judged
//! elsewhere.

pub mod extract;
pub mod families;
pub mod gather;
pub mod kinship;
pub mod near;
pub mod register;
pub mod vocabulary;

use crate::document::token::Shape;
use crate::text::span::{Span, SrcSpan};

/// The name words of one block, in order.
#[derive(Clone, Debug, Default)]
pub struct BlockNames {
    pub words: Vec<NameWord>,
}

/// One word of a name, or one part of it between hyphens.
#[derive(Clone, Copy, Debug)]
pub struct NameWord {
    /// Without a possessive ending.
    pub span: Span,
    /// Hash of the word as it stands, apostrophes made straight.
    pub form: u64,
    pub fold: Fold,
    pub shape: Shape,
    pub standing: Standing,
    pub link: Link,
    pub traits: Traits,
}

/// The letters of a word without case and diacritics, hashed so that the folds of neighbours can be joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fold {
    pub hash: u64,
    /// How many letters and digits.
    pub len: u8,
}

/// How well a word is known, in any use of capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// In no list, and hardly ever seen in edited text.
    #[default]
    Unknown,
    /// A surname or a place that few have heard of.
    Rare,
    /// A name or a word that readers know: it is no slip for its neighbour.
    Established,
}

/// How a name word is linked to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Link {
    /// It begins a name.
    #[default]
    None,
    /// White space, or an initial's stop and white space.
    Space,
    Hyphen,
    /// “of”, “of the”, “for”, “and” or “&” stand between, as in names of organizations.
    Of,
}

/// Facts about a name word where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Traits(pub u16);

impl Traits {
    /// The place alone asks for the capital: the beginning of a sentence, a heading with capitals throughout.
    pub const FORCED: Self = Self(1);
    /// In capitals, among words in capitals.
    pub const LOUD: Self = Self(1 << 1);
    /// An office or an honorific: Mr., Sen., President.
    pub const OFFICE: Self = Self(1 << 2);
    /// A given name of many people.
    pub const GIVEN: Self = Self(1 << 3);
    /// A word of a place's name.
    pub const PLACE: Self = Self(1 << 4);
    /// In lower case: a particle (de, al, bin) or the rest of a hyphenated name (Jong-un).
    pub const LOWER: Self = Self(1 << 5);
    /// An ordinary word or a demonym, which names many things and no person.
    pub const ORDINARY: Self = Self(1 << 6);
    /// An initial: “J.”
    pub const INITIAL: Self = Self(1 << 7);
    /// A surname of the census.
    pub const SURNAME: Self = Self(1 << 8);
    /// Known as written in capitals: an acronym.
    pub const ACRONYM: Self = Self(1 << 9);
    /// A possessive ending follows.
    pub const POSSESSIVE: Self = Self(1 << 10);
    /// In, from, at stands before.
    pub const AFTER_IN: Self = Self(1 << 11);

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn when(self, condition: bool, other: Self) -> Self {
        if condition { self.with(other) } else { self }
    }
}

/// The names of a draft.
#[derive(Clone, Debug, Default)]
pub struct DocNames {
    /// Each once, in the order of their first places.
    pub forms: Vec<Form>,
    /// Every place, in the order of the draft.
    pub uses: Vec<Use>,
}

/// One spelling of one word, and how often it stands in the draft.
#[derive(Clone, Debug)]
pub struct Form {
    pub text: Box<str>,
    /// Hash of the word as it stands: the same in every draft.
    pub exact: u64,
    pub fold: Fold,
    pub shape: Shape,
    pub standing: Standing,
    /// What holds of the word everywhere: GIVEN, SURNAME, PLACE, ORDINARY, OFFICE, ACRONYM, LOWER.
    pub traits: Traits,
    pub count: u32,
    /// How many of these are neither forced nor loud: the capital is the word's own.
    pub firm: u32,
    /// How many of these stand among words in capitals.
    pub loud: u32,
    /// Index of its first use; the next ones are found through `Use::next`.
    pub first: u32,
}

/// A place where a form stands.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// Index into `DocNames::forms`.
    pub form: u32,
    pub span: SrcSpan,
    /// The next use of the same form, or `Use::NONE`.
    pub next: u32,
    pub link: Link,
    pub traits: Traits,
}

impl Form {
    /// How often it stands among words that are not all in capitals.
    pub fn quiet(&self) -> u32 {
        self.count - self.loud
    }
}

impl Use {
    pub const NONE: u32 = u32::MAX;
}

impl DocNames {
    /// The uses of a form, in order, with their indices.
    pub fn uses_of(&self, form: u32) -> impl Iterator<Item = (u32, &Use)> {
        let mut next = self.forms.get(form as usize).map_or(Use::NONE, |form| form.first);
        std::iter::from_fn(move || {
            let index = next;
            let found = self.uses.get(index as usize)?;
            next = found.next;
            Some((index, found))
        })
    }

    /// The word before in the same name.
    pub fn left(&self, index: u32) -> Option<&Use> {
        let here = self.uses.get(index as usize)?;
        if here.link == Link::None {
            return None;
        }
        self.uses.get((index as usize).checked_sub(1)?)
    }

    /// The word after in the same name.
    pub fn right(&self, index: u32) -> Option<&Use> {
        self.uses.get(index as usize + 1).filter(|next| next.link != Link::None)
    }

    /// The form that a use has.
    pub fn form_of(&self, place: &Use) -> &Form {
        &self.forms[place.form as usize]
    }
}
