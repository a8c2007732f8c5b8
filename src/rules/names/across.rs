//! Finds the names that stand in two spellings in different drafts of a run.
//!
//! Stricter than within a draft: different drafts speak of different people with similar names. Words are compared
//! only where their letters are the same (TASS, Tass; Kim Jong Un, Kim Jong-un), or where both stand beside the same
//! word and one of the two is a word that nobody knows. Every comparison goes through a shared key: time grows with the
//! number of name words in the run, never with its square. A spelling that very many drafts have is no slip but a choice
//! of the house, or of a second house: it is told once, and the guide's `[names]` settle it.

use super::company::Neighbours;
use super::variants;
use crate::document::token::Shape;
use crate::facts::names::gather::HashedMap;
use crate::facts::names::kinship;
use crate::facts::names::near::{self, Neighbourhood};
use crate::facts::names::{DocNames, Form, Link, Standing, Traits};
use crate::text::span::SrcSpan;
use std::collections::HashMap;

/// A name that one draft spells in a way in which most of the run does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Index of the draft that is marked.
    pub doc: u32,
    pub wrong: String,
    pub right: String,
    /// Where the wrong spelling stands in this draft, in order.
    pub places: Vec<SrcSpan>,
    /// How many drafts have each.
    pub wrong_docs: u32,
    pub right_docs: u32,
    /// A draft with the other spelling, and where it stands there.
    pub other: (u32, SrcSpan),
}

/// All differences of a run; drafts are given by the names in them.
pub fn find(docs: &[&DocNames]) -> Vec<Difference> {
    let mut spellings: HashedMap<Vec<Spelling>> = HashedMap::default();
    collect_words(docs, &mut spellings);
    collect_pairs(docs, &mut spellings);
    let mut out = Vec::new();
    for mut list in spellings.into_values().filter(|list| list.len() > 1) {
        list.sort_by_key(|spelling| (std::cmp::Reverse(spelling.count), spelling.first()));
        let Some((right, others)) = list.split_first() else { continue };
        for wrong in others.iter().filter(|wrong| may_be_one(wrong, right)) {
            report(docs, wrong, right, &mut out);
        }
    }
    near_names(docs, &mut out);
    out.sort_by(|a, b| (a.doc, a.places.first(), &a.right).cmp(&(b.doc, b.places.first(), &b.right)));
    out
}

/// One way to write a word or a pair of words.
struct Spelling {
    /// Tells spellings of the same letters apart.
    exact: u64,
    shape: Shape,
    is_pair: bool,
    /// Beside a person's given name or surname in some draft.
    personal: bool,
    known: Known,
    /// The words it stands beside, in any draft.
    beside: HashedMap<()>,
    count: u32,
    /// Each draft once, and the index of a use there (the last word of a pair).
    docs: Vec<(u32, u32)>,
}

/// What is known of a word that speaks against its being another one in other capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// An ordinary word, a given name: it stands for many things.
    Common,
    /// A place or a surname.
    Name,
    No,
}

impl Spelling {
    fn first(&self) -> (u32, u32) {
        self.docs.first().copied().unwrap_or_default()
    }
}

/// Words whose letters stand in capitals somewhere where nothing else does.
fn collect_words(docs: &[&DocNames], spellings: &mut HashedMap<Vec<Spelling>>) {
    let is_marked = |form: &Form| {
        (4..=20).contains(&form.fold.len)
            && form.quiet() > 0
            && !form.traits.has(Traits::LOWER.with(Traits::ORDINARY).with(Traits::OFFICE))
            && (matches!(form.shape, Shape::Upper | Shape::Mixed) || !form.text.is_ascii())
    };
    for form in docs.iter().flat_map(|names| &names.forms).filter(|form| is_marked(form)) {
        spellings.entry(form.fold.hash).or_default();
    }
    for (doc, names) in docs.iter().enumerate() {
        for (index, form) in names.forms.iter().enumerate() {
            if form.quiet() == 0 || form.traits.has(Traits::LOWER) {
                continue;
            }
            let Some(list) = spellings.get_mut(&form.fold.hash) else { continue };
            let neighbours = Neighbours::of(names, &[index as u32]);
            let spelling = entry(list, form.exact, form.shape, false);
            spelling.personal |= neighbours.any_personal;
            spelling.beside.extend(neighbours.all().map(|fold| (fold.hash, ())));
            spelling.known = known(form);
            spelling.count += form.quiet();
            spelling.docs.push((doc as u32, form.first));
        }
    }
}

fn known(form: &Form) -> Known {
    let common = Traits::ORDINARY.with(Traits::GIVEN).with(Traits::OFFICE);
    let short_surname = form.traits.has(Traits::SURNAME) && form.fold.len < 4;
    match form.traits {
        traits if traits.has(common) => Known::Common,
        traits if traits.has(Traits::PLACE) || short_surname => Known::Name,
        _ => Known::No,
    }
}

/// Pairs of words of which one spelling has a hyphen.
fn collect_pairs(docs: &[&DocNames], spellings: &mut HashedMap<Vec<Spelling>>) {
    let mut hyphened: HashedMap<()> = HashedMap::default();
    for names in docs {
        for at in 1..names.uses.len() {
            let Some((Link::Hyphen, key)) = variants::pair_at(names, at) else { continue };
            if variants::is_name_pair(names, at) {
                hyphened.insert(pair_key(key.hash), ());
            }
        }
    }
    for (doc, names) in docs.iter().enumerate() {
        for at in 1..names.uses.len() {
            let Some((link, key)) = variants::pair_at(names, at) else { continue };
            if !hyphened.contains_key(&pair_key(key.hash)) {
                continue;
            }
            let (before, here) = (names.form_of(&names.uses[at - 1]), names.form_of(&names.uses[at]));
            if is_modifier(before, here) {
                continue;
            }
            // A particle takes a capital where a sentence begins.
            let lead = if variants::is_particle(before) { before.fold.hash } else { before.exact };
            let exact = lead.rotate_left(21) ^ here.exact ^ u64::from(link == Link::Hyphen);
            let spelling = entry(spellings.entry(pair_key(key.hash)).or_default(), exact, here.shape, true);
            spelling.count += 1;
            if spelling.docs.last().is_none_or(|(last, _)| *last != doc as u32) {
                spelling.docs.push((doc as u32, at as u32));
            }
        }
    }
}

/// Whether two words are no name but say of something what it is: US-led, U.S.-China (talks), county-wide.
fn is_modifier(before: &Form, here: &Form) -> bool {
    let ordinary = here.traits.has(Traits::LOWER) && here.traits.has(Traits::ORDINARY);
    ordinary || before.shape == Shape::Upper && here.standing == Standing::Established
}

/// Keeps pairs of words apart from single words of the same letters.
fn pair_key(hash: u64) -> u64 {
    hash ^ 0x5bd1_e995_5bd1_e995
}

fn entry(list: &mut Vec<Spelling>, exact: u64, shape: Shape, is_pair: bool) -> &mut Spelling {
    let at = list.iter().position(|spelling| spelling.exact == exact).unwrap_or_else(|| {
        list.push(Spelling {
            exact,
            shape,
            is_pair,
            personal: false,
            known: Known::No,
            beside: HashMap::default(),
            count: 0,
            docs: Vec::new(),
        });
        list.len() - 1
    });
    &mut list[at]
}

/// Whether two spellings of the same letters are likely one name.
fn may_be_one(wrong: &Spelling, right: &Spelling) -> bool {
    if wrong.is_pair {
        return true;
    }
    match (wrong.shape, right.shape) {
        // “Rand” is Mr. Paul's name, RAND an institute's; Doe is nobody, DOE a department.
        (Shape::Title, Shape::Upper) | (Shape::Upper, Shape::Title) => {
            !wrong.personal && !right.personal && wrong.known == Known::No && right.known == Known::No
        }
        (Shape::Upper, Shape::Upper) => false,
        _ if wrong.personal || right.personal => {
            wrong.beside.keys().any(|beside| right.beside.contains_key(beside))
        }
        _ => wrong.known != Known::Common,
    }
}

/// So many drafts may have a slip; where more have it, and one in ten at least of those that have the name, it is a
/// choice.
const SLIPS: usize = 3;

/// Marks each draft that has the wrong spelling and not the right one: where both stand in one draft, that was
/// reported when the draft was read by itself. A choice is told to the first draft only.
fn report(docs: &[&DocNames], wrong: &Spelling, right: &Spelling, out: &mut Vec<Difference>) {
    let is_choice = wrong.docs.len() > SLIPS && wrong.docs.len() * 10 > right.docs.len();
    let from = out.len();
    for &(doc, at) in &wrong.docs {
        if is_choice && out.len() > from {
            break;
        }
        if right.docs.binary_search_by_key(&doc, |(doc, _)| *doc).is_ok() {
            continue;
        }
        let names = docs[doc as usize];
        let Some((right_docs, (other_doc, other_use))) = same_name(docs, names, at, wrong, right) else {
            continue;
        };
        let other_names = docs[other_doc as usize];
        let wrong_text = text(names, at, wrong.is_pair);
        out.push(Difference {
            doc,
            right: variants::with_initial_of(&text(other_names, other_use, right.is_pair), &wrong_text),
            wrong: wrong_text,
            places: places(names, at, wrong.is_pair),
            wrong_docs: wrong.docs.len() as u32,
            right_docs,
            other: (other_doc, span(other_names, other_use, right.is_pair)),
        });
    }
}

/// In how many drafts the other spelling names the same, and the first place of these. People go by the names that
/// stand beside theirs: in a draft of their own, somebody of another given name has a name of their own.
fn same_name(
    docs: &[&DocNames],
    names: &DocNames,
    at: u32,
    wrong: &Spelling,
    right: &Spelling,
) -> Option<(u32, (u32, u32))> {
    /// Further drafts are not looked at.
    const MOST: usize = 200;
    let all = Some((right.docs.len() as u32, right.first()));
    if wrong.is_pair || !(wrong.personal || right.personal) {
        return all;
    }
    let neighbours = Neighbours::of(names, &[names.uses[at as usize].form]);
    if !neighbours.any_personal {
        // A bare given name may be anybody's.
        return all.filter(|_| wrong.known != Known::Common);
    }
    let beside: Vec<u64> = neighbours.all().map(|fold| fold.hash).collect();
    let shares = |(doc, other): &&(u32, u32)| {
        let names = docs[*doc as usize];
        let others = Neighbours::of(names, &[names.uses[*other as usize].form]);
        others.all().any(|fold| beside.contains(&fold.hash))
    };
    let mut same = right.docs.iter().take(MOST).filter(shares);
    let first = *same.next()?;
    Some((same.count() as u32 + 1, first))
}

fn places(names: &DocNames, at: u32, is_pair: bool) -> Vec<SrcSpan> {
    let here = names.uses[at as usize];
    let uses = names.uses_of(here.form).map(|(index, _)| index);
    if !is_pair {
        return uses
            .filter(|index| !names.uses[*index as usize].traits.has(Traits::LOUD))
            .map(|index| span(names, index, false))
            .collect();
    }
    let before = names.uses[at as usize - 1].form;
    let same = |index: &u32| {
        let place = &names.uses[*index as usize];
        place.link == here.link && *index > 0 && names.uses[*index as usize - 1].form == before
    };
    uses.filter(same).map(|index| span(names, index, true)).collect()
}

fn span(names: &DocNames, at: u32, is_pair: bool) -> SrcSpan {
    let first = at - u32::from(is_pair);
    SrcSpan::new(names.uses[first as usize].span.start, names.uses[at as usize].span.end)
}

fn text(names: &DocNames, at: u32, is_pair: bool) -> String {
    let here = &names.uses[at as usize];
    let last = &*names.form_of(here).text;
    if !is_pair {
        return last.to_owned();
    }
    let before = &*names.form_of(&names.uses[at as usize - 1]).text;
    let link = if here.link == Link::Hyphen { '-' } else { ' ' };
    format!("{before}{link}{last}")
}

/// Two words of a name that stand side by side in the run.
struct Pair {
    before: (u64, Box<str>),
    here: (u64, Box<str>),
    /// How well the less known of the two is known, and which it is.
    suspect: Suspect,
    count: u32,
    /// Each draft once, and the index of the second word's use there.
    docs: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Suspect {
    None,
    Before,
    Here,
}

/// Full names that are one slip apart: “Zubin Okaro” in one draft, “Zubin Okoro” in three.
fn near_names(docs: &[&DocNames], out: &mut Vec<Difference>) {
    let pairs = name_pairs(docs);
    // A neighbourhood for each word that stands beside a suspect, under that word and its side.
    let mut near: HashedMap<Neighbourhood> = HashedMap::default();
    for (number, pair) in pairs.iter().enumerate() {
        let (beside, suspect, side) = match pair.suspect {
            Suspect::None => continue,
            Suspect::Before => (pair.here.0, &pair.before.1, 1),
            Suspect::Here => (pair.before.0, &pair.here.1, 0),
        };
        near.entry(beside ^ side).or_default().insert(&variants::letters(suspect), number as u32);
    }
    let mut best: HashedMap<u32> = HashedMap::default();
    let mut found = Vec::new();
    for (number, right) in pairs.iter().enumerate().filter(|(_, pair)| pair.count >= 2) {
        for (beside, word, side) in [(right.here.0, &right.before.1, 1), (right.before.0, &right.here.1, 0)] {
            let Some(near) = near.get(&(beside ^ side)) else { continue };
            let letters = variants::letters(word);
            near.near(&letters, &mut found);
            for &suspect in found.iter().filter(|suspect| **suspect != number as u32) {
                let wrong = &pairs[suspect as usize];
                let wrong_word = if side == 1 { &wrong.before.1 } else { &wrong.here.1 };
                if !is_slip(wrong, &variants::letters(wrong_word), right, &letters) {
                    continue;
                }
                let known = best.entry(u64::from(suspect)).or_insert(number as u32);
                if pairs[*known as usize].count < right.count {
                    *known = number as u32;
                }
            }
        }
    }
    for (number, wrong) in pairs.iter().enumerate() {
        let Some(right) = best.get(&(number as u64)) else { continue };
        let right = &pairs[*right as usize];
        let in_before = wrong.suspect == Suspect::Before;
        let (wrong_word, right_word) =
            if in_before { (&wrong.before, &right.before) } else { (&wrong.here, &right.here) };
        let Some(&(other_doc, other_use)) = right.docs.first() else { continue };
        for &(doc, at) in &wrong.docs {
            let names = docs[doc as usize];
            if names.forms.iter().any(|form| form.fold.hash == right_word.0) {
                continue;
            }
            let place = &names.uses[at as usize - usize::from(in_before)];
            let other = docs[other_doc as usize].uses[other_use as usize - usize::from(in_before)].span;
            out.push(Difference {
                doc,
                wrong: wrong_word.1.to_string(),
                right: right_word.1.to_string(),
                places: names.uses_of(place.form).map(|(_, place)| place.span).collect(),
                wrong_docs: wrong.docs.len() as u32,
                right_docs: right.docs.len() as u32,
                other: (other_doc, other),
            });
        }
    }
}

fn is_slip(wrong: &Pair, wrong_letters: &[char], right: &Pair, right_letters: &[char]) -> bool {
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let is_word = |letters: &[char]| letters.iter().all(|letter| letter.is_alphabetic());
    // The A320 and the A321 are two machines.
    is_word(wrong_letters)
        && is_word(right_letters)
        && right.docs.len() >= 2 * wrong.docs.len()
        && wrong_letters.len().min(right_letters.len()) >= 4
        && near::slip(wrong_letters, right_letters).is_some()
        && wrong_letters.first() == right_letters.first()
        && !kinship::are_kin(&text(wrong_letters), &text(right_letters), false)
}

fn name_pairs(docs: &[&DocNames]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut by_key: HashedMap<u32> = HashedMap::default();
    for (doc, names) in docs.iter().enumerate() {
        for at in 1..names.uses.len() {
            if names.uses[at].link != Link::Space {
                continue;
            }
            let (before, here) = (names.form_of(&names.uses[at - 1]), names.form_of(&names.uses[at]));
            let is_name = |form: &Form| {
                !form
                    .traits
                    .has(Traits::ORDINARY.with(Traits::OFFICE).with(Traits::LOWER).with(Traits::INITIAL))
                    && form.shape != Shape::Upper
                    && form.fold.len >= 3
            };
            if !is_name(before) || !is_name(here) {
                continue;
            }
            let key = before.fold.hash.rotate_left(17) ^ here.fold.hash;
            let number = *by_key.entry(key).or_insert_with(|| {
                pairs.push(Pair {
                    before: (before.fold.hash, before.text.clone()),
                    here: (here.fold.hash, here.text.clone()),
                    suspect: suspect(before, here),
                    count: 0,
                    docs: Vec::new(),
                });
                pairs.len() as u32 - 1
            });
            let pair = &mut pairs[number as usize];
            pair.count += 1;
            if pair.docs.last().is_none_or(|(last, _)| *last != doc as u32) {
                pair.docs.push((doc as u32, at as u32));
            }
        }
    }
    pairs
}

/// Which word of a pair may be a slip: the one that nobody knows, and no surname of other people.
fn suspect(before: &Form, here: &Form) -> Suspect {
    let unknown = |form: &Form| form.standing == Standing::Unknown && !form.traits.has(Traits::SURNAME);
    match (unknown(before), unknown(here)) {
        (true, false) => Suspect::Before,
        // Where nobody knows either, the shared one is rare, and its bearer hardly has a double.
        (_, true) => Suspect::Here,
        (false, false) => Suspect::None,
    }
}
