//! An amount that may be withheld or not told: what follows from it is so as well, and never zero.

use crate::documents::money::Amount;
use rust_decimal::Decimal;

/// An amount that is known, withheld, or not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known<T> {
    /// It is told, or follows from what is told.
    Told(T),
    /// It is withheld, or follows from what is withheld.
    Withheld,
    /// Nothing is told.
    #[default]
    Nothing,
}

impl<T> Known<T> {
    /// The amount, if it is known.
    pub fn value(self) -> Option<T> {
        match self {
            Known::Told(value) => Some(value),
            _ => None,
        }
    }

    /// The same, borrowed.
    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Known::Told(value) => Known::Told(value),
            Known::Withheld => Known::Withheld,
            Known::Nothing => Known::Nothing,
        }
    }

    /// What follows from it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Known::Told(value) => Known::Told(f(value)),
            Known::Withheld => Known::Withheld,
            Known::Nothing => Known::Nothing,
        }
    }

    /// What follows from it, where something does.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Option<U>) -> Known<U> {
        match self {
            Known::Told(value) => f(value).map_or(Known::Nothing, Known::Told),
            Known::Withheld => Known::Withheld,
            Known::Nothing => Known::Nothing,
        }
    }

    /// This, or another where nothing is told.
    pub fn or(self, other: Known<T>) -> Known<T> {
        if matches!(self, Known::Nothing) { other } else { self }
    }
}

impl From<Option<&Amount>> for Known<Decimal> {
    fn from(amount: Option<&Amount>) -> Known<Decimal> {
        match amount {
            Some(Amount::Known(value)) => Known::Told(*value),
            Some(Amount::Withheld(_)) => Known::Withheld,
            _ => Known::Nothing,
        }
    }
}
