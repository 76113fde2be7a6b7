//! The investment of a project reckoned: cost, variance, who paid, what came back.
//!
//! A sum holds visible amounts only. What derives from a withheld amount is withheld, and never
//! zero: [`Known`] keeps the three apart.

pub use super::known::Known;
use super::returns::{self, Flow, Flows, Payback};
use crate::documents::benefit::{Benefit, BenefitKind};
use crate::documents::investment::Investment as Told;
use crate::documents::money::{ByYear, FiscalYear, Share};
use crate::documents::settings::Settings;
use crate::editions::Shown;
use jiff::civil::Date;
use rust_decimal::Decimal;

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
    /// What the returns are reckoned from.
    pub inputs: AllInputs,
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

/// Which keys of a project are kept to a narrower circle; what follows from them is withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The investment.
    pub investment: bool,
    /// The benefits.
    pub benefits: bool,
}

impl Hidden {
    /// What is hidden of a project.
    pub fn of(shown: &Shown) -> Hidden {
        let hides = |key| shown.withheld.contains(key);
        Hidden { investment: hides("investment"), benefits: hides("benefits") }
    }
}

/// What a return is reckoned from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// What came back, or was to come back.
    pub benefit: Decimal,
    /// What was spent, or budgeted.
    pub invested: Decimal,
    /// What running it costs.
    pub running: Decimal,
}

/// The inputs of each return, withheld where an amount in it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AllInputs {
    /// Up to now: cost as spent, cash as realized.
    pub cash: Known<Inputs>,
    /// The same with all that counts in money.
    pub monetized: Known<Inputs>,
    /// The business case: the budget, and cash as planned.
    pub planned_cash: Known<Inputs>,
    /// The same with all that counts in money.
    pub planned: Known<Inputs>,
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
    /// What is kept to a narrower circle.
    pub hidden: Hidden,
}

impl<'s> Today<'s> {
    /// As the settings and the day of the data have it.
    pub fn of(settings: &'s Settings, as_of: Date, hidden: Hidden) -> Today<'s> {
        let year = FiscalYear::of(as_of, settings.fiscal_year_start);
        Today { currency: &settings.currency, year, rate: settings.discount_rate, hidden }
    }
}

/// Reckons an investment; `units` turns the name of a share into a unit's position.
pub fn reckon(
    told: &Told,
    benefits: &[Benefit],
    today: Today<'_>,
    units: impl Fn(&str) -> Option<usize>,
) -> Investment {
    let book = Book::open(told, benefits, today);
    let (cash, planned) = (book.to_date(&CASH), book.planned(&MONETIZED));
    let inputs = AllInputs {
        cash: cash.as_ref().map(Inputs::of),
        monetized: book.to_date(&MONETIZED).as_ref().map(Inputs::of),
        planned_cash: book.planned(&CASH).as_ref().map(Inputs::of),
        planned: planned.as_ref().map(Inputs::of),
    };
    let roi = |inputs: Known<Inputs>| inputs.and_then(|inputs| inputs.roi());
    let first = told.budget.as_ref().and_then(|budget| budget.was.first());
    let by_now = |flow: &Flow| flow.range(..=today.year).map(|(_, amount)| *amount).sum();
    Investment {
        currency: told.currency.clone().unwrap_or_else(|| today.currency.to_string()),
        budget: book.budget,
        first_budget: first.map_or(book.budget, |was| Known::Told(was.value)),
        actual: book.actual,
        parts: parts(told, book.actual.or(book.budget), units),
        realized: realized(benefits, today),
        planned: total(&collect(benefits, |b| &b.planned, &MONETIZED).0),
        planned_cash_by_now: by_now(&collect(benefits, |b| &b.planned, &CASH).0),
        cost_to_date: inputs.cash.map(|inputs| inputs.cost()),
        inputs,
        to_date: Returns { cash: roi(inputs.cash), monetized: roi(inputs.monetized) },
        business_case: Returns { cash: roi(inputs.planned_cash), monetized: roi(inputs.planned) },
        payback: cash.as_ref().and_then(|flows| flows.payback(Decimal::ZERO)),
        payback_discounted: match today.rate {
            Some(rate) => cash.as_ref().and_then(|flows| flows.payback(rate)),
            None => Known::Nothing,
        },
        npv: match today.rate {
            Some(rate) => planned.as_ref().and_then(|flows| flows.npv(rate)),
            None => Known::Nothing,
        },
    }
}

/// The flows of the business case, with all that counts in money, by year.
pub fn planned_flows(told: &Told, benefits: &[Benefit], today: Today<'_>) -> Known<Flows> {
    Book::open(told, benefits, today).planned(&MONETIZED)
}

/// The flows up to now, in cash, by year.
pub fn cash_flows(told: &Told, benefits: &[Benefit], today: Today<'_>) -> Known<Flows> {
    Book::open(told, benefits, today).to_date(&CASH)
}

impl Inputs {
    fn of(flows: &Flows) -> Inputs {
        let (invested, running) = (flows.invested(), flows.run());
        Inputs { benefit: flows.benefit(), invested, running }
    }

    /// What was spent in all.
    pub fn cost(&self) -> Decimal {
        self.invested + self.running
    }

    /// The return on it; nothing where there was no cost.
    pub fn roi(&self) -> Option<Decimal> {
        returns::roi(self.benefit, self.cost())
    }
}

const CASH: [BenefitKind; 1] = [BenefitKind::CashReleasing];
const MONETIZED: [BenefitKind; 2] = [BenefitKind::CashReleasing, BenefitKind::NonCashReleasing];

/// What a project tells of its money, opened for several reckonings.
struct Book<'t> {
    told: &'t Told,
    benefits: &'t [Benefit],
    today: Today<'t>,
    budget: Known<Decimal>,
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
        let budget = Known::from(told.budget.as_ref().map(|budget| &budget.amount));
        let hide = |amount| if today.hidden.investment { Known::Withheld } else { amount };
        let (budget, actual) = (hide(budget), hide(actual));
        Book { told, benefits, today, budget, actual, costs, running: flow(&told.running) }
    }

    /// The flows up to now: cost as spent, benefits as realized.
    fn to_date(&self, kinds: &[BenefitKind]) -> Known<Flows> {
        let (benefits, hidden) = collect(self.benefits, |b| &b.realized, kinds);
        if hidden + self.running.1 > 0 || self.today.hidden.benefits {
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
    fn planned(&self, kinds: &[BenefitKind]) -> Known<Flows> {
        let (benefits, hidden) = collect(self.benefits, |b| &b.planned, kinds);
        if hidden + self.running.1 > 0 || self.today.hidden.benefits {
            return Known::Withheld;
        }
        if benefits.is_empty() {
            return Known::Nothing;
        }
        let running = self.running.0.clone();
        self.budget.map(|lump| Flows { costs: Flow::new(), lump, running, benefits })
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

fn realized(benefits: &[Benefit], today: Today<'_>) -> Realized {
    let withheld = usize::from(today.hidden.benefits);
    let mut sums = Realized { withheld, ..Realized::default() };
    for benefit in benefits.iter().filter(|benefit| benefit.kind.is_monetized()) {
        let (years, hidden) = flow(&benefit.realized);
        let sum: Decimal = years.range(..=today.year).map(|(_, amount)| *amount).sum();
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
