//! The one walk over a body's Markdown events: each is passed on, changed, or said something of.
//!
//! What cannot be written yet leaves a mark in the HTML, which is cut there afterwards.

mod blocks;
mod finish;
mod notes;
mod raw;
mod sections;
mod targets;
mod texts;

use super::headings::{Heading, Headings};
use super::tables::Table;
use super::{Fills, Manner, Piece, Told};
use crate::diagnostics::Span;
use crate::documents::reader::Reader;
use crate::documents::text::without_controls;
use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser};
use std::collections::HashMap;
use std::collections::VecDeque;
use std::ops::Range;

/// How deep a body may nest before its inner levels are flattened.
const DEPTH: usize = 100;

/// Opens and closes a mark in the HTML; no text of a writer can hold it.
const MARK: char = '\u{0}';

pub(super) struct Events<'t, 'r> {
    text: &'t str,
    at: usize,
    manner: Manner<'t>,
    reader: &'r Reader<'r>,
    /// What waits to be written.
    out: VecDeque<Event<'t>>,
    marks: Vec<Mark>,
    headings: Headings,
    depth: usize,
    flattened: Vec<bool>,
    said_deep: bool,
    heading: Option<OpenHeading<'t>>,
    section: Option<u8>,
    fills: Option<Fills>,
    told: Told,
    list_depth: usize,
    /// The words of an entry that is open: a bullet, or a paragraph of lessons.
    item: Option<(String, Range<usize>)>,
    /// Whether the entries of the list that is open fill a key that is a text.
    listed: bool,
    /// Paragraphs of the section that is open, and the projects they link: its lessons, if it has
    /// no bullets.
    prose: Vec<(String, Range<usize>, Vec<String>)>,
    /// The words of what is open: a heading, a table cell, an alternative text.
    words: Vec<String>,
    table: Option<Table>,
    /// Where the picture that is open leads, the place of its address, and its own.
    image: Option<(Option<String>, Span, Range<usize>)>,
    links: Vec<&'static str>,
    /// Whether the words of a link are left out, for the project's title takes their place.
    skip: bool,
    /// The projects linked since the last lesson began.
    mentions: Vec<String>,
    code: bool,
    pending: Option<(CowStr<'t>, Range<usize>)>,
    paragraph: Option<usize>,
    lead: Vec<Piece>,
    lead_state: Lead,
    notes: Notes<'t>,
    raw: raw::Raw,
    toc: Vec<(usize, Heading)>,
}

#[derive(Clone)]
enum Mark {
    Piece(Piece),
    Section(Option<Fills>),
}

struct OpenHeading<'t> {
    level: u8,
    given: Option<CowStr<'t>>,
    at: usize,
}

#[derive(PartialEq)]
enum Lead {
    Waiting,
    Open,
    Done,
}

/// Footnotes, numbered by their first use and written at the end.
#[derive(Default)]
struct Notes<'t> {
    numbers: HashMap<String, usize>,
    uses: HashMap<String, usize>,
    bodies: HashMap<String, Vec<Event<'t>>>,
    open: Option<(String, Vec<Event<'t>>)>,
}

/// The events as they are written, each as soon as it is settled.
struct Walk<'e, 't, 'r> {
    parser: Option<OffsetIter<'t>>,
    events: &'e mut Events<'t, 'r>,
}

impl<'t> Iterator for Walk<'_, 't, '_> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        loop {
            if self.events.is_settled()
                && let Some(event) = self.events.out.pop_front()
            {
                return Some(event);
            }
            let Some(parser) = &mut self.parser else { return self.events.out.pop_front() };
            match parser.next() {
                Some((event, range)) => self.events.event(event, range),
                None => {
                    self.parser = None;
                    self.events.flush();
                    self.events.write_notes();
                }
            }
        }
    }
}

impl<'t, 'r> Events<'t, 'r> {
    pub fn new(text: &'t str, at: usize, manner: Manner<'t>, reader: &'r Reader<'r>) -> Self {
        Events {
            text,
            at,
            manner,
            reader,
            out: VecDeque::new(),
            marks: Vec::new(),
            headings: Headings::new(manner.top, manner.prefix, manner.ids),
            depth: 0,
            flattened: Vec::new(),
            said_deep: false,
            heading: None,
            section: None,
            fills: None,
            told: Told::default(),
            list_depth: 0,
            item: None,
            listed: false,
            prose: Vec::new(),
            words: Vec::new(),
            table: None,
            image: None,
            links: Vec::new(),
            skip: false,
            mentions: Vec::new(),
            code: false,
            pending: None,
            paragraph: None,
            lead: Vec::new(),
            lead_state: Lead::Waiting,
            notes: Notes::default(),
            raw: raw::Raw::default(),
            toc: Vec::new(),
        }
    }

    /// Writes the body as HTML with marks in it.
    pub fn write(&mut self, html: &mut String) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_SMART_PUNCTUATION
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let parser = Parser::new_ext(self.text, options).into_offset_iter();
        pulldown_cmark::html::push_html(html, Walk { parser: Some(parser), events: self });
    }

    /// Whether what waits can be written: of a heading and of a paragraph, the end is needed first.
    fn is_settled(&self) -> bool {
        self.heading.is_none() && self.paragraph.is_none()
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.at)
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) if !self.code => return self.text(sound(text), range),
            Event::Code(code) => Event::Code(sound(code)),
            other => other,
        };
        self.flush();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Code(text) if self.image.is_some() => self.spoken(&text),
            Event::Text(text) => self.push(Event::Text(text)),
            Event::Code(code) => {
                self.spoken(&code);
                self.lead_text(&code);
                self.push(Event::Code(code));
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::SoftBreak | Event::HardBreak => {
                self.spoken(" ");
                self.lead_text(" ");
                if !self.is_mute() {
                    self.push(event);
                }
            }
            Event::FootnoteReference(name) => self.note(&name),
            Event::TaskListMarker(done) => {
                let (checked, label) =
                    if done { (" checked", self.say("done")) } else { ("", self.say("not done")) };
                self.html(format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            other => self.push(other),
        }
    }

    /// Whether what comes is heard, not written: the text of a picture, the id in `[[id]]`.
    fn is_mute(&self) -> bool {
        self.image.is_some() || self.skip
    }

    fn push(&mut self, event: Event<'t>) {
        match &mut self.notes.open {
            Some((_, events)) => events.push(event),
            None => self.out.push_back(event),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'t>>) {
        self.push(Event::InlineHtml(html.into()));
    }

    /// What is said for an English phrase, as text of the page.
    fn say(&self, phrase: &'static str) -> String {
        let mut said = String::new();
        // Writing to a string cannot fail.
        let _ = pulldown_cmark_escape::escape_html(&mut said, self.manner.wording.say(phrase));
        said
    }

    /// Leaves a mark where a piece goes.
    fn mark(&mut self, mark: Mark) {
        let number = self.marks.len();
        self.marks.push(mark);
        self.html(format!("{MARK}{number}{MARK}"));
    }

    /// Adds to the words of what is open.
    fn spoken(&mut self, text: &str) {
        for words in &mut self.words {
            words.push_str(text);
        }
        if let Some((words, _)) = &mut self.item {
            words.push_str(text);
        }
    }

    fn lead_text(&mut self, text: &str) {
        if self.lead_state != Lead::Open || self.notes.open.is_some() {
            return;
        }
        match self.lead.last_mut() {
            Some(Piece::Html(last)) => last.push_str(text),
            _ => self.lead.push(Piece::Html(text.to_string())),
        }
    }
}

/// A text as it is shown.
fn sound(text: CowStr<'_>) -> CowStr<'_> {
    without_controls(&text).map_or(text, CowStr::from)
}
