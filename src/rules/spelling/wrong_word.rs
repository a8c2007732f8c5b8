//! wrong-word: a word, but not the one that was meant.

use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::lexicon::model::units::{Shape, shape_of};
use crate::lexicon::model::vocabulary::Slip;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};

pub const RULE: Rule = Rule {
    name: "wrong-word",
    family: Family::Spelling,
    summary: "A word, but not the one that was meant",
    why: "“The trail of the accused”, “a statement form the ministry”: no list of words finds these, since each is a \
          word. A language model in the program compares what stands there with what a slip of the hand or of the ear \
          could have made it from: a neighbouring key, two letters in the wrong order, one too few, a word that sounds \
          alike. It speaks only where the surroundings leave little doubt; names and titles can still deceive it.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &["misspelled-word", "name-variant", "repeated-word"],
    options: None,
    examples: &[
        Example {
            draft: "The minister received a letter «form» the mayor on Monday.",
            fixed: Some("The minister received a letter from the mayor on Monday."),
            guide: "",
        },
        Example { draft: "Fill in the form and send it to the office.", fixed: None, guide: "" },
    ],
    build: |_| Ok(Box::new(WrongWord)),
};

struct WrongWord;

/// Log odds from which a suspect is reported.
pub const LEAST: f32 = 1.4;

impl Check for WrongWord {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        for suspect in cx.facts.suspects.iter().filter(|suspect| suspect.odds >= LEAST) {
            let Some(placed) = cx.document.blocks.get(suspect.block) else { continue };
            let prose = &*placed.block.prose;
            let written = suspect.span.of(prose);
            if is_form(suspect.slip, written, suspect.meant) {
                continue;
            }
            let meant = shaped_like(prose, written, suspect.meant);
            let message = format!("“{written}” looks like a slip for “{meant}”");
            let span = placed.to_source(suspect.span);
            let mut finding = Finding::new(RULE.name, span, message).with_help(help(suspect.slip));
            if placed.is_verbatim(suspect.span) {
                finding = finding.with_fix(Fix::replace(span, meant, Safety::Unsafe));
            }
            out.push(finding);
        }
    }
}

fn help(slip: Slip) -> &'static str {
    match slip {
        Slip::Confused => {
            "the two are easily taken for each other; the words around it ask for the other one"
        }
        _ => "it is a word, but the words around it ask for the other one",
    }
}

/// Whether the two are forms of one word: wrong-form speaks of them.
pub fn is_form(slip: Slip, written: &str, meant: &str) -> bool {
    if !matches!(slip, Slip::Clipped | Slip::Ending | Slip::Added) {
        return false;
    }
    let written = written.to_lowercase();
    let (short, long) = if written.len() < meant.len() { (&*written, meant) } else { (meant, &*written) };
    let stem = |word: &str| -> String {
        let word = word.strip_suffix("ed").or_else(|| word.strip_suffix("es")).unwrap_or(word);
        word.trim_end_matches(['s', 'd', 'e']).to_owned()
    };
    short.len() >= 4 && long.ends_with(['s', 'd']) && stem(short) == stem(long)
}

/// A suggestion with the capitals of what it replaces and the apostrophe of the text.
pub fn shaped_like(prose: &str, written: &str, meant: &str) -> String {
    let curly = written.contains('’') || (!written.contains('\'') && prose.contains('’'));
    let meant = if curly { meant.replace('\'', "’") } else { meant.to_owned() };
    match shape_of(written) {
        Shape::Upper => meant.to_uppercase(),
        Shape::Title => {
            let mut chars = meant.chars();
            let first = chars.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(chars).collect()
        }
        Shape::Lower | Shape::Other => meant,
    }
}
