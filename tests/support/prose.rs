//! Makes news prose of any length from a small grammar, the same for the same seed: what benches and property tests
//! read. It is clean: the default rules have nothing to say about it.

/// A generator of drafts.
pub struct Prose {
    state: u64,
}

impl Prose {
    pub fn new(seed: u64) -> Self {
        Self { state: seed ^ 0x9E37_79B9_7F4A_7C15 }
    }

    /// A Markdown draft of about so many words: a headline, then paragraphs.
    pub fn draft(&mut self, words: usize) -> String {
        let mut out = format!("# {} plan divides {}\n", self.pick(TOPICS_TITLE), self.pick(PLACES));
        let mut count = 4;
        while count < words {
            let paragraph = self.paragraph();
            count += paragraph.split_whitespace().count();
            out.push('\n');
            out.push_str(&paragraph);
            out.push('\n');
        }
        out
    }

    /// A paragraph of two to four sentences, sometimes with a quotation and who said it.
    pub fn paragraph(&mut self) -> String {
        let mut sentences: Vec<String> = (0..2 + self.below(3)).map(|_| self.sentence()).collect();
        if self.below(3) == 0 {
            let at = self.below(sentences.len() + 1);
            let quotation = self.quotation();
            sentences.insert(at, quotation);
        }
        sentences.join(" ")
    }

    fn sentence(&mut self) -> String {
        match self.below(5) {
            0 => format!(
                "{} {} {} in {} on {}.",
                self.pick(OFFICES),
                self.pick(VERBS),
                self.pick(OBJECTS),
                self.pick(PLACES),
                self.pick(DAYS)
            ),
            1 => format!(
                "On {}, {} {} {}, {}.",
                self.pick(DAYS),
                lower(self.pick(OFFICES)),
                self.pick(VERBS),
                self.pick(OBJECTS),
                self.pick(TAILS)
            ),
            2 => format!(
                "{} {} {}, and {} {} {}.",
                self.pick(OFFICES),
                self.pick(VERBS),
                self.pick(OBJECTS),
                lower(self.pick(OFFICES)),
                self.pick(VERBS),
                self.pick(OBJECTS)
            ),
            3 => format!(
                "About {} people in {} wrote to {} about {}.",
                100 + self.below(900),
                self.pick(PLACES),
                lower(self.pick(OFFICES)),
                self.pick(OBJECTS)
            ),
            _ => format!(
                "{} {} {} {}.",
                self.pick(OFFICES),
                self.pick(VERBS),
                self.pick(OBJECTS),
                self.pick(TAILS)
            ),
        }
    }

    fn quotation(&mut self) -> String {
        format!("“{},” {} said on {}.", self.pick(SAYINGS), lower(self.pick(OFFICES)), self.pick(DAYS))
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // SplitMix64 (Steele, Lea and Flood 2014).
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

fn lower(office: &str) -> String {
    office.replacen("The ", "the ", 1)
}

const TOPICS_TITLE: &[&str] = &["Harbor", "School", "Budget", "Water", "Bridge", "Housing"];
const PLACES: &[&str] = &["Lisbon", "Lagos", "Denver", "Toronto", "Hamburg", "Geneva", "Nairobi", "Boston"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const OFFICES: &[&str] = &[
    "The city council",
    "The transport ministry",
    "The school board",
    "The head of the port authority",
    "The mayor",
    "The committee",
    "The largest union of teachers",
    "The water company",
    "The court",
    "The finance minister",
    "The opposition leader",
    "The hospital",
];
const VERBS: &[&str] = &[
    "approved",
    "rejected",
    "defended",
    "criticized",
    "delayed",
    "welcomed",
    "examined",
    "questioned",
    "announced",
    "presented",
    "discussed",
    "supported",
];
const OBJECTS: &[&str] = &[
    "a plan to rebuild the old harbor",
    "the budget for the coming year",
    "a report on the safety of the bridge",
    "the new rules for public schools",
    "an agreement with the railway workers",
    "a proposal to lower the price of water",
    "the decision to close two hospitals",
    "a list of questions about the contract",
    "the first results of the investigation",
    "plans for a second line to the airport",
];
const TAILS: &[&str] = &[
    "after a long debate",
    "despite the concerns of many residents",
    "for the second time this year",
    "with a large majority",
    "before the end of the month",
    "according to a statement",
];
const SAYINGS: &[&str] = &[
    "We will do everything we can to finish the work before winter",
    "Nobody should have to wait this long for an answer",
    "This is good news for the people who live here",
    "There is no money left for another delay",
    "The numbers speak for themselves",
];
