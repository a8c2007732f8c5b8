//! The guide: what it says about which draft, and how it says what is wrong with it.

use copydesk::finding::Severity;
use copydesk::guide::discover::{Files, Guides};
use copydesk::guide::error::GuideError;
use copydesk::guide::{Dialect, Guide, Level};
use copydesk::rules;
use copydesk::text::lines::{LineIndex, Unit};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files that stand nowhere but here.
#[derive(Clone, Default)]
struct Desk(BTreeMap<PathBuf, String>);

impl Files for Desk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let text = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    }

    fn is_file(&self, path: &Path) -> bool {
        self.0.contains_key(path)
    }

    fn list(&self, folder: &Path) -> Vec<PathBuf> {
        self.0.keys().filter(|path| path.starts_with(folder) && *path != folder).cloned().collect()
    }
}

fn guides(files: &[(&str, &str)]) -> Guides<Desk> {
    let files = files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect();
    Guides::new(Desk(files), rules::review)
}

fn settled(files: &[(&str, &str)], draft: &str) -> Arc<Guide> {
    guides(files).for_draft(Path::new(draft)).unwrap()
}

/// The error of a guide: its place, the text there, the message and the help.
fn error(text: &str) -> String {
    let error = guides(&[("/a/styleguide.toml", text)]).for_draft(Path::new("/a/x.md")).unwrap_err();
    describe(&error)
}

fn describe(error: &GuideError) -> String {
    let text = &error.source.text;
    let Some(span) = error.span else { return format!("{} — {}", error.message, error.help) };
    let at = LineIndex::new(text).position(text, span.start, Unit::Char);
    format!("{}:{} [{}] {} — {}", at.line + 1, at.column + 1, span.of(text), error.message, error.help)
}

fn level(guide: &Guide, rule: &str) -> Option<Level> {
    guide.rules.get(rule).and_then(|setting| setting.level)
}

#[test]
fn the_nearest_guide_above_a_draft_holds() {
    let files =
        [("/a/styleguide.toml", "language = 'en-GB'"), ("/a/b/styleguide.toml", "language = 'en-CA'")];
    assert_eq!(settled(&files, "/a/x.md").language, Dialect::British);
    assert_eq!(settled(&files, "/a/b/c/x.md").language, Dialect::Canadian);
    assert_eq!(settled(&files, "/x.md").language, Dialect::American);
}

#[test]
fn an_extended_guide_holds_where_the_nearer_one_is_silent() {
    let files = [
        (
            "/house.toml",
            "language = 'en-GB'\nwords = ['paywall']\n[rules]\nmixed-dashes = 'error'\nunclosed-quote = 'off'\n\
             [terms]\n'utilise' = 'use'\n'commence' = 'begin'",
        ),
        (
            "/a/styleguide.toml",
            "extends = '../house.toml'\nwords = ['listicle']\n[rules]\nmixed-dashes = 'note'\n\
             [terms]\n'commence' = false",
        ),
    ];
    let guide = settled(&files, "/a/x.md");
    assert_eq!(guide.language, Dialect::British);
    assert!(guide.words.contains("Paywall") && guide.words.contains("listicle"));
    assert_eq!(level(&guide, "mixed-dashes"), Some(Level::On(Severity::Note)));
    assert_eq!(level(&guide, "unclosed-quote"), Some(Level::Off));
    assert_eq!(guide.terms.keys().collect::<Vec<_>>(), ["utilise"]);
}

#[test]
fn overrides_hold_for_their_paths_and_drafts_alike_share_a_guide() {
    let files = [(
        "/a/styleguide.toml",
        "[rules]\nmixed-dashes = 'error'\n[[overrides]]\npaths = ['opinion/']\nrules = { mixed-dashes = 'off' }\n\
         language = 'en-GB'",
    )];
    let mut guides = guides(&files);
    let news = guides.for_draft(Path::new("/a/news/x.md")).unwrap();
    let other = guides.for_draft(Path::new("/a/sport/y.md")).unwrap();
    let opinion = guides.for_draft(Path::new("/a/opinion/x.md")).unwrap();
    assert!(Arc::ptr_eq(&news, &other));
    assert_eq!(level(&news, "mixed-dashes"), Some(Level::On(Severity::Error)));
    assert_eq!(level(&opinion, "mixed-dashes"), Some(Level::Off));
    assert_eq!(opinion.language, Dialect::British);
}

#[test]
fn names_and_terms_are_read_in_every_form() {
    let guide = settled(
        &[(
            "/styleguide.toml",
            "[names]\n'Kyiv' = { not = ['Kiev'], except = ['chicken Kiev'] }\n'Orun' = ['Oroon']\n'Abara' = []\n\
             [terms]\n'Big Data' = 'big data'\n'impact' = { use = ['affect', 'effect'], reason = 'vague' }",
        )],
        "/x.md",
    );
    assert_eq!(guide.names["Kyiv"].except, ["chicken Kiev"]);
    assert_eq!(guide.names["Orun"].not, ["Oroon"]);
    assert!(guide.names["Abara"].not.is_empty());
    assert!(guide.terms["big data"].match_case);
    assert_eq!(guide.terms["impact"].instead, ["affect", "effect"]);
    let list = settled(&[("/styleguide.toml", "names = ['Abara', 'Orun']")], "/x.md");
    assert_eq!(list.names.len(), 2);
}

#[test]
fn files_that_the_guide_names_are_read() {
    let files = [
        ("/a/styleguide.toml", "dictionaries = ['med.dic']\nquotes.sources = ['talks/*.txt']"),
        ("/a/med.dic", "1\nstent\n"),
        ("/a/med.aff", "SET UTF-8\n"),
        ("/a/talks/one.txt", "We won."),
        ("/a/talks/two.md", "We lost."),
    ];
    let guide = settled(&files, "/a/x.md");
    assert_eq!(guide.dictionaries[0].dic, "1\nstent\n");
    assert_eq!(guide.quotes.sources.len(), 1);
    assert_eq!(&*guide.quotes.sources[0].text, "We won.");
}

#[test]
fn a_folder_is_read_as_the_guide_says() {
    let files = [("/a/styleguide.toml", "[files]\ninclude = ['stories/**']\nexclude = ['*.old.md']")];
    let mut guides = guides(&files);
    let mut included = |path: &str| guides.includes(Path::new(path)).unwrap();
    assert!(included("/a/stories/x.adoc"));
    assert!(!included("/a/stories/x.old.md"));
    assert!(!included("/a/x.md"));
    assert!(included("/b/x.md"));
    assert!(!included("/b/x.png"));
}

#[test]
fn an_error_points_at_the_very_word() {
    assert_eq!(
        error("langauge = 'en-GB'"),
        "1:1 [langauge] a guide has no key “langauge” — did you mean “language”?"
    );
    assert_eq!(
        error("# é\nlanguage = 'en-UK'"),
        "2:12 ['en-UK'] copydesk does not read “en-UK” — did you mean “en-US”?"
    );
    assert_eq!(
        error("[rules]\nmixed-dash = 'off'"),
        "2:1 [mixed-dash] no rule is called “mixed-dash” — did you mean “mixed-dashes”? “copydesk explain \
         mixed-dashes” tells what it finds"
    );
    assert_eq!(
        error("[rules]\nmixed-dashes = 'warn'"),
        "2:16 ['warn'] “warn” is no level — did you mean “warning”?"
    );
    assert_eq!(
        error("[rules]\nmixed-dashes = false"),
        "2:16 [false] true or false stands where a level is wanted — write \"off\", \"note\", \"warning\" or \
         \"error\", or a table: { level = \"note\", … }"
    );
    assert_eq!(
        error("[rules]\nunclosed-quote = { level = 'off', max = 3 }"),
        "2:35 [max] “unclosed-quote” has no options — only its level can be set"
    );
    assert_eq!(
        error("[files]\nexclude = ['a', 'b{']"),
        "2:17 ['b{'] “b{” is no pattern of paths: unclosed alternate group; missing '}' (maybe escape '{' with \
         '[{]'?) — patterns look like “opinion/**”, “*.md” or “archive/20[12]?/*.txt”"
    );
    assert_eq!(
        error("[[overrides]]\nlanguage = 'en-GB'"),
        "1:1 [[[overrides]]] this override does not say for which paths it holds — add a line such as paths = \
         [\"opinion/**\"]"
    );
    assert_eq!(
        error("extends = 'house.toml'"),
        "1:11 ['house.toml'] there is no guide “/a/house.toml” — check the path; “copydesk init” writes a new guide"
    );
    assert_eq!(
        error("extends = 'styleguide.toml'"),
        "1:11 ['styleguide.toml'] “styleguide.toml” extends itself through this line — take the line out of one of \
         the guides"
    );
    assert!(error("\u{FEFF}words = [").starts_with("1:"), "{}", error("\u{FEFF}words = ["));
}

#[test]
fn the_guide_that_ships_says_only_what_holds_anyway() {
    let guide = settled(&[("/styleguide.toml", copydesk::guide::STANDARD)], "/x.md");
    let default = Guide::default();
    assert_eq!(guide.language, default.language);
    assert!(guide.names.is_empty() && guide.terms.is_empty() && guide.rules.is_empty());
}
