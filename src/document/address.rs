//! What looks like words but is written for a machine: URLs, e-mail addresses, files, identifiers.
//!
//! Looks only from where a word begins, and never further than the address goes.

use super::token::{TokenKind, is_letter_or_digit};

/// The domains at whose end a bare host is believed, in lower case.
const TOP_DOMAINS: &[&str] =
    &["com", "org", "net", "gov", "edu", "mil", "int", "io", "co", "uk", "eu", "info", "tv"];

/// What files are called by their ends, in lower case.
const EXTENSIONS: &[&str] = &[
    "pdf", "txt", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "json", "yaml", "yml", "toml", "xml",
    "md", "html", "htm", "css", "js", "ts", "py", "rs", "sh", "exe", "dll", "zip", "gz", "tar", "jpg",
    "jpeg", "png", "gif", "svg", "psd", "mp3", "mp4", "mov", "wav", "ini", "log", "cfg", "conf", "php",
    "aspx",
];

/// The address or identifier that begins at `at`, and where it ends.
pub fn at(prose: &str, at: usize) -> Option<(TokenKind, usize)> {
    let bytes = &prose.as_bytes()[at..];
    let length = bytes.iter().take_while(|byte| is_inner(**byte)).count();
    match bytes.get(length) {
        Some(b':') if bytes[length..].starts_with(b"://") && length <= 16 => {
            return Some((TokenKind::Url, url_end(prose, at, at + length + 3)));
        }
        Some(b'@') => {
            let host = bytes[length + 1..].iter();
            let host =
                host.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
            let start = at + length + 1;
            let host = prose[start..start + host].trim_end_matches(['.', '-']);
            if host.contains('.') {
                return Some((TokenKind::Email, start + host.len()));
            }
        }
        _ => {}
    }
    let name = prose[at..at + length].trim_end_matches(['.', '-', '+']);
    if bytes[name.len()..].starts_with(b"()") {
        return Some((TokenKind::Code, at + name.len() + 2));
    }
    let goes_on = prose[at + length..].starts_with(|char: char| is_letter_or_digit(char));
    if goes_on {
        return None;
    }
    if is_host(name) {
        let is_path = bytes.get(name.len()) == Some(&b'/');
        let end = if is_path { url_end(prose, at, at + name.len()) } else { at + name.len() };
        return Some((TokenKind::Url, end));
    }
    let is_identifier = name.trim_end_matches('_').contains('_');
    let is_file =
        || name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && EXTENSIONS.contains(&end));
    (is_identifier || is_file()).then_some((TokenKind::Code, at + name.len()))
}

/// Where the path that begins at `at` with `/`, `~/` or `./` ends: it has two parts at least.
pub fn path(prose: &str, at: usize) -> Option<usize> {
    let rest = &prose[at..];
    let inside = ["/", "~/", "./", "../"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    if !inside.starts_with(|char: char| char.is_ascii_lowercase()) {
        return None;
    }
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '/' | '.' | '-' | '_');
    let length = inside.find(|char| !is_part(char)).unwrap_or(inside.len());
    let path = inside[..length].trim_end_matches(['.', '-']);
    path.contains('/').then(|| at + rest.len() - inside.len() + path.len())
}

fn is_inner(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+')
}

fn is_host(name: &str) -> bool {
    if name.len() < 4 || !name.contains('.') || name.contains("..") {
        return false;
    }
    name.starts_with("www.")
        || name.rsplit_once('.').is_some_and(|(host, top)| {
            host.len() > 1 && TOP_DOMAINS.contains(&top) && host.split('.').all(|part| part.len() > 1)
        })
}

/// Where a URL ends that is sure up to `from`: before white space, and before the punctuation of the sentence.
fn url_end(prose: &str, start: usize, from: usize) -> usize {
    let stops = |char: char| char.is_whitespace() || matches!(char, '<' | '>' | '"' | '“' | '”' | '\u{FFFC}');
    let rest = &prose[from..];
    let url = &prose[start..from + rest.find(stops).unwrap_or(rest.len())];
    let mut end = url.len();
    // How many brackets are closed that were never opened.
    let count = |char: char| url.matches(char).count();
    let mut unopened = count(')').saturating_sub(count('('));
    while let Some(char) = url[..end].chars().next_back() {
        let closes = char == ')' && unopened > 0;
        if !closes && !matches!(char, '.' | ',' | ';' | ':' | '!' | '?' | ']' | '\'' | '’' | '*' | '…') {
            break;
        }
        unopened -= usize::from(closes);
        end -= char.len_utf8();
    }
    (start + end).max(from)
}
