//! Views of what post-mortems promised, across projects.

use super::frame::Frame;
use super::parts::{Badge, Cell, ExploreView, ListingView, Words};
use serde::Serialize;

/// An action among those of all projects.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PromiseRow {
    /// What.
    pub text: String,
    /// The project, linked to its actions.
    pub project: Words,
    /// `Overdue`, `Open`, `Done`, `Dropped`.
    pub badge: Badge,
    /// When it was done, and its priority.
    pub sub: String,
    /// By when, and how many days have passed since.
    pub due: Cell,
    /// Who.
    pub owner: Cell,
    /// Their page, where they have one.
    pub owner_href: Option<String>,
    /// The owner's unit; without words where none is told.
    pub unit: Words,
}

/// The actions of a unit or of a person, counted.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PromiseSum {
    /// Whose they are.
    pub whose: Words,
    /// How many are overdue.
    pub overdue: Cell,
    /// How many are open and not overdue.
    pub open: Cell,
    /// How many are done.
    pub done: Cell,
    /// How many were dropped.
    pub dropped: Cell,
}

/// What post-mortems promised.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ActionsView {
    /// Around it.
    pub frame: Frame,
    /// `Actions`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// What the sentence does not count; empty where it counts all.
    pub note: String,
    /// The actions of this page.
    pub rows: Vec<PromiseRow>,
    /// For the script that narrows and orders the list; on its first page only.
    pub explore: Option<ExploreView>,
    /// The pages of the list.
    pub listing: ListingView,
    /// What is due as a calendar, where an action is told.
    pub calendar: Option<Words>,
    /// Counted by the owner's unit; on the first page only.
    pub by_unit: Vec<PromiseSum>,
    /// Counted by owner, those with most overdue first; on the first page only.
    pub by_owner: Vec<PromiseSum>,
    /// How many owners are not listed, in words.
    pub owners_more: String,
}
