//! View of the search and of the list of everything that has a name.

use super::alphabet::AlphabetView;
use super::frame::Frame;
use serde::Serialize;

/// The search, and everything that has a name, from A to Z.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchView {
    /// Around it.
    pub frame: Frame,
    /// `Everything from A to Z`.
    pub title: String,
    /// "14 projects, 38 KPIs, 6 units, …".
    pub result: String,
    /// The script of the search, from here.
    pub script: String,
    /// The folder of the index, from here, with a slash at its end; empty where it is this one.
    pub index: String,
    /// The folder of the site, from here, with a slash at its end.
    pub root: String,
    /// What the script says, as a map in JSON.
    pub words: String,
    /// The names.
    pub list: AlphabetView,
}
