//! The policy of a page, opened on the way out just so far that the preview's own script may run.
//!
//! A policy in a meta tag cannot be loosened by a header, so it is replaced: sources from here may
//! be run, drawn and connected to, and nothing else changes. In goes a page, out comes the page
//! with each of its policies replaced; one that has none stays as it is.

use std::ops::Range;

/// What the preview needs: its script, its style sheet and its stream of events.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];

/// The page with its policies opened.
pub fn opened(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut from = 0;
    for policy in policies(html) {
        out.push_str(&html[from..policy.start]);
        out.push_str(&with_own(&html[policy.clone()]));
        from = policy.end;
    }
    out.push_str(&html[from..]);
    out
}

/// A policy that allows what is needed besides what it allowed.
fn with_own(policy: &str) -> String {
    let directives = policy.split(';').map(str::trim).filter(|directive| !directive.is_empty());
    let mut directives: Vec<Vec<&str>> =
        directives.map(|directive| directive.split_whitespace().collect()).collect();
    let named = |directives: &[Vec<&str>], name: &str| {
        directives.iter().position(|directive| directive[0].eq_ignore_ascii_case(name))
    };
    for name in NEEDED {
        match named(&directives, name) {
            Some(at) => allow(&mut directives[at]),
            None => {
                // What is not named is as the default says; without one it is free already.
                let Some(at) = named(&directives, "default-src") else { continue };
                let mut directive = directives[at].clone();
                directive[0] = name;
                allow(&mut directive);
                directives.push(directive);
            }
        }
        if let Some(at) = named(&directives, &format!("{name}-elem")) {
            allow(&mut directives[at]);
        }
    }
    directives.iter().map(|directive| directive.join(" ")).collect::<Vec<_>>().join("; ")
}

fn allow(directive: &mut Vec<&str>) {
    directive.retain(|source| !source.eq_ignore_ascii_case("'none'"));
    if !directive.iter().any(|source| source.eq_ignore_ascii_case("'self'")) {
        directive.push("'self'");
    }
}

/// Where the policies stand in a page: browsers obey those in its head.
fn policies(html: &str) -> Vec<Range<usize>> {
    let head = find(html, 0, "</head").unwrap_or(html.len());
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&html[..head], from, "<meta") {
        let (attributes, end) = attributes(html, at + "<meta".len());
        let of = |name: &str| {
            let mut named = attributes.iter();
            let found = named.find(|one| html[one.name.clone()].eq_ignore_ascii_case(name));
            found.map(|one| one.value.clone())
        };
        if let (Some(kind), Some(content)) = (of("http-equiv"), of("content"))
            && html[kind].trim().eq_ignore_ascii_case("content-security-policy")
        {
            found.push(content);
        }
        from = end;
    }
    found
}

/// Where name and value of an attribute stand.
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
}

/// The attributes of a tag, and where the tag ends.
fn attributes(html: &str, from: usize) -> (Vec<Attribute>, usize) {
    let bytes = html.as_bytes();
    let past = |mut at: usize, of: &dyn Fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|byte| of(*byte)) {
            at += 1;
        }
        at
    };
    let space = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
    let mut found = Vec::new();
    let mut at = past(from, &space);
    while at < bytes.len() && bytes[at] != b'>' {
        let name = at..past(at + 1, &|byte| !space(byte) && byte != b'=' && byte != b'>');
        at = past(name.end, &|byte: u8| byte.is_ascii_whitespace());
        let mut value = at..at;
        if bytes.get(at) == Some(&b'=') {
            at = past(at + 1, &|byte: u8| byte.is_ascii_whitespace());
            value = match bytes.get(at).copied() {
                Some(quote @ (b'"' | b'\'')) => {
                    let value = at + 1..past(at + 1, &|byte| byte != quote);
                    at = (value.end + 1).min(bytes.len());
                    value
                }
                _ => {
                    let end = past(at, &|byte| !byte.is_ascii_whitespace() && byte != b'>');
                    let value = at..end;
                    at = end;
                    value
                }
            };
        }
        found.push(Attribute { name, value });
        at = past(at, &space);
    }
    (found, at)
}

/// The first place, from one on, where a text stands in small or large letters.
fn find(html: &str, from: usize, what: &str) -> Option<usize> {
    let mut windows = html.as_bytes().get(from..)?.windows(what.len());
    let at = windows.position(|window| window.eq_ignore_ascii_case(what.as_bytes()))?;
    Some(from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_theme_is_opened_for_connections_alone() {
        let policy = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'";
        assert_eq!(with_own(policy), format!("{policy}; connect-src 'self'"));
    }

    #[test]
    fn what_a_policy_allows_stays_and_ours_is_added() {
        for (policy, expected) in [
            ("", ""),
            ("img-src data:", "img-src data:"),
            (
                "default-src 'none'",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
            ),
            (
                "default-src https://a.example; connect-src 'NONE';",
                "default-src https://a.example; connect-src 'self'; \
                 script-src https://a.example 'self'; style-src https://a.example 'self'",
            ),
            (
                "Script-Src 'sha256-x'; script-src-elem 'none'",
                "Script-Src 'sha256-x' 'self'; script-src-elem 'self'",
            ),
        ] {
            assert_eq!(with_own(policy), expected, "{policy}");
        }
    }

    #[test]
    fn a_policy_is_found_however_its_tag_is_written() {
        for tag in [
            r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#,
            r#"<META content="default-src 'none'" x HTTP-EQUIV = 'content-security-policy'/>"#,
            "<meta\nhttp-equiv=content-security-policy\ncontent=\"default-src 'none'\" >",
            r#"<meta title="a > b" http-equiv="Content-Security-Policy" content="default-src 'none'">"#,
        ] {
            let page = format!("<head><meta charset=utf-8>{tag}</head><body>{tag}</body>");
            let opened = opened(&page);
            assert_eq!(opened.matches("connect-src 'self'").count(), 1, "{opened}");
            assert!(opened.ends_with(&format!("</head><body>{tag}</body>")), "{opened}");
        }
    }

    #[test]
    fn other_pages_stay_as_they_are() {
        for page in [
            "",
            "<meta",
            "<meta ",
            "<meta a",
            "<meta a=",
            "<meta a=\"",
            "<p>x</p>",
            "<head>ä<meta b=ä>",
        ] {
            assert_eq!(opened(page), page);
        }
    }
}
