//! What one run remembers for the next: files, documents, and what each page looked at.
//!
//! Nothing in it is needed: a run without it makes the same site, byte for byte.

use super::linked::Linked;
use super::render::One;
use crate::diagnostics::Failure;
use crate::documents;
use crate::memo::{BODY, Changed, Key, Keys, Mark};
use crate::pages::Page;
use crate::sources::{Limits, SourceFile, Sources};
use foldhash::HashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

/// What one run remembers for the next.
#[derive(Debug, Default)]
pub struct Memory {
    /// What was read from the disk.
    pub(super) sources: Option<Sources>,
    /// The files that were touched since, where someone was told of each.
    touched: Option<BTreeSet<String>>,
    /// What was read of it, under settings of this key.
    pub(super) documents: documents::Shelf,
    pub(super) settings: Key,
    /// What was linked of that.
    pub(super) linked: Option<Linked>,
    /// The last site that was whole.
    pub(super) site: Site,
}

impl Memory {
    /// What was stored of another run; nothing, where the bytes are not what a run stores.
    pub fn restored(bytes: &[u8]) -> Option<Memory> {
        let (settings, site) = postcard::from_bytes(bytes).ok()?;
        Some(Memory { settings, site, ..Memory::default() })
    }

    /// How the pages of the last whole site came to be, as bytes.
    pub fn stored(&self) -> Vec<u8> {
        postcard::to_stdvec(&(self.settings, &self.site)).expect("keys and marks are plain data")
    }

    /// Takes note that none but these files were touched since the last run: the next looks at no
    /// other. It holds for that run alone.
    pub fn told(&mut self, touched: Option<BTreeSet<String>>) {
        self.touched = touched;
    }

    /// Reads the files of a casebook again.
    pub(super) fn read(
        &mut self,
        root: &Path,
        settings: SourceFile,
        limits: Limits,
    ) -> Result<Sources, Failure> {
        let (before, touched) = (self.sources.take(), self.touched.take());
        let told = before.as_ref().zip(touched);
        told.and_then(|(before, touched)| before.touched(root, &settings, limits, &touched))
            .unwrap_or_else(|| Sources::read(root, settings, limits, before.as_ref()))
    }

    /// Forgets what was read under other settings.
    pub(super) fn under(&mut self, settings: Key) {
        if self.settings != settings {
            *self = Memory { settings, ..Memory::default() };
        }
    }
}

/// A whole site: how each of its pages came to be.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Site {
    /// The key of what all pages share.
    common: Key,
    /// What could be looked at.
    keys: Keys,
    /// The pages, in the order of their plan.
    pages: Vec<Looked>,
}

/// A page, and what was looked at while it was made.
#[derive(Debug, Serialize, Deserialize)]
struct Looked {
    page: Page,
    at: Box<[Mark]>,
}

impl Site {
    /// Holds it against a site that is to be made.
    pub fn compared(&self, common: Key, keys: &Keys) -> Compared<'_> {
        let changed = (self.common == common).then(|| self.keys.changed(keys));
        Compared { site: self, changed, by_address: OnceLock::new() }
    }

    /// The site that was made after it, of these pages.
    pub fn followed(self, common: Key, keys: Keys, list: &[Page], each: Vec<One>) -> Site {
        let mut before: Vec<Option<Looked>> = self.pages.into_iter().map(Some).collect();
        let pages = list.iter().zip(each).filter_map(|(page, one)| match one {
            One::Made(at) => Some(Looked { page: page.clone(), at }),
            One::Kept(at) => before[at].take(),
            One::Broken(_) => None,
        });
        Site { common, keys, pages: pages.collect() }
    }
}

/// The last whole site, held against one that is to be made.
#[derive(Debug)]
pub(super) struct Compared<'m> {
    site: &'m Site,
    /// What changed since; none where all did.
    changed: Option<Changed>,
    by_address: OnceLock<HashMap<&'m str, usize>>,
}

impl Compared<'_> {
    /// Whether data files, which look at everything but bodies, are the same.
    pub fn data_is_same(&self) -> bool {
        self.changed.as_ref().is_some_and(|changed| !changed.but_for(BODY))
    }

    /// The position in the last site of a page, if all that it looked at is the same; it is
    /// likely at the position that it has in the next.
    pub fn known(&self, likely: usize, page: &Page) -> Option<usize> {
        let (changed, pages) = (self.changed.as_ref()?, &self.site.pages);
        let at = match pages.get(likely).filter(|looked| looked.page.address == page.address) {
            Some(_) => likely,
            None => *self.by_address().get(page.address.as_str())?,
        };
        (pages[at].page == *page && !changed.any(&pages[at].at)).then_some(at)
    }

    fn by_address(&self) -> &HashMap<&str, usize> {
        self.by_address.get_or_init(|| {
            let pages = self.site.pages.iter().enumerate();
            pages.map(|(at, looked)| (looked.page.address.as_str(), at)).collect()
        })
    }
}
