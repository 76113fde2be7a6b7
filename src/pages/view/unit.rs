//! Views of units, as a list and one by one.

use super::frame::Frame;
use super::parts::{Cell, ListingView, Pair, ProjectRow, Words};
use super::post_mortem::LessonView;
use serde::Serialize;

/// A unit in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// "Business, led by …".
    pub about: String,
    /// How many projects it owns.
    pub owns: Cell,
    /// In how many it takes part.
    pub takes_part: Cell,
    /// "3 of 10".
    pub kpis: Cell,
    /// What it paid.
    pub paid: Cell,
    /// How many lessons concern it.
    pub lessons: Cell,
}

/// The list of units.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitsView {
    /// Around it.
    pub frame: Frame,
    /// `Units`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// The units.
    pub units: Vec<UnitRow>,
    /// The pages of the list.
    pub listing: ListingView,
}

/// A project that a unit paid for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PaidRow {
    /// The project.
    pub project: Words,
    /// `60 %`.
    pub share: Cell,
    /// `$522,000`.
    pub amount: Cell,
}

/// A champion of a unit.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChampionRow {
    /// The champion, linked to their page where they have one.
    pub person: Words,
    /// The first few projects, with commas between; then how many more there are.
    pub projects: Vec<Words>,
}

/// A unit's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitView {
    /// Around it.
    pub frame: Frame,
    /// Its name.
    pub title: String,
    /// Lead, kind, parent, former names.
    pub meta: Vec<Pair>,
    /// The sentence that sums.
    pub result: String,
    /// Its own words.
    pub html: String,
    /// What it owns; the first 50.
    pub owns: Vec<ProjectRow>,
    /// Where the rest is, if there is more.
    pub owns_more: Option<Words>,
    /// In what it takes part; the first 50.
    pub takes_part: Vec<ProjectRow>,
    /// How many more there are, in words.
    pub takes_part_more: String,
    /// "$2.48m in 3 projects; 1 share withheld".
    pub paid_note: String,
    /// What it paid; the first 50.
    pub paid: Vec<PaidRow>,
    /// How many more it paid for, in words.
    pub paid_more: String,
    /// The sum of the visible amounts, a currency each.
    pub paid_total: String,
    /// Its champions and their projects.
    pub champions: Vec<ChampionRow>,
    /// How many more it has, in words.
    pub champions_more: String,
    /// What was learned about it; the newest 20.
    pub lessons: Vec<LessonView>,
    /// Who of IT came to see it.
    pub shadowing: Vec<Pair>,
    /// How many more there were, in words.
    pub shadowing_more: String,
}
