//! Money: amounts that may be withheld, years of money, and shares of a whole.

use super::fields::{Fields, Read};
use super::figure::{Given, decimal, reasons};
use super::reader::Reader;
use super::text::scalar;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Span};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An amount of money, exact, or why it is not told.
pub type Amount = Given<Decimal>;

/// A year of money by the calendar year in which it begins: 2025 is 2025, or 2025/26.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FiscalYear(pub i16);

/// Beyond this a percentage is a slip, and its products with amounts would not stay exact.
const MOST_PERCENT: Decimal = Decimal::ONE_THOUSAND;

/// Amounts by year.
pub type ByYear = BTreeMap<FiscalYear, Amount>;

/// What a unit pays: a part of the whole, or an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Share {
    /// Percent of the whole: `60%`.
    Percent(Decimal),
    /// An amount of money.
    Amount(Decimal),
    /// Not told.
    Withheld(String),
}

/// Reads `870000`, `870k`, `1.2m`, `1,310,000`.
pub fn amount(text: &str, thousands: char) -> Option<Decimal> {
    if let Some(value) = decimal(text) {
        return unambiguous(text).then_some(value);
    }
    for (letter, zeros) in [('k', 1_000i64), ('m', 1_000_000), ('b', 1_000_000_000)] {
        if let Some(number) = text.strip_suffix([letter, letter.to_ascii_uppercase()]) {
            let value = (decimal(number)? * Decimal::from(zeros)).normalize();
            return decimal(&value.to_string());
        }
    }
    grouped(text, thousands).and_then(|digits| decimal(&digits))
}

/// Money has two digits behind its point; with three, `150.000` could be either.
fn unambiguous(text: &str) -> bool {
    text.split_once('.').is_none_or(|(_, part)| part.len() != 3)
}

/// `0.15 Mio` and `2 million` as `0.15m` and `2m`.
fn large(text: &str) -> Option<String> {
    let (number, word) = text.trim().split_once(' ')?;
    let number = number.replacen(',', ".", 1);
    decimal(&number)?;
    let letter = match word.trim_end_matches('.').to_lowercase().split(' ').next()? {
        "k" | "tsd" | "thousand" | "mille" | "mil" => 'k',
        "m" | "mio" | "mn" | "mln" | "million" | "millions" | "millionen" => 'm',
        "b" | "bn" | "mrd" | "billion" | "milliarden" | "milliards" => 'b',
        _ => return None,
    };
    Some(format!("{number}{letter}"))
}

/// The digits of `1,310,000`, if its groups are whole.
fn grouped(text: &str, thousands: char) -> Option<String> {
    let same = |c: char| c == thousands || (is_space(c) && is_space(thousands));
    let (whole, part) =
        match (thousands, text.rsplit_once(if thousands == '.' { ',' } else { '.' })) {
            (_, Some((whole, part))) => (whole, Some(part)),
            (_, None) => (text, None),
        };
    let groups: Vec<&str> = whole.split(same).collect();
    let (first, rest) = groups.split_first()?;
    let sound = !rest.is_empty()
        && (1..=3).contains(&first.trim_start_matches('-').len())
        && rest.iter().all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    let digits = groups.concat();
    sound.then(|| part.map_or(digits.clone(), |part| format!("{digits}.{part}")))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

impl Read for Amount {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Amount> {
        if !matches!(node.value, Value::Map(_)) {
            return plain_amount(node, reader).map(Given::Known);
        }
        let fields = Fields::of(node, "an amount", reader)?;
        let reason = reasons(&fields);
        let value = fields.node("value").and_then(|value| plain_amount(value, reader));
        if reason.is_none() && value.is_none() && fields.node("value").is_none() {
            fields.missing("value");
        }
        fields.done();
        value.map(Given::Known).or(reason)
    }
}

/// Reads an amount that must be given.
pub fn plain_amount(node: &Node<'_>, reader: &Reader<'_>) -> Option<Decimal> {
    let text = scalar(node, "an amount", reader)?;
    let thousands = reader.conventions.thousands;
    let value = amount(text, thousands);
    if value.is_none() {
        let message = format!("`{text}` is not an amount");
        let help = match text.strip_suffix(['%']) {
            Some(_) => "write an amount of money here, as 870000 or 870k".into(),
            None if decimal(text).is_some() => {
                let plain = text.trim_end_matches('0').trim_end_matches('.');
                format!("write {} or {plain}", text.replace('.', ""))
            }
            None => without_sign(text, thousands).unwrap_or_else(|| {
                format!("write 870000, 870k, 1.2m or 1{thousands}310{thousands}000")
            }),
        };
        reader.say(Code::BadAmount, node.span, message).help(help);
    }
    value
}

/// `$870,000` and `870000 EUR`: the currency has a key of its own.
fn without_sign(text: &str, thousands: char) -> Option<String> {
    if let Some(written) = large(text) {
        return Some(format!("write {written}"));
    }
    let joined: String = text.chars().filter(|c| !is_space(*c) && *c != '\'').collect();
    for candidate in [joined.replacen(',', ".", 1), joined.clone()] {
        let plain = !joined.contains('.') || candidate == joined;
        if plain && candidate != text && amount(&candidate, thousands).is_some() {
            return Some(format!("write {candidate}"));
        }
    }
    let start = text.find(|c: char| c.is_ascii_digit() || c == '-')?;
    let digits = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let letter = text[digits..].chars().next().filter(|c| "kKmMbB".contains(*c));
    let alone = letter.filter(|_| !text[digits + 1..].starts_with(char::is_alphanumeric));
    let end = digits + alone.map_or(0, char::len_utf8);
    let bare = text.get(start..end)?;
    if decimal(bare).is_some() && !unambiguous(bare) {
        return Some(format!("write {}; the currency stands in `currency`", bare.replace('.', "")));
    }
    let bare = Some(bare).filter(|bare| amount(bare, thousands).is_some())?;
    let rest = format!("{}{}", text[..start].trim(), text[end..].trim());
    let currency = rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_uppercase())
        || rest.chars().count() == 1;
    let why = if currency { "; the currency stands in `currency`" } else { "" };
    Some(format!("write {bare}{why}"))
}

impl FiscalYear {
    /// The year as it is written: `2025`, or `2025/26` where it does not begin in January.
    pub fn written(self, fiscal_start: i8) -> String {
        match fiscal_start {
            1 => format!("{}", self.0),
            _ => format!("{}/{:02}", self.0, (self.0 + 1) % 100),
        }
    }

    fn parse(text: &str, fiscal_start: i8) -> Option<FiscalYear> {
        let year: i16 = text.get(..4)?.parse().ok().filter(|year| *year >= 1000)?;
        (FiscalYear(year).written(fiscal_start) == text).then_some(FiscalYear(year))
    }

    /// The year in which a day falls.
    pub fn of(day: jiff::civil::Date, fiscal_start: i8) -> FiscalYear {
        FiscalYear(if day.month() < fiscal_start { day.year() - 1 } else { day.year() })
    }
}

/// Reads the key of a year of money.
pub fn fiscal_year(key: &str, span: Span, reader: &Reader<'_>) -> Option<FiscalYear> {
    let start = reader.conventions.fiscal_start;
    let year = FiscalYear::parse(key, start);
    if year.is_none() {
        let message = format!("`{key}` is not a year of money");
        let help = format!("write the year as {}", FiscalYear(2025).written(start));
        reader.say(Code::BadYear, span, message).help(help);
    }
    year
}

impl Read for ByYear {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<ByYear> {
        let fields = Fields::of(node, "amounts by year", reader)?;
        let years = fields.entries().iter().filter_map(|entry| {
            let year = fiscal_year(&entry.key, entry.key_span, reader)?;
            Some((year, Amount::read(&entry.value, reader)?))
        });
        Some(years.collect())
    }
}

impl Read for Share {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Share> {
        if matches!(node.value, Value::Map(_)) {
            return match Amount::read(node, reader)? {
                Given::Known(amount) => Some(Share::Amount(amount)),
                Given::Withheld(why) | Given::NotDue(why) | Given::NotMeasured(why) => {
                    Some(Share::Withheld(why))
                }
            };
        }
        let text = scalar(node, "a share", reader)?;
        let share = match text.strip_suffix('%') {
            Some(percent) => decimal(percent.trim_end())
                .filter(|percent| percent.abs() <= MOST_PERCENT)
                .map(Share::Percent),
            None => amount(text, reader.conventions.thousands).map(Share::Amount),
        };
        if share.is_none() {
            let message = format!("`{text}` is neither a percentage nor an amount");
            reader.say(Code::BadShare, node.span, message).help("write 60% or 522000");
        }
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_take_letters_and_thousands() {
        for (text, thousands, value) in [
            ("870k", ',', "870000"),
            ("1.2m", ',', "1200000"),
            ("1,310,000", ',', "1310000"),
            ("1,310,000.50", ',', "1310000.50"),
            ("1.310.000", '.', "1310000"),
            ("1.310.000,50", '.', "1310000.50"),
            ("1 310 000", '\u{202f}', "1310000"),
            ("-20", ',', "-20"),
        ] {
            assert_eq!(
                amount(text, thousands).map(|d| d.to_string()).as_deref(),
                Some(value),
                "{text}"
            );
        }
        for (text, thousands) in
            [("1,31", ','), ("1.200", '.'), ("$5", ','), ("1e3", ','), ("k", ',')]
        {
            assert_eq!(amount(text, thousands), None, "{text}");
        }
    }

    #[test]
    fn years_of_money_follow_the_fiscal_start() {
        assert_eq!(FiscalYear::parse("2025", 1), Some(FiscalYear(2025)));
        assert_eq!(FiscalYear::parse("2025", 4), None);
        assert_eq!(FiscalYear::parse("2025/26", 4), Some(FiscalYear(2025)));
        assert_eq!(FiscalYear::parse("2025/27", 4), None);
        assert_eq!(FiscalYear::of(jiff::civil::date(2026, 3, 31), 4), FiscalYear(2025));
    }
}
