//! Secrets that are known by what stands before them: a password, a key, a user in an address.

use super::begun::{KINDS, is_word};
use super::spoken::{self, is_mixed, is_technical};
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

/// `password=…`, `pwd: …`, "the password is …".
pub(super) fn password(text: &str, word: Range<usize>) -> Option<Found> {
    let Some(given) = given(text, word.end) else {
        let closed = word.end + run(text, word.end, |byte| b"\"'`*".contains(&byte));
        let goes_on = text[closed..].starts_with(char::is_whitespace);
        return if goes_on { spoken::password(text, closed, false) } else { None };
    };
    if given.is_told(text) {
        return Some(given.found("a password"));
    }
    let opens = given.at - given.quote.map_or(0, char::len_utf8);
    if given.tight { None } else { spoken::password(text, opens, true) }
}

/// The same of `contraseña`, by letters that few other words have.
pub(super) fn contrasena(text: &str, word: Range<usize>) -> Option<Found> {
    let is_one = ["ontra", "ONTRA"].iter().any(|begins| text[..word.start].ends_with(begins));
    let ends = text[word.end..].starts_with(['a', 'A']);
    if is_one && ends { password(text, word.start..word.end + 1) } else { None }
}

/// The same of `mot de passe`.
pub(super) fn mot_de_passe(text: &str, word: Range<usize>) -> Option<Found> {
    text[..word.start].ends_with("ot de p").then(|| password(text, word))?
}

/// The same of `pass`, which ends many a word.
pub(super) fn pass(text: &str, word: Range<usize>) -> Option<Found> {
    let before = text[..word.start].strip_suffix(['p', 'P'])?;
    let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '-');
    let given = given(text, word.end - 1).filter(|given| !is_word && given.is_told(text))?;
    is_mixed(given.value).then(|| given.found("a password"))
}

/// `Authorization: Basic …`, and what is random behind `Bearer`.
pub(super) fn authorization(text: &str, scheme: Range<usize>) -> Option<Found> {
    let before = text[..scheme.start].trim_end_matches([' ', '\t', '"', '\'', '`', '*', ':', '=']);
    if !before.ends_with("uthorization") {
        let bearer = text[scheme.clone()].starts_with("Bearer");
        return bearer.then(|| random(text, scheme.end - 1..scheme.end - 1))?;
    }
    let at = scheme.end;
    let value = text[at..at + run(text, at, is_sign)].trim_end_matches(['.', '-']);
    // A word has large letters at its beginning only.
    let coded =
        value.bytes().skip(1).any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let is_one = value.len() >= 8 && coded && !is_placeholder(value) && !is_known(text, at, value);
    is_one.then(|| (at..at + value.len(), "a key or a token"))
}

/// Whether a value is known by how it begins, and is told as that.
fn is_known(text: &str, at: usize, value: &str) -> bool {
    let kind = KINDS.iter().find(|kind| value.starts_with(kind.begins));
    kind.is_some_and(|kind| kind.found(text, at..at + kind.begins.len()).is_some())
}

impl Given<'_> {
    fn found(&self, what: &'static str) -> Found {
        (self.at..self.at + self.value.len(), what)
    }

    /// Whether the value looks like a password.
    fn is_told(&self, text: &str) -> bool {
        let Given { value, at, quote, tight } = *self;
        let rest = &text[at + value.len()..];
        let is_one = match (quote, tight) {
            (Some(quote), true) => value.len() >= 4 && rest.starts_with(quote),
            (Some(quote), false) => value.len() >= 6 && rest.starts_with(quote),
            (None, true) => value.len() >= 4,
            // Prose goes on behind a colon; a password stands alone, and is no word.
            (None, false) => {
                let ends = rest.trim_start_matches([' ', '\t']);
                let alone = ends.is_empty() || ends.starts_with(['\n', '\r', ',', ';', '|']);
                alone && is_mixed(value)
            }
        };
        is_one && !is_placeholder(value)
    }

    /// Whether the value looks like a key, where the word before says that it is one.
    fn is_key(&self, text: &str) -> bool {
        let value = self.value;
        let figures = value.chars().any(|c| c.is_ascii_digit());
        let is_one = match (self.quote, self.tight) {
            (Some(quote), _) => figures && text[self.at + value.len()..].starts_with(quote),
            (None, true) => true,
            (None, false) => is_mixed(value) && figures && !is_technical(value),
        };
        is_one && value.len() >= 8 && !is_placeholder(value) && !is_named_key(value)
    }
}

/// Whether a text ends in the name of a key that is kept secret: `client_secret`, `X-Api-Key`.
fn is_named_key(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "clientsecret",
        "appsecret",
        "apisecret",
        "apikey",
        "apitoken",
        "secretkey",
        "accesskey",
        "accountkey",
        "sharedkey",
        "masterkey",
        "signingkey",
        "encryptionkey",
        "accesstoken",
        "refreshtoken",
        "authtoken",
    ];
    const LONGEST: usize = 16;
    let from = text.char_indices().rev().take(LONGEST).last().map_or(0, |(at, _)| at);
    let end = &text[from..];
    let plain: String = end.chars().filter(|c| !"-_ ".contains(*c)).collect();
    let plain = plain.to_ascii_lowercase();
    NAMES.iter().any(|name| plain.ends_with(name))
}

fn given(text: &str, from: usize) -> Option<Given<'_>> {
    let bytes = text.as_bytes();
    let is_blank = |byte: u8| byte == b' ' || byte == b'\t';
    // `"password": "…"`, `**Password:** …`; French has a hard blank before a colon.
    let closed = from + run(text, from, |byte| b"\"'`*".contains(&byte));
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}');
    let sign = text.len() - text[closed..].trim_start_matches(blank).len();
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

/// A key or a token: random behind any word that may mean one, and not only that behind its name.
pub(super) fn key(text: &str, word: Range<usize>) -> Option<Found> {
    random(text, word.clone()).or_else(|| {
        let given = given(text, word.end)?;
        // `secret=…`, as programs write it; `key=…` is of many things.
        let other =
            text[word.clone()].ends_with(['y', 'Y']) || is_known(text, given.at, given.value);
        let written = given.tight && is_mixed(given.value) && !other;
        let given = Some(given).filter(|_| written || is_named_key(&text[..word.end]))?;
        given.is_key(text).then(|| given.found("a key or a token"))
    })
}

/// What is random, not far behind the word.
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
        if is_known(text, at, value) {
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
    if value.len() < 20 || is_fingerprint(value) {
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

/// The fingerprint of a public key, as it is handed around.
fn is_fingerprint(value: &str) -> bool {
    let of_one = |byte: u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
    value.len() == 40 && value.bytes().all(of_one)
}

/// `scheme://user:password@host`.
pub(super) fn in_address(text: &str, sign: Range<usize>) -> Option<Found> {
    let named = sign.start > 0 && text.as_bytes()[sign.start - 1].is_ascii_alphanumeric();
    let ends = |c: char| c.is_whitespace() || "\"'`<>|,;".contains(c);
    let rest = &text[sign.end..];
    let whole = &rest[..rest.find(ends).unwrap_or(rest.len())];
    // Who types an address may leave signs in a password as they are; a port is a number.
    let (user, behind) = whole.split_once(':')?;
    let port = run(behind, 0, |byte| byte.is_ascii_digit());
    let is_port = behind[port..].starts_with(['/', '?', '#']);
    let first = behind.find('@').filter(|_| !is_port)?;
    let host = behind[first..].split(['/', '?', '#']).next().unwrap_or_default();
    let password = &behind[..first + host.rfind('@').unwrap_or(0)];
    let at = sign.end + user.len() + 1;
    let is_one = named
        && !user.contains(['/', '?', '#', '@', ')'])
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
