//! A series as a line: with its scale, or small in a row of a table.

use super::{Said, Scale, draw, open, path};
use crate::documents::series::Reading;
use crate::portfolio::kpi::Bounds;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt::Write;

/// What a line shows.
#[derive(Clone, Copy, Debug)]
pub struct Line<'r> {
    /// The readings, in the order of their dates.
    pub readings: &'r [Reading],
    /// Where it began.
    pub baseline: Option<Decimal>,
    /// What it was to reach.
    pub bounds: Bounds,
    /// When the project went live; drawn where that is between the first and the last reading.
    pub live: Option<Date>,
}

impl Line<'_> {
    /// The day of the go-live, where the line holds it.
    pub fn live_within(&self) -> Option<Date> {
        let (first, last) = self.readings.first().zip(self.readings.last())?;
        self.live.filter(|day| (first.on.to..=last.on.to).contains(day))
    }
}

/// A series as a line, and its scale from the top down.
pub fn line(line: &Line<'_>, said: Said<'_>) -> (String, [Decimal; 3]) {
    let (width, height) = (640, 160);
    let marks = [line.baseline, line.bounds.min, line.bounds.max].into_iter().flatten();
    let values: Vec<Decimal> = line.readings.iter().map(|r| r.value).chain(marks).collect();
    let scale = Scale::holding(&values, height);
    let y = |value| height - scale.at(value);
    let mut svg = open("line", width, height, said);
    if let Some(base) = line.baseline {
        let _ = write!(svg, "<path class=\"base\" d=\"M0 {}h{width}\"/>", y(base));
    }
    for bound in [line.bounds.min, line.bounds.max].into_iter().flatten() {
        let _ = write!(svg, "<path class=\"target\" d=\"M0 {}h{width}\"/>", y(bound));
    }
    if let (Some(day), Some((first, last))) =
        (line.live_within(), line.readings.first().zip(line.readings.last()))
    {
        let x = days(first.on.to, day) * width / days(first.on.to, last.on.to).max(1);
        let _ = write!(svg, "<path class=\"live\" d=\"M{x} 0v{height}\"/>");
    }
    trend(&mut svg, line.readings, width, y);
    svg.push_str("</svg>");
    let middle = (scale.low + scale.high) / Decimal::TWO;
    (svg, [scale.high, middle.normalize(), scale.low])
}

/// A series as a small line without a scale, for a row of a table.
pub fn spark(readings: &[Reading], said: Said<'_>) -> String {
    let (width, height) = (120, 24);
    let values: Vec<Decimal> = readings.iter().map(|reading| reading.value).collect();
    let scale = Scale::holding(&values, height);
    let mut svg = open("line spark", width, height, said);
    trend(&mut svg, readings, width, |value| height - scale.at(value));
    svg.push_str("</svg>");
    svg
}

fn trend(svg: &mut String, readings: &[Reading], width: i64, y: impl Fn(Decimal) -> i64) {
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else { return };
    let all = days(first.on.to, last.on.to).max(1);
    let mut before = None;
    svg.push_str("<path class=\"trend\" d=\"");
    let mut end = (0, 0);
    for reading in readings {
        let point = (days(first.on.to, reading.on.to) * width / all, y(reading.value));
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

fn days(from: Date, to: Date) -> i64 {
    to.since(from).map_or(0, |span| i64::from(span.get_days()))
}
