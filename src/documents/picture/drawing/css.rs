//! Styles of a drawing: what in them comes from elsewhere, and the comments in them.

use std::ops::Range;

/// The comments in a style; or what first names something that lies elsewhere.
pub(super) fn read(style: &str) -> Result<Vec<Range<usize>>, Range<usize>> {
    let bytes = style.as_bytes();
    let begins = |at: usize, word: &str| {
        bytes.get(at..at + word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word.as_bytes()))
    };
    let (mut comments, mut quote, mut at) = (Vec::new(), None, 0);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (_, b'\\') => at += 1,
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, sign @ (b'"' | b'\'')) => quote = Some(sign),
            (None, b'/') if begins(at, "/*") => {
                let end = style[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 2);
                comments.push(at..end);
                at = end - 1;
            }
            (None, _) if begins(at, "@import") => return Err(at..at + 7),
            (None, _) if begins(at, "url(") => {
                let target = style[at + 4..].trim_start_matches([' ', '\t', '\r', '\n', '"', '\'']);
                let is_font = ["data:font/", "data:application/font", "data:application/x-font"];
                if !target.starts_with('#') && !is_font.iter().any(|font| target.starts_with(font))
                {
                    return Err(at..at + 4);
                }
            }
            _ => {}
        }
        at += 1;
    }
    Ok(comments)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_lies_elsewhere_is_met_outside_of_words_and_comments() {
        for sound in [
            "fill: url(#a)",
            "fill: url( '#a' )",
            "src: url(data:font/woff2;base64,AA)",
            "content: \"url(x)\"",
            "content: \"see url(x)\"",
            "content: '@import'",
            "content: '\\'url(x)'",
            "/* url(x) @import */",
            "/* url(x)",
        ] {
            assert!(read(sound).is_ok(), "{sound}");
        }
        for other in [
            "fill: url(x.svg#a)",
            "fill: URL( \"//x\")",
            "@IMPORT 'x'",
            "content: '\\'' url(x)",
            "/* */ @import",
            "src: url(data:image/svg+xml,x)",
        ] {
            assert!(read(other).is_err(), "{other}");
        }
        assert_eq!(read("a/* b */c/**/"), Ok(vec![1..8, 9..13]));
    }
}
