//! What holds of every document, whatever the bytes it was parsed from.

use copydesk::document::Document;
use copydesk::document::analysis::analyse;
use copydesk::document::block::{Block, Placed};
use copydesk::text::span::Span;

/// Panics with what does not hold.
pub fn check(document: &Document) {
    let text = &*document.text;
    let mut last = 0;
    let mut nested_in: Vec<(u32, u32)> = Vec::new();
    for placed in &document.blocks {
        let src = placed.src;
        assert!(last <= src.start, "blocks are in order");
        last = src.start;
        assert!(
            src.end as usize <= text.len() && text.get(src.range()).is_some(),
            "a block is inside the file"
        );
        nested_in.retain(|&(_, end)| end > src.start);
        assert!(nested_in.iter().all(|&(_, end)| src.end <= end), "blocks do not overlap");
        nested_in.push((src.start, src.end));
        block(placed, text);
    }
    for stet in &document.stets {
        assert!(text.get(stet.comment.range()).is_some() && text.get(stet.scope.range()).is_some());
        assert!(stet.rules.iter().all(|rule| rule.span.of(text) == rule.name));
    }
}

fn block(placed: &Placed, text: &str) {
    let Block { prose, map, emphasis, .. } = &*placed.block;
    assert!(!prose.trim().is_empty(), "a block has prose");
    let mut at = 0;
    let mut src_at = 0;
    for segment in map {
        assert_eq!(segment.prose.start, at, "the map has no gaps");
        assert!(segment.prose.end > at, "no segment is empty");
        at = segment.prose.end;
        assert!(segment.src.start >= src_at && segment.src.end >= segment.src.start, "segments are in order");
        src_at = segment.src.end;
        let start = (placed.at + segment.src.start) as usize;
        let end = (placed.at + segment.src.end) as usize;
        assert!(
            placed.src.start as usize <= start && end <= placed.src.end as usize,
            "a segment is inside its block"
        );
        let source = text.get(start..end).expect("a segment holds whole characters");
        if segment.verbatim {
            assert_eq!(source, segment.prose.of(prose), "a verbatim segment is its source");
        }
    }
    assert_eq!(at as usize, prose.len(), "the map covers the prose");
    let mut at = 0;
    for span in emphasis {
        assert!(span.start >= at && prose.get(span.range()).is_some_and(|words| !words.is_empty()));
        at = span.end;
    }
    analysis(placed, text);
}

fn analysis(placed: &Placed, text: &str) {
    let prose = &*placed.block.prose;
    let analysis = analyse(&placed.block);
    let mut at = 0;
    for token in &analysis.tokens {
        let words = prose.get(token.span.range()).expect("a token holds whole characters");
        assert!(
            !words.is_empty() && !words.contains(char::is_whitespace),
            "a token holds no white space: {words:?}"
        );
        let between = prose.get(at..token.span.start as usize).expect("tokens are in order");
        assert!(between.chars().all(char::is_whitespace), "only white space is in no token: {between:?}");
        at = token.span.end as usize;
        let src = placed.to_source(token.span);
        assert!(
            placed.src.contains(src) && text.get(src.range()).is_some(),
            "a token stands inside its block"
        );
        if placed.is_verbatim(token.span) {
            assert_eq!(src.of(text), words);
        }
    }
    assert!(prose[at..].trim().is_empty(), "every character is in a token");
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next, "every token is in one sentence");
        assert!(sentence.tokens.end > next, "no sentence is empty");
        next = sentence.tokens.end;
        let first = analysis.tokens[sentence.tokens.start as usize].span;
        let last = analysis.tokens[sentence.tokens.end as usize - 1].span;
        assert_eq!(sentence.span, Span::new(first.start, last.end));
    }
    assert_eq!(next as usize, analysis.tokens.len());
    let whole = placed.to_source(Span::new(0, prose.len() as u32));
    assert!(placed.src.contains(whole));
}
