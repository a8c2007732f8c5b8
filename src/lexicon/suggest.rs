//! What a writer can have meant by a word that the lexicon does not know: the neighbours by slips of hand and ear.
//!
//! A noisy channel (Kernighan, Church and Gale 1990; Brill and Moore 2000): every way from the word meant to the word
//! typed has a cost, and a walk over the graph of words, cut off at a budget, finds the words that can be reached.
//! Invariants: costs are whole tenths of a nat, so that sums are the same everywhere; candidates come
//! in an order that depends on the word alone. This file must never know the word's context.

use super::Lexicon;
use super::entry::{Entry, Flags};
use super::fold::{Key, MAX_KEY};
use super::graph::{BANDS, Edge, Graph, Node};

/// A word that can have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Folded; two words with a space between where the writer ran them together.
    pub word: Box<str>,
    /// How unlikely the slip is, in tenths of a nat: `-10 ln P(typed | meant)`.
    pub cost: u16,
    /// How unlikely the word is, before its context is known, in tenths of a nat: `-10 ln P(meant)`.
    pub rarity: u16,
}

impl Candidate {
    /// The lower, the likelier.
    pub fn total(&self) -> u32 {
        u32::from(self.cost) + u32::from(self.rarity)
    }
}

/// Costs, in tenths of a nat. Their order follows the frequencies of error types in Damerau 1964, Pollock and Zamora
/// 1984 and Kukich 1992: one slip a word, the first letter mostly right, doubled letters and vowels mostly wrong.
mod cost {
    pub const TRANSPOSED: u16 = 48;
    /// "comittee"
    pub const UNDOUBLED: u16 = 46;
    /// "aggree", "tthe"
    pub const DOUBLED: u16 = 50;
    pub const MISSING: u16 = 58;
    /// A vowel, or an "h" after a consonant.
    pub const MISSING_WEAK: u16 = 54;
    pub const EXTRA: u16 = 66;
    /// Next on the keyboard to the letter before or after it.
    pub const EXTRA_NEAR: u16 = 60;
    pub const NEAR_KEY: u16 = 56;
    pub const VOWEL: u16 = 52;
    pub const SOUND: u16 = 58;
    pub const OTHER: u16 = 74;
    /// "dont"
    pub const APOSTROPHE: u16 = 30;
    pub const FIRST_LETTER: u16 = 14;
    /// Each slip after the first.
    pub const ANOTHER: u16 = 14;
    pub const SPLIT: u16 = 66;
    pub const CAPITAL: u16 = 40;
    pub const IRREGULAR: u16 = 36;
}

/// Spellings of one sound: what is typed, what is meant, the cost; in the order of the first letter typed.
const SOUNDS: &[(&str, &str, u16)] = &[
    ("able", "ible", 44),
    ("ance", "ence", 44),
    ("ant", "ent", 44),
    ("ar", "er", 48),
    ("ary", "ery", 44),
    ("au", "ou", 56),
    ("aw", "au", 54),
    ("a", "ai", 52),
    ("ai", "a", 54),
    ("ay", "ai", 52),
    ("ai", "ay", 52),
    ("ai", "ia", 48),
    ("ay", "ey", 54),
    ("al", "el", 48),
    ("al", "le", 48),
    ("aly", "ally", 44),
    ("b", "p", 66),
    ("cion", "tion", 48),
    ("ck", "k", 52),
    ("c", "ck", 54),
    ("c", "k", 56),
    ("c", "s", 54),
    ("c", "sc", 52),
    ("cs", "x", 56),
    ("ch", "tch", 48),
    ("dj", "j", 56),
    ("di", "de", 48),
    ("de", "di", 50),
    ("dis", "des", 50),
    ("des", "dis", 48),
    ("ei", "ie", 40),
    ("ence", "ance", 44),
    ("ent", "ant", 44),
    ("er", "or", 46),
    ("er", "ar", 48),
    ("ery", "ary", 44),
    ("ee", "ea", 48),
    ("ea", "ee", 48),
    ("e", "ea", 50),
    ("ea", "e", 52),
    ("e", "ee", 50),
    ("ee", "ie", 52),
    ("ea", "ie", 54),
    ("ey", "y", 50),
    ("el", "al", 48),
    ("el", "le", 46),
    ("er", "re", 46),
    ("er", "ur", 52),
    ("er", "ir", 54),
    ("ely", "ly", 48),
    ("eing", "ing", 44),
    ("ement", "ment", 46),
    ("en", "in", 50),
    ("f", "ph", 52),
    ("f", "gh", 60),
    ("full", "ful", 40),
    ("ful", "full", 48),
    ("g", "j", 56),
    ("g", "dg", 50),
    ("ght", "t", 58),
    ("ie", "ei", 40),
    ("ible", "able", 44),
    ("i", "ea", 62),
    ("ia", "ai", 44),
    ("ie", "y", 52),
    ("i", "y", 50),
    ("igh", "i", 58),
    ("ite", "ight", 54),
    ("il", "le", 54),
    ("ir", "er", 52),
    ("ius", "ious", 46),
    ("ily", "ly", 50),
    ("icly", "ically", 44),
    ("icaly", "ically", 46),
    ("ing", "eing", 56),
    ("in", "en", 50),
    ("in", "un", 58),
    ("ize", "ise", 40),
    ("ise", "ize", 40),
    ("j", "g", 54),
    ("j", "dg", 56),
    ("k", "ck", 52),
    ("k", "ch", 56),
    ("k", "c", 54),
    ("ks", "x", 56),
    ("kw", "qu", 58),
    ("le", "el", 46),
    ("le", "al", 50),
    ("les", "less", 48),
    ("ly", "lly", 44),
    ("lly", "ly", 46),
    ("ley", "ly", 50),
    ("ly", "ely", 46),
    ("m", "mb", 54),
    ("m", "mn", 52),
    ("ment", "ement", 46),
    ("n", "kn", 54),
    ("n", "gn", 54),
    ("or", "er", 46),
    ("ou", "u", 54),
    ("oo", "u", 56),
    ("oo", "ou", 54),
    ("o", "ou", 50),
    ("o", "oa", 52),
    ("o", "ow", 54),
    ("ow", "ou", 52),
    ("ou", "ow", 54),
    ("ol", "al", 50),
    ("or", "our", 52),
    ("our", "or", 52),
    ("ous", "us", 52),
    ("ph", "f", 52),
    ("per", "pre", 46),
    ("pre", "per", 46),
    ("pro", "per", 56),
    ("qu", "cqu", 46),
    ("r", "wr", 54),
    ("r", "rh", 50),
    ("re", "er", 46),
    ("sion", "tion", 48),
    ("shun", "tion", 56),
    ("s", "c", 52),
    ("s", "sc", 52),
    ("sc", "c", 54),
    ("s", "ce", 60),
    ("ss", "c", 60),
    ("s", "ps", 56),
    ("s", "z", 54),
    ("tion", "sion", 48),
    ("tch", "ch", 48),
    ("t", "ght", 54),
    ("te", "ght", 54),
    ("th", "ght", 58),
    ("t", "pt", 58),
    ("u", "ou", 52),
    ("u", "oo", 56),
    ("uf", "ough", 56),
    ("ur", "er", 52),
    ("us", "ous", 46),
    ("un", "in", 58),
    ("w", "wh", 48),
    ("wh", "w", 52),
    ("x", "cc", 56),
    ("x", "xc", 50),
    ("y", "ey", 52),
    ("y", "ie", 52),
    ("ys", "ies", 44),
    ("y", "i", 50),
    ("yed", "ied", 44),
    ("yze", "yse", 40),
    ("z", "s", 52),
];

/// What is said for an irregular form, and the form.
const IRREGULAR: &[(&str, &str)] = &[
    ("becomed", "became"),
    ("beginned", "began"),
    ("breaked", "broke"),
    ("bringed", "brought"),
    ("builded", "built"),
    ("buyed", "bought"),
    ("catched", "caught"),
    ("childs", "children"),
    ("choosed", "chose"),
    ("comed", "came"),
    ("cutted", "cut"),
    ("dealed", "dealt"),
    ("drawed", "drew"),
    ("drinked", "drank"),
    ("drived", "drove"),
    ("eated", "ate"),
    ("falled", "fell"),
    ("feeded", "fed"),
    ("feeled", "felt"),
    ("fighted", "fought"),
    ("finded", "found"),
    ("flied", "flew"),
    ("foots", "feet"),
    ("gived", "gave"),
    ("goed", "went"),
    ("growed", "grew"),
    ("heared", "heard"),
    ("hisself", "himself"),
    ("hitted", "hit"),
    ("holded", "held"),
    ("keeped", "kept"),
    ("knowed", "knew"),
    ("leaded", "led"),
    ("leaved", "left"),
    ("losed", "lost"),
    ("maked", "made"),
    ("mans", "men"),
    ("meaned", "meant"),
    ("meeted", "met"),
    ("ourself", "ourselves"),
    ("payed", "paid"),
    ("readed", "read"),
    ("runned", "ran"),
    ("sayed", "said"),
    ("seeked", "sought"),
    ("selled", "sold"),
    ("sended", "sent"),
    ("shooted", "shot"),
    ("sleeped", "slept"),
    ("speaked", "spoke"),
    ("spended", "spent"),
    ("standed", "stood"),
    ("stealed", "stole"),
    ("sweeped", "swept"),
    ("swimmed", "swam"),
    ("taked", "took"),
    ("teached", "taught"),
    ("teared", "tore"),
    ("telled", "told"),
    ("theirself", "themselves"),
    ("theirselves", "themselves"),
    ("themself", "themselves"),
    ("thinked", "thought"),
    ("throwed", "threw"),
    ("tooths", "teeth"),
    ("understanded", "understood"),
    ("weared", "wore"),
    ("wifes", "wives"),
    ("winned", "won"),
    ("womans", "women"),
    ("worser", "worse"),
    ("writed", "wrote"),
];

/// The most edits in one word.
const MOST_EDITS: u8 = 3;

/// A candidate this likely makes it needless to look for words that are two slips away.
const GOOD_ENOUGH: u32 = 150;

/// Words that can have been meant by `typed`, the likeliest first. Of those whose total is above `most` some may be left
/// out: the lower it is, the less is searched.
pub fn candidates(lexicon: &Lexicon, typed: &str, most: u32) -> Vec<Candidate> {
    let Some(key) = Key::new(typed) else { return Vec::new() };
    let mut near = within(lexicon, typed, &key, ONE_SLIP, most);
    if near.first().is_none_or(|best| best.total() > GOOD_ENOUGH) {
        let budget = budget(key.as_bytes().len());
        if budget > ONE_SLIP {
            near = within(lexicon, typed, &key, budget, most);
        }
    }
    near
}

/// Words that are one slip away from `typed`, the likeliest first: what a name is compared with.
pub fn near_candidates(lexicon: &Lexicon, typed: &str) -> Vec<Candidate> {
    Key::new(typed).map_or_else(Vec::new, |key| within(lexicon, typed, &key, NAME_SLIP, u32::MAX))
}

/// The word itself with its capital, for a name in lower case.
pub fn capitalised(lexicon: &Lexicon, typed: &str) -> Option<Candidate> {
    let key = Key::new(typed)?;
    let rarity = rarity_of(lexicon.get(typed)?.title);
    Some(Candidate { word: key.as_str().into(), cost: cost::CAPITAL, rarity })
}

/// The text to put in place of `typed`: the candidate's word, capitalised as the typed word was, or as names are.
pub fn written(lexicon: &Lexicon, candidate: &Candidate, typed: &str) -> String {
    let mut letters = typed.chars();
    let starts_upper = letters.next().is_some_and(char::is_uppercase);
    let all_upper = starts_upper && typed.chars().count() > 1 && !typed.chars().any(char::is_lowercase);
    let entry = lexicon.get(&candidate.word).unwrap_or_default();
    let is_word = !entry.is_name() || candidate.word.contains(' ');
    let is_acronym = !is_word && entry.flags.has(Flags::UPPER) && !entry.flags.has(Flags::TITLE);
    let mark = if typed.contains('’') { "’" } else { "'" };
    let word = candidate.word.replace('\'', mark);
    if all_upper || is_acronym {
        word.to_uppercase()
    } else if starts_upper || !is_word || word == "i" {
        let mut chars = word.chars();
        chars
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
    } else {
        word
    }
}

/// What a slip in a name may cost: the likelier half of them.
const NAME_SLIP: u16 = 76;

/// Nearly every single slip costs less.
const ONE_SLIP: u16 = 90;

fn within(lexicon: &Lexicon, typed: &str, key: &Key, budget: u16, most: u32) -> Vec<Candidate> {
    let letters = key.as_bytes();
    let sounds = (0..letters.len()).map(|at| sounds_at(&letters[at..])).collect();
    let most = most.min(u32::from(u16::MAX)) as u16;
    let budgets = BANDS.map(|highest| budget.min(most.saturating_sub(rarity_of(highest))));
    let mut walk =
        Walk { graph: lexicon.graph, typed: letters, sounds, budgets, path: [0; MAX_KEY], found: Vec::new() };
    let band = BANDS.len() as u8 - 1;
    walk.from(Step { node: walk.graph.root(), band, at: 0, depth: 0, cost: 0, edits: 0 });
    let mut found = walk.found;
    found.sort_unstable();
    found.dedup_by(|next, kept| next.0 == kept.0);
    let mut candidates: Vec<Candidate> = found
        .into_iter()
        .filter(|(word, _)| **word != *key.as_str())
        .filter_map(|(word, cost)| {
            let entry = lexicon.get(&word)?;
            Some(Candidate { rarity: rarity(entry, typed), word, cost })
        })
        .collect();
    splits(lexicon, key.as_str(), &mut candidates);
    for (_, right) in IRREGULAR.iter().filter(|(wrong, _)| *wrong == key.as_str()) {
        candidates.retain(|candidate| &*candidate.word != *right);
        let entry = lexicon.get(right).unwrap_or_default();
        candidates.push(Candidate {
            word: (*right).into(),
            cost: cost::IRREGULAR,
            rarity: rarity(entry, typed),
        });
    }
    candidates.sort_by(|a, b| a.total().cmp(&b.total()).then_with(|| a.word.cmp(&b.word)));
    candidates
}

/// The spellings of a sound that begin here.
fn sounds_at(rest: &[u8]) -> Vec<&'static (&'static str, &'static str, u16)> {
    let from = SOUNDS.partition_point(|(typed, ..)| typed.as_bytes()[..1] < rest[..1]);
    let alike = SOUNDS[from..].iter().take_while(|(typed, ..)| typed.as_bytes()[..1] == rest[..1]);
    alike.filter(|(typed, ..)| rest.starts_with(typed.as_bytes())).collect()
}

/// How much may be wrong with a word of so many letters.
fn budget(letters: usize) -> u16 {
    match letters {
        0..=2 => 80,
        3 => 100,
        4 => 140,
        5..=6 => 140,
        7..=9 => 155,
        _ => 170,
    }
}

/// `-10 ln P(word)`, from its entry's quarters of a doubling: each is 1.733 tenths of a nat; all words together have
/// occurred about 2^26 times.
fn rarity(entry: Entry, typed: &str) -> u16 {
    let starts_upper = typed.chars().next().is_some_and(char::is_uppercase);
    let quarters = if starts_upper {
        entry.frequency()
    } else if entry.flags.has(Flags::LOWER) {
        entry.lower
    } else {
        // A name in lower case: twenty times less likely than a word.
        entry.title.saturating_sub(17)
    };
    rarity_of(quarters)
}

/// `-10 ln P` of a word whose entry has so many quarters of a doubling.
pub fn rarity_of(quarters: u8) -> u16 {
    tenths_of_nat(104u16.saturating_sub(u16::from(quarters)))
}

fn tenths_of_nat(quarters: u16) -> u16 {
    (u32::from(quarters) * 1733 / 1000) as u16
}

/// Two known words run together.
fn splits(lexicon: &Lexicon, typed: &str, candidates: &mut Vec<Candidate>) {
    for at in 1..typed.len() {
        let (left, right) = typed.split_at(at);
        let common = |part: &str| {
            let entry = lexicon.get(part)?;
            let is_word = entry.flags.has(Flags::LOWER);
            let short = part.len() == 1 && !matches!(part, "a" | "i");
            let floor = if part.len() <= 3 { 60 } else { 36 };
            (is_word && !short && entry.lower >= floor).then_some(u16::from(entry.lower))
        };
        let (Some(a), Some(b)) = (common(left), common(right)) else { continue };
        // The words are taken to be independent, but for half of what the second is rarer than "the".
        let rarity = tenths_of_nat(104 - a.min(104)) + tenths_of_nat(104 - b.min(104)) * 7 / 10;
        candidates.push(Candidate { word: format!("{left} {right}").into(), cost: cost::SPLIT, rarity });
    }
}

struct Walk<'a> {
    graph: Graph,
    typed: &'a [u8],
    /// For each letter typed, the spellings of a sound that begin with it.
    sounds: Vec<Vec<&'static (&'static str, &'static str, u16)>>,
    /// What a word of each band of frequency may cost.
    budgets: [u16; BANDS.len()],
    path: [u8; MAX_KEY],
    found: Vec<(Box<str>, u16)>,
}

/// A point of the walk: the node, the letters of the typed word and of the path that lie behind.
#[derive(Clone, Copy)]
struct Step {
    node: Node,
    /// Of the most frequent word that goes on from here.
    band: u8,
    at: usize,
    depth: usize,
    cost: u16,
    edits: u8,
}

impl Walk<'_> {
    fn from(&mut self, step: Step) {
        if step.depth + 2 >= MAX_KEY {
            return;
        }
        if step.cost + cost::ANOTHER + cost::APOSTROPHE > self.budget(step.band) || step.edits == MOST_EDITS {
            return self.exactly(step);
        }
        self.without_extra_letter(step);
        self.by_sound(step);
        let typed = self.typed.get(step.at).copied();
        let next = self.typed.get(step.at + 1).copied();
        let graph = self.graph;
        for (letter, edge) in graph.edges(step.node) {
            self.path[step.depth] = letter;
            if Some(letter) == typed {
                if let Some(on) = self.along(step, edge) {
                    self.arrive(Step { at: step.at + 1, ..on }, edge.ends_word());
                }
            } else if let Some(typed) = typed
                && let Some(on) = self.slipped_along(step, substitution(typed, letter), 1, edge)
            {
                self.arrive(on, edge.ends_word());
            }
            if let (Some(typed), Some(next)) = (typed, next)
                && next == letter
                && next != typed
                && let Some(on) = self.slipped_along(step, cost::TRANSPOSED, 2, edge)
                && let Some(second) = graph.step(edge.target(), typed)
            {
                self.path[step.depth + 1] = typed;
                if let Some(on) = self.along(on, second) {
                    self.arrive(on, second.ends_word());
                }
            }
            // A letter left out; the letter that is typed next may be the same ("comittee").
            if let Some(on) = self.slipped_along(step, self.missing(step, letter), 0, edge) {
                self.arrive(on, edge.ends_word());
            }
        }
    }

    /// Goes on without a slip: the budget is spent.
    fn exactly(&mut self, step: Step) {
        let mut node = step.node;
        let mut ends = false;
        let rest = &self.typed[step.at..];
        let depth = step.depth + rest.len();
        if rest.is_empty() || depth >= MAX_KEY {
            return;
        }
        for &letter in rest {
            let Some(edge) = self.graph.step(node, letter) else { return };
            if step.cost > self.budget(edge.band()) {
                return;
            }
            (node, ends) = (edge.target(), edge.ends_word());
        }
        self.path[step.depth..depth].copy_from_slice(rest);
        if ends {
            let word = str::from_utf8(&self.path[..depth]).unwrap_or_default();
            self.found.push((word.into(), step.cost));
        }
    }

    /// What a word may cost that is no more frequent than its band.
    fn budget(&self, band: u8) -> u16 {
        self.budgets[usize::from(band) % BANDS.len()]
    }

    /// The step along an edge, if what lies beyond is frequent enough for the cost so far.
    #[inline]
    fn along(&self, step: Step, edge: Edge) -> Option<Step> {
        let (node, band) = (edge.target(), edge.band());
        (step.cost <= self.budget(band)).then_some(Step { node, band, depth: step.depth + 1, ..step })
    }

    /// The same after a slip that used up `letters` of the typed word.
    #[inline]
    fn slipped_along(&self, step: Step, cost: u16, letters: usize, edge: Edge) -> Option<Step> {
        self.along(self.slipped(step, cost, letters)?, edge)
    }

    /// The step after a slip that used up `letters` of the typed word, if the budget allows.
    #[inline]
    fn slipped(&self, step: Step, cost: u16, letters: usize) -> Option<Step> {
        let first = if step.at == 0 && step.depth == 0 { cost::FIRST_LETTER } else { 0 };
        let another = if step.edits > 0 { cost::ANOTHER } else { 0 };
        let cost = step.cost + cost + first + another;
        (cost <= self.budget(step.band) && step.edits < MOST_EDITS).then_some(Step {
            at: step.at + letters,
            cost,
            edits: step.edits + 1,
            ..step
        })
    }

    fn arrive(&mut self, step: Step, ends_word: bool) {
        if ends_word && step.at == self.typed.len() {
            let word = str::from_utf8(&self.path[..step.depth]).unwrap_or_default();
            self.found.push((word.into(), step.cost));
        }
        self.from(step);
    }

    /// Leaves out the letter typed here.
    fn without_extra_letter(&mut self, step: Step) {
        let Some(&letter) = self.typed.get(step.at) else { return };
        let before = step.at.checked_sub(1).map(|i| self.typed[i]);
        let after = self.typed.get(step.at + 1).copied();
        let cost = if before == Some(letter) || after == Some(letter) {
            cost::DOUBLED
        } else if letter == b'\'' {
            cost::APOSTROPHE
        } else if before.is_some_and(|b| near(b, letter)) || after.is_some_and(|a| near(a, letter)) {
            cost::EXTRA_NEAR
        } else {
            cost::EXTRA
        };
        if let Some(on) = self.slipped(step, cost, 1) {
            // The word can end here: what is typed after its end was extra.
            let ends = on.at == self.typed.len() && self.is_word(on);
            self.arrive(on, ends);
        }
    }

    fn is_word(&self, step: Step) -> bool {
        str::from_utf8(&self.path[..step.depth]).is_ok_and(|word| self.graph.contains(word))
    }

    fn by_sound(&mut self, step: Step) {
        for i in 0..self.sounds.get(step.at).map_or(0, Vec::len) {
            let &(typed, meant, cost) = self.sounds[step.at][i];
            let Some(on) = self.slipped(step, cost, typed.len()) else { continue };
            if step.depth + meant.len() >= MAX_KEY {
                continue;
            }
            let mut ends = false;
            let end = meant.bytes().try_fold(on, |on, letter| {
                let edge = self.graph.step(on.node, letter)?;
                ends = edge.ends_word();
                self.path[on.depth] = letter;
                self.along(on, edge)
            });
            if let Some(on) = end {
                self.arrive(on, ends);
            }
        }
    }

    /// The cost of leaving out `letter` here.
    fn missing(&self, step: Step, letter: u8) -> u16 {
        let before = step.depth.checked_sub(1).map(|i| self.path[i]);
        if letter == b'\'' {
            return cost::APOSTROPHE;
        }
        if before == Some(letter) || self.typed.get(step.at) == Some(&letter) {
            return cost::UNDOUBLED;
        }
        let after_consonant = before.is_some_and(|b| !is_vowel(b));
        if is_vowel(letter) || letter == b'h' && after_consonant { cost::MISSING_WEAK } else { cost::MISSING }
    }
}

fn substitution(typed: u8, meant: u8) -> u16 {
    if typed == b'\'' || meant == b'\'' {
        return cost::OTHER;
    }
    if is_vowel(typed) && is_vowel(meant) {
        return cost::VOWEL;
    }
    if near(typed, meant) {
        return cost::NEAR_KEY;
    }
    const ALIKE: &[&[u8; 2]] =
        &[b"ck", b"cs", b"sz", b"gj", b"td", b"bp", b"mn", b"fv", b"vw", b"qk", b"yi", b"ye"];
    let pair = [typed, meant];
    let reversed = [meant, typed];
    if ALIKE.iter().any(|&&a| a == pair || a == reversed) { cost::SOUND } else { cost::OTHER }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether two keys touch on a QWERTY keyboard.
pub fn near(a: u8, b: u8) -> bool {
    TOUCHING.get(usize::from(a.wrapping_sub(b'a'))).is_some_and(|keys| keys.as_bytes().contains(&b))
}

/// The keys that touch the key of each letter from a to z; each row is shifted by half a key against the one above.
const TOUCHING: [&str; 26] = [
    "qswz", "ghnv", "dfvx", "cefrsx", "drsw", "cdgrtv", "bfhtvy", "bgjnuy", "jkou", "hikmnu", "ijlmo", "kop",
    "jkn", "bhjm", "iklp", "lo", "aw", "deft", "adewxz", "fgry", "hijy", "bcfg", "aeqs", "cdsz", "ghtu",
    "asx",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str) -> String {
        let lexicon = Lexicon::embedded();
        let candidates = candidates(&lexicon, typed, u32::MAX);
        candidates.first().map_or_else(String::new, |best| written(&lexicon, best, typed))
    }

    #[test]
    fn the_first_candidate_is_what_was_meant() {
        for (typed, meant) in [
            ("recieve", "receive"),
            ("definately", "definitely"),
            ("Goverment", "Government"),
            ("teh", "the"),
            ("becuase", "because"),
            ("accomodate", "accommodate"),
            ("fisrt", "first"),
            ("maked", "made"),
            ("ofthe", "of the"),
            ("dont", "don't"),
            ("buisness", "business"),
        ] {
            assert_eq!(first(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_limit_leaves_out_what_is_too_unlikely_and_nothing_else() {
        let lexicon = Lexicon::embedded();
        for typed in ["recieve", "teh", "defiantley", "parlament", "zzyzx", "ocurence"] {
            let all = candidates(&lexicon, typed, u32::MAX);
            for most in [0, 100, 125, 160, 195, 240] {
                let first = candidates(&lexicon, typed, most).into_iter().next();
                let expected = all.first().filter(|best| best.total() <= most);
                assert_eq!(first.filter(|best| best.total() <= most).as_ref(), expected, "{typed} {most}");
            }
        }
    }

    #[test]
    fn sounds_stand_in_the_order_of_their_first_letters() {
        assert!(SOUNDS.is_sorted_by_key(|(typed, ..)| typed.as_bytes()[0]));
    }

    #[test]
    fn keys_touch_both_ways() {
        for a in b'a'..=b'z' {
            for b in b'a'..=b'z' {
                assert_eq!(near(a, b), near(b, a));
            }
        }
        assert!(near(b'q', b'w') && near(b's', b'e') && !near(b'q', b'p'));
    }

    #[test]
    fn whatever_is_typed_gives_an_answer() {
        let lexicon = Lexicon::embedded();
        for typed in ["", "'", "x", "''''", "ééé", "Київ", &"ab".repeat(40), "qqqqqqqqqqqqqqqqqqqqqqqqq"]
        {
            candidates(&lexicon, typed, u32::MAX);
            near_candidates(&lexicon, typed);
        }
    }
}
