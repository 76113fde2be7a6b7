//! What was spent, as a bar: a part for each project, the largest first.

use super::{Said, draw, open, path, whole};
use rust_decimal::Decimal;

/// How long a bar can be.
const LENGTH: i64 = 640;
/// What stands between two parts.
const GAP: i64 = 2;
/// A part that is shorter than this is one with those behind it.
const SHORTEST: i64 = 5;

/// The costs of some projects, the largest first, on a scale that ends with `most`.
pub fn spent(costs: &[Decimal], most: Decimal, tone: &str, said: Said<'_>) -> String {
    let mut svg = open("spent", LENGTH, 24, said);
    if most.is_zero() {
        svg.push_str("</svg>");
        return svg;
    }
    let at = |sum: Decimal| whole(sum * Decimal::from(LENGTH) / most).clamp(0, LENGTH);
    let end = at(costs.iter().sum());
    path(&mut svg, tone);
    let (mut from, mut sum) = (0, Decimal::ZERO);
    for cost in costs {
        sum += cost;
        let to = at(sum);
        if to - from < SHORTEST || to >= end {
            break;
        }
        draw(&mut svg, ["M", " 4h", "v16H"], [from, to - from - GAP, from], "z");
        from = to;
    }
    draw(&mut svg, ["M", " 4h", "v16H"], [from, (end - from).max(1), from], "z\"/></svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(costs: &[i64], most: i64) -> Vec<String> {
        let costs: Vec<Decimal> = costs.iter().map(|cost| Decimal::from(*cost)).collect();
        let svg = spent(&costs, Decimal::from(most), "met", Said::default());
        let drawn = svg.split("d=\"").nth(1).unwrap_or_default();
        let parts = drawn.split('M').skip(1).map(|part| part.split('v').next().unwrap_or_default());
        parts.map(str::to_string).collect()
    }

    #[test]
    fn a_part_for_each_project_and_the_smallest_together() {
        assert_eq!(parts(&[300, 200], 1000), ["0 4h190", "192 4h128"]);
        assert_eq!(parts(&[1000], 1000), ["0 4h640"]);
        assert_eq!(parts(&[500, 1, 1, 1], 1000), ["0 4h318", "320 4h2"]);
        assert_eq!(parts(&[0], 1000), ["0 4h1"]);
        assert!(parts(&[0], 0).is_empty());
    }
}
