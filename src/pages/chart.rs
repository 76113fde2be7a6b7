//! Charts as SVG, each kind in a file of its own.
//!
//! Classes only, so that the style sheet decides on light, dark, print and forced colors; a title
//! in words; no text inside, for it would stretch. Coordinates are whole numbers of the view box.

mod bullet;
mod line;
mod shares;
mod spent;
mod standings;
mod timeline;
mod years;

pub use bullet::{Bullet, bullet};
pub use line::{Line, line, spark};
pub use shares::shares;
pub use spent::spent;
pub use standings::{Part, standings};
pub use timeline::{Mark, timeline};
pub use years::years;

use super::format::put_whole;
use pulldown_cmark_escape::escape_html;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

/// How wide a chart is that stands in a column of a table or of a page.
const WIDTH: i64 = 320;

/// A range of numbers laid on a line of a length.
#[derive(Clone, Copy, Debug)]
struct Scale {
    low: Decimal,
    high: Decimal,
    length: i64,
}

impl Scale {
    /// A scale that holds zero and all values, to a round number above the largest.
    fn holding(values: &[Decimal], length: i64) -> Scale {
        let low = values.iter().copied().min().unwrap_or_default().min(Decimal::ZERO);
        let high = values.iter().copied().max().unwrap_or_default().max(Decimal::ZERO);
        let high = if high.is_zero() && low.is_zero() { Decimal::ONE } else { high };
        // A little room, so that what lies beyond a target can be seen to lie there.
        let room = Decimal::new(102, 2);
        Scale { low: -above(-low * room), high: above(high * room), length }
    }

    fn at(&self, value: Decimal) -> i64 {
        let place = self.place(value).unwrap_or_else(|| self.divided(value));
        place.clamp(0, self.length)
    }

    /// The place of a value in whole numbers, where they are not too large: most are small, and a
    /// decimal is divided to its 28th digit.
    fn place(&self, value: Decimal) -> Option<i64> {
        let scale = self.low.scale().max(self.high.scale()).max(value.scale());
        let units = |value: Decimal| {
            let zeros = 10_i64.checked_pow(scale - value.scale())?;
            i64::try_from(value.mantissa()).ok()?.checked_mul(zeros)
        };
        let low = units(self.low)?;
        let part = units(value)?.checked_sub(low)?.checked_mul(self.length)?.checked_mul(2)?;
        let all = units(self.high)?.checked_sub(low)?;
        // Half away from zero.
        let half = if part < 0 { -all } else { all };
        part.checked_add(half)?.checked_div(all.checked_mul(2)?)
    }

    fn divided(&self, value: Decimal) -> i64 {
        whole((value - self.low) * Decimal::from(self.length) / (self.high - self.low))
    }
}

/// The next number above with one or two digits of its own.
fn above(value: Decimal) -> Decimal {
    if value <= Decimal::ZERO {
        return Decimal::ZERO;
    }
    let mut step = Decimal::ONE;
    while step * Decimal::TEN <= value {
        step *= Decimal::TEN;
    }
    while step > value && step > Decimal::new(1, 9) {
        step /= Decimal::TEN;
    }
    let fine = step / Decimal::TWO;
    ((value / fine).ceil() * fine).normalize()
}

fn whole(value: Decimal) -> i64 {
    value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(0)
}

/// Opens a path; what it draws comes behind it.
fn path(svg: &mut String, class: &str) {
    svg.push_str("<path class=\"");
    svg.push_str(class);
    svg.push_str("\" d=\"");
}

/// Numbers, each behind its letters, and what closes them; a large site has 100,000 charts.
fn draw<const N: usize>(svg: &mut String, letters: [&str; N], numbers: [i64; N], end: &str) {
    for (letters, number) in letters.into_iter().zip(numbers) {
        svg.push_str(letters);
        put_whole(svg, number);
    }
    svg.push_str(end);
}

/// What a chart says of itself: what it is of, and in words what it shows, unless its name is all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'s> {
    pub title: &'s str,
    pub desc: &'s str,
}

impl Said<'_> {
    fn write(self, svg: &mut String) {
        let mut element = |open, text, close| {
            svg.push_str(open);
            // Writing to a string cannot fail.
            let _ = escape_html(&mut *svg, text);
            svg.push_str(close);
        };
        element("<title>", self.title, "</title>");
        if !self.desc.is_empty() {
            element("<desc>", self.desc, "</desc>");
        }
    }
}

fn open(class: &str, width: i64, height: i64, said: Said<'_>) -> String {
    let mut svg = String::with_capacity(420 + said.title.len() + said.desc.len());
    svg.push_str("<svg class=\"");
    svg.push_str(class);
    svg.push_str("\" role=\"img\" viewBox=\"0 0 ");
    draw(&mut svg, ["", " "], [width, height], "\" preserveAspectRatio=\"none\">");
    said.write(&mut svg);
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn places_in_whole_numbers_are_those_of_decimals() {
        let mut seed: i64 = 7;
        let mut next = |most: i64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            (seed >> 33) % most
        };
        for _ in 0..20_000 {
            let mut some = || {
                let scale = u32::try_from(next(4).abs()).unwrap();
                let most = 10_i64.pow(u32::try_from(next(8).abs()).unwrap() + 1);
                Decimal::new(next(most), scale)
            };
            let (value, other) = (some(), some());
            let scale = Scale::holding(&[value, other], WIDTH);
            for value in [value, other, scale.low, scale.high, (scale.low + scale.high) / d(2)] {
                assert_eq!(scale.place(value), Some(scale.divided(value)), "{value} on {scale:?}");
            }
        }
        let large = d(i64::MAX) * d(1_000);
        let scale = Scale::holding(&[large], WIDTH);
        assert_eq!(scale.place(large / d(2)), None);
        assert!((1..WIDTH).contains(&scale.at(large / d(2))));
    }
}
