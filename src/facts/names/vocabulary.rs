//! Closed lists of words that stand around names, and how well the lexicon knows a word.
//!
//! Lists hold grammar and offices, never names: those are the lexicon's.

use super::{Standing, Traits};
use crate::document::token::Shape;
use crate::lexicon::entry::{Entry, Flags, Size};

/// Parts of names that are written small: “Abdel Fattah al Sisi”, “Ursula von der Leyen”.
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "ul"
            | "ud"
            | "ibn"
            | "bin"
            | "bint"
            | "ben"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "dos"
            | "das"
            | "du"
            | "la"
            | "le"
            | "von"
            | "van"
            | "der"
    )
}

/// Honorifics and offices that stand before a person's name; they are no part of it.
pub fn is_office(word: &str) -> bool {
    OFFICES.binary_search(&word).is_ok()
}

/// Sorted by byte.
const OFFICES: &[&str] = &[
    "Adm",
    "Admiral",
    "Aide",
    "Ambassador",
    "Archbishop",
    "Attorney",
    "Ayatollah",
    "Baron",
    "Baroness",
    "Bishop",
    "Brig",
    "CEO",
    "CFO",
    "COO",
    "Capt",
    "Captain",
    "Cardinal",
    "Chairman",
    "Chairwoman",
    "Chancellor",
    "Chief",
    "Cllr",
    "Cmdr",
    "Coach",
    "Col",
    "Colonel",
    "Commander",
    "Commissioner",
    "Congressman",
    "Congresswoman",
    "Councilman",
    "Councilwoman",
    "Countess",
    "Cpl",
    "Dame",
    "Delegate",
    "Deputy",
    "Det",
    "Detective",
    "Director",
    "Dr",
    "Duchess",
    "Duke",
    "Emperor",
    "Father",
    "Former",
    "Gen",
    "General",
    "Gov",
    "Governor",
    "Hon",
    "Imam",
    "Insp",
    "Inspector",
    "Judge",
    "Justice",
    "King",
    "Lady",
    "Leader",
    "Lieutenant",
    "Lord",
    "Lt",
    "MEP",
    "MP",
    "Maj",
    "Major",
    "Mayor",
    "Messrs",
    "Minister",
    "Miss",
    "Mr",
    "Mrs",
    "Ms",
    "Officer",
    "Pastor",
    "Pope",
    "Premier",
    "Pres",
    "President",
    "Prince",
    "Princess",
    "Prof",
    "Professor",
    "Prosecutor",
    "Queen",
    "Rabbi",
    "Rep",
    "Representative",
    "Reps",
    "Rev",
    "Reverend",
    "Saint",
    "Secretary",
    "Sen",
    "Senator",
    "Sens",
    "Sgt",
    "Sheikh",
    "Sheriff",
    "Sir",
    "Sister",
    "Speaker",
    "Spokesman",
    "Spokeswoman",
    "Sultan",
    "Supt",
    "Treasurer",
    "Vice",
];

/// Words that a headline with capitals throughout writes small.
pub fn is_small_in_headlines(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "and"
            | "or"
            | "but"
            | "nor"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "by"
            | "with"
            | "from"
            | "as"
            | "is"
            | "its"
            | "his"
            | "her"
            | "into"
            | "over"
            | "vs"
            | "via"
            | "up"
            | "out"
            | "off"
            | "than"
            | "after"
            | "about"
            | "be"
            | "it"
            | "not"
            | "s"
    ) || is_particle(word)
}

/// What stands after a person's name and is no part of it: letters of honour, generations.
pub fn is_after_name(word: &str) -> bool {
    matches!(
        word,
        "KC" | "QC"
            | "SC"
            | "MP"
            | "MEP"
            | "MBE"
            | "OBE"
            | "CBE"
            | "MD"
            | "PhD"
            | "Jr"
            | "Sr"
            | "II"
            | "III"
            | "IV"
    )
}

/// Words that stand before a place: “in Oslo”.
pub fn leads_to_place(word: &str) -> bool {
    matches!(word, "in" | "In" | "near" | "outside" | "at")
}

/// What holds of a word wherever it stands.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge {
    pub standing: Standing,
    pub traits: Traits,
    /// A forced capital proves nothing: the word is mostly written small.
    pub is_mostly_lower: bool,
    /// So much more often written small that it is no name without a capital of its own.
    pub is_common: bool,
}

/// Days, and the months that nobody is called.
pub fn is_date(word: &str) -> bool {
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "January"
            | "February"
            | "July"
            | "September"
            | "October"
            | "November"
            | "December"
    )
}

/// Whether a day or a month behind this word is a date; “the Sunday Times” is none.
pub fn leads_to_date(word: &str) -> bool {
    const LEADS: [&str; 14] = [
        "on", "in", "last", "next", "since", "until", "by", "late", "early", "before", "after", "from",
        "every", "through",
    ];
    LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead))
}

/// Reads what the lexicon says of a word.
pub fn knowledge(word: &str, entry: Option<Entry>) -> Knowledge {
    let Some(entry) = entry else {
        return Knowledge {
            standing: Standing::Unknown,
            traits: Traits::default(),
            is_mostly_lower: false,
            is_common: false,
        };
    };
    let flags = entry.flags;
    let in_dictionary = entry.size != Size::Text && entry.size <= Size::Large;
    let lower_word = flags.has(Flags::LOWER) && entry.lower >= FAMILIAR;
    let standing = if (in_dictionary && !flags.has(Flags::VARIANT)) || lower_word || entry.title >= FAMILIAR {
        Standing::Established
    } else if entry.title >= SEEN
        || entry.size != Size::Text
        || flags.has(Flags::PLACE.with(Flags::GIVEN_NAME))
    {
        Standing::Rare
    } else {
        Standing::Unknown
    };
    let ordinary = flags.has(Flags::LOWER) && entry.lower + 4 >= entry.title && in_dictionary;
    let traits = Traits::default()
        .when(flags.has(Flags::GIVEN_NAME) && !ordinary, Traits::GIVEN)
        .when(flags.has(Flags::SURNAME), Traits::SURNAME)
        .when(flags.has(Flags::PLACE) && !ordinary, Traits::PLACE)
        .when(flags.has(Flags::UPPER) && !flags.has(Flags::TITLE), Traits::ACRONYM)
        .when(ordinary, Traits::ORDINARY)
        .when(is_office(word), Traits::OFFICE);
    Knowledge {
        standing,
        traits,
        is_mostly_lower: flags.has(Flags::LOWER) && entry.lower > entry.title.saturating_sub(4),
        is_common: flags.has(Flags::LOWER) && entry.lower >= entry.title + 12,
    }
}

/// Capitalised this often in the training text (quarters of a doubling): readers know it.
const FAMILIAR: u8 = 24;

/// Seen at all.
const SEEN: u8 = 10;

/// Whether a word in capitals only looks like an acronym: a heading's or a shouted word is none.
pub fn is_acronym_shape(shape: Shape, len: u8) -> bool {
    shape == Shape::Upper && (2..=8).contains(&len)
}
