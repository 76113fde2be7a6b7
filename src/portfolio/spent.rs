//! What was spent on which result: the cost of projects of one currency by how they stand.
//!
//! Sums hold what is told and visible, and know what they could not hold.

use super::Project;
use super::coverage::Coverage;
use super::investment::{Investment, Known};
use super::standing::Standing;
use super::totals::Sum;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The projects of one standing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// What they cost so far, where it is told.
    pub cost: Sum,
    /// Cash that came back and was confirmed.
    pub confirmed: Decimal,
    /// Cash that is claimed to have come back.
    pub claimed: Decimal,
    /// Benefits of theirs that are withheld.
    pub withheld: usize,
    /// Their KPIs.
    pub coverage: Coverage,
    /// Each cost that is told with its project, the largest first.
    pub projects: Vec<(usize, Decimal)>,
}

/// The projects of one currency, by how they stand.
pub type BySpent = BTreeMap<Standing, Spent>;

/// Adds a project; `at` is its position.
pub(super) fn add(all: &mut BySpent, at: usize, project: &Project, investment: &Investment) {
    let spent = all.entry(project.standing).or_default();
    spent.cost.add(investment.actual);
    spent.confirmed += investment.realized.confirmed_cash;
    spent.claimed += investment.realized.claimed_cash;
    spent.withheld += investment.realized.withheld;
    spent.coverage += project.coverage;
    if let Known::Told(cost) = investment.actual {
        spent.projects.push((at, cost));
    }
}

/// Puts the largest cost first; equal ones stay in the order of projects.
pub(super) fn order(all: &mut BySpent) {
    for spent in all.values_mut() {
        spent.projects.sort_by_key(|(at, cost)| (Reverse(*cost), *at));
    }
}
