//! The register: the names of some drafts, each with its kind, its forms, their counts and places.
//!
//! Name words become mentions; a short form joins the full name that the draft gave before it (Vladimir Putin … Putin;
//! the Lagos Evening Post … the Post); an acronym joins the name whose initials it is. Across drafts only full names
//! meet: two drafts may each speak of a Putin of their own.

use super::extract;
use super::gather::HashedMap;
use super::{DocNames, Fold, Form, Link, Traits, Use, vocabulary};
use crate::document::token::Shape;
use crate::finding::DocId;
use crate::text::span::SrcSpan;
use std::collections::HashMap;

/// A name and the ways in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The fullest form, the most frequent of these.
    pub name: String,
    pub kind: Kind,
    pub count: u32,
    /// The most frequent first.
    pub forms: Vec<NameForm>,
}

impl Name {
    /// The forms that have the letters of the name, or of its last words, with another hyphen, space, diacritic or
    /// capital.
    pub fn other_spellings(&self) -> Vec<&str> {
        let letters = |text: &str| extract::fold(&text.replace([' ', '-'], ""));
        let starts = self.name.match_indices([' ', '-']).map(|(at, _)| at + 1);
        let ends: Vec<&str> = std::iter::once(0).chain(starts).map(|at| &self.name[at..]).collect();
        let differs = |form: &&str| {
            !ends.contains(form) && ends.iter().any(|end| letters(end) == letters(form) && end.len() >= 3)
        };
        self.forms.iter().map(|form| form.form.as_str()).filter(differs).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForm {
    pub form: String,
    /// In the order of the drafts and of their text.
    pub places: Vec<(DocId, SrcSpan)>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Person,
    Organization,
    Place,
    Other,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

/// The register of a run: each draft's text and names. The most frequent name comes first.
pub fn register(docs: &[(&str, &DocNames)]) -> Vec<Name> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_key: HashedMap<usize> = HashMap::default();
    for (doc, (text, names)) in docs.iter().enumerate() {
        for found in of_draft(text, names) {
            let key = found.key.hash ^ u64::from(found.key.len);
            let at = *by_key.entry(key).or_insert_with(|| {
                clusters.push(Cluster { votes: [0; 4], mentions: Vec::new() });
                clusters.len() - 1
            });
            let cluster = &mut clusters[at];
            for (sum, votes) in cluster.votes.iter_mut().zip(found.votes) {
                *sum += votes;
            }
            cluster
                .mentions
                .extend(found.mentions.into_iter().map(|(text, span)| (text, DocId(doc as u32), span)));
        }
    }
    let mut out: Vec<Name> = clusters.into_iter().map(Cluster::into_name).collect();
    out.sort_by(|a, b| (b.count, &a.name).cmp(&(a.count, &b.name)));
    out
}

/// A name in the making. Votes are for person, organization, place, other.
struct Cluster {
    votes: [u32; 4],
    mentions: Vec<(String, DocId, SrcSpan)>,
}

impl Cluster {
    fn into_name(self) -> Name {
        let mut forms: Vec<NameForm> = Vec::new();
        let mut by_text: HashMap<String, usize> = HashMap::new();
        let count = self.mentions.len() as u32;
        for (text, doc, span) in self.mentions {
            let at = *by_text.entry(text.clone()).or_insert_with(|| {
                forms.push(NameForm { form: text, places: Vec::new() });
                forms.len() - 1
            });
            forms[at].places.push((doc, span));
        }
        forms.sort_by_key(|form| std::cmp::Reverse(form.places.len()));
        let words = |form: &NameForm| form.form.split([' ', '-']).count();
        let fullest = forms.iter().map(words).max().unwrap_or_default();
        let name = forms
            .iter()
            .find(|form| words(form) == fullest)
            .map(|form| form.form.clone())
            .unwrap_or_default();
        Name { name, kind: kind_of(&self.votes), count, forms }
    }
}

/// A name of one draft.
#[derive(Clone, Debug)]
pub struct DocName {
    /// The letters of the full name.
    key: Fold,
    /// For person, organization, place, other.
    votes: [u32; 4],
    /// The words and their place, in the order of the draft.
    pub mentions: Vec<(String, SrcSpan)>,
}

impl DocName {
    pub fn kind(&self) -> Kind {
        kind_of(&self.votes)
    }
}

fn kind_of(votes: &[u32; 4]) -> Kind {
    let kinds = [Kind::Person, Kind::Organization, Kind::Place, Kind::Other];
    let best = (0..4).max_by_key(|kind| (votes[*kind], std::cmp::Reverse(*kind)));
    kinds[best.unwrap_or(3)]
}

/// A name where it stands: the indices of its first and its last word among `DocNames::uses`.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    pub first: u32,
    pub last: u32,
    pub kind: Kind,
}

impl Mention {
    pub fn span(&self, names: &DocNames) -> SrcSpan {
        let (first, last) = (&names.uses[self.first as usize], &names.uses[self.last as usize]);
        SrcSpan::new(first.span.start, last.span.end)
    }

    /// The letters of the last word, with what a hyphen joins to it and the particles before it (van der Loos).
    pub fn surname(&self, names: &DocNames) -> Fold {
        let folds = names.uses[self.surname_at(names) as usize..=self.last as usize].iter();
        folds.map(|place| names.form_of(place).fold).fold(Fold::default(), Fold::then)
    }

    /// Whether it says more than a surname.
    pub fn is_full(&self, names: &DocNames) -> bool {
        self.surname_at(names) > self.first
    }

    fn surname_at(&self, names: &DocNames) -> u32 {
        let mut at = self.last;
        while at > self.first {
            let before = &names.uses[at as usize - 1];
            let joined = names.uses[at as usize].link == Link::Hyphen;
            if !joined && !names.form_of(before).traits.has(Traits::LOWER) {
                break;
            }
            at -= 1;
        }
        at
    }
}

/// The names of one draft, in the order of their first full mentions.
pub fn of_draft(text: &str, names: &DocNames) -> Vec<DocName> {
    let mentions = mentions(names);
    let mut clusters: Vec<DocName> = Vec::new();
    let mut by_key: HashedMap<usize> = HashMap::default();
    // The names that a single word may stand for: those that end with it, or begin with it; the latest wins.
    let mut by_word: HashedMap<usize> = HashMap::default();
    let mut by_initials: HashMap<String, usize> = HashMap::new();
    for mention in mentions.iter().filter(|mention| mention.is_full(names)) {
        let at = cluster_at(names, mention, &mut clusters, &mut by_key);
        let words = words(names, mention);
        if let Some(first) = words.first() {
            by_word.entry(first.fold.hash).or_insert(at);
            by_word.insert(mention.surname(names).hash, at);
        }
        by_initials.entry(initials(&words)).or_insert(at);
    }
    for mention in &mentions {
        let span = mention.span(names);
        let form = names.form_of(&names.uses[mention.first as usize]);
        let full = if mention.is_full(names) {
            None
        } else if mention.first == mention.last && form.shape == Shape::Upper {
            by_initials.get(&*form.text).copied()
        } else {
            by_word.get(&mention.surname(names).hash).copied()
        };
        let at = full.unwrap_or_else(|| cluster_at(names, mention, &mut clusters, &mut by_key));
        let cluster = &mut clusters[at];
        // A short form is of the kind of the full name; “in …” says more than what a word looks like.
        if full.is_none() {
            cluster.votes[mention.kind as usize] += if mention.kind == Kind::Place { 3 } else { 1 };
        }
        cluster.mentions.push((one_line(span.of(text)), span));
    }
    clusters.retain(|cluster| !cluster.mentions.is_empty());
    clusters
}

fn cluster_at(
    names: &DocNames,
    mention: &Mention,
    clusters: &mut Vec<DocName>,
    by_key: &mut HashedMap<usize>,
) -> usize {
    let all = names.uses[mention.first as usize..=mention.last as usize].iter();
    let key = all.map(|place| names.form_of(place).fold).fold(Fold::default(), Fold::then);
    *by_key.entry(key.hash).or_insert_with(|| {
        clusters.push(DocName { key, votes: [0; 4], mentions: Vec::new() });
        clusters.len() - 1
    })
}

/// The capitalised words of a mention.
fn words<'a>(names: &'a DocNames, mention: &Mention) -> Vec<&'a Form> {
    let all = names.uses[mention.first as usize..=mention.last as usize].iter();
    all.map(|place| names.form_of(place)).filter(|form| !form.traits.has(Traits::LOWER)).collect()
}

fn initials(words: &[&Form]) -> String {
    words.iter().filter_map(|form| form.text.chars().next()).collect()
}

/// A name as it is written in running text.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts the linked name words of a draft into names, in the order of the draft.
pub fn mentions(names: &DocNames) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut first = 0;
    while first < names.uses.len() {
        let mut end = first + 1;
        while end < names.uses.len() && names.uses[end].link != Link::None && !parts(names, first, end) {
            end += 1;
        }
        out.extend(mention(names, first, end));
        first = end;
    }
    out
}

/// Whether a new name begins at a word linked to the name that began at `first`: after an office (“President | Putin”), after “of” unless the words
/// before name an organization (“Bank of …”), after a demonym before an office, after a title that is more than one word
/// (“Secretary of State | Ada Obi”).
fn parts(names: &DocNames, first: usize, at: usize) -> bool {
    let (before, here) = (&names.uses[at - 1], &names.uses[at]);
    let person = names.form_of(&names.uses[first]).traits.has(Traits::GIVEN)
        || names.uses[first..at].iter().any(|place| names.form_of(place).traits.has(Traits::LOWER));
    let of_thing = here.link == Link::Of && (person || !names.form_of(before).traits.has(Traits::ORDINARY));
    let after_office =
        before.traits.has(Traits::OFFICE) && !here.traits.has(Traits::OFFICE) && here.link == Link::Space;
    let new_office = here.traits.has(Traits::OFFICE) && !before.traits.has(Traits::OFFICE);
    of_thing || after_office || new_office || is_person_after_title(names, at)
}

/// Whether a given name and a surname begin at `at`, and what stands before them names no person.
fn is_person_after_title(names: &DocNames, at: usize) -> bool {
    let (title, given) = (names.form_of(&names.uses[at - 1]), names.form_of(&names.uses[at]));
    // “President-elect | Ada Obi”
    let is_rest = title.traits.has(Traits::LOWER) && names.uses[at - 1].link == Link::Hyphen;
    let is_word = title.traits.has(Traits::ORDINARY)
        && !title.traits.has(Traits::GIVEN.with(Traits::SURNAME).with(Traits::LOWER));
    let has_surname = names.uses.get(at + 1).is_some_and(|next| {
        next.link == Link::Space && !names.form_of(next).traits.has(Traits::ORDINARY.with(Traits::OFFICE))
    });
    names.uses[at].link == Link::Space
        && given.traits.has(Traits::GIVEN)
        && has_surname
        && (is_rest || is_word)
}

fn mention(names: &DocNames, first: usize, end: usize) -> Option<Mention> {
    // “Russian-made” is a word made of a name.
    let is_word = |place: &Use| {
        let traits = names.form_of(place).traits;
        traits.has(Traits::LOWER) && traits.has(Traits::ORDINARY)
    };
    // Ada Obi KC is Ada Obi.
    let is_title = |place: &Use| vocabulary::is_after_name(&names.form_of(place).text);
    let words = names.uses[first..end].iter();
    let end = first
        + words.enumerate().rposition(|(at, place)| !is_word(place) && (at < 2 || !is_title(place)))?
        + 1;
    let uses = &names.uses[first..end];
    if uses.iter().all(|place| place.traits.has(Traits::OFFICE.with(Traits::LOWER).with(Traits::INITIAL))) {
        return None;
    }
    let forms = || uses.iter().map(|place| names.form_of(place));
    let loud = uses.iter().all(|place| place.traits.has(Traits::LOUD));
    let only_words = forms().all(|form| form.traits.has(Traits::ORDINARY.with(Traits::LOWER)));
    let single = uses.len() == 1;
    // “Rich Hill” at the beginning of a sentence is a name where “Hill” stands elsewhere with a capital of its own.
    let forced = uses.iter().any(|place| place.traits.has(Traits::FORCED))
        && uses.last().is_some_and(|last| names.form_of(last).firm == 0);
    if loud || only_words && (single || forced) {
        return None;
    }
    if single && forms().all(|form| form.firm == 0 && form.traits.has(Traits::ORDINARY)) {
        return None;
    }
    let kind = kind(names, first, uses);
    Some(Mention { first: first as u32, last: end as u32 - 1, kind })
}

fn kind(names: &DocNames, first: usize, uses: &[Use]) -> Kind {
    let form = |place: &Use| names.form_of(place);
    let (Some(head), Some(last)) = (uses.first(), uses.last()) else { return Kind::Other };
    let after_office = names.left(first as u32).is_some_and(|left| left.traits.has(Traits::OFFICE));
    if uses.iter().any(|place| is_organization(&form(place).text)) && !after_office {
        return Kind::Organization;
    }
    let given = form(head).traits.has(Traits::GIVEN);
    if after_office || given && uses.len() > 1 && !form(last).traits.has(Traits::ORDINARY) {
        return Kind::Person;
    }
    if uses.len() == 1 && form(head).shape == Shape::Upper {
        return Kind::Organization;
    }
    if uses.len() > 1 && is_place(&form(last).text) || uses.len() == 1 && form(head).traits.has(Traits::PLACE)
    {
        return Kind::Place;
    }
    let place = uses.iter().all(|place| form(place).traits.has(Traits::PLACE));
    let person = form(last).traits.has(Traits::SURNAME.with(Traits::GIVEN));
    if head.traits.has(Traits::AFTER_IN) && !given || place && !person {
        return Kind::Place;
    }
    // Two words that are neither ordinary nor known for a place are mostly a person's.
    let strange = |place: &Use| {
        let form = form(place);
        form.shape != Shape::Upper && !form.traits.has(Traits::ORDINARY.with(Traits::PLACE))
    };
    let spaced = uses[1..].iter().all(|place| place.link == Link::Space);
    let full = (2..=4).contains(&uses.len()) && spaced && uses.iter().all(strange);
    if given || full || person && uses.len() > 1 { Kind::Person } else { Kind::Other }
}

/// Words that end the names of places.
fn is_place(word: &str) -> bool {
    matches!(
        word,
        "Avenue"
            | "Bay"
            | "Beach"
            | "Boulevard"
            | "Bridge"
            | "Canal"
            | "Canyon"
            | "City"
            | "Coast"
            | "County"
            | "Creek"
            | "Desert"
            | "Drive"
            | "Gulf"
            | "Harbor"
            | "Harbour"
            | "Highway"
            | "Hills"
            | "Island"
            | "Islands"
            | "Lane"
            | "Mountain"
            | "Mountains"
            | "Ocean"
            | "Peninsula"
            | "Province"
            | "River"
            | "Road"
            | "Sea"
            | "Shire"
            | "Square"
            | "Strait"
            | "Street"
            | "Terrace"
            | "Township"
            | "Valley"
            | "Village"
    )
}

/// Words that end or begin the names of organizations.
fn is_organization(word: &str) -> bool {
    ORGANIZATIONS.binary_search(&word).is_ok()
}

/// Sorted by byte.
const ORGANIZATIONS: &[&str] = &[
    "Academy",
    "Administration",
    "Agency",
    "Airlines",
    "Airways",
    "Alliance",
    "Army",
    "Assembly",
    "Associates",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Broadcasting",
    "Brothers",
    "Bulletin",
    "Bureau",
    "Business",
    "Cabinet",
    "Center",
    "Centre",
    "Chamber",
    "Chronicle",
    "Church",
    "Club",
    "College",
    "Commission",
    "Committee",
    "Company",
    "Conference",
    "Congress",
    "Corp",
    "Corporation",
    "Council",
    "Courier",
    "Court",
    "Daily",
    "Department",
    "Division",
    "Electric",
    "Enterprises",
    "Examiner",
    "Federation",
    "Force",
    "Forum",
    "Foundation",
    "Front",
    "Fund",
    "Gazette",
    "Government",
    "Group",
    "Guard",
    "Guardian",
    "Herald",
    "Holdings",
    "Hospital",
    "House",
    "Inc",
    "Industries",
    "Initiative",
    "Inquirer",
    "Institute",
    "Institution",
    "International",
    "Journal",
    "Laboratories",
    "Laboratory",
    "League",
    "Limited",
    "Ltd",
    "Magazine",
    "Marines",
    "Ministry",
    "Motors",
    "Museum",
    "Navy",
    "Network",
    "News",
    "Observer",
    "Office",
    "Organisation",
    "Organization",
    "Parliament",
    "Partners",
    "Party",
    "Police",
    "Post",
    "Press",
    "Radio",
    "School",
    "Senate",
    "Sentinel",
    "Service",
    "Services",
    "Society",
    "Systems",
    "Team",
    "Telegraph",
    "Television",
    "Times",
    "Treasury",
    "Tribune",
    "Trust",
    "Union",
    "University",
    "Weekly",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format};
    use crate::facts;

    fn read(text: &str) -> Vec<(String, Kind, u32, Vec<String>)> {
        let document = document::parse(text.into(), Format::Markdown);
        let blocks: Vec<_> = document.blocks.iter().map(|placed| facts::of_block(&placed.block)).collect();
        let doc = facts::of_document(&document, &blocks.iter().collect::<Vec<_>>());
        let names = register(&[(text, &doc.names)]);
        names
            .into_iter()
            .map(|name| {
                (name.name, name.kind, name.count, name.forms.into_iter().map(|form| form.form).collect())
            })
            .collect()
    }

    #[test]
    fn short_forms_join_the_full_name() {
        let found =
            read("The mayor, Daniel Varga, met reporters. Later Varga left; Mr. Varga’s car was late.");
        let expected =
            ("Daniel Varga".to_owned(), Kind::Person, 3, vec!["Varga".to_owned(), "Daniel Varga".to_owned()]);
        assert!(found.contains(&expected), "{found:?}");
    }

    #[test]
    fn a_day_is_no_part_of_the_name_behind_it() {
        let found = read("On Monday Amadou Diallo wrote to the office. Since July Amadou Diallo has waited.");
        assert_eq!(found.iter().map(|name| name.0.as_str()).collect::<Vec<_>>(), ["Amadou Diallo"]);
        let found = read("She wrote for the Sunday Courier. The Sunday Courier closed.");
        assert_eq!(found[0].0, "Sunday Courier");
    }

    #[test]
    fn a_surname_with_a_hyphen_or_a_particle_joins_the_full_name() {
        let found =
            read("Ines Okoro-Brandl sang for Piet van der Velkov. Okoro-Brandl bowed; van der Velkov left.");
        let names: Vec<(&str, u32)> = found.iter().map(|name| (name.0.as_str(), name.2)).collect();
        assert_eq!(names, [("Ines Okoro-Brandl", 2), ("Piet van der Velkov", 2)]);
    }

    #[test]
    fn a_person_stands_after_a_title_and_before_letters_of_honour() {
        let found =
            read("Secretary of State Karen Velkov wrote to Daniel Varga KC of the Harbor Trust on Monday.");
        for person in ["Karen Velkov", "Daniel Varga"] {
            assert!(found.iter().any(|name| name.0 == person && name.1 == Kind::Person), "{found:?}");
        }
        assert!(!found.iter().any(|name| name.0 == "Monday"), "{found:?}");
    }

    #[test]
    fn an_acronym_joins_the_name_whose_initials_it_is() {
        let found = read("The Harbor Workers Union met in Oslo. The HWU spoke for an hour.");
        let union = found.iter().find(|name| name.0 == "Harbor Workers Union");
        assert!(union.is_some_and(|name| name.1 == Kind::Organization && name.2 == 2), "{found:?}");
    }

    #[test]
    fn lists_are_sorted() {
        assert!(ORGANIZATIONS.is_sorted());
    }
}
