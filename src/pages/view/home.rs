//! Views of the home page, free pages and the page for addresses that lead nowhere.

use super::frame::Frame;
use super::parts::{Badge, Headline, ProjectRow, QuoteView, TocEntry, Words};
use super::post_mortem::LessonView;
use super::project::ImageView;
use super::unit::UnitRow;
use serde::Serialize;

/// Something that needs attention.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AttentionRow {
    /// The unit.
    pub unit: Words,
    /// `Missed`, `Overdue`, `No figure`.
    pub badge: Badge,
    /// How many rows are of this unit, on the first of them; 0 on the others.
    pub of_unit: usize,
    /// What, linked to its place.
    pub what: Words,
    /// The figures behind it: `: 58 %, target 70 % or more, baseline 22 %`; empty where it has none.
    pub detail: String,
    /// The project's title.
    pub project: String,
    /// Since when.
    pub when: String,
}

/// A success story.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StoryView {
    /// Where the headline KPI began: `12 days`; empty where that is not told.
    pub before: String,
    /// What it reached: `0.8`; empty where there is no figure.
    pub after: String,
    /// What follows that in small letters, with its leading space.
    pub small: String,
    /// What is measured.
    pub measure: String,
    /// The project.
    pub project: Words,
    /// The result in one sentence.
    pub result: String,
    /// Unit and year.
    pub about: Vec<String>,
    /// What someone said.
    pub quote: Option<QuoteView>,
    /// "Recognized by the chief executive, 2 Jun 2025".
    pub recognition: String,
    /// Its picture.
    pub image: Option<ImageView>,
}

/// The home page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HomeView {
    /// Around it.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// The portfolio in one sentence.
    pub result: Vec<Words>,
    /// How all projects stand, as a bar; empty where there is none.
    pub standings_svg: String,
    /// Four to six big numbers.
    pub figures: Vec<Headline>,
    /// The board's page, from here.
    pub board: String,
    /// The site's own words.
    pub html: String,
    /// What needs attention; at most seven.
    pub attention: Vec<AttentionRow>,
    /// How many there are in all, in words.
    pub attention_note: String,
    /// The list of all actions, where any is told.
    pub attention_more: Option<Words>,
    /// What was finished lately.
    pub finished: Vec<ProjectRow>,
    /// Success stories.
    pub stories: Vec<StoryView>,
    /// The units.
    pub units: Vec<UnitRow>,
    /// The newest lessons.
    pub lessons: Vec<LessonView>,
    /// All lessons, where any is told.
    pub lessons_more: Option<Words>,
}

/// A free page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FreePageView {
    /// Around it.
    pub frame: Frame,
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// Its words.
    pub html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// How the site is read by those who do not see, hear or move as most do.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AccessibilityView {
    /// Around it.
    pub frame: Frame,
    /// `Accessibility`.
    pub title: String,
    /// The list of everything by its name, which needs no script; empty where it is left out.
    pub names: String,
}

/// The page for an address that leads nowhere.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NotFoundView {
    /// Around it; its links are absolute.
    pub frame: Frame,
    /// `Page not found`.
    pub title: String,
}
