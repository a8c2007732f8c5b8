//! The corpora as streams of unit numbers, and the n-grams counted in them.

use crate::corpus::{self, CORPORA, Document};
use copydesk::document::analysis::Analysis;
use copydesk::document::{sentence, token};
use copydesk::facts::units;
use copydesk::lexicon::Lexicon;
use copydesk::lexicon::memo::Memo;
use copydesk::lexicon::model::counts::{self, Gram};
use copydesk::lexicon::model::units::Encoder;
use copydesk::lexicon::model::vocabulary::{Vocabulary, class};
use std::error::Error;
use std::path::Path;

/// Encodes a paragraph of plain text.
pub fn encode(encoder: &mut Encoder<'_>, prose: &str) {
    let tokens = token::tokenize(prose);
    let sentences = sentence::sentences(prose, &tokens);
    units::encode(encoder, prose, &Analysis { tokens, sentences, marks: Vec::new() });
}

/// The unit numbers of a corpus, article by article.
pub struct Stream {
    pub weight: f32,
    pub guarded: bool,
    pub ids: Vec<u32>,
    /// Where articles end.
    pub ends: Vec<usize>,
}

/// Reads every corpus into streams, without the articles held out.
pub fn streams(dir: &Path, vocabulary: Vocabulary<'_>) -> Result<Vec<Stream>, Box<dyn Error>> {
    let mut all = Vec::new();
    let memo = Memo::new(Lexicon::embedded(), vocabulary);
    let mut encoder = Encoder::new(&memo);
    for corpus in &CORPORA {
        let mut stream =
            Stream { weight: corpus.weight, guarded: corpus.guarded, ids: vec![class::STOP], ends: vec![] };
        corpus::read(dir, corpus.name, &mut |number, document: Document| {
            if corpus.guarded && super::held_out(number) {
                return;
            }
            for paragraph in std::iter::once(&document.title).chain(&document.paragraphs) {
                encode(&mut encoder, paragraph);
                stream.ids.extend(encoder.units.iter().map(|unit| unit.id));
                if stream.ids.last() != Some(&class::STOP) {
                    stream.ids.push(class::STOP);
                }
            }
            stream.ends.push(stream.ids.len());
        })?;
        eprintln!("{}: {} units", corpus.name, stream.ids.len());
        all.push(stream);
    }
    Ok(all)
}

/// Smallest weighted counts that are kept: of pairs, skipped pairs, triples.
pub struct Keep {
    pub pair: f32,
    pub skip: f32,
    pub triple: f32,
}

/// Counts and packs.
pub fn pack(streams: &[Stream], keep: &Keep) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut kept: Vec<(u64, u8)> = Vec::new();
    for (name, least, size, gram) in [
        ("pairs", keep.pair, 2, (|w: &[u32]| Some(Gram::Pair(w[0], w[1]))) as fn(&[u32]) -> Option<Gram>),
        ("skips", keep.skip, 3, |w| (w[1] != class::STOP).then_some(Gram::Skip(w[0], w[2]))),
        ("triples", keep.triple, 3, |w| (w[1] != class::STOP).then_some(Gram::Triple(w[0], w[1], w[2]))),
    ] {
        let before = kept.len();
        let all = count(streams, size, gram);
        let mut histogram = [0usize; 8];
        for &(key, n) in &all {
            for (k, slot) in histogram.iter_mut().enumerate() {
                *slot += usize::from(n >= [1.0, 2.0, 2.5, 3.0, 4.0, 5.0, 8.0, 16.0][k]);
            }
            if n >= least {
                kept.push((key, counts::level_of(n)));
            }
        }
        eprintln!("{name}: kept {} of {} {histogram:?}", kept.len() - before, all.len());
    }
    counts::build(&kept).ok_or_else(|| "the counts could not be laid out".into())
}

/// Keys in order, with weighted counts.
fn count(streams: &[Stream], size: usize, gram: fn(&[u32]) -> Option<Gram>) -> Vec<(u64, f32)> {
    let mut total: Vec<(u64, f32)> = Vec::new();
    for stream in streams {
        let mut keys: Vec<u64> = Vec::new();
        if stream.guarded {
            let mut start = 0;
            for &end in &stream.ends {
                let from = keys.len();
                keys.extend(stream.ids[start.max(1) - 1..end].windows(size).filter_map(gram).map(Gram::key));
                keys[from..].sort_unstable();
                let mut write = from;
                for read in from..keys.len() {
                    if read == from || keys[read] != keys[read - 1] {
                        keys[write] = keys[read];
                        write += 1;
                    }
                }
                keys.truncate(write);
                start = end;
            }
        } else {
            keys.extend(stream.ids.windows(size).filter_map(gram).map(Gram::key));
        }
        keys.sort_unstable();
        let least = if stream.guarded { 3 } else { 1 };
        let runs = keys.chunk_by(|a, b| a == b).filter(|run| run.len() >= least);
        let counted: Vec<(u64, f32)> = runs.map(|run| (run[0], run.len() as f32 * stream.weight)).collect();
        total = merge(&total, &counted);
    }
    total
}

fn merge(a: &[(u64, f32)], b: &[(u64, f32)]) -> Vec<(u64, f32)> {
    let mut out = Vec::with_capacity(a.len() + b.len() / 2);
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if j >= b.len() || (i < a.len() && a[i].0 < b[j].0) {
            out.push(a[i]);
            i += 1;
        } else if i >= a.len() || b[j].0 < a[i].0 {
            out.push(b[j]);
            j += 1;
        } else {
            out.push((a[i].0, a[i].1 + b[j].1));
            i += 1;
            j += 1;
        }
    }
    out
}
