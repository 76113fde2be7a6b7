//! Visible forms: what a text holds that a reader would not see, or that would act on a terminal.
//!
//! In goes any text, out comes one in which control characters, escapes, changes of writing
//! direction and characters without width are shown instead of obeyed. Letters of every script,
//! accents and emoji stay as they are.

/// A text of several lines, such as a message: line breaks stay.
pub fn lines(text: &str) -> String {
    shown(text, |c| c == '\n')
}

/// A text that must stay on its line, such as a path or a label.
pub fn line(text: &str) -> String {
    shown(text, |_| false)
}

/// A stretch of a file's line: tabs stay, for the renderer gives them their width.
pub fn excerpt(text: &str) -> String {
    shown(text, |c| c == '\t')
}

fn shown(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if stays(c) || !is_hidden(c) => out.push(c),
            // Unicode has a small picture of each of these: ␀, ␛, ␡.
            '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\x7f' => out.push('\u{2421}'),
            _ => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        }
    }
    out
}

/// Whether a character acts on a terminal, reverses what follows, or shows nothing at all.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_or_hides_is_shown_and_letters_stay() {
        let cases = [
            ("Größe — 目標 👍🏽", "Größe — 目標 👍🏽"),
            ("a\u{1b}[2Jb", "a␛[2Jb"),
            ("\0\u{7f}\u{9b}", "␀␡<U+009B>"),
            ("drow\u{202e}ssap", "drow<U+202E>ssap"),
            ("a\u{200b}b\u{feff}", "a<U+200B>b<U+FEFF>"),
            ("e\u{301}", "e\u{301}"),
            ("a\r\nb\tc", "a␍␊b␉c"),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected);
        }
        assert_eq!(lines("a\nb"), "a\nb");
        assert_eq!(excerpt("a\tb"), "a\tb");
    }
}
