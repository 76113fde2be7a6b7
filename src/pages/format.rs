//! How numbers, money, dates and figures are written in the site's language.
//!
//! Figures are printed with the digits given; only derived numbers are rounded, half away from
//! zero, and never so far that they seem to cross a threshold that they do not.

use crate::documents::date::{Grain, When};
use crate::documents::money::FiscalYear;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

/// A no-break space.
pub const NBSP: char = '\u{a0}';

/// The conventions of a language.
#[derive(Clone, Debug)]
pub struct Format {
    decimal: char,
    thousands: char,
    /// Whether a currency's sign stands before the number.
    sign_first: bool,
    dates: Dates,
    fiscal_start: i8,
    tongue: Tongue,
}

/// The language as far as numbers have words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tongue {
    English,
    German,
    French,
    Spanish,
    Other,
}

impl Tongue {
    /// What stands for a thousand million, a million and a thousand, behind its space.
    fn short(self) -> [&'static str; 3] {
        match self {
            Tongue::English | Tongue::Other => ["bn", "m", "k"],
            Tongue::German => ["\u{a0}Mrd.", "\u{a0}Mio.", "\u{a0}Tsd."],
            Tongue::French => ["\u{a0}Md", "\u{a0}M", "\u{a0}k"],
            Tongue::Spanish => ["\u{a0}mil\u{a0}M", "\u{a0}M", "\u{a0}mil"],
        }
    }

    /// One percentage point, and several.
    fn points(self) -> [&'static str; 2] {
        match self {
            Tongue::English | Tongue::Other => ["point", "points"],
            Tongue::German => ["Prozentpunkt", "Prozentpunkte"],
            Tongue::French => ["point", "points"],
            Tongue::Spanish => ["punto", "puntos"],
        }
    }

    /// What stands before the number of a quarter.
    fn quarter(self) -> char {
        match self {
            Tongue::French | Tongue::Spanish => 'T',
            _ => 'Q',
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Dates {
    /// 31 Mar 2025
    DayMonth,
    /// Mar 31, 2025
    MonthDay,
    /// 31.03.2025
    Dots,
    /// 31/03/2025
    Slashes,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Format {
    /// The conventions of a language tag, as `en-GB`.
    pub fn of(language: &str, fiscal_start: i8) -> Format {
        let main = language.split('-').next().unwrap_or("en");
        let (decimal, thousands, sign_first, dates) = match main {
            "de" => (',', '.', false, Dates::Dots),
            "es" => (',', '.', false, Dates::Slashes),
            "fr" => (',', '\u{202f}', false, Dates::Slashes),
            _ if language == "en-US" => ('.', ',', true, Dates::MonthDay),
            _ => ('.', ',', true, Dates::DayMonth),
        };
        let tongue = match main {
            "en" => Tongue::English,
            "de" => Tongue::German,
            "fr" => Tongue::French,
            "es" => Tongue::Spanish,
            _ => Tongue::Other,
        };
        let (decimal, thousands) = match language {
            "de-CH" | "de-LI" => ('.', '\u{2019}'),
            _ => (decimal, thousands),
        };
        Format { decimal, thousands, sign_first, dates, fiscal_start, tongue }
    }

    /// A number with the digits given.
    pub fn number(&self, value: Decimal) -> String {
        let text = value.abs().to_string();
        let (whole, part) = match text.split_once('.') {
            Some((whole, part)) => (whole, Some(part)),
            None => (text.as_str(), None),
        };
        let mut out = String::with_capacity(text.len() + 6);
        if value.is_sign_negative() && !value.is_zero() {
            out.push('\u{2212}');
        }
        // Spanish sets four digits without a gap.
        let gaps = self.tongue != Tongue::Spanish || whole.len() > 4;
        for (at, digit) in whole.chars().enumerate() {
            if gaps && at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(self.thousands);
            }
            out.push(digit);
        }
        if let Some(part) = part {
            out.push(self.decimal);
            out.push_str(part);
        }
        out
    }

    /// A count.
    pub fn count(&self, n: usize) -> String {
        self.number(Decimal::from(n))
    }

    /// An amount of money in full: `$870,000`.
    pub fn money(&self, amount: Decimal, currency: &str) -> String {
        let cents = if amount.fract().is_zero() { amount.trunc() } else { round(amount, 2) };
        self.signed(&self.number(cents.abs()), cents, currency)
    }

    /// An amount of money in short, as a headline: `$870k`, `$26.2m`.
    pub fn money_short(&self, amount: Decimal, currency: &str) -> String {
        let size = amount.abs();
        let [billion, million, thousand] = self.tongue.short();
        let (unit, letter) = match () {
            () if size >= Decimal::from(1_000_000_000) => (1_000_000_000, billion),
            () if size >= Decimal::from(1_000_000) => (1_000_000, million),
            () if size >= Decimal::from(10_000) => (1_000, thousand),
            () => return self.money(round(amount, 0), currency),
        };
        let scaled = size / Decimal::from(unit);
        let digits =
            if scaled < Decimal::TEN { 2 } else { u32::from(scaled < Decimal::ONE_HUNDRED) };
        let number = format!("{}{letter}", self.number(round(scaled, digits).normalize()));
        self.signed(&number, amount, currency)
    }

    fn signed(&self, number: &str, amount: Decimal, currency: &str) -> String {
        let minus = if amount.is_sign_negative() && !amount.is_zero() { "\u{2212}" } else { "" };
        match (symbol(currency), self.sign_first) {
            (Some(sign), true) => format!("{minus}{sign}{number}"),
            (Some(sign), false) => format!("{minus}{number}{NBSP}{sign}"),
            (None, _) => format!("{minus}{number}{NBSP}{currency}"),
        }
    }

    /// A part of one as a percentage: 0.605 as `61 %`, but 0.997 as `99.7 %`.
    pub fn percent(&self, ratio: Decimal) -> String {
        self.percentage(ratio * Decimal::ONE_HUNDRED)
    }

    /// A percentage that was derived, rounded as far as it stays on its side of 0, 90, 100, 110.
    pub fn percentage(&self, percent: Decimal) -> String {
        let marks = [0, 90, 100, 110].map(Decimal::from);
        let side = |value: Decimal| marks.map(|mark| value.cmp(&mark));
        let rounded = (0..=2).map(|digits| round(percent, digits));
        let kept = rounded.into_iter().find(|value| side(*value) == side(percent));
        let shown = kept.unwrap_or_else(|| round(percent, 3)).normalize();
        format!("{}{NBSP}%", self.number(shown))
    }

    /// A share of a whole: with the digits given, or rounded where it was derived.
    pub fn share(&self, percent: Decimal) -> String {
        let percent = percent.normalize();
        match percent.scale() {
            0..=2 => format!("{}{NBSP}%", self.number(percent)),
            _ => self.percentage(percent),
        }
    }

    /// A figure in its measure: `0.8 days`, `71 %`, `$86`.
    pub fn figure(&self, value: Decimal, measure: &str) -> String {
        let (mut number, small) = self.figure_parts(value, measure);
        number.push_str(&small);
        number
    }

    /// A figure as its number, and what follows it in small letters.
    pub fn figure_parts(&self, value: Decimal, measure: &str) -> (String, String) {
        match measure {
            "" => (self.number(value), String::new()),
            "%" | "percent" => (format!("{}{NBSP}%", self.number(value)), String::new()),
            "percentage points" | "points" | "pp" => {
                let [one, many] = self.tongue.points();
                let word = if value == Decimal::ONE { one } else { many };
                (self.number(value), format!("{NBSP}{word}"))
            }
            _ => match currency_of(measure) {
                Some(currency) => (self.money_as_given(value, currency), String::new()),
                None => (self.number(value), format!("{NBSP}{}", self.counted(value, measure))),
            },
        }
    }

    /// Money with the digits given: a KPI may be told in tenths of a cent.
    fn money_as_given(&self, value: Decimal, currency: &str) -> String {
        self.signed(&self.number(value.abs()), value, currency)
    }

    /// A distance between two figures: between percentages it is in points.
    pub fn gap(&self, distance: Decimal, measure: &str) -> String {
        let measure = if matches!(measure, "%" | "percent") { "points" } else { measure };
        self.figure(distance.abs(), measure)
    }

    /// "1 day", where the measure is a plain English plural.
    fn counted<'m>(&self, value: Decimal, measure: &'m str) -> std::borrow::Cow<'m, str> {
        let first = measure.split(' ').next().unwrap_or_default();
        let plural = first.len() > 3 && first.ends_with('s') && !first.ends_with("ss");
        if self.tongue == Tongue::English && value == Decimal::ONE && plural && first.is_ascii() {
            return format!("{}{}", &first[..first.len() - 1], &measure[first.len()..]).into();
        }
        measure.into()
    }

    /// A day: `31 Mar 2025`.
    pub fn day(&self, date: Date) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        match self.dates {
            Dates::DayMonth => format!("{day}{NBSP}{name}{NBSP}{year}"),
            Dates::MonthDay => format!("{name}{NBSP}{day}, {year}"),
            Dates::Dots => format!("{day:02}.{month:02}.{year}"),
            Dates::Slashes => format!("{day:02}/{month:02}/{year}"),
        }
    }

    /// A date with as much of it as is told.
    pub fn when(&self, when: When) -> String {
        let (month, year) = (when.from.month(), when.from.year());
        match (when.grain, self.dates) {
            (Grain::Day, _) => self.day(when.from),
            (Grain::Month, Dates::DayMonth | Dates::MonthDay) => {
                format!("{}{NBSP}{year}", MONTHS[usize::from(month.unsigned_abs()) - 1])
            }
            (Grain::Month, _) => format!("{month:02}/{year}"),
            (Grain::Quarter, _) => {
                format!("{}{}{NBSP}{year}", self.tongue.quarter(), (month + 2) / 3)
            }
            (Grain::Year, _) => year.to_string(),
        }
    }

    /// A year of money.
    pub fn fiscal_year(&self, year: FiscalYear) -> String {
        year.written(self.fiscal_start)
    }
}

/// Rounds half away from zero.
pub fn round(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// The currency that a measure is, if it is one.
pub fn currency_of(measure: &str) -> Option<&str> {
    match measure {
        "$" => Some("USD"),
        "€" => Some("EUR"),
        "£" => Some("GBP"),
        code if code.len() == 3 && symbol(code).is_some() => Some(code),
        "CHF" | "SEK" | "NOK" | "DKK" | "PLN" | "CZK" | "AUD" | "CAD" | "NZD" | "SGD" | "ZAR"
        | "BRL" => Some(measure),
        _ => None,
    }
}

fn symbol(currency: &str) -> Option<&'static str> {
    match currency {
        "USD" => Some("$"),
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "JPY" => Some("¥"),
        "INR" => Some("₹"),
        _ => None,
    }
}

/// A word in one number or the other: `1 project`, `3 projects`.
pub fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn figures_keep_their_digits() {
        let en = Format::of("en", 1);
        for (value, measure, written) in [
            ("0.80", "days", "0.80 days"),
            ("1", "days", "1 day"),
            ("1", "days of rework", "1 day of rework"),
            ("71", "%", "71 %"),
            ("86", "USD", "$86"),
            ("-1234.5", "", "−1,234.5"),
            ("12", "USD per claim", "12 USD per claim"),
        ] {
            assert_eq!(en.figure(d(value), measure).replace(NBSP, " "), written);
        }
        assert_eq!(en.gap(d("-4"), "%").replace(NBSP, " "), "4 points");
    }

    #[test]
    fn rounding_never_crosses_a_threshold() {
        let en = Format::of("en", 1);
        for (percent, written) in [
            ("60.5", "61 %"),
            ("99.7", "99.7 %"),
            ("99.996", "99.996 %"),
            ("89.6", "89.6 %"),
            ("109.99", "109.99 %"),
            ("0.2", "0.2 %"),
            ("-0.4", "−0.4 %"),
            ("100", "100 %"),
        ] {
            assert_eq!(en.percentage(d(percent)).replace(NBSP, " "), written);
        }
    }

    #[test]
    fn money_and_dates_follow_the_language() {
        let (en, us, de) = (Format::of("en-GB", 1), Format::of("en-US", 1), Format::of("de", 1));
        assert_eq!(en.money(d("870000"), "GBP"), "£870,000");
        assert_eq!(en.money_short(d("-26180000"), "USD"), "−$26.2m");
        assert_eq!(en.money_short(d("870000"), "USD"), "$870k");
        assert_eq!(
            de.money(d("1310000.5"), "EUR").replace(NBSP, " "),
            "1.310.000,50 €".replace(",50", ",5")
        );
        let (fr, es) = (Format::of("fr", 1), Format::of("es", 1));
        let short = |format: &Format, amount| {
            format.money_short(d(amount), "EUR").replace([NBSP, '\u{202f}'], " ")
        };
        assert_eq!(short(&de, "26180000"), "26,2 Mio. €");
        assert_eq!(short(&fr, "870000"), "870 k €");
        assert_eq!(short(&es, "870000"), "870 mil €");
        assert_eq!(es.number(d("1234")), "1234");
        assert_eq!(es.number(d("12345.5")), "12.345,5");
        assert_eq!(fr.number(d("1234")).replace('\u{202f}', " "), "1 234");
        assert_eq!(Format::of("de-CH", 1).number(d("1234.5")), "1’234.5");
        assert_eq!(de.gap(d("-4"), "%").replace(NBSP, " "), "4 Prozentpunkte");
        let day = jiff::civil::date(2025, 3, 31);
        assert_eq!(en.day(day).replace(NBSP, " "), "31 Mar 2025");
        assert_eq!(us.day(day).replace(NBSP, " "), "Mar 31, 2025");
        assert_eq!(de.day(day), "31.03.2025");
    }
}
