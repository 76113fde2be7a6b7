//! A KPI of `portfolio.json`: its figures as they were told, and its judgement.

use super::super::schema::{Day, Given, Number, given};
use crate::documents::figure::Figure;
use crate::documents::kpi::{Goal, Kpi, Target, Was};
use crate::pages::Pages;
use crate::portfolio::Project;
use crate::portfolio::kpi::Judgement;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

/// A KPI, as told and as judged.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::pages::data) struct KpiData<'p> {
    /// Its id, unique in its project.
    id: &'p str,
    /// What is measured.
    name: &'p str,
    /// In what it is measured; empty for a bare number.
    measure: &'p str,
    /// `higher`, `lower`, `range` or `exact`: which way is better, told or derived.
    direction: Option<&'static str>,
    /// Where it began.
    baseline: Option<Given<'p, FigureData<'p>>>,
    /// What it was to reach.
    target: Option<TargetData<'p>>,
    /// What it reached.
    actual: Option<Given<'p, FigureData<'p>>>,
    /// Readings over time.
    readings: Vec<ReadingData<'p>>,
    /// The judgement.
    judgement: JudgementData<'p>,
    /// The id of the unit that brings the data.
    brought_by: Option<&'p str>,
    /// How it is measured.
    method: Option<&'p str>,
    /// The size of the sample.
    n: Option<Number>,
    /// The KPI of another project that is the same, as `project/kpi`; it counts there.
    same_as: Option<&'p str>,
}

/// A figure with its date and source.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FigureData<'p> {
    /// The value.
    value: Number,
    /// When it held.
    on: Option<Day>,
    /// Where it comes from.
    source: Option<&'p str>,
}

/// A target: one value, or bounds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TargetData<'p> {
    /// The one value; null where bounds are told.
    value: Option<Number>,
    /// At least this, where bounds are told.
    min: Option<Number>,
    /// At most this, where bounds are told.
    max: Option<Number>,
    /// By when.
    by: Option<Day>,
    /// Where it comes from.
    source: Option<&'p str>,
    /// Former targets, oldest first.
    was: Vec<FormerData<'p>>,
}

/// A former target.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FormerData<'p> {
    /// The one value; null where bounds were told.
    value: Option<Number>,
    /// At least this, where bounds were told.
    min: Option<Number>,
    /// At most this, where bounds were told.
    max: Option<Number>,
    /// The last day on which it held.
    until: Option<Day>,
    /// Why it was changed.
    why: Option<&'p str>,
    /// What the judgement would be against it, in a word.
    label: Option<&'static str>,
    /// The progress in percent against it.
    progress: Option<Number>,
}

/// A reading.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ReadingData<'p> {
    /// When it was taken.
    on: Day,
    /// What it was.
    value: Number,
    /// What is to be said of it.
    note: Option<&'p str>,
}

/// How a KPI is judged.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JudgementData<'p> {
    /// `met`, `not_met`, `not_due`, `not_measured`, `withheld` or `none`.
    #[schemars(extend("enum" = ["met", "not_met", "not_due", "not_measured", "withheld", "none"]))]
    verdict: &'static str,
    /// The same in a word that says how near or far.
    label: &'static str,
    /// The value must be at least this.
    min: Option<Number>,
    /// The value must be at most this.
    max: Option<Number>,
    /// The value that was judged: the last up to the deadline, else the first after it.
    judged: Option<FigureData<'p>>,
    /// How far it came from the baseline to the target, in percent; may be negative or above 100.
    progress: Option<Number>,
    /// Days between the deadline and a value that came after it.
    days_late: Option<i32>,
    /// Whether its day has come.
    due: bool,
}

impl Pages<'_> {
    /// The KPIs of a project, in the order told.
    pub(in crate::pages::data) fn kpi_data<'s>(&'s self, project: &'s Project) -> Vec<KpiData<'s>> {
        let told = project.front().kpis.iter().zip(&project.kpis).enumerate();
        told.map(|(at, (told, judged))| self.one_kpi(project, at, told, judged)).collect()
    }

    fn one_kpi<'s>(
        &'s self,
        project: &'s Project,
        at: usize,
        told: &'s Kpi,
        judgement: &'s Judgement,
    ) -> KpiData<'s> {
        let figure = |figure: &'s Figure| FigureData {
            value: Number(figure.value),
            on: figure.on.or(told.on).map(Day),
            source: figure.source.as_deref().or(told.source.as_deref()),
        };
        let readings = project.shown.document.series.get(&at).into_iter().flatten();
        KpiData {
            id: &told.id,
            name: &told.name,
            measure: &told.measure,
            direction: judgement.direction.map(|direction| direction.word()),
            baseline: told.baseline.as_ref().map(|baseline| given(baseline, figure)),
            target: told.target.as_ref().map(|target| target_data(target, told, judgement)),
            actual: told.actual.as_ref().map(|actual| given(actual, figure)),
            readings: readings
                .map(|reading| ReadingData {
                    on: Day(reading.on),
                    value: Number(reading.value),
                    note: reading.note.as_deref(),
                })
                .collect(),
            judgement: judgement_data(told, judgement),
            brought_by: told.brought_by.as_ref().and_then(|unit| self.unit_id(unit)),
            method: told.method.as_deref(),
            n: told.n.map(Number),
            same_as: told.same_as.as_ref().map(|same| same.value.as_str()),
        }
    }
}

fn judgement_data<'p>(told: &'p Kpi, judgement: &'p Judgement) -> JudgementData<'p> {
    let judged = judgement.judged.as_ref().map(|judged| FigureData {
        value: Number(judged.value),
        on: judged.on.map(Day),
        source: judged.source.as_deref().or(told.source.as_deref()),
    });
    JudgementData {
        verdict: judgement.verdict.word(),
        label: judgement.label.words(),
        min: judgement.bounds.min.map(Number),
        max: judgement.bounds.max.map(Number),
        judged,
        progress: judgement.progress.map(percent),
        days_late: judgement.days_late,
        due: judgement.due,
    }
}

fn target_data<'p>(target: &'p Target, told: &'p Kpi, judgement: &Judgement) -> TargetData<'p> {
    let (value, min, max) = parts(&target.goal);
    let former = target.was.iter().enumerate();
    TargetData {
        value,
        min,
        max,
        by: target.by.map(Day),
        source: target.source.as_deref().or(told.source.as_deref()),
        was: former.map(|(at, was)| former_data(was, judgement.formerly.get(at))).collect(),
    }
}

fn former_data<'p>(
    was: &'p Was<Goal>,
    against: Option<&(crate::portfolio::kpi::Label, Option<Decimal>)>,
) -> FormerData<'p> {
    let (value, min, max) = parts(&was.value);
    FormerData {
        value,
        min,
        max,
        until: was.until.map(Day),
        why: was.why.as_deref(),
        label: against.map(|(label, _)| label.words()),
        progress: against.and_then(|(_, progress)| progress.map(percent)),
    }
}

/// One value, or bounds.
fn parts(goal: &Goal) -> (Option<Number>, Option<Number>, Option<Number>) {
    match goal {
        Goal::Value(value) => (Some(Number(*value)), None, None),
        Goal::Bounds(min, max) => (None, min.map(Number), max.map(Number)),
    }
}

fn percent(part: Decimal) -> Number {
    Number::derived(part * Decimal::ONE_HUNDRED)
}
