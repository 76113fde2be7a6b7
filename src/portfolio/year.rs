//! Years: what ended, ran or is still to come in each calendar year, the KPIs due in it, and the
//! money of the year of money that begins in it.

use super::coverage::Coverage;
use super::investment::Known;
use super::kpi::Judgement;
use super::totals::Sum;
use super::{Portfolio, Project};
use crate::documents::benefit::{Benefit, BenefitKind};
use crate::documents::money::{ByYear, FiscalYear};
use crate::documents::project::Status;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A project that runs longer is taken to have a slip in a date: it counts in its last years.
const LONGEST_RUN: i16 = 50;

/// What a project has to do with a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It is completed or stopped, and the year is its own.
    Ended,
    /// It ran in it.
    Ran,
    /// It is to begin or to end in it.
    Expected,
}

/// How many projects tell something of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// They tell it.
    pub told: usize,
    /// They withhold it.
    pub withheld: usize,
    /// They ended or ran in the year and do not tell it.
    pub untold: usize,
}

/// The money of a year in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// What projects cost.
    pub cost: Sum,
    /// What it cost to keep their results.
    pub running: Sum,
    /// Cash that was planned.
    pub planned_cash: Sum,
    /// Money's worth that was planned.
    pub planned_other: Sum,
    /// Cash that someone confirmed.
    pub confirmed_cash: Sum,
    /// Cash that is claimed.
    pub claimed_cash: Sum,
    /// Money's worth that someone confirmed.
    pub confirmed_other: Sum,
    /// Money's worth that is claimed.
    pub claimed_other: Sum,
}

/// A year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// The calendar year.
    pub year: i16,
    /// Its projects: those that ended, those that ran, those to come; each the newest first.
    pub projects: Vec<(usize, Part)>,
    /// The KPIs due in it, as (project, KPI).
    pub due: Vec<(usize, usize)>,
    /// How they stand.
    pub coverage: Coverage,
    /// Money by currency.
    pub money: BTreeMap<String, Money>,
    /// Who tells a cost.
    pub cost: Told,
    /// Who tells what came back.
    pub realized: Told,
}

impl Year {
    /// Its page.
    pub fn page(&self) -> String {
        format!("years/{}/index.html", self.year)
    }

    /// How many projects have such a part in it.
    pub fn count(&self, part: Part) -> usize {
        self.projects.iter().filter(|(_, its)| *its == part).count()
    }
}

/// The years in which something is told to happen, the latest first.
pub fn years(projects: &[Project], newest: &[usize], as_of: Date) -> Vec<Year> {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    for at in newest {
        let project = &projects[*at];
        let parts = parts(project, as_of.year());
        for (year, part) in &parts {
            let year =
                years.entry(*year).or_insert_with(|| Year { year: *year, ..Year::default() });
            year.projects.push((*at, *part));
        }
        for (nth, kpi) in project.kpis.iter().enumerate() {
            if let Some(year) = due_in(project, nth, kpi) {
                let year = years.entry(year).or_insert_with(|| Year { year, ..Year::default() });
                year.due.push((*at, nth));
                year.coverage += Coverage::of(kpi);
            }
        }
        add_money(&mut years, project, &parts);
    }
    // Plans alone make no year: what is planned beyond the last project stands with the projects.
    let happens = |year: &Year| {
        year.year <= as_of.year() || !(year.projects.is_empty() && year.due.is_empty())
    };
    let mut years: Vec<Year> = years.into_values().rev().filter(happens).collect();
    years.iter_mut().for_each(|year| year.projects.sort_by_key(|(_, part)| *part));
    years
}

impl Portfolio {
    /// The KPIs that belong to no year: no day is set for them, and no dated figure is given.
    pub fn kpis_without_year(&self) -> usize {
        let of = |project: &Project| {
            let kpis = project.kpis.iter().enumerate();
            kpis.filter(|(nth, kpi)| {
                let counts = project.front().kpis[*nth].same_as.is_none();
                counts && due_in(project, *nth, kpi).is_none()
            })
            .count()
        };
        self.projects.iter().map(of).sum()
    }
}

/// The years of a project, with its part in each.
fn parts(project: &Project, now: i16) -> Vec<(i16, Part)> {
    let kickoff = project.stages.iter().find(|stage| stage.key == "kickoff");
    let begun = kickoff.and_then(|stage| stage.actual);
    let begun = begun.or_else(|| project.stages.iter().filter_map(|stage| stage.actual).min());
    let begun = begun.map(|when| when.from.year());
    let own = project.year;
    let last = match project.status {
        Status::Planned => None,
        Status::Active => Some(now),
        // The year in which it ended is told apart.
        Status::Completed | Status::Stopped => own.map(|own| (own - 1).min(now)),
    };
    let ran = begun.zip(last).map(|(first, last)| first.max(last - LONGEST_RUN)..=last);
    let in_own = |own: i16| match project.status {
        _ if own > now => Part::Expected,
        Status::Completed | Status::Stopped => Part::Ended,
        Status::Active => Part::Ran,
        Status::Planned => Part::Expected,
    };
    let ran = ran.into_iter().flatten().map(|year| (year, Part::Ran));
    let mut parts: Vec<_> = own.into_iter().map(|own| (own, in_own(own))).chain(ran).collect();
    parts.sort_unstable();
    parts.dedup_by_key(|(year, _)| *year);
    parts
}

/// The year in which a KPI is due: of the day set for it, else of its figure. A KPI that another
/// project tells as well counts there.
fn due_in(project: &Project, nth: usize, kpi: &Judgement) -> Option<i16> {
    let told = &project.front().kpis[nth];
    if told.same_as.is_some() {
        return None;
    }
    let by = told.target.as_ref().and_then(|target| target.by);
    by.or_else(|| kpi.judged.as_ref()?.on).map(|when| when.to.year())
}

fn add_money(years: &mut BTreeMap<i16, Year>, project: &Project, parts: &[(i16, Part)]) {
    let front = project.front();
    let told = front.investment.as_ref();
    let currency = project.investment.as_ref().map_or("", |i| i.currency.as_str());
    let costs = |years: &mut BTreeMap<i16, Year>, amounts: &ByYear, of: Pick| {
        for (FiscalYear(year), amount) in amounts {
            let year =
                years.entry(*year).or_insert_with(|| Year { year: *year, ..Year::default() });
            of(year.money.entry(currency.to_string()).or_default()).add(Some(amount).into());
        }
    };
    if let Some(told) = told {
        costs(years, &told.costs, |money| &mut money.cost);
        costs(years, &told.running, |money| &mut money.running);
    }
    for benefit in front.benefits.iter().filter(|benefit| benefit.kind.is_monetized()) {
        costs(years, &benefit.planned, planned(benefit));
        costs(years, &benefit.realized, realized(benefit));
    }
    let known = |amounts: &ByYear, year: i16| Known::from(amounts.get(&FiscalYear(year)));
    let monetized = || front.benefits.iter().filter(|benefit| benefit.kind.is_monetized());
    let costs = told.map(|told| &told.costs);
    let spent = costs.into_iter().flat_map(|costs| costs.keys());
    for year in with(parts, spent) {
        let Some(one) = years.get_mut(&year) else { continue };
        let cost = costs.map_or(Known::Nothing, |costs| known(costs, year));
        one.cost.count([cost], project.withholds("investment"));
    }
    let came = monetized().flat_map(|benefit| benefit.realized.keys());
    for year in with(parts, came) {
        let Some(one) = years.get_mut(&year) else { continue };
        let amounts = monetized().map(|benefit| known(&benefit.realized, year));
        one.realized.count(amounts, project.withholds("benefits"));
    }
}

/// The years in which a project ended or ran, and others in which it tells money.
fn with<'y>(parts: &[(i16, Part)], told: impl Iterator<Item = &'y FiscalYear>) -> BTreeSet<i16> {
    let ran = parts.iter().filter(|(_, part)| *part != Part::Expected).map(|(year, _)| *year);
    ran.chain(told.map(|year| year.0)).collect()
}

type Pick = fn(&mut Money) -> &mut Sum;

fn planned(benefit: &Benefit) -> Pick {
    match benefit.kind {
        BenefitKind::CashReleasing => |money| &mut money.planned_cash,
        _ => |money| &mut money.planned_other,
    }
}

fn realized(benefit: &Benefit) -> Pick {
    match (benefit.kind, benefit.confirmed_by.is_some()) {
        (BenefitKind::CashReleasing, true) => |money| &mut money.confirmed_cash,
        (BenefitKind::CashReleasing, false) => |money| &mut money.claimed_cash,
        (_, true) => |money| &mut money.confirmed_other,
        (_, false) => |money| &mut money.claimed_other,
    }
}

impl Told {
    /// Counts a project by the amounts that it tells of the year.
    fn count<T>(&mut self, amounts: impl IntoIterator<Item = Known<T>>, hidden: bool) {
        let (mut told, mut withheld) = (false, hidden);
        for amount in amounts {
            told |= matches!(amount, Known::Told(_));
            withheld |= matches!(amount, Known::Withheld);
        }
        *match (told, withheld) {
            (_, true) => &mut self.withheld,
            (true, false) => &mut self.told,
            (false, false) => &mut self.untold,
        } += 1;
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.told + self.withheld + self.untold
    }
}
