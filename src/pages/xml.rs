//! XML as feed and sitemap write it: elements and texts, escaped, without what XML cannot hold.

use super::{Here, Pages};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::fmt::Write;

/// A document being written.
pub(super) struct Xml(Writer<Vec<u8>>);

/// Writing to memory cannot fail.
const WRITTEN: &str = "XML in memory is written";

impl Xml {
    /// A document that begins with an element; `end` takes its name.
    pub(super) fn begin(name: &str, attributes: &[(&str, &str)]) -> Xml {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 1));
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.open(name, attributes);
        xml
    }

    /// Begins an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.put(Event::Start(start(name, attributes)));
    }

    /// Ends an element.
    pub(super) fn close(&mut self, name: &str) {
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.put(Event::Empty(start(name, attributes)));
    }

    /// An element with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.put(Event::Text(BytesText::new(&sound(text))));
        self.close(name);
    }

    /// The bytes of the document, its first element ended.
    pub(super) fn end(mut self, name: &str) -> Vec<u8> {
        self.close(name);
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn put(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect(WRITTEN);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, sound(value).as_str()));
    }
    start
}

/// A text without the characters that XML 1.0 has no way to write.
fn sound(text: &str) -> String {
    let held = |c: &char| match *c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    text.chars().filter(held).collect()
}

impl Pages<'_> {
    /// The address of a page on the web, in its folder form; none without `base_url`.
    pub(super) fn on_the_web(&self, address: &str) -> Option<String> {
        let base = self.portfolio.settings.base_url.as_ref()?;
        Some(format!("{base}{}", percent(address.strip_suffix("index.html").unwrap_or(address))))
    }
}

impl Here<'_> {
    /// The address of this page on the web.
    pub(super) fn canonical(&self) -> Option<String> {
        self.pages.on_the_web(self.address)
    }
}

/// A path as addresses write it: what is neither plain nor a slash becomes its bytes, as `%C3%BC`.
pub(super) fn percent(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    if path.bytes().all(plain) {
        return path.to_string();
    }
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            byte if plain(byte) => out.push(char::from(byte)),
            // Writing to a string cannot fail.
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_gone_and_the_rest_is_escaped() {
        let mut xml = Xml::begin("a", &[("href", "x?a=1&b=\"2\"")]);
        xml.text("b", "</b>\u{1}&\u{fffe}\"quoted\" \u{1f600}\u{85}");
        let text = String::from_utf8(xml.end("a")).unwrap();
        let read = roxmltree::Document::parse(&text).unwrap();
        let top = read.root_element();
        assert_eq!(top.attribute("href"), Some("x?a=1&b=\"2\""));
        let inner = top.first_element_child().unwrap();
        assert_eq!(inner.text(), Some("</b>&\"quoted\" \u{1f600}"));
    }

    #[test]
    fn addresses_are_plain_ascii() {
        assert_eq!(percent("projects/zürich-über/"), "projects/z%C3%BCrich-%C3%BCber/");
        assert_eq!(percent("a%2e/b c"), "a%252e/b%20c");
    }
}
