//! Finds the names of a draft that stand in two spellings.
//!
//! Words are compared by their letters (`one_word`: case, diacritics, apostrophes), by slips of one letter
//! (`near_words`) and by hyphen and space (`joined_words`). Nothing is compared with everything: each comparison goes
//! through a shared key. What decides between a slip and another name is how well the form is known, how often each
//! stands, and the company they keep.

use super::company::{Company, Neighbours};
use crate::document::token::Shape;
use crate::facts::names::families;
use crate::facts::names::gather::HashedMap;
use crate::facts::names::kinship;
use crate::facts::names::near::{self, Neighbourhood, Slip};
use crate::facts::names::vocabulary;
use crate::facts::names::{DocNames, Fold, Form, Link, Standing, Traits, Use};
use crate::lexicon::fold::Key;
use crate::text::span::SrcSpan;
use std::collections::HashSet;

/// A name in two spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The rarer spelling, and the one that the draft prefers.
    pub wrong: String,
    pub right: String,
    pub wrong_count: u32,
    pub right_count: u32,
    /// Where the rarer one stands, in order.
    pub places: Vec<SrcSpan>,
    /// Where the other one stands first.
    pub example: SrcSpan,
}

/// All variants of a draft, each place once.
pub fn find(names: &DocNames) -> Vec<Variant> {
    let groups = Groups::of(names);
    let mut out = Vec::new();
    for group in &groups.list {
        one_word(names, group, &mut out);
    }
    near_words(names, &groups, &mut out);
    alike_words(names, &groups, &mut out);
    joined_words(names, &groups, &mut out);
    out
}

/// The forms of a draft that have the same letters.
struct Group {
    fold: Fold,
    forms: Vec<u32>,
    count: u32,
    firm: u32,
    standing: Standing,
    /// In lower case, without diacritics; empty where the word is no Latin word.
    letters: Vec<char>,
}

struct Groups {
    list: Vec<Group>,
    by_fold: HashedMap<u32>,
}

impl Groups {
    fn of(names: &DocNames) -> Self {
        let mut list: Vec<Group> = Vec::new();
        let mut by_fold = HashedMap::default();
        for (index, form) in names.forms.iter().enumerate() {
            if form.traits.has(Traits::LOWER) {
                continue;
            }
            let at = *by_fold.entry(form.fold.hash).or_insert_with(|| {
                list.push(Group {
                    fold: form.fold,
                    forms: Vec::new(),
                    count: 0,
                    firm: 0,
                    standing: form.standing,
                    letters: Vec::new(),
                });
                list.len() as u32 - 1
            });
            let group = &mut list[at as usize];
            group.forms.push(index as u32);
            group.count += form.count;
            group.firm += form.firm;
        }
        for group in &mut list {
            group.letters = letters(&names.forms[group.forms[0] as usize].text);
        }
        Self { list, by_fold }
    }
}

impl Group {
    fn main_form<'a>(&self, names: &'a DocNames) -> &'a Form {
        let best = self.forms.iter().max_by_key(|form| {
            let form = &names.forms[**form as usize];
            (form.firm, form.count, std::cmp::Reverse(form.first))
        });
        &names.forms[best.copied().unwrap_or_default() as usize]
    }

    fn first_use<'a>(&self, names: &'a DocNames) -> Option<&'a Use> {
        let first = self.forms.iter().map(|form| names.forms[*form as usize].first).min()?;
        names.uses.get(first as usize)
    }
}

pub fn letters(word: &str) -> Vec<char> {
    match Key::new(word) {
        Some(key) => key.as_str().chars().filter(|char| *char != '\'').collect(),
        None => word.chars().flat_map(char::to_lowercase).filter(|char| char.is_alphanumeric()).collect(),
    }
}

/// One word with other capitals, diacritics or apostrophes: TASS, Tass; José, Jose.
fn one_word(names: &DocNames, group: &Group, out: &mut Vec<Variant>) {
    if group.forms.len() < 2 || group.fold.len < 3 {
        return;
    }
    let mut forms = group.forms.clone();
    // The spelling that the draft prefers first.
    forms.sort_by_key(|form| {
        let form = &names.forms[*form as usize];
        (std::cmp::Reverse(form.count), form.first)
    });
    let right = forms[0];
    for &wrong in &forms[1..] {
        let places =
            if differ_in_case_only(&names.forms[wrong as usize].text, &names.forms[right as usize].text) {
                other_case(names, wrong, right)
            } else {
                other_marks(names, wrong, right)
            };
        push(names, out, &names.forms[wrong as usize], &names.forms[right as usize], places);
    }
}

fn push(names: &DocNames, out: &mut Vec<Variant>, wrong: &Form, right: &Form, places: Vec<SrcSpan>) {
    let Some(example) = names.uses.get(right.first as usize).filter(|_| !places.is_empty()) else { return };
    out.push(Variant {
        wrong: wrong.text.to_string(),
        right: right.text.to_string(),
        wrong_count: places.len() as u32,
        right_count: right.count,
        places,
        example: example.span,
    });
}

fn differ_in_case_only(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// The uses of a form whose capitals are not the draft's for this name.
fn other_case(names: &DocNames, wrong: u32, right: u32) -> Vec<SrcSpan> {
    let (wrong_form, right_form) = (&names.forms[wrong as usize], &names.forms[right as usize]);
    let fits = |place: &Use, index: u32| -> bool {
        let same_name = shares_exact_neighbour(names, index, right);
        match (wrong_form.shape, right_form.shape) {
            (Shape::Title, Shape::Upper) => {
                let is_word = wrong_form.traits.has(Traits::ORDINARY.with(Traits::OFFICE));
                if same_name {
                    return true;
                }
                !is_word
                    && right_form.quiet() >= 2
                    && right_form.quiet() >= 2 * wrong_form.count
                    && stands_alone(names, index)
            }
            (Shape::Upper, Shape::Title) => {
                let acronym = wrong_form.traits.has(Traits::ACRONYM);
                !place.traits.has(Traits::LOUD)
                    && acronym
                    && right_form.firm >= 2
                    && right_form.firm >= 2 * wrong_form.count
                    && (2..=6).contains(&wrong_form.fold.len)
            }
            (Shape::Upper, Shape::Mixed) | (Shape::Mixed, Shape::Upper) => {
                !place.traits.has(Traits::LOUD) && right_form.quiet() >= 2
            }
            (Shape::Title, Shape::Mixed) => right_form.firm >= 2,
            (Shape::Mixed, Shape::Title | Shape::Mixed) => {
                right_form.firm >= 2 && !place.traits.has(Traits::FORCED)
            }
            _ => false,
        }
    };
    names.uses_of(wrong).filter(|(index, place)| fits(place, *index)).map(|(_, place)| place.span).collect()
}

/// How many uses of a form are looked at to learn what it stands beside.
const MOST_USES: usize = 200;

/// Whether the word beside this use is letter for letter the word that stands twice beside the other form.
fn shares_exact_neighbour(names: &DocNames, index: u32, other: u32) -> bool {
    let shared = |side: fn(&DocNames, u32) -> Option<&Use>| {
        side(names, index).is_some_and(|neighbour| {
            let beside = names.uses_of(other).take(MOST_USES).filter_map(|(at, _)| side(names, at));
            beside.filter(|beside| beside.form == neighbour.form).nth(1).is_some()
        })
    };
    shared(DocNames::left) || shared(DocNames::right)
}

/// Whether a word stands beside no person's name of its own: acronyms have no given names.
fn stands_alone(names: &DocNames, index: u32) -> bool {
    Neighbours::default().compare(names, index) != Company::Other
}

/// The uses of a form that has other diacritics or apostrophes, where they do not name somebody else.
fn other_marks(names: &DocNames, wrong: u32, right: u32) -> Vec<SrcSpan> {
    let neighbours = Neighbours::of(names, &[right]);
    let right_form = &names.forms[right as usize];
    let wrong_form = &names.forms[wrong as usize];
    // “Why We’re Late” and “Signs You Were Late”: words that a headline capitalises.
    if is_contraction(&right_form.text) || is_contraction(&wrong_form.text) {
        return Vec::new();
    }
    if right_form.fold.len < 3 || wrong_form.shape == Shape::Upper && right_form.shape != Shape::Upper {
        return Vec::new();
    }
    let company: Vec<Company> =
        names.uses_of(wrong).map(|(index, _)| neighbours.compare(names, index)).collect();
    if company.contains(&Company::Other) {
        return Vec::new();
    }
    // Two people have one given name, each in a spelling of their own.
    let common = right_form.count < 2 || right_form.traits.has(Traits::GIVEN);
    if common && !company.contains(&Company::Same) {
        return Vec::new();
    }
    names.uses_of(wrong).map(|(_, place)| place.span).collect()
}

fn is_contraction(word: &str) -> bool {
    let endings = ["re", "ve", "ll", "m", "d"];
    let after = word.rsplit_once(['\'', '’']).map(|(_, after)| after);
    after.is_some_and(|after| endings.contains(&after)) || word.ends_with("n't") || word.ends_with("n’t")
}

/// Words that are one slip apart: Okoro, Okoor.
fn near_words(names: &DocNames, groups: &Groups, out: &mut Vec<Variant>) {
    let mut near = Neighbourhood::default();
    let mut suspects = Vec::new();
    for (number, group) in groups.list.iter().enumerate() {
        let is_word = group.letters.iter().all(|letter| letter.is_alphabetic());
        if is_word && group.standing < Standing::Established && group.letters.len() >= 4 {
            near.insert(&group.letters, number as u32);
            suspects.push(number as u32);
        }
    }
    if suspects.is_empty() {
        return;
    }
    // For each suspect the word it may be a slip for, the likeliest.
    let mut best: HashedMap<(Score, u32)> = HashedMap::default();
    let mut found = Vec::new();
    for (number, right) in groups.list.iter().enumerate() {
        if right.letters.len() < 4 || right.letters.len() > 40 {
            continue;
        }
        near.near(&right.letters, &mut found);
        for &suspect in found.iter().filter(|suspect| **suspect != number as u32) {
            let wrong = &groups.list[suspect as usize];
            let Some(score) = judge(names, wrong, right) else { continue };
            let entry = best.entry(u64::from(suspect)).or_insert((score, number as u32));
            if score > entry.0 {
                *entry = (score, number as u32);
            }
        }
    }
    for suspect in suspects {
        let Some((_, right)) = best.get(&u64::from(suspect)) else { continue };
        push_group(names, &groups.list[suspect as usize], &groups.list[*right as usize], out);
    }
}

/// Marks all forms of one group as variants of another.
fn push_group(names: &DocNames, wrong: &Group, right: &Group, out: &mut Vec<Variant>) {
    let right_form = right.main_form(names);
    let Some(example) = right.first_use(names) else { return };
    for form in &wrong.forms {
        let wrong_form = &names.forms[*form as usize];
        let text = match wrong_form.shape {
            Shape::Upper if right_form.shape != Shape::Upper => right_form.text.to_uppercase(),
            _ => right_form.text.to_string(),
        };
        out.push(Variant {
            wrong: wrong_form.text.to_string(),
            right: text,
            wrong_count: wrong_form.count,
            right_count: right.count,
            places: names.uses_of(*form).map(|(_, place)| place.span).collect(),
            example: example.span,
        });
    }
}

/// Words that are spellings of one name in another script, or that sound alike beside the same name.
fn alike_words(names: &DocNames, groups: &Groups, out: &mut Vec<Variant>) {
    let mut alike: HashedMap<Vec<u32>> = HashedMap::default();
    for (number, group) in groups.list.iter().enumerate() {
        if let Some(family) = families::of(group.fold) {
            alike.entry(u64::from(family.number)).or_default().push(number as u32);
        } else if let Some(sound) = families::sound(&group.letters) {
            alike.entry(sound).or_default().push(number as u32);
        }
    }
    let mut lists: Vec<Vec<u32>> = alike.into_values().filter(|list| list.len() > 1).collect();
    lists.sort();
    // Words are marked once: what is one slip away is marked already.
    let marked: HashSet<SrcSpan> = out.iter().filter_map(|variant| variant.places.first().copied()).collect();
    for mut list in lists {
        list.sort_by_key(|number| (std::cmp::Reverse(groups.list[*number as usize].count), *number));
        let Some((right, others)) = list.split_first() else { continue };
        let right = &groups.list[*right as usize];
        for wrong in others.iter().take(8).map(|number| &groups.list[*number as usize]) {
            let is_marked =
                |group: &Group| group.first_use(names).is_some_and(|first| marked.contains(&first.span));
            if is_marked(wrong) || is_marked(right) || !are_alike(names, wrong, right) {
                continue;
            }
            let from = out.len();
            push_group(names, wrong, right, out);
            if company(names, wrong, right) != Company::Same {
                // “Kyiv Post” is a newspaper's name, whatever the draft calls the town.
                let heads = part_of_longer_names(names, wrong);
                out[from..]
                    .iter_mut()
                    .for_each(|variant| variant.places.retain(|place| !heads.contains(place)));
            }
        }
    }
}

/// The uses of a word that begin a longer name.
fn part_of_longer_names(names: &DocNames, group: &Group) -> HashSet<SrcSpan> {
    let uses = group.forms.iter().flat_map(|form| names.uses_of(*form));
    let begins = |index: u32| names.right(index).is_some_and(|right| right.link == Link::Space);
    uses.filter(|(index, _)| begins(*index)).map(|(_, place)| place.span).collect()
}

/// Whether two words that are spellings of one name, or sound alike, are one name in this draft.
fn are_alike(names: &DocNames, wrong: &Group, right: &Group) -> bool {
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let company = company(names, wrong, right);
    if company == Company::Other {
        return false;
    }
    match families::of(wrong.fold) {
        Some(family) if !family.is_given => true,
        Some(_) => company == Company::Same && wrong.firm > 0,
        None => {
            company == Company::Same
                && wrong.standing.min(right.standing) < Standing::Established
                && wrong.letters.first() == right.letters.first()
                && !kinship::are_kin(&text(&wrong.letters), &text(&right.letters), false)
        }
    }
}

/// The company of a word's uses as a whole, compared with another word's.
fn company(names: &DocNames, wrong: &Group, right: &Group) -> Company {
    let neighbours = Neighbours::of(names, &right.forms);
    let mut out = Company::Neutral;
    for form in &wrong.forms {
        for (index, _) in names.uses_of(*form).take(20) {
            match neighbours.compare(names, index) {
                Company::Other => return Company::Other,
                Company::Same => out = Company::Same,
                Company::Neutral => {}
            }
        }
    }
    out
}

/// How likely a word is a slip for another: company first, then how often the other stands.
type Score = (bool, Standing, u32);

/// Whether `wrong` is a slip for `right` in this draft.
fn judge(names: &DocNames, wrong: &Group, right: &Group) -> Option<Score> {
    let slip = near::slip(&wrong.letters, &right.letters)?;
    let (wrong_count, right_count) = (wrong.count, right.count);
    let rarer = (right_count, right.standing) > (wrong_count, wrong.standing)
        || (right_count == wrong_count && right.standing == wrong.standing && right.forms < wrong.forms);
    if !rarer || right_count < wrong_count {
        return None;
    }
    let text = |letters: &[char]| letters.iter().collect::<String>();
    if kinship::are_kin(&text(&wrong.letters), &text(&right.letters), wrong.standing == Standing::Unknown) {
        return None;
    }
    let right_form = right.main_form(names);
    // SpaceX is no slip for space.
    let is_mixed = |form: &Form| form.shape == Shape::Mixed;
    if is_mixed(wrong.main_form(names)) != is_mixed(right_form) {
        return None;
    }
    // Agencies, stations and tickers differ by a letter; only swapped letters are a slip for certain.
    let upper = [&right_form.shape, &wrong.main_form(names).shape]
        .into_iter()
        .filter(|shape| **shape == Shape::Upper);
    if match upper.count() {
        0 => false,
        1 => right.firm == 0 || right_form.shape != Shape::Upper && wrong.letters.len() <= 5,
        _ => !matches!(slip, Slip::Swapped { .. }),
    } {
        return None;
    }
    let company = company(names, wrong, right);
    if company == Company::Other {
        return None;
    }
    let same = company == Company::Same;
    // A word of an established thing is not what a person of their own name is called.
    let own_name = Neighbours::of(names, &wrong.forms).any_personal;
    let is_thing = right_form.traits.has(Traits::ORDINARY)
        || right_count < 2 && !right_form.traits.has(Traits::GIVEN.with(Traits::SURNAME));
    if !same && own_name && is_thing {
        return None;
    }
    let first_letter =
        matches!(slip, Slip::Changed { at: 0 } | Slip::Extra { at: 0 } | Slip::Missing { at: 0 });
    let long_enough = wrong.letters.len().max(right.letters.len()) >= 5;
    let is_name = right.firm >= 1
        || right.standing == Standing::Established && !right_form.traits.has(Traits::ORDINARY);
    let enough = match wrong.standing {
        Standing::Unknown => {
            same || (!first_letter
                && long_enough
                && is_name
                && (right_count >= 2 * wrong_count
                    || !own_name && is_introduced(names, wrong, right)
                    || right.standing == Standing::Established && right.letters.len() >= 6))
        }
        Standing::Rare => {
            same && right_count > wrong_count
                || (!first_letter
                    && long_enough
                    && is_name
                    && !own_name
                    && wrong_count == 1
                    && right_count >= 3)
        }
        Standing::Established => false,
    };
    enough.then_some((same, right.standing, right_count))
}

/// Whether a word stands with a given name before the other stands at all, bare: “Gary Okoro … Okorro”.
fn is_introduced(names: &DocNames, wrong: &Group, right: &Group) -> bool {
    let first = |group: &Group| group.first_use(names).map(|place| place.span.start);
    first(right) < first(wrong) && Neighbours::of(names, &right.forms).any_personal
}

/// Two words written together, with a hyphen or apart: Jong-un, Jong Un; al-Qaeda, al Qaeda; SpaceX, Space X.
fn joined_words(names: &DocNames, groups: &Groups, out: &mut Vec<Variant>) {
    // Only pairs that stand with a hyphen somewhere, or whose letters are a word of the draft, can vary.
    let mut hyphened: HashedMap<()> = HashedMap::default();
    for at in 1..names.uses.len() {
        if let Some((Link::Hyphen, key)) = pair_at(names, at) {
            hyphened.insert(key.hash, ());
        }
    }
    let mut spellings: HashedMap<Vec<Spelling>> = HashedMap::default();
    for at in 1..names.uses.len() {
        let Some((link, key)) = pair_at(names, at) else { continue };
        let word = groups.by_fold.get(&key.hash);
        if word.is_none() && !hyphened.contains_key(&key.hash) {
            continue;
        }
        let list = spellings.entry(key.hash).or_insert_with(|| {
            let forms = word.map_or(&[][..], |group| &groups.list[*group as usize].forms);
            forms.iter().map(|form| Spelling::of_word(names, *form)).collect()
        });
        let words = Words::Pair(names.uses[at - 1].form, link, names.uses[at].form);
        let firm = u32::from(!names.uses[at - 1].traits.has(Traits::FORCED));
        match list.iter_mut().find(|spelling| spelling.words.is_same(words, names)) {
            Some(spelling) => {
                spelling.places.push(at as u32);
                spelling.firm += firm;
            }
            None => list.push(Spelling { words, places: vec![at as u32], firm }),
        }
    }
    let mut varied: Vec<Vec<Spelling>> = spellings.into_values().filter(|list| list.len() > 1).collect();
    varied.sort_by_key(|list| list.iter().map(Spelling::first).min());
    for mut list in varied {
        list.sort_by_key(|spelling| (std::cmp::Reverse(spelling.places.len()), spelling.first()));
        let Some((right, others)) = list.split_first() else { continue };
        for wrong in others.iter().filter(|wrong| is_one_name(names, wrong, right)) {
            // “Kim Jong Un” says more than “Jong Un”.
            let lead = right.shared_left(names).filter(|left| Some(*left) == wrong.shared_left(names));
            let wrong_text = wrong.text(names, lead);
            out.push(Variant {
                right: with_initial_of(&right.text(names, lead), &wrong_text),
                wrong: wrong_text,
                wrong_count: wrong.places.len() as u32,
                right_count: right.places.len() as u32,
                places: wrong.places.iter().map(|place| wrong.span(names, *place, lead.is_some())).collect(),
                example: right.span(names, right.first(), lead.is_some()),
            });
        }
    }
}

/// The link and the letters of the two words that end with the use at `at`, if they can be one name.
pub fn pair_at(names: &DocNames, at: usize) -> Option<(Link, Fold)> {
    let (before, here) = (&names.uses[at - 1], &names.uses[at]);
    let linked = matches!(here.link, Link::Hyphen | Link::Space);
    if !linked || here.traits.has(Traits::LOUD) || before.traits.has(Traits::OFFICE.with(Traits::INITIAL)) {
        return None;
    }
    let (first, second) = (names.form_of(before).fold, names.form_of(here).fold);
    let key = first.then(second);
    (key.len >= 4 && second.len >= 2).then_some((here.link, key))
}

/// Whether the two words that end with the use at `at` can be one name when a hyphen stands between.
pub fn is_name_pair(names: &DocNames, at: usize) -> bool {
    let (before, here) = (names.form_of(&names.uses[at - 1]), names.form_of(&names.uses[at]));
    !(before.traits.has(Traits::ORDINARY) && here.traits.has(Traits::ORDINARY))
        && (is_new(before) || is_new(here))
}

/// Whether a word makes a hyphened pair a name. “at-home” is no part of one, “Jong-un” and “al-Qaeda” are.
fn is_new(form: &Form) -> bool {
    let is_part = is_particle(form) || !form.traits.has(Traits::ORDINARY);
    form.standing != Standing::Established || form.traits.has(Traits::LOWER) && is_part
}

/// Whether readers know a word by itself, not as a part of others' names.
fn is_known_word(form: &Form) -> bool {
    form.standing == Standing::Established && !is_particle(form)
}

/// One way in which a pair of words stands in the draft.
struct Spelling {
    words: Words,
    /// Indices of the last word of each place; there is one at least.
    places: Vec<u32>,
    /// How many places do not begin where a capital is asked for.
    firm: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    One(u32),
    Pair(u32, Link, u32),
}

impl Words {
    /// Whether two pairs of the same letters are spelled alike. A particle takes a capital where a sentence begins:
    /// “Al Shabaab” is “al Shabaab”.
    fn is_same(self, other: Self, names: &DocNames) -> bool {
        match (self, other) {
            (Self::Pair(before, link, after), Self::Pair(other_before, other_link, other_after)) => {
                let alike = before == other_before || is_particle(&names.forms[before as usize]);
                alike && link == other_link && after == other_after
            }
            _ => self == other,
        }
    }
}

/// Whether a form is a particle, capitalised or not.
pub fn is_particle(form: &Form) -> bool {
    form.fold.len <= 5 && vocabulary::is_particle(&form.text.to_lowercase())
}

/// `right` with the capital that `wrong` has from its place: “al Shabaab” where “Al-Shabaab” stands.
pub fn with_initial_of(right: &str, wrong: &str) -> String {
    let (Some(wanted), Some(given)) = (wrong.chars().next(), right.chars().next()) else {
        return right.to_owned();
    };
    if !wanted.is_uppercase() || given.is_uppercase() || !wanted.to_lowercase().eq(given.to_lowercase()) {
        return right.to_owned();
    }
    wanted.to_string() + &right[given.len_utf8()..]
}

impl Spelling {
    fn of_word(names: &DocNames, form: u32) -> Self {
        let places = names.uses_of(form).map(|(index, _)| index).collect();
        Self { words: Words::One(form), places, firm: names.forms[form as usize].firm }
    }

    fn first(&self) -> u32 {
        self.places.first().copied().unwrap_or_default()
    }

    fn span(&self, names: &DocNames, place: u32, with_lead: bool) -> SrcSpan {
        let first = self.first_word(place) - u32::from(with_lead);
        SrcSpan::new(names.uses[first as usize].span.start, names.uses[place as usize].span.end)
    }

    fn first_word(&self, place: u32) -> u32 {
        match self.words {
            Words::One(_) => place,
            Words::Pair(..) => place - 1,
        }
    }

    fn text(&self, names: &DocNames, lead: Option<u32>) -> String {
        let text = |form: u32| &*names.forms[form as usize].text;
        let lead = lead.map_or(String::new(), |lead| format!("{} ", text(lead)));
        match self.words {
            Words::One(form) => format!("{lead}{}", text(form)),
            Words::Pair(before, Link::Hyphen, after) => format!("{lead}{}-{}", text(before), text(after)),
            Words::Pair(before, _, after) => format!("{lead}{} {}", text(before), text(after)),
        }
    }

    /// The word before, if it is the same at every place, with a space between.
    fn shared_left(&self, names: &DocNames) -> Option<u32> {
        let left = self.left(names)?;
        let same = |place: &u32| {
            let first = self.first_word(*place);
            names.uses[first as usize].link == Link::Space
                && names.left(first).map(|left| left.form) == Some(left)
        };
        self.places.iter().all(same).then_some(left)
    }

    /// The form of the word before, in the same name.
    fn left(&self, names: &DocNames) -> Option<u32> {
        names.left(self.first_word(self.first())).map(|left| left.form)
    }
}

/// Whether two ways to write a pair of words mean one name.
fn is_one_name(names: &DocNames, wrong: &Spelling, right: &Spelling) -> bool {
    let same_company = wrong.left(names).is_some() && wrong.left(names) == right.left(names);
    match (wrong.words, right.words) {
        (Words::One(_), Words::One(_)) => false,
        (Words::One(single), Words::Pair(before, _, after))
        | (Words::Pair(before, _, after), Words::One(single)) => {
            let ordinary = |form: u32| names.forms[form as usize].traits.has(Traits::ORDINARY);
            let firm = wrong.firm > 0 && right.firm > 0;
            let given = names.forms[after as usize].traits.has(Traits::GIVEN);
            // “Sen. Whitehouse” is not the White House.
            let surname = names.forms[single as usize].traits.has(Traits::SURNAME.with(Traits::GIVEN));
            let person = (surname || Neighbours::of(names, &[single]).any_personal)
                && is_known_word(&names.forms[before as usize])
                && is_known_word(&names.forms[after as usize]);
            firm && !person
                && !ordinary(single)
                && !(ordinary(before) && ordinary(after))
                && before != after
                && !given
        }
        (Words::Pair(before, link, after), Words::Pair(_, other_link, _)) => {
            let (before, after) = (&names.forms[before as usize], &names.forms[after as usize]);
            if link == other_link {
                // A particle in lower case here and capitalised there, and the like.
                return same_company && wrong.firm > 0 && right.firm > 0;
            }
            let ordinary = before.traits.has(Traits::ORDINARY) && after.traits.has(Traits::ORDINARY);
            !ordinary && (is_new(before) || is_new(after) || same_company)
        }
    }
}
