//! Data files: the same figures for machines, in the shapes that section 9 of the contract fixes.
//!
//! UTF-8, RFC 4180, a header row, an empty cell where nothing is told; texts that a spreadsheet
//! would take for a formula are guarded, numbers are not.

mod money;
mod portfolio;
mod post_mortem;
mod schema;

use super::Pages;
use super::format::round;
use crate::documents::date::When;
use crate::documents::figure::Given;
use crate::documents::person::Person;
use crate::documents::settings::PeopleShown;
use crate::portfolio::Project;
use crate::portfolio::completeness::PARTS;
use crate::portfolio::kpi::Verdict;
use post_mortem::{ACTIONS, LESSONS};
use rayon::prelude::*;
use rust_decimal::Decimal;

const PROJECTS: [&str; 19] = [
    "id",
    "title",
    "status",
    "standing",
    "class",
    "owner",
    "unit",
    "year",
    "kpis_met",
    "kpis_judged",
    "kpis_total",
    "budget",
    "actual",
    "currency",
    "benefits_realized",
    "roi",
    "payback_years",
    "completeness",
    "url",
];

const KPIS: [&str; 16] = [
    "project",
    "kpi",
    "name",
    "measure",
    "direction",
    "baseline",
    "baseline_on",
    "target_min",
    "target_max",
    "target_by",
    "actual",
    "actual_on",
    "source",
    "verdict",
    "progress",
    "label",
];

/// Makes the bytes of a data file, a stretch at a time: one of a large portfolio is never in memory
/// whole.
pub type DataFile<'p> = Box<dyn Fn() -> Stretches<'p> + Send + Sync + 'p>;

/// The bytes of a file, a stretch at a time.
pub type Stretches<'p> = Box<dyn Iterator<Item = Vec<u8>> + 'p>;

/// A file of one stretch.
pub(super) fn short(bytes: Vec<u8>) -> Stretches<'static> {
    Box::new(std::iter::once(bytes))
}

/// What each project brings, in their order: a window of them is made at a time, in parallel.
fn windows<'p>(
    projects: &'p [Project],
    make: impl Fn(&'p [Project]) -> Vec<u8> + Sync + 'p,
) -> impl Iterator<Item = Vec<u8>> + 'p {
    projects
        .chunks(WINDOW)
        .flat_map(move |window| window.par_chunks(STRETCH).map(&make).collect::<Vec<_>>())
}

/// So many projects are made into bytes before these are written, and so many by one thread at once.
const WINDOW: usize = 1024;
const STRETCH: usize = 64;

impl Pages<'_> {
    /// The data files, by address, each with the function that makes it.
    pub fn data(&self) -> Vec<(&'static str, DataFile<'_>)> {
        let list = self.portfolio.projects.all();
        let projects = || table(&PROJECTS, list, |project| [self.project_record(project)]);
        let kpis = || table(&KPIS, list, kpi_records);
        let actions = || table(&ACTIONS, list, |project| self.action_records(project));
        let lessons = || table(&LESSONS, list, |project| self.lesson_records(project));
        let costs = || table(&money::COSTS, list, |project| self.cost_records(project));
        let benefits = || table(&money::BENEFITS, list, |project| self.benefit_records(project));
        vec![
            ("data/projects.csv", Box::new(projects)),
            ("data/kpis.csv", Box::new(kpis)),
            ("data/actions.csv", Box::new(actions)),
            ("data/lessons.csv", Box::new(lessons)),
            ("data/costs.csv", Box::new(costs)),
            ("data/benefits.csv", Box::new(benefits)),
            (portfolio::ADDRESS, Box::new(|| self.portfolio_json())),
            ("data/schema.json", Box::new(|| short(schema::schema()))),
        ]
    }

    fn project_record(&self, project: &Project) -> [String; PROJECTS.len()] {
        let front = project.front();
        let investment = project.investment.as_ref();
        let judged = project.kpis.iter().filter(|kpi| kpi.verdict.is_judged()).count();
        let met = project.kpis.iter().filter(|kpi| kpi.verdict == Verdict::Met).count();
        let exact = |amount: Option<Decimal>| amount.map(|a| a.to_string()).unwrap_or_default();
        let tells_benefits =
            front.benefits.iter().any(|b| b.kind.is_monetized() && !b.realized.is_empty());
        let realized = investment.filter(|i| tells_benefits && i.realized.withheld == 0);
        let told = Decimal::from(project.completeness.told() * 100) / Decimal::from(PARTS);
        [
            project.id().to_string(),
            text(project.title()),
            project.status.word().into(),
            project.standing.words().into(),
            front.class.map(|class| class.word().to_string()).unwrap_or_default(),
            text(&self.person_record(&front.owner)),
            project.unit.map(|unit| self.portfolio.units.list[unit].id.clone()).unwrap_or_default(),
            project.year.map(|year| year.to_string()).unwrap_or_default(),
            met.to_string(),
            judged.to_string(),
            project.kpis.len().to_string(),
            exact(investment.and_then(|i| i.budget.value())),
            exact(investment.and_then(|i| i.actual.value())),
            investment.map(|i| i.currency.clone()).unwrap_or_default(),
            exact(realized.map(|i| i.realized.all())),
            derived(investment.and_then(|i| i.to_date.cash.value())),
            derived(investment.and_then(|i| i.payback.as_ref().value()?.years())),
            derived(Some(told)),
            self.url(project),
        ]
    }

    /// A project's page, from the root where the site has no address of its own.
    fn url(&self, project: &Project) -> String {
        let base = self.portfolio.settings.base_url.as_deref().unwrap_or("/");
        format!("{base}{}", project.page.strip_suffix("index.html").unwrap_or_default())
    }

    /// A person's name, or what they do where the site shows roles.
    fn person_record(&self, person: &Person) -> String {
        match self.portfolio.settings.people {
            PeopleShown::Roles => person.role.clone().unwrap_or_default(),
            PeopleShown::Names => person.name.clone(),
        }
    }
}

fn kpi_records(project: &Project) -> impl Iterator<Item = [String; KPIS.len()]> + '_ {
    project.front().kpis.iter().zip(&project.kpis).map(|(told, kpi)| {
        let baseline = told.baseline.as_ref().and_then(Given::known);
        let exact = |value: Option<Decimal>| value.map(|v| v.to_string()).unwrap_or_default();
        let judged = kpi.judged.as_ref();
        let source = judged.and_then(|judged| judged.source.as_ref()).or(told.source.as_ref());
        [
            project.id().to_string(),
            told.id.value.clone(),
            text(&told.name),
            text(&told.measure),
            kpi.direction.map(|direction| direction.word().to_string()).unwrap_or_default(),
            exact(baseline.map(|figure| figure.value)),
            on(baseline.and_then(|figure| figure.on.or(told.on))),
            exact(kpi.bounds.min),
            exact(kpi.bounds.max),
            on(told.target.as_ref().and_then(|target| target.by)),
            exact(judged.map(|judged| judged.value)),
            on(judged.and_then(|judged| judged.on)),
            source.map(|source| text(source)).unwrap_or_default(),
            kpi.verdict.word().into(),
            derived(kpi.progress.map(|progress| progress * Decimal::ONE_HUNDRED)),
            kpi.label.words().into(),
        ]
    })
}

/// A table of the records that each project brings.
fn table<'p, const N: usize, R>(
    header: &[&str; N],
    projects: &'p [Project],
    records: impl Fn(&'p Project) -> R + Sync + 'p,
) -> Stretches<'p>
where
    R: IntoIterator<Item = [String; N]> + 'p,
{
    let mut head = writer();
    head.write_record(header).expect(WHOLE);
    let head = head.into_inner().expect(WHOLE);
    let rows = windows(projects, move |stretch| {
        let mut writer = writer();
        for record in stretch.iter().flat_map(&records) {
            writer.write_record(&record).expect(WHOLE);
        }
        writer.into_inner().expect(WHOLE)
    });
    Box::new(std::iter::once(head).chain(rows))
}

/// Writing to memory cannot fail, and each record has the header's columns.
const WHOLE: &str = "a record in memory is written whole";

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

/// A date as it was written; nothing where there is none.
fn on(when: Option<When>) -> String {
    when.map(|when| when.iso()).unwrap_or_default()
}

/// A number that was derived: at most four decimals.
fn derived(value: Option<Decimal>) -> String {
    value.map(|value| round(value, 4).normalize().to_string()).unwrap_or_default()
}

/// A text, with an apostrophe where a spreadsheet would take it for a formula.
fn text(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_string(),
    }
}
