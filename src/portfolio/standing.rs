//! A project's standing: what its KPIs and stages say of it in a word.

use super::coverage::Coverage;
use crate::documents::project::Status;

/// How a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Completed, every KPI judged and met.
    Delivered,
    /// Completed, some met and some not.
    Mixed,
    /// Completed, some judged and none met.
    FellShort,
    /// Completed, with figures missing where they would prove it.
    Unproven,
    /// Active, one met and nothing behind.
    OnTrack,
    /// Active, with nothing to say yet.
    UnderWay,
    /// Active, a due KPI missed or a stage overdue.
    Behind,
    /// Begun, and what would say how it stands is withheld.
    Withheld,
    /// Not begun.
    Planned,
    /// Ended before its end.
    Stopped,
}

impl Standing {
    /// All standings, in the order in which sentences tell them.
    pub const ALL: [Standing; 10] = [
        Standing::Delivered,
        Standing::Mixed,
        Standing::FellShort,
        Standing::Unproven,
        Standing::OnTrack,
        Standing::UnderWay,
        Standing::Behind,
        Standing::Withheld,
        Standing::Planned,
        Standing::Stopped,
    ];

    /// The standing of a project, of which some keys may be withheld.
    pub fn of(
        status: Status,
        kpis: &Coverage,
        stage_overdue: bool,
        withholds: impl Fn(&str) -> bool,
    ) -> Standing {
        let (met, judged) = (kpis.met, kpis.met + kpis.missed);
        match status {
            Status::Planned => Standing::Planned,
            Status::Stopped => Standing::Stopped,
            Status::Completed | Status::Active if withholds("kpis") => Standing::Withheld,
            Status::Active if withholds("stages") => Standing::Withheld,
            Status::Active if kpis.missed > 0 || stage_overdue => Standing::Behind,
            Status::Active if met > 0 => Standing::OnTrack,
            Status::Active => Standing::UnderWay,
            Status::Completed if judged == 0 => Standing::Unproven,
            Status::Completed if met == 0 => Standing::FellShort,
            Status::Completed if met == kpis.total => Standing::Delivered,
            Status::Completed if met == judged => Standing::Unproven,
            Status::Completed => Standing::Mixed,
        }
    }

    /// The standing in words.
    pub fn words(self) -> &'static str {
        match self {
            Standing::Delivered => "Delivered",
            Standing::Mixed => "Mixed",
            Standing::FellShort => "Fell short",
            Standing::Unproven => "Unproven",
            Standing::OnTrack => "On track",
            Standing::UnderWay => "Under way",
            Standing::Behind => "Behind",
            Standing::Withheld => "Withheld",
            Standing::Planned => "Planned",
            Standing::Stopped => "Stopped",
        }
    }

    /// The word of addresses and data files.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Delivered => "delivered",
            Standing::Mixed => "mixed",
            Standing::FellShort => "fell-short",
            Standing::Unproven => "unproven",
            Standing::OnTrack => "on-track",
            Standing::UnderWay => "under-way",
            Standing::Behind => "behind",
            Standing::Withheld => "withheld",
            Standing::Planned => "planned",
            Standing::Stopped => "stopped",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_standing_by_its_rule() {
        let kpis = |met, missed, total| Coverage { met, missed, total, ..Coverage::default() };
        for (status, coverage, overdue, standing) in [
            (Status::Completed, kpis(3, 0, 3), false, Standing::Delivered),
            (Status::Completed, kpis(0, 2, 3), false, Standing::FellShort),
            (Status::Completed, kpis(0, 0, 3), false, Standing::Unproven),
            (Status::Completed, kpis(0, 0, 0), false, Standing::Unproven),
            (Status::Completed, kpis(2, 0, 3), false, Standing::Unproven),
            (Status::Completed, kpis(2, 1, 3), false, Standing::Mixed),
            (Status::Active, kpis(1, 1, 3), false, Standing::Behind),
            (Status::Active, kpis(1, 0, 3), true, Standing::Behind),
            (Status::Active, kpis(1, 0, 3), false, Standing::OnTrack),
            (Status::Active, kpis(0, 0, 3), false, Standing::UnderWay),
            (Status::Planned, kpis(0, 1, 1), true, Standing::Planned),
            (Status::Stopped, kpis(1, 0, 1), true, Standing::Stopped),
        ] {
            let of =
                |key: &str| Standing::of(status, &coverage, overdue, |withheld| withheld == key);
            assert_eq!(of(""), standing, "{coverage:?}");
            let begun = matches!(status, Status::Active | Status::Completed);
            assert_eq!(of("kpis"), if begun { Standing::Withheld } else { standing });
            let active = status == Status::Active;
            assert_eq!(of("stages"), if active { Standing::Withheld } else { standing });
        }
    }
}
