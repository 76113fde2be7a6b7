//! Views of what a project cost and what came back.

use super::parts::{Badge, Cell, Headline, Pair, Words};
use serde::Serialize;

/// One unit's part of a cost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ShareRow {
    /// The unit, or `Unallocated`.
    pub unit: Words,
    /// Its color in the bar: `s1` to `s5`, `it`, `left`.
    pub swatch: &'static str,
    /// `60 %`.
    pub share: Cell,
    /// `$522,000`.
    pub amount: Cell,
}

/// A benefit.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BenefitRow {
    /// What it is.
    pub name: String,
    /// Its kind, who has it, its source.
    pub about: String,
    /// What was planned; the second line is for which years.
    pub planned: Cell,
    /// What came; the second line is in which years.
    pub realized: Cell,
    /// `Confirmed` or `Claimed`; none where there is no amount.
    pub badge: Option<Badge>,
    /// Who confirmed it.
    pub by: String,
}

/// What a project cost and what came back.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MoneyView {
    /// Cost, return and payback as big numbers.
    pub figures: Vec<Headline>,
    /// Budget, running cost, capital and source in words.
    pub pairs: Vec<Pair>,
    /// `Who paid`, or `Who is to pay` where nothing is spent.
    pub shares_title: String,
    /// The bar of who paid; empty where it is not told.
    pub shares_svg: String,
    /// Who paid.
    pub shares: Vec<ShareRow>,
    /// The sum, where all parts are known.
    pub shares_total: Option<ShareRow>,
    /// The benefits.
    pub benefits: Vec<BenefitRow>,
    /// Confirmed and claimed in words.
    pub benefits_note: String,
}
