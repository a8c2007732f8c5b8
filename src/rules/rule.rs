//! What a rule is: a record of all there is to say about it, and a check.

use crate::document::Document;
use crate::document::analysis::Analysis;
use crate::document::block::Block;
use crate::facts::{BlockFacts, DocFacts};
use crate::finding::{DocId, Finding};
use crate::guide::error::GuideError;
use crate::guide::options::Options;
use crate::guide::{Guide, Level};
use crate::text::span::Span;
use schemars::Schema;

/// Everything there is to say about a rule, beside its code.
#[derive(Debug)]
pub struct Rule {
    /// Names the fault, in kebab-case, so that “allow NAME” reads right.
    pub name: &'static str,
    pub family: Family,
    /// The fault in one line, without a final period.
    pub summary: &'static str,
    /// Why a desk cares, and how the rule decides: what `explain` prints. Markdown.
    pub why: &'static str,
    pub default: Level,
    /// Whether the rule compares drafts: what it says of one may depend on the others of the run.
    pub across: bool,
    /// Rules that know better where both mark the same words: this rule's finding is dropped there.
    pub yields_to: &'static [&'static str],
    /// The schema of the struct that reads the options; `None` where there are none.
    pub options: Option<fn() -> Schema>,
    pub examples: &'static [Example],
    pub build: fn(&Options) -> Result<Box<dyn Check>, GuideError>,
}

/// Which desk a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    Spelling,
    Names,
    Quotes,
    Style,
    Structure,
    Facts,
}

/// An example that `explain` prints and the tests run.
#[derive(Debug)]
pub struct Example {
    /// A draft in Markdown; what the rule marks stands in «guillemets». Without any, the draft is good.
    pub draft: &'static str,
    /// The draft after each finding's first suggestion; `None` where the rule offers none.
    pub fixed: Option<&'static str>,
    /// A guide in TOML that the example needs; empty for the default.
    pub guide: &'static str,
}

/// What a check sees of a block.
#[derive(Clone, Copy)]
pub struct BlockCx<'a> {
    pub block: &'a Block,
    pub analysis: &'a Analysis,
    pub facts: &'a BlockFacts,
    pub guide: &'a Guide,
}

/// What a check sees of a draft.
#[derive(Clone, Copy)]
pub struct DocCx<'a> {
    pub document: &'a Document,
    /// In the order of `Document::blocks`.
    pub blocks: &'a [&'a BlockFacts],
    pub facts: &'a DocFacts,
    pub guide: &'a Guide,
}

/// What a check sees of a run: every draft's facts, in path order.
#[derive(Clone, Copy)]
pub struct ProjectCx<'a> {
    pub documents: &'a [ProjectDoc<'a>],
}

#[derive(Clone, Copy)]
pub struct ProjectDoc<'a> {
    pub id: DocId,
    pub facts: &'a DocFacts,
    pub guide: &'a Guide,
}

/// A rule at work. What a rule says of a block may depend on the block and the guide alone: it is cached.
pub trait Check: Send + Sync {
    /// Gets ready for the guide, once, before anything is read: what is costly to build from it is built here.
    fn prepare(&mut self, _guide: &Guide) {}
    /// Reads one block.
    fn block(&self, _cx: &BlockCx<'_>, _out: &mut Vec<Finding<Span>>) {}
    /// Reads one draft, all its blocks' facts in order.
    fn document(&self, _cx: &DocCx<'_>, _out: &mut Vec<Finding>) {}
    /// Reads all drafts of a run against each other; a related place names the other draft.
    fn project(&self, _cx: &ProjectCx<'_>, _out: &mut Vec<(DocId, Finding)>) {}
}

impl Family {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Names => "names",
            Self::Quotes => "quotes",
            Self::Style => "style",
            Self::Structure => "structure",
            Self::Facts => "facts",
        }
    }
}

impl DocCx<'_> {
    /// The blocks with their facts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&crate::document::block::Placed, &BlockFacts)> {
        self.document.blocks.iter().zip(self.blocks.iter().copied())
    }
}
