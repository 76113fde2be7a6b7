//! The fields of a map: each is asked for by its key, and what no one asked for is unknown.
//!
//! The keys that a map takes are thus written once, where they are read. [`Read`] is how a value
//! becomes a type; reading says what is wrong and returns `None`, it never fails.

use super::reader::Reader;
use super::yaml::{Entry, Node, Value};
use crate::diagnostics::{Code, Span, among, closest};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::ops::Deref;

/// A type that can be read from a value of front matter.
pub trait Read: Sized {
    /// Reads it, or says what is wrong.
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self>;
}

/// A value and its place in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Read> Read for Spanned<T> {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(|value| Spanned { value, span: node.span })
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::List(items) => {
                // Made to measure: these lists are kept, in every document of a large site.
                let mut list = Vec::with_capacity(items.len());
                list.extend(items.iter().filter_map(|item| T::read(item, reader)));
                Some(list)
            }
            _ => {
                reader
                    .say(Code::WrongShape, node.span, "this must be a list")
                    .help("write `[…]`, or each entry on a line of its own after `- `");
                None
            }
        }
    }
}

/// The fields of one map.
pub struct Fields<'n, 'a, 'r> {
    entries: &'n [Entry<'a>],
    /// What the map is, as "a KPI".
    what: &'static str,
    /// Where the map stands.
    pub span: Span,
    /// The reader of the file.
    pub reader: &'r Reader<'r>,
    asked: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<String>>,
}

impl<'n, 'a, 'r> Fields<'n, 'a, 'r> {
    /// The fields of a map, or a word that there is none.
    pub fn of(node: &'n Node<'a>, what: &'static str, reader: &'r Reader<'r>) -> Option<Self> {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Absent => &[],
            _ => {
                reader
                    .say(Code::WrongShape, node.span, format!("{what} must have keys of its own"))
                    .help("write `{key: value, …}`, or each key on a line of its own below");
                return None;
            }
        };
        let (asked, missing) = (RefCell::new(Vec::with_capacity(16)), RefCell::default());
        Some(Fields { entries, what, span: node.span, reader, asked, missing })
    }

    /// The value of a key, unless it is absent.
    pub fn node(&self, key: &'static str) -> Option<&'n Node<'a>> {
        self.asked.borrow_mut().push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.value.value != Value::Absent).then_some(&entry.value)
    }

    /// The place of a key, else of the map.
    pub fn place_of(&self, key: &str) -> Span {
        self.entries.iter().find(|entry| entry.key == key).map_or(self.span, |e| e.key_span)
    }

    /// An optional field.
    pub fn get<T: Read>(&self, key: &'static str) -> Option<T> {
        self.node(key).and_then(|node| T::read(node, self.reader))
    }

    /// A list, empty where the key is absent.
    pub fn list<T: Read>(&self, key: &'static str) -> Vec<T> {
        self.get(key).unwrap_or_default()
    }

    /// A required field; where it is missing that is said, and the rest goes on with nothing.
    pub fn need<T: Read + Default>(&self, key: &'static str) -> T {
        match self.node(key) {
            Some(node) => T::read(node, self.reader).unwrap_or_default(),
            None => {
                self.missing(key);
                T::default()
            }
        }
    }

    /// Notes that a required key is not there; it is said when all keys have been asked for.
    pub fn missing(&self, key: &str) {
        self.missing.borrow_mut().push(key.to_string());
    }

    fn say_missing(&self, key: &str) {
        let absent = self.entries.iter().find(|entry| entry.key == key);
        let span = absent.map_or_else(|| first_line(self.span, self.entries), |e| e.key_span);
        let message = format!("{} needs `{key}`", self.what);
        let help = match absent {
            Some(_) => format!("write a value behind `{key}:`"),
            None => format!("add a line `{key}: …`"),
        };
        self.reader.say(Code::MissingKey, span, message).help(help);
    }

    /// Says of each key that no one asked for that it is unknown, and which keys are missing.
    pub fn done(self) {
        let asked = self.asked.take();
        let mut missing = self.missing.take();
        let has = if is_plural(self.what) { "have" } else { "has" };
        for entry in self.entries {
            let key = &*entry.key;
            if key == "<<" || asked.contains(&key) {
                continue;
            }
            // A required key with a slip in it is one mistake, not two.
            let meant = closest(key, asked.iter().copied());
            missing.retain(|missing| Some(missing.as_str()) != meant);
            let message = format!("{} {has} no key `{key}`", self.what);
            let help = among(key, asked.iter().copied());
            self.reader.say(Code::UnknownKey, entry.key_span, message).maybe_help(help);
        }
        for key in missing {
            self.say_missing(&key);
        }
    }

    /// The entries of a map whose keys are the writer's own.
    pub fn entries(&self) -> &'n [Entry<'a>] {
        self.entries
    }
}

/// What is missing is shown at the map's first key, not under all of its lines.
fn first_line(span: Span, entries: &[Entry<'_>]) -> Span {
    entries.first().map_or(Span::new(span.start as usize, span.start as usize + 1), |e| e.key_span)
}

/// "the settings have", but "a project has".
fn is_plural(what: &str) -> bool {
    what.starts_with("the ") && what.ends_with('s')
}
