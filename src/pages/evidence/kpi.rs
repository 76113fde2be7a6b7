//! The figures of KPIs: as told, the value that counts, what was derived from them.

use super::super::Here;
use super::super::kpi::{Kpi, ended};
use super::super::view::FigureRow;
use super::{derived, four, given, measured, told};
use crate::documents::kpi::{Direction, Goal, Kpi as Told};
use crate::documents::series::Series;
use crate::portfolio::Project;
use crate::portfolio::investment::Known;
use crate::portfolio::kpi::Bounds;
use rust_decimal::Decimal;

impl Here<'_> {
    /// The figures of all KPIs, in the order told.
    pub(super) fn kpi_proofs(&self, project: &Project) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        for at in 0..project.kpis.len() {
            let kpi = Kpi::of(project, at);
            given_figures(kpi, at, &mut rows);
            targets(kpi, at, &mut rows);
            self.judged_proofs(kpi, at, &mut rows);
        }
        rows
    }

    fn judged_proofs(&self, kpi: Kpi<'_>, at: usize, rows: &mut Vec<FigureRow>) {
        let (tells, judgement, name) = (kpi.told, kpi.judgement, &kpi.told.name.value);
        let by = tells.target.as_ref().and_then(|target| target.by);
        if let (Some(judged), Some(series)) = (&judgement.judged, &tells.series) {
            let row = told(
                format!("{name}: value that counts"),
                measured(judged.value, &tells.measure),
                match series {
                    Series::File(path) => {
                        format!("content/projects/{}/{}", kpi.project.id(), path.value)
                    }
                    Series::Readings(_) => format!("kpis[{at}].series"),
                },
            );
            let how = match by {
                Some(by) => format!(
                    "The last of {} readings on or before {}, else the first after it.",
                    kpi.readings.len(),
                    by.iso()
                ),
                None => format!("The last of {} readings.", kpi.readings.len()),
            };
            rows.push(row.from(judged.source.as_ref()).on(judged.on).because(how));
        }
        let value = judgement.judged.as_ref().map(|judged| judged.value);
        if let (Some(progress), Some(value)) = (judgement.progress, value) {
            let base = kpi.baseline().unwrap_or_default();
            let target = judgement.bounds.target().unwrap_or_default();
            rows.push(derived(
            format!("{name}: progress"),
            Known::Told(format!("{} %", four(progress * Decimal::ONE_HUNDRED))),
            format!("(actual − baseline) ÷ (target − baseline) = ({value} − {base}) ÷ ({target} − {base})"),
        ));
        }
        let rule = match (judgement.bounds == Bounds::default(), value) {
            (true, _) => "There is no target to hold it against.".into(),
            (false, Some(value)) => {
                format!("Met where the value is {}; it is {value}.", within(judgement.bounds))
            }
            (false, None) => self.reason(kpi),
        };
        rows.push(derived(format!("{name}: verdict"), Known::Told(self.badge(kpi).word), rule));
        let was = tells.target.iter().flat_map(|target| &target.was);
        for (was, (label, progress)) in was.zip(&judgement.formerly) {
            let way = progress.map(|p| format!(", progress {} %", four(p * Decimal::ONE_HUNDRED)));
            rows.push(derived(
                format!("{name}: verdict against the former target"),
                Known::Told(format!("{}{}", label.words(), way.unwrap_or_default())),
                format!("The same rule with {}.", goal(was.value, tells)),
            ));
        }
    }
}

fn given_figures(kpi: Kpi<'_>, at: usize, rows: &mut Vec<FigureRow>) {
    let (tells, name) = (kpi.told, &kpi.told.name.value);
    let method = tells.method.as_ref().map(|method| ended(method)).unwrap_or_default();
    for (word, key, figure) in
        [("baseline", "baseline", &tells.baseline), ("actual", "actual", &tells.actual)]
    {
        let row = told(format!("{name}: {word}"), String::new(), format!("kpis[{at}].{key}"));
        rows.push(match figure {
            Some(figure) => {
                let row = given(row, figure, |figure| measured(figure.value, &tells.measure));
                let own = figure.known();
                let source = own.and_then(|own| own.source.as_ref()).or(tells.source.as_ref());
                row.from(source).on(own.and_then(|own| own.on).or(tells.on)).because(method.clone())
            }
            None => FigureRow { value: "Not given".into(), absent: true, at: String::new(), ..row },
        });
    }
    if let Some(n) = tells.n {
        rows.push(told(format!("{name}: sample"), n.to_string(), format!("kpis[{at}].n")));
    }
}

fn targets(kpi: Kpi<'_>, at: usize, rows: &mut Vec<FigureRow>) {
    let (tells, name) = (kpi.told, &kpi.told.name.value);
    let Some(target) = &tells.target else {
        rows.push(FigureRow {
            what: format!("{name}: target"),
            value: "Not given".into(),
            absent: true,
            ..FigureRow::default()
        });
        return;
    };
    let way = match (&tells.direction, kpi.judgement.direction) {
        (Some(_), Some(way)) => format!("Better is {}, as told.", way.word()),
        (None, Some(way)) => format!("Better is {}, from baseline and target.", way.word()),
        _ => String::new(),
    };
    let source = target.source.as_ref().or(tells.source.as_ref());
    let row =
        told(format!("{name}: target"), goal(target.goal, tells), format!("kpis[{at}].target"));
    let by = target.by.map_or_else(|| "no date".into(), |by| format!("by {}", by.iso()));
    rows.push(FigureRow { on: by, ..row.from(source).because(way) });
    for (nth, was) in target.was.iter().enumerate() {
        let place = format!("kpis[{at}].target.was[{nth}]");
        let row = told(format!("{name}: former target"), goal(was.value, tells), place);
        let until = was.until.map_or_else(|| "no date".into(), |on| format!("until {}", on.iso()));
        let why = was.why.as_ref().map(|why| format!("Changed: {}", ended(why)));
        let why = why.unwrap_or_else(|| "No reason is given.".into());
        rows.push(FigureRow { on: until, ..row.because(why) });
    }
}

fn goal(goal: Goal, tells: &Told) -> String {
    let exact = tells.direction.as_ref().is_some_and(|way| way.value == Direction::Exact);
    match goal {
        Goal::Value(value) if exact => format!("exactly {}", measured(value, &tells.measure)),
        Goal::Value(value) => measured(value, &tells.measure),
        Goal::Bounds(min, max) => within(Bounds { min, max }),
    }
}

fn within(bounds: Bounds) -> String {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => format!("at least {min} and at most {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "anything".into(),
    }
}
