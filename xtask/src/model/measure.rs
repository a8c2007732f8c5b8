//! Measures the model on drafts with known faults and on clean ones.

use crate::corpus;
use crate::model::chart::{Line, svg};
use crate::model::places::{Block, elsewhere, place, tally};
use crate::model::streams::encode;
use copydesk::lexicon::Lexicon;
use copydesk::lexicon::memo::Memo;
use copydesk::lexicon::model::standing::Standing;
use copydesk::lexicon::model::units::Encoder;
use copydesk::lexicon::model::vocabulary::Slip;
use copydesk::lexicon::model::{Model, Verdict};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::io::{BufRead, Write};
use std::path::Path;

struct Draft {
    blocks: Vec<Block>,
}

fn parse(encoder: &mut Encoder<'_>, text: &str) -> Draft {
    let mut at = 0u32;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let heading = line.starts_with("# ");
        let skip = if heading { 2 } else { 0 };
        encode(encoder, &line[skip..]);
        let mut units = encoder.units.clone();
        for unit in &mut units {
            unit.start += at + skip as u32;
            unit.end += at + skip as u32;
        }
        if !units.is_empty() {
            blocks.push(Block { units, heading });
        }
        at += line.len() as u32;
    }
    Draft { blocks }
}

fn suspects(model: &Model<'_>, draft: &Draft, least: f32) -> Vec<(u32, u32, Verdict)> {
    let tally = tally(&draft.blocks);
    let mut out = Vec::new();
    let mut standing = Standing::new(model.counts);
    for block in &draft.blocks {
        standing.take(&block.units);
        for at in 0..block.units.len() {
            let place = place(block, &block.units, at);
            let Some(mut doubt) = model.doubt(&place, &mut standing) else { continue };
            if !model.is_worth_a_look(&doubt) {
                continue;
            }
            model.ask(&place, &mut doubt);
            let own = doubt.word;
            let verdict = model.judge(&doubt, |id| elsewhere(&tally, id, own));
            out.extend(
                verdict.filter(|v| v.odds >= least).map(|v| (block.units[at].start, block.units[at].end, v)),
            );
        }
    }
    out
}

const KINDS: [&str; 3] = ["realword", "homophone", "inflect"];

/// Prints found and fixed by kind at several rates of false alarms, and draws them; writes each miss and each alarm to
/// files in `out`, to be read by hand.
pub fn measure(dir: &Path, cases: &Path, model: &Model<'_>, out: &Path) -> Result<String, Box<dyn Error>> {
    let memo = Memo::new(Lexicon::embedded(), model.vocabulary);
    let mut encoder = Encoder::new(&memo);
    let mut case_ids = HashSet::new();
    // (score, kind, fixed)
    let mut found: Vec<(f32, usize, bool, bool)> = Vec::new();
    let mut totals = [0usize; 3];
    let mut details = std::fs::File::create(out.join("missed.txt"))?;
    let mut case_false: Vec<(f32, bool)> = Vec::new();
    let mut case_words = 0;
    for line in corpus::open(cases)?.lines() {
        let case: Value = serde_json::from_str(&line?)?;
        case_ids.insert(case["id"].as_str().unwrap_or_default().to_owned());
        let text = case["text"].as_str().unwrap_or_default();
        let draft = parse(&mut encoder, text);
        let suspects = suspects(model, &draft, -20.0);
        for gold in case["gold"].as_array().into_iter().flatten() {
            let Some(kind) = KINDS.iter().position(|&kind| gold["kind"] == kind) else { continue };
            let (start, end) = (gold["start"].as_u64().unwrap() as u32, gold["end"].as_u64().unwrap() as u32);
            let right = gold["right"].as_str().unwrap_or_default().to_lowercase();
            totals[kind] += 1;
            let hit = suspects
                .iter()
                .filter(|s| s.0 < end && start < s.1)
                .max_by(|a, b| a.2.odds.total_cmp(&b.2.odds));
            let (score, form, fixed, guess) = match hit {
                Some((_, _, s)) => (
                    s.odds,
                    is_form(model, &text[start as usize..end as usize], s),
                    model.vocabulary.spelling(s.candidate.word) == right,
                    model.vocabulary.spelling(s.candidate.word),
                ),
                None => (-99.0, false, false, "-"),
            };
            found.push((score, kind, fixed, form));
            let context: String =
                text[..start as usize].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = text[end as usize..].chars().take(40).collect();
            writeln!(
                details,
                "{score:.2}\t{}\t{}→{right}\t{guess}\t{}",
                KINDS[kind],
                gold["wrong"].as_str().unwrap_or_default(),
                format!("{context}«{}»{after}", gold["wrong"].as_str().unwrap_or_default())
                    .replace('\n', "⏎")
            )?;
        }
        let clean = case["clean"].as_str().unwrap_or_default();
        case_words += clean.split_whitespace().count();
        let draft = parse(&mut encoder, clean);
        case_false.extend(
            self::suspects(model, &draft, -4.0)
                .iter()
                .map(|s| (s.2.odds, is_form(model, &clean[s.0 as usize..s.1 as usize], &s.2))),
        );
    }
    let mut words = 0usize;
    let mut alarms: Vec<(f32, bool, String)> = Vec::new();
    let mut failed = None;
    corpus::read_values(&dir.join("news-dev.jsonl"), &mut |value| {
        if case_ids.contains(value["id"].as_str().unwrap_or_default()) || failed.is_some() {
            return;
        }
        let text = format!(
            "# {}\n\n{}",
            value["title"].as_str().unwrap_or_default(),
            value["text"].as_str().unwrap_or_default()
        );
        words += text.split_whitespace().count();
        let draft = parse(&mut encoder, &text);
        for (start, end, s) in suspects(model, &draft, -4.0) {
            let before: String =
                text[..start as usize].chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = text[end as usize..].chars().take(50).collect();
            alarms.push((
                s.odds,
                is_form(model, &text[start as usize..end as usize], &s),
                format!(
                    "{}→{}\t{:?}\t{}",
                    &text[start as usize..end as usize],
                    model.vocabulary.spelling(s.candidate.word),
                    Slip::of(s.candidate.slip),
                    format!("{before}«{}»{after}", &text[start as usize..end as usize]).replace('\n', "⏎")
                ),
            ));
        }
        if words == usize::MAX {
            failed = Some(());
        }
    })?;
    alarms.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut file = std::fs::File::create(out.join("alarms.txt"))?;
    for (score, form, text) in alarms.iter().take(6000) {
        writeln!(file, "{score:.2}\t{}\t{text}", if *form { "form" } else { "word" })?;
    }
    println!("{words} clean words; {totals:?}");
    let lines =
        KINDS.iter().zip(["#c2410c", "#1d4ed8", "#15803d"]).enumerate().map(|(kind, (&name, colour))| {
            let points =
                [10.0, 20.0, 30.0, 50.0, 75.0, 100.0, 150.0, 200.0, 250.0, 350.0, 500.0, 700.0, 1000.0f64]
                    .map(|rate| {
                        let threshold =
                            alarms.get((rate * words as f64 / 1e6) as usize).map_or(-4.0, |alarm| alarm.0);
                        let hit = found.iter().filter(|f| f.1 == kind && f.0 > threshold).count();
                        (rate, hit as f64 / totals[kind].max(1) as f64)
                    });
            Line { name, colour, points: points.to_vec() }
        });
    let chart = svg(&lines.collect::<Vec<_>>());
    for forms in [false, true] {
        println!(
            "{}: per 10k  threshold  cases/10k  realword       homophone      inflect",
            if forms { "forms" } else { "words" }
        );
        let alarms: Vec<f32> = alarms.iter().filter(|a| a.1 == forms).map(|a| a.0).collect();
        for rate in [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0f64] {
            let n = (rate * words as f64 / 10_000.0) as usize;
            let threshold = alarms.get(n).copied().unwrap_or(-4.0);
            let mut row = BTreeMap::new();
            for &(score, kind, fixed, form) in &found {
                let entry: &mut (usize, usize) = row.entry(kind).or_default();
                entry.0 += usize::from(score > threshold && form == forms);
                entry.1 += usize::from(score > threshold && fixed && form == forms);
            }
            let on_cases = case_false.iter().filter(|&&(s, form)| s > threshold && form == forms).count()
                as f64
                * 10_000.0
                / case_words as f64;
            print!("{rate:7.1}  {threshold:8.2}  {on_cases:8.2}");
            for (kind, total) in totals.iter().enumerate() {
                let (hit, fixed) = row.get(&kind).copied().unwrap_or_default();
                print!("   {:.3} / {:.3}", hit as f64 / *total as f64, fixed as f64 / *total as f64);
            }
            println!();
        }
    }
    Ok(chart)
}

fn is_form(model: &Model<'_>, written: &str, suspect: &Verdict) -> bool {
    copydesk::rules::spelling::wrong_word::is_form(
        Slip::of(suspect.candidate.slip),
        written,
        model.vocabulary.spelling(suspect.candidate.word),
    )
}
