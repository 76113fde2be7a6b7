//! The KPIs of a brief: each figure with its date, cut to its column, and the height of the row.

use super::{HEADING, MORE, Set, Sheet};
use crate::pages::Here;
use crate::pages::kpi::Kpi;
use crate::pages::view::{BriefKpi, BriefView};
use crate::portfolio::Project;
use crate::portfolio::coverage::Coverage;

/// The columns of the KPIs: name, baseline, target, actual, source, verdict.
const KPI: [Set; 6] = [
    Set { width: 125, size: 90, line: 11 },
    Set { width: 67, size: 85, line: 11 },
    Set { width: 78, size: 85, line: 11 },
    Set { width: 78, size: 90, line: 11 },
    Set { width: 67, size: 85, line: 11 },
    Set { width: 79, size: 85, line: 11 },
];

impl Here<'_> {
    /// The heading of the results and the first KPI, which must be there; the others are given back.
    pub(super) fn first_kpi(
        &self,
        project: &Project,
        view: &mut BriefView,
        sheet: &mut Sheet,
    ) -> Vec<(BriefKpi, u32)> {
        sheet.must(HEADING);
        view.kpis_absent = self.no_kpis(project);
        if !view.kpis_absent.is_empty() {
            sheet.must(MORE);
            return Vec::new();
        }
        let mut own = Coverage::default();
        project.kpis.iter().for_each(|kpi| own += Coverage::of(kpi));
        view.coverage = self.coverage_sentence(&own);
        let mut all: Vec<_> = project
            .kpis_in_order()
            .into_iter()
            .map(|at| self.brief_kpi(Kpi::of(project, at)))
            .collect();
        let (first, height) = all.remove(0);
        // The head of the table, and the line that counts what does not fit.
        sheet.must(16 + height + if all.is_empty() { 0 } else { MORE });
        view.kpis.push(first);
        all
    }

    fn brief_kpi(&self, kpi: Kpi<'_>) -> (BriefKpi, u32) {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let [name, baseline, target, actual, source, verdict] = KPI;
        let given = told.baseline.as_ref().and_then(|given| given.known());
        let badge = self.badge(kpi);
        let mut one = BriefKpi {
            name: name.cut(&told.name.value, 4),
            verdict: verdict.cut(&badge.word, 3),
            tone: badge.tone,
            ..BriefKpi::default()
        };
        let when = |on: Option<_>| {
            on.map_or_else(|| self.say("No date given").into(), |on| self.format().when(on))
        };
        match given {
            Some(base) => {
                one.baseline = baseline.cut(&self.figure(base.value, told), 4);
                one.baseline_on = when(base.on.or(told.on));
            }
            None => one.baseline = self.no_baseline(told.baseline.as_ref()),
        }
        one.baseline = baseline.cut(&one.baseline, 4);
        let goal = self.goal(kpi);
        match (&told.target, goal.is_empty()) {
            (Some(aim), false) => {
                one.target = target.cut(&goal, 4);
                one.target_by = match aim.by {
                    Some(by) => self.fill("by {date}", &[("date", &self.format().when(by))]),
                    None => self.say("No date given").into(),
                };
            }
            _ => one.target = self.say("No target was set").into(),
        }
        let none = self.say("No source given");
        match &judgement.judged {
            Some(judged) => {
                one.actual = actual.cut(&self.figure(judged.value, told), 4);
                one.actual_on = when(judged.on);
                let from = judged.source.as_deref().unwrap_or(none);
                one.source = source.cut(from, 4);
                one.gap = verdict.cut(&self.gap_in_short(kpi), 3);
            }
            None => {
                one.actual = actual.cut(&self.reason(kpi), 5);
                one.source = source.cut(told.source.as_deref().unwrap_or(none), 4);
            }
        }
        let heights = [
            name.height(&one.name),
            baseline.height(&one.baseline) + baseline.height(&one.baseline_on),
            target.height(&one.target) + target.height(&one.target_by),
            actual.height(&one.actual) + actual.height(&one.actual_on),
            source.height(&one.source),
            // The shape takes the room of three letters, the badge's edges two points.
            verdict.height(&format!("mmm {}", one.verdict)) + 2 + verdict.height(&one.gap),
        ];
        let height = heights.into_iter().max().unwrap_or_default() + 6;
        (one, height)
    }
}
