//! The register: the names of some drafts, each with its kind, its forms, their counts and places.
//!
//! Name words become mentions; a short form joins the full name that the draft gave before it (Vladimir Putin … Putin;
//! the Lagos Evening Post … the Post); an acronym joins the name whose initials it is. Across drafts only full names
//! meet: two drafts may each speak of a Putin of their own.

use super::extract;
use super::gather::HashedMap;
use super::{DocNames, Fold, Form, Link, Traits, Use};
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
    /// The forms that have the name's letters with another hyphen, space or capital.
    pub fn other_spellings(&self) -> Vec<&str> {
        let letters = |text: &str| extract::fold(&text.replace([' ', '-'], ""));
        let forms = self.forms.iter().map(|form| form.form.as_str());
        forms.filter(|form| *form != self.name && letters(form) == letters(&self.name)).collect()
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

/// A name where it stands: its words, by their indices.
struct Mention {
    first: u32,
    last: u32,
    kind: Kind,
}

/// The names of one draft, in the order of their first full mentions.
pub fn of_draft(text: &str, names: &DocNames) -> Vec<DocName> {
    let mentions = mentions(names);
    let mut clusters: Vec<DocName> = Vec::new();
    let mut by_key: HashedMap<usize> = HashMap::default();
    // The names that a single word may stand for: those that end with it, or begin with it; the latest wins.
    let mut by_word: HashedMap<usize> = HashMap::default();
    let mut by_initials: HashMap<String, usize> = HashMap::new();
    for mention in mentions.iter().filter(|mention| mention.first < mention.last) {
        let at = cluster_at(names, mention, &mut clusters, &mut by_key);
        let words = words(names, mention);
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            by_word.entry(first.fold.hash).or_insert(at);
            by_word.insert(last.fold.hash, at);
        }
        by_initials.entry(initials(&words)).or_insert(at);
    }
    for mention in &mentions {
        let span = SrcSpan::new(
            names.uses[mention.first as usize].span.start,
            names.uses[mention.last as usize].span.end,
        );
        let form = names.form_of(&names.uses[mention.first as usize]);
        let full = if mention.first < mention.last {
            None
        } else if form.shape == Shape::Upper {
            by_initials.get(&*form.text).copied()
        } else {
            by_word.get(&form.fold.hash).copied()
        };
        let at = full.unwrap_or_else(|| cluster_at(names, mention, &mut clusters, &mut by_key));
        let cluster = &mut clusters[at];
        // A short form is of the kind of the full name.
        if full.is_none() {
            cluster.votes[mention.kind as usize] += 1;
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts the linked name words of a draft into names.
fn mentions(names: &DocNames) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut first = 0;
    while first < names.uses.len() {
        let mut end = first + 1;
        while end < names.uses.len() && names.uses[end].link != Link::None && !parts(names, end) {
            end += 1;
        }
        out.extend(mention(names, first, end));
        first = end;
    }
    out
}

/// Whether a new name begins at a linked word: after an office (“President | Putin”), after “of” unless the words
/// before name an organization (“Bank of …”), after a demonym before an office.
fn parts(names: &DocNames, at: usize) -> bool {
    let (before, here) = (&names.uses[at - 1], &names.uses[at]);
    let of_thing = here.link == Link::Of && !names.form_of(before).traits.has(Traits::ORDINARY);
    let after_office =
        before.traits.has(Traits::OFFICE) && !here.traits.has(Traits::OFFICE) && here.link == Link::Space;
    let new_office = here.traits.has(Traits::OFFICE) && !before.traits.has(Traits::OFFICE);
    of_thing || after_office || new_office
}

fn mention(names: &DocNames, first: usize, end: usize) -> Option<Mention> {
    let uses = &names.uses[first..end];
    if uses.iter().all(|place| place.traits.has(Traits::OFFICE.with(Traits::LOWER).with(Traits::INITIAL))) {
        return None;
    }
    let forms = || uses.iter().map(|place| names.form_of(place));
    let loud = uses.iter().all(|place| place.traits.has(Traits::LOUD));
    let only_words = forms().all(|form| form.traits.has(Traits::ORDINARY.with(Traits::LOWER)));
    let single = uses.len() == 1;
    if loud || only_words && (single || uses.iter().any(|place| place.traits.has(Traits::FORCED))) {
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
    let place = uses.iter().all(|place| form(place).traits.has(Traits::PLACE));
    let person = form(last).traits.has(Traits::SURNAME.with(Traits::GIVEN));
    if head.traits.has(Traits::AFTER_IN) && !given || place && !person {
        return Kind::Place;
    }
    if given || person && uses.len() > 1 { Kind::Person } else { Kind::Other }
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
    "Bureau",
    "Business",
    "Cabinet",
    "Center",
    "Centre",
    "Chamber",
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
    "Court",
    "Daily",
    "Department",
    "Division",
    "Electric",
    "Enterprises",
    "Federation",
    "Force",
    "Forum",
    "Foundation",
    "Front",
    "Fund",
    "Government",
    "Group",
    "Guard",
    "Holdings",
    "Hospital",
    "House",
    "Inc",
    "Industries",
    "Initiative",
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
    "Service",
    "Services",
    "Society",
    "Systems",
    "Team",
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
