//! The investment of a project reckoned: cost, variance, who paid, what came back.
//!
//! A sum holds visible amounts only. What derives from a withheld amount is withheld, and never
//! zero: [`Known`] keeps the three apart.

use super::returns::{self, Flow, Flows, Payback};
use crate::documents::benefit::{Benefit, BenefitKind};
use crate::documents::investment::Investment as Told;
use crate::documents::money::{Amount, ByYear, FiscalYear, Share};
use rust_decimal::Decimal;

/// An amount that is known, withheld, or not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known<T> {
    /// It is told, or follows from what is told.
    Told(T),
    /// It is withheld, or follows from what is withheld.
    Withheld,
    /// Nothing is told.
    #[default]
    Nothing,
}

impl<T> Known<T> {
    /// The amount, if it is known.
    pub fn value(self) -> Option<T> {
        match self {
            Known::Told(value) => Some(value),
            _ => None,
        }
    }

    /// The same, borrowed.
    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Known::Told(value) => Known::Told(value),
            Known::Withheld => Known::Withheld,
            Known::Nothing => Known::Nothing,
        }
    }

    /// What follows from it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Known::Told(value) => Known::Told(f(value)),
            Known::Withheld => Known::Withheld,
            Known::Nothing => Known::Nothing,
        }
    }

    /// What follows from it, where something does.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Option<U>) -> Known<U> {
        match self {
            Known::Told(value) => f(value).map_or(Known::Nothing, Known::Told),
            Known::Withheld => Known::Withheld,
            Known::Nothing => Known::Nothing,
        }
    }

    /// This, or another where nothing is told.
    pub fn or(self, other: Known<T>) -> Known<T> {
        if matches!(self, Known::Nothing) { other } else { self }
    }
}

impl From<Option<&Amount>> for Known<Decimal> {
    fn from(amount: Option<&Amount>) -> Known<Decimal> {
        match amount {
            Some(Amount::Known(value)) => Known::Told(*value),
            Some(Amount::Withheld(_)) => Known::Withheld,
            _ => Known::Nothing,
        }
    }
}

/// One unit's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The unit's position in the portfolio; `None` is the unallocated rest.
    pub unit: Option<usize>,
    /// Percent of the whole.
    pub percent: Known<Decimal>,
    /// In money.
    pub amount: Known<Decimal>,
}

/// Returns of one reckoning, for cash alone and for all that counts in money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Returns {
    /// Cash-releasing benefits only.
    pub cash: Known<Decimal>,
    /// All monetized benefits.
    pub monetized: Known<Decimal>,
}

/// Sums of benefits, confirmed and claimed apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Realized {
    /// Cash, with someone who stands for it.
    pub confirmed_cash: Decimal,
    /// Cash, claimed.
    pub claimed_cash: Decimal,
    /// Money's worth, confirmed.
    pub confirmed_other: Decimal,
    /// Money's worth, claimed.
    pub claimed_other: Decimal,
    /// Amounts that are withheld.
    pub withheld: usize,
}

/// The investment reckoned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Investment {
    /// The currency of all its amounts.
    pub currency: String,
    /// The budget in force.
    pub budget: Known<Decimal>,
    /// The first budget, against which the variance is told.
    pub first_budget: Known<Decimal>,
    /// What it cost.
    pub actual: Known<Decimal>,
    /// Who paid, the largest part first.
    pub parts: Vec<Part>,
    /// What came back up to now.
    pub realized: Realized,
    /// What was planned in all, in money.
    pub planned: Decimal,
    /// What was planned up to now, in cash.
    pub planned_cash_by_now: Decimal,
    /// Cost so far, with the running costs.
    pub cost_to_date: Known<Decimal>,
    /// (realized − cost so far) / cost so far.
    pub to_date: Returns,
    /// (planned − budget − planned running) / (budget + planned running).
    pub business_case: Returns,
    /// When cash makes up for the cost.
    pub payback: Known<Payback>,
    /// The same, discounted, where the site has a rate.
    pub payback_discounted: Known<Payback>,
    /// Net present value of what was planned, where the site has a rate.
    pub npv: Known<Decimal>,
}

/// What reckoning needs to know besides the project.
#[derive(Clone, Copy, Debug)]
pub struct Today<'s> {
    /// The site's currency.
    pub currency: &'s str,
    /// The year of money in which the data ends.
    pub year: FiscalYear,
    /// The yearly rate.
    pub rate: Option<Decimal>,
}

/// Reckons an investment; `units` turns the name of a share into a unit's position.
pub fn reckon(
    told: &Told,
    benefits: &[Benefit],
    today: Today<'_>,
    units: impl Fn(&str) -> Option<usize>,
) -> Investment {
    let book = Book::open(told, benefits, today);
    let budget = Known::from(told.budget.as_ref().map(|budget| &budget.amount));
    let first = told.budget.as_ref().and_then(|budget| budget.was.first());
    let cash = book.to_date(&CASH);
    let planned = |kinds| roi(book.planned(budget, kinds).as_ref());
    let by_now = |flow: &Flow| flow.range(..=today.year).map(|(_, amount)| *amount).sum();
    let with_rate = |rate: Option<Decimal>| rate.map_or(Known::Nothing, Known::Told);
    Investment {
        currency: told.currency.clone().unwrap_or_else(|| today.currency.to_string()),
        budget,
        first_budget: first.map_or(budget, |was| Known::Told(was.value)),
        actual: book.actual,
        parts: parts(told, book.actual.or(budget), units),
        realized: realized(benefits, today.year),
        planned: total(&collect(benefits, |b| &b.planned, &MONETIZED).0),
        planned_cash_by_now: by_now(&collect(benefits, |b| &b.planned, &CASH).0),
        cost_to_date: cash.as_ref().map(Flows::cost),
        to_date: Returns {
            cash: roi(cash.as_ref()),
            monetized: roi(book.to_date(&MONETIZED).as_ref()),
        },
        business_case: Returns { cash: planned(&CASH), monetized: planned(&MONETIZED) },
        payback: cash.as_ref().and_then(|flows| flows.payback(Decimal::ZERO)),
        payback_discounted: match with_rate(today.rate) {
            Known::Told(rate) => cash.as_ref().and_then(|flows| flows.payback(rate)),
            _ => Known::Nothing,
        },
        npv: match with_rate(today.rate) {
            Known::Told(rate) => book.planned(budget, &MONETIZED).and_then(|flows| flows.npv(rate)),
            _ => Known::Nothing,
        },
    }
}

const CASH: [BenefitKind; 1] = [BenefitKind::CashReleasing];
const MONETIZED: [BenefitKind; 2] = [BenefitKind::CashReleasing, BenefitKind::NonCashReleasing];

/// What a project tells of its money, opened for several reckonings.
struct Book<'t> {
    told: &'t Told,
    benefits: &'t [Benefit],
    today: Today<'t>,
    actual: Known<Decimal>,
    costs: (Flow, usize),
    running: (Flow, usize),
}

impl<'t> Book<'t> {
    fn open(told: &'t Told, benefits: &'t [Benefit], today: Today<'t>) -> Book<'t> {
        let costs = flow(&told.costs);
        let summed = match (&costs, told.costs.is_empty()) {
            (_, true) => Known::Nothing,
            ((_, 1..), _) => Known::Withheld,
            ((costs, 0), _) => Known::Told(total(costs)),
        };
        let actual = Known::from(told.actual.as_ref()).or(summed);
        Book { told, benefits, today, actual, costs, running: flow(&told.running) }
    }

    /// The flows up to now: cost as spent, benefits as realized.
    fn to_date(&self, kinds: &[BenefitKind]) -> Known<Flows> {
        let (benefits, hidden) = collect(self.benefits, |b| &b.realized, kinds);
        if hidden + self.running.1 > 0 {
            return Known::Withheld;
        }
        // Costs by year that do not make up the whole cannot say when it was spent.
        let whole = self.costs.1 == 0 && Known::Told(total(&self.costs.0)) == self.actual;
        let costs =
            if whole && !self.told.costs.is_empty() { self.costs.0.clone() } else { Flow::new() };
        let running = self.running.0.clone();
        let flows = |lump| Flows { costs, lump, running, benefits };
        self.actual.map(flows).map(|flows| flows.until(self.today.year))
    }

    /// The flows of the business case: the budget, and benefits as planned.
    fn planned(&self, budget: Known<Decimal>, kinds: &[BenefitKind]) -> Known<Flows> {
        let (benefits, hidden) = collect(self.benefits, |b| &b.planned, kinds);
        if hidden + self.running.1 > 0 {
            return Known::Withheld;
        }
        if benefits.is_empty() {
            return Known::Nothing;
        }
        let running = self.running.0.clone();
        budget.map(|lump| Flows { costs: Flow::new(), lump, running, benefits })
    }
}

/// The known amounts by year, and how many are withheld.
fn flow(years: &ByYear) -> (Flow, usize) {
    let known = years.iter().filter_map(|(year, amount)| Some((*year, *amount.known()?)));
    let hidden = years.values().filter(|amount| amount.withheld().is_some()).count();
    (known.collect(), hidden)
}

fn collect(
    benefits: &[Benefit],
    of: fn(&Benefit) -> &ByYear,
    kinds: &[BenefitKind],
) -> (Flow, usize) {
    let (mut sum, mut hidden) = (Flow::new(), 0);
    for benefit in benefits.iter().filter(|benefit| kinds.contains(&benefit.kind)) {
        let (years, more) = flow(of(benefit));
        hidden += more;
        for (year, amount) in years {
            *sum.entry(year).or_default() += amount;
        }
    }
    (sum, hidden)
}

fn total(flow: &Flow) -> Decimal {
    flow.values().sum()
}

fn roi(flows: Known<&Flows>) -> Known<Decimal> {
    flows.and_then(|flows| returns::roi(flows.benefit(), flows.cost()))
}

fn realized(benefits: &[Benefit], year: FiscalYear) -> Realized {
    let mut sums = Realized::default();
    for benefit in benefits.iter().filter(|benefit| benefit.kind.is_monetized()) {
        let (years, hidden) = flow(&benefit.realized);
        let sum: Decimal = years.range(..=year).map(|(_, amount)| *amount).sum();
        sums.withheld += hidden;
        let cash = benefit.kind == BenefitKind::CashReleasing;
        *match (cash, benefit.confirmed_by.is_some()) {
            (true, true) => &mut sums.confirmed_cash,
            (true, false) => &mut sums.claimed_cash,
            (false, true) => &mut sums.confirmed_other,
            (false, false) => &mut sums.claimed_other,
        } += sum;
    }
    sums
}

impl Realized {
    /// Everything that came back in money or its worth.
    pub fn all(&self) -> Decimal {
        self.confirmed_cash + self.claimed_cash + self.confirmed_other + self.claimed_other
    }
}

/// Below this sum of percentages the rest is told as unallocated; above the other it is an error.
const WHOLE: (Decimal, Decimal) =
    (Decimal::from_parts(999, 0, 0, false, 1), Decimal::from_parts(1001, 0, 0, false, 1));

/// The sum of the shares in percent, where it is more than the whole can be.
pub fn over_the_whole(told: &Told) -> Option<Decimal> {
    let whole = Known::from(told.actual.as_ref())
        .or(Known::from(told.budget.as_ref().map(|budget| &budget.amount)));
    let sum: Decimal = told.shares.iter().filter_map(|s| percent(&s.share, whole).value()).sum();
    (sum > WHOLE.1).then_some(sum)
}

fn percent(share: &Share, whole: Known<Decimal>) -> Known<Decimal> {
    match share {
        Share::Percent(percent) => Known::Told(*percent),
        Share::Amount(amount) => whole.and_then(|whole| {
            (whole > Decimal::ZERO).then(|| amount * Decimal::ONE_HUNDRED / whole)
        }),
        Share::Withheld(_) => Known::Withheld,
    }
}

fn parts(told: &Told, whole: Known<Decimal>, units: impl Fn(&str) -> Option<usize>) -> Vec<Part> {
    let part = |share: &crate::documents::investment::UnitShare| {
        let amount = match &share.share {
            Share::Percent(percent) => whole.map(|whole| whole * percent / Decimal::ONE_HUNDRED),
            Share::Amount(amount) => Known::Told(*amount),
            Share::Withheld(_) => Known::Withheld,
        };
        let unit = units(&share.unit)?;
        Some(Part { unit: Some(unit), percent: percent(&share.share, whole), amount })
    };
    let mut parts: Vec<Part> = told.shares.iter().filter_map(part).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.percent.value()));
    let all_told = parts.iter().all(|part| part.percent.value().is_some());
    let sum: Decimal = parts.iter().filter_map(|part| part.percent.value()).sum();
    if all_told && !parts.is_empty() && sum < WHOLE.0 {
        let rest = Decimal::ONE_HUNDRED - sum;
        let amount = whole.map(|whole| whole * rest / Decimal::ONE_HUNDRED);
        parts.push(Part { unit: None, percent: Known::Told(rest), amount });
    }
    parts
}
