//! Charts as SVG: a bullet of a KPI, its series as a line, the bar of who paid.
//!
//! Classes only, so that the style sheet decides on light, dark, print and forced colors; a title
//! in words; no text inside, for it would stretch. Coordinates are whole numbers of the view box.

use super::format::put_whole;
use crate::documents::kpi::Direction;
use crate::documents::series::Reading;
use crate::portfolio::kpi::Bounds;
use pulldown_cmark_escape::escape_html;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use std::fmt::Write;

/// What a bullet shows.
#[derive(Clone, Copy, Debug)]
pub struct Bullet {
    /// The value that was judged.
    pub actual: Decimal,
    /// Where it began.
    pub baseline: Option<Decimal>,
    /// What it was to reach.
    pub bounds: Bounds,
    /// Which way is better.
    pub direction: Option<Direction>,
}

/// A range of numbers laid on a line of a length.
#[derive(Clone, Copy, Debug)]
struct Scale {
    low: Decimal,
    high: Decimal,
    length: i64,
}

const WIDTH: i64 = 320;

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

/// A bullet chart, and the two ends of its scale.
pub fn bullet(bullet: &Bullet, title: &str) -> (String, [Decimal; 2]) {
    let Bullet { actual, baseline, bounds, direction } = *bullet;
    let values: Vec<Decimal> =
        [Some(actual), baseline, bounds.min, bounds.max].into_iter().flatten().collect();
    let scale = Scale::holding(&values, WIDTH);
    let mut svg = open("bullet", WIDTH, 40, title);
    let mut band = |class: &str, from: i64, to: i64| {
        if to > from {
            path(&mut svg, class);
            draw(&mut svg, ["M", " 4h", "v32H"], [from, to - from, from], "z\"/>");
        }
    };
    let base = baseline.map(|value| scale.at(value));
    match (direction, bounds.min, bounds.max) {
        (Some(Direction::Lower), _, Some(max)) => {
            band("r3", 0, WIDTH);
            band("r2", 0, base.unwrap_or(WIDTH));
            band("r1", 0, scale.at(max));
        }
        (Some(Direction::Higher), Some(min), _) => {
            band("r1", 0, WIDTH);
            band("r2", 0, scale.at(min));
            band("r3", 0, base.unwrap_or(0).min(scale.at(min)));
        }
        (_, min, max) => {
            band("r2", 0, WIDTH);
            let (from, to) = (min.map_or(0, |v| scale.at(v)), max.map_or(WIDTH, |v| scale.at(v)));
            band("r1", from, to);
        }
    }
    let (zero, end) = (scale.at(Decimal::ZERO), scale.at(actual));
    let (from, to) = (zero.min(end), zero.max(end).max(zero.min(end) + 2));
    path(&mut svg, "bar");
    draw(&mut svg, ["M", " 14h", "v12H"], [from, to - from, from], "z\"/>");
    if let Some(base) = base {
        path(&mut svg, "base");
        draw(&mut svg, ["M"], [base], " 4v32\"/>");
    }
    let mut marks: Vec<i64> =
        [bounds.min, bounds.max].into_iter().flatten().map(|v| scale.at(v)).collect();
    marks.dedup();
    for mark in marks {
        path(&mut svg, "target");
        draw(&mut svg, ["M"], [mark], " 0v40\"/>");
    }
    svg.push_str("</svg>");
    (svg, [scale.low, scale.high])
}

/// What a line shows.
#[derive(Clone, Copy, Debug)]
pub struct Line<'r> {
    /// The readings, in the order of their dates.
    pub readings: &'r [Reading],
    /// Where it began.
    pub baseline: Option<Decimal>,
    /// What it was to reach.
    pub bounds: Bounds,
}

/// A series as a line, and its scale from the top down.
pub fn line(line: &Line<'_>, title: &str) -> (String, [Decimal; 3]) {
    let (width, height) = (640, 160);
    let marks = [line.baseline, line.bounds.min, line.bounds.max].into_iter().flatten();
    let values: Vec<Decimal> = line.readings.iter().map(|r| r.value).chain(marks).collect();
    let scale = Scale::holding(&values, height);
    let y = |value| height - scale.at(value);
    let mut svg = open("line", width, height, title);
    if let Some(base) = line.baseline {
        let _ = write!(svg, "<path class=\"base\" d=\"M0 {}h{width}\"/>", y(base));
    }
    for bound in [line.bounds.min, line.bounds.max].into_iter().flatten() {
        let _ = write!(svg, "<path class=\"target\" d=\"M0 {}h{width}\"/>", y(bound));
    }
    trend(&mut svg, line.readings, width, y);
    svg.push_str("</svg>");
    let middle = (scale.low + scale.high) / Decimal::TWO;
    (svg, [scale.high, middle.normalize(), scale.low])
}

/// A series as a small line without a scale, for a row of a table.
pub fn spark(readings: &[Reading], title: &str) -> String {
    let (width, height) = (120, 24);
    let values: Vec<Decimal> = readings.iter().map(|reading| reading.value).collect();
    let scale = Scale::holding(&values, height);
    let mut svg = open("line spark", width, height, title);
    trend(&mut svg, readings, width, |value| height - scale.at(value));
    svg.push_str("</svg>");
    svg
}

fn trend(svg: &mut String, readings: &[Reading], width: i64, y: impl Fn(Decimal) -> i64) {
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else { return };
    let days = |reading: &Reading| {
        i64::from(reading.on.to.since(first.on.to).map_or(0, |span| span.get_days()))
    };
    let all = days(last).max(1);
    let mut before = None;
    svg.push_str("<path class=\"trend\" d=\"");
    let mut end = (0, 0);
    for reading in readings {
        let point = (days(reading) * width / all, y(reading.value));
        let letter = if before.is_none() { "M" } else { "L" };
        if before != Some(point) {
            draw(svg, [letter, " "], [point.0, point.1], "");
        }
        before = Some(point);
        end = point;
    }
    svg.push_str("\"/>");
    path(svg, "last");
    draw(svg, ["M", " "], [end.0, end.1], "h0\"/>");
}

/// The bar of who paid: a class and a percentage each.
pub fn shares(parts: &[(&'static str, Decimal)], title: &str) -> String {
    let mut svg = open("shares", WIDTH, 32, title);
    let mut sum = Decimal::ZERO;
    for (class, percent) in parts {
        let from = whole(sum * Decimal::from(WIDTH) / Decimal::ONE_HUNDRED).min(WIDTH);
        sum += percent;
        let to = whole(sum * Decimal::from(WIDTH) / Decimal::ONE_HUNDRED).min(WIDTH);
        if to > from {
            path(&mut svg, class);
            draw(&mut svg, ["M", " 0h", "v32H"], [from, to - from, from], "z\"/>");
        }
    }
    svg.push_str("</svg>");
    svg
}

/// What the bar of a project in time shows, in days from the beginning of the scale.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'l> {
    /// How long the scale is.
    pub whole: i64,
    /// The first and the last day told.
    pub all: (i64, i64),
    /// The first and the last day of what is done.
    pub done: Option<(i64, i64)>,
    /// Where years begin.
    pub lines: &'l [i64],
    /// When it was to go live.
    pub planned: Option<i64>,
    /// When it did.
    pub actual: Option<i64>,
}

/// The stages of a project as a bar.
pub fn timeline(mark: &Mark<'_>, title: &str) -> String {
    let (width, height) = (640, 24);
    let at = |day: i64| (day * width / mark.whole.max(1)).clamp(0, width);
    let mut svg = open("span", width, height, title);
    if !mark.lines.is_empty() {
        svg.push_str("<path class=\"grid\" d=\"");
        for line in mark.lines {
            draw(&mut svg, ["M", " 0v"], [at(*line), height], "");
        }
        svg.push_str("\"/>");
    }
    let mut band = |class: &str, (from, to): (i64, i64)| {
        let (from, to) = (at(from), at(to));
        let long = (to - from).max(2);
        path(&mut svg, class);
        draw(&mut svg, ["M", " 6h", "v12H"], [from, long, from], "z\"/>");
    };
    band("r1", mark.all);
    if let Some(done) = mark.done {
        band("r3", done);
    }
    if let Some(day) = mark.planned {
        let _ = write!(svg, "<path class=\"target\" d=\"M{} 0v{height}\"/>", at(day));
    }
    if let Some(day) = mark.actual {
        let _ = write!(svg, "<path class=\"last\" d=\"M{} 12h0\"/>", at(day));
    }
    svg.push_str("</svg>");
    svg
}

/// Bars by year: what was planned, and beside it what was confirmed with what is claimed upon it;
/// and the scale from the top down.
pub fn years(bars: &[[Decimal; 3]], title: &str) -> (String, [Decimal; 2]) {
    let (width, height) = (640, 160);
    let values: Vec<Decimal> = bars
        .iter()
        .flat_map(|[planned, confirmed, claimed]| [*planned, *confirmed, confirmed + claimed])
        .collect();
    let scale = Scale::holding(&values, height);
    let mut svg = open("line years", width, height, title);
    let slot = width / i64::try_from(bars.len().max(1)).unwrap_or(width);
    let mut left = 0;
    for [planned, confirmed, claimed] in bars {
        let zero = Decimal::ZERO;
        for (class, from, to, at) in [
            ("r3", zero, *planned, slot / 8),
            ("bar", zero, *confirmed, slot / 2),
            ("s3", *confirmed, confirmed + claimed, slot / 2),
        ] {
            let (a, b) = (height - scale.at(from), height - scale.at(to));
            let (x, wide) = (left + at, slot * 3 / 8);
            if a != b {
                let _ = write!(svg, "<path class=\"{class}\" d=\"M{x} {a}h{wide}V{b}h-{wide}z\"/>");
            }
        }
        left += slot;
    }
    let zero = height - scale.at(Decimal::ZERO);
    let _ = write!(svg, "<path class=\"trend\" d=\"M0 {zero}h{width}\"/></svg>");
    (svg, [scale.high, scale.low])
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

fn open(class: &str, width: i64, height: i64, title: &str) -> String {
    let mut svg = String::with_capacity(420 + title.len());
    svg.push_str("<svg class=\"");
    svg.push_str(class);
    svg.push_str("\" role=\"img\" viewBox=\"0 0 ");
    draw(&mut svg, ["", " "], [width, height], "\" preserveAspectRatio=\"none\"><title>");
    // Writing to a string cannot fail.
    let _ = escape_html(&mut svg, title);
    svg.push_str("</title>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn every_edge_still_draws() {
        let draw = |actual, baseline, min, max, direction| {
            let bounds = Bounds { min, max };
            bullet(&Bullet { actual, baseline, bounds, direction }, "t").0
        };
        for svg in [
            draw(d(0), None, None, Some(d(0)), Some(Direction::Lower)),
            draw(d(-5), Some(d(-9)), Some(d(-2)), None, Some(Direction::Higher)),
            draw(d(5), Some(d(5)), Some(d(5)), None, Some(Direction::Higher)),
            draw(d(50), None, Some(d(5)), Some(d(10)), Some(Direction::Range)),
            draw(Decimal::new(1, 12), None, None, None, None),
        ] {
            assert!(svg.starts_with("<svg class=\"bullet\"") && svg.ends_with("</svg>"), "{svg}");
            assert!(svg.contains("class=\"bar\"") && !svg.contains("h-"), "{svg}");
        }
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

    #[test]
    fn a_bullet_weighs_little() {
        let bounds = Bounds { min: None, max: Some(d(1)) };
        let of = Bullet {
            actual: Decimal::new(8, 1),
            baseline: Some(d(12)),
            bounds,
            direction: Some(Direction::Lower),
        };
        let (svg, ends) = bullet(&of, "Median time to pay: 0.8 days");
        assert!(svg.len() < 450, "{}: {svg}", svg.len());
        assert_eq!(ends, [d(0), d(15)]);
    }
}
