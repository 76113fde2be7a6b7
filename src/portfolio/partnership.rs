//! Partnership: the rules of how we said we would work, held over all projects.
//!
//! Two things are asked of each: how many projects keep it, and what share of KPIs was met by those
//! that keep it and by those that break it. The second is told only where there are enough
//! projects to say anything, and never says why.

use super::Project;
use super::rule::{Outcome, RULES, Rules};
use crate::diagnostics::Code;

/// The rules about how people work together, in the order of the contract.
pub const PARTNERSHIP: [Code; 8] = [
    Code::ItOwned,
    Code::KpisAfterIt,
    Code::ItTooLate,
    Code::NoChampion,
    Code::NoSteering,
    Code::NoPostMortem,
    Code::UnitBringsNoData,
    Code::NoDecision,
];

/// A portfolio of fewer projects is counted, and not compared.
pub const FEWEST_PROJECTS: usize = 20;

/// A group of fewer projects is not compared.
pub const FEWEST_IN_A_GROUP: usize = 10;

/// Projects that stand alike to a rule, and their KPIs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Projects of which at least one KPI is judged.
    pub projects: usize,
    /// Their KPIs that are met.
    pub met: usize,
    /// Their KPIs that are judged.
    pub judged: usize,
}

/// How many projects break none of the rules of partnership, some, and to how many none applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// At least one is kept, and none is broken.
    pub keep: usize,
    /// At least one is broken.
    pub break_some: usize,
    /// Nothing can be said, but perhaps that some are waived.
    pub unknown: usize,
    /// How many answers there are, of one for each project and rule.
    pub answers: usize,
}

/// The rules of partnership that the site looks for, as positions among [`RULES`].
pub fn looked_for(rules: &Rules) -> Vec<usize> {
    let all = rules.on.iter().copied();
    all.filter(|nth| PARTNERSHIP.contains(&RULES[*nth].code)).collect()
}

/// How all projects stand to some rules taken together.
pub fn standing(rules: &Rules, of: &[usize]) -> Standing {
    let mut standing = Standing::default();
    for outcomes in &rules.of {
        standing.answers +=
            of.iter().filter(|nth| outcomes[**nth] != Outcome::NotApplicable).count();
        let any = |outcome| of.iter().any(|nth| outcomes[*nth] == outcome);
        match (any(Outcome::Broken), any(Outcome::Kept)) {
            (true, _) => standing.break_some += 1,
            (false, true) => standing.keep += 1,
            (false, false) => standing.unknown += 1,
        }
    }
    standing
}

/// The projects that keep a rule, and those that break it. A project that waives the rule is in
/// neither; a KPI that two projects tell counts once.
pub fn compared(projects: &[Project], rules: &Rules, rule: usize) -> (Group, Group) {
    let (mut keep, mut broke) = (Group::default(), Group::default());
    for (project, outcomes) in projects.iter().zip(&rules.of) {
        let group = match outcomes[rule] {
            Outcome::Kept => &mut keep,
            Outcome::Broken => &mut broke,
            Outcome::Waived | Outcome::NotApplicable => continue,
        };
        let judged = project.coverage.met + project.coverage.missed;
        if judged > 0 {
            group.projects += 1;
            group.met += project.coverage.met;
            group.judged += judged;
        }
    }
    (keep, broke)
}

impl Group {
    /// Whether there are enough to say a share of.
    pub fn is_enough(&self) -> bool {
        self.projects >= FEWEST_IN_A_GROUP
    }
}
