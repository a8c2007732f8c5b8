//! Inflected forms of words by the rules of English spelling: enough to find “utilized” for “utilize”, and to put “used”
//! in its place.
//!
//! Makes forms of any word, whether they exist or not: one that does not exist is found nowhere. See Quirk et al., “A
//! Comprehensive Grammar of the English Language”, §§ 3.5–3.10 and 5.80–5.81 for the spelling.

/// A form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As the guide has it.
    Base,
    /// The plural of a noun, or the third person of a verb.
    S,
    Past,
    Participle,
    Ing,
}

impl Form {
    pub const ALL: [Self; 5] = [Self::Base, Self::S, Self::Past, Self::Participle, Self::Ing];
}

/// Base, past, past participle.
const VERBS: &[(&str, &str, &str)] = &[
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("buy", "bought", "bought"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cut", "cut", "cut"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"),
    ("fall", "fell", "fallen"),
    ("find", "found", "found"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("hurt", "hurt", "hurt"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("let", "let", "let"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("read", "read", "read"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shoot", "shot", "shot"),
    ("show", "showed", "shown"),
    ("shut", "shut", "shut"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("stand", "stood", "stood"),
    ("stick", "stuck", "stuck"),
    ("strike", "struck", "struck"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("win", "won", "won"),
    ("write", "wrote", "written"),
];

/// Singular and plural.
const NOUNS: &[(&str, &str)] =
    &[("child", "children"), ("person", "people"), ("foot", "feet"), ("wife", "wives")];

/// Stressed on their last syllable, so that its consonant is doubled: committed, occurring.
const DOUBLING: &[&str] = &[
    "admit", "begin", "commit", "compel", "control", "defer", "equip", "expel", "incur", "occur", "omit",
    "permit", "prefer", "propel", "quit", "rebut", "refer", "regret", "submit", "transfer", "transmit",
];

/// A form of a word in lower case.
pub fn inflect(word: &str, form: Form) -> String {
    let irregular = VERBS.iter().find(|(base, ..)| *base == word);
    match (form, irregular) {
        (Form::Base, _) => word.to_owned(),
        (Form::Past, Some((_, past, _))) => (*past).to_owned(),
        (Form::Participle, Some((_, _, participle))) => (*participle).to_owned(),
        (Form::Past | Form::Participle, None) => past(word),
        (Form::S, _) => plural(word),
        (Form::Ing, _) => ing(word),
    }
}

fn plural(word: &str) -> String {
    if let Some((_, plural)) = NOUNS.iter().find(|(singular, _)| *singular == word) {
        return (*plural).to_owned();
    }
    if let Some(stem) = word.strip_suffix("man").filter(|stem| !matches!(*stem, "hu" | "ger" | "ro" | "tali"))
    {
        return format!("{stem}men");
    }
    if let Some(stem) = word.strip_suffix('y').filter(|stem| ends_in_consonant(stem)) {
        return format!("{stem}ies");
    }
    let hisses = word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh");
    if hisses || matches!(word, "do" | "go") { format!("{word}es") } else { format!("{word}s") }
}

fn past(word: &str) -> String {
    if word.ends_with('e') {
        return format!("{word}d");
    }
    if let Some(stem) = word.strip_suffix('y').filter(|stem| ends_in_consonant(stem)) {
        return format!("{stem}ied");
    }
    format!("{}ed", doubled(word))
}

fn ing(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if let Some(stem) =
        word.strip_suffix('e').filter(|stem| !stem.is_empty() && !stem.ends_with(['e', 'o', 'y']))
    {
        return format!("{stem}ing");
    }
    format!("{}ing", doubled(word))
}

/// The word with its last consonant doubled where the spelling asks for it: stop, stopp-; commit, committ-.
fn doubled(word: &str) -> String {
    let mut last = word.chars().rev();
    let (Some(c), Some(b), a) = (last.next(), last.next(), last.next()) else { return word.to_owned() };
    let syllables = word.chars().filter(|char| is_vowel(*char)).count();
    let closed =
        !is_vowel(c) && !matches!(c, 'w' | 'x' | 'y') && is_vowel(b) && a.is_none_or(|a| !is_vowel(a));
    let short = syllables == 1 && closed;
    if (short || DOUBLING.contains(&word)) && word.len() > 2 { format!("{word}{c}") } else { word.to_owned() }
}

fn ends_in_consonant(stem: &str) -> bool {
    stem.chars().next_back().is_some_and(|char| !is_vowel(char))
}

const fn is_vowel(char: char) -> bool {
    matches!(char, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_spelled_right() {
        let forms = |word: &str| {
            [Form::S, Form::Past, Form::Participle, Form::Ing].map(|form| inflect(word, form)).join(" ")
        };
        assert_eq!(forms("use"), "uses used used using");
        assert_eq!(forms("begin"), "begins began begun beginning");
        assert_eq!(forms("try"), "tries tried tried trying");
        assert_eq!(forms("stop"), "stops stopped stopped stopping");
        assert_eq!(forms("commit"), "commits committed committed committing");
        assert_eq!(forms("visit"), "visits visited visited visiting");
        assert_eq!(forms("tie"), "ties tied tied tying");
        assert_eq!(forms("agree"), "agrees agreed agreed agreeing");
        assert_eq!(forms("need"), "needs needed needed needing");
        assert_eq!(forms("reach"), "reaches reached reached reaching");
        assert_eq!(forms("show"), "shows showed shown showing");
    }

    #[test]
    fn nouns_have_their_plurals() {
        let plurals = ["fireman", "human", "person", "city", "box"].map(|word| inflect(word, Form::S));
        assert_eq!(plurals, ["firemen", "humans", "people", "cities", "boxes"]);
    }
}
