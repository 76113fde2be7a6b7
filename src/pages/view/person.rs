//! Views of people: the list of them, and what each has to do with projects.

use super::alphabet::LetterLink;
use super::frame::Frame;
use super::parts::{Badge, Cell, ListingView, Pair, ProjectRow, Words};
use serde::Serialize;

/// A person in the list, or a role where the site shows roles.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonRow {
    /// The name, linked to their page; or the role, without a link.
    pub who: Words,
    /// The anchor of the letter that begins here; empty where none does.
    pub anchor: String,
    /// What they do and where.
    pub about: String,
    /// How many projects they own.
    pub owns: Cell,
    /// How many they sponsor, or lead for IT.
    pub sponsors: Cell,
    /// How many they champion.
    pub champions: Cell,
    /// On how many steering committees they sit.
    pub steers: Cell,
    /// On how many teams they are.
    pub teams: Cell,
    /// How many of their actions are open.
    pub actions: Cell,
}

/// The list of people.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PeopleView {
    /// Around it.
    pub frame: Frame,
    /// `People`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// Set where the site shows roles instead of names.
    pub note: String,
    /// The head of the first column: `Person`, or `Role`.
    pub column: String,
    /// Links to letters; none where the list is short.
    pub letters: Vec<LetterLink>,
    /// The people of this page of the list.
    pub rows: Vec<PersonRow>,
    /// The pages of the list.
    pub listing: ListingView,
}

/// A project of a person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonProjectRow {
    /// The project.
    pub project: ProjectRow,
    /// "Owner, champion".
    pub parts: String,
}

/// An action of a person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonActionRow {
    /// What was promised.
    pub text: String,
    /// The project, linked to its actions.
    pub project: Words,
    /// Whether it is overdue.
    pub badge: Badge,
    /// By when.
    pub due: Cell,
}

/// A person's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonView {
    /// Around it.
    pub frame: Frame,
    /// The name.
    pub title: String,
    /// What they do, where they belong, what they lead.
    pub meta: Vec<Pair>,
    /// "Owns 2 projects; champions 1 project; 2 open actions."
    pub result: String,
    /// Whether this is the first page of the projects, which alone shows the actions.
    pub first: bool,
    /// The projects of this page of the list.
    pub rows: Vec<PersonProjectRow>,
    /// The pages of the list.
    pub listing: ListingView,
    /// Open actions, overdue first; at most 200.
    pub actions: Vec<PersonActionRow>,
    /// How many actions are done or dropped, and how many more are open.
    pub actions_note: String,
}
