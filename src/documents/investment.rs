//! The investment as its file tells it: budget, cost, by year and by who paid.

use super::fields::{Fields, Read, Spanned};
use super::kpi::Was;
use super::money::{Amount, ByYear, Share};
use super::reader::Reader;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Span};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a project was to cost, and what it was to cost before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// The budget in force.
    pub amount: Amount,
    /// Former ones, oldest first.
    pub was: Vec<Was<Decimal>>,
}

/// One unit's part of the cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitShare {
    /// The unit, as written.
    pub unit: Spanned<String>,
    /// Its part.
    pub share: Share,
}

/// What a project cost and who paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investment {
    /// The currency, where it is not the site's.
    pub currency: Option<String>,
    /// What it was to cost.
    pub budget: Option<Budget>,
    /// What it cost.
    pub actual: Option<Amount>,
    /// What it cost, by year.
    pub costs: ByYear,
    /// What keeping it costs, by year.
    pub running: ByYear,
    /// The part that is capital.
    pub capex: Option<Amount>,
    /// The part that is operating cost.
    pub opex: Option<Amount>,
    /// Who paid.
    pub shares: Vec<UnitShare>,
    /// Where the figures come from.
    pub source: Option<String>,
    /// Where the shares stand.
    pub shares_span: Span,
    /// Where it stands.
    pub span: Span,
}

impl Read for Investment {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Investment> {
        let fields = Fields::of(node, "an investment", reader)?;
        let investment = Investment {
            currency: fields.get::<Spanned<String>>("currency").and_then(|c| currency(c, reader)),
            budget: fields.get("budget"),
            actual: fields.get("actual"),
            costs: fields.get("costs").unwrap_or_default(),
            running: fields.get("running").unwrap_or_default(),
            capex: fields.get("capex"),
            opex: fields.get("opex"),
            shares: fields.node("shares").map(|node| shares(node, reader)).unwrap_or_default(),
            source: fields.get("source"),
            shares_span: fields.place_of("shares"),
            span: node.span,
        };
        fields.done();
        Some(investment)
    }
}

/// A currency by its three letters.
pub fn currency(code: Spanned<String>, reader: &Reader<'_>) -> Option<String> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(code.value);
    }
    let message = format!("`{}` is not a currency", code.value);
    reader
        .say(Code::BadChoice, code.span, message)
        .help("write its three letters, as USD, EUR or GBP");
    None
}

impl Read for Budget {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Budget> {
        let has_history = match &node.value {
            Value::Map(entries) => entries.iter().any(|entry| entry.key == "was"),
            _ => false,
        };
        if !has_history {
            return Amount::read(node, reader).map(|amount| Budget { amount, was: Vec::new() });
        }
        let fields = Fields::of(node, "a budget", reader)?;
        let reason = super::figure::reasons(&fields);
        let value = fields
            .node("value")
            .and_then(|node| super::money::plain_amount(node, reader))
            .map(Amount::Known);
        if reason.is_none() && fields.node("value").is_none() {
            fields.missing("value");
        }
        let was = fields.list("was");
        fields.done();
        Some(Budget { amount: value.or(reason)?, was })
    }
}

impl Read for Was<Decimal> {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self> {
        let fields = Fields::of(node, "a former budget", reader)?;
        let value = match fields.node("value") {
            Some(node) => super::money::plain_amount(node, reader),
            None => {
                fields.missing("value");
                None
            }
        };
        let (until, why) = (fields.get("until"), fields.get("why"));
        fields.done();
        Some(Was { value: value?, until, why })
    }
}

fn shares(node: &Node<'_>, reader: &Reader<'_>) -> Vec<UnitShare> {
    let Some(fields) = Fields::of(node, "the shares", reader) else { return Vec::new() };
    let shares = fields.entries().iter().filter_map(|entry| {
        let unit = Spanned { value: entry.key.to_string(), span: entry.key_span };
        Some(UnitShare { unit, share: Share::read(&entry.value, reader)? })
    });
    shares.collect()
}
