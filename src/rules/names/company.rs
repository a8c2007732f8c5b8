//! The company a name word keeps: what stands beside it in its names, and whether two words keep the same.
//!
//! A reporter who misspells a surname still writes the given name before it; somebody else has a name of their own.
//! That is the evidence by which a slip is told from another person.

use crate::document::token::Shape;
use crate::facts::names::{DocNames, Fold, Link, Standing, Traits, Use};

/// What the uses of a word say about its being another word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// It stands beside a name that the other stands beside, too.
    Same,
    /// It stands alone, or beside offices and ordinary words.
    Neutral,
    /// It stands beside a name that the other does not stand beside.
    Other,
}

/// Neighbours of a word in its names, over all its uses.
#[derive(Debug, Default)]
pub struct Neighbours {
    left: Vec<Fold>,
    right: Vec<Fold>,
    /// Whether one of them is a person's own name.
    pub any_personal: bool,
}

impl Neighbours {
    /// The neighbours of all uses of these forms. Looks at no more than `MOST` uses of each: enough to know whom a word
    /// goes with.
    pub fn of(names: &DocNames, forms: &[u32]) -> Self {
        const MOST: usize = 200;
        let mut out = Self::default();
        for form in forms {
            for (index, _) in names.uses_of(*form).take(MOST) {
                if let Some((fold, personal)) = left_name(names, index) {
                    push(&mut out.left, fold);
                    out.any_personal |= personal;
                }
                if let Some((fold, personal)) = right_name(names, index) {
                    push(&mut out.right, fold);
                    out.any_personal |= personal;
                }
            }
        }
        out
    }

    /// The names beside it, on either side.
    pub fn all(&self) -> impl Iterator<Item = Fold> + '_ {
        self.left.iter().chain(&self.right).copied()
    }

    /// Whether other names stand before the word: one that has a given name of its own there is another.
    fn has_left(&self) -> bool {
        self.any_personal || !self.left.is_empty()
    }

    /// How one use of a word compares with these neighbours of another word.
    pub fn compare(&self, names: &DocNames, index: u32) -> Company {
        let left = left_name(names, index);
        let right = right_name(names, index);
        let shares_left = left.is_some_and(|(fold, _)| self.left.contains(&fold));
        let shares_right = right.is_some_and(|(fold, _)| self.right.contains(&fold));
        let own = |side: Option<(Fold, bool)>| side.is_some_and(|(_, personal)| personal);
        match (shares_left, shares_right) {
            // “Kim Yo-jong” and “Kim Yu-na” share their first word only.
            (true, false) if own(right) && !self.right.is_empty() => Company::Neutral,
            (false, true) if own(left) && !self.left.is_empty() => Company::Neutral,
            (true, _) | (_, true) => Company::Same,
            // A given name that stands once, at the name's first mention, says nothing against a bare name later on.
            (false, false) if own(right) || own(left) && self.has_left() => Company::Other,
            (false, false) => Company::Neutral,
        }
    }
}

fn push(folds: &mut Vec<Fold>, fold: Fold) {
    if !folds.contains(&fold) {
        folds.push(fold);
    }
}

/// The name word on the left, past particles, and whether it is a person's own.
fn left_name(names: &DocNames, mut index: u32) -> Option<(Fold, bool)> {
    loop {
        let here = names.uses.get(index as usize)?;
        if !matches!(here.link, Link::Space | Link::Hyphen) {
            return None;
        }
        index = index.checked_sub(1)?;
        let before = names.uses.get(index as usize)?;
        if !before.traits.has(Traits::LOWER) {
            return beside(names, before, here.link);
        }
    }
}

fn right_name(names: &DocNames, mut index: u32) -> Option<(Fold, bool)> {
    loop {
        index += 1;
        let after = names.uses.get(index as usize)?;
        if !matches!(after.link, Link::Space | Link::Hyphen) {
            return None;
        }
        if !after.traits.has(Traits::LOWER) {
            return beside(names, after, after.link);
        }
    }
}

fn beside(names: &DocNames, place: &Use, link: Link) -> Option<(Fold, bool)> {
    let form = names.form_of(place);
    if place.traits.has(Traits::OFFICE) {
        return None;
    }
    let impersonal = form.shape == Shape::Upper || form.traits.has(Traits::ORDINARY.with(Traits::ACRONYM));
    let known_person = form.traits.has(Traits::GIVEN.with(Traits::SURNAME));
    // A hyphen joins two people's names as often as one person's: “Velkov-Brandl talks”.
    Some((
        form.fold,
        link == Link::Space && !impersonal && (known_person || form.standing < Standing::Established),
    ))
}
