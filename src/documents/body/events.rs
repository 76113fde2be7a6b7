//! The one walk over a body's Markdown events: each is passed on, changed, or said something of.
//!
//! What cannot be written yet leaves a mark in the HTML, which is cut there afterwards.

use super::headings::{self, Heading, Headings};
use super::links::{self, Address};
use super::references::{self, ESCAPED, Part, Reference};
use super::tables::Table;
use super::{Body, Fills, Manner, Piece, Section, Told, lessons};
use crate::diagnostics::{Code, Span};
use crate::documents::fields::Spanned;
use crate::documents::reader::Reader;
use pulldown_cmark::{
    BlockQuoteKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};
use pulldown_cmark_escape::escape_html;
use std::collections::HashMap;
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
    out: Vec<Event<'t>>,
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
    item: Option<(String, Range<usize>)>,
    /// The words of what is open: a heading, a table cell, an alternative text.
    words: Vec<String>,
    table: Option<Table>,
    image: Option<(Option<String>, Range<usize>)>,
    links: Vec<&'static str>,
    /// Whether the words of a link are left out, for the project's title takes their place.
    skip: bool,
    /// The projects linked since the last lesson began.
    mentions: Vec<String>,
    code: bool,
    pending: Option<(String, Range<usize>)>,
    paragraph: Option<usize>,
    lead: Vec<Piece>,
    lead_state: Lead,
    notes: Notes<'t>,
    toc: Vec<(usize, Heading)>,
}

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

impl<'t, 'r> Events<'t, 'r> {
    pub fn new(text: &'t str, at: usize, manner: Manner<'t>, reader: &'r Reader<'r>) -> Self {
        Events {
            text,
            at,
            manner,
            reader,
            out: Vec::new(),
            marks: Vec::new(),
            headings: Headings::new(manner.top, manner.prefix),
            depth: 0,
            flattened: Vec::new(),
            said_deep: false,
            heading: None,
            section: None,
            fills: None,
            told: Told::default(),
            list_depth: 0,
            item: None,
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
            toc: Vec::new(),
        }
    }

    pub fn run(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_SMART_PUNCTUATION
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        for (event, range) in Parser::new_ext(self.text, options).into_offset_iter() {
            self.event(event, range);
        }
        self.flush();
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.at)
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        if let Event::Text(text) = &event
            && !self.code
        {
            return self.text(text, range);
        }
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
                let html = if done {
                    "<input type=\"checkbox\" disabled checked aria-label=\"done\"> "
                } else {
                    "<input type=\"checkbox\" disabled aria-label=\"not done\"> "
                };
                self.push(Event::InlineHtml(html.into()));
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
            None => self.out.push(event),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'t>>) {
        self.push(Event::InlineHtml(html.into()));
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

    // Text and the references in it.

    /// Texts come in stretches; they are put together before references are looked for.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let escaped = text.starts_with('{') && self.text[..range.start].ends_with('\\');
        let (pending, pending_range) =
            self.pending.get_or_insert_with(|| (String::new(), range.clone()));
        if escaped {
            pending.push(ESCAPED);
            pending.push_str(&text[1..]);
        } else {
            pending.push_str(text);
        }
        pending_range.end = range.end;
    }

    fn flush(&mut self) {
        let Some((text, range)) = self.pending.take() else { return };
        if self.skip {
            return;
        }
        let mut from = range.start;
        for part in references::parts(&text) {
            match part {
                Part::Text("") => {}
                Part::Text(text) => {
                    let text = text.replace(ESCAPED, "{");
                    self.spoken(&text);
                    self.lead_text(&text);
                    if !self.is_mute() {
                        self.push(Event::Text(text.into()));
                    }
                }
                Part::Reference(inner) => {
                    let written = format!("{{{inner}}}");
                    let start =
                        self.text[from..range.end].find(&written).map_or(from, |at| at + from);
                    from = start + written.len();
                    self.reference(inner, start..from);
                }
            }
        }
    }

    fn reference(&mut self, inner: &str, range: Range<usize>) {
        let span = self.span(&range);
        if self.heading.is_some() {
            self.reader
                .say(Code::ReferenceInHeading, span, "a figure cannot stand in a heading")
                .help("move it into the text: the heading's address must not follow the figure");
            return;
        }
        let Some(reference) = references::read(inner, span, self.reader) else { return };
        let piece = match reference {
            Reference::Chart(kpi) => {
                let alone = self.paragraph.is_some_and(|at| {
                    let rest = &self.text[range.end..];
                    let line = rest.lines().next().unwrap_or_default().trim();
                    let next = rest.lines().nth(1).unwrap_or_default().trim();
                    self.text[at..range.start].trim().is_empty()
                        && line.is_empty()
                        && next.is_empty()
                });
                if !alone {
                    let message = "a chart must be a paragraph of its own";
                    self.reader
                        .say(Code::UnknownReference, span, message)
                        .help("leave a blank line before it and behind it");
                    return;
                }
                Piece::Chart(Spanned { value: kpi, span })
            }
            reference => Piece::Figure(Spanned { value: reference, span }),
        };
        if self.lead_state == Lead::Open && matches!(piece, Piece::Figure(_)) {
            self.lead.push(piece.clone());
        }
        if let Some((words, _)) = &mut self.item {
            // A lesson keeps the reference as written; the portfolio puts the figure there.
            words.push_str(&self.text[range]);
        }
        if !self.is_mute() {
            self.mark(Mark::Piece(piece));
        }
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
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

    fn note(&mut self, name: &str) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name.to_string()).or_insert(next);
        let uses = self.notes.uses.entry(name.to_string()).or_insert(0);
        *uses += 1;
        let prefix = self.manner.prefix;
        let id = if *uses == 1 { format!(" id=\"{prefix}fnref-{number}\"") } else { String::new() };
        self.html(format!(
            "<sup class=\"note\"><a href=\"#{prefix}fn-{number}\"{id}>{number}</a></sup>"
        ));
    }

    // Blocks and spans.

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        if is_nesting(&tag.to_end()) {
            self.depth += 1;
            let flat = self.depth > DEPTH;
            self.flattened.push(flat);
            if flat {
                if !std::mem::replace(&mut self.said_deep, true) {
                    let line = self.text[range.start..].lines().next().unwrap_or_default();
                    let span = self.span(&(range.start..range.start + line.len().min(1)));
                    let message = format!("this is nested more than {DEPTH} levels deep");
                    self.reader
                        .say(Code::NestedTooDeep, span, message)
                        .help("the levels below are put into one");
                }
                return;
            }
        }
        match tag {
            Tag::Paragraph => {
                self.paragraph = Some(range.start);
                if self.lead_state == Lead::Waiting && self.depth == 0 && self.heading.is_none() {
                    self.lead_state = Lead::Open;
                }
                self.push(Event::Start(Tag::Paragraph));
            }
            Tag::Heading { level, id, attrs, .. } => self.start_heading(level, id, &attrs, range),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => {
                self.code = true;
                self.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Tag::List(first) => {
                self.list_depth += 1;
                self.push(Event::Start(Tag::List(first)));
            }
            Tag::Item => {
                if self.list_depth == 1 && self.is_lessons() {
                    self.item = Some((String::new(), range));
                    self.mentions.clear();
                }
                self.push(Event::Start(Tag::Item));
            }
            Tag::FootnoteDefinition(name) => {
                self.notes.open = Some((name.to_string(), Vec::new()));
            }
            Tag::Table(alignments) => {
                self.table = Some(Table::new(alignments));
                self.html("<table>");
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.start_in_table(&tag),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, range);
            }
            Tag::Image { dest_url, .. } => self.start_image(&dest_url, range),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            other if !self.is_mute() => self.push(Event::Start(other)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if is_nesting(&tag) {
            self.depth -= 1;
            if self.flattened.pop() == Some(true) {
                return;
            }
        }
        match tag {
            TagEnd::Paragraph => {
                self.paragraph = None;
                if self.lead_state == Lead::Open {
                    self.lead_state = Lead::Done;
                }
                self.fill_text(&range);
                self.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::CodeBlock => {
                self.code = false;
                self.push(Event::End(TagEnd::CodeBlock));
            }
            TagEnd::List(ordered) => {
                self.list_depth -= 1;
                self.push(Event::End(TagEnd::List(ordered)));
            }
            TagEnd::Item => {
                if self.list_depth == 1
                    && let Some((words, range)) = self.item.take()
                {
                    self.lesson(&words, &range);
                }
                self.push(Event::End(TagEnd::Item));
            }
            TagEnd::FootnoteDefinition => {
                if let Some((name, events)) = self.notes.open.take() {
                    self.notes.bodies.insert(name, events);
                }
            }
            TagEnd::Table => {
                self.table = None;
                self.html("</tbody></table>");
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.end_in_table(tag),
            TagEnd::Link => {
                self.skip = false;
                if let Some(close) = self.links.pop()
                    && !self.is_mute()
                {
                    self.html(close);
                }
            }
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            other if !self.is_mute() => self.push(Event::End(other)),
            _ => {}
        }
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.push(Event::Start(Tag::BlockQuote(kind)));
        let word = match kind {
            None => return,
            Some(BlockQuoteKind::Note) => "Note",
            Some(BlockQuoteKind::Tip) => "Tip",
            Some(BlockQuoteKind::Important) => "Important",
            Some(BlockQuoteKind::Warning) => "Warning",
            Some(BlockQuoteKind::Caution) => "Caution",
        };
        self.html(format!("<p class=\"alert-title\">{word}</p>"));
    }

    fn start_in_table(&mut self, tag: &Tag<'t>) {
        let Some(table) = &mut self.table else { return };
        let html: CowStr<'t> = match tag {
            Tag::TableHead => table.head(true).into(),
            Tag::TableRow => table.row().into(),
            _ => table.cell().into(),
        };
        if matches!(tag, Tag::TableCell) {
            self.words.push(String::new());
        }
        self.html(html);
    }

    fn end_in_table(&mut self, tag: TagEnd) {
        let words = if tag == TagEnd::TableCell { self.words.pop() } else { None };
        let Some(table) = &mut self.table else { return };
        let html = match tag {
            TagEnd::TableHead => table.head(false),
            TagEnd::TableRow => "</tr>",
            _ => table.end_cell(words.unwrap_or_default()),
        };
        self.html(html);
    }

    // Headings and the sections that they begin.

    fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'t>>,
        attrs: &[(CowStr<'t>, Option<CowStr<'t>>)],
        range: Range<usize>,
    ) {
        // `## Result {kpi:x}` reads as an attribute of the heading; the writer meant a figure.
        if attrs.iter().any(|(name, _)| name.contains(':') || references::is_name(name)) {
            let brace = self.text[range.clone()].find('{').unwrap_or(0) + range.start;
            let span = self.span(&(brace..brace + 1));
            self.reader
                .say(Code::ReferenceInHeading, span, "a figure cannot stand in a heading")
                .help("move it into the text: the heading's address must not follow the figure");
        }
        let level = self.headings.level(level as u8);
        self.words.push(String::new());
        self.heading = Some(OpenHeading { level, given: id, at: self.out.len() });
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let words = self.words.pop().unwrap_or_default();
        let Some(OpenHeading { level, given, at }) = self.heading.take() else { return };
        let id = self.headings.id(&words, given.as_deref());
        let fills = headings::fills(&words, self.manner.words).filter(|_| self.depth == 0);
        let ends = self.section.is_some_and(|section| level <= section);
        let inner: Vec<_> = self.out.drain(at.min(self.out.len())..).collect();
        if self.depth == 0 && (fills.is_some() || ends) {
            self.section = fills.map(|_| level);
            self.fills = fills;
            if let Some(fills) = fills {
                self.told.headings.push((fills, self.span(&range)));
            }
            self.mark(Mark::Section(fills));
        }
        let section = self.marks.iter().filter(|mark| matches!(mark, Mark::Section(_))).count();
        let mut shown = String::new();
        let _ = escape_html(&mut shown, &id);
        self.html(format!("<h{level} id=\"{shown}\">"));
        self.out.extend(inner);
        self.html(format!("</h{level}>\n"));
        self.toc.push((section, Heading { level, id, text: words.trim().to_string() }));
        if let Some(Fills::Need | Fills::Objective) = self.fills {
            self.item = None;
        }
    }

    fn is_lessons(&self) -> bool {
        matches!(self.fills, Some(Fills::BrightSpots | Fills::PainPoints | Fills::Opportunities))
    }

    fn lesson(&mut self, words: &str, range: &Range<usize>) {
        let line = self.text[range.clone()].trim_end();
        let span = self.span(&(range.start..range.start + line.len()));
        let mut lesson = lessons::read(words, span, self.manner.themes, self.reader);
        lesson.mentions = std::mem::take(&mut self.mentions);
        match self.fills {
            Some(Fills::BrightSpots) => self.told.bright_spots.push(lesson),
            Some(Fills::PainPoints) => self.told.pain_points.push(lesson),
            Some(Fills::Opportunities) => self.told.opportunities.push(lesson),
            _ => {}
        }
    }

    /// The first paragraph below "Need" or "Objective" is that key's text.
    fn fill_text(&mut self, range: &Range<usize>) {
        let slot = match self.fills {
            Some(Fills::Need) => &mut self.told.need,
            Some(Fills::Objective) => &mut self.told.objective,
            _ => return,
        };
        if slot.is_some() || self.notes.open.is_some() {
            return;
        }
        let mut words = String::new();
        for event in self.out.iter().rev() {
            match event {
                Event::Start(Tag::Paragraph) => break,
                Event::Text(text) | Event::Code(text) => words.insert_str(0, text),
                Event::SoftBreak | Event::HardBreak => words.insert(0, ' '),
                _ => {}
            }
        }
        let span = Span::new(range.start, range.end).shifted(self.at);
        *slot = Some(Spanned { value: words.trim().to_string(), span });
    }

    // Links and pictures.

    fn start_link(&mut self, kind: LinkType, address: &str, title: &str, range: Range<usize>) {
        let span = self.span(&range);
        if let LinkType::WikiLink { .. } = kind {
            let id = Spanned { value: address.trim().to_string(), span };
            self.links.push("");
            // The words inside are the id itself: the project's title takes their place.
            self.spoken(&id.value);
            self.mentions.push(id.value.clone());
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
                self.reader
                    .say(
                        Code::UnsafeLink,
                        span,
                        "this link is left out: its kind could run a script",
                    )
                    .help(
                        "link to an address that begins with https://, or to a page of this site",
                    );
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

    fn open_link(&mut self, url: &str, title: &str, rest: &str) {
        let mut href = String::new();
        let _ = pulldown_cmark_escape::escape_href(&mut href, url);
        let title = attribute("title", title);
        self.html(format!("<a href=\"{href}\"{title}{rest}>"));
    }

    fn start_image(&mut self, address: &str, range: Range<usize>) {
        self.words.push(String::new());
        let inside = match links::sort(address) {
            Address::Inside(target) if !target.path.is_empty() => Some(target.path),
            _ => {
                let span = self.span(&range);
                self.reader
                    .say(Code::ImageMissing, span, "a picture must lie beside its write-up")
                    .help("put the file into the project's folder and name it here");
                None
            }
        };
        self.image = Some((inside, range));
    }

    fn end_image(&mut self) {
        let alt = self.words.pop().unwrap_or_default();
        let Some((Some(src), range)) = self.image.take() else { return };
        let span = self.span(&range);
        if alt.trim().is_empty() {
            self.reader
                .say(Code::ImageAlt, span, "this picture has no text for those who do not see it")
                .help("say what it shows: ![…](…)");
        }
        self.html("<img src=\"");
        self.mark(Mark::Piece(Piece::Src(Spanned { value: src, span })));
        let alt = attribute("alt", alt.trim());
        let alt = if alt.is_empty() { " alt=\"\"".to_string() } else { alt };
        self.html(format!("\"{alt} loading=\"lazy\">"));
    }

    // The end: notes, one pass of writing, and the cuts at the marks.

    pub fn finish(mut self) -> Body {
        self.write_notes();
        let mut html = String::with_capacity(self.text.len() * 3 / 2);
        pulldown_cmark::html::push_html(&mut html, self.out.into_iter());
        let mut body = Body {
            sections: vec![Section::default()],
            lead: self.lead,
            told: self.told,
            anchors: Vec::new(),
        };
        let mut marks: Vec<_> = self.marks.into_iter().map(Some).collect();
        for (nth, part) in html.split(MARK).enumerate() {
            let last = body.sections.last_mut().expect("there is always one section");
            if nth % 2 == 0 {
                if !part.is_empty() {
                    last.pieces.push(Piece::Html(part.to_string()));
                }
                continue;
            }
            let mark = part.parse::<usize>().ok().and_then(|n| marks.get_mut(n)?.take());
            match mark {
                Some(Mark::Piece(piece)) => last.pieces.push(piece),
                Some(Mark::Section(fills)) => {
                    body.sections.push(Section { fills, ..Section::default() });
                }
                None => {}
            }
        }
        for (section, heading) in self.toc {
            if let Some(section) = body.sections.get_mut(section) {
                section.headings.push(heading);
            }
        }
        body.sections.retain(|section| !section.pieces.is_empty());
        body.anchors = self.headings.into_ids();
        body
    }

    fn write_notes(&mut self) {
        if self.notes.numbers.is_empty() {
            return;
        }
        let mut numbered: Vec<_> = self.notes.numbers.drain().collect();
        numbered.sort_by_key(|(_, number)| *number);
        let prefix = self.manner.prefix;
        self.html("<section class=\"footnotes\" aria-label=\"Notes\"><ol>\n");
        for (name, number) in numbered {
            self.html(format!("<li id=\"{prefix}fn-{number}\">"));
            let events = self.notes.bodies.remove(&name).unwrap_or_default();
            self.out.extend(events);
            self.html(format!(
                "<a href=\"#{prefix}fnref-{number}\" class=\"back\" aria-label=\"back to the text\">↩</a></li>\n"
            ));
        }
        self.html("</ol></section>\n");
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

fn is_nesting(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::DefinitionListDefinition
    )
}
