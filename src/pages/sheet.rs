//! A printed sheet: what one page of A4 and of US Letter holds, reckoned before it is printed.
//!
//! In go texts and how they are set, out comes the height that they take; what does not fit is left
//! out by the page that asked, and counted there in words. Nothing is hidden by the printer. Sizes
//! are those of `style.css` under "Sheets"; widths of letters are Arial's, taken a little too wide,
//! for a sheet may end short but never run over. `tests/print` counts the pages that Chromium makes.

/// The width between the margins in points: that of A4, the narrower of the two.
pub(super) const WIDTH: u32 = 527;

/// The height in points: the 724 of Letter, the lower one, less a twentieth for faces that run wider.
const HEIGHT: u32 = 690;

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set {
    /// The width of its column in points.
    pub width: u32,
    /// The size of its letters in tenths of a point.
    pub size: u32,
    /// The height of a line in points.
    pub line: u32,
}

impl Set {
    /// The height of a text.
    pub fn height(self, text: &str) -> u32 {
        self.lines(text) * self.line
    }

    /// How many lines a text takes; one of no words takes none.
    pub fn lines(self, text: &str) -> u32 {
        self.walk(text, u32::MAX).0
    }

    /// The text as far as so many lines go: whole sentences where one fits, else whole words; that
    /// it goes on is told by an ellipsis.
    pub fn cut(self, text: &str, lines: u32) -> String {
        let text = text.trim();
        let (taken, end) = self.walk(text, lines);
        if taken <= lines {
            return text.to_string();
        }
        let head = text[..end].trim_end();
        let stop = [". ", "! ", "? "].iter().filter_map(|stop| head.rfind(stop)).max();
        match stop {
            Some(stop) => format!("{} …", &head[..=stop]),
            None => format!("{} …", head.trim_end_matches([',', ';', ':', '-', '–'])),
        }
    }

    /// Sets words line by line: how many lines they take (one more than `most`, where it goes on),
    /// and where the text ends that fits on `most` lines with room for an ellipsis.
    fn walk(self, text: &str, most: u32) -> (u32, usize) {
        let room = self.width * 10_000 / self.size.max(1);
        // Most texts are short: what is narrower than a line whatever its letters are takes one.
        if text.len() < LINE && at_most(text) <= room {
            return (u32::from(!text.is_empty()), text.len());
        }
        let (mut lines, mut used, mut end, mut at) = (0, room, 0, 0);
        while at < text.len() {
            let (word, wide) = word(&text[at..]);
            match (used + SPACE).saturating_add(wide) > room {
                true => (lines, used) = (lines + 1, 0),
                false => used += SPACE,
            }
            if wide <= room {
                used += wide;
            } else {
                // A word wider than its column is broken wherever the line ends.
                for (offset, letter) in word.trim_end().char_indices() {
                    if used + width(letter) > room {
                        (lines, used) = (lines + 1, 0);
                    }
                    used += width(letter);
                    if lines <= most && used + ELLIPSIS <= room {
                        end = at + offset + letter.len_utf8();
                    }
                }
            }
            if lines > most {
                return (lines, end);
            }
            at += word.len();
            if used + ELLIPSIS <= room {
                end = at;
            }
        }
        (lines, end)
    }
}

/// What a sheet still has room for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    left: u32,
}

impl Sheet {
    /// An empty sheet.
    pub fn new() -> Sheet {
        Sheet { left: HEIGHT }
    }

    /// Takes the room for what must stand on it.
    pub fn must(&mut self, height: u32) {
        self.left = self.left.saturating_sub(height);
    }

    /// Takes the room, if there is so much.
    pub fn has(&mut self, height: u32) -> bool {
        let fits = height <= self.left;
        if fits {
            self.left -= height;
        }
        fits
    }
}

/// Widths in thousandths of the size of the letters.
const SPACE: u32 = 285;
const ELLIPSIS: u32 = 1_400;

/// Few texts of so many bytes are as short as a line.
const LINE: usize = 200;

/// The first word of a text with the blank behind it, and the width of its letters.
fn word(text: &str) -> (&str, u32) {
    let (mut sum, mut plain) = (0_u32, true);
    for (at, byte) in text.bytes().enumerate() {
        if matches!(byte, b' ' | b'\n') {
            let word = &text[..=at];
            return (word, if plain { sum } else { wide(word) });
        }
        let width = BYTES[usize::from(byte)];
        plain &= width != 0;
        sum = sum.saturating_add(width);
    }
    (text, if plain { sum } else { wide(text) })
}

/// The width of a word letter by letter.
fn wide(word: &str) -> u32 {
    word.trim_end().chars().map(width).fold(0, u32::saturating_add)
}

/// The widths of the letters that most texts are of, found at once; none for a byte that is no
/// letter of its own or may be a blank.
const BYTES: [u32; 256] = {
    let mut widths = [0; 256];
    let mut at: u8 = b' ';
    while at < 127 {
        widths[at as usize] = width(at as char);
        at += 1;
    }
    widths
};

/// The width of a text in one line at most.
fn at_most(text: &str) -> u32 {
    text.bytes().map(|byte| AT_MOST[usize::from(byte)]).sum()
}

/// What a byte adds to the width of a text at most.
const AT_MOST: [u32; 256] = {
    let mut most = BYTES;
    let mut at = 0;
    while at < 256 {
        match at as u8 {
            b' ' | b'\n' => most[at] = SPACE,
            // The rest of a letter that its first byte has counted.
            0x80..=0xbf => most[at] = 0,
            // Up to U+023F.
            0xc2..=0xc8 => most[at] = 640,
            0..=0x1f | 0x7f.. => most[at] = 1_100,
            _ => {}
        }
        at += 1;
    }
    most
};

/// The width of a letter, a little more than Arial's.
const fn width(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '\u{a0}' => 290,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' => 340,
        'w' | 'm' | 'M' | 'W' | '%' | '@' | '→' | '…' => 900,
        'A'..='Z' | '+' | '=' | '<' | '>' | '&' | '—' => 720,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 530,
        'a'..='z' | '0'..='9' | '$' | '£' | '€' => 580,
        letter if letter < '\u{250}' => 640,
        letter if letter < '\u{1100}' => 760,
        _ => 1_100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Set = Set { width: 100, size: 100, line: 12 };

    #[test]
    fn lines_are_counted() {
        assert_eq!(SET.lines(""), 0);
        assert_eq!(SET.lines("one line"), 1);
        // Ten letters of more than 5 points and a space: two such words do not go into 100 points.
        assert_eq!(SET.lines("abcdeghknp abcdeghknp"), 2);
        assert_eq!(SET.height("abcdeghknp abcdeghknp"), 24);
        // A word of 40 letters is broken: 17 letters of 5.8 points a line.
        assert_eq!(SET.lines(&"a".repeat(40)), 3);
    }

    #[test]
    fn short_ways_lead_where_the_long_one_does() {
        /// Word by word and letter by letter.
        fn lines(set: Set, text: &str) -> u32 {
            let room = set.width * 10_000 / set.size;
            let (mut lines, mut used) = (0, room);
            for word in text.split_inclusive([' ', '\n']) {
                let letters = word.trim_end();
                let wide: u32 = letters.chars().map(width).sum();
                if used + SPACE + wide > room {
                    (lines, used) = (lines + 1, 0);
                } else {
                    used += SPACE;
                }
                if wide <= room {
                    used += wide;
                    continue;
                }
                for letter in letters.chars() {
                    if used + width(letter) > room {
                        (lines, used) = (lines + 1, 0);
                    }
                    used += width(letter);
                }
            }
            lines
        }
        let words = [
            "a",
            "Ürün",
            "0.8\u{a0}days",
            "目的",
            "wide\t",
            "mmmmmmmmmmmmmmmmmmmm",
            "",
            "€\u{a0}",
            "→ x\n",
            "ɏɐ",
            "\u{7f}\u{1}",
        ];
        for first in words {
            for second in words {
                for third in words {
                    let text = format!("{first} {second} {third}");
                    for width in 1..30 {
                        let set = Set { width: width * 7, ..SET };
                        assert_eq!(set.lines(&text), lines(set, &text), "{text:?} {width}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_that_fits_is_left_as_it_is() {
        assert_eq!(SET.cut("  one line ", 1), "one line");
    }

    #[test]
    fn whole_sentences_are_kept_then_whole_words() {
        assert_eq!(SET.cut("It is done. But not quite all of it.", 1), "It is done. …");
        assert_eq!(SET.cut("half a thought, and another half of it", 1), "half a thought …");
        let cut = SET.cut(&"a".repeat(400), 2);
        assert!(cut.ends_with(" …") && cut.len() > 20, "{cut}");
        assert_eq!(SET.lines(&cut), 2, "{cut}");
    }

    #[test]
    fn what_is_cut_takes_no_more_lines_than_it_may() {
        let text = "Ürün kärnä 目的 is a word, m m m W W W iii; it was wider than all. ".repeat(9);
        for most in 1..12 {
            let cut = SET.cut(&text, most);
            assert!(SET.lines(&cut) <= most, "{most}: {cut}");
        }
    }

    #[test]
    fn a_sheet_gives_what_it_has() {
        let mut sheet = Sheet::new();
        assert!(!sheet.has(HEIGHT + 1));
        sheet.must(HEIGHT - 10);
        assert!(sheet.has(10) && !sheet.has(1));
    }
}
