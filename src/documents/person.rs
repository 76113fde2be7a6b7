//! People as they are written: `Name`, `Name, role`, `Name, role (unit)`, or a map.

use super::fields::{Fields, Read, Spanned};
use super::reader::Reader;
use super::text::scalar;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Span};
use serde::{Deserialize, Serialize};

/// A person, as one file tells it; the same normalized name is the same person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
    /// Where they belong, as written.
    pub unit: Option<Spanned<String>>,
    /// Whether they lead a committee.
    pub chair: bool,
    /// Where they stand in the file.
    pub span: Span,
}

impl Read for Person {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Person> {
        if !matches!(node.value, Value::Map(_)) {
            return written(node, reader);
        }
        let fields = Fields::of(node, "a person", reader)?;
        let person = Person {
            name: fields.need("name"),
            role: fields.get("role"),
            unit: fields.get("unit"),
            chair: fields.get("chair").unwrap_or(false),
            span: node.span,
        };
        fields.done();
        Some(person)
    }
}

fn written(node: &Node<'_>, reader: &Reader<'_>) -> Option<Person> {
    let text = scalar(node, "a person", reader)?.trim();
    let (rest, unit) = match text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((rest, unit)) => (rest.trim_end(), Some(unit.trim())),
        None => (text, None),
    };
    let (name, role) = match rest.split_once(',') {
        Some((name, role)) => (name.trim(), Some(role.trim())),
        None => (rest, None),
    };
    // What YAML takes for a flag in one tool and for a text in another is no one's name.
    let flag = ["yes", "no", "true", "false", "on", "off"].contains(&&*text.to_ascii_lowercase());
    if flag || name.is_empty() || unit.is_some_and(str::is_empty) || role.is_some_and(str::is_empty)
    {
        let message = "this names no person";
        reader
            .say(Code::BadPerson, node.span, message)
            .help("write `Name`, `Name, role` or `Name, role (unit)`");
        return None;
    }
    Some(Person {
        name: name.to_string(),
        role: role.map(str::to_string),
        unit: unit.map(|unit| Spanned { value: unit.to_string(), span: node.part(unit) }),
        chair: false,
        span: node.span,
    })
}
