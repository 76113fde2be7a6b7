//! What a template can ask of its view, told by the names in it and in all that it can lead to.
//!
//! In go the texts of all templates, out come the names that stand in tags of those that rendering
//! one of them can reach: more than it asks for, never fewer. Where a name may be put together as
//! the page is rendered, everything is asked for.

use crate::pages::Asked;
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// Words with which a template can reach what it does not name.
const ANYTHING: &[&str] =
    &["__tera_context", "attribute", "get", "items", "keys", "pairs", "values"];

/// What a template can ask for, of the texts of all templates by their names.
pub(super) fn of(template: &str, texts: &BTreeMap<String, String>) -> Asked {
    let tags: BTreeMap<&str, Vec<&str>> =
        texts.iter().map(|(name, text)| (name.as_str(), tags(text))).collect();
    let components = components(&tags);
    let (mut names, mut reached) = (HashSet::default(), HashSet::default());
    let mut next: Vec<&str> = called(template, texts).into_iter().collect();
    while let Some(name) = next.pop() {
        let tags = tags.get(name).filter(|_| reached.insert(name));
        for tag in tags.into_iter().flatten() {
            if reaches_anything(tag) {
                return Asked::default();
            }
            names.extend(words(tag).map(str::to_string));
            next.extend(literals(tag).filter_map(|name| called(name, texts)));
            let used = words(tag).filter(|_| tag.contains('<'));
            next.extend(used.filter_map(|word| components.get(word)).flatten());
        }
    }
    Asked::only(names)
}

/// The template that a name stands for: the site's own, or else the built-in one.
fn called<'t>(name: &str, texts: &'t BTreeMap<String, String>) -> Option<&'t str> {
    let known = |name: &str| texts.get_key_value(name).map(|(name, _)| name.as_str());
    known(name).or_else(|| known(&format!("default/{name}")))
}

/// The templates in which each component is defined.
pub(super) fn components<'t>(
    tags: &BTreeMap<&'t str, Vec<&'t str>>,
) -> HashMap<&'t str, Vec<&'t str>> {
    let mut defined: HashMap<&str, Vec<&str>> = HashMap::default();
    for (template, tags) in tags {
        let pairs = tags.iter().flat_map(|tag| words(tag).zip(words(tag).skip(1)));
        let names = pairs.filter(|(before, _)| *before == "component").map(|(_, name)| name);
        names.for_each(|name| defined.entry(name).or_default().push(template));
    }
    defined
}

/// Whether more can be reached in a tag than it names: by a key that is a value, or all of a map.
fn reaches_anything(tag: &str) -> bool {
    let subscript = tag.match_indices('[').any(|(at, _)| {
        let before = tag[..at].chars().next_back();
        let is_key = before.is_some_and(|c| c.is_alphanumeric() || "_])".contains(c));
        let key = tag[at + 1..].trim_start().chars().next();
        is_key && !key.is_some_and(|c| c.is_ascii_digit() || "\"'`:-".contains(c))
    });
    let mut start = words(tag);
    let pairs =
        start.next() == Some("for") && tag.split(" in ").next().is_some_and(|of| of.contains(','));
    subscript || pairs || words(tag).any(|word| ANYTHING.contains(&word))
}

/// The words in a tag, those in texts among them.
fn words(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The texts in a tag: a template is called by one.
pub(super) fn literals(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(['"', '\'', '`']).skip(1)
}

/// What stands in `{{ … }}` and `{% … %}`.
pub(super) fn tags(text: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let close = match rest.as_bytes().first() {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => continue,
        };
        let length = length(&rest[1..], close);
        tags.push(&rest[1..1 + length]);
        rest = &rest[1 + length..];
    }
    tags
}

/// How far it is to the end of a tag, which is none within a text in quotes.
fn length(tag: &str, close: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if "\"'`".contains(c) => quote = Some(c),
            None if tag[at..].starts_with(close) => return at,
            None => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(texts: &[(&str, &str)]) -> Asked {
        let texts = texts.iter().map(|(name, text)| (name.to_string(), text.to_string()));
        of("project.html", &texts.collect())
    }

    #[test]
    fn a_name_is_asked_for_where_a_template_that_is_reached_has_it_in_a_tag() {
        let asked = asked(&[
            (
                "project.html",
                "{% extends \"base.html\" %}svg {{ <bar of={kpis} /> }}{{ \"}} a\" }}",
            ),
            (
                "default/base.html",
                "{%- if frame.title %}<p>{{- outcomes }}{% include 'foot.html' %}",
            ),
            ("foot.html", "{{ organization }}"),
            ("parts.html", "{% component bar(of) %}{{ of.value }}{% endcomponent %}"),
            ("other.html", "{{ people }}{% component link(w) %}{{ w.href }}{% endcomponent %}"),
            ("default/project.html", "{{ stages }}"),
        ]);
        for name in ["kpis", "value", "frame", "title", "outcomes", "organization", "a"] {
            assert!(asked.has(name), "{name}");
        }
        for name in ["svg", "people", "href", "stages", "p"] {
            assert!(!asked.has(name), "{name}");
        }
    }

    #[test]
    fn what_could_name_anything_asks_for_everything() {
        for text in [
            "{{ row[by] }}",
            "{{ rows[0][by] }}",
            "{% for key, value in money %}{% endfor %}",
            "{{ __tera_context }}",
            "{{ money | get(key=which) }}",
            "{{ kpis | map(attribute=what) }}",
        ] {
            assert_eq!(asked(&[("project.html", text)]), Asked::default(), "{text}");
        }
        let named = asked(&[(
            "project.html",
            "{{ kpis[0].name }}{{ [title] }}{% for k in kpis %}{{ k['id'] }}",
        )]);
        assert!(named.has("id") && named.has("title") && !named.has("svg"));
    }
}
