//! The quotations of a draft with who said each: what the blocks tell, settled from paragraph to paragraph.
//!
//! A quotation with nobody named beside it belongs to whom the sentence before it, the quotation before it or the
//! paragraph before it names. Carries no prose of its own but the speakers' names.

use super::BlockFacts;
use super::attribution::{self, Link, Source};
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
    let mut out = Vec::new();
    let settle = Settle { document, blocks };
    for (index, quotation) in quotations.iter().enumerate().filter(|(_, quotation)| quotation.depth == 0) {
        out.extend(settle.quote(index, quotation));
    }
    out
}

struct Settle<'a> {
    document: &'a Document,
    blocks: &'a [&'a BlockFacts],
}

impl Settle<'_> {
    fn quote(&self, index: usize, quotation: &Quotation) -> Option<Quote> {
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
            found = Some(source);
            standing = if near { Standing::Continued } else { Standing::Distant };
        }
        let speaker = found.map(|(block, source)| {
            let mention = self.document.blocks[block].to_source(source.mention);
            Speaker { name: mention.of(&self.document.text).to_owned(), mention }
        });
        let cue = found.and_then(|(block, source)| Some(self.document.blocks[block].to_source(source.cue?)));
        Some(Quote { quotation: index as u32, span, speaker, cue, standing, whole, alone, expects })
    }

    /// Who has the word when the paragraph before a block ends, and whether its last sentence says so.
    fn before(&self, block: usize) -> Option<((usize, Source), bool)> {
        let flows = |kind: &BlockKind| {
            matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuotation)
        };
        let before = (0..block).rev().find(|index| flows(&self.document.blocks[*index].block.kind))?;
        let facts = self.blocks[before];
        if !facts.voices.spoken.is_empty() {
            return Some(((before, facts.voices.last?), facts.voices.ends_speaking));
        }
        let voices = attribution::last_voice(&self.document.blocks[before].block, &facts.analysis);
        Some(((before, voices.last?), voices.ends_speaking))
    }
}
