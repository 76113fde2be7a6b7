//! Lessons: what the post-mortems of all projects taught, and which unit each concerns.

pub mod theme;

use super::Project;
use super::unit::Units;
use crate::documents::post_mortem::Lesson;
use foldhash::HashMap;
use rayon::prelude::*;
use std::ops::Index;
use theme::Theme;

/// What a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It went wrong.
    PainPoint,
    /// It could be done next time.
    Opportunity,
    /// It went well.
    BrightSpot,
}

/// A lesson, by where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The project.
    pub project: usize,
    /// What it is.
    pub kind: Kind,
    /// Its position among those of its kind in the project.
    pub nth: usize,
    /// The unit that it concerns.
    pub unit: Option<usize>,
}

/// All lessons, those of the newest project first.
#[derive(Clone, Debug, Default)]
pub struct Lessons {
    /// The lessons.
    pub list: Vec<Learned>,
    /// The themes that have a lesson, those with most pain points first.
    pub themes: Vec<Theme>,
    by_unit: Vec<Vec<usize>>,
    by_name: HashMap<String, usize>,
}

impl Kind {
    /// Every kind, in the order in which a project's are told.
    pub const ALL: [Kind; 3] = [Kind::PainPoint, Kind::Opportunity, Kind::BrightSpot];

    /// In a word, for data files.
    pub fn word(self) -> &'static str {
        match self {
            Kind::PainPoint => "pain_point",
            Kind::Opportunity => "opportunity",
            Kind::BrightSpot => "bright_spot",
        }
    }

    /// The lessons of this kind in a project.
    pub fn of(self, project: &Project) -> &[Lesson] {
        let Some(told) = &project.front().post_mortem else { return &[] };
        match self {
            Kind::PainPoint => &told.pain_points,
            Kind::Opportunity => &told.opportunities,
            Kind::BrightSpot => &told.bright_spots,
        }
    }
}

impl Lessons {
    /// Collects the lessons of projects in an order.
    pub fn of(projects: &[Project], order: &[usize], units: &Units, themes: &[String]) -> Lessons {
        let of = |project: usize, kind: Kind| {
            let told = kind.of(&projects[project]).iter().enumerate();
            told.map(move |(nth, told)| {
                let unit = told.unit.as_ref().and_then(|unit| units.find(unit));
                Learned { project, kind, nth, unit }
            })
        };
        let each = order.par_iter().with_max_len(64);
        let list: Vec<Learned> = each
            .flat_map_iter(|project| Kind::ALL.into_iter().flat_map(|kind| of(*project, kind)))
            .collect();
        let mut by_unit = vec![Vec::new(); units.list.len()];
        for (at, unit) in list.iter().enumerate().filter_map(|(at, one)| Some((at, one.unit?))) {
            by_unit[unit].push(at);
        }
        let mut lessons = Lessons { list, by_unit, ..Lessons::default() };
        lessons.themes = theme::themes(&lessons, projects, themes);
        let named = lessons.themes.iter().enumerate();
        let named = named.filter_map(|(at, theme)| Some((theme.name.clone()?, at)));
        lessons.by_name = named.collect();
        lessons
    }

    /// A theme by its name, where it has a lesson.
    pub fn theme(&self, name: &str) -> Option<&Theme> {
        self.by_name.get(name).map(|at| &self.themes[*at])
    }

    /// Those that concern a unit.
    pub fn of_unit(&self, unit: usize) -> impl ExactSizeIterator<Item = Learned> {
        self.by_unit[unit].iter().map(|at| self.list[*at])
    }
}

impl Learned {
    /// The lesson as it is told, among all projects.
    pub fn told<P>(self, projects: &P) -> &Lesson
    where
        P: Index<usize, Output = Project> + ?Sized,
    {
        &self.kind.of(&projects[self.project])[self.nth]
    }
}
