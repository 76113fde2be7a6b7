//! The list of projects, explored.

use super::super::here::Here;
use super::columns::ranked;
use super::{CellOf, Choice, Order, Orders};
use crate::portfolio::Project;
use crate::portfolio::alphabet::Place;
use crate::portfolio::known::Known;
use rust_decimal::Decimal;

/// What the list can be ordered by.
pub(super) const ORDERS: Orders = &["title", "unit", "status", "standing", "kpi", "year", "cost"];

impl Here<'_> {
    pub(super) fn choice_in_projects(&self, id: &'static str) -> Choice<'_> {
        self.prebuilt_choice(id, self.portfolio().newest.to_vec())
    }

    pub(super) fn order_in_projects(&self, id: &str) -> Order {
        let portfolio = self.portfolio();
        let all: Vec<&Project> =
            portfolio.newest.iter().map(|at| &portfolio.projects[*at]).collect();
        let unit = |project: &Project| {
            project.unit.map(|unit| Place::of(&portfolio.units.list[unit].name))
        };
        match id {
            "title" => ranked(&keys(&all, |project| Some(Place::of(project.title())))),
            "unit" => ranked(&keys(&all, unit)),
            "status" => ranked(&keys(&all, |project| Some(project.status))),
            "standing" => ranked(&keys(&all, |project| Some(project.standing))),
            "kpi" => ranked(&keys(&all, progress)),
            "year" => ranked(&keys(&all, |project| project.year)),
            _ => ranked(&keys(&all, cost)),
        }
    }

    pub(super) fn explored_project(&self, row: usize) -> Vec<CellOf> {
        let at = self.portfolio().newest[row];
        let (project, row) = (&self.portfolio().projects[at], self.row(at));
        let standing = self.standing_badge(project.standing);
        let year = match row.year.as_str() {
            "" => CellOf::of([self.say("No date"), "", "", "a", ""]),
            year => CellOf::of([year, "", "", "", ""]),
        };
        vec![
            CellOf::of([&row.title, "", &row.href, "", ""]),
            CellOf::of([&row.unit, "", "", "", ""]),
            CellOf::of([&row.status, "", "", "", ""]),
            CellOf::of([&standing.word, "", "", standing.tone, ""]),
            CellOf::cell(&self.headline(project)),
            year,
            CellOf::cell(&self.cost(project)),
        ]
    }
}

pub(super) fn keys<'p, T>(
    all: &[&'p Project],
    key: impl Fn(&'p Project) -> Option<T>,
) -> Vec<Option<T>> {
    all.iter().map(|project| key(project)).collect()
}

/// How far the headline KPI has come, which is what two KPIs of different measures have in common.
fn progress(project: &Project) -> Option<Decimal> {
    project.headline.and_then(|at| project.kpis[at].progress)
}

/// What it cost, or its budget; amounts of two currencies stand apart.
fn cost(project: &Project) -> Option<(&str, Decimal)> {
    let investment = project.investment.as_ref()?;
    let amount = match (investment.actual, investment.budget) {
        (Known::Told(amount), _) | (Known::Nothing, Known::Told(amount)) => amount,
        _ => return None,
    };
    Some((investment.currency.as_str(), amount))
}
