//! Two quotations side by side: whether they are two versions of the same words, and where they differ.
//!
//! Words are compared without case, punctuation, hyphens, contractions, national spelling and the ways to write a foreign
//! name. What a desk may do to a quotation is no alteration: to leave words out (…), to put its own in brackets, to mask a
//! word (b***h), to quote only a part.

use crate::facts::names::extract::fold;
use crate::facts::names::families;

/// A quotation's words, ready to compare.
#[derive(Clone, Debug)]
pub struct Words {
    pub words: Vec<Word>,
}

/// One word of a quotation.
#[derive(Clone, Debug)]
pub struct Word {
    /// As it stands, punctuation around it left out.
    pub text: Box<str>,
    /// What is compared.
    pub norm: Box<str>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One that carries what is said.
    Content,
    /// the, of, and …
    Function,
    /// An ellipsis or what stands in brackets: stands for any words.
    Open,
}

/// Where two versions differ: the words of each, in order; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub here: String,
    pub there: String,
}

/// Longer quotations are compared by their first words only.
const LIMIT: usize = 400;

impl Words {
    /// The first words of a quotation, as many as are compared.
    pub fn of(text: &str) -> Self {
        Self::read(text, LIMIT)
    }

    /// All words of a text.
    pub fn whole(text: &str) -> Self {
        Self::read(text, usize::MAX)
    }

    /// Whether an ellipsis or brackets stand for some of the words.
    pub fn is_open(&self) -> bool {
        self.words.iter().any(|word| word.kind == Kind::Open)
    }

    fn read(text: &str, limit: usize) -> Self {
        let mut words = Vec::new();
        let mut bracket = false;
        for raw in text.split(|char: char| char.is_whitespace() || matches!(char, '—' | '–')).take(limit)
        {
            let opens = raw.contains(['[', '(']);
            let text = raw.trim_matches(|char: char| !char.is_alphanumeric());
            let dots = raw.contains('…') || raw.contains("...");
            if opens || bracket {
                words.push(Word { text: text.into(), norm: "".into(), kind: Kind::Open });
                bracket = !raw.contains([']', ')']);
                continue;
            }
            if !text.is_empty() {
                for norm in normal(text) {
                    let masked = norm.contains("**") || norm.contains("--");
                    let kind = if masked {
                        Kind::Open
                    } else if is_function(&norm) {
                        Kind::Function
                    } else {
                        Kind::Content
                    };
                    words.push(Word { text: text.into(), norm: norm.into(), kind });
                }
            }
            let is_dot = text.is_empty() && raw.chars().all(|char| char == '.');
            if dots || is_dot {
                words.push(Word { text: "…".into(), norm: "".into(), kind: Kind::Open });
            }
        }
        Self { words }
    }
}

/// How two versions compare.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Words that both have, in order.
    pub common: usize,
    /// How many of them carry what is said.
    pub common_content: usize,
    /// The length of the stretch in which they can be compared, in words: the longer of the two.
    pub stretch: usize,
    pub differences: Vec<Difference>,
}

/// Aligns two quotations by their longest common subsequence (Hunt and McIlroy, 1976) and compares what lies between the
/// first and the last common word of the stretch in which most is common.
pub fn compare(here: &Words, there: &Words) -> Option<Comparison> {
    let (a, b) = (&here.words, &there.words);
    let all = common(a, b);
    let pairs = &all[densest(a, b, &all)];
    let (&first, &last) = (pairs.first()?, pairs.last()?);
    let common_content = pairs.iter().filter(|(i, _)| a[*i].kind == Kind::Content).count();
    let mut differences = Vec::new();
    for window in pairs.windows(2) {
        let [(i, j), (k, l)] = *window else { continue };
        let (gap_here, gap_there) = (&a[i + 1..k], &b[j + 1..l]);
        if gap_here.is_empty() && gap_there.is_empty() {
            continue;
        }
        if is_open(gap_here) || is_open(gap_there) || is_same(gap_here, gap_there) {
            continue;
        }
        differences.push(Difference { here: join(gap_here), there: join(gap_there) });
    }
    // A last word that each ends with in its own way: “very good gifts”, “very good presents”.
    let (tail_here, tail_there) = (last_word(&a[last.0 + 1..]), last_word(&b[last.1 + 1..]));
    let tail = tail_here
        .zip(tail_there)
        .filter(|(here, there)| !is_same(std::slice::from_ref(*here), std::slice::from_ref(*there)));
    if let Some((here, there)) = tail {
        differences.push(Difference { here: here.text.to_string(), there: there.text.to_string() });
    }
    let closed = |words: &[Word]| words.iter().filter(|word| word.kind != Kind::Open).count();
    let stretch =
        closed(&a[first.0..=last.0]).max(closed(&b[first.1..=last.1])) + usize::from(tail.is_some());
    Some(Comparison { common: pairs.len(), common_content, stretch, differences })
}

/// The stretch of the common words in which they outnumber the words between them by most (the greatest sum of a
/// subarray, Kadane's algorithm). Two quotations that share a “that” a page before their common sentence are compared in
/// the sentence only.
fn densest(a: &[Word], b: &[Word], pairs: &[(usize, usize)]) -> std::ops::Range<usize> {
    let mut best = (0, 0..0);
    let (mut sum, mut start) = (0_i64, 0);
    for (at, &(i, j)) in pairs.iter().enumerate() {
        if let Some(before) = at.checked_sub(1) {
            let (gap_here, gap_there) = (&a[pairs[before].0 + 1..i], &b[pairs[before].1 + 1..j]);
            if !is_open(gap_here) && !is_open(gap_there) {
                sum -= gap_here.len().max(gap_there.len()) as i64;
            }
        }
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum += 1;
        if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    best.1
}

fn is_open(words: &[Word]) -> bool {
    words.iter().any(|word| word.kind == Kind::Open)
}

/// Whether two stretches are the same words: fire power and firepower, the army's and the army has.
fn is_same(here: &[Word], there: &[Word]) -> bool {
    let letters = |words: &[Word], ending: &str| -> String {
        let norm = |word: &Word| match word.norm.strip_suffix("'s") {
            Some(stem) => format!("{stem}{ending}"),
            None => word.norm.to_string(),
        };
        words.iter().map(norm).collect::<String>().replace(|char: char| !char.is_alphanumeric(), "")
    };
    ["s", "is", "has"].iter().any(|ending| letters(here, ending) == letters(there, ending))
}

/// The only word of a stretch, brackets and ellipses aside.
fn last_word(words: &[Word]) -> Option<&Word> {
    let mut closed = words.iter().filter(|word| word.kind != Kind::Open);
    let word = closed.next()?;
    (closed.next().is_none() && words.last().is_some_and(|last| std::ptr::eq(last, word))).then_some(word)
}

fn common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut length = vec![0_u16; (a.len() + 1) * width];
    let same =
        |i: usize, j: usize| a[i].kind != Kind::Open && a[i].norm == b[j].norm && b[j].kind != Kind::Open;
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i * width + j] = if same(i, j) {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same(i, j) {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

fn join(words: &[Word]) -> String {
    let mut out: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    out.dedup();
    out.join(" ")
}

/// The words that a written word stands for, in the form in which they are compared.
fn normal(text: &str) -> Vec<String> {
    let word = text.to_lowercase().replace(['’', 'ʼ'], "'");
    let plain = |word: &str| vec![word.to_owned()];
    if let Some(words) = match word.as_str() {
        "gonna" => Some("going to"),
        "wanna" => Some("want to"),
        "gotta" => Some("got to"),
        "can't" | "cannot" => Some("can not"),
        "won't" => Some("will not"),
        "percent" => Some("%"),
        "ok" => Some("okay"),
        _ => None,
    } {
        return words.split(' ').map(str::to_owned).collect();
    }
    for (ending, whole) in
        [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would")]
    {
        if let Some(stem) = word.strip_suffix(ending) {
            return vec![stem.to_owned(), whole.to_owned()];
        }
    }
    if let Some(stem) = word.strip_suffix("'s").filter(|stem| {
        matches!(*stem, "it" | "that" | "he" | "she" | "there" | "what" | "let" | "who" | "here")
    }) {
        return vec![stem.to_owned(), if stem == "let" { "us".to_owned() } else { "is".to_owned() }];
    }
    if let Some((_, whole)) = SHORT.iter().find(|(short, _)| *short == word) {
        return plain(whole);
    }
    // The desk's hyphens, its figures and its way to write a foreign name, not the speaker's: al-Qaida, al Qaeda.
    let word: String = word.split('-').map(part_of_word).collect();
    // National spelling: colour, organise, centre, defence, travelled, programme.
    let mut american = word.replace("our", "or").replace("isation", "ization").replace("ogramme", "ogram");
    for (british, ending) in
        [("tre", "ter"), ("ence", "ense"), ("lled", "led"), ("lling", "ling"), ("eller", "eler")]
    {
        if let Some(stem) = american.strip_suffix(british).filter(|stem| stem.len() > 2) {
            american = format!("{stem}{ending}");
        }
    }
    match american.strip_suffix("ise").or_else(|| american.strip_suffix("ised").filter(|stem| stem.len() > 4))
    {
        Some(stem) if american.len() > 6 => plain(&format!("{stem}iz")),
        _ => plain(
            american
                .strip_suffix("ize")
                .or_else(|| american.strip_suffix("ized"))
                .map(|stem| format!("{stem}iz"))
                .as_deref()
                .unwrap_or(&american),
        ),
    }
}

/// Abbreviations that are written out in other houses.
const SHORT: &[(&str, &str)] = &[
    ("jan", "january"),
    ("feb", "february"),
    ("aug", "august"),
    ("sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
    ("dr", "doctor"),
];

/// A word, or what stands between its hyphens: numbers in figures, foreign names by their family.
fn part_of_word(part: &str) -> String {
    const NUMBERS: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(number) = NUMBERS.iter().position(|number| *number == part) {
        return number.to_string();
    }
    if let Some(ten) = TENS.iter().position(|ten| *ten == part) {
        return format!("{}0", ten + 2);
    }
    match families::of(fold(part)).filter(|family| !family.is_given && part.len() > 3) {
        Some(family) => format!("{}~", family.number),
        None => part.to_owned(),
    }
}

fn is_function(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "to"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "with"
            | "from"
            | "as"
            | "into"
            | "and"
            | "or"
            | "but"
            | "so"
            | "if"
            | "that"
            | "this"
            | "these"
            | "those"
            | "it"
            | "its"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "am"
            | "has"
            | "have"
            | "had"
            | "do"
            | "does"
            | "did"
            | "will"
            | "would"
            | "can"
            | "could"
            | "should"
            | "may"
            | "might"
            | "must"
            | "not"
            | "no"
            | "i"
            | "you"
            | "he"
            | "she"
            | "we"
            | "they"
            | "me"
            | "him"
            | "her"
            | "us"
            | "them"
            | "my"
            | "your"
            | "his"
            | "or's"
            | "our"
            | "their"
            | "there"
            | "here"
            | "what"
            | "who"
            | "which"
            | "when"
            | "where"
            | "how"
            | "why"
            | "than"
            | "then"
            | "just"
            | "very"
            | "all"
            | "about"
            | "up"
            | "out"
            | "s"
            | "t"
            | "going"
            | "get"
            | "got"
            | "know"
            | "think"
            | "like"
            | "want"
            | "people"
            | "because"
            | "really"
            | "well"
            | "now"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(here: &str, there: &str) -> Vec<(String, String)> {
        let comparison = compare(&Words::of(here), &Words::of(there));
        let differences = comparison.map(|comparison| comparison.differences).unwrap_or_default();
        differences.into_iter().map(|difference| (difference.here, difference.there)).collect()
    }

    fn pair(here: &str, there: &str) -> (String, String) {
        (here.to_owned(), there.to_owned())
    }

    #[test]
    fn a_changed_word_is_shown_with_the_other() {
        assert_eq!(
            differences("The harbour shall stay open all winter.", "The harbour will stay open all winter."),
            [pair("shall", "will")]
        );
        assert_eq!(differences("a truly fine boat", "a truly fine ship"), [pair("boat", "ship")]);
    }

    #[test]
    fn ways_to_write_a_word_are_no_difference() {
        assert_eq!(differences("They re-opened the pier in Oct.", "they reopened the pier in October"), []);
        assert_eq!(differences("The fire power of the harbour", "The firepower of the harbor"), []);
        assert_eq!(differences("The pier's shut for fifty days", "The pier is shut for 50 days"), []);
        assert_eq!(differences("Trains from Kyiv are late", "Trains from Kiev are late"), []);
        assert_eq!(differences("That d**n pier is shut", "That damn pier is shut"), []);
    }

    #[test]
    fn a_word_far_from_the_common_stretch_is_no_part_of_it() {
        let here =
            "the crew sang all night in the hold, and then we shall mend the old pier before the winter";
        let there = "the people of this town know that we shall mend the old pier before the winter";
        assert_eq!(differences(here, there), []);
    }

    #[test]
    fn what_a_desk_may_do_is_no_difference() {
        assert_eq!(differences("The harbor can't close", "the harbour cannot close"), []);
        assert_eq!(differences("We built … the pier", "We built with our own hands the pier"), []);
        assert_eq!(differences("We thank [the mayor] for the pier", "We thank him for the pier"), []);
        assert_eq!(differences("for the pier", "We thank him for the pier"), []);
    }
}
