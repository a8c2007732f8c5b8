//! misspelled-word: what is no word.

use crate::facts::words::{CERTAIN, Doubt, LIKELY, POSSIBLE, PROBABLE, Place, Why};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::{Dialect, Guide, Level};
use crate::lexicon::Lexicon;
use crate::lexicon::entry::Flags;
use crate::lexicon::hunspell::Hunspell;
use crate::lexicon::suggest::{self, Candidate};
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::rules::spelling::wrong_word::{self, shaped_like};
use rustc_hash::FxHashMap;

pub const RULE: Rule = Rule {
    name: "misspelled-word",
    family: Family::Spelling,
    summary: "No such word",
    why: "A word that no dictionary holds and that is a slip away from one that they do. The first suggestion is what \
          the writer most likely meant: slips of the keyboard and of the ear are weighed against how frequent the \
          words are. A capitalised word inside a sentence is taken for a name, unless it is a slip away from a very \
          frequent one. Words that the draft uses again and again, and stretches of other languages, are let be.",
    default: Level::On(Severity::Error),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The council «recieved» two letters «ofthe» mayor.\n\nThe bridge was «definately» closed.",
            fixed: Some(
                "The council received two letters of the mayor.\n\nThe bridge was definitely closed.",
            ),
            guide: "",
        },
        Example {
            draft: "«Thsi» vote came late. She had «wnated» to leave on «wednesday».",
            fixed: Some("This vote came late. She had wanted to leave on Wednesday."),
            guide: "",
        },
        Example {
            draft: "Abiodun Okonjo-Eze of Ikorodu runs a pro-ferry campaign, re-elected or not. It went sooo well.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The danfo stops at the buka.",
            fixed: None,
            guide: "words = [\"danfo\", \"buka\"]",
        },
    ],
    build: |_| Ok(Box::new(MisspelledWord { lexicon: Lexicon::embedded(), dictionaries: Vec::new() })),
};

struct MisspelledWord {
    lexicon: Lexicon,
    /// The guide's dictionaries.
    dictionaries: Vec<Hunspell>,
}

/// How many suggestions a finding carries.
const SUGGESTIONS: usize = 5;

impl Check for MisspelledWord {
    fn prepare(&mut self, guide: &Guide) {
        self.dictionaries =
            guide.dictionaries.iter().filter_map(|file| Hunspell::parse(&file.aff, &file.dic)).collect();
    }

    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
        for (placed, facts) in cx.iter() {
            for doubt in &facts.words.doubts {
                *uses.entry(doubt.span.of(&placed.block.prose)).or_default() += 1;
            }
        }
        for (block, (placed, facts)) in cx.iter().enumerate() {
            let prose = &*placed.block.prose;
            for doubt in &facts.words.doubts {
                let word = doubt.span.of(prose);
                let uses = uses.get(word).copied().unwrap_or(1);
                if !self.is_fault(doubt, word, uses) || self.is_house_word(cx, word) {
                    continue;
                }
                let span = placed.to_source(doubt.span);
                let mut finding = Finding::new(RULE.name, span, message(doubt, word)).with_help(help(doubt));
                // Of a rare word the language model may know better, from its context, what was meant.
                let suspects = &cx.facts.suspects;
                let at =
                    suspects.partition_point(|suspect| (suspect.block, suspect.span) < (block, doubt.span));
                let suspect = suspects.get(at).filter(|suspect| {
                    suspect.odds >= wrong_word::LEAST && (suspect.block, suspect.span) == (block, doubt.span)
                });
                let in_context = suspect.map(|suspect| shaped_like(prose, word, suspect.meant));
                for text in self.suggestions(doubt, word, in_context, cx.guide.language) {
                    finding = finding.with_fix(Fix::replace(span, text, Safety::Unsafe));
                }
                out.push(finding);
            }
        }
    }
}

impl MisspelledWord {
    /// Whether a doubtful word is to be reported, which stands in the draft so many times.
    fn is_fault(&self, doubt: &Doubt, word: &str, uses: u32) -> bool {
        let Some(best) = doubt.candidates.first() else { return false };
        let total = best.total();
        // "gov't": an apostrophe that no other word has there was put on purpose.
        let is_short_form = word.contains(['\'', '’']) && !best.word.contains('\'');
        // A word that a draft uses again and again is its own.
        if uses >= 3 && total > CERTAIN || is_short_form && total > CERTAIN {
            return false;
        }
        let is_itself = *best.word == *word;
        match (doubt.place, doubt.why) {
            (Place::Lower, Why::Unknown) => {
                total
                    <= if doubt.beside {
                        LIKELY
                    } else if doubt.compound {
                        PROBABLE
                    } else {
                        POSSIBLE
                    }
            }
            (Place::Lower, Why::Name) => {
                let is_strange = is_itself || doubt.beside || doubt.compound;
                let most = if is_strange { LIKELY } else { PROBABLE };
                total <= most
                    && (uses < 2 || !is_itself || total <= CERTAIN)
                    && !(is_itself && doubt.compound)
            }
            (Place::Initial, Why::Unknown) if doubt.in_title_case => total <= PROBABLE && uses == 1,
            (Place::Initial, Why::Unknown) => {
                let most = if word.chars().count() >= 6 { LIKELY } else { CERTAIN };
                total <= most && uses == 1 && doubt.before_lower
            }
            (Place::Inside, Why::Unknown) => uses == 1 && self.is_miswritten_name(doubt, word),
            (place, Why::Rare(own)) => {
                let is_likely_name = place != Place::Lower && !doubt.in_title_case && !doubt.before_lower;
                let margin = match place {
                    Place::Inside => return false,
                    Place::Initial => 2 * MARGIN,
                    Place::Lower if doubt.compound => 2 * MARGIN,
                    Place::Lower if doubt.beside => 2 * MARGIN,
                    Place::Lower => MARGIN,
                };
                total + margin < u32::from(own) && uses < 3 && !is_likely_name
            }
            (Place::Initial | Place::Inside, Why::Name) => false,
        }
    }

    /// A capitalised word inside a sentence that is one slip away from what is mostly capitalised, and very frequent.
    /// Names of people have variants: only those that everybody knows are expected.
    fn is_miswritten_name(&self, doubt: &Doubt, word: &str) -> bool {
        let Some(best) = doubt.candidates.first() else { return false };
        let meant = self.lexicon.get(&best.word).unwrap_or_default();
        let is_person = meant.flags.has(Flags::SURNAME) || meant.flags.has(Flags::GIVEN_NAME);
        let frequent = if is_person { 60 } else { 44 };
        word.chars().count() >= 5
            && best.total() <= LIKELY
            && meant.title >= frequent
            && meant.title.saturating_add(8) >= meant.lower
    }

    /// What to write instead, the best first, in the guide's dialect where the two differ.
    fn suggestions(
        &self,
        doubt: &Doubt,
        word: &str,
        in_context: Option<String>,
        dialect: Dialect,
    ) -> Vec<String> {
        let mut texts: Vec<String> = in_context.into_iter().collect();
        for candidate in &doubt.candidates {
            let pairs = self.lexicon.pairs;
            let other = match dialect {
                Dialect::American => pairs.american_of(&candidate.word),
                _ => pairs.british_of(&candidate.word).filter(|other| !other.contains("is")),
            };
            let meant = Candidate { word: other.unwrap_or(&candidate.word).into(), ..candidate.clone() };
            let text = suggest::written(&self.lexicon, &meant, word);
            if text != word && !texts.contains(&text) && texts.len() < SUGGESTIONS {
                texts.push(text);
            }
        }
        texts
    }

    /// Whether the house knows the word: its guide, or its dictionaries.
    fn is_house_word(&self, cx: &DocCx<'_>, word: &str) -> bool {
        cx.guide.words.contains(word) || self.dictionaries.iter().any(|dictionary| dictionary.knows(word))
    }
}

/// How much likelier the slip must be than that the rare word was meant.
const MARGIN: u32 = 10;

fn message(doubt: &Doubt, word: &str) -> String {
    match doubt.why {
        Why::Unknown => format!("“{word}” is no word that the dictionaries know"),
        Why::Name => format!("“{word}” is a name and takes a capital"),
        Why::Rare(_) => {
            let meant = doubt.candidates.first().map_or("", |best| &best.word);
            format!("“{word}” is a word that is hardly ever used; “{meant}” may be meant")
        }
    }
}

fn help(doubt: &Doubt) -> String {
    if doubt.candidates.is_empty() {
        "check the spelling; if the house uses the word, add it to the guide’s words".to_owned()
    } else {
        "correct it, or add the word to the guide’s words if the house uses it".to_owned()
    }
}
