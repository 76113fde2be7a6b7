//! A KPI shown: in full on its project's page, as a row on the scoreboard, as before → after.

use super::Here;
use super::chart::{self, Bullet, Said};
use super::format::currency_of;
use super::say::small;
use super::view::{Badge, Cell, KpiView, Words};
use crate::documents::figure::Given;
use crate::documents::kpi::{Direction, Goal, Kpi as Told};
use crate::documents::series::Reading;
use crate::portfolio::Project;
use crate::portfolio::kpi::{Bounds, Judgement, Label, Verdict};
use rust_decimal::Decimal;

/// The tone of a label.
pub(super) fn tone(label: Label) -> &'static str {
    match label {
        Label::Met | Label::Exceeded | Label::Held => "met",
        Label::UnderWay => "way",
        Label::Nearly | Label::Partly => "near",
        Label::Missed | Label::Worse | Label::Slipped | Label::NoChange => "miss",
        Label::NotDue
        | Label::NotMeasured
        | Label::Withheld
        | Label::NotGiven
        | Label::NoTarget => "none",
    }
}

/// A KPI of a project as told and as judged.
#[derive(Clone, Copy)]
pub(super) struct Kpi<'p> {
    pub project: &'p Project,
    pub told: &'p Told,
    pub judgement: &'p Judgement,
    pub readings: &'p [Reading],
}

impl<'p> Kpi<'p> {
    pub fn of(project: &'p Project, at: usize) -> Kpi<'p> {
        let readings = project.shown.document.series.get(&at).map_or(&[][..], Vec::as_slice);
        Kpi { project, told: &project.front().kpis[at], judgement: &project.kpis[at], readings }
    }

    pub fn baseline(&self) -> Option<Decimal> {
        self.told.baseline.as_ref().and_then(Given::known).map(|figure| figure.value)
    }

    pub fn bullet(&self, desc: &str) -> Option<(String, [Decimal; 2])> {
        let judged = self.judgement.judged.as_ref()?;
        (self.judgement.bounds != Bounds::default()).then(|| {
            let bullet = Bullet {
                actual: judged.value,
                baseline: self.baseline(),
                bounds: self.judgement.bounds,
                direction: self.judgement.direction,
            };
            chart::bullet(&bullet, Said { title: &self.told.name.value, desc })
        })
    }
}

impl Here<'_> {
    /// The verdict of a KPI.
    pub(super) fn badge(&self, kpi: Kpi<'_>) -> Badge {
        let judgement = kpi.judgement;
        let label = judgement.label;
        let overdue = label == Label::NotGiven && judgement.due;
        let word = match judgement.days_late {
            Some(days) if judgement.verdict.word() == "met" => {
                let days = self.span(days.into(), "days");
                self.fill(
                    "{label} late ({days})",
                    &[("label", self.say(label.words())), ("days", &days)],
                )
            }
            _ if overdue => self.say("No figure, overdue").into(),
            _ => self.say(label.words()).into(),
        };
        Badge { word, tone: tone(label) }
    }

    /// Why there is no figure, in words.
    pub(super) fn reason(&self, kpi: Kpi<'_>) -> String {
        match (&kpi.told.actual, kpi.judgement.label) {
            (Some(Given::Withheld(why)), _) => self.fill("Withheld: {why}", &[("why", why)]),
            (Some(Given::NotMeasured(why)), _) => self.fill("Not measured: {why}", &[("why", why)]),
            (Some(Given::NotDue(why)), Label::NotDue) => {
                self.fill("Not due yet: {why}", &[("why", why)])
            }
            (Some(Given::NotDue(why)), _) => {
                self.fill("No figure, though it is due. It was said: {why}", &[("why", why)])
            }
            (_, Label::NotDue) => self.say("Not due yet").into(),
            _ if kpi.judgement.due => self.say("No figure was given, though it is due").into(),
            _ => self.say("No figure was given").into(),
        }
    }

    /// A KPI in full.
    pub(super) fn kpi(&self, kpi: Kpi<'_>) -> KpiView {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let judged = judgement.judged.as_ref();
        let asked = &self.pages.asked;
        let drawn =
            asked.made(&["svg", "axis", "has_charts"], || kpi.bullet(&self.kpi_in_words(kpi)));
        let (svg, ends) = drawn.unzip();
        let (value, small) =
            judged.map(|judged| self.headline_parts(judged.value, told)).unwrap_or_default();
        let axis = ends.unwrap_or_default();
        KpiView {
            id: told.id.value.clone(),
            name: told.name.value.clone(),
            measure: told.measure.clone(),
            badge: asked.made(&["badge"], || self.badge(kpi)),
            value,
            small,
            gaps: asked.made(&["gaps"], || self.gaps(kpi)),
            axis: match &svg {
                Some(_) => vec![self.format().number(axis[0]), self.figure(axis[1], told)],
                None => Vec::new(),
            },
            svg: svg.unwrap_or_default(),
            facts: self.facts(kpi),
            notes: asked.made(&["notes"], || self.notes(kpi)),
            series: asked.made(&["series"], || (kpi.readings.len() > 1).then(|| self.series(kpi))),
        }
    }

    /// The big number: an amount of many digits in short, for the table has all of them.
    fn headline_parts(&self, value: Decimal, told: &Told) -> (String, String) {
        match currency_of(&told.measure) {
            Some(currency) if value.abs() >= Decimal::from(1_000_000) => {
                (self.format().money_short(value, currency), String::new())
            }
            _ => self.format().figure_parts(value, &told.measure),
        }
    }

    pub(super) fn figure(&self, value: Decimal, told: &Told) -> String {
        self.format().figure(value, &told.measure)
    }

    /// "0.8 days, target 1 day or less, baseline 12 days".
    pub(super) fn kpi_in_words(&self, kpi: Kpi<'_>) -> String {
        let mut words = Vec::new();
        words.extend(
            kpi.judgement.judged.as_ref().map(|judged| self.figure(judged.value, kpi.told)),
        );
        if kpi.judgement.bounds != Bounds::default() {
            words.push(self.fill("target {goal}", &[("goal", &self.goal(kpi))]));
        }
        words.extend(kpi.baseline().map(|baseline| {
            let baseline = self.figure(baseline, kpi.told);
            self.fill("baseline {figure}", &[("figure", &baseline)])
        }));
        words.join(", ")
    }

    /// The same behind a name: ": 0.8 days, target 1 day or less, baseline 12 days".
    pub(super) fn kpi_figures(&self, kpi: Kpi<'_>) -> String {
        let words = self.kpi_in_words(kpi);
        match (&kpi.judgement.judged, words.is_empty()) {
            (_, true) => words,
            (Some(_), _) => format!(": {words}"),
            (None, _) => format!(", {words}"),
        }
    }

    /// A target in words: `1 day or less`, `80 to 90 %`.
    pub(super) fn goal(&self, kpi: Kpi<'_>) -> String {
        let Bounds { min, max } = kpi.judgement.bounds;
        match (min, max) {
            (Some(min), Some(max)) if min == max => {
                self.fill("exactly {figure}", &[("figure", &self.figure(min, kpi.told))])
            }
            (min, max) => self.bounds(min, max, kpi.told),
        }
    }

    fn bounds(&self, min: Option<Decimal>, max: Option<Decimal>, told: &Told) -> String {
        let figure = |value| self.figure(value, told);
        match (min, max) {
            (Some(min), Some(max)) => self.between(min, max, told),
            (Some(min), None) => self.fill("{figure} or more", &[("figure", &figure(min))]),
            (None, Some(max)) => self.fill("{figure} or less", &[("figure", &figure(max))]),
            (None, None) => String::new(),
        }
    }

    /// Two bounds: `80 to 90 %`, but `$80 to $90`, for a sign before a number belongs to it.
    fn between(&self, min: Decimal, max: Decimal, told: &Told) -> String {
        let low = match currency_of(&told.measure) {
            Some(_) => self.figure(min, told),
            None => self.format().number(min),
        };
        self.fill("{low} to {high}", &[("low", &low), ("high", &self.figure(max, told))])
    }

    pub(super) fn former_goal(&self, goal: Goal, told: &Told) -> String {
        match goal {
            Goal::Value(value) => self.figure(value, told),
            Goal::Bounds(min, max) => self.bounds(min, max, told),
        }
    }

    /// The gap and the progress in words.
    pub(super) fn gaps(&self, kpi: Kpi<'_>) -> Vec<String> {
        let judgement = kpi.judgement;
        if judgement.judged.is_none() {
            return vec![ended(&self.reason(kpi))];
        }
        let mut lines = Vec::new();
        let gap = self.gap_words(kpi);
        // Met, though away from the baseline: the way says nothing then.
        let odd = |p: &Decimal| p.is_sign_negative() && judgement.verdict == Verdict::Met;
        let way = judgement.progress.filter(|p| !odd(p)).map(|p| {
            let part = self.format().percent(p);
            match judgement.label {
                Label::Worse => self.fill("{part} of the way: it moved away", &[("part", &part)]),
                _ => self.fill("{part} of the way", &[("part", &part)]),
            }
        });
        let first = match (gap.is_empty(), way) {
            (_, Some(way)) if gap.is_empty() => way,
            (false, Some(way)) => format!("{gap}; {way}"),
            _ => gap,
        };
        if !first.is_empty() {
            lines.push(format!("{first}."));
        }
        let was = kpi.told.target.iter().flat_map(|target| &target.was);
        for (nth, (was, (label, progress))) in was.zip(&judgement.formerly).enumerate() {
            let goal = self.former_goal(was.value, kpi.told);
            let way =
                progress.map(|p| format!(", {}", self.format().percent(p))).unwrap_or_default();
            let label = self.inline(label.words());
            let with = [("goal", goal.as_str()), ("label", &label), ("way", &way)];
            lines.push(match nth {
                0 => self.fill("Against the first target, {goal}: {label}{way}.", &with),
                _ => self.fill("Against a former target, {goal}: {label}{way}.", &with),
            });
        }
        lines
    }

    /// "0.2 days better than the target", "4 points short of the target".
    pub(super) fn gap_words(&self, kpi: Kpi<'_>) -> String {
        let judgement = kpi.judgement;
        let Some((judged, margin)) = judgement
            .judged
            .as_ref()
            .and_then(|judged| Some((judged, judgement.bounds.margin(judged.value)?)))
        else {
            return String::new();
        };
        let gap = self.format().gap(margin, &kpi.told.measure);
        let two_sided = judgement.bounds.min.is_some() && judgement.bounds.max.is_some();
        let above = judgement.bounds.max.is_some_and(|max| judged.value > max);
        let exact = judgement.direction == Some(Direction::Exact);
        let phrase = match (two_sided, margin) {
            (false, margin) if margin.is_zero() => "On the target",
            (false, margin) if margin > Decimal::ZERO => "{gap} better than the target",
            (false, _) if above => "{gap} above the target",
            (false, _) => "{gap} short of the target",
            (true, margin) if exact && margin.is_zero() => "On the target",
            (true, margin) if margin >= Decimal::ZERO => "Within the range",
            (true, _) if above => "{gap} above the target",
            (true, _) => "{gap} below the target",
        };
        self.fill(phrase, &[("gap", &gap)])
    }

    fn notes(&self, kpi: Kpi<'_>) -> Vec<Vec<Words>> {
        let told = kpi.told;
        let mut notes = Vec::new();
        let mut method = Vec::new();
        method.extend(told.method.as_ref().map(|text| ended(text)));
        method.extend(
            told.n.map(|n| self.fill("Sample of {n}.", &[("n", &self.format().number(n))])),
        );
        if let Some(unit) =
            told.brought_by.as_ref().and_then(|name| self.portfolio().units.find(name))
        {
            let unit = self.portfolio().units.list[unit].name.as_str();
            method.push(self.fill("Data brought by {unit}.", &[("unit", unit)]));
        }
        if !method.is_empty() {
            notes.push(vec![Words::plain(method.join(" "))]);
        }
        let same = told.same_as.as_ref().and_then(|same| {
            let (id, kpi) = same.split_once('/')?;
            let other = self.portfolio().project(id)?;
            Some((other, kpi))
        });
        if let Some((other, kpi)) = same {
            notes.push(vec![
                Words::plain(self.say("The same KPI is told by ")),
                Words::link(other.title(), format!("{}#kpi-{kpi}", self.to(&other.page))),
                Words::plain(self.say(", where it is counted.")),
            ]);
        }
        notes
    }

    /// A judged KPI as `12 days`, `0.8` and ` days`; without a baseline the first is empty.
    pub(super) fn before_and_after(&self, kpi: Kpi<'_>) -> Option<[String; 3]> {
        let judged = kpi.judgement.judged.as_ref()?;
        let before = kpi.baseline().map(|base| self.figure(base, kpi.told)).unwrap_or_default();
        let (after, small) = self.format().figure_parts(judged.value, &kpi.told.measure);
        Some([before, after, small])
    }

    /// The headline KPI as "12 → 0.8 days".
    pub(super) fn before_after(&self, kpi: Kpi<'_>) -> Cell {
        let name = kpi.told.name.value.clone();
        let base = kpi.baseline();
        match (&kpi.judgement.judged, base) {
            (Some(judged), Some(base)) => {
                let after = self.figure(judged.value, kpi.told);
                let (number, small) = self.format().figure_parts(base, &kpi.told.measure);
                let before = if small.is_empty() { self.figure(base, kpi.told) } else { number };
                Cell::text(format!("{before} → {after}")).sub(name)
            }
            (Some(judged), None) => Cell::text(self.figure(judged.value, kpi.told)).sub(name),
            (None, Some(base)) => {
                let word = small(&self.badge(kpi).word);
                Cell::text(format!("{} → {word}", self.figure(base, kpi.told))).sub(name)
            }
            (None, None) => Cell::absent(self.badge(kpi).word).sub(name),
        }
    }
}

/// A sentence with a stop at its end.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…', '”', '"']) {
        text.to_string()
    } else {
        format!("{text}.")
    }
}
