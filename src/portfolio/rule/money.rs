//! Rules of money: shares that make up the whole, benefits that are told once.

use super::figure::odd_one;
use super::{Case, Finding};
use crate::diagnostics::Code;
use crate::documents::figure::Given;
use crate::documents::money::ByYear;
use rust_decimal::Decimal;

pub(super) fn shares_below(case: &Case<'_>) -> Finding {
    let told = case.project.front().investment.as_ref();
    let Some(told) = told.filter(|told| !told.shares.is_empty()) else {
        return Finding::NotApplicable;
    };
    let parts = case.project.investment.iter().flat_map(|investment| &investment.parts);
    let mut known = parts.map(|part| (part.unit, part.percent.value()));
    if known.clone().any(|(_, percent)| percent.is_none()) {
        return Finding::NotApplicable;
    }
    let Some((_, Some(rest))) = known.find(|(unit, _)| unit.is_none()) else {
        return Finding::Kept;
    };
    let rest = rest.round_dp(1).normalize();
    Finding::broken(
        Code::SharesBelow,
        case.place(told.shares_span),
        format!("the shares leave {rest} % of the cost to no one"),
        "say who paid the rest",
    )
}

pub(super) fn benefit_twice(case: &Case<'_>) -> Finding {
    Finding::all(case.project.front().benefits.iter().enumerate().map(|(nth, benefit)| {
        let Some((first, is_here)) = case.across.told_before(case.at, nth) else {
            return Finding::Kept;
        };
        let message = format!("the benefit `{}` is told twice, with the same amount", benefit.name);
        Finding::broken(
            Code::BenefitTwice,
            case.place(benefit.span),
            message,
            "tell it in one place, or tell each project's part of it",
        )
        .also(first, if is_here { "the first time" } else { "in another project" })
    }))
}

impl Case<'_> {
    /// Amounts that are 1000 times those beside them.
    pub(super) fn slip_of_money(&self) -> Finding {
        let front = self.project.front();
        let say = |span, what: &str| {
            Finding::broken(
                Code::UnitSlip,
                self.place(span),
                format!("{what} 1000 times off its neighbors"),
                "write all amounts in the same unit: 870k is 870000",
            )
        };
        let spent = front.investment.as_ref().map_or(Finding::NotApplicable, |told| {
            let budget = told.budget.as_ref().and_then(|budget| budget.amount.known());
            let actual = told.actual.as_ref().and_then(Given::known);
            match budget.zip(actual) {
                Some((budget, actual)) if !budget.is_zero() && !actual.is_zero() => {
                    let beyond = *actual >= *budget * Decimal::ONE_THOUSAND;
                    let below = *budget >= *actual * Decimal::ONE_THOUSAND;
                    // A running project may have spent next to nothing.
                    match beyond || (below && self.has_ended()) {
                        true => say(told.span, "the actual cost is"),
                        false => Finding::Kept,
                    }
                }
                _ => Finding::NotApplicable,
            }
        });
        let benefits = front.benefits.iter().flat_map(|benefit| {
            [&benefit.planned, &benefit.realized].map(|years| match slip_in(years) {
                None => Finding::NotApplicable,
                Some(false) => Finding::Kept,
                Some(true) => {
                    say(benefit.span, &format!("an amount of the benefit `{}` is", benefit.name))
                }
            })
        });
        Finding::all(benefits.chain([spent]))
    }

    /// Whether the project is over.
    pub(super) fn has_ended(&self) -> bool {
        use crate::documents::project::Status;
        matches!(self.project.status, Status::Completed | Status::Stopped)
    }
}

/// Whether one year stands out; unknown where there are not enough to say.
fn slip_in(years: &ByYear) -> Option<bool> {
    let known: Vec<Decimal> = years.values().filter_map(|amount| amount.known().copied()).collect();
    (known.len() > 2).then(|| odd_one(&known).is_some())
}
