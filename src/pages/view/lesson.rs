//! Views of what was learned, across projects and by theme.

use super::frame::Frame;
use super::parts::{Badge, Cell, ListingView, Words};
use serde::Serialize;

/// A theme among the others.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ThemeRow {
    /// Its name, linked to its lessons.
    pub theme: Words,
    /// How many pain points.
    pub pain_points: Cell,
    /// How many bright spots.
    pub bright_spots: Cell,
    /// How many opportunities.
    pub opportunities: Cell,
    /// In how many projects.
    pub projects: Cell,
    /// When it was first and last seen.
    pub seen: Cell,
    /// Whether it came back: `Came back`, `Not since`, `Nothing done`; none without a theme.
    pub badge: Option<Badge>,
    /// Where it came back, or since when it did not; empty where there is nothing to say.
    pub recurrence: Vec<Words>,
    /// The later projects that adopted an opportunity.
    pub adopters: Vec<Words>,
    /// How many adopters are not named, in words.
    pub adopters_more: String,
}

/// What was learned, by theme.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LessonsView {
    /// Around it.
    pub frame: Frame,
    /// `Lessons`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// What the sentence does not count; empty where it counts all.
    pub note: String,
    /// The themes, those with most pain points first; lessons without a theme last.
    pub themes: Vec<ThemeRow>,
    /// The themes that have no lesson yet, in a sentence; empty where each has one.
    pub unused: String,
    /// How many post-mortems tell no day, in a sentence; empty where each tells it.
    pub undated: String,
}

/// A lesson among those of its theme.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LessonRow {
    /// The sentence.
    pub text: String,
    /// `Pain point`, `Opportunity`, `Bright spot`.
    pub kind: String,
    /// The project that paid for it.
    pub project: Words,
    /// The unit that it concerns; without words where none is told.
    pub unit: Words,
    /// The actions of that project and how they stand, linked.
    pub actions: Words,
    /// The later projects that adopted it.
    pub adopters: Vec<Words>,
}

/// All lessons of a theme.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LessonThemeView {
    /// Around it.
    pub frame: Frame,
    /// `Lessons about data`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// Whether it came back, as on the list of themes.
    pub badge: Option<Badge>,
    /// Where it came back, or since when it did not.
    pub recurrence: Vec<Words>,
    /// The lessons of this page: pain points, then opportunities, then bright spots.
    pub rows: Vec<LessonRow>,
    /// The pages of the list.
    pub listing: ListingView,
}
