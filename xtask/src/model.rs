//! Builds the language model of `data/model.bin`, part by part: words, counts, network, trees. Every part is made by
//! fixed steps in a fixed order, so that the same corpora give the same bytes.

mod boost;
mod chart;
mod learn;
mod measure;
mod places;
mod streams;
mod words;

use copydesk::lexicon::model::features::LATER;
use copydesk::lexicon::model::{self, Model, PARTS, network, trees};
use std::error::Error;
use std::fs;
use std::path::Path;

/// Whether an article is kept from counting, to grow the trees on.
fn held_out(article: usize) -> bool {
    article % 8 == 7
}

/// Places that the network learns from, and its first rate of learning.
const PLACES: usize = 8_000_000;
const RATE: f32 = 0.05;
/// Smallest weighted counts that are kept.
const KEEP: streams::Keep = streams::Keep { pair: 1.0, skip: 1.5, triple: 2.0 };
/// Times that slips are put into each article held out.
const PASSES: usize = 3;
const TREES: boost::Settings =
    boost::Settings { trees: 280, rate: 0.09, least: 5.0, examples: 30, ridge: 5.0 };
const FIRST: boost::Settings = boost::Settings { trees: 30, rate: 0.25, ..TREES };

/// The parts by name, in the order of the file.
const NAMES: [&str; PARTS] = ["words", "counts", "network", "first", "trees"];

/// Makes the parts that are not in `work` yet, and the file of them all.
pub fn build(corpora: &Path, work: &Path, file: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(work)?;
    for name in NAMES {
        if work.join(name).exists() {
            continue;
        }
        let parts = parts(work);
        let model = Model::of_parts(parts.each_ref().map(Vec::as_slice));
        eprintln!("making {name}");
        let bytes = match name {
            "words" => words::vocabulary(corpora)?,
            "counts" => streams::pack(&streams::streams(corpora, model.vocabulary)?, &KEEP)?,
            "network" => network::build(&learn::learn(corpora, &model.vocabulary, PLACES, RATE)?),
            "first" => {
                let mut examples = places::examples(corpora, &model, PASSES)?;
                for column in &mut examples.columns[LATER..LATER + 5] {
                    column.fill(0);
                }
                let (base, grown) = boost::grow(&examples, &FIRST);
                trees::build(base, &grown)
            }
            _ => {
                let (base, grown) = boost::grow(&places::examples(corpora, &model, PASSES)?, &TREES);
                trees::build(base, &grown)
            }
        };
        fs::write(work.join(name), bytes)?;
    }
    fs::write(file, model::build(parts(work).each_ref().map(Vec::as_slice)))?;
    Ok(())
}

/// Measures the model in `work` and draws the curve.
pub fn measure(corpora: &Path, cases: &Path, work: &Path, chart: &Path) -> Result<(), Box<dyn Error>> {
    let parts = parts(work);
    let model = Model::of_parts(parts.each_ref().map(Vec::as_slice));
    fs::write(chart, measure::measure(corpora, cases, &model, work)?)?;
    Ok(())
}

/// What has been made; empty what has not.
fn parts(work: &Path) -> [Vec<u8>; PARTS] {
    NAMES.map(|name| fs::read(work.join(name)).unwrap_or_default())
}
