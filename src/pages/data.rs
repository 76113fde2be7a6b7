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

/// A file beside pages, made a stretch at a time: one of a large portfolio is never in memory whole,
/// and where little changed few of its stretches are made again.
pub struct DataFile<'p> {
    /// Its address.
    pub address: String,
    /// How many stretches it has.
    pub stretches: usize,
    /// Whether it is made of the list of pages, which is no noun that is watched; all else is.
    pub lists_pages: bool,
    make: Box<dyn Fn(usize) -> Vec<u8> + Send + Sync + 'p>,
}

impl<'p> DataFile<'p> {
    /// A file of one stretch.
    pub(super) fn short(
        address: impl Into<String>,
        make: impl Fn() -> Vec<u8> + Send + Sync + 'p,
    ) -> DataFile<'p> {
        let make = Box::new(move |_| make());
        DataFile { address: address.into(), stretches: 1, lists_pages: false, make }
    }

    /// The same, made of the list of pages.
    pub(super) fn of_pages(self) -> DataFile<'p> {
        DataFile { lists_pages: true, ..self }
    }

    /// The bytes of a stretch.
    pub fn stretch(&self, nth: usize) -> Vec<u8> {
        (self.make)(nth)
    }
}

/// So many projects make a stretch: of a shorter one less is made again where one of them changed.
const STRETCH: usize = 8;

impl Pages<'_> {
    /// The data files.
    pub fn data(&self) -> Vec<DataFile<'_>> {
        vec![
            self.table("data/projects.csv", &PROJECTS, |project| [self.project_record(project)]),
            self.table("data/kpis.csv", &KPIS, kpi_records),
            self.table("data/actions.csv", &ACTIONS, |project| self.action_records(project)),
            self.table("data/lessons.csv", &LESSONS, |project| self.lesson_records(project)),
            self.table("data/costs.csv", &money::COSTS, |project| self.cost_records(project)),
            self.table("data/benefits.csv", &money::BENEFITS, |project| {
                self.benefit_records(project)
            }),
            self.portfolio_json(),
            DataFile::short("data/schema.json", schema::schema),
        ]
    }

    /// A file of what each project brings, in their order, behind a stretch that is its head and
    /// before one that is its end.
    fn long<'s>(
        &'s self,
        address: &str,
        head: impl Fn() -> Vec<u8> + Send + Sync + 's,
        each: impl Fn(usize, &'s [Project]) -> Vec<u8> + Send + Sync + 's,
        end: &'static [u8],
    ) -> DataFile<'s> {
        let projects = &self.portfolio.projects;
        let last = 1 + projects.len().div_ceil(STRETCH);
        let make = move |nth: usize| match nth {
            0 => head(),
            _ if nth == last => end.to_vec(),
            _ => {
                let first = (nth - 1) * STRETCH;
                each(first, projects.stretch(first..(first + STRETCH).min(projects.len())))
            }
        };
        DataFile {
            address: address.into(),
            stretches: last + 1,
            lists_pages: false,
            make: Box::new(make),
        }
    }

    /// A table of the records that each project brings.
    fn table<'s, const N: usize, R>(
        &'s self,
        address: &str,
        header: &'static [&'static str; N],
        records: impl Fn(&'s Project) -> R + Send + Sync + 's,
    ) -> DataFile<'s>
    where
        R: IntoIterator<Item = [String; N]> + 's,
    {
        let head = move || {
            let mut writer = writer();
            writer.write_record(header).expect(WHOLE);
            writer.into_inner().expect(WHOLE)
        };
        let rows = move |_, stretch: &'s [Project]| {
            let mut writer = writer();
            for record in stretch.iter().flat_map(&records) {
                writer.write_record(&record).expect(WHOLE);
            }
            writer.into_inner().expect(WHOLE)
        };
        self.long(address, head, rows, b"")
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
