//! Text in a body, and the references in it.

use super::{Events, Lead, Mark};
use crate::diagnostics::Code;
use crate::documents::body::Piece;
use crate::documents::body::references::{self, ESCAPED, Part, Reference};
use crate::documents::fields::Spanned;
use memchr::memchr2;
use pulldown_cmark::{CowStr, Event};
use std::ops::Range;

impl<'t> Events<'t, '_> {
    /// Texts come in stretches; they are put together before references are looked for. Most come
    /// in one, which is passed on as it is, without a copy.
    pub(super) fn text(&mut self, text: CowStr<'t>, range: Range<usize>) {
        let escaped = text.starts_with('{') && self.text[..range.start].ends_with('\\');
        let text = match escaped {
            true => format!("{ESCAPED}{}", &text[1..]).into(),
            false => text,
        };
        self.pending = Some(match self.pending.take() {
            None => (text, range),
            Some((before, so_far)) => {
                let mut both = before.into_string();
                both.push_str(&text);
                (both.into(), so_far.start..range.end)
            }
        });
    }

    pub(super) fn flush(&mut self) {
        let Some((text, range)) = self.pending.take() else { return };
        if self.skip {
            return;
        }
        if memchr2(b'{', ESCAPED as u8, text.as_bytes()).is_none() {
            self.spoken(&text);
            self.lead_text(&text);
            if !self.is_mute() {
                self.push(Event::Text(text));
            }
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
                    let found = self.text[from..range.end].find(&written).map(|at| at + from);
                    // Where a sign of it is written as a character reference, all of the text is meant.
                    let place = match found {
                        Some(start) => start..start + written.len(),
                        None => range.clone(),
                    };
                    from = found.map_or(from, |_| place.end);
                    self.reference(inner, place);
                }
            }
        }
    }

    pub(super) fn reference(&mut self, inner: &str, range: Range<usize>) {
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
        let in_lesson = self.is_lessons();
        if let Some((words, _)) = self.item.as_mut().filter(|_| in_lesson) {
            // A lesson keeps the reference as written; the portfolio puts the figure there.
            words.push_str(&format!("{{{inner}}}"));
        }
        if !self.is_mute() {
            self.mark(Mark::Piece(piece));
        }
    }
}
