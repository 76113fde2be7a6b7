//! What is told by right: a value that was found in a site, though its edition withholds it, is
//! looked for in a site made of the same casebook without it.
//!
//! A sum of figures that all may see can be the same number by chance. Where something was found, which
//! is rare, that casebook is linked, and of its site as many pages are made as it takes to meet each
//! value again: mostly one.

use super::Watch;
use super::linked::Linked;
use crate::diagnostics::Failure;
use crate::documents;
use crate::documents::settings::Settings;
use crate::editions::{self, Wanted};
use crate::leaks::{Found, Guard};
use crate::memo::Key;
use crate::memo::store::Store;
use crate::pages::Pages;
use crate::sources::Sources;
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a site was made by.
pub(super) struct By<'r> {
    pub sources: &'r Sources,
    pub settings: &'r Settings,
    pub wanted: &'r Wanted,
    pub as_of: Date,
    pub store: &'r dyn Store,
}

/// Nobody looks on.
struct Unseen;

impl Watch for Unseen {
    fn stage(&self, _name: &'static str) {}
    fn page(&self, _done: usize, _of: usize) {}
}

/// What was found, without what another site says as well in which nothing is to be found.
pub(super) fn without(mut found: Found, guard: &Guard, by: &By<'_>) -> Result<Found, Failure> {
    if found.values.is_empty() {
        return Ok(found);
    }
    let By { settings, wanted, as_of, .. } = *by;
    let sources = guard.without(by.sources);
    let documents = documents::read(&sources, settings, None);
    let edition = editions::cut(documents, &sources, settings, wanted)?;
    let mut linked = Linked::new(Key::default(), edition, &sources, settings, as_of, &Unseen);
    linked.refer(&sources, by.store);
    let Ok(theme) = &linked.theme else { return Ok(found) };
    let other = Other { pages: linked.pages(), theme, guard };
    let (mut told, mut looked) = (BTreeSet::new(), BTreeSet::new());
    for (nth, addresses) in &found.values {
        // Data files are long: pages come first.
        let (data, pages): (Vec<_>, Vec<_>) =
            addresses.iter().partition(|address| address.starts_with("data/"));
        for address in pages.into_iter().chain(data) {
            if told.contains(nth) {
                break;
            }
            if looked.insert(address) {
                told.extend(other.says(address)?);
            }
        }
    }
    found.values.retain(|nth, _| !told.contains(nth));
    Ok(found)
}

/// The site of a casebook without what is hidden.
struct Other<'o> {
    pages: Pages<'o>,
    theme: &'o Theme,
    guard: &'o Guard,
}

impl Other<'_> {
    /// The values that a file of it says, and its address; none where it has no such file.
    fn says(&self, address: &str) -> Result<BTreeSet<usize>, Failure> {
        let mut said = BTreeSet::new();
        let mut look = |bytes: &[u8]| said.extend(self.guard.found_in(address, bytes));
        if let Some(page) = self.pages.list.iter().find(|page| page.address == address) {
            look(address.as_bytes());
            let put = |bytes: &[u8]| {
                look(bytes);
                Ok(())
            };
            self.theme.render(self.pages.view(page), address, put)?;
        } else if let Some(file) = self.pages.files().iter().find(|file| file.address == address) {
            (0..file.stretches).for_each(|nth| look(&file.stretch(nth)));
        } else if let Some(files) =
            Some(self.pages.index_files()).filter(|f| f.iter().any(|f| f == address))
        {
            // What stands in which of its files is chance.
            let index = self.pages.index();
            (0..files.len()).for_each(|nth| look(&index.file(nth)));
        }
        Ok(said)
    }
}
