//! The scoreboard, explored.

use super::super::here::Here;
use super::super::kpi::Kpi;
use super::columns::ranked;
use super::{CellOf, Choice, Order, Orders};
use crate::portfolio::alphabet::Place;
use crate::portfolio::kpi::Label;

/// What it can be narrowed by.
pub(super) const CHOICES: &[(&str, &str)] = &[
    ("verdict", "Verdict"),
    ("unit", "Unit"),
    ("status", "Status"),
    ("year", "Year"),
    ("class", "Class"),
    ("tag", "Tag"),
];

/// What it can be ordered by.
pub(super) const ORDERS: Orders = &["kpi", "due", "actual", "verdict"];

/// The verdicts, the worst first.
const VERDICTS: &[(&str, Label)] = &[
    ("worse", Label::Worse),
    ("no-change", Label::NoChange),
    ("missed", Label::Missed),
    ("slipped", Label::Slipped),
    ("partly", Label::Partly),
    ("nearly", Label::Nearly),
    ("not-given", Label::NotGiven),
    ("not-measured", Label::NotMeasured),
    ("withheld", Label::Withheld),
    ("no-target", Label::NoTarget),
    ("not-due", Label::NotDue),
    ("under-way", Label::UnderWay),
    ("held", Label::Held),
    ("met", Label::Met),
    ("exceeded", Label::Exceeded),
];

/// Which of them is a KPI's.
fn verdict(kpi: Kpi<'_>) -> Option<usize> {
    VERDICTS.iter().position(|(_, label)| *label == kpi.judgement.label)
}

impl Here<'_> {
    fn every_kpi(&self) -> impl Iterator<Item = Kpi<'_>> {
        let projects = &self.portfolio().projects;
        self.pages.kpis.iter().map(|(project, kpi)| Kpi::of(&projects[*project], *kpi))
    }

    pub(super) fn choice_in_kpis(&self, id: &'static str) -> Choice<'_> {
        if id == "verdict" {
            let words: Vec<(&str, &'static str)> =
                VERDICTS.iter().map(|(id, label)| (*id, label.words())).collect();
            return self.choice_of_words(&words, || self.every_kpi().map(verdict).collect());
        }
        let projects = self.pages.kpis.iter().map(|(project, _)| *project);
        self.prebuilt_choice(id, projects.collect())
    }

    pub(super) fn order_in_kpis(&self, id: &str) -> Order {
        match id {
            "kpi" => ranked(
                &self.every_kpi().map(|k| Some(Place::of(&k.told.name.value))).collect::<Vec<_>>(),
            ),
            "due" => {
                let by = |kpi: Kpi<'_>| kpi.told.target.as_ref()?.by.map(|by| by.to);
                ranked(&self.every_kpi().map(by).collect::<Vec<_>>())
            }
            "actual" => {
                let on = |kpi: Kpi<'_>| kpi.judgement.judged.as_ref()?.on.map(|on| on.to);
                ranked(&self.every_kpi().map(on).collect::<Vec<_>>())
            }
            _ => {
                let far = |kpi: Kpi<'_>| Some((verdict(kpi)?, kpi.judgement.progress));
                ranked(&self.every_kpi().map(far).collect::<Vec<_>>())
            }
        }
    }

    pub(super) fn explored_kpi(&self, row: usize) -> Vec<CellOf> {
        let (project, kpi) = self.pages.kpis[row];
        let row = self.kpi_row(Kpi::of(&self.portfolio().projects[project], kpi));
        let chart = format!("{}{}", row.svg, row.trend_svg);
        vec![
            CellOf::of([&row.name, &row.project, &row.href, "", ""]),
            CellOf::cell(&row.baseline),
            CellOf::cell(&row.target),
            CellOf::cell(&row.actual),
            match chart.is_empty() {
                true => CellOf::of([self.say("No chart"), "", "", "a", ""]),
                false => CellOf::of([&chart, "", "", "s", ""]),
            },
            CellOf::of([&row.badge.word, &row.gap, "", row.badge.tone, ""]),
        ]
    }
}
