//! The stages of a project as a bar in time.

use super::{Said, draw, open, path};
use std::fmt::Write;

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
pub fn timeline(mark: &Mark<'_>, said: Said<'_>) -> String {
    let (width, height) = (640, 24);
    let at = |day: i64| (day * width / mark.whole.max(1)).clamp(0, width);
    let mut svg = open("span", width, height, said);
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
