//! The figures of money: budget and cost, who paid, benefits by year, and what returns follow from.

use super::super::Here;
use super::super::benefit::kind_words;
use super::super::view::FigureRow;
use super::{entry, four, four_with, measured, told, with};
use crate::documents::investment::Investment as Told;
use crate::documents::money::{Amount, ByYear, Share};
use crate::documents::project::Status;
use crate::pages::format::raw;
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
        let money = |amount: &Decimal| with(*amount, &investment.currency);
        let amount = |name: &'static str, at: &str, amount: &Option<Amount>| {
            let row = told(self.say(name).into(), String::new(), format!("investment.{at}"));
            let row = self.given(row, amount.as_ref()?, money);
            Some(row.from(tells.source.as_ref(), self))
        };
        let mut rows = Vec::new();
        if let Some(budget) = &tells.budget {
            rows.extend(amount("Budget", "budget", &Some(budget.amount.clone())));
            for (nth, was) in budget.was.iter().enumerate() {
                let row = told(
                    self.say("Former budget").into(),
                    money(&was.value),
                    format!("investment.budget.was[{nth}]"),
                );
                let row = row.because(self.why_changed(was.why.as_ref()));
                rows.push(FigureRow { on: self.held_until(was.until), ..row });
            }
        }
        rows.extend(amount("Actual cost", "actual", &tells.actual));
        if tells.actual.is_none() && !tells.costs.is_empty() {
            let how = self.say("The sum of the costs by year.").into();
            let sum = investment.actual.map(|actual| money(&actual));
            rows.push(self.derived(self.say("Actual cost"), sum, how));
        }
        for (name, key, years) in
            [("Cost", "costs", &tells.costs), ("Running cost", "running", &tells.running)]
        {
            let at = format!("investment.{key}");
            let years = self.yearly(self.say(name), &at, years, money);
            rows.extend(years.map(|row| row.from(tells.source.as_ref(), self)));
        }
        rows.extend(amount("Capital part", "capex", &tells.capex));
        rows.extend(amount("Operating part", "opex", &tells.opex));
        rows.extend(self.variance_proof(project, investment));
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
            self.given(row, amount, &write)
        })
    }

    fn share_proofs(&self, tells: &Told, investment: &Investment, rows: &mut Vec<FigureRow>) {
        let units = &self.portfolio().units;
        let whole = investment.actual.or(investment.budget);
        for share in &tells.shares {
            let name = self.unit_name(&share.unit);
            let value = match &share.share {
                Share::Percent(percent) => Known::Told(with(*percent, "%")),
                Share::Amount(amount) => Known::Told(with(*amount, &investment.currency)),
                Share::Withheld(_) => Known::Withheld,
            };
            let at = format!("investment.shares.{}", share.unit.value);
            let of = [("unit", name.as_str())];
            let row = self.derived(self.fill("Share of {unit}", &of), value, String::new());
            let row = match &share.share {
                Share::Withheld(why) => {
                    let value = self.fill("Withheld: {why}", &[("why", why)]);
                    FigureRow { value, how: String::new(), ..row }
                }
                _ => row.from(tells.source.as_ref(), self),
            };
            rows.push(FigureRow { at, ..row });
            let unit = units.find(&share.unit);
            let Some(part) = investment.parts.iter().find(|part| part.unit == unit) else {
                continue;
            };
            let known = raw(whole.value().unwrap_or_default());
            let with = [("basis", self.say(basis(investment))), ("whole", &known)];
            rows.push(match &share.share {
                Share::Percent(percent) => self.derived(
                    self.fill("Amount of {unit}", &of),
                    part.amount.map(|amount| four_with(amount, &investment.currency)),
                    self.fill(
                        "share × {basis} = {share} % × {whole}",
                        &[with[0], with[1], ("share", &raw(*percent))],
                    ),
                ),
                Share::Amount(amount) => self.derived(
                    self.fill("Percentage of {unit}", &of),
                    part.percent.map(|percent| four_with(percent, "%")),
                    self.fill(
                        "amount ÷ {basis} = {amount} ÷ {whole}",
                        &[with[0], with[1], ("amount", &raw(*amount))],
                    ),
                ),
                Share::Withheld(_) => continue,
            });
        }
        for part in investment.parts.iter().filter(|part| part.unit.is_none()) {
            let percent = part.percent.value().map(four).unwrap_or_default();
            rows.push(
                self.derived(
                    self.say("Unallocated"),
                    part.amount.map(|amount| {
                        format!("{} {}, {percent} %", four(amount), investment.currency)
                    }),
                    self.say("100 % − the sum of the shares").into(),
                ),
            );
        }
    }

    /// Benefits, planned and realized, by year.
    pub(super) fn benefit_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let currency = project.investment.as_ref().map_or("", |i| i.currency.as_str());
        let mut rows = Vec::new();
        for (nth, benefit) in project.front().benefits.iter().enumerate() {
            let measure = benefit.measure.as_deref().unwrap_or_default();
            let unit = if benefit.kind.is_monetized() { currency } else { measure };
            let kind = self.say(kind_words(benefit.kind));
            let by = match &benefit.confirmed_by {
                Some(person) => {
                    self.fill("Confirmed by {person}", &[("person", &self.person(person))])
                }
                None => self.say("Claimed, confirmed by no one").into(),
            };
            for (what, word, years) in [
                ("{name}: planned", ".planned", &benefit.planned),
                ("{name}: realized", ".realized", &benefit.realized),
            ] {
                let name = self.fill(what, &[("name", &benefit.name)]);
                let at = entry("benefits", nth, word);
                for row in self.yearly(&name, &at, years, |amount| measured(*amount, unit)) {
                    let row = row.from(benefit.source.as_ref(), self).because(kind);
                    let by =
                        if word == ".realized" && !row.absent { by.clone() } else { String::new() };
                    rows.push(FigureRow { by, ..row });
                }
            }
            if benefit.planned.is_empty() && benefit.realized.is_empty() {
                let none = self.say("No amount").into();
                let row = told(benefit.name.clone(), none, entry("benefits", nth, ""));
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
            rows.push(self.roi_proof(name, of, formula));
        }
        let (settings, as_of) = (&self.portfolio().settings, self.portfolio().as_of);
        let today = Today::of(settings, as_of, Hidden::of(&project.shown));
        let front = project.front();
        let nothing = Told::default();
        let tells = front.investment.as_ref().unwrap_or(&nothing);
        let cash = investment::cash_flows(tells, &front.benefits, today);
        let cash = cash.map(|flows| self.flows_by_year(&flows)).value().unwrap_or_default();
        let way = self.fill(
            "Years before the one in which the cash makes up for the cost, plus unrecovered ÷ that \
             year’s inflow. Inflow is cash realized − running cost. {years}",
            &[("years", &cash)],
        );
        rows.push(self.payback_proof("Payback", reckoned.payback, way));
        let Some(rate) = settings.discount_rate else { return rows };
        let rate = rate.normalize().to_string();
        let way = self.fill(
            "Years before the one in which the cash makes up for the cost, plus unrecovered ÷ that \
             year’s inflow, each year ÷ (1 + {rate})^t. Inflow is cash realized − running cost. \
             {years}",
            &[("rate", &rate), ("years", &cash)],
        );
        let after = reckoned.payback_discounted;
        rows.push(self.payback_proof("Payback, discounted", after, way));
        let planned = investment::planned_flows(tells, &front.benefits, today);
        let how = match planned.map(|flows| self.flows_by_year(&flows)).value() {
            Some(years) => self.fill(
                "Σ (inflow − cost) ÷ (1 + {rate})^t over all years. {years}",
                &[("rate", &rate), ("years", &years)],
            ),
            None => self.say("Budget and planned benefits are not both told.").into(),
        };
        let npv = reckoned.npv.map(|npv| four_with(npv, &reckoned.currency));
        rows.push(self.derived(self.say("Net present value of the business case"), npv, how));
        rows
    }

    /// "t = 0, 2024: cost 655000, inflow 61000; …".
    fn flows_by_year(&self, flows: &Flows) -> String {
        let years = flows.years();
        let each = years.iter().enumerate().map(|(t, (year, out, inflow))| {
            self.fill(
                "t = {t}, {year}: cost {cost}, inflow {inflow}",
                &[
                    ("t", &t.to_string()),
                    ("year", &self.format().fiscal_year(*year)),
                    ("cost", &raw(*out)),
                    ("inflow", &raw(*inflow)),
                ],
            )
        });
        each.collect::<Vec<_>>().join("; ")
    }

    fn payback_proof(&self, name: &'static str, payback: Known<Payback>, how: String) -> FigureRow {
        let value = payback.map(|payback| match payback {
            Payback::Years(years) => {
                let word = if years == Decimal::ONE { "year" } else { "years" };
                format!("{} {}", four(years), self.say(word))
            }
            Payback::Recovered(part, year) => self.fill(
                "{part} % recovered by {year}",
                &[
                    ("part", &four(part * Decimal::ONE_HUNDRED)),
                    ("year", &self.format().fiscal_year(year)),
                ],
            ),
        });
        self.derived(self.say(name), value, how)
    }

    /// First budget − actual, of what is completed or stopped.
    fn variance_proof(&self, project: &Project, investment: &Investment) -> Option<FigureRow> {
        let ended = matches!(project.status, Status::Completed | Status::Stopped);
        let (value, how) = match (investment.first_budget, investment.actual) {
            (Known::Told(budget), Known::Told(actual)) => (
                Known::Told(with(budget - actual, &investment.currency)),
                self.fill(
                    "first budget − actual cost = {budget} − {actual}",
                    &[("budget", &raw(budget)), ("actual", &raw(actual))],
                ),
            ),
            (Known::Withheld, _) | (_, Known::Withheld) => (Known::Withheld, String::new()),
            _ => (Known::Nothing, self.say("Budget and actual cost are not both told.").into()),
        };
        ended.then(|| self.derived(self.say("Variance"), value, how))
    }

    fn roi_proof(&self, name: &'static str, of: Known<Inputs>, formula: &'static str) -> FigureRow {
        let formula = self.say(formula);
        let how = match of {
            Known::Told(of) => self.fill(
                "{formula} = ({benefit} − {cost}) ÷ {cost}; cost is {invested} and {running} for \
                 running",
                &[
                    ("formula", formula),
                    ("benefit", &raw(of.benefit)),
                    ("cost", &raw(of.cost())),
                    ("invested", &raw(of.invested)),
                    ("running", &raw(of.running)),
                ],
            ),
            _ => self.say("Costs and benefits are not both told.").into(),
        };
        let roi = of.and_then(|of| of.roi());
        let roi = roi.map(|roi| four_with(roi * Decimal::ONE_HUNDRED, "%"));
        self.derived(self.say(name), roi, how)
    }
}

fn basis(investment: &Investment) -> &'static str {
    match investment.actual {
        Known::Nothing => "budget",
        _ => "actual cost",
    }
}
