//! Cost and return of a project: big numbers, who paid, what came back.

use super::Here;
use super::chart::{self, Said};
use super::format::NBSP;
use super::kpi::ended;
use super::view::{Cell, Headline, MoneyView, Pair, ShareRow, Words};
use crate::documents::investment::Investment as Told;
use crate::documents::money::{Amount, ByYear, FiscalYear};
use crate::documents::project::Status;
use crate::documents::unit::UnitKind;
use crate::portfolio::Project;
use crate::portfolio::investment::{Investment, Known, Part};
use crate::portfolio::returns::Payback;
use rust_decimal::Decimal;

impl Pair {
    /// A label and a plain sentence.
    pub fn text(label: &str, text: impl Into<String>) -> Pair {
        Pair { label: label.into(), words: vec![Words::plain(text)], absent: false }
    }

    /// A label and the word that there is nothing.
    pub fn absent(label: &str, text: impl Into<String>) -> Pair {
        Pair { absent: true, ..Pair::text(label, text) }
    }
}

const SWATCHES: [&str; 5] = ["s1", "s2", "s3", "s4", "s5"];

impl Here<'_> {
    /// The money of a project, if it tells of any.
    pub(super) fn money(&self, project: &Project) -> Option<MoneyView> {
        let investment = project.investment.as_ref()?;
        let nothing = Told::default();
        let told = project.front().investment.as_ref().unwrap_or(&nothing);
        let benefits = &project.front().benefits;
        let asked = &self.pages.asked;
        let (shares_svg, shares, shares_total) =
            asked.made(&["shares", "shares_svg", "shares_total"], || self.shares(investment));
        Some(MoneyView {
            figures: asked.made(&["figures"], || {
                let figures = self.money_figures(project, investment).into_iter();
                figures.map(Headline::fitted).collect()
            }),
            pairs: self.money_pairs(project, told, investment),
            shares_title: self.say(shares_title(investment)).into(),
            shares_svg,
            shares,
            shares_total,
            benefits: benefits.iter().map(|benefit| self.benefit(benefit, investment)).collect(),
            benefits_note: asked
                .made(&["benefits_note"], || self.benefits_note(investment, project)),
        })
    }

    pub(super) fn money_figures(
        &self,
        project: &Project,
        investment: &Investment,
    ) -> Vec<Headline> {
        let short = |amount| self.format().money_short(amount, &investment.currency);
        let mut figures = Vec::new();
        match (investment.actual, investment.budget) {
            (Known::Told(actual), _) => figures.push(Headline {
                label: self
                    .say(if project.status == Status::Active { "Spent so far" } else { "Cost" })
                    .into(),
                value: short(actual),
                small: String::new(),
                note: self.variance(project, investment, actual),
            }),
            (Known::Nothing, Known::Told(budget)) => figures.push(Headline {
                label: self.say("Budget").into(),
                value: short(budget),
                small: String::new(),
                note: self.say("What was spent is not given").into(),
            }),
            // What is withheld is told with its reason below, not in large letters.
            _ => {}
        }
        let case = match investment.business_case.cash {
            Known::Told(roi) => {
                self.fill("; the business case said {roi}", &[("roi", &self.format().percent(roi))])
            }
            _ => String::new(),
        };
        if let Known::Told(roi) = investment.to_date.cash {
            let all = match investment.to_date.monetized {
                Known::Told(all) if all != roi => self.fill(
                    "; {roi} with benefits that free no cash",
                    &[("roi", &self.format().percent(all))],
                ),
                _ => String::new(),
            };
            let kind = self.say(proven(investment));
            figures.push(Headline {
                label: self.say("Return to date").into(),
                value: self.format().percent(roi),
                small: String::new(),
                note: format!("{kind}{all}{case}"),
            });
        } else if let Known::Told(roi) = investment.business_case.cash {
            figures.push(Headline {
                label: self.say("Return in the business case").into(),
                value: self.format().percent(roi),
                small: String::new(),
                note: self.say("Planned cash against budget and running cost").into(),
            });
        }
        figures.extend(self.payback(investment));
        figures
    }

    fn payback(&self, investment: &Investment) -> Option<Headline> {
        let Known::Told(payback) = investment.payback else { return None };
        let discounted = investment.payback_discounted.value().and_then(Payback::years);
        let years = |years: Decimal| {
            let rounded = super::format::round(years, 1);
            (self.format().number(rounded), rounded)
        };
        Some(match payback {
            Payback::Years(after) => {
                let (value, rounded) = years(after);
                let note = discounted.map(|years| {
                    let shown = self.format().number(super::format::round(years, 1));
                    self.fill("{years} years discounted", &[("years", &shown)])
                });
                Headline {
                    label: self.say("Payback").into(),
                    value,
                    small: format!(
                        "{NBSP}{}",
                        self.say(if rounded == Decimal::ONE { "year" } else { "years" })
                    ),
                    note: note.unwrap_or_else(|| self.say("Cash against the whole cost").into()),
                }
            }
            Payback::Recovered(part, until) => Headline {
                label: self.say("Recovered").into(),
                value: self.format().percent(part),
                small: String::new(),
                note: self
                    .fill("of the cost by {year}", &[("year", &self.format().fiscal_year(until))]),
            },
        })
    }

    /// "$120k over the first budget of $750k, 16 %".
    fn variance(&self, project: &Project, investment: &Investment, actual: Decimal) -> String {
        let short = |amount| self.format().money_short(amount, &investment.currency);
        let Known::Told(first) = investment.first_budget else {
            return match investment.first_budget {
                Known::Withheld => self.say("The budget is withheld").into(),
                _ => self.say("No budget is given").into(),
            };
        };
        if project.status == Status::Active {
            let budget = investment.budget.value().unwrap_or(first);
            return match budget.is_zero() {
                true => String::new(),
                false => self.fill(
                    "{part} of the budget of {budget}",
                    &[
                        ("part", &self.format().percent(actual / budget)),
                        ("budget", &short(budget)),
                    ],
                ),
            };
        }
        let changed = investment.budget != investment.first_budget;
        let variance = first - actual;
        let part = (!first.is_zero()).then(|| self.format().percent(variance.abs() / first));
        let part = part.map(|part| format!(", {part}")).unwrap_or_default();
        let phrase = match (variance, changed) {
            (v, false) if v.is_zero() => "On the budget",
            (v, true) if v.is_zero() => "On the first budget",
            (v, false) if v > Decimal::ZERO => "{gap} under the budget of {budget}{part}",
            (v, true) if v > Decimal::ZERO => "{gap} under the first budget of {budget}{part}",
            (_, false) => "{gap} over the budget of {budget}{part}",
            (_, true) => "{gap} over the first budget of {budget}{part}",
        };
        let (gap, first) = (short(variance.abs()), short(first));
        self.fill(phrase, &[("gap", &gap), ("budget", &first), ("part", &part)])
    }

    fn money_pairs(&self, project: &Project, told: &Told, investment: &Investment) -> Vec<Pair> {
        let money = |amount: Decimal| self.format().money(amount, &investment.currency);
        let mut pairs = Vec::new();
        if let Some(budget) = &told.budget {
            let mut text = self.amount(&budget.amount, investment);
            for was in &budget.was {
                let until = was.until.map(|until| {
                    self.fill(" until {date}", &[("date", &self.format().when(until))])
                });
                let why = was
                    .why
                    .as_ref()
                    .map(|why| self.fill(". Changed: {why}", &[("why", &ended(why))]));
                let why = why.unwrap_or_else(|| self.say(". No reason is given.").into());
                text.push_str(&format!("; {}{}{why}", money(was.value), until.unwrap_or_default()));
            }
            pairs.push(Pair::text(self.say("Budget"), text));
        } else if project.withholds("investment") {
            pairs.push(Pair::absent(self.say("Budget"), self.say("Withheld")));
        }
        if let Some(actual) = &told.actual {
            pairs.push(Pair::text(self.say("Actual"), self.amount(actual, investment)));
        }
        for (label, years) in [("By year", &told.costs), ("Running cost", &told.running)] {
            if !years.is_empty() {
                pairs.push(Pair::text(self.say(label), self.by_year(years, investment)));
            }
        }
        if let (Some(capex), Some(opex)) = (&told.capex, &told.opex) {
            let text = self.fill(
                "{capital} capital, {operating} operating",
                &[
                    ("capital", &self.amount(capex, investment)),
                    ("operating", &self.amount(opex, investment)),
                ],
            );
            pairs.push(Pair::text(self.say("Kind of cost"), text));
        }
        if let Known::Told(npv) = investment.npv {
            let rate =
                self.portfolio().settings.discount_rate.map(|rate| self.format().percent(rate));
            let text = self.fill(
                "{npv} for the business case, with benefits that free no cash, at {rate} a year",
                &[
                    ("npv", &money(super::format::round(npv, 0))),
                    ("rate", &rate.unwrap_or_default()),
                ],
            );
            pairs.push(Pair::text(self.say("Net present value"), text));
        }
        if project.front().investment.is_some() {
            pairs.push(match &told.source {
                Some(source) => Pair::text(self.say("Source"), source),
                None => Pair::absent(self.say("Source"), self.say("No source given")),
            });
        }
        pairs
    }

    /// A year of money, marked where it is still running.
    pub(super) fn year_to_date(&self, year: FiscalYear) -> String {
        let portfolio = self.portfolio();
        let start = portfolio.settings.fiscal_year_start;
        let now = FiscalYear::of(portfolio.as_of, start);
        let ends = portfolio.as_of.tomorrow().is_ok_and(|next| FiscalYear::of(next, start) != now);
        match year == now && !ends {
            true => self.fill("{year} to date", &[("year", &self.format().fiscal_year(year))]),
            false => self.format().fiscal_year(year),
        }
    }

    pub(super) fn amount(&self, amount: &Amount, investment: &Investment) -> String {
        match amount {
            Amount::Known(value) => self.format().money(*value, &investment.currency),
            Amount::Withheld(why) => self.fill("Withheld: {why}", &[("why", why)]),
            Amount::NotDue(why) => self.fill("Not due: {why}", &[("why", why)]),
            Amount::NotMeasured(why) => self.fill("Not measured: {why}", &[("why", why)]),
        }
    }

    fn by_year(&self, years: &ByYear, investment: &Investment) -> String {
        let each = years.iter().map(|(year, amount)| {
            let (amount, year) = (self.amount(amount, investment), self.year_to_date(*year));
            self.fill("{amount} in {year}", &[("amount", &amount), ("year", &year)])
        });
        each.collect::<Vec<_>>().join(", ")
    }

    fn shares(&self, investment: &Investment) -> (String, Vec<ShareRow>, Option<ShareRow>) {
        let mut colors = SWATCHES.iter().cycle();
        let mut bar = Vec::new();
        let mut told = Vec::new();
        let mut rows = Vec::new();
        for part in &investment.parts {
            let it = part.unit.is_some_and(|u| self.portfolio().units.list[u].kind == UnitKind::It);
            let swatch = match (part.unit, it) {
                (None, _) => "left",
                (_, true) => "it",
                (_, false) => colors.next().expect("a cycle does not end"),
            };
            let row = self.share(part, swatch, investment);
            if let Some(percent) = part.percent.value() {
                bar.push((swatch, percent));
                told.push(format!("{} {}", row.unit.text, row.share.text));
            }
            rows.push(row);
        }
        let svg = match bar.is_empty() {
            true => String::new(),
            false => {
                let title = self.say(shares_title(investment));
                chart::shares(&bar, Said { title, desc: &told.join(", ") })
            }
        };
        let whole = investment.actual.or(investment.budget).value();
        let all_told =
            !rows.is_empty() && investment.parts.iter().all(|p| p.percent.value().is_some());
        let total = whole.filter(|_| all_told).map(|whole| ShareRow {
            unit: Words::plain(self.say("All")),
            swatch: "",
            share: Cell::text(
                self.format()
                    .percentage(investment.parts.iter().filter_map(|p| p.percent.value()).sum()),
            ),
            amount: Cell::text(self.format().money(whole, &investment.currency)),
        });
        (svg, rows, total)
    }

    /// A derived amount as a cell.
    pub(super) fn known(&self, amount: Known<Decimal>, write: impl Fn(Decimal) -> String) -> Cell {
        match amount {
            Known::Told(amount) => Cell::text(write(amount)),
            Known::Withheld => Cell::absent(self.say("Withheld")),
            Known::Nothing => Cell::absent(self.say("Not given")),
        }
    }

    fn share(&self, part: &Part, swatch: &'static str, investment: &Investment) -> ShareRow {
        let unit = match part.unit {
            Some(unit) => {
                let name = self.portfolio().units.list[unit].name.clone();
                Words::link(name, self.to(&self.portfolio().unit_page(unit)))
            }
            None => Words::plain(self.say("Unallocated")),
        };
        ShareRow {
            unit,
            swatch,
            share: self.known(part.percent, |percent| self.format().share(percent)),
            amount: self
                .known(part.amount, |amount| self.format().money(amount, &investment.currency)),
        }
    }
}

/// Whether the cash that came back was confirmed, which is never left unsaid.
fn proven(investment: &Investment) -> &'static str {
    let realized = &investment.realized;
    match (realized.confirmed_cash.is_zero(), realized.claimed_cash.is_zero()) {
        (false, true) => "Confirmed cash only",
        (true, false) => "Claimed cash, confirmed by no one",
        (false, false) => "Cash, partly confirmed and partly claimed",
        (true, true) => "No cash has come back",
    }
}

fn shares_title(investment: &Investment) -> &'static str {
    match investment.actual {
        Known::Nothing => "Who is to pay",
        _ => "Who paid",
    }
}
