//! Markdown to blocks of prose: CommonMark with tables, footnotes, strikethrough, task lists and front matter.
//!
//! Knows nothing of how HTML in it is read: it hands it on.

use super::block::BlockKind;
use super::builder::Builder;
use super::flow::{Flow, HiddenRole};
use super::front_matter;
use super::html::{self, Html};
use super::stet;
use super::template;
use super::{Document, Format};
use crate::text::span::SrcSpan;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// Parses Markdown.
pub fn parse(text: Arc<str>) -> Document {
    let front_matter = front_matter::read(&text);
    let start = front_matter.end as usize;
    let masked = template::mask(&text, start);
    let mut flow = Flow::new(&masked.text, &masked.directives);
    flow.blocks = front_matter.blocks;
    flow.comments = front_matter.comments;
    flow.comments.extend(masked.comments);
    for (name, value) in &masked.values {
        let mut builder = Builder::default();
        let values = Flow::new(&text, &[]);
        html::push_decoded(&values, &mut builder, *value);
        flow.aside(parameter_kind(name), &mut builder, *value);
    }
    let mut reader = Reader::new(flow, start as u32);
    let events = Parser::new_ext(&masked.text[start..], OPTIONS).into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        if let Some(title) = &definition.title {
            let end = reader.src(&definition.span).of(&masked.text).trim_end().len();
            let span = definition.span.start..definition.span.start + end;
            reader.title(title, reader.src(&span));
        }
    }
    for (event, range) in events {
        let src = reader.src(&range);
        reader.event(event, src);
    }
    let mut flow = reader.flow;
    flow.finish();
    let stets = stet::resolve(&text, &flow.comments, &flow.blocks, &flow.groups);
    let blocks = flow.blocks;
    Document { text, format: Format::Markdown, blocks, stets }
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// The name under which struck-out text is hidden; no element can have it.
const STRUCK: &[u8] = b"~~";

struct Reader<'a> {
    flow: Flow<'a>,
    /// Where the Markdown begins in the source.
    start: u32,
    containers: Containers,
    /// Inside a code block.
    code: bool,
    /// Inside a table's head.
    head: bool,
    /// The lines of the HTML block that is being read.
    html: Option<Vec<SrcSpan>>,
    /// The alternative text of the picture that is being read.
    alt: Option<Alt>,
    /// How many lists, tables and block quotations are open.
    groups: u32,
}

/// How many containers of each kind are open.
#[derive(Debug, Default)]
struct Containers {
    quotations: u32,
    items: u32,
    footnotes: u32,
}

#[derive(Debug)]
struct Alt {
    builder: Builder,
    /// Pictures may stand in a picture's alternative text.
    depth: u32,
    src: SrcSpan,
}

impl<'a> Reader<'a> {
    fn new(flow: Flow<'a>, start: u32) -> Self {
        Self {
            flow,
            start,
            containers: Containers::default(),
            code: false,
            head: false,
            html: None,
            alt: None,
            groups: 0,
        }
    }

    fn src(&self, range: &Range<usize>) -> SrcSpan {
        SrcSpan::new(self.start + range.start as u32, self.start + range.end as u32)
    }

    fn event(&mut self, event: Event<'_>, src: SrcSpan) {
        if self.alt.is_some() {
            self.alt_event(event, src);
            return;
        }
        match event {
            Event::Start(tag) => self.start_tag(tag, src),
            Event::End(tag) => self.end_tag(tag, src),
            Event::Text(words) if !self.code => self.flow.words(&words, src),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.flow.object(src),
            Event::SoftBreak | Event::HardBreak => self.flow.line_break(src),
            Event::Html(_) => match &mut self.html {
                Some(lines) => lines.push(src),
                None => self.html(&[src]),
            },
            Event::InlineHtml(_) => self.html(&[src]),
            Event::Rule => self.flow.end(None),
            Event::Text(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: Tag<'_>, src: SrcSpan) {
        match tag {
            Tag::Paragraph => {
                let kind = self.kind();
                self.flow.begin(kind, src.start);
            }
            Tag::Heading { level, .. } => self.flow.begin(BlockKind::Heading(level as u8), src.start),
            Tag::BlockQuote(alert) => {
                self.begin_group(src);
                self.containers.quotations += u32::from(alert.is_none());
                self.settle();
            }
            Tag::CodeBlock(_) => {
                self.flow.end(None);
                self.code = true;
            }
            Tag::HtmlBlock => {
                self.flow.end(None);
                self.html = Some(Vec::new());
            }
            Tag::List(_) | Tag::DefinitionList | Tag::Table(_) => self.begin_group(src),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.containers.items += 1;
                self.settle();
                self.flow.begin_at_tag(src.start);
            }
            Tag::FootnoteDefinition(_) => {
                self.containers.footnotes += 1;
                self.settle();
                self.flow.begin_at_tag(src.start);
            }
            Tag::TableHead => self.head = true,
            Tag::TableRow => {}
            Tag::TableCell => {
                let kind = if self.head { BlockKind::TableHeader } else { BlockKind::TableCell };
                self.flow.begin(kind, src.start);
            }
            Tag::Emphasis => self.flow.begin_emphasis(),
            Tag::Strikethrough if self.flow.is_hidden() => {
                self.flow.nest(STRUCK, false, src.end);
            }
            Tag::Strikethrough => self.flow.hide(STRUCK, HiddenRole::Gap, src.start),
            Tag::Link { link_type: LinkType::Inline, title, .. } => self.inline_title(&title, src),
            Tag::Image { link_type, title, .. } => {
                self.flow.picture(src);
                self.alt = Some(Alt { builder: Builder::default(), depth: 1, src });
                if link_type == LinkType::Inline {
                    self.inline_title(&title, src);
                }
            }
            Tag::Link { .. } | Tag::Strong | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd, src: SrcSpan) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => {
                let text = src.of(self.flow.source).trim_ascii_end();
                self.flow.end(Some(src.start + text.len() as u32));
            }
            TagEnd::BlockQuote(alert) => {
                self.containers.quotations -= u32::from(alert.is_none());
                self.end_group();
            }
            TagEnd::CodeBlock => self.code = false,
            TagEnd::HtmlBlock => {
                let lines = self.html.take().unwrap_or_default();
                self.html(&lines);
                self.flow.end(None);
            }
            TagEnd::List(_) | TagEnd::DefinitionList | TagEnd::Table => self.end_group(),
            TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                self.containers.items -= 1;
                self.flow.end(None);
                self.settle();
            }
            TagEnd::FootnoteDefinition => {
                self.containers.footnotes -= 1;
                self.flow.end(None);
                self.settle();
            }
            TagEnd::TableHead => self.head = false,
            TagEnd::Emphasis => self.flow.end_emphasis(),
            TagEnd::Strikethrough => {
                self.flow.nest(STRUCK, true, src.end);
            }
            TagEnd::TableRow
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Strong
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// What stands in a picture's brackets: words, whatever their markup.
    fn alt_event(&mut self, event: Event<'_>, src: SrcSpan) {
        let Some(alt) = &mut self.alt else { return };
        match event {
            Event::Text(words) => self.flow.push(&mut alt.builder, &words, src),
            Event::Code(_) => alt.builder.object(src),
            Event::SoftBreak | Event::HardBreak => alt.builder.either("\n", src, self.flow.source),
            Event::Start(Tag::Image { .. }) => alt.depth += 1,
            Event::End(TagEnd::Image) => alt.depth -= 1,
            _ => {}
        }
        if alt.depth == 0
            && let Some(mut alt) = self.alt.take()
        {
            self.flow.aside(BlockKind::AltText, &mut alt.builder, alt.src);
        }
    }

    fn html(&mut self, lines: &[SrcSpan]) {
        let html = Html::lines(self.flow.source, lines);
        html::read(&mut self.flow, &html);
    }

    /// What a paragraph is where it stands.
    fn kind(&self) -> BlockKind {
        self.flow.elements.kind().unwrap_or_else(|| self.flow.base.clone())
    }

    fn settle(&mut self) {
        self.flow.base = match self.containers {
            Containers { quotations: 1.., .. } => BlockKind::BlockQuotation,
            Containers { footnotes: 1.., .. } => BlockKind::Footnote,
            Containers { items: 1.., .. } => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
    }

    fn begin_group(&mut self, src: SrcSpan) {
        self.flow.end(None);
        if self.groups == 0 {
            let text = src.of(self.flow.source).trim_ascii_end();
            self.flow.groups.push(SrcSpan::new(src.start, src.start + text.len() as u32));
        }
        self.groups += 1;
    }

    fn end_group(&mut self) {
        self.flow.end(None);
        self.groups -= 1;
        self.settle();
    }

    /// The title of a link or picture whose parentheses end at the end of `src`.
    fn inline_title(&mut self, title: &CowStr<'_>, src: SrcSpan) {
        if !title.is_empty() {
            let inside = src.of(self.flow.source).strip_suffix(')').unwrap_or_default();
            let end = src.start + inside.trim_ascii_end().len() as u32;
            self.title(title, SrcSpan::new(src.start, end));
        }
    }

    /// A title whose closing mark is the last byte of `src`.
    fn title(&mut self, title: &CowStr<'_>, src: SrcSpan) {
        let Some(inside) = src.of(self.flow.source).strip_suffix(['"', '\'', ')']) else { return };
        let mut builder = Builder::default();
        let end = src.start + inside.len() as u32;
        let start = match inside.strip_suffix(&**title) {
            Some(before) => before.len(),
            None => {
                let opening = if src.of(self.flow.source).ends_with(')') {
                    "("
                } else {
                    &src.of(self.flow.source)[inside.len()..]
                };
                let Some(start) = inside.rfind(&format!(" {opening}")) else { return };
                start + 2
            }
        };
        let span = SrcSpan::new(src.start + start as u32, end);
        self.flow.push(&mut builder, title, span);
        self.flow.aside(BlockKind::Title, &mut builder, span);
    }
}

/// What the parameter of a site's directive is.
fn parameter_kind(name: &str) -> BlockKind {
    match name {
        "caption" => BlockKind::Caption,
        "alt" => BlockKind::AltText,
        _ => BlockKind::Title,
    }
}
