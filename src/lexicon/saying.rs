//! Verbs of saying: the words by which news copy names who said what.

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
    if !pronoun && first != "the" && !is_name(first) {
        return false;
    }
    let mut before = first;
    while let Some(word) = words.next() {
        if is_said(&bare(word)) {
            // “he said he was sorry” goes on in the speaker's own words; “he said.” and “he said on Friday” do not.
            let stops = bare(word) != word || words.peek().is_none_or(|next| follows_said(&bare(next)));
            return stops && (pronoun || before == first || is_name(before) || first == "the");
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
