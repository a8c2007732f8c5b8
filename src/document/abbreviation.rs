//! Abbreviations of English news copy, by what their stop can mean.

/// What a stop after a word can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The word is no abbreviation.
    Ends,
    /// A title or the like before a name: the stop never ends a sentence.
    BeforeName,
    /// Goes before a number ("No. 1", "Jan. 6"); before anything else it is as any word ("No. I won’t").
    BeforeNumber,
    /// May stand last in a sentence: the next word must be one that surely begins another ("The").
    Unsure,
    /// May stand last in a sentence: the next word's capital decides ("etc.").
    Capital,
}

/// What the stop after `word` can mean; `word` is without it.
pub fn stop(word: &str) -> Stop {
    // "ex-Sen.", "D-Calif.": the last part decides.
    let word = word.rsplit(['-', '‑']).next().unwrap_or(word);
    // The longest abbreviation here is shorter: most words are ruled out by their length.
    let Some(first) = word.bytes().next().filter(|_| word.len() <= 6 && word.is_ascii()) else {
        return Stop::Ends;
    };
    if !first.is_ascii_uppercase() {
        return stop_of_lower(word);
    }
    if word.len() == 1 {
        return Stop::Unsure;
    }
    // "SEN. ANN TEAL": as in a headline.
    if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let title = word[..1].to_owned() + &word[1..].to_ascii_lowercase();
        return if goes_before_name(&title) { Stop::BeforeName } else { Stop::Ends };
    }
    match word {
        _ if goes_before_name(word) => Stop::BeforeName,
        _ if may_end(word) => Stop::Unsure,
        _ if matches!(word, "No" | "Nos" | "Art" | "Fig" | "Ch" | "Par" | "Pt") => Stop::BeforeNumber,
        _ => Stop::Ends,
    }
}

fn stop_of_lower(word: &str) -> Stop {
    match word {
        "vs" | "v" | "ca" | "cf" | "viz" | "pp" | "vol" => Stop::BeforeName,
        "no" | "nos" | "art" | "fig" | "ch" | "pg" | "p" => Stop::BeforeNumber,
        "etc" | "al" | "approx" | "est" | "tel" | "ext" | "min" | "max" | "avg" | "hr" | "hrs" | "ft"
        | "lb" | "lbs" | "oz" | "km" | "mph" | "misc" | "incl" | "excl" => Stop::Capital,
        _ => Stop::Ends,
    }
}

/// Titles and the like.
fn goes_before_name(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Mx"
            | "Dr"
            | "Drs"
            | "Prof"
            | "Profs"
            | "Gov"
            | "Govs"
            | "Sen"
            | "Sens"
            | "Rep"
            | "Reps"
            | "Gen"
            | "Gens"
            | "Col"
            | "Lt"
            | "Sgt"
            | "Capt"
            | "Cmdr"
            | "Comdr"
            | "Adm"
            | "Maj"
            | "Brig"
            | "Rev"
            | "Revs"
            | "Fr"
            | "Hon"
            | "Pres"
            | "Supt"
            | "Det"
            | "Insp"
            | "Cpl"
            | "Pvt"
            | "Pfc"
            | "Spc"
            | "Messrs"
            | "Mme"
            | "Mlle"
            | "Msgr"
            | "Atty"
            | "Asst"
            | "Assoc"
            | "Del"
            | "Amb"
            | "Sec"
            | "Treas"
            | "Mt"
            | "Ft"
            | "Vol"
            | "Ste"
            | "Bp"
            | "Ald"
            | "Supr"
            | "Secy"
            | "Dist"
            | "Cllr"
            | "Adv"
            | "Ven"
            | "Hr"
            | "Sra"
            | "Sta"
    )
}

/// Places, firms, months, streets, degrees.
fn may_end(word: &str) -> bool {
    matches!(
        word,
        "St" | "Inc"
            | "Co"
            | "Cos"
            | "Corp"
            | "Ltd"
            | "LLC"
            | "Plc"
            | "Jr"
            | "Sr"
            | "Bros"
            | "Mfg"
            | "Intl"
            | "Natl"
            | "Ave"
            | "Av"
            | "Blvd"
            | "Rd"
            | "Hwy"
            | "Pkwy"
            | "Ln"
            | "Ct"
            | "Pl"
            | "Sq"
            | "Dept"
            | "Univ"
            | "Assn"
            | "Est"
            | "Ala"
            | "Ariz"
            | "Ark"
            | "Calif"
            | "Colo"
            | "Conn"
            | "Fla"
            | "Ga"
            | "Ill"
            | "Ind"
            | "Kan"
            | "Kans"
            | "Ky"
            | "La"
            | "Md"
            | "Mass"
            | "Mich"
            | "Minn"
            | "Miss"
            | "Mo"
            | "Mont"
            | "Neb"
            | "Nev"
            | "Okla"
            | "Ore"
            | "Pa"
            | "Penn"
            | "Tenn"
            | "Tex"
            | "Va"
            | "Vt"
            | "Wash"
            | "Wis"
            | "Wyo"
            | "Ont"
            | "Que"
            | "Jan"
            | "Feb"
            | "Mar"
            | "Apr"
            | "Jun"
            | "Jul"
            | "Aug"
            | "Sep"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
            | "Mon"
            | "Tue"
            | "Tues"
            | "Wed"
            | "Thu"
            | "Thur"
            | "Thurs"
            | "Fri"
            | "Sat"
            | "Sun"
            | "Esq"
            | "Ph"
            | "Phd"
            | "Op"
            | "Bldg"
            | "Rm"
            | "Apt"
            | "Twp"
            | "Cty"
    )
}

/// Names of firms and shows whose exclamation mark ends nothing.
pub fn shouts(word: &str) -> bool {
    matches!(word, "Yahoo" | "Jeopardy" | "Yum" | "Wham" | "Oklahoma" | "Oliver" | "Hamburg" | "Accel")
}

/// Words that begin a sentence and are no names: after an abbreviation their capital says that a new one began.
pub fn begins_sentence(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// In the order of their bytes.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "Across",
    "Added",
    "After",
    "Again",
    "Against",
    "Ahead",
    "All",
    "Almost",
    "Along",
    "Already",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "Around",
    "As",
    "Asked",
    "At",
    "Back",
    "Because",
    "Before",
    "Being",
    "Besides",
    "Between",
    "Beyond",
    "Both",
    "But",
    "By",
    "Can",
    "Could",
    "Critics",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Either",
    "Even",
    "Every",
    "Everyone",
    "Few",
    "Finally",
    "First",
    "Following",
    "For",
    "Former",
    "From",
    "Given",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Indeed",
    "Instead",
    "Is",
    "It",
    "Its",
    "It’s",
    "Just",
    "Last",
    "Later",
    "Let",
    "Like",
    "Many",
    "Maybe",
    "Meanwhile",
    "More",
    "Most",
    "Much",
    "My",
    "Nearly",
    "Neither",
    "Never",
    "No",
    "Nobody",
    "None",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "Officials",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Out",
    "Over",
    "People",
    "Perhaps",
    "Police",
    "Several",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Soon",
    "Still",
    "Such",
    "Supporters",
    "Than",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "They’re",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "Today",
    "Two",
    "Under",
    "Unless",
    "Unlike",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Within",
    "Without",
    "Would",
    "Yes",
    "Yesterday",
    "Yet",
    "You",
    "Your",
];

/// Words that go with a time of day ("9 a.m. Friday", "5 p.m. Eastern"): their capital begins nothing.
pub fn follows_time(word: &str) -> bool {
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "Mondays"
            | "Tuesdays"
            | "Wednesdays"
            | "Thursdays"
            | "Fridays"
            | "Saturdays"
            | "Sundays"
            | "Mon"
            | "Tue"
            | "Tues"
            | "Wed"
            | "Thu"
            | "Thurs"
            | "Fri"
            | "Sat"
            | "Sun"
            | "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Jan"
            | "Feb"
            | "Aug"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
            | "Eastern"
            | "Central"
            | "Mountain"
            | "Pacific"
            | "Greenwich"
            | "ET"
            | "EST"
            | "EDT"
            | "CT"
            | "CST"
            | "CDT"
            | "MT"
            | "MST"
            | "MDT"
            | "PT"
            | "PST"
            | "PDT"
            | "GMT"
            | "UTC"
            | "BST"
            | "CET"
            | "CEST"
            | "HST"
            | "E.T."
            | "E.S.T."
            | "E.D.T."
            | "ESTV"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starters_are_in_order() {
        assert!(STARTERS.is_sorted());
    }
}
