//! What the whole portfolio cost, who paid and what came back, by currency.
//!
//! Sums hold what is told and visible, and each says how many projects it holds. Amounts of two
//! currencies never meet, confirmed and claimed stand apart, and a return counts the cost of every
//! completed and stopped project, whether it brought something back or not.

use super::Project;
use super::investment::{self, Hidden, Inputs, Investment, Known, Today};
use super::returns::{Flows, Payback};
use super::spent::{self, BySpent};
use super::totals::Sum;
use super::unit::Units;
use crate::documents::benefit::{Benefit, BenefitKind};
use crate::documents::investment::Investment as Told;
use crate::documents::money::FiscalYear;
use crate::documents::project::Status;
use crate::documents::settings::Settings;
use crate::documents::unit::UnitKind;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Inputs of a return summed over projects, and how many could be summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Return {
    /// The sums.
    pub inputs: Inputs,
    /// The part of the benefits that someone confirmed.
    pub confirmed: Decimal,
    /// Projects in it, projects that withhold some of it, projects that tell none.
    pub told: Sum,
}

/// Benefits of one kind in one year; each sum knows how many amounts it could not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// What was planned.
    pub planned: Sum,
    /// What came and was confirmed.
    pub confirmed: Sum,
    /// What is claimed to have come.
    pub claimed: Sum,
}

/// What the projects of one year cost, and what IT paid of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItYear {
    /// What all units paid.
    pub paid: Decimal,
    /// What units of kind `it` paid.
    pub by_it: Decimal,
    /// Projects in it.
    pub projects: usize,
}

/// The money of one currency.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Returns of completed and stopped projects up to now, in cash.
    pub cash: Return,
    /// The same with all that counts in money.
    pub monetized: Return,
    /// Business cases of all projects, in cash.
    pub planned_cash: Return,
    /// The same with all that counts in money.
    pub planned: Return,
    /// Cost and cash of completed and stopped projects, by year.
    pub flows: Flows,
    /// Net present values of the business cases, each at its own beginning.
    pub npv: Sum,
    /// Benefits by year: cash, and money's worth.
    pub years: BTreeMap<FiscalYear, [Year; 2]>,
    /// Who paid, the largest payer first.
    pub payers: Vec<(usize, Sum)>,
    /// What no unit is told to have paid.
    pub unallocated: Sum,
    /// What IT paid, by the calendar year of the projects.
    pub it: BTreeMap<Option<i16>, ItYear>,
    /// What was spent, by how projects stand.
    pub spent: BySpent,
}

/// The value of the portfolio.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// By currency.
    pub ledgers: BTreeMap<String, Ledger>,
    /// All projects: those of a currency together, the site's own first; the newest first.
    pub order: Vec<(Option<String>, usize)>,
    /// Projects that keep their money to a narrower circle, and those that tell of none.
    pub silent: Silent,
    /// Of these, the completed and stopped ones.
    pub silent_ended: Silent,
}

/// Projects without money, for two reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Silent {
    /// It is withheld.
    pub withheld: usize,
    /// Nothing is told.
    pub untold: usize,
}

impl Value {
    /// Reckons all projects; `newest` is their order.
    pub fn of(
        projects: &[Project],
        newest: &[usize],
        units: &Units,
        settings: &Settings,
        as_of: Date,
    ) -> Value {
        let mut value = Value::default();
        let mut payers: BTreeMap<&str, BTreeMap<usize, Sum>> = BTreeMap::new();
        for (at, project) in projects.iter().enumerate() {
            let ended = has_ended(project);
            let Some(investment) = &project.investment else {
                value.silent.add(project);
                if ended {
                    value.silent_ended.add(project);
                }
                continue;
            };
            let ledger = value.ledgers.entry(investment.currency.clone()).or_default();
            ledger.add(project, investment, units);
            spent::add(&mut ledger.spent, at, project, investment);
            if ended {
                let today = Today::of(settings, as_of, Hidden::of(&project.shown));
                ledger.add_flows(project, today);
            }
            let into = payers.entry(&investment.currency).or_default();
            for (unit, part) in investment.parts.iter().filter_map(|part| Some((part.unit?, part)))
            {
                // A budget that is not spent is paid by no one yet.
                let paid = match investment.actual {
                    Known::Nothing => Known::Nothing,
                    _ => part.amount,
                };
                into.entry(unit).or_default().add(paid);
            }
        }
        for (currency, sums) in payers {
            let mut sums: Vec<_> = sums.into_iter().collect();
            sums.sort_by_key(|(unit, sum)| (std::cmp::Reverse(sum.amount), *unit));
            value.ledgers.entry(currency.to_string()).or_default().payers = sums;
        }
        value.ledgers.values_mut().for_each(|ledger| spent::order(&mut ledger.spent));
        value.order = order(projects, newest, &settings.currency);
        value
    }
}

impl Silent {
    fn add(&mut self, project: &Project) {
        match project.withholds("investment") {
            true => self.withheld += 1,
            false => self.untold += 1,
        }
    }
}

/// Whether its cost counts in the portfolio's return.
fn has_ended(project: &Project) -> bool {
    matches!(project.status, Status::Completed | Status::Stopped)
}

/// All projects by currency; those that tell of no cost come last.
fn order(projects: &[Project], newest: &[usize], own: &str) -> Vec<(Option<String>, usize)> {
    let currency = |at: usize| {
        let investment = projects[at].investment.as_ref()?;
        let told = [investment.actual, investment.budget].iter().any(|a| a.value().is_some());
        (told || !investment.parts.is_empty()).then(|| investment.currency.clone())
    };
    let mut order: Vec<_> = newest.iter().map(|at| (currency(*at), *at)).collect();
    order.sort_by(|(a, _), (b, _)| {
        let rank = |c: &Option<String>| (c.is_none(), c.as_deref() != Some(own));
        rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
    });
    order
}

impl Ledger {
    fn add(&mut self, project: &Project, investment: &Investment, units: &Units) {
        let (inputs, realized) = (&investment.inputs, &investment.realized);
        if has_ended(project) {
            self.cash.add(inputs.cash, realized.confirmed_cash);
            let confirmed = realized.confirmed_cash + realized.confirmed_other;
            self.monetized.add(inputs.monetized, confirmed);
        }
        self.planned_cash.add(inputs.planned_cash, Decimal::ZERO);
        self.planned.add(inputs.planned, Decimal::ZERO);
        self.npv.add(investment.npv);
        for benefit in &project.front().benefits {
            self.add_benefit(benefit);
        }
        self.add_parts(project, investment, units);
    }

    fn add_benefit(&mut self, benefit: &Benefit) {
        let kind = match benefit.kind {
            BenefitKind::CashReleasing => 0,
            BenefitKind::NonCashReleasing => 1,
            BenefitKind::Quantified | BenefitKind::Qualitative => return,
        };
        for (year, amount) in &benefit.planned {
            let entry = &mut self.years.entry(*year).or_default()[kind];
            entry.planned.add(Known::from(Some(amount)));
        }
        for (year, amount) in &benefit.realized {
            let entry = &mut self.years.entry(*year).or_default()[kind];
            let came = match benefit.confirmed_by {
                Some(_) => &mut entry.confirmed,
                None => &mut entry.claimed,
            };
            came.add(Known::from(Some(amount)));
        }
    }

    fn add_parts(&mut self, project: &Project, investment: &Investment, units: &Units) {
        let parts = &investment.parts;
        if investment.actual == Known::Nothing || parts.is_empty() {
            return;
        }
        for part in parts.iter().filter(|part| part.unit.is_none()) {
            self.unallocated.add(part.amount);
        }
        // A part of what is not all told has no whole to be a share of.
        if parts.iter().any(|part| part.amount.value().is_none()) {
            return;
        }
        let year = self.it.entry(project.year).or_default();
        year.projects += 1;
        for part in parts {
            let amount = part.amount.value().unwrap_or_default();
            let it = part.unit.is_some_and(|unit| units.list[unit].kind == UnitKind::It);
            year.paid += amount;
            year.by_it += if it { amount } else { Decimal::ZERO };
        }
    }

    fn add_flows(&mut self, project: &Project, today: Today<'_>) {
        let front = project.front();
        let nothing = Told::default();
        let told = front.investment.as_ref().unwrap_or(&nothing);
        let year = project.year.map_or(today.year, FiscalYear).min(today.year);
        if let Known::Told(flows) = investment::cash_flows(told, &front.benefits, today) {
            self.flows.add(&flows, year);
        }
    }

    /// When the cash of completed and stopped projects makes up for their cost.
    pub fn payback(&self) -> Option<Payback> {
        self.flows.payback(Decimal::ZERO)
    }

    /// The sums of each kind of benefit up to a year, or of all years.
    pub fn sums(&self, until: Option<FiscalYear>) -> [Year; 2] {
        let mut sums = [Year::default(); 2];
        let years = self.years.iter().filter(|(year, _)| until.is_none_or(|until| **year <= until));
        for (_, kinds) in years {
            for (sum, year) in sums.iter_mut().zip(kinds) {
                *sum += *year;
            }
        }
        sums
    }
}

impl Return {
    fn add(&mut self, inputs: Known<Inputs>, confirmed: Decimal) {
        self.told.add(inputs.map(|inputs| inputs.cost()));
        if let Known::Told(inputs) = inputs {
            self.inputs.benefit += inputs.benefit;
            self.inputs.invested += inputs.invested;
            self.inputs.running += inputs.running;
            self.confirmed += confirmed;
        }
    }
}

impl std::ops::AddAssign for Year {
    fn add_assign(&mut self, other: Year) {
        self.planned += other.planned;
        self.confirmed += other.confirmed;
        self.claimed += other.claimed;
    }
}
