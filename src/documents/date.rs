//! Dates, whole or in part: a day, a month, a quarter or a year, each an interval of days.
//!
//! Deadlines use an interval's end, order rules need intervals that do not touch, and a slip in
//! days needs whole dates.

use super::fields::Read;
use super::reader::Reader;
use super::text::scalar;
use super::yaml::Node;
use crate::diagnostics::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How much of a date is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grain {
    /// `2024-11-04`
    Day,
    /// `2024-11`
    Month,
    /// `2024-Q4`, a quarter of the calendar year
    Quarter,
    /// `2024`
    Year,
}

/// A date, whole or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When {
    /// The last day that it can mean: what a deadline uses.
    pub to: Date,
    /// The first day that it can mean.
    pub from: Date,
    /// How much of it is said.
    pub grain: Grain,
}

impl When {
    /// A whole date.
    pub fn day(date: Date) -> When {
        When { to: date, from: date, grain: Grain::Day }
    }

    /// Reads a date in one of the four forms.
    pub fn parse(text: &str) -> Option<When> {
        let digits = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then_some(())
        };
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        digits(year, 4)?;
        let year: i16 = year.parse().ok()?;
        let Some(rest) = rest else {
            return When::span(
                Date::new(year, 1, 1).ok()?,
                Date::new(year, 12, 1).ok()?,
                Grain::Year,
            );
        };
        if let Some(quarter) = rest.strip_prefix('Q') {
            digits(quarter, 1)?;
            let first: i8 = quarter.parse::<i8>().ok().filter(|q| (1..=4).contains(q))? * 3 - 2;
            let from = Date::new(year, first, 1).ok()?;
            return When::span(from, Date::new(year, first + 2, 1).ok()?, Grain::Quarter);
        }
        let (month, day) = match rest.split_once('-') {
            Some((month, day)) => (month, Some(day)),
            None => (rest, None),
        };
        digits(month, 2)?;
        let month: i8 = month.parse().ok()?;
        let Some(day) = day else {
            let from = Date::new(year, month, 1).ok()?;
            return When::span(from, from, Grain::Month);
        };
        digits(day, 2)?;
        Some(When::day(Date::new(year, month, day.parse().ok()?).ok()?))
    }

    fn span(from: Date, last_month: Date, grain: Grain) -> Option<When> {
        Some(When { to: last_month.last_of_month(), from, grain })
    }

    /// The date as it is written in front matter and data files.
    pub fn iso(&self) -> String {
        let year = self.from.year();
        match self.grain {
            Grain::Day => self.from.to_string(),
            Grain::Month => format!("{year:04}-{:02}", self.from.month()),
            Grain::Quarter => format!("{year:04}-Q{}", (self.from.month() + 2) / 3),
            Grain::Year => format!("{year:04}"),
        }
    }

    /// The day itself, where the date is whole.
    pub fn whole(&self) -> Option<Date> {
        (self.grain == Grain::Day).then_some(self.from)
    }
}

impl Read for When {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<When> {
        let text = scalar(node, "a date", reader)?;
        let when = When::parse(text);
        if when.is_none() {
            let message = format!("`{text}` is not a date");
            reader.say(Code::BadDate, node.span, message).help(mend(text));
        }
        when
    }
}

/// What to write in place of a date in another form: the same day where it is plain which one,
/// else the forms. `03/04/2026` is not plain.
pub fn mend(text: &str) -> String {
    let parts: Vec<&str> =
        text.split(['/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = |part: &str| {
        let named = part.to_lowercase();
        let at = months.iter().position(|month| named.starts_with(month)).map(|at| at + 1);
        at.or_else(|| part.parse().ok()).map_or(String::new(), |month| format!("{month:02}"))
    };
    let day = |part: &str| format!("{part:0>2}");
    let written = match parts.as_slice() {
        [y, m] if is_year(y) => format!("{y}-{}", month(m)),
        [m, y] if is_year(y) => format!("{y}-{}", month(m)),
        [y, m, d] if is_year(y) => format!("{y}-{}-{}", month(m), day(d)),
        [d, m, y] if is_year(y) && !text.contains('/') && d.parse::<u8>().is_ok() => {
            format!("{y}-{}-{}", month(m), day(d))
        }
        _ => String::new(),
    };
    match When::parse(&written) {
        Some(_) => format!("write {written}"),
        None => "write a date as 2024-11-04, 2024-11, 2024-Q4 or 2024".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_an_interval_and_keeps_its_form() {
        for (text, from, to) in [
            ("2024-11-04", "2024-11-04", "2024-11-04"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-Q4", "2024-10-01", "2024-12-31"),
            ("2023", "2023-01-01", "2023-12-31"),
        ] {
            let when = When::parse(text).unwrap();
            assert_eq!((when.from.to_string(), when.to.to_string()), (from.into(), to.into()));
            assert_eq!(when.iso(), text);
        }
    }

    #[test]
    fn what_does_not_exist_is_no_date() {
        for text in ["2026-02-30", "26-02-03", "03/04/2026", "2024-Q5", "2024-13", "2024-1-1", ""] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_in_another_form_is_mended_where_it_is_plain() {
        let forms = "write a date as 2024-11-04, 2024-11, 2024-Q4 or 2024";
        for (text, help) in [
            ("March 2025", "write 2025-03"),
            ("2025/03", "write 2025-03"),
            ("31.1.2025", "write 2025-01-31"),
            ("4 November 2024", "write 2024-11-04"),
            ("2024/11/04", "write 2024-11-04"),
            ("03/04/2026", forms),
            ("2026-02-30", forms),
            ("31.13.2025", forms),
            ("soon", forms),
            ("é 2025", forms),
        ] {
            assert_eq!(mend(text), help, "{text}");
        }
    }
}
