//! Who is named as saying what stands between marks of quotation, as far as one block tells.
//!
//! Cached per block: it knows nothing of the paragraphs before and after, nor of the guide. What the block leaves
//! open (a quotation with nobody named beside it) is for `facts::quotes` to settle over the document.

pub mod clause;

use crate::document::analysis::Analysis;
use crate::document::block::Block;
use crate::document::quotation::{Class as MarkClass, Role, pairing};
use crate::text::span::Span;
use clause::{Class, Clauses, Cue, last_char};
use std::ops::Range;

/// The quotations of a block, as far as the block alone shows them.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// In order, the outermost only.
    pub spoken: Vec<Spoken>,
    /// Who has the word when the block ends.
    pub last: Option<Source>,
    /// Whether the block's last sentence quotes somebody or says who speaks: a quotation right after it is theirs.
    pub ends_speaking: bool,
}

/// What stands between two marks of quotation, and whom the block names for it.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Marks included.
    pub span: Span,
    pub source: Option<Source>,
    /// Nothing of the writer's stands before it in the block.
    pub opens_block: bool,
    /// It says a whole sentence, rather than naming or citing a part of one.
    pub whole: bool,
    /// It is a sentence of its own: nothing of the writer's stands with it but marks, and neither the sentence before
    /// it nor the one after it in the block says who speaks.
    pub alone: bool,
    /// It ends with a comma, and with it the block, or nobody is named after it: the comma promised more.
    pub expects: bool,
}

/// Who is named for a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    pub mention: Span,
    pub cue: Option<Span>,
    pub link: Link,
}

/// How far from the quotation its speaker is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// In its own sentence, by a verb of saying or an equal.
    Beside,
    /// In its own sentence, as the subject of the clause.
    Subject,
    /// In the sentence before it, or with the quotation before it.
    Carried,
}

/// Reads a block's quotations. Nothing is allocated for a block without marks.
pub fn of_block(block: &Block, analysis: &Analysis) -> Voices {
    if analysis.marks.is_empty() {
        return Voices::default();
    }
    let spans = spans(block, analysis);
    if spans.is_empty() {
        return Voices::default();
    }
    let clauses = Clauses::new(&block.prose, &analysis.tokens, &analysis.sentences, &spans);
    Reader { clauses: &clauses, spoken: Vec::new(), last: None }.read()
}

/// Who has the word at the end of a block without quotations: the subject of its last sentence's verb of saying, or
/// of that sentence.
pub fn last_voice(block: &Block, analysis: &Analysis) -> Voices {
    let sentences = &analysis.sentences[analysis.sentences.len().saturating_sub(1)..];
    let from = sentences.first().map_or(0, |sentence| sentence.tokens.start as usize);
    let clauses = Clauses::new(&block.prose, &analysis.tokens[from..], sentences, &[]);
    let Some(range) = clauses.sentences.last().cloned() else { return Voices::default() };
    let last = sentence_voice(&clauses, range.start, range.end);
    Voices { spoken: Vec::new(), last, ends_speaking: is_speaking(&clauses, last, range) }
}

/// Whether a sentence without a quotation says who speaks, or announces that somebody will.
fn is_speaking(clauses: &Clauses<'_>, voice: Option<Source>, range: Range<usize>) -> bool {
    let announces = clauses.items[range].last().is_some_and(|item| item.class == Class::Colon);
    announces || voice.is_some_and(|voice| voice.cue.is_some() || clauses.is_person(voice.mention))
}

/// The outermost stretches between marks; a block that begins inside a quotation gives its first words as one.
fn spans(block: &Block, analysis: &Analysis) -> Vec<Span> {
    let quotations = pairing::pair(std::iter::once((block, analysis.marks.as_slice())));
    let outermost = quotations.iter().filter(|quotation| quotation.depth == 0);
    let mut spans: Vec<Span> =
        outermost.flat_map(|quotation| &quotation.parts).map(|part| part.span).collect();
    if let Some(first) = analysis.marks.first()
        && first.role == Role::Close
        && first.style.class() == MarkClass::Double
        && block.prose[..first.span.start as usize].ends_with(['.', ',', '!', '?', '…'])
    {
        spans.insert(0, Span::new(0, first.span.end));
    }
    spans
}

struct Reader<'a> {
    clauses: &'a Clauses<'a>,
    spoken: Vec<Spoken>,
    last: Option<Source>,
}

impl Reader<'_> {
    fn read(mut self) -> Voices {
        let mut ends_speaking = false;
        for (number, range) in self.clauses.sentences.iter().enumerate() {
            let mut beside: Option<Source> = None;
            let mut any = false;
            for at in range.clone() {
                if !matches!(self.clauses.items[at].class, Class::Quote(_)) {
                    continue;
                }
                any = true;
                let spoken = self.quote(at, range.start, range.end, number, beside);
                beside = spoken.source.filter(|source| source.link != Link::Carried).or(beside);
                if spoken.whole || spoken.source.is_some_and(|source| source.link == Link::Beside) {
                    self.last = spoken.source.or(self.last);
                }
                self.spoken.push(spoken);
            }
            ends_speaking = any;
            if !any && self.speaks_next(number) {
                let voice = sentence_voice(self.clauses, range.start, range.end);
                ends_speaking = is_speaking(self.clauses, voice, range.clone());
                // Who said the last quotation goes on speaking unless somebody else is said to speak.
                self.last = match (voice, self.last) {
                    (Some(voice), Some(last)) if voice.cue.is_none() => Some(last),
                    (voice, last) => voice.or(last),
                };
            }
        }
        Voices { spoken: self.spoken, last: self.last, ends_speaking }
    }

    /// Whether the sentence after this one, or the next block, begins with a quotation.
    fn speaks_next(&self, number: usize) -> bool {
        self.clauses
            .sentences
            .get(number + 1)
            .is_none_or(|next| matches!(self.clauses.items[next.start].class, Class::Quote(_)))
    }

    fn quote(&self, at: usize, start: usize, end: usize, number: usize, beside: Option<Source>) -> Spoken {
        let clauses = self.clauses;
        let span = clauses.items[at].span;
        let text = span.of(clauses.prose);
        let words =
            text.trim_start_matches(['"', '“', '”', '‘', '’', '\'', '«', '`', ' ', '[', '(', '.', '…']);
        let whole = words.starts_with(|char: char| char.is_uppercase() || char.is_numeric())
            && words.split_whitespace().nth(3).is_some()
            || text.contains(". ");
        let beside_it = |cue: Cue| Source { mention: cue.mention, cue: Some(cue.verb), link: Link::Beside };
        let alone = at == start;
        let after = clauses.named_after(at, end, alone).map(beside_it);
        let before = || clauses.named_before(at, start).map(beside_it);
        let later = || clauses.named_later(at, end).map(beside_it);
        let other = || {
            let cue = clauses.named_by_colon(at, start).or_else(|| clauses.named_first(at, start));
            cue.map(beside_it)
        };
        let subject = || {
            let mention = clauses.clause_subject(start, at)?;
            Some(Source { mention, cue: None, link: Link::Subject })
        };
        // “Even as Obi said “…,” the clerk said …”: what opens the sentence leans on its own verb.
        let leans = !alone && clauses.items[start].class == Class::Subordinator;
        // “I told them, “Shut it.” They laughed.”: what follows a stop is a sentence of its own.
        let comma = clauses.items.get(at + 1).is_some_and(|item| item.class == Class::Comma);
        let stopped = !alone && last_char(text) == Some('.') && !comma;
        let own = match after {
            Some(source) if leans || stopped => before().or(Some(source)),
            Some(source) => Some(source),
            None if alone => later(),
            None => before().or(beside).or_else(later).or_else(other).or_else(subject),
        };
        let carried = || self.last.map(|source| Source { link: Link::Carried, ..source });
        let source = own.or_else(|| self.signed(number)).or_else(carried);
        // The sentence beside it says who speaks, even where the speaker could not be made out.
        let beside_speech = (number > 0 && self.clauses.holds_words_and_quote(number - 1))
            || clauses.sentences.get(number + 1).is_some_and(|next| {
                let cue = clauses.first_named(next.start, next.end);
                cue.is_some_and(|cue| clauses.is_person(cue.mention))
            });
        let marks_only = clauses.items[start..end].iter().all(|item| {
            matches!(item.class, Class::Quote(_) | Class::Comma | Class::Stop | Class::Dash | Class::Mark)
        });
        Spoken {
            span,
            source,
            opens_block: alone && number == 0,
            whole,
            alone: marks_only && !beside_speech && (number > 0 || self.ends_as_speech(text)),
            expects: (own.is_none() || at + 1 == clauses.items.len())
                && at + 1 == end
                && last_char(text) == Some(',')
                && words.split_whitespace().nth(3).is_some(),
        }
    }

    /// Whether the words end with a stop: without one, what stands alone is a heading.
    fn ends_as_speech(&self, text: &str) -> bool {
        last_char(text).is_some_and(|last| !last.is_alphanumeric())
    }

    /// The name under a quotation that is a sentence of its own, to the end of the block: “…” Ada Obi, The Herald; “…” Ada
    /// Obi, a clerk of the court
    fn signed(&self, number: usize) -> Option<Source> {
        let [_, last] = &self.clauses.sentences[number..] else { return None };
        let items = &self.clauses.items[last.clone()];
        let name = |class: Class| {
            matches!(
                class,
                Class::Name
                    | Class::Comma
                    | Class::Mark
                    | Class::Dash
                    | Class::Number
                    | Class::Preposition
                    | Class::Determiner
            )
        };
        let office = |class: Class| matches!(class, Class::Word | Class::Conjunction) || name(class);
        // Words of an office follow the name and a comma.
        let comma = items.iter().position(|item| item.class == Class::Comma).unwrap_or(items.len());
        let (head, rest) = items.split_at(comma);
        let ends = items.last().is_some_and(|item| item.class != Class::Stop);
        let signature = items.len() <= 18
            && head.iter().all(|item| name(item.class))
            && (rest.iter().all(|item| name(item.class))
                || ends && rest.iter().all(|item| office(item.class)));
        let first = items.iter().find(|item| item.class == Class::Name).filter(|_| signature)?;
        let at = self.clauses.items.partition_point(|item| item.span.start < first.span.start);
        let mention = self.clauses.phrase(at, last.end)?;
        Some(Source { mention, cue: None, link: Link::Beside })
    }
}

/// Who speaks in a sentence without a quotation, so that a quotation after it is theirs: whoever is named at its
/// end, the subject of its clause, or of any verb of saying in it.
fn sentence_voice(clauses: &Clauses<'_>, start: usize, end: usize) -> Option<Source> {
    let carried = |cue: Cue| Source { mention: cue.mention, cue: Some(cue.verb), link: Link::Carried };
    let named = clauses.named_later(start, end).or_else(|| clauses.first_named(start, end));
    named.map(carried).or_else(|| {
        let mention = clauses.clause_subject(start, end)?;
        Some(Source { mention, cue: None, link: Link::Carried })
    })
}
