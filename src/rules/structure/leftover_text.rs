//! leftover-text: what was never meant for readers, or stood around the text where it was copied from.
//!
//! One automaton finds all phrases; what stands around a phrase decides whether it is one. Each phrase says where it must
//! stand, because most of them are ordinary words inside a sentence.

use crate::document::analysis::Analysis;
use crate::document::block::{Block, BlockKind};
use crate::document::quotation;
use crate::document::token::{Shape, Token};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::guide::Level;
use crate::guide::error::GuideError;
use crate::guide::options::Options;
use crate::rules::rule::{BlockCx, Check, Example, Family, Rule};
use crate::text::span::Span;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use memchr::{memchr, memrchr};
use schemars::{JsonSchema, schema_for};
use serde::Deserialize;

pub const RULE: Rule = Rule {
    name: "leftover-text",
    family: Family::Structure,
    summary: "Text that was never meant for readers was left in",
    why: "A story that was copied from a web page brings its furniture along (“Leave a Reply”, “See also …”, “Story \
          continues below”); a draft keeps its placeholders (TK, lorem ipsum), a wire story its marks ((MORE), ENDS). \
          Readers see it first.\n\n\
          A phrase counts only where furniture stands: as a line of its own or at the beginning of one, never in the middle \
          of a sentence or inside a quotation.",
    default: Level::On(Severity::Warning),
    across: false,
    yields_to: &[],
    options: Some(|| schema_for!(LeftoverOptions)),
    examples: &[
        Example {
            draft: "The council meets again in September.\n\n\
                    «See also  Council puts off vote on harbor budget»\n\n\
                    «Leave a Reply»\n\n\
                    «Your email address will not be published. Required fields are marked» *",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "The dock will cost $«TK» million, said «TKTK», who runs the yard.\n\n«Lorem ipsum dolor sit amet.»\n\n«(MORE)»",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "Voters will see also a second question. Readers were asked to leave a reply in the box by the door.\n\n\
                    The story continues below deck, where the war that ends nothing ends. Click here, she said, and nothing \
                    happened.\n\n“Sign up for our newsletter” was all the page would say. TK Maxx opens on Friday.",
            fixed: None,
            guide: "",
        },
        Example {
            draft: "«Join the conversation»\n\nRelated: Council puts off vote",
            fixed: None,
            guide: "[rules]\nleftover-text = { phrases = [\"Join the conversation\"], allow = [\"related:\"] }",
        },
    ],
    build: |options| Ok(Box::new(LeftoverText::new(options)?)),
};

/// The options of leftover-text.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(default)]
struct LeftoverOptions {
    /// More phrases that are left over where they stand as a line of their own
    phrases: Vec<String>,
    /// Phrases that are let stand
    allow: Vec<String>,
}

/// Where a phrase must stand to be a leftover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Anywhere.
    Any,
    /// Anywhere in a line, which is left over as a whole.
    Within,
    /// A line of its own, whatever marks stand around it.
    Line,
    /// A paragraph's line of its own: as a heading or in a list it may well be meant.
    ParagraphLine,
    /// The beginning of a paragraph's line; more follows.
    Start,
    /// The beginning of a paragraph's line, before a headline: capitals, and no stop at the end.
    BeforeHeadline,
    /// In brackets of its own, or between dashes, on a line of its own.
    Bracketed,
    /// TK and TKTK.
    Tk,
    /// XXXX.
    Blank,
}

/// What is said of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Furniture,
    Placeholder,
    WireMark,
    Entity,
}

/// What to look for, in lower case, without the marks around it.
const PHRASES: &[(Place, Kind, &[&str])] = &[
    (
        Place::Within,
        Kind::Furniture,
        &[
            "your email address will not be published",
            "required fields are marked",
            "media playback is unsupported on your device",
            "you need to enable javascript",
            "please enable javascript",
        ],
    ),
    (
        Place::Line,
        Kind::Furniture,
        &[
            "leave a reply",
            "leave a comment",
            "leave your comment",
            "cancel reply",
            "post a comment",
            "post comment",
            "view comments",
            "view all comments",
            "show comments",
            "comments are closed",
            "you must be logged in to post a comment",
            "log in to comment",
            "share this",
            "share this article",
            "share this story",
            "share this post",
            "share this page",
            "share on facebook",
            "share on twitter",
            "share on x",
            "tweet this",
            "advertisement",
            "skip advertisement",
            "continue reading",
            "continue reading below",
            "continue reading the main story",
            "story continues",
            "story continues below",
            "story continues below advertisement",
            "article continues below",
            "article continues after advertisement",
            "article continues below advertisement",
            "story continues after advertisement",
            "read more",
            "read the full story",
            "read the full article",
            "click here",
            "related articles",
            "related stories",
            "related posts",
            "you may also like",
            "you might also like",
            "recommended for you",
            "print this article",
            "email this article",
            "skip to main content",
            "skip to content",
            "back to top",
            "sign up for our newsletter",
            "subscribe to our newsletter",
            "sign up for our daily newsletter",
            "sign up for our weekly newsletter",
            "follow us",
            "report this ad",
            "image source",
        ],
    ),
    (
        Place::ParagraphLine,
        Kind::Furniture,
        &[
            "loading",
            "most read",
            "newsletter",
            "related content",
            "related coverage",
            "read next",
            "trending now",
        ],
    ),
    (
        Place::Start,
        Kind::Furniture,
        &[
            "click here to",
            "click here for",
            "sign up for our",
            "sign up here",
            "subscribe to our newsletter",
            "follow us on",
            "share this:",
            "like this:",
            "read or share this story",
            "image copyright",
            "image caption",
            "media caption",
            "image source,",
            "story continues below",
            "article continues below",
        ],
    ),
    (
        Place::BeforeHeadline,
        Kind::Furniture,
        &[
            "see also",
            "read also",
            "also read",
            "read more:",
            "related:",
            "related story:",
            "related article:",
        ],
    ),
    (Place::Bracketed, Kind::WireMark, &["more", "ends", "end", "30"]),
    (
        Place::Bracketed,
        Kind::Placeholder,
        &["pullquote", "image", "photo", "video", "gallery", "embed", "caption", "ad"],
    ),
    (Place::Any, Kind::Placeholder, &["lorem ipsum dolor sit amet."]),
    (Place::Any, Kind::Placeholder, &["lorem ipsum dolor", "[insert "]),
    (Place::Tk, Kind::Placeholder, &["tk"]),
    (Place::Blank, Kind::Placeholder, &["xxxx"]),
    (
        Place::Any,
        Kind::Entity,
        &["&nbsp;", "&amp;", "&quot;", "&#8217;", "&#8220;", "&#8221;", "&#039;", "&rsquo;"],
    ),
];

/// A headline after “See also” has at least so many words.
const HEADLINE_WORDS: usize = 3;

struct LeftoverText {
    automaton: AhoCorasick,
    /// By pattern.
    phrases: Vec<(Place, Kind)>,
}

impl LeftoverText {
    fn new(options: &Options) -> Result<Self, GuideError> {
        let LeftoverOptions { phrases: own, allow } = options.read()?;
        let allowed = |phrase: &str| allow.iter().any(|other| other.trim().eq_ignore_ascii_case(phrase));
        let mut patterns: Vec<String> = Vec::new();
        let mut phrases = Vec::new();
        for (place, kind, texts) in PHRASES {
            for text in texts.iter().filter(|text| !allowed(text)) {
                patterns.push((*text).to_owned());
                phrases.push((*place, *kind));
            }
        }
        for (index, phrase) in own.iter().enumerate() {
            let (_, core) = core(phrase);
            if core.is_empty() {
                return Err(options.error("phrases", Some(index), "this phrase holds no word"));
            }
            patterns.push(core.to_lowercase());
            phrases.push((Place::Line, Kind::Furniture));
        }
        // Overlapping phrases (“read more”, “read more:”) are told apart by where each must stand.
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .map_err(|error| options.error_at_key(Some("phrases"), error.to_string()))?;
        Ok(Self { automaton, phrases })
    }
}

impl Check for LeftoverText {
    fn block(&self, cx: &BlockCx<'_>, out: &mut Vec<Finding<Span>>) {
        use BlockKind::{AltText, Footnote, FrontMatter, TableCell, TableHeader};
        if matches!(cx.block.kind, AltText | Footnote | FrontMatter(_) | TableCell | TableHeader) {
            return;
        }
        let prose = &*cx.block.prose;
        let mut found: Vec<(Span, Kind)> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(prose) {
            let (place, kind) = self.phrases[hit.pattern().as_usize()];
            let span = Span::new(hit.start() as u32, hit.end() as u32);
            found.extend(place.accept(cx.block, cx.analysis, span).map(|span| (span, kind)));
        }
        if found.is_empty() {
            return;
        }
        let quoted = quotation::stretches(&cx.analysis.marks, prose.len() as u32);
        // One line may hold several phrases: the longest says it all.
        found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        for (span, kind) in found {
            if span.end > end && !quotation::holds(&quoted, span) {
                out.push(finding(cx.block, kind, span));
                end = span.end;
            }
        }
    }
}

impl Place {
    /// What is to be marked, if a phrase found at `span` stands where it must.
    fn accept(self, block: &Block, analysis: &Analysis, span: Span) -> Option<Span> {
        let prose = &*block.prose;
        match self {
            Self::Any => return is_whole_words(prose, span).then_some(span),
            Self::Tk => return tk(prose, analysis, span),
            Self::Blank => return blank(prose, span),
            _ => {}
        }
        let line = line_around(prose, span)?;
        let (start, text) = core(line.of(prose));
        let core = Span::new(line.start + start, line.start + start + text.len() as u32);
        let paragraph = block.kind == BlockKind::Paragraph;
        match self {
            Self::Any | Self::Tk | Self::Blank => None,
            Self::Within => is_whole_words(prose, span).then_some(core),
            Self::Line => (core == span).then_some(span),
            Self::ParagraphLine => (paragraph && core == span).then_some(span),
            Self::Start => {
                let begins = paragraph && core.start == span.start && begins_upper(span.of(prose));
                (begins && is_whole_words(prose, span)).then(|| to_sentence_end(analysis, core, span))
            }
            Self::BeforeHeadline => {
                let begins = paragraph && core.start == span.start && begins_upper(span.of(prose));
                (begins && is_before_headline(line.of(prose), Span::new(span.end, line.end).of(prose)))
                    .then_some(core)
            }
            Self::Bracketed => (core == span).then(|| bracketed(prose, line, span)).flatten(),
        }
    }
}

fn finding(block: &Block, kind: Kind, span: Span) -> Finding<Span> {
    let text = shortened(span.of(&block.prose));
    let (message, help) = match kind {
        Kind::Furniture => {
            (format!("“{text}” was left over from a web page"), "take it out, unless it is meant for readers")
        }
        Kind::Placeholder => {
            (format!("“{text}” still holds the place of something"), "fill it in, or take it out")
        }
        Kind::WireMark => (format!("“{text}” is a mark for the wire, not for readers"), "take it out"),
        Kind::Entity => {
            (format!("“{text}” is the code of a character, not the character"), "put the character there")
        }
    };
    let finding = Finding::new(RULE.name, span, message).with_help(help);
    let alone = block.kind == BlockKind::Paragraph && matches!(kind, Kind::Furniture | Kind::WireMark);
    // Whether anything else of the line is worth keeping is for a person to see.
    if alone { finding.with_fix(Fix::replace(span, "", Safety::Manual)) } else { finding }
}

/// Furniture stands in lines that end within so many bytes of the phrase. It bounds the work in a text of one line.
const REACH: usize = 1000;

/// The line of the prose that holds a span; `None` where it is too long for furniture.
fn line_around(prose: &str, span: Span) -> Option<Span> {
    let (start, end) = (span.start as usize, span.end as usize);
    let (from, to) = (start.saturating_sub(REACH), (end + REACH).min(prose.len()));
    let begin = memrchr(b'\n', &prose.as_bytes()[from..start]).map(|at| from + at + 1);
    let stop = memchr(b'\n', &prose.as_bytes()[end..to]).map(|at| end + at);
    let begin = begin.or((from == 0).then_some(0))?;
    let stop = stop.or((to == prose.len()).then_some(to))?;
    Some(Span::new(begin as u32, stop as u32))
}

/// A line without the marks around its words, and where it begins.
fn core(line: &str) -> (u32, &str) {
    let is_mark = |char: char| {
        char.is_whitespace()
            || matches!(char, '.' | ':' | '!' | '…' | '*' | '(' | ')' | '[' | ']' | '>' | '»' | '›' | '→')
            || matches!(char, '-' | '–' | '—' | '•' | '|' | '_' | '~' | '#')
    };
    let text = line.trim_start_matches(is_mark);
    ((line.len() - text.len()) as u32, text.trim_end_matches(is_mark))
}

/// Whether “See also” stands before the headline of another story: not before a chapter or a page, not in a sentence.
fn is_before_headline(line: &str, rest: &str) -> bool {
    let colon = line.trim_end().ends_with(':');
    let (_, title) = core(rest);
    let mut words = title.split_whitespace();
    let Some(first) = words.next() else { return false };
    let reference =
        ["Chapter", "Section", "Figure", "Table", "Appendix", "Note", "Notes", "Part", "Page", "Box"];
    let titled = first.chars().find(|char| char.is_alphanumeric()).is_some_and(|char| !char.is_lowercase());
    titled
        && !colon
        && !reference.contains(&first.trim_end_matches(|char: char| !char.is_alphanumeric()))
        && words.count() + 1 >= HEADLINE_WORDS
        && !line.trim_end().ends_with(['.', ';', ')'])
}

/// A phrase and the brackets or dashes around it, where it has them on both sides of a line of its own.
fn bracketed(prose: &str, line: Span, span: Span) -> Option<Span> {
    let whole = line.of(prose);
    let text = whole.trim();
    let start = line.start + (whole.len() - whole.trim_start().len()) as u32;
    let inner = span.of(prose);
    let pair = |open: &str, close: &str| {
        let bare = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        bare.is_some_and(|bare| bare.trim() == inner)
    };
    let capitals = text == "ENDS";
    let marked = pair("(", ")")
        || pair("[", "]")
        || pair("-", "-")
        || pair("–", "–")
        || pair("—", "—")
        || pair("--", "--");
    (capitals || marked).then(|| Span::new(start, start + text.len() as u32))
}

/// “TK” in capitals, alone or doubled: not letters of a longer word, and not a name’s initials.
fn tk(prose: &str, analysis: &Analysis, span: Span) -> Option<Span> {
    let index = token_at(analysis, span)?;
    let token = analysis.tokens[index];
    let text = token.text(prose);
    if token.span.start != span.start {
        return None;
    }
    let doubled = text.len() >= 4
        && text.len().is_multiple_of(2)
        && text.as_bytes().chunks(2).all(|pair| pair == b"TK");
    if doubled {
        return Some(token.span);
    }
    let named = |neighbour: Option<&Token>| {
        neighbour.is_some_and(|token| {
            matches!(token.shape, Shape::Title | Shape::Mixed | Shape::Upper) && token.text(prose) != "TK"
        })
    };
    let before = index.checked_sub(1).and_then(|index| analysis.tokens.get(index));
    let dotted = analysis.tokens.get(index + 1).is_some_and(|next| {
        next.span.start == token.span.end && matches!(next.text(prose), "&" | "-" | "@" | "'")
    });
    (text == "TK" && !named(before) && !named(analysis.tokens.get(index + 1)) && !dotted)
        .then_some(token.span)
}

/// Four or more X in capitals by themselves, not the digits of a number (XXX-XXXX) or an address.
fn blank(prose: &str, span: Span) -> Option<Span> {
    let before = &prose[..span.start as usize];
    if before.ends_with(['X', '-', '/']) {
        return None;
    }
    let rest = &prose[span.start as usize..];
    let text = &rest[..rest.len() - rest.trim_start_matches('X').len()];
    let span = Span::new(span.start, span.start + text.len() as u32);
    let after = &prose[span.end as usize..];
    (text.len() >= 4 && is_whole_words(prose, span) && !after.starts_with(['-', '/'])).then_some(span)
}

fn token_at(analysis: &Analysis, span: Span) -> Option<usize> {
    let index = analysis.tokens.partition_point(|token| token.span.end <= span.start);
    analysis.tokens.get(index).is_some_and(|token| token.span.contains(span)).then_some(index)
}

/// From the phrase to the end of its sentence, or of the line if that comes first.
fn to_sentence_end(analysis: &Analysis, line: Span, span: Span) -> Span {
    let index = analysis.sentences.partition_point(|sentence| sentence.span.end < span.end);
    let end = analysis.sentences.get(index).map_or(line.end, |sentence| sentence.span.end.min(line.end));
    Span::new(span.start, end.max(span.end))
}

fn is_whole_words(prose: &str, span: Span) -> bool {
    let text = span.of(prose);
    let joins = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(char::is_alphanumeric) && outer.is_some_and(char::is_alphanumeric)
    };
    !joins(text.chars().next(), prose[..span.start as usize].chars().next_back())
        && !joins(text.chars().next_back(), prose[span.end as usize..].chars().next())
}

fn begins_upper(text: &str) -> bool {
    text.chars().next().is_some_and(|char| !char.is_lowercase())
}

/// A phrase as a message quotes it.
fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(6).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}
