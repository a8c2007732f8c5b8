//! duplicate-paragraph: the same paragraph twice, or nearly, in a draft or in two drafts.

use crate::facts::paragraphs::{Paragraph, Sketch};
use crate::finding::{DocId, Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, ProjectCx, Rule};
use crate::text::span::SrcSpan;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "duplicate-paragraph",
    family: Family::Structure,
    summary: "A paragraph stands twice, or nearly",
    why: "A draft that was moved about, or put together from two sources, keeps a paragraph in two places. The second is \
          marked, with the place of the first; a few words may differ, unless somebody is quoted. Paragraphs of fewer than \
          12 words, headlines and credits are let be.\n\n\
          Drafts of a run are compared too. A paragraph that stands in three drafts or more, or at the foot of two, is \
          meant to be there: the note on the author, the background that every story of a series carries. Two drafts that \
          have half of their paragraphs in common are two versions of one story; that is said once.",
    default: Level::On(Severity::Warning),
    across: true,
    yields_to: &[],
    options: None,
    examples: &[
        Example {
            draft: "The harbour board met on Friday to hear how the new dock will be paid for.\n\n\
                    Nobody asked the fishermen.\n\n\
                    «The harbour board met on Friday to hear how the new dock will be paid for.»\n\n\
                    They had come all the same.",
            fixed: Some(
                "The harbour board met on Friday to hear how the new dock will be paid for.\n\n\
                 Nobody asked the fishermen.\n\n\
                 They had come all the same.",
            ),
            guide: "",
        },
        Example {
            draft: "The ferry takes 35 minutes and sails six times a day, the company said in a statement on Tuesday.\n\n\
                    «The ferry takes 35 minutes and sails six times a day, the company said in a statement on Monday.»",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The first boat leaves at six in the morning and carries the workers of the cannery to the island.\n\n\
                    The last boat leaves at ten at night and carries nobody, but the contract asks for it.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(DuplicateParagraph)),
};

/// Two paragraphs that share so much of their runs of three words say the same.
const NEAR: f32 = 0.6;

/// A run of words that so many paragraphs share tells none of them apart, and is followed to the first of them only.
const COMMON: usize = 16;

/// Two near paragraphs share so many of the hashes that lead from one to the other: with a resemblance of `NEAR`, 99 in
/// 100 do.
const SHARED: u8 = 2;

/// So many paragraphs at most are compared with one, those that share the most.
const COMPARED: usize = 4;

struct DuplicateParagraph;

impl Check for DuplicateParagraph {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        let mut index = Index::default();
        for paragraph in &cx.facts.paragraphs {
            if let Some((_, first)) = index.most_like(&paragraph.sketch, |_| true) {
                let words = first_words(paragraph.span.of(&cx.document.text));
                let message = if first.sketch.hash == paragraph.sketch.hash {
                    format!("this paragraph stands twice: “{words}”")
                } else {
                    format!("this paragraph says nearly what another one says: “{words}”")
                };
                let blocks = &cx.document.blocks;
                let at = paragraph.block as usize;
                // Up to the next block, so that no gap is left; the last takes the gap before it along.
                let whole = match (blocks.get(at + 1), at.checked_sub(1)) {
                    (Some(next), _) => {
                        SrcSpan::new(blocks[at].src.start, next.src.start.max(blocks[at].src.end))
                    }
                    (None, Some(before)) => SrcSpan::new(blocks[before].src.end, blocks[at].src.end),
                    (None, None) => blocks[at].src,
                };
                let remove = Fix {
                    title: "Remove this one".to_owned(),
                    safety: Safety::Manual,
                    edits: vec![(whole, String::new())],
                };
                out.push(
                    Finding::new(RULE.name, paragraph.span, message)
                        .with_help("keep one of them")
                        .with_related(None, first.span, "it stands here already")
                        .with_fix(remove),
                );
            }
            index.add(DocId(0), paragraph);
        }
    }

    fn project(&self, cx: &ProjectCx<'_>, out: &mut Vec<(DocId, Finding)>) {
        for shared in shared(cx) {
            if shared.versions {
                let message = format!(
                    "{} of the {} paragraphs of this draft stand in another one, too",
                    shared.pairs.len(),
                    shared.paragraphs
                );
                let Some((own, other)) = shared.pairs.first() else { continue };
                let finding = Finding::new(RULE.name, own.span, message)
                    .with_help("if the two are versions of one story, leave one of them out of the run")
                    .with_related(Some(shared.other), other.span, "the first of them in the other draft");
                out.push((shared.doc, finding));
                continue;
            }
            for (own, other) in &shared.pairs {
                let message = if own.sketch.hash == other.sketch.hash {
                    "this paragraph stands in another draft, word for word"
                } else {
                    "this paragraph says nearly what one in another draft says"
                };
                let finding = Finding::new(RULE.name, own.span, message)
                    .with_help("if both are to have it, let it stand with a stet")
                    .with_related(Some(shared.other), other.span, "it stands here, too");
                out.push((shared.doc, finding));
            }
        }
    }
}

/// The paragraphs that two drafts have in common.
struct Shared<'a> {
    doc: DocId,
    other: DocId,
    /// This draft's paragraph and the other's.
    pairs: Vec<(&'a Paragraph, &'a Paragraph)>,
    /// How many paragraphs this draft has.
    paragraphs: usize,
    /// Whether the two are versions of one story.
    versions: bool,
}

fn shared<'a>(cx: &ProjectCx<'a>) -> Vec<Shared<'a>> {
    let mut index = Index::default();
    let mut by_drafts: HashMap<(DocId, DocId), Vec<(&Paragraph, &Paragraph)>> = HashMap::new();
    // In how many further drafts each paragraph was met, by the place of the one that was met first.
    let mut met: HashMap<(DocId, SrcSpan), u32> = HashMap::new();
    for doc in cx.documents {
        for paragraph in &doc.facts.paragraphs {
            match index.most_like(&paragraph.sketch, |other| other != doc.id) {
                Some((other, first)) => {
                    *met.entry((other, first.span)).or_default() += 1;
                    by_drafts.entry((doc.id, other)).or_default().push((paragraph, first));
                }
                None => index.add(doc.id, paragraph),
            }
        }
    }
    let all: HashMap<DocId, &[Paragraph]> =
        cx.documents.iter().map(|doc| (doc.id, doc.facts.paragraphs.as_slice())).collect();
    let count = |doc: DocId| all.get(&doc).map_or(0, |all| all.len());
    let foot = |doc: DocId, paragraph: &Paragraph| {
        all.get(&doc).and_then(|all| all.last()).is_some_and(|last| last.span == paragraph.span)
    };
    let mut out = Vec::new();
    for ((doc, other), mut pairs) in by_drafts {
        let paragraphs = count(doc);
        let fewer = paragraphs.min(count(other));
        let versions = pairs.len() >= 3 && pairs.len() * 2 >= fewer;
        if !versions {
            pairs.retain(|(own, first)| {
                met.get(&(other, first.span)) == Some(&1) && !(foot(doc, own) && foot(other, first))
            });
        }
        if !pairs.is_empty() {
            out.push(Shared { doc, other, pairs, paragraphs, versions });
        }
    }
    out.sort_by_key(|shared| (shared.doc, shared.other));
    out
}

/// Finds the paragraphs that are like a given one, by the hashes they share.
#[derive(Default)]
struct Index<'a> {
    paragraphs: Vec<(DocId, &'a Paragraph)>,
    by_key: FxHashMap<u32, Vec<u32>>,
    /// How many hashes each paragraph shares with the one in question; all 0 between questions.
    shared: Vec<u8>,
}

impl<'a> Index<'a> {
    fn add(&mut self, doc: DocId, paragraph: &'a Paragraph) {
        let place = self.paragraphs.len() as u32;
        self.paragraphs.push((doc, paragraph));
        self.shared.push(0);
        for &key in paragraph.sketch.keys() {
            let places = self.by_key.entry(key).or_default();
            if places.len() < COMMON {
                places.push(place);
            }
        }
    }

    /// The paragraph most like `sketch`, if one is near; the first of equals.
    fn most_like(
        &mut self,
        sketch: &Sketch,
        allowed: impl Fn(DocId) -> bool,
    ) -> Option<(DocId, &'a Paragraph)> {
        let mut sharing: Vec<u32> = Vec::new();
        for &place in sketch.keys().iter().filter_map(|key| self.by_key.get(key)).flatten() {
            let shared = &mut self.shared[place as usize];
            *shared += 1;
            if *shared == 1 {
                sharing.push(place);
            }
        }
        let mut likely: Vec<(Reverse<u8>, u32)> = Vec::new();
        for place in sharing {
            let shared = std::mem::take(&mut self.shared[place as usize]);
            let (doc, paragraph) = self.paragraphs[place as usize];
            let quotes = sketch.quotes || paragraph.sketch.quotes;
            if shared >= SHARED && allowed(doc) && (!quotes || sketch.hash == paragraph.sketch.hash) {
                likely.push((Reverse(shared), place));
            }
        }
        likely.sort_unstable();
        let mut best: Option<(f32, u32)> = None;
        for &(_, place) in likely.iter().take(COMPARED) {
            let near = sketch.resemblance(&self.paragraphs[place as usize].1.sketch);
            let better = best.is_none_or(|(most, first)| near > most || (near == most && place < first));
            if near >= NEAR && better {
                best = Some((near, place));
            }
        }
        best.map(|(_, place)| self.paragraphs[place as usize])
    }
}

/// The first words of a paragraph, for a message.
fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(7).collect();
    format!("{} …", words.join(" "))
}
