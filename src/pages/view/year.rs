//! Views of years: the list of them, and what happened in each.

use super::frame::Frame;
use super::parts::{Badge, Cell, Headline, ListingView, Pair, ProjectRow, Words};
use serde::Serialize;

/// A year in the list of years.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearRow {
    /// `2025`.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many projects ended in it.
    pub ended: Cell,
    /// How many others ran in it.
    pub ran: Cell,
    /// "3 of 10".
    pub kpis: Cell,
    /// What projects cost in it.
    pub cost: Cell,
    /// What came back in cash, confirmed and claimed apart.
    pub cash: Cell,
}

/// The list of years.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearsView {
    /// Around it.
    pub frame: Frame,
    /// `Years`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// The years, the latest first.
    pub rows: Vec<YearRow>,
    /// What stands in no year.
    pub notes: Vec<String>,
    /// The pages of the list.
    pub listing: ListingView,
}

/// A project in its year.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearProjectRow {
    /// The project.
    pub project: ProjectRow,
    /// What it has to do with the year: `Ended`, `Ran`, `To come`.
    pub part: String,
}

/// A KPI that was due in a year and is not met.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearKpiRow {
    /// The KPI, linked to its place.
    pub kpi: Words,
    /// The project's title.
    pub project: String,
    /// `Missed`, `Not given`.
    pub badge: Badge,
    /// The gap to the target, or why there is no figure.
    pub gap: String,
}

/// The money of a year in one currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearMoneyView {
    /// The currency, where the year has several.
    pub currency: String,
    /// Cost, running cost, what was planned and what came back.
    pub pairs: Vec<Pair>,
}

/// A year's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearView {
    /// Around it.
    pub frame: Frame,
    /// `2025`.
    pub title: String,
    /// The sentence that sums.
    pub result: Vec<Words>,
    /// Big numbers: ended, ran, due KPIs met.
    pub figures: Vec<Headline>,
    /// Whether this is the first page of its list, which alone shows what follows the projects.
    pub first: bool,
    /// The projects of this page of the list.
    pub rows: Vec<YearProjectRow>,
    /// The pages of the list.
    pub listing: ListingView,
    /// "3 of 5 due KPIs met, …".
    pub kpis_note: String,
    /// Due KPIs that are not met; the first 20.
    pub kpis: Vec<YearKpiRow>,
    /// How many more there are, in words, linked to all KPIs.
    pub kpis_more: Option<Words>,
    /// "Money of 2025", or of the year of money that begins in it.
    pub money_title: String,
    /// How many projects tell a cost and what came back.
    pub money_note: String,
    /// The money, a currency each.
    pub money: Vec<YearMoneyView>,
    /// The years before and after.
    pub near: Vec<Words>,
}
