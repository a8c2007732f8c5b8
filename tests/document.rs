//! Drafts to blocks: what is prose, of what kind, and where it stands.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod invariants;

use copydesk::document::block::{BlockKind, OBJECT};
use copydesk::document::stet::Problem;
use copydesk::document::{Document, Format, parse};
use copydesk::text::span::Span;

fn document(text: &str, format: Format) -> Document {
    let document = parse(text.into(), format);
    invariants::check(&document);
    document
}

/// One line for each block: its kind and its prose, line breaks as `⏎` and objects as `□`.
fn blocks(text: &str, format: Format) -> Vec<String> {
    let blocks = document(text, format).blocks;
    let show = |kind: &BlockKind| match kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".into(),
        BlockKind::ListItem => "li".into(),
        BlockKind::BlockQuotation => "quote".into(),
        BlockKind::Caption => "caption".into(),
        BlockKind::TableHeader => "th".into(),
        BlockKind::TableCell => "td".into(),
        BlockKind::Footnote => "note".into(),
        BlockKind::AltText => "alt".into(),
        BlockKind::Title => "title".into(),
        BlockKind::FrontMatter(key) => key.to_string(),
    };
    let line = |prose: &str| prose.replace('\n', "⏎").replace(OBJECT, "□");
    blocks
        .iter()
        .map(|placed| format!("{}: {}", show(&placed.block.kind), line(&placed.block.prose)))
        .collect()
}

fn markdown(text: &str) -> Vec<String> {
    blocks(text, Format::Markdown)
}

fn html(text: &str) -> Vec<String> {
    blocks(text, Format::Html)
}

/// The source of the first place where a block's prose has `words`.
fn source_of(text: &str, format: Format, words: &str) -> String {
    let document = document(text, format);
    let found = document.blocks.iter().find_map(|placed| Some((placed, placed.block.prose.find(words)?)));
    let (placed, at) = found.expect("the words are in the prose");
    placed.to_source(Span::new(at as u32, (at + words.len()) as u32)).of(text).to_owned()
}

#[test]
fn markdown_blocks_have_their_kinds() {
    let text = "# Ferry *late*\n\nThe ferry\nwas late.\n\n- One\n- Two\n\n  More of two\n  - Nested\n\n> Said so\n\n\
                | Port | Time |\n|---|---|\n| North | 9 |\n\nEnd.[^1]\n\n[^1]: A note.\n";
    assert_eq!(
        markdown(text),
        [
            "h1: Ferry late",
            "p: The ferry⏎was late.",
            "li: One",
            "li: Two",
            "li: More of two",
            "li: Nested",
            "quote: Said so",
            "th: Port",
            "th: Time",
            "td: North",
            "td: 9",
            "p: End.",
            "note: A note."
        ]
    );
}

#[test]
fn code_and_addresses_are_no_prose() {
    assert_eq!(markdown("Run `x` now.\n\n```\ncode\n```\n\n    more code\n"), ["p: Run □ now."]);
    assert_eq!(markdown("A [port](http://example.org/x)."), ["p: A port."]);
    assert_eq!(markdown("See <https://example.org/x>."), ["p: See https://example.org/x."]);
    assert_eq!(markdown("[a]: http://example.org\n\nRead [a]."), ["p: Read a."]);
}

#[test]
fn struck_out_words_are_gone() {
    assert_eq!(markdown("The ~~late~~ ferry"), ["p: The  ferry"]);
}

#[test]
fn task_lists_and_alerts_leave_no_marks() {
    assert_eq!(markdown("- [ ] Call the port\n- [x] Write"), ["li: Call the port", "li: Write"]);
    assert_eq!(markdown("> [!NOTE]\n> Call first"), ["p: Call first"]);
    assert_eq!(markdown("# Ports {#ports}"), ["h1: Ports"]);
}

#[test]
fn pictures_and_links_have_words_of_their_own() {
    assert_eq!(
        markdown("See ![the *old* port](a.jpg \"In rain\") or [it](b \"A map\")."),
        ["p: See □ or it.", "alt: the old port", "title: In rain", "title: A map"]
    );
    assert_eq!(
        source_of("[it](b \"A \\\"map\\\" & more\" )", Format::Markdown, "A \"map\" & more"),
        "A \\\"map\\\" & more"
    );
    assert_eq!(markdown("[it][m]\n\n[m]: /x 'Of the port'\n"), ["p: it", "title: Of the port"]);
}

#[test]
fn captions_stand_under_pictures() {
    assert_eq!(markdown("![](a.jpg)\nThe port at dawn"), ["caption: The port at dawn"]);
    assert_eq!(
        markdown("![](a.jpg)\n\n*The port at dawn. Photo: A. Writer.*\n\nMore."),
        ["caption: The port at dawn. Photo: A. Writer.", "p: More."]
    );
    assert_eq!(markdown("![](a.jpg)\n\nThe port was empty."), ["p: The port was empty."]);
    assert_eq!(html("<figure><img src=a><figcaption>The port</figcaption></figure>"), ["caption: The port"]);
}

#[test]
fn entities_and_escapes_keep_their_place() {
    let text = "Fish &amp; chips \\*now\\* caf&eacute;";
    assert_eq!(markdown(text), ["p: Fish & chips *now* café"]);
    assert_eq!(source_of(text, Format::Markdown, "&"), "&amp;");
    assert_eq!(source_of(text, Format::Markdown, "now*"), "now\\*");
    assert_eq!(source_of(text, Format::Markdown, "café"), "caf&eacute;");
    assert_eq!(source_of(text, Format::Html, "& chips"), "&amp; chips");
}

#[test]
fn line_ends_of_every_system_are_line_ends() {
    assert_eq!(markdown("\u{FEFF}# One\r\n\r\nTwo\r\nthree\r\n"), ["h1: One", "p: Two⏎three"]);
    assert_eq!(source_of("> Two\r\n> three", Format::Markdown, "Two\nthree"), "Two\r\n> three");
}

#[test]
fn html_in_markdown_is_read_as_html() {
    assert_eq!(
        markdown(
            "<div>\n<p>The ferry<br>was late.</p>\n</div>\n\n<script>\nvar a\n\n</script>\n\nText <b>bold</b><!-- no -->."
        ),
        ["p: The ferry⏎was late.", "p: Text bold."]
    );
    assert_eq!(markdown("Type <kbd>x *y*</kbd> now.\n\nNext"), ["p: Type □ now.", "p: Next"]);
    assert_eq!(markdown("Left <code>open\n\nNext"), ["p: Left □", "p: Next"]);
    assert_eq!(markdown("> <p>Said\n> so</p>"), ["quote: Said so"]);
    assert_eq!(source_of("> <p>Said\n> so</p>", Format::Markdown, "Said so"), "Said\n> so");
    assert_eq!(
        markdown("<blockquote>\n\nSaid *so*\n\n</blockquote>\n\nI left"),
        ["quote: Said so", "p: I left"]
    );
}

#[test]
fn directives_of_templates_are_no_prose() {
    assert_eq!(
        markdown("Hello {{ name }}, welcome.\n\n{% include a.html %}\n\nBye"),
        ["p: Hello □, welcome.", "p: Bye"]
    );
    assert_eq!(markdown("{{< figure src=\"a.jpg\" caption=\"The port\" >}}"), ["caption: The port"]);
    assert_eq!(markdown("[Port]({{ site.url }}/port) is open"), ["p: Port is open"]);
}

#[test]
fn front_matter_has_fields_of_prose() {
    let text = "---\ntitle: \"The \\\"late\\\" ferry\"\nslug: the-late-ferry\ndescription: >\n  Why the ferry\n  was late.\n\
                summary: It's late # a comment\nimage:\n  src: a.jpg\n  caption: 'The captain''s port'\ntags: [a, b]\n---\nText";
    assert_eq!(
        markdown(text),
        [
            "title: The \"late\" ferry",
            "description: Why the ferry⏎was late.",
            "summary: It's late",
            "caption: The captain's port",
            "p: Text"
        ]
    );
    assert_eq!(source_of(text, Format::Markdown, "\"late\""), "\\\"late\\\"");
    assert_eq!(source_of(text, Format::Markdown, "captain's"), "captain''s");
    assert_eq!(
        markdown(
            "+++\ntitle = 'The ferry'\ndraft = true\n[params]\nsubtitle = \"\"\"\nLate\nagain\"\"\"\n+++\nText"
        ),
        ["title: The ferry", "subtitle: Late⏎again", "p: Text"]
    );
    assert_eq!(markdown("---\n\nA line, then another.\n\n---\n"), ["p: A line, then another."]);
}

#[test]
fn html_pages_have_their_kinds() {
    let text = "<!doctype html><html><head><title>The ferry</title><meta name=description content='Late &amp; wet'>\
                <style>p{}</style></head><body><nav><a href=x>Home</a></nav><h1>Late</h1><p>The  ferry\n was <em>late</em>.\
                <ul><li>One<li>Two</ul><blockquote><p>Said</blockquote><table><tr><th>Port<td>North</table>\
                <pre>code</pre><img alt='The port'><p>Run <code>x &lt; y</code>, please&nbsp;now.</body>";
    assert_eq!(
        html(text),
        [
            "title: The ferry",
            "description: Late & wet",
            "p: Home",
            "h1: Late",
            "p: The ferry was late.",
            "li: One",
            "li: Two",
            "quote: Said",
            "th: Port",
            "td: North",
            "alt: The port",
            "p: Run □, please\u{A0}now."
        ]
    );
    assert_eq!(source_of(text, Format::Html, "ferry was late"), "ferry\n was <em>late");
}

#[test]
fn captions_and_breaks_of_html() {
    assert_eq!(
        html("<figure><img src=a><figcaption><p>The port</p><p>A. Writer</p></figcaption></figure><p>Text."),
        ["caption: The port", "caption: A. Writer", "p: Text."]
    );
    assert_eq!(html("<p class='wp-caption-text'>The port<p>Text."), ["caption: The port", "p: Text."]);
    assert_eq!(html("<div class=caption><p>The port</p></div>Text."), ["caption: The port", "p: Text."]);
    assert_eq!(html("One<br>two<br>\n<br>Three<br></div>"), ["p: One⏎two", "p: Three"]);
    assert_eq!(markdown("One<br><br>two"), ["p: One", "p: two"]);
}

#[test]
fn html_that_is_hidden_is_no_prose() {
    assert_eq!(
        html("<p>One<div hidden><p>Two</div><p style='display:none'>x</p>Three"),
        ["p: One", "p: Three"]
    );
    assert_eq!(html("<p>Known<sup>1</sup> for the 1<sup>st</sup> time"), ["p: Known for the 1st time"]);
    assert_eq!(html("<p>an <code>open<p>next"), ["p: an □", "p: next"]);
    assert_eq!(html("<p>She said <q>no</q>."), ["p: She said “no”."]);
}

/// Each stet: what it lets stand, the rules it names, the reason.
fn stets(text: &str, format: Format) -> Vec<(String, String, Option<String>)> {
    let stets = document(text, format).stets;
    let show = |stet: copydesk::document::stet::Stet| {
        let rules: Vec<_> = stet.rules.iter().map(|rule| rule.name.as_str()).collect();
        (stet.scope.of(text).trim().to_owned(), rules.join(" "), stet.reason)
    };
    stets.into_iter().map(show).collect()
}

#[test]
fn a_stet_lets_the_next_block_stand() {
    let text = "One\n\n<!-- stet -->\nTwo\n\n<!-- stet wrong-word, name-variant: her own spelling -->\n\n- Three\n- Four\n\nFive";
    assert_eq!(
        stets(text, Format::Markdown),
        [
            ("Two".into(), "".into(), None),
            ("- Three\n- Four".into(), "wrong-word name-variant".into(), Some("her own spelling".into()))
        ]
    );
    assert_eq!(
        stets("<p>One<!-- stet -->\n<p>Two</p>", Format::Html),
        [("<p>One<!-- stet -->".into(), "".into(), None)]
    );
    assert_eq!(stets("<!-- stet --><p>Two</p>", Format::Html), [("<p>Two</p>".into(), "".into(), None)]);
    assert_eq!(
        stets("A word <!-- stet repeated-word --> here", Format::Markdown),
        [("A word <!-- stet repeated-word --> here".into(), "repeated-word".into(), None)]
    );
    assert_eq!(stets("<!-- stetson -->\n\nTwo", Format::Markdown), []);
}

#[test]
fn a_stet_lets_a_stretch_stand() {
    let text = "One\n\n<!-- stet begin mixed-dashes: a poem -->\n\nTwo\n\nThree\n\n<!-- stet end -->\n\nFour";
    assert_eq!(
        stets(text, Format::Markdown),
        [("Two\n\nThree".into(), "mixed-dashes".into(), Some("a poem".into()))]
    );
    let document = document("One\n\n<!-- stet end -->\n\n<!-- stet begin -->\n\nTwo", Format::Markdown);
    let problems: Vec<_> = document.stets.iter().map(|stet| stet.problem).collect();
    assert_eq!(problems, [Some(Problem::NeverBegan), Some(Problem::NeverEnds)]);
}

#[test]
fn front_matter_lets_the_file_stand() {
    let rules = |text| stets(text, Format::Markdown).into_iter().map(|stet| stet.1).collect::<Vec<_>>();
    assert_eq!(rules("---\nstet: [wrong-word, name-variant]\n---\nText"), ["wrong-word name-variant"]);
    assert_eq!(
        rules("---\nstet:\n  - wrong-word\n  - name-variant\ntitle: x\n---\nText"),
        ["wrong-word name-variant"]
    );
    assert_eq!(rules("+++\nstet = \"wrong-word\"\n+++\nText"), ["wrong-word"]);
    assert_eq!(rules("---\nstet: true\n---\nText"), [""]);
}

fn plain(text: &str) -> Vec<String> {
    blocks(text, Format::Plain)
}

#[test]
fn a_blank_line_ends_a_paragraph_of_plain_text() {
    assert_eq!(plain("\u{FEFF}One.\r\n\r\nTwo\r\n \t\r\nThree"), ["p: One.", "p: Two", "p: Three"]);
    assert_eq!(plain("One.\r\rTwo"), ["p: One.", "p: Two"]);
}

#[test]
fn text_that_was_broken_to_fit_a_page_is_put_together() {
    let text = "The ferry between the old port and the harbor islands was late again on\n\
                Monday, the third time this month, and passengers waited for an hour in\n\
                the rain.\n\
                \x20 The port has no roof over its piers, and the company that runs the ferry\n\
                said that it plans none.";
    assert_eq!(plain(text).len(), 2);
    assert!(plain(text)[0].contains("late again on⏎Monday"));
    assert_eq!(source_of(text, Format::Plain, "ferry\nsaid"), "ferry\nsaid");
}

#[test]
fn each_line_may_be_a_paragraph() {
    let long = "The ferry between the old port and the harbor islands was late again on Monday, the third time this \
                month, and passengers waited.";
    let text = format!("Ferry late again\nBy A. Writer\n{long}\n{long}\nIt rained.");
    assert_eq!(plain(&text).len(), 5);
    assert_eq!(plain("Ferry late again\nPassengers waited for an hour in the rain").len(), 2);
}

#[test]
fn lists_quotations_and_headings_of_plain_text() {
    let text = "THE PORT TODAY\n\nBring:\n- a coat\n* boots\n2. tickets\n\n> She said so\n>> and went\n\n--------\n\nEnd.";
    assert_eq!(
        plain(text),
        [
            "h1: THE PORT TODAY",
            "p: Bring:",
            "li: a coat",
            "li: boots",
            "li: tickets",
            "quote: She said so⏎and went",
            "p: End."
        ]
    );
}

#[test]
fn a_stet_stands_on_a_line_of_its_own_in_plain_text() {
    let text = "One.\n\n[stet wrong-word: as spelled]\nTwo.\n\n[stet begin]\nThree.\n\nFour.\n[stet end]\nFive [stet].";
    assert_eq!(plain(text), ["p: One.", "p: Two.", "p: Three.", "p: Four.", "p: Five [stet]."]);
    assert_eq!(
        stets(text, Format::Plain),
        [
            ("Two.".into(), "wrong-word".into(), Some("as spelled".into())),
            ("Three.\n\nFour.".into(), "".into(), None)
        ]
    );
}
