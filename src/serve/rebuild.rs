//! Rebuilding: the one place where `serve` calls the pipeline.
//!
//! In goes a request, out comes what a build brings and, where nothing is an error, the whole site
//! in memory. What is remembered between two builds is kept here.

use crate::diagnostics::Failure;
use crate::memo::store::Store;
use crate::pipeline::{self, Built, Memory, Request, Watch};
use crate::site::memory::{Filling, Held};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What one rebuild brought.
pub struct Rebuilt {
    /// What the pipeline says of it.
    pub built: Built,
    /// The site; none, where something is an error.
    pub site: Option<Held>,
}

/// What makes the site again and again.
pub struct Rebuilding {
    memory: Memory,
}

impl Rebuilding {
    /// Nothing was made yet; what is long to make is kept in a store.
    pub fn with(store: Arc<dyn Store>) -> Rebuilding {
        Rebuilding { memory: Memory::with(store) }
    }

    /// Makes the site; none but the files `touched` were touched since it was last made, where that
    /// is known. `before` is the last whole one, whose files are kept where they are the same: so is
    /// the index of its search, be it the same or not, until [`Rebuilding::index`] is called.
    pub fn again(
        &mut self,
        request: &Request,
        watch: &dyn Watch,
        before: Option<&Held>,
        touched: Option<BTreeSet<String>>,
    ) -> Result<Rebuilt, Failure> {
        self.memory.told(touched);
        self.memory.let_index_wait(before.is_some());
        self.make(request, watch, before)
    }

    /// Makes the index of the search, where it waits; of all else the site is made of what the last
    /// run read.
    pub fn index(
        &mut self,
        request: &Request,
        watch: &dyn Watch,
        before: Option<&Held>,
    ) -> Result<Rebuilt, Failure> {
        self.memory.told(Some(BTreeSet::new()));
        self.memory.let_index_wait(false);
        self.make(request, watch, before)
    }

    /// Whether the index waits.
    pub fn has_index_waiting(&self) -> bool {
        self.memory.has_index_waiting()
    }

    fn make(
        &mut self,
        request: &Request,
        watch: &dyn Watch,
        before: Option<&Held>,
    ) -> Result<Rebuilt, Failure> {
        let filling = Filling::after(before);
        let built = pipeline::rebuild(request, watch, &filling, &mut self.memory)?;
        let site = built.whole.then(|| filling.whole());
        Ok(Rebuilt { built, site })
    }

    /// Forgets what was made, which no one is going to see.
    pub fn forget(&mut self) {
        *self = Rebuilding::with(self.memory.store.clone());
    }
}
