//! The stages of a project, planned and actual, as the file tells them.

use super::date::When;
use super::fields::{Fields, Read};
use super::reader::Reader;
use super::yaml::{Node, Value};
use crate::diagnostics::Span;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// The stages in the order in which a project goes through them, with the names readers see.
pub const STAGES: &[(&str, &str)] = &[
    ("business_case", "Business case"),
    ("kpis_agreed", "KPIs agreed"),
    ("it_engaged", "IT engaged"),
    ("kickoff", "Kickoff"),
    ("go_live", "Go-live"),
    ("benefits_review", "Benefits review"),
    ("closed", "Closed"),
];

/// The dates of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StageDates {
    /// One date: planned while it lies after the day of the data, actual from then on.
    Bare(When),
    /// Both, each where it is told.
    Told {
        /// When it was to be.
        planned: Option<When>,
        /// When it was.
        actual: Option<When>,
    },
}

/// A key of [`STAGES`].
type Key = &'static str;

/// One stage that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its key in front matter: `go_live`.
    #[serde(deserialize_with = "one_of_them")]
    pub key: Key,
    /// Its dates.
    pub dates: StageDates,
    /// Where it stands.
    pub span: Span,
}

/// The stages that are told, in the order of [`STAGES`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages(pub Vec<Stage>);

/// A key that was stored, as it stands in the list.
fn one_of_them<'de, D: Deserializer<'de>>(stored: D) -> Result<Key, D::Error> {
    let stored = Cow::<str>::deserialize(stored)?;
    let found = STAGES.iter().find(|(key, _)| *key == stored);
    found.map(|(key, _)| *key).ok_or_else(|| D::Error::custom("no stage"))
}

impl Read for Stages {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Stages> {
        let fields = Fields::of(node, "the stages", reader)?;
        let told = STAGES.iter().filter_map(|(key, _)| {
            let node = fields.node(key)?;
            Some(Stage { key, dates: dates(node, reader)?, span: node.span })
        });
        let stages = Stages(told.collect());
        fields.done();
        Some(stages)
    }
}

fn dates(node: &Node<'_>, reader: &Reader<'_>) -> Option<StageDates> {
    if !matches!(node.value, Value::Map(_)) {
        return When::read(node, reader).map(StageDates::Bare);
    }
    let fields = Fields::of(node, "a stage", reader)?;
    let dates = StageDates::Told { planned: fields.get("planned"), actual: fields.get("actual") };
    fields.done();
    Some(dates)
}
