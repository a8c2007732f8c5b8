//! Tokens of prose: words, numbers, marks.
//!
//! An ASCII fast path of our own, Unicode's letters beyond it. Tokens are in order, do not overlap, and never hold
//! white space; every character that is not white space is in a token.

use super::address;
use super::block::OBJECT;
use crate::text::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with its inner apostrophes and hyphens (o'clock, well-known), its dots where it is an abbreviation by
    /// letters (U.S., a.m.), its ampersand (AT&T), and a leading apostrophe where letters are left out ('em, ’tis).
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
    /// What is written for a machine: notes.txt, snake_case, call(), /usr/share.
    Code,
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
    let bytes = prose.as_bytes();
    let mut tokens = Vec::with_capacity(prose.len() / 4 + 4);
    let mut scan = Scan { prose, at: 0 };
    while scan.at < bytes.len() {
        let start = scan.at;
        let class = CLASS[bytes[start] as usize];
        if class == SPACE {
            scan.at += 1;
            continue;
        }
        let (kind, shape) = if class & LETTER != 0 {
            scan.ascii_word()
        } else if class == MARK || ends_with_stop(bytes, start) {
            scan.at += 1;
            (TokenKind::Punctuation, Shape::None)
        } else {
            let Some(char) = prose[start..].chars().next() else { break };
            if char.is_whitespace() {
                scan.at += char.len_utf8();
                continue;
            }
            let kind = scan.token(char, tokens.last());
            let shape = if kind == TokenKind::Word { shape(&prose[start..scan.at]) } else { Shape::None };
            (kind, shape)
        };
        tokens.push(Token { span: Span::new(start as u32, scan.at as u32), kind, shape });
    }
    tokens
}

/// Whether a full stop stands at `at`, and nothing right after it: nearly every one.
fn ends_with_stop(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'.' && bytes.get(at + 1).is_none_or(|&next| CLASS[next as usize] == SPACE)
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
    shape_of(upper, lower, first_upper)
}

fn shape_of(upper: u32, lower: u32, first_upper: bool) -> Shape {
    match (upper, lower) {
        (0, 0) => Shape::None,
        (0, _) => Shape::Lower,
        (2.., 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Title,
        _ => Shape::Mixed,
    }
}

const UPPER: u8 = 1;
const LOWER: u8 = 2;
const DIGIT: u8 = 4;
const LETTER: u8 = UPPER | LOWER;
const SPACE: u8 = 8;
/// What may go on inside a word or an address; the careful way decides.
const JOINS: u8 = 16;
/// A byte of a character beyond ASCII.
const HIGH: u8 = 32;
/// A mark of punctuation that is a token by itself wherever it stands.
const MARK: u8 = 64;

const CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'\t'..=b'\r' | b' ' => SPACE,
            b'\'' | b'-' | b'.' | b'@' | b':' | b'_' | b'+' | b'&' | b'(' => JOINS,
            b',' | b';' | b'!' | b'?' | b'"' | b')' | b'[' | b']' | b'%' | b'*' => MARK,
            128.. => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    table
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

    /// Moves over a word that begins with an ASCII letter: nearly every token of English.
    fn ascii_word(&mut self) -> (TokenKind, Shape) {
        let bytes = self.prose.as_bytes();
        let start = self.at;
        let (mut upper, mut lower) = (0, 0);
        let mut at = start;
        let stop = loop {
            let Some(&byte) = bytes.get(at) else { break 0 };
            let class = CLASS[byte as usize];
            if class & (LETTER | DIGIT) == 0 {
                break class;
            }
            upper += u32::from(class & UPPER);
            lower += u32::from(class & LOWER);
            at += 1;
        };
        let ends = match stop {
            HIGH => !self.peek_at(at).is_some_and(|char| is_letter_or_digit(char) || is_inner(char)),
            // A stop, an apostrophe or a bracket before white space or another mark ends the word, but a.m. may go on.
            JOINS => {
                let next = bytes.get(at + 1).map_or(SPACE, |&next| CLASS[next as usize]);
                next & (LETTER | DIGIT | HIGH) == 0
                    && !matches!(&bytes[at..bytes.len().min(at + 3)], [b'(', b')', ..] | b"://")
            }
            _ => true,
        };
        if ends {
            self.at = at;
            return (TokenKind::Word, shape_of(upper, lower, CLASS[bytes[start] as usize] == UPPER));
        }
        let kind = self.joined_word(at);
        let shape = if kind == TokenKind::Word { shape(&self.prose[start..self.at]) } else { Shape::None };
        (kind, shape)
    }

    /// Moves over a word whose letters end at `letters_end`, or over an address or the like that begins as a word.
    fn joined_word(&mut self, letters_end: usize) -> TokenKind {
        let start = self.at;
        let bytes = self.prose.as_bytes();
        let may_be_address = |at: usize| match bytes.get(at) {
            Some(b'.') => bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric),
            Some(b':') => bytes[at..].starts_with(b"://"),
            Some(b'(') => bytes.get(at + 1) == Some(&b')'),
            Some(b'@' | b'_' | b'+') => true,
            _ => false,
        };
        if !may_be_address(letters_end) {
            self.word();
            if !may_be_address(self.at) {
                return TokenKind::Word;
            }
        }
        let word_end = std::mem::replace(&mut self.at, start);
        if let Some((kind, end)) = address::at(self.prose, start).filter(|(_, end)| *end >= word_end) {
            self.at = end;
            return kind;
        }
        self.word();
        TokenKind::Word
    }

    /// Moves over the token that begins with `char`, which is no white space.
    fn token(&mut self, char: char, last: Option<&Token>) -> TokenKind {
        if is_letter(char) {
            self.word();
            return TokenKind::Word;
        }
        if char.is_numeric() {
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
        let begins = !self.before().is_some_and(is_letter_or_digit);
        if matches!(char, '@' | '#') && begins {
            let rest = &self.prose[self.at + 1..];
            let length = rest.find(|char: char| !(is_letter_or_digit(char) || char == '_'));
            let length = length.unwrap_or(rest.len());
            if rest[..length].chars().any(is_letter) {
                self.at += 1 + length;
                return if char == '@' { TokenKind::Handle } else { TokenKind::Hashtag };
            }
        }
        if char == '.' && begins && next.is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            self.number();
            return TokenKind::Number;
        }
        if matches!(char, '/' | '~' | '.')
            && begins
            && let Some(end) = address::path(self.prose, self.at)
        {
            self.at = end;
            return TokenKind::Code;
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
                self.symbol(char);
                TokenKind::Symbol
            }
        }
    }

    /// Moves over what belongs to the symbol before: an emoji may be several characters, and so may a run of
    /// characters that nobody sees.
    fn symbol(&mut self, first: char) {
        let mut last = first;
        while let Some(char) = self.peek() {
            let joined = is_joined(char)
                || (last == '\u{200D}' && !char.is_whitespace() && !is_letter_or_digit(char))
                || (is_regional(last) && is_regional(char) && first == last)
                || (is_invisible(first) && is_invisible(char));
            if !joined {
                return;
            }
            // Two letters of a country make a flag; a third begins the next one.
            last = if is_regional(char) { '\0' } else { char };
            self.at += char.len_utf8();
        }
    }

    /// Whether an apostrophe stands for letters left out at a word's beginning.
    fn is_elision(&self, mark: char, last: Option<&Token>) -> bool {
        const ELISIONS: &[&str] = &[
            "em", "tis", "twas", "til", "till", "cause", "bout", "round", "nother", "n", "cuz", "coz", "er",
            "im",
        ];
        let rest = &self.prose[self.at + mark.len_utf8()..];
        let is_after = |last: &Token| {
            last.span.end as usize == self.at && matches!(last.kind, TokenKind::Word | TokenKind::Number)
        };
        if last.is_some_and(is_after) {
            return false;
        }
        let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if digits == 2 {
            let after = rest[2..].strip_prefix('s').unwrap_or(&rest[2..]);
            return !after.starts_with(|char: char| char.is_alphanumeric());
        }
        let letters = rest.char_indices().take(8).find(|(_, char)| !is_letter(*char));
        let Some(length) = letters.map(|(at, _)| at).or((rest.len() <= 8).then_some(rest.len())) else {
            return false;
        };
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

    /// The parts of a word after inner apostrophes, hyphens and ampersands.
    fn parts(&mut self) {
        while let Some(mark) = self.peek() {
            let after = self.at + mark.len_utf8();
            let next = self.peek_at(after);
            let inner = match mark {
                '\'' | '-' => next.is_some_and(is_letter_or_digit),
                '&' => {
                    self.before().is_some_and(|char| char.is_ascii_uppercase())
                        && next.is_some_and(|char| char.is_ascii_uppercase())
                }
                '.' => {
                    self.before().is_some_and(|char| char.is_ascii_digit())
                        && next.is_some_and(|char| char.is_ascii_digit())
                }
                '’' | 'ʼ' | '‐' | '‑' | '·' => next.is_some_and(is_letter_or_digit),
                _ if is_invisible(mark) => next.is_some_and(|next| is_letter(next) || is_invisible(next)),
                _ => false,
            };
            if !inner {
                return;
            }
            self.at = after;
            self.letters();
        }
    }

    fn letters(&mut self) {
        let bytes = self.prose.as_bytes();
        loop {
            while self.at < bytes.len() && CLASS[bytes[self.at] as usize] & (LETTER | DIGIT) != 0 {
                self.at += 1;
            }
            match self.peek() {
                Some(char) if !char.is_ascii() && is_letter_or_digit(char) => self.at += char.len_utf8(),
                _ => return,
            }
        }
    }

    /// An abbreviation by letters: U.S., a.m., J.K., Ph.D., and U.S.A without its last stop.
    fn dotted_letters(&mut self, start: usize) -> bool {
        let bytes = self.prose.as_bytes();
        if !bytes[start..self.at].iter().all(u8::is_ascii_alphabetic) {
            return false;
        }
        let mut at = self.at;
        let mut dots = 0;
        let mut single = at - start == 1;
        while bytes.get(at) == Some(&b'.') {
            let letters =
                bytes[at + 1..].iter().take(3).take_while(|byte| byte.is_ascii_alphabetic()).count();
            dots += 1;
            at += 1;
            let after = self.peek_at(at + letters);
            if letters == 0
                || letters > 2
                || after.is_some_and(|char| char != '.' && is_letter_or_digit(char))
            {
                break;
            }
            if after != Some('.') {
                // The last stop is missing: only single letters are surely an abbreviation.
                if single && letters == 1 {
                    at += 1;
                    dots += 1;
                }
                break;
            }
            single &= letters == 1;
            at += letters;
        }
        if dots < 2 {
            return false;
        }
        self.at = at;
        self.parts();
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
                // 8-year-old and 2-for-1, but a score or a span of years is two numbers.
                '-' | '‑' => {
                    after.is_some_and(is_letter)
                        || (after.is_some_and(|char| char.is_ascii_digit())
                            && self.before().is_some_and(is_letter))
                }
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

/// Whether a character is a letter, or a mark that belongs to the letter before it.
pub fn is_letter(char: char) -> bool {
    char.is_ascii_alphabetic() || (!char.is_ascii() && (char.is_alphabetic() || is_mark(char)))
}

pub fn is_letter_or_digit(char: char) -> bool {
    is_letter(char) || char.is_numeric()
}

/// Whether a character beyond ASCII may stand between the letters of a word.
fn is_inner(char: char) -> bool {
    matches!(char, '’' | 'ʼ' | '‐' | '‑' | '·') || is_invisible(char)
}

/// Combining marks that Unicode does not count as alphabetic.
fn is_mark(char: char) -> bool {
    matches!(char,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{6D6}'..='\u{6ED}' | '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}'
        | '\u{A4D}' | '\u{ACD}' | '\u{B4D}' | '\u{BCD}' | '\u{C4D}' | '\u{CCD}' | '\u{D4D}' | '\u{DCA}'
        | '\u{E38}'..='\u{E4E}' | '\u{F71}'..='\u{F84}' | '\u{1037}'..='\u{103A}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20DC}' | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}')
}

/// Characters that nobody sees: soft hyphens, joiners, marks of direction. Inside a word they are part of it.
pub fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// What joins an emoji to what follows: joiners, variation selectors, skin tones.
fn is_joined(char: char) -> bool {
    matches!(char, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}' | '\u{E0020}'..='\u{E007F}')
}

/// Half of a flag.
fn is_regional(char: char) -> bool {
    matches!(char, '\u{1F1E6}'..='\u{1F1FF}')
}

fn is_punctuation(char: char) -> bool {
    if char.is_ascii() {
        return !matches!(char, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
            && char.is_ascii_punctuation();
    }
    matches!(char,
        '¡' | '¿' | '«' | '»' | '·' | '§' | '¶' | '\u{5BE}' | '\u{5F3}' | '\u{5F4}' | '\u{60C}' | '\u{61B}' | '\u{61F}'
        | '\u{6D4}' | '\u{964}' | '\u{965}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{30FB}'
        | '\u{FF01}'..='\u{FF03}' | '\u{FF05}'..='\u{FF0A}' | '\u{FF0C}'..='\u{FF0F}' | '\u{FF1A}' | '\u{FF1B}'
        | '\u{FF1F}' | '\u{FF20}' | '\u{FF3B}'..='\u{FF3D}' | '\u{FF61}'..='\u{FF65}')
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
    fn an_address_ends_before_the_punctuation_of_its_sentence() {
        assert_eq!(
            texts("(see https://example.org/Port_(old)). www.example.org/a, and example.com."),
            [
                "(",
                "see",
                "https://example.org/Port_(old)",
                ")",
                ".",
                "www.example.org/a",
                ",",
                "and",
                "example.com",
                "."
            ]
        );
    }

    #[test]
    fn what_is_written_for_a_machine_is_one_token() {
        for code in ["notes.txt", "snake_case", "call()", "obj.run()", "/usr/share", "~/notes/a"] {
            let prose = format!("Open {code} now");
            assert_eq!(kinds(&prose)[1], (code, TokenKind::Code), "{code}");
        }
        assert_eq!(texts("and/or _so_ (no)"), ["and", "/", "or", "_", "so", "_", "(", "no", ")"]);
        // Who took a picture is no path.
        assert_eq!(texts("A. Teal /Obi/Press")[3..], ["/", "Obi", "/", "Press"]);
    }

    #[test]
    fn a_missing_space_after_a_stop_leaves_two_words() {
        assert_eq!(texts("the end.Next one"), ["the", "end", ".", "Next", "one"]);
    }

    #[test]
    fn firms_keep_their_ampersand() {
        assert_eq!(texts("AT&T, Q&A, fish&chips"), ["AT&T", ",", "Q&A", ",", "fish", "&", "chips"]);
    }

    #[test]
    fn abbreviations_go_on_after_a_hyphen_and_may_lack_the_last_stop() {
        assert_eq!(
            texts("a U.S.-led U.N’s D.C, e.g ok"),
            ["a", "U.S.-led", "U.N’s", "D.C", ",", "e.g", "ok"]
        );
    }

    #[test]
    fn numbers_of_all_sorts() {
        assert_eq!(
            texts("$5m .22-caliber 2-for-1 10–12 3-2 9:30pm v1.2.3 ½ 5’10” 24/7"),
            [
                "$",
                "5m",
                ".22-caliber",
                "2-for-1",
                "10",
                "–",
                "12",
                "3",
                "-",
                "2",
                "9:30pm",
                "v1.2.3",
                "½",
                "5",
                "’",
                "10",
                "”",
                "24",
                "/",
                "7"
            ]
        );
    }

    #[test]
    fn what_nobody_sees_is_part_of_the_word_around_it() {
        assert_eq!(
            texts("co\u{AD}op zero\u{200B}width\u{200B} end\u{FEFF}"),
            ["co\u{AD}op", "zero\u{200B}width", "\u{200B}", "end", "\u{FEFF}"]
        );
        assert_eq!(texts("e\u{301}te\u{301}"), ["e\u{301}te\u{301}"]);
    }

    #[test]
    fn an_emoji_is_one_token() {
        assert_eq!(texts("👩‍👩‍👧🇫🇷🇩🇪👍🏽❤️!"), ["👩‍👩‍👧", "🇫🇷", "🇩🇪", "👍🏽", "❤️", "!"]);
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
