//! Rules of partnership: who owns a project, when IT came in, champions and committees.

use super::{Case, Finding};
use crate::diagnostics::Code;
use crate::documents::unit::UnitKind;

pub(super) fn it_owned(case: &Case<'_>) -> Finding {
    let Some(unit) = case.project.unit else { return Finding::NotApplicable };
    if case.units.list[unit].kind != UnitKind::It {
        return Finding::Kept;
    }
    let span = case.project.front().unit.as_ref().map_or_else(Default::default, |unit| unit.span);
    Finding::broken(
        Code::ItOwned,
        case.place(span),
        "IT owns this project",
        "name the business unit whose work changes as `unit`, and who leads for IT as `it_lead`",
    )
}

/// What to do about a past that cannot be changed.
const WAIVE: &str = "correct the dates, or say under `waived` why it was so";

pub(super) fn kpis_after_it(case: &Case<'_>) -> Finding {
    case.not_after("kpis_agreed", "it_engaged", |engaged| {
        Finding::broken(
            Code::KpisAfterIt,
            case.place(case.stage_span("kpis_agreed")),
            format!("IT was engaged on {}, before the KPIs were agreed", engaged.iso()),
            WAIVE,
        )
        .also(case.place(case.stage_span("it_engaged")), "IT engaged")
    })
}

pub(super) fn it_too_late(case: &Case<'_>) -> Finding {
    case.not_after("it_engaged", "kickoff", |kickoff| {
        Finding::broken(
            Code::ItTooLate,
            case.place(case.stage_span("it_engaged")),
            format!("IT was engaged after the kickoff on {}", kickoff.iso()),
            WAIVE,
        )
        .also(case.place(case.stage_span("kickoff")), "the kickoff")
    })
}

pub(super) fn no_champion(case: &Case<'_>) -> Finding {
    let project = case.project;
    let business = |unit: &usize| case.units.list[*unit].kind == UnitKind::Business;
    let departments: Vec<usize> = project.units.iter().copied().filter(business).collect();
    // A unit that works alone has its champion in the owner.
    let alone = project.units.len() < 2 || departments.is_empty();
    if !case.has_begun() || project.withholds("champions") || alone {
        return Finding::NotApplicable;
    }
    let champions = &project.front().champions;
    let mut of = Vec::with_capacity(champions.len());
    for champion in champions {
        // A champion without a unit may be anyone's.
        let Some(unit) = &champion.unit else { return Finding::Kept };
        of.extend(case.units.find(unit));
    }
    let has_one = |department: &usize| of.iter().any(|unit| case.are_kin(*unit, *department));
    let without: Vec<usize> = departments.into_iter().filter(|unit| !has_one(unit)).collect();
    let Some(first) = without.first() else { return Finding::Kept };
    let names: Vec<String> =
        without.iter().map(|unit| format!("`{}`", case.unit_name(*unit))).collect();
    let names = names.join(", ");
    let place = champions.first().map_or(case.file().top(), |one| case.place(one.span));
    let help = match champions.first() {
        None => format!("add a line `champions: [\"Name ({})\"]`", case.unit_name(*first)),
        Some(_) => format!("add a champion as `Name ({})`", case.unit_name(*first)),
    };
    let message = match without.len() {
        1 => format!("the unit {names} takes part without a champion"),
        _ => format!("these units take part without a champion: {names}"),
    };
    Finding::broken(Code::NoChampion, place, message, &help)
}

pub(super) fn no_steering(case: &Case<'_>) -> Finding {
    let project = case.project;
    if !case.has_begun() || project.withholds("steering") || project.units.len() < 2 {
        return Finding::NotApplicable;
    }
    if !project.front().steering.is_empty() {
        return Finding::Kept;
    }
    Finding::broken(
        Code::NoSteering,
        case.file().top(),
        format!("{} units take part without a steering committee", project.units.len()),
        "add `steering:` with the people who decide, each with a `name` and a `unit`",
    )
}

impl Case<'_> {
    /// Whether one unit is the other, or stands above or below it.
    fn are_kin(&self, one: usize, other: usize) -> bool {
        self.is_within(one, other) || self.is_within(other, one)
    }

    fn is_within(&self, unit: usize, above: usize) -> bool {
        let mut at = Some(unit);
        while let Some(unit) = at {
            if unit == above {
                return true;
            }
            at = self.units.list[unit].parent;
        }
        false
    }
}
