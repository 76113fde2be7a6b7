//! The scoreboard: every KPI of every project as a row, on pages of 200.

use super::chart;
use super::facts::no_baseline;
use super::format::plural;
use super::kpi::Kpi;
use super::view::{Cell, KpiRow, KpisView};
use super::{Here, Pages, ROWS, list};
use crate::portfolio::kpi::{Bounds, Label};

impl Pages<'_> {
    /// Every KPI that counts, by project title, the headline of each project first.
    pub(super) fn scoreboard_order(&self) -> Vec<(usize, usize)> {
        let projects = self.portfolio.newest.iter().map(|at| (*at, &self.portfolio.projects[*at]));
        projects
            .flat_map(|(at, project)| project.kpis_in_order().into_iter().map(move |kpi| (at, kpi)))
            .collect()
    }
}

impl Here<'_> {
    /// A page of the scoreboard.
    pub(super) fn scoreboard(&self, nth: usize) -> KpisView {
        let portfolio = self.portfolio();
        let all = &self.pages.kpis;
        let rows = all.iter().skip((nth - 1) * ROWS).take(ROWS);
        let mut sentence = portfolio.totals.coverage.sentence();
        let twice = all.len() - portfolio.totals.coverage.total;
        if twice > 0 {
            let of = plural(
                twice,
                "KPI that two projects tell counts",
                "KPIs that two projects tell count",
            );
            sentence.push_str(&format!(" {of} once."));
        }
        KpisView {
            frame: self.frame("KPIs", Some(sentence.clone()), &[]),
            title: "KPIs".into(),
            result: sentence,
            rows: rows
                .map(|(project, kpi)| self.kpi_row(Kpi::of(&portfolio.projects[*project], *kpi)))
                .collect(),
            listing: list::listing(self, "kpis/index.html", nth, (all.len(), "KPIs")),
        }
    }

    fn kpi_row(&self, kpi: Kpi<'_>) -> KpiRow {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let href = format!("{}#kpi-{}", self.to(&kpi.project.page), told.id.value);
        let actual = match &judgement.judged {
            Some(judged) => {
                let parts = [judged.on.map(|on| self.format().when(on)), judged.source.clone()];
                let sub: Vec<String> = parts.into_iter().flatten().collect();
                let sub = if sub.is_empty() { "No date, no source".into() } else { sub.join(", ") };
                Cell::text(self.figure(judged.value, told)).sub(sub)
            }
            None => {
                let reason = kpi.reason();
                let (word, why) = reason.split_once(": ").unwrap_or((&reason, ""));
                Cell::absent(word).sub(why)
            }
        };
        let target = match (&told.target, judgement.bounds == Bounds::default()) {
            (Some(target), false) => {
                let by = target.by.map_or_else(|| "no date".into(), |by| self.format().when(by));
                Cell::text(self.goal(kpi)).sub(by)
            }
            _ => Cell::absent("No target"),
        };
        let title = self.kpi_title(kpi);
        let gap = match judgement.progress {
            Some(progress) if judgement.label == Label::UnderWay => {
                format!("{} of the way", self.format().percent(progress))
            }
            _ => self.gap_words(kpi),
        };
        KpiRow {
            name: told.name.value.clone(),
            href,
            project: kpi.project.title().to_string(),
            baseline: match kpi.baseline() {
                Some(base) => Cell::text(self.figure(base, told)),
                None => {
                    let why = no_baseline(told.baseline.as_ref());
                    Cell::absent(why.split(':').next().unwrap_or_default())
                }
            },
            target,
            actual,
            svg: kpi.bullet(&title).map(|(svg, _)| svg).unwrap_or_default(),
            badge: kpi.badge(),
            gap,
            trend_svg: match kpi.readings.len() {
                0 | 1 => String::new(),
                _ => chart::spark(kpi.readings, &format!("Trend of {}", told.name.value)),
            },
        }
    }
}
