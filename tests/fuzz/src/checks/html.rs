//! HTML that a second reader takes without a word, and in which only what we write stands.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
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
    ("img", &["src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"]),
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
];

/// Those that a body can have besides, where raw HTML that can do no harm stays.
const RAW: &[&str] = &[
    "abbr",
    "b",
    "bdi",
    "bdo",
    "caption",
    "cite",
    "col",
    "colgroup",
    "details",
    "dfn",
    "div",
    "figcaption",
    "figure",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "sub",
    "summary",
    "tfoot",
    "time",
    "u",
    "var",
    "wbr",
];

/// The attributes that raw HTML can have.
const RAW_ATTRIBUTES: &[&str] = &[
    "abbr", "colspan", "datetime", "dir", "href", "lang", "open", "reversed", "rowspan", "scope",
    "span", "start", "title", "type", "value",
];

/// Those of diagnostics in a browser.
const OVERLAY: &Known =
    &[("b", &[]), ("code", &[]), ("li", &[]), ("p", &[]), ("pre", &["tabindex"])];

/// An element that a reader found, or a text.
pub enum Part {
    /// Its name and its attributes.
    Element(String, Vec<(String, String)>),
    /// What stands between tags.
    Text(String),
    /// A comment or the like, which we never write.
    Other(String),
}

/// The HTML of a body, which stands between other things of a page: it opens and closes its own.
pub fn is_ours(html: &str) {
    let errors = is_closed(html, |name, attribute| is_known(BODY, name, attribute));
    assert_eq!(errors, [""; 0], "{html}");
}

/// The same, where raw HTML was let in, of which a reader can have something to mend.
pub fn is_harmless_too(html: &str) {
    is_closed(html, |name, attribute| {
        let raw = RAW.contains(&name) || is_known(BODY, name, None);
        let own = attribute.is_none_or(|attribute| RAW_ATTRIBUTES.contains(&attribute));
        is_known(BODY, name, attribute) || raw && own
    });
}

/// The HTML of diagnostics, which are entries of a list; brings what is said in it.
pub fn is_overlay(html: &str) -> String {
    let errors = is_closed(html, |name, attribute| is_known(OVERLAY, name, attribute));
    assert_eq!(errors, [""; 0], "{html}");
    let texts = parts(&parsed(&format!("<!DOCTYPE html><ul>{html}</ul>")).document);
    texts
        .into_iter()
        .filter_map(|part| if let Part::Text(text) = part { Some(text) } else { None })
        .collect()
}

/// Looks at all of a stretch between two other elements; brings what its reader had to mend.
fn is_closed(html: &str, known: impl Fn(&str, Option<&str>) -> bool) -> Vec<String> {
    let page = parsed(&format!("<!DOCTYPE html><body><main>{html}</main><hr id=after>"));
    let body = children(&children(&page.document)[1])[1].clone();
    let names: Vec<_> = children(&body).iter().map(name_of).collect();
    assert_eq!(names, ["main", "hr"], "nothing closes or swallows what is around:\n{html}");
    for part in children(&children(&body)[0]).iter().flat_map(parts) {
        match part {
            Part::Element(name, attributes) => {
                assert!(known(&name, None), "<{name}> in\n{html}");
                for (attribute, value) in attributes {
                    let own = attribute == "class" || known(&name, Some(&attribute));
                    assert!(own, "<{name} {attribute}> in\n{html}");
                    is_sound(&attribute, &value, html);
                }
            }
            Part::Text(text) => assert!(is_shown(&text), "{text:?} in\n{html}"),
            Part::Other(other) => panic!("{other} in\n{html}"),
        }
    }
    ids_are_apart(&page, html);
    page.errors.borrow().iter().map(ToString::to_string).collect()
}

fn is_known(known: &Known, name: &str, attribute: Option<&str>) -> bool {
    let own = known.iter().find(|(own, _)| *own == name);
    own.is_some_and(|(_, own)| attribute.is_none_or(|attribute| own.contains(&attribute)))
}

/// A whole page: nothing runs in it, and no id is given twice.
pub fn is_a_page(html: &str) {
    let page = parsed(html);
    assert_eq!(*page.errors.borrow(), [""; 0], "{html}");
    for part in parts(&page.document) {
        let Part::Element(name, attributes) = part else { continue };
        // A script of the theme, which lies beside the pages under a name with its key; what a tag with an
        // address holds is never run.
        let address = attributes.iter().find(|(name, _)| name == "src").map(|(_, value)| value);
        let is_own = address.is_some_and(|src| {
            src.trim_start_matches("../").starts_with("assets/") && src.ends_with(".js")
        });
        if name == "script" && is_own {
            continue;
        }
        let runs = ["script", "style", "iframe", "base", "object", "embed", "form"];
        assert!(!runs.contains(&&*name), "<{name}> in\n{html}");
        for (attribute, value) in attributes {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} in\n{html}");
            is_sound(&attribute, &value, html);
        }
    }
    let elements = |of: &Handle| -> Vec<Handle> {
        let all = children(of).into_iter();
        all.filter(|node| matches!(node.data, NodeData::Element { .. })).collect()
    };
    let body = elements(&elements(&page.document)[0])[1].clone();
    let names: Vec<_> = elements(&body).iter().map(name_of).collect();
    assert_eq!(names, ["a", "header", "main", "footer", "svg"], "{html}");
    ids_are_apart(&page, html);
}

/// The addresses that a page links or shows.
pub fn addresses(html: &str) -> Vec<String> {
    let all = parts(&parsed(html).document).into_iter();
    let attributes = all.flat_map(|part| match part {
        Part::Element(_, attributes) => attributes,
        Part::Text(_) | Part::Other(_) => Vec::new(),
    });
    attributes.filter(|(name, _)| ["href", "src"].contains(&&**name)).map(|(_, to)| to).collect()
}

fn parsed(html: &str) -> RcDom {
    html5ever::parse_document(RcDom::default(), Default::default()).one(html)
}

fn children(node: &Handle) -> Vec<Handle> {
    node.children.borrow().clone()
}

fn name_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        other => format!("{other:?}"),
    }
}

/// All that stands in and below a node.
fn parts(node: &Handle) -> Vec<Part> {
    let (mut open, mut all) = (vec![node.clone()], Vec::new());
    while let Some(node) = open.pop() {
        all.push(match &node.data {
            NodeData::Element { attrs, .. } => {
                let attributes = attrs.borrow();
                let each =
                    attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
                Part::Element(name_of(&node), each.collect())
            }
            NodeData::Text { contents } => Part::Text(contents.borrow().to_string()),
            _ => Part::Other(name_of(&node)),
        });
        open.extend(children(&node).into_iter().rev());
    }
    all
}

fn is_sound(attribute: &str, value: &str, html: &str) {
    assert!(is_shown(value), "{value:?} in\n{html}");
    if ["href", "src"].contains(&attribute) {
        assert!(is_harmless(value), "{value:?} in\n{html}");
    }
}

fn ids_are_apart(page: &RcDom, html: &str) {
    let mut ids = BTreeSet::new();
    for part in parts(&page.document) {
        let Part::Element(_, attributes) = part else { continue };
        for (_, id) in attributes.into_iter().filter(|(name, _)| name == "id") {
            let sound = !id.is_empty() && !id.contains(|c: char| c.is_ascii_whitespace());
            assert!(sound, "the id {id:?} in\n{html}");
            assert!(ids.insert(id.clone()), "the id {id:?} twice in\n{html}");
        }
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
