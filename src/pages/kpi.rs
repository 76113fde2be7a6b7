//! A KPI shown: in full on its project's page, as a row on the scoreboard, as before → after.

use super::Here;
use super::chart::{self, Bullet, Line};
use super::format::{NBSP, currency_of};
use super::view::{Badge, Cell, KpiView, ReadingRow, SeriesView, Words};
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

    pub fn badge(&self) -> Badge {
        let label = self.judgement.label;
        let overdue = label == Label::NotGiven && self.judgement.due;
        let word = match self.judgement.days_late {
            Some(days) if self.judgement.verdict.word() == "met" => {
                format!(
                    "{} late ({days}{NBSP}{})",
                    label.words(),
                    if days == 1 { "day" } else { "days" }
                )
            }
            _ if overdue => "No figure, overdue".into(),
            _ => label.words().to_string(),
        };
        Badge { word, tone: tone(label) }
    }

    pub fn bullet(&self, title: &str) -> Option<(String, [Decimal; 2])> {
        let judged = self.judgement.judged.as_ref()?;
        (self.judgement.bounds != Bounds::default()).then(|| {
            let bullet = Bullet {
                actual: judged.value,
                baseline: self.baseline(),
                bounds: self.judgement.bounds,
                direction: self.judgement.direction,
            };
            chart::bullet(&bullet, title)
        })
    }

    /// Why there is no figure, in words.
    pub fn reason(&self) -> String {
        match (&self.told.actual, self.judgement.label) {
            (Some(Given::Withheld(why)), _) => format!("Withheld: {why}"),
            (Some(Given::NotMeasured(why)), _) => format!("Not measured: {why}"),
            (Some(Given::NotDue(why)), Label::NotDue) => format!("Not due yet: {why}"),
            (Some(Given::NotDue(why)), _) => {
                format!("No figure, though it is due. It was said: {why}")
            }
            (_, Label::NotDue) => "Not due yet".into(),
            _ if self.judgement.due => "No figure was given, though it is due".into(),
            _ => "No figure was given".into(),
        }
    }
}

impl Here<'_> {
    /// A KPI in full.
    pub(super) fn kpi(&self, kpi: Kpi<'_>) -> KpiView {
        let (told, judgement) = (kpi.told, kpi.judgement);
        let judged = judgement.judged.as_ref();
        let title = self.kpi_title(kpi);
        let (svg, ends) = kpi.bullet(&title).unzip();
        let (value, small) =
            judged.map(|judged| self.headline_parts(judged.value, told)).unwrap_or_default();
        let axis = ends.unwrap_or_default();
        KpiView {
            id: told.id.value.clone(),
            name: told.name.value.clone(),
            measure: told.measure.clone(),
            badge: kpi.badge(),
            value,
            small,
            gaps: self.gaps(kpi),
            axis: match &svg {
                Some(_) => vec![self.format().number(axis[0]), self.figure(axis[1], told)],
                None => Vec::new(),
            },
            svg: svg.unwrap_or_default(),
            facts: self.facts(kpi),
            notes: self.notes(kpi),
            series: (kpi.readings.len() > 1).then(|| self.series(kpi)),
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

    /// "Median time to pay: 0.8 days, target 1 day or less, baseline 12 days".
    pub(super) fn kpi_title(&self, kpi: Kpi<'_>) -> String {
        let mut title = kpi.told.name.value.clone();
        if let Some(judged) = &kpi.judgement.judged {
            title.push_str(&format!(": {}", self.figure(judged.value, kpi.told)));
        }
        if kpi.judgement.bounds != Bounds::default() {
            title.push_str(&format!(", target {}", self.goal(kpi)));
        }
        if let Some(baseline) = kpi.baseline() {
            title.push_str(&format!(", baseline {}", self.figure(baseline, kpi.told)));
        }
        title
    }

    /// A target in words: `1 day or less`, `80 to 90 %`.
    pub(super) fn goal(&self, kpi: Kpi<'_>) -> String {
        let Bounds { min, max } = kpi.judgement.bounds;
        let figure = |value| self.figure(value, kpi.told);
        match (min, max) {
            (Some(min), Some(max)) if min == max => format!("exactly {}", figure(min)),
            (Some(min), Some(max)) => self.between(min, max, kpi.told),
            (Some(min), None) => format!("{} or more", figure(min)),
            (None, Some(max)) => format!("{} or less", figure(max)),
            (None, None) => String::new(),
        }
    }

    /// Two bounds: `80 to 90 %`, but `$80 to $90`, for a sign before a number belongs to it.
    fn between(&self, min: Decimal, max: Decimal, told: &Told) -> String {
        let low = match currency_of(&told.measure) {
            Some(_) => self.figure(min, told),
            None => self.format().number(min),
        };
        format!("{low} to {}", self.figure(max, told))
    }

    pub(super) fn former_goal(&self, goal: Goal, told: &Told) -> String {
        let figure = |value| self.figure(value, told);
        match goal {
            Goal::Value(value) => figure(value),
            Goal::Bounds(Some(min), Some(max)) => self.between(min, max, told),
            Goal::Bounds(Some(min), None) => format!("{} or more", figure(min)),
            Goal::Bounds(None, Some(max)) => format!("{} or less", figure(max)),
            Goal::Bounds(None, None) => String::new(),
        }
    }

    /// The gap and the progress in words.
    fn gaps(&self, kpi: Kpi<'_>) -> Vec<String> {
        let judgement = kpi.judgement;
        if judgement.judged.is_none() {
            return vec![ended(&kpi.reason())];
        }
        let mut lines = Vec::new();
        let gap = self.gap_words(kpi);
        // Met, though away from the baseline: the way says nothing then.
        let odd = |p: &Decimal| p.is_sign_negative() && judgement.verdict == Verdict::Met;
        let way = judgement.progress.filter(|p| !odd(p)).map(|p| match judgement.label {
            Label::Worse => format!("{} of the way: it moved away", self.format().percent(p)),
            _ => format!("{} of the way", self.format().percent(p)),
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
            let which = if nth == 0 { "first" } else { "former" };
            let goal = self.former_goal(was.value, kpi.told);
            let way =
                progress.map(|p| format!(", {}", self.format().percent(p))).unwrap_or_default();
            lines.push(format!(
                "Against the {which} target, {goal}: {}{way}.",
                label.words().to_lowercase()
            ));
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
        match (two_sided, margin) {
            (false, margin) if margin.is_zero() => "On the target".into(),
            (false, margin) if margin > Decimal::ZERO => format!("{gap} better than the target"),
            (false, _) if above => format!("{gap} above the target"),
            (false, _) => format!("{gap} short of the target"),
            (true, _) if judgement.direction == Some(Direction::Exact) && margin.is_zero() => {
                "On the target".into()
            }
            (true, margin) if margin >= Decimal::ZERO => "Within the range".into(),
            (true, _) if above => format!("{gap} above the target"),
            (true, _) => format!("{gap} below the target"),
        }
    }

    fn notes(&self, kpi: Kpi<'_>) -> Vec<Vec<Words>> {
        let told = kpi.told;
        let mut notes = Vec::new();
        let mut method = Vec::new();
        method.extend(told.method.as_ref().map(|text| ended(text)));
        method.extend(told.n.map(|n| format!("Sample of {}.", self.format().number(n))));
        if let Some(unit) =
            told.brought_by.as_ref().and_then(|name| self.portfolio().units.find(name))
        {
            method.push(format!("Data brought by {}.", self.portfolio().units.list[unit].name));
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
                Words::plain("The same KPI is told by "),
                Words::link(other.title(), format!("{}#kpi-{kpi}", self.to(&other.page))),
                Words::plain(", where it is counted."),
            ]);
        }
        notes
    }

    pub(super) fn series(&self, kpi: Kpi<'_>) -> SeriesView {
        let told = kpi.told;
        let line =
            Line { readings: kpi.readings, baseline: kpi.baseline(), bounds: kpi.judgement.bounds };
        let when = |reading: Option<&Reading>| {
            reading.map(|r| self.format().when(r.on)).unwrap_or_default()
        };
        let (first, last) = (when(kpi.readings.first()), when(kpi.readings.last()));
        let name = &told.name.value;
        let measure =
            if told.measure.is_empty() { String::new() } else { format!(", {}", told.measure) };
        let ends = kpi.readings.first().zip(kpi.readings.last()).map(|(a, b)| {
            format!("from {} to {}", self.figure(a.value, told), self.figure(b.value, told))
        });
        let title = format!("{name}, {}, {first} to {last}", ends.unwrap_or_default());
        let (svg, ticks) = chart::line(&line, &title);
        let mut key = Vec::new();
        key.extend(
            kpi.baseline().map(|base| format!("Baseline {} dashed", self.format().number(base))),
        );
        if kpi.judgement.bounds != Bounds::default() {
            key.push(format!("target {} in grey", self.goal(kpi)));
        }
        SeriesView {
            caption: format!("{name}{measure}, {first} to {last}"),
            key: super::frame::capitalized(&key.join(", ")),
            ticks: ticks.map(|tick| self.format().number(tick)).to_vec(),
            axis: vec![first, last],
            svg,
            measure: if told.measure.is_empty() {
                "Value".into()
            } else {
                super::frame::capitalized(&told.measure)
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
                let word = kpi.badge().word.to_lowercase();
                Cell::text(format!("{} → {word}", self.figure(base, kpi.told))).sub(name)
            }
            (None, None) => Cell::absent(kpi.badge().word).sub(name),
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
