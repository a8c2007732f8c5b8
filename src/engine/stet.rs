//! Lets stand what the writer asked to let stand, and reports the stets that silence nothing.

use crate::document::stet::Stet;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::rules::structure::unused_stet;
use crate::text::span::SrcSpan;

/// What the engine must know to judge a stet.
pub struct Judge<'a> {
    /// Whether a rule of that name ran, and could have spoken.
    pub ran: &'a dyn Fn(&str) -> bool,
    /// How loud unused stets are reported; `None` where they are not.
    pub unused: Option<Severity>,
}

/// Removes the findings that a stet lets stand; adds a finding for each stet, or rule named in one, that silences
/// nothing.
pub fn apply(stets: &[Stet], findings: &mut Vec<Finding>, judge: &Judge<'_>) {
    if stets.is_empty() {
        return;
    }
    // Per stet: whether it silenced anything, and which of the rules it names did.
    let mut used: Vec<(bool, Vec<bool>)> =
        stets.iter().map(|stet| (false, vec![false; stet.rules.len()])).collect();
    findings.retain(|finding| {
        let mut stands = true;
        for (stet, (any, named)) in stets.iter().zip(&mut used) {
            if !stet.scope.overlaps(finding.span) {
                continue;
            }
            if stet.rules.is_empty() {
                *any = true;
                stands = false;
            }
            for (rule, named) in stet.rules.iter().zip(named) {
                if rule.name == finding.rule {
                    *named = true;
                    stands = false;
                }
            }
        }
        stands
    });
    let Some(severity) = judge.unused else { return };
    for (stet, (any, named)) in stets.iter().zip(&used) {
        findings.extend(unused(stet, *any, named, judge).map(|finding| Finding { severity, ..finding }));
    }
}

fn unused<'a>(
    stet: &'a Stet,
    any: bool,
    named: &'a [bool],
    judge: &'a Judge<'_>,
) -> impl Iterator<Item = Finding> + 'a {
    let blanket = (stet.rules.is_empty() && !any)
        .then(|| finding(stet.comment, "this stet silences nothing", "remove it"));
    let rules = stet.rules.iter().zip(named).filter(|(_, used)| !**used).filter_map(|(rule, _)| {
        if rules::find(&rule.name).is_none() {
            let message = format!("no rule is called “{}”", rule.name);
            return Some(finding(rule.span, message, "`copydesk rules` lists the names"));
        }
        (judge.ran)(&rule.name).then(|| {
            let message = format!("this stet silences nothing: “{}” has nothing to say here", rule.name);
            finding(rule.span, message, "remove the name, or the stet")
        })
    });
    blanket.into_iter().chain(rules)
}

fn finding(span: SrcSpan, message: impl Into<String>, help: &str) -> Finding {
    Finding::new(unused_stet::RULE.name, span, message).with_help(help)
}
