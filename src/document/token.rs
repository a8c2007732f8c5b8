//! Tokens of prose: words, numbers, marks.
//!
//! An ASCII fast path of our own, Unicode's letters beyond it. Tokens are in order, do not overlap, and never hold
//! white space; every character that is not white space is in a token.

use super::block::OBJECT;
use crate::text::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with its inner apostrophes and hyphens (o'clock, well-known), its dots where it is an abbreviation by
    /// letters (U.S., a.m.), and a leading apostrophe where letters are left out ('em, ’tis).
    Word,
    /// What begins with a digit: 1,200.50, 8-year-old, 1990s, ’90s, 11th, 5km.
    Number,
    /// A mark of punctuation, one character each, but `...` and `--` are one.
    Punctuation,
    /// Any other character: currency signs, mathematics, emoji.
    Symbol,
    Url,
    Email,
    /// @name
    Handle,
    /// #name
    Hashtag,
    /// Something that is no prose, in its place.
    Object,
}

/// How a word uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// No cased letter.
    None,
    /// word
    Lower,
    /// Word, Well-known
    Title,
    /// WORD (two cased letters at least)
    Upper,
    /// iPhone, McDonald, Jong-Un
    Mixed,
}

/// A token: 12 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    pub shape: Shape,
}

impl Token {
    /// The text of the token.
    pub fn text<'a>(&self, prose: &'a str) -> &'a str {
        self.span.of(prose)
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}

/// Whether a character is an apostrophe, straight or curly.
pub fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | 'ʼ')
}

/// Splits prose into tokens.
pub fn tokenize(prose: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(prose.len() / 5);
    let mut scan = Scan { prose, at: 0 };
    while let Some(char) = scan.peek() {
        if char.is_whitespace() {
            scan.at += char.len_utf8();
            continue;
        }
        let start = scan.at;
        let kind = scan.token(char, tokens.last());
        let span = Span::new(start as u32, scan.at as u32);
        let shape = if kind == TokenKind::Word { shape(span.of(prose)) } else { Shape::None };
        tokens.push(Token { span, kind, shape });
    }
    tokens
}

/// How a word uses capitals.
pub fn shape(word: &str) -> Shape {
    let (mut upper, mut lower, mut first_upper, mut cased) = (0, 0, false, false);
    for char in word.chars() {
        let is_upper = if char.is_ascii() { char.is_ascii_uppercase() } else { char.is_uppercase() };
        let is_lower = if char.is_ascii() { char.is_ascii_lowercase() } else { char.is_lowercase() };
        if (is_upper || is_lower) && !cased {
            cased = true;
            first_upper = is_upper;
        }
        upper += u32::from(is_upper);
        lower += u32::from(is_lower);
    }
    match (upper, lower) {
        (0, 0) => Shape::None,
        (0, _) => Shape::Lower,
        (2.., 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Title,
        _ => Shape::Mixed,
    }
}

struct Scan<'a> {
    prose: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        self.prose[self.at..].chars().next()
    }

    fn peek_at(&self, at: usize) -> Option<char> {
        self.prose.get(at..)?.chars().next()
    }

    fn before(&self) -> Option<char> {
        self.prose[..self.at].chars().next_back()
    }

    /// Moves over the token that begins with `char`.
    fn token(&mut self, char: char, last: Option<&Token>) -> TokenKind {
        if is_letter(char) {
            if let Some((kind, end)) = address(self.prose, self.at) {
                self.at = end;
                return kind;
            }
            self.word();
            return TokenKind::Word;
        }
        if char.is_ascii_digit() || char.is_numeric() {
            self.number();
            return TokenKind::Number;
        }
        let next = self.peek_at(self.at + char.len_utf8());
        if is_apostrophe(char) && self.is_elision(char, last) {
            self.at += char.len_utf8();
            if next.is_some_and(|next| next.is_ascii_digit()) {
                self.number();
                return TokenKind::Number;
            }
            self.word();
            return TokenKind::Word;
        }
        if char == '@' || char == '#' {
            let rest = &self.prose[self.at + 1..];
            let length = rest.find(|char: char| !(is_letter(char) || char.is_numeric() || char == '_'));
            let length = length.unwrap_or(rest.len());
            if rest[..length].chars().any(is_letter) && !self.before().is_some_and(is_letter) {
                self.at += 1 + length;
                return if char == '@' { TokenKind::Handle } else { TokenKind::Hashtag };
            }
        }
        self.at += char.len_utf8();
        match char {
            OBJECT => TokenKind::Object,
            '.' | '-' => {
                while self.peek() == Some(char) {
                    self.at += 1;
                }
                TokenKind::Punctuation
            }
            _ if is_punctuation(char) => TokenKind::Punctuation,
            _ => {
                while self.peek().is_some_and(is_joined) {
                    self.at += self.peek().map_or(0, char::len_utf8);
                }
                TokenKind::Symbol
            }
        }
    }

    /// Whether an apostrophe stands for letters left out at a word's beginning.
    fn is_elision(&self, mark: char, last: Option<&Token>) -> bool {
        const ELISIONS: &[&str] = &[
            "em", "tis", "twas", "til", "till", "cause", "bout", "round", "nother", "n", "cuz", "coz", "er",
            "im",
        ];
        let rest = &self.prose[self.at + mark.len_utf8()..];
        if last.is_some_and(|last| last.span.end as usize == self.at && last.is_word()) {
            return false;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 2 {
            let after = rest[2..].strip_prefix('s').unwrap_or(&rest[2..]);
            return !after.starts_with(|char: char| char.is_alphanumeric());
        }
        let length = rest.find(|char: char| !is_letter(char)).unwrap_or(rest.len());
        let word = &rest[..length];
        let closes = rest[length..].starts_with(is_apostrophe) && !word.eq_ignore_ascii_case("n");
        !closes && ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
    }

    fn word(&mut self) {
        let start = self.at;
        self.letters();
        if self.at - start <= 2 && self.dotted_letters(start) {
            return;
        }
        self.parts();
    }

    /// The parts of a word after inner apostrophes and hyphens.
    fn parts(&mut self) {
        while let Some(mark) = self.peek() {
            let inner = is_apostrophe(mark) || matches!(mark, '-' | '‐' | '‑' | '\u{AD}' | '·');
            let after = self.at + mark.len_utf8();
            if !inner || !self.peek_at(after).is_some_and(is_letter_or_digit) {
                return;
            }
            self.at = after;
            self.letters();
        }
    }

    fn letters(&mut self) {
        let bytes = self.prose.as_bytes();
        loop {
            while self.at < bytes.len() && bytes[self.at].is_ascii_alphanumeric() {
                self.at += 1;
            }
            match self.peek() {
                Some(char) if !char.is_ascii() && is_letter_or_digit(char) => self.at += char.len_utf8(),
                _ => return,
            }
        }
    }

    /// An abbreviation by letters: U.S., a.m., J.K., Ph.D.
    fn dotted_letters(&mut self, start: usize) -> bool {
        let mut at = self.at;
        let mut dots = 0;
        let bytes = self.prose.as_bytes();
        while bytes.get(at) == Some(&b'.') {
            let letters = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            dots += 1;
            at += 1;
            if letters == 0 || letters > 2 || bytes.get(at + letters) != Some(&b'.') {
                break;
            }
            at += letters;
        }
        if dots < 2 || !bytes[start..at].is_ascii() {
            return false;
        }
        self.at = at;
        if self.peek().is_some_and(is_apostrophe) {
            self.parts();
        }
        true
    }

    fn number(&mut self) {
        loop {
            self.letters();
            let Some(mark) = self.peek() else { return };
            let after = self.peek_at(self.at + mark.len_utf8());
            let inner = match mark {
                '.' | ',' | ':' => {
                    after.is_some_and(|char| char.is_ascii_digit())
                        && self.before().is_some_and(|char| char.is_ascii_digit())
                }
                '-' => after.is_some_and(is_letter),
                '\'' | '’' => after.is_some_and(is_letter),
                _ => false,
            };
            if !inner {
                return;
            }
            self.at += mark.len_utf8();
        }
    }
}

/// A URL or e-mail address that begins at `at`, and where it ends.
fn address(prose: &str, at: usize) -> Option<(TokenKind, usize)> {
    let bytes = &prose.as_bytes()[at..];
    let length = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+'))
        .count();
    let end_of = |from: usize| {
        let rest = &prose[at + from..];
        let stop =
            rest.find(|char: char| char.is_whitespace() || matches!(char, '<' | '>' | '"' | '“' | '”'));
        let end = at + from + stop.unwrap_or(rest.len());
        at + prose[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’']).len()
    };
    match bytes.get(length) {
        Some(b':') if bytes[length..].starts_with(b"://") => return Some((TokenKind::Url, end_of(length))),
        Some(b'@') => {
            let host = &bytes[length + 1..];
            let host_length = host
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
                .count();
            let host = prose[at + length + 1..at + length + 1 + host_length].trim_end_matches(['.', '-']);
            if host.contains('.') {
                return Some((TokenKind::Email, at + length + 1 + host.len()));
            }
        }
        _ => {}
    }
    let name = prose[at..at + length].trim_end_matches(['.', '-']);
    if !name.contains('.') {
        return None;
    }
    let is_host = name.starts_with("www.")
        || name.rsplit_once('.').is_some_and(|(host, top)| {
            host.len() > 1 && TOP_DOMAINS.contains(&top) && host.split('.').all(|part| part.len() > 1)
        });
    if !is_host {
        return None;
    }
    let end = if bytes.get(name.len()) == Some(&b'/') { end_of(name.len()) } else { at + name.len() };
    Some((TokenKind::Url, end))
}

const TOP_DOMAINS: &[&str] =
    &["com", "org", "net", "gov", "edu", "mil", "int", "io", "co", "uk", "eu", "info", "tv"];

fn is_letter(char: char) -> bool {
    char.is_ascii_alphabetic() || (!char.is_ascii() && (char.is_alphabetic() || is_mark(char)))
}

fn is_letter_or_digit(char: char) -> bool {
    is_letter(char) || char.is_numeric()
}

/// Combining diacritical marks, which belong to the letter before them.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
}

/// What joins an emoji to what follows: joiners, variation selectors, skin tones.
fn is_joined(char: char) -> bool {
    matches!(char, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}')
}

fn is_punctuation(char: char) -> bool {
    if char.is_ascii() {
        return !matches!(char, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
            && char.is_ascii_punctuation();
    }
    matches!(char, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '¡' | '¿' | '«' | '»' | '·' | '§' | '¶')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(prose: &str) -> Vec<(&str, TokenKind)> {
        tokenize(prose).iter().map(|token| (token.text(prose), token.kind)).collect()
    }

    fn texts(prose: &str) -> Vec<&str> {
        kinds(prose).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn words_keep_inner_apostrophes_and_hyphens() {
        assert_eq!(texts("The well-known chef’s o'clock."), ["The", "well-known", "chef’s", "o'clock", "."]);
    }

    #[test]
    fn abbreviations_by_letters_keep_their_dots() {
        assert_eq!(texts("The U.S. at 9 a.m. today."), ["The", "U.S.", "at", "9", "a.m.", "today", "."]);
    }

    #[test]
    fn numbers_hold_together() {
        assert_eq!(
            texts("1,200.50, an 8-year-old in the ’90s, 11th."),
            ["1,200.50", ",", "an", "8-year-old", "in", "the", "’90s", ",", "11th", "."]
        );
    }

    #[test]
    fn addresses_are_one_token() {
        use TokenKind::*;
        assert_eq!(
            kinds("See https://example.org/a?b. Or desk@example.org, @desk #news"),
            [
                ("See", Word),
                ("https://example.org/a?b", Url),
                (".", Punctuation),
                ("Or", Word),
                ("desk@example.org", Email),
                (",", Punctuation),
                ("@desk", Handle),
                ("#news", Hashtag)
            ]
        );
    }

    #[test]
    fn a_quotation_in_single_marks_is_no_elision() {
        assert_eq!(texts("‘Go’ ’em 'tis"), ["‘", "Go", "’", "’em", "'tis"]);
    }

    #[test]
    fn capitals_have_a_shape() {
        assert_eq!(shape("word"), Shape::Lower);
        assert_eq!(shape("Well-known"), Shape::Title);
        assert_eq!(shape("NATO"), Shape::Upper);
        assert_eq!(shape("iPhone"), Shape::Mixed);
        assert_eq!(shape("A"), Shape::Title);
    }
}
