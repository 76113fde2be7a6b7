//! The edition that a site is: for which circle it was cut, and whether drafts are shown in it.
//!
//! It stands in the manifest of a folder, so that no edition takes the place of another by a slip:
//! one for a narrow circle in a wider one's place would show to all what is not for them.

use crate::diagnostics::Failure;
use crate::editions::Drafts;
use std::fmt;

/// An edition, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    audience: String,
    drafts: Drafts,
}

/// What stands before the circle in a manifest.
const EDITION: &str = "edition ";
const WITH_DRAFTS: &str = "edition-with-drafts ";

impl Edition {
    /// The edition for a circle.
    pub fn new(audience: &str, drafts: Drafts) -> Edition {
        // A manifest is read by its lines.
        let plain = |letter: char| match letter.is_control() {
            true => letter.escape_unicode().to_string(),
            false => letter.to_string(),
        };
        Edition { audience: audience.chars().map(plain).collect(), drafts }
    }

    /// Whether drafts are shown in it.
    pub fn shows_drafts(&self) -> bool {
        self.drafts == Drafts::Shown
    }

    /// Its line in a manifest, in two parts.
    pub fn line(&self) -> [&str; 2] {
        [if self.shows_drafts() { WITH_DRAFTS } else { EDITION }, &self.audience]
    }

    /// Reads a line of a manifest.
    pub fn read(line: &str) -> Option<Edition> {
        let each = [(EDITION, Drafts::Hidden), (WITH_DRAFTS, Drafts::Shown)].into_iter();
        let mut found = each.filter_map(|(word, drafts)| {
            line.strip_prefix(word).map(|audience| Edition { audience: audience.into(), drafts })
        });
        found.next()
    }

    /// Refuses to take the place of another edition; `told` is where that one stands, `help` the way
    /// out. What an earlier casebook left without a name may be any.
    pub fn follows(&self, other: Option<&Edition>, told: &str, help: &str) -> Result<(), Failure> {
        match other.filter(|other| *other != self) {
            None => Ok(()),
            Some(other) => {
                let message = format!("`{told}` holds the edition {other}, and this one is {self}");
                Err(Failure::usage(message).help(help))
            }
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drafts = if self.shows_drafts() { ", with drafts" } else { "" };
        write!(f, "for `{}`{drafts}", self.audience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_read_as_it_was_written() {
        for drafts in [Drafts::Shown, Drafts::Hidden] {
            for audience in ["internal", "the board", "", "ä  b", "two\nlines"] {
                let edition = Edition::new(audience, drafts);
                let line = edition.line().concat();
                assert!(!line.contains('\n'), "{line}");
                assert_eq!(Edition::read(&line), Some(edition));
            }
        }
        assert_eq!(Edition::read("0000  index.html"), None);
        assert_eq!(Edition::read("edition"), None);
    }

    #[test]
    fn only_the_same_edition_follows() {
        let internal = Edition::new("internal", Drafts::Hidden);
        let follows = |other| internal.follows(other, "public", "choose");
        assert_eq!(follows(None), Ok(()));
        assert_eq!(follows(Some(&internal)), Ok(()));
        let others = [("board", Drafts::Hidden), ("internal", Drafts::Shown)];
        let others = others.map(|(audience, drafts)| Edition::new(audience, drafts));
        let said = [
            "`public` holds the edition for `board`, and this one is for `internal`",
            "`public` holds the edition for `internal`, with drafts, and this one is for `internal`",
        ];
        for (other, said) in others.iter().zip(said) {
            let failure = follows(Some(other)).expect_err(said);
            assert_eq!((failure.exit, failure.message.as_str()), (2, said));
        }
    }
}
