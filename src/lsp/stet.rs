//! Where a stet goes so that it lets one finding stand and leaves the markup as it was.
//!
//! A stet stands before the block it speaks of: on a line of its own, inside the same list item or quotation.

use crate::document::block::BlockKind;
use crate::document::{Document, Format, front_matter};
use crate::finding::Finding;
use crate::text::span::SrcSpan;

/// The insertion that lets a finding stand; `None` where no stet can.
pub fn insertion(document: &Document, finding: &Finding) -> Option<(SrcSpan, String)> {
    if finding.rule == "unused-stet" {
        return None;
    }
    let text = &*document.text;
    let placed = &document.blocks[document.block_at(finding.span.start)?];
    if matches!(placed.block.kind, BlockKind::FrontMatter(_)) {
        return None;
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let rule = finding.rule;
    match document.format {
        Format::Plain => {
            let at = line_start(text, placed.src.start);
            Some((point(at), format!("[stet {rule}]{newline}")))
        }
        Format::Html => {
            let at = before_tag(text, placed.src.start);
            let indent = blank(&text[line_start(text, at) as usize..at as usize]);
            Some((point(at), format!("<!-- stet {rule} -->{newline}{indent}")))
        }
        Format::Markdown => {
            // The first line of the block decides: what stands before its words there is its containers' markup.
            let start = match placed.block.kind {
                BlockKind::TableHeader | BlockKind::TableCell => table_start(text, placed.at),
                _ => line_start(text, placed.at),
            };
            let line = text[start as usize..].split(['\n', '\r']).next().unwrap_or_default();
            let (opened, continued) = containers(line);
            let at = start + opened as u32;
            Some((point(at), format!("<!-- stet {rule} -->{newline}{continued}")))
        }
    }
}

/// The edits that let all that a rule says of a draft stand; `None` where that is a person's to write.
pub fn whole_draft(document: &Document, rule: &str) -> Option<Vec<(SrcSpan, String)>> {
    let text = &*document.text;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let top = point(start as u32);
    match document.format {
        Format::Markdown => {
            let matter = front_matter::read(text);
            if let Some(stet) = matter.comments.iter().find(|comment| comment.file) {
                // One more rule in the list that is there.
                let list = stet.body.of(text);
                let close = list.rfind(']').filter(|_| list.trim_start().starts_with('['))?;
                let comma = if list[..close].trim_end().ends_with(['[', ',']) { "" } else { ", " };
                return Some(vec![(point(stet.body.start + close as u32), format!("{comma}{rule}"))]);
            }
            if matter.end as usize == start {
                return Some(vec![(
                    top,
                    format!("---{newline}stet: [{rule}]{newline}---{newline}{newline}"),
                )]);
            }
            let first = text[start..].split_inclusive('\n').next()?;
            let line = if first.starts_with('+') {
                format!("stet = [\"{rule}\"]")
            } else {
                format!("stet: [{rule}]")
            };
            Some(vec![(point((start + first.len()) as u32), format!("{line}{newline}"))])
        }
        _ if document.stets.iter().any(|stet| stet.problem.is_some()) => None,
        Format::Html | Format::Plain => {
            let mark = |words: String| match document.format {
                Format::Html => format!("<!-- {words} -->"),
                _ => format!("[{words}]"),
            };
            let end = point(text.len() as u32);
            let gap = if text.ends_with('\n') { "" } else { newline };
            let begun = format!("{}{newline}", mark(format!("stet begin {rule}")));
            let ended = format!("{gap}{}{newline}", mark("stet end".to_owned()));
            Some(vec![(top, begun), (end, ended)])
        }
    }
}

const fn point(at: u32) -> SrcSpan {
    SrcSpan::new(at, at)
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = &text[..at as usize];
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    // A byte order mark stays first.
    let start = if start == 0 && text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { start };
    (start as u32).min(at)
}

/// Where the tag begins that an offset stands inside of; the offset itself where it stands in none.
fn before_tag(text: &str, at: u32) -> u32 {
    let before = &text[..at as usize];
    match (before.rfind('<'), before.rfind('>')) {
        (Some(open), close) if close.is_none_or(|close| close < open) => open as u32,
        _ => at,
    }
}

/// Nothing where the words before are no indentation.
fn blank(indent: &str) -> &str {
    if indent.chars().all(|char| matches!(char, ' ' | '\t')) { indent } else { "" }
}

/// The start of the first line of the table that an offset stands in: the lines above it that hold a cell's border.
fn table_start(text: &str, at: u32) -> u32 {
    let mut start = line_start(text, at);
    while start > 0 {
        let above = line_start(text, text[..start as usize].trim_end_matches(['\n', '\r']).len() as u32);
        if above == start || !text[above as usize..start as usize].contains('|') {
            break;
        }
        start = above;
    }
    start
}

/// How many bytes of a line open block quotations and list items, and what stands in their place in the next line of
/// the same block.
fn containers(line: &str) -> (usize, String) {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut continued = String::new();
    loop {
        let spaces = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let marker = marker(&line[at + spaces..]);
        if marker == 0 {
            continued.push_str(&line[at..at + spaces]);
            return (at + spaces, continued);
        }
        let quotes = bytes[at + spaces] == b'>';
        continued.push_str(&line[at..at + spaces]);
        at += spaces;
        continued.push_str(if quotes { ">" } else { &"         "[..marker.min(9)] });
        at += marker;
    }
}

/// The length of the marker of a block quotation or a list item at the start of `text`, or 0.
fn marker(text: &str) -> usize {
    let bytes = text.as_bytes();
    let spaced = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    match bytes.first() {
        Some(b'>') => 1,
        Some(b'-' | b'*' | b'+') if spaced(1) => 1,
        Some(b'0'..=b'9') => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let closes = matches!(bytes.get(digits), Some(b'.' | b')')) && digits <= 9 && spaced(digits + 1);
            if closes { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::text::edit::{self, Edit};

    /// The draft after the stet for the «marked» words; checks that it lets them stand and changes no prose.
    fn stetted(format: Format, marked: &str) -> String {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let draft = marked.replace(['«', '»'], "");
        let document = document::parse(draft.as_str().into(), format);
        let finding = Finding::new("some-rule", SrcSpan::new(start as u32, end as u32), "");
        let (span, text) = insertion(&document, &finding).unwrap();
        let after = edit::apply(&draft, &[Edit { span, text: text.clone() }]).unwrap();
        let shifted = span.start + text.len() as u32;
        assert!(span.start <= finding.span.start, "{after}");
        let moved =
            SrcSpan::new(finding.span.start - span.start + shifted, finding.span.end - span.start + shifted);
        let again = document::parse(after.as_str().into(), format);
        let prose = |document: &Document| {
            document
                .blocks
                .iter()
                .map(|placed| (placed.block.kind.clone(), placed.block.prose.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(prose(&again), prose(&document), "{after}");
        let stands =
            again.stets.iter().any(|stet| stet.scope.contains(moved) && stet.rules[0].name == "some-rule");
        assert!(stands, "{after}\n{:?}", again.stets);
        after
    }

    /// The draft after the rule was let stand in all of it; checks that it is, and that no prose changed.
    fn let_stand(format: Format, draft: &str) -> String {
        let document = document::parse(draft.into(), format);
        let edits = whole_draft(&document, "some-rule").unwrap();
        let edits: Vec<Edit> = edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
        let after = edit::apply(draft, &edits).unwrap();
        let again = document::parse(after.as_str().into(), format);
        let prose = |document: &Document| {
            document.blocks.iter().map(|placed| placed.block.prose.clone()).collect::<Vec<_>>()
        };
        assert_eq!(prose(&again), prose(&document), "{after}");
        for placed in &again.blocks {
            let stands = again.stets.iter().any(|stet| {
                stet.scope.contains(placed.src) && stet.rules.iter().any(|rule| rule.name == "some-rule")
            });
            assert!(stands, "{after}\n{:?}", again.stets);
        }
        assert!(again.stets.iter().all(|stet| stet.problem.is_none()), "{:?}", again.stets);
        after
    }

    #[test]
    fn a_rule_is_let_stand_in_a_whole_draft() {
        let markdown = |draft| let_stand(Format::Markdown, draft);
        assert_eq!(markdown("One.\n"), "---\nstet: [some-rule]\n---\n\nOne.\n");
        assert_eq!(markdown("\u{FEFF}One.\r\n"), "\u{FEFF}---\r\nstet: [some-rule]\r\n---\r\n\r\nOne.\r\n");
        assert_eq!(
            markdown("---\ntitle: A day\n---\nOne.\n"),
            "---\nstet: [some-rule]\ntitle: A day\n---\nOne.\n"
        );
        assert_eq!(markdown("---\nstet: [other]\n---\nOne.\n"), "---\nstet: [other, some-rule]\n---\nOne.\n");
        assert_eq!(
            markdown("+++\ntitle = \"A\"\n+++\nOne.\n"),
            "+++\nstet = [\"some-rule\"]\ntitle = \"A\"\n+++\nOne.\n"
        );
        assert_eq!(
            let_stand(Format::Html, "<p>One.</p>"),
            "<!-- stet begin some-rule -->\n<p>One.</p>\n<!-- stet end -->\n"
        );
        assert_eq!(
            let_stand(Format::Plain, "One.\n\nTwo.\n"),
            "[stet begin some-rule]\nOne.\n\nTwo.\n[stet end]\n"
        );
    }

    #[test]
    fn a_stet_stands_on_a_line_of_its_own_before_the_block() {
        let stetted = |draft| stetted(Format::Markdown, draft);
        assert_eq!(stetted("One.\n\nTwo «x».\n"), "One.\n\n<!-- stet some-rule -->\nTwo x.\n");
        assert_eq!(stetted("One\r\n«x».\r\n"), "<!-- stet some-rule -->\r\nOne\r\nx.\r\n");
        assert_eq!(stetted("\u{FEFF}# «x»\n"), "\u{FEFF}<!-- stet some-rule -->\n# x\n");
        assert_eq!(stetted("**«x»** y"), "<!-- stet some-rule -->\n**x** y");
    }

    #[test]
    fn a_stet_stands_inside_the_list_item_or_the_quotation() {
        let stetted = |draft| stetted(Format::Markdown, draft);
        assert_eq!(stetted("- a\n- b «x»\n- c\n"), "- a\n- <!-- stet some-rule -->\n  b x\n- c\n");
        assert_eq!(stetted("1. a\n10. b «x»\n"), "1. a\n10. <!-- stet some-rule -->\n    b x\n");
        assert_eq!(stetted("> a\n> b «x»\n"), "> <!-- stet some-rule -->\n> a\n> b x\n");
        assert_eq!(stetted("> - a\n>   «x»\n"), "> - <!-- stet some-rule -->\n>   a\n>   x\n");
        assert_eq!(stetted("- a\n\n  b «x»\n"), "- a\n\n  <!-- stet some-rule -->\n  b x\n");
    }

    #[test]
    fn a_stet_stands_before_the_whole_table() {
        assert_eq!(
            stetted(Format::Markdown, "One.\n\n| a | b |\n|---|---|\n| c | «x» |\n"),
            "One.\n\n<!-- stet some-rule -->\n| a | b |\n|---|---|\n| c | x |\n"
        );
    }

    #[test]
    fn a_stet_stands_before_the_element() {
        assert_eq!(
            stetted(Format::Html, "<div>\n  <p class=\"a\">One «x».</p>\n</div>"),
            "<div>\n  <!-- stet some-rule -->\n  <p class=\"a\">One x.</p>\n</div>"
        );
        stetted(Format::Html, "<ul><li>a</li><li>b «x»</li></ul>");
        stetted(Format::Html, "<table><tr><td>a</td><td>«x»</td></tr></table>");
        stetted(Format::Html, "<p>a</p><p><img alt=\"«x»\"> b</p>");
    }

    #[test]
    fn a_stet_stands_before_the_paragraph_of_plain_text() {
        assert_eq!(stetted(Format::Plain, "One.\n\nTwo\n«x».\n"), "One.\n\n[stet some-rule]\nTwo\nx.\n");
    }
}
