//! Dates, as the site's language writes them.

use super::{Format, NBSP, put_whole};
use crate::documents::date::{Grain, When};
use jiff::civil::Date;

/// The order and the signs of a date.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dates {
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
    /// A day: `31 Mar 2025`.
    pub fn day(&self, date: Date) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        // A project has dozens of dates, so they are put together by hand.
        let mut out = String::with_capacity(16);
        match self.dates {
            Dates::DayMonth => {
                put_whole(&mut out, day.into());
                out.push(NBSP);
                out.push_str(name);
                out.push(NBSP);
            }
            Dates::MonthDay => {
                out.push_str(name);
                out.push(NBSP);
                put_whole(&mut out, day.into());
                out.push_str(", ");
            }
            Dates::Dots | Dates::Slashes => {
                let between = if matches!(self.dates, Dates::Dots) { '.' } else { '/' };
                put_two(&mut out, day);
                out.push(between);
                put_two(&mut out, month);
                out.push(between);
            }
        }
        put_whole(&mut out, year.into());
        out
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
}

/// A day or a month in two digits.
fn put_two(out: &mut String, number: i8) {
    if number < 10 {
        out.push('0');
    }
    put_whole(out, number.into());
}
