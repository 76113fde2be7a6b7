//! Views of the small parts that pages share: words, badges, cells, pairs, rows of projects.

use super::kept::Kept;
use serde::Serialize;

/// A stretch of a sentence, perhaps linked; a sentence is a list of them, set without gaps.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: Option<String>,
}

/// A status: a word, and a tone (`met`, `way`, `near`, `miss`, `none`) that decides color and shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// The word.
    pub word: String,
    /// The tone.
    pub tone: &'static str,
}

/// A big number with its label and what it is compared with.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Headline {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// What follows it in small letters, with its leading space.
    pub small: String,
    /// What it is compared with.
    pub note: String,
}

/// A label and what stands behind it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pair {
    /// The label.
    pub label: String,
    /// The sentence.
    pub words: Vec<Words>,
    /// Whether the sentence says that there is nothing.
    pub absent: bool,
}

/// A text that may say that there is nothing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// A second, smaller line.
    pub sub: String,
    /// Whether the text says that there is nothing.
    pub absent: bool,
}

/// A row of a table of projects.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The owning unit.
    pub unit: String,
    /// `Completed`.
    pub status: String,
    /// Its standing.
    pub standing: Kept<Badge>,
    /// The headline KPI as before → after; absent where there is none.
    pub headline: Kept<Cell>,
    /// Its year; empty where no date is told.
    pub year: String,
    /// What it cost, or its budget.
    pub cost: Kept<Cell>,
}

/// What someone said.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuoteView {
    /// The words.
    pub text: String,
    /// Whose they are, as `Maud Ferris, claims handler, Claims`.
    pub by: String,
}

/// A heading of a story.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TocEntry {
    /// Its words.
    pub text: String,
    /// Its place: `#what-changed`.
    pub href: String,
    /// How deep it lies: 1 or 2.
    pub depth: u8,
}

/// The pages of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingView {
    /// "Projects 1 to 200 of 10,000"; empty where the list is one page.
    pub said: String,
    /// Its neighbours and steps across the rest, where there are several.
    pub pages: Vec<ListingPage>,
}

/// One page of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingPage {
    /// Its number.
    pub number: usize,
    /// Its address, from here.
    pub href: String,
    /// Whether this is it.
    pub current: bool,
    /// Whether pages between the one before and this one are left out.
    pub skips: bool,
}

impl Cell {
    /// A text that says something.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A text that says that there is nothing.
    pub fn absent(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), absent: true, ..Cell::default() }
    }

    /// With a second, smaller line.
    #[expect(clippy::should_implement_trait, reason = "named for its field; nothing is subtracted")]
    pub fn sub(self, sub: impl Into<String>) -> Cell {
        Cell { sub: sub.into(), ..self }
    }
}

/// What a list can be narrowed by.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChoiceView {
    /// Its word in addresses.
    pub id: &'static str,
    /// What readers see.
    pub label: String,
}

/// What the page of a list says to the script that narrows and orders it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ExploreView {
    /// The script, from here.
    pub script: String,
    /// Where its files lie, from here: what their names begin with.
    pub index: String,
    /// Which list it is: `projects`.
    pub name: &'static str,
    /// How many rows there are, in words.
    pub all: String,
    /// What it can be narrowed by.
    pub choices: Vec<ChoiceView>,
    /// What the script says, as JSON.
    pub words: String,
}
