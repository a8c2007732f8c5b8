//! What the lexicon knows of one word, packed into 32 bits.
//!
//! Invariant: the packing is the same in the program and in the builder of `data/lexicon.bin`.

/// What is known of a word, all its capitalisations together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry {
    /// How often it stands in lower case, in quarters of a doubling: `4 · log2(1 + occurrences)` in the training text.
    pub lower: u8,
    /// The same for the capitalised word inside a sentence, and the word in capitals.
    pub title: u8,
    pub size: Size,
    pub flags: Flags,
    pub regions: Regions,
    pub article: Article,
}

/// How many people know the word (the levels of SCOWL).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// In no dictionary: the training text alone knows it, or it is a name.
    #[default]
    Text,
    /// To 35: the small dictionaries.
    Small,
    /// To 50: the medium ones.
    Medium,
    /// To 60: what people know.
    Known,
    /// 70: a large dictionary.
    Large,
    /// 80: rare.
    Rare,
    /// 95: hardly ever seen, and often a slip for another word.
    Odd,
}

/// Facts about a word that are true or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flags(pub u16);

impl Flags {
    /// Written in lower case.
    pub const LOWER: Flags = Flags(1);
    /// A name, or a word that is capitalised.
    pub const TITLE: Flags = Flags(1 << 1);
    /// Written in capitals: an acronym.
    pub const UPPER: Flags = Flags(1 << 2);
    /// An abbreviation.
    pub const ABBREVIATION: Flags = Flags(1 << 3);
    /// Known, but dictionaries prefer another spelling.
    pub const VARIANT: Flags = Flags(1 << 4);
    /// A given name of the US census.
    pub const GIVEN_NAME: Flags = Flags(1 << 5);
    /// A surname of the US census.
    pub const SURNAME: Flags = Flags(1 << 6);
    /// A city of GeoNames, or a word of one's name.
    pub const PLACE: Flags = Flags(1 << 7);

    pub fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }

    pub fn with(self, flag: Flags) -> Flags {
        Flags(self.0 | flag.0)
    }
}

/// The countries whose dictionaries hold the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Regions(pub u8);

impl Regions {
    pub const AMERICAN: Regions = Regions(1);
    /// British with -ise.
    pub const BRITISH: Regions = Regions(1 << 1);
    /// British with -ize, as Oxford has it.
    pub const OXFORD: Regions = Regions(1 << 2);
    pub const CANADIAN: Regions = Regions(1 << 3);
    pub const AUSTRALIAN: Regions = Regions(1 << 4);
    pub const ALL: Regions = Regions(0b1_1111);

    pub fn has(self, region: Regions) -> bool {
        self.0 & region.0 != 0
    }

    pub fn with(self, region: Regions) -> Regions {
        Regions(self.0 | region.0)
    }
}

/// Whether writers put "a" or "an" before the word, where its first letter misleads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Article {
    /// As the first letter says, or not seen often enough.
    #[default]
    ByLetter,
    A,
    An,
    /// Both are established: "a historic", "an historic".
    Either,
}

impl Entry {
    pub fn unpack(bits: u32) -> Entry {
        Entry {
            lower: (bits & 0x7f) as u8,
            title: (bits >> 7 & 0x7f) as u8,
            size: match bits >> 14 & 7 {
                0 | 7 => Size::Text,
                1 => Size::Small,
                2 => Size::Medium,
                3 => Size::Known,
                4 => Size::Large,
                5 => Size::Rare,
                _ => Size::Odd,
            },
            flags: Flags((bits >> 17 & 0xff) as u16),
            regions: Regions((bits >> 25 & 0x1f) as u8),
            article: match bits >> 30 {
                0 => Article::ByLetter,
                1 => Article::A,
                2 => Article::An,
                _ => Article::Either,
            },
        }
    }

    pub fn pack(self) -> u32 {
        u32::from(self.lower.min(0x7f))
            | u32::from(self.title.min(0x7f)) << 7
            | (self.size as u32) << 14
            | u32::from(self.flags.0 & 0xff) << 17
            | u32::from(self.regions.0 & 0x1f) << 25
            | (self.article as u32) << 30
    }

    /// How often the word stands in the training text in any case, in quarters of a doubling.
    pub fn frequency(self) -> u8 {
        self.lower.max(self.title)
    }

    /// A name, whatever lists of rare words hold in lower case: "wednesday", "i'm".
    pub fn is_name(self) -> bool {
        let is_rare = self.size >= Size::Rare;
        !self.flags.has(Flags::LOWER) || is_rare && self.title > self.lower.saturating_add(MUCH)
    }

    /// Every dialect of English has the word.
    pub fn is_common(self) -> bool {
        self.regions == Regions::ALL || self.regions == Regions(0)
    }
}

/// Sixty-four times as often, in quarters of a doubling.
const MUCH: u8 = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing() {
        for size in [Size::Text, Size::Small, Size::Medium, Size::Known, Size::Large, Size::Rare, Size::Odd] {
            for article in [Article::ByLetter, Article::A, Article::An, Article::Either] {
                let entry = Entry {
                    lower: 87,
                    title: 127,
                    size,
                    flags: Flags::LOWER.with(Flags::PLACE),
                    regions: Regions::OXFORD.with(Regions::AUSTRALIAN),
                    article,
                };
                assert_eq!(Entry::unpack(entry.pack()), entry);
            }
        }
    }
}
