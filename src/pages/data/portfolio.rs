//! `portfolio.json`: all that the edition shows, as one document that `schema.json` describes.
//!
//! Projects become bytes a stretch at a time, in parallel, and few stretches are there before they
//! are written: a large portfolio never stands in memory as a whole.

mod kpi;
mod learned;
mod project;
mod value;

use super::DataFile;
use super::schema::Number;
use crate::documents::person::Person;
use crate::documents::settings::PeopleShown;
use crate::pages::Pages;
use crate::portfolio::Project;
use crate::portfolio::coverage::Coverage;
use crate::portfolio::totals::{Money, Sum};
use crate::portfolio::unit::Unit;
use project::ProjectData;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// All that an edition of a casebook shows: projects with their figures and what they taught, the
/// units, and sums that say what they cover.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Document<'p> {
    /// Where the schema lies, from this file.
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// The casebook, and how to read it.
    about: About<'p>,
    /// Sums over all projects that the edition shows.
    totals: Totals<'p>,
    /// The business units, by id.
    units: Vec<UnitData<'p>>,
    /// The projects, by id.
    projects: Vec<ProjectData<'p>>,
}

/// The casebook, and how to read it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct About<'p> {
    /// The site's title.
    title: &'p str,
    /// What stands below it.
    tagline: Option<&'p str>,
    /// Whose casebook it is.
    organization: Option<&'p str>,
    /// Where the site lies on the web.
    base_url: Option<&'p str>,
    /// The language of its texts.
    language: &'p str,
    /// The currency of amounts that name none.
    currency: &'p str,
    /// The month in which a year of money begins.
    fiscal_year_start: i8,
    /// The yearly rate, as a part of one.
    discount_rate: Option<Number>,
    /// The day of the data.
    as_of: String,
    /// The circle that this edition is for.
    edition: &'p str,
    /// Whether people are shown by `names` or by `roles`; by roles, no person has a name here.
    #[schemars(extend("enum" = ["names", "roles"]))]
    people: &'static str,
    /// The progress in percent from which a miss is "Nearly".
    nearly_from: Number,
    /// The progress in percent from which a hit is "Exceeded".
    exceeded_from: Number,
    /// What made this document, with its version.
    generator: &'static str,
}

/// Sums over all projects that the edition shows.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Totals<'p> {
    /// How many projects there are.
    projects: usize,
    /// How many projects stand how; they add up to all.
    standings: BTreeMap<&'static str, usize>,
    /// How many KPIs are known; one that two projects tell counts once.
    kpis: CoverageData,
    /// Sums of money, a currency each; currencies are never added.
    money: Vec<MoneyData<'p>>,
    /// Actions of post-mortems that are open.
    open_actions: usize,
    /// Those of them that are overdue.
    overdue_actions: usize,
}

/// How many KPIs are judged.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CoverageData {
    /// Judged and met.
    met: usize,
    /// Judged and not met.
    missed: usize,
    /// Due, but not measured, withheld or not given.
    without_a_figure: usize,
    /// Not due yet.
    not_due: usize,
    /// All of them.
    total: usize,
}

/// Sums of money in one currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MoneyData<'p> {
    /// The currency.
    currency: &'p str,
    /// What was spent.
    invested: SumData,
    /// Budgets in force.
    budget: SumData,
    /// First budget less cost, of ended projects that tell both.
    variance: SumData,
    /// The first budgets that the variance is held against.
    variance_of: Number,
    /// Cash that someone confirmed, up to the day of the data.
    confirmed_cash: Number,
    /// Cash that is claimed; never to be added to the confirmed without saying so.
    claimed_cash: Number,
    /// Money's worth that is no cash, confirmed or claimed.
    other: Number,
    /// Cash that was planned up to now.
    planned_cash: Number,
    /// Cost so far of ended projects, running costs included.
    cost_to_date: SumData,
    /// Return to date of ended projects, cash only, as a part of one.
    roi: Option<Number>,
    /// What units of kind `it` paid.
    paid_by_it: Number,
    /// What all units paid, where shares are told.
    paid: SumData,
}

/// A sum, and what it covers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SumData {
    /// The sum of the visible amounts.
    amount: Number,
    /// Amounts in it.
    counted: usize,
    /// Amounts that are withheld, and not in it.
    withheld: usize,
    /// Projects that tell none.
    untold: usize,
}

/// A business unit.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct UnitData<'p> {
    /// Its id.
    id: &'p str,
    /// Its name.
    name: &'p str,
    /// `business`, `it` or `shared`.
    #[schemars(extend("enum" = ["business", "it", "shared"]))]
    kind: &'static str,
    /// Who leads it.
    lead: Option<PersonData<'p>>,
    /// The id of the unit above it.
    parent: Option<&'p str>,
    /// What it was called before.
    formerly: &'p [String],
    /// The ids of the projects it owns.
    owns: Vec<&'p str>,
    /// The ids of other projects in which it takes part.
    takes_part: Vec<&'p str>,
}

/// A person, as the site shows people.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PersonData<'p> {
    /// The name; null where the site shows roles.
    name: Option<&'p str>,
    /// What they do.
    role: Option<&'p str>,
    /// The id of their unit.
    unit: Option<&'p str>,
    /// Whether they lead the committee.
    chair: bool,
}

impl Pages<'_> {
    /// The whole document.
    pub(super) fn portfolio_json(&self) -> DataFile<'_> {
        let head = || {
            let document = Document {
                schema: "schema.json",
                about: self.about(),
                totals: self.totals(),
                units: self.portfolio.units.list.iter().map(|unit| self.unit_data(unit)).collect(),
                projects: Vec::new(),
            };
            let mut head = serde_json::to_vec(&document).expect(WHOLE);
            head.truncate(head.len() - END.len() + 1);
            head
        };
        let each = |first: usize, stretch: &[Project]| {
            let mut bytes = Vec::new();
            for (project, at) in stretch.iter().zip(first..) {
                bytes.extend_from_slice(if at > 0 { b",\n" } else { b"\n" });
                serde_json::to_writer(&mut bytes, &self.project_data(project)).expect(WHOLE);
            }
            bytes
        };
        self.long(ADDRESS, head, each, END.as_bytes())
    }

    fn about(&self) -> About<'_> {
        let settings = &self.portfolio.settings;
        About {
            title: &settings.title,
            tagline: settings.tagline.as_deref(),
            organization: settings.organization.as_deref(),
            base_url: settings.base_url.as_deref(),
            language: &settings.language,
            currency: &settings.currency,
            fiscal_year_start: settings.fiscal_year_start,
            discount_rate: settings.discount_rate.map(Number),
            as_of: self.portfolio.as_of.to_string(),
            edition: &self.portfolio.audience,
            people: settings.people.word(),
            nearly_from: Number(settings.nearly),
            exceeded_from: Number(settings.exceeded),
            generator: concat!("Casebook ", env!("CARGO_PKG_VERSION")),
        }
    }

    fn totals(&self) -> Totals<'_> {
        let totals = &self.portfolio.totals;
        let standings = totals.standings().into_iter();
        let standings = standings.map(|(standing, n)| (standing.words(), n));
        Totals {
            projects: self.portfolio.projects.len(),
            standings: standings.collect(),
            kpis: coverage(&totals.coverage),
            money: totals.money.iter().map(|(currency, sums)| money(currency, sums)).collect(),
            open_actions: totals.open_actions,
            overdue_actions: totals.overdue_actions,
        }
    }

    fn unit_data<'s>(&'s self, unit: &'s Unit) -> UnitData<'s> {
        let portfolio = self.portfolio;
        let ids = |list: &[usize]| list.iter().map(|at| portfolio.projects[*at].id()).collect();
        UnitData {
            id: &unit.id,
            name: &unit.name,
            kind: unit.kind.word(),
            lead: unit.lead.as_ref().map(|person| self.person_data(person)),
            parent: unit.parent.map(|at| portfolio.units.list[at].id.as_str()),
            formerly: &unit.formerly,
            owns: ids(&unit.owns),
            takes_part: ids(&unit.takes_part),
        }
    }

    /// A person, without a name where the site shows roles.
    pub(super) fn person_data<'s>(&'s self, person: &'s Person) -> PersonData<'s> {
        let names = self.portfolio.settings.people == PeopleShown::Names;
        PersonData {
            name: Some(person.name.as_str()).filter(|_| names),
            role: person.role.as_deref(),
            unit: person.unit.as_ref().and_then(|unit| self.unit_id(unit)),
            chair: person.chair,
        }
    }

    /// The id of a unit that is named.
    pub(super) fn unit_id(&self, name: &str) -> Option<&str> {
        let units = &self.portfolio.units;
        units.find(name).map(|at| units.list[at].id.as_str())
    }
}

/// Where it lies, which decides how its texts link.
pub(super) const ADDRESS: &str = "data/portfolio.json";
/// How a document without projects ends.
const END: &str = "]}\n";
/// Writing to memory cannot fail, and no key of a map is anything but a text.
const WHOLE: &str = "a document in memory is written whole";

fn coverage(of: &Coverage) -> CoverageData {
    CoverageData {
        met: of.met,
        missed: of.missed,
        without_a_figure: of.without,
        not_due: of.not_due,
        total: of.total,
    }
}

fn money<'p>(currency: &'p str, of: &Money) -> MoneyData<'p> {
    MoneyData {
        currency,
        invested: sum(&of.invested),
        budget: sum(&of.budget),
        variance: sum(&of.variance),
        variance_of: Number(of.variance_base),
        confirmed_cash: Number(of.confirmed_cash),
        claimed_cash: Number(of.claimed_cash),
        other: Number(of.other),
        planned_cash: Number(of.planned_cash),
        cost_to_date: sum(&of.cost_to_date),
        roi: of.roi().map(Number::derived),
        paid_by_it: Number::derived(of.paid_by_it),
        paid: sum(&of.paid),
    }
}

fn sum(of: &Sum) -> SumData {
    SumData {
        amount: Number(of.amount),
        counted: of.counted,
        withheld: of.withheld,
        untold: of.untold,
    }
}
