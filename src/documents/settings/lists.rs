//! Lists of names in the settings, in which each name stands once.

use super::bad;
use crate::documents::fields::{Fields, Spanned};
use crate::documents::id::{Below, is_reserved, slug};
use std::collections::BTreeMap;

/// The themes of lessons where none are named.
const THEMES: &[&str] = &[
    "data",
    "scope",
    "adoption",
    "training",
    "integration",
    "governance",
    "vendor",
    "security",
    "staffing",
    "communication",
    "measurement",
];

/// The circles of readers where none are named, from the widest to the narrowest.
const AUDIENCES: &[&str] = &["internal", "board"];

/// The themes of lessons; each has a page, so each needs an address of its own.
pub(super) fn lesson_themes(fields: &Fields<'_, '_, '_>) -> Vec<String> {
    let Some(themes): Option<Vec<Spanned<String>>> = fields.get("lesson_themes") else {
        return THEMES.iter().map(ToString::to_string).collect();
    };
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for theme in &themes {
        let (name, id) = (&theme.value, slug(theme));
        let message = match taken.get(id.as_str()) {
            _ if id.is_empty() => format!("no address can be made of the lesson theme `{name}`"),
            _ if is_reserved(&id, Below::Folder) => {
                format!("the address of the lesson theme `{name}` is the site's own")
            }
            Some(first) if first == name => format!("the lesson theme `{name}` stands twice"),
            Some(first) => format!("the lesson themes `{first}` and `{name}` have one address"),
            None => {
                taken.insert(id, name);
                continue;
            }
        };
        bad(fields.reader, theme.span, message, "remove it, or give it different words");
    }
    themes.into_iter().map(|theme| theme.value).collect()
}

/// The circles of readers, from the widest to the narrowest.
pub(super) fn audiences(fields: &Fields<'_, '_, '_>) -> Vec<String> {
    let Some(names): Option<Vec<Spanned<String>>> = fields.get("audiences") else {
        return AUDIENCES.iter().map(ToString::to_string).collect();
    };
    if let (true, Some(node)) = (names.is_empty(), fields.node("audiences")) {
        let message = "there is no audience in this list".to_string();
        bad(fields.reader, node.span, message, "name one, or leave the list out");
    }
    for (nth, name) in names.iter().enumerate() {
        if names[..nth].iter().any(|first| first.value == name.value) {
            let message = format!("the audience `{}` stands twice", name.value);
            bad(fields.reader, name.span, message, "remove it, or give it another name");
        }
    }
    names.into_iter().map(|name| name.value).collect()
}
