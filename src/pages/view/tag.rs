//! Views of tags: the list of them from A to Z, and the projects of each.

use super::alphabet::AlphabetView;
use super::frame::Frame;
use super::parts::{ListingView, ProjectRow, Words};
use serde::Serialize;

/// The list of tags.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TagsView {
    /// Around it.
    pub frame: Frame,
    /// `Tags`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// The tags.
    pub list: AlphabetView,
}

/// A tag's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TagView {
    /// Around it.
    pub frame: Frame,
    /// `Tag: pricing`.
    pub title: String,
    /// "3 projects: 2 delivered, 1 mixed. 4 of 6 due KPIs met."
    pub result: String,
    /// The projects of this page of the list.
    pub rows: Vec<ProjectRow>,
    /// The pages of the list.
    pub listing: ListingView,
    /// Tags that its projects have as well, with how many of them; on the first page.
    pub together: Vec<Words>,
    /// The same projects among the lists that can be narrowed.
    pub narrow: Option<Words>,
}
