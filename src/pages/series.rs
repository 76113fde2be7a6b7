//! The series of a KPI: its line, what the marks in it mean, and the same figures as a table.

use super::Here;
use super::chart::{self, Line, Said};
use super::frame::capitalized;
use super::kpi::Kpi;
use super::view::{ReadingRow, SeriesView};
use crate::documents::series::Reading;
use crate::portfolio::kpi::Bounds;

impl Here<'_> {
    /// The series of a KPI that has one.
    pub(super) fn series(&self, kpi: Kpi<'_>) -> SeriesView {
        let told = kpi.told;
        let stages = kpi.project.stages.iter();
        let live = stages.filter(|stage| stage.key == "go_live").find_map(|stage| stage.actual);
        let line = Line {
            readings: kpi.readings,
            baseline: kpi.baseline(),
            bounds: kpi.judgement.bounds,
            live: live.map(|when| when.from),
        };
        let when = |reading: Option<&Reading>| {
            reading.map(|r| self.format().when(r.on)).unwrap_or_default()
        };
        let (first, last) = (when(kpi.readings.first()), when(kpi.readings.last()));
        let name = &told.name.value;
        let measure =
            if told.measure.is_empty() { String::new() } else { format!(", {}", told.measure) };
        let ends = kpi.readings.first().zip(kpi.readings.last()).map(|(a, b)| {
            let (from, to) = (self.figure(a.value, told), self.figure(b.value, told));
            self.fill("from {from} to {to}", &[("from", &from), ("to", &to)])
        });
        let span = self.fill("{from} to {to}", &[("from", &first), ("to", &last)]);
        let desc = format!("{}, {span}", ends.unwrap_or_default());
        let (svg, ticks) = chart::line(&line, Said { title: name, desc: &desc });
        let mut key = Vec::new();
        key.extend(kpi.baseline().map(|base| {
            self.fill("Baseline {figure} dashed", &[("figure", &self.format().number(base))])
        }));
        if kpi.judgement.bounds != Bounds::default() {
            key.push(self.fill("target {goal} in grey", &[("goal", &self.goal(kpi))]));
        }
        key.extend(live.filter(|_| line.live_within().is_some()).map(|when| {
            self.fill("go-live {date} upright", &[("date", &self.format().when(when))])
        }));
        SeriesView {
            caption: format!("{name}{measure}, {span}"),
            key: capitalized(&key.join(", ")),
            ticks: ticks.map(|tick| self.format().number(tick)).to_vec(),
            axis: vec![first, last],
            svg,
            measure: if told.measure.is_empty() {
                self.say("Value").into()
            } else {
                capitalized(&told.measure)
            },
            rows: kpi
                .readings
                .iter()
                .map(|reading| ReadingRow {
                    date: self.format().when(reading.on),
                    value: self.format().number(reading.value),
                    note: reading.note.clone().unwrap_or_default(),
                })
                .collect(),
        }
    }
}
