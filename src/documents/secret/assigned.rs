//! Secrets that are known by what stands before them: a password, a key, a user in an address.

use super::begun::{KINDS, is_word};
use super::{Found, is_placeholder, run};
use std::ops::Range;

/// What comes between a word and its value, and where the value begins.
struct Given<'t> {
    value: &'t str,
    at: usize,
    /// What opens it, if it is in quotes.
    quote: Option<char>,
    /// `=` without blanks, as programs write it.
    tight: bool,
}

/// `password=…`, `pwd: …`.
pub(super) fn password(text: &str, word: Range<usize>) -> Option<Found> {
    let given = given(text, word.end)?;
    let Given { value, at, quote, tight } = given;
    if is_placeholder(value) {
        return None;
    }
    let rest = &text[at + value.len()..];
    let is_one = match (quote, tight) {
        (Some(quote), true) => value.len() >= 4 && rest.starts_with(quote),
        (Some(quote), false) => value.len() >= 6 && rest.starts_with(quote),
        (None, true) => value.len() >= 4,
        // Prose goes on behind a colon; a password stands alone, and is no word.
        (None, false) => {
            let ends = rest.trim_start_matches([' ', '\t']);
            let alone = ends.is_empty() || ends.starts_with(['\n', '\r', ',', ';', '|']);
            alone && value.len() >= 7 && is_mixed(value)
        }
    };
    is_one.then(|| (at..at + value.len(), "a password"))
}

fn given(text: &str, from: usize) -> Option<Given<'_>> {
    let bytes = text.as_bytes();
    let is_blank = |byte: u8| byte == b' ' || byte == b'\t';
    // `"password": "…"`, `**Password:** …`.
    let closed = from + run(text, from, |byte| b"\"'`*".contains(&byte));
    let sign = closed + run(text, closed, is_blank);
    let equals = *bytes.get(sign)? == b'=';
    if !equals && bytes[sign] != b':' {
        return None;
    }
    let behind = sign + 1 + run(text, sign + 1, |byte| byte == b'*');
    let blanks = run(text, behind, is_blank);
    let opens = behind + blanks;
    let quote = text[opens..].chars().next().filter(|sign| "\"'`".contains(*sign));
    let at = opens + quote.map_or(0, char::len_utf8);
    let ends = |c: char| c.is_whitespace() || "\"'`<&;,|".contains(c);
    let value = &text[at..at + text[at..].find(ends).unwrap_or(text.len() - at)];
    // A sentence's end is none of a password's.
    let value = if quote.is_none() { value.trim_end_matches(['.', ')', ':']) } else { value };
    let tight = equals && blanks == 0 && sign == closed;
    (!value.is_empty()).then_some(Given { value, at, quote, tight })
}

/// Letters with figures or signs among them, and not only hyphens between words and numbers.
fn is_mixed(value: &str) -> bool {
    let letters = value.chars().any(char::is_alphabetic);
    let others = value.chars().any(|c| c.is_ascii_digit() || "!@#$%^&*?+~".contains(c));
    let of_one = |part: &str| {
        part.chars().all(char::is_alphabetic) || part.chars().all(|c| c.is_ascii_digit())
    };
    let compound = value.contains('-') && value.split('-').all(of_one);
    letters && others && !compound && !value.contains(['/', ':'])
}

/// A key or a token: not far behind the word, and random.
pub(super) fn random(text: &str, word: Range<usize>) -> Option<Found> {
    /// What may stand between, as in `token: "…"`, `| key | … |`, `the secret is …`.
    const BETWEEN: usize = 16;
    let rest = &text[word.end..];
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let mut at = text.len() - rest.len();
    let limit = at + BETWEEN;
    if text[at..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    loop {
        at += run(text, at, |byte| b" \t\"'`*:=|>()<".contains(&byte));
        let length = run(text, at, is_sign);
        let value = text[at..at + length].trim_end_matches(['.', ',', '-']);
        // What is known by how it begins is told as that.
        if KINDS.iter().any(|kind| value.starts_with(kind.begins)) {
            return None;
        }
        if is_random(value) && !is_placeholder(value) {
            return Some((at..at + value.len(), "a key or a token"));
        }
        // A short word such as "is" or "id" may stand between.
        at += length;
        if length == 0 || length > 8 || at > limit {
            return None;
        }
    }
}

fn is_sign(byte: u8) -> bool {
    is_word(byte) || b"-+/=.~".contains(&byte)
}

/// Whether no one would write it by hand. A name has few changes between kinds of signs, a number has no
/// letters, and what hyphens part into short pieces is an id.
fn is_random(value: &str) -> bool {
    if value.len() < 20 {
        return false;
    }
    let pieces = value.split(|c: char| !c.is_ascii_alphanumeric());
    let Some(piece) = pieces.max_by_key(|piece| piece.len()) else { return false };
    let bytes = piece.as_bytes();
    let count = |of: fn(&u8) -> bool| bytes.iter().filter(|byte| of(byte)).count();
    let (digits, small) = (count(u8::is_ascii_digit), count(u8::is_ascii_lowercase));
    let large = bytes.len() - digits - small;
    let kind = |byte: &u8| (byte.is_ascii_digit(), byte.is_ascii_lowercase());
    let changes = bytes.windows(2).filter(|two| kind(&two[0]) != kind(&two[1])).count();
    let mut there = [false; 128];
    bytes.iter().for_each(|byte| there[usize::from(byte & 0x7f)] = true);
    let different = there.iter().filter(|is| **is).count();
    let mixed = match (small, large) {
        (0, 0) => false,
        (0, _) | (_, 0) => {
            piece.len() >= 20 && digits * 6 >= piece.len() && changes * 4 >= piece.len()
        }
        _ => digits > 0 && changes * 3 >= piece.len(),
    };
    piece.len() >= 16 && different >= 8 && mixed
}

/// `scheme://user:password@host`.
pub(super) fn in_address(text: &str, sign: Range<usize>) -> Option<Found> {
    let named = sign.start > 0 && text.as_bytes()[sign.start - 1].is_ascii_alphanumeric();
    let ends = |c: char| c.is_whitespace() || "/\"'`<>)|,;?#@".contains(c);
    let length = text[sign.end..].find(ends)?;
    let (user, password) = text[sign.end..sign.end + length].split_once(':')?;
    let at = sign.end + user.len() + 1;
    let is_one = named
        && text[sign.end + length..].starts_with('@')
        && !password.is_empty()
        && !is_placeholder(password);
    is_one.then(|| (at..at + password.len(), "a password in an address"))
}

/// `…?sv=…&sig=…`: who has the address may read or write what it names.
pub(super) fn signature(text: &str, word: Range<usize>) -> Option<Found> {
    let before = &text[..word.start];
    if !before.ends_with(['?', '&', ';']) {
        return None;
    }
    let length = run(text, word.end, |byte| is_sign(byte) || byte == b'%');
    let value = &text[word.end..word.end + length];
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let is_one = length >= 30 && digits && !is_placeholder(value);
    is_one.then(|| (word.end..word.end + length, "a signature that opens an address"))
}
