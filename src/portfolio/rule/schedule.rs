//! Rules of the schedule: reviews in time, and stages in an order that can be.

use super::dates::is_after;
use super::{Case, Finding};
use crate::diagnostics::Code;
use crate::documents::date::When;
use crate::documents::project::Status;
use crate::portfolio::stage::Stage;
use crate::portfolio::totals;

pub(super) fn review_overdue(case: &Case<'_>) -> Finding {
    let runs = matches!(case.project.status, Status::Active | Status::Completed);
    if !runs || case.stage("benefits_review").is_none() {
        return Finding::NotApplicable;
    }
    let overdue = totals::review_overdue(&case.project.stages, case.as_of);
    let Some(planned) = overdue.and_then(|review| review.planned) else { return Finding::Kept };
    Finding::broken(
        Code::ReviewOverdue,
        case.place(case.stage_span("benefits_review")),
        format!("the benefits review was planned for {} and has not been held", planned.iso()),
        "hold it and give its date as `{planned: …, actual: …}`, or plan another",
    )
    .label(format!("the data is of {}", case.as_of))
}

/// The stages that follow one another. When IT was engaged has rules of its own, and the benefits
/// review may come before the project is closed or after.
const ORDER: [&str; 5] = ["business_case", "kpis_agreed", "kickoff", "go_live", "closed"];

pub(super) fn out_of_order(case: &Case<'_>) -> Finding {
    let mut told: Vec<&Stage> = ORDER.iter().filter_map(|key| case.stage(key)).collect();
    let closing = told.pop_if(|stage| stage.key == "closed");
    let review = case.stage("benefits_review");
    let ends = [closing, review].into_iter().flatten();
    let follow = told.windows(2).map(|pair| (pair[0], pair[1]));
    let last = told.last().copied();
    let pairs = follow.chain(ends.filter_map(|end| Some((last?, end))));
    Finding::all(pairs.map(|(first, then)| case.in_order(first, then)))
}

impl Case<'_> {
    /// Whether one stage comes before another, as they were or as they are planned.
    fn in_order(&self, first: &Stage, then: &Stage) -> Finding {
        let order = |first: Option<When>, then: Option<When>| is_after(first?, then?);
        let was = order(first.actual, then.actual);
        let planned = order(first.planned, then.planned);
        match (was, planned) {
            (Some(true), _) | (_, Some(true)) => Finding::broken(
                Code::StagesOutOfOrder,
                self.place(self.stage_span(then.key)),
                format!("\"{}\" comes before \"{}\"", then.name, first.name),
                "correct one of the two dates",
            )
            .also(self.place(self.stage_span(first.key)), first.name),
            (Some(false), _) | (_, Some(false)) => Finding::Kept,
            (None, None) => Finding::NotApplicable,
        }
    }
}
