//! Front matter as most writers write it, read at the speed of looking at it once.
//!
//! In goes the text of the front matter, out comes the tree that the walk over a parser's events
//! would make of it; or nothing, where there is anything to say, or anything but keys, lists and
//! values of one line each: then the walk reads it. It is a part of YAML and decides nothing by
//! itself: what it is not sure of it leaves.

mod line;
#[cfg(test)]
mod tests;

use super::{DEPTH, Entry, Node, Value};
use crate::diagnostics::Span;
use line::{Within, key_ends, starts_plain};
use std::borrow::Cow;

/// Reads a text that starts at a byte of its file.
pub(super) fn read(text: &str, at: usize) -> Option<Node<'_>> {
    if !is_plain(text) {
        return None;
    }
    let mut plain = Plain { text, bytes: text.as_bytes(), at, pos: 0, column: 0, depth: 0 };
    plain.next_line()?;
    let root = match plain.column {
        0 => plain.block()?,
        _ => return None,
    };
    plain.is_over().then_some(root)
}

/// Whether a text has neither signs that the walk tells of nor brackets deeper than it takes.
fn is_plain(text: &str) -> bool {
    let (mut depth, mut ascii) = (0_usize, true);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' => depth = 0,
            0..0x20 | 0x7f => return false,
            0x80.. => ascii = false,
            _ => {}
        }
        if depth > DEPTH / 2 {
            return false;
        }
    }
    // Among other letters there are ends of lines, marks of byte order and blanks of other kinds.
    ascii
        || !text.contains(|c: char| {
            !c.is_ascii() && (c.is_control() || c.is_whitespace() || is_mark(c))
        })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text, and how far it is read: to the first sign of a line, or into one.
struct Plain<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where the text starts in its file.
    at: usize,
    pos: usize,
    /// How many blanks stand before what the line begins with.
    column: usize,
    depth: usize,
}

impl<'a> Plain<'a> {
    fn byte(&self, at: usize) -> u8 {
        // The end of the text ends its last line.
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn is_over(&self) -> bool {
        self.pos >= self.bytes.len()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start, end).shifted(self.at)
    }

    fn skip_blanks(&mut self) {
        while self.bytes.get(self.pos) == Some(&b' ') {
            self.pos += 1;
        }
    }

    /// Goes on to the first line that has something, from the end of what was read.
    fn next_line(&mut self) -> Option<()> {
        let mut begins = self.pos == 0;
        loop {
            let start = self.pos;
            self.skip_blanks();
            if self.is_over() {
                self.column = 0;
                return Some(());
            }
            match self.bytes[self.pos] {
                b'\n' => {
                    self.pos += 1;
                    begins = true;
                }
                _ if begins => {
                    self.column = self.pos - start;
                    let rest = &self.bytes[self.pos..];
                    let ends =
                        self.column == 0 && (rest.starts_with(b"---") || rest.starts_with(b"..."));
                    return (!ends).then_some(());
                }
                // Something stands behind what was a whole value.
                _ => return None,
            }
        }
    }

    fn at_item(&self) -> bool {
        self.byte(self.pos) == b'-' && matches!(self.byte(self.pos + 1), b' ' | b'\n')
    }

    /// What begins at the first sign of a line.
    fn block(&mut self) -> Option<Node<'a>> {
        match self.at_item() {
            true => self.list(),
            false => self.map(),
        }
    }

    fn map(&mut self) -> Option<Node<'a>> {
        let (start, column) = (self.pos, self.column);
        self.deeper()?;
        let mut entries: Vec<Entry<'a>> = Vec::with_capacity(4);
        loop {
            let (key, key_span) = self.key(Within::Block)?;
            let value = self.value(column)?;
            add(&mut entries, Entry { key, key_span, value })?;
            if self.is_over() || self.column < column {
                break;
            }
            if self.column > column || self.at_item() {
                return None;
            }
        }
        self.depth -= 1;
        let end = entries.last()?.value.span.end as usize - self.at;
        Some(Node { span: self.span(start, end), value: Value::Map(entries) })
    }

    /// The value of a key, on its line or below.
    fn value(&mut self, column: usize) -> Option<Node<'a>> {
        self.skip_blanks();
        if self.byte(self.pos) != b'\n' {
            return self.rest_of_line();
        }
        self.next_line()?;
        // A list may stand as far to the left as its key.
        let is_below = self.column > column || self.column == column && self.at_item();
        if self.is_over() || !is_below {
            return None;
        }
        let below = self.column;
        let mut node = self.block()?;
        // Such a list has no sign of its own where it begins: to the parser it is its items.
        if let (true, Value::List(items)) = (below == column, &node.value) {
            node.span.start = items.first()?.span.start;
        }
        Some(node)
    }

    /// A value that ends with its line; where a deeper line goes on with it, no one takes that line.
    fn rest_of_line(&mut self) -> Option<Node<'a>> {
        let node = self.inline(Within::Block)?;
        self.next_line()?;
        Some(node)
    }

    fn list(&mut self) -> Option<Node<'a>> {
        let (start, column) = (self.pos, self.column);
        self.deeper()?;
        let mut items = Vec::with_capacity(4);
        while !self.is_over() && self.column == column && self.at_item() {
            items.push(self.item(column)?);
        }
        self.depth -= 1;
        let end = items.last()?.span.end as usize - self.at;
        Some(Node { span: self.span(start, end), value: Value::List(items) })
    }

    fn item(&mut self, column: usize) -> Option<Node<'a>> {
        let dash = self.pos;
        self.pos += 1;
        self.skip_blanks();
        // A dash with nothing behind it, or with another.
        if self.byte(self.pos) == b'\n' || self.at_item() {
            return None;
        }
        let begin = self.pos;
        let has_key = self.key(Within::Block).is_some();
        self.pos = begin;
        match has_key {
            true => {
                self.column = column + (begin - dash);
                self.map()
            }
            false => self.rest_of_line(),
        }
    }

    /// A value within a line.
    fn inline(&mut self, within: Within) -> Option<Node<'a>> {
        let start = self.pos;
        match self.byte(start) {
            b'[' => self.flow_list(),
            b'{' => self.flow_map(),
            quote @ (b'"' | b'\'') => {
                let text = self.quoted(quote)?;
                Some(Node { span: self.span(start, self.pos), value: scalar(text, false) })
            }
            _ => {
                let text = self.plain(within)?;
                Some(Node { span: self.span(start, start + text.len()), value: scalar(text, true) })
            }
        }
    }

    fn flow_list(&mut self) -> Option<Node<'a>> {
        let start = self.pos;
        self.deeper()?;
        let mut items = Vec::with_capacity(4);
        self.opened(b']')?;
        loop {
            items.push(self.inline(Within::Flow)?);
            if !self.goes_on(b']')? {
                break;
            }
        }
        self.depth -= 1;
        Some(Node { span: self.span(start, self.pos), value: Value::List(items) })
    }

    fn flow_map(&mut self) -> Option<Node<'a>> {
        let start = self.pos;
        self.deeper()?;
        let mut entries = Vec::with_capacity(4);
        self.opened(b'}')?;
        loop {
            let (key, key_span) = self.key(Within::Flow)?;
            self.skip_blanks();
            let value = self.inline(Within::Flow)?;
            add(&mut entries, Entry { key, key_span, value })?;
            if !self.goes_on(b'}')? {
                break;
            }
        }
        self.depth -= 1;
        Some(Node { span: self.span(start, self.pos), value: Value::Map(entries) })
    }

    /// Goes behind an opening bracket, to something that is not its end.
    fn opened(&mut self, end: u8) -> Option<()> {
        self.pos += 1;
        self.skip_blanks();
        (self.byte(self.pos) != end).then_some(())
    }

    /// Goes behind a comma, to what follows it, or behind the closing bracket.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        self.skip_blanks();
        match self.byte(self.pos) {
            b',' => {
                self.opened(end)?;
                Some(true)
            }
            byte if byte == end => {
                self.pos += 1;
                Some(false)
            }
            _ => None,
        }
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH / 2).then_some(())
    }

    /// A key and the colon behind it.
    fn key(&mut self, within: Within) -> Option<(Cow<'a, str>, Span)> {
        let start = self.pos;
        let key = match self.byte(start) {
            quote @ (b'"' | b'\'') => self.quoted(quote)?,
            byte => {
                let end = start + key_ends(&self.bytes[start..], within)?;
                self.pos = end;
                starts_plain(byte, self.byte(start + 1)).then_some(&self.text[start..end])?
            }
        };
        let span = self.span(start, self.pos);
        let colon = self.byte(self.pos) == b':' && matches!(self.byte(self.pos + 1), b' ' | b'\n');
        self.pos += 1;
        (colon && !matches!(key, "" | "~" | "null" | "<<")).then_some((Cow::Borrowed(key), span))
    }
}

fn scalar(text: &str, plain: bool) -> Value<'_> {
    match text.is_empty() || plain && matches!(text, "~" | "null") {
        true => Value::Absent,
        false => Value::Text(Cow::Borrowed(text)),
    }
}

/// Adds an entry whose key is new.
fn add<'a>(entries: &mut Vec<Entry<'a>>, entry: Entry<'a>) -> Option<()> {
    let new = entries.len() < 64 && entries.iter().all(|other| other.key != entry.key);
    new.then(|| entries.push(entry))
}
