//! Views of a KPI, in full and as a row of the scoreboard.

use super::frame::Frame;
use super::parts::{Badge, Cell, ExploreView, ListingView, Words};
use serde::Serialize;

/// A fact about a KPI: one row of its table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fact {
    /// Which mark of the chart it explains: `m-actual`, `m-target`, `m-base`, `m-none`.
    pub mark: &'static str,
    /// `Actual`, `Target`, `First target`, `Baseline`.
    pub name: String,
    /// The figure, or why there is none.
    pub figure: String,
    /// Whether there is no figure; there is no date and no source then.
    pub absent: bool,
    /// Its date: `31 Mar 2025`, `by 31 Mar 2025`; or that none is given.
    pub date: String,
    /// Whether no date is given.
    pub undated: bool,
    /// Its source, or the reason of a change; or that none is given.
    pub source: String,
    /// Whether no source is given.
    pub unsourced: bool,
}

/// A series of a KPI as a chart and a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SeriesView {
    /// `Median time to pay, days, Jan 2024 to Mar 2025`.
    pub caption: String,
    /// What the lines mean.
    pub key: String,
    /// The scale, from the top down.
    pub ticks: Vec<String>,
    /// The first and the last date.
    pub axis: Vec<String>,
    /// The chart.
    pub svg: String,
    /// The measure, for the head of the table.
    pub measure: String,
    /// The readings.
    pub rows: Vec<ReadingRow>,
}

/// A reading of a series.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReadingRow {
    /// When.
    pub date: String,
    /// What.
    pub value: String,
    /// What is to be said of it.
    pub note: String,
}

/// A KPI on its project's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KpiView {
    /// Its id; the heading's anchor is `kpi-ID`.
    pub id: String,
    /// What is measured.
    pub name: String,
    /// `days`; may be empty.
    pub measure: String,
    /// The verdict.
    pub badge: Badge,
    /// The number, or empty where there is none.
    pub value: String,
    /// What follows the number in small letters, with its leading space.
    pub small: String,
    /// The gap and the progress in words, a line each.
    pub gaps: Vec<String>,
    /// The bullet chart; empty where there is nothing to draw.
    pub svg: String,
    /// The two ends of the chart's scale.
    pub axis: Vec<String>,
    /// The table: actual, target, former targets, baseline.
    pub facts: Vec<Fact>,
    /// Method, sample, who brings the data, the same KPI elsewhere.
    pub notes: Vec<Vec<Words>>,
    /// The readings, where there are any.
    pub series: Option<SeriesView>,
}

/// A KPI on the scoreboard.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KpiRow {
    /// Its name.
    pub name: String,
    /// Its place on the project's page.
    pub href: String,
    /// The project's title.
    pub project: String,
    /// Where it began.
    pub baseline: Cell,
    /// What it was to reach; the second line is by when.
    pub target: Cell,
    /// What it reached; the second line is when and the source.
    pub actual: Cell,
    /// The bullet chart; empty where there is nothing to draw.
    pub svg: String,
    /// The verdict.
    pub badge: Badge,
    /// The gap in words.
    pub gap: String,
    /// The readings as a line; empty where there are none.
    pub trend_svg: String,
}

/// The scoreboard.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KpisView {
    /// Around it.
    pub frame: Frame,
    /// `KPIs`.
    pub title: String,
    /// "24 of 36 due KPIs met, …".
    pub result: String,
    /// The KPIs of this page of the list.
    pub rows: Vec<KpiRow>,
    /// For the script that narrows and orders the list; on its first page only.
    pub explore: Option<ExploreView>,
    /// The pages of the list.
    pub listing: ListingView,
}
