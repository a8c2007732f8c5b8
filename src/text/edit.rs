//! Replacing stretches of a text.
//!
//! Edits are applied all together or not at all: where two overlap, nothing is applied.

use super::span::SrcSpan;

/// One replacement: the bytes of `span` become `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    pub span: SrcSpan,
    pub text: String,
}

/// Applies edits given in any order. `None` where two overlap or one does not fit the text.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut order: Vec<&Edit> = edits.iter().collect();
    order.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in order {
        let range = edit.span.range();
        if range.start < done {
            return None;
        }
        out.push_str(text.get(done..range.start)?);
        text.get(range.clone())?;
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: SrcSpan::new(start, end), text: text.to_owned() }
    }

    #[test]
    fn edits_apply_in_any_order() {
        assert_eq!(apply("one two", &[edit(4, 7, "2"), edit(0, 3, "1")]).as_deref(), Some("1 2"));
    }

    #[test]
    fn overlapping_edits_change_nothing() {
        assert_eq!(apply("one two", &[edit(0, 5, ""), edit(4, 7, "")]), None);
    }
}
