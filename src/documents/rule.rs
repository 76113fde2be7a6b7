//! The names of the rules about the work itself, which a project may waive and a site may weigh.

use super::reader::Reader;
use crate::diagnostics::{Code, Span, among};

/// The rules of the contract, in its order.
pub const RULES: &[&str] = &[
    "it-owned",
    "kpis-after-it",
    "it-too-late",
    "no-champion",
    "no-steering",
    "kpi-without-baseline",
    "kpi-without-source",
    "kpi-already-met-at-baseline",
    "kpi-target-on-wrong-side",
    "baseline-after-kickoff",
    "actual-before-go-live",
    "sources-differ",
    "small-sample",
    "outcome-without-kpi",
    "shares-do-not-add-up",
    "benefit-counted-twice",
    "no-post-mortem",
    "unit-brings-no-data",
    "no-decision",
    "action-without-owner-or-date",
    "action-overdue",
    "review-overdue",
    "stages-out-of-order",
    "stale-figure",
    "blame",
    "unit-slip",
    "percent-over-100",
];

/// Says that a rule is not there, if it is not.
pub fn check(name: &str, span: Span, reader: &Reader<'_>) {
    if !RULES.contains(&name) {
        let help = among(name, RULES.iter().copied());
        reader.say(Code::UnknownRule, span, format!("there is no rule `{name}`")).maybe_help(help);
    }
}
