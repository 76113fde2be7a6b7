//! The body of a write-up: Markdown read into sections of HTML with gaps.
//!
//! The gaps are what only the whole portfolio can fill: figures, charts, links to other pages,
//! pictures. Everything that one file decides is decided here, once: heading ids, the table of
//! contents, footnotes, tables with labelled cells, the sections that stand for front matter.
//! Links that could run a script are left out with a warning at their place, and so is raw HTML, or
//! what of it may not stay.

mod balance;
mod events;
mod headings;
mod lessons;
mod links;
mod raw;
mod references;
mod tables;

use super::fields::Spanned;
use super::post_mortem::Lesson;
use super::reader::Reader;
use super::settings::RawHtml;
use super::wording::Wording;
use crate::diagnostics::Span;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

pub use headings::Heading;
pub use links::Target;
pub use references::{Reference, Which};

/// A stretch of the body: finished HTML, or a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// A figure in the text.
    Figure(Spanned<Reference>),
    /// A chart in place of a paragraph.
    Chart(Spanned<String>),
    /// A project's title, linked.
    Project(Spanned<String>),
    /// The address of a link within the site.
    Href(Spanned<Target>),
    /// The address of a picture within the site, and its size.
    Src(Spanned<String>),
}

/// What a section of the body stands for, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fills {
    /// `need`
    Need,
    /// `objective`
    Objective,
    /// `post_mortem.bright_spots`
    BrightSpots,
    /// `post_mortem.pain_points`
    PainPoints,
    /// `post_mortem.opportunities`
    Opportunities,
}

/// A part of the body, from a heading to the next one of its level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The key that it stands for.
    pub fills: Option<Fills>,
    /// Its HTML and gaps.
    pub pieces: Vec<Piece>,
    /// The headings in it, for the table of contents.
    pub headings: Vec<Heading>,
}

/// What the body says in place of front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The need, as text.
    pub need: Option<Spanned<String>>,
    /// The objective, as text.
    pub objective: Option<Spanned<String>>,
    /// What went well.
    pub bright_spots: Vec<Lesson>,
    /// What went wrong.
    pub pain_points: Vec<Lesson>,
    /// What to do next time.
    pub opportunities: Vec<Lesson>,
    /// Where the sections stand.
    pub headings: Vec<(Fills, Span)>,
}

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// The first paragraph as text, with its gaps.
    pub lead: Vec<Piece>,
    /// What it says in place of front matter.
    pub told: Told,
    /// All ids that a link can lead to.
    pub anchors: Vec<String>,
}

/// What the settings and the kind of page say about a body.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'s> {
    /// The level of the body's highest heading: 2 on a page of its own, 3 below a heading.
    pub top: u8,
    /// Headings and the keys they stand for; empty where a body fills nothing.
    pub words: &'s [(String, Fills)],
    /// The site's lesson themes.
    pub themes: &'s [String],
    /// The prefix of heading ids, where two bodies stand on one page.
    pub prefix: &'static str,
    /// Ids that its page has of something else.
    pub ids: &'s [String],
    /// What the body says of itself: `Note`, `back to the text`.
    pub wording: &'s Wording,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
}

/// Reads the Markdown that begins at a byte of its file.
pub fn read(text: &str, at: usize, manner: Manner<'_>, reader: &Reader<'_>) -> Body {
    // One buffer a thread for all bodies: fresh memory for each costs more than writing it.
    thread_local! {
        static HTML: RefCell<String> = const { RefCell::new(String::new()) };
    }
    HTML.with_borrow_mut(|html| {
        html.clear();
        let mut events = events::Events::new(text, at, manner, reader);
        events.write(html);
        events.finish(html)
    })
}

/// Parts a lesson's text at the references in it: words, or the inside of a reference.
pub fn parts_of(text: &str) -> Vec<Result<&str, &str>> {
    let parts = references::parts(text).into_iter();
    parts
        .map(|part| match part {
            references::Part::Text(text) => Ok(text),
            references::Part::Reference(inner) => Err(inner),
        })
        .collect()
}

/// Reads the inside of a reference that was looked at when its body was read.
pub fn read_again(inner: &str) -> Option<Reference> {
    references::reread(inner)
}

impl Body {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.sections.iter().all(|section| section.pieces.is_empty())
    }

    /// The headings of all sections, in order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.sections.iter().flat_map(|section| &section.headings)
    }

    /// All gaps, in order.
    pub fn gaps(&self) -> impl Iterator<Item = &Piece> {
        let pieces = self.sections.iter().flat_map(|section| &section.pieces);
        pieces.filter(|piece| !matches!(piece, Piece::Html(_)))
    }
}
