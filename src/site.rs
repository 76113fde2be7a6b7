//! Site: the whole site as bytes, and the one storey that writes the disk.
//!
//! A [`Site`] knows nothing of disk. [`output::Output`] puts it into a folder: [`guard`] says
//! which folders are never written, [`manifest`] which files there are ours, and only what
//! differs is touched. [`starter`] makes the first files of a casebook and never overwrites.
//! Nothing here knows what a page shows or what an address means.
#![expect(clippy::disallowed_methods, reason = "site is the one storey that writes the disk")]

pub mod guard;
pub mod manifest;
pub mod output;
pub mod starter;

mod plan;
mod write;

use std::collections::BTreeMap;

/// The whole site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The path below the site's root, with `/` ("projects/x/index.html"), and its bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}
