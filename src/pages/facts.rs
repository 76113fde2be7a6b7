//! The facts of a KPI: one row each for actual, target, former targets and baseline, with date and
//! source, or the word that one of them is missing.

use super::Here;
use super::kpi::Kpi;
use super::view::{Cell, Fact};
use crate::documents::date::When;
use crate::documents::figure::{Figure, Given};
use crate::documents::kpi::Kpi as Told;
use crate::portfolio::kpi::Bounds;

impl Here<'_> {
    /// The rows, in the order of the chart's marks.
    pub(super) fn facts(&self, kpi: Kpi<'_>) -> Vec<Fact> {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let actual = match &judgement.judged {
            Some(judged) => Fact {
                mark: "m-actual",
                figure: Cell::text(self.figure(judged.value, told)),
                date: self.date(judged.on),
                source: source(judged.source.as_ref()),
                name: "Actual".into(),
            },
            None => Fact {
                mark: "m-actual",
                name: "Actual".into(),
                figure: Cell::absent(kpi.reason()),
                ..Fact::default()
            },
        };
        let mut facts = vec![actual];
        facts.push(match &told.target {
            Some(target) if judgement.bounds != Bounds::default() => Fact {
                mark: "m-target",
                name: "Target".into(),
                figure: Cell::text(self.goal(kpi)),
                date: match target.by {
                    Some(by) => Cell::text(format!("by {}", self.format().when(by))),
                    None => Cell::absent("No date given"),
                },
                source: source(target.source.as_ref().or(told.source.as_ref())),
            },
            _ => absent_fact("m-target", "Target", "No target was set"),
        });
        for (nth, was) in told.target.iter().flat_map(|target| &target.was).enumerate() {
            facts.push(Fact {
                mark: "m-none",
                name: if nth == 0 { "First target" } else { "Former target" }.into(),
                figure: Cell::text(self.former_goal(was.value, told)),
                date: match was.until {
                    Some(until) => Cell::text(format!("until {}", self.format().when(until))),
                    None => Cell::absent("No date given"),
                },
                source: match &was.why {
                    Some(why) => Cell::text(format!("Changed: {why}")),
                    None => Cell::absent("No reason given"),
                },
            });
        }
        facts.push(self.baseline_fact(told));
        facts
    }

    pub(super) fn baseline_fact(&self, told: &Told) -> Fact {
        match &told.baseline {
            Some(Given::Known(Figure { value, on, source: from, .. })) => Fact {
                mark: "m-base",
                name: "Baseline".into(),
                figure: Cell::text(self.figure(*value, told)),
                date: self.date(on.or(told.on)),
                source: source(from.as_ref().or(told.source.as_ref())),
            },
            Some(Given::Withheld(why)) => {
                absent_fact("m-base", "Baseline", &format!("Withheld: {why}"))
            }
            Some(Given::NotMeasured(why)) => {
                absent_fact("m-base", "Baseline", &format!("Not measured: {why}"))
            }
            Some(Given::NotDue(why)) => {
                absent_fact("m-base", "Baseline", &format!("Not due: {why}"))
            }
            None => absent_fact("m-base", "Baseline", "No baseline was given"),
        }
    }

    fn date(&self, on: Option<When>) -> Cell {
        match on {
            Some(on) => Cell::text(self.format().when(on)),
            None => Cell::absent("No date given"),
        }
    }
}

fn source(source: Option<&String>) -> Cell {
    match source {
        Some(source) => Cell::text(source),
        None => Cell::absent("No source given"),
    }
}

fn absent_fact(mark: &'static str, name: &str, why: &str) -> Fact {
    Fact { mark, name: name.into(), figure: Cell::absent(why), ..Fact::default() }
}
