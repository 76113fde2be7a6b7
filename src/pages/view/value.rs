//! Views of the page that tells what all projects cost, who paid and what came back.

use super::frame::Frame;
use super::money::BenefitRow;
use super::parts::{Badge, Cell, ListingView, Pair, Words};
use serde::Serialize;

/// A big number that can show how it was reckoned.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reckoned {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// What follows it in small letters, with its leading space.
    pub small: String,
    /// What it is compared with and how many projects it holds.
    pub note: String,
    /// The formula in words.
    pub formula: String,
    /// The numbers that went in.
    pub inputs: Vec<Pair>,
}

/// A year of benefits: cash, and money's worth that frees no cash.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReturnYear {
    /// The year of money, `to date` where it is running; or which years are summed.
    pub year: String,
    /// Cash that was planned.
    pub cash_planned: Cell,
    /// Cash that came and was confirmed.
    pub cash_confirmed: Cell,
    /// Cash that is claimed to have come.
    pub cash_claimed: Cell,
    /// Money's worth that was planned.
    pub other_planned: Cell,
    /// Money's worth that came and was confirmed.
    pub other_confirmed: Cell,
    /// Money's worth that is claimed to have come.
    pub other_claimed: Cell,
}

/// Benefits by year as a chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearsChart {
    /// What it shows.
    pub caption: String,
    /// The chart.
    pub svg: String,
    /// The scale, from the top down.
    pub ticks: Vec<String>,
    /// The years, from left to right.
    pub axis: Vec<String>,
}

/// Projects of one standing: what was spent on them, and what of it came back.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SpentRow {
    /// The standing.
    pub badge: Badge,
    /// The bar; a part for each project.
    pub svg: String,
    /// The project that cost most.
    pub largest: Words,
    /// What that cost.
    pub largest_cost: String,
    /// What they cost so far.
    pub cost: Cell,
    /// Which part that is of all that was spent.
    pub share: Cell,
    /// How many projects tell their cost.
    pub projects: String,
    /// How many of their due KPIs are met.
    pub kpis: Cell,
    /// The cash that came back.
    pub back: Cell,
}

/// Cost against result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SpentView {
    /// What the table shows.
    pub caption: String,
    /// The standings, in the order in which sentences tell them.
    pub rows: Vec<SpentRow>,
}

/// What the projects of one year cost, and what IT paid of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ItRow {
    /// The calendar year of the projects; or that none is told.
    pub year: String,
    /// How many projects.
    pub projects: String,
    /// What all units paid.
    pub paid: String,
    /// What IT paid.
    pub by_it: String,
    /// IT's share.
    pub share: String,
}

/// The money of one currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LedgerView {
    /// The heading, with the currency where there are several.
    pub title: String,
    /// Its three letters: `USD`.
    pub currency: String,
    /// The big numbers, each with its formula and inputs.
    pub figures: Vec<Reckoned>,
    /// The big numbers that cannot be told, and why.
    pub without: Vec<Pair>,
    /// Cost against result; none where no project tells its cost.
    pub spent: Option<SpentView>,
    /// Cash by year, planned and realized; none where there is no benefit in cash.
    pub chart: Option<YearsChart>,
    /// Benefits by year.
    pub years: Vec<ReturnYear>,
    /// Their sums: up to now, and of all years.
    pub sums: Vec<ReturnYear>,
    /// IT's share by the year of the projects.
    pub it: Vec<ItRow>,
}

/// A project's row in the table of who paid.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PayersRow {
    /// The project, or which projects are summed.
    pub project: Words,
    /// What it cost, or its budget.
    pub cost: Cell,
    /// What each unit paid, in the order of the columns.
    pub cells: Vec<Cell>,
    /// Set in place of the cells where no unit's part is told.
    pub none: String,
}

/// The table of who paid for the projects of one currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PayersView {
    /// `Who paid, in USD`; for projects without money, that none is told.
    pub caption: String,
    /// The columns: the largest payers, perhaps other units and what is unallocated.
    pub columns: Vec<Words>,
    /// The projects of this page of the list.
    pub rows: Vec<PayersRow>,
    /// All projects of the currency, on whatever page they stand.
    pub total: Option<PayersRow>,
}

/// A benefit with its project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BenefitOf {
    /// The project.
    pub project: Words,
    /// The benefit.
    pub benefit: BenefitRow,
}

/// What it cost, who paid, what came back.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ValueView {
    /// Around it.
    pub frame: Frame,
    /// `Value`.
    pub title: String,
    /// The answer in a sentence.
    pub result: String,
    /// The money by currency; on the first page of the list only.
    pub ledgers: Vec<LedgerView>,
    /// Who paid, by currency.
    pub payers: Vec<PayersView>,
    /// Benefits that are counted, but not in money, of the projects of this page of the list.
    pub quantified: Vec<BenefitOf>,
    /// Benefits without a number, of the same projects.
    pub qualitative: Vec<BenefitOf>,
    /// The data file of who paid.
    pub costs_file: String,
    /// The data file of benefits.
    pub benefits_file: String,
    /// The pages of the list.
    pub listing: ListingView,
}
