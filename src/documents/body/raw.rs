//! Raw HTML taken apart: what of it may stay, and what is taken away.
//!
//! In goes a stretch of HTML as it stands in a body: a block, or one tag within a line. Out come its
//! texts and tags in order, each with its place in the stretch; tags are written anew with what
//! [`allowed`] lets through. Read by a browser's own tokenizer, so nothing here reads a tag otherwise
//! than a browser will. Whether tags are closed is not looked at: a stretch may hold half of a pair.

pub(super) mod allowed;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use pulldown_cmark_escape::escape_html;
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// A part of the stretch.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it stands.
    pub at: Range<usize>,
    pub what: What,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Text, without its character references.
    Text(String),
    /// A tag that opens an element, written anew.
    Open { name: &'static str, html: String },
    /// One that closes an element.
    Close(&'static str),
    /// Something that is left out.
    Lost(Lost),
}

/// What is left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// A tag, and whether what stood in the element is left out with it.
    Tag(String, bool),
    /// The tag of a heading: a paragraph takes its place.
    Heading(String),
    /// Attributes of a tag that stays.
    Attributes(Vec<String>, &'static str),
    /// A link, for what its address is.
    Link(super::links::Address),
    /// A tag that the stretch ends in.
    Unfinished,
    /// More between two `>` than can be a tag and its text.
    TooLong,
}

/// No tag is longer; the tokenizer's time grows with the square of a tag's attributes.
const LONGEST: usize = 1 << 16;

/// Takes a stretch apart.
pub(super) fn read(html: &str) -> Vec<Part> {
    let sink = Sink { html, ..Sink::default() };
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(sink, options);
    let queue = BufferQueue::default();
    // A tag ends with its `>`: given one at a time, the place of each tag is known.
    for stretch in html.split_inclusive('>') {
        let from = tokenizer.sink.end.get();
        tokenizer.sink.end.set(from + stretch.len());
        if stretch.len() > LONGEST {
            tokenizer.sink.part(from..from + stretch.len(), What::Lost(Lost::TooLong));
            continue;
        }
        queue.push_back(StrTendril::from(stretch));
        // Only the end of a script interrupts it, and the sink asks for nothing there.
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let sink = tokenizer.sink;
    let rest = sink.begin.get();
    if let (None, Some(at)) = (sink.inside.take(), opening(&html[rest..])) {
        sink.part(rest + at..html.len(), What::Lost(Lost::Unfinished));
    }
    sink.parts.into_inner()
}

/// Where the first tag opens.
fn opening(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let is_tag = |at: &usize| {
        let name = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/'));
        bytes.get(name).is_some_and(u8::is_ascii_alphabetic)
    };
    memchr::memchr_iter(b'<', bytes).find(is_tag)
}

/// Takes what the tokenizer reads.
#[derive(Default)]
struct Sink<'h> {
    html: &'h str,
    /// Where the last tag or comment ended, and how far the tokenizer was given to read.
    begin: Cell<usize>,
    end: Cell<usize>,
    parts: RefCell<Vec<Part>>,
    /// The element that is left out with what is in it, and how often it is open.
    inside: RefCell<Option<(String, usize)>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let gone = self.inside.borrow().is_some();
        match token {
            Token::TagToken(tag) => return self.tag(&tag),
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.begin.set(self.end.get()),
            Token::CharacterTokens(text) if !gone => self.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink<'_> {
    fn part(&self, at: Range<usize>, what: What) {
        self.parts.borrow_mut().push(Part { at, what });
    }

    /// Text comes in stretches, which are put together.
    fn text(&self, text: &str) {
        let mut parts = self.parts.borrow_mut();
        let (begin, end) = (self.begin.get(), self.end.get());
        match parts.last_mut() {
            Some(Part { at, what: What::Text(before) }) => {
                before.push_str(text);
                at.end = end;
            }
            _ => parts.push(Part { at: begin..end, what: What::Text(text.to_string()) }),
        }
    }

    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let (begin, end) = (self.begin.replace(self.end.get()), self.end.get());
        let at = begin + opening(&self.html[begin..end]).unwrap_or(0)..end;
        let opens = tag.kind == TagKind::StartTag;
        let mut inside = self.inside.borrow_mut();
        if let Some((name, depth)) = &mut *inside {
            if **name == *tag.name {
                *depth = if opens { *depth + 1 } else { *depth - 1 };
            }
            if *depth == 0 {
                *inside = None;
            }
            return TokenSinkResult::Continue;
        }
        let name = &*tag.name;
        if !opens {
            let closes = allowed::heading(name).or_else(|| Some(allowed::element(name)?.0));
            if let Some(closes) = closes {
                self.part(at, What::Close(closes));
            }
            return TokenSinkResult::Continue;
        }
        if let Some(paragraph) = allowed::heading(name) {
            self.part(at.clone(), What::Lost(Lost::Heading(name.to_string())));
            self.part(at, What::Open { name: paragraph, html: "<p>".into() });
            return TokenSinkResult::Continue;
        }
        if let Some((name, attributes)) = allowed::element(name) {
            self.kept(tag, name, attributes, at);
            return TokenSinkResult::Continue;
        }
        let with_content = allowed::CONTENT_TOO.contains(&name) && end < self.html.len();
        self.part(at, What::Lost(Lost::Tag(name.to_string(), with_content)));
        if !with_content {
            return TokenSinkResult::Continue;
        }
        *inside = Some((name.to_string(), 1));
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "iframe" | "noembed" | "noframes" | "style" | "xmp" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    /// A tag that stays, with those of its attributes that stay.
    fn kept(&self, tag: &Tag, name: &'static str, attributes: &[&str], at: Range<usize>) {
        let mut html = format!("<{name}");
        let mut lost = Vec::new();
        for attribute in &tag.attrs {
            let (its, value) = (&*attribute.name.local, &*attribute.value);
            if its == "href" && name == "a" {
                match allowed::link(value) {
                    Ok(more) => {
                        html.push_str(&more);
                        continue;
                    }
                    Err(address) => return self.part(at, What::Lost(Lost::Link(address))),
                }
            }
            let known = attributes.contains(&its) || allowed::EVERYWHERE.contains(&its);
            if !(known && allowed::is_sound(its, value)) {
                lost.push(its.to_string());
                continue;
            }
            html.push(' ');
            html.push_str(its);
            html.push_str("=\"");
            // Writing to a string cannot fail.
            let _ = escape_html(&mut html, value);
            html.push('"');
        }
        html.push('>');
        if !lost.is_empty() {
            self.part(at.clone(), What::Lost(Lost::Attributes(lost, name)));
        }
        self.part(at, What::Open { name, html });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::body::links::Address;

    fn seen(html: &str) -> Vec<String> {
        let parts = read(html).into_iter();
        let told = parts.map(|part| match part.what {
            What::Text(text) => format!("{text:?}"),
            What::Open { html, .. } => html,
            What::Close(name) => format!("</{name}>"),
            What::Lost(lost) => format!("{lost:?} at {}", &html[part.at]),
        });
        told.collect()
    }

    #[test]
    fn tags_are_written_anew_with_what_may_stay() {
        assert_eq!(
            seen("<TD colspan='2' onclick=x>a &amp; <b>c</b></td>"),
            [
                "Attributes([\"onclick\"], \"td\") at <TD colspan='2' onclick=x>",
                "<td colspan=\"2\">",
                "\"a & \"",
                "<b>",
                "\"c\"",
                "</b>",
                "</td>"
            ]
        );
        assert_eq!(
            seen("<p title=\"a > b\" lang=de>"),
            ["Attributes([\"title\"], \"p\") at <p title=\"a > b\" lang=de>", "<p lang=\"de\">"]
        );
        assert_eq!(seen("1 < 2 <!-- x > y --> <br>"), ["\"1 < 2  \"", "<br>"]);
        assert_eq!(seen("<dfn title='\"><script>'>"), ["<dfn title=\"&quot;&gt;&lt;script&gt;\">"]);
    }

    #[test]
    fn what_is_in_a_script_goes_with_it() {
        assert_eq!(
            seen("a<script>if (a < b) '</b>' </script>b<svg><svg/><b>x</b></svg></svg>c"),
            [
                "\"a\"",
                "Tag(\"script\", true) at <script>",
                "\"b\"",
                "Tag(\"svg\", true) at <svg>",
                "\"c\""
            ]
        );
        assert_eq!(seen("<script>"), ["Tag(\"script\", false) at <script>"]);
        assert_eq!(seen("<b class=\"x"), ["Unfinished at <b class=\"x"]);
    }

    #[test]
    fn links_stay_where_they_lead_elsewhere_and_run_nothing() {
        assert_eq!(
            seen("<a href=' https://a.example/?a&amp;b' target=_blank>"),
            [
                "Attributes([\"target\"], \"a\") at <a href=' https://a.example/?a&amp;b' target=_blank>",
                "<a href=\"https://a.example/?a&amp;b\" rel=\"noopener noreferrer\">"
            ]
        );
        for address in ["java&#x09;script:x", "JAVAscript&colon;x", "&#1;javascript:x", "data:x"] {
            let html = format!("<a href=\"{address}\">");
            assert_eq!(seen(&html), [format!("Link(Unsafe) at {html}")]);
        }
        let inside = read("<a href=../b/>");
        assert!(matches!(&inside[0].what, What::Lost(Lost::Link(Address::Inside(_)))));
    }
}
