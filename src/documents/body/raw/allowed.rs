//! What of raw HTML may stay: elements that structure a page or mark a text, and few attributes.
//!
//! Nothing that runs, loads, submits, names or dresses: no address of a picture, no `id`, `name`,
//! `class` or `style`. No landmarks and no headings, for the outline is the page's own.

use crate::documents::body::links::{self, Address};
use pulldown_cmark_escape::escape_href;

/// The elements, each with the attributes it may have besides those that stand everywhere.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("abbr", &["title"]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &["title"]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["abbr", "colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Attributes that any element may have.
pub(in crate::documents::body) const EVERYWHERE: &[&str] = &["dir", "lang"];

/// Elements that are nothing without what is in them, so that it goes with them.
pub(super) const CONTENT_TOO: &[&str] = &[
    "applet",
    "audio",
    "canvas",
    "datalist",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// Elements that have no end.
const EMPTY: &[&str] = &["br", "col", "hr", "wbr"];

/// Elements whose end may be left out, as the next one or their parent's end ends them.
const ENDS_ALONE: &[&str] = &[
    "caption", "colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th",
    "thead", "tr",
];

/// All elements, with the attributes that are their own.
pub(in crate::documents::body) fn elements()
-> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    ELEMENTS.iter().copied()
}

/// An element that may stay.
pub(super) fn element(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    let at = ELEMENTS.binary_search_by(|(own, _)| (*own).cmp(name)).ok()?;
    Some(ELEMENTS[at])
}

/// What stands in the place of a heading.
pub(super) fn heading(name: &str) -> Option<&'static str> {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6").then_some("p")
}

/// Whether an element has no end.
pub(in crate::documents::body) fn is_empty(name: &str) -> bool {
    EMPTY.contains(&name)
}

/// Whether the end of an element may be left out.
pub(in crate::documents::body) fn ends_alone(name: &str) -> bool {
    ENDS_ALONE.contains(&name)
}

/// Whether the value of an attribute is of its kind. What is meant for readers may be any text.
pub(super) fn is_sound(attribute: &str, value: &str) -> bool {
    match attribute {
        "colspan" | "rowspan" | "span" => {
            value.parse::<u16>().is_ok_and(|count| (1..=1000).contains(&count))
        }
        "start" | "value" => value.parse::<i32>().is_ok(),
        "type" => matches!(value, "1" | "a" | "A" | "i" | "I"),
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        "lang" => value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        "datetime" => {
            value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -+:.".contains(&byte))
        }
        _ => true,
    }
}

/// What a link to elsewhere has in its tag; an address that cannot stand there comes back.
pub(super) fn link(address: &str) -> Result<String, Address> {
    let (url, rest) = match links::sort(address) {
        Address::Away(url) => (url, " rel=\"noopener noreferrer\""),
        Address::Contact(url) => (url, ""),
        other => return Err(other),
    };
    let mut html = " href=\"".to_string();
    // Writing to a string cannot fail.
    let _ = escape_href(&mut html, &url);
    html.push('"');
    html.push_str(rest);
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elements_stand_in_order() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name), "they are searched by halves");
        let gone = ELEMENTS.iter().find(|(name, _)| CONTENT_TOO.contains(name));
        assert_eq!(gone, None, "what stays does not go");
    }
}
