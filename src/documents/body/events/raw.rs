//! Raw HTML in a body: left out with a word at its place, or what of it may stay let in.

use super::{DEPTH, Events};
use crate::diagnostics::{Code, Span};
use crate::documents::body::links::Address;
use crate::documents::body::raw::{self, Lost, Part, What, allowed};
use crate::documents::body::references::ESCAPED;
use crate::documents::settings::RawHtml;
use pulldown_cmark::{CowStr, Event};
use std::ops::Range;

/// Where each line begins in a stretch, and where it stands in the body.
type Lines = Vec<(usize, Range<usize>)>;

/// Raw HTML that is let in.
#[derive(Default)]
pub(super) struct Raw {
    /// Whether any is in what was written.
    pub any: bool,
    /// The block that is open: its HTML, and its lines.
    block: Option<(String, Lines)>,
    /// Where the comment ends that the last block began with.
    comment: usize,
    /// The elements that are open in the section.
    open: Vec<(&'static str, Span)>,
}

impl<'t> Events<'t, '_> {
    pub(super) fn start_raw(&mut self, range: Range<usize>) {
        self.comment(&range);
        if self.manner.raw_html == RawHtml::Clean {
            self.raw.block = Some(Default::default());
        }
    }

    pub(super) fn end_raw(&mut self) {
        if let Some((html, lines)) = self.raw.block.take() {
            self.let_in(&html, &lines);
        }
    }

    pub(super) fn raw_html(&mut self, html: &CowStr<'t>, range: Range<usize>) {
        match (self.manner.raw_html, &mut self.raw.block) {
            (RawHtml::LeaveOut, _) => self.leave_out(html, range),
            (RawHtml::Clean, None) => self.let_in(html, &[(0, range)]),
            (RawHtml::Clean, Some((block, lines))) => {
                lines.push((block.len(), range));
                block.push_str(html);
            }
        }
    }

    /// Comments are left out in silence, for they are notes to oneself; but not so what a writer did
    /// not mean to be one.
    fn comment(&mut self, range: &Range<usize>) {
        let block = &self.text[range.clone()];
        let Some(inside) = block.trim_start().strip_prefix("<!--") else { return };
        let begins = range.end - inside.len();
        let Some(length) = inside.find("-->") else {
            self.raw.comment = range.end;
            self.reader
                .say(
                    Code::RawHtml,
                    self.first_line(&(begins - 4..range.end)),
                    "this comment is not closed, so all that follows is left out with it",
                )
                .help("write `-->` where it ends");
            return;
        };
        self.raw.comment = begins + length + 3;
        let behind = self.text[self.raw.comment..range.end].lines().next().unwrap_or_default();
        let words = behind.trim();
        if self.manner.raw_html == RawHtml::LeaveOut
            && !words.is_empty()
            && !words.starts_with("<!--")
        {
            let start = self.raw.comment + behind.len() - behind.trim_start().len();
            let span = self.span(&(start..start + words.len()));
            self.reader
                .say(
                    Code::RawHtml,
                    span,
                    "what stands in the line of a comment is left out with it",
                )
                .help("put the comment on a line of its own");
        }
    }

    fn leave_out(&mut self, html: &str, range: Range<usize>) {
        // A line of a comment is none of HTML.
        if range.end <= self.raw.comment {
            return;
        }
        let html = html.trim();
        let comment = html.starts_with("<!--") || html.is_empty();
        // A block comes line by line; it is told once, where it opens.
        let opens = html.starts_with('<') && !html.starts_with("</");
        if !comment && opens {
            let line = self.text[range.clone()].lines().next().unwrap_or_default().trim_end();
            let span = self.span(&(range.start..range.start + line.len()));
            self.reader
                .say(Code::RawHtml, span, "HTML in a write-up is left out")
                .help("say it in Markdown");
        }
    }

    /// Lets in what may stay of a stretch, and says what may not.
    fn let_in(&mut self, html: &str, lines: &[(usize, Range<usize>)]) {
        let parts = raw::read(html);
        let is_blank = |what: &What| matches!(what, What::Text(text) if text.trim().is_empty());
        if parts.iter().all(|part| is_blank(&part.what)) {
            return;
        }
        for Part { at, what } in parts {
            let range = self.source(&at, lines);
            match what {
                What::Text(text) => self.raw_text(&text, range),
                What::Open { name, html } => self.raw_open(name, html, range),
                What::Close(name) => self.raw_close(name),
                What::Lost(lost) => self.lost(&lost, range),
            }
        }
    }

    /// The place in the body of a place in a stretch.
    fn source(&self, at: &Range<usize>, lines: &[(usize, Range<usize>)]) -> Range<usize> {
        let place = |at: usize, is_end: bool| {
            let begun = lines.partition_point(|(from, _)| *from < at || *from == at && !is_end);
            let (from, range) = lines.get(begun.saturating_sub(1)).cloned().unwrap_or_default();
            let place = (range.start + at.saturating_sub(from)).min(range.end);
            // Where a line stands otherwise in the body than in the stretch, its beginning is meant.
            if self.text.is_char_boundary(place) { place } else { range.start }
        };
        let start = place(at.start, false);
        start..place(at.end, true).max(start)
    }

    /// Text in a block may quote figures, as all text may.
    fn raw_text(&mut self, text: &str, range: Range<usize>) {
        self.text(text.replace("\\{", &ESCAPED.to_string()).into(), range);
        self.flush();
    }

    fn raw_open(&mut self, name: &'static str, html: String, range: Range<usize>) {
        if self.is_mute() {
            return;
        }
        let span = self.first_line(&range);
        if !allowed::is_empty(name) {
            self.end_before(name);
            if self.raw.open.len() == DEPTH {
                let message = format!("more than {DEPTH} elements are open here");
                self.reader
                    .say(Code::NestedTooDeep, span, message)
                    .help(format!("close those that are done; this `<{name}>` is left out"));
                return;
            }
            self.raw.open.push((name, span));
        }
        self.raw.any = true;
        self.push(Event::InlineHtml(html.into()));
    }

    /// A second `<li>` ends the first where nothing else is open between them.
    fn end_before(&mut self, name: &str) {
        let alone = self.raw.open.iter().rposition(|(open, _)| !allowed::ends_alone(open));
        let first = alone.map_or(0, |at| at + 1);
        let same = self.raw.open[first..].iter().rposition(|(open, _)| *open == name);
        if let Some(same) = same.filter(|_| allowed::ends_alone(name)) {
            self.raw.open.truncate(first + same);
        }
    }

    /// Only what raw HTML opened in this section can be closed by it: no tag of the page's own.
    fn raw_close(&mut self, name: &'static str) {
        if self.is_mute() {
            return;
        }
        let Some(at) = self.raw.open.iter().rposition(|(open, _)| *open == name) else { return };
        if self.raw.open[at + 1..].iter().all(|(open, _)| allowed::ends_alone(open)) {
            self.raw.open.truncate(at);
        } else {
            self.raw.open.remove(at);
        }
        self.push(Event::InlineHtml(format!("</{name}>").into()));
    }

    /// What is open where a section ends is closed there, which is said where it opens.
    pub(super) fn end_raw_of_section(&mut self) {
        for (name, span) in std::mem::take(&mut self.raw.open) {
            if !allowed::ends_alone(name) {
                self.reader
                    .say(Code::RawHtml, span, format!("`<{name}>` is not closed in its section"))
                    .help(format!("write `</{name}>` where it ends, before the next section"));
            }
        }
    }

    fn first_line(&self, range: &Range<usize>) -> Span {
        let line = self.text[range.clone()].lines().next().unwrap_or_default().trim_end();
        self.span(&(range.start..range.start + line.len()))
    }

    fn lost(&self, lost: &Lost, range: Range<usize>) {
        let span = self.first_line(&range);
        let say = |span, message: String, help: String| {
            self.reader.say(Code::RawHtml, span, message).help(help);
        };
        let other = "say it in Markdown, or leave it away".to_string();
        match lost {
            Lost::Tag(name, true) => {
                say(span, format!("`<{name}>` is left out, with all that is in it"), other);
            }
            Lost::Tag(name, false) if name == "img" => say(
                span,
                "a picture in HTML is left out".into(),
                "write `![what it shows](file.png)`, and put the file beside the write-up".into(),
            ),
            Lost::Tag(name, false) => say(span, format!("`<{name}>` is left out"), other),
            Lost::Heading(name) => say(
                span,
                format!("`<{name}>` stands as a paragraph: headings are Markdown's"),
                "write it as `## …` on a line of its own".into(),
            ),
            Lost::Attributes(names, of) => {
                let told: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                let are = if told.len() == 1 { "is" } else { "are" };
                let message = format!("{} {are} left out of `<{of}>`", told.join(", "));
                say(self.attribute(&range, &names[0]).unwrap_or(span), message, other);
            }
            Lost::Link(Address::Unsafe) => self.say_unsafe(span),
            Lost::Link(_) => say(
                span,
                "a link in HTML can only lead to another site, so this one is left out".into(),
                "write it in Markdown, where it is checked: `[text](address)`".into(),
            ),
            Lost::Unfinished => {
                say(span, "this tag does not end".into(), "close it with `>`".into());
            }
            Lost::TooLong => say(
                span,
                "this stretch of HTML is too long, and left out".into(),
                "write tags of fewer than 65,536 bytes".into(),
            ),
        }
    }

    /// The place of an attribute's name in its tag.
    fn attribute(&self, tag: &Range<usize>, name: &str) -> Option<Span> {
        let text = self.text[tag.clone()].to_ascii_lowercase();
        let mut found = text.match_indices(name).map(|(at, _)| at);
        let at = found.find(|at| text[..*at].ends_with([' ', '\t', '\n', '/', '"', '\'']))?;
        Some(self.span(&(tag.start + at..tag.start + at + name.len())))
    }
}
