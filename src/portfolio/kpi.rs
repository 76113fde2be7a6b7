//! A KPI judged: bounds, the value that counts, verdict, progress and label, all in decimals.
//!
//! Section 4 of the contract as code. In go the figures as told and the day of the data; nothing
//! here knows of projects, files or how a figure is printed.

use crate::documents::date::When;
use crate::documents::figure::{Figure, Given};
use crate::documents::kpi::{Direction, Goal, Kpi as Told};
use crate::documents::series::Reading;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Between which values a KPI is met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// At least this.
    pub min: Option<Decimal>,
    /// At most this.
    pub max: Option<Decimal>,
}

/// What is to be said of a KPI in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Met, and the target was the baseline.
    Held,
    /// Met, and well beyond.
    Exceeded,
    /// Met.
    Met,
    /// Not met, and the target was the baseline.
    Slipped,
    /// Almost there.
    Nearly,
    /// Part of the way.
    Partly,
    /// Where it began.
    NoChange,
    /// Further away than it began.
    Worse,
    /// Not met, and no progress to speak of.
    Missed,
    /// Not met yet, and there is time.
    UnderWay,
    /// No value, and there is time.
    NotDue,
    /// No one measured it.
    NotMeasured,
    /// Not shown.
    Withheld,
    /// No figure, and no word why.
    NotGiven,
    /// A value without a target to hold it against.
    NoTarget,
}

/// The verdict as data files know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// `met`
    Met,
    /// `not_met`
    NotMet,
    /// `not_due`
    NotDue,
    /// `not_measured`
    NotMeasured,
    /// `withheld`
    Withheld,
    /// `none`
    Nothing,
}

/// The value that a verdict is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The value.
    pub value: Decimal,
    /// When it held.
    pub on: Option<When>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A KPI with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Which way is better, told or derived.
    pub direction: Option<Direction>,
    /// Between which values it is met.
    pub bounds: Bounds,
    /// The value that counts.
    pub judged: Option<Judged>,
    /// The verdict.
    pub verdict: Verdict,
    /// In a word.
    pub label: Label,
    /// (actual − baseline) / (target − baseline), where that says something.
    pub progress: Option<Decimal>,
    /// Days between the deadline and a value that came after it.
    pub days_late: Option<i32>,
    /// Whether its day has come.
    pub due: bool,
    /// What it would be against each former target, oldest first.
    pub formerly: Vec<(Label, Option<Decimal>)>,
}

/// The thresholds of labels, as progress: 0.9 and 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// From here on a miss is "Nearly".
    pub nearly: Decimal,
    /// From here on a hit is "Exceeded".
    pub exceeded: Decimal,
}

/// What is wrong with a KPI's target and direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Target and baseline do not say which way is better.
    Direction,
    /// One value, where the direction needs two.
    NeedsBounds,
    /// Two bounds, where the direction needs one value.
    NeedsValue,
}

/// Judges a KPI by its readings and the day of the data.
pub fn judge(
    told: &Told,
    readings: &[Reading],
    as_of: Date,
    thresholds: Thresholds,
) -> Result<Judgement, Unclear> {
    let baseline = told.baseline.as_ref().and_then(Given::known).map(|figure| figure.value);
    let goal = told.target.as_ref().map(|target| target.goal);
    let direction = goal.map(|goal| direction(told, goal, baseline)).transpose()?;
    let bounds =
        goal.zip(direction).map(|(goal, direction)| bounds(goal, direction)).transpose()?;
    let bounds = bounds.unwrap_or_default();
    let by = told.target.as_ref().and_then(|target| target.by);
    let judged = value_that_counts(told, readings, by, as_of);
    let due = match by {
        Some(by) => by.to <= as_of,
        None => judged.is_some(),
    };
    let has_target = bounds != Bounds::default();
    let yardstick = Yardstick { baseline, bounds, direction, thresholds };
    let mut judgement = Judgement {
        direction,
        bounds,
        verdict: Verdict::Nothing,
        label: Label::NoTarget,
        progress: None,
        days_late: None,
        due,
        formerly: Vec::new(),
        judged: None,
    };
    match &judged {
        None => (judgement.verdict, judgement.label) = without_value(told, by, due),
        Some(_) if !has_target => {}
        Some(judged) => {
            let met = bounds.contain(judged.value);
            judgement.progress = yardstick.progress(judged.value);
            (judgement.verdict, judgement.label) = match (met, due) {
                (true, _) => (Verdict::Met, yardstick.label(judged.value)),
                (false, true) => (Verdict::NotMet, yardstick.label(judged.value)),
                (false, false) => (Verdict::NotDue, Label::UnderWay),
            };
            judgement.days_late = by.zip(judged.on).and_then(|(by, on)| days_late(by, on));
            judgement.formerly = told
                .target
                .iter()
                .flat_map(|target| &target.was)
                .filter_map(|was| yardstick.against(was.value, judged.value))
                .collect();
        }
    }
    judgement.judged = judged;
    Ok(judgement)
}

impl Bounds {
    /// Whether a value is met; GC InfoBase's rule.
    pub fn contain(&self, value: Decimal) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    /// The one value that is aimed at, if it is one.
    pub fn target(&self) -> Option<Decimal> {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min != max => None,
            (min, max) => min.or(max),
        }
    }

    /// How far a value is beyond the nearer bound: outside negative, inside positive.
    pub fn margin(&self, value: Decimal) -> Option<Decimal> {
        let above = self.min.map(|min| value - min);
        let below = self.max.map(|max| max - value);
        above.into_iter().chain(below).min()
    }
}

fn direction(told: &Told, goal: Goal, baseline: Option<Decimal>) -> Result<Direction, Unclear> {
    let told = told.direction.as_ref().map(|direction| direction.value);
    match (told, goal) {
        (Some(Direction::Range), Goal::Value(_)) => Err(Unclear::NeedsBounds),
        (
            Some(Direction::Higher | Direction::Lower | Direction::Exact),
            Goal::Bounds(Some(_), Some(_)),
        ) => Err(Unclear::NeedsValue),
        (Some(direction), _) => Ok(direction),
        (None, Goal::Bounds(Some(_), Some(_))) => Ok(Direction::Range),
        (None, Goal::Bounds(Some(_), None)) => Ok(Direction::Higher),
        (None, Goal::Bounds(None, _)) => Ok(Direction::Lower),
        (None, Goal::Value(target)) => match baseline {
            Some(baseline) if baseline < target => Ok(Direction::Higher),
            Some(baseline) if baseline > target => Ok(Direction::Lower),
            _ => Err(Unclear::Direction),
        },
    }
}

fn bounds(goal: Goal, direction: Direction) -> Result<Bounds, Unclear> {
    match (goal, direction) {
        (Goal::Value(value), Direction::Higher) => Ok(Bounds { min: Some(value), max: None }),
        (Goal::Value(value), Direction::Lower) => Ok(Bounds { min: None, max: Some(value) }),
        (Goal::Value(value), Direction::Exact) => Ok(Bounds { min: Some(value), max: Some(value) }),
        (Goal::Value(_), Direction::Range) => Err(Unclear::NeedsBounds),
        (Goal::Bounds(min, max), _) => Ok(Bounds { min, max }),
    }
}

/// The last value on or before the deadline; if there is none, the first after it.
fn value_that_counts(
    told: &Told,
    readings: &[Reading],
    by: Option<When>,
    as_of: Date,
) -> Option<Judged> {
    let known = told.actual.as_ref().and_then(Given::known);
    let actual = known.map(|figure: &Figure| Judged {
        value: figure.value,
        on: figure.on.or(told.on),
        source: figure.source.clone().or_else(|| told.source.clone()),
    });
    let from_series = |reading: &Reading| Judged {
        value: reading.value,
        on: Some(reading.on),
        source: told.source.clone(),
    };
    // A figure without a date is the writer's word; there is nothing to order it by.
    if actual.as_ref().is_some_and(|actual| actual.on.is_none()) {
        return actual;
    }
    let mut dated: Vec<Judged> = readings.iter().map(from_series).chain(actual).collect();
    dated.retain(|judged| judged.on.is_some_and(|on| on.from <= as_of));
    // Of two on one day the writer's own stands, for it comes last and sorting is stable.
    dated.sort_by_key(|judged| judged.on.map(|on| on.to));
    match by {
        None => dated.pop(),
        Some(by) => {
            let in_time = |judged: &Judged| judged.on.is_some_and(|on| on.to <= by.to);
            let last = dated.iter().rposition(in_time).unwrap_or(0);
            (!dated.is_empty()).then(|| dated.swap_remove(last))
        }
    }
}

fn without_value(told: &Told, by: Option<When>, due: bool) -> (Verdict, Label) {
    match &told.actual {
        Some(Given::Withheld(_)) => (Verdict::Withheld, Label::Withheld),
        Some(Given::NotMeasured(_)) => (Verdict::NotMeasured, Label::NotMeasured),
        Some(Given::NotDue(_)) if !due => (Verdict::NotDue, Label::NotDue),
        _ if by.is_some() && !due => (Verdict::NotDue, Label::NotDue),
        _ => (Verdict::Nothing, Label::NotGiven),
    }
}

fn days_late(by: When, on: When) -> Option<i32> {
    let (by, on) = (by.to, on.whole()?);
    (on > by).then(|| on.since(by).map(|span| span.get_days()).unwrap_or(0))
}

/// What a value is held against.
struct Yardstick {
    baseline: Option<Decimal>,
    bounds: Bounds,
    direction: Option<Direction>,
    thresholds: Thresholds,
}

impl Yardstick {
    /// One formula for both directions; nothing where it would divide by zero or say nothing.
    fn progress(&self, value: Decimal) -> Option<Decimal> {
        let (baseline, target) = (self.baseline?, self.bounds.target()?);
        if self.direction == Some(Direction::Range)
            && self.bounds.min.is_some() == self.bounds.max.is_some()
        {
            return None;
        }
        (target - baseline != Decimal::ZERO).then(|| (value - baseline) / (target - baseline))
    }

    fn label(&self, value: Decimal) -> Label {
        let holds = self.baseline.is_some() && self.baseline == self.bounds.target();
        let progress = self.progress(value);
        let can_exceed = matches!(self.direction, Some(Direction::Higher | Direction::Lower));
        match (self.bounds.contain(value), progress) {
            (true, _) if holds => Label::Held,
            (true, Some(p)) if can_exceed && p >= self.thresholds.exceeded => Label::Exceeded,
            (true, _) => Label::Met,
            (false, _) if holds => Label::Slipped,
            (false, None) => Label::Missed,
            (false, Some(p)) if p < Decimal::ZERO => Label::Worse,
            (false, Some(p)) if p == Decimal::ZERO => Label::NoChange,
            // An exact target that was overshot is missed; beyond it is not nearly.
            (false, Some(p)) if p > Decimal::ONE => Label::Missed,
            (false, Some(p)) if p >= self.thresholds.nearly => Label::Nearly,
            (false, Some(_)) => Label::Partly,
        }
    }

    fn against(&self, goal: Goal, value: Decimal) -> Option<(Label, Option<Decimal>)> {
        let bounds = bounds(goal, self.direction?).ok()?;
        let former = Yardstick { bounds, ..*self };
        Some((former.label(value), former.progress(value)))
    }
}

impl Label {
    /// The label in words.
    pub fn words(self) -> &'static str {
        match self {
            Label::Held => "Held",
            Label::Exceeded => "Exceeded",
            Label::Met => "Met",
            Label::Slipped => "Slipped",
            Label::Nearly => "Nearly",
            Label::Partly => "Partly",
            Label::NoChange => "No change",
            Label::Worse => "Worse",
            Label::Missed => "Missed",
            Label::UnderWay => "Under way",
            Label::NotDue => "Not due",
            Label::NotMeasured => "Not measured",
            Label::Withheld => "Withheld",
            Label::NotGiven => "Not given",
            Label::NoTarget => "No target",
        }
    }
}

impl Verdict {
    /// The word of data files.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not_met",
            Verdict::NotDue => "not_due",
            Verdict::NotMeasured => "not_measured",
            Verdict::Withheld => "withheld",
            Verdict::Nothing => "none",
        }
    }

    /// Whether the KPI was judged.
    pub fn is_judged(self) -> bool {
        matches!(self, Verdict::Met | Verdict::NotMet)
    }
}

#[cfg(test)]
#[path = "kpi_tests.rs"]
mod tests;
