//! The stages of a project, planned and actual, as the file tells them.

use super::date::When;
use super::fields::{Fields, Read};
use super::reader::Reader;
use super::yaml::{Node, Value};
use crate::diagnostics::Span;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// One stage that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its key in front matter: `go_live`.
    pub key: &'static str,
    /// Its dates.
    pub dates: StageDates,
    /// Where it stands.
    pub span: Span,
}

/// The stages that are told, in the order of [`STAGES`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stages(pub Vec<Stage>);

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
