//! Rules of KPIs: that a figure has where it began, where it comes from and what it stands for.

use super::{Case, Finding};
use crate::diagnostics::Code;
use crate::documents::figure::{Figure, Given};
use crate::documents::kpi::{Direction, Goal, Kpi};
use rust_decimal::Decimal;

/// A sample of fewer says little.
const SMALL: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

pub(super) fn without_baseline(case: &Case<'_>) -> Finding {
    if !case.has_begun() {
        return Finding::NotApplicable;
    }
    // A reason why there is no baseline is told, and shown.
    case.each_kpi(|kpi| match &kpi.baseline {
        Some(_) => Finding::Kept,
        None => Finding::broken(
            Code::KpiWithoutBaseline,
            case.place(kpi.name.span),
            format!("`{}` has no baseline", kpi.name.value),
            "add `baseline: …`, or the reason as `baseline: {not_measured: why}`",
        ),
    })
}

pub(super) fn without_source(case: &Case<'_>) -> Finding {
    case.each_kpi(|kpi| {
        let figures = [("baseline", known(&kpi.baseline)), ("actual", known(&kpi.actual))];
        let mut figures =
            figures.into_iter().filter_map(|(name, figure)| Some((name, figure?))).peekable();
        if figures.peek().is_none() {
            return Finding::NotApplicable;
        }
        let without = |(_, figure): &(&str, &Figure)| source_of(kpi, figure).is_none();
        match figures.find(without) {
            None => Finding::Kept,
            Some((name, figure)) => Finding::broken(
                Code::KpiWithoutSource,
                case.place(figure.span),
                format!("the {name} of `{}` has no source", kpi.name.value),
                "add a line `source: …` to the KPI; it serves all its figures",
            ),
        }
    })
}

pub(super) fn already_met(case: &Case<'_>) -> Finding {
    case.each_judged(|kpi, at| {
        let bounds = case.project.kpis[at].bounds;
        let (Some(baseline), Some(target)) = (known(&kpi.baseline), &kpi.target) else {
            return Finding::NotApplicable;
        };
        // A target equal to the baseline says that the figure is to be held.
        let held = target.goal == Goal::Value(baseline.value);
        if held || is_wrong_side(kpi) || !bounds.contain(baseline.value) {
            return Finding::Kept;
        }
        Finding::broken(
            Code::KpiAlreadyMet,
            case.place(target.span),
            format!("the baseline of `{}` meets this target already", kpi.name.value),
            "set a target that has to be worked for, or say under `waived` what is to be held",
        )
        .also(case.place(baseline.span), "the baseline")
    })
}

pub(super) fn wrong_side(case: &Case<'_>) -> Finding {
    case.each_kpi(|kpi| {
        let (Some(baseline), Some(target)) = (known(&kpi.baseline), &kpi.target) else {
            return Finding::NotApplicable;
        };
        if !is_wrong_side(kpi) {
            return Finding::Kept;
        }
        let better = kpi.direction.as_ref().map_or("", |direction| direction.value.word());
        Finding::broken(
            Code::KpiWrongSide,
            case.place(target.span),
            format!("`{}` is to get {better}, and its target is not", kpi.name.value),
            "correct the target, the baseline or the `direction`",
        )
        .also(case.place(baseline.span), "the baseline")
    })
}

pub(super) fn sources_differ(case: &Case<'_>) -> Finding {
    case.each_kpi(|kpi| {
        let (Some(baseline), Some(actual)) = (known(&kpi.baseline), known(&kpi.actual)) else {
            return Finding::NotApplicable;
        };
        let (Some(from), Some(to)) = (source_of(kpi, baseline), source_of(kpi, actual)) else {
            return Finding::NotApplicable;
        };
        if normal(from) == normal(to) {
            return Finding::Kept;
        }
        Finding::broken(
            Code::SourcesDiffer,
            case.place(actual.span),
            format!("baseline and actual of `{}` come from different sources", kpi.name.value),
            "measure both in one place, or say under `waived` why they can be compared",
        )
        .label(format!("from {to}"))
        .also(case.place(baseline.span), &format!("from {from}"))
    })
}

pub(super) fn small_sample(case: &Case<'_>) -> Finding {
    case.each_kpi(|kpi| match kpi.n {
        None => Finding::NotApplicable,
        Some(n) if n >= SMALL => Finding::Kept,
        Some(n) => Finding::broken(
            Code::SmallSample,
            case.place(kpi.name.span),
            format!("`{}` rests on a sample of {n}", kpi.name.value),
            "measure at least 30, or say under `waived` why fewer are enough",
        ),
    })
}

pub(super) fn outcome_without_kpi(case: &Case<'_>) -> Finding {
    Finding::all(case.project.front().outcomes.iter().map(|outcome| match &outcome.kpi {
        Some(_) => Finding::Kept,
        None => Finding::broken(
            Code::OutcomeWithoutKpi,
            case.place(outcome.span),
            "no KPI shows this outcome",
            "add `kpi: …` with the id of the KPI that shows it",
        ),
    }))
}

/// The figure, where it is given.
pub(super) fn known(given: &Option<Given<Figure>>) -> Option<&Figure> {
    given.as_ref().and_then(Given::known)
}

fn source_of<'k>(kpi: &'k Kpi, figure: &'k Figure) -> Option<&'k str> {
    figure.source.as_deref().or(kpi.source.as_deref())
}

fn normal(source: &str) -> String {
    source.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether the better direction that is told leads away from the target.
fn is_wrong_side(kpi: &Kpi) -> bool {
    let target = kpi.target.as_ref().map(|target| target.goal);
    let (Some(baseline), Some(Goal::Value(target))) = (known(&kpi.baseline), target) else {
        return false;
    };
    match kpi.direction.as_ref().map(|direction| direction.value) {
        Some(Direction::Higher) => target < baseline.value,
        Some(Direction::Lower) => target > baseline.value,
        _ => false,
    }
}

impl Case<'_> {
    pub(super) fn each_kpi(&self, hold: impl Fn(&Kpi) -> Finding) -> Finding {
        Finding::all(self.project.front().kpis.iter().map(hold))
    }

    /// Each KPI with its position, which is that of its judgement.
    pub(super) fn each_judged(&self, hold: impl Fn(&Kpi, usize) -> Finding) -> Finding {
        Finding::all(self.project.front().kpis.iter().enumerate().map(|(at, kpi)| hold(kpi, at)))
    }
}
