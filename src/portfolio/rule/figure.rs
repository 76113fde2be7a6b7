//! Rules of figures: when they were read, and whether they can be what they say.

use super::dates::is_after;
use super::kpi::known;
use super::{Case, Finding};
use crate::diagnostics::{Code, Span};
use crate::documents::kpi::Kpi;
use crate::documents::project::Status;
use jiff::Span as Days;
use rust_decimal::Decimal;

pub(super) fn baseline_after_kickoff(case: &Case<'_>) -> Finding {
    let Some(kickoff) = case.stage("kickoff").and_then(|stage| stage.actual) else {
        return Finding::NotApplicable;
    };
    case.each_kpi(|kpi| {
        // A date that a KPI gives for all its figures is that of its result.
        let baseline = known(&kpi.baseline);
        let Some((baseline, on)) = baseline.and_then(|figure| Some((figure, figure.on?))) else {
            return Finding::NotApplicable;
        };
        match is_after(on, kickoff) {
            None => Finding::NotApplicable,
            Some(false) => Finding::Kept,
            Some(true) => Finding::broken(
                Code::BaselineAfterKickoff,
                case.place(baseline.span),
                format!("the baseline of `{}` is from after the kickoff", kpi.name.value),
                "give the last reading before the kickoff, or say under `waived` why there is none",
            )
            .also(case.place(case.stage_span("kickoff")), "the kickoff"),
        }
    })
}

pub(super) fn actual_before_go_live(case: &Case<'_>) -> Finding {
    let Some(live) = case.stage("go_live").and_then(|stage| stage.actual) else {
        return Finding::NotApplicable;
    };
    case.each_judged(|kpi, at| {
        let judgement = &case.project.kpis[at];
        let on = judgement.judged.as_ref().and_then(|judged| judged.on);
        let Some(on) = on.filter(|_| judgement.due) else { return Finding::NotApplicable };
        match is_after(live, on) {
            None => Finding::NotApplicable,
            Some(false) => Finding::Kept,
            Some(true) => Finding::broken(
                Code::ActualBeforeGoLive,
                case.place(actual_span(kpi)),
                format!("`{}` is judged by a figure from before the go-live", kpi.name.value),
                "give a figure from after the go-live, or correct one of the two dates",
            )
            .label(format!("the figure is of {}", on.iso()))
            .also(case.place(case.stage_span("go_live")), "the go-live"),
        }
    })
}

/// A figure of a running project is stale after a year: the last one before the day of the data.
pub(super) fn stale(case: &Case<'_>) -> Finding {
    let Ok(year_ago) = case.as_of.checked_sub(Days::new().years(1)) else {
        return Finding::NotApplicable;
    };
    if case.project.status != Status::Active {
        return Finding::NotApplicable;
    }
    case.each_judged(|kpi, at| {
        let judgement = &case.project.kpis[at];
        let over = kpi.target.as_ref().is_some_and(|target| target.by.is_some()) && judgement.due;
        let on = judgement.judged.as_ref().and_then(|judged| judged.on);
        match on.filter(|_| !over) {
            None => Finding::NotApplicable,
            Some(on) if on.to >= year_ago => Finding::Kept,
            Some(on) => Finding::broken(
                Code::StaleFigure,
                case.place(actual_span(kpi)),
                format!("the latest figure of `{}` is of {}", kpi.name.value, on.iso()),
                "add a newer figure, or say why there is none: `actual: {not_measured: why}`",
            )
            .label(format!("the data is of {}", case.as_of)),
        }
    })
}

pub(super) fn unit_slip(case: &Case<'_>) -> Finding {
    let kpis = case.each_judged(|kpi, at| {
        let figures = figures(kpi);
        let values: Vec<Decimal> = figures.iter().map(|figure| figure.value).collect();
        let readings = case.project.shown.document.series.get(&at).map_or(&[][..], Vec::as_slice);
        let read: Vec<Decimal> = readings.iter().map(|reading| reading.value).collect();
        let told = |span, what: String| {
            Finding::broken(
                Code::UnitSlip,
                case.place(span),
                format!("{what} of `{}` is 1000 times off its neighbors", kpi.name.value),
                "write all figures of a KPI in the same unit, or correct this one",
            )
        };
        match (odd_one(&values), odd_one(&read)) {
            (Some(nth), _) => told(figures[nth].span, format!("the {}", figures[nth].name)),
            (None, Some(nth)) => {
                told(kpi.name.span, format!("the reading of {}", readings[nth].on.iso()))
            }
            (None, None) if values.len().max(read.len()) < 3 => Finding::NotApplicable,
            (None, None) => Finding::Kept,
        }
    });
    Finding::all([kpis, case.slip_of_money()])
}

/// What is percent of a whole cannot be more than it; where two figures are over 100, the scale
/// is open.
pub(super) fn percent_over_100(case: &Case<'_>) -> Finding {
    case.each_judged(|kpi, at| {
        if !matches!(kpi.measure.trim(), "%" | "percent" | "per cent") {
            return Finding::NotApplicable;
        }
        let over = |value: &Decimal| *value > Decimal::ONE_HUNDRED;
        let figures = figures(kpi);
        let told: Vec<_> = figures.iter().filter(|figure| over(&figure.value)).collect();
        let readings = case.project.shown.document.series.get(&at).map_or(&[][..], Vec::as_slice);
        let read: Vec<_> = readings.iter().filter(|reading| over(&reading.value)).collect();
        let (span, what, value) = match (told.as_slice(), read.as_slice()) {
            ([one], [] | [_]) => (one.span, format!("the {}", one.name), one.value),
            ([], [one]) => (kpi.name.span, format!("the reading of {}", one.on.iso()), one.value),
            ([], []) if figures.is_empty() && readings.is_empty() => return Finding::NotApplicable,
            _ => return Finding::Kept,
        };
        Finding::broken(
            Code::PercentOver100,
            case.place(span),
            format!("{what} of `{}` is {value} %", kpi.name.value),
            "correct the figure, or name another `measure` if it can be more than the whole",
        )
    })
}

/// A figure of a KPI: baseline, target or actual.
struct Told {
    name: &'static str,
    value: Decimal,
    span: Span,
}

/// The figures of a KPI that are given.
fn figures(kpi: &Kpi) -> Vec<Told> {
    use crate::documents::kpi::Goal;
    let given = |name, figure: Option<&crate::documents::figure::Figure>| {
        figure.map(|figure| Told { name, value: figure.value, span: figure.span })
    };
    let target = kpi.target.as_ref().and_then(|target| {
        let value = match target.goal {
            Goal::Value(value) => Some(value),
            Goal::Bounds(min, max) => max.or(min),
        };
        Some(Told { name: "target", value: value?, span: target.span })
    });
    let told =
        [given("baseline", known(&kpi.baseline)), target, given("actual", known(&kpi.actual))];
    told.into_iter().flatten().collect()
}

/// Where the figure that counts stands.
fn actual_span(kpi: &Kpi) -> Span {
    known(&kpi.actual).map_or(kpi.name.span, |figure| figure.span)
}

/// The one that is 1000 times its two neighbors, or a thousandth of both; zeros say nothing.
pub(super) fn odd_one(values: &[Decimal]) -> Option<usize> {
    let told: Vec<(usize, Decimal)> = values
        .iter()
        .enumerate()
        .filter(|(_, v)| !v.is_zero())
        .map(|(at, v)| (at, v.abs()))
        .collect();
    let is_odd = |at: usize| {
        let last = told.len() - 1;
        let near = [at.checked_sub(1).unwrap_or(2), if at == last { last - 2 } else { at + 1 }];
        let times = |one: Decimal, other: Decimal| one >= other * Decimal::ONE_THOUSAND;
        let value = told[at].1;
        near.iter().all(|n| times(value, told[*n].1))
            || near.iter().all(|n| times(told[*n].1, value))
    };
    (told.len() > 2).then(|| (0..told.len()).find(|at| is_odd(*at))).flatten().map(|at| told[at].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_stands_alone_among_its_neighbors() {
        let odd = |values: &[i64]| {
            odd_one(&values.iter().map(|value| Decimal::from(*value)).collect::<Vec<_>>())
        };
        assert_eq!(odd(&[12_000, 1, 2]), Some(0));
        assert_eq!(odd(&[4, 5_000, 5]), Some(1));
        assert_eq!(odd(&[6_000, 5, 5_000]), Some(1));
        assert_eq!(odd(&[4, 5, 6, 7_000]), Some(3));
        // Growth is no slip, nor is what only one other figure says.
        assert_eq!(odd(&[1, 40, 1_600, 64_000]), None);
        assert_eq!(odd(&[1, 1_000]), None);
        assert_eq!(odd(&[0, 0, 5_000, 4]), None);
        assert_eq!(odd(&[]), None);
    }
}
