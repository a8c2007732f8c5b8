//! The quotations of a draft with who said each: what the blocks tell, settled from paragraph to paragraph.
//!
//! A quotation with nobody named beside it belongs to whom the sentence before it, the quotation before it or the
//! paragraph before it names.

use super::BlockFacts;
use super::attribution::{self, Link, Source};
use super::names::DocNames;
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
pub fn settle(
    document: &Document,
    blocks: &[&BlockFacts],
    quotations: &[Quotation],
    names: &DocNames,
) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    if quotations.is_empty() {
        return out;
    }
    let settle = Settle { document, blocks, names: FullNames::of(&document.text, names) };
    let mut floor = Floor::default();
    for (index, quotation) in quotations.iter().enumerate().filter(|(_, quotation)| quotation.depth == 0) {
        out.extend(settle.quote(index, quotation, &mut floor));
    }
    out
}

/// Who has spoken so far, by their full names.
#[derive(Default)]
struct Floor {
    last: Option<String>,
    /// Who spoke last before that, and is somebody else.
    other: Option<String>,
    /// Up to which byte of the source that is known.
    known: u32,
    /// Who was called he, and who she.
    he: Option<String>,
    she: Option<String>,
}

impl Floor {
    fn spoke(&mut self, name: &str, place: u32) {
        if self.last.as_deref() != Some(name) {
            self.other = self.last.replace(name.to_owned());
        }
        self.known = self.known.max(place);
    }

    /// Whom a pronoun stands for: who was spoken of last, unless that one goes by the other pronoun.
    fn pronoun(&mut self, is_she: bool) -> Option<String> {
        let (mine, theirs) = if is_she { (&mut self.she, &self.he) } else { (&mut self.he, &self.she) };
        if theirs.is_some() && *theirs == self.last {
            return mine.clone().or_else(|| self.other.clone());
        }
        *mine = self.last.clone();
        mine.clone()
    }
}

struct Settle<'a> {
    document: &'a Document,
    blocks: &'a [&'a BlockFacts],
    names: FullNames<'a>,
}

impl Settle<'_> {
    fn quote(&self, index: usize, quotation: &Quotation, floor: &mut Floor) -> Option<Quote> {
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
            found = source.filter(|source| !self.is_address(source));
            standing = match (near, found) {
                (true, _) => Standing::Continued,
                (false, Some(_)) => Standing::Distant,
                (false, None) => Standing::Nobody,
            };
        }
        // A term of the writer's between marks is nobody's words unless somebody is said to use it.
        let is_term = |source: &Source| !whole && source.cue.is_none() && self.is_term(quotation);
        if found.take_if(|(_, source)| is_term(source)).is_some() {
            standing = Standing::Nobody;
        }
        let in_heading = self.document.blocks[first.block as usize].block.kind.is_heading();
        let text = self.words(quotation);
        let speaker = found.map(|(block, source)| {
            let mention = self.document.blocks[block].to_source(source.mention);
            let words = source.mention.of(&self.document.blocks[block].block.prose);
            let is_pronoun = matches!(words, "he" | "He" | "she" | "She" | "who");
            if is_pronoun && let Some((place, name)) = self.subject_before(block, mention.start, floor.known)
            {
                floor.spoke(&name, place);
            }
            let name = match words {
                "he" | "He" => floor.pronoun(false),
                "she" | "She" => floor.pronoun(true),
                "who" => floor.last.clone(),
                _ => self.names.full(mention),
            };
            if let Some(name) = &name {
                floor.spoke(name, mention.end.max(span.end));
            }
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

    /// Whether a quotation is at most three words long.
    fn is_term(&self, quotation: &Quotation) -> bool {
        let [part] = quotation.parts.as_slice() else { return false };
        part.span
            .of(&self.document.blocks[part.block as usize].block.prose)
            .split_whitespace()
            .nth(3)
            .is_none()
    }

    /// Who opens a sentence of the writer's between the place up to which speakers are known and a pronoun, in its
    /// paragraph or the few before it.
    fn subject_before(&self, block: usize, pronoun: u32, known: u32) -> Option<(u32, String)> {
        let near = block.saturating_sub(3)..=block;
        let opens = |name: SrcSpan| {
            name.start >= known
                && near.clone().any(|index| {
                    let placed = &self.document.blocks[index];
                    placed.src.contains(name) && self.flows(index) && self.opens_sentence(index, name)
                })
        };
        self.names.subject_before(pronoun, opens)
    }

    /// Whether a name stands outside quotations, at most two words after the beginning of a sentence: “Town's keeper Ada
    /// Obi”.
    fn opens_sentence(&self, block: usize, name: SrcSpan) -> bool {
        let (placed, facts) = (&self.document.blocks[block], self.blocks[block]);
        let sentences = &facts.analysis.sentences;
        let starts = |at: usize| placed.to_source(sentences[at].span).start;
        let after = sentences.partition_point(|sentence| placed.to_source(sentence.span).start <= name.start);
        let Some(start) = after.checked_sub(1).map(starts) else { return false };
        let before = self.document.text.get(start as usize..name.start as usize);
        before.is_some_and(|before| {
            let plain = |char: char| char.is_alphanumeric() || matches!(char, ' ' | '\'' | '’' | '.');
            before.len() <= 40 && before.chars().all(plain) && before.split_whitespace().count() <= 2
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

    /// Whether a mention is a word of an interviewer's question (“What would you tell …?”).
    fn is_address(&self, (block, source): &(usize, Source)) -> bool {
        let words = source.mention.of(&self.document.blocks[*block].block.prose);
        ["you", "we", "i", "it"].iter().any(|word| words.eq_ignore_ascii_case(word))
    }

    /// Whether a block is running text.
    fn flows(&self, block: usize) -> bool {
        let kind = &self.document.blocks[block].block.kind;
        matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuotation)
    }

    /// Who has the word when the paragraph before a block ends, and whether its last sentence says so.
    fn before(&self, block: usize) -> Option<(Option<(usize, Source)>, bool)> {
        let before = (0..block).rev().find(|index| self.flows(*index))?;
        let facts = self.blocks[before];
        if !facts.voices.spoken.is_empty() {
            let last = facts.voices.last.map(|source| (before, source));
            return Some((last, facts.voices.ends_speaking));
        }
        let voices = attribution::last_voice(&self.document.blocks[before].block, &facts.analysis);
        Some((voices.last.map(|source| (before, source)), voices.ends_speaking))
    }
}
