//! Verbs of saying: the words by which news copy names who said what, in all their forms.
//!
//! A list made by hand from what a reporter may write beside a quotation. Knows words only: whether one stands as a
//! verb, and who its subject is, is for the attribution to find.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a verb does with the words that are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// say, tell, write, tweet: the words are what was said.
    Saying,
    /// call, describe, slam: the words are what somebody or something is said to be.
    Naming,
    /// think, believe: the words are what somebody has in mind.
    Thinking,
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// say: an infinitive, or a plural's present
    Plain,
    /// says
    Third,
    /// said; for a regular verb the past participle as well
    Past,
    /// saying
    Participle,
}

/// What a word in lower case is as a verb of saying; `None` where it is none.
pub fn verb(word: &str) -> Option<(Form, Kind)> {
    static FORMS: LazyLock<HashMap<String, (Form, Kind)>> = LazyLock::new(forms);
    FORMS.get(word).copied()
}

/// All forms of all verbs. Where two verbs share a form, the irregular one has it, then the plainer kind.
fn forms() -> HashMap<String, (Form, Kind)> {
    let irregular = IRREGULAR.iter().map(|(form, what, kind)| ((*form).to_owned(), (*what, *kind)));
    let mut out: HashMap<String, (Form, Kind)> = irregular.collect();
    for (lemmas, kind) in [(SAYING, Kind::Saying), (NAMING, Kind::Naming), (THINKING, Kind::Thinking)] {
        for lemma in lemmas {
            for (word, form) in inflected(lemma) {
                out.entry(word).or_insert((form, kind));
            }
        }
    }
    out
}

/// The forms of a regular verb that doubles no consonant: note, notes, noted, noting; deny, denies, denied, denying.
fn inflected(lemma: &str) -> [(String, Form); 4] {
    let vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|ending| lemma.ends_with(ending));
    let soft = lemma.strip_suffix('y').filter(|_| !vowel_y).map(|stem| format!("{stem}i"));
    let silent = lemma.strip_suffix('e').unwrap_or(lemma);
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|ending| lemma.ends_with(ending));
    let third = match &soft {
        Some(stem) => format!("{stem}es"),
        None if hissing => format!("{lemma}es"),
        None => format!("{lemma}s"),
    };
    let past = format!("{}ed", soft.as_deref().unwrap_or(silent));
    [
        (lemma.to_owned(), Form::Plain),
        (third, Form::Third),
        (past, Form::Past),
        (format!("{silent}ing"), Form::Participle),
    ]
}

/// Forms that no ending makes.
const IRREGULAR: &[(&str, Form, Kind)] = &[
    ("admitted", Form::Past, Kind::Saying),
    ("admitting", Form::Participle, Kind::Saying),
    ("began", Form::Past, Kind::Saying),
    ("begin", Form::Plain, Kind::Saying),
    ("beginning", Form::Participle, Kind::Saying),
    ("begins", Form::Third, Kind::Saying),
    ("blogged", Form::Past, Kind::Saying),
    ("blogging", Form::Participle, Kind::Saying),
    ("bragged", Form::Past, Kind::Saying),
    ("bragging", Form::Participle, Kind::Saying),
    ("chatted", Form::Past, Kind::Saying),
    ("chipped", Form::Past, Kind::Saying),
    ("dubbed", Form::Past, Kind::Naming),
    ("dubbing", Form::Participle, Kind::Naming),
    ("feel", Form::Plain, Kind::Thinking),
    ("feels", Form::Third, Kind::Thinking),
    ("felt", Form::Past, Kind::Thinking),
    ("finds", Form::Third, Kind::Thinking),
    ("found", Form::Past, Kind::Thinking),
    ("goes", Form::Third, Kind::Saying),
    ("going", Form::Participle, Kind::Saying),
    ("held", Form::Past, Kind::Saying),
    ("hits", Form::Third, Kind::Saying),
    ("holds", Form::Third, Kind::Saying),
    ("knew", Form::Past, Kind::Thinking),
    ("knows", Form::Third, Kind::Thinking),
    ("labelled", Form::Past, Kind::Naming),
    ("labelling", Form::Participle, Kind::Naming),
    ("lying", Form::Participle, Kind::Saying),
    ("meant", Form::Past, Kind::Thinking),
    ("pled", Form::Past, Kind::Saying),
    ("put", Form::Past, Kind::Saying),
    ("puts", Form::Third, Kind::Saying),
    ("putting", Form::Participle, Kind::Saying),
    ("quipped", Form::Past, Kind::Saying),
    ("quipping", Form::Participle, Kind::Saying),
    ("read", Form::Past, Kind::Saying),
    ("reading", Form::Participle, Kind::Saying),
    ("reads", Form::Third, Kind::Saying),
    ("referred", Form::Past, Kind::Saying),
    ("referring", Form::Participle, Kind::Saying),
    ("ripped", Form::Past, Kind::Naming),
    ("ripping", Form::Participle, Kind::Naming),
    ("said", Form::Past, Kind::Saying),
    ("sang", Form::Past, Kind::Saying),
    ("say", Form::Plain, Kind::Saying),
    ("saying", Form::Participle, Kind::Saying),
    ("says", Form::Third, Kind::Saying),
    ("shooting", Form::Participle, Kind::Saying),
    ("shoots", Form::Third, Kind::Saying),
    ("shot", Form::Past, Kind::Saying),
    ("sing", Form::Participle, Kind::Saying),
    ("singing", Form::Participle, Kind::Saying),
    ("sings", Form::Third, Kind::Saying),
    ("slammed", Form::Past, Kind::Naming),
    ("slamming", Form::Participle, Kind::Naming),
    ("snapped", Form::Past, Kind::Saying),
    ("snapping", Form::Participle, Kind::Saying),
    ("speak", Form::Plain, Kind::Saying),
    ("speaking", Form::Participle, Kind::Saying),
    ("speaks", Form::Third, Kind::Saying),
    ("spoke", Form::Past, Kind::Saying),
    ("spoken", Form::Past, Kind::Saying),
    ("submitted", Form::Past, Kind::Saying),
    ("submitting", Form::Participle, Kind::Saying),
    ("swear", Form::Plain, Kind::Saying),
    ("swearing", Form::Participle, Kind::Saying),
    ("swears", Form::Third, Kind::Saying),
    ("swore", Form::Past, Kind::Saying),
    ("tagged", Form::Past, Kind::Naming),
    ("tagging", Form::Participle, Kind::Naming),
    ("taught", Form::Past, Kind::Saying),
    ("tell", Form::Plain, Kind::Saying),
    ("telling", Form::Participle, Kind::Saying),
    ("tells", Form::Third, Kind::Saying),
    ("think", Form::Plain, Kind::Thinking),
    ("thinking", Form::Participle, Kind::Thinking),
    ("thinks", Form::Third, Kind::Thinking),
    ("thought", Form::Past, Kind::Thinking),
    ("told", Form::Past, Kind::Saying),
    ("tore", Form::Past, Kind::Naming),
    ("weeps", Form::Third, Kind::Saying),
    ("went", Form::Past, Kind::Saying),
    ("wept", Form::Past, Kind::Saying),
    ("write", Form::Plain, Kind::Saying),
    ("writes", Form::Third, Kind::Saying),
    ("writing", Form::Participle, Kind::Saying),
    ("written", Form::Past, Kind::Saying),
    ("wrote", Form::Past, Kind::Saying),
];

/// Regular verbs of saying.
const SAYING: &[&str] = &[
    "accuse",
    "acknowledge",
    "add",
    "address",
    "admit",
    "admonish",
    "advise",
    "affirm",
    "agree",
    "allege",
    "allow",
    "announce",
    "answer",
    "apologize",
    "argue",
    "ask",
    "assert",
    "assure",
    "attest",
    "aver",
    "avow",
    "bark",
    "beam",
    "beg",
    "bellow",
    "blare",
    "blast",
    "blog",
    "boast",
    "brag",
    "caution",
    "challenge",
    "chant",
    "charge",
    "chide",
    "chime",
    "chuckle",
    "cite",
    "claim",
    "clarify",
    "coax",
    "comment",
    "complain",
    "concede",
    "conclude",
    "concur",
    "confess",
    "confide",
    "confirm",
    "contend",
    "continue",
    "counsel",
    "counter",
    "crack",
    "cry",
    "declare",
    "decry",
    "defend",
    "demand",
    "denounce",
    "deny",
    "deride",
    "describe",
    "detail",
    "disclose",
    "discuss",
    "dismiss",
    "elaborate",
    "email",
    "emphasize",
    "enthuse",
    "estimate",
    "exclaim",
    "exhort",
    "explain",
    "exult",
    "fire",
    "fume",
    "gloat",
    "gripe",
    "groan",
    "grouse",
    "growl",
    "grumble",
    "guarantee",
    "gush",
    "hint",
    "holler",
    "implore",
    "imply",
    "inform",
    "inquire",
    "insinuate",
    "insist",
    "interject",
    "interrupt",
    "intone",
    "joke",
    "lament",
    "laugh",
    "lecture",
    "lie",
    "maintain",
    "marvel",
    "mention",
    "message",
    "moan",
    "mock",
    "mouth",
    "mumble",
    "murmur",
    "muse",
    "mutter",
    "narrate",
    "note",
    "object",
    "observe",
    "offer",
    "opine",
    "order",
    "outline",
    "pen",
    "plead",
    "pledge",
    "point",
    "ponder",
    "post",
    "praise",
    "preach",
    "predict",
    "press",
    "proclaim",
    "promise",
    "pronounce",
    "propose",
    "protest",
    "publish",
    "question",
    "quip",
    "quote",
    "rail",
    "rant",
    "reaffirm",
    "reason",
    "reassure",
    "recall",
    "recite",
    "reckon",
    "recommend",
    "recount",
    "refer",
    "reflect",
    "reiterate",
    "rejoin",
    "relate",
    "remark",
    "remember",
    "remind",
    "repeat",
    "reply",
    "report",
    "request",
    "respond",
    "retort",
    "retweet",
    "reveal",
    "rip",
    "roar",
    "scoff",
    "scold",
    "scream",
    "scribble",
    "shout",
    "shriek",
    "sigh",
    "signal",
    "smile",
    "snap",
    "snarl",
    "sneer",
    "specify",
    "speculate",
    "state",
    "stress",
    "stutter",
    "submit",
    "suggest",
    "summarize",
    "surmise",
    "taunt",
    "tease",
    "telegraph",
    "testify",
    "text",
    "thank",
    "theorize",
    "thunder",
    "tout",
    "trumpet",
    "tweet",
    "underscore",
    "urge",
    "utter",
    "vent",
    "voice",
    "volunteer",
    "vow",
    "wail",
    "warn",
    "weigh",
    "wheeze",
    "whine",
    "whisper",
    "wonder",
    "yell",
];

/// Regular verbs of naming, blame and praise.
const NAMING: &[&str] = &[
    "attack",
    "bash",
    "blame",
    "brand",
    "call",
    "characterize",
    "chastise",
    "commend",
    "compare",
    "condemn",
    "congratulate",
    "credit",
    "criticize",
    "deem",
    "depict",
    "dub",
    "hail",
    "label",
    "lambast",
    "lambaste",
    "lampoon",
    "liken",
    "nickname",
    "portray",
    "ridicule",
    "salute",
    "savage",
    "scorch",
    "skewer",
    "slam",
    "slur",
    "smear",
    "tag",
    "tear",
    "term",
    "title",
];

/// Regular verbs of thinking.
const THINKING: &[&str] = &[
    "believe", "consider", "decide", "doubt", "expect", "fear", "figure", "guess", "hope", "imagine",
    "realize", "suspect", "worry",
];

/// Whether words that ought to be a quotation hold the words that name its speaker: “, he said”, “, said Ada Obi”.
/// Looks at 100 bytes after each stop.
pub fn has_attribution(words: &str) -> bool {
    let rests = words.match_indices([',', '?', '!', '—']).map(|(at, mark)| &words[at + mark.len()..]);
    let mut rests = rests.filter(|rest| rest.starts_with([' ', '\n']));
    rests.any(|rest| names_speaker(beginning(rest))) || words.contains(" when asked ")
}

/// The first 100 bytes, less what would cut a character in two.
fn beginning(rest: &str) -> &str {
    let end = (0..=rest.len().min(100)).rev().find(|end| rest.is_char_boundary(*end));
    &rest[..end.unwrap_or(0)]
}

/// Whether a stretch begins as “he said.”, “Ada Obi said in May”, “the report said” or “said Ada Obi” do.
fn names_speaker(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(9).peekable();
    let bare = |word: &str| word.trim_end_matches([',', '.', ':', ';']).to_owned();
    let Some(first) = words.next() else { return false };
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word != "I"
            && !word.starts_with("I'")
            && !word.starts_with("I’")
    };
    if is_said(&bare(first)) {
        return words.next().is_some_and(|word| {
            is_name(word) || matches!(bare(word).as_str(), "the" | "a" | "an" | "one" | "another")
        });
    }
    let pronoun = matches!(first, "he" | "she" | "they");
    if bare(first) != first {
        return false;
    }
    let mut before = first;
    while let Some(word) = words.next() {
        if is_said(&bare(word)) {
            // “he said he was sorry” goes on in the speaker's own words; “he said.” and “he said on Friday” do not.
            let stops = bare(word) != word || words.peek().is_none_or(|next| follows_said(&bare(next)));
            return stops && (pronoun || is_name(before) || first == "the");
        }
        if pronoun || bare(word) != word {
            return false;
        }
        before = word;
    }
    false
}

fn follows_said(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "during"
            | "after"
            | "before"
            | "when"
            | "as"
            | "while"
            | "to"
            | "of"
            | "via"
            | "through"
            | "about"
            | "by"
            | "last"
            | "this"
            | "earlier"
            | "later"
            | "recently"
            | "yesterday"
            | "today"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
    )
}

fn is_said(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "added"
            | "adds"
            | "wrote"
            | "writes"
            | "told"
            | "tweeted"
            | "explained"
            | "recalled"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!([SAYING, NAMING, THINKING].iter().all(|list| list.is_sorted()));
        assert!(IRREGULAR.is_sorted_by_key(|(form, ..)| form));
    }

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        let form = |word| verb(word).map(|(form, _)| form);
        assert_eq!(form("said"), Some(Form::Past));
        assert_eq!(form("notes"), Some(Form::Third));
        assert_eq!(form("noting"), Some(Form::Participle));
        assert_eq!(form("replied"), Some(Form::Past));
        assert_eq!(form("stresses"), Some(Form::Third));
        assert_eq!(form("quipped"), Some(Form::Past));
        assert_eq!(form("urge"), Some(Form::Plain));
        assert_eq!(form("walked"), None);
    }

    #[test]
    fn words_that_name_their_speaker_hold_an_attribution() {
        assert!(has_attribution("“It is late, she said."));
        assert!(has_attribution("“It is late, said the clerk of the court."));
        assert!(has_attribution("“It is late, court clerk Ada Obi said on Friday."));
        assert!(!has_attribution("“It is late, and I said so."));
        assert!(!has_attribution("“I saw him, he said hello and left."));
    }
}
