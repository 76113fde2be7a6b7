//! How all projects stand, as one bar: a part for each standing, as wide as its number of projects,
//! with its shape and the number where there is room.
//!
//! Unlike other charts it has text inside and so no view box: places are percentages of the whole
//! and nothing is stretched.

use super::Said;
use pulldown_cmark_escape::escape_html;
use std::fmt::Write;

/// A standing: how it looks, how many projects are of it, and how that number is written.
#[derive(Clone, Debug)]
pub struct Part {
    /// `met`, `way`, `near`, `miss` or `none`.
    pub tone: &'static str,
    /// How many.
    pub count: usize,
    /// The same, as the page writes it.
    pub said: String,
}

/// From how many thousandths of the bar on there is room for a shape, and for a number beside it.
const ROOM: [usize; 2] = [60, 110];

/// The bar; the description says in words what it shows.
pub fn standings(parts: &[Part], said: Said<'_>) -> String {
    let all: usize = parts.iter().map(|part| part.count).sum();
    let mut svg = String::from("<svg class=\"standings\" role=\"img\">");
    said.write(&mut svg);
    let mut before = 0;
    for part in parts {
        let (from, to) = (thousandths(before, all), thousandths(before + part.count, all));
        before += part.count;
        let wide = to - from;
        let (tone, x, width) = (part.tone, percent(from), percent(wide));
        let _ = write!(svg, "<svg class=\"{tone}\" x=\"{x}\" width=\"{width}\">");
        svg.push_str("<rect width=\"100%\" height=\"32\"/>");
        if wide >= ROOM[0] {
            let numbered = wide >= ROOM[1];
            let left = if numbered { -20 } else { -8 };
            let _ = write!(
                svg,
                "<svg class=\"over\" x=\"50%\"><use href=\"#shape-{tone}\" class=\"shape\" \
                 x=\"{left}\" y=\"8\" width=\"16\" height=\"16\"/>"
            );
            if numbered {
                svg.push_str("<text x=\"4\" y=\"22\">");
                let _ = escape_html(&mut svg, &part.said);
                svg.push_str("</text>");
            }
            svg.push_str("</svg>");
        }
        svg.push_str("</svg>");
    }
    svg.push_str("</svg>");
    svg
}

fn thousandths(count: usize, all: usize) -> usize {
    count * 1000 / all.max(1)
}

fn percent(thousandths: usize) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_up_the_whole_and_say_what_they_have_room_for() {
        let part = |tone, count: usize| Part { tone, count, said: count.to_string() };
        let said = Said { title: "a < b", desc: "200 & more" };
        let svg = standings(&[part("met", 180), part("near", 15), part("miss", 5)], said);
        assert!(svg.contains("<title>a &lt; b</title><desc>200 &amp; more</desc>"));
        for piece in [
            "class=\"met\" x=\"0.0%\" width=\"90.0%\"",
            "class=\"near\" x=\"90.0%\" width=\"7.5%\"",
            "class=\"miss\" x=\"97.5%\" width=\"2.5%\"",
            ">180</text>",
            "#shape-near",
        ] {
            assert!(svg.contains(piece), "{piece} in {svg}");
        }
        assert!(!svg.contains(">15</text>") && !svg.contains("#shape-miss"), "{svg}");
    }
}
