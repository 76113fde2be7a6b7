//! The money of a project in `portfolio.json`: cost, who paid, benefits, and what was reckoned.

use super::super::schema::{Day, Given, Number, Part, given, known};
use super::PersonData;
use crate::documents::benefit::Benefit;
use crate::documents::figure;
use crate::documents::kpi::Was;
use crate::documents::money::ByYear;
use crate::pages::Pages;
use crate::portfolio::Project;
use crate::portfolio::investment::{Investment, Known};
use crate::portfolio::returns::Payback;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Amounts by year of money.
type Years<'p> = BTreeMap<String, Given<'p, Number>>;
/// What was reckoned: null where nothing is told, withheld where it follows from what is withheld.
type Reckoned = Option<Part<'static, Number>>;

/// What a project cost, and who paid.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::pages::data) struct InvestmentData<'p> {
    /// The currency of all amounts of the project.
    currency: &'p str,
    /// The budget in force.
    budget: Option<Given<'p, Number>>,
    /// Former budgets, oldest first; the variance is held against the first of them.
    budget_was: Vec<FormerBudget<'p>>,
    /// What it cost.
    actual: Option<Given<'p, Number>>,
    /// What it cost, by year.
    costs: Years<'p>,
    /// What keeping it costs, by year.
    running: Years<'p>,
    /// The part that is capital.
    capex: Option<Given<'p, Number>>,
    /// The part that is operating cost.
    opex: Option<Given<'p, Number>>,
    /// Who paid, the largest part first.
    paid_by: Vec<PaidData<'p>>,
    /// Where the figures come from.
    source: Option<&'p str>,
}

/// A former budget.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FormerBudget<'p> {
    /// The amount.
    value: Number,
    /// The last day on which it held.
    until: Option<Day>,
    /// Why it was changed.
    why: Option<&'p str>,
}

/// What a unit paid.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PaidData<'p> {
    /// The id of the unit; null for the part that no unit is told to have paid.
    unit: Option<&'p str>,
    /// Percent of the whole.
    percent: Reckoned,
    /// In money; null while nothing is spent.
    amount: Reckoned,
}

/// A benefit.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::pages::data) struct BenefitData<'p> {
    /// What it is.
    name: &'p str,
    /// `cash_releasing`, `non_cash_releasing`, `quantified` or `qualitative`.
    #[schemars(extend("enum" = ["cash_releasing", "non_cash_releasing", "quantified", "qualitative"]))]
    kind: &'static str,
    /// The id of the unit that has it.
    unit: Option<&'p str>,
    /// In what it is counted, where it is not money.
    measure: Option<&'p str>,
    /// What was planned, by year.
    planned: Years<'p>,
    /// What came, by year.
    realized: Years<'p>,
    /// Where the figures come from.
    source: Option<&'p str>,
    /// Whether someone stands for it; without, it is claimed.
    confirmed: bool,
    /// Who stands for it.
    confirmed_by: Option<PersonData<'p>>,
}

/// What was reckoned from cost and benefits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::pages::data) struct ReturnsData {
    /// Benefits that came up to the day of the data, in money.
    realized: Option<Part<'static, RealizedData>>,
    /// Cost so far, running costs included.
    cost_to_date: Reckoned,
    /// Return to date, cash only: (realized − cost so far) / cost so far.
    roi_to_date: Reckoned,
    /// The same with all benefits that are money.
    roi_to_date_monetized: Reckoned,
    /// Return of the business case, cash only: (planned − cost) / cost.
    roi_of_case: Reckoned,
    /// The same with all benefits that are money.
    roi_of_case_monetized: Reckoned,
    /// When cash makes up for the cost.
    payback: Option<Part<'static, PaybackData>>,
    /// The same at the site's yearly rate.
    payback_discounted: Option<Part<'static, PaybackData>>,
    /// Net present value of what was planned, at the site's yearly rate.
    npv: Reckoned,
}

/// Benefits that came. Confirmed and claimed are never to be added without saying so.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RealizedData {
    /// Cash that someone stands for.
    confirmed_cash: Number,
    /// Cash that is claimed.
    claimed_cash: Number,
    /// Money's worth that someone stands for.
    confirmed_other: Number,
    /// Money's worth that is claimed.
    claimed_other: Number,
}

/// When cash makes up for the cost.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PaybackData {
    /// After so many years; null where it does not within the years that are told.
    years: Option<Number>,
    /// Else the part of the cost that is recovered, of one.
    recovered: Option<Number>,
    /// By the end of which year.
    by: Option<String>,
}

impl Pages<'_> {
    /// What a project cost; null where nothing is told of it.
    pub(in crate::pages::data) fn investment_data<'s>(
        &'s self,
        project: &'s Project,
    ) -> Option<InvestmentData<'s>> {
        let told = project.front().investment.as_ref()?;
        let reckoned = project.investment.as_ref();
        let amount = |amount: &'s Option<figure::Given<Decimal>>| {
            amount.as_ref().map(|amount| given(amount, |value| Number(*value)))
        };
        let budget = told.budget.as_ref();
        let former = |was: &'s Was<Decimal>| FormerBudget {
            value: Number(was.value),
            until: was.until.map(Day),
            why: was.why.as_deref(),
        };
        Some(InvestmentData {
            currency: reckoned.map_or(&self.portfolio.settings.currency, |i| &i.currency),
            budget: budget.map(|budget| given(&budget.amount, |value| Number(*value))),
            budget_was: budget.into_iter().flat_map(|b| &b.was).map(former).collect(),
            actual: amount(&told.actual),
            costs: self.years(&told.costs),
            running: self.years(&told.running),
            capex: amount(&told.capex),
            opex: amount(&told.opex),
            paid_by: reckoned.map(|investment| self.paid_by(investment)).unwrap_or_default(),
            source: told.source.as_deref(),
        })
    }

    fn paid_by<'s>(&'s self, investment: &Investment) -> Vec<PaidData<'s>> {
        let units = &self.portfolio.units.list;
        // A budget that is not spent is paid by no one yet.
        let spent = investment.actual != Known::Nothing;
        let each = investment.parts.iter().map(|part| PaidData {
            unit: part.unit.map(|at| units[at].id.as_str()),
            percent: reckoned(&part.percent),
            amount: if spent { reckoned(&part.amount) } else { None },
        });
        each.collect()
    }

    /// The benefits of a project.
    pub(in crate::pages::data) fn benefit_data<'s>(
        &'s self,
        project: &'s Project,
    ) -> Vec<BenefitData<'s>> {
        let each = project.front().benefits.iter().map(|benefit| BenefitData {
            name: &benefit.name,
            kind: benefit.kind.word(),
            unit: benefit.unit.as_ref().and_then(|unit| self.unit_id(unit)),
            measure: benefit.measure.as_deref(),
            planned: self.years(&benefit.planned),
            realized: self.years(&benefit.realized),
            source: benefit.source.as_deref(),
            confirmed: benefit.confirmed_by.is_some(),
            confirmed_by: benefit.confirmed_by.as_ref().map(|person| self.person_data(person)),
        });
        each.collect()
    }

    /// What follows from cost and benefits.
    pub(in crate::pages::data) fn returns_data(&self, project: &Project) -> Option<ReturnsData> {
        let of = project.investment.as_ref()?;
        let payback = |of: &Known<Payback>| known(of, |payback| self.payback(*payback));
        Some(ReturnsData {
            realized: realized(project, of),
            cost_to_date: reckoned(&of.cost_to_date),
            roi_to_date: reckoned(&of.to_date.cash),
            roi_to_date_monetized: reckoned(&of.to_date.monetized),
            roi_of_case: reckoned(&of.business_case.cash),
            roi_of_case_monetized: reckoned(&of.business_case.monetized),
            payback: payback(&of.payback),
            payback_discounted: payback(&of.payback_discounted),
            npv: reckoned(&of.npv),
        })
    }

    fn payback(&self, payback: Payback) -> PaybackData {
        match payback {
            Payback::Years(years) => {
                PaybackData { years: Some(Number::derived(years)), recovered: None, by: None }
            }
            Payback::Recovered(part, year) => PaybackData {
                years: None,
                recovered: Some(Number::derived(part)),
                by: Some(year.written(self.portfolio.settings.fiscal_year_start)),
            },
        }
    }

    fn years<'s>(&self, amounts: &'s ByYear) -> Years<'s> {
        let start = self.portfolio.settings.fiscal_year_start;
        let each = amounts.iter();
        each.map(|(year, amount)| (year.written(start), given(amount, |v| Number(*v)))).collect()
    }
}

/// What came back; nothing where no benefit tells what came, which is not zero.
fn realized(project: &Project, of: &Investment) -> Option<Part<'static, RealizedData>> {
    if project.withholds("benefits") || of.realized.withheld > 0 {
        return Some(Part::follows());
    }
    let tells = |benefit: &Benefit| benefit.kind.is_monetized() && !benefit.realized.is_empty();
    let realized = RealizedData {
        confirmed_cash: Number(of.realized.confirmed_cash),
        claimed_cash: Number(of.realized.claimed_cash),
        confirmed_other: Number(of.realized.confirmed_other),
        claimed_other: Number(of.realized.claimed_other),
    };
    project.front().benefits.iter().any(tells).then_some(Part::Shown(realized))
}

fn reckoned(value: &Known<Decimal>) -> Reckoned {
    known(value, |value| Number::derived(*value))
}
