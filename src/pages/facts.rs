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
            Some(judged) => fact("m-actual", self.say("Actual"), self.figure(judged.value, told))
                .dated(judged.on.map(|on| self.format().when(on)), self)
                .from(judged.source.clone(), self),
            None => absent_fact("m-actual", self.say("Actual"), self.reason(kpi)),
        });
        facts.push(match &told.target {
            Some(target) if judgement.bounds != Bounds::default() => {
                fact("m-target", self.say("Target"), self.goal(kpi))
                    .dated(
                        target
                            .by
                            .map(|by| self.fill("by {date}", &[("date", &self.format().when(by))])),
                        self,
                    )
                    .from(target.source.as_ref().or(told.source.as_ref()).cloned(), self)
            }
            _ => {
                let why = self.say("No target was set").into();
                absent_fact("m-target", self.say("Target"), why)
            }
        });
        for (nth, was) in told.target.iter().flat_map(|target| &target.was).enumerate() {
            let name = self.say(if nth == 0 { "First target" } else { "Former target" });
            let fact = fact("m-none", name, self.former_goal(was.value, told)).dated(
                was.until.map(|until| {
                    self.fill("until {date}", &[("date", &self.format().when(until))])
                }),
                self,
            );
            facts.push(match &was.why {
                Some(why) => fact.from(Some(self.fill("Changed: {why}", &[("why", why)])), self),
                None => {
                    Fact { source: self.say("No reason given").into(), unsourced: true, ..fact }
                }
            });
        }
        facts.push(self.baseline_fact(told));
        facts
    }

    fn baseline_fact(&self, told: &Told) -> Fact {
        match &told.baseline {
            Some(Given::Known(Figure { value, on, source, .. })) => {
                fact("m-base", self.say("Baseline"), self.figure(*value, told))
                    .dated(on.or(told.on).map(|on| self.format().when(on)), self)
                    .from(source.as_ref().or(told.source.as_ref()).cloned(), self)
            }
            other => absent_fact("m-base", self.say("Baseline"), self.no_baseline(other.as_ref())),
        }
    }
}

impl Here<'_> {
    /// Why there is no baseline.
    pub(super) fn no_baseline(&self, given: Option<&Given<Figure>>) -> String {
        match given {
            Some(Given::Withheld(why)) => self.fill("Withheld: {why}", &[("why", why)]),
            Some(Given::NotMeasured(why)) => self.fill("Not measured: {why}", &[("why", why)]),
            Some(Given::NotDue(why)) => self.fill("Not due: {why}", &[("why", why)]),
            Some(Given::Known(_)) | None => self.say("No baseline was given").into(),
        }
    }
}

impl Fact {
    fn dated(self, date: Option<String>, here: &Here<'_>) -> Fact {
        let undated = date.is_none();
        Fact { date: date.unwrap_or_else(|| here.say("No date given").into()), undated, ..self }
    }

    fn from(self, source: Option<String>, here: &Here<'_>) -> Fact {
        let unsourced = source.is_none();
        Fact {
            source: source.unwrap_or_else(|| here.say("No source given").into()),
            unsourced,
            ..self
        }
    }
}

fn fact(mark: &'static str, name: &str, figure: String) -> Fact {
    Fact { mark, name: name.into(), figure, ..Fact::default() }
}

fn absent_fact(mark: &'static str, name: &str, why: String) -> Fact {
    Fact { absent: true, ..fact(mark, name, why) }
}
