//! Front matter as a tree in which each key and value has its place.
//!
//! In goes the text of the front matter, out comes a [`Node`]; scalars keep their source form
//! (`NO`, `010`, `1.10`), for what they mean is decided by the key that takes them. Anchors, tags,
//! repeated keys, depth and texts cut at a `#` are diagnosed here; keys and types are not known.
//!
//! Most front matter is plain enough for `plain`; all other is read by the walk over a parser's
//! events, which alone says anything.

mod plain;
mod signs;

use super::reader::Reader;
use crate::diagnostics::{Code, Span};
use foldhash::HashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::borrow::Cow;
use std::cell::Cell;

/// How deep front matter may nest; the contract needs six levels.
const DEPTH: usize = 24;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// Its place in the file.
    pub span: Span,
    /// What it is.
    pub value: Value<'a>,
}

/// What a value is, before a key says what it means.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing, `~` or `null`: absent.
    Absent,
    /// A scalar in its source form.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// A map, in the order of the source.
    Map(Vec<Entry<'a>>),
}

/// One key of a map and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// The key's place in the file.
    pub key_span: Span,
    /// The value.
    pub value: Node<'a>,
}

impl Node<'_> {
    /// The place of a part of this text, where the source has it letter by letter.
    pub fn part(&self, part: &str) -> Span {
        let Value::Text(text) = &self.value else { return self.span };
        let range = self.span.range();
        // A plain text stands as it is, a quoted one between two marks.
        let marks = match range.len().checked_sub(text.len()) {
            Some(marks @ (0 | 2)) => marks / 2,
            _ => return self.span,
        };
        let Some(at) = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize) else {
            return self.span;
        };
        let start = range.start + marks + at;
        if start + part.len() > range.end {
            return self.span;
        }
        Span::new(start, start + part.len())
    }
}

/// Reads a text of YAML that starts at a byte of its file; says what is wrong to the reader.
pub fn parse<'a>(text: &'a str, at: usize, reader: &Reader<'_>) -> Node<'a> {
    plain::read(text, at).unwrap_or_else(|| walk(text, at, reader))
}

/// Reads any text.
fn walk<'a>(text: &'a str, at: usize, reader: &Reader<'_>) -> Node<'a> {
    let mut walk = Walk::new(text, at, reader);
    if let Some(deep) = too_deep(text) {
        walk.say_too_deep(Span::new(deep, deep + 1));
        walk.give_up(0);
        return walk.absent();
    }
    let events = Parser::new_from_str(text);
    for event in events {
        let carry_on = match event {
            Ok((event, span)) => {
                let span = walk.bytes(span.start.index(), span.end.index());
                walk.event(event, span)
            }
            Err(error) => {
                walk.syntax(&error);
                false
            }
        };
        if !carry_on {
            break;
        }
    }
    walk.finish()
}

/// Brackets nested deeper than any front matter needs, found before the parser sees them.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            // A text may hold brackets without their partners; a line ends the count.
            b'\n' if depth < DEPTH => depth = 0,
            _ => {}
        }
        if depth > DEPTH * 2 {
            return Some(at);
        }
    }
    None
}

struct Walk<'a, 'r> {
    text: &'a str,
    at: usize,
    reader: &'r Reader<'r>,
    /// Byte offset of each character, only where a text is not plain ASCII.
    offsets: Option<Vec<u32>>,
    open: Vec<Frame<'a>>,
    root: Option<Node<'a>>,
    documents: usize,
    /// Where the last anchor, alias or tag was told; each line is told once.
    last_sign: Cell<Option<usize>>,
}

/// A list or map whose end has not come yet.
struct Frame<'a> {
    start: u32,
    list: Vec<Node<'a>>,
    map: Option<Vec<Entry<'a>>>,
    key: Option<Key<'a>>,
    /// The keys so far, where they are too many to look through.
    keys: HashMap<Cow<'a, str>, Span>,
}

/// A key whose value has not come yet.
struct Key<'a> {
    text: Cow<'a, str>,
    span: Span,
    /// Given before: its value is left out, for it would only be told a second time.
    again: bool,
}

/// So many keys of a map are looked through one by one.
const FEW: usize = 32;

impl<'a, 'r> Walk<'a, 'r> {
    fn new(text: &'a str, at: usize, reader: &'r Reader<'r>) -> Self {
        let offsets = (!text.is_ascii()).then(|| {
            let ends = std::iter::once(text.len());
            let starts = text.char_indices().map(|(byte, _)| byte);
            starts.chain(ends).map(|byte| u32::try_from(byte).unwrap_or(u32::MAX)).collect()
        });
        let open = Vec::new();
        Walk {
            text,
            at,
            reader,
            offsets,
            open,
            root: None,
            documents: 0,
            last_sign: Cell::default(),
        }
    }

    /// A span in the text, from character positions.
    fn bytes(&self, start: usize, end: usize) -> Span {
        let byte = |index: usize| match &self.offsets {
            None => index.min(self.text.len()),
            Some(table) => table.get(index).map_or(self.text.len(), |byte| *byte as usize),
        };
        Span::new(byte(start), byte(end))
    }

    fn say(&self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        self.reader.say(code, span.shifted(self.at), message).help(help);
    }

    fn event(&mut self, event: Event<'a>, span: Span) -> bool {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second block of front matter begins here";
                    self.say(
                        Code::FrontMatterForm,
                        span,
                        message,
                        "keep one, between two lines of `---`",
                    );
                    return false;
                }
            }
            Event::Alias(_) => {
                self.say_sign(Code::YamlAnchor, span);
                self.value(Node { span, value: Value::Text(Cow::Borrowed("*")) });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                self.scalar(text, style, span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                return self.enter(span, None);
            }
            Event::MappingStart(anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                return self.enter(span, Some(Vec::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    /// Nothing from a byte on was read, which was said.
    fn give_up(&self, from: usize) {
        self.reader.give_up(Span::new(from, self.text.len()).shifted(self.at));
    }

    fn say_too_deep(&self, span: Span) {
        let message = format!("this is nested more than {DEPTH} levels deep");
        self.say(Code::YamlTooDeep, span, message, "close the brackets, or indent less");
    }

    fn scalar(&mut self, text: Cow<'a, str>, style: ScalarStyle, span: Span) {
        let plain = style == ScalarStyle::Plain;
        if plain && !text.is_empty() {
            self.cut_by_hash(span);
        }
        // The parser counts the blanks behind a closing quote in.
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        let span = if quoted { self.trimmed(span) } else { span };
        let absent = text.is_empty() || (plain && matches!(&*text, "~" | "null"));
        let value = if absent { Value::Absent } else { Value::Text(text) };
        self.value(Node { span, value });
    }

    fn enter(&mut self, span: Span, map: Option<Vec<Entry<'a>>>) -> bool {
        if self.open.len() >= DEPTH {
            self.say_too_deep(Span::new(span.start as usize, span.start as usize + 1));
            self.give_up(span.start as usize);
            return false;
        }
        let (list, keys) = (Vec::new(), HashMap::default());
        self.open.push(Frame { start: span.start, list, map, key: None, keys });
        true
    }

    fn leave(&mut self, end: Span) {
        let Some(frame) = self.open.pop() else { return };
        // A block ends where the next line begins: take the white space off again.
        let span = Span { start: frame.start, end: end.end.max(frame.start) };
        let span = self.trimmed(span);
        let value = match frame.map {
            Some(entries) => Value::Map(entries),
            None => Value::List(frame.list),
        };
        self.value(Node { span, value });
    }

    /// A span without the white space at its end.
    fn trimmed(&self, span: Span) -> Span {
        let start = span.start as usize;
        Span::new(start, start + self.text[span.range()].trim_end().len())
    }

    /// Puts a finished value where it belongs: as the root, an item, a key or a key's value.
    fn value(&mut self, node: Node<'a>) {
        let node = Node { span: node.span, ..node };
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        let Some(entries) = &mut frame.map else {
            frame.list.push(node);
            return;
        };
        match frame.key.take() {
            Some(key) if key.again => {}
            Some(Key { text, span, .. }) => {
                if entries.len() >= FEW {
                    let known = entries.iter().skip(frame.keys.len());
                    frame.keys.extend(known.map(|entry| (entry.key.clone(), entry.key_span)));
                }
                entries.push(Entry { key: text, key_span: span, value: node });
            }
            None => {
                let text = key_text(&node);
                let again = self.is_again(&text, node.span);
                if let Some(frame) = self.open.last_mut() {
                    frame.key = Some(Key { text, span: node.span, again });
                }
            }
        }
    }

    /// Whether the map has the key already, which is said.
    fn is_again(&self, key: &str, span: Span) -> bool {
        let Some(frame) = self.open.last() else { return false };
        let Some(entries) = &frame.map else { return false };
        if key == "<<" {
            let message = "`<<` stands for keys in another place, which are not read";
            self.say(Code::YamlAnchor, span, message, "write the keys out");
            return true;
        }
        // The newest key is not among those gathered, nor is any of a short map.
        let few = entries.iter().skip(frame.keys.len()).find(|entry| entry.key == key);
        let first = few.map(|entry| entry.key_span).or_else(|| frame.keys.get(key).copied());
        if let Some(first) = first {
            let message = format!("`{key}` is given twice");
            let first = self.reader.place(first.shifted(self.at));
            self.reader
                .say(Code::RepeatedKey, span.shifted(self.at), message)
                .label("given again here")
                .also(first, "first given here")
                .help("keep one of the two");
        }
        first.is_some()
    }

    fn syntax(&self, error: &ScanError) {
        let at = self.bytes(error.marker().index(), error.marker().index() + 1);
        let (span, message, help) = super::mistakes::explain(self.text, at, error.info());
        self.give_up(span.range().start.min(at.range().start));
        self.say(Code::YamlSyntax, span, message, help);
    }

    fn absent(&self) -> Node<'a> {
        Node { span: Span::new(self.at, self.at), value: Value::Absent }
    }

    fn finish(mut self) -> Node<'a> {
        while !self.open.is_empty() {
            let end = self.text.len();
            self.leave(Span::new(end, end));
        }
        let mut root = self
            .root
            .take()
            .unwrap_or_else(|| Node { span: Span::default(), value: Value::Absent });
        shift(&mut root, self.at);
        root
    }
}

fn key_text<'a>(node: &Node<'a>) -> Cow<'a, str> {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Absent => Cow::Borrowed(""),
        Value::List(_) | Value::Map(_) => Cow::Borrowed("?"),
    }
}

/// Moves all places from the front matter's text to the file's.
fn shift(node: &mut Node<'_>, by: usize) {
    node.span = node.span.shifted(by);
    match &mut node.value {
        Value::Absent | Value::Text(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key_span = entry.key_span.shifted(by);
                shift(&mut entry.value, by);
            }
        }
    }
}
