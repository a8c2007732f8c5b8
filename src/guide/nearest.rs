//! “Did you mean …?”: the known name that a mistyped one is nearest to.

use strsim::damerau_levenshtein;

/// The nearest of `known`, if it is near enough that a slip explains the difference.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(name);
    let (distance, best) =
        known.into_iter().map(|other| (damerau_levenshtein(&folded, &fold(other)), other)).min()?;
    let near = distance <= 1 + best.chars().count() / 4;
    let begins = folded.len() >= 3 && fold(best).starts_with(&folded);
    (near || begins).then_some(best)
}

/// “Wrong_Word” and “wrong word” are no slips, only other habits.
fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_other_habits_are_near() {
        let known = ["wrong-word", "repeated-word", "name-variant"];
        assert_eq!(nearest("wrongword", known), Some("wrong-word"));
        assert_eq!(nearest("Name_Varaint", known), Some("name-variant"));
        assert_eq!(nearest("repeated", known), Some("repeated-word"));
        assert_eq!(nearest("passive", known), None);
    }
}
