//! The register of actions, explored.

use super::super::here::Here;
use super::columns::ranked;
use super::{CellOf, Choice, Order, Orders};
use crate::documents::post_mortem::{Action, Priority};
use crate::portfolio::action::{Promise, State};
use crate::portfolio::alphabet::Place;

/// What it can be narrowed by.
pub(super) const CHOICES: &[(&str, &str)] =
    &[("state", "State"), ("owned", "Unit"), ("priority", "Priority"), ("status", "Status")];

/// What it can be ordered by.
pub(super) const ORDERS: Orders = &["action", "state", "due", "owner", "unit"];

const PRIORITIES: [(&str, &str, Priority); 3] = [
    ("high", "High priority", Priority::High),
    ("medium", "Medium priority", Priority::Medium),
    ("low", "Low priority", Priority::Low),
];

fn state_id(state: State) -> &'static str {
    match state {
        State::Overdue => "overdue",
        State::Open => "open",
        State::Done => "done",
        State::Dropped => "dropped",
    }
}

/// Which of the states an action is in.
fn state(promise: &Promise) -> Option<usize> {
    State::ALL.iter().position(|own| *own == promise.state)
}

impl Here<'_> {
    fn every_action(&self) -> impl Iterator<Item = (&Promise, &Action)> {
        let portfolio = self.portfolio();
        portfolio.actions.list.iter().map(|promise| (promise, promise.told(&portfolio.projects)))
    }

    pub(super) fn choice_in_actions(&self, id: &'static str) -> Choice<'_> {
        match id {
            "state" => {
                let words = State::ALL.map(|state| (state_id(state), state.words()));
                let all = || self.every_action().map(|(promise, _)| state(promise)).collect();
                self.choice_of_words(&words, all)
            }
            "owned" => self.by_owning_unit(),
            "priority" => {
                let priority = |action: &Action| {
                    PRIORITIES.iter().position(|(_, _, own)| Some(*own) == action.priority)
                };
                let words = PRIORITIES.map(|(id, words, _)| (id, words));
                let all = move || self.every_action().map(|(_, action)| priority(action)).collect();
                self.choice_of_words(&words, all)
            }
            _ => {
                let projects = self.portfolio().actions.list.iter().map(|p| p.project);
                self.prebuilt_choice(id, projects.collect())
            }
        }
    }

    pub(super) fn order_in_actions(&self, id: &str) -> Order {
        let portfolio = self.portfolio();
        let unit = |promise: &Promise| {
            promise.unit.map(|unit| Place::of(&portfolio.units.list[unit].name))
        };
        match id {
            "action" => {
                let text = self.every_action().map(|(_, action)| Some(Place::of(&action.text)));
                ranked(&text.collect::<Vec<_>>())
            }
            "state" => ranked(&self.every_action().map(|(p, _)| state(p)).collect::<Vec<_>>()),
            "due" => {
                let due = self.every_action().map(|(_, action)| action.due.map(|due| due.to));
                ranked(&due.collect::<Vec<_>>())
            }
            "owner" => {
                let owner = |action: &Action| {
                    action.owner.as_ref().map(|owner| Place::of(&self.person_name(owner)))
                };
                ranked(&self.every_action().map(|(_, action)| owner(action)).collect::<Vec<_>>())
            }
            _ => ranked(&self.every_action().map(|(p, _)| unit(p)).collect::<Vec<_>>()),
        }
    }

    /// By the unit of the action's owner, which need not be that of the project.
    fn by_owning_unit(&self) -> Choice<'_> {
        let units = &self.portfolio().units;
        let order = units.by_name();
        let place = |unit: usize| order.iter().position(|own| *own == unit);
        let places: Vec<Option<usize>> = (0..units.list.len()).map(place).collect();
        Choice {
            values: order
                .iter()
                .map(|unit| (units.list[*unit].id.clone(), units.list[*unit].name.clone()))
                .collect(),
            of: Box::new(move || {
                let place = |promise: &Promise| promise.unit.and_then(|unit| places[unit]);
                self.every_action().map(|(p, _)| place(p).into_iter().collect()).collect()
            }),
        }
    }

    pub(super) fn explored_action(&self, row: usize) -> Vec<CellOf> {
        let row = self.promise(self.portfolio().actions.list[row]);
        let project_href = row.project.href.as_deref().unwrap_or_default();
        let owner_href = row.owner_href.as_deref().unwrap_or_default();
        let absent = |absent: bool| if absent { "a" } else { "" };
        vec![
            CellOf::of([&row.text, &row.project.text, "", "", project_href]),
            CellOf::of([&row.badge.word, &row.sub, "", row.badge.tone, ""]),
            CellOf::cell(&row.due),
            CellOf::of([&row.owner.text, &row.owner.sub, owner_href, absent(row.owner.absent), ""]),
            match &row.unit.href {
                Some(href) => CellOf::of([&row.unit.text, "", href, "", ""]),
                None => CellOf::of([self.say("No unit"), "", "", "a", ""]),
            },
        ]
    }
}
