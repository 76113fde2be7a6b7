//! What values of `portfolio.json` look like, and the schema that says so.
//!
//! The schema is made of the structs that serialize the document, their doc comments included, so
//! that the two cannot differ. Figures are decimals as texts and keep their digits: a reader that
//! takes numbers for binary ones would change them. A `null` is what is not given; the other kinds
//! of absence are objects that say why.

use crate::documents::date::When;
use crate::documents::figure;
use crate::pages::format::round;
use crate::portfolio::investment::Known;
use rust_decimal::Decimal;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// The schema of `portfolio.json`.
pub(super) fn schema() -> Vec<u8> {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<super::portfolio::Document<'static>>();
    schema.insert("title".into(), "The portfolio of a casebook".into());
    let mut bytes = serde_json::to_vec_pretty(&schema).expect("a schema in memory is written");
    bytes.push(b'\n');
    bytes
}

/// A decimal that keeps its digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(pub Decimal);

impl Number {
    /// A number that was derived: at most four decimals.
    pub(super) fn derived(value: Decimal) -> Number {
        Number(round(value, 4).normalize())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact decimal as a text, with the digits that were given; what was \
                            derived has at most four decimals. Read it as a decimal, not as a \
                            binary number.",
            "type": "string",
            "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$",
        })
    }
}

/// A date as far as it was told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub When);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.iso())
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date as far as it was told: a day, a month, a quarter of the \
                            calendar year, or a year.",
            "type": "string",
            "pattern": "^[0-9]{4}(-([0-9]{2}(-[0-9]{2})?|Q[1-4]))?$",
        })
    }
}

/// It exists, but this edition does not show it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Withheld<'p> {
    /// Why.
    withheld: &'p str,
}

/// Its day has not come.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct NotDue<'p> {
    /// Why.
    not_due: &'p str,
}

/// No one measured it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct NotMeasured<'p> {
    /// Why.
    not_measured: &'p str,
}

/// What this edition shows, or that it is withheld.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum Part<'p, T> {
    /// It is shown.
    Shown(T),
    /// It is withheld.
    Withheld(Withheld<'p>),
}

/// A figure, or why there is none.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum Given<'p, T> {
    /// It is given.
    Known(T),
    /// Its day has not come.
    NotDue(NotDue<'p>),
    /// No one measured it.
    NotMeasured(NotMeasured<'p>),
    /// It is withheld.
    Withheld(Withheld<'p>),
}

impl<T> Part<'_, T> {
    /// A key that is shown, unless it is kept to a narrower circle.
    pub(super) fn unless(withheld: bool, shown: impl FnOnce() -> T) -> Part<'static, T> {
        match withheld {
            true => Part::Withheld(Withheld { withheld: "kept to a narrower circle" }),
            false => Part::Shown(shown()),
        }
    }

    /// What follows from something that is withheld.
    pub(super) fn follows() -> Part<'static, T> {
        Part::Withheld(Withheld { withheld: "it would follow from what is withheld" })
    }
}

/// What was told, its value seen through `view`.
pub(super) fn given<'p, T, U>(
    told: &'p figure::Given<T>,
    view: impl FnOnce(&'p T) -> U,
) -> Given<'p, U> {
    match told {
        figure::Given::Known(value) => Given::Known(view(value)),
        figure::Given::NotDue(why) => Given::NotDue(NotDue { not_due: why }),
        figure::Given::NotMeasured(why) => Given::NotMeasured(NotMeasured { not_measured: why }),
        figure::Given::Withheld(why) => Given::Withheld(Withheld { withheld: why }),
    }
}

/// What was reckoned.
pub(super) fn known<T, U>(
    value: &Known<T>,
    view: impl FnOnce(&T) -> U,
) -> Option<Part<'static, U>> {
    match value {
        Known::Told(value) => Some(Part::Shown(view(value))),
        Known::Withheld => Some(Part::follows()),
        Known::Nothing => None,
    }
}
