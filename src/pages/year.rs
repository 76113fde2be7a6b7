//! Years: the list of them, and what ended, ran, was due, was spent and came back in each.

use super::kpi::Kpi;
use super::view::{
    Cell, Headline, Pair, Words, YearKpiRow, YearMoneyView, YearProjectRow, YearRow, YearView,
    YearsView,
};
use super::{Here, ROWS, list};
use crate::documents::money::FiscalYear;
use crate::portfolio::kpi::Verdict;
use crate::portfolio::totals::Sum;
use crate::portfolio::year::{Money, Part, Told, Year};
use rust_decimal::Decimal;

/// How many KPIs that are not met a year's page shows.
const KPIS: usize = 20;

impl Here<'_> {
    /// A page of the list of years.
    pub(super) fn years(&self, nth: usize) -> YearsView {
        let portfolio = self.portfolio();
        let years = &portfolio.years;
        // What has been comes first, the latest year before the others; then what is to come.
        let now = portfolio.as_of.year();
        let to_come = years.iter().take_while(|year| year.year > now).count();
        let order = years[to_come..].iter().chain(years[..to_come].iter().rev());
        let result = self.years_sentence(&years[to_come..], years.first().filter(|_| to_come > 0));
        let undated = portfolio.projects.iter().filter(|project| project.year.is_none()).count();
        let loose = portfolio.kpis_without_year();
        let mut notes = Vec::new();
        if undated > 0 {
            notes.push(self.plural(
                undated,
                "{n} project tells no date of kickoff, go-live or end.",
                "{n} projects tell no date of kickoff, go-live or end.",
            ));
        }
        if loose > 0 {
            notes.push(self.plural(
                loose,
                "{n} KPI has neither a day to be met by nor a dated figure.",
                "{n} KPIs have neither a day to be met by nor a dated figure.",
            ));
        }
        YearsView {
            frame: self.frame(self.say("Years"), Some(result.clone()), &[]),
            title: self.say("Years").into(),
            result,
            rows: order.skip((nth - 1) * ROWS).take(ROWS).map(|year| self.year_row(year)).collect(),
            notes,
            listing: list::listing(self, "years/index.html", nth, (years.len(), "Years")),
        }
    }

    fn years_sentence(&self, been: &[Year], last: Option<&Year>) -> String {
        let written = |year: Option<&Year>| year.map(|y| y.year.to_string()).unwrap_or_default();
        let (first, latest, last) = (written(been.last()), written(been.first()), written(last));
        let with = [("first", first.as_str()), ("latest", &latest), ("last", &last)];
        let phrase = match (first.is_empty(), first == latest, last.is_empty()) {
            (true, _, true) => "No project tells a date yet.",
            (true, _, false) => "What is expected up to {last}.",
            (false, true, true) => "What ended, ran and was due in {first}.",
            (false, true, false) => {
                "What ended, ran and was due in {first}, and what is expected up to {last}."
            }
            (false, false, true) => "What ended, ran and was due from {first} to {latest}.",
            (false, false, false) => {
                "What ended, ran and was due from {first} to {latest}, and what is expected up to \
                 {last}."
            }
        };
        self.fill(phrase, &with)
    }

    fn year_row(&self, year: &Year) -> YearRow {
        let count = |part| match year.count(part) {
            0 => Cell::absent(self.say("None")),
            n => Cell::text(self.format().count(n)),
        };
        let sums = |of: fn(&Money) -> Sum| {
            let each = year.money.iter().filter(|(_, money)| of(money).counted > 0);
            let short = |amount, currency: &str| self.format().money_short(amount, currency);
            each.map(|(currency, money)| short(of(money).amount, currency)).collect::<Vec<_>>()
        };
        let costs = sums(|money| money.cost);
        let (confirmed, claimed) = (sums(|m| m.confirmed_cash), sums(|m| m.claimed_cash));
        // Of a year that has not begun, only what is expected in it can be told.
        let expected = year.count(Part::Expected);
        let to_come = year.year > self.portfolio().as_of.year();
        let not_yet = |cell: Cell| if to_come { Cell::absent(self.say("Not yet")) } else { cell };
        YearRow {
            name: year.year.to_string(),
            href: self.to(&year.page()),
            ended: match expected {
                n if to_come && n > 0 => Cell::text(self.plural(n, "{n} expected", "{n} expected")),
                _ => not_yet(count(Part::Ended)),
            },
            ran: not_yet(count(Part::Ran)),
            kpis: match (year.coverage.due(), year.coverage.not_due) {
                (0, 0) => Cell::absent(self.say("None due")),
                (0, n) => Cell::absent(self.plural(n, "{n} not due yet", "{n} not due yet")),
                (due, _) => Cell::text(self.part_of(year.coverage.met, due)),
            },
            cost: match costs.is_empty() {
                true => not_yet(Cell::absent(self.say(nothing(&year.cost)))),
                false => Cell::text(costs.join(", ")).sub(self.told_by(&year.cost)),
            },
            cash: match (confirmed.is_empty(), claimed.is_empty()) {
                (true, true) => not_yet(Cell::absent(self.say(nothing(&year.realized)))),
                (false, true) => Cell::text(confirmed.join(", ")).sub(self.say("confirmed")),
                (true, false) => Cell::text(claimed.join(", ")).sub(self.say("claimed")),
                (false, false) => Cell::text(
                    self.fill("{amount} confirmed", &[("amount", &confirmed.join(", "))]),
                )
                .sub(self.fill("{amount} claimed", &[("amount", &claimed.join(", "))])),
            },
        }
    }

    /// A page of a year.
    pub(super) fn year(&self, at: usize, nth: usize) -> YearView {
        let years = &self.portfolio().years;
        let year = &years[at];
        let title = year.year.to_string();
        let result = self.year_sentence(year);
        let said: String = result.iter().map(|words| words.text.as_str()).collect();
        let rows = year.projects.iter().skip((nth - 1) * ROWS).take(ROWS);
        // Only the first page of a year shows them: the others are spared a look at every KPI.
        let (kpis, kpis_more) = if nth == 1 { self.year_kpis(year) } else { Default::default() };
        let beside = |at: Option<usize>| at.and_then(|at| years.get(at));
        let link = |year: &Year| Words::link(year.year.to_string(), self.to(&year.page()));
        YearView {
            frame: self.frame(&title, Some(said), &[(self.say("Years"), "years/index.html")]),
            title,
            result,
            figures: self.year_figures(year),
            first: nth == 1,
            rows: rows
                .map(|(at, part)| YearProjectRow {
                    project: self.row(*at),
                    part: self.say(words(*part)).to_string(),
                })
                .collect(),
            listing: list::listing(self, &year.page(), nth, (year.projects.len(), "Projects")),
            kpis_note: match year.due.is_empty() {
                true => String::new(),
                false => self.coverage_sentence(&year.coverage),
            },
            kpis,
            kpis_more,
            money_title: self.year_of_money(year),
            money_note: self.year_money_note(year),
            money: self.year_money(year),
            near: [beside(Some(at + 1)), beside(at.checked_sub(1))]
                .into_iter()
                .flatten()
                .map(link)
                .collect(),
        }
    }

    fn year_sentence(&self, year: &Year) -> Vec<Words> {
        let of = |part: Part| -> Vec<usize> {
            year.projects.iter().filter(|(_, its)| *its == part).map(|(at, _)| *at).collect()
        };
        let mut parts = Vec::new();
        for (part, one, many) in [
            (Part::Ended, "{n} project ended", "{n} projects ended"),
            (Part::Ran, "{n} other ran", "{n} others ran"),
            (Part::Expected, "{n} is expected", "{n} are expected"),
        ] {
            let list = of(part);
            match (list.len(), part) {
                (0, _) => {}
                (n, Part::Ended) => {
                    let standings = self.standings_of(&list);
                    parts.push(format!("{}: {standings}", self.plural(n, one, many)));
                }
                (n, _) => parts.push(self.plural(n, one, many)),
            }
        }
        match parts.is_empty() {
            true => vec![Words::plain(self.say("No project ended or ran."))],
            false => vec![Words::plain(format!("{}.", parts.join("; ")))],
        }
    }

    fn year_figures(&self, year: &Year) -> Vec<Headline> {
        let count = |label: &'static str, part: Part, note: &'static str| Headline {
            label: self.say(label).into(),
            value: self.format().count(year.count(part)),
            small: String::new(),
            note: self.say(note).into(),
        };
        let mut figures = vec![
            count("Ended", Part::Ended, "Completed or stopped"),
            count("Ran", Part::Ran, "And did not end"),
        ];
        if year.coverage.due() > 0 {
            let due = self.format().count(year.coverage.due());
            figures.push(Headline {
                label: self.say("Due KPIs met").into(),
                value: self.format().count(year.coverage.met),
                small: self.fill(" of {all}", &[("all", &due)]),
                note: match year.coverage.without {
                    0 => self.say("All of them have a figure").into(),
                    n => self.plural(n, "{n} without a figure", "{n} without a figure"),
                },
            });
        }
        figures
    }

    /// The KPIs that were due and are not met, those that were missed first.
    fn year_kpis(&self, year: &Year) -> (Vec<YearKpiRow>, Option<Words>) {
        let portfolio = self.portfolio();
        let kpi = |(at, nth): &(usize, usize)| Kpi::of(&portfolio.projects[*at], *nth);
        let verdict = |of: &(usize, usize)| kpi(of).judgement.verdict;
        let due = |of: &&(usize, usize)| {
            kpi(of).judgement.due || matches!(verdict(of), Verdict::NotMeasured | Verdict::Withheld)
        };
        let is_open = |of: &&(usize, usize)| verdict(of) != Verdict::Met;
        let mut open: Vec<_> =
            year.due.iter().filter(|of| verdict(of) == Verdict::NotMet || due(of)).collect();
        open.retain(is_open);
        open.sort_by_key(|of| verdict(of) != Verdict::NotMet);
        let row = |of: &(usize, usize)| {
            let kpi = kpi(of);
            let there = self.to(&kpi.project.page);
            let href = format!("{there}#kpi-{}", kpi.told.id.value);
            YearKpiRow {
                kpi: Words::link(kpi.told.name.value.clone(), href),
                project: kpi.project.title().to_string(),
                badge: self.badge(kpi),
                gap: self.gaps(kpi).into_iter().next().unwrap_or_default(),
            }
        };
        let more = open.len().checked_sub(KPIS).filter(|more| *more > 0).map(|more| {
            let text = self.plural(more, "{n} more, among all KPIs", "{n} more, among all KPIs");
            Words::link(text, self.to("kpis/index.html"))
        });
        (open.iter().take(KPIS).map(|of| row(of)).collect(), more)
    }

    /// "2025", or the year of money that begins in it.
    fn year_of_money(&self, year: &Year) -> String {
        let written = self.year_to_date(FiscalYear(year.year));
        let phrase = match self.portfolio().settings.fiscal_year_start {
            1 => "Money of {year}",
            _ => "Money of the year {year}",
        };
        self.fill(phrase, &[("year", &written)])
    }

    fn year_money_note(&self, year: &Year) -> String {
        let of = |told: &Told, phrase: &'static str| match told.all() {
            0 => None,
            all => {
                let (n, all) = (self.format().count(told.told), self.projects_in_words(all));
                let text = self.fill(phrase, &[("n", &n), ("projects", &all)]);
                match told.withheld {
                    0 => Some(format!("{text}.")),
                    n => {
                        let hidden = self.plural(n, "{n} is withheld", "{n} are withheld");
                        Some(format!("{text}; {hidden}."))
                    }
                }
            }
        };
        let parts = [
            of(&year.cost, "Cost told by {n} of {projects}"),
            of(&year.realized, "What came back told by {n} of {projects}"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn projects_in_words(&self, n: usize) -> String {
        self.plural(n, "{n} project", "{n} projects")
    }

    /// "4 of 8 projects".
    fn told_by(&self, told: &Told) -> String {
        let (n, all) = (self.format().count(told.told), self.projects_in_words(told.all()));
        match told.all() == told.told {
            true => self.fill("all {projects}", &[("projects", &all)]),
            false => self.fill("{n} of {projects}", &[("n", &n), ("projects", &all)]),
        }
    }

    fn part_of(&self, n: usize, all: usize) -> String {
        let (n, all) = (self.format().count(n), self.format().count(all));
        self.fill("{n} of {all}", &[("n", &n), ("all", &all)])
    }

    fn year_money(&self, year: &Year) -> Vec<YearMoneyView> {
        let one = |(currency, money): (&String, &Money)| YearMoneyView {
            currency: if year.money.len() > 1 { currency.clone() } else { String::new() },
            pairs: [
                ("Cost of projects", money.cost),
                ("Cost of running", money.running),
                ("Cash planned", money.planned_cash),
                ("Cash confirmed", money.confirmed_cash),
                ("Cash claimed", money.claimed_cash),
                ("Without cash, planned", money.planned_other),
                ("Without cash, confirmed", money.confirmed_other),
                ("Without cash, claimed", money.claimed_other),
            ]
            .into_iter()
            .filter(|(label, sum)| *sum != Sum::default() || *label == "Cost of projects")
            .map(|(label, sum)| {
                self.year_sum(label, sum, |amount| self.format().money(amount, currency))
            })
            .collect(),
        };
        year.money.iter().map(one).collect()
    }

    fn year_sum(&self, label: &'static str, sum: Sum, write: impl Fn(Decimal) -> String) -> Pair {
        let label = self.say(label);
        let hidden = match sum.withheld {
            0 => String::new(),
            n => self.plural(n, "; {n} amount withheld", "; {n} amounts withheld"),
        };
        let written = write(sum.amount);
        match (sum.counted, sum.withheld) {
            (0, 0) => Pair::absent(label, self.say("Not given")),
            (0, _) => Pair::absent(label, self.say("Withheld")),
            (1, _) => Pair::text(label, format!("{written}{hidden}")),
            (n, _) => {
                let with = [("amount", written.as_str()), ("n", &self.format().count(n))];
                let sum = self.fill("{amount}, the sum of {n} amounts", &with);
                Pair::text(label, format!("{sum}{hidden}"))
            }
        }
    }
}

fn words(part: Part) -> &'static str {
    match part {
        Part::Ended => "Ended",
        Part::Ran => "Ran",
        Part::Expected => "To come",
    }
}

fn nothing(told: &Told) -> &'static str {
    match (told.withheld, told.untold) {
        (1.., 0) => "Withheld",
        _ => "Not given",
    }
}
