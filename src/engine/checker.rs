//! One guide's rules at work on documents.
//!
//! The law: the report on a document is the same whether the cache is empty or full of earlier versions.

use super::stet::{self, Judge};
use crate::document::Document;
use crate::document::block::{Block, BlockKind, Placed};
use crate::document::stet::Stet;
use crate::facts::{self, BlockFacts, DocFacts};
use crate::finding::{DocId, Finding, Safety, Severity};
use crate::guide::error::GuideError;
use crate::guide::{Guide, Level};
use crate::rules;
use crate::rules::rule::{BlockCx, Check, DocCx, ProjectCx, Rule};
use crate::rules::structure::unused_stet;
use crate::text::span::{Span, SrcSpan};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The rules of one guide, built once and used for every draft that the guide holds for.
pub struct Checker {
    pub guide: Arc<Guide>,
    rules: Vec<ActiveRule>,
}

struct ActiveRule {
    rule: &'static Rule,
    severity: Severity,
    check: Box<dyn Check>,
}

/// What was learned about the blocks of one document. Belongs to one checker: start anew when the guide changes.
#[derive(Default)]
pub struct Cache {
    blocks: FxHashMap<Arc<Block>, Entry>,
    generation: u64,
    read: u64,
}

impl Cache {
    /// How many blocks were read anew since the cache was made: a measure of the work done.
    pub fn blocks_read(&self) -> u64 {
        self.read
    }
}

struct Entry {
    state: Arc<BlockState>,
    generation: u64,
}

struct BlockState {
    facts: BlockFacts,
    findings: Vec<Finding<Span>>,
}

/// The reading of one draft by itself: what its rules said, before anything is let stand.
#[derive(Clone, Debug)]
pub struct Reading {
    /// In no particular order.
    pub findings: Vec<Finding>,
    pub facts: DocFacts,
    pub stets: Vec<Stet>,
    /// The words that are somebody's: the insides of quotations and the block quotations, in order, not overlapping.
    pub quoted: Vec<SrcSpan>,
}

/// Whether the drafts of a run were compared before a report is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The draft was read as if alone.
    Alone,
    /// The findings of `Checker::compare` are in.
    Run,
}

impl Checker {
    /// Builds the rules that the guide turns on.
    pub fn new(guide: Arc<Guide>) -> Result<Self, GuideError> {
        let mut rules = Vec::new();
        for &rule in rules::ALL {
            let setting = guide.rules.get(rule.name);
            let level = setting.and_then(|setting| setting.level).unwrap_or(rule.default);
            let Level::On(severity) = level else { continue };
            let options = setting.map(|setting| setting.options.clone()).unwrap_or_default();
            let mut check = (rule.build)(&options)?;
            check.prepare(&guide);
            rules.push(ActiveRule { rule, severity, check });
        }
        Ok(Self { guide, rules })
    }

    /// Checks a draft by itself: `read` and `report` in one.
    pub fn check(&self, document: &Document) -> Vec<Finding> {
        let reading = self.read(document, &mut Cache::default());
        self.report(&reading, Vec::new(), Scope::Alone)
    }

    /// Reads a draft by itself. The cache makes the next reading of nearly the same draft fast.
    pub fn read(&self, document: &Document, cache: &mut Cache) -> Reading {
        let states = self.block_states(document, cache, || false);
        self.read_states(document, &states)
    }

    /// Reads a draft unless `cancelled` says, between two blocks, that nobody wants to know any more. The cache keeps
    /// what was learned until then.
    pub fn read_unless(
        &self,
        document: &Document,
        cache: &mut Cache,
        cancelled: impl Fn() -> bool,
    ) -> Option<Reading> {
        let states = self.block_states(document, cache, &cancelled);
        (!cancelled()).then(|| self.read_states(document, &states))
    }

    /// The states of the document's blocks, in order, as far as it came before it was cancelled.
    fn block_states(
        &self,
        document: &Document,
        cache: &mut Cache,
        cancelled: impl Fn() -> bool,
    ) -> Vec<Arc<BlockState>> {
        cache.generation += 1;
        let wanted = document.blocks.iter().take_while(|_| !cancelled());
        let states: Vec<_> = wanted.map(|placed| self.block_state(&placed.block, cache)).collect();
        let generation = cache.generation;
        if states.len() == document.blocks.len() {
            cache.blocks.retain(|_, entry| entry.generation == generation);
        }
        states
    }

    fn read_states(&self, document: &Document, states: &[Arc<BlockState>]) -> Reading {
        let blocks: Vec<&BlockFacts> = states.iter().map(|state| &state.facts).collect();
        let facts = facts::of_document(document, &blocks);
        let mut findings = Vec::new();
        for (placed, state) in document.blocks.iter().zip(states) {
            findings.extend(state.findings.iter().map(|finding| place(placed, finding)));
        }
        let cx = DocCx { document, blocks: &blocks, facts: &facts, guide: &self.guide };
        for active in &self.rules {
            let from = findings.len();
            active.check.document(&cx, &mut findings);
            active.settle(&mut findings[from..]);
        }
        let quoted = quoted(document, &facts);
        Reading { findings, facts, stets: document.stets.clone(), quoted }
    }

    /// Compares the drafts of a run. The findings come in no particular order.
    pub fn compare(&self, project: &ProjectCx<'_>) -> Vec<(DocId, Finding)> {
        let mut out = Vec::new();
        for active in &self.rules {
            let from = out.len();
            active.check.project(project, &mut out);
            for (_, finding) in &mut out[from..] {
                finding.severity = active.severity;
            }
        }
        out
    }

    /// What a person is told of a draft: its reading and what `compare` found in it, without what yields to a rule
    /// that knows better and what the writer lets stand; in the order of the file, each thing once.
    pub fn report(&self, reading: &Reading, compared: Vec<Finding>, scope: Scope) -> Vec<Finding> {
        let mut findings = reading.findings.clone();
        findings.extend(compared);
        respect_quotations(&reading.quoted, &mut findings);
        sort(&mut findings);
        drop_yielding(&mut findings);
        let ran = |name: &str| {
            let active = self.rules.iter().find(|active| active.rule.name == name);
            active.is_some_and(|active| scope == Scope::Run || !active.rule.across)
        };
        let unused = self.rules.iter().find(|active| active.rule.name == unused_stet::RULE.name);
        let judge = Judge { ran: &ran, unused: unused.map(|unused| unused.severity) };
        stet::apply(&reading.stets, &mut findings, &judge);
        sort(&mut findings);
        findings
    }

    fn block_state(&self, block: &Arc<Block>, cache: &mut Cache) -> Arc<BlockState> {
        let generation = cache.generation;
        if let Some(entry) = cache.blocks.get_mut(block) {
            entry.generation = generation;
            return entry.state.clone();
        }
        cache.read += 1;
        let facts = facts::of_block(block);
        let mut findings = Vec::new();
        let cx = BlockCx { block, analysis: &facts.analysis, facts: &facts, guide: &self.guide };
        for active in &self.rules {
            let from = findings.len();
            active.check.block(&cx, &mut findings);
            active.settle(&mut findings[from..]);
        }
        let state = Arc::new(BlockState { facts, findings });
        cache.blocks.insert(block.clone(), Entry { state: state.clone(), generation });
        state
    }
}

impl ActiveRule {
    fn settle<S>(&self, findings: &mut [Finding<S>]) {
        for finding in findings {
            debug_assert_eq!(finding.rule, self.rule.name);
            finding.severity = self.severity;
        }
    }
}

/// A block's finding in the source. A fix that would replace markup with the words is dropped: it cannot be applied
/// without eating the markup.
fn place(placed: &Placed, finding: &Finding<Span>) -> Finding {
    let mut finding = finding.clone();
    finding.fixes.retain(|fix| fix.edits.iter().all(|(span, _)| placed.is_verbatim(*span)));
    finding.map(|span| placed.to_source(span))
}

/// The words that are somebody's: what stands between the marks of each quotation, and block quotations.
fn quoted(document: &Document, facts: &DocFacts) -> Vec<SrcSpan> {
    let parts = facts
        .quotations
        .iter()
        .filter(|quotation| quotation.depth == 0)
        .flat_map(|quotation| &quotation.parts);
    let mut spans: Vec<SrcSpan> = parts
        .filter_map(|part| between_marks(document.blocks.get(part.block as usize)?, part.span))
        .collect();
    let blocks = document.blocks.iter().filter(|placed| placed.block.kind == BlockKind::BlockQuotation);
    spans.extend(blocks.map(|placed| placed.to_source(Span::new(0, placed.block.prose.len() as u32))));
    spans.sort_unstable();
    let mut out: Vec<SrcSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// A quotation's part without its marks, which are the desk's.
fn between_marks(placed: &Placed, span: Span) -> Option<SrcSpan> {
    let is_mark =
        |char: char| matches!(char, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‹' | '›');
    let words = span.of(&placed.block.prose);
    let inner = words.strip_prefix(is_mark).unwrap_or(words);
    let start = span.start + (words.len() - inner.len()) as u32;
    let inner = inner.strip_suffix(is_mark).unwrap_or(inner);
    (!inner.is_empty()).then(|| placed.to_source(Span::new(start, start + inner.len() as u32)))
}

/// Words inside a quotation are somebody's words: no fix there is for a program to apply.
fn respect_quotations(quoted: &[SrcSpan], findings: &mut [Finding]) {
    let at = |span: SrcSpan| quoted.get(quoted.partition_point(|quoted| quoted.end <= span.start));
    let touches_one = |span: SrcSpan| at(span).is_some_and(|quoted| quoted.overlaps(span));
    for finding in findings {
        finding.in_quotation = at(finding.span).is_some_and(|quoted| quoted.contains(finding.span));
        let mut touches = false;
        for fix in &mut finding.fixes {
            if fix.edits.iter().any(|(span, _)| touches_one(*span)) {
                fix.safety = Safety::Manual;
                touches = true;
            }
        }
        if finding.in_quotation && touches {
            finding.help = "inside a quotation: check it against the source before you change it".to_owned();
        }
    }
}

/// Drops a finding where another rule that knows better marks the same words. Expects the order of the file.
fn drop_yielding(findings: &mut Vec<Finding>) {
    // Every finding that could overlap the one at hand starts before its end; the furthest end so far bounds the walk.
    let mut drop = vec![false; findings.len()];
    for (index, finding) in findings.iter().enumerate() {
        let yields_to = rules::find(finding.rule).map_or(&[][..], |rule| rule.yields_to);
        let later = findings[index + 1..].iter().take_while(|other| other.span.start < finding.span.end);
        for (step, other) in later.enumerate() {
            if !finding.span.overlaps(other.span) {
                continue;
            }
            let other_yields_to = rules::find(other.rule).map_or(&[][..], |rule| rule.yields_to);
            drop[index] |= yields_to.contains(&other.rule);
            drop[index + 1 + step] |= other_yields_to.contains(&finding.rule);
        }
    }
    let mut drop = drop.into_iter();
    findings.retain(|_| !drop.next().unwrap_or_default());
}

/// The order of the file; equal findings once.
fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    findings.dedup();
}
