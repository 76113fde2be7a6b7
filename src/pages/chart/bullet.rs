//! A bullet: a figure as a bar against its target, where it began, and three ranges behind it.

use super::{Said, Scale, WIDTH, draw, open, path};
use crate::documents::kpi::Direction;
use crate::portfolio::kpi::Bounds;
use rust_decimal::Decimal;

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

/// A bullet chart, and the two ends of its scale.
pub fn bullet(bullet: &Bullet, said: Said<'_>) -> (String, [Decimal; 2]) {
    let Bullet { actual, baseline, bounds, direction } = *bullet;
    let values: Vec<Decimal> =
        [Some(actual), baseline, bounds.min, bounds.max].into_iter().flatten().collect();
    let scale = Scale::holding(&values, WIDTH);
    let mut svg = open("bullet", WIDTH, 40, said);
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
            bullet(&Bullet { actual, baseline, bounds, direction }, Said::default()).0
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
    fn a_bullet_weighs_little() {
        let bounds = Bounds { min: None, max: Some(d(1)) };
        let of = Bullet {
            actual: Decimal::new(8, 1),
            baseline: Some(d(12)),
            bounds,
            direction: Some(Direction::Lower),
        };
        let (svg, ends) = bullet(&of, Said { title: "Median time to pay", desc: "0.8 days" });
        assert!(svg.len() < 450, "{}: {svg}", svg.len());
        assert_eq!(ends, [d(0), d(15)]);
    }
}
