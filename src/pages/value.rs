//! Value: what the projects cost, who paid and what came back, in sum and project by project.

mod figures;
mod ledger;
mod spent;

use super::view::{BenefitOf, Cell, LedgerView, PayersRow, PayersView, ValueView, Words};
use super::{Here, list};
use crate::documents::benefit::BenefitKind;
use crate::documents::unit::UnitKind;
use crate::portfolio::Project;
use crate::portfolio::investment::{Investment, Known, Part};
use crate::portfolio::totals::Sum;
use crate::portfolio::value::Ledger;
use rust_decimal::Decimal;

/// The address of the first page.
pub(super) const VALUE: &str = "value/index.html";
/// How many projects a page of the table has.
pub(super) const ROWS: usize = 50;
/// How many units have a column of their own; IT has one as well where it pays.
const PAYERS: usize = 5;

impl Here<'_> {
    /// A page of the value of the portfolio.
    pub(super) fn value(&self, nth: usize) -> ValueView {
        let portfolio = self.portfolio();
        let value = &portfolio.value;
        let page: Vec<_> = value.order.iter().skip((nth - 1) * ROWS).take(ROWS).collect();
        let projects = || page.iter().map(|(_, at)| &portfolio.projects[*at]);
        let several = value.ledgers.len() > 1;
        let result = self.value_sentence();
        let ledgers = match nth {
            1 => {
                self.ledgers()
                    .map(|(currency, ledger)| LedgerView {
                        title: match several {
                            true => self
                                .fill("Cost and return in {currency}", &[("currency", currency)]),
                            false => self.say("Cost and return").into(),
                        },
                        currency: currency.to_string(),
                        ..self.ledger(currency, ledger)
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        let tables = page.chunk_by(|(a, _), (b, _)| a == b).map(|rows| {
            let projects: Vec<&Project> =
                rows.iter().map(|(_, at)| &portfolio.projects[*at]).collect();
            self.payers(rows[0].0.as_deref(), &projects)
        });
        ValueView {
            frame: self.frame(self.say("Value"), Some(result.clone()), &[]),
            title: self.say("Value").into(),
            result,
            ledgers,
            payers: tables.collect(),
            quantified: self.benefits_of(projects(), BenefitKind::Quantified),
            qualitative: self.benefits_of(projects(), BenefitKind::Qualitative),
            costs_file: self.to("data/costs.csv"),
            benefits_file: self.to("data/benefits.csv"),
            listing: list::listing_by(self, VALUE, nth, ROWS, (value.order.len(), "Projects")),
        }
    }

    /// The ledgers, that of the site's own currency first.
    fn ledgers(&self) -> impl Iterator<Item = (&str, &Ledger)> {
        let own = self.portfolio().settings.currency.as_str();
        let ledgers = &self.portfolio().value.ledgers;
        let all = ledgers.iter().map(|(currency, ledger)| (currency.as_str(), ledger));
        let first = all.clone().filter(move |(currency, _)| *currency == own);
        first.chain(all.filter(move |(currency, _)| *currency != own))
    }

    fn value_sentence(&self) -> String {
        let portfolio = self.portfolio();
        let all = portfolio.projects.len();
        let mut sentences = Vec::new();
        for (currency, ledger) in self.ledgers() {
            let Some(money) = portfolio.totals.money.get(currency) else { continue };
            let short = |amount| self.format().money_short(amount, currency);
            let [cash, _] = ledger.sums(None);
            let hidden = cash.confirmed.withheld + cash.claimed.withheld;
            let told = cash.confirmed.counted + cash.claimed.counted + hidden > 0;
            let of_all = |phrases: [&'static str; 2], amount, counted| {
                let with = [
                    ("amount", short(amount)),
                    ("n", self.format().count(counted)),
                    ("all", self.format().count(all)),
                ];
                let with = with.each_ref().map(|(name, text)| (*name, text.as_str()));
                self.fill(phrases[usize::from(all != 1)], &with)
            };
            let spent = match (money.invested.counted, money.budget.counted) {
                (0, 0) => self.say("What was spent is not told").to_string(),
                (0, n) => of_all(
                    [
                        "{amount} is budgeted in {n} of {all} project; what was spent is not told",
                        "{amount} is budgeted in {n} of {all} projects; what was spent is not told",
                    ],
                    money.budget.amount,
                    n,
                ),
                (n, _) => of_all(
                    [
                        "{amount} was spent by {n} of {all} project",
                        "{amount} was spent by {n} of {all} projects",
                    ],
                    money.invested.amount,
                    n,
                ),
            };
            let hidden = match hidden {
                0 => String::new(),
                n => self.fill(", {n} withheld", &[("n", &self.format().count(n))]),
            };
            let claimed = match money.claimed_cash.is_zero() {
                true => String::new(),
                false => self
                    .fill("; {amount} more is claimed", &[("amount", &short(money.claimed_cash))]),
            };
            sentences.push(match told {
                true => self.fill(
                    "{spent}, and {amount} came back in confirmed cash{claimed}.",
                    &[
                        ("spent", &spent),
                        ("amount", &short(money.confirmed_cash)),
                        ("claimed", &format!("{claimed}{hidden}")),
                    ],
                ),
                false => {
                    self.fill("{spent}. No cash that came back is told.", &[("spent", &spent)])
                }
            });
        }
        match sentences.is_empty() {
            true => self.say("No project tells what it cost or what came back.").into(),
            false => sentences.join(" "),
        }
    }

    fn benefits_of<'p>(
        &self,
        projects: impl Iterator<Item = &'p Project>,
        kind: BenefitKind,
    ) -> Vec<BenefitOf> {
        let none = Investment::default();
        let mut all = Vec::new();
        for project in projects {
            let investment = project.investment.as_ref().unwrap_or(&none);
            for benefit in project.front().benefits.iter().filter(|b| b.kind == kind) {
                all.push(BenefitOf {
                    project: Words::link(project.title(), self.to(&project.page)),
                    benefit: self.benefit(benefit, investment),
                });
            }
        }
        all
    }

    /// The units that have a column: the largest payers, and those of IT.
    fn columns(&self, ledger: &Ledger) -> Vec<usize> {
        let units = &self.portfolio().units.list;
        let mut payers: Vec<usize> = ledger.payers.iter().map(|(unit, _)| *unit).collect();
        // A column for one other unit would be no shorter than its own.
        if payers.len() > PAYERS + 1 {
            // IT's column is what the page is asked for, however small its part is.
            let it = payers.iter().position(|unit| units[*unit].kind == UnitKind::It);
            if let Some(it) = it.filter(|it| *it >= PAYERS) {
                payers.swap(it, PAYERS - 1);
            }
            payers.truncate(PAYERS);
        }
        payers
    }

    fn payers(&self, currency: Option<&str>, projects: &[&Project]) -> PayersView {
        let portfolio = self.portfolio();
        let ledger = currency.and_then(|currency| portfolio.value.ledgers.get(currency));
        let (Some(currency), Some(ledger)) = (currency, ledger) else {
            let rows = projects.iter().map(|project| PayersRow {
                project: Words::link(project.title(), self.to(&project.page)),
                cost: Cell::absent(self.say(match project.withholds("investment") {
                    true => "Withheld",
                    false => "Not given",
                })),
                ..PayersRow::default()
            });
            return PayersView {
                caption: self.say("Projects that show no cost").into(),
                rows: rows.collect(),
                ..PayersView::default()
            };
        };
        let units = self.columns(ledger);
        let others = ledger.payers.len() > units.len();
        let rest = ledger.unallocated != Sum::default();
        let name = |unit: &usize| {
            let name = portfolio.units.list[*unit].name.clone();
            Words::link(name, self.to(&portfolio.unit_page(*unit)))
        };
        let mut columns: Vec<Words> = units.iter().map(name).collect();
        columns.extend(others.then(|| Words::plain(self.say("Other units"))));
        columns.extend(rest.then(|| Words::plain(self.say("Unallocated"))));
        if columns.is_empty() {
            columns.push(Words::plain(self.say("Who pays")));
        }
        let table = Table { units, others, rest };
        PayersView {
            caption: self.fill("Who paid, in {currency}", &[("currency", currency)]),
            rows: projects.iter().map(|project| self.payers_row(project, &table)).collect(),
            total: Some(self.payers_total(currency, ledger, &table)),
            columns,
        }
    }

    fn payers_row(&self, project: &Project, table: &Table) -> PayersRow {
        let nothing = Investment::default();
        let investment = project.investment.as_ref().unwrap_or(&nothing);
        let money = |amount| self.format().money_short(amount, &investment.currency);
        let spent = investment.actual != Known::Nothing;
        let cell = |part: &Part| {
            let percent = self.known(part.percent, |percent| self.format().share(percent));
            match part.amount {
                Known::Told(amount) if spent => Cell::text(money(amount)).sub(percent.text),
                Known::Withheld if percent.absent => percent,
                Known::Withheld => percent.sub(self.say("Amount withheld")),
                // A budget that is not spent is paid by no one yet.
                _ => percent.sub(self.say("To be paid")),
            }
        };
        let of = |unit: Option<usize>| investment.parts.iter().find(|part| part.unit == unit);
        let none = || Cell::absent(self.say("None"));
        let mut cells: Vec<Cell> =
            table.units.iter().map(|unit| of(Some(*unit)).map_or_else(none, cell)).collect();
        if table.others {
            let theirs = |part: &&Part| part.unit.is_some_and(|unit| !table.units.contains(&unit));
            let theirs: Vec<&Part> = investment.parts.iter().filter(theirs).collect();
            cells.push(match together(&theirs) {
                Some(part) => cell(&part),
                None => none(),
            });
        }
        if table.rest {
            cells.push(of(None).map_or_else(none, cell));
        }
        PayersRow {
            project: Words::link(project.title(), self.to(&project.page)),
            cost: match (investment.actual, investment.budget) {
                (Known::Told(actual), _) => Cell::text(money(actual)),
                (Known::Withheld, _) => Cell::absent(self.say("Withheld")),
                (Known::Nothing, Known::Told(budget)) => {
                    Cell::text(money(budget)).sub(self.say("Budget"))
                }
                (Known::Nothing, Known::Withheld) => {
                    Cell::absent(self.say("Withheld")).sub(self.say("Budget"))
                }
                (Known::Nothing, Known::Nothing) => Cell::absent(self.say("Not given")),
            },
            none: match investment.parts.is_empty() {
                true => self.say("Who paid is not told").into(),
                false => String::new(),
            },
            cells,
        }
    }

    fn payers_total(&self, currency: &str, ledger: &Ledger, table: &Table) -> PayersRow {
        let money = |amount| self.format().money_short(amount, currency);
        let sum = |sum: Sum| match (sum.counted, sum.withheld) {
            (1.., 0) => Cell::text(money(sum.amount)),
            (1.., n) => Cell::text(money(sum.amount))
                .sub(self.fill("{n} withheld", &[("n", &self.format().count(n))])),
            (0, 1..) => Cell::absent(self.say("Withheld")),
            (0, 0) => Cell::absent(self.say("Nothing paid")),
        };
        let of = |wanted: &dyn Fn(usize) -> bool| {
            let mut all = Sum::default();
            let payers = ledger.payers.iter().filter(|(unit, _)| wanted(*unit));
            payers.for_each(|(_, paid)| all += *paid);
            sum(all)
        };
        let mut cells: Vec<Cell> =
            table.units.iter().map(|unit| of(&|payer| payer == *unit)).collect();
        if table.others {
            cells.push(of(&|payer| !table.units.contains(&payer)));
        }
        if table.rest {
            cells.push(sum(ledger.unallocated));
        }
        if cells.is_empty() {
            cells.push(Cell::absent(self.say("Not told")));
        }
        let invested = self.portfolio().totals.money.get(currency).map(|money| money.invested);
        let invested = invested.unwrap_or_default();
        PayersRow {
            project: Words::plain(self.say("All that is told and spent")),
            cost: match invested.counted {
                0 => Cell::absent(self.say("Not given")),
                _ => Cell::text(money(invested.amount)),
            },
            cells,
            none: String::new(),
        }
    }
}

/// Which columns a table of payers has.
struct Table {
    units: Vec<usize>,
    others: bool,
    rest: bool,
}

/// The parts of several units as one; withheld where one of them is.
fn together(parts: &[&Part]) -> Option<Part> {
    let sum = |of: fn(&Part) -> Known<Decimal>| {
        parts.iter().fold(Known::Told(Decimal::ZERO), |sum, part| match (sum, of(part)) {
            (Known::Told(sum), Known::Told(more)) => Known::Told(sum + more),
            (Known::Withheld, _) | (_, Known::Withheld) => Known::Withheld,
            _ => Known::Nothing,
        })
    };
    let first = parts.first()?;
    Some(Part {
        unit: first.unit,
        percent: sum(|part| part.percent),
        amount: sum(|part| part.amount),
    })
}
