//! Headings of a body, and the keys of front matter that the sections below them fill.

use super::{Events, Mark, OpenHeading};
use crate::diagnostics::{Code, Span};
use crate::documents::body::headings::{self, Heading};
use crate::documents::body::lessons::{self, Bullet};
use crate::documents::body::{Fills, references};
use crate::documents::fields::Spanned;
use crate::documents::post_mortem::Lesson;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag};
use pulldown_cmark_escape::escape_html;
use std::ops::Range;

impl<'t> Events<'t, '_> {
    pub(super) fn start_heading(
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

    pub(super) fn end_heading(&mut self, range: Range<usize>) {
        let words = self.words.pop().unwrap_or_default();
        let Some(OpenHeading { level, given, at }) = self.heading.take() else { return };
        let id = self.headings.id(&words, given.as_deref());
        let fills = headings::fills(&words, self.manner.words).filter(|_| self.depth == 0);
        let ends = self.section.is_some_and(|section| level <= section);
        let inner: Vec<_> = self.out.drain(at.min(self.out.len())..).collect();
        if self.depth == 0 && (fills.is_some() || ends) {
            self.end_section();
            self.end_raw_of_section();
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
    }

    pub(super) fn is_lessons(&self) -> bool {
        matches!(self.fills, Some(Fills::BrightSpots | Fills::PainPoints | Fills::Opportunities))
    }

    /// Opens an entry, whose words are gathered.
    pub(super) fn open_item(&mut self, range: Range<usize>) {
        self.item = Some((String::new(), range));
        self.mentions.clear();
    }

    /// A bullet of a section that fills a key.
    pub(super) fn told_item(&mut self, words: &str, range: &Range<usize>) {
        if self.is_lessons() {
            let mentions = std::mem::take(&mut self.mentions);
            self.lesson(words, range, mentions);
        } else {
            self.fill_entry(words.trim(), range);
        }
    }

    /// Where a section of lessons has no bullets, each of its paragraphs is one.
    pub(super) fn end_section(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        if self.lessons().is_some_and(|told| told.is_empty()) {
            for (words, range, mentions) in prose {
                if !words.trim().is_empty() {
                    self.lesson(&words, &range, mentions);
                }
            }
        }
    }

    fn lesson(&mut self, words: &str, range: &Range<usize>, mentions: Vec<String>) {
        let line = self.text[range.clone()].trim_end();
        let span = self.span(&(range.start..range.start + line.len()));
        let mut lesson =
            lessons::read(words, Bullet { source: line, span }, self.manner.themes, self.reader);
        lesson.mentions = mentions;
        if let Some(told) = self.lessons() {
            told.push(lesson);
        }
    }

    fn lessons(&mut self) -> Option<&mut Vec<Lesson>> {
        match self.fills? {
            Fills::BrightSpots => Some(&mut self.told.bright_spots),
            Fills::PainPoints => Some(&mut self.told.pain_points),
            Fills::Opportunities => Some(&mut self.told.opportunities),
            Fills::Need | Fills::Objective => None,
        }
    }

    /// The key that is a text and is filled by the section that is open.
    fn slot(&mut self) -> Option<&mut Option<Spanned<String>>> {
        match self.fills? {
            Fills::Need => Some(&mut self.told.need),
            Fills::Objective => Some(&mut self.told.objective),
            _ => None,
        }
    }

    /// Where "Need" or "Objective" begins with a list, its entries one after the other are the text.
    fn fill_entry(&mut self, words: &str, range: &Range<usize>) {
        let line = self.text[range.clone()].trim_end();
        let span = self.span(&(range.start..range.start + line.len()));
        let listed = self.listed;
        let Some(slot) = self.slot().filter(|_| !words.is_empty()) else { return };
        match slot {
            None => *slot = Some(Spanned { value: words.to_string(), span }),
            Some(text) if listed => {
                let between = if text.value.ends_with(['.', '!', '?']) { " " } else { "; " };
                text.value.push_str(between);
                text.value.push_str(words);
            }
            Some(_) => return,
        }
        self.listed = true;
    }

    /// The first paragraph below "Need" or "Objective" is that key's text.
    pub(super) fn fill_text(&mut self, range: &Range<usize>) {
        let in_item = self.item.is_some() || self.notes.open.is_some();
        if in_item || self.slot().is_none_or(|slot| slot.is_some()) {
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
        if let Some(slot) = self.slot() {
            *slot = Some(Spanned { value: words.trim().to_string(), span });
        }
    }
}
