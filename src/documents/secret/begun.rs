//! Secrets that are known by how they begin, as their makers made them to be.

use super::{Found, is_placeholder, run};
use std::ops::Range;

/// A kind of secret.
pub(super) struct Kind {
    pub begins: &'static str,
    what: &'static str,
    /// How many signs follow, at least; exactly, where there can be no more.
    length: Length,
    /// The signs.
    of: fn(u8) -> bool,
}

enum Length {
    Exactly(usize),
    AtLeast(usize),
    /// Read by a function of its own.
    By(fn(&str, Range<usize>) -> Option<usize>),
}

use Length::{AtLeast, By, Exactly};

const fn kind(
    begins: &'static str,
    what: &'static str,
    length: Length,
    of: fn(u8) -> bool,
) -> Kind {
    Kind { begins, what, length, of }
}

const AWS: &str = "an access key of AWS";
const GITHUB: &str = "a token of GitHub";
const SLACK: &str = "a token of Slack";
const STRIPE: &str = "a key of Stripe";

/// All kinds; where one begins like another, the longer stands first.
pub(super) const KINDS: &[Kind] = &[
    kind("AKIA", AWS, Exactly(16), is_capital),
    kind("ASIA", AWS, Exactly(16), is_capital),
    kind("ghp_", GITHUB, AtLeast(36), is_word),
    kind("gho_", GITHUB, AtLeast(36), is_word),
    kind("ghu_", GITHUB, AtLeast(36), is_word),
    kind("ghs_", GITHUB, AtLeast(36), is_word),
    kind("ghr_", GITHUB, AtLeast(36), is_word),
    kind("github_pat_", GITHUB, AtLeast(40), is_word),
    kind("glpat-", "a token of GitLab", AtLeast(20), is_name),
    kind("xoxa-", SLACK, AtLeast(20), is_name),
    kind("xoxb-", SLACK, AtLeast(20), is_name),
    kind("xoxe-", SLACK, AtLeast(20), is_name),
    kind("xoxp-", SLACK, AtLeast(20), is_name),
    kind("xoxr-", SLACK, AtLeast(20), is_name),
    kind("xoxs-", SLACK, AtLeast(20), is_name),
    kind("xapp-", SLACK, AtLeast(20), is_name),
    kind("hooks.slack.com/services/", "an address of Slack that takes messages", By(hook), is_word),
    kind("sk_live_", STRIPE, AtLeast(16), is_word),
    kind("rk_live_", STRIPE, AtLeast(16), is_word),
    kind("whsec_", STRIPE, AtLeast(24), is_word),
    kind("AIza", "a key of Google", Exactly(35), is_name),
    kind("GOCSPX-", "a key of Google", AtLeast(24), is_name),
    kind("ya29.", "a token of Google", AtLeast(20), is_name),
    kind("npm_", "a token of npm", Exactly(36), is_word),
    kind("eyJ", "a web token (JWT)", By(jwt), is_name),
    kind("-----BEGIN ", "a private key", By(private_key), is_name),
];

impl Kind {
    /// A secret of the kind that begins at a place.
    pub fn found(&self, text: &str, at: Range<usize>) -> Option<Found> {
        let bytes = text.as_bytes();
        let length = match self.length {
            By(read) => read(text, at.clone())?,
            Exactly(length) | AtLeast(length) => {
                let there = run(text, at.end, self.of);
                let fits = there == length || matches!(self.length, AtLeast(_)) && there > length;
                let stands_alone = at.start == 0 || !is_word(bytes[at.start - 1]);
                if !fits || !stands_alone || is_placeholder(&text[at.end..at.end + there]) {
                    return None;
                }
                there
            }
        };
        // Of an address, what follows the host is the secret.
        let start = if self.begins.contains('/') { at.end } else { at.start };
        Some((start..at.end + length, self.what))
    }
}

fn is_capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

fn hook(text: &str, at: Range<usize>) -> Option<usize> {
    let length = run(text, at.end, |byte| is_word(byte) || byte == b'/');
    let path = &text[at.end..at.end + length];
    (length >= 24 && path.matches('/').count() >= 2 && !is_placeholder(path)).then_some(length)
}

/// Three parts with dots between: two of them JSON in base64, which begins alike.
fn jwt(text: &str, at: Range<usize>) -> Option<usize> {
    let part = |from: usize| Some(run(text, from, is_name)).filter(|length| *length >= 8);
    let first = part(at.end)?;
    let second = at.end + first + 1;
    text.get(second - 1..)?.starts_with(".eyJ").then_some(())?;
    let third = second + part(second)? + 1;
    text.get(third - 1..)?.starts_with('.').then_some(())?;
    Some(third + part(third)? - at.end)
}

/// A block that says it is a private key and holds one.
fn private_key(text: &str, at: Range<usize>) -> Option<usize> {
    const END: &str = "-----";
    let (title, rest) = text[at.end..].split_once(END)?;
    if title.len() > 40 || !title.contains("PRIVATE KEY") {
        return None;
    }
    let begin = at.end + title.len() + END.len();
    let longest =
        |part: &str| part.split(|c: char| !c.is_ascii() || !is_base64(c as u8)).map(str::len).max();
    let inside = rest.find(END).map_or(rest, |end| &rest[..end]);
    if longest(inside)? < 30 {
        return None;
    }
    let end = rest.strip_prefix(inside).and_then(|rest| rest.strip_prefix(END));
    let end = end.and_then(|end| Some(end.split_once(END)?.0.len() + 2 * END.len())).unwrap_or(0);
    Some(begin + inside.len() + end - at.end)
}
