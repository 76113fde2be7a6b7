//! The order of names from A to Z, and the letter under which each stands: accents, case and what
//! comes before the first letter or digit do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Where a name stands among others; names of one letter stand together, those of none last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    has_no_letter: bool,
    letter: Option<char>,
    folded: String,
}

impl Place {
    /// The place of a name.
    pub fn of(name: &str) -> Place {
        let folded = match name.is_ascii() {
            true => name.to_ascii_lowercase(),
            false => {
                let letters = name.nfkd().filter(|c| !is_combining_mark(*c));
                letters.flat_map(char::to_lowercase).collect()
            }
        };
        let folded = folded.trim_start_matches(|c: char| !c.is_alphanumeric()).to_string();
        let first = folded.chars().next().and_then(|c| c.to_uppercase().next());
        // Scripts without case have too many letters for a row of links.
        let letter = first.filter(|c| c.is_uppercase());
        Place { has_no_letter: letter.is_none(), letter, folded }
    }

    /// The letter under which it stands; none for digits and for scripts without case.
    pub fn letter(&self) -> Option<char> {
        self.letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_plain_letter() {
        let mut names =
            ["Zürich", "\"Own\" words", "émigré", "Eta", "3 days", "ßet", "日本", "sat"];
        names.sort_by_key(|name| Place::of(name));
        let shown = names.map(|name| (Place::of(name).letter().unwrap_or('-'), name));
        assert_eq!(
            shown,
            [
                ('E', "émigré"),
                ('E', "Eta"),
                ('O', "\"Own\" words"),
                ('S', "sat"),
                ('S', "ßet"),
                ('Z', "Zürich"),
                ('-', "3 days"),
                ('-', "日本"),
            ]
        );
    }
}
