//! Drawings: SVG, which is shown as a picture, but runs like a page where a link leads to it.
//!
//! What is not seen goes: comments, metadata, what editors note for themselves. What could run or
//! needs something from elsewhere is told at its place, and never mended: no one would know of it.

mod css;
mod links;
mod size;

use super::walk::{Fault, Walk};
use super::{Problem, Size};
use crate::diagnostics::{Code, Span};
use links::Link;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use std::ops::Range;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What is found in a drawing from its beginning to its end.
struct Drawing<'d> {
    text: &'d str,
    /// What goes, or is written otherwise, in order.
    other: Vec<(Range<usize>, Vec<u8>)>,
    problems: Vec<Problem>,
    size: Option<Size>,
    /// How many elements are open.
    depth: usize,
    in_style: bool,
}

/// Whether some bytes begin like a drawing.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begin = &begin[..begin.len().min(4096)];
    begin.starts_with(b"<") && begin.windows(4).any(|four| four == b"<svg" || four == b":svg")
}

/// The size of a drawing, and what is wrong with it.
pub(super) fn look(bytes: &[u8]) -> (Option<Size>, Vec<Problem>) {
    match read(bytes) {
        Ok(drawing) if drawing.problems.is_empty() => (drawing.size, Vec::new()),
        Ok(drawing) => (None, drawing.problems),
        Err((span, message, help)) => {
            let (message, help) = (message.to_string(), help.to_string());
            (None, vec![Problem { code: Code::ImageBroken, span, message, help }])
        }
    }
}

/// Keeps what is seen of a drawing in which nothing is wrong.
pub(super) fn walk(walk: &mut Walk<'_>) -> Result<Size, Fault> {
    let drawing = read(walk.all()).map_err(|_| Fault::Broken)?;
    let mut at = 0;
    for (range, other) in drawing.other {
        walk.keep(at..range.start);
        at = range.end;
        walk.put(range, other);
    }
    walk.keep(at..walk.all().len());
    drawing.size.ok_or(Fault::Broken)
}

/// Where and why a drawing cannot be read, and what helps.
type Unread = (Span, &'static str, &'static str);

const AGAIN: &str = "save the drawing again, as plain SVG";

/// What is not well-formed; the place is that of the event that was met.
struct Ill;

fn read(bytes: &[u8]) -> Result<Drawing<'_>, Unread> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| (Span::default(), "this drawing is not UTF-8", AGAIN))?;
    let mut reader = NsReader::from_str(text);
    let mut drawing = Drawing {
        text,
        other: Vec::new(),
        problems: Vec::new(),
        size: None,
        depth: 0,
        in_style: false,
    };
    let mut start = 0;
    loop {
        let at = Span::new(start, start);
        let ill = |_| (at, "this drawing is not well-formed", AGAIN);
        let event = reader.read_event().map_err(|_| ill(Ill))?;
        if let Event::Eof = event {
            let ends = drawing.size.is_some() && drawing.depth == 0;
            return ends.then_some(drawing).ok_or((at, "this drawing ends too early", AGAIN));
        }
        if let (Event::Start(tag) | Event::Empty(tag), None) = (&event, drawing.size)
            && !is_svg(tag, &reader)
        {
            let help = "write it as <svg xmlns=\"http://www.w3.org/2000/svg\" …>";
            return Err((at, "browsers do not know this for a drawing", help));
        }
        let range = start..position(&reader);
        start = drawing.event(event, range, &mut reader).map_err(ill)?;
    }
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn is_svg(tag: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> bool {
    let (space, name) = reader.resolver().resolve_element(tag.name());
    space == ResolveResult::Bound(Namespace(SVG)) && name.as_ref() == "svg"
}

impl Drawing<'_> {
    /// Takes in what was met; brings where the next begins.
    fn event(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        reader: &mut NsReader<&[u8]>,
    ) -> Result<usize, Ill> {
        let end = range.end;
        match event {
            Event::Decl(_) if range.start == 0 => {}
            Event::Comment(_) | Event::Decl(_) => self.cut(range),
            Event::PI(told) => {
                if told.target() == "xml-stylesheet" {
                    self.needs_elsewhere(range.clone());
                }
                self.cut(range);
            }
            Event::DocType(told) => {
                if told.contains('[') {
                    let message = "this drawing gives names to texts, which could hide a script";
                    self.could_run(range.clone(), message.into(), AGAIN);
                }
                self.cut(range);
            }
            Event::Start(_) | Event::Empty(_) if self.depth == 0 && self.size.is_some() => {
                return Err(Ill);
            }
            Event::Start(tag) => {
                if !self.element(&tag, &range, reader)? {
                    reader.read_to_end(tag.name()).map_err(|_| Ill)?;
                    let end = position(reader);
                    self.cut(range.start..end);
                    return Ok(end);
                }
                self.depth += 1;
                self.in_style = tag.local_name().as_ref() == "style";
            }
            Event::Empty(tag) => {
                if !self.element(&tag, &range, reader)? {
                    self.cut(range);
                }
            }
            Event::End(_) => {
                self.depth -= 1;
                self.in_style = false;
            }
            Event::Text(_) | Event::CData(_) => self.words(range)?,
            Event::GeneralRef(name) => {
                let known = ["lt", "gt", "amp", "quot", "apos"].contains(&&*name);
                if self.depth == 0 || !(known || name.is_char_ref()) {
                    return Err(Ill);
                }
            }
            Event::Eof => {}
        }
        Ok(end)
    }

    fn cut(&mut self, range: Range<usize>) {
        self.other.push((range, Vec::new()));
    }

    fn could_run(&mut self, range: Range<usize>, message: String, help: &str) {
        let space = range.len() - self.text[range.clone()].trim_start().len();
        let span = Span::new(range.start + space, range.end);
        self.problems.push(Problem { code: Code::UnsafeFile, span, message, help: help.into() });
    }

    fn needs_elsewhere(&mut self, range: Range<usize>) {
        let message = "this drawing needs something that lies elsewhere";
        self.could_run(range, message.into(), "embed it in the drawing, or remove it");
    }

    /// Looks at an element and its attributes; whether it stays.
    fn element(
        &mut self,
        tag: &BytesStart<'_>,
        range: &Range<usize>,
        reader: &NsReader<&[u8]>,
    ) -> Result<bool, Ill> {
        let (space, name) = reader.resolver().resolve_element(tag.name());
        let name = name.as_ref();
        // The caret goes under the name alone.
        let named = range.start..range.start + 1 + tag.name().as_ref().len();
        match (space, name) {
            (ResolveResult::Bound(Namespace(SVG)), "script" | "handler" | "listener") => {
                self.could_run(named, "this drawing has a script in it".into(), AGAIN);
                return Ok(false);
            }
            (ResolveResult::Bound(Namespace(SVG)), "foreignObject")
            | (ResolveResult::Bound(Namespace(HTML)), _) => {
                let message = "this drawing has a piece of a web page in it";
                let help = "save it with its texts as plain text, which drawing programs offer";
                self.could_run(named, message.into(), help);
                return Ok(false);
            }
            (ResolveResult::Bound(Namespace(SVG)), "metadata") => return Ok(false),
            (ResolveResult::Bound(Namespace(SVG)), _) => {}
            // What is no part of SVG is not drawn.
            _ => return Ok(false),
        }
        let mut told = size::Told::default();
        // One that stands twice is looked at twice; to find it would take long in a long tag.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Ill)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Ill)?;
            told.take(attribute.key.as_ref(), &value);
            let range = self.range(&attribute, range);
            self.attribute(name, &attribute, &value, range, reader);
        }
        if self.size.is_none() {
            self.size = Some(told.size());
        }
        Ok(true)
    }

    fn attribute(
        &mut self,
        element: &str,
        attribute: &Attribute<'_>,
        value: &str,
        range: Range<usize>,
        reader: &NsReader<&[u8]>,
    ) {
        let key = attribute.key.as_ref();
        if key == "xmlns" || key.starts_with("xmlns:") {
            if value != SVG && value != XLINK {
                self.cut(range);
            }
            return;
        }
        let (space, name) = reader.resolver().resolve_attribute(attribute.key);
        let name = name.as_ref();
        match space {
            ResolveResult::Unbound => {}
            ResolveResult::Bound(Namespace(XLINK)) => {}
            ResolveResult::Bound(Namespace(XML)) if name != "base" => {}
            _ => return self.cut(range),
        }
        let animated = || value.trim().rsplit(':').next().unwrap_or_default();
        if name.starts_with("on") || name == "attributeName" && animated().starts_with("on") {
            let message = format!("this drawing has a script in it, `{name}`");
            self.could_run(range, message, AGAIN);
        } else if name == "attributeName" && animated() == "href" {
            let message = "an address in this drawing changes, perhaps to a script";
            self.could_run(range, message.into(), AGAIN);
        } else if name == "href" {
            match links::sort(element, value) {
                Link::Sound => {}
                Link::Embedded(kept) => {
                    let end = range.end - 1;
                    self.other.push((end - attribute.value.len()..end, kept.into_bytes()));
                }
                Link::Runs => {
                    self.could_run(
                        range,
                        "a link in this drawing could run a script".into(),
                        AGAIN,
                    );
                }
                Link::Elsewhere => self.needs_elsewhere(range),
            }
        } else if name == "content" || name.starts_with("data-") {
            // What editors drew from.
            self.cut(range);
        } else if css::read(value).is_err() {
            self.needs_elsewhere(range);
        }
    }

    /// Where an attribute stands, with the space before it.
    fn range(&self, attribute: &Attribute<'_>, tag: &Range<usize>) -> Range<usize> {
        let offset = |part: &str| part.as_ptr() as usize - self.text.as_ptr() as usize;
        let start = offset(attribute.key.as_ref());
        let end = offset(&attribute.value) + attribute.value.len() + 1;
        let space = self.text[tag.start..start].trim_end().len();
        tag.start + space..end
    }

    fn words(&mut self, range: Range<usize>) -> Result<(), Ill> {
        let words = &self.text[range.clone()];
        if self.depth == 0 && !words.trim().is_empty() {
            return Err(Ill);
        }
        if self.in_style {
            let own = |at: Range<usize>| range.start + at.start..range.start + at.end;
            match css::read(words) {
                Ok(comments) => {
                    self.other.extend(comments.into_iter().map(|at| (own(at), b" ".to_vec())));
                }
                Err(at) => self.needs_elsewhere(own(at)),
            }
        }
        Ok(())
    }
}
