//! View of the timeline.

use super::frame::Frame;
use super::parts::{Badge, Cell, ListingView, Words};
use serde::Serialize;

/// A project in time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TimelineRow {
    /// The project.
    pub project: Words,
    /// Its unit and status.
    pub about: String,
    /// Its stages as a bar.
    pub svg: String,
    /// Each stage in words: `Go-live 7 Oct 2024, planned 2 Sep 2024, 35 days late`.
    pub stages: Vec<String>,
    /// The slip of its go-live.
    pub slip: Cell,
    /// Set where a stage is overdue.
    pub badge: Option<Badge>,
}

/// The timeline.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TimelineView {
    /// Around it.
    pub frame: Frame,
    /// `Timeline`.
    pub title: String,
    /// "7 of 12 projects that tell both days went live on time."
    pub result: String,
    /// What that sentence counts and what it cannot count.
    pub note: String,
    /// The years that the bars of this page span, each at its beginning; some are left empty.
    pub years: Vec<String>,
    /// The projects of this page, the earliest first.
    pub rows: Vec<TimelineRow>,
    /// The pages of the list.
    pub listing: ListingView,
    /// On the last page: the projects that tell no date.
    pub undated: Vec<Words>,
    /// On the last page: the projects whose dates are withheld.
    pub withheld: Vec<Words>,
}
