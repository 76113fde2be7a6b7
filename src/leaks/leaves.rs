//! The leaves: each single text that is hidden, where it stands.
//!
//! Of front matter these are the scalars, of a body its lines, of a table its cells.

use super::hidden::Hidden;
use crate::diagnostics::{FileId, Place, Span};
use crate::documents::front_matter::{Need, split};
use crate::documents::reader::{Conventions, Reader};
use crate::documents::yaml::{self, Node, Value};
use crate::sources::{Kind, Sources};

/// One text that is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub place: Place,
    pub text: String,
}

/// All of them, in the order of files and places.
pub(super) fn of(hidden: &Hidden, sources: &Sources, conventions: &Conventions) -> Vec<Leaf> {
    let mut all = Vec::new();
    for (file, parts) in &hidden.parts {
        let is_hidden =
            |span: Span| parts.iter().any(|part| part.start <= span.start && span.end <= part.end);
        write_up(*file, sources, conventions, &is_hidden, &mut all);
    }
    for file in hidden.files.keys() {
        let source = sources.file(*file);
        if let Some(address) = address(&source.kind) {
            all.push(Leaf { place: file.top(), text: address });
        }
        match source.path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => write_up(*file, sources, conventions, &|_| true, &mut all),
            Some("csv") => table(*file, source.text().unwrap_or_default(), &mut all),
            // A drawing is a text too; of other pictures only the whole file is known again.
            _ => {
                let text = std::str::from_utf8(source.bytes()).unwrap_or_default();
                lines((text, 0), |span, line| {
                    all.push(Leaf { place: file.at(span), text: line.to_string() });
                });
            }
        }
    }
    all.sort_by_key(|leaf| leaf.place);
    all
}

/// Where a page would stand.
fn address(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Project { id, .. } => Some(format!("projects/{id}/")),
        Kind::Page { id } => Some(format!("{id}/index.html")),
        _ => None,
    }
}

fn write_up(
    file: FileId,
    sources: &Sources,
    conventions: &Conventions,
    is_hidden: &dyn Fn(Span) -> bool,
    all: &mut Vec<Leaf>,
) {
    let Some(text) = sources.file(file).text() else { return };
    let reader = Reader::new(file, conventions);
    let parts = split(text, Need::Optional, usize::MAX, &reader);
    if let Some((yaml, at)) = parts.yaml {
        scalars(&yaml::parse(yaml, at, &reader), &mut |node, text| {
            if is_hidden(node.span) {
                all.push(Leaf { place: file.at(node.span), text: text.to_string() });
            }
        });
    }
    lines(parts.body, |span, line| {
        if is_hidden(span) {
            all.push(Leaf { place: file.at(span), text: line.to_string() });
        }
    });
}

fn scalars<'n>(node: &'n Node<'n>, each: &mut dyn FnMut(&'n Node<'n>, &'n str)) {
    match &node.value {
        Value::Absent => {}
        Value::Text(text) => each(node, text),
        Value::List(list) => list.iter().for_each(|node| scalars(node, each)),
        Value::Map(entries) => entries.iter().for_each(|entry| scalars(&entry.value, each)),
    }
}

fn lines<'t>((text, at): (&'t str, usize), mut each: impl FnMut(Span, &'t str)) {
    let mut from = at;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if !bare.is_empty() {
            each(Span::new(from, from + bare.len()), bare);
        }
        from += line.len();
    }
}

fn table(file: FileId, text: &str, all: &mut Vec<Leaf>) {
    let mut from = 0;
    for cell in text.split_inclusive([',', ';', '\t', '\n', '"']) {
        let bare = cell.trim_end_matches([',', ';', '\t', '\n', '"']);
        if !bare.is_empty() {
            let place = file.at(Span::new(from, from + bare.len()));
            all.push(Leaf { place, text: bare.to_string() });
        }
        from += cell.len();
    }
}
