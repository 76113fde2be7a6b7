//! A benefit as its file tells it: what was planned and what was realized, by year.

use super::fields::{Fields, Read, Spanned};
use super::money::ByYear;
use super::person::Person;
use super::reader::Reader;
use super::text::choices;
use super::yaml::Node;
use crate::diagnostics::{Code, Span};
use serde::{Deserialize, Serialize};

choices! {
    /// What kind of benefit it is.
    BenefitKind, "kind of benefit", {
        /// Money that leaves a budget.
        CashReleasing "cash_releasing",
        /// Money's worth that stays: time, capacity.
        NonCashReleasing "non_cash_releasing",
        /// A number that is not money.
        Quantified "quantified",
        /// No number at all.
        Qualitative "qualitative",
    }
}

/// A benefit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benefit {
    /// What it is.
    pub name: String,
    /// Its kind.
    pub kind: BenefitKind,
    /// Who has it.
    pub unit: Option<Spanned<String>>,
    /// In what it is counted, where it is not money.
    pub measure: Option<String>,
    /// What was planned, by year.
    pub planned: ByYear,
    /// What came, by year.
    pub realized: ByYear,
    /// Where the figures come from.
    pub source: Option<String>,
    /// Who stands for them; without, the benefit is claimed.
    pub confirmed_by: Option<Person>,
    /// Where the realized amounts stand.
    pub realized_span: Span,
    /// Where it stands.
    pub span: Span,
}

impl BenefitKind {
    /// Whether it counts in money.
    pub fn is_monetized(self) -> bool {
        matches!(self, BenefitKind::CashReleasing | BenefitKind::NonCashReleasing)
    }
}

impl Read for Benefit {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Benefit> {
        let fields = Fields::of(node, "a benefit", reader)?;
        if fields.node("kind").is_none() {
            fields.missing("kind");
        }
        let benefit = Benefit {
            name: fields.need("name"),
            kind: fields.get("kind").unwrap_or(BenefitKind::Qualitative),
            unit: fields.get("unit"),
            measure: fields.get("measure"),
            planned: fields.get("planned").unwrap_or_default(),
            realized: fields.get("realized").unwrap_or_default(),
            source: fields.get("source"),
            confirmed_by: fields.get("confirmed_by"),
            realized_span: fields.place_of("realized"),
            span: node.span,
        };
        if benefit.kind == BenefitKind::Quantified && benefit.measure.is_none() {
            reader
                .say(
                    Code::MissingKey,
                    fields.place_of("kind"),
                    "a quantified benefit needs `measure`",
                )
                .help("add a line `measure: …`, as hours or tonnes");
        }
        fields.done();
        Some(benefit)
    }
}
