//! Site: where the files of a site go, and the one storey that writes the disk.
//!
//! A [`Shelf`] takes files as they are made, so that a large site is never in memory whole.
//! [`output::Output`] is the one on disk: [`guard`] says which folders are never written,
//! [`manifest`] which files there are ours; [`staging`] takes the files of the next site, which is
//! made `backstage` and takes the place of the last by an [`exchange`]. [`rollback`] is the way back.
//! [`built`] is a site that was built, for who hands it out; [`delivery`] says what that takes where
//! the place is no folder.
//! All writing goes through a [`disk`]. [`memory`] is the shelf of `serve`. [`starter`] makes the
//! first files of a casebook and never overwrites.
//! Nothing here knows what a page shows or what an address means.
#![expect(clippy::disallowed_methods, reason = "site is the one storey that writes the disk")]

pub mod built;
pub mod cache;
pub mod checkup;
pub mod delivery;
pub mod disk;
pub mod edition;
pub mod exchange;
pub mod guard;
pub mod kind;
pub mod made_of;
pub mod manifest;
pub mod memory;
pub mod output;
#[cfg(feature = "object-store")]
pub mod remote;
pub mod roll;
pub mod rollback;
pub mod staging;
pub mod starter;

mod backstage;
mod foreign;
mod mend;
mod next;
mod ordered;
mod plan;
mod survey;
mod write;

use crate::diagnostics::Failure;
use edition::Edition;
use roll::Roll;

/// Takes the files of a site as they are made, from several threads.
pub trait Shelf: Sync {
    /// All addresses of the site, before the first file, and which edition it is; `output` is the
    /// folder that the settings name.
    fn begin(&self, output: &str, edition: &Edition, roll: &Roll) -> Result<(), Failure>;
    /// One file: its path below the site's root, with `/`, and its bytes.
    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure>;
    /// Keeps a file as the last run put it here, if it is still there; otherwise it must be taken.
    fn keep(&self, _address: &str) -> Result<bool, Failure> {
        Ok(false)
    }
    /// One file that comes a stretch at a time, for it may be large.
    fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        self.take(address, &stretches.collect::<Vec<_>>().concat())
    }
    /// How many stretches a file has that the last run brought, where each of them can be kept.
    fn stretches(&self, _address: &str) -> Option<usize> {
        None
    }
    /// A file of as many stretches as [`Shelf::stretches`] tells; those that are not there are kept.
    fn take_changed(
        &self,
        _address: &str,
        _stretches: Vec<Option<Vec<u8>>>,
    ) -> Result<(), Failure> {
        unreachable!("who keeps stretches takes them")
    }
}

/// The bytes of a file, a stretch at a time.
pub type Stretches<'s> = Box<dyn Iterator<Item = Vec<u8>> + 's>;
