//! Completeness: how much of a project is told, by eight parts.
//!
//! After the closure standard of the Australian Digital Transformation Agency.

use crate::editions::Shown;

/// Which parts are told and which are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// The names of the parts that are missing.
    pub missing: Vec<&'static str>,
}

/// How many parts there are.
pub const PARTS: usize = 8;

impl Completeness {
    /// Looks at what a project tells; what is withheld is told, only not here.
    pub fn of(shown: &Shown) -> Completeness {
        let front = &shown.document.front;
        let withheld = |key: &str| shown.withheld.contains(key);
        let stage = |key: &str| front.stages.0.iter().any(|stage| stage.key == key);
        let parts = [
            ("scope", front.scope.is_some() || withheld("scope")),
            ("schedule", (stage("kickoff") && stage("go_live")) || withheld("stages")),
            (
                "results",
                (!front.kpis.is_empty() && front.kpis.iter().all(|kpi| kpi.actual.is_some()))
                    || withheld("kpis"),
            ),
            (
                "benefits",
                !front.benefits.is_empty()
                    || !front.outcomes.is_empty()
                    || withheld("benefits")
                    || withheld("outcomes"),
            ),
            ("budget", front.investment.is_some() || withheld("investment")),
            ("assurance", !front.assurance.is_empty() || withheld("assurance")),
            ("handover", front.handover.is_some() || withheld("handover")),
            ("lessons", front.post_mortem.is_some() || withheld("post_mortem")),
        ];
        let missing = parts.into_iter().filter(|(_, told)| !told).map(|(name, _)| name);
        Completeness { missing: missing.collect() }
    }

    /// How many parts are told.
    pub fn told(&self) -> usize {
        PARTS - self.missing.len()
    }
}
