//! What one run remembers for the next: files, documents, and what each page looked at.
//!
//! Nothing in it is needed: a run without it makes the same site, byte for byte.

use crate::documents;
use crate::memo::{Key, Keys, Mark};
use crate::pages::Page;
use crate::sources::Sources;
use foldhash::HashMap;
use serde::{Deserialize, Serialize};

/// What one run remembers for the next.
#[derive(Debug, Default)]
pub struct Memory {
    /// What was read from the disk.
    pub(super) sources: Option<Sources>,
    /// What was read of it, under settings of this key.
    pub(super) documents: documents::Shelf,
    pub(super) settings: Key,
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
    pub common: Key,
    /// What could be looked at.
    pub keys: Keys,
    /// The pages, by address.
    pub pages: HashMap<String, Looked>,
}

/// What a page was about, and what was looked at while it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Looked {
    pub about: Key,
    pub at: Box<[Mark]>,
}

impl Site {
    /// A site of which no page is made yet.
    pub fn new(common: Key, keys: Keys) -> Site {
        Site { common, keys, pages: HashMap::default() }
    }

    /// Whether what all pages share is the same in another site.
    pub fn is_like(&self, other: &Site) -> bool {
        self.common == other.common
    }

    /// What a page looked at, where all of it is the same in a site that is to be made.
    pub fn same(&self, page: &Page, next: &Site) -> Option<&Looked> {
        let looked = self.pages.get(&page.address).filter(|_| self.is_like(next))?;
        let same = looked.about == page.key() && self.keys.agree(&next.keys, &looked.at);
        same.then_some(looked)
    }
}
