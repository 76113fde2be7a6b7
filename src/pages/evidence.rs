//! Evidence: every figure of a project for an auditor, with raw value, formula and inputs, source,
//! date, who confirmed it and its place in the file.
//!
//! A place is a key and not a line: a line that moved changes no page.

mod kpi;
mod money;

use super::format::{put_raw, raw, round};
use super::kpi::ended;
use super::view::{EvidenceView, FigureRow, FiguresPart, Kept, Words};
use super::{Here, Pages};
use crate::documents::date::When;
use crate::documents::figure::{Figure, Given};
use crate::documents::stage::StageDates;
use crate::portfolio::Project;
use crate::portfolio::completeness::PARTS;
use crate::portfolio::facet::status_words;
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

impl Pages<'_> {
    /// Where the figures of a project can be looked up, as seen from its page: from each it looks
    /// the same.
    pub(super) fn where_figures_stand(&self) -> Kept<Vec<Words>> {
        let Some(project) = self.portfolio.projects.all().first() else { return Kept::default() };
        let here = Here { pages: self, address: &project.page };
        Kept::of(&here.where_figures_stand(project))
    }
}

impl Here<'_> {
    /// Where the figures of a project can be looked up: its evidence, and the data files.
    fn where_figures_stand(&self, project: &Project) -> Vec<Words> {
        let all = [
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
        ];
        all.into_iter().filter_map(Words::if_linked).collect()
    }

    /// Every figure of a project.
    pub(super) fn proofs(&self, at: usize) -> EvidenceView {
        let project = &self.portfolio().projects[at];
        let projects = self.say("Projects");
        let way = [(projects, "projects/index.html"), (project.title(), project.page.as_str())];
        let description = self.fill(
            "Every figure of {title}, with where it comes from.",
            &[("title", project.title())],
        );
        let title = self.say("Evidence");
        EvidenceView {
            frame: self.frame(title, Some(description), &way),
            title: title.into(),
            project: Words::link(project.title(), self.to(&project.page)),
            file: file(project),
            parts: vec![
                self.part(project, "KPIs", "kpis", self.kpi_proofs(project)),
                self.part(project, "Cost", "investment", self.cost_proofs(project)),
                self.part(project, "Benefits", "benefits", self.benefit_proofs(project)),
                self.part(project, "Return", "", self.return_proofs(project)),
                self.part(project, "Stages", "stages", self.stage_proofs(project)),
                self.part(project, "Post-mortem", "post_mortem", self.after_proofs(project)),
                self.part(project, "In sum", "", self.sum_proofs(project)),
            ],
        }
    }

    /// Figures of one kind, or the word that there is none.
    fn part(
        &self,
        project: &Project,
        title: &'static str,
        key: &str,
        rows: Vec<FigureRow>,
    ) -> FiguresPart {
        let none = match (project.withholds(key), rows.is_empty()) {
            (true, _) => self.say(WITHHELD).into(),
            (false, true) => self.say("No figure is told.").into(),
            (false, false) => String::new(),
        };
        FiguresPart { title: self.say(title).into(), none, rows }
    }

    /// A figure that follows from others.
    fn derived(&self, what: impl Into<String>, value: Known<String>, how: String) -> FigureRow {
        let (value, absent, how) = match value {
            Known::Told(value) => (value, false, how),
            Known::Withheld => (
                self.say("Withheld").into(),
                true,
                self.say("A figure that it follows from is withheld.").into(),
            ),
            Known::Nothing => (self.say("Not given").into(), true, how),
        };
        FigureRow { what: what.into(), value, absent, how, ..FigureRow::default() }
    }

    /// A value that may be absent for a reason.
    fn given<T>(
        &self,
        row: FigureRow,
        given: &Given<T>,
        write: impl Fn(&T) -> String,
    ) -> FigureRow {
        let (value, absent) = match given {
            Given::Known(value) => (write(value), false),
            Given::NotDue(why) => (self.fill("Not due: {why}", &[("why", why)]), true),
            Given::NotMeasured(why) => (self.fill("Not measured: {why}", &[("why", why)]), true),
            Given::Withheld(why) => (self.fill("Withheld: {why}", &[("why", why)]), true),
        };
        FigureRow { value, absent, ..row }
    }

    /// Why a target or a budget was changed.
    fn why_changed(&self, why: Option<&String>) -> String {
        match why {
            Some(why) => self.fill("Changed: {why}", &[("why", &ended(why))]),
            None => self.say("No reason is given.").into(),
        }
    }

    /// Until when something held.
    fn held_until(&self, until: Option<When>) -> String {
        match until {
            Some(until) => self.fill("until {date}", &[("date", &until.iso())]),
            None => self.say("no date").into(),
        }
    }

    fn stage_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        for (stage, dates) in project.stages.iter().zip(&project.front().stages.0) {
            let bare = matches!(dates.dates, StageDates::Bare(_));
            let name = [("stage", self.say(stage.name))];
            for (what, which, when) in [
                ("{stage}, planned", "planned", stage.planned),
                ("{stage}, actual", "actual", stage.actual),
            ] {
                let Some(when) = when else { continue };
                let at = match bare {
                    true => format!("stages.{}", stage.key),
                    false => format!("stages.{}.{which}", stage.key),
                };
                let row = told(self.fill(what, &name), when.iso(), at);
                rows.push(match bare {
                    true => {
                        row.because(self.say(
                            "A single date is planned until the day of the data has reached it.",
                        ))
                    }
                    false => row,
                });
            }
            if let (Some(planned), Some(actual)) = (stage.planned, stage.actual) {
                let slip = stage.slip.map_or(Known::Nothing, Known::Told);
                let how = match stage.slip {
                    Some(_) => self.fill(
                        "actual − planned = {actual} − {planned}",
                        &[("actual", &actual.iso()), ("planned", &planned.iso())],
                    ),
                    None => self.say("A slip in days needs two whole dates.").into(),
                };
                let slip = slip.map(|days| self.span(days.into(), "days"));
                rows.push(self.derived(self.fill("{stage}, slip", &name), slip, how));
            }
        }
        rows
    }

    fn after_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        let path = match &project.shown.document.narrative {
            Some(_) => format!("content/projects/{}/post-mortem.md: ", project.id()),
            None => "post_mortem.".into(),
        };
        let held = project.front().post_mortem.iter();
        let evidence = held.flat_map(|post_mortem| &post_mortem.evidence);
        for (nth, told_by) in evidence.enumerate() {
            let measure = told_by.measure.as_deref().unwrap_or_default();
            let name = match &told_by.metric {
                Some(metric) => metric,
                None => self.say("What was measured"),
            };
            for (what, key, figure) in [
                ("{name}, before", "before", &told_by.before),
                ("{name}, after", "after", &told_by.after),
            ] {
                let Some(figure) = figure else { continue };
                let at = format!("{path}evidence[{nth}].{key}");
                let row = told(self.fill(what, &[("name", name)]), String::new(), at);
                let row =
                    self.given(row, figure, |figure: &Figure| measured(figure.value, measure));
                let own = figure.known();
                let source = own.and_then(|own| own.source.as_ref()).or(told_by.source.as_ref());
                let row = row.from(source, self);
                rows.push(match own.and_then(|own| own.on) {
                    Some(on) => row.on(Some(on), self),
                    None => row,
                });
            }
        }
        rows
    }

    /// What is said of the project as a whole.
    fn sum_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let count = |verdict: Verdict| project.kpis.iter().filter(|k| k.verdict == verdict).count();
        let (met, missed) = (count(Verdict::Met), count(Verdict::NotMet));
        let overdue = project.stages.iter().filter(|stage| stage.overdue).count();
        let status = status_words(project.status);
        let standing = self.fill(
            "From the status, {status}, and the KPIs: {met} met, {missed} not met, {none} without \
             a verdict; stages overdue: {overdue}.",
            &[
                ("status", &self.inline(status)),
                ("met", &self.format().count(met)),
                ("missed", &self.format().count(missed)),
                ("none", &self.format().count(project.kpis.len() - met - missed)),
                ("overdue", &self.format().count(overdue)),
            ],
        );
        let parts = &project.completeness;
        let missing: Vec<&str> = parts.missing.iter().map(|part| self.say(part)).collect();
        let missing = match missing.is_empty() {
            true => self.say("Nothing is missing.").into(),
            false => self.fill("Missing: {parts}.", &[("parts", &missing.join(", "))]),
        };
        let share = Decimal::from(parts.told() * 100) / Decimal::from(PARTS);
        let sum = self.fill(
            "parts told ÷ all parts = {told} ÷ {all}.",
            &[("told", &parts.told().to_string()), ("all", &PARTS.to_string())],
        );
        vec![
            told(self.say("Status").into(), self.say(status).into(), "status".into()),
            self.derived(
                self.say("Standing"),
                Known::Told(self.say(project.standing.words()).into()),
                standing,
            ),
            self.derived(
                self.say("Completeness"),
                Known::Told(four_with(share, "%")),
                format!("{sum} {missing}"),
            ),
        ]
    }
}

/// The place of an entry of a list, and what follows it: `kpis[2].actual`.
fn entry(list: &str, nth: usize, key: &str) -> String {
    let mut at = String::with_capacity(list.len() + key.len() + 5);
    at.push_str(list);
    at.push('[');
    put_raw(&mut at, nth.into());
    at.push(']');
    at.push_str(key);
    at
}

/// A figure that stands in a file.
fn told(what: String, value: String, at: String) -> FigureRow {
    FigureRow { what, value, at, ..FigureRow::default() }
}

impl FigureRow {
    fn because(self, how: impl Into<String>) -> FigureRow {
        FigureRow { how: how.into(), ..self }
    }

    /// With its source, or the word that none is given; a figure that is absent has none.
    fn from(self, source: Option<&String>, here: &Here<'_>) -> FigureRow {
        if self.absent {
            return self;
        }
        let source = source.map_or_else(|| here.say("No source given").into(), String::clone);
        FigureRow { source, ..self }
    }

    /// With its date, or the word that none is given.
    fn on(self, on: Option<When>, here: &Here<'_>) -> FigureRow {
        if self.absent {
            return self;
        }
        let on = on.map_or_else(|| here.say("No date given").into(), |on| on.iso());
        FigureRow { on, ..self }
    }
}

/// A number with its measure; a percentage keeps its sign.
fn measured(value: Decimal, measure: &str) -> String {
    match measure {
        "" => raw(value),
        measure => with(value, measure),
    }
}

/// A number and what it counts.
fn with(value: Decimal, unit: &str) -> String {
    let mut out = String::with_capacity(16 + unit.len());
    put_raw(&mut out, value);
    out.push(' ');
    out.push_str(unit);
    out
}

/// A derived number: at most four decimals.
fn four(value: Decimal) -> String {
    raw(rounded(value))
}

/// The same with what it counts.
fn four_with(value: Decimal, unit: &str) -> String {
    with(rounded(value), unit)
}

fn rounded(value: Decimal) -> Decimal {
    round(value, 4).normalize()
}
