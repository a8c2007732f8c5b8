//! Running prose cut into blocks: what Markdown and HTML have in common.
//!
//! Markdown says where blocks begin and end; HTML elements may do so too, and say what is hidden. A flow knows which
//! block is open and which elements are, never how they were written. Every step costs the same however deep the
//! elements are nested.

use super::block::{Block, BlockKind, Placed};
use super::builder::Builder;
use super::stet::Comment;
use super::template;
use crate::text::span::SrcSpan;

/// Collects the blocks of one document.
#[derive(Debug)]
pub struct Flow<'a> {
    pub source: &'a str,
    /// What stands in the source for a template's directives.
    directives: &'a [SrcSpan],
    pub blocks: Vec<Placed>,
    pub comments: Vec<Comment>,
    /// Lists, tables and block quotations, the outermost only.
    pub groups: Vec<SrcSpan>,
    /// What text is that no HTML element says anything about.
    pub base: BlockKind,
    pub elements: Elements,
    builder: Builder,
    open: Option<Open>,
    /// The tag before the text that will begin the next block.
    tag_start: Option<u32>,
    /// White space of the source that is one space if words follow.
    space: Option<SrcSpan>,
    hidden: Option<Hidden>,
    /// Where raised text began that may be a note's number.
    raised: Option<u32>,
    /// What the open block has shown so far.
    lead: Lead,
    /// Whether the block before was a picture and nothing else.
    after_picture: bool,
}

/// The HTML elements that are open, as far as they say what a text is.
#[derive(Clone, Debug, Default)]
pub struct Elements {
    pub heading: Option<u8>,
    pub caption: bool,
    /// The element that its class makes a caption.
    pub caption_by_class: Option<Box<[u8]>>,
    pub cell: Option<BlockKind>,
    pub tables: u32,
    pub lists: u32,
    pub item: bool,
    pub quotations: u32,
    pub title: bool,
}

#[derive(Clone, Debug)]
struct Open {
    kind: BlockKind,
    start: u32,
    /// The end of the last piece.
    end: u32,
}

/// An element whose content is no prose.
#[derive(Clone, Debug)]
struct Hidden {
    name: Box<[u8]>,
    start: u32,
    /// How many elements of that name are open.
    depth: u32,
    role: HiddenRole,
}

/// How a hidden element stands in its surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenRole {
    /// Takes a place in the sentence: code.
    Object,
    /// Leaves no trace in the sentence: struck out, a note's number.
    Gap,
    /// Is a block of its own.
    Block,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lead {
    #[default]
    Nothing,
    /// Pictures, and nothing else.
    Picture,
    /// A picture on a line of its own, and then words: its caption.
    PictureLine,
    Words,
}

impl<'a> Flow<'a> {
    pub fn new(source: &'a str, directives: &'a [SrcSpan]) -> Self {
        Self {
            source,
            directives,
            blocks: Vec::new(),
            comments: Vec::new(),
            groups: Vec::new(),
            base: BlockKind::Paragraph,
            elements: Elements::default(),
            builder: Builder::default(),
            open: None,
            tag_start: None,
            space: None,
            hidden: None,
            raised: None,
            lead: Lead::Nothing,
            after_picture: false,
        }
    }

    /// Begins a block with all its markup at `start`, or where its tag was said to begin.
    pub fn begin(&mut self, kind: BlockKind, start: u32) {
        let start = self.tag_start.unwrap_or(start);
        self.end(None);
        self.open = Some(Open { kind, start, end: start });
    }

    /// Says where the markup of a block begins whose text may follow.
    pub fn begin_at_tag(&mut self, start: u32) {
        self.end(None);
        self.tag_start = Some(start);
    }

    /// Ends the open block, if one is. Without `end` it ends with its last piece.
    pub fn end(&mut self, end: Option<u32>) {
        self.space = None;
        self.tag_start = None;
        if self.hidden.as_ref().is_some_and(|hidden| hidden.role != HiddenRole::Block) {
            self.show(None);
        }
        let lead = std::mem::take(&mut self.lead);
        let Some(Open { kind, start, end: last }) = self.open.take() else { return };
        let src = SrcSpan::new(start, end.unwrap_or(last).max(last));
        let kind = match lead {
            Lead::PictureLine if kind == BlockKind::Paragraph => BlockKind::Caption,
            _ => kind,
        };
        let placed = self.builder.finish(kind, src);
        let after_picture = std::mem::replace(&mut self.after_picture, lead == Lead::Picture);
        let Some(mut placed) = placed else { return };
        if after_picture && is_caption(&placed.block) {
            let block = Block { kind: BlockKind::Caption, ..(*placed.block).clone() };
            placed.block = block.into();
        }
        self.blocks.push(placed);
    }

    /// A block by itself that does not end the open one: a picture's words, a link's title.
    pub fn aside(&mut self, kind: BlockKind, builder: &mut Builder, src: SrcSpan) {
        if self.is_hidden() {
            builder.clear();
        }
        self.blocks.extend(builder.finish(kind, src));
    }

    /// Text as Markdown has it: its white space is settled.
    pub fn words(&mut self, text: &str, src: SrcSpan) {
        if self.is_hidden() || self.is_note(text) {
            return;
        }
        self.touch(src);
        self.lead_words(text);
        let mut builder = std::mem::take(&mut self.builder);
        self.push(&mut builder, text, src);
        self.builder = builder;
    }

    /// Text as HTML has it, without any white space but single spaces inside.
    pub fn html_words(&mut self, text: &str, src: SrcSpan) {
        if self.is_hidden() || self.is_note(text) {
            return;
        }
        self.touch(src);
        if let Some(space) = self.space.take()
            && !self.builder.is_empty()
            && !self.builder.prose().ends_with('\n')
        {
            self.builder.either(" ", space, self.source);
        }
        self.lead_words(text);
        let mut builder = std::mem::take(&mut self.builder);
        self.push(&mut builder, text, src);
        self.builder = builder;
    }

    /// White space as HTML has it.
    pub fn html_space(&mut self, src: SrcSpan) {
        if self.space.is_none() && !self.is_hidden() && self.open.is_some() {
            self.space = Some(src);
        }
    }

    /// A line break that the reader sees, or a soft one.
    pub fn line_break(&mut self, src: SrcSpan) {
        if self.is_hidden() || self.open.is_none() {
            return;
        }
        self.space = None;
        self.touch(src);
        if self.lead == Lead::Picture {
            self.lead = Lead::PictureLine;
            self.builder.clear();
        }
        // Two breaks in a row are how some writers end a paragraph.
        if self.builder.prose().ends_with('\n') {
            self.end(None);
        }
        if self.builder.is_empty() {
            return;
        }
        self.builder.either("\n", src, self.source);
    }

    /// Something that is no prose but takes its place in the sentence.
    pub fn object(&mut self, src: SrcSpan) {
        if self.is_hidden() {
            return;
        }
        self.touch(src);
        if let Some(space) = self.space.take() {
            self.builder.either(" ", space, self.source);
        }
        self.lead = Lead::Words;
        self.builder.object(src);
    }

    pub fn picture(&mut self, src: SrcSpan) {
        let lead = self.lead;
        self.object(src);
        if matches!(lead, Lead::Nothing | Lead::Picture) && !self.is_hidden() {
            self.lead = Lead::Picture;
        }
    }

    pub fn begin_emphasis(&mut self) {
        if !self.is_hidden() {
            if let Some(space) = self.space.take()
                && !self.builder.is_empty()
            {
                self.builder.either(" ", space, self.source);
            }
            self.builder.begin_emphasis();
        }
    }

    pub fn end_emphasis(&mut self) {
        if !self.is_hidden() {
            self.builder.end_emphasis();
        }
    }

    /// Hides what follows, until the element of that name is closed.
    pub fn hide(&mut self, name: &[u8], role: HiddenRole, start: u32) {
        if self.hidden.is_none() {
            self.hidden = Some(Hidden { name: name.into(), start, depth: 1, role });
        }
    }

    /// Shows again what follows; `end` is where the element that hid ends, if its end was found.
    pub fn show(&mut self, end: Option<u32>) {
        let Some(hidden) = self.hidden.take() else { return };
        let end = end.or(self.open.as_ref().map(|open| open.end)).unwrap_or(hidden.start).max(hidden.start);
        if hidden.role == HiddenRole::Object {
            self.object(SrcSpan::new(hidden.start, end));
        } else if let Some(open) = &mut self.open {
            open.end = open.end.max(end);
        }
    }

    /// Says that raised text begins, or with `None` that it ends: a note's number is no part of the sentence.
    pub fn raise(&mut self, start: Option<u32>) {
        self.raised = start;
    }

    pub fn is_hidden(&self) -> bool {
        self.hidden.is_some()
    }

    /// Takes note of an element inside a hidden one: true where it is for the hidden one to care.
    pub fn nest(&mut self, name: &[u8], closes: bool, end: u32) -> bool {
        let Some(hidden) = &mut self.hidden else { return false };
        if *hidden.name == *name {
            match closes {
                false => hidden.depth += 1,
                true => hidden.depth -= 1,
            }
            if hidden.depth == 0 {
                self.show(Some(end));
            }
        }
        true
    }

    /// Whether what is hidden is part of a sentence: a block's tag ends it, whatever was forgotten to be closed.
    pub fn is_hidden_inline(&self) -> bool {
        self.hidden.as_ref().is_some_and(|hidden| hidden.role != HiddenRole::Block)
    }

    /// A comment: one right after words belongs to their block.
    pub fn comment(&mut self, src: SrcSpan, comment: Option<Comment>) {
        let is_beside = !self.space.is_some_and(|space| space.of(self.source).contains('\n'));
        if let Some(open) = self.open.as_mut().filter(|_| is_beside) {
            open.end = open.end.max(src.end);
        }
        self.comments.extend(comment);
    }

    /// The open block reaches at least to here.
    pub fn touch(&mut self, src: SrcSpan) {
        let kind = || self.elements.kind().unwrap_or_else(|| self.base.clone());
        let tag_start = self.tag_start.take();
        let open = self.open.get_or_insert_with(|| Open {
            kind: kind(),
            start: tag_start.unwrap_or(src.start),
            end: src.end,
        });
        open.end = open.end.max(src.end);
    }

    /// The blocks in the order of the file.
    pub fn finish(&mut self) {
        self.end(None);
        let key = |placed: &Placed| (placed.src.start, u32::MAX - placed.src.end, placed.at);
        if !self.blocks.is_sorted_by_key(key) {
            self.blocks.sort_by_key(key);
        }
        self.comments.sort_by_key(|comment| comment.span);
    }

    /// Hides raised text that begins like a note's number or mark.
    fn is_note(&mut self, text: &str) -> bool {
        let Some(start) = self.raised.take() else { return false };
        let is_note =
            text.starts_with(|char: char| char.is_numeric() || matches!(char, '[' | '*' | '†' | '‡'));
        if is_note {
            self.hide(b"sup", HiddenRole::Gap, start);
        }
        is_note
    }

    /// Puts a piece into a block: what a template fills in is an object.
    pub fn push(&self, builder: &mut Builder, text: &str, src: SrcSpan) {
        if src.of(self.source) != text {
            builder.replaced(text, src);
            return;
        }
        for (piece, is_directive) in template::pieces(src, self.directives) {
            if is_directive {
                builder.object(piece);
            } else {
                builder.verbatim(piece.of(self.source), piece.start);
            }
        }
    }

    fn lead_words(&mut self, text: &str) {
        if self.lead != Lead::PictureLine && !text.trim_ascii().is_empty() {
            self.lead = Lead::Words;
        }
    }
}

impl Elements {
    /// What the open elements make of a text.
    pub fn kind(&self) -> Option<BlockKind> {
        if self.title {
            return Some(BlockKind::Title);
        }
        if let Some(level) = self.heading {
            return Some(BlockKind::Heading(level));
        }
        if self.caption || self.caption_by_class.is_some() {
            return Some(BlockKind::Caption);
        }
        if let Some(cell) = &self.cell {
            return Some(cell.clone());
        }
        if self.quotations > 0 {
            return Some(BlockKind::BlockQuotation);
        }
        if self.item && self.lists > 0 {
            return Some(BlockKind::ListItem);
        }
        None
    }
}

/// Whether a paragraph right under a picture is its caption: emphasized as a whole, or one short line without a stop.
fn is_caption(block: &Block) -> bool {
    if block.kind != BlockKind::Paragraph {
        return false;
    }
    let prose = block.prose.trim();
    if let [emphasis] = &*block.emphasis
        && emphasis.of(&block.prose).trim() == prose
    {
        return true;
    }
    let stops = prose.trim_end_matches(['"', '”', '’', '\'', ')', '*']).ends_with(['.', '!', '?', ':', '…']);
    !stops && prose.len() <= 160 && !prose.contains('\n')
}
