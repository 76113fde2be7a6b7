//! `costs.csv` and `benefits.csv`: who paid for each project, and what came back from it, by year.
//!
//! A row of costs without a unit is the part that no unit is told to have paid; a benefit without
//! an amount has one row without a year. What is withheld has its row and an empty cell.

use super::super::Pages;
use super::{derived, text};
use crate::documents::benefit::Benefit;
use crate::documents::money::{Amount, FiscalYear};
use crate::portfolio::Project;
use crate::portfolio::investment::{Investment, Known, Part};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) const COSTS: [&str; 5] = ["project", "unit", "percent", "amount", "currency"];

pub(super) const BENEFITS: [&str; 9] =
    ["project", "name", "kind", "unit", "year", "planned", "realized", "currency", "confirmed_by"];

impl Pages<'_> {
    /// A row for each unit that paid, and one for what is left.
    pub(super) fn cost_records<'p>(
        &self,
        project: &'p Project,
    ) -> impl Iterator<Item = [String; COSTS.len()]> + use<'p, '_> {
        let parts = project.investment.iter().flat_map(|i| i.parts.iter().map(move |p| (i, p)));
        parts.map(|(investment, part)| self.cost_record(project, investment, part))
    }

    fn cost_record(
        &self,
        project: &Project,
        investment: &Investment,
        part: &Part,
    ) -> [String; COSTS.len()] {
        let units = &self.portfolio.units.list;
        // A budget that is not spent is paid by no one yet.
        let spent = investment.actual != Known::Nothing;
        let paid = part.amount.value().filter(|_| spent);
        [
            project.id().to_string(),
            part.unit.map(|unit| units[unit].id.clone()).unwrap_or_default(),
            derived(part.percent.value()),
            derived(paid),
            investment.currency.clone(),
        ]
    }

    /// A row for each year of each benefit.
    pub(super) fn benefit_records<'p>(
        &self,
        project: &'p Project,
    ) -> impl Iterator<Item = [String; BENEFITS.len()]> + use<'p, '_> {
        project.front().benefits.iter().flat_map(move |benefit| {
            let years: BTreeSet<FiscalYear> =
                benefit.planned.keys().chain(benefit.realized.keys()).copied().collect();
            let without = years.is_empty().then_some(None);
            let years = years.into_iter().map(Some).chain(without);
            years.map(move |year| self.benefit_record(project, benefit, year))
        })
    }

    fn benefit_record(
        &self,
        project: &Project,
        benefit: &Benefit,
        year: Option<FiscalYear>,
    ) -> [String; BENEFITS.len()] {
        let units = &self.portfolio.units;
        let unit = benefit.unit.as_ref().and_then(|name| units.find(name));
        let exact = |amount: Option<&Decimal>| amount.map(Decimal::to_string).unwrap_or_default();
        let of = |amounts: &crate::documents::money::ByYear| {
            exact(year.and_then(|year| amounts.get(&year)).and_then(Amount::known))
        };
        let currency = project.investment.as_ref().map(|investment| investment.currency.clone());
        let confirmed = benefit.confirmed_by.as_ref().map(|person| self.person_record(person));
        // An empty cell would read as claimed.
        let confirmed = confirmed.map(|who| if who.is_empty() { "A person".into() } else { who });
        [
            project.id().to_string(),
            text(&benefit.name),
            benefit.kind.word().into(),
            unit.map(|unit| units.list[unit].id.clone()).unwrap_or_default(),
            year.map(|y| y.written(self.portfolio.settings.fiscal_year_start)).unwrap_or_default(),
            of(&benefit.planned),
            of(&benefit.realized),
            currency.filter(|_| benefit.kind.is_monetized()).unwrap_or_default(),
            confirmed.map(|name| text(&name)).unwrap_or_default(),
        ]
    }
}
