//! Return on investment, payback and net present value, from plain flows of money by year.
//!
//! ROI = (benefits − costs) / costs. Payback = Y + unrecovered / next year's inflow (GAO, Cost
//! Estimating and Assessment Guide, gives the same form). NPV = Σ (B − C) / (1 + r)^t.

use crate::documents::money::FiscalYear;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Money by year.
pub type Flow = BTreeMap<FiscalYear, Decimal>;

/// Costs and benefits of one project, in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// The investment where it is told by year.
    pub costs: Flow,
    /// The investment as one sum, spent at the beginning, where it is not.
    pub lump: Decimal,
    /// What keeping the result costs.
    pub running: Flow,
    /// What comes back.
    pub benefits: Flow,
}

/// When the cost is recouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payback {
    /// After so many years.
    Years(Decimal),
    /// Not yet: the part that is recovered, and the last year that counts.
    Recovered(Decimal, FiscalYear),
}

/// (benefits − costs) / costs; nothing where there was no cost.
pub fn roi(benefits: Decimal, costs: Decimal) -> Option<Decimal> {
    (costs > Decimal::ZERO).then(|| (benefits - costs) / costs)
}

impl Flows {
    /// The investment and the running costs.
    pub fn cost(&self) -> Decimal {
        self.invested() + self.run()
    }

    /// What was spent to make it, without what it costs to run.
    pub fn invested(&self) -> Decimal {
        if self.costs.is_empty() { self.lump } else { self.costs.values().sum() }
    }

    /// What comes back in all.
    pub fn benefit(&self) -> Decimal {
        self.benefits.values().sum()
    }

    /// What running it costs in all.
    pub fn run(&self) -> Decimal {
        self.running.values().sum()
    }

    /// Adds the flows of another investment in the same currency, each year to the same year. What
    /// is one sum there falls into the year before its first benefit, else into `without`.
    pub fn add(&mut self, other: &Flows, without: FiscalYear) {
        let lump = (other.costs.is_empty(), other.start().unwrap_or(without));
        let lump = lump.0.then_some((&lump.1, &other.lump));
        for (into, years) in [
            (&mut self.costs, other.costs.iter().chain(lump).collect::<Vec<_>>()),
            (&mut self.running, other.running.iter().collect()),
            (&mut self.benefits, other.benefits.iter().collect()),
        ] {
            for (year, amount) in years {
                *into.entry(*year).or_default() += amount;
            }
        }
    }

    /// The year that is t = 0: the first of cost, or the one before the first benefit.
    pub fn start(&self) -> Option<FiscalYear> {
        let before_benefit = self.benefits.keys().next().map(|year| FiscalYear(year.0 - 1));
        [self.costs.keys().next().copied(), before_benefit].into_iter().flatten().min()
    }

    /// Outflow and net inflow of each year, from t = 0.
    pub fn years(&self) -> Vec<(FiscalYear, Decimal, Decimal)> {
        let Some(start) = self.start() else { return Vec::new() };
        let all = [&self.costs, &self.running, &self.benefits];
        let end =
            all.iter().filter_map(|flow| flow.keys().next_back()).max().copied().unwrap_or(start);
        let at = |flow: &Flow, year| flow.get(&year).copied().unwrap_or_default();
        (start.0..=end.0)
            .map(FiscalYear)
            .map(|year| {
                let lump = self.costs.is_empty() && year == start;
                let out = if lump { self.lump } else { at(&self.costs, year) };
                (year, out, at(&self.benefits, year) - at(&self.running, year))
            })
            .collect()
    }

    /// The years until the inflows make up for the cost, each year's discounted by a rate.
    pub fn payback(&self, rate: Decimal) -> Option<Payback> {
        let years = self.years();
        let last = years.last()?.0;
        if self.invested() <= Decimal::ZERO || self.benefits.is_empty() {
            return None;
        }
        let (mut spent, mut back) = (Decimal::ZERO, Decimal::ZERO);
        let mut factor = Decimal::ONE;
        for (t, (_, out, inflow)) in years.iter().enumerate() {
            spent += out * factor;
            let inflow = inflow * factor;
            let later = years[t + 1..].iter().any(|(_, out, _)| *out > Decimal::ZERO);
            let unrecovered = spent - back;
            if !later && t > 0 && inflow > Decimal::ZERO && inflow >= unrecovered {
                let part = (unrecovered / inflow).max(Decimal::ZERO);
                return Some(Payback::Years(Decimal::from(t - 1) + part));
            }
            back += inflow;
            factor /= Decimal::ONE + rate;
        }
        Some(Payback::Recovered(back / spent, last))
    }

    /// The worth today of all flows, at a yearly rate.
    pub fn npv(&self, rate: Decimal) -> Option<Decimal> {
        let mut factor = Decimal::ONE;
        let mut sum = Decimal::ZERO;
        for (_, out, inflow) in self.years() {
            sum += (inflow - out) * factor;
            factor /= Decimal::ONE + rate;
        }
        self.start().map(|_| sum)
    }

    /// The flows up to a year, and with it.
    pub fn until(&self, year: FiscalYear) -> Flows {
        let cut =
            |flow: &Flow| flow.range(..=year).map(|(year, amount)| (*year, *amount)).collect();
        Flows {
            costs: cut(&self.costs),
            lump: self.lump,
            running: cut(&self.running),
            benefits: cut(&self.benefits),
        }
    }
}

impl Payback {
    /// The years, where it has come.
    pub fn years(self) -> Option<Decimal> {
        match self {
            Payback::Years(years) => Some(years),
            Payback::Recovered(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(years: &[(i16, i64)]) -> Flow {
        years.iter().map(|(year, amount)| (FiscalYear(*year), Decimal::from(*amount))).collect()
    }

    fn rounded(payback: Option<Payback>, digits: u32) -> Option<String> {
        payback.and_then(Payback::years).map(|years| years.round_dp(digits).to_string())
    }

    #[test]
    fn the_vector_of_the_contract() {
        let benefits =
            flow(&[(2025, 3000), (2026, 3000), (2027, 3000), (2028, 3000), (2029, 3000)]);
        let flows = Flows { lump: Decimal::from(10_000), benefits, ..Flows::default() };
        assert_eq!(rounded(flows.payback(Decimal::ZERO), 2).as_deref(), Some("3.33"));
        assert_eq!(rounded(flows.payback(Decimal::new(10, 2)), 3).as_deref(), Some("4.263"));
        let npv = flows.npv(Decimal::new(10, 2)).map(|npv| npv.round_dp(2).to_string());
        assert_eq!(npv.as_deref(), Some("1372.36"));
    }

    #[test]
    fn costs_by_year_and_what_has_not_come_yet() {
        let by_year = Flows {
            costs: flow(&[(2024, 700), (2025, 170)]),
            benefits: flow(&[(2025, 1310)]),
            ..Flows::default()
        };
        assert_eq!(rounded(by_year.payback(Decimal::ZERO), 2).as_deref(), Some("0.66"));
        let open =
            Flows { lump: Decimal::from(100), benefits: flow(&[(2025, 62)]), ..Flows::default() };
        let expected = Payback::Recovered(Decimal::new(62, 2), FiscalYear(2025));
        assert_eq!(open.payback(Decimal::ZERO), Some(expected));
        assert_eq!(Flows::default().payback(Decimal::ZERO), None);
        assert_eq!(roi(Decimal::from(5), Decimal::ZERO), None);
    }
}
