//! The language server as a client sees it, over standard input and output of the built binary.

mod basics;
#[path = "../support/client.rs"]
mod client;
mod edits;
mod fuzz;
mod guide;
mod project;
#[path = "../support/prose.rs"]
mod prose;
mod pull;
mod settings;

use copydesk::document::{self, Format};
use copydesk::engine::checker::Checker;
use copydesk::guide::Guide;
use copydesk::text::lines::{LineIndex, Unit};
use serde_json::{Value, json};
use std::sync::Arc;

const DRAFT: &str = "file:///nowhere/draft.md";

/// One dash of the wrong kind is marked, at line 2, from 11 to 12.
const DASHES: &str = "The harbour — closed since May — is open.\n\n\
    The bridge – the old one – is not, they said. So it goes — slowly and without a plan.\n";

/// Emoji and curly quotes stand before what is marked.
const MIXED: &str = "“😀” The harbour — closed since May — is open.\n\n\
    “😀” The bridge – the old one – is not, they said. So it goes — slowly and without a plan.\n";

/// The marks of one rule: a draft for one rule may say something to another.
fn of_rule(rule: &str, diagnostics: &[Value]) -> Vec<Value> {
    diagnostics.iter().filter(|diagnostic| diagnostic["code"] == rule).cloned().collect()
}

/// What `check` finds in a text, in the positions of a client.
fn fresh(text: &str, format: Format, unit: Unit) -> Vec<Value> {
    let checker = Checker::new(Arc::new(Guide::default())).unwrap();
    let lines = LineIndex::new(text);
    let position = |offset| {
        let position = lines.position(text, offset, unit);
        json!({ "line": position.line, "character": position.column })
    };
    checker
        .check(&document::parse(text.into(), format))
        .iter()
        .map(|finding| {
            let range = json!({ "start": position(finding.span.start), "end": position(finding.span.end) });
            json!({ "range": range, "code": finding.rule, "message": finding.message })
        })
        .collect()
}

/// The same of what was published.
fn essence(diagnostics: &[Value]) -> Vec<Value> {
    let essence = |diagnostic: &Value| {
        json!({
            "range": diagnostic["range"],
            "code": diagnostic["code"],
            "message": diagnostic["message"],
        })
    };
    diagnostics.iter().map(essence).collect()
}

fn utf8() -> Value {
    json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } })
}
