//! The clauses around quotations: the writer's own words of a block in order, each quotation one item among them,
//! and who is the subject of a verb there.
//!
//! No parser: subjects are found from the order of words, as news copy has it (subject, verb, object; a verb of
//! saying before its subject only beside a quotation). Looks at one sentence at a time and never far.

use crate::document::sentence::Sentence;
use crate::document::token::{Shape, Token, TokenKind};
use crate::lexicon::saying::{self, Form, Kind};
use crate::text::span::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The writer's words of a block, quotations standing for themselves.
pub struct Clauses<'a> {
    pub prose: &'a str,
    pub items: Vec<Item>,
    /// The sentences, as ranges of items: a quotation is part of the sentence that it stands in.
    pub sentences: Vec<Range<usize>>,
}

/// One word, mark or quotation.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub span: Span,
    pub class: Class,
}

/// What an item is to its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A quotation, by its index.
    Quote(usize),
    Comma,
    Colon,
    Dash,
    /// What ends a sentence, and a semicolon.
    Stop,
    /// Brackets and any other mark.
    Mark,
    /// he, she, they, who …
    Pronoun,
    /// who, which, that after a noun
    Relative,
    /// the, a, his, two …
    Determiner,
    Preposition,
    /// and, but, or
    Conjunction,
    /// that, when, because …
    Subordinator,
    /// is, has, would, not, to …
    Auxiliary,
    Adverb,
    Saying(Form, Kind),
    /// A capitalised word, a handle, an acronym.
    Name,
    Number,
    Word,
}

/// What stands between a quotation and the words after it that may name its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    /// The quotation begins the sentence, and they follow it.
    Alone,
    /// As in a signature: “…” — Ada Obi
    Dash,
    /// They follow a comma, the quotation is part of a sentence.
    Later,
}

/// A verb that says who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    pub verb: Span,
    pub mention: Span,
}

impl<'a> Clauses<'a> {
    /// Reads the block's tokens; `quotes` are the spans of its outermost quotations, in order.
    pub fn new(prose: &'a str, tokens: &[Token], sentences: &[Sentence], quotes: &[Span]) -> Self {
        let mut items = Vec::new();
        let mut ends = Vec::new();
        let mut quote = 0;
        let mut stops = sentences.iter().map(|sentence| sentence.span.end).peekable();
        for (index, token) in tokens.iter().enumerate() {
            while quotes.get(quote).is_some_and(|span| span.end <= token.span.start) {
                quote += 1;
            }
            while stops.next_if(|end| *end <= token.span.start).is_some() {
                ends.push(items.len());
            }
            match quotes.get(quote) {
                Some(span) if token.span.start >= span.start => {
                    let opened = items.last().is_some_and(|item: &Item| item.class == Class::Quote(quote));
                    if !opened {
                        items.push(Item { span: *span, class: Class::Quote(quote) });
                    }
                }
                // The stop of an abbreviation (Mr., Sen.) ends nothing.
                _ if token.text(prose) == "." && goes_on(prose, tokens, index, stops.peek().copied()) => {}
                _ => {
                    let mut class = class(prose, token);
                    // “CBS This Morning”: within a name all its words are.
                    let within = items.last().is_some_and(|item: &Item| item.class == Class::Name);
                    if within && token.shape == Shape::Title && !text_is_i(token.text(prose)) {
                        class = if matches!(class, Class::Adverb | Class::Saying(..)) {
                            class
                        } else {
                            Class::Name
                        };
                    }
                    items.push(Item { span: token.span, class });
                }
            }
        }
        let mut clauses = Self { prose, items, sentences: Vec::new() };
        clauses.sentences = clauses.split(&ends);
        clauses
    }

    /// The sentences of the writer. A stop inside a quotation ends one only where the writer does not go on.
    fn split(&self, ends: &[usize]) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut first = 0;
        let mut ends = ends.iter().copied().peekable();
        for at in 1..self.items.len() {
            let mut ended = false;
            while ends.next_if(|end| *end <= at).is_some() {
                ended = true;
            }
            let after_quote = matches!(self.items[at - 1].class, Class::Quote(_));
            let ends_here = if after_quote { self.ends_after_quote(at) } else { ended };
            if ends_here {
                out.push(first..at);
                first = at;
            }
        }
        if first < self.items.len() {
            out.push(first..self.items.len());
        }
        out
    }

    /// Whether a new sentence begins at `at`, right after a quotation.
    fn ends_after_quote(&self, at: usize) -> bool {
        let stop = last_char(self.items[at - 1].span.of(self.prose));
        match stop {
            Some('.' | '!' | '?' | '…') => {}
            // The comma promises a speaker; what follows it begins anew.
            Some(',') => return self.begins_anew(at),
            _ => return matches!(self.items[at].class, Class::Quote(_)),
        }
        let next = self.items[at];
        match next.class {
            Class::Quote(_) => return true,
            Class::Comma | Class::Dash | Class::Mark | Class::Stop | Class::Colon => return false,
            _ => {}
        }
        let lower = next.span.of(self.prose).starts_with(char::is_lowercase);
        if lower {
            return false;
        }
        // “Why?” Ada Obi asked. — but “It is late.” Ada Obi left.
        !self.names_speaker_at(at, stop == Some('.'))
    }

    /// Whether the item is a capitalised function word, which goes on with nothing: The, He, But.
    fn begins_anew(&self, at: usize) -> bool {
        let item = self.items[at];
        let function = matches!(
            item.class,
            Class::Determiner
                | Class::Pronoun
                | Class::Preposition
                | Class::Conjunction
                | Class::Subordinator
        );
        let text = self.text(at);
        // “We won,” The Herald wrote: a name that begins so.
        let named = self.names_speaker_at(at, false);
        function && text.starts_with(char::is_uppercase) && !text_is_i(text) && !self.is(at, "as") && !named
    }

    /// Whether the words at `at` are “NAME said” and do not go on to a quotation of their own.
    fn names_speaker_at(&self, at: usize, strict: bool) -> bool {
        let stop = |item: &Item| matches!(item.class, Class::Stop | Class::Colon | Class::Quote(_));
        let length = self.items[at..].iter().take(24).position(stop).unwrap_or(24.min(self.items.len() - at));
        let clause = &self.items[at..at + length];
        let verb = clause.iter().position(|item| matches!(item.class, Class::Saying(..)));
        let Some(verb) = verb else {
            return !strict && clause.len() < 6 && self.verb_after(at, at + length, Tail::Alone).is_some();
        };
        let after = self.items[at + verb + 1..].iter().take(2).take_while(|item| item.class != Class::Stop);
        // “…,” The Herald reported, “and …”: the quotation goes on.
        let goes_on = |item: &Item| {
            let words = item.span.of(self.prose);
            words.trim_start_matches(['"', '“', '‘', '\'', '…', ' ']).starts_with(char::is_lowercase)
        };
        let to_quote = after.clone().any(|item| match item.class {
            Class::Quote(_) => !goes_on(item),
            class => class == Class::Colon,
        });
        let near = if strict { clause.len() - verb == 1 } else { verb <= 12 };
        let subject =
            |item: &Item| !matches!(item.class, Class::Auxiliary | Class::Subordinator | Class::Conjunction);
        !to_quote && near && clause[..verb].iter().all(subject)
    }

    /// Whether a sentence has a quotation and words of the writer's with it.
    pub fn holds_words_and_quote(&self, sentence: usize) -> bool {
        let items = &self.items[self.sentences[sentence].clone()];
        let quote = items.iter().any(|item| matches!(item.class, Class::Quote(_)));
        let marks =
            |class| matches!(class, Class::Quote(_) | Class::Comma | Class::Stop | Class::Dash | Class::Mark);
        quote && items.iter().any(|item| !marks(item.class))
    }

    /// Whether a mention may be a person's: a name, or he, she, they, I, we.
    pub fn is_person(&self, mention: Span) -> bool {
        let from = self.items.partition_point(|item| item.span.start < mention.start);
        let words = self.items[from..].iter().take_while(|item| item.span.end <= mention.end);
        let pronoun = ["he", "she", "they", "i", "we"].iter().any(|pronoun| self.is(from, pronoun));
        pronoun || words.into_iter().any(|item| item.class == Class::Name)
    }

    /// Who is named right after the quotation at `at` as the one who said it: “, said Ada Obi”, “Ada Obi said”,
    /// “, according to the report”.
    pub fn named_after(&self, at: usize, end: usize, alone: bool) -> Option<Cue> {
        let mut next = at + 1;
        let inner = last_char(self.items[at].span.of(self.prose));
        let mark = |item: &&Item| item.class == Class::Comma || (alone && item.class == Class::Dash);
        let outer = self.items.get(next).filter(|_| next < end).filter(mark);
        if outer.is_some() {
            next += 1;
        }
        let invites =
            alone || outer.is_some() || matches!(inner, Some(',' | '?' | '!' | '—' | '–' | '-' | '.' | '…'));
        if !invites {
            return None;
        }
        let tail = match outer {
            Some(item) if item.class == Class::Dash => Tail::Dash,
            _ if alone => Tail::Alone,
            _ => Tail::Later,
        };
        self.named_from(next, end, tail)
    }

    /// Who is named after a comma further on in the sentence of the quotation at `at`: “a ‘very long day’ for all of
    /// us, Ada Obi said”.
    pub fn named_later(&self, at: usize, end: usize) -> Option<Cue> {
        let comma = |index: &usize| match self.items[*index].class {
            Class::Comma => true,
            Class::Quote(_) => last_char(self.text(*index)) == Some(','),
            _ => false,
        };
        (at + 1..end).filter(comma).find_map(|comma| {
            let cue = self.named_from(comma + 1, end, Tail::Later)?;
            // The words after the verb must not go on to something that it says.
            let verb = self.items[comma..end].iter().position(|item| item.span == cue.verb)? + comma;
            let next = self.items.get(verb + 1).filter(|_| verb + 1 < end);
            let said = next.is_none_or(|item| {
                !matches!(item.class, Class::Subordinator | Class::Quote(_) | Class::Colon)
            });
            said.then_some(cue)
        })
    }

    /// Who is named at `at` as the one who said what stands before it.
    fn named_from(&self, at: usize, end: usize, tail: Tail) -> Option<Cue> {
        let rest = &self.items[at.min(end)..end];
        let first = rest.first()?;
        let lead = rest.iter().take_while(|item| item.class == Class::Adverb).count();
        let verb_at = at + lead;
        if self.is(at, "according") && self.is(at + 1, "to") {
            let mention = self.phrase(at + 2, end)?;
            return Some(Cue { verb: first.span.to(self.items[at + 1].span), mention });
        }
        if self.is(at, "as") {
            return self.named_from(at + 1, end, tail);
        }
        if let Some(Item { class: Class::Saying(form, _), span }) = rest.get(lead)
            && *form != Form::Participle
        {
            // said Ada Obi; but “said in a statement” names nobody here.
            let subject = verb_at + 1 + self.adverbs(verb_at + 1, end);
            let object = self.items.get(subject).filter(|_| subject < end)?;
            if matches!(
                object.class,
                Class::Pronoun | Class::Determiner | Class::Name | Class::Word | Class::Relative
            ) {
                return Some(Cue { verb: *span, mention: self.phrase(subject, end)? });
            }
            return None;
        }
        if tail == Tail::Dash && first.class == Class::Name {
            let mention = self.phrase(at, end)?;
            return Some(Cue { verb: mention, mention });
        }
        if self.is(at, "who")
            || !matches!(
                first.class,
                Class::Pronoun | Class::Determiner | Class::Name | Class::Word | Class::Number
            )
        {
            return None;
        }
        let mention = self.phrase(at, end)?;
        let verb = self.verb_after(at, end, tail)?;
        Some(Cue { verb: self.items[verb].span, mention })
    }

    /// The verb whose subject begins at `at`: the first verb of saying, over apposition and relative clauses.
    fn verb_after(&self, at: usize, end: usize, tail: Tail) -> Option<usize> {
        let limit = end.min(at + 40);
        let mut index = at + self.phrase_length(at, end).max(1);
        let direct = index;
        let mut open = false;
        while index < limit {
            let item = self.items[index];
            match item.class {
                Class::Saying(form, _) if form != Form::Participle && self.is_verb(index) => {
                    return Some(index);
                }
                Class::Adverb => {}
                Class::Auxiliary if open || !is_being(self.text(index)) => {}
                // Ada Obi, the mayor, …; a clerk at the court …; Obi, who left, …
                Class::Comma | Class::Preposition | Class::Relative | Class::Mark
                    if self.items[at].class != Class::Pronoun =>
                {
                    open = true;
                }
                Class::Pronoun if self.is(index, "who") => open = true,
                Class::Quote(_)
                    if open
                        && item.span.len() < 40
                        && last_char(item.span.of(self.prose)).is_some_and(char::is_alphanumeric) => {}
                Class::Quote(_) | Class::Stop | Class::Colon => return None,
                // “Ada Obi fumed.”: any verb will do where nothing but the subject stands before it.
                Class::Word
                    if tail == Tail::Alone
                        && index == direct
                        && self.looks_past(index)
                        && self.ends_clause(index + 1, limit) =>
                {
                    return Some(index);
                }
                _ if !open => return None,
                _ => {}
            }
            index += 1;
        }
        None
    }

    fn looks_past(&self, index: usize) -> bool {
        let word = self.text(index);
        word.ends_with("ed") || IRREGULAR_PAST.binary_search(&word).is_ok()
    }

    fn ends_clause(&self, index: usize, limit: usize) -> bool {
        index >= limit
            || matches!(
                self.items[index].class,
                Class::Stop | Class::Comma | Class::Preposition | Class::Adverb
            )
    }

    /// Whether a word that may be a verb of saying stands as one: not “the notes”, not “his report”, not “Obi's
    /// proposed law”.
    pub fn is_verb(&self, index: usize) -> bool {
        let Class::Saying(form, _) = self.items[index].class else { return false };
        let Some(before) = index.checked_sub(1).map(|index| self.items[index]) else { return true };
        let word = before.span.of(self.prose);
        let possessive = ["'s", "’s", "s'", "s’"].iter().any(|ending| word.ends_with(ending));
        match before.class {
            Class::Pronoun | Class::Relative | Class::Auxiliary | Class::Quote(_) => true,
            Class::Determiner | Class::Number => false,
            Class::Preposition => form == Form::Participle,
            _ if possessive => false,
            Class::Name | Class::Adverb | Class::Comma | Class::Conjunction | Class::Dash | Class::Mark => {
                true
            }
            // “the report notes that …”, “officials say it is”; but “the peace talks report”.
            _ if matches!(form, Form::Plain | Form::Third) => self.items.get(index + 1).is_none_or(|next| {
                matches!(
                    next.class,
                    Class::Subordinator
                        | Class::Quote(_)
                        | Class::Comma
                        | Class::Colon
                        | Class::Pronoun
                        | Class::Stop
                )
            }),
            _ => true,
        }
    }

    /// The nearest verb of saying before the quotation at `at` in its sentence, and its subject. Where the subject is
    /// a pronoun inside what somebody else is reported to say, that somebody.
    pub fn named_before(&self, at: usize, start: usize) -> Option<Cue> {
        let mut found: Option<Cue> = None;
        let mut index = at;
        while index > start {
            index -= 1;
            let item = self.items[index];
            if matches!(item.class, Class::Quote(_)) || (found.is_some() && item.class == Class::Conjunction)
            {
                break;
            }
            if item.class == Class::Comma {
                index = self.over_relative(index, start);
                continue;
            }
            if found.is_none() && self.is(index, "according") && self.is(index + 1, "to") {
                let mention = self.phrase(index + 2, at)?;
                return Some(Cue { verb: item.span.to(self.items[index + 1].span), mention });
            }
            let Class::Saying(_, kind) = item.class else { continue };
            if !self.is_verb(index) || (found.is_some() && kind != Kind::Saying) {
                continue;
            }
            let Some(mention) = self.subject(index, start, at) else { continue };
            found = Some(Cue { verb: item.span, mention });
            if !self.is_reported(mention, start) {
                break;
            }
        }
        found
    }

    /// The start of a relative clause that ends with the comma at `comma`: “, who some say is late,”. Else the comma.
    fn over_relative(&self, comma: usize, start: usize) -> usize {
        let before = self.items[start..comma].iter().rposition(|item| item.class == Class::Comma);
        match before.map(|before| start + before) {
            Some(before) if self.items[before + 1].class == Class::Relative || self.is(before + 1, "who") => {
                before
            }
            _ => comma,
        }
    }

    /// Whether a subject is a pronoun inside what somebody else may be reported to say: not in “which he called”.
    fn is_reported(&self, mention: Span, start: usize) -> bool {
        let index = self.items.partition_point(|item| item.span.start < mention.start);
        let pronoun = ["he", "she", "they", "it"].iter().any(|pronoun| self.is(index, pronoun));
        let relative = index > start
            && (self.items[index - 1].class == Class::Relative
                || self.is(index - 1, "who")
                || self.is(index - 1, "as"));
        pronoun && !relative
    }

    /// Whose name stands before the colon before the quotation at `at`: “Obi: …”, “more from the clerk: …”.
    pub fn named_by_colon(&self, at: usize, start: usize) -> Option<Cue> {
        let colon = at.checked_sub(1).filter(|colon| *colon > start)?;
        let name = self.items[colon - 1].class == Class::Name;
        if self.items[colon].class != Class::Colon || !name {
            return None;
        }
        Some(Cue { verb: self.items[colon].span, mention: self.phrase_back(colon - 1, start)? })
    }

    /// Whom the sentence names at its start: “According to Obi, …”.
    pub fn named_first(&self, at: usize, start: usize) -> Option<Cue> {
        if !self.is(start, "according") || !self.is(start + 1, "to") {
            return None;
        }
        let verb = self.items[start].span.to(self.items[start + 1].span);
        Some(Cue { verb, mention: self.phrase(start + 2, at)? })
    }

    /// The first verb of saying in a stretch, and its subject.
    pub fn first_named(&self, start: usize, end: usize) -> Option<Cue> {
        (start..end).find_map(|index| {
            let Class::Saying(form, _) = self.items[index].class else { return None };
            if form == Form::Participle || !self.is_verb(index) {
                return None;
            }
            Some(Cue { verb: self.items[index].span, mention: self.subject(index, start, end)? })
        })
    }

    /// The subject of the verb at `verb`, looked for back to `start`; for a passive, who it is done by, up to `end`.
    fn subject(&self, verb: usize, start: usize, end: usize) -> Option<Span> {
        let Class::Saying(form, _) = self.items[verb].class else { return None };
        let mut index = verb;
        let mut passive = false;
        while index > start && matches!(self.items[index - 1].class, Class::Adverb | Class::Auxiliary) {
            index -= 1;
            passive |= form == Form::Past && is_being(self.text(index));
            // “who Obi on Friday called”
            if self.is(index.wrapping_sub(1), "on")
                && index > start + 1
                && self.items[index].class == Class::Adverb
            {
                index -= 1;
            }
        }
        if passive {
            let by = (verb + 1..(end + 2).min(self.items.len())).find(|index| self.is(*index, "by"))?;
            return self.phrase(by + 1, self.items.len());
        }
        // “Said Ada Obi: …”, “asked Obi, …” at the start of a sentence.
        if index == start {
            return if form == Form::Participle { None } else { self.phrase(verb + 1, self.items.len()) };
        }
        let before = index - 1;
        match self.items[before].class {
            Class::Pronoun | Class::Relative => Some(self.items[before].span),
            Class::Subordinator if self.is(before, "that") => Some(self.items[before].span),
            Class::Comma | Class::Dash | Class::Mark | Class::Quote(_) if form == Form::Participle => {
                self.main_subject(start, before)
            }
            // “The point, says Ada Obi, is …”
            Class::Comma if self.is_parenthesis(verb) => self.phrase(verb + 1, self.items.len()),
            Class::Comma | Class::Dash | Class::Mark => self.head_over_commas(before, start),
            Class::Conjunction if form == Form::Participle => self
                .earlier_participle(before, start)
                .and_then(|earlier| self.subject(earlier, start, end))
                .or_else(|| self.main_subject(start, before)),
            Class::Conjunction => self.main_subject(start, before),
            Class::Word if form == Form::Participle && is_document(self.text(before)) => {
                self.main_subject(start, before).or_else(|| self.phrase_back(before, start))
            }
            Class::Quote(_) if before == start => self.phrase(verb + 1, self.items.len()),
            Class::Quote(_) => self.head_over_commas(before, start),
            Class::Name | Class::Number | Class::Word => {
                let phrase = self.phrase_back(before, start)?;
                let first = self.items.partition_point(|item| item.span.start < phrase.start);
                // “sent a message to voters saying …”: not the voters.
                let object = form == Form::Participle
                    && first > start
                    && self.items[first - 1].class == Class::Preposition
                    && !self.is(first - 1, "with");
                if object { self.main_subject(start, before).or(Some(phrase)) } else { Some(phrase) }
            }
            Class::Saying(..) if form != Form::Participle => {
                self.phrase_back(before, start).or_else(|| self.clause_subject(start, before))
            }
            _ => self.clause_subject(start, before),
        }
    }

    fn earlier_participle(&self, at: usize, start: usize) -> Option<usize> {
        (start..at).rev().find(|index| matches!(self.items[*index].class, Class::Saying(Form::Participle, _)))
    }

    /// Whether the verb's subject follows it, and a comma that.
    fn is_parenthesis(&self, verb: usize) -> bool {
        let after = verb + 1;
        let noun =
            self.items.get(after).is_some_and(|item| matches!(item.class, Class::Name | Class::Determiner));
        let next = after + self.phrase_length(after, self.items.len());
        noun && self.items.get(next).is_none_or(|item| matches!(item.class, Class::Comma))
    }

    /// The subject over an apposition that ends before the comma at `comma`: “Ada Obi, the mayor, (said)”.
    fn head_over_commas(&self, comma: usize, start: usize) -> Option<Span> {
        let mut end = comma;
        let mut fallback = None;
        loop {
            let is_edge = |item: &Item| {
                matches!(item.class, Class::Comma | Class::Dash | Class::Mark | Class::Quote(_))
            };
            let open = self.items[start..end].iter().rposition(is_edge).map(|index| start + index);
            let from = open.map_or(start, |open| open + 1);
            if from < end {
                let first = self.items[from];
                let apposition = open.is_some()
                    && (end == comma
                        || matches!(
                            first.class,
                            Class::Determiner
                                | Class::Relative
                                | Class::Pronoun
                                | Class::Preposition
                                | Class::Number
                                | Class::Subordinator
                        )
                        || first.span.of(self.prose).starts_with(char::is_lowercase)
                        || is_party(first.span.of(self.prose)));
                if !apposition {
                    return self
                        .phrase_back(end - 1, from)
                        .or_else(|| self.clause_subject(from, end))
                        .or(fallback);
                }
                fallback = fallback.or_else(|| self.phrase_back(end - 1, from));
            }
            match open {
                Some(open) if open > start => end = open,
                _ => return fallback,
            }
        }
    }

    /// The subject that holds at `at`: the nearest phrase before it that begins a clause and has a verb.
    pub fn clause_subject(&self, start: usize, at: usize) -> Option<Span> {
        self.nearest_subject(start, at, |_| true)
    }

    /// The same, but of no clause that “that”, “when” or “because” opens.
    fn main_subject(&self, start: usize, at: usize) -> Option<Span> {
        let main = |index: usize| {
            let before = |item: &Item| item.class == Class::Subordinator;
            index == start || !before(&self.items[index - 1])
        };
        self.nearest_subject(start, at, main).or_else(|| self.clause_subject(start, at))
    }

    fn nearest_subject(&self, start: usize, at: usize, allowed: impl Fn(usize) -> bool) -> Option<Span> {
        (start..at).rev().filter(|index| allowed(*index)).find_map(|index| {
            let begins = index == start || self.begins_clause(index - 1, start);
            if !begins {
                return None;
            }
            let item = self.items[index];
            match item.class {
                Class::Pronoun if is_subject(self.text(index)) => Some(item.span),
                Class::Name | Class::Determiner | Class::Number | Class::Word => {
                    let length = self.phrase_length(index, at);
                    let next = index + length;
                    if length == 0 || next > at {
                        return None;
                    }
                    let named = item.class == Class::Name;
                    let verb = next == at
                        || match self.items[next].class {
                            Class::Auxiliary | Class::Saying(..) | Class::Adverb | Class::Relative => true,
                            Class::Word => named || self.looks_past(next) || self.text(next).ends_with('s'),
                            Class::Comma | Class::Conjunction | Class::Mark => named || index == start,
                            Class::Preposition => index == start,
                            _ => false,
                        };
                    if verb { self.phrase(index, at) } else { None }
                }
                _ => None,
            }
        })
    }

    /// Whether a clause may begin after the item at `index`.
    fn begins_clause(&self, index: usize, start: usize) -> bool {
        match self.items[index].class {
            Class::Comma
            | Class::Conjunction
            | Class::Subordinator
            | Class::Stop
            | Class::Colon
            | Class::Dash => true,
            Class::Adverb => index == start || self.begins_clause(index - 1, start),
            _ => false,
        }
    }

    /// The noun phrase that begins at `at`: to its verb, a comma or a preposition other than of.
    pub fn phrase(&self, at: usize, end: usize) -> Option<Span> {
        let length = self.phrase_length(at, end);
        let last = at + length.checked_sub(1)?;
        Some(self.items[at].span.to(self.items[last].span))
    }

    fn phrase_length(&self, at: usize, end: usize) -> usize {
        let mut length = 0;
        let mut noun = false;
        for index in at..end.min(at + 16).min(self.items.len()) {
            match self.items[index].class {
                Class::Pronoun | Class::Relative => return if length == 0 { 1 } else { length },
                Class::Name => noun = true,
                Class::Determiner if length > 0 && !self.is_of(index - 1) => break,
                Class::Determiner | Class::Number => {}
                Class::Word => {
                    // After a name a word in lower case may be its verb.
                    if noun && self.looks_past(index) {
                        break;
                    }
                    noun = true;
                }
                Class::Preposition if noun && self.is_of(index) => {}
                Class::Saying(form, _) if form != Form::Past && length > 0 && !noun => noun = true,
                _ => break,
            }
            length = index + 1 - at;
        }
        while length > 0 && self.is_of(at + length - 1) {
            length -= 1;
        }
        length
    }

    fn is_of(&self, index: usize) -> bool {
        self.is(index, "of")
    }

    /// The noun phrase that ends at `last`.
    fn phrase_back(&self, last: usize, start: usize) -> Option<Span> {
        let mut from = last + 1;
        let mut index = last;
        loop {
            match self.items[index].class {
                Class::Name | Class::Number | Class::Word => from = index,
                Class::Determiner => {
                    from = index;
                    break;
                }
                Class::Pronoun if from > last => {
                    from = index;
                    break;
                }
                Class::Saying(form, _) if form != Form::Past && from > last => from = index,
                // a spokesman for the company
                Class::Preposition if index > start && from <= last && self.is_noun(index - 1) => {
                    let Some(wider) = self.phrase_back(index - 1, start) else { break };
                    let before =
                        self.items[start..].partition_point(|item| item.span.end <= wider.start) + start;
                    let begins = before == start
                        || matches!(
                            self.items[before - 1].class,
                            Class::Comma
                                | Class::Conjunction
                                | Class::Subordinator
                                | Class::Colon
                                | Class::Quote(_)
                                | Class::Adverb
                        );
                    return if begins {
                        Some(wider.to(self.items[last].span))
                    } else {
                        Some(self.items[from].span.to(self.items[last].span))
                    };
                }
                _ => break,
            }
            if index == start {
                break;
            }
            index -= 1;
        }
        (from <= last).then(|| self.items[from].span.to(self.items[last].span))
    }

    fn is_noun(&self, index: usize) -> bool {
        matches!(self.items[index].class, Class::Word | Class::Name)
    }

    fn adverbs(&self, at: usize, end: usize) -> usize {
        self.items[at.min(end)..end].iter().take_while(|item| item.class == Class::Adverb).count()
    }

    fn text(&self, index: usize) -> &'a str {
        self.items.get(index).map_or("", |item| item.span.of(self.prose))
    }

    fn is(&self, index: usize, word: &str) -> bool {
        self.text(index).eq_ignore_ascii_case(word)
    }
}

/// Whether more words of the sentence that ends at `end` follow the token at `index`.
fn goes_on(prose: &str, tokens: &[Token], index: usize, end: Option<u32>) -> bool {
    let rest = tokens[index + 1..].iter().take_while(|token| end.is_none_or(|end| token.span.start < end));
    rest.take(4).any(|token| !matches!(token.text(prose), "\"" | "”" | "’" | "'" | ")" | "]" | "»"))
}

/// The last character of a quotation before its closing marks.
pub fn last_char(quote: &str) -> Option<char> {
    quote.trim_end_matches(['"', '”', '“', '’', '\'', '‘', '»', ' ', '\n']).chars().next_back()
}

fn text_is_i(word: &str) -> bool {
    word == "I" || word.starts_with("I'") || word.starts_with("I’")
}

fn is_being(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being")
}

fn is_subject(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "he" | "she" | "they" | "it" | "i" | "we" | "you" | "who" | "everyone" | "others" | "someone" | "one"
    ) || word.contains(['\'', '’'])
}

/// What people put out that says something: “issued a statement saying”.
fn is_document(word: &str) -> bool {
    matches!(
        word,
        "statement"
            | "tweet"
            | "tweets"
            | "email"
            | "emails"
            | "letter"
            | "post"
            | "message"
            | "release"
            | "memo"
            | "note"
            | "article"
            | "op-ed"
            | "video"
            | "ad"
            | "report"
            | "interview"
            | "speech"
    )
}

/// R-Ohio, D-N.Y.
fn is_party(word: &str) -> bool {
    matches!(word.as_bytes(), [b'R' | b'D' | b'I', b'-', ..])
}

fn class(prose: &str, token: &Token) -> Class {
    let text = token.text(prose);
    match token.kind {
        TokenKind::Punctuation => {
            return match text {
                "," => Class::Comma,
                ":" => Class::Colon,
                "—" | "–" | "--" | "-" | "---" => Class::Dash,
                "." | "!" | "?" | ";" | "…" | "..." => Class::Stop,
                _ => Class::Mark,
            };
        }
        TokenKind::Number => return Class::Number,
        TokenKind::Handle | TokenKind::Hashtag | TokenKind::Url | TokenKind::Email | TokenKind::Object => {
            return Class::Name;
        }
        TokenKind::Symbol | TokenKind::Code => return Class::Mark,
        TokenKind::Word => {}
    }
    if token.shape == Shape::Lower {
        return word_class(text);
    }
    // A capitalised word is a name unless it is a function word at the start of a sentence.
    if token.shape == Shape::Upper && text != "I" {
        return Class::Name;
    }
    let lower = text.to_lowercase();
    match word_class(&lower) {
        Class::Saying(form, kind)
            if form != Form::Plain
                && matches!(
                    lower.as_str(),
                    "said"
                        | "says"
                        | "writes"
                        | "adds"
                        | "argues"
                        | "explains"
                        | "notes"
                        | "concludes"
                        | "reports"
                        | "stated"
                        | "asked"
                        | "added"
                        | "wrote"
                        | "calling"
                        | "speaking"
                        | "writing"
                        | "citing"
                        | "responding"
                        | "noting"
                ) =>
        {
            Class::Saying(form, kind)
        }
        Class::Word | Class::Saying(..) | Class::Auxiliary if !is_function(&lower) => Class::Name,
        Class::Adverb if !lower.ends_with("ly") && token.shape == Shape::Upper => Class::Name,
        class => class,
    }
}

fn is_function(word: &str) -> bool {
    function_class(word).is_some()
}

fn function_class(word: &str) -> Option<Class> {
    static CLASSES: LazyLock<FxHashMap<&str, Class>> =
        LazyLock::new(|| FUNCTION_WORDS.iter().copied().collect());
    CLASSES.get(word).copied()
}

fn word_class(word: &str) -> Class {
    if let Some(class) = function_class(word) {
        return class;
    }
    if let Some((form, kind)) = saying::verb(word) {
        return Class::Saying(form, kind);
    }
    if word.len() > 4
        && word.ends_with("ly")
        && !matches!(
            word,
            "family"
                | "ally"
                | "rally"
                | "reply"
                | "bully"
                | "assembly"
                | "italy"
                | "billy"
                | "kelly"
                | "molly"
                | "sally"
                | "july"
        )
    {
        return Class::Adverb;
    }
    let contracted = word.ends_with("n't") || word.ends_with("n’t");
    if contracted { Class::Auxiliary } else { Class::Word }
}

/// Pasts that do not end in -ed, of verbs that are none of saying.
const IRREGULAR_PAST: &[&str] = &[
    "became",
    "began",
    "bent",
    "bid",
    "bought",
    "broke",
    "brought",
    "built",
    "came",
    "cast",
    "caught",
    "chose",
    "cost",
    "crept",
    "cut",
    "dealt",
    "drew",
    "drove",
    "fell",
    "flew",
    "forgave",
    "forgot",
    "fought",
    "froze",
    "gave",
    "got",
    "grew",
    "hid",
    "hung",
    "hurt",
    "kept",
    "laid",
    "lay",
    "leapt",
    "led",
    "left",
    "lent",
    "let",
    "lost",
    "made",
    "met",
    "overcame",
    "paid",
    "quit",
    "ran",
    "rode",
    "rose",
    "sat",
    "saw",
    "sent",
    "set",
    "shook",
    "shut",
    "slept",
    "sold",
    "sought",
    "spent",
    "split",
    "spread",
    "spun",
    "stole",
    "stood",
    "struck",
    "stuck",
    "swept",
    "threw",
    "thrust",
    "took",
    "understood",
    "undertook",
    "went",
    "withdrew",
    "woke",
    "won",
    "wore",
];

/// Words that hold clauses together.
const FUNCTION_WORDS: &[(&str, Class)] = &[
    ("a", Class::Determiner),
    ("about", Class::Preposition),
    ("across", Class::Preposition),
    ("after", Class::Preposition),
    ("afterward", Class::Adverb),
    ("afterwards", Class::Adverb),
    ("again", Class::Adverb),
    ("against", Class::Preposition),
    ("all", Class::Determiner),
    ("along", Class::Preposition),
    ("already", Class::Adverb),
    ("also", Class::Adverb),
    ("although", Class::Subordinator),
    ("always", Class::Adverb),
    ("am", Class::Auxiliary),
    ("amid", Class::Preposition),
    ("among", Class::Preposition),
    ("an", Class::Determiner),
    ("and", Class::Conjunction),
    ("another", Class::Determiner),
    ("any", Class::Determiner),
    ("anyone", Class::Pronoun),
    ("are", Class::Auxiliary),
    ("around", Class::Preposition),
    ("as", Class::Subordinator),
    ("at", Class::Preposition),
    ("away", Class::Adverb),
    ("back", Class::Adverb),
    ("be", Class::Auxiliary),
    ("because", Class::Subordinator),
    ("been", Class::Auxiliary),
    ("before", Class::Preposition),
    ("behind", Class::Preposition),
    ("being", Class::Auxiliary),
    ("between", Class::Preposition),
    ("beyond", Class::Preposition),
    ("both", Class::Determiner),
    ("but", Class::Conjunction),
    ("by", Class::Preposition),
    ("can", Class::Auxiliary),
    ("cannot", Class::Auxiliary),
    ("could", Class::Auxiliary),
    ("despite", Class::Preposition),
    ("did", Class::Auxiliary),
    ("do", Class::Auxiliary),
    ("does", Class::Auxiliary),
    ("down", Class::Adverb),
    ("during", Class::Preposition),
    ("each", Class::Determiner),
    ("earlier", Class::Adverb),
    ("eight", Class::Determiner),
    ("even", Class::Adverb),
    ("ever", Class::Adverb),
    ("every", Class::Determiner),
    ("everybody", Class::Pronoun),
    ("everyone", Class::Pronoun),
    ("famously", Class::Adverb),
    ("few", Class::Determiner),
    ("first", Class::Adverb),
    ("five", Class::Determiner),
    ("for", Class::Preposition),
    ("four", Class::Determiner),
    ("friday", Class::Adverb),
    ("from", Class::Preposition),
    ("further", Class::Adverb),
    ("get", Class::Auxiliary),
    ("gets", Class::Auxiliary),
    ("got", Class::Auxiliary),
    ("had", Class::Auxiliary),
    ("has", Class::Auxiliary),
    ("have", Class::Auxiliary),
    ("having", Class::Auxiliary),
    ("he", Class::Pronoun),
    ("he'd", Class::Pronoun),
    ("he's", Class::Pronoun),
    ("her", Class::Determiner),
    ("here", Class::Adverb),
    ("he’d", Class::Pronoun),
    ("he’s", Class::Pronoun),
    ("him", Class::Pronoun),
    ("his", Class::Determiner),
    ("how", Class::Subordinator),
    ("however", Class::Adverb),
    ("i", Class::Pronoun),
    ("i'd", Class::Pronoun),
    ("i've", Class::Pronoun),
    ("if", Class::Subordinator),
    ("in", Class::Preposition),
    ("indeed", Class::Adverb),
    ("inside", Class::Preposition),
    ("instead", Class::Adverb),
    ("into", Class::Preposition),
    ("is", Class::Auxiliary),
    ("it", Class::Pronoun),
    ("its", Class::Determiner),
    ("i’d", Class::Pronoun),
    ("i’ve", Class::Pronoun),
    ("just", Class::Adverb),
    ("later", Class::Adverb),
    ("like", Class::Preposition),
    ("many", Class::Determiner),
    ("may", Class::Auxiliary),
    ("maybe", Class::Adverb),
    ("me", Class::Pronoun),
    ("meanwhile", Class::Adverb),
    ("might", Class::Auxiliary),
    ("monday", Class::Adverb),
    ("moreover", Class::Adverb),
    ("most", Class::Determiner),
    ("must", Class::Auxiliary),
    ("my", Class::Determiner),
    ("near", Class::Preposition),
    ("never", Class::Adverb),
    ("nevertheless", Class::Adverb),
    ("nine", Class::Determiner),
    ("no", Class::Determiner),
    ("nobody", Class::Pronoun),
    ("nonetheless", Class::Adverb),
    ("nor", Class::Conjunction),
    ("not", Class::Auxiliary),
    ("now", Class::Adverb),
    ("of", Class::Preposition),
    ("off", Class::Preposition),
    ("often", Class::Adverb),
    ("on", Class::Preposition),
    ("on-air", Class::Adverb),
    ("once", Class::Subordinator),
    ("once-again", Class::Adverb),
    ("one", Class::Determiner),
    ("one's", Class::Pronoun),
    ("only", Class::Adverb),
    ("onto", Class::Preposition),
    ("or", Class::Conjunction),
    ("other", Class::Determiner),
    ("others", Class::Pronoun),
    ("otherwise", Class::Adverb),
    ("ought", Class::Auxiliary),
    ("our", Class::Determiner),
    ("out", Class::Adverb),
    ("outside", Class::Preposition),
    ("over", Class::Preposition),
    ("per", Class::Preposition),
    ("perhaps", Class::Adverb),
    ("plus", Class::Conjunction),
    ("quite", Class::Adverb),
    ("rather", Class::Adverb),
    ("recently", Class::Adverb),
    ("regarding", Class::Preposition),
    ("repeatedly", Class::Adverb),
    ("right", Class::Adverb),
    ("saturday", Class::Adverb),
    ("seven", Class::Determiner),
    ("several", Class::Determiner),
    ("shall", Class::Auxiliary),
    ("she", Class::Pronoun),
    ("she'd", Class::Pronoun),
    ("she's", Class::Pronoun),
    ("she’d", Class::Pronoun),
    ("she’s", Class::Pronoun),
    ("should", Class::Auxiliary),
    ("simply", Class::Adverb),
    ("since", Class::Subordinator),
    ("six", Class::Determiner),
    ("so", Class::Subordinator),
    ("some", Class::Determiner),
    ("somebody", Class::Pronoun),
    ("someone", Class::Pronoun),
    ("sometimes", Class::Adverb),
    ("soon", Class::Adverb),
    ("still", Class::Adverb),
    ("such", Class::Determiner),
    ("sunday", Class::Adverb),
    ("ten", Class::Determiner),
    ("than", Class::Subordinator),
    ("that", Class::Subordinator),
    ("the", Class::Determiner),
    ("their", Class::Determiner),
    ("them", Class::Pronoun),
    ("then", Class::Adverb),
    ("there", Class::Adverb),
    ("therefore", Class::Adverb),
    ("these", Class::Determiner),
    ("they", Class::Pronoun),
    ("they'd", Class::Pronoun),
    ("they've", Class::Pronoun),
    ("they’d", Class::Pronoun),
    ("they’ve", Class::Pronoun),
    ("this", Class::Determiner),
    ("those", Class::Determiner),
    ("though", Class::Subordinator),
    ("three", Class::Determiner),
    ("through", Class::Preposition),
    ("thursday", Class::Adverb),
    ("thus", Class::Adverb),
    ("to", Class::Preposition),
    ("today", Class::Adverb),
    ("tomorrow", Class::Adverb),
    ("tonight", Class::Adverb),
    ("too", Class::Adverb),
    ("toward", Class::Preposition),
    ("towards", Class::Preposition),
    ("tuesday", Class::Adverb),
    ("twice", Class::Adverb),
    ("two", Class::Determiner),
    ("under", Class::Preposition),
    ("unless", Class::Subordinator),
    ("unlike", Class::Preposition),
    ("until", Class::Subordinator),
    ("up", Class::Adverb),
    ("upon", Class::Preposition),
    ("us", Class::Pronoun),
    ("via", Class::Preposition),
    ("was", Class::Auxiliary),
    ("we", Class::Pronoun),
    ("we've", Class::Pronoun),
    ("wednesday", Class::Adverb),
    ("were", Class::Auxiliary),
    ("we’ve", Class::Pronoun),
    ("what", Class::Subordinator),
    ("whatever", Class::Subordinator),
    ("when", Class::Subordinator),
    ("whenever", Class::Subordinator),
    ("where", Class::Subordinator),
    ("whether", Class::Subordinator),
    ("which", Class::Relative),
    ("while", Class::Subordinator),
    ("who", Class::Pronoun),
    ("whom", Class::Relative),
    ("whose", Class::Relative),
    ("why", Class::Subordinator),
    ("will", Class::Auxiliary),
    ("with", Class::Preposition),
    ("within", Class::Preposition),
    ("without", Class::Preposition),
    ("would", Class::Auxiliary),
    ("yesterday", Class::Adverb),
    ("yet", Class::Conjunction),
    ("you", Class::Pronoun),
    ("your", Class::Determiner),
];
