//! What is put before and after words to make new ones: "non-", "anti-", "-like".
//!
//! This file must never know which words exist.

/// Parts that stand in compounds with a hyphen and are no words by themselves.
const PARTS: &[&str] = &[
    "afro", "al", "anglo", "ante", "anti", "auto", "bi", "bio", "cis", "co", "cyber", "de", "di", "eco",
    "el", "en", "ethno", "euro", "ex", "extra", "franco", "geo", "hetero", "homo", "hydro", "hyper", "indo",
    "inter", "intra", "italo", "kilo", "macro", "mal", "mega", "meta", "micro", "mid", "mini", "mis", "mono",
    "multi", "nano", "narco", "neo", "neuro", "non", "omni", "pan", "para", "petro", "poly", "post", "pre",
    "pro", "proto", "pseudo", "psycho", "quasi", "re", "retro", "russo", "semi", "sino", "socio", "sub",
    "super", "supra", "tele", "trans", "tri", "turbo", "ultra", "un", "uni", "techno", "thermo", "electro",
    "photo", "agro", "crypto", "judeo", "ish", "ese", "esque", "ly", "um", "uh", "er", "ing", "ed", "th",
    "nd", "rd", "st", "ies", "ers", "ness", "ism", "ist", "a", "b", "c", "d", "ur", "ad", "hoc", "vis", "vu",
    "déjà",
];

/// Whether a lower-case part of a hyphenated compound may stand there though it is no word.
pub fn is_part(part: &str) -> bool {
    PARTS.contains(&part)
}

/// Prefixes that make new words of nearly any word, longest first.
const PREFIXES: &[&str] = &[
    "counter", "electro", "pseudo", "psycho", "socio", "super", "ultra", "under", "inter", "intra", "micro",
    "macro", "multi", "neuro", "photo", "hyper", "cyber", "crypto", "anti", "auto", "over", "post", "semi",
    "mega", "mini", "fore", "para", "poly", "mono", "trans", "tele", "non", "out", "pre", "sub", "mis",
    "dis", "eco", "bio", "geo", "un", "re", "de", "co", "up",
];

/// Endings that make new words of nearly any noun.
const SUFFIXES: &[&str] = &[
    "lessness", "like", "wide", "less", "ness", "ship", "gate", "esque", "proof", "worthy", "long", "goer",
    "goers",
];

/// Calls `is_word` with what is left of a lower-case word without a prefix or without an ending, until it says yes.
/// Inflections in -ed and -ing are not taken off: dictionaries hold them, and "occuring" is none.
pub fn is_derived(word: &str, is_word: &dyn Fn(&str) -> bool) -> bool {
    let rests = PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix));
    let stems = SUFFIXES.iter().filter_map(|suffix| word.strip_suffix(suffix));
    // "financials" and "definitionally" are made from any noun in -al and any adjective in -al or -ing.
    let plural = word.strip_suffix('s').filter(|rest| rest.len() >= 6 && !rest.ends_with('s'));
    let adverb = word
        .strip_suffix("ly")
        .filter(|rest| ["al", "ing", "ish", "ful"].iter().any(|end| rest.ends_with(end)));
    rests.chain(stems).chain(plural).chain(adverb).any(|rest| rest.len() >= 4 && is_word(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_words_are_derived_but_no_inflections() {
        let is_word = |word: &str| ["weekend", "occur", "balance"].contains(&word);
        assert!(is_derived("overbalance", &is_word));
        assert!(is_derived("weekendless", &is_word));
        assert!(is_derived("weekends", &is_word));
        assert!(!is_derived("occuring", &is_word));
        assert!(!is_derived("weekend", &is_word));
    }
}
