//! The rules about the work itself: each project held against each of them.
//!
//! A finding is one of four: kept, broken, waived, or not applicable. What cannot be known is no
//! breach: neither a withheld key nor a date that is told only in part trips a rule. All is pure
//! and linear; the few things that lie across projects are gathered once, in `Across`.

mod across;
mod dates;
mod figure;
mod kpi;
mod money;
mod partnership;
mod post_mortem;
mod schedule;

use super::Project;
use super::partnership::{Standing, looked_for, standing};
use super::unit::Units;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Severity, Span};
use crate::documents::project::Status;
use crate::documents::settings::{Settings, Weight};
use across::Across;
pub use across::is_a_name;
use jiff::civil::Date;
use rayon::prelude::*;

/// How a project stands to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The project keeps it.
    Kept,
    /// The project breaks it.
    Broken,
    /// The project says why it does not apply.
    Waived,
    /// It does not apply, or what is told does not say.
    NotApplicable,
}

/// A rule: its code, the claim of the founding article that it stands for, and how it is held.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// The claim, from 1 to 10.
    pub claim: u8,
    hold: fn(&Case<'_>) -> Finding,
}

/// How many rules there are.
pub const COUNT: usize = 27;

/// The rules, in the order of the contract.
pub const RULES: [Rule; COUNT] = [
    rule(Code::ItOwned, 1, partnership::it_owned),
    rule(Code::KpisAfterIt, 2, partnership::kpis_after_it),
    rule(Code::ItTooLate, 2, partnership::it_too_late),
    rule(Code::NoChampion, 7, partnership::no_champion),
    rule(Code::NoSteering, 7, partnership::no_steering),
    rule(Code::KpiWithoutBaseline, 3, kpi::without_baseline),
    rule(Code::KpiWithoutSource, 3, kpi::without_source),
    rule(Code::KpiAlreadyMet, 3, kpi::already_met),
    rule(Code::KpiWrongSide, 3, kpi::wrong_side),
    rule(Code::BaselineAfterKickoff, 3, figure::baseline_after_kickoff),
    rule(Code::ActualBeforeGoLive, 3, figure::actual_before_go_live),
    rule(Code::SourcesDiffer, 8, kpi::sources_differ),
    rule(Code::SmallSample, 8, kpi::small_sample),
    rule(Code::OutcomeWithoutKpi, 3, kpi::outcome_without_kpi),
    rule(Code::SharesBelow, 4, money::shares_below),
    rule(Code::BenefitTwice, 4, money::benefit_twice),
    rule(Code::NoPostMortem, 8, post_mortem::none_held),
    rule(Code::UnitBringsNoData, 8, post_mortem::unit_brings_no_data),
    rule(Code::NoDecision, 8, post_mortem::no_decision),
    rule(Code::ActionLoose, 8, post_mortem::action_loose),
    rule(Code::ActionOverdue, 8, post_mortem::action_overdue),
    rule(Code::ReviewOverdue, 4, schedule::review_overdue),
    rule(Code::StagesOutOfOrder, 2, schedule::out_of_order),
    rule(Code::StaleFigure, 5, figure::stale),
    rule(Code::Blame, 8, post_mortem::blame),
    rule(Code::UnitSlip, 3, figure::unit_slip),
    rule(Code::PercentOver100, 3, figure::percent_over_100),
];

const fn rule(code: Code, claim: u8, hold: fn(&Case<'_>) -> Finding) -> Rule {
    Rule { code, claim, hold }
}

/// Every project held against every rule.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// By project, then by rule in the order of [`RULES`].
    pub of: Vec<[Outcome; COUNT]>,
    /// The rules that the site looks for.
    pub on: Vec<usize>,
    /// How all projects stand to the rules of partnership taken together.
    pub partnership: Standing,
}

/// What was found of one project and one rule.
#[derive(Debug)]
enum Finding {
    NotApplicable,
    Kept,
    Broken(Vec<Diagnostic>),
}

/// A project, and what its rules need to know of the rest.
struct Case<'p> {
    project: &'p Project,
    at: usize,
    units: &'p Units,
    across: &'p Across<'p>,
    as_of: Date,
}

/// Holds all projects against all rules that the site looks for.
pub fn check(
    projects: &[Project],
    units: &Units,
    settings: &Settings,
    as_of: Date,
) -> (Rules, Vec<Diagnostic>) {
    let weight = |rule: &Rule| settings.rules.get(rule.code.name()).copied();
    let weights = RULES.each_ref().map(|rule| weight(rule).unwrap_or(Weight::Warn));
    let across = Across::of(projects, units);
    let each = projects.par_iter().enumerate().with_max_len(64).map(|(at, project)| {
        let case = Case { project, at, units, across: &across, as_of };
        case.weigh(&weights)
    });
    let held: Vec<_> = each.collect();
    let on = (0..COUNT).filter(|nth| weights[*nth] != Weight::Off).collect();
    let of = Vec::with_capacity(projects.len());
    let mut rules = Rules { of, on, partnership: Standing::default() };
    let mut said = Vec::new();
    for (outcomes, problems) in held {
        rules.of.push(outcomes);
        said.extend(problems);
    }
    rules.partnership = standing(&rules, &looked_for(&rules));
    (rules, said)
}

impl Case<'_> {
    fn weigh(&self, weights: &[Weight; COUNT]) -> ([Outcome; COUNT], Vec<Diagnostic>) {
        let mut outcomes = [Outcome::NotApplicable; COUNT];
        let mut said = Vec::new();
        // Of what could not be read nothing is to be said but that.
        if self.project.is_partial() {
            return (outcomes, said);
        }
        for (nth, rule) in RULES.iter().enumerate() {
            let severity = match weights[nth] {
                Weight::Off => continue,
                Weight::Warn => Severity::Warning,
                Weight::Error => Severity::Error,
            };
            let waived = &self.project.front().waived;
            if waived.iter().any(|(name, _)| name.value == rule.code.name()) {
                outcomes[nth] = Outcome::Waived;
                continue;
            }
            outcomes[nth] = match (rule.hold)(self) {
                Finding::NotApplicable => Outcome::NotApplicable,
                Finding::Kept => Outcome::Kept,
                // Whether it is waived is withheld as well.
                Finding::Broken(_) if self.project.withholds("waived") => Outcome::NotApplicable,
                Finding::Broken(problems) => {
                    said.extend(problems.into_iter().map(|one| Diagnostic { severity, ..one }));
                    Outcome::Broken
                }
            };
        }
        (outcomes, said)
    }

    fn file(&self) -> FileId {
        self.project.shown.document.file
    }

    /// A place in the write-up.
    fn place(&self, span: Span) -> Place {
        self.file().at(span)
    }

    /// The file in which the post-mortem is told.
    fn told_in(&self) -> FileId {
        let narrative = self.project.shown.document.narrative.as_ref();
        narrative.map_or(self.file(), |(file, _)| *file)
    }

    /// Whether the project has begun, so that how it is done can be asked.
    fn has_begun(&self) -> bool {
        self.project.status != Status::Planned
    }

    fn unit_name(&self, unit: usize) -> &str {
        &self.units.list[unit].id
    }
}

impl Finding {
    /// A breach, told at a place with one way to mend it.
    fn broken(code: Code, place: Place, message: impl Into<String>, help: &str) -> Finding {
        Finding::Broken(vec![Diagnostic::new(code, place, message).help(help)])
    }

    /// Of several: broken where one is, else kept where one is.
    fn all(findings: impl IntoIterator<Item = Finding>) -> Finding {
        let (mut kept, mut said) = (false, Vec::new());
        for finding in findings {
            match finding {
                Finding::NotApplicable => {}
                Finding::Kept => kept = true,
                Finding::Broken(problems) => said.extend(problems),
            }
        }
        match (said.is_empty(), kept) {
            (false, _) => Finding::Broken(said),
            (true, true) => Finding::Kept,
            (true, false) => Finding::NotApplicable,
        }
    }

    /// Says what stands at the place itself.
    fn label(self, text: String) -> Finding {
        match self {
            Finding::Broken(said) => {
                Finding::Broken(said.into_iter().map(|one| one.label(text.clone())).collect())
            }
            other => other,
        }
    }

    /// Points at a second place.
    fn also(self, place: Place, text: &str) -> Finding {
        match self {
            Finding::Broken(said) => {
                Finding::Broken(said.into_iter().map(|one| one.also(place, text)).collect())
            }
            other => other,
        }
    }
}

impl Rules {
    /// How a project stands to a rule.
    pub fn outcome(&self, project: usize, rule: usize) -> Outcome {
        self.of[project][rule]
    }

    /// How many projects keep a rule, break it, waive it, and to how many it does not apply.
    pub fn counts(&self, rule: usize) -> [usize; 4] {
        let mut counts = [0; 4];
        for outcomes in &self.of {
            counts[outcomes[rule] as usize] += 1;
        }
        counts
    }
}

/// The position of a rule among [`RULES`].
pub fn position(code: Code) -> Option<usize> {
    RULES.iter().position(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_of_a_rule_has_its_rule_in_the_order_of_the_contract() {
        let codes: Vec<_> = Code::ALL.iter().copied().filter(|code| code.is_rule()).collect();
        assert_eq!(RULES.map(|rule| rule.code).to_vec(), codes);
    }
}
