//! Templates of a site that dress nothing: one that nothing calls, one that is empty.
//!
//! A template takes the place of the built-in one of its name, so one with a misspelt name would be
//! passed over in silence, and an empty one would leave its pages blank.

use super::asked::{components, literals, tags};
use crate::diagnostics::{Code, Diagnostic, FileId, did_you_mean};
use std::collections::BTreeMap;

/// Whether a built-in template makes whole pages.
pub(super) fn is_page(name: &str, text: &str) -> bool {
    name == "base.html" || text.trim_start().starts_with("{% extends")
}

/// A template of whole pages that says nothing.
pub(super) fn empty(name: &str, file: FileId) -> Diagnostic {
    let message = format!("`{name}` is empty, and so its pages would be");
    let help = "write the template, or remove the file: then the built-in one is used";
    Diagnostic::new(Code::Template, file.top(), message).help(help)
}

/// Those of some templates that no page and no other template can lead to.
pub(super) fn unused(
    theme: &str,
    own: &[(&str, FileId)],
    texts: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    if own.is_empty() {
        return Vec::new();
    }
    let tags: BTreeMap<&str, Vec<&str>> =
        texts.iter().map(|(name, text)| (name.as_str(), tags(text))).collect();
    let defining = components(&tags);
    let called = |name: &str| {
        let others = tags.iter().filter(|(other, _)| bare(other) != name);
        let mut literals = others.flat_map(|(_, tags)| tags).flat_map(|tag| literals(tag));
        literals.any(|literal| bare(literal) == name)
    };
    // What extends a page is meant as one, whatever it defines besides.
    let defines = |name: &str| {
        let mut all = defining.values().flatten();
        all.any(|other| bare(other) == name && !is_page(name, &texts[*other]))
    };
    let stray = own.iter().filter(|(name, _)| !called(name) && !defines(name));
    let said = stray.map(|(name, file)| {
        let message = format!("no page uses `themes/{theme}/templates/{name}`");
        let built_in = texts.keys().filter_map(|name| name.strip_prefix("default/"));
        let built_in = built_in.filter(|built_in| !own.iter().any(|(own, _)| own == built_in));
        let help = did_you_mean(name, built_in).unwrap_or_else(|| {
            "give it the name of a built-in template, include it in one, or remove it".into()
        });
        Diagnostic::new(Code::FileUnused, file.top(), message).help(help)
    });
    said.collect()
}

/// A template's name, however it is called.
fn bare(name: &str) -> &str {
    name.strip_prefix("default/").unwrap_or(name)
}
