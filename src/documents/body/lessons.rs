//! Lessons told in the body: a bullet an entry, `(theme)` or `(theme, unit)` last if wanted.

use crate::diagnostics::{Code, Span, closest};
use crate::documents::fields::Spanned;
use crate::documents::post_mortem::Lesson;
use crate::documents::reader::Reader;

/// A bullet in the source, and where it begins in its file.
#[derive(Clone, Copy)]
pub(super) struct Bullet<'t> {
    pub source: &'t str,
    pub span: Span,
}

impl Bullet<'_> {
    /// Where a word of the last parentheses stands.
    fn place(&self, word: &str) -> Span {
        let opens = self.source.rfind('(').unwrap_or(0);
        match self.source[opens..].find(word) {
            Some(at) if !word.is_empty() => {
                let start = self.span.start as usize + opens + at;
                Span::new(start, start + word.len())
            }
            _ => self.span,
        }
    }
}

/// Reads the text of a bullet.
pub(super) fn read(
    text: &str,
    bullet: Bullet<'_>,
    themes: &[String],
    reader: &Reader<'_>,
) -> Lesson {
    let span = bullet.span;
    let text = text.trim();
    let plain = || Lesson { text: text.to_string(), span, ..Lesson::default() };
    let Some((sentence, last)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
    else {
        return plain();
    };
    let (word, unit) = match last.split_once(',') {
        Some((word, unit)) => (word.trim(), Some(unit.trim())),
        None => (last.trim(), None),
    };
    if !themes.iter().any(|theme| theme == word) {
        // Ordinary words in parentheses are not a theme; a theme with a typing error is.
        if let Some(near) = closest(word, themes.iter().map(String::as_str)) {
            reader
                .say(
                    Code::UnknownTheme,
                    bullet.place(word),
                    format!("there is no lesson theme `{word}`"),
                )
                .help(format!("did you mean `{near}`?"));
        }
        return plain();
    }
    let spanned = |text: &str| Spanned { value: text.to_string(), span: bullet.place(text) };
    Lesson {
        text: sentence.trim_end().to_string(),
        theme: Some(spanned(word)),
        unit: unit.filter(|unit| !unit.is_empty()).map(spanned),
        span,
        ..Lesson::default()
    }
}
