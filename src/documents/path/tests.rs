//! Whatever the gate lets through stays below its folder, by the rules of Unix and of Windows.

use super::*;
use proptest::prelude::*;

#[test]
fn nothing_leads_out() {
    for path in [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "//host/x",
        "..\\x",
        "C:\\x",
        "C:x",
        "x.csv:stream",
        "%2e%2e/x",
        "%252e%252e/x",
        "a%5cb",
        "a\u{0}",
        "a\nb",
        "\u{202e}x",
        "a\u{200b}b",
        "a\u{2060}b",
        "\u{feff}a",
        "",
        ".",
        "./",
    ] {
        assert_eq!(below(path), Err(Refused::Outside), "{path:?}");
    }
    assert_eq!(below("./data//x.csv").as_deref(), Ok("data/x.csv"));
    assert_eq!(below("e\u{301}.png").as_deref(), Ok("\u{e9}.png"));
}

#[test]
fn names_that_windows_cannot_have_are_told() {
    for path in [
        "aux",
        "a/NUL.png",
        "com1.tar.gz",
        "Lpt9 .csv",
        "com\u{b2}.png",
        "conin$",
        "a./b",
        "a /b",
        "...",
        "a/x.png.",
        "a?b",
        "a*b",
        "<a>",
        "a|b",
        "\"a\"",
        &"a".repeat(201),
    ] {
        assert!(matches!(below(path), Err(Refused::Name(..))), "{path:?}");
    }
    for path in ["auxiliary.png", "com.png", "com10.png", ".a", " a", "a.b", &"a".repeat(200)] {
        assert_eq!(below(path).as_deref(), Ok(path), "{path:?}");
    }
}

#[test]
fn names_that_some_system_takes_for_one_are_folded_to_one() {
    let one = ["Stra\u{df}e/\u{c9}.png", "STRASSE/e\u{301}.PNG", "strasse/E\u{301}.png"];
    for name in one {
        assert_eq!(folded(name), "strasse/\u{e9}.png", "{name:?}");
    }
    assert_eq!(folded("\u{39f}\u{394}\u{39f}\u{3a3}"), folded("\u{3bf}\u{3b4}\u{3bf}\u{3c2}"));
    assert_ne!(folded("a/b"), folded("ab"));
}

/// Where a path leads on Unix, or on Windows: none where it leaves its folder or reaches what is
/// no file. This is the other opinion, made of the systems' rules and of nothing in the gate.
fn leads_to(path: &str, windows: bool) -> Option<Vec<String>> {
    let slash = |c: char| c == '/' || (windows && c == '\\');
    if path.starts_with(slash) || path.contains('\0') || (windows && path.contains(':')) {
        return None;
    }
    let mut at: Vec<String> = Vec::new();
    for part in path.split(slash) {
        match part {
            "" | "." => continue,
            ".." => {
                at.pop()?;
                continue;
            }
            _ => {}
        }
        let kept = if windows { part.trim_end_matches(['.', ' ']) } else { part };
        let stem = kept.split('.').next().unwrap_or_default().trim_end().to_uppercase();
        let device = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&&*stem)
            || ["COM", "LPT"].iter().any(|port| {
                let number = stem.strip_prefix(port).map(|n| n.chars().collect::<Vec<_>>());
                matches!(number.as_deref(), Some(['0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}']))
            });
        if windows && (kept.is_empty() || device || part.contains(['<', '>', '"', '|', '?', '*'])) {
            return None;
        }
        at.push(kept.to_string());
    }
    (!at.is_empty()).then_some(at)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_let_through_stays_below_on_every_system(
        path in "([/\\\\.: %~$a-cA-C\u{e9}e\u{301}\u{200b}\u{202e}\n\0]|\\.\\./|aux|nul|com1|lpt\u{b3}|conin\\$|C:|%2e|//|\\?|\\*){0,12}"
    ) {
        let Ok(clean) = below(&path) else { return Ok(()) };
        let parts: Vec<String> = clean.split('/').map(str::to_string).collect();
        prop_assert_eq!(leads_to(&clean, false), Some(parts.clone()));
        prop_assert_eq!(leads_to(&clean, true), Some(parts.clone()));
        let root = std::path::Path::new("/srv/site");
        let normal = parts.iter().map(|part| std::path::Component::Normal(part.as_ref()));
        let joined = root.join(&clean);
        let is_below = joined.strip_prefix(root).is_ok_and(|at| at.components().eq(normal));
        prop_assert!(is_below);
        // It is the same after a second pass, and no other name of it is let through besides.
        prop_assert_eq!(below(&clean), Ok(clean.clone()));
        prop_assert_eq!(composed(&clean), &*clean);
        let once = folded(&clean);
        prop_assert_eq!(folded(&once), &*once);
    }
}
