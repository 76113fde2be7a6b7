//! A shelf that is watched: what is put on it is looked through for what must not be said.

use super::Guard;
use crate::diagnostics::Failure;
use crate::site::edition::Edition;
use crate::site::roll::Roll;
use crate::site::{Shelf, Stretches};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// A shelf, and who watches it.
pub struct Watched<'s> {
    guard: &'s Guard,
    shelf: &'s dyn Shelf,
    /// The theme's own files, which are made of no content.
    theme: BTreeSet<&'s str>,
    found: Mutex<Found>,
}

/// What was found, and at which addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// By the position of each secret.
    pub values: BTreeMap<usize, BTreeSet<String>>,
    /// By the path of each file.
    pub files: BTreeMap<String, BTreeSet<String>>,
}

impl Found {
    /// Whether nothing was.
    pub fn is_nothing(&self) -> bool {
        self.values.is_empty() && self.files.is_empty()
    }
}

impl<'s> Watched<'s> {
    /// Watches a shelf.
    pub fn new(
        guard: &'s Guard,
        shelf: &'s dyn Shelf,
        theme: impl Iterator<Item = &'s str>,
    ) -> Watched<'s> {
        Watched { guard, shelf, theme: theme.collect(), found: Mutex::default() }
    }

    /// What was found.
    pub fn found(self) -> Found {
        self.found.into_inner().expect("no thread panics with it")
    }

    fn look(&self, address: &str, bytes: &[u8]) {
        let found = self.guard.found_in(address, bytes);
        if !found.is_empty() && !self.theme.contains(address) {
            let mut all = self.found.lock().expect("no thread panics with it");
            for nth in found {
                all.values.entry(nth).or_default().insert(address.to_string());
            }
        }
    }
}

impl Shelf for Watched<'_> {
    fn begin(&self, output: &str, edition: &Edition, roll: &Roll) -> Result<(), Failure> {
        roll.iter().for_each(|address| self.look(address, address.as_bytes()));
        self.shelf.begin(output, edition, roll)
    }

    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.look(address, bytes);
        self.shelf.take(address, bytes)
    }

    fn keep(&self, address: &str) -> Result<bool, Failure> {
        self.shelf.keep(address)
    }

    fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        let looked = stretches.inspect(|stretch| self.look(address, stretch));
        self.shelf.take_long(address, Box::new(looked))
    }

    fn stretches(&self, address: &str) -> Option<usize> {
        self.shelf.stretches(address)
    }

    fn take_changed(&self, address: &str, stretches: Vec<Option<Vec<u8>>>) -> Result<(), Failure> {
        stretches.iter().flatten().for_each(|stretch| self.look(address, stretch));
        self.shelf.take_changed(address, stretches)
    }
}
