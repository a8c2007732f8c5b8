//! unused-stet: a stet that silences nothing. The engine finds them, once everything else is known.

use crate::finding::Severity;
use crate::guide::Level;
use crate::rules::rule::{Check, Example, Family, Rule};

pub const RULE: Rule = Rule {
    name: "unused-stet",
    family: Family::Structure,
    summary: "A stet that silences nothing",
    why: "A stet lets something stand that a rule would mark. Once the text has changed and the rule has nothing to \
          say any more, the stet only hides the next fault: remove it. A stet that names a rule which does not exist \
          is reported too.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: None,
    examples: &[
        Example { draft: "«<!-- stet -->»\n\nThe harbour is open again.", fixed: None, guide: "" },
        Example {
            draft: "<!-- stet mixed-dashes: as the ministry wrote it -->\n\nThe harbour – the old one – is open.\n\n\
                    The bridge — closed since May — is not. So it goes — slowly.",
            fixed: None,
            guide: "",
        },
    ],
    build: |_| Ok(Box::new(UnusedStet)),
};

struct UnusedStet;

impl Check for UnusedStet {}
