//! Ids: the name of a file or folder, which is also its address.
//!
//! An id is never slugged behind the writer's back: one that is not its own slug is an error that
//! gives the rename.

use crate::diagnostics::{Code, Diagnostic, FileId};
use unicode_normalization::UnicodeNormalization;

/// The longest id, in bytes, that every file system takes as part of a path.
const LONGEST: usize = 100;

/// Ids that an address of the site's own needs, below `/projects/`, `/units/` and the root alike.
const RESERVED: &[&str] = &["page", "by", "brief", "evidence", "data", "assets", "index"];

/// Ids of free pages that an address of the site's own needs.
const RESERVED_PAGES: &[&str] = &[
    "projects",
    "units",
    "kpis",
    "value",
    "lessons",
    "actions",
    "partnership",
    "people",
    "years",
    "tags",
    "timeline",
    "board",
    "search",
    "404",
    "feed",
    "sitemap",
    "robots",
    "calendar",
];

/// Names that a file cannot have on Windows.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The address form of a name: lower-case letters and digits, joined by single hyphens.
pub fn slug(name: &str) -> String {
    // Most names are slugs already, and those need no tables of Unicode.
    if is_plain(name) {
        return name.to_string();
    }
    match name.is_ascii() {
        true => joined(name.bytes().map(|byte| char::from(byte.to_ascii_lowercase())), name.len()),
        false => composed(name),
    }
}

/// The same of a name in any script.
fn composed(name: &str) -> String {
    joined(name.nfkc().flat_map(char::to_lowercase), name.len())
}

fn joined(letters: impl Iterator<Item = char>, room: usize) -> String {
    let mut slug = String::with_capacity(room);
    let mut gap = false;
    for c in letters.flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || is_mark(c) {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else {
            gap = true;
        }
    }
    slug
}

/// Whether a name is ASCII words joined by single hyphens.
fn is_plain(name: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.split('-').all(word)
}

/// Vowel signs and accents of scripts that have no composed letters for them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// What stands under an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// `/projects/ID/` and `/units/ID/`.
    Folder,
    /// `/ID/`, beside the site's own addresses.
    Root,
}

/// The id as it stands in addresses, and what is wrong with it.
pub fn check(name: &str, below: Below, file: FileId) -> (String, Option<Diagnostic>) {
    let id: String = name.nfc().collect();
    let slug = slug(&id);
    let say = |code, message: String, help: String| {
        Some(Diagnostic::new(code, file.top(), message).help(help))
    };
    let reserved = is_reserved(&id, below);
    let problem = if slug.is_empty() {
        let message = format!("no address can be made of the name `{id}`");
        say(Code::Id, message, "rename it with letters or digits".into())
    } else if id != slug {
        let message = format!("the name `{id}` cannot be an address as it stands");
        say(Code::Id, message, format!("rename it to `{slug}`"))
    } else if id.len() > LONGEST {
        let message =
            format!("the name has {} bytes; an address takes at most {LONGEST}", id.len());
        say(Code::Id, message, "rename it to something shorter".into())
    } else if is_device(&id) {
        let message = format!("no file can be called `{id}` on Windows");
        say(Code::Id, message, format!("rename it, for example to `{id}-project`"))
    } else if reserved {
        let message = format!("the address `{id}` is the site's own");
        say(Code::IdReserved, message, format!("rename it, for example to `our-{id}`"))
    } else {
        None
    };
    (id, problem)
}

/// Whether an address of the site's own needs the id.
pub fn is_reserved(id: &str, below: Below) -> bool {
    RESERVED.contains(&id) || (below == Below::Root && RESERVED_PAGES.contains(&id))
}

/// Whether an id that we make ourselves can stand below a folder of the site.
pub fn is_free(id: &str) -> bool {
    !is_reserved(id, Below::Folder) && !is_device(id) && id.len() <= LONGEST
}

/// Whether a name in small letters, without its ending, is that of a device on Windows.
pub fn is_device(id: &str) -> bool {
    let numbered = |name: &str| {
        let number = id.strip_prefix(name).map(|number| number.chars().collect::<Vec<_>>());
        // Raised digits are taken for digits.
        matches!(number.as_deref(), Some(['0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}']))
    };
    DEVICES.contains(&id) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_words() {
        for (name, expected) in [
            ("Same-day motor claims", "same-day-motor-claims"),
            ("  a -- b  ", "a-b"),
            ("Zürich Über", "zürich-über"),
            ("e\u{301}tude", "étude"),
            ("!!!", ""),
            ("😀", ""),
            ("C++", "c"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn names_in_ascii_need_no_tables_of_unicode() {
        let every: String = (0..128_u8).map(char::from).collect();
        for name in [every.as_str(), "What we did", "Order of work", "-", " ", "A1 - b_C", ""] {
            assert_eq!(slug(name), composed(name), "{name}");
        }
    }

    #[test]
    fn ids_that_no_address_can_have_are_told_with_their_rename() {
        let why = |name| check(name, Below::Root, FileId(1)).1.map(|d| d.help.unwrap_or_default());
        assert_eq!(why("same-day-claims"), None);
        assert_eq!(why("Foo").as_deref(), Some("rename it to `foo`"));
        assert_eq!(why("nul").as_deref(), Some("rename it, for example to `nul-project`"));
        assert_eq!(why("com7").as_deref(), Some("rename it, for example to `com7-project`"));
        assert_eq!(why("a b.").as_deref(), Some("rename it to `a-b`"));
        assert_eq!(why("board").as_deref(), Some("rename it, for example to `our-board`"));
        assert!(why(&"a".repeat(101)).is_some());
    }
}
