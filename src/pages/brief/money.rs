//! The money of a brief: what it cost, who paid, what came back, each in a line.

use super::{FIGURE_NOTE, HEADING, SAID, Sheet};
use crate::documents::benefit::Benefit;
use crate::pages::Here;
use crate::pages::view::{BriefView, Line};
use crate::portfolio::Project;
use crate::portfolio::investment::{Investment, Known};

impl Here<'_> {
    pub(super) fn brief_money(&self, project: &Project, view: &mut BriefView, sheet: &mut Sheet) {
        sheet.must(HEADING);
        view.figures = match &project.investment {
            Some(investment) => self.money_figures(project, investment),
            None => Vec::new(),
        };
        for figure in &mut view.figures {
            figure.note = FIGURE_NOTE.cut(&figure.note, 4);
        }
        let tallest = view.figures.iter().map(|figure| FIGURE_NOTE.height(&figure.note)).max();
        sheet.must(tallest.map_or(0, |note| note + 36));
        view.money = self.money_lines(project);
        for line in &mut view.money {
            line.text = SAID.cut(&line.text, 3);
            sheet.must(SAID.height(&line.text) + 5);
        }
    }

    fn money_lines(&self, project: &Project) -> Vec<Line> {
        let Some(investment) = &project.investment else {
            let text = match project.withholds("investment") {
                true => "The investment is withheld.",
                false => "Neither cost nor benefits are told.",
            };
            return vec![self.line("Cost", self.say(text).into())];
        };
        let mut lines = Vec::new();
        let told = project.front().investment.as_ref();
        // A budget in large letters says that what was spent is not given.
        let said =
            matches!(investment.budget, Known::Told(_)) && investment.actual == Known::Nothing;
        if !said && investment.actual.value().is_none() {
            let text = match told.and_then(|told| told.actual.as_ref()) {
                Some(amount) => self.amount(amount, investment),
                None if project.withholds("investment") => {
                    self.say("The investment is withheld.").into()
                }
                None => self.say("What was spent is not given.").into(),
            };
            lines.push(self.line("Cost", text));
        }
        let label = match investment.actual {
            Known::Nothing => "Who is to pay",
            _ => "Who paid",
        };
        lines.push(self.line(label, self.who_paid(project, investment)));
        lines.push(self.line("What came back", self.came_back(project, investment)));
        lines
    }

    /// "Claims 60 %, Finance 25 %, IT 15 %", as many as a line holds.
    fn who_paid(&self, project: &Project, investment: &Investment) -> String {
        if project.withholds("investment") {
            return self.say("Withheld.").into();
        }
        let share = |part: &crate::portfolio::investment::Part| {
            let unit = match part.unit {
                Some(unit) => self.portfolio().units.list[unit].name.as_str(),
                None => self.say("Unallocated"),
            };
            let share = match (part.percent, part.amount) {
                (Known::Told(percent), _) => self.format().share(percent),
                (_, Known::Told(amount)) => self.format().money(amount, &investment.currency),
                (Known::Withheld, _) | (_, Known::Withheld) => self.say("withheld").into(),
                _ => self.say("not given").into(),
            };
            format!("{unit} {share}")
        };
        let mut text = String::new();
        for (nth, part) in investment.parts.iter().enumerate() {
            let one = share(part);
            let comma = if nth == 0 { "" } else { ", " };
            if nth > 0 && SAID.lines(&format!("{text}{comma}{one} and 99 others")) > 2 {
                let rest = investment.parts.len() - nth;
                let others = self.plural(rest, "and {n} other", "and {n} others");
                return format!("{text} {others}.");
            }
            text.push_str(comma);
            text.push_str(&one);
        }
        match text.is_empty() {
            true => self.say("No share is told.").into(),
            false => format!("{text}."),
        }
    }

    fn came_back(&self, project: &Project, investment: &Investment) -> String {
        let note = self.benefits_note(investment, project);
        let benefits = &project.front().benefits;
        let uncounted = |benefit: &&Benefit| !benefit.kind.is_monetized();
        let others = benefits.iter().filter(uncounted).count();
        let besides = match others {
            0 => String::new(),
            n => self.plural(
                n,
                "{n} benefit that no amount tells is on the project page.",
                "{n} benefits that no amount tells are on the project page.",
            ),
        };
        match (benefits.is_empty(), note.is_empty()) {
            (_, false) => format!("{note} {besides}").trim_end().into(),
            (true, true) => self.say("No benefit is recorded.").into(),
            (false, true) => {
                format!("{} {besides}", self.say("Nothing in money yet.")).trim_end().into()
            }
        }
    }
}
