//! Views of a post-mortem.

use super::parts::{Badge, Cell, Pair, Words};
use serde::Serialize;

/// A lesson.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LessonView {
    /// The sentence.
    pub text: String,
    /// Its theme, linked to all of its lessons, where one is told.
    pub theme: Option<Words>,
    /// What follows it: unit, project, who adopted it, what was done.
    pub about: Vec<Vec<Words>>,
}

/// What a unit brought to the post-mortem.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceRow {
    /// The unit.
    pub unit: Words,
    /// The measure, linked where it is a KPI.
    pub measure: Words,
    /// Before.
    pub before: Cell,
    /// After.
    pub after: Cell,
    /// Where it comes from.
    pub source: Cell,
}

/// An action.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ActionRow {
    /// What.
    pub text: String,
    /// Who.
    pub owner: Cell,
    /// By when.
    pub due: Cell,
    /// `Open`, `Overdue`, `Done`, `Dropped`.
    pub badge: Badge,
    /// When it was done, and its priority.
    pub sub: String,
}

/// A post-mortem.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PostMortemView {
    /// When it was held, who led it, who attended.
    pub note: Vec<Words>,
    /// Expected and happened.
    pub pairs: Vec<Pair>,
    /// What went well.
    pub bright_spots: Vec<LessonView>,
    /// What went wrong.
    pub pain_points: Vec<LessonView>,
    /// What to do next time.
    pub opportunities: Vec<LessonView>,
    /// What each unit brought.
    pub evidence: Vec<EvidenceRow>,
    /// The decision, in a sentence; empty where none is told.
    pub decision: String,
    /// What was promised.
    pub actions: Vec<ActionRow>,
    /// The actions of all projects.
    pub actions_more: Option<Words>,
    /// The narrative of a file of its own.
    pub html: String,
}
