//! What a site's templates put into a draft: Hugo's and Liquid's directives, MDX comments, kramdown's attributes.
//!
//! They are no prose and no markup. Before a draft is parsed they are masked, byte for byte, so that every offset
//! stays what it was: a directive alone on its lines becomes white space, any other one a word.

use super::stet::{self, Comment};
use crate::text::span::SrcSpan;
use memchr::memmem;
use std::borrow::Cow;
use std::ops::Range;

/// Stands for each byte of a directive: a letter, so that the markup around it is read as around a word.
const MASK: u8 = b'x';

/// How long a directive may be, in bytes: what opens and never closes is text.
const LONGEST: usize = 4096;

/// A draft with its directives masked.
#[derive(Debug)]
pub struct Masked<'a> {
    pub text: Cow<'a, str>,
    /// The directives that stand among words, in order.
    pub directives: Vec<SrcSpan>,
    /// The values of directives' parameters that are prose, by the parameter: caption, title, alt.
    pub values: Vec<(&'static str, SrcSpan)>,
    /// Requests to let something stand, written as comments of a template language.
    pub comments: Vec<Comment>,
}

/// The marks around a directive.
const MARKS: [(&str, &str); 7] =
    [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("{/*", "*/}"), ("{:", "}")];

/// Masks the directives of a draft, from `start` on.
pub fn mask(text: &str, start: usize) -> Masked<'_> {
    let mut masked = Masked {
        text: Cow::Borrowed(text),
        directives: Vec::new(),
        values: Vec::new(),
        comments: Vec::new(),
    };
    let mut out: Option<Vec<u8>> = None;
    let mut scan = Scan { text, closes: [0; MARKS.len()], blank: start };
    let mut at = start;
    while let Some(found) = memchr::memchr(b'{', &text.as_bytes()[at..]) {
        at += found;
        let Some(directive) = scan.directive(at) else {
            at += 1;
            continue;
        };
        masked.note(text, &directive);
        let bytes = out.get_or_insert_with(|| text.as_bytes().to_vec());
        let is_alone = own_lines(text, &directive);
        bytes[directive.clone()].fill(if is_alone { b' ' } else { MASK });
        if !is_alone {
            masked.directives.push(SrcSpan::new(directive.start as u32, directive.end as u32));
        }
        at = directive.end;
    }
    for line in modules(text, start) {
        out.get_or_insert_with(|| text.as_bytes().to_vec())[line].fill(b' ');
    }
    if let Some(text) = out.and_then(|bytes| String::from_utf8(bytes).ok()) {
        masked.text = Cow::Owned(text);
    }
    masked
}

/// The lines on which MDX names modules: `import Map from './map'`.
fn modules(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    memmem::find_iter(&text.as_bytes()[start..], b"import ").filter_map(move |found| {
        let at = start + found;
        if at > start && text.as_bytes()[at - 1] != b'\n' {
            return None;
        }
        let line = text[at..].split(['\n', '\r']).next()?;
        let end = line.trim_end().trim_end_matches(';');
        let is_module = end.ends_with(['\'', '"']) && (end.contains(" from '") || end.contains(" from \""));
        is_module.then_some(at..at + line.len())
    })
}

/// The pieces of a stretch of source, and whether each is a directive. `directives` are in order.
pub fn pieces(span: SrcSpan, directives: &[SrcSpan]) -> impl Iterator<Item = (SrcSpan, bool)> {
    let mut at = span.start;
    let mut next = directives.partition_point(|directive| directive.end <= span.start);
    std::iter::from_fn(move || {
        if at == span.end {
            return None;
        }
        let start = at;
        let directive = directives.get(next).filter(|directive| directive.start < span.end);
        let inside = directive.is_some_and(|directive| directive.start <= at);
        at = match directive {
            Some(directive) if inside => directive.end.min(span.end),
            Some(directive) => directive.start,
            None => span.end,
        };
        next += usize::from(inside);
        Some((SrcSpan::new(start, at), inside))
    })
}

/// Looks for directives from the front to the back, so that the whole search costs a few passes over the text.
struct Scan<'a> {
    text: &'a str,
    /// Where each closing mark stands next, as far as it has been looked for.
    closes: [usize; MARKS.len()],
    /// Where the next blank line begins, as far as it has been looked for.
    blank: usize,
}

impl Scan<'_> {
    /// The directive that begins at `at`, with what it encloses if that is no prose.
    fn directive(&mut self, at: usize) -> Option<Range<usize>> {
        let rest = &self.text.as_bytes()[at..];
        let index = MARKS.iter().position(|(open, _)| rest.starts_with(open.as_bytes()))?;
        let (open, close) = MARKS[index];
        let inside = at + open.len();
        let body_end = self.next_close(index, inside);
        let end = body_end.saturating_add(close.len());
        if end.saturating_sub(at) > LONGEST || self.next_blank(inside) < body_end {
            return None;
        }
        let body = &self.text[inside..body_end];
        if open == "{:" && (body.contains('\n') || !body.trim_start().starts_with(['.', '#', ':'])) {
            return None;
        }
        let name = body.trim_matches(|char: char| char == '-' || char.is_whitespace());
        let name = name.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
        if !matches!(name, "highlight" | "code" | "comment" | "mermaid" | "math") || body.ends_with('/') {
            return Some(at..end);
        }
        Some(at..self.closing(open, close, name, end).unwrap_or(end))
    }

    /// Where the directive ends that closes the one called `name`, which ends at `from`.
    fn closing(&self, open: &str, close: &str, name: &str, from: usize) -> Option<usize> {
        let after = &self.text.as_bytes()[from..];
        let after = &after[..after.len().min(16 * LONGEST)];
        memmem::find_iter(after, open.as_bytes()).take(64).find_map(|found| {
            let inside = after[found + open.len()..].trim_ascii_start();
            let inside = inside.strip_prefix(b"-").unwrap_or(inside).trim_ascii_start();
            let closed = inside.strip_prefix(b"/").map(<[u8]>::trim_ascii_start);
            closed.or(inside.strip_prefix(b"end"))?.strip_prefix(name.as_bytes())?;
            let window = &after[found..after.len().min(found + LONGEST)];
            Some(from + found + memmem::find(window, close.as_bytes())? + close.len())
        })
    }

    fn next_close(&mut self, index: usize, from: usize) -> usize {
        if self.closes[index] < from {
            let found = memmem::find(&self.text.as_bytes()[from..], MARKS[index].1.as_bytes());
            self.closes[index] = found.map_or(usize::MAX, |found| from + found);
        }
        self.closes[index]
    }

    fn next_blank(&mut self, from: usize) -> usize {
        if self.blank >= from {
            return self.blank;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        self.blank = loop {
            let Some(found) = memchr::memchr(b'\n', &bytes[at..]) else { break usize::MAX };
            let line = at + found + 1;
            let space = bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
            if bytes.get(line + space) == Some(&b'\n') {
                break line;
            }
            at = line + space;
        };
        self.blank
    }
}

impl Masked<'_> {
    fn note(&mut self, text: &str, directive: &Range<usize>) {
        let body = &text[directive.clone()];
        if let Some(inner) = body.strip_prefix("{/*").or(body.strip_prefix("{#")) {
            let start = directive.end - inner.len();
            let end = directive.end - if body.starts_with("{/*") { 3 } else { 2 };
            let span = SrcSpan::new(directive.start as u32, directive.end as u32);
            let inner = SrcSpan::new(start as u32, end.max(start) as u32);
            self.comments.extend(stet::comment(text, span, inner));
            return;
        }
        if !body.starts_with("{{<") && !body.starts_with("{{%") {
            return;
        }
        for name in ["caption", "title", "alt"] {
            let mut at = 0;
            while let Some(found) = body[at..].find(name) {
                let start = at + found;
                at = start + name.len();
                let Some(value) = body[at..].strip_prefix("=\"") else { continue };
                let Some(length) = value.find('"') else { continue };
                if !body[..start].ends_with(|char: char| char.is_whitespace())
                    || value[..length].contains('\\')
                {
                    continue;
                }
                let value = (directive.start + at + 2) as u32;
                self.values.push((name, SrcSpan::new(value, value + length as u32)));
            }
        }
    }
}

/// Whether nothing but white space stands beside a directive on its lines.
fn own_lines(text: &str, directive: &Range<usize>) -> bool {
    let before = text.as_bytes()[..directive.start].iter().rev().take_while(|&&byte| byte != b'\n');
    let after = text.as_bytes()[directive.end..].iter().take_while(|&&byte| byte != b'\n');
    let mut blank = before.take(LONGEST).chain(after.take(LONGEST));
    blank.all(|&byte| byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let masked = mask(text, 0);
        let mut bytes = masked.text.into_owned().into_bytes();
        for directive in masked.directives {
            bytes[directive.range()].fill(b'#');
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_directive_keeps_its_length() {
        assert_eq!(masked("By {{ page.author }} today"), "By ################# today");
        assert_eq!(masked("One\n{{< map >}}\nTwo"), "One\n           \nTwo");
        assert_eq!(masked("A title{: .lead}"), "A title#########");
    }

    #[test]
    fn a_directive_that_never_closes_is_text() {
        assert_eq!(masked("Open {{ and on {% it goes"), "Open {{ and on {% it goes");
        assert_eq!(masked("{{ one\n\ntwo }}"), "{{ one\n\ntwo }}");
    }

    #[test]
    fn code_between_directives_is_masked_with_them() {
        assert_eq!(masked("x {% highlight rb %} a = 1 {% endhighlight %} y").trim_matches('#').len(), 47);
        assert!(!masked("x {% highlight rb %} a = 1 {% endhighlight %} y").contains("a = 1"));
        assert!(masked("{{< figure >}} words {{< /figure >}}").contains("words"));
    }

    #[test]
    fn modules_are_masked() {
        assert_eq!(masked("import Map from './map'\n\nText").trim(), "Text");
        assert_eq!(masked("import duties from \"abroad\" rose"), "import duties from \"abroad\" rose");
    }

    #[test]
    fn a_caption_is_found() {
        let text = "{{< figure src=\"a.jpg\" caption=\"The harbor at dawn\" >}}";
        let masked = mask(text, 0);
        let values: Vec<_> = masked.values.iter().map(|(name, span)| (*name, span.of(text))).collect();
        assert_eq!(values, [("caption", "The harbor at dawn")]);
    }
}
