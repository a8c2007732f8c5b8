//! Words that British and American English spell differently, and mean alike: "colour", "color".
//!
//! Both tables hold lines of `key TAB counterpart`, sorted by key, in folded form.

#[derive(Clone, Copy)]
pub struct Pairs {
    /// British spelling, American spelling.
    pub british: &'static [u8],
    /// American spelling, British spelling.
    pub american: &'static [u8],
}

impl Pairs {
    /// The American spelling of a folded British word.
    pub fn american_of(&self, british: &str) -> Option<&'static str> {
        find(self.british, british)
    }

    /// The British spelling of a folded American word.
    pub fn british_of(&self, american: &str) -> Option<&'static str> {
        find(self.american, american)
    }
}

/// Binary search over lines: the middle byte's line is the one compared.
fn find(lines: &'static [u8], key: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = lines[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |i| low + i + 1);
        let end = lines[middle..].iter().position(|&b| b == b'\n').map_or(lines.len(), |i| middle + i);
        let line = str::from_utf8(&lines[start..end]).ok()?;
        let (held, counterpart) = line.split_once('\t')?;
        match held.cmp(key) {
            std::cmp::Ordering::Equal => return Some(counterpart),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let pairs = Pairs { british: b"centre\tcenter\ncolour\tcolor\ngrey\tgray\n", american: b"" };
        assert_eq!(pairs.american_of("centre"), Some("center"));
        assert_eq!(pairs.american_of("colour"), Some("color"));
        assert_eq!(pairs.american_of("grey"), Some("gray"));
        for none in ["", "a", "colou", "colours", "zoo", "center"] {
            assert_eq!(pairs.american_of(none), None, "{none:?}");
        }
        assert_eq!(pairs.british_of("gray"), None);
    }
}
