//! The HTML of a body into which raw HTML was let, made whole: each section closes what it opens.
//!
//! In goes HTML with marks in it, part of it by Casebook and part by a writer, whose tags may be
//! closed in the wrong order, or nowhere. It is parsed as a browser parses it, held against a list of
//! all that may be in a body, and written anew; the marks stay where they are. This is also the second
//! look at raw HTML: what [`super::raw`] should have let through by mistake ends here.

use super::raw::allowed;
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Stands for the sign around marks while HTML is parsed, as a parser takes that sign away. No
/// text keeps it: Unicode has set it apart for the inside of programs.
const SIGN: char = '\u{fdd0}';

/// What bodies have besides what raw HTML may have: elements, and attributes of them.
const OWN: &[(&str, &[&str])] = &[
    ("a", &["aria-label", "class", "id", "rel", "title"]),
    ("blockquote", &["class"]),
    ("code", &["class"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["alt", "decoding", "loading", "src"]),
    ("input", &["aria-label", "checked", "disabled", "type"]),
    ("li", &["id"]),
    ("p", &["class"]),
    ("section", &["aria-label", "class"]),
    ("sup", &["class"]),
    ("td", &["class", "data-label"]),
    ("th", &["class"]),
];

static LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (name, own) in allowed::elements().chain(OWN.iter().copied()) {
        attributes.entry(name).or_default().extend(own);
    }
    let mut list = Builder::empty();
    list.tags(attributes.keys().copied().collect())
        .tag_attributes(attributes)
        .generic_attributes(allowed::EVERYWHERE.iter().copied().collect())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        // Relative addresses are marks, or places on the page that notes lead to.
        .url_relative(UrlRelative::PassThrough)
        // Links to elsewhere have it already.
        .link_rel(None);
    list
});

/// Makes each section whole; `ends` says of a mark whether a section ends at it.
pub(super) fn sections(html: &str, mark: char, ends: impl Fn(&str) -> bool) -> String {
    let mut whole = String::with_capacity(html.len() + 64);
    let mut section = String::new();
    for (nth, part) in html.split(mark).enumerate() {
        if nth % 2 == 0 {
            section.extend(part.chars().filter(|letter| *letter != SIGN));
        } else if ends(part) {
            section_into(&mut whole, &section, mark);
            section.clear();
            whole.extend([mark]);
            whole.push_str(part);
            whole.push(mark);
        } else {
            section.push(SIGN);
            section.push_str(part);
            section.push(SIGN);
        }
    }
    section_into(&mut whole, &section, mark);
    whole
}

fn section_into(whole: &mut String, section: &str, mark: char) {
    let cleaned = LIST.clean(section).to_string();
    whole.extend(cleaned.chars().map(|letter| if letter == SIGN { mark } else { letter }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(html: &str) -> String {
        sections(html, '|', |mark| mark == "9")
    }

    #[test]
    fn each_section_closes_what_it_opens() {
        assert_eq!(
            whole("<details><p>a|9|<h3 id=\"b\">b</h3>\n</div></details>c"),
            "<details><p>a</p></details>|9|<h3 id=\"b\">b</h3>\nc"
        );
    }

    #[test]
    fn marks_stay_and_cannot_be_forged() {
        assert_eq!(
            whole("<b><a href=\"|1|#x\">|2|</a>\u{fdd0}3\u{fdd0}"),
            "<b><a href=\"|1|#x\">|2|</a>3</b>"
        );
    }

    #[test]
    fn what_was_let_through_by_mistake_ends_here() {
        assert_eq!(
            whole("<p onclick=x style=y id=z>a<script>b</script><a href=javascript:c>d</a>"),
            "<p>a<a>d</a></p>"
        );
    }
}
