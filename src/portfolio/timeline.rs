//! The timeline: projects by their first date, and how their go-lives compare with the plan.

use super::Project;
use super::stage::Stage;
use crate::documents::project::Status;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// All projects in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The projects that tell a date, the earliest first.
    pub dated: Vec<usize>,
    /// Those that tell none.
    pub undated: Vec<usize>,
    /// Those whose dates this edition withholds.
    pub withheld: Vec<usize>,
    /// Planned against actual.
    pub go_lives: GoLives,
}

/// How many projects went live when; each project counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoLives {
    /// On the planned day or before it.
    pub on_time: usize,
    /// After it.
    pub late: usize,
    /// The middle one of all slips in days, where one is known.
    pub median: Option<Decimal>,
    /// Went live, but one of the two days is not told, or not to the day.
    pub unknown: usize,
    /// Stopped before it.
    pub stopped: usize,
    /// Not yet live.
    pub not_yet: usize,
    /// Of those, the ones that should be by now.
    pub overdue: usize,
    /// Tell no go-live, and do not withhold it.
    pub untold: usize,
    /// Withhold it.
    pub withheld: usize,
}

impl Timeline {
    /// Puts the projects in time.
    pub fn of(projects: &[Project]) -> Timeline {
        let mut timeline = Timeline::default();
        let mut starts: Vec<(Date, usize)> = Vec::new();
        let mut slips = Vec::new();
        for (at, project) in projects.iter().enumerate() {
            match span(&project.stages) {
                Some((first, _)) => starts.push((first, at)),
                None if project.withholds("stages") => timeline.withheld.push(at),
                None => timeline.undated.push(at),
            }
            if project.withholds("stages") {
                timeline.go_lives.withheld += 1;
            } else {
                let go_live = project.stages.iter().find(|stage| stage.key == "go_live");
                slips.extend(timeline.go_lives.count(go_live, project.status));
            }
        }
        starts.sort_unstable();
        timeline.dated = starts.into_iter().map(|(_, at)| at).collect();
        timeline.go_lives.median = median(slips);
        timeline
    }
}

impl GoLives {
    /// How many can be held against the plan.
    pub fn judged(&self) -> usize {
        self.on_time + self.late
    }

    fn count(&mut self, go_live: Option<&Stage>, status: Status) -> Option<i32> {
        let Some(stage) = go_live else {
            self.untold += 1;
            return None;
        };
        match (stage.slip, stage.actual) {
            (Some(slip), _) if slip <= 0 => self.on_time += 1,
            (Some(_), _) => self.late += 1,
            (None, Some(_)) => self.unknown += 1,
            (None, None) if status == Status::Stopped => self.stopped += 1,
            (None, None) => {
                self.not_yet += 1;
                self.overdue += usize::from(stage.overdue);
            }
        }
        stage.slip
    }
}

/// The first and the last day that the stages of a project name, planned or actual.
pub fn span(stages: &[Stage]) -> Option<(Date, Date)> {
    let dates = || stages.iter().flat_map(|stage| [stage.planned, stage.actual]).flatten();
    Some((dates().map(|when| when.from).min()?, dates().map(|when| when.to).max()?))
}

/// The middle one; of an even number, half-way between the two in the middle.
fn median(mut slips: Vec<i32>) -> Option<Decimal> {
    slips.sort_unstable();
    let middle = slips.len() / 2;
    let upper = Decimal::from(*slips.get(middle)?);
    Some(match slips.len() % 2 {
        1 => upper,
        _ => (upper + Decimal::from(slips[middle - 1])) / Decimal::TWO,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_half_way_between_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![35, -2, 4]), Some(Decimal::from(4)));
        assert_eq!(median(vec![9, 4, -2, 35]), Some(Decimal::new(65, 1)));
    }
}
