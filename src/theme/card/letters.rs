//! The font of share cards: which letters it has, how wide a text is, and where it is broken.

use resvg::usvg::fontdb::{Database, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::sync::{Arc, LazyLock};
use unicode_normalization::UnicodeNormalization;

/// IBM Plex Sans, in its medium weight; `font/OFL.txt` beside it is its license. It comes as it is from
/// the package `@expo-google-fonts/ibm-plex-sans` 0.4.1 of the npm registry.
const FONT: &[u8] = include_bytes!("font/IBMPlexSans-Medium.ttf");

/// Its name, as an SVG asks for it.
pub(super) const FAMILY: &str = "IBM Plex Sans";

/// The fonts that a card may use: this one.
pub(super) fn database() -> Arc<Database> {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        fonts.load_font_source(Source::Binary(Arc::new(FONT)));
        Arc::new(fonts)
    });
    FONTS.clone()
}

fn font() -> FontRef<'static> {
    FontRef::new(FONT).expect("the font is a font")
}

/// A text in letters that the font has; none, where it lacks one. Signs that it lacks, as pictures of
/// faces, are left out, and so is what no one sees.
pub(super) fn writable(text: &str) -> Option<String> {
    let letters = font().charmap();
    let mut out = String::with_capacity(text.len());
    for letter in text.nfc() {
        match letter {
            letter if letter.is_whitespace() => {
                // One blank between two words, and none before the first.
                let blank = if out.is_empty() || out.ends_with(' ') { "" } else { " " };
                out.push_str(blank);
            }
            letter if letter.is_control() => {}
            letter if letters.map(letter).is_some() => out.push(letter),
            letter if letter.is_alphanumeric() => return None,
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    Some(out)
}

/// How wide a text is in pixels, at most: pairs that stand closer are not reckoned.
pub(super) fn width(text: &str, size: u32) -> u32 {
    let (font, scale) = (font(), Size::unscaled());
    let letters = font.charmap();
    let widths = font.glyph_metrics(scale, LocationRef::default());
    let each = text.chars().filter_map(|letter| widths.advance_width(letters.map(letter)?));
    // In units of the font these are whole numbers.
    let units: u64 = each.map(|width| width as u64).sum();
    let all = u64::from(font.metrics(scale, LocationRef::default()).units_per_em);
    u32::try_from((units * u64::from(size)).div_ceil(all)).unwrap_or(u32::MAX)
}

/// As much of a text as has room, and a sign where that is not all.
pub(super) fn fitting(text: &str, size: u32, room: u32) -> String {
    if width(text, size) <= room {
        return text.to_string();
    }
    let mut out = text.to_string();
    while out.pop().is_some() {
        let short = format!("{}…", out.trim_end());
        if width(&short, size) <= room {
            return short;
        }
    }
    String::new()
}

/// A text as lines, broken between words, and within one that is longer than a line.
pub(super) fn lines(text: &str, size: u32, room: u32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if lines.len() + 1 == most {
            lines.push(fitting(rest, size, room));
            break;
        }
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let end = ends.take_while(|end| width(&rest[..*end], size) <= room).last();
        let end = end.unwrap_or_else(|| {
            let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
            let fits = ends.take_while(|end| width(&rest[..*end], size) <= room).last();
            fits.unwrap_or(rest.len())
        });
        lines.push(rest[..end].to_string());
        rest = rest[end..].trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words_and_ends_in_a_sign_where_it_has_no_room() {
        let all = lines("one two three four five six", 50, 260, 3);
        assert_eq!(all, ["one two", "three four", "five six"]);
        assert_eq!(
            lines("one two three four five six seven", 50, 260, 2),
            ["one two", "three fou…"]
        );
        let long = lines("Unterlagenvollständigkeit geprüft", 50, 260, 9);
        assert!(long.len() > 2 && long.iter().all(|line| width(line, 50) <= 260), "{long:?}");
        assert!(lines("", 50, 260, 3).is_empty());
    }

    #[test]
    fn letters_are_composed_and_signs_left_out() {
        assert_eq!(writable("a\u{308}\u{1f389} b\u{a0}\n c ").as_deref(), Some("ä b c"));
        assert_eq!(writable("Ψηφιακά Цифра 5 → 7 €"), Some("Ψηφιακά Цифра 5 → 7 €".into()));
        assert_eq!(writable("合計"), None);
    }
}
