//! Which characters of a block are marks of quotation, and which way each one faces.
//!
//! An apostrophe, feet and inches, elisions ('90s, ’em) and plural possessives (the workers’ demands) are none. A
//! straight mark, or a curly one that was typed the wrong way round, faces as its neighbours say; where they do not
//! say, as the marks before it in the block ask. Looks at one block only, and at each mark a bounded number of times.

use super::{Class, QuoteMark, Role, Style};
use crate::document::token::{Token, TokenKind};
use crate::text::span::Span;

/// The marks of quotation in a block.
pub fn marks(prose: &str, tokens: &[Token]) -> Vec<QuoteMark> {
    let candidates = candidates(prose, tokens);
    if candidates.is_empty() {
        return Vec::new();
    }
    Resolver { candidates: &candidates, open: Vec::new(), out: Vec::with_capacity(candidates.len()) }
        .resolve()
}

/// A character that may be a mark of quotation, and what its neighbours say of it.
struct Candidate {
    span: Span,
    style: Style,
    /// What the mark itself and its neighbours ask for.
    lean: Lean,
    before: Neighbour,
    after: Neighbour,
    /// A single mark after a word in s (workers’) or in' (goin’), which may as well be an apostrophe.
    apostrophe: bool,
    /// What follows the mark and any white space is a word in lower case: the sentence goes on.
    goes_on: bool,
}

/// Which way a candidate faces by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lean {
    Open,
    Close,
    /// As the marks before it ask.
    Either,
    /// After a number: closes what is open, or stands for inches.
    Inches,
}

/// What stands beside a mark, other marks of quotation left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Neighbour {
    /// White space, or the block's edge.
    Gap,
    Bracket,
    Dash,
    Digit,
    Letter,
    /// A comma, a stop, a closing bracket.
    Stop,
    Other,
}

fn candidates(prose: &str, tokens: &[Token]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let next = tokens.get(index + 1).filter(|next| next.span.start == token.span.end);
        let doubled = next.is_some_and(|next| next.text(prose) == token.text(prose));
        let style = match (token.kind, token.text(prose)) {
            (TokenKind::Punctuation, text) => style(text, doubled),
            (TokenKind::Symbol, "`") if doubled => Some(Style::StraightDouble),
            _ => None,
        };
        index += 1;
        let Some(style) = style.filter(|_| !is_damage(prose, token.span)) else { continue };
        let mut span = token.span;
        // Two single marks in a row are how a typewriter makes a double one.
        if doubled && style.class() == Class::Double && matches!(token.text(prose), "'" | "’" | "‘" | "`")
        {
            index += 1;
            span.end += span.len();
        }
        out.push(Candidate {
            span,
            style,
            lean: Lean::Either,
            before: before(prose, span.start),
            after: after(prose, span.end),
            apostrophe: false,
            goes_on: goes_on(prose, span.end),
        });
    }
    // A mark beside a mark sees what its neighbour sees: "'No,' she said" opens twice.
    for index in 1..out.len() {
        if out[index - 1].span.end == out[index].span.start {
            out[index].before = out[index - 1].before;
        }
    }
    for index in (1..out.len()).rev() {
        if out[index - 1].span.end == out[index].span.start {
            out[index - 1].after = out[index].after;
        }
    }
    for candidate in &mut out {
        candidate.lean = lean(prose, candidate);
        candidate.apostrophe = may_be_apostrophe(prose, candidate.span.start);
    }
    out
}

/// Whether a mark is a piece of something else: of characters that were garbled on their way (wonâ„¢t), where a low mark
/// stands inside a word, or of leftover markup (href="…">).
fn is_damage(prose: &str, span: Span) -> bool {
    let outside = prose[..span.start as usize].chars().next_back();
    let after = prose[span.end as usize..].chars().next();
    match span.of(prose) {
        "„" | "‚" | "‟" => {
            matches!(before(prose, span.start), Neighbour::Letter | Neighbour::Digit | Neighbour::Other)
        }
        "\"" => outside == Some('=') || after == Some('>'),
        _ => false,
    }
}

fn style(text: &str, doubled: bool) -> Option<Style> {
    Some(match text {
        "\"" => Style::StraightDouble,
        "'" if doubled => Style::StraightDouble,
        "’" | "‘" if doubled => Style::CurlyDouble,
        "″" => Style::StraightDouble,
        "'" => Style::StraightSingle,
        "“" | "”" | "„" | "‟" => Style::CurlyDouble,
        "‘" | "’" | "‚" => Style::CurlySingle,
        "«" | "»" => Style::Guillemet,
        _ => return None,
    })
}

fn before(prose: &str, at: u32) -> Neighbour {
    prose[..at as usize].chars().next_back().map_or(Neighbour::Gap, neighbour)
}

fn after(prose: &str, at: u32) -> Neighbour {
    prose[at as usize..].chars().next().map_or(Neighbour::Gap, neighbour)
}

fn neighbour(char: char) -> Neighbour {
    match char {
        '(' | '[' | '{' => Neighbour::Bracket,
        '—' | '–' | '-' | '―' | '‒' | '/' => Neighbour::Dash,
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…' => Neighbour::Stop,
        _ if char.is_whitespace() => Neighbour::Gap,
        // What no reader sees is no neighbour: a zero width space, a byte order mark.
        '\u{200B}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' => Neighbour::Gap,
        _ if char.is_numeric() => Neighbour::Digit,
        _ if char.is_alphabetic() => Neighbour::Letter,
        _ => Neighbour::Other,
    }
}

fn goes_on(prose: &str, at: u32) -> bool {
    prose[at as usize..].trim_start().chars().next().is_some_and(char::is_lowercase)
}

fn lean(prose: &str, candidate: &Candidate) -> Lean {
    use Neighbour::*;
    let mark = candidate.span.of(prose);
    let facing = match (candidate.before, candidate.after) {
        (Gap, Gap) => Lean::Either,
        (Gap | Bracket, _) => Lean::Open,
        (Digit, Gap | Stop | Other) if matches!(mark, "\"" | "'" | "″") => Lean::Inches,
        (_, Gap | Stop) => Lean::Close,
        (Letter | Digit | Stop | Other, Dash) => Lean::Close,
        _ => Lean::Either,
    };
    match mark {
        // An elision that a program curled the wrong way.
        "‘" if is_year(&prose[candidate.span.end as usize..]) => Lean::Close,
        "„" | "‚" | "‟" | "«" | "``" => Lean::Open,
        "»" => Lean::Close,
        _ if facing == Lean::Either && (candidate.before, candidate.after) == (Gap, Gap) => Lean::Either,
        "‘" | "‘‘" => Lean::Open,
        "“" if facing != Lean::Close => Lean::Open,
        "”" | "’’" if facing != Lean::Open => Lean::Close,
        // The wrong way round, or with a stray space before or after it: the marks before it know.
        "“" | "”" | "’’" => Lean::Either,
        _ => facing,
    }
}

/// '90s
fn is_year(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && !rest[2..].trim_start_matches('s').starts_with(char::is_alphanumeric)
}

fn may_be_apostrophe(prose: &str, at: u32) -> bool {
    let before = &prose[..at as usize];
    before.ends_with(['s', 'S', 'z', 'x']) || before.ends_with("in")
}

struct Resolver<'a> {
    candidates: &'a [Candidate],
    /// The classes of what is open, the outermost first, with the index of the candidate that closes it where that
    /// is settled already.
    open: Vec<(Class, Option<usize>)>,
    out: Vec<QuoteMark>,
}

impl Resolver<'_> {
    fn resolve(mut self) -> Vec<QuoteMark> {
        for index in 0..self.candidates.len() {
            match self.candidates[index].style.class() {
                Class::Double => self.double(index),
                Class::Single => self.single(index),
                Class::Guillemet => {
                    let role =
                        if self.candidates[index].lean == Lean::Open { Role::Open } else { Role::Close };
                    self.push(index, role, None);
                }
            }
        }
        self.out
    }

    fn double(&mut self, index: usize) {
        let is_open = self.is_open(Class::Double);
        let role = match self.candidates[index].lean {
            Lean::Open => Role::Open,
            Lean::Close => Role::Close,
            Lean::Either if is_open => Role::Close,
            Lean::Either => Role::Open,
            Lean::Inches if is_open && !self.closes_later(index) => Role::Close,
            Lean::Inches if is_open || self.out.is_empty() => return,
            Lean::Inches => Role::Close,
        };
        self.push(index, role, None);
    }

    /// Whether the next double mark that knows its way closes, so that this one need not.
    fn closes_later(&self, index: usize) -> bool {
        let later = self.candidates[index + 1..].iter().filter(|next| next.style.class() == Class::Double);
        self.candidates[index].goes_on
            && later
                .map(|next| next.lean)
                .take(4)
                .find(|lean| *lean != Lean::Inches)
                .is_some_and(|lean| lean == Lean::Close)
    }

    fn single(&mut self, index: usize) {
        if self.open.iter().any(|(_, closing)| *closing == Some(index)) {
            self.push(index, Role::Close, None);
            return;
        }
        let candidate = &self.candidates[index];
        let curly_open = candidate.style == Style::CurlySingle && candidate.lean == Lean::Open;
        match candidate.lean {
            Lean::Open => {
                if let Some(closing) = self.closing_single(index) {
                    self.push(index, Role::Open, Some(closing));
                } else if !self.is_open(Class::Double) && (curly_open || candidate.before == Neighbour::Gap) {
                    // May run on into the next paragraph: only the document knows.
                    self.push(index, Role::Open, None);
                }
            }
            // May end what ran on from the paragraph before.
            Lean::Close if self.open.is_empty() && candidate.before == Neighbour::Stop => {
                self.push(index, Role::Close, None);
            }
            Lean::Close if self.open.last() == Some(&(Class::Single, None)) && !candidate.apostrophe => {
                self.push(index, Role::Close, None);
            }
            _ => {}
        }
    }

    /// The single mark that closes the one at `index`: the first that is no likely apostrophe, within the double
    /// marks around it and before the next single mark that opens.
    fn closing_single(&self, index: usize) -> Option<usize> {
        let mut doubles = 0_i32;
        let mut weak = None;
        for (at, candidate) in self.candidates.iter().enumerate().skip(index + 1) {
            match (candidate.style.class(), candidate.lean) {
                (Class::Double, Lean::Open) => doubles += 1,
                (Class::Double, Lean::Close) => doubles -= 1,
                (Class::Double, _) if self.is_open(Class::Double) => doubles -= 1,
                (Class::Single, Lean::Open) => break,
                (Class::Single, Lean::Close | Lean::Inches) if doubles == 0 => {
                    let ends = candidate.before == Neighbour::Stop || candidate.after != Neighbour::Gap;
                    if ends || !candidate.apostrophe || !candidate.goes_on {
                        return Some(at);
                    }
                    weak = weak.or(Some(at));
                }
                _ => {}
            }
            if doubles < 0 {
                break;
            }
        }
        weak
    }

    fn is_open(&self, class: Class) -> bool {
        self.open.iter().any(|(open, _)| *open == class)
    }

    fn push(&mut self, index: usize, role: Role, closing: Option<usize>) {
        let candidate = &self.candidates[index];
        let class = candidate.style.class();
        match role {
            // Nothing nests deeper than this in prose; a bound keeps damaged text from costing time.
            Role::Open if self.open.len() < 8 => self.open.push((class, closing)),
            Role::Open => {}
            Role::Close => {
                if let Some(depth) = self.open.iter().rposition(|(open, _)| *open == class) {
                    self.open.truncate(depth);
                }
            }
        }
        self.out.push(QuoteMark { span: candidate.span, role, style: candidate.style });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::token::tokenize;

    /// The prose with ⟨ for each mark that opens and ⟩ for each that closes.
    fn faced(prose: &str) -> String {
        let mut out = prose.to_owned();
        for mark in marks(prose, &tokenize(prose)).iter().rev() {
            let face = if mark.role == Role::Open { "⟨" } else { "⟩" };
            out.replace_range(mark.span.range(), face);
        }
        out
    }

    #[test]
    fn straight_marks_face_as_their_neighbours_say() {
        assert_eq!(faced("\"Go,\" she said. (\"Now\")"), "⟨Go,⟩ she said. (⟨Now⟩)");
        assert_eq!(faced("He paused—\"Go\"—and left \"at once\"."), "He paused—⟨Go⟩—and left ⟨at once⟩.");
        assert_eq!(faced("\"Go—\" he said"), "⟨Go—⟩ he said");
    }

    #[test]
    fn marks_without_a_space_or_with_one_too_many_face_as_is_asked() {
        assert_eq!(faced("\"Go.\"She left. \" Stay \" he said"), "⟨Go.⟩She left. ⟨ Stay ⟩ he said");
        assert_eq!(faced("“Go. “\nShe left."), "⟨Go. ⟩\nShe left.");
    }

    #[test]
    fn curly_marks_the_wrong_way_round_are_turned() {
        assert_eq!(faced("”Go,“ she said. ”Now.”"), "⟨Go,⟩ she said. ⟨Now.⟩");
    }

    #[test]
    fn two_single_marks_make_a_double_one() {
        assert_eq!(faced("``Go,'' he said. “Now,’’ she said."), "⟨Go,⟩ he said. ⟨Now,⟩ she said.");
    }

    #[test]
    fn nested_marks_open_and_close_within_the_outer_ones() {
        assert_eq!(faced("\"'Go,' he said,\" she said."), "⟨⟨Go,⟩ he said,⟩ she said.");
        assert_eq!(faced("“He said ‘go’,” she said."), "⟨He said ⟨go⟩,⟩ she said.");
        assert_eq!(faced("‘He said “go”,’ she said."), "⟨He said ⟨go⟩,⟩ she said.");
        assert_eq!(faced("\"He said 'go.'\""), "⟨He said ⟨go.⟩⟩");
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(
            faced("The workers’ demands, the boss' hat, rock 'n' roll."),
            "The workers’ demands, the boss' hat, rock 'n' roll."
        );
        assert_eq!(
            faced("In the '90s, ’em and ‘90s they were goin' home."),
            "In the '90s, ’em and ‘90s they were goin' home."
        );
    }

    #[test]
    fn a_plural_possessive_does_not_close() {
        assert_eq!(
            faced("‘The workers’ demands are fair,’ he said."),
            "⟨The workers’ demands are fair,⟩ he said."
        );
        assert_eq!(
            faced("\"It is the players' best year,\" she said."),
            "⟨It is the players' best year,⟩ she said."
        );
        assert_eq!(faced("The 'sinners' and the 'saints' met."), "The ⟨sinners⟩ and the ⟨saints⟩ met.");
    }

    #[test]
    fn pieces_of_garbled_words_and_of_markup_are_no_marks() {
        assert_eq!(faced("They wonâ„¢t go, theyâ‚¬ say."), "They wonâ„¢t go, theyâ‚¬ say.");
        assert_eq!(faced("Click <a href=\"pier.html\">“here”</a>"), "Click <a href=\"pier.html\">⟨here⟩</a>");
        assert_eq!(faced("Er sagte: „Los!“"), "Er sagte: ⟨Los!⟩");
    }

    #[test]
    fn feet_and_inches_are_no_marks() {
        assert_eq!(faced("A 6'2\" man with a 12\" board."), "A 6'2\" man with a 12\" board.");
        assert_eq!(
            faced("\"A 12\" board is long,\" he said. \"In 2016\""),
            "⟨A 12\" board is long,⟩ he said. ⟨In 2016⟩"
        );
    }
}
