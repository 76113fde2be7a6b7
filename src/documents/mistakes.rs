//! What a writer probably did where YAML could not be read, in words that name the mend.
//!
//! The parser's own sentence speaks of tokens and mappings; here the line it stopped at is looked
//! at again for the three mistakes that writers make.

use crate::diagnostics::Span;

/// The place, the message and the help for a syntax error at a byte of the front matter.
pub fn explain(text: &str, at: Span, info: &str) -> (Span, String, &'static str) {
    let start = text[..at.range().start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let before = text[..start].trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1);
    blank(text, start + line.len())
        .or_else(|| colon(line, start))
        .or_else(|| colon(text[before..start].trim_end_matches('\n'), before))
        .or_else(|| opener(line, start))
        .or_else(|| unclosed_quote(line, start, info))
        .or_else(|| indent(text, line, start))
        .unwrap_or_else(|| {
            let message = "this line, or the one above it, cannot be read".to_string();
            (at, message, "write `key: value`, and compare with `casebook explain yaml-syntax`")
        })
}

type Found = Option<(Span, String, &'static str)>;

/// A tab, or a hard space from a word processor, where only spaces can indent. No one sees it, so
/// the first in the text is told, wherever the reader of YAML stumbled over it.
fn blank(text: &str, end: usize) -> Found {
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if let Some((at, odd)) =
            line[..indent].char_indices().find(|(_, c)| "\t\u{a0}".contains(*c))
        {
            let span = Span::new(start + at, start + at + odd.len_utf8());
            let name = if odd == '\t' { "a tab" } else { "a hard space" };
            return Some((span, format!("{name} cannot indent here"), "indent with plain spaces"));
        }
        start += line.len();
    }
    None
}

/// `title: Claims: faster`: a second `: ` in a text without quotes.
fn colon(line: &str, start: usize) -> Found {
    let first = line.find(": ")?;
    let value = line[first + 2..].trim_start();
    if value.starts_with(['"', '\'', '{', '[', '|', '>']) {
        return None;
    }
    let second = line[first + 2..].find(": ").map(|at| at + first + 2)?;
    let span = Span::new(start + second, start + second + 1);
    Some((
        span,
        "this text holds a `: `, which would begin another key".into(),
        "put the whole text in quotes",
    ))
}

/// A text that begins with a letter that has a meaning in YAML.
fn opener(line: &str, start: usize) -> Found {
    let value_at = line.find(": ").map(|at| at + 2).or_else(|| line.find("- ").map(|at| at + 2))?;
    let value = line[value_at..].trim_start();
    let first = value.chars().next()?;
    let goes_on = |close| value.find(close).is_some_and(|at| !value[at + 1..].trim().is_empty());
    match first {
        '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' => {}
        '-' if value.starts_with("- ") => {}
        '[' if goes_on(']') => {}
        '{' if goes_on('}') => {}
        '"' | '\'' => return behind_quote(value, start + line.len() - value.len()),
        _ => return None,
    }
    let at = start + line.len() - value.len();
    let message = format!("a text cannot begin with `{first}`");
    let help = match first {
        '-' => "begin the list on the next line, or put the text in quotes",
        _ => "put the text in quotes",
    };
    Some((Span::new(at, at + 1), message, help))
}

/// `"Great" said Bob`: the text goes on where the quotation mark closed it.
fn behind_quote(value: &str, at: usize) -> Found {
    let mark = value.chars().next()?;
    let close = value[1..].find(mark)? + 2;
    let rest = value[close..].trim_start();
    if rest.is_empty() || rest.starts_with(['#', ',', '}', ']', ':']) {
        return None;
    }
    let at = at + value.len() - rest.len();
    let message = "the text goes on behind its closing quotation mark".to_string();
    let other = if mark == '"' {
        "put all of it in single quotes: '…'"
    } else {
        "write a mark within the text twice: ''"
    };
    Some((Span::new(at, at + rest.trim_end().len()), message, other))
}

fn unclosed_quote(line: &str, start: usize, info: &str) -> Found {
    if !info.contains("quoted") && !info.contains("end of stream") {
        return None;
    }
    let at = start + line.find(['"', '\''])?;
    let message = "a quotation mark that is opened here is not closed".to_string();
    Some((Span::new(at, at + 1), message, "close it, or write a doubled mark inside"))
}

/// A key or an entry that stands to the left or right of those it belongs with.
fn indent(text: &str, line: &str, start: usize) -> Found {
    let key = line.trim_start();
    let before = text[..start].lines().rev().find(|line| !line.trim().is_empty())?;
    let width = |line: &str| line.len() - line.trim_start().len();
    let looks_right = key.starts_with("- ") || key.contains(": ") || key.trim_end().ends_with(':');
    if !looks_right || width(line) == width(before) {
        return None;
    }
    let at = start + width(line);
    let word = key.split([':', ' ']).next().unwrap_or_default().len().max(1);
    let message = "this line is not indented like the ones it belongs with".to_string();
    Some((Span::new(at, at + word), message, "begin it in the same column as its neighbors"))
}
