//! What can be looked at in a portfolio, and the key of each: two portfolios that agree in a key
//! agree in all that is read there.

use super::rule::{COUNT, Outcome};
use super::{Portfolio, Project};
use crate::documents::unit::UnitKind;
use crate::editions::Shown;
use crate::memo::{BODY, Key, Keys, Mark, PROJECT, look};
use std::ops::{Index, Range};
use std::sync::Arc;

/// All projects at once.
const ALL: Mark = Mark::one(0);
/// The order of the newest.
pub(super) const NEWEST: Mark = Mark::one(1);
/// The units.
pub(super) const UNITS: Mark = Mark::one(2);
/// The projects in time.
pub(super) const TIMELINE: Mark = Mark::one(3);
/// The people.
pub(super) const PEOPLE: Mark = Mark::one(4);
/// The free pages.
pub(super) const PAGES: Mark = Mark::one(5);
/// The home page's own words.
pub(super) const HOME: Mark = Mark::one(6);
/// The prebuilt choices.
pub(super) const FACETS: Mark = Mark::one(7);
/// What post-mortems promised.
pub(super) const ACTIONS: Mark = Mark::one(8);
/// The years.
pub(super) const YEARS: Mark = Mark::one(9);
/// What post-mortems taught.
pub(super) const LESSONS: Mark = Mark::one(10);
/// How projects stand to the rules.
pub(super) const RULES: Mark = Mark::one(11);
/// Sums over all projects.
pub(super) const TOTALS: Mark = Mark::one(12);
/// Cost and return.
pub(super) const VALUE: Mark = Mark::one(13);
/// Every address.
pub(super) const ADDRESSES: Mark = Mark::one(14);
/// Files beside write-ups.
pub(super) const FILES: Mark = Mark::one(15);
/// The pictures beside write-ups: how large they are, and where their copies lie.
pub(super) const PICTURES: Mark = Mark::one(16);
/// The first mark that is not of the portfolio.
pub const NEXT: u32 = 17;

/// The projects, by id; who looks at one has looked at no other.
#[derive(Clone, Debug, Default)]
pub struct Projects(Vec<Project>);

impl Projects {
    pub(super) fn of(projects: Vec<Project>) -> Projects {
        Projects(projects)
    }

    /// Puts other bodies in the place of those that are there; all else is the same. Brings the
    /// positions of the projects that have others.
    pub(super) fn take_bodies(&mut self, shown: &[Shown]) -> Vec<usize> {
        assert_eq!(self.0.len(), shown.len(), "the projects are the same");
        let mut changed = Vec::new();
        for (at, (project, shown)) in self.0.iter_mut().zip(shown).enumerate() {
            if !Arc::ptr_eq(&project.shown.document, &shown.document) {
                project.shown.clone_from(shown);
                changed.push(at);
            }
        }
        changed
    }

    /// All of them.
    pub fn all(&self) -> &[Project] {
        look(ALL);
        &self.0
    }

    /// All of them, one after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Project> {
        self.all().iter()
    }

    /// Some that stand one behind the other; who looks at these has looked at no other.
    pub fn stretch(&self, range: Range<usize>) -> &[Project] {
        range.clone().for_each(|at| look(Mark::of(PROJECT, at)));
        &self.0[range]
    }

    /// How many there are; where that changes, all pages are made anew.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Index<usize> for Projects {
    type Output = Project;

    fn index(&self, at: usize) -> &Project {
        look(Mark::of(PROJECT, at));
        &self.0[at]
    }
}

impl Portfolio {
    /// How a project stands to each rule.
    pub fn outcomes(&self, at: usize) -> &[Outcome; COUNT] {
        look(Mark::of(PROJECT, at));
        &self.rules.unwatched().of[at]
    }

    /// The projects by which pages count: where these change, nothing of another run is known.
    pub fn order(&self) -> Key {
        Key::told(&self.projects.0.iter().map(Project::id).collect::<Vec<_>>())
    }

    /// The keys of all that can be looked at; `cut` is the key of what the edition leaves out.
    pub fn keys(&self, cut: Key) -> Keys {
        let units = self.units_in_short();
        let of = |(project, outcomes): (&Project, &[Outcome; COUNT])| {
            let outcomes = Key::of(outcomes.map(|outcome| outcome as u8));
            Key::all([project.shown.document.keys.0, cut, units, outcomes])
        };
        let fronts: Vec<Key> = self.projects.0.iter().zip(&self.rules.of).map(of).collect();
        let whole: [&(dyn Fn() -> Key + Sync); NEXT as usize] = [
            &|| Key::all(fronts.iter().copied()),
            &|| Key::told(&self.newest),
            &|| Key::told(&self.units.list),
            &|| Key::told(&self.timeline),
            &|| Key::told(&self.people.list),
            &|| Key::told(&self.pages),
            &|| Key::told(&self.home),
            &|| Key::told(&self.facets.all),
            &|| Key::told(&(&self.actions.list, self.actions.count, self.actions.withheld)),
            &|| Key::told(&self.years),
            &|| Key::told(&(&self.lessons.list, &self.lessons.themes)),
            &|| Key::told(&(&self.rules.of, &self.rules.on, self.rules.partnership)),
            &|| Key::told(&self.totals),
            &|| Key::told(&self.value),
            &|| self.addresses.key(),
            &|| Key::told(&self.files),
            &|| Key::told(&self.pictures),
        ];
        use rayon::prelude::*;
        let whole = whole.into_par_iter().with_max_len(1).map(|key| key()).collect();
        Keys::of(vec![whole, fronts, self.keys_of_bodies(cut)])
    }

    /// The keys of all that can be looked at, where nothing but bodies, and what they refer to,
    /// is another than in the run that has the keys `last`.
    pub fn keys_after(&self, last: &Keys, cut: Key) -> Keys {
        let mut keys = last.clone();
        keys.replace_one(FILES, Key::told(&self.files));
        keys.replace_one(PICTURES, Key::told(&self.pictures));
        keys.replace(BODY, self.keys_of_bodies(cut));
        keys
    }

    /// The keys of the bodies, by the number of their file.
    fn keys_of_bodies(&self, cut: Key) -> Vec<Key> {
        let documents = || self.projects.0.iter().map(|project| &project.shown.document);
        let most = documents().map(|document| document.file.0 as usize + 1).max();
        let mut bodies = vec![Key::default(); most.unwrap_or_default()];
        for document in documents() {
            bodies[document.file.0 as usize] = Key::all([document.keys.1, cut]);
        }
        bodies
    }

    /// What a project takes from the units: which there are, and of which kind.
    fn units_in_short(&self) -> Key {
        type Short<'u> = (&'u str, &'u str, UnitKind, &'u [String], Option<usize>);
        let short: Vec<Short<'_>> = self
            .units
            .list
            .iter()
            .map(|u| (u.id.as_str(), u.name.as_str(), u.kind, u.formerly.as_slice(), u.parent))
            .collect();
        Key::told(&short)
    }
}
