//! A business unit, a free page and the home page's own words, as their files tell them.

use super::fields::{Fields, Read, Spanned};
use super::person::Person;
use super::reader::Reader;
use super::text::choices;
use super::yaml::{Node, Value};
use serde::{Deserialize, Serialize};

choices! {
    /// Which side a unit is on.
    UnitKind, "kind of unit", {
        /// It runs the business.
        Business "business",
        /// It runs the systems.
        It "it",
        /// It serves all.
        Shared "shared",
    }
}

/// A unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name; the id where none is given.
    pub name: Option<Spanned<String>>,
    /// Which side it is on.
    pub kind: Option<UnitKind>,
    /// Who leads it.
    pub lead: Option<Person>,
    /// The unit above it.
    pub parent: Option<Spanned<String>>,
    /// What it was called before.
    pub formerly: Vec<Spanned<String>>,
}

/// A free page, or the home page's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreePage {
    /// Its title.
    pub title: Spanned<String>,
    /// What it says, in a sentence.
    pub summary: Option<Spanned<String>>,
    /// Who may see it.
    pub audience: Option<Spanned<String>>,
    /// Whether it is not to be shown yet.
    pub draft: bool,
    /// Old addresses that lead here.
    pub aliases: Vec<Spanned<String>>,
}

impl Read for Unit {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Unit> {
        let fields = Fields::of(node, "a unit", reader)?;
        let formerly = match fields.node("formerly") {
            Some(one) if matches!(one.value, Value::Text(_)) => {
                fields.get("formerly").into_iter().collect()
            }
            _ => fields.list("formerly"),
        };
        let unit = Unit {
            name: fields.get("name"),
            kind: fields.get("kind"),
            lead: fields.get("lead"),
            parent: fields.get("parent"),
            formerly,
        };
        fields.done();
        Some(unit)
    }
}

impl FreePage {
    /// Reads the front matter of a free page, which needs a title.
    pub fn page(node: &Node<'_>, reader: &Reader<'_>) -> Option<FreePage> {
        let fields = Fields::of(node, "a page", reader)?;
        let page = FreePage {
            title: fields.need("title"),
            summary: fields.get("summary"),
            audience: fields.get("audience"),
            draft: fields.get("draft").unwrap_or(false),
            aliases: fields.list("aliases"),
        };
        fields.done();
        Some(page)
    }

    /// Reads the front matter of the home page, which may have none.
    pub fn home(node: &Node<'_>, reader: &Reader<'_>) -> Option<FreePage> {
        let fields = Fields::of(node, "the home page", reader)?;
        let title = fields.get("title").unwrap_or_default();
        let page = FreePage { title, summary: fields.get("summary"), ..FreePage::default() };
        fields.done();
        Some(page)
    }
}
