//! The scoreboard: every KPI of every project as a row, on pages of 200.

use super::chart::{self, Said};
use super::explore::Explored;
use super::kpi::Kpi;
use super::view::{Cell, KpiRow, KpisView};
use super::{Here, Pages, ROWS, list};
use crate::portfolio::coverage::Coverage;
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
        let mut sentence = self.coverage_sentence(&portfolio.totals.coverage);
        let twice = all.len() - portfolio.totals.coverage.total;
        if twice > 0 {
            sentence.push_str(&self.plural(
                twice,
                " {n} KPI that two projects tell counts once.",
                " {n} KPIs that two projects tell count once.",
            ));
        }
        KpisView {
            frame: self.frame(self.say("KPIs"), Some(sentence.clone()), &[]),
            title: self.say("KPIs").into(),
            result: sentence,
            rows: rows
                .map(|(project, kpi)| self.kpi_row(Kpi::of(&portfolio.projects[*project], *kpi)))
                .collect(),
            explore: self.explorer(Explored::Kpis, nth),
            listing: list::listing(self, "kpis/index.html", nth, (all.len(), "KPIs")),
        }
    }

    /// "24 of 36 due KPIs met, 7 missed, 5 without a figure; 6 not due yet."
    pub(super) fn coverage_sentence(&self, of: &Coverage) -> String {
        if of.total == 0 {
            return self.say("No KPI is told.").into();
        }
        let count = |n| self.format().count(n);
        let (met, due) = (count(of.met), count(of.due()));
        let with = [("met", met.as_str()), ("due", due.as_str())];
        let mut sentence = match of.due() {
            0 => self.say("No KPI is due").to_string(),
            1 => self.fill("{met} of 1 due KPI met", &with),
            _ => self.fill("{met} of {due} due KPIs met", &with),
        };
        for (n, phrase) in [
            (of.missed, ", {n} missed"),
            (of.without, ", {n} without a figure"),
            (of.not_due, "; {n} not due yet"),
        ] {
            if n > 0 {
                sentence.push_str(&self.fill(phrase, &[("n", &count(n))]));
            }
        }
        sentence.push('.');
        sentence
    }

    pub(super) fn kpi_row(&self, kpi: Kpi<'_>) -> KpiRow {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let href = format!("{}#kpi-{}", self.to(&kpi.project.page), told.id.value);
        let actual = match &judgement.judged {
            Some(judged) => {
                let parts = [judged.on.map(|on| self.format().when(on)), judged.source.clone()];
                let sub: Vec<String> = parts.into_iter().flatten().collect();
                let sub = if sub.is_empty() {
                    self.say("No date, no source").into()
                } else {
                    sub.join(", ")
                };
                Cell::text(self.figure(judged.value, told)).sub(sub)
            }
            None => {
                let reason = self.reason(kpi);
                let (word, why) = reason.split_once(": ").unwrap_or((&reason, ""));
                Cell::absent(word).sub(why)
            }
        };
        let target = match (&told.target, judgement.bounds == Bounds::default()) {
            (Some(target), false) => {
                let by = target
                    .by
                    .map_or_else(|| self.say("no date").into(), |by| self.format().when(by));
                Cell::text(self.goal(kpi)).sub(by)
            }
            _ => Cell::absent(self.say("No target")),
        };
        let desc = self.kpi_in_words(kpi);
        let gap = self.gap_in_short(kpi);
        KpiRow {
            name: told.name.value.clone(),
            href,
            project: kpi.project.title().to_string(),
            baseline: match kpi.baseline() {
                Some(base) => Cell::text(self.figure(base, told)),
                None => {
                    let why = self.no_baseline(told.baseline.as_ref());
                    Cell::absent(why.split(':').next().unwrap_or_default())
                }
            },
            target,
            actual,
            svg: kpi.bullet(&desc).map(|(svg, _)| svg).unwrap_or_default(),
            badge: self.badge(kpi),
            gap,
            trend_svg: match kpi.readings.len() {
                0 | 1 => String::new(),
                _ => {
                    let title = self.fill("Trend of {name}", &[("name", &told.name.value)]);
                    chart::spark(kpi.readings, Said { title: &title, desc: "" })
                }
            },
        }
    }

    /// The gap to the target; while it is under way, how much of the way is gone.
    pub(super) fn gap_in_short(&self, kpi: Kpi<'_>) -> String {
        match kpi.judgement.progress {
            Some(progress) if kpi.judgement.label == Label::UnderWay => {
                self.fill("{part} of the way", &[("part", &self.format().percent(progress))])
            }
            _ => self.gap_words(kpi),
        }
    }
}
