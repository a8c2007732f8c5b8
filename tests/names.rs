//! What the names desk sees and what it leaves alone: minimal drafts with the marks in the text.

use copydesk::document::{self, Format};
use copydesk::engine::checker::{Cache, Checker};
use copydesk::finding::DocId;
use copydesk::guide::{Guide, Level, RuleSetting};
use copydesk::rules::rule::{ProjectCx, ProjectDoc};
use copydesk::rules::{self, names::name_variant};
use std::sync::Arc;

#[test]
fn a_slip_is_marked_and_the_right_form_offered() {
    let story = "Minister Adaeze Okonjowu spoke first. Okonjowu said the port would open in May.";
    for slip in ["Okonjwou", "Okonjow", "Okonnjowu", "Okonjawu", "Okobjowu"] {
        let found = alone(&format!("{story} Workers cheered when {slip} left."));
        assert_eq!(found, [(slip.to_owned(), Some("Okonjowu".to_owned()))]);
    }
}

#[test]
fn a_possessive_ending_is_kept() {
    for ending in ["’s", "'s", "’", ""] {
        let found = alone(&format!("Adaeze Okonjowu spoke. Okonjowu left. The car was Okonjwou{ending}."));
        assert_eq!(found, [("Okonjwou".to_owned(), Some("Okonjowu".to_owned()))], "{ending}");
    }
}

#[test]
fn another_person_is_left_alone() {
    silent("Adaeze Okonjowu spoke first, then Okonjowu left. Her rival, Samuel Okonjawu, stayed.");
    silent("Ana Velkov spoke. Velkov and her sister Irina Velkova left; the Velkovs live in Varna.");
    silent(
        "Iran and Iraq, Austria and Australia, Niger and Nigeria, Clinton and Clifton, Johnson and Johnston.",
    );
    silent("The Russians left Russia. A Kurd met other Kurds. Latinos and a Latina sang.");
}

#[test]
fn a_bare_slip_after_the_full_name_is_marked_though_each_stands_once() {
    assert_eq!(
        alone("The referee, Ian Okonjowu, was hurt. “Okonjwou is fine,” the doctor said."),
        [("Okonjwou".to_owned(), Some("Okonjowu".to_owned()))]
    );
}

#[test]
fn a_surname_is_no_place_in_one_word() {
    silent("Senator Anna Whitehouse went to the White House. Whitehouse left the White House at noon.");
}

#[test]
fn a_word_made_of_a_name_is_no_slip_for_it() {
    silent("A Kansan flew to Kansas. Nigerien troops met Nigerian ones. The okonist of Okonism met Okon.");
    silent("The firm QuarrX makes sand. The Quarr Board and the Quarr Club of Quarr like it.");
}

#[test]
fn a_correction_may_name_what_was_wrong() {
    silent(
        "Adaeze Okonjowu spoke. Okonjowu left.\n\nCorrection: An earlier version misspelled her surname as Okonjawu.",
    );
}

#[test]
fn capitals_by_place_are_no_spelling() {
    silent(
        "HARARE — Officials of Harare met.\n\nBELLO: We saw it.\n\nA man called Bello saw it. Bello left. (BELLO/Pool)",
    );
    silent("# OKONJOWU LEAVES PORT IN ANGER\n\nAdaeze Okonjowu left. Okonjowu was angry.");
}

#[test]
fn an_acronym_has_one_use_of_capitals() {
    assert_eq!(
        alone("The QRZB met. The QRZB voted, and the QRZB left. Nobody asked Qrzb why."),
        [("Qrzb".to_owned(), Some("QRZB".to_owned()))]
    );
}

#[test]
fn spellings_of_one_name_in_another_script_are_one_name() {
    assert_eq!(
        alone("She flew to Kyiv. Kyiv was quiet, but trains from Kiev were late."),
        [("Kiev".to_owned(), Some("Kyiv".to_owned()))]
    );
    assert_eq!(
        alone("Sergei Okonjowu sang. Sergei Okonjowu left. Nobody followed Sergey Okonjowu."),
        [("Sergey".to_owned(), Some("Sergei".to_owned()))]
    );
    silent("Sergei Okonjowu sang with Sergey Brandl.");
}

#[test]
fn what_the_draft_says_of_a_spelling_stands() {
    silent("Adaeze Okonjowu spoke. Okonjowu, also spelled Okonjawu, left.");
    silent("Adaeze Okonjowu spoke, and Okonjowu left. “Okonjwou [sic] was angry,” a note says.");
}

#[test]
fn names_of_the_guide_are_names_of_their_own() {
    let mut guide = only_name_variant();
    guide.names.insert("Okonjawu".to_owned(), copydesk::guide::Name::default());
    let checker = Checker::new(Arc::new(guide)).unwrap();
    let draft = "Adaeze Okonjowu spoke. Okonjowu left, and so did Okonjawu.";
    assert!(checker.check(&document::parse(draft.into(), Format::Markdown)).is_empty());
}

#[test]
fn drafts_of_a_run_are_compared() {
    let found = across(&[
        "Reporters of the agency TASQ asked. TASQ printed it. Park Jin Ho smiled. Adaeze Okonjowu spoke.",
        "The agency Tasq did not ask. Park Jin-ho left. Then Adaeze Okonjawu left.",
        "Adaeze Okonjowu sang.",
    ]);
    assert_eq!(
        found,
        [(1, "Tasq".to_owned()), (1, "Jin-ho".to_owned()), (1, "Okonjawu".to_owned())],
        "the rarer form, in the draft that has it"
    );
}

#[test]
fn different_drafts_speak_of_different_people() {
    assert!(
        across(&["Adaeze Okonjowu spoke. Okonjowu left.", "Samuel Okonjawu sang. Okonjawu left."]).is_empty()
    );
    assert!(across(&["José Brandl sang.", "Jose Velkov danced."]).is_empty());
}

#[test]
fn a_spelling_of_many_drafts_is_told_once() {
    let mut drafts = vec!["The agency TASQ said no."; 12];
    drafts.extend(["The agency Tasq said no."; 5]);
    assert_eq!(across(&drafts), [(12, "Tasq".to_owned())]);
    let mut drafts = vec!["The agency TASQ said no."; 12];
    drafts.extend(["The agency Tasq said no."; 2]);
    assert_eq!(across(&drafts), [(12, "Tasq".to_owned()), (13, "Tasq".to_owned())]);
}

#[test]
fn names_with_figures_and_words_beside_letters_are_compared_with_none() {
    let drafts = ["The Okono A320 flew.", "The Okono A320 flew.", "The Okono A321 flew."];
    assert!(across(&drafts).is_empty());
    assert!(
        across(&["A U.S.-Iran deal.", "A US-Iran deal.", "The US-led force.", "The U.S.-led force."])
            .is_empty()
    );
}

/// What name-variant says of one draft: the marked words and the first suggestion.
fn alone(draft: &str) -> Vec<(String, Option<String>)> {
    let checker = Checker::new(Arc::new(only_name_variant())).unwrap();
    let findings = checker.check(&document::parse(draft.into(), Format::Markdown));
    findings
        .iter()
        .map(|finding| (finding.span.of(draft).to_owned(), finding.suggestions().next().map(str::to_owned)))
        .collect()
}

fn silent(draft: &str) {
    assert_eq!(alone(draft), [], "{draft}");
}

/// What name-variant says of drafts of one run: the draft's number and the marked words.
fn across(drafts: &[&str]) -> Vec<(u32, String)> {
    let checker = Checker::new(Arc::new(only_name_variant())).unwrap();
    let readings: Vec<_> = drafts
        .iter()
        .map(|draft| checker.read(&document::parse((*draft).into(), Format::Markdown), &mut Cache::default()))
        .collect();
    let documents: Vec<ProjectDoc<'_>> = readings
        .iter()
        .enumerate()
        .map(|(index, reading)| ProjectDoc {
            id: DocId(index as u32),
            facts: &reading.facts,
            guide: &checker.guide,
        })
        .collect();
    let found = checker.compare(&ProjectCx { documents: &documents });
    found
        .into_iter()
        .map(|(doc, finding)| (doc.0, finding.span.of(drafts[doc.0 as usize]).to_owned()))
        .collect()
}

fn only_name_variant() -> Guide {
    let mut guide = Guide::default();
    for rule in rules::ALL {
        let level = if rule.name == name_variant::RULE.name { rule.default } else { Level::Off };
        guide
            .rules
            .insert(rule.name.to_owned(), RuleSetting { level: Some(level), ..RuleSetting::default() });
    }
    guide
}
