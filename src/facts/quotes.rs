//! The quotations of a draft with who said each: what the blocks tell, settled from paragraph to paragraph.
//!
//! A quotation with nobody named beside it belongs to whom the sentence before it, the quotation before it or the
//! paragraph before it names.

use super::BlockFacts;
use super::attribution::{self, Link, Source};
use super::speakers::FullNames;
use crate::document::Document;
use crate::document::block::BlockKind;
use crate::document::quotation::Quotation;
use crate::text::span::SrcSpan;

/// A direct quotation of a draft, one that stands in no other.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Index into `DocFacts::quotations`.
    pub quotation: u32,
    /// From its first mark to its last; over several paragraphs it holds what stands between them.
    pub span: SrcSpan,
    pub speaker: Option<Speaker>,
    /// The words by which the speaker is named: said, according to.
    pub cue: Option<SrcSpan>,
    pub standing: Standing,
    /// Its words as the draft has them, marks left out, its paragraphs joined by line breaks.
    pub text: Box<str>,
    /// It stands in a heading.
    pub in_heading: bool,
    /// It says a whole sentence, rather than naming or citing a part of one.
    pub whole: bool,
    /// It is a sentence of its own: nothing of the writer's stands with it but marks.
    pub alone: bool,
    /// It ends with a comma that promises a speaker, and none follows.
    pub expects: bool,
}

/// Who is named for a quotation.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The full name in the draft, where the mention is a part of one; else the mention itself.
    pub name: String,
    /// The words that name the speaker where the quotation stands; a pronoun may do.
    pub mention: SrcSpan,
}

/// By what a quotation has its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Named in its own sentence.
    Named,
    /// By the sentence or the quotation before it, in its paragraph.
    Carried,
    /// By the end of the paragraph before it.
    Continued,
    /// Somebody spoke in the paragraph before it, but its end is the writer's.
    Distant,
    /// Nobody is named.
    Nobody,
}

/// Settles who said what. `blocks` are the facts of the document's blocks in order.
pub fn settle(document: &Document, blocks: &[&BlockFacts], quotations: &[Quotation]) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    if quotations.is_empty() {
        return out;
    }
    let settle = Settle { document, blocks, names: FullNames::of(document, blocks) };
    let mut last: Option<String> = None;
    for (index, quotation) in quotations.iter().enumerate().filter(|(_, quotation)| quotation.depth == 0) {
        let Some(quote) = settle.quote(index, quotation, last.as_deref()) else { continue };
        last = quote.speaker.as_ref().map(|speaker| speaker.name.clone()).or(last);
        out.push(quote);
    }
    out
}

struct Settle<'a> {
    document: &'a Document,
    blocks: &'a [&'a BlockFacts],
    names: FullNames<'a>,
}

impl Settle<'_> {
    fn quote(&self, index: usize, quotation: &Quotation, last_name: Option<&str>) -> Option<Quote> {
        let (first, last) = (quotation.parts.first()?, quotation.parts.last()?);
        let span = SrcSpan::new(
            self.document.blocks[first.block as usize].to_source(first.span).start,
            self.document.blocks[last.block as usize].to_source(last.span).end,
        );
        let mut found: Option<(usize, Source)> = None;
        let (mut whole, mut alone, mut expects) = (quotation.parts.len() > 1, true, false);
        for part in &quotation.parts {
            let voices = &self.blocks[part.block as usize].voices;
            let at = voices.spoken.partition_point(|spoken| spoken.span.end <= part.span.start);
            let Some(spoken) = voices.spoken.get(at) else { continue };
            whole |= spoken.whole;
            alone &= spoken.alone;
            expects = spoken.expects;
            let better = |source: &Source| source.link == Link::Beside || found.is_none();
            if let Some(source) = spoken.source.filter(better)
                && found.is_none_or(|(_, found)| found.link != Link::Beside)
            {
                found = Some((part.block as usize, source));
            }
        }
        let mut standing = match found {
            Some((_, Source { link: Link::Carried, .. })) => Standing::Carried,
            Some(_) => Standing::Named,
            None => Standing::Nobody,
        };
        if found.is_none()
            && let Some((source, near)) = self.before(first.block as usize)
        {
            found = source;
            standing = match (near, found) {
                (true, _) => Standing::Continued,
                (false, Some(_)) => Standing::Distant,
                (false, None) => Standing::Nobody,
            };
        }
        let in_heading = self.document.blocks[first.block as usize].block.kind.is_heading();
        let text = self.words(quotation);
        let speaker = found.map(|(block, source)| {
            let mention = self.document.blocks[block].to_source(source.mention);
            let words = source.mention.of(&self.document.blocks[block].block.prose);
            let pronoun = matches!(words, "he" | "she" | "He" | "She" | "who");
            let name = self.names.full(words).or_else(|| last_name.filter(|_| pronoun).map(str::to_owned));
            Speaker { name: name.unwrap_or_else(|| words.to_owned()), mention }
        });
        let cue = found.and_then(|(block, source)| Some(self.document.blocks[block].to_source(source.cue?)));
        Some(Quote {
            quotation: index as u32,
            span,
            speaker,
            cue,
            standing,
            text,
            in_heading,
            whole,
            alone,
            expects,
        })
    }

    fn words(&self, quotation: &Quotation) -> Box<str> {
        let is_mark = |char: char| matches!(char, '"' | '“' | '”' | '„' | '«' | '»' | '`' | '\'' | '‘' | '’');
        let mut out = String::new();
        for part in &quotation.parts {
            if !out.is_empty() {
                out.push('\n');
            }
            let words = part.span.of(&self.document.blocks[part.block as usize].block.prose);
            out.push_str(words.trim_matches(is_mark));
        }
        out.into()
    }

    /// Who has the word when the paragraph before a block ends, and whether its last sentence says so.
    fn before(&self, block: usize) -> Option<(Option<(usize, Source)>, bool)> {
        let flows = |kind: &BlockKind| {
            matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuotation)
        };
        let before = (0..block).rev().find(|index| flows(&self.document.blocks[*index].block.kind))?;
        let facts = self.blocks[before];
        if !facts.voices.spoken.is_empty() {
            let last = facts.voices.last.map(|source| (before, source));
            return Some((last, facts.voices.ends_speaking));
        }
        let voices = attribution::last_voice(&self.document.blocks[before].block, &facts.analysis);
        Some((voices.last.map(|source| (before, source)), voices.ends_speaking))
    }
}
