//! Views of how projects stand to the rules about the work itself.

use super::frame::Frame;
use super::parts::{Badge, Cell, ListingView, Words};
use serde::Serialize;

/// A project and the rules of partnership.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartnershipRow {
    /// The project, linked.
    pub project: Words,
    /// How it stands to each rule, in the order of the columns.
    pub cells: Vec<PartnershipCell>,
    /// How many of the other rules it breaks, and which.
    pub other: Cell,
}

/// How a project stands to a rule.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartnershipCell {
    /// The heading of its column.
    pub label: String,
    /// `Kept`, `Broken`, `Waived` or `Not asked`.
    pub badge: Badge,
}

/// A rule over all projects.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RuleSum {
    /// What it asks.
    pub asks: String,
    /// Its code, as `casebook explain` takes it.
    pub code: &'static str,
    /// The claim that it stands for.
    pub claim: String,
    /// How many projects keep it, of those that it applies to.
    pub kept: Cell,
    /// How many break it.
    pub broken: Cell,
    /// How many waive it.
    pub waived: Cell,
    /// To how many it does not apply, or of how many it cannot be known.
    pub not_asked: Cell,
}

/// The KPIs of projects that keep a rule, beside those of projects that break it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RuleComparison {
    /// What the rule asks.
    pub asks: String,
    /// The share of KPIs met where it is kept.
    pub kept: Cell,
    /// The share of KPIs met where it is broken.
    pub broken: Cell,
}

/// A rule that does not apply to a project, and why.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WaivedRule {
    /// What it asks.
    pub asks: String,
    /// Its code, as `casebook explain` takes it.
    pub code: &'static str,
    /// The project; none on its own page.
    pub project: Option<Words>,
    /// The reason.
    pub why: String,
}

/// Do we work the way we said?
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartnershipView {
    /// Around it.
    pub frame: Frame,
    /// `Do we work the way we said?`
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// Of how many projects and rules the sentence could know, and when a rule is not asked.
    pub coverage: String,
    /// The headings of the rules of partnership.
    pub columns: Vec<String>,
    /// The projects of this page.
    pub rows: Vec<PartnershipRow>,
    /// The pages of the list.
    pub listing: ListingView,
    /// Why rules are waived, for the projects of this page.
    pub waivers: Vec<WaivedRule>,
    /// Every rule in sum; on the first page only.
    pub sums: Vec<RuleSum>,
    /// The KPIs of those that keep a rule and of those that break it; on the first page only, and
    /// only of enough projects.
    pub comparisons: Vec<RuleComparison>,
    /// Why nothing is compared, or what a comparison cannot say; empty on later pages.
    pub caution: String,
}
