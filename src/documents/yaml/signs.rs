//! Signs that make a value something else than it seems: `&`, `*`, `!`, and a ` #` in a text.

use super::Walk;
use crate::diagnostics::{Code, Span};

impl Walk<'_, '_> {
    /// Tells the signs before a value.
    pub(super) fn marks(&self, anchor: usize, tagged: bool, span: Span) {
        if anchor > 0 {
            self.say_sign(Code::YamlAnchor, span);
        }
        if tagged {
            self.say_sign(Code::YamlTag, span);
        }
    }

    /// A word that begins with `&`, `*` or `!`: once a line, for a line of them is one mistake.
    pub(super) fn say_sign(&self, code: Code, span: Span) {
        let signs: &[char] = if code == Code::YamlTag { &['!'] } else { &['&', '*'] };
        let start = span.start as usize;
        // An anchor before a block stands before the place where the block begins.
        let start = match self.text[start..].starts_with(signs) {
            true => start,
            false => self.text[..start].rfind(signs).unwrap_or(start),
        };
        let line = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        if self.last_sign.replace(Some(line)) == Some(line) {
            return;
        }
        let ends = |c: char| c.is_whitespace() || ",]}".contains(c);
        let word = self.text[start..].split(ends).next().unwrap_or_default();
        let span = Span::new(start, start + word.len());
        let (message, help) = match code {
            Code::YamlTag => (
                format!("`{word}` is no part of the text: a word that begins with `!` is a sign"),
                "remove it, or put the text in quotes",
            ),
            _ => (
                format!("`{word}` stands for a value in another place, which is not read"),
                "write the value out, or put the text in quotes",
            ),
        };
        self.say(code, span, message, help);
    }

    /// An unquoted ` #word` is a comment to YAML, and half of a sentence to its writer.
    pub(super) fn cut_by_hash(&self, span: Span) {
        let rest = &self.text[span.range().end..];
        let rest = rest.trim_start_matches(' ');
        let mut letters = rest.chars();
        if letters.next() == Some('#') && letters.next().is_some_and(|c| !c.is_whitespace()) {
            let hash = self.text.len() - rest.len();
            let message = "the text would be cut off at this `#`";
            let span = Span::new(hash, hash + 1);
            self.say(Code::CutByHash, span, message, "put the whole text in quotes: \"… #…\"");
        }
    }
}
