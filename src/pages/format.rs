//! How numbers, money, dates and figures are written in the site's language.
//!
//! Figures are printed with the digits given; only derived numbers are rounded, half away from
//! zero, and never so far that they seem to cross a threshold that they do not.

mod dates;
mod digits;

use crate::documents::money::FiscalYear;
use dates::Dates;
use digits::Digits;
use rust_decimal::{Decimal, RoundingStrategy};
use std::borrow::Cow;

pub(super) use digits::{put_raw, put_whole, raw};

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
        let mut out = String::with_capacity(24);
        self.put_number(&mut out, value);
        out
    }

    fn put_number(&self, out: &mut String, value: Decimal) {
        if value.is_sign_negative() && !value.is_zero() {
            out.push('\u{2212}');
        }
        let digits = Digits::of(value);
        let whole = digits.whole();
        // Spanish sets four digits without a gap.
        let gaps = whole.len() > if self.tongue == Tongue::Spanish { 4 } else { 3 };
        let first = if gaps { (whole.len() - 1) % 3 + 1 } else { whole.len() };
        let (first, mut rest) = whole.split_at(first);
        out.push_str(first);
        while let Some((three, others)) = rest.split_at_checked(3) {
            out.push(self.thousands);
            out.push_str(three);
            rest = others;
        }
        let part = digits.part();
        if !part.is_empty() {
            out.push(self.decimal);
            out.push_str(part);
        }
    }

    /// A count.
    pub fn count(&self, n: usize) -> String {
        self.number(Decimal::from(n))
    }

    /// An amount of money in full: `$870,000`.
    pub fn money(&self, amount: Decimal, currency: &str) -> String {
        let cents = match amount.scale() {
            0 => amount,
            _ if amount.fract().is_zero() => amount.trunc(),
            _ => round(amount, 2),
        };
        self.signed(cents, "", cents, currency)
    }

    /// An amount of money in short, as a headline: `$870k`, `$26.2m`.
    pub fn money_short(&self, amount: Decimal, currency: &str) -> String {
        let size = amount.abs();
        let [billion, million, thousand] = self.tongue.short();
        let (zeros, letter) = match () {
            () if size >= Decimal::from(1_000_000_000) => (9, billion),
            () if size >= Decimal::from(1_000_000) => (6, million),
            () if size >= Decimal::from(10_000) => (3, thousand),
            () => return self.money(round(amount, 0), currency),
        };
        let scaled = parted(size, zeros);
        let digits =
            if scaled < Decimal::TEN { 2 } else { u32::from(scaled < Decimal::ONE_HUNDRED) };
        self.signed(round(scaled, digits).normalize(), letter, amount, currency)
    }

    /// A size, what it is counted in, and the sign and the currency of an amount.
    fn signed(&self, size: Decimal, letter: &str, amount: Decimal, currency: &str) -> String {
        let mut out = String::with_capacity(32);
        if amount.is_sign_negative() && !amount.is_zero() {
            out.push('\u{2212}');
        }
        let sign = symbol(currency);
        if let (Some(sign), true) = (sign, self.sign_first) {
            out.push_str(sign);
        }
        self.put_number(&mut out, size.abs());
        out.push_str(letter);
        if sign.is_none() || !self.sign_first {
            out.push(NBSP);
            out.push_str(sign.unwrap_or(currency));
        }
        out
    }

    /// A part of one as a percentage: 0.605 as `61 %`, but 0.997 as `99.7 %`.
    pub fn percent(&self, ratio: Decimal) -> String {
        self.percentage(ratio * Decimal::ONE_HUNDRED)
    }

    /// A percentage that was derived, rounded as far as it stays on its side of 0, 90, 100, 110.
    pub fn percentage(&self, percent: Decimal) -> String {
        let marks = [0, 90, 100, 110].map(Decimal::from);
        let side = |value: Decimal| marks.map(|mark| value.cmp(&mark));
        let mine = side(percent);
        let rounded = (0..=2).map(|digits| round(percent, digits));
        let kept = rounded.into_iter().find(|value| side(*value) == mine);
        self.percent_sign(kept.unwrap_or_else(|| round(percent, 3)).normalize())
    }

    fn percent_sign(&self, percent: Decimal) -> String {
        let mut out = self.number(percent);
        out.push(NBSP);
        out.push('%');
        out
    }

    /// A share of a whole: with the digits given, or rounded where it was derived.
    pub fn share(&self, percent: Decimal) -> String {
        let percent = percent.normalize();
        match percent.scale() {
            0..=2 => self.percent_sign(percent),
            _ => self.percentage(percent),
        }
    }

    /// A figure in its measure: `0.8 days`, `71 %`, `$86`.
    pub fn figure(&self, value: Decimal, measure: &str) -> String {
        let (mut number, small) = self.parted_figure(value, measure);
        if !small.is_empty() {
            number.push(NBSP);
            number.push_str(&small);
        }
        number
    }

    /// A figure as its number, and what follows it in small letters.
    pub fn figure_parts(&self, value: Decimal, measure: &str) -> (String, String) {
        let (number, small) = self.parted_figure(value, measure);
        let small = if small.is_empty() { String::new() } else { format!("{NBSP}{small}") };
        (number, small)
    }

    /// A figure as its number, and what follows it behind a space.
    fn parted_figure<'m>(&self, value: Decimal, measure: &'m str) -> (String, Cow<'m, str>) {
        match measure {
            "" => (self.number(value), "".into()),
            "%" | "percent" => (self.percent_sign(value), "".into()),
            "percentage points" | "points" | "pp" => {
                let [one, many] = self.tongue.points();
                (self.number(value), if value == Decimal::ONE { one } else { many }.into())
            }
            _ => match currency_of(measure) {
                // The digits given: a KPI may be told in tenths of a cent.
                Some(currency) => (self.signed(value, "", value, currency), "".into()),
                None => (self.number(value), self.counted(value, measure)),
            },
        }
    }

    /// A distance between two figures: between percentages it is in points.
    pub fn gap(&self, distance: Decimal, measure: &str) -> String {
        let measure = if matches!(measure, "%" | "percent") { "points" } else { measure };
        self.figure(distance.abs(), measure)
    }

    /// "1 day", where the measure is a plain English plural.
    fn counted<'m>(&self, value: Decimal, measure: &'m str) -> Cow<'m, str> {
        let first = &measure[..measure.find(' ').unwrap_or(measure.len())];
        let plural = first.len() > 3 && first.ends_with('s') && !first.ends_with("ss");
        if self.tongue == Tongue::English && value == Decimal::ONE && plural && first.is_ascii() {
            return format!("{}{}", &first[..first.len() - 1], &measure[first.len()..]).into();
        }
        measure.into()
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

/// A size divided by a ten of so many zeros: its point moves.
fn parted(mut size: Decimal, zeros: u32) -> Decimal {
    match size.set_scale(size.scale() + zeros) {
        Ok(()) => size,
        Err(_) => size / Decimal::from(10_u64.pow(zeros)),
    }
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
        let early = jiff::civil::date(998, 1, 2);
        assert_eq!(en.day(early).replace(NBSP, " "), "2 Jan 998");
        assert_eq!((de.day(early), fr.day(early)), ("02.01.998".into(), "02/01/998".into()));
    }
}
