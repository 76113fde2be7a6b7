//! HTML that a second reader takes without a word, and in which only what we write stands.

use scraper::{ElementRef, Html, Node};
use std::collections::BTreeSet;

/// Elements, each with the attributes that it can have besides `class`.
type Known = [(&'static str, &'static [&'static str])];

/// Those of a body.
const BODY: &Known = &[
    ("a", &["href", "title", "rel", "id", "aria-label"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("desc", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "loading"]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("p", &[]),
    ("path", &["d"]),
    ("pre", &[]),
    ("section", &["aria-label"]),
    ("span", &[]),
    ("strong", &[]),
    ("sup", &[]),
    ("svg", &["role", "viewBox", "preserveAspectRatio"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["data-label"]),
    ("th", &["scope"]),
    ("thead", &[]),
    ("title", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("b", &[]),
    ("i", &[]),
    ("g", &[]),
    ("circle", &["cx", "cy", "r"]),
    ("rect", &["x", "y", "width", "height"]),
    ("line", &["x1", "y1", "x2", "y2"]),
    ("text", &["x", "y"]),
    ("use", &["href"]),
];

/// Those of diagnostics in a browser.
const OVERLAY: &Known =
    &[("b", &[]), ("code", &[]), ("li", &[]), ("p", &[]), ("pre", &["tabindex"])];

/// The HTML of a body, which stands between other things of a page: it opens and closes its own.
pub fn is_ours(html: &str) {
    is_of(BODY, html);
}

/// The HTML of diagnostics, which are entries of a list; brings what is said in it.
pub fn is_overlay(html: &str) -> String {
    let page = is_of(OVERLAY, html);
    page.root_element().text().collect()
}

fn is_of(known: &Known, html: &str) -> Html {
    let around = format!("<div>{html}</div><hr>");
    let page = Html::parse_fragment(&around);
    assert_eq!(page.errors, [""; 0], "{html}");
    let all: Vec<_> = page.root_element().children().filter_map(ElementRef::wrap).collect();
    let names: Vec<_> = all.iter().map(|element| element.value().name()).collect();
    assert_eq!(names, ["div", "hr"], "nothing closes or swallows what is around:\n{html}");
    for node in all[0].descendants().skip(1) {
        match node.value() {
            Node::Element(_) => is_known(ElementRef::wrap(node).expect("it is one"), known, html),
            Node::Text(text) => assert!(is_shown(text), "{:?} in\n{html}", &**text),
            other => panic!("{other:?} in\n{html}"),
        }
    }
    ids_are_apart(&page, html);
    page
}

/// A whole page: nothing runs in it, and no id is given twice.
pub fn is_a_page(html: &str) {
    let page = Html::parse_document(html);
    assert_eq!(page.errors, [""; 0], "{html}");
    for node in page.tree.nodes() {
        let Some(element) = node.value().as_element() else { continue };
        let name = element.name();
        assert!(!["script", "style", "iframe", "base", "object", "embed", "form"].contains(&name));
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style", "{name} in\n{html}");
            assert!(is_shown(value), "{value:?} in\n{html}");
            if ["href", "src"].contains(&name) {
                assert!(is_harmless(value), "{value:?} in\n{html}");
            }
        }
    }
    let body = page.root_element().children().filter_map(ElementRef::wrap).nth(1);
    let body = body.expect("a page has a body").children().filter_map(ElementRef::wrap);
    let parts: Vec<_> = body.map(|element| element.value().name().to_string()).collect();
    assert_eq!(parts, ["a", "header", "main", "footer", "svg"], "{html}");
    ids_are_apart(&page, html);
}

fn is_known(element: ElementRef<'_>, known: &Known, html: &str) {
    let name = element.value().name();
    let known = known.iter().find(|(own, _)| *own == name);
    let (_, attributes) = known.unwrap_or_else(|| panic!("<{name}> in\n{html}"));
    for (attribute, value) in element.value().attrs() {
        let own = attribute == "class" || attributes.contains(&attribute);
        assert!(own, "<{name} {attribute}> in\n{html}");
        assert!(is_shown(value), "{value:?} in\n{html}");
        if ["href", "src"].contains(&attribute) {
            assert!(is_harmless(value), "{value:?} in\n{html}");
        }
    }
}

fn ids_are_apart(page: &Html, html: &str) {
    let mut ids = BTreeSet::new();
    for id in page.tree.nodes().filter_map(|node| node.value().as_element()?.id()) {
        let sound = !id.is_empty() && !id.contains(|c: char| c.is_ascii_whitespace());
        assert!(sound, "the id {id:?} in\n{html}");
        assert!(ids.insert(id.to_string()), "the id {id:?} twice in\n{html}");
    }
}

/// Whether a text has only what HTML can have: no other control characters than ends of lines and
/// tabs, and none of the marks that are cut out of a body.
fn is_shown(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() && !"\n\t".contains(c))
}

/// Whether an address leads to a page, mail or telephone, as a browser reads it.
pub fn is_harmless(address: &str) -> bool {
    let read: String = address.chars().filter(|c| !"\t\n\r".contains(*c)).collect();
    let read = read.trim_matches(|c: char| c <= ' ');
    let letters = read.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    let scheme = letters.filter(|at| read[*at..].starts_with(':') && *at > 0);
    match scheme.map(|at| read[..at].to_ascii_lowercase()) {
        Some(scheme) => ["http", "https", "mailto", "tel"].contains(&scheme.as_str()),
        None => !read.replace('\\', "/").starts_with("//"),
    }
}
