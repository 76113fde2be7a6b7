//! What is told by right: a value that was found in a site, though its edition withholds it, is
//! looked for in a site made of the same casebook without it.
//!
//! A sum of figures that all may see can be the same number by chance. The other site is made only
//! where something was found, which is rare.

use super::linked::Linked;
use super::render::Render;
use super::{Watch, beside};
use crate::diagnostics::Failure;
use crate::documents;
use crate::documents::settings::Settings;
use crate::editions::{self, Wanted};
use crate::leaks::{Found, Guard, Watched};
use crate::memo::Key;
use crate::site::edition::Edition;
use crate::sources::Sources;
use jiff::civil::Date;

/// What a site was made by.
pub(super) struct By<'r> {
    pub sources: &'r Sources,
    pub settings: &'r Settings,
    pub wanted: &'r Wanted,
    pub as_of: Date,
}

/// Nobody looks on.
struct Unseen;

impl Watch for Unseen {
    fn stage(&self, _name: &'static str) {}
    fn page(&self, _done: usize, _of: usize) {}
}

/// What was found, without what another site says as well in which nothing is to be found.
pub(super) fn without(found: Found, guard: &Guard, by: &By<'_>) -> Result<Found, Failure> {
    if found.is_nothing() {
        return Ok(found);
    }
    let By { settings, wanted, as_of, .. } = *by;
    let sources = guard.without(by.sources);
    let documents = documents::read(&sources, settings, None);
    let edition = editions::cut(documents, &sources, settings, wanted)?;
    let mut linked = Linked::new(Key::default(), edition, &sources, settings, as_of, &Unseen);
    linked.refer(&sources);
    let Ok(theme) = &linked.theme else { return Ok(found) };
    let own = theme.files.keys().map(String::as_str);
    let watched = Watched::new(guard, None, own);
    let pages = linked.pages();
    let edition = Edition::new(&linked.portfolio.audience, wanted.drafts);
    let render = Render { pages, theme, watch: &Unseen, shelf: &watched, edition, compared: None };
    let files: Vec<_> = beside(&linked.portfolio, &sources).collect();
    render.all(&settings.output, None, &files)?;
    Ok(found.without(&watched.found()))
}
