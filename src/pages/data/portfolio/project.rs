//! A project of `portfolio.json`: what it is, who it is about, and what else is told of it.

use super::super::schema::{Day, Number, Part};
use super::PersonData;
use super::kpi::KpiData;
use super::learned::PostMortemData;
use super::value::{BenefitData, InvestmentData, ReturnsData};
use crate::documents::fields::Spanned;
use crate::documents::person::Person;
use crate::documents::settings::PeopleShown;
use crate::pages::{Here, Pages};
use crate::portfolio::Project;
use crate::portfolio::completeness::PARTS;
use schemars::JsonSchema;
use serde::Serialize;

/// A text that may be withheld, or null where it is not given.
type Text<'p> = Part<'p, Option<&'p str>>;
/// A list that may be withheld; it is empty where nothing is given.
type List<'p, T> = Part<'p, Vec<T>>;

/// A project.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::pages::data) struct ProjectData<'p> {
    /// Its id.
    id: &'p str,
    /// Its title.
    title: &'p str,
    /// Its page.
    url: String,
    /// The result in one sentence; empty where none is told.
    summary: Part<'p, String>,
    /// `planned`, `active`, `completed` or `stopped`.
    #[schemars(extend("enum" = ["planned", "active", "completed", "stopped"]))]
    status: &'static str,
    /// What KPIs and stages say of it in a word.
    standing: &'static str,
    /// `transformation`, `modernization` or `hybrid`.
    class: Text<'p>,
    /// Why it is of that class.
    class_reason: Text<'p>,
    /// Whether it may lead the home page.
    featured: bool,
    /// The calendar year it belongs to.
    year: Option<i16>,
    /// The id of the unit that owns it.
    unit: Option<&'p str>,
    /// The ids of all units that take part.
    units: List<'p, &'p str>,
    /// Who owns it.
    owner: PersonData<'p>,
    /// Who sponsors it.
    sponsor: Part<'p, Option<PersonData<'p>>>,
    /// Who leads the work of IT.
    it_lead: Part<'p, Option<PersonData<'p>>>,
    /// Its champions.
    champions: List<'p, PersonData<'p>>,
    /// Its steering committee.
    steering: List<'p, PersonData<'p>>,
    /// Its team.
    team: List<'p, PersonData<'p>>,
    /// First-hand experience: who of IT went to see which unit.
    shadowing: List<'p, ShadowingData<'p>>,
    /// Why it was begun.
    need: Text<'p>,
    /// What it was to reach.
    objective: Text<'p>,
    /// What was to be done, and what was done.
    scope: Part<'p, Option<ScopeData<'p>>>,
    /// Gaps in the given problem that were caught.
    gaps: List<'p, GapData<'p>>,
    /// The stages that are told.
    stages: List<'p, StageData>,
    /// The KPIs, as told and as judged.
    kpis: List<'p, KpiData<'p>>,
    /// The id of the KPI that leads.
    headline: Option<&'p str>,
    /// What is different now.
    outcomes: List<'p, OutcomeData<'p>>,
    /// The benefits, planned and realized.
    benefits: List<'p, BenefitData<'p>>,
    /// What it cost, and who paid.
    investment: Part<'p, Option<InvestmentData<'p>>>,
    /// What was reckoned from cost and benefits; null where neither is told.
    returns: Option<ReturnsData>,
    /// What others found who looked at it.
    assurance: List<'p, AssuranceData<'p>>,
    /// Who runs it now, and with what.
    handover: Text<'p>,
    /// What people said.
    quotes: List<'p, QuoteData<'p>>,
    /// Praise from above.
    recognition: List<'p, RecognitionData<'p>>,
    /// Its tags.
    tags: List<'p, &'p str>,
    /// The ids of related projects.
    related: List<'p, &'p str>,
    /// Rules that do not apply to it.
    waived: List<'p, WaivedData<'p>>,
    /// The post-mortem.
    post_mortem: Part<'p, Option<PostMortemData<'p>>>,
    /// How much of it is told.
    completeness: CompletenessData<'p>,
}

/// Someone of IT in a unit.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ShadowingData<'p> {
    /// The id of the unit.
    unit: Option<&'p str>,
    /// Who went; null where the site shows roles and only a name is told.
    by: Option<&'p str>,
    /// For how many days.
    days: Option<Number>,
    /// What they learned.
    learned: Option<&'p str>,
}

/// What was to be done, and what was done.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ScopeData<'p> {
    /// At the start.
    planned: Option<&'p str>,
    /// At the end.
    r#final: Option<&'p str>,
    /// Why it changed.
    reason: Option<&'p str>,
}

/// A gap in the given problem.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct GapData<'p> {
    /// What was missing.
    text: &'p str,
    /// The id of the unit that found it.
    found_by: Option<&'p str>,
}

/// A stage.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct StageData {
    /// Its key, such as `go_live`.
    stage: &'static str,
    /// When it was to be.
    planned: Option<Day>,
    /// When it was.
    actual: Option<Day>,
    /// How many days it was late, where both are whole dates.
    slip_days: Option<i32>,
    /// Whether its day has passed without it.
    overdue: bool,
}

/// What is different now.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OutcomeData<'p> {
    /// In one sentence.
    statement: &'p str,
    /// The id of the KPI that shows it.
    kpi: Option<&'p str>,
}

/// What someone found who looked at it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AssuranceData<'p> {
    /// Who; null where the site shows roles and only a name is told.
    by: Option<&'p str>,
    /// When.
    on: Option<Day>,
    /// What.
    finding: Option<&'p str>,
}

/// What someone said.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct QuoteData<'p> {
    /// The words.
    text: &'p str,
    /// Whose they are; null where the site shows roles.
    by: Option<&'p str>,
    /// What they do.
    role: Option<&'p str>,
    /// The id of their unit.
    unit: Option<&'p str>,
}

/// Praise from above.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RecognitionData<'p> {
    /// Who gave it; null where the site shows roles and only a name is told.
    by: Option<&'p str>,
    /// When.
    on: Option<Day>,
    /// The words.
    text: Option<&'p str>,
}

/// A rule that does not apply.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct WaivedData<'p> {
    /// Its code.
    rule: &'p str,
    /// Why it does not apply.
    why: &'p str,
}

/// How much of a project is told.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CompletenessData<'p> {
    /// How many parts are told.
    told: usize,
    /// Of how many.
    of: usize,
    /// The names of those that are missing.
    missing: &'p [&'static str],
}

impl Pages<'_> {
    /// A project with all that the edition shows of it.
    pub(in crate::pages::data) fn project_data<'s>(
        &'s self,
        project: &'s Project,
    ) -> ProjectData<'s> {
        let front = project.front();
        let here = Here { pages: self, address: super::ADDRESS };
        let unless = |key: &str| project.withholds(key);
        let text = |key, text: &'s Option<String>| Part::unless(unless(key), || text.as_deref());
        let person = |key, person: &'s Option<Person>| {
            Part::unless(unless(key), || person.as_ref().map(|person| self.person_data(person)))
        };
        let people = |key, people: &'s [Person]| {
            Part::unless(unless(key), || people.iter().map(|p| self.person_data(p)).collect())
        };
        let names = |key, names: &'s [Spanned<String>]| {
            Part::unless(unless(key), || names.iter().map(|name| name.value.as_str()).collect())
        };
        let units = &self.portfolio.units.list;
        let found = |name: &'s Option<Spanned<String>>| self.unit_id(name.as_ref()?);
        let shows_names = self.portfolio.settings.people == PeopleShown::Names;
        ProjectData {
            id: project.id(),
            title: project.title(),
            url: self.url(project),
            summary: Part::unless(unless("summary"), || here.result(project)),
            status: project.status.word(),
            standing: project.standing.words(),
            class: Part::unless(unless("class"), || front.class.map(|class| class.word())),
            class_reason: text("class_reason", &front.class_reason),
            featured: front.featured,
            year: project.year,
            unit: project.unit.map(|at| units[at].id.as_str()),
            units: Part::unless(unless("units"), || {
                project.units.iter().map(|at| units[*at].id.as_str()).collect()
            }),
            owner: self.person_data(&front.owner),
            sponsor: person("sponsor", &front.sponsor),
            it_lead: person("it_lead", &front.it_lead),
            champions: people("champions", &front.champions),
            steering: people("steering", &front.steering),
            team: people("team", &front.team),
            shadowing: Part::unless(unless("shadowing"), || {
                let each = front.shadowing.iter().map(|s| ShadowingData {
                    unit: self.unit_id(&s.unit),
                    by: s.by.as_deref().and_then(|by| self.portfolio.by_whom(by)),
                    days: s.days.map(Number),
                    learned: s.learned.as_deref(),
                });
                each.collect()
            }),
            need: text("need", &front.need),
            objective: text("objective", &front.objective),
            scope: Part::unless(unless("scope"), || {
                front.scope.as_ref().map(|scope| ScopeData {
                    planned: scope.planned.as_deref(),
                    r#final: scope.r#final.as_deref(),
                    reason: scope.reason.as_deref(),
                })
            }),
            gaps: Part::unless(unless("gaps"), || {
                let each = front.gaps.iter();
                each.map(|g| GapData { text: &g.text, found_by: found(&g.found_by) }).collect()
            }),
            stages: Part::unless(unless("stages"), || stages(project)),
            kpis: Part::unless(unless("kpis"), || self.kpi_data(project)),
            headline: project.headline.map(|at| front.kpis[at].id.value.as_str()),
            outcomes: Part::unless(unless("outcomes"), || {
                let each = front.outcomes.iter().map(|outcome| OutcomeData {
                    statement: &outcome.statement,
                    kpi: outcome.kpi.as_ref().map(|kpi| kpi.value.as_str()),
                });
                each.collect()
            }),
            benefits: Part::unless(unless("benefits"), || self.benefit_data(project)),
            investment: Part::unless(unless("investment"), || self.investment_data(project)),
            returns: self.returns_data(project),
            assurance: Part::unless(unless("assurance"), || {
                let each = front.assurance.iter().map(|a| AssuranceData {
                    by: self.portfolio.by_whom(&a.by),
                    on: a.on.map(Day),
                    finding: a.finding.as_deref(),
                });
                each.collect()
            }),
            handover: text("handover", &front.handover),
            quotes: Part::unless(unless("quotes"), || {
                let each = front.quotes.iter().map(|quote| QuoteData {
                    text: &quote.text,
                    by: quote.by.as_deref().filter(|_| shows_names),
                    role: quote.role.as_deref(),
                    unit: found(&quote.unit),
                });
                each.collect()
            }),
            recognition: Part::unless(unless("recognition"), || {
                let each = front.recognition.iter().map(|praise| RecognitionData {
                    by: self.portfolio.by_whom(&praise.by),
                    on: praise.on.map(Day),
                    text: praise.text.as_deref(),
                });
                each.collect()
            }),
            tags: names("tags", &front.tags),
            related: names("related", &front.related),
            waived: Part::unless(unless("waived"), || {
                let each = front.waived.iter();
                each.map(|(rule, why)| WaivedData { rule: &rule.value, why }).collect()
            }),
            post_mortem: Part::unless(unless("post_mortem"), || self.post_mortem_data(project)),
            completeness: CompletenessData {
                told: project.completeness.told(),
                of: PARTS,
                missing: &project.completeness.missing,
            },
        }
    }
}

fn stages(project: &Project) -> Vec<StageData> {
    let told = project.stages.iter().map(|stage| StageData {
        stage: stage.key,
        planned: stage.planned.map(Day),
        actual: stage.actual.map(Day),
        slip_days: stage.slip,
        overdue: stage.overdue,
    });
    told.collect()
}
