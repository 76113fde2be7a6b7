//! A KPI as its project's file tells it: baseline, target, actual, series and where they come from.

use super::date::When;
use super::fields::{Fields, Read, Spanned};
use super::figure::{Figure, Given};
use super::id::slug;
use super::reader::Reader;
use super::series::Series;
use super::text::choices;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Span};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

choices! {
    /// Which way is better.
    Direction, "direction", {
        /// More is better: the target is a minimum.
        Higher "higher",
        /// Less is better: the target is a maximum.
        Lower "lower",
        /// Between two bounds.
        Range "range",
        /// The target itself.
        Exact "exact",
    }
}

/// What a KPI was to reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// One value, or bounds.
    pub goal: Goal,
    /// By when.
    pub by: Option<When>,
    /// What it was before.
    pub was: Vec<Was<Goal>>,
    /// Where it comes from, if not as the KPI.
    pub source: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// The value or the bounds of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// One value; the direction says on which side of it is good.
    Value(Decimal),
    /// At least, at most, or both.
    Bounds(Option<Decimal>, Option<Decimal>),
}

/// What a figure was, until when, and why it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was<T> {
    /// The former value.
    pub value: T,
    /// The last day on which it held.
    pub until: Option<When>,
    /// The reason of the change.
    pub why: Option<String>,
}

/// A KPI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kpi {
    /// Unique in its project; the name's slug where none is given.
    pub id: Spanned<String>,
    /// What is measured.
    pub name: Spanned<String>,
    /// The unit of measure, as written.
    pub measure: String,
    /// Which way is better, where it is said.
    pub direction: Option<Spanned<Direction>>,
    /// Whether it leads the project's page.
    pub headline: bool,
    /// Where it began.
    pub baseline: Option<Given<Figure>>,
    /// What it was to reach.
    pub target: Option<Target>,
    /// What it reached.
    pub actual: Option<Given<Figure>>,
    /// All readings.
    pub series: Option<Series>,
    /// The source of all figures that name none.
    pub source: Option<String>,
    /// The date of all figures that name none.
    pub on: Option<When>,
    /// The unit that brings the data.
    pub brought_by: Option<Spanned<String>>,
    /// How it is measured.
    pub method: Option<String>,
    /// The size of the sample.
    pub n: Option<Decimal>,
    /// The KPI of another project that is the same: `project/kpi`.
    pub same_as: Option<Spanned<String>>,
    /// Where it stands.
    pub span: Span,
}

impl Read for Kpi {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Kpi> {
        let fields = Fields::of(node, "a KPI", reader)?;
        let name: Spanned<String> = fields.need("name");
        let given: Option<Spanned<String>> = fields.get("id");
        if let Some(id) = given.as_ref().filter(|id| id.value != slug(id)) {
            let message = format!("`{}` cannot be the id of a KPI", id.value);
            reader.say(Code::Id, id.span, message).help(format!("write `{}`", slug(id)));
        }
        let id = given.unwrap_or_else(|| Spanned { value: slug(&name), span: name.span });
        let mut kpi = Kpi {
            id,
            name,
            measure: fields.get("measure").unwrap_or_default(),
            direction: fields.get("direction"),
            headline: fields.get("headline").unwrap_or(false),
            baseline: fields.get("baseline"),
            target: fields.get("target"),
            actual: fields.get("actual"),
            series: fields.get("series"),
            source: fields.get("source"),
            on: fields.get("on"),
            brought_by: fields.get("brought_by"),
            method: fields.get("method"),
            n: fields.get("n"),
            same_as: fields.get("same_as"),
            span: node.span,
        };
        // What could not be read was said; without it nothing is to be said of the target.
        let given = |key| fields.node(key).is_some();
        let unread = given("baseline") && kpi.baseline.is_none()
            || given("direction") && kpi.direction.is_none();
        if unread {
            kpi.target = None;
        }
        fields.done();
        Some(kpi)
    }
}

impl Read for Goal {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Goal> {
        Decimal::read(node, reader).map(Goal::Value)
    }
}

impl Read for Target {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Target> {
        let span = node.span;
        if !matches!(node.value, Value::Map(_)) {
            let goal = Goal::read(node, reader)?;
            return Some(Target { goal, by: None, was: Vec::new(), source: None, span });
        }
        let fields = Fields::of(node, "a target", reader)?;
        let goal = goal(&fields);
        let target = Target {
            goal: goal.unwrap_or(Goal::Bounds(None, None)),
            by: fields.get("by"),
            was: fields.list("was"),
            source: fields.get("source"),
            span,
        };
        fields.done();
        goal.map(|_| target)
    }
}

/// The keys `value`, or `min` and `max`, of a target or a former target.
fn goal(fields: &Fields<'_, '_, '_>) -> Option<Goal> {
    let value: Option<Decimal> = fields.get("value");
    let (min, max): (Option<Decimal>, Option<Decimal>) = (fields.get("min"), fields.get("max"));
    let none_given = ["value", "min", "max"].iter().all(|key| fields.node(key).is_none());
    match (value, min, max) {
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
            let message = "a target is either one value or bounds, not both";
            fields
                .reader
                .say(Code::KpiBounds, fields.place_of("value"), message)
                .help("keep `value`, or `min` and `max`");
            None
        }
        (Some(value), None, None) => Some(Goal::Value(value)),
        (None, None, None) if none_given => {
            fields.missing("value");
            None
        }
        (None, None, None) => None,
        (None, min, max) => {
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                let message = format!("the minimum {min} is above the maximum {max}");
                fields
                    .reader
                    .say(Code::KpiBounds, fields.place_of("min"), message)
                    .help("exchange the two");
            }
            Some(Goal::Bounds(min, max))
        }
    }
}

impl Read for Was<Goal> {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self> {
        let fields = Fields::of(node, "a former target", reader)?;
        let value = goal(&fields);
        let (until, why) = (fields.get("until"), fields.get("why"));
        fields.done();
        Some(Was { value: value?, until, why })
    }
}
