//! Evidence: every figure of a project for an auditor, with raw value, formula and inputs, source,
//! date, who confirmed it and its place in the file.
//!
//! A place is a key and not a line: a line that moved changes no page.

mod kpi;
mod money;

use super::Here;
use super::format::round;
use super::view::{EvidenceView, FigureRow, FiguresPart, Words};
use crate::documents::date::When;
use crate::documents::figure::{Figure, Given};
use crate::documents::stage::StageDates;
use crate::portfolio::Project;
use crate::portfolio::completeness::PARTS;
use crate::portfolio::investment::Known;
use crate::portfolio::kpi::Verdict;
use rust_decimal::Decimal;

/// What stands where a key is kept to a narrower circle.
const WITHHELD: &str = "Withheld: it is kept to a narrower circle.";

/// The file that tells a project.
fn file(project: &Project) -> String {
    match project.shown.document.folder {
        Some(_) => format!("content/projects/{}/index.md", project.id()),
        None => format!("content/projects/{}.md", project.id()),
    }
}

impl Here<'_> {
    /// Where the figures of a project can be looked up: its evidence, and the data files.
    pub(super) fn where_figures_stand(&self, project: &Project) -> Vec<Words> {
        vec![
            Words::link(
                self.say("Every figure with its source: evidence"),
                self.to(&crate::portfolio::address::evidence(project.id())),
            ),
            Words::link("projects.csv", self.to("data/projects.csv")),
            Words::link("kpis.csv", self.to("data/kpis.csv")),
            Words::link("lessons.csv", self.to("data/lessons.csv")),
            Words::link("actions.csv", self.to("data/actions.csv")),
            Words::link("costs.csv", self.to("data/costs.csv")),
            Words::link("benefits.csv", self.to("data/benefits.csv")),
            Words::link("portfolio.json", self.to("data/portfolio.json")),
        ]
    }

    /// Every figure of a project.
    pub(super) fn proofs(&self, at: usize) -> EvidenceView {
        let project = &self.portfolio().projects[at];
        let way = [("Projects", "projects/index.html"), (project.title(), project.page.as_str())];
        let description = format!("Every figure of {}, with where it comes from.", project.title());
        EvidenceView {
            frame: self.frame("Evidence", Some(description), &way),
            title: "Evidence".into(),
            project: Words::link(project.title(), self.to(&project.page)),
            file: file(project),
            parts: vec![
                part(project, "KPIs", "kpis", self.kpi_proofs(project)),
                part(project, "Cost", "investment", self.cost_proofs(project)),
                part(project, "Benefits", "benefits", self.benefit_proofs(project)),
                part(project, "Return", "", self.return_proofs(project)),
                part(project, "Stages", "stages", stage_proofs(project)),
                part(project, "Post-mortem", "post_mortem", after_proofs(project)),
                part(project, "In sum", "", sum_proofs(project)),
            ],
        }
    }
}

/// Figures of one kind, or the word that there is none.
fn part(project: &Project, title: &str, key: &str, rows: Vec<FigureRow>) -> FiguresPart {
    let none = match (project.withholds(key), rows.is_empty()) {
        (true, _) => WITHHELD.into(),
        (false, true) => "No figure is told.".into(),
        (false, false) => String::new(),
    };
    FiguresPart { title: title.into(), none, rows }
}

/// A figure that stands in a file.
fn told(what: String, value: String, at: String) -> FigureRow {
    FigureRow { what, value, at, ..FigureRow::default() }
}

/// A figure that follows from others.
fn derived(what: impl Into<String>, value: Known<String>, how: String) -> FigureRow {
    let (value, absent, how) = match value {
        Known::Told(value) => (value, false, how),
        Known::Withheld => {
            ("Withheld".into(), true, "A figure that it follows from is withheld.".into())
        }
        Known::Nothing => ("Not given".into(), true, how),
    };
    FigureRow { what: what.into(), value, absent, how, ..FigureRow::default() }
}

/// A value that may be absent for a reason.
fn given<T>(row: FigureRow, given: &Given<T>, write: impl Fn(&T) -> String) -> FigureRow {
    let (value, absent) = match given {
        Given::Known(value) => (write(value), false),
        Given::NotDue(why) => (format!("Not due: {why}"), true),
        Given::NotMeasured(why) => (format!("Not measured: {why}"), true),
        Given::Withheld(why) => (format!("Withheld: {why}"), true),
    };
    FigureRow { value, absent, ..row }
}

impl FigureRow {
    fn because(self, how: impl Into<String>) -> FigureRow {
        FigureRow { how: how.into(), ..self }
    }

    /// With its source, or the word that none is given; a figure that is absent has none.
    fn from(self, source: Option<&String>) -> FigureRow {
        if self.absent {
            return self;
        }
        let source = source.map_or_else(|| "No source given".into(), String::clone);
        FigureRow { source, ..self }
    }

    /// With its date, or the word that none is given.
    fn on(self, on: Option<When>) -> FigureRow {
        if self.absent {
            return self;
        }
        FigureRow { on: on.map_or_else(|| "No date given".into(), |on| on.iso()), ..self }
    }
}

/// A number with its measure; a percentage keeps its sign.
fn measured(value: Decimal, measure: &str) -> String {
    match measure {
        "" => value.to_string(),
        measure => format!("{value} {measure}"),
    }
}

/// A derived number: at most four decimals.
fn four(value: Decimal) -> String {
    round(value, 4).normalize().to_string()
}

fn stage_proofs(project: &Project) -> Vec<FigureRow> {
    let mut rows = Vec::new();
    for (stage, dates) in project.stages.iter().zip(&project.front().stages.0) {
        let bare = matches!(dates.dates, StageDates::Bare(_));
        let mut date = |which: &str, when: Option<When>| {
            let Some(when) = when else { return };
            let at = match bare {
                true => format!("stages.{}", stage.key),
                false => format!("stages.{}.{which}", stage.key),
            };
            let row = told(format!("{}, {which}", stage.name), when.iso(), at);
            rows.push(match bare {
                true => row
                    .because("A single date is planned until the day of the data has reached it."),
                false => row,
            });
        };
        date("planned", stage.planned);
        date("actual", stage.actual);
        if let (Some(planned), Some(actual)) = (stage.planned, stage.actual) {
            let slip = stage.slip.map_or(Known::Nothing, Known::Told);
            let how = match stage.slip {
                Some(_) => format!("actual − planned = {} − {}", actual.iso(), planned.iso()),
                None => "A slip in days needs two whole dates.".into(),
            };
            rows.push(derived(
                format!("{}, slip", stage.name),
                slip.map(|days| format!("{days} days")),
                how,
            ));
        }
    }
    rows
}

fn after_proofs(project: &Project) -> Vec<FigureRow> {
    let mut rows = Vec::new();
    let path = match &project.shown.document.narrative {
        Some(_) => format!("content/projects/{}/post-mortem.md: ", project.id()),
        None => "post_mortem.".into(),
    };
    let evidence = project.front().post_mortem.iter().flat_map(|post_mortem| &post_mortem.evidence);
    for (nth, told_by) in evidence.enumerate() {
        let measure = told_by.measure.as_deref().unwrap_or_default();
        let name = told_by.metric.as_deref().unwrap_or("What was measured");
        for (key, figure) in [("before", &told_by.before), ("after", &told_by.after)] {
            let Some(figure) = figure else { continue };
            let at = format!("{path}evidence[{nth}].{key}");
            let row = told(format!("{name}, {key}"), String::new(), at);
            let row = given(row, figure, |figure: &Figure| measured(figure.value, measure));
            let own = figure.known();
            let source = own.and_then(|own| own.source.as_ref()).or(told_by.source.as_ref());
            let row = row.from(source);
            rows.push(match own.and_then(|own| own.on) {
                Some(on) => row.on(Some(on)),
                None => row,
            });
        }
    }
    rows
}

/// What is said of the project as a whole.
fn sum_proofs(project: &Project) -> Vec<FigureRow> {
    let count = |verdict: Verdict| project.kpis.iter().filter(|k| k.verdict == verdict).count();
    let (met, missed) = (count(Verdict::Met), count(Verdict::NotMet));
    let standing = format!(
        "From the status, {}, and the KPIs: {met} met, {missed} not met, {} without a verdict; {} \
         stages are overdue.",
        project.status.word(),
        project.kpis.len() - met - missed,
        project.stages.iter().filter(|stage| stage.overdue).count()
    );
    let parts = &project.completeness;
    let missing = match parts.missing.as_slice() {
        [] => "Nothing is missing.".into(),
        missing => format!("Missing: {}.", missing.join(", ")),
    };
    let share = Decimal::from(parts.told() * 100) / Decimal::from(PARTS);
    vec![
        told("Status".into(), project.status.word().into(), "status".into()),
        derived("Standing", Known::Told(project.standing.words().into()), standing),
        derived(
            "Completeness",
            Known::Told(format!("{} %", four(share))),
            format!("parts told ÷ all parts = {} ÷ {PARTS}. {missing}", parts.told()),
        ),
    ]
}
