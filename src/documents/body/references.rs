//! Figures inside the story: `{kpi:cycle-time:baseline}`, `{roi}`, `{share:it}` and their kind.

use crate::diagnostics::{Code, Span, closest};
use crate::documents::reader::Reader;
use serde::{Deserialize, Serialize};

/// A figure that the body quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reference {
    /// `{kpi:ID}`, `{kpi:ID:baseline}`, `{kpi:PROJECT/ID:target}`.
    Kpi {
        /// The KPI, perhaps behind its project and a `/`.
        kpi: String,
        /// Which of its figures.
        which: Which,
    },
    /// `{invested}`: what it cost.
    Invested,
    /// `{budget}`: what it was to cost.
    Budget,
    /// `{benefits}`: the money realized.
    Benefits,
    /// `{roi}`: the return to date, cash only.
    Roi,
    /// `{payback}`: the years until the cost is recouped.
    Payback,
    /// `{share:UNIT}`: the part that a unit paid.
    Share(String),
    /// `{chart:ID}`, which must be a paragraph of its own.
    Chart(String),
}

/// Which figure of a KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// What it reached.
    Actual,
    /// Where it began.
    Baseline,
    /// What it was to reach.
    Target,
}

const NAMES: &[&str] =
    &["kpi:ID", "invested", "budget", "benefits", "roi", "payback", "share:UNIT", "chart:ID"];

/// Stands for a `{` that the writer escaped, until the text is written; no text can hold it.
pub(super) const ESCAPED: char = '\u{0}';

/// A stretch of text, or a reference in it.
pub(crate) enum Part<'t> {
    Text(&'t str),
    Reference(&'t str),
}

/// Parts a text at its references; `{{…}}` and braces around other things are text.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut done, mut from) = (0, 0);
    while let Some(open) = text[from..].find('{').map(|at| at + from) {
        from = open + 1;
        let Some(close) = text[open..].find('}').map(|at| at + open) else { break };
        let inner = &text[open + 1..close];
        let doubled = text[..open].ends_with('{') || text[close + 1..].starts_with('}');
        if doubled || !looks_like_one(inner) {
            continue;
        }
        parts.push(Part::Text(&text[done..open]));
        parts.push(Part::Reference(inner));
        (done, from) = (close + 1, close + 1);
    }
    parts.push(Part::Text(&text[done..]));
    parts
}

fn looks_like_one(inner: &str) -> bool {
    inner.starts_with(|c: char| c.is_ascii_lowercase())
        && inner.chars().all(|c| c.is_alphanumeric() || "_:/-".contains(c))
}

/// Whether a bare word in braces would be a reference.
pub(super) fn is_name(word: &str) -> bool {
    NAMES.contains(&word)
}

/// Reads the inside of a reference that was found sound before.
pub(crate) fn reread(inner: &str) -> Option<Reference> {
    let conventions = crate::documents::Conventions::default();
    let reader = Reader::new(crate::diagnostics::FileId(0), &conventions);
    read(inner, Span::default(), &reader)
}

/// Reads the inside of a reference, or says that there is none of that name.
pub(super) fn read(inner: &str, span: Span, reader: &Reader<'_>) -> Option<Reference> {
    let mut words = inner.split(':');
    let found = match (words.next(), words.next(), words.next(), words.next()) {
        (Some("kpi"), Some(kpi), which, None) if !kpi.is_empty() => {
            which_figure(which).map(|which| Reference::Kpi { kpi: kpi.into(), which })
        }
        (Some("chart"), Some(kpi), None, None) => Some(Reference::Chart(kpi.into())),
        (Some("share"), Some(unit), None, None) => Some(Reference::Share(unit.into())),
        (Some("invested"), None, None, None) => Some(Reference::Invested),
        (Some("budget"), None, None, None) => Some(Reference::Budget),
        (Some("benefits"), None, None, None) => Some(Reference::Benefits),
        (Some("roi"), None, None, None) => Some(Reference::Roi),
        (Some("payback"), None, None, None) => Some(Reference::Payback),
        _ => None,
    };
    if found.is_none() {
        let help = match inner.split_once(':') {
            Some(("kpi", rest)) if rest.contains(':') => {
                "write `:baseline` or `:target` behind the KPI, or nothing".to_string()
            }
            _ => match closest(inner, NAMES.iter().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`, or a brace, written `\\{{`?"),
                None => "write `\\{` for a brace, or a figure as `{kpi:ID}` or `{roi}`".to_string(),
            },
        };
        reader
            .say(Code::UnknownReference, span, format!("there is no figure `{{{inner}}}`"))
            .help(help);
    }
    found
}

fn which_figure(word: Option<&str>) -> Option<Which> {
    match word {
        None | Some("actual") => Some(Which::Actual),
        Some("baseline") => Some(Which::Baseline),
        Some("target") => Some(Which::Target),
        Some(_) => None,
    }
}
