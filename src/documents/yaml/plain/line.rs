//! Values and keys within a line: plain, in quotes, in brackets.

use super::Plain;

/// Where a value stands: in brackets, more signs end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Block,
    Flow,
}

/// The longest key that is read here.
const LONGEST: usize = 128;

impl<'a> Plain<'a> {
    /// A text in quotes that says what it says, letter by letter.
    pub(super) fn quoted(&mut self, quote: u8) -> Option<&'a str> {
        let start = self.pos + 1;
        let length = self.bytes[start..].iter().position(|byte| {
            *byte == quote || *byte == b'\n' || (*byte == b'\\' && quote == b'"')
        })?;
        let end = start + length;
        // Two of them in a row would stand for one.
        let whole = self.bytes[end] == quote && self.byte(end + 1) != quote;
        self.pos = end + 1;
        whole.then(|| &self.text[start..end])
    }

    /// A text without quotes, without the blanks behind it.
    pub(super) fn plain(&mut self, within: Within) -> Option<&'a str> {
        let start = self.pos;
        if !starts_plain(self.byte(start), self.byte(start + 1)) {
            return None;
        }
        let mut end = start;
        loop {
            match self.byte(end) {
                b'\n' if within == Within::Block => break,
                b',' | b']' | b'}' if within == Within::Flow => break,
                b'\n' => return None,
                b'[' | b'{' if within == Within::Flow => return None,
                // A key, or a sentence with a colon, of which the walk tells.
                b':' if ends_key(self.byte(end + 1), within) => return None,
                b'#' if self.bytes[end - 1] == b' ' => return None,
                b'-' if within == Within::Flow && b",[]{}".contains(&self.byte(end + 1)) => {
                    return None;
                }
                _ => end += 1,
            }
        }
        self.pos = end;
        let text = self.text[start..end].trim_end_matches(' ');
        Some(text)
    }
}

/// The length of a plain key, up to its colon.
pub(super) fn key_ends(bytes: &[u8], within: Within) -> Option<usize> {
    for (at, byte) in bytes.iter().enumerate().take(LONGEST) {
        match byte {
            b':' if ends_key(bytes.get(at + 1).copied().unwrap_or(b'\n'), within) => {
                return (at > 0 && bytes[at - 1] != b' ').then_some(at);
            }
            b'\n' => return None,
            b'#' if at > 0 && bytes[at - 1] == b' ' => return None,
            b',' | b'[' | b']' | b'{' | b'}' if within == Within::Flow => return None,
            _ => {}
        }
    }
    None
}

/// Whether a colon before this sign ends a key.
fn ends_key(next: u8, within: Within) -> bool {
    match next {
        b' ' | b'\n' => true,
        b',' | b'[' | b']' | b'{' | b'}' => within == Within::Flow,
        _ => false,
    }
}

/// Whether a plain text can begin so; most signs of YAML cannot.
pub(super) fn starts_plain(first: u8, second: u8) -> bool {
    match first {
        b'-' => second.is_ascii_alphanumeric(),
        _ => !b"?:,[]{}#&*!|>'\"%@` \n".contains(&first),
    }
}
