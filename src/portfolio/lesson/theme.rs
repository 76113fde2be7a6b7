//! The themes of lessons: how often each was told, where, and whether it came back.
//!
//! A theme **came back** in a project whose post-mortem tells a pain point of it, was held after an
//! action of *another* project that tells such a pain point was done, and whose go-live, where it is
//! told, was after that as well: what went wrong before the action shows nothing. Actions have no
//! theme of their own, so those of a project count for all themes of its pain points. Dates in part
//! must not touch; a post-mortem or an action without a date shows nothing, either way.

use super::{Kind, Learned, Lessons};
use crate::documents::date::When;
use crate::documents::id::slug;
use crate::documents::post_mortem::ActionStatus;
use crate::portfolio::Project;
use crate::portfolio::action::told;
use foldhash::{HashMap, HashMapExt};
use std::cmp::Reverse;

/// A theme, or the lessons that tell none.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// Its name; none for the lessons that tell none.
    pub name: Option<String>,
    /// Its page.
    pub page: String,
    /// Its lessons: pain points, then opportunities, then bright spots, those of the newest project
    /// first.
    pub lessons: Vec<Learned>,
    /// How many of each kind, in the order of `Kind::ALL`.
    pub counts: [usize; 3],
    /// In how many projects.
    pub projects: usize,
    /// When a project first told one: its post-mortem, else its latest date.
    pub first: Option<When>,
    /// When one was told last.
    pub last: Option<When>,
    /// Whether it came back.
    pub recurrence: Recurrence,
    /// The projects that adopted an opportunity, in the order told, each once.
    pub adopters: Vec<usize>,
}

/// Whether a theme came back after an action was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recurrence {
    /// No pain point of it is told.
    #[default]
    NeverAProblem,
    /// No dated action of a project with such a pain point is done.
    NothingDone,
    /// No other project has told one since.
    NotSince {
        /// When the first of these actions was done.
        done: When,
    },
    /// It came back.
    CameBack {
        /// In how many projects.
        projects: usize,
        /// The one whose post-mortem was held last.
        last: usize,
        /// When that was.
        held: When,
        /// The project whose action had been done.
        acted: usize,
        /// When it was done.
        done: When,
    },
}

/// The lessons that tell no theme have an address that no theme can have.
const WITHOUT: &str = "lessons/by/none/index.html";

/// The themes that have a lesson, in the order of their most pain points, those without one last.
pub(super) fn themes(lessons: &Lessons, projects: &[Project], names: &[String]) -> Vec<Theme> {
    let places: HashMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut themes: Vec<Theme> = names
        .iter()
        .map(|name| Theme {
            name: Some(name.clone()),
            page: format!("lessons/{}/index.html", slug(name)),
            ..Theme::default()
        })
        .collect();
    themes.push(Theme { page: WITHOUT.into(), ..Theme::default() });
    for learned in &lessons.list {
        let theme = learned.told(projects).theme.as_ref();
        // A theme that is not in the list was told where it stands.
        let place = match theme {
            Some(theme) => places.get(theme.value.as_str()).copied(),
            None => Some(names.len()),
        };
        if let Some(place) = place {
            themes[place].lessons.push(*learned);
        }
    }
    let positions: HashMap<&str, usize> =
        projects.iter().enumerate().map(|(at, project)| (project.id(), at)).collect();
    themes.retain_mut(|theme| {
        theme.sum(projects, &positions);
        !theme.lessons.is_empty()
    });
    themes.sort_by_key(|theme| {
        let [pains, rest @ ..] = theme.counts;
        (theme.name.is_none(), Reverse((pains, rest.iter().sum::<usize>())))
    });
    themes
}

impl Theme {
    /// How many lessons of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.counts[kind as usize]
    }

    fn sum(&mut self, projects: &[Project], positions: &HashMap<&str, usize>) {
        let (mut seen, mut adopted) = (HashMap::new(), HashMap::new());
        for learned in &self.lessons {
            self.counts[learned.kind as usize] += 1;
            let project = &projects[learned.project];
            if seen.insert(learned.project, ()).is_none() {
                let when = held(project).or(project.date.map(When::day));
                self.first = self.first.into_iter().chain(when).min_by_key(|when| when.to);
                self.last = self.last.into_iter().chain(when).max_by_key(|when| when.to);
            }
            let adopters = learned.told(projects).adopted_by.iter();
            for adopter in adopters.filter_map(|id| positions.get(id.value.as_str())) {
                if adopted.insert(*adopter, ()).is_none() {
                    self.adopters.push(*adopter);
                }
            }
        }
        self.projects = seen.len();
        // The order is stable: the newest project stays first within a kind.
        self.lessons.sort_by_key(|learned| learned.kind);
        self.recurrence = self.recurrence(projects);
    }

    fn recurrence(&self, projects: &[Project]) -> Recurrence {
        let mut hurt: Vec<usize> =
            self.lessons.iter().filter(|l| l.kind == Kind::PainPoint).map(|l| l.project).collect();
        hurt.dedup();
        if hurt.is_empty() {
            return Recurrence::NeverAProblem;
        }
        let mut acted: Vec<(When, usize)> =
            hurt.iter().filter_map(|at| Some((first_done(&projects[*at])?, *at))).collect();
        acted.sort_unstable_by_key(|(done, at)| (done.to, *at));
        let Some((first, _)) = acted.first() else { return Recurrence::NothingDone };
        let later = hurt.iter().filter_map(|at| {
            // The first action of another project: one of the two earliest.
            let (done, acted) = acted.iter().take(2).find(|(_, acted)| acted != at)?;
            let held = held(&projects[*at]).filter(|held| held.from > done.to)?;
            let live = went_live(&projects[*at]);
            if live.is_some_and(|live| live.from <= done.to) {
                return None;
            }
            Some((held, *at, *acted, *done))
        });
        let later: Vec<_> = later.collect();
        let latest = later.iter().max_by_key(|(held, at, ..)| (held.to, held.from, Reverse(*at)));
        match latest {
            None => Recurrence::NotSince { done: *first },
            Some((held, last, acted, done)) => Recurrence::CameBack {
                projects: later.len(),
                last: *last,
                held: *held,
                acted: *acted,
                done: *done,
            },
        }
    }
}

/// When a project held its post-mortem.
fn held(project: &Project) -> Option<When> {
    project.front().post_mortem.as_ref()?.held_on
}

/// When a project went live.
fn went_live(project: &Project) -> Option<When> {
    project.stages.iter().find(|stage| stage.key == "go_live")?.actual
}

/// When the first of a project's actions was done, of those that tell it.
fn first_done(project: &Project) -> Option<When> {
    let done = told(project).iter().filter(|action| action.status == ActionStatus::Done);
    done.filter_map(|action| action.done_on).min_by_key(|done| done.to)
}
