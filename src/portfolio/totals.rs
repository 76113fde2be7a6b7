//! Totals over all projects, each with its coverage; amounts of two currencies are never added.

use super::coverage::Coverage;
use super::investment::{Investment, Known, Part};
use super::project::is_overdue;
use super::returns;
use super::standing::Standing;
use super::unit::Units;
use super::{Project, stage::Stage};
use crate::documents::project::Status;
use crate::documents::unit::UnitKind;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A sum of visible amounts, and how many could be summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum.
    pub amount: Decimal,
    /// Amounts in it.
    pub counted: usize,
    /// Amounts that are withheld.
    pub withheld: usize,
    /// Projects that tell none.
    pub untold: usize,
}

/// Money in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// What was spent, where it is told.
    pub invested: Sum,
    /// Budgets, where they are told.
    pub budget: Sum,
    /// First budget − actual of completed and stopped projects that tell both.
    pub variance: Sum,
    /// The first budgets that the variance is held against.
    pub variance_base: Decimal,
    /// Cash that someone confirmed.
    pub confirmed_cash: Decimal,
    /// Cash that is claimed.
    pub claimed_cash: Decimal,
    /// Money's worth, confirmed or claimed.
    pub other: Decimal,
    /// Realized benefits that are withheld.
    pub benefits_withheld: usize,
    /// Cash that was planned by now.
    pub planned_cash: Decimal,
    /// Cost so far of completed and stopped projects, benefits or not.
    pub cost_to_date: Sum,
    /// Cash realized by those projects.
    pub returned: Decimal,
    /// What units of kind `it` paid, of what all units paid.
    pub paid_by_it: Decimal,
    /// What all units paid, where shares are told.
    pub paid: Sum,
}

/// Everything home sums.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Projects by status and standing.
    standings: BTreeMap<(Status, Standing), usize>,
    /// KPIs by what is known of them.
    pub coverage: Coverage,
    /// Money by currency.
    pub money: BTreeMap<String, Money>,
    /// Actions that are overdue.
    pub overdue_actions: usize,
    /// Actions that are open.
    pub open_actions: usize,
}

impl Totals {
    /// Sums all projects.
    pub fn of(projects: &[Project], units: &Units, as_of: Date) -> Totals {
        let mut totals = Totals::default();
        for project in projects {
            *totals.standings.entry((project.status, project.standing)).or_default() += 1;
            totals.coverage += project.coverage;
            for action in project.front().post_mortem.iter().flat_map(|p| &p.actions) {
                let open = action.status == crate::documents::post_mortem::ActionStatus::Open;
                totals.open_actions += usize::from(open);
                totals.overdue_actions += usize::from(is_overdue(action, as_of));
            }
            if let Some(investment) = &project.investment {
                let money = totals.money.entry(investment.currency.clone()).or_default();
                money.add(investment, project.status, units);
            }
        }
        totals
    }

    /// How many projects are of a status; they always sum to the whole.
    pub fn of_status(&self, status: Status) -> usize {
        self.standings_of(status).map(|(_, count)| count).sum()
    }

    /// How many of these are of each standing that there is.
    pub fn standings_of(&self, status: Status) -> impl Iterator<Item = (Standing, usize)> {
        let of = self.standings.iter().filter(move |((its, _), _)| *its == status);
        of.map(|((_, standing), count)| (*standing, *count))
    }

    /// How many projects are of each standing that there is; they always sum to the whole.
    pub fn standings(&self) -> BTreeMap<Standing, usize> {
        let mut standings = BTreeMap::new();
        for ((_, standing), count) in &self.standings {
            *standings.entry(*standing).or_default() += count;
        }
        standings
    }
}

impl Money {
    fn add(&mut self, investment: &Investment, status: Status, units: &Units) {
        self.invested.add(investment.actual);
        self.budget.add(investment.budget);
        let ended = matches!(status, Status::Completed | Status::Stopped);
        if ended {
            self.variance.add(match (investment.first_budget, investment.actual) {
                (Known::Told(budget), Known::Told(actual)) => {
                    self.variance_base += budget;
                    Known::Told(budget - actual)
                }
                (Known::Withheld, _) | (_, Known::Withheld) => Known::Withheld,
                _ => Known::Nothing,
            });
            self.cost_to_date.add(investment.cost_to_date.or(investment.actual));
            if investment.cost_to_date.value().is_some() {
                self.returned +=
                    investment.realized.confirmed_cash + investment.realized.claimed_cash;
            }
        }
        self.confirmed_cash += investment.realized.confirmed_cash;
        self.claimed_cash += investment.realized.claimed_cash;
        self.other += investment.realized.confirmed_other + investment.realized.claimed_other;
        self.benefits_withheld += investment.realized.withheld;
        self.planned_cash += investment.planned_cash_by_now;
        self.add_parts(investment, units);
    }

    /// Who paid, where every part of it is told.
    fn add_parts(&mut self, investment: &Investment, units: &Units) {
        let parts = &investment.parts;
        let hidden = parts.iter().any(|part| part.amount == Known::Withheld);
        let paid: Decimal = parts.iter().filter_map(|part| part.amount.value()).sum();
        let of_it = |part: &&Part| part.unit.is_some_and(|at| units.list[at].kind == UnitKind::It);
        let by_it: Decimal =
            parts.iter().filter(of_it).filter_map(|part| part.amount.value()).sum();
        match investment.actual {
            Known::Withheld => self.paid.add(Known::Withheld),
            Known::Told(_) if hidden => self.paid.add(Known::Withheld),
            Known::Told(_) if !parts.is_empty() => {
                self.paid.add(Known::Told(paid));
                self.paid_by_it += by_it;
            }
            // A budget that is not spent is paid by no one yet.
            _ => self.paid.add(Known::Nothing),
        }
    }

    /// The return to date on all that was spent on ended projects, in cash.
    pub fn roi(&self) -> Option<Decimal> {
        returns::roi(self.returned, self.cost_to_date.amount)
    }

    /// IT's part of what was paid.
    pub fn it_share(&self) -> Option<Decimal> {
        (self.paid.amount > Decimal::ZERO).then(|| self.paid_by_it / self.paid.amount)
    }
}

impl Sum {
    /// Adds an amount, or the word that there is none to add.
    pub fn add(&mut self, amount: Known<Decimal>) {
        match amount {
            Known::Told(amount) => {
                self.amount += amount;
                self.counted += 1;
            }
            Known::Withheld => self.withheld += 1,
            Known::Nothing => self.untold += 1,
        }
    }
}

impl std::ops::AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        self.amount += other.amount;
        self.counted += other.counted;
        self.withheld += other.withheld;
        self.untold += other.untold;
    }
}

/// Whether a benefits review is past its day without having been held.
pub fn review_overdue(stages: &[Stage], as_of: Date) -> Option<Stage> {
    let review = stages.iter().find(|stage| stage.key == "benefits_review")?;
    let late = review.actual.is_none() && review.planned.is_some_and(|day| day.to < as_of);
    late.then_some(*review)
}
