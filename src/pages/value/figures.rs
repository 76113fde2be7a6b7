//! The headline figures of the portfolio's value, each with its formula in words and the numbers
//! that went in.

use super::super::Here;
use super::super::format::{NBSP, round};
use super::super::view::{Pair, Reckoned};
use crate::documents::project::Status;
use crate::portfolio::returns::Payback;
use crate::portfolio::totals::{Money, Sum};
use crate::portfolio::value::{Ledger, Return, Silent};
use rust_decimal::Decimal;

/// The figures of one currency being written.
struct Desk<'h> {
    here: &'h Here<'h>,
    currency: &'h str,
}

/// Of how many projects a sum is, and which of them are silent.
#[derive(Clone, Copy)]
struct Whole {
    projects: usize,
    silent: Silent,
    /// How many of them a sum is of: of one, and of several.
    names: [&'static str; 2],
}

impl Here<'_> {
    /// The headline figures of one currency.
    pub(super) fn value_figures(&self, currency: &str, ledger: &Ledger) -> Vec<Reckoned> {
        let portfolio = self.portfolio();
        let totals = &portfolio.totals;
        let desk = Desk { here: self, currency };
        let money = totals.money.get(currency).cloned().unwrap_or_default();
        let value = &portfolio.value;
        let names = ["{n} of {all} project", "{n} of {all} projects"];
        let all = Whole { projects: portfolio.projects.len(), silent: value.silent, names };
        let ended = totals.of_status(Status::Completed) + totals.of_status(Status::Stopped);
        let names = [
            "{n} of {all} completed or stopped project",
            "{n} of {all} completed or stopped projects",
        ];
        let ended = Whole { projects: ended, silent: value.silent_ended, names };
        vec![
            desk.invested(&money, all),
            desk.budgeted(&money, all),
            desk.variance(&money, ended),
            desk.it(&money, all),
            desk.cash(ledger),
            desk.to_date("Return to date, cash only", &ledger.cash, ended),
            desk.to_date("Return to date, all in money", &ledger.monetized, ended),
            desk.payback(ledger, ended),
            desk.case(ledger, all),
            desk.npv(&ledger.npv, all),
        ]
    }
}

impl Desk<'_> {
    fn say(&self, phrase: &'static str) -> String {
        self.here.say(phrase).into()
    }

    fn fill(&self, phrase: &'static str, with: &[(&str, &str)]) -> String {
        self.here.fill(phrase, with)
    }

    fn short(&self, amount: Decimal) -> String {
        self.here.format().money_short(amount, self.currency)
    }

    fn input(&self, label: &'static str, amount: Decimal) -> Pair {
        Pair::text(&self.say(label), self.here.format().money(round(amount, 2), self.currency))
    }

    /// "11 of 14 projects", and as inputs why the others are not in it.
    fn coverage(&self, sum: &Sum, whole: Whole) -> (String, Vec<Pair>) {
        let count = |n| self.here.format().count(n);
        let with = [("n", count(sum.counted)), ("all", count(whole.projects))];
        let with = with.each_ref().map(|(name, text)| (*name, text.as_str()));
        let said = self.fill(whole.names[usize::from(whole.projects != 1)], &with);
        let withheld = sum.withheld + whole.silent.withheld;
        let untold = sum.untold + whole.silent.untold;
        let elsewhere = whole.projects.saturating_sub(sum.counted + withheld + untold);
        let mut pairs = vec![Pair::text(&self.say("Projects counted"), said.clone())];
        for (label, n) in [
            ("Projects that withhold it", withheld),
            ("Projects that do not tell it", untold),
            ("Projects in another currency", elsewhere),
        ] {
            if n > 0 {
                pairs.push(Pair::text(&self.say(label), count(n)));
            }
        }
        let withheld = match withheld {
            0 => String::new(),
            n => self.fill(", {n} withheld", &[("n", &count(n))]),
        };
        (format!("{said}{withheld}"), pairs)
    }

    fn invested(&self, money: &Money, whole: Whole) -> Reckoned {
        let (said, mut inputs) = self.coverage(&money.invested, whole);
        inputs.insert(0, self.input("Sum of actual costs", money.invested.amount));
        Reckoned {
            label: self.say("Invested to date"),
            value: if money.invested.counted > 0 {
                self.short(money.invested.amount)
            } else {
                String::new()
            },
            note: match money.invested.counted {
                0 => self.say("No project tells what it cost"),
                _ => self.fill("Actual cost of {coverage}", &[("coverage", &said)]),
            },
            formula: self.say(
                "The sum of the actual costs of all projects that tell one, running costs left \
                 out.",
            ),
            inputs,
            ..Reckoned::default()
        }
    }

    fn budgeted(&self, money: &Money, whole: Whole) -> Reckoned {
        let (said, mut inputs) = self.coverage(&money.budget, whole);
        inputs.insert(0, self.input("Sum of budgets in force", money.budget.amount));
        Reckoned {
            label: self.say("Budgeted"),
            value: match money.budget.counted {
                0 => String::new(),
                _ => self.short(money.budget.amount),
            },
            note: match money.budget.counted {
                0 => self.say("No project tells a budget"),
                _ => self.fill("Budgets of {coverage}", &[("coverage", &said)]),
            },
            formula: self.say("The sum of the budgets in force of all projects that tell one."),
            inputs,
            ..Reckoned::default()
        }
    }

    fn variance(&self, money: &Money, whole: Whole) -> Reckoned {
        let (said, mut inputs) = self.coverage(&money.variance, whole);
        let (base, variance) = (money.variance_base, money.variance.amount);
        inputs.insert(0, self.input("First budgets", base));
        inputs.insert(1, self.input("Actual costs of the same projects", base - variance));
        let part = (!base.is_zero()).then(|| self.here.format().percent(variance.abs() / base));
        let side = match variance {
            v if v.is_zero() => String::new(),
            v if v > Decimal::ZERO => format!("{NBSP}{}", self.say("under")),
            _ => format!("{NBSP}{}", self.say("over")),
        };
        let part = part.unwrap_or_default();
        Reckoned {
            label: self.say("Variance"),
            value: match money.variance.counted {
                0 => String::new(),
                _ => self.short(variance.abs()),
            },
            small: side,
            note: match (money.variance.counted, variance.is_zero()) {
                (0, _) => self.say("No completed or stopped project tells both budget and cost"),
                (_, true) => self.fill("On first budgets, {coverage}", &[("coverage", &said)]),
                _ => self.fill(
                    "{part} of first budgets, {coverage}",
                    &[("part", &part), ("coverage", &said)],
                ),
            },
            formula: self.say(
                "First budget minus actual cost, over all completed and stopped projects that \
                 tell both; below zero it cost more.",
            ),
            inputs,
        }
    }

    fn it(&self, money: &Money, whole: Whole) -> Reckoned {
        let (said, mut inputs) = self.coverage(&money.paid, whole);
        inputs.insert(0, self.input("Paid by units of IT", money.paid_by_it));
        inputs.insert(1, self.input("Paid by all, with what is unallocated", money.paid.amount));
        Reckoned {
            label: self.say("Paid by IT"),
            value: money.it_share().map(|s| self.here.format().percent(s)).unwrap_or_default(),
            note: match money.it_share() {
                Some(_) => self.fill(
                    "{amount} of {all}, {coverage}",
                    &[
                        ("amount", &self.short(money.paid_by_it)),
                        ("all", &self.short(money.paid.amount)),
                        ("coverage", &said),
                    ],
                ),
                None => self.say("No project tells every share of what it spent"),
            },
            formula: self.say(
                "What units of kind IT paid, divided by what was paid in all, over the projects \
                 that tell every share of what they spent.",
            ),
            inputs,
            ..Reckoned::default()
        }
    }

    fn cash(&self, ledger: &Ledger) -> Reckoned {
        let [cash, _] = ledger.sums(None);
        let (confirmed, claimed) = (cash.confirmed, cash.claimed);
        let mut inputs = vec![
            self.input("Confirmed", confirmed.amount),
            self.input("Claimed, not in the figure", claimed.amount),
        ];
        let withheld = confirmed.withheld + claimed.withheld;
        if withheld > 0 {
            inputs.push(Pair::text(
                &self.say("Yearly amounts that are withheld"),
                self.here.format().count(withheld),
            ));
        }
        let told = confirmed.counted + claimed.counted > 0;
        Reckoned {
            label: self.say("Confirmed cash"),
            value: if told { self.short(confirmed.amount) } else { String::new() },
            note: match (told, claimed.amount.is_zero()) {
                (false, _) => self.say("No cash benefit is told yet"),
                (_, true) => self.say("Nothing more is claimed"),
                (_, false) => self.fill(
                    "{amount} more is claimed, confirmed by no one",
                    &[("amount", &self.short(claimed.amount))],
                ),
            },
            formula: self.say(
                "The sum of realized cash-releasing benefits that someone confirmed, of all \
                 projects and years up to now.",
            ),
            inputs,
            ..Reckoned::default()
        }
    }

    fn to_date(&self, label: &'static str, sums: &Return, whole: Whole) -> Reckoned {
        let (said, coverage) = self.coverage(&sums.told, whole);
        let of = sums.inputs;
        let mut inputs = self.cost_inputs("Spent", "Running cost so far", sums);
        inputs.insert(0, self.input("Realized and confirmed", sums.confirmed));
        inputs.insert(1, self.input("Realized and claimed", of.benefit - sums.confirmed));
        inputs.extend(coverage);
        let percent = |benefit| {
            let roi = crate::portfolio::returns::roi(benefit, of.cost())?;
            Some(self.here.format().percent(roi))
        };
        Reckoned {
            label: self.say(label),
            value: percent(of.benefit).unwrap_or_default(),
            note: match percent(sums.confirmed) {
                None if sums.told.withheld > 0 => self.say("Cost or benefits are withheld"),
                None => self.say("No completed or stopped project tells its cost"),
                Some(confirmed) if sums.confirmed != of.benefit => self.fill(
                    "{roi} with confirmed benefits alone; {coverage}",
                    &[("roi", &confirmed), ("coverage", &said)],
                ),
                Some(_) => self.fill("All of it confirmed; {coverage}", &[("coverage", &said)]),
            },
            formula: self.say(
                "(Realized benefits − cost so far) ÷ cost so far, over all completed and \
                 stopped projects, whether they brought something back or not. Cost so far is \
                 what was spent and what running it cost.",
            ),
            inputs,
            ..Reckoned::default()
        }
    }

    fn cost_inputs(
        &self,
        invested: &'static str,
        running: &'static str,
        sums: &Return,
    ) -> Vec<Pair> {
        vec![self.input(invested, sums.inputs.invested), self.input(running, sums.inputs.running)]
    }

    fn payback(&self, ledger: &Ledger, whole: Whole) -> Reckoned {
        let format = self.here.format();
        let (said, coverage) = self.coverage(&ledger.cash.told, whole);
        let mut inputs = vec![self.input("Cash realized", ledger.cash.inputs.benefit)];
        inputs.extend(self.cost_inputs("Spent", "Running cost so far", &ledger.cash));
        let start = ledger.flows.start();
        inputs.extend(
            start.map(|year| Pair::text(&self.say("First year of cost"), format.fiscal_year(year))),
        );
        inputs.extend(coverage);
        let (label, value, small, note) = match ledger.payback() {
            Some(Payback::Years(years)) => {
                let rounded = round(years, 1);
                let word = if rounded == Decimal::ONE { "year" } else { "years" };
                let note = match start.map(|year| format.fiscal_year(year)) {
                    Some(year) => self
                        .fill("since {year}, {coverage}", &[("year", &year), ("coverage", &said)]),
                    None => said,
                };
                let small = format!("{NBSP}{}", self.say(word));
                ("Payback", format.number(rounded), small, note)
            }
            Some(Payback::Recovered(part, until)) => {
                let until = self.here.year_to_date(until);
                let with = [("year", until.as_str()), ("coverage", &said)];
                let note = self.fill("of the cost by {year}, {coverage}", &with);
                ("Recovered", format.percent(part), String::new(), note)
            }
            None => {
                let note = self.say("No cash has come back that could be held against a cost");
                ("Payback", String::new(), String::new(), note)
            }
        };
        Reckoned {
            label: self.say(label),
            value,
            small,
            note,
            formula: self.say(
                "Cost and cash of all completed and stopped projects by year, running cost \
                 taken off the cash. Payback is the years before the one in which the cash \
                 makes up for the cost, plus what was unrecovered then ÷ the cash of that year; \
                 until then it is the part that is recovered. A cost that is not told by year \
                 counts in the year before its first benefit.",
            ),
            inputs,
        }
    }

    fn case(&self, ledger: &Ledger, whole: Whole) -> Reckoned {
        let (said, coverage) = self.coverage(&ledger.planned_cash.told, whole);
        let percent = |sums: &Return| sums.inputs.roi().map(|roi| self.here.format().percent(roi));
        let mut inputs = vec![self.input("Planned cash", ledger.planned_cash.inputs.benefit)];
        inputs.extend(self.cost_inputs("Budgets", "Planned running cost", &ledger.planned_cash));
        inputs.extend(coverage);
        inputs.push(self.input("All in money: planned benefits", ledger.planned.inputs.benefit));
        inputs.extend(self.cost_inputs(
            "All in money: budgets",
            "All in money: planned running cost",
            &ledger.planned,
        ));
        Reckoned {
            label: self.say("Return in business cases"),
            value: percent(&ledger.planned_cash).unwrap_or_default(),
            note: match percent(&ledger.planned) {
                Some(all) => self.fill(
                    "Cash only, {coverage}; {roi} with all that counts in money",
                    &[("coverage", &said), ("roi", &all)],
                ),
                None => self.say("No project tells both a budget and what it was to bring back"),
            },
            formula: self.say(
                "(Planned benefits − budget − planned running cost) ÷ (budget + planned running \
                 cost), over all projects that tell both. It is never added to what was \
                 reached.",
            ),
            inputs,
            ..Reckoned::default()
        }
    }

    fn npv(&self, sum: &Sum, whole: Whole) -> Reckoned {
        let format = self.here.format();
        let (said, coverage) = self.coverage(sum, whole);
        let rate = self.here.portfolio().settings.discount_rate;
        let mut inputs = Vec::new();
        inputs.extend(rate.map(|rate| Pair::text(&self.say("Yearly rate"), format.percent(rate))));
        inputs.push(self.input("Sum of net present values", sum.amount));
        inputs.extend(coverage);
        Reckoned {
            label: self.say("Net present value"),
            value: if sum.counted > 0 { self.short(sum.amount) } else { String::new() },
            note: match (rate, sum.counted) {
                (None, _) => self.say("The site sets no discount rate"),
                (_, 0) => self.say("No project tells both a budget and what it was to bring back"),
                (Some(rate), _) => self.fill(
                    "Of business cases at {rate} a year, {coverage}",
                    &[("rate", &format.percent(rate)), ("coverage", &said)],
                ),
            },
            formula: self.say(
                "For each business case the sum of (benefits − costs) ÷ (1 + rate)^t over its \
                 years, all that counts in money, with t = 0 in its own first year; then the \
                 sum of all.",
            ),
            inputs,
            ..Reckoned::default()
        }
    }
}
