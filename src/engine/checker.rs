//! One guide's rules at work on documents.
//!
//! The law: the report on a document is the same whether the cache is empty or full of earlier versions.

use crate::document::Document;
use crate::document::block::Block;
use crate::facts::{self, BlockFacts, DocFacts};
use crate::finding::{DocId, Finding, Safety, Severity};
use crate::guide::{Guide, Level};
use crate::rules::rule::{BlockCx, Check, DocCx, ProjectCx, Rule};
use crate::rules::{self};
use crate::text::span::{Span, SrcSpan};
use std::collections::HashMap;
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
    blocks: HashMap<Arc<Block>, Entry>,
    generation: u64,
}

struct Entry {
    state: Arc<BlockState>,
    generation: u64,
}

struct BlockState {
    facts: BlockFacts,
    findings: Vec<Finding<Span>>,
}

/// The reading of one draft.
pub struct Reading {
    /// In the order of the file.
    pub findings: Vec<Finding>,
    pub facts: DocFacts,
}

impl Checker {
    /// Builds the rules that the guide turns on.
    pub fn new(guide: Arc<Guide>) -> Result<Self, toml::de::Error> {
        let mut rules = Vec::new();
        for &rule in rules::ALL {
            let setting = guide.rules.get(rule.name);
            let level = setting.and_then(|setting| setting.level).unwrap_or(rule.default);
            let Level::On(severity) = level else { continue };
            let options = setting.map(|setting| setting.options.clone()).unwrap_or_default();
            rules.push(ActiveRule { rule, severity, check: (rule.build)(&options)? });
        }
        Ok(Self { guide, rules })
    }

    /// Checks a draft by itself.
    pub fn check(&self, document: &Document, cache: &mut Cache) -> Reading {
        cache.generation += 1;
        let states: Vec<Arc<BlockState>> =
            document.blocks.iter().map(|placed| self.block_state(&placed.block, cache)).collect();
        let generation = cache.generation;
        cache.blocks.retain(|_, entry| entry.generation == generation);

        let blocks: Vec<&BlockFacts> = states.iter().map(|state| &state.facts).collect();
        let facts = facts::of_document(document, &blocks);
        let mut findings = Vec::new();
        for (placed, state) in document.blocks.iter().zip(&states) {
            for finding in &state.findings {
                findings.push(finding.clone().map(|span| placed.to_source(span)));
            }
        }
        let cx = DocCx { document, blocks: &blocks, facts: &facts, guide: &self.guide };
        for active in &self.rules {
            let from = findings.len();
            active.check.document(&cx, &mut findings);
            active.settle(&mut findings[from..]);
        }
        mark_quotations(document, &facts, &mut findings);
        sort(&mut findings);
        Reading { findings, facts }
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

    fn block_state(&self, block: &Arc<Block>, cache: &mut Cache) -> Arc<BlockState> {
        let generation = cache.generation;
        if let Some(entry) = cache.blocks.get_mut(block) {
            entry.generation = generation;
            return entry.state.clone();
        }
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

/// Words inside a quotation are somebody's words: no fix there is for a program to apply.
fn mark_quotations(document: &Document, facts: &DocFacts, findings: &mut [Finding]) {
    let mut spans: Vec<SrcSpan> = facts
        .quotations
        .iter()
        .flat_map(|quotation| &quotation.parts)
        .map(|part| document.blocks[part.block as usize].to_source(part.span))
        .collect();
    spans.sort_unstable();
    for finding in findings {
        let index = spans.partition_point(|span| span.end <= finding.span.start);
        let quoted = spans[index..]
            .iter()
            .take_while(|span| span.start <= finding.span.start)
            .any(|span| span.contains(finding.span) && *span != finding.span);
        if !quoted {
            continue;
        }
        finding.in_quotation = true;
        for fix in &mut finding.fixes {
            fix.safety = Safety::Manual;
        }
    }
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
}
