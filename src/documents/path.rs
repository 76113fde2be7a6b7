//! The one function through which every path made from content goes.

use super::id::is_device;

/// A path below the folder it is named in, by its components; `None` if it could lead elsewhere.
pub fn below(path: &str) -> Option<String> {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\\' | ':' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if path.is_empty() || path.starts_with('/') || path.contains(odd) || path.contains('%') {
        return None;
    }
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether each system can have a file or folder of this name, an address in a page leads to it, and
/// its reader sees what it is.
pub fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let odd = |c: char| {
        c.is_control()
            || "<>:\"|?*\\#%\u{ad}\u{61c}\u{feff}".contains(c)
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    !(name.ends_with(['.', ' ']) || name.len() > 255 || name.contains(odd) || is_device(&stem))
}

#[cfg(test)]
mod tests {
    use super::{below, is_portable};

    #[test]
    fn a_name_that_some_system_cannot_have_is_known() {
        for name in ["con", "NUL.png", "lpt1", "a.", "a ", "a?.png", "C#.pdf", "50%", "a\u{202e}b"]
        {
            assert!(!is_portable(name), "{name:?}");
        }
        for name in ["console.png", "plan 2 (b).pdf", "größe.csv", "日本.png", "a..b", "com.txt"]
        {
            assert!(is_portable(name), "{name:?}");
        }
    }

    #[test]
    fn nothing_leads_out() {
        for path in [
            "../x",
            "a/../../x",
            "/etc/passwd",
            "..\\x",
            "C:\\x",
            "%2e%2e/x",
            "a\u{0}",
            "a\nb",
            "\u{202e}x",
            "",
            ".",
        ] {
            assert_eq!(below(path), None, "{path:?}");
        }
        assert_eq!(below("./data//x.csv").as_deref(), Some("data/x.csv"));
    }
}
