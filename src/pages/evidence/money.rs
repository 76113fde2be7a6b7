//! The figures of money: budget and cost, who paid, benefits by year, and what returns follow from.

use super::super::Here;
use super::super::kpi::ended;
use super::super::view::FigureRow;
use super::{derived, four, given, measured, told};
use crate::documents::investment::Investment as Told;
use crate::documents::money::{Amount, ByYear, FiscalYear, Share};
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::investment::{self, Hidden, Inputs, Investment, Known, Today};
use crate::portfolio::returns::{Flows, Payback};
use rust_decimal::Decimal;

const TO_DATE: &str = "(realized − cost so far) ÷ cost so far";
const CASE: &str = "(planned − cost) ÷ cost, with cost = budget + planned running";

impl Here<'_> {
    /// Budget and cost as told, variance and shares as derived.
    pub(super) fn cost_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let (Some(tells), Some(investment)) = (&project.front().investment, &project.investment)
        else {
            return Vec::new();
        };
        let money = |amount: &Decimal| format!("{amount} {}", investment.currency);
        let amount = |name: &str, at: &str, amount: &Option<Amount>| {
            let row = told(name.into(), String::new(), format!("investment.{at}"));
            amount.as_ref().map(|amount| given(row, amount, money).from(tells.source.as_ref()))
        };
        let mut rows = Vec::new();
        if let Some(budget) = &tells.budget {
            rows.extend(amount("Budget", "budget", &Some(budget.amount.clone())));
            for (nth, was) in budget.was.iter().enumerate() {
                let row = told(
                    "Former budget".into(),
                    money(&was.value),
                    format!("investment.budget.was[{nth}]"),
                );
                let until = was.until.map(|until| format!("until {}", until.iso()));
                let why = was.why.as_ref().map(|why| format!("Changed: {}", ended(why)));
                rows.push(FigureRow {
                    on: until.unwrap_or_else(|| "no date".into()),
                    ..row.because(why.unwrap_or_else(|| "No reason is given.".into()))
                });
            }
        }
        rows.extend(amount("Actual cost", "actual", &tells.actual));
        if tells.actual.is_none() && !tells.costs.is_empty() {
            let how = "The sum of the costs by year.";
            rows.push(derived("Actual cost", investment.actual.map(|a| money(&a)), how.into()));
        }
        for (name, key, years) in
            [("Cost", "costs", &tells.costs), ("Running cost", "running", &tells.running)]
        {
            let at = format!("investment.{key}");
            rows.extend(
                self.yearly(name, &at, years, money).map(|r| r.from(tells.source.as_ref())),
            );
        }
        rows.extend(amount("Capital part", "capex", &tells.capex));
        rows.extend(amount("Operating part", "opex", &tells.opex));
        rows.extend(variance(project, investment));
        self.share_proofs(tells, investment, &mut rows);
        rows
    }

    fn yearly<'a>(
        &'a self,
        name: &'a str,
        at: &'a str,
        years: &'a ByYear,
        write: impl Fn(&Decimal) -> String + 'a,
    ) -> impl Iterator<Item = FigureRow> + 'a {
        years.iter().map(move |(year, amount)| {
            let written = self.format().fiscal_year(*year);
            let row = told(format!("{name}, {written}"), String::new(), format!("{at}.{written}"));
            given(row, amount, &write)
        })
    }

    fn share_proofs(&self, tells: &Told, investment: &Investment, rows: &mut Vec<FigureRow>) {
        let units = &self.portfolio().units;
        let whole = investment.actual.or(investment.budget);
        for share in &tells.shares {
            let name = self.unit_name(&share.unit);
            let value = match &share.share {
                Share::Percent(percent) => Known::Told(format!("{percent} %")),
                Share::Amount(amount) => Known::Told(format!("{amount} {}", investment.currency)),
                Share::Withheld(_) => Known::Withheld,
            };
            let at = format!("investment.shares.{}", share.unit.value);
            let row = derived(format!("Share of {name}"), value, String::new());
            let row = match &share.share {
                Share::Withheld(why) => {
                    FigureRow { value: format!("Withheld: {why}"), how: String::new(), ..row }
                }
                _ => row.from(tells.source.as_ref()),
            };
            rows.push(FigureRow { at, ..row });
            let unit = units.find(&share.unit);
            let Some(part) = investment.parts.iter().find(|part| part.unit == unit) else {
                continue;
            };
            let known = whole.value().unwrap_or_default();
            rows.push(match &share.share {
                Share::Percent(percent) => derived(
                    format!("Amount of {name}"),
                    part.amount.map(|amount| format!("{} {}", four(amount), investment.currency)),
                    format!("share × {} = {percent} % × {known}", basis(investment)),
                ),
                Share::Amount(amount) => derived(
                    format!("Percentage of {name}"),
                    part.percent.map(|percent| format!("{} %", four(percent))),
                    format!("amount ÷ {} = {amount} ÷ {known}", basis(investment)),
                ),
                Share::Withheld(_) => continue,
            });
        }
        for part in investment.parts.iter().filter(|part| part.unit.is_none()) {
            let percent = part.percent.value().map(four).unwrap_or_default();
            rows.push(derived(
                "Unallocated",
                part.amount
                    .map(|amount| format!("{} {}, {percent} %", four(amount), investment.currency)),
                "100 % − the sum of the shares".into(),
            ));
        }
    }

    /// Benefits, planned and realized, by year.
    pub(super) fn benefit_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let currency = project.investment.as_ref().map_or("", |i| i.currency.as_str());
        let mut rows = Vec::new();
        for (nth, benefit) in project.front().benefits.iter().enumerate() {
            let measure = benefit.measure.as_deref().unwrap_or_default();
            let unit = if benefit.kind.is_monetized() { currency } else { measure };
            let kind = benefit.kind.word().replace('_', " ");
            let by = match &benefit.confirmed_by {
                Some(person) => format!("Confirmed by {}", self.person(person)),
                None => "Claimed, confirmed by no one".into(),
            };
            for (word, years) in [("planned", &benefit.planned), ("realized", &benefit.realized)] {
                let name = format!("{}: {word}", benefit.name);
                let at = format!("benefits[{nth}].{word}");
                for row in self.yearly(&name, &at, years, |amount| measured(*amount, unit)) {
                    let row = row.from(benefit.source.as_ref()).because(kind.clone());
                    let by =
                        if word == "realized" && !row.absent { by.clone() } else { String::new() };
                    rows.push(FigureRow { by, ..row });
                }
            }
            if benefit.planned.is_empty() && benefit.realized.is_empty() {
                let row =
                    told(benefit.name.clone(), "No amount".into(), format!("benefits[{nth}]"));
                rows.push(FigureRow { absent: true, ..row.because(kind) });
            }
        }
        rows
    }

    /// Returns, payback and present value, each with its inputs.
    pub(super) fn return_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let Some(reckoned) = &project.investment else { return Vec::new() };
        let inputs = &reckoned.inputs;
        let mut rows = Vec::new();
        for (name, of, formula) in [
            ("Return to date, cash only", inputs.cash, TO_DATE),
            ("Return to date, all in money", inputs.monetized, TO_DATE),
            ("Return in the business case, cash only", inputs.planned_cash, CASE),
            ("Return in the business case, all in money", inputs.planned, CASE),
        ] {
            rows.push(roi(name, of, formula));
        }
        let (settings, as_of) = (&self.portfolio().settings, self.portfolio().as_of);
        let today = Today::of(settings, as_of, Hidden::of(&project.shown));
        let front = project.front();
        let nothing = Told::default();
        let tells = front.investment.as_ref().unwrap_or(&nothing);
        let cash = investment::cash_flows(tells, &front.benefits, today);
        let cash = cash.map(|flows| self.flows_by_year(&flows)).value().unwrap_or_default();
        let way = |rate: &str| {
            format!(
                "Years before the one in which the cash makes up for the cost, plus unrecovered ÷ \
                 that year’s inflow{rate}. Inflow is cash realized − running cost. {cash}"
            )
        };
        rows.push(self.payback_proof("Payback", reckoned.payback, way("")));
        let Some(rate) = settings.discount_rate else { return rows };
        let rate = rate.normalize();
        let discounted = way(&format!(", each year ÷ (1 + {rate})^t"));
        let after = reckoned.payback_discounted;
        rows.push(self.payback_proof("Payback, discounted", after, discounted));
        let planned = investment::planned_flows(tells, &front.benefits, today);
        let how = match planned.map(|flows| self.flows_by_year(&flows)).value() {
            Some(years) => {
                format!("Σ (inflow − cost) ÷ (1 + {rate})^t over all years. {years}")
            }
            None => "Budget and planned benefits are not both told.".into(),
        };
        let npv = reckoned.npv.map(|npv| format!("{} {}", four(npv), reckoned.currency));
        rows.push(derived("Net present value of the business case", npv, how));
        rows
    }

    /// "t = 0, 2024: cost 655000, inflow 61000; …".
    fn flows_by_year(&self, flows: &Flows) -> String {
        let years = flows.years();
        let each = years.iter().enumerate().map(|(t, (year, out, inflow))| {
            format!("t = {t}, {}: cost {out}, inflow {inflow}", self.format().fiscal_year(*year))
        });
        each.collect::<Vec<_>>().join("; ")
    }

    fn payback_proof(&self, name: &str, payback: Known<Payback>, how: String) -> FigureRow {
        let until = |year: FiscalYear| self.format().fiscal_year(year);
        let value = payback.map(|payback| match payback {
            Payback::Years(years) => format!("{} years", four(years)),
            Payback::Recovered(part, year) => {
                format!("{} % recovered by {}", four(part * Decimal::ONE_HUNDRED), until(year))
            }
        });
        derived(name, value, how)
    }
}

fn basis(investment: &Investment) -> &'static str {
    match investment.actual {
        Known::Nothing => "budget",
        _ => "actual cost",
    }
}

/// First budget − actual, of what is completed or stopped.
fn variance(project: &Project, investment: &Investment) -> Option<FigureRow> {
    let ended = matches!(project.status, Status::Completed | Status::Stopped);
    let row = match (investment.first_budget, investment.actual) {
        (Known::Told(budget), Known::Told(actual)) => derived(
            "Variance",
            Known::Told(format!("{} {}", budget - actual, investment.currency)),
            format!("first budget − actual cost = {budget} − {actual}"),
        ),
        (Known::Withheld, _) | (_, Known::Withheld) => {
            derived("Variance", Known::Withheld, String::new())
        }
        _ => {
            derived("Variance", Known::Nothing, "Budget and actual cost are not both told.".into())
        }
    };
    ended.then_some(row)
}

fn roi(name: &str, of: Known<Inputs>, formula: &str) -> FigureRow {
    let how = match of {
        Known::Told(of) => {
            let (benefit, cost) = (of.benefit, of.cost());
            format!(
                "{formula} = ({benefit} − {cost}) ÷ {cost}; cost is {} and {} for running",
                of.invested, of.running
            )
        }
        _ => "Costs and benefits are not both told.".into(),
    };
    let value = of.and_then(|of| of.roi());
    derived(name, value.map(|roi| format!("{} %", four(roi * Decimal::ONE_HUNDRED))), how)
}
