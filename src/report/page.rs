//! A draft on the HTML page: its words as a reader sees them, the marks in them, the reasons beside them, and its names
//! and quotations as tables.

use super::html::class;
use super::text::counted;
use super::{File, advice};
use crate::document::block::{BlockKind, OBJECT, Placed};
use crate::document::{self, Document};
use crate::facts::names::register::{self, Kind};
use crate::finding::{Finding, Related, Severity};
use crate::text::lines::Unit;
use crate::text::span::{Span, SrcSpan};
use std::fmt::Write;

/// A table with more rows is not read; the rest is counted.
const ROWS: usize = 200;

/// A mark in a block: a finding, by its number in the draft, and where it stands in the block's prose.
struct Mark {
    span: Span,
    number: usize,
    severity: Severity,
    /// The finding's number stands behind its first mark only.
    first: bool,
}

/// The section of a draft. `anchors` says which place each draft of the batch has on the page.
pub fn draft(files: &[File], anchors: &[Option<usize>], file: &File, anchor: usize) -> String {
    let document = document::parse(file.text.clone(), file.format);
    let (marks, homes) = place(&document, &file.findings);
    let mut out = String::new();
    push(&mut out, format_args!("<article id=\"d{anchor}\">\n<h2>{}</h2>\n", escape(&file.path)));
    let page = Page { files, anchors, file, document: &document, anchor };
    let mut by_block: Vec<Vec<usize>> = vec![Vec::new(); document.blocks.len()];
    for (index, home) in homes.iter().enumerate() {
        if let Some(block) = home {
            by_block[*block].push(index);
        }
    }
    let off: Vec<usize> = (0..homes.len()).filter(|&index| homes[index].is_none()).collect();
    if !off.is_empty() {
        out += "<div class=\"row\"><p class=\"off\">Not in the words of the draft</p>\n<aside>\n";
        off.into_iter().for_each(|finding| note(&mut out, &page, finding));
        out += "</aside></div>\n";
    }
    for (index, placed) in document.blocks.iter().enumerate() {
        push(&mut out, format_args!("<div class=\"row\" id=\"d{anchor}b{index}\">"));
        block(&mut out, placed, &marks[index], anchor);
        if !by_block[index].is_empty() {
            out += "\n<aside>\n";
            by_block[index].iter().for_each(|&finding| note(&mut out, &page, finding));
            out += "</aside>";
        }
        out += "</div>\n";
    }
    names(&mut out, file);
    quotations(&mut out, file, &document, anchor);
    out += "</article>\n";
    out
}

/// Text that HTML takes for text.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What turns the direction of the text would turn the page's.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\0' => out.push('\u{FFFD}'),
            _ => out.push(char),
        }
    }
    out
}

/// Text with `code` in backticks.
pub fn code(text: &str) -> String {
    let parts: Vec<String> = text
        .split('`')
        .enumerate()
        .map(
            |(index, part)| {
                if index % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part) }
            },
        )
        .collect();
    parts.concat()
}

/// What a note needs to know of the page.
struct Page<'a> {
    files: &'a [File],
    anchors: &'a [Option<usize>],
    file: &'a File,
    document: &'a Document,
    anchor: usize,
}

/// The marks of each block, and for each finding the block in which its first mark stands.
fn place(document: &Document, findings: &[Finding]) -> (Vec<Vec<Mark>>, Vec<Option<usize>>) {
    let mut marks: Vec<Vec<Mark>> = document.blocks.iter().map(|_| Vec::new()).collect();
    let mut homes = vec![None; findings.len()];
    for (number, finding) in findings.iter().enumerate() {
        let from = document.block_at(finding.span.start).unwrap_or_else(|| {
            document.blocks.partition_point(|placed| placed.src.end <= finding.span.start)
        });
        let blocks = document.blocks.iter().enumerate().skip(from);
        for (index, placed) in blocks.take_while(|(_, placed)| placed.src.start <= finding.span.end) {
            let Some(span) = to_prose(placed, finding.span) else { continue };
            let first = homes[number].is_none();
            homes[number] = homes[number].or(Some(index));
            marks[index].push(Mark { span, number, severity: finding.severity, first });
        }
    }
    (marks, homes)
}

/// Where a stretch of the source stands in a block's prose; `None` where it does not.
fn to_prose(placed: &Placed, span: SrcSpan) -> Option<Span> {
    let mut out: Option<Span> = None;
    let map = &placed.block.map;
    let first = map.partition_point(|segment| placed.at + segment.src.end < span.start);
    for segment in &map[first..] {
        let (start, end) = (placed.at + segment.src.start, placed.at + segment.src.end);
        if start > span.end {
            break;
        }
        let part = if segment.verbatim {
            let offset = |at: u32| segment.prose.start + (at.clamp(start, end) - start);
            Span::new(offset(span.start), offset(span.end))
        } else if start < span.end && span.start < end {
            segment.prose
        } else {
            continue;
        };
        if part.is_empty() && !span.is_empty() {
            continue;
        }
        out = Some(out.map_or(part, |out| out.to(part)));
    }
    out
}

fn block(out: &mut String, placed: &Placed, marks: &[Mark], anchor: usize) {
    let (tag, name, label) = match &placed.block.kind {
        BlockKind::Heading(1) => ("h3", "p h1", None),
        BlockKind::Heading(_) => ("h4", "p h2", None),
        BlockKind::Paragraph => ("p", "p", None),
        BlockKind::ListItem => ("p", "p item", None),
        BlockKind::BlockQuotation => ("blockquote", "p", None),
        BlockKind::Caption => ("p", "p small", Some("caption")),
        BlockKind::TableHeader | BlockKind::TableCell => ("p", "p small", Some("table")),
        BlockKind::Footnote => ("p", "p small", Some("footnote")),
        BlockKind::AltText => ("p", "p small", Some("picture")),
        BlockKind::Title => ("p", "p small", Some("title")),
        BlockKind::FrontMatter(key) => ("p", "p small", Some(&**key)),
    };
    push(out, format_args!("<{tag} class=\"{name}\">"));
    if let Some(label) = label {
        push(out, format_args!("<span class=\"label\">{}</span> ", escape(label)));
    }
    marked(out, &placed.block.prose, marks, anchor);
    push(out, format_args!("</{tag}>"));
}

/// The prose with its marks. Where marks overlap, the loudest gives the colour.
fn marked(out: &mut String, prose: &str, marks: &[Mark], anchor: usize) {
    let mut cuts: Vec<u32> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.extend([0, prose.len() as u32]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut order: Vec<&Mark> = marks.iter().collect();
    order.sort_by_key(|mark| mark.span.start);
    let mut coming = order.into_iter().peekable();
    let mut open: Vec<&Mark> = Vec::new();
    for (index, &at) in cuts.iter().enumerate() {
        while let Some(mark) = coming.next_if(|mark| mark.span.start == at) {
            open.push(mark);
        }
        let ended = open.iter().filter(|mark| mark.span.end <= at && mark.first);
        for mark in ended {
            let number = mark.number + 1;
            let class = class(mark.severity);
            push(
                out,
                format_args!("<sup class=\"{class}\"><a href=\"#d{anchor}n{number}\">{number}</a></sup>"),
            );
        }
        open.retain(|mark| mark.span.end > at);
        let Some(&next) = cuts.get(index + 1) else { break };
        let words = escape(Span::new(at, next).of(prose)).replace(OBJECT, "<span class=\"object\">▢</span>");
        match open.iter().max_by_key(|mark| mark.severity) {
            Some(loudest) => {
                push(out, format_args!("<mark class=\"{}\">{words}</mark>", class(loudest.severity)))
            }
            None => out.push_str(&words),
        }
    }
}

fn note(out: &mut String, page: &Page<'_>, index: usize) {
    let &Page { file, anchor, .. } = page;
    let finding = &file.findings[index];
    let (number, class, rule) = (index + 1, class(finding.severity), finding.rule);
    push(
        out,
        format_args!(
            "<div class=\"remark {class}\" id=\"d{anchor}n{number}\"><span class=\"number\">{number}</span>\
             <p class=\"what\">{}</p>",
            escape(&capital(&finding.message))
        ),
    );
    for line in advice(finding) {
        push(out, format_args!("<p>{}</p>", escape(&capital(&line))));
    }
    for related in finding.related.iter().take(5) {
        related_place(out, page, related);
    }
    if let more @ 1.. = finding.related.len().saturating_sub(5) {
        push(out, format_args!("<p class=\"place\">and {}</p>", counted(more, "more place")));
    }
    push(out, format_args!("<p class=\"rule\"><a href=\"#r-{rule}\">{rule}</a></p></div>\n"));
}

/// Another place that belongs to a finding, with a link where it is on the page.
fn related_place(out: &mut String, page: &Page<'_>, related: &Related) {
    let other = super::other(page.files, page.file, related);
    let same = std::ptr::eq(other, page.file);
    let anchor = if same {
        Some(page.anchor)
    } else {
        related.doc.and_then(|doc| page.anchors.get(doc.0 as usize).copied().flatten())
    };
    let line = other.place(related.span, Unit::Char).line;
    let place = if same { format!("line {line}") } else { format!("{}, line {line}", other.path) };
    let marks = |char| matches!(char, '“' | '”' | '"');
    let words = shortened(related.span.of(&other.text).trim_matches(marks));
    let block = anchor.and_then(|_| {
        if same {
            return page.document.block_at(related.span.start);
        }
        document::parse(other.text.clone(), other.format).block_at(related.span.start)
    });
    let place = match (anchor, block) {
        (Some(anchor), Some(block)) => format!("<a href=\"#d{anchor}b{block}\">{}</a>", escape(&place)),
        _ => escape(&place),
    };
    let (words, message) = (escape(&words), escape(&related.message));
    push(out, format_args!("<p class=\"place\">{place}: “{words}” – {message}</p>"));
}

fn names(out: &mut String, file: &File) {
    let mut names = register::register(&[(&*file.text, &file.reading.facts.names)]);
    // Days, months and the like are names of which nobody wants a list.
    names.retain(|name| name.kind != Kind::Other);
    if names.is_empty() {
        return;
    }
    *out += "<section>\n<h3>Names</h3>\n<table>\n<thead><tr><th>Name</th><th>What</th><th class=\"n\">Times</th>\
             <th>Stands as</th></tr></thead>\n<tbody>\n";
    for name in names.iter().take(ROWS) {
        let forms: Vec<String> =
            name.forms.iter().map(|form| format!("{} ({})", form.form, form.places.len())).collect();
        let forms = if name.forms.len() > 1 { forms.join(", ") } else { String::new() };
        push(
            out,
            format_args!(
                "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
                escape(&name.name),
                name.kind.name(),
                name.count,
                escape(&forms)
            ),
        );
    }
    *out += "</tbody>\n</table>\n";
    rest(out, names.len(), "more name");
    *out += "</section>\n";
}

fn quotations(out: &mut String, file: &File, document: &Document, anchor: usize) {
    let quotes = &file.reading.facts.quotes;
    if quotes.is_empty() {
        return;
    }
    *out += "<section>\n<h3>Quotations</h3>\n<table>\n<thead><tr><th>Who</th><th>Words</th><th class=\"n\">Line</th>\
             </tr></thead>\n<tbody>\n";
    for quote in quotes.iter().take(ROWS) {
        let speaker = match &quote.speaker {
            Some(speaker) => escape(&speaker.name),
            None => "<i>nobody named</i>".to_owned(),
        };
        let line = file.place(quote.span, Unit::Char).line;
        let line = match document.block_at(quote.span.start) {
            Some(block) => format!("<a href=\"#d{anchor}b{block}\">{line}</a>"),
            None => line.to_string(),
        };
        let words = escape(&quote.text);
        push(
            out,
            format_args!(
                "<tr><td>{speaker}</td><td class=\"words\">{words}</td><td class=\"n\">{line}</td></tr>\n"
            ),
        );
    }
    *out += "</tbody>\n</table>\n";
    rest(out, quotes.len(), "more quotation");
    *out += "</section>\n";
}

fn rest(out: &mut String, count: usize, noun: &str) {
    if count > ROWS {
        push(out, format_args!("<p class=\"aside\">and {}</p>\n", counted(count - ROWS, noun)));
    }
}

fn shortened(text: &str) -> String {
    let line = super::one_line(text);
    match line.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Writing to a string does not fail.
fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
