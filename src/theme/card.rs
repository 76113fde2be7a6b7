//! Share cards, drawn: what stands where a project's page is shared, as a PNG of 1200 × 630.
//!
//! In goes what a card shows, out come its bytes: an SVG, set in the one font that is inside the
//! binary, so that a card is the same on each machine. A text for which the font has no letters is
//! left out.

mod letters;

use crate::memo::Key;
use crate::pages::card::{Card, SIZE};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use letters::{FAMILY, fitting, lines, width, writable};
use quick_xml::escape::escape;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::fmt::Write;
use std::sync::Arc;

/// Colors of the default theme, by day.
const TEXT: &str = "#1A1F26";
const MUTED: &str = "#4B5563";
const ACCENT: &str = "#0B4F9E";

/// How far from its edges a card begins.
const MARGIN: u32 = 80;

/// What drawing it is made of; another one makes other cards.
const FORM: &str = "card 1";

/// The key of what a card shows, and of how it is drawn.
pub fn key(card: &Card) -> Key {
    Key::told(&(FORM, SIZE, card))
}

/// Whether a text of a card is left out, as the font has no letters for it.
pub fn leaves_out(card: &Card) -> bool {
    let texts = [&card.site, &card.title, &card.figure, &card.of, &card.about, &card.badge.word];
    texts.into_iter().any(|text| !text.is_empty() && writable(text).is_none())
}

/// The bytes of a card.
pub fn drawn(card: &Card) -> Arc<[u8]> {
    let (width, height) = SIZE;
    let options = Options { fontdb: letters::database(), ..Options::default() };
    let tree = Tree::from_str(&svg(card), &options).expect("what is drawn here is an SVG");
    let mut pixels = Pixmap::new(width, height).expect("a card has pixels");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    // All of it is opaque: the page of a card is white.
    let colors = RgbaImage::from_raw(width, height, pixels.take()).expect("so many pixels");
    let (how, filter) = (CompressionType::Default, FilterType::Adaptive);
    let mut png = Vec::new();
    DynamicImage::ImageRgba8(colors)
        .into_rgb8()
        .write_with_encoder(PngEncoder::new_with_quality(&mut png, how, filter))
        .expect("memory takes any picture");
    png.into()
}

/// A card being drawn.
struct Drawing(String);

fn svg(card: &Card) -> String {
    let (wide, high) = SIZE;
    let room = wide - 2 * MARGIN;
    let accent = card.accent.as_deref().unwrap_or(ACCENT);
    let mut svg = Drawing(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
         font-family=\"{FAMILY}\" font-weight=\"500\"><rect width=\"{wide}\" height=\"{high}\" \
         fill=\"#FFFFFF\"/><rect width=\"{wide}\" height=\"12\" fill=\"{accent}\"/>"
    ));
    let text = |text: &String| writable(text).unwrap_or_default();
    svg.text(MARGIN, 92, 28, MUTED, &fitting(&text(&card.site), 28, room));
    let figure = text(&card.figure);
    let title = text(&card.title);
    // Without a figure the outcome has its room, too.
    let (size, step, most) = if figure.is_empty() { (68, 80, 4) } else { (54, 66, 3) };
    for (line, nth) in lines(&title, size, room, most).iter().zip(0..) {
        svg.text(MARGIN, 176 + nth * step, size, TEXT, line);
    }
    if !figure.is_empty() {
        let size = (56..=112).rev().step_by(4).find(|size| width(&figure, *size) <= room);
        let size = size.unwrap_or(56);
        svg.text(MARGIN, 434, size, TEXT, &fitting(&figure, size, room));
        svg.text(MARGIN, 488, 28, MUTED, &fitting(&text(&card.of), 28, room));
    }
    let end = svg.badge(&text(&card.badge.word), card.badge.tone);
    let about = fitting(&text(&card.about), 26, (wide - MARGIN).saturating_sub(end + 24));
    let begin = (wide - MARGIN).saturating_sub(width(&about, 26));
    svg.text(begin, 567, 26, MUTED, &about);
    svg.0.push_str("</svg>");
    svg.0
}

impl Drawing {
    fn text(&mut self, x: u32, y: u32, size: u32, color: &str, text: &str) {
        if !text.is_empty() {
            let text = escape(text);
            // Writing to a string cannot fail.
            let _ = write!(
                self.0,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{color}\">{text}</text>"
            );
        }
    }

    /// The standing, as fill, ink, shape and word; brings where it ends.
    fn badge(&mut self, word: &str, tone: &str) -> u32 {
        let (fill, ink, shape) = match tone {
            "met" => (
                "#00664F",
                "#FFFFFF",
                "<circle cx=\"8\" cy=\"8\" r=\"7\"/><path d=\"M4.5 8.5 7 11l4.5-5.5\"/>",
            ),
            "way" => ("#B5D2F8", "#0A3D7A", "<path d=\"M3 1.5v13L14.5 8z\" fill=\"#0A3D7A\"/>"),
            "near" => ("#FFC857", "#1A1F26", "<path d=\"M8 1l7 7-7 7-7-7z\" fill=\"#1A1F26\"/>"),
            "miss" => ("#A8200D", "#FFFFFF", "<path d=\"M1.5 1.5h13v13h-13zM5 5l6 6m0-6-6 6\"/>"),
            _ => (
                "#E3E6EA",
                "#3B434E",
                "<circle cx=\"8\" cy=\"8\" r=\"6.5\" stroke-dasharray=\"2.6 2.5\"/>",
            ),
        };
        let word = fitting(word, 26, 480);
        let wide = match word.is_empty() {
            true => 52,
            false => 14 + 26 + 12 + width(&word, 26) + 18,
        };
        let _ = write!(
            self.0,
            "<rect x=\"{MARGIN}\" y=\"532\" width=\"{wide}\" height=\"50\" rx=\"5\" fill=\"{fill}\"/>\
             <g transform=\"translate({} 544) scale(1.625)\" fill=\"none\" stroke=\"{ink}\" \
             stroke-width=\"1.75\">{shape}</g>",
            MARGIN + 14,
        );
        self.text(MARGIN + 52, 567, 26, ink, &word);
        MARGIN + wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::view::Badge;

    fn card(title: &str) -> Card {
        Card {
            site: "Casebook".into(),
            title: title.into(),
            figure: "23 → 4 days".into(),
            of: "Days from claim to payment".into(),
            about: "Claims · 2025".into(),
            badge: Badge { word: "Delivered".into(), tone: "met" },
            accent: None,
        }
    }

    /// How many pixels of a card are not white.
    fn inked(card: &Card) -> usize {
        let png = image::load_from_memory(&drawn(card)).expect("a picture").into_rgb8();
        assert_eq!(png.dimensions(), SIZE);
        png.pixels().filter(|pixel| pixel.0 != [255; 3]).count()
    }

    #[test]
    fn a_card_shows_what_the_font_can_write_and_no_boxes() {
        let (plain, without) = (card("Motor claims are paid on the same day"), card(""));
        assert!(!leaves_out(&plain) && inked(&plain) > inked(&without));
        for strange in ["保険金の支払い", "صرف المطالبات", "תביעות"] {
            let strange = card(strange);
            assert!(leaves_out(&strange), "{strange:?}");
            assert_eq!(inked(&strange), inked(&without), "{strange:?}");
        }
        // A sign that the font does not have is no letter: the words stay.
        assert_eq!(inked(&card("Motor claims are paid on the same day \u{1f389}")), inked(&plain));
        assert!(inked(&card("<b>&amp;\"' \u{1}")) > inked(&without));
    }

    #[test]
    fn no_text_leaves_the_card() {
        let long = "Unterlagenvollständigkeitsprüfungsverfahrensbeschleunigung ".repeat(9);
        let mut wide = card(&long);
        wide.site.clone_from(&long);
        wide.figure.clone_from(&long);
        wide.of.clone_from(&long);
        wide.about.clone_from(&long);
        wide.badge.word.clone_from(&long);
        let png = image::load_from_memory(&drawn(&wide)).expect("a picture").into_rgb8();
        let edges = |x: u32| x < MARGIN - 4 || x >= SIZE.0 - MARGIN + 4;
        let over = png.enumerate_pixels().filter(|(x, y, _)| edges(*x) && *y > 12);
        assert_eq!(over.filter(|(_, _, pixel)| pixel.0 != [255; 3]).count(), 0);
    }

    #[test]
    fn each_tone_has_a_shape_of_its_own() {
        // Which pixels of the badge have the color of its ground.
        let of = |tone| {
            let card = Card { badge: Badge { word: "x".into(), tone }, ..card("") };
            let png = image::load_from_memory(&drawn(&card)).expect("a picture").into_rgb8();
            let ground = *png.get_pixel(MARGIN + 6, 556);
            assert_ne!(ground.0, [255; 3]);
            let shape = image::imageops::crop_imm(&png, MARGIN + 8, 538, 40, 38).to_image();
            shape.pixels().map(|pixel| *pixel == ground).collect::<Vec<bool>>()
        };
        let all = ["met", "way", "near", "miss", "none"].map(of);
        let each: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(each.len(), all.len());
    }
}
