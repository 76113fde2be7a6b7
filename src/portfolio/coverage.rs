//! Coverage: how many KPIs a sum could count, told with every total.

use super::kpi::{Judgement, Verdict};
use std::ops::AddAssign;

/// KPIs by what is known of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Judged and met.
    pub met: usize,
    /// Judged and not met.
    pub missed: usize,
    /// Due, but without a figure: not measured, withheld or not given.
    pub without: usize,
    /// Not due yet.
    pub not_due: usize,
    /// All.
    pub total: usize,
}

impl Coverage {
    /// What one KPI adds.
    pub fn of(judgement: &Judgement) -> Coverage {
        let mut one = Coverage { total: 1, ..Coverage::default() };
        let absent_but_due = matches!(judgement.verdict, Verdict::NotMeasured | Verdict::Withheld);
        match judgement.verdict {
            Verdict::Met => one.met = 1,
            Verdict::NotMet => one.missed = 1,
            _ if judgement.due || absent_but_due => one.without = 1,
            _ => one.not_due = 1,
        }
        one
    }

    /// How many are due.
    pub fn due(&self) -> usize {
        self.met + self.missed + self.without
    }

    /// "24 of 36 due KPIs met, 7 missed, 5 without a figure; 6 not due yet".
    pub fn sentence(&self) -> String {
        if self.total == 0 {
            return "No KPI is told.".into();
        }
        let mut parts = match self.due() {
            0 => vec!["No KPI is due".to_string()],
            1 => vec![format!("{} of 1 due KPI met", self.met)],
            due => vec![format!("{} of {due} due KPIs met", self.met)],
        };
        if self.missed > 0 {
            parts.push(format!("{} missed", self.missed));
        }
        if self.without > 0 {
            parts.push(format!("{} without a figure", self.without));
        }
        let mut sentence = parts.join(", ");
        if self.not_due > 0 {
            sentence.push_str(&format!("; {} not due yet", self.not_due));
        }
        sentence.push('.');
        sentence
    }
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Coverage) {
        self.met += other.met;
        self.missed += other.missed;
        self.without += other.without;
        self.not_due += other.not_due;
        self.total += other.total;
    }
}
