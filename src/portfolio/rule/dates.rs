//! Dates in order: known only where the intervals that they mean do not overlap.

use super::{Case, Finding};
use crate::diagnostics::Span;
use crate::documents::date::When;
use crate::portfolio::stage::Stage;

/// Whether one date comes after another; unknown where both could be.
pub fn is_after(one: When, other: When) -> Option<bool> {
    if one.from > other.to {
        Some(true)
    } else if one.to <= other.from {
        Some(false)
    } else {
        None
    }
}

impl<'p> Case<'p> {
    /// A stage that is told.
    pub fn stage(&self, key: &str) -> Option<&'p Stage> {
        self.project.stages.iter().find(|stage| stage.key == key)
    }

    /// Where a stage stands.
    pub fn stage_span(&self, key: &str) -> Span {
        let told = self.project.front().stages.0.iter().find(|stage| stage.key == key);
        told.map_or(Span::default(), |stage| stage.span)
    }

    /// When a stage was; where it has not been, when it is to be.
    pub fn stage_date(&self, key: &str) -> Option<When> {
        let stage = self.stage(key)?;
        stage.actual.or(stage.planned)
    }

    /// Kept where one stage is not after another, broken by `told` where it is.
    pub fn not_after(&self, one: &str, other: &str, told: impl Fn(When) -> Finding) -> Finding {
        let (Some(one), Some(other)) = (self.stage_date(one), self.stage_date(other)) else {
            return Finding::NotApplicable;
        };
        match is_after(one, other) {
            None => Finding::NotApplicable,
            Some(false) => Finding::Kept,
            Some(true) => told(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_intervals_that_do_not_overlap_have_an_order() {
        let when = |text| When::parse(text).expect("a date");
        for (one, other, after) in [
            ("2024-03-05", "2024-03-04", Some(true)),
            ("2024-03-04", "2024-03-04", Some(false)),
            ("2024-04", "2024-Q1", Some(true)),
            ("2024-03", "2024-Q1", None),
            ("2024-03", "2024-03", None),
            ("2024", "2024-02-01", None),
            ("2023", "2024-02-01", Some(false)),
        ] {
            assert_eq!(is_after(when(one), when(other)), after, "{one} after {other}");
        }
    }
}
