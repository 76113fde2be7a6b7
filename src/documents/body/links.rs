//! Links: which leave the site, which stay in it, and which could run a script.

use crate::documents::path::decoded;
use serde::{Deserialize, Serialize};

/// Where a link within the site leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The path as a file has it, without `%20` and the like; absolute from the site's root or
    /// relative to the write-up; may be empty.
    pub path: String,
    /// What comes behind `#`, with it.
    pub fragment: String,
}

/// What a link's address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Elsewhere; it opens with `rel="noopener noreferrer"`.
    Away(String),
    /// Mail or telephone.
    Contact(String),
    /// Within the site.
    Inside(Target),
    /// A scheme that could run a script or is not known.
    Unsafe,
    /// `//host/…`, which means something else from a file.
    NoScheme,
}

/// Sorts an address; blanks and control characters in it cannot hide a scheme.
pub(super) fn sort(written: &str) -> Address {
    let bare: String = written.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
    let scheme = scheme.filter(|s| !s.contains(['/', '?', '#']));
    match scheme.as_deref() {
        Some("http" | "https") => Address::Away(written.trim().to_string()),
        Some("mailto" | "tel") => Address::Contact(written.trim().to_string()),
        Some(_) => Address::Unsafe,
        None if bare.starts_with("//") || bare.starts_with("\\\\") => Address::NoScheme,
        None => {
            let written = written.trim();
            let at = written.find('#').unwrap_or(written.len());
            let path = written[..at].split('?').next().unwrap_or_default();
            Address::Inside(Target { path: decoded(path).into(), fragment: written[at..].into() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_that_run_scripts_are_seen_through_their_disguises() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "view-source:x",
        ] {
            assert_eq!(sort(address), Address::Unsafe, "{address:?}");
        }
        assert_eq!(sort("//evil.example/x"), Address::NoScheme);
        let inside = Target { path: "../a/".into(), fragment: "#b:c".into() };
        assert_eq!(sort("../a/#b:c"), Address::Inside(inside));
        let inside = Target { path: "a b#%zé.png".into(), fragment: "#c%20d".into() };
        assert_eq!(sort("a%20b%23%z%C3%a9.png?x#c%20d"), Address::Inside(inside));
        let inside = Target { path: "a%ff".into(), fragment: String::new() };
        assert_eq!(sort("a%ff"), Address::Inside(inside));
        assert!(matches!(sort("https://a.example/?q=1"), Address::Away(_)));
    }
}
