//! Bars by year: what was planned against what came.

use super::{Said, Scale, open};
use rust_decimal::Decimal;
use std::fmt::Write;

/// Bars by year: what was planned, and beside it what was confirmed with what is claimed upon it;
/// and the scale from the top down.
pub fn years(bars: &[[Decimal; 3]], said: Said<'_>) -> (String, [Decimal; 2]) {
    let (width, height) = (640, 160);
    let values: Vec<Decimal> = bars
        .iter()
        .flat_map(|[planned, confirmed, claimed]| [*planned, *confirmed, confirmed + claimed])
        .collect();
    let scale = Scale::holding(&values, height);
    let mut svg = open("line years", width, height, said);
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
