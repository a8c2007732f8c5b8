//! HTML to blocks of prose: whole pages, fragments, and what Markdown embeds.
//!
//! Tags and attributes are no prose, but alternative texts, titles and a page's description are. Unclosed and
//! misplaced tags are taken as they come: nothing here follows the tree that a browser would build.

use super::block::BlockKind;
use super::builder::Builder;
use super::flow::{Flow, HiddenRole};
use super::stet;
use super::template;
use super::{Document, Format};
use crate::text::span::SrcSpan;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as HtmlSpan, Token, Tokenizer};
use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

/// Parses HTML.
pub fn parse(text: Arc<str>) -> Document {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let masked = template::mask(&text, start);
    let mut flow = Flow::new(&masked.text, &masked.directives);
    flow.comments = masked.comments;
    read(&mut flow, &Html::whole(&masked.text[start..], start as u32));
    flow.finish();
    let stets = stet::resolve(&text, &flow.comments, &flow.blocks, &flow.groups);
    let blocks = flow.blocks;
    Document { text, format: Format::Html, blocks, stets }
}

/// HTML whose lines may stand apart in the source, as in a Markdown block quotation.
#[derive(Debug)]
pub struct Html<'a> {
    pub text: Cow<'a, str>,
    /// Where each stretch that is whole in the source begins: in `text`, in the source.
    starts: Vec<(u32, u32)>,
}

impl<'a> Html<'a> {
    /// HTML that stands in the source as it is.
    pub fn whole(text: &'a str, at: u32) -> Self {
        Self { text: Cow::Borrowed(text), starts: vec![(0, at)] }
    }

    /// HTML from its lines in the source.
    pub fn lines(source: &'a str, lines: &[SrcSpan]) -> Self {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Self::whole("", 0) };
        if lines.is_sorted_by(|line, next| line.end == next.start) {
            return Self::whole(&source[first.start as usize..last.end as usize], first.start);
        }
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push((text.len() as u32, line.start));
            text.push_str(line.of(source));
        }
        Self { text: Cow::Owned(text), starts }
    }

    /// The source bytes of a stretch of the text.
    fn src(&self, start: usize, end: usize) -> SrcSpan {
        let start = self.at(start as u32);
        let end = if end == 0 { start } else { self.at(end as u32 - 1) + 1 };
        SrcSpan::new(start, end.max(start))
    }

    fn at(&self, offset: u32) -> u32 {
        let index = self.starts.partition_point(|&(start, _)| start <= offset) - 1;
        let (start, at) = self.starts[index];
        at + (offset - start)
    }
}

/// Reads HTML into a flow.
pub fn read(flow: &mut Flow<'_>, html: &Html<'_>) {
    let mut reader = Reader { flow, html, tag: Tag::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: HtmlSpan<usize>| {
        reader.event(&event, span);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    // Reading from memory cannot fail.
    let _ = Tokenizer::new_with_emitter(&*html.text, emitter).finish();
}

/// The character reference that a text begins with, decoded, and its length in bytes.
pub fn entity(text: &str) -> Option<(String, usize)> {
    /// The longest is `&CounterClockwiseContourIntegral;`.
    const LONGEST: usize = 33;
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    let name =
        bytes.get(1..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    let length = 1 + name + usize::from(bytes.get(1 + name) == Some(&b';'));
    let written = text.get(..length).filter(|_| name > 0)?;
    let Ok(token) = Tokenizer::new(written).next()?;
    match token {
        Token::String(decoded) => {
            let decoded = String::from_utf8(decoded.value.into()).ok()?;
            (decoded != written && !decoded.contains('\0')).then_some((decoded, length))
        }
        _ => None,
    }
}

/// Puts text with character references into a block.
pub fn push_decoded(flow: &Flow<'_>, builder: &mut Builder, src: SrcSpan) {
    let text = src.of(flow.source);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &text.as_bytes()[at..]) {
        let mark = at + found;
        let Some((decoded, length)) = entity(&text[mark..]) else {
            let start = src.start + at as u32;
            flow.push(builder, &text[at..=mark], SrcSpan::new(start, src.start + mark as u32 + 1));
            at = mark + 1;
            continue;
        };
        let start = src.start + mark as u32;
        flow.push(builder, &text[at..mark], SrcSpan::new(src.start + at as u32, start));
        builder.replaced(&decoded, SrcSpan::new(start, start + length as u32));
        at = mark + length;
    }
    flow.push(builder, &text[at..], SrcSpan::new(src.start + at as u32, src.end));
}

struct Reader<'r, 'a, 'h> {
    flow: &'r mut Flow<'a>,
    html: &'r Html<'h>,
    tag: Tag,
}

/// A start tag as far as it has been read. Spans are of the HTML's text.
#[derive(Debug, Default)]
struct Tag {
    name: Vec<u8>,
    start: usize,
    attribute: Vec<u8>,
    alt: Option<(usize, usize)>,
    title: Option<(usize, usize)>,
    content: Option<(usize, usize)>,
    /// What a `meta` element is about.
    about: Option<Box<str>>,
    hidden: bool,
    caption: bool,
}

/// What an element is to the prose in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Heading(u8),
    Block,
    Quotation,
    List,
    Item,
    Table,
    Row,
    Header,
    Cell,
    Caption,
    Figure,
    Title,
    Meta,
    Break,
    Rule,
    Picture,
    Emphasis,
    /// `q`: the reader sees marks of quotation.
    Quoted,
    Raised,
    Hidden(HiddenRole),
    Inline,
}

fn element(name: &[u8]) -> Element {
    use Element::*;
    match name {
        [b'h', level @ b'1'..=b'6'] => Heading(level - b'0'),
        b"p" | b"div" | b"section" | b"article" | b"aside" | b"header" | b"footer" | b"main" | b"nav"
        | b"address" | b"body" | b"html" | b"head" | b"form" | b"fieldset" | b"legend" | b"details"
        | b"summary" | b"dialog" | b"dl" | b"center" | b"hgroup" | b"option" | b"button" | b"label"
        | b"search" | b"menuitem" | b"video" | b"audio" | b"picture" | b"colgroup" | b"noscript" => Block,
        b"blockquote" => Quotation,
        b"ul" | b"ol" | b"menu" | b"dir" => List,
        b"li" | b"dt" | b"dd" => Item,
        b"table" => Table,
        b"tr" | b"thead" | b"tbody" | b"tfoot" => Row,
        b"th" => Header,
        b"td" => Cell,
        b"figcaption" | b"caption" => Caption,
        b"figure" => Figure,
        b"title" => Title,
        b"meta" => Meta,
        b"br" => Break,
        b"hr" => Rule,
        b"img" | b"input" | b"area" => Picture,
        b"em" | b"i" | b"cite" | b"dfn" => Emphasis,
        b"q" => Quoted,
        b"sup" => Raised,
        b"code" | b"kbd" | b"samp" | b"tt" => Hidden(HiddenRole::Object),
        b"del" | b"s" | b"strike" => Hidden(HiddenRole::Gap),
        b"pre" | b"script" | b"style" | b"template" | b"svg" | b"math" | b"object" | b"iframe"
        | b"textarea" | b"select" | b"datalist" | b"canvas" | b"xmp" | b"noembed" | b"noframes"
        | b"listing" | b"plaintext" | b"map" | b"applet" => Hidden(HiddenRole::Block),
        _ => Inline,
    }
}

impl Element {
    /// Whether it cannot stand inside a sentence.
    fn is_block(self) -> bool {
        use Element::*;
        !matches!(self, Break | Picture | Emphasis | Quoted | Raised | Hidden(_) | Inline | Meta)
            || self == Hidden(HiddenRole::Block)
    }
}

impl Reader<'_, '_, '_> {
    fn event(&mut self, event: &CallbackEvent<'_>, span: HtmlSpan<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { start: span.start, ..Tag::default() };
                self.tag.name.extend_from_slice(name);
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute.clear();
                self.tag.attribute.extend_from_slice(name);
                self.tag.hidden |= *name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.tag.value(value, span),
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(span.end, *self_closing),
            CallbackEvent::EndTag { name } => self.end_tag(name, self.html.src(span.start, span.end)),
            CallbackEvent::String { .. } => self.text(span.start, span.end),
            CallbackEvent::Comment { .. } => self.comment(self.html.src(span.start, span.end)),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn start_tag(&mut self, end: usize, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        let src = self.html.src(tag.start, end);
        let element = element(&tag.name);
        if self.flow.is_hidden() {
            if !(element.is_block() && self.flow.is_hidden_inline()) {
                if !self_closing {
                    self.flow.nest(&tag.name, false, src.end);
                }
                return;
            }
            self.flow.show(None);
        }
        if element.is_block() {
            self.flow.begin_at_tag(src.start);
        }
        let is_void = matches!(element, Element::Picture | Element::Break | Element::Rule | Element::Meta);
        if tag.hidden && !is_void && !self_closing && !matches!(&*tag.name, b"html" | b"body") {
            let role = if element.is_block() { HiddenRole::Block } else { HiddenRole::Gap };
            self.flow.hide(&tag.name, role, src.start);
            return;
        }
        self.open(element, &tag, src);
        if let Some((start, end)) = tag.title
            && matches!(&*tag.name, b"a" | b"img")
        {
            self.attribute(BlockKind::Title, start, end);
        }
    }

    fn open(&mut self, element: Element, tag: &Tag, src: SrcSpan) {
        let elements = &mut self.flow.elements;
        if elements.caption_by_class.as_deref() == Some(&*tag.name) {
            elements.caption_by_class = None;
        }
        if tag.caption && element == Element::Block {
            elements.caption_by_class = Some(tag.name.as_slice().into());
        }
        match element {
            Element::Heading(level) => elements.heading = Some(level),
            Element::Quotation => elements.quotations += 1,
            Element::List => {
                elements.lists += 1;
                elements.item = false;
            }
            Element::Item => {
                elements.lists = elements.lists.max(1);
                elements.item = true;
            }
            Element::Table => {
                elements.tables += 1;
                elements.cell = None;
            }
            Element::Row => elements.cell = None,
            Element::Header => elements.cell = Some(BlockKind::TableHeader),
            Element::Cell => elements.cell = Some(BlockKind::TableCell),
            Element::Caption => elements.caption = true,
            Element::Title => elements.title = true,
            Element::Block | Element::Figure => elements.heading = None,
            Element::Break => self.flow.line_break(src),
            Element::Emphasis => self.flow.begin_emphasis(),
            Element::Quoted => self.flow.html_words("“", src),
            Element::Picture => {
                if &*tag.name == b"img" {
                    self.flow.picture(src);
                }
                if let Some((start, end)) = tag.alt {
                    self.attribute(BlockKind::AltText, start, end);
                }
            }
            Element::Meta => {
                if let (Some(about), Some((start, end))) = (&tag.about, tag.content) {
                    self.attribute(BlockKind::FrontMatter(about.clone()), start, end);
                }
            }
            Element::Raised => self.flow.raise(Some(src.start)),
            Element::Hidden(role) => self.flow.hide(&tag.name, role, src.start),
            Element::Rule => self.flow.end(None),
            Element::Inline => {}
        }
    }

    fn end_tag(&mut self, name: &[u8], src: SrcSpan) {
        let element = element(name);
        if self.flow.is_hidden() {
            if self.flow.nest(name, true, src.end) && !(element.is_block() && self.flow.is_hidden_inline()) {
                return;
            }
            self.flow.show(None);
        }
        if element.is_block() {
            self.flow.end(Some(src.end));
        }
        let elements = &mut self.flow.elements;
        if elements.caption_by_class.as_deref() == Some(name) {
            elements.caption_by_class = None;
        }
        match element {
            Element::Heading(_) => elements.heading = None,
            Element::Quotation => elements.quotations = elements.quotations.saturating_sub(1),
            Element::List => {
                elements.lists = elements.lists.saturating_sub(1);
                elements.item = elements.lists > 0;
            }
            Element::Item => elements.item = false,
            Element::Table => {
                elements.tables = elements.tables.saturating_sub(1);
                elements.cell = (elements.tables > 0).then_some(BlockKind::TableCell);
                elements.caption = false;
            }
            Element::Row | Element::Header | Element::Cell => elements.cell = None,
            Element::Caption | Element::Figure => elements.caption = false,
            Element::Title => elements.title = false,
            Element::Emphasis => self.flow.end_emphasis(),
            Element::Quoted => self.flow.html_words("”", src),
            Element::Break => self.flow.line_break(src),
            Element::Raised => self.flow.raise(None),
            _ => {}
        }
    }

    /// Text between tags: white space collapses, character references are decoded.
    fn text(&mut self, start: usize, end: usize) {
        if self.flow.is_hidden() {
            return;
        }
        let text = &self.html.text[start..end];
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let from = at;
            if is_space(bytes[at]) {
                at += bytes[at..].iter().take_while(|byte| is_space(**byte)).count();
                self.flow.html_space(self.html.src(start + from, start + at));
                continue;
            }
            if bytes[at] == b'&' {
                if let Some((decoded, length)) = entity(&text[at..]) {
                    at += length;
                    self.flow.html_words(&decoded, self.html.src(start + from, start + at));
                    continue;
                }
                at += 1;
            }
            // A single space between words is taken over with them.
            while at < bytes.len() && bytes[at] != b'&' {
                if is_space(bytes[at]) {
                    let single = bytes[at] == b' '
                        && bytes.get(at + 1).is_some_and(|next| !is_space(*next) && *next != b'&');
                    if !single {
                        break;
                    }
                }
                at += 1;
            }
            self.flow.html_words(&text[from..at], self.html.src(start + from, start + at));
        }
    }

    /// An attribute's value as a block of its own.
    fn attribute(&mut self, kind: BlockKind, start: usize, end: usize) {
        let src = self.html.src(start, end);
        let text = &self.html.text[start..end];
        let mut builder = Builder::default();
        if src.of(self.flow.source) == text {
            push_decoded(self.flow, &mut builder, src);
        } else {
            builder.replaced(text, src);
        }
        self.flow.aside(kind, &mut builder, src);
    }

    fn comment(&mut self, src: SrcSpan) {
        let written = src.of(self.flow.source);
        let Some(inner) = written.strip_prefix("<!--") else { return };
        let inner = inner.strip_suffix("-->").unwrap_or(inner);
        let inner = SrcSpan::new(src.start + 4, src.start + 4 + inner.len() as u32);
        self.flow.comment(src, stet::comment(self.flow.source, src, inner));
    }
}

impl Tag {
    fn value(&mut self, value: &[u8], span: HtmlSpan<usize>) {
        let place = Some((span.start, span.end));
        match &*self.attribute {
            b"alt" => self.alt = place,
            b"title" => self.title = place,
            b"content" => self.content = place,
            b"name" | b"property" | b"itemprop" => {
                let about = value.strip_prefix(b"og:").or(value.strip_prefix(b"twitter:")).unwrap_or(value);
                let known =
                    matches!(about, b"description" | b"title" | b"headline" | b"abstract" | b"image:alt");
                self.about = known.then(|| String::from_utf8_lossy(about).into());
            }
            b"aria-hidden" => self.hidden |= value == b"true",
            b"style" => self.hidden |= memchr::memmem::find(value, b"display:none").is_some(),
            b"class" => {
                let mut classes = value.split(u8::is_ascii_whitespace);
                self.caption |=
                    classes.any(|class| matches!(class, b"caption" | b"wp-caption-text" | b"figcaption"));
            }
            _ => {}
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0C')
}
