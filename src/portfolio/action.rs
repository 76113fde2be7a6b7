//! Actions: what post-mortems promised, how each stands on the day of the data, in the order in
//! which a reader needs them.
//!
//! An action's unit is its owner's, as the file tells it; nothing is guessed from the project.

use super::Project;
use super::project::is_overdue;
use super::unit::Units;
use crate::documents::post_mortem::{Action, ActionStatus};
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::ops::Index;

/// How an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Open, and past its day.
    Overdue,
    /// Open, and its day is yet to come, or none is told.
    Open,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

/// An action, by where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The project.
    pub project: usize,
    /// Its position among the project's.
    pub nth: usize,
    /// The unit of its owner, where one is told.
    pub unit: Option<usize>,
    /// How it stands.
    pub state: State,
    /// The days that have passed since it was due; 0 where it is not overdue.
    pub days: i32,
}

/// How many actions stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each counts what its name says")]
pub struct Count {
    pub overdue: usize,
    pub open: usize,
    pub done: usize,
    pub dropped: usize,
}

/// All actions: overdue ones first and the oldest of them first, then open ones by their day, then
/// what was done and what was dropped, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Actions {
    /// The actions.
    pub list: Vec<Promise>,
    /// How many stand how.
    pub count: Count,
    /// Projects whose post-mortem this edition withholds.
    pub withheld: usize,
}

impl State {
    /// Every state, in the order of the list.
    pub const ALL: [State; 4] = [State::Overdue, State::Open, State::Done, State::Dropped];

    /// How an action stands on a day.
    pub fn of(action: &Action, as_of: Date) -> State {
        match action.status {
            ActionStatus::Open if is_overdue(action, as_of) => State::Overdue,
            ActionStatus::Open => State::Open,
            ActionStatus::Done => State::Done,
            ActionStatus::Dropped => State::Dropped,
        }
    }

    /// As readers see it.
    pub fn words(self) -> &'static str {
        match self {
            State::Overdue => "Overdue",
            State::Open => "Open",
            State::Done => "Done",
            State::Dropped => "Dropped",
        }
    }
}

impl Count {
    /// How the actions of a project stand.
    pub fn of(project: &Project, as_of: Date) -> Count {
        let mut count = Count::default();
        told(project).iter().for_each(|action| count.add(State::of(action, as_of)));
        count
    }

    /// Counts one more.
    pub fn add(&mut self, state: State) {
        *match state {
            State::Overdue => &mut self.overdue,
            State::Open => &mut self.open,
            State::Done => &mut self.done,
            State::Dropped => &mut self.dropped,
        } += 1;
    }

    /// How many stand in a state.
    pub fn in_state(self, state: State) -> usize {
        match state {
            State::Overdue => self.overdue,
            State::Open => self.open,
            State::Done => self.done,
            State::Dropped => self.dropped,
        }
    }

    /// How many there are.
    pub fn all(self) -> usize {
        self.overdue + self.open + self.done + self.dropped
    }
}

/// The actions that a project tells.
pub fn told(project: &Project) -> &[Action] {
    project.front().post_mortem.as_ref().map_or(&[], |told| &told.actions)
}

impl Actions {
    /// Collects the actions of all projects.
    pub fn of(projects: &[Project], units: &Units, as_of: Date) -> Actions {
        let of = |(at, project): (usize, &Project)| -> Vec<Promise> {
            let promise = |(nth, action): (usize, &Action)| {
                let unit = action.owner.as_ref().and_then(|owner| owner.unit.as_ref());
                let state = State::of(action, as_of);
                let due = action.due.filter(|_| state == State::Overdue);
                let days = due.and_then(|due| as_of.since(due.to).ok());
                Promise {
                    project: at,
                    nth,
                    unit: unit.and_then(|unit| units.find(unit)),
                    state,
                    days: days.map_or(0, |span| span.get_days()),
                }
            };
            told(project).iter().enumerate().map(promise).collect()
        };
        let each = projects.par_iter().enumerate().with_max_len(64);
        let mut list: Vec<Promise> = each.flat_map_iter(of).collect();
        list.sort_by_cached_key(|promise| {
            let action = promise.told(projects);
            let due = action.due.map_or(Date::MAX, |due| due.to);
            let past = action.done_on.map_or(due, |done| done.to);
            match promise.state {
                State::Overdue | State::Open => (promise.state, due, Reverse(Date::MIN)),
                State::Done | State::Dropped => (promise.state, Date::MIN, Reverse(past)),
            }
        });
        let mut count = Count::default();
        list.iter().for_each(|promise| count.add(promise.state));
        let withheld = projects.iter().filter(|project| project.withholds("post_mortem")).count();
        Actions { list, count, withheld }
    }
}

impl Promise {
    /// The action as it is told, among all projects.
    pub fn told<P>(self, projects: &P) -> &Action
    where
        P: Index<usize, Output = Project> + ?Sized,
    {
        &told(&projects[self.project])[self.nth]
    }
}
