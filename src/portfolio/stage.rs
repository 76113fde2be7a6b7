//! Stages: planned against actual, the slip in days, and what is overdue.

use crate::documents::date::When;
use crate::documents::project::Status;
use crate::documents::stage::{STAGES, StageDates, Stages};
use jiff::civil::Date;

/// A stage with its dates sorted out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its key: `go_live`.
    pub key: &'static str,
    /// Its name: `Go-live`.
    pub name: &'static str,
    /// When it was to be.
    pub planned: Option<When>,
    /// When it was.
    pub actual: Option<When>,
    /// Actual − planned, where both are whole dates.
    pub slip: Option<i32>,
    /// Whether its day has passed without it.
    pub overdue: bool,
}

/// Sorts out the stages of a project by the day of the data.
pub fn stages(told: &Stages, status: Option<Status>, as_of: Date) -> Vec<Stage> {
    let runs = matches!(status, Some(Status::Active));
    let one = |stage: &crate::documents::stage::Stage| {
        let (planned, actual) = match stage.dates {
            StageDates::Bare(when) if when.from > as_of => (Some(when), None),
            StageDates::Bare(when) => (None, Some(when)),
            StageDates::Told { planned, actual } => (planned, actual),
        };
        let slip = planned.and_then(|p| p.whole()).zip(actual.and_then(|a| a.whole()));
        let name = STAGES.iter().find(|(key, _)| *key == stage.key).map_or("", |(_, name)| name);
        Stage {
            key: stage.key,
            name,
            planned,
            actual,
            slip: slip.and_then(|(p, a)| a.since(p).ok()).map(|span| span.get_days()),
            overdue: runs && actual.is_none() && planned.is_some_and(|p| p.to < as_of),
        }
    };
    told.0.iter().map(one).collect()
}

/// The calendar year of a project: of `closed`, else `go_live`, else `kickoff`.
pub fn year(stages: &[Stage]) -> Option<i16> {
    let of = |key: &str| {
        let stage = stages.iter().find(|stage| stage.key == key)?;
        stage.actual.or(stage.planned)
    };
    of("closed").or_else(|| of("go_live")).or_else(|| of("kickoff")).map(|when| when.from.year())
}
