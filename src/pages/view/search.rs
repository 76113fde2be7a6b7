//! View of the list of everything that has a name.

use super::alphabet::AlphabetView;
use super::frame::Frame;
use serde::Serialize;

/// Everything that has a name, from A to Z.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchView {
    /// Around it.
    pub frame: Frame,
    /// `Everything from A to Z`.
    pub title: String,
    /// "14 projects, 38 KPIs, 6 units, …".
    pub result: String,
    /// The names.
    pub list: AlphabetView,
}
