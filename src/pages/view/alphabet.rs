//! Views of lists from A to Z.

use super::parts::ListingView;
use serde::Serialize;

/// A letter that a reader may go to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LetterLink {
    /// `A`, or `0–9` for names without a letter.
    pub label: String,
    /// Where its names begin, from here.
    pub href: String,
}

/// A name in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What it is, or how much stands behind it.
    pub note: String,
}

/// The names under one letter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LetterView {
    /// `A`.
    pub label: String,
    /// Its place on the page: `letter-a`.
    pub id: String,
    /// The names.
    pub names: Vec<NameView>,
}

/// A page of a list from A to Z.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AlphabetView {
    /// Links to all letters; none where the list is short.
    pub letters: Vec<LetterLink>,
    /// The letters of this page.
    pub groups: Vec<LetterView>,
    /// The pages of the list.
    pub listing: ListingView,
}
