//! What an editor offers to do about a mark: the rule's suggestions, to let it stand, to fix all there is.
//!
//! Every action is a plain edit that any client can apply and undo. No action changes a quotation unasked.

use super::convert;
use super::guide_edit::{self, Entry};
use super::session::{Abilities, FIX_ALL};
use super::snapshot::{OpenGuide, Snapshot, View};
use super::stet;
use crate::finding::{Finding, Fix, Safety};
use crate::guide::error::GuideSource;
use crate::text::lines::LineIndex;
use crate::text::span::SrcSpan;
use std::sync::Arc;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CreateFile,
    CreateFileOptions, DocumentChangeOperation, DocumentChanges, ResourceOp, TextEdit, WorkspaceEdit,
};

/// The actions for a stretch of a draft, the likeliest first.
pub fn actions(view: &View, params: &CodeActionParams) -> CodeActionResponse {
    let snapshot = &*view.snapshot;
    let wanted = |kind: &CodeActionKind| is_wanted(params.context.only.as_deref(), kind);
    let mut out = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let marked: Vec<&Finding> = snapshot.findings_at(snapshot.span(params.range)).collect();
        out.extend(marked.iter().flat_map(|finding| suggestions(snapshot, finding)));
        out.extend(once_per_rule(&marked).into_iter().filter_map(|finding| fix_kind(snapshot, finding)));
        out.extend(marked.iter().filter_map(|finding| add_to_guide(view, finding)));
        out.extend(marked.iter().filter_map(|finding| let_stand(snapshot, finding)));
        for finding in once_per_rule(&marked) {
            out.extend(let_all_stand(snapshot, finding));
            out.extend(turn_off(view, finding));
        }
    }
    if wanted(&FIX_ALL) {
        out.extend(fix_all(snapshot));
    }
    out.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether the client wants actions of a kind: it names kinds or what they begin with.
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let Some(only) = only else { return *kind != FIX_ALL };
    only.iter().any(|only| {
        let rest = kind.as_str().strip_prefix(only.as_str());
        only.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn suggestions<'a>(snapshot: &'a Snapshot, finding: &'a Finding) -> impl Iterator<Item = CodeAction> + 'a {
    let fixes = finding.fixes.iter().filter(|fix| !fix.edits.is_empty()).enumerate();
    fixes.map(|(index, fix)| CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(snapshot, finding)]),
        edit: Some(edit(snapshot, &fix.edits)),
        is_preferred: Some(index == 0 && fix.safety != Safety::Manual),
        ..CodeAction::default()
    })
}

/// Lets a finding stand where it is.
fn let_stand(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let edits = [stet::insertion(&snapshot.document, finding)?];
    Some(CodeAction {
        title: format!("Let it stand here (stet {})", finding.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(snapshot, finding)]),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// Lets all that a rule says of the draft stand.
fn let_all_stand(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let edits = stet::whole_draft(&snapshot.document, finding.rule)?;
    Some(CodeAction {
        title: format!("Let “{}” stand in this draft", finding.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(snapshot, finding)]),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// Turns a rule off in the house's guide.
fn turn_off(view: &View, finding: &Finding) -> Option<CodeAction> {
    let title = format!("Turn “{}” off in the styleguide", finding.rule);
    change_guide(view, finding, Entry::Off(finding.rule), title)
}

/// Tells the house's guide that the marked words are right.
fn add_to_guide(view: &View, finding: &Finding) -> Option<CodeAction> {
    let marked = finding.span.of(view.snapshot.text());
    let (entry, list) = match finding.rule {
        "misspelled-word" => (Entry::Word(marked), "words"),
        "name-variant" => (Entry::Name(marked), "names"),
        "discouraged-term" => (Entry::Term(marked), "terms"),
        _ => return None,
    };
    change_guide(view, finding, entry, format!("Add “{marked}” to the styleguide’s {list}"))
}

fn change_guide(view: &View, finding: &Finding, entry: Entry<'_>, title: String) -> Option<CodeAction> {
    let snapshot = &*view.snapshot;
    let guide = view.guide.as_ref()?;
    let text = match &guide.buffer {
        Some((_, text)) => Some(text.clone()),
        None => std::fs::read_to_string(&guide.path).ok().map(Arc::from),
    };
    let new = text.is_none();
    let source = Arc::new(GuideSource { path: guide.path.clone(), text: text.unwrap_or_default() });
    let (span, inserted) = guide_edit::edit(&source, entry)?;
    let lines = LineIndex::new(&source.text);
    let range = convert::range(&lines, &source.text, span, snapshot.session.unit);
    let edit = TextEdit::new(range, inserted);
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(snapshot, finding)]),
        edit: Some(edit_of_guide(guide, edit, new, &snapshot.session.client)),
        ..CodeAction::default()
    })
}

/// An edit of the guide, which is created where there is none.
fn edit_of_guide(guide: &OpenGuide, edit: TextEdit, new: bool, client: &Abilities) -> WorkspaceEdit {
    let version = guide.buffer.as_ref().map(|(version, _)| *version);
    let plain = convert::workspace_edit(vec![(guide.uri.clone(), version, vec![edit])], client);
    let Some(DocumentChanges::Edits(edits)) =
        plain.document_changes.as_ref().filter(|_| new && client.creates_files)
    else {
        return plain;
    };
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
    let create = CreateFile { uri: guide.uri.clone(), options: Some(options), annotation_id: None };
    let create = DocumentChangeOperation::Op(ResourceOp::Create(create));
    let edits = edits.iter().cloned().map(DocumentChangeOperation::Edit);
    let changes = DocumentChanges::Operations(std::iter::once(create).chain(edits).collect());
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

/// Fixes all that one rule found in the draft, where there is more than one.
fn fix_kind(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let of_kind: Vec<&Finding> =
        snapshot.findings.iter().filter(|other| other.rule == finding.rule).collect();
    let (edits, count) = together(of_kind.iter().copied(), Safety::Unsafe);
    (count > 1).then(|| CodeAction {
        title: format!("Fix all {count} of “{}” in this draft", finding.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(of_kind.iter().map(|other| convert::diagnostic(snapshot, other)).collect()),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// Applies what `check --fix` applies.
fn fix_all(snapshot: &Snapshot) -> Option<CodeAction> {
    let (edits, count) = together(snapshot.findings.iter(), Safety::Safe);
    (count > 0).then(|| CodeAction {
        title: "Fix all that is safe to fix".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// The first fix of each finding that is at least that safe, without those that would touch what an earlier one
/// changes; and how many findings they settle.
fn together<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    least: Safety,
) -> (Vec<(SrcSpan, String)>, usize) {
    let fixes = findings
        .filter_map(|finding| finding.fixes.first())
        .filter(|fix| fix.safety <= least && !fix.edits.is_empty());
    let mut edits: Vec<(SrcSpan, String)> = Vec::new();
    let mut count = 0;
    for Fix { edits: more, .. } in fixes {
        let touches = |span: SrcSpan| {
            edits.iter().rev().any(|(other, _)| span.start <= other.end && other.start <= span.end)
        };
        if more.iter().any(|(span, _)| touches(*span)) {
            continue;
        }
        edits.extend(more.iter().cloned());
        count += 1;
    }
    (edits, count)
}

fn once_per_rule<'a>(findings: &[&'a Finding]) -> Vec<&'a Finding> {
    let mut out: Vec<&Finding> = Vec::new();
    for finding in findings {
        if out.iter().all(|other| other.rule != finding.rule) {
            out.push(finding);
        }
    }
    out
}

/// An edit of the draft.
fn edit(snapshot: &Snapshot, edits: &[(SrcSpan, String)]) -> WorkspaceEdit {
    let edits = edits.iter().map(|(span, text)| TextEdit::new(snapshot.range(*span), text.clone()));
    let edit = (snapshot.sheet.uri.clone(), snapshot.version, edits.collect());
    convert::workspace_edit(vec![edit], &snapshot.session.client)
}
