//! The facts of a KPI: one row each for actual, target, former targets and baseline, with date and
//! source, or the word that one of them is missing.

use super::Here;
use super::kpi::Kpi;
use super::view::Fact;
use crate::documents::figure::{Figure, Given};
use crate::documents::kpi::Kpi as Told;
use crate::portfolio::kpi::Bounds;

impl Here<'_> {
    /// The rows, in the order of the chart's marks.
    pub(super) fn facts(&self, kpi: Kpi<'_>) -> Vec<Fact> {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let mut facts = Vec::with_capacity(3);
        facts.push(match &judgement.judged {
            Some(judged) => fact("m-actual", "Actual", self.figure(judged.value, told))
                .dated(judged.on.map(|on| self.format().when(on)))
                .from(judged.source.clone()),
            None => absent_fact("m-actual", "Actual", kpi.reason()),
        });
        facts.push(match &told.target {
            Some(target) if judgement.bounds != Bounds::default() => {
                fact("m-target", "Target", self.goal(kpi))
                    .dated(target.by.map(|by| format!("by {}", self.format().when(by))))
                    .from(target.source.as_ref().or(told.source.as_ref()).cloned())
            }
            _ => absent_fact("m-target", "Target", "No target was set".into()),
        });
        for (nth, was) in told.target.iter().flat_map(|target| &target.was).enumerate() {
            let name = if nth == 0 { "First target" } else { "Former target" };
            let fact = fact("m-none", name, self.former_goal(was.value, told))
                .dated(was.until.map(|until| format!("until {}", self.format().when(until))));
            facts.push(match &was.why {
                Some(why) => fact.from(Some(format!("Changed: {why}"))),
                None => Fact { source: "No reason given".into(), unsourced: true, ..fact },
            });
        }
        facts.push(self.baseline_fact(told));
        facts
    }

    fn baseline_fact(&self, told: &Told) -> Fact {
        match &told.baseline {
            Some(Given::Known(Figure { value, on, source, .. })) => {
                fact("m-base", "Baseline", self.figure(*value, told))
                    .dated(on.or(told.on).map(|on| self.format().when(on)))
                    .from(source.as_ref().or(told.source.as_ref()).cloned())
            }
            other => absent_fact("m-base", "Baseline", no_baseline(other.as_ref())),
        }
    }
}

impl Fact {
    fn dated(self, date: Option<String>) -> Fact {
        let undated = date.is_none();
        Fact { date: date.unwrap_or_else(|| "No date given".into()), undated, ..self }
    }

    fn from(self, source: Option<String>) -> Fact {
        let unsourced = source.is_none();
        Fact { source: source.unwrap_or_else(|| "No source given".into()), unsourced, ..self }
    }
}

/// Why there is no baseline.
pub(super) fn no_baseline(given: Option<&Given<Figure>>) -> String {
    match given {
        Some(Given::Withheld(why)) => format!("Withheld: {why}"),
        Some(Given::NotMeasured(why)) => format!("Not measured: {why}"),
        Some(Given::NotDue(why)) => format!("Not due: {why}"),
        Some(Given::Known(_)) | None => "No baseline was given".into(),
    }
}

fn fact(mark: &'static str, name: &str, figure: String) -> Fact {
    Fact { mark, name: name.into(), figure, ..Fact::default() }
}

fn absent_fact(mark: &'static str, name: &str, why: String) -> Fact {
    Fact { absent: true, ..fact(mark, name, why) }
}
