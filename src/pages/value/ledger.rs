//! The ledger of one currency: benefits by year and kind, and IT's share by year.

use super::super::Here;
use super::super::chart::{self, Said};
use super::super::view::{Cell, ItRow, LedgerView, Pair, Reckoned, ReturnYear, YearsChart};
use crate::documents::money::FiscalYear;
use crate::portfolio::totals::Sum;
use crate::portfolio::value::{Ledger, Year};

impl Here<'_> {
    /// The money of one currency; its title and currency are for the caller.
    pub(super) fn ledger(&self, currency: &str, ledger: &Ledger) -> LedgerView {
        let start = self.portfolio().settings.fiscal_year_start;
        let now = FiscalYear::of(self.portfolio().as_of, start);
        let year = |(year, kinds): (&FiscalYear, &[Year; 2])| {
            self.return_year(self.year_to_date(*year), kinds, *year <= now, currency)
        };
        let to_now = self.fill("To {year}", &[("year", &self.format().fiscal_year(now))]);
        let sums = [
            self.return_year(to_now, &ledger.sums(Some(now)), true, currency),
            self.return_year(self.say("All years").into(), &ledger.sums(None), true, currency),
        ];
        let all = self.value_figures(currency, ledger).into_iter().map(Reckoned::fitted);
        let (figures, without): (Vec<_>, Vec<_>) = all.partition(|figure| !figure.value.is_empty());
        let without = without.into_iter().map(|figure| Pair::absent(&figure.label, figure.note));
        LedgerView {
            figures,
            without: without.collect(),
            spent: self.spent(currency, &ledger.spent),
            chart: self.years_chart(currency, ledger),
            years: ledger.years.iter().map(year).collect(),
            sums: if ledger.years.is_empty() { Vec::new() } else { sums.into() },
            it: self.it_rows(currency, ledger),
            ..LedgerView::default()
        }
    }

    fn return_year(
        &self,
        year: String,
        kinds: &[Year; 2],
        begun: bool,
        currency: &str,
    ) -> ReturnYear {
        let money = |sum: &Sum, none: &'static str| {
            let withheld = match sum.withheld {
                0 => String::new(),
                n => self.fill("{n} withheld", &[("n", &self.format().count(n))]),
            };
            match (sum.counted, sum.withheld, sum.untold) {
                (1.., _, _) => Cell::text(self.format().money(sum.amount, currency)).sub(withheld),
                (0, 1.., _) => Cell::absent(self.say("Withheld")),
                (0, 0, 1..) => Cell::absent(self.say("Not measured")),
                (0, 0, 0) => Cell::absent(self.say(none)),
            }
        };
        let [cash, other] = kinds;
        let came = |year: &Year, sum: &Sum| {
            let any = [year.confirmed, year.claimed].iter().any(|s| s.counted + s.withheld > 0);
            money(
                sum,
                match (begun, any, year.planned.counted > 0) {
                    (false, _, _) => "Not due",
                    (true, false, true) => "Not given",
                    _ => "None",
                },
            )
        };
        ReturnYear {
            year,
            cash_planned: money(&cash.planned, "None"),
            cash_confirmed: came(cash, &cash.confirmed),
            cash_claimed: came(cash, &cash.claimed),
            other_planned: money(&other.planned, "None"),
            other_confirmed: came(other, &other.confirmed),
            other_claimed: came(other, &other.claimed),
        }
    }

    fn years_chart(&self, currency: &str, ledger: &Ledger) -> Option<YearsChart> {
        let cash = || ledger.years.iter().map(|(year, [cash, _])| (*year, cash));
        let tells = |year: &Year| {
            [year.planned, year.confirmed, year.claimed].iter().any(|sum| !sum.amount.is_zero())
        };
        if !cash().any(|(_, year)| tells(year)) {
            return None;
        }
        let bars: Vec<_> = cash()
            .map(|(_, year)| [year.planned, year.confirmed, year.claimed].map(|sum| sum.amount))
            .collect();
        let short = |amount| self.format().money_short(amount, currency);
        let told = cash().map(|(year, sums)| {
            self.fill(
                "{year}: {planned} planned, {confirmed} confirmed, {claimed} claimed",
                &[
                    ("year", &self.format().fiscal_year(year)),
                    ("planned", &short(sums.planned.amount)),
                    ("confirmed", &short(sums.confirmed.amount)),
                    ("claimed", &short(sums.claimed.amount)),
                ],
            )
        });
        let told = told.collect::<Vec<_>>().join("; ");
        let said = Said { title: self.say("Cash by year"), desc: &told };
        let (svg, ticks) = chart::years(&bars, said);
        Some(YearsChart {
            caption: self.fill(
                "Cash benefits by year, planned and realized, in {currency}",
                &[("currency", currency)],
            ),
            svg,
            ticks: ticks.map(short).to_vec(),
            axis: cash().map(|(year, _)| self.format().fiscal_year(year)).collect(),
        })
    }

    fn it_rows(&self, currency: &str, ledger: &Ledger) -> Vec<ItRow> {
        let money = |amount| self.format().money(amount, currency);
        // Projects without a date come last.
        let mut years: Vec<_> = ledger.it.iter().collect();
        years.sort_by_key(|(year, _)| (year.is_none(), **year));
        let row = |(year, of): (&Option<i16>, &crate::portfolio::value::ItYear)| ItRow {
            year: year.map_or_else(|| self.say("No date").into(), |year| year.to_string()),
            projects: self.format().count(of.projects),
            paid: money(of.paid),
            by_it: money(of.by_it),
            share: match of.paid.is_zero() {
                true => self.say("Nothing was paid").into(),
                false => self.format().percent(of.by_it / of.paid),
            },
        };
        years.into_iter().map(row).collect()
    }
}
