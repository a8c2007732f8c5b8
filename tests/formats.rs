//! Every format of the report, read as its readers read it: by the schema or the parser of each, over drafts with all that
//! breaks reports.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/schema.rs"]
mod schema;

use desk::Desk;
use serde_json::Value;
use std::collections::BTreeMap;
use uppsala::XsdValidator;

/// A desk with drafts whose names and words hold markup, control characters, commands, wide characters and damage.
fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("a.md", "\u{FEFF}😀 She read the the notice.\r\n\r\nEverybody will recieve it.\r\n");
    desk.write(
        "drafts & <notes>/ö, 100%: \"x\".md",
        "# A & B <script>alert(1)</script> |\n\n::error::@desk The the ##[add-path]/ `x` | #12 a]]>b \u{7}\u{1b}[31m the the.\n",
    );
    desk.write(
        "names.md",
        "Tomas Lindqvist came. Tomas Lindqvist stayed.\n\nTomas Lindkvist\u{202E} left.\n",
    );
    desk.write(
        "page.html",
        "<h1>One</h1><p>They waited for a hour &amp; <b>the the</b> end.</p><!-- stet -->",
    );
    desk.write("damaged.md", b"Caf\xE9 owners read the the notice.\n");
    desk.write("clean.md", "Nothing is wrong here.\n");
    desk.write("copy/one.md", PARAGRAPH);
    desk.write("copy/two.md", PARAGRAPH);
    desk
}

const PARAGRAPH: &str = "The council meets again in the autumn, when the bill for the new bridge is due, and nobody in the \
    town hall wants to say today who is going to pay for all of it in the end.\n";

/// A report, whatever the exit code.
fn report(desk: &Desk, format: &str) -> String {
    let ran = desk.run(&["check", "--format", format]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{format}");
    ran.out
}

/// What every format must tell: how many findings there are in each draft.
fn counts(desk: &Desk) -> BTreeMap<String, usize> {
    let report: Value = serde_json::from_str(&report(desk, "json")).unwrap();
    let files = report["files"].as_array().unwrap();
    let counts = files
        .iter()
        .map(|file| (file["path"].as_str().unwrap().to_owned(), file["findings"].as_array().unwrap().len()));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// Counts the paths of findings.
fn count<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for path in paths {
        *out.entry(path.to_owned()).or_default() += 1;
    }
    out
}

fn json(text: &str, schema: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap();
    valid(&value, schema);
    value
}

fn valid(value: &Value, schema: &str) {
    let errors = schema::errors(&serde_json::from_str(schema).unwrap(), value);
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let sarif = serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).unwrap();
    let wrong = serde_json::json!({
        "version": "2.0.0",
        "runs": [{ "tool": { "driver": {} }, "results": [{ "message": { "text": 1 }, "rule": "x", "level": "bad" }] }],
    });
    let errors = schema::errors(&sarif, &wrong).join("\n");
    for place in ["/version", "/runs/0/tool/driver", "/message/text", "/results/0/rule", "/results/0/level"] {
        assert!(errors.contains(place), "{place}\n{errors}");
    }
}

fn xml(text: &str, schema: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let document = uppsala::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let schema = uppsala::parse(schema).unwrap();
    let errors = XsdValidator::from_schema(&schema).unwrap().validate(&document);
    assert!(errors.is_empty(), "{errors:?}");
    let mut out = Vec::new();
    for node in document.descendants(document.root()) {
        if let Some(element) = document.element(node) {
            let attributes = element
                .attributes
                .iter()
                .map(|attribute| (attribute.name.local_name.to_string(), attribute.value.to_string()));
            out.push((element.name.local_name.to_string(), attributes.collect()));
        }
    }
    out
}

#[test]
fn sarif_is_valid_and_complete() {
    let desk = desk("sarif");
    let report = json(&report(&desk, "sarif"), include_str!("schemas/sarif-2.1.0.json"));
    let run = &report["runs"][0];
    let results = run["results"].as_array().unwrap();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let uri = |result: &Value| {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .unwrap()
            .to_owned();
        String::from_utf8(percent_decoded(&uri)).unwrap()
    };
    let uris: Vec<String> = results.iter().map(uri).collect();
    assert_eq!(count(uris.iter().map(String::as_str)), counts(&desk));
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["help"]["markdown"].is_string());
        assert_eq!(result["partialFingerprints"]["copydesk/v1"].as_str().unwrap().len(), 16);
    }
    let variant = results.iter().find(|result| result["ruleId"] == "name-variant").unwrap();
    assert_eq!(variant["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 1);
    // The emoji is one column wide, the byte order mark before it another.
    let twice = &results[uris.iter().position(|uri| uri == "a.md").unwrap()];
    let region = &twice["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["byteOffset"]), (&13.into(), &17.into()));
    let replacement = &twice["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "the");
    assert_eq!(replacement["deletedRegion"]["byteLength"], 7);
}

#[test]
fn rdjson_and_rdjsonl_are_valid_and_count_columns_in_bytes() {
    let desk = desk("rdjson");
    let whole = json(&report(&desk, "rdjson"), include_str!("schemas/rdjson.json"));
    let diagnostics = whole["diagnostics"].as_array().unwrap();
    let path = |diagnostic: &Value| diagnostic["location"]["path"].as_str().unwrap().to_owned();
    let paths: Vec<String> = diagnostics.iter().map(path).collect();
    assert_eq!(count(paths.iter().map(String::as_str)), counts(&desk));
    let range = &diagnostics[0]["location"]["range"];
    assert_eq!(range["start"], serde_json::json!({ "line": 1, "column": 18 }));
    assert_eq!(diagnostics[0]["suggestions"][0]["text"], "the");
    let lines = report(&desk, "rdjsonl");
    for (line, diagnostic) in lines.lines().zip(diagnostics) {
        let mut line = json(line, include_str!("schemas/rdjsonl.json"));
        assert_eq!(line.as_object_mut().unwrap().remove("source").unwrap()["name"], "copydesk");
        assert_eq!(line, *diagnostic);
    }
}

#[test]
fn gitlab_reports_are_valid_and_their_fingerprints_unique() {
    let desk = desk("gitlab");
    let report = json(&report(&desk, "gitlab"), include_str!("schemas/gitlab.json"));
    let issues = report.as_array().unwrap();
    assert_eq!(count(issues.iter().map(|issue| issue["location"]["path"].as_str().unwrap())), counts(&desk));
    let fingerprints = count(issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()));
    assert!(fingerprints.values().all(|count| *count == 1), "{fingerprints:?}");
    let nothing = desk.run(&["check", "--format", "gitlab", "clean.md"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(0), "[]\n"));
}

#[test]
fn checkstyle_and_junit_are_well_formed_and_valid() {
    let desk = desk("xml");
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut file = String::new();
    for (name, attributes) in xml(&report(&desk, "checkstyle"), include_str!("schemas/checkstyle.xsd")) {
        match name.as_str() {
            "file" => file = attributes["name"].clone(),
            "error" => *found.entry(file.clone()).or_default() += 1,
            _ => {}
        }
    }
    assert_eq!(found, counts(&desk));
    let (mut failures, mut clean) = (BTreeMap::new(), Vec::new());
    for (name, attributes) in xml(&report(&desk, "junit"), include_str!("schemas/junit.xsd")) {
        if name == "testsuite" {
            match attributes["failures"].parse().unwrap() {
                0 => clean.push(attributes["name"].clone()),
                count => drop(failures.insert(attributes["name"].clone(), count)),
            }
        }
    }
    assert_eq!(failures, counts(&desk));
    assert!(clean.contains(&"clean.md".to_owned()));
}

/// Reads the log as GitHub's runner does: a line that begins with `::` is a command, one with `##[` in it an old one.
#[test]
fn github_commands_are_escaped_and_within_the_limits() {
    let desk = desk("github");
    desk.write("many.md", "She read the the notice.\n\n".repeat(30));
    let log = report(&desk, "github");
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    let mut plain = 0;
    for line in log.lines() {
        assert!(!line.contains("##["), "{line}");
        let Some(command) = line.trim_start().strip_prefix("::") else {
            plain += usize::from(
                line.contains(": error: ") || line.contains(": warning: ") || line.contains(": note: "),
            );
            continue;
        };
        let (head, message) = command.split_once("::").unwrap();
        let (level, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&level) && !message.is_empty());
        let properties: BTreeMap<&str, String> = properties
            .split(',')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name, String::from_utf8(percent_decoded(value)).unwrap()))
            .collect();
        assert!(properties["line"].parse::<u32>().unwrap() > 0);
        assert!(properties["title"].starts_with("copydesk: "));
        *found.entry(properties["file"].clone()).or_default() += 1;
        *levels.entry(level).or_default() += 1;
    }
    assert!(levels.values().all(|count| *count <= 10), "{levels:?}");
    assert!(found.contains_key("drafts & <notes>/ö, 100%: \"x\".md"), "{found:?}");
    assert_eq!(found.values().sum::<usize>() + plain, counts(&desk).values().sum::<usize>());
}

#[test]
fn lines_are_lines() {
    let desk = desk("lines");
    let all = counts(&desk).values().sum::<usize>();
    let jsonl = report(&desk, "jsonl");
    let paths: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(count(paths.iter().map(|line| line["path"].as_str().unwrap())), counts(&desk));
    let compact = report(&desk, "compact");
    assert_eq!(compact.lines().count(), all);
    for line in compact.lines() {
        let (place, rest) = line.split_once(": ").unwrap();
        let place = if place.contains("100%") {
            rest.split_once(": ").map_or(place, |(place, _)| place)
        } else {
            place
        };
        let mut place = place.rsplit(':');
        assert!(
            place.next().unwrap().parse::<u32>().is_ok() && place.next().unwrap().parse::<u32>().is_ok(),
            "{line}"
        );
        assert!(line.ends_with(']'));
    }
    let markdown = report(&desk, "markdown");
    let is_row =
        |line: &&str| ["| error |", "| warning |", "| note |"].iter().any(|begin| line.starts_with(begin));
    assert_eq!(markdown.lines().filter(is_row).count(), all);
    assert!(!markdown.contains("@desk") && !markdown.contains("<script>"), "{markdown}");
}

#[test]
fn a_comment_on_a_pull_request_is_never_too_long() {
    let desk = Desk::new("long");
    desk.write("many.md", "She read the the notice and nobody else did.\n\n".repeat(3_000));
    let markdown = report(&desk, "markdown");
    assert!(markdown.chars().count() < 65_000);
    assert!(markdown.contains("and 2,950 more findings"), "{markdown}");
}

#[test]
fn the_page_needs_nothing_else_and_says_what_the_draft_says_as_text() {
    let desk = desk("html");
    let page = report(&desk, "html");
    for outside in ["<script", "http://", "src=", "@import", "<link", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(page.matches("class=\"remark ").count(), counts(&desk).values().sum::<usize>());
    assert!(page.contains("drafts &amp; &lt;notes&gt;/ö, 100%: &quot;x&quot;.md"));
    assert!(page.contains("<h3>Names</h3>") && page.contains("Tomas Lindqvist"));
    // Every link leads somewhere on the page.
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
    }
    // Tags that open close.
    for tag in ["article", "div", "aside", "table", "section", "mark", "p", "h2", "h3"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn several_reports_come_out_of_one_run() {
    let desk = desk("several");
    let alone = |format| report(&desk, format);
    let (compact, sarif, html) = (alone("compact"), alone("sarif"), alone("html"));
    let ran = desk.run(&[
        "check",
        "--format",
        "sarif=out.sarif",
        "--format",
        "compact",
        "--format",
        "html=out.html",
    ]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(ran.out, compact);
    assert_eq!(desk.text("out.sarif"), sarif);
    assert_eq!(desk.text("out.html"), html);
    // The page of the last run is no draft of this one.
    let ran = desk.run(&["check", "--output", "out.html"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert_eq!(desk.text("out.html"), html);
    for (arguments, message) in [
        (&["--format", "json", "--format", "text"][..], "two reports cannot both go to standard output"),
        (&["--output", "nowhere/x.html"], "there is no such folder"),
        (&["--format", "json=x.json", "--output", "y.json"], "--output has no report left to write"),
        (&["--format", "sarf"], "did you mean “sarif”?"),
        (&["--format", "json="], "no file is named"),
        (&["--output", "copy"], "it is a folder"),
    ] {
        let ran = desk.run(&[&["check"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains(message), "{}", ran.err);
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| u8::from_str_radix(&text[at + 1..at + 3], 16).unwrap());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    out
}
