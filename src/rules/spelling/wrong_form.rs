//! wrong-form: the right word in the wrong form.

use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::rules::rule::{Check, DocCx, Example, Family, Rule};
use crate::rules::spelling::wrong_word::{is_form, shaped_like};

pub const RULE: Rule = Rule {
    name: "wrong-form",
    family: Family::Spelling,
    summary: "The right word in the wrong form: an -s or -ed too few or too many",
    why: "An ending is dropped or added when a sentence is rewritten: “two official said”, “he announce the plan”. The \
          same language model that finds wrong words weighs the forms of a word against each other; since both forms are \
          often possible, this is a note.",
    default: Level::On(Severity::Note),
    across: false,
    yields_to: &["misspelled-word", "name-variant", "repeated-word"],
    options: None,
    examples: &[
        Example {
            draft: "Several city «official» said on Monday that they would vote.",
            fixed: Some("Several city officials said on Monday that they would vote."),
            guide: "",
        },
        Example { draft: "One city official said on Monday that she would vote.", fixed: None, guide: "" },
    ],
    build: |_| Ok(Box::new(WrongForm)),
};

struct WrongForm;

/// Log odds from which a suspect is reported.
const LEAST: f32 = 0.5;

impl Check for WrongForm {
    fn document(&self, cx: &DocCx<'_>, out: &mut Vec<Finding>) {
        for suspect in cx.facts.suspects.iter().filter(|suspect| suspect.odds >= LEAST) {
            let Some(placed) = cx.document.blocks.get(suspect.block) else { continue };
            let prose = &*placed.block.prose;
            let written = suspect.span.of(prose);
            if !is_form(suspect.slip, written, suspect.meant) {
                continue;
            }
            let meant = shaped_like(prose, written, suspect.meant);
            let message = format!("“{written}” looks like the wrong form of “{meant}”");
            let span = placed.to_source(suspect.span);
            let mut finding = Finding::new(RULE.name, span, message)
                .with_help("the words around it ask for the other form");
            if placed.is_verbatim(suspect.span) {
                finding = finding.with_fix(Fix::replace(span, meant, Safety::Unsafe));
            }
            out.push(finding);
        }
    }
}
