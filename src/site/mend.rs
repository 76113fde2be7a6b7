//! Mending: a file of the site that stands is not as it was built, and the next site has it as it was.
//!
//! To make a whole next site for it would cost the one that is kept for a rollback. So its bytes wait
//! backstage, under a number, and take their place in the site that stands one by one, once all of
//! the next site was taken: that is no other site then, or one that follows on it whole.

use super::disk::{Disk, is_link, make_folders};
use super::plan::above;
use super::write;
use crate::diagnostics::Failure;
use rayon::prelude::*;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where they wait, and where they belong.
pub struct Mending<'m> {
    pub disk: &'m dyn Disk,
    pub from: &'m Path,
    pub live: &'m Path,
}

/// A file of a site: its number, its address and the key that it had.
pub type Mended<'m> = (usize, &'m str, &'m str);

/// Where a file waits.
pub fn waits(from: &Path, number: usize) -> PathBuf {
    from.join(number.to_string())
}

impl Mending<'_> {
    /// Puts them in their places. What waited is read again before, and has reached the disk after.
    pub fn carry_out(&self, files: &[Mended<'_>]) -> Result<(), Failure> {
        if files.is_empty() {
            return Ok(());
        }
        let Mending { disk, from, live } = *self;
        files.par_iter().try_for_each(|(number, path, key)| {
            let waits = waits(from, *number);
            let found = write::key_of(&waits);
            let found = found.map_err(|error| Failure::io("read", &waits, &error))?;
            if found.to_hex().as_str() != *key {
                let message = format!("{} is not as it was written", waits.display());
                return Err(Failure::machine(message).help("look after the disk, and build again"));
            }
            if let Some(link) = above(path).find(|over| is_link(&live.join(over))) {
                let link = live.join(link);
                let message = format!("{} is a link, and is not written through", link.display());
                return Err(Failure::usage(message).help("remove it, and build again"));
            }
            self.put(&waits, path)
        })?;
        let all: Vec<PathBuf> = files.iter().map(|(_, path, _)| live.join(path)).collect();
        let settled = disk.settle(live, &all);
        settled.map_err(|error| Failure::io("write", live, &error))
    }

    fn put(&self, waits: &Path, path: &str) -> Result<(), Failure> {
        let whole = self.live.join(path);
        let failed = |error| Failure::io("write", &whole, &error);
        if let Some(over) = whole.parent() {
            make_folders(self.disk, over).map_err(failed)?;
        }
        match self.disk.rename(waits, &whole) {
            // Backstage may be on another disk.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                let bytes = fs::read(waits).map_err(failed)?;
                write::put(self.disk, self.live, path, &bytes)
            }
            moved => moved.map_err(failed),
        }
    }
}
