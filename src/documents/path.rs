//! The one function through which every path made from content goes.

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

#[cfg(test)]
mod tests {
    use super::below;

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
