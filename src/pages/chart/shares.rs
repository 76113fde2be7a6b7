//! Parts of a whole, side by side in a bar.

use super::{Said, WIDTH, draw, open, path, whole};
use rust_decimal::Decimal;

/// The bar of who paid: a class and a percentage each.
pub fn shares(parts: &[(&'static str, Decimal)], said: Said<'_>) -> String {
    let mut svg = open("shares", WIDTH, 32, said);
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
