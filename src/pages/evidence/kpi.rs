//! The figures of KPIs: as told, the value that counts, what was derived from them.

use super::super::Here;
use super::super::kpi::{Kpi, ended};
use super::super::view::FigureRow;
use super::{entry, four, four_with, measured, told};
use crate::documents::kpi::{Direction, Goal, Kpi as Told};
use crate::documents::series::Series;
use crate::pages::format::raw;
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
            self.given_figures(kpi, at, &mut rows);
            self.target_proofs(kpi, at, &mut rows);
            self.judged_proofs(kpi, at, &mut rows);
        }
        rows
    }

    fn judged_proofs(&self, kpi: Kpi<'_>, at: usize, rows: &mut Vec<FigureRow>) {
        let (tells, judgement) = (kpi.told, kpi.judgement);
        let name = [("name", tells.name.value.as_str())];
        let by = tells.target.as_ref().and_then(|target| target.by);
        if let (Some(judged), Some(series)) = (&judgement.judged, &tells.series) {
            let row = told(
                self.fill("{name}: value that counts", &name),
                measured(judged.value, &tells.measure),
                match series {
                    Series::File(path) => {
                        format!("content/projects/{}/{}", kpi.project.id(), path.value)
                    }
                    Series::Readings(_) => entry("kpis", at, ".series"),
                },
            );
            let n = kpi.readings.len().to_string();
            let how = match by {
                Some(by) => self.fill(
                    "The last of {n} readings on or before {date}, else the first after it.",
                    &[("n", &n), ("date", &by.iso())],
                ),
                None => self.fill("The last of {n} readings.", &[("n", &n)]),
            };
            rows.push(row.from(judged.source.as_ref(), self).on(judged.on, self).because(how));
        }
        let value = judgement.judged.as_ref().map(|judged| judged.value);
        if let (Some(progress), Some(value)) = (judgement.progress, value) {
            let base = kpi.baseline().unwrap_or_default();
            let target = judgement.bounds.target().unwrap_or_default();
            rows.push(self.derived(
                self.fill("{name}: progress", &name),
                Known::Told(four_with(progress * Decimal::ONE_HUNDRED, "%")),
                format!(
                    "{} = ({value} − {base}) ÷ ({target} − {base})",
                    self.say("(actual − baseline) ÷ (target − baseline)")
                ),
            ));
        }
        let rule = match (judgement.bounds == Bounds::default(), value) {
            (true, _) => self.say("There is no target to hold it against.").into(),
            (false, Some(value)) => self.fill(
                "Met where the value is {bounds}; it is {value}.",
                &[("bounds", &self.within(judgement.bounds)), ("value", &raw(value))],
            ),
            (false, None) => self.reason(kpi),
        };
        let verdict = self.fill("{name}: verdict", &name);
        rows.push(self.derived(verdict, Known::Told(self.badge(kpi).word), rule));
        let was = tells.target.iter().flat_map(|target| &target.was);
        for (was, (label, progress)) in was.zip(&judgement.formerly) {
            let label = self.say(label.words());
            let verdict = match progress.map(|p| four(p * Decimal::ONE_HUNDRED)) {
                Some(way) => {
                    self.fill("{label}, progress {part} %", &[("label", label), ("part", &way)])
                }
                None => label.into(),
            };
            let goal = self.raw_goal(was.value, tells);
            rows.push(self.derived(
                self.fill("{name}: verdict against the former target", &name),
                Known::Told(verdict),
                self.fill("The same rule with {goal}.", &[("goal", &goal)]),
            ));
        }
    }

    fn given_figures(&self, kpi: Kpi<'_>, at: usize, rows: &mut Vec<FigureRow>) {
        let tells = kpi.told;
        let name = [("name", tells.name.value.as_str())];
        let method = tells.method.as_ref().map(|method| ended(method)).unwrap_or_default();
        for (what, key, figure) in [
            ("{name}: baseline", ".baseline", &tells.baseline),
            ("{name}: actual", ".actual", &tells.actual),
        ] {
            let row = told(self.fill(what, &name), String::new(), entry("kpis", at, key));
            rows.push(match figure {
                Some(figure) => {
                    let row =
                        self.given(row, figure, |figure| measured(figure.value, &tells.measure));
                    let own = figure.known();
                    let source = own.and_then(|own| own.source.as_ref()).or(tells.source.as_ref());
                    row.from(source, self)
                        .on(own.and_then(|own| own.on).or(tells.on), self)
                        .because(method.clone())
                }
                None => {
                    let value = self.say("Not given").into();
                    FigureRow { value, absent: true, at: String::new(), ..row }
                }
            });
        }
        if let Some(n) = tells.n {
            let sample = self.fill("{name}: sample", &name);
            rows.push(told(sample, raw(n), entry("kpis", at, ".n")));
        }
    }

    fn target_proofs(&self, kpi: Kpi<'_>, at: usize, rows: &mut Vec<FigureRow>) {
        let tells = kpi.told;
        let name = [("name", tells.name.value.as_str())];
        let what = self.fill("{name}: target", &name);
        let Some(target) = &tells.target else {
            let value = self.say("Not given").into();
            rows.push(FigureRow { what, value, absent: true, ..FigureRow::default() });
            return;
        };
        let way =
            kpi.judgement.direction.map(|way| self.say(better(way, tells.direction.is_some())));
        let source = target.source.as_ref().or(tells.source.as_ref());
        let row = told(what, self.raw_goal(target.goal, tells), entry("kpis", at, ".target"));
        let by = match target.by {
            Some(by) => self.fill("by {date}", &[("date", &by.iso())]),
            None => self.say("no date").into(),
        };
        let row = row.from(source, self).because(way.unwrap_or_default());
        rows.push(FigureRow { on: by, ..row });
        for (nth, was) in target.was.iter().enumerate() {
            let place = format!("kpis[{at}].target.was[{nth}]");
            let what = self.fill("{name}: former target", &name);
            let row = told(what, self.raw_goal(was.value, tells), place);
            let row = row.because(self.why_changed(was.why.as_ref()));
            rows.push(FigureRow { on: self.held_until(was.until), ..row });
        }
    }

    /// A target as told.
    fn raw_goal(&self, goal: Goal, tells: &Told) -> String {
        let exact = tells.direction.as_ref().is_some_and(|way| way.value == Direction::Exact);
        match goal {
            Goal::Value(value) if exact => {
                self.fill("exactly {figure}", &[("figure", &measured(value, &tells.measure))])
            }
            Goal::Value(value) => measured(value, &tells.measure),
            Goal::Bounds(min, max) => self.within(Bounds { min, max }),
        }
    }

    fn within(&self, bounds: Bounds) -> String {
        let [min, max] = [bounds.min, bounds.max].map(|bound| bound.map(raw));
        match (min, max) {
            (Some(min), Some(max)) => {
                self.fill("at least {min} and at most {max}", &[("min", &min), ("max", &max)])
            }
            (Some(min), None) => self.fill("at least {min}", &[("min", &min)]),
            (None, Some(max)) => self.fill("at most {max}", &[("max", &max)]),
            (None, None) => self.say("anything").into(),
        }
    }
}

/// Which figures are better, and whether that is told or follows.
fn better(way: Direction, told: bool) -> &'static str {
    match (way, told) {
        (Direction::Higher, true) => "Higher is better, as told.",
        (Direction::Lower, true) => "Lower is better, as told.",
        (Direction::Range, true) => "Within the range is met, as told.",
        (Direction::Exact, _) => "Just the target is met, as told.",
        (Direction::Higher, false) => "Higher is better, from baseline and target.",
        (Direction::Lower, false) => "Lower is better, from baseline and target.",
        (Direction::Range, false) => "Within the range is met, from the target.",
    }
}
