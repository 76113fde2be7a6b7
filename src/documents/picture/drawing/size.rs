//! How large a drawing is shown: by its width and height, else by its view.

use crate::documents::picture::Size;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What a drawing tells of its size.
#[derive(Default)]
pub(super) struct Told {
    width: Option<Decimal>,
    height: Option<Decimal>,
    view: Option<(Decimal, Decimal)>,
}

/// The size of what tells none, as browsers have it.
const USUAL: Size = Size { width: 300, height: 150 };

/// No drawing is shown larger.
const LARGEST: u32 = 100_000;

impl Told {
    /// Takes an attribute in.
    pub fn take(&mut self, name: &str, value: &str) {
        match name {
            "width" => self.width = length(value),
            "height" => self.height = length(value),
            "viewBox" => self.view = view(value),
            _ => {}
        }
    }

    /// The size in pixels.
    pub fn size(&self) -> Size {
        let by_view =
            |side: Decimal, of: Decimal, to: Decimal| side.checked_mul(to)?.checked_div(of);
        let sides = match (self.width, self.height, self.view) {
            (Some(width), Some(height), _) => Some((width, height)),
            (Some(width), None, Some((of, to))) => by_view(width, of, to).map(|h| (width, h)),
            (None, Some(height), Some((to, of))) => by_view(height, of, to).map(|w| (w, height)),
            (_, _, Some(view)) => Some(view),
            (width, height, None) => {
                let usual = (Decimal::from(USUAL.width), Decimal::from(USUAL.height));
                Some((width.unwrap_or(usual.0), height.unwrap_or(usual.1)))
            }
        };
        let pixels =
            |side: Decimal| side.round().to_u32().map_or(LARGEST, |side| side.clamp(1, LARGEST));
        sides.map_or(USUAL, |(width, height)| Size { width: pixels(width), height: pixels(height) })
    }
}

/// A length above nothing in pixels, 96 of which are an inch; none, where it depends on the page.
fn length(text: &str) -> Option<Decimal> {
    let text = text.trim();
    // A power of ten ends in a digit, a unit never.
    let number = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic() || sign == '%');
    let unit = &text[number.len()..];
    let (of, to) = match unit.to_lowercase().as_str() {
        "" | "px" => (1, 1),
        "in" => (96, 1),
        "cm" => (9600, 254),
        "mm" => (960, 254),
        "q" => (240, 254),
        "pt" => (4, 3),
        "pc" => (16, 1),
        _ => return None,
    };
    above_nothing(number)?.checked_mul(Decimal::from(of))?.checked_div(Decimal::from(to))
}

/// The width and height of a view.
fn view(text: &str) -> Option<(Decimal, Decimal)> {
    let mut numbers = text.split([' ', ',', '\t', '\r', '\n']).filter(|part| !part.is_empty());
    let (width, height) = (numbers.nth(2)?, numbers.next()?);
    Some((above_nothing(width)?, above_nothing(height)?))
}

fn above_nothing(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let number = text.parse().or_else(|_| Decimal::from_scientific(text)).ok()?;
    (number > Decimal::ZERO).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_the_size_that_a_browser_gives_it() {
        for (width, height, view, size) in [
            ("40", "30", "", (40, 30)),
            ("40px", " 30.6px ", "0 0 1 1", (40, 31)),
            ("1in", "2.54cm", "", (96, 96)),
            ("25.4mm", "101.6Q", "", (96, 96)),
            ("72pt", "6pc", "", (96, 96)),
            ("4e1", "3E+1", "", (40, 30)),
            ("", "", "0 0 40 30", (40, 30)),
            ("", "", "-5,-5,40,30", (40, 30)),
            ("80", "", "0 0 40 30", (80, 60)),
            ("", "60", "0 0 40 30", (80, 60)),
            ("100%", "100%", "0 0 40 30", (40, 30)),
            ("80", "", "", (80, 150)),
            ("", "", "", (300, 150)),
            ("0", "-1", "0 0 0 0", (300, 150)),
            ("2em", "auto", "none", (300, 150)),
            ("0.1", "9999999999999999999999999999", "", (1, 100_000)),
            ("9e99", "1", "0 0 1e28 1e-28", (300, 150)),
        ] {
            let mut told = Told::default();
            let each = [("width", width), ("height", height), ("viewBox", view)];
            each.iter().filter(|(_, value)| !value.is_empty()).for_each(|(n, v)| told.take(n, v));
            let Size { width: wide, height: high } = told.size();
            assert_eq!((wide, high), size, "{width} {height} {view}");
        }
    }
}
