//! Who said what: minimal drafts with the quotation, the words that name its speaker, and the speaker's full name.

use copydesk::document::{self, Format};
use copydesk::engine::checker::{Cache, Checker, Scope};
use copydesk::facts::quotes::Quote;
use copydesk::finding::DocId;
use copydesk::guide::{Guide, QuoteSource, Quotes};
use copydesk::rules::rule::{ProjectCx, ProjectDoc};
use std::sync::Arc;

fn quotes(draft: &str) -> Vec<Quote> {
    let document = document::parse(draft.into(), Format::Markdown);
    let checker = Checker::new(Arc::new(Guide::default())).unwrap();
    checker.read(&document, &mut Cache::default()).facts.quotes
}

/// The mentions and names of a draft's speakers, in the order of the quotations.
fn speakers(draft: &str) -> Vec<(String, String)> {
    let shown = |quote: &Quote| {
        let speaker = quote.speaker.as_ref().unwrap();
        (speaker.mention.of(draft).to_owned(), speaker.name.clone())
    };
    quotes(draft).iter().map(shown).collect()
}

fn one(mention: &str, name: &str) -> Vec<(String, String)> {
    vec![(mention.to_owned(), name.to_owned())]
}

#[test]
fn the_speaker_is_named_after_the_quotation() {
    assert_eq!(speakers("“The pier is shut,” said Ada Obi."), one("Ada Obi", "Ada Obi"));
    assert_eq!(speakers("“The pier is shut,” Obi told reporters on Friday."), one("Obi", "Obi"));
    assert_eq!(speakers("“Is it shut?” Ada Obi, a clerk in Beru, asked."), one("Ada Obi", "Ada Obi"));
    assert_eq!(speakers("“The pier is shut,” according to the report."), one("the report", "the report"));
}

#[test]
fn the_speaker_is_named_before_the_quotation() {
    assert_eq!(speakers("In a statement, Obi said: “The pier is shut.”"), one("Obi", "Obi"));
    assert_eq!(
        speakers("Ada Obi, who runs the pier, called it “a very long day.”"),
        one("Ada Obi", "Ada Obi")
    );
    assert_eq!(speakers("According to Obi, “the pier is shut for good.”"), one("Obi", "Obi"));
    assert_eq!(speakers("OBI: “The pier is shut.”"), one("OBI", "OBI"));
}

#[test]
fn a_participle_speaks_for_the_subject_of_its_sentence() {
    let draft = "Ada Obi left the hall in May, telling reporters the pier was “shut for good.”";
    assert_eq!(speakers(draft), one("Ada Obi", "Ada Obi"));
}

#[test]
fn a_quotation_goes_on_with_the_speaker_before_it() {
    let draft = "“The pier is shut,” Ada Obi said. “We shall mend it.”\n\n“It will take a year.”";
    let names: Vec<String> = speakers(draft).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["Ada Obi", "Ada Obi", "Ada Obi"]);
}

#[test]
fn a_pronoun_and_a_surname_stand_for_the_full_name() {
    let draft = "Ada Obi runs the pier. “It is shut,” Obi said.\n\n“We shall mend it,” she said.";
    assert_eq!(
        speakers(draft),
        [("Obi".to_owned(), "Ada Obi".to_owned()), ("she".to_owned(), "Ada Obi".to_owned())]
    );
}

/// The names of a draft's speakers alone.
fn names(draft: &str) -> Vec<String> {
    speakers(draft).into_iter().map(|(_, name)| name).collect()
}

#[test]
fn a_mention_stands_for_the_person_it_is_headed_by() {
    assert_eq!(names("“It is shut,” said Inspector Ada Obi of the Beru Police."), ["Ada Obi"]);
    assert_eq!(names("“It is shut,” said pier director Ada Obi."), ["Ada Obi"]);
    assert_eq!(names("“It is shut,” the lawyer for Ada Obi said."), ["the lawyer"]);
    assert_eq!(names("“It is shut,” Ada Obi’s lawyer said."), ["Ada Obi’s lawyer"]);
    assert_eq!(names("The clerk, Ada Obi, told reporters: “It is shut.”"), ["Ada Obi"]);
    assert_eq!(names("Ada Obi runs the pier.\n\nOBI: “It is shut.”"), ["Ada Obi"]);
    assert_eq!(names("Ines Obi-Brandl runs the pier. “It is shut,” Obi-Brandl said."), ["Ines Obi-Brandl"]);
}

#[test]
fn a_pronoun_stands_for_who_was_spoken_of_last() {
    let draft = "“It is shut,” said Ada Obi. Keeper Ben Eze was angry. “Since when?” he said.";
    assert_eq!(names(draft), ["Ada Obi", "Ben Eze"]);
    let draft = "“It is shut,” Ada Obi said. “I know,” she added. “Since when?” Ben Eze asked. “Why?” he added. “Ice,” she said.";
    assert_eq!(names(draft), ["Ada Obi", "Ada Obi", "Ben Eze", "Ben Eze", "Ada Obi"]);
}

#[test]
fn marks_within_marks_are_read_either_way() {
    let draft = "‘I told them “this cannot go on”, and it went on,’ Ada Obi told reporters. ‘It’s the keepers’ pier.’";
    assert_eq!(names(draft), ["Ada Obi", "Ada Obi"]);
    let draft = "“I told them ‘this cannot go on,’ and it went on,” Ada Obi told reporters. “It’s the keepers’ pier.”";
    assert_eq!(names(draft), ["Ada Obi", "Ada Obi"]);
}

#[test]
fn what_somebody_said_to_others_is_not_theirs() {
    let draft = "Ada Obi told the board, “Shut it or somebody will drown.” They laughed.";
    assert_eq!(names(draft), ["Ada Obi"]);
}

#[test]
fn a_term_between_marks_is_nobodys_words() {
    assert!(quotes("The old “wrap lines” key is gone.").iter().all(|quote| quote.speaker.is_none()));
}

/// The quotations that unattributed-quote marks, by the first words that it quotes.
fn unattributed(draft: &str) -> usize {
    let checker = Checker::new(Arc::new(Guide::default())).unwrap();
    let findings = checker.check(&document::parse(draft.into(), Format::Markdown));
    findings.iter().filter(|finding| finding.rule == "unattributed-quote").count()
}

#[test]
fn a_quotation_that_the_story_takes_up_is_not_marked() {
    let quote = "“We have never seen a budget like this one.”";
    assert_eq!(unattributed(&format!("The council met.\n\n{quote}\n\nThe vote was put off.")), 1);
    assert_eq!(unattributed(&format!("The council met.\n\n{quote}\n\nThat is how the clerk put it.")), 0);
    assert_eq!(unattributed(&format!("The council met.\n\n{quote} So says the clerk of the court.")), 0);
    assert_eq!(
        unattributed(&format!("The clerk spoke.\n\nOn the budget\n\n{quote}\n\nThe vote was put off.")),
        0
    );
    assert_eq!(
        unattributed(&format!(
            "The council met.\n\n{quote} Ada Obi, clerk of the court\n\nThe vote was put off."
        )),
        0
    );
    let twice =
        format!("The council met.\n\n{quote}\n\nThe vote was put off. {quote} the clerk, Ada Obi, said.");
    assert_eq!(unattributed(&twice), 0);
}

#[test]
fn two_speakers_keep_their_words() {
    let draft = "“It is shut,” said Ada Obi. “Since when?” asked Ben Eze.";
    let names: Vec<String> = speakers(draft).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["Ada Obi", "Ben Eze"]);
}

/// What altered-quote says of drafts that are read in one run.
fn altered(drafts: &[&str]) -> Vec<(u32, String)> {
    let checker = Checker::new(Arc::new(Guide::default())).unwrap();
    let read = |draft: &&str| {
        let document = document::parse((*draft).into(), Format::Markdown);
        checker.read(&document, &mut Cache::default())
    };
    let readings: Vec<_> = drafts.iter().map(read).collect();
    let documents: Vec<ProjectDoc<'_>> = readings
        .iter()
        .enumerate()
        .map(|(index, reading)| ProjectDoc {
            id: DocId(index as u32),
            facts: &reading.facts,
            guide: &checker.guide,
        })
        .collect();
    let mut compared = vec![Vec::new(); drafts.len()];
    for (doc, finding) in checker.compare(&ProjectCx { documents: &documents }) {
        compared[doc.0 as usize].push(finding);
    }
    let mut out = Vec::new();
    for (number, (reading, compared)) in readings.iter().zip(compared).enumerate() {
        let findings = checker.report(reading, compared, Scope::Run);
        let findings = findings.into_iter().filter(|finding| finding.rule == "altered-quote");
        out.extend(findings.map(|finding| (number as u32, finding.message)));
    }
    out
}

#[test]
fn a_quotation_in_two_drafts_in_two_versions_is_altered() {
    let here = "“We shall mend the old pier before the winter storms come,” Ada Obi said.";
    let there = "“We shall fix the old pier before the winter storms come,” Ada Obi told the Herald.";
    let findings = altered(&[here, there]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].1.contains("“fix” here, “mend” there"), "{}", findings[0].1);
}

#[test]
fn the_same_words_in_many_drafts_are_not_altered() {
    let draft = "“We shall mend the old pier before the winter storms come,” Ada Obi said.";
    assert_eq!(altered(&[draft; 20]), []);
}

#[test]
fn a_few_words_are_compared_where_two_drafts_tell_one_story() {
    let here = "Ada Obi called the pier “truly old,” the boat “too slow” and the crew “very fine singers.”";
    let there = "Ada Obi called the pier “truly old,” the boat “too slow” and the crew “very fine dancers.”";
    let findings = altered(&[here, there]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].1.contains("“dancers” here, “singers” there"), "{}", findings[0].1);
    let other = "Ada Obi called the choir “very fine dancers.”";
    assert_eq!(altered(&[here, other]), []);
}

#[test]
fn a_quotation_is_checked_against_the_sources_of_the_guide() {
    let quotes = Quotes {
        sources: vec![Arc::new(QuoteSource {
            path: "talk.txt".into(),
            text:
                "MS. VARGA: We have three boats and no harbor to put them in. We asked for a pier in March."
                    .into(),
            format: Format::Plain,
        })],
        require_source: true,
    };
    let checker = Checker::new(Arc::new(Guide { quotes, ..Guide::default() })).unwrap();
    let said = |words: &str| -> Vec<String> {
        let document = document::parse(format!("“{words},” Ines Varga said.").into(), Format::Markdown);
        let findings = checker.check(&document).into_iter().filter(|finding| finding.rule == "altered-quote");
        findings.map(|finding| finding.message).collect()
    };
    assert!(said("We have three boats and no harbor to put them in").is_empty(), "as it was said");
    assert!(said("We have three boats and no harbor").is_empty(), "a part of it");
    assert!(said("We have three boats … and no harbor to put them in").is_empty(), "with words left out");
    assert_eq!(
        said("We have five boats and no harbor to put them in"),
        ["“five” here, “three” there; the source talk.txt has it otherwise"]
    );
    assert_eq!(
        said("We have three boats and no harbor to put them into"),
        [
            "the quotation “We have three boats and no harbor …” begins or ends otherwise in the source talk.txt"
        ]
    );
    assert_eq!(
        said("Nobody ever told the council about the price of oil"),
        ["the quotation “Nobody ever told the council about the …” stands in no source"]
    );
}
