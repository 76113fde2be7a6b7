//! A casebook without what is hidden: what its site says is told by right, whatever it is.

use super::hidden::{Hidden, Why};
use crate::diagnostics::Span;
use crate::sources::{Content, Kind, SourceFile, Sources};
use std::borrow::Cow;
use std::sync::Arc;

/// The same files in the same order; what is hidden in them is nothing, and what is hidden whole says
/// no more than that it is hidden.
pub(super) fn of(hidden: &Hidden, sources: &Sources) -> Sources {
    let mut other = sources.clone();
    for (id, parts) in &hidden.parts {
        let file = sources.file(*id);
        let text = cut(file.text().unwrap_or_default(), parts);
        other.files[id.0 as usize] =
            Arc::new(SourceFile::of(&file.path, Content::Text(text.into())));
    }
    for (id, why) in &hidden.files {
        let file = sources.file(*id);
        // A picture that no page shows says nothing, and may be shown by another by right.
        if file.kind != Kind::Attachment {
            let text = Content::Text(stub(why).into());
            other.files[id.0 as usize] = Arc::new(SourceFile::of(&file.path, text));
        }
    }
    other
}

/// The least that keeps a write-up hidden.
fn stub(why: &Why) -> String {
    let kept = match why {
        Why::Belongs => return String::new(),
        Why::Draft => "draft: true\n".into(),
        Why::Circle(name) if name.is_empty() => String::new(),
        Why::Circle(name) => format!("audience: {name}\n"),
    };
    format!("---\ntitle: -\nstatus: planned\nowner: -\nunit: -\n{kept}---\n")
}

/// A text with nothing in the place of some stretches: of values the word for it.
fn cut(text: &str, parts: &[Span]) -> String {
    let body = text.match_indices("\n---").next().map_or(0, |(at, _)| at);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut parts = parts.to_vec();
    parts.sort_unstable_by_key(|part| part.start);
    for part in parts {
        let range = part.range();
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(if range.start < body { "null" } else { "\n" });
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A text with blanks in the place of some stretches.
pub(super) fn masked<'t>(text: &'t str, parts: Option<&Vec<Span>>) -> Cow<'t, str> {
    let Some(parts) = parts else { return Cow::Borrowed(text) };
    let mut masked = text.to_string();
    for part in parts {
        let range = part.range();
        let blank = " ".repeat(range.len());
        masked.replace_range(range, &blank);
    }
    Cow::Owned(masked)
}
