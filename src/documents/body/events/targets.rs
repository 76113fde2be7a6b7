//! Links and pictures of a body: where each leads, as far as its own file can tell.

use super::{Events, Lead, Mark};
use crate::diagnostics::{Code, Span};
use crate::documents::body::Piece;
use crate::documents::body::links::{self, Address};
use crate::documents::fields::Spanned;
use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_html;
use std::ops::Range;

impl<'t> Events<'t, '_> {
    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        range: Range<usize>,
    ) {
        if self.is_mute() || self.is_linked() {
            // In the text of a picture there are no links, nor in another link.
            self.links.push("");
            return;
        }
        let span = self.address_span(address, &range);
        if let LinkType::WikiLink { .. } = kind {
            let id = Spanned { value: address.trim().to_string(), span };
            self.links.push("");
            // The words inside are the id itself: the project's title takes their place.
            self.spoken(&id.value);
            self.mentions.push(id.value.clone());
            if self.lead_state == Lead::Open && self.notes.open.is_none() {
                self.lead.push(Piece::Project(id.clone()));
            }
            self.mark(Mark::Piece(Piece::Project(id)));
            self.skip = true;
            return;
        }
        let close = match links::sort(address) {
            Address::Away(url) => {
                self.open_link(&url, title, " rel=\"noopener noreferrer\"");
                "</a>"
            }
            Address::Contact(url) => {
                self.open_link(&url, title, "");
                "</a>"
            }
            Address::Inside(target) => {
                self.html("<a href=\"");
                self.mark(Mark::Piece(Piece::Href(Spanned { value: target, span })));
                let title = attribute("title", title);
                self.html(format!("\"{title}>"));
                "</a>"
            }
            Address::Unsafe => {
                self.say_unsafe(span);
                ""
            }
            Address::NoScheme => {
                self.reader
                    .say(Code::BrokenLink, span, format!("`{address}` leads nowhere from a file"))
                    .help(format!("write https:{address}"));
                ""
            }
        };
        self.links.push(close);
    }

    pub(super) fn say_unsafe(&self, span: Span) {
        self.reader
            .say(Code::UnsafeLink, span, "this link is left out: its kind could run a script")
            .help("link to an address that begins with https://, or to a page of this site");
    }

    /// Whether what comes stands in a link.
    pub(super) fn is_linked(&self) -> bool {
        self.links.iter().any(|close| !close.is_empty())
    }

    /// Where an address stands in its link; all of the link where it is written otherwise.
    fn address_span(&self, address: &str, range: &Range<usize>) -> Span {
        match self.text[range.clone()].rfind(address) {
            Some(at) if !address.is_empty() => {
                let start = range.start + at;
                self.span(&(start..start + address.len()))
            }
            _ => self.span(range),
        }
    }

    fn open_link(&mut self, url: &str, title: &str, rest: &str) {
        let mut href = String::new();
        let _ = pulldown_cmark_escape::escape_href(&mut href, url);
        let title = attribute("title", title);
        self.html(format!("<a href=\"{href}\"{title}{rest}>"));
    }

    pub(super) fn start_image(&mut self, address: &str, range: Range<usize>) {
        self.words.push(String::new());
        let inside = match links::sort(address) {
            Address::Inside(target) if !target.path.is_empty() => Some(target.path),
            _ => {
                let span = self.address_span(address, &range);
                self.reader
                    .say(Code::ImageMissing, span, "a picture must lie beside its write-up")
                    .help("put the file into the project's folder and name it here");
                None
            }
        };
        let address = self.address_span(address, &range);
        self.image = Some((inside, address, range));
    }

    pub(super) fn end_image(&mut self) {
        let alt = self.words.pop().unwrap_or_default();
        let Some((Some(src), address, range)) = self.image.take() else { return };
        let span = self.span(&range);
        if alt.trim().is_empty() {
            self.reader
                .say(Code::ImageAlt, span, "this picture has no text for those who do not see it")
                .help("say what it shows: ![…](…)");
        }
        self.html("<img src=\"");
        self.mark(Mark::Piece(Piece::Src(Spanned { value: src, span: address })));
        let alt = attribute("alt", alt.trim());
        let alt = if alt.is_empty() { " alt=\"\"".to_string() } else { alt };
        self.html(format!("\"{alt} loading=\"lazy\" decoding=\"async\">"));
    }
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let mut escaped = String::new();
    let _ = escape_html(&mut escaped, value);
    format!(" {name}=\"{escaped}\"")
}
