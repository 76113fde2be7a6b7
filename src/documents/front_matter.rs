//! Where the front matter of a file ends and its body begins.

use super::reader::Reader;
use crate::diagnostics::{Code, Span};

/// The two parts of a file and where each begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts<'t> {
    /// The YAML, if there is any.
    pub yaml: Option<(&'t str, usize)>,
    /// The Markdown.
    pub body: (&'t str, usize),
}

/// Whether a file can do without front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A write-up cannot.
    Required,
    /// A unit or the home page can.
    Optional,
}

/// Parts a file; says what is wrong where the parts cannot be told.
pub fn split<'t>(text: &'t str, need: Need, limit: usize, reader: &Reader<'_>) -> Parts<'t> {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next().unwrap_or_default().trim_end();
    let span = Span::new(start, start + first.len());
    if first != "---" {
        if let Some((message, help)) = other_form(first) {
            reader.say(Code::FrontMatterForm, span, message).help(help);
            return Parts::default();
        }
        if need == Need::Required {
            reader
                .say(
                    Code::FrontMatterMissing,
                    span,
                    "this write-up does not begin with front matter",
                )
                .help("begin the file with a line `---`, the keys, and a second line `---`");
        }
        return Parts { yaml: None, body: (text, 0) };
    }
    let yaml_at = start + first.len() + 1;
    let from = yaml_at.min(text.len());
    let Some((end, body_at)) = closing(text, from) else {
        if let Some(at) = dots(&text[from..]) {
            say_dots(from + at, reader);
            return Parts::default();
        }
        reader
            .say(Code::FrontMatterUnclosed, span, "the front matter that opens here is not closed")
            .help("put a line `---` behind the last key");
        return Parts::default();
    };
    let yaml = &text[yaml_at..end];
    if yaml.len() > limit {
        let message = format!("the front matter has {} bytes; the limit is {limit}", yaml.len());
        reader
            .say(Code::FrontMatterTooLong, span, message)
            .help("move text into the body, or raise `limits: {front_matter: …}` in casebook.yaml");
        return Parts { yaml: None, body: (&text[body_at..], body_at) };
    }
    if let Some(dots) = dots(yaml) {
        say_dots(yaml_at + dots, reader);
        return Parts { yaml: Some((&yaml[..dots], yaml_at)), body: (&text[body_at..], body_at) };
    }
    Parts { yaml: Some((yaml, yaml_at)), body: (&text[body_at..], body_at) }
}

/// The end of the YAML and the beginning of the body.
fn closing(text: &str, from: usize) -> Option<(usize, usize)> {
    lines(&text[from..])
        .find(|(_, line)| line.starts_with("---") && line.trim_end() == "---")
        .map(|(at, line)| (from + at, from + at + line.len()))
}

/// Where YAML's own sign for the end of a document stands.
fn dots(yaml: &str) -> Option<usize> {
    lines(yaml)
        .find(|(_, line)| line.starts_with("...") && line.trim_end() == "...")
        .map(|(at, _)| at)
}

/// The lines of a text, each with its end, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    ends.chain([text.len()]).map(move |end| {
        let start = std::mem::replace(&mut at, end);
        (start, &text[start..end])
    })
}

fn say_dots(at: usize, reader: &Reader<'_>) {
    let span = Span::new(at, at + 3);
    reader
        .say(Code::FrontMatterForm, span, "`...` does not close the front matter")
        .help("write `---` instead");
}

fn other_form(first: &str) -> Option<(&'static str, &'static str)> {
    if first.starts_with("+++") {
        Some((
            "front matter between `+++` is TOML, which is not read",
            "begin with a line `---`, then write the keys as `title: …`",
        ))
    } else if first.starts_with("---")
        && first.trim_start_matches('-').chars().next().is_some_and(char::is_alphanumeric)
    {
        Some((
            "front matter in another language is not read",
            "begin with a line `---`, then write the keys as `title: …`",
        ))
    } else if first.starts_with("{") || first.starts_with(";;;") {
        Some((
            "front matter as JSON is not read",
            "begin with a line `---`, then write the keys as `title: …`",
        ))
    } else if first.starts_with("---") && first.trim_matches('-').is_empty() {
        Some(("the front matter opens with too many dashes", "write exactly three: `---`"))
    } else {
        None
    }
}
