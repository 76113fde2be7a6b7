//! The output: a folder that a site is published into, file by file, where bytes differ.
//!
//! In goes a whole [`Site`], out comes a count of what was done. The manifest is widened before
//! the first write and made exact after the last, so that a run that dies leaves only files that
//! the next one knows. Files that are not ours stay. Two runs at once are not told apart here.

use super::guard::{self, Place};
use super::manifest::{Manifest, NAME};
use super::plan::{Plan, plan};
use super::{Site, write};
use crate::diagnostics::Failure;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that may be published into.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    before: Manifest,
}

/// What publishing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that were not there or differed.
    pub written: usize,
    /// Files that stood as they should; they were not touched.
    pub unchanged: usize,
    /// Files of an earlier site that this one does not have.
    pub removed: usize,
    /// Files in the folder that are not ours, and folders of them (with a `/` behind).
    pub kept_foreign: Vec<String>,
}

impl Output {
    /// Opens a folder, which need not exist; refuses one that must not be written. Touches
    /// nothing.
    pub fn open(place: Place) -> Result<Output, Failure> {
        let folder = guard::allowed(&place)?;
        let before = ours(&folder, &place.output)?;
        Ok(Output { folder, before })
    }

    /// Makes the folder hold this site.
    pub fn publish(&self, site: &Site) -> Result<Published, Failure> {
        let next = Manifest::of(site);
        let plan = plan(&self.folder, &self.before, &next, site)?;
        self.carry_out(&plan, &next)?;
        Ok(Published {
            written: plan.write.len(),
            unchanged: plan.unchanged,
            removed: plan.stale.len() + plan.in_the_way.len(),
            kept_foreign: plan.foreign,
        })
    }

    fn carry_out(&self, plan: &Plan<'_>, next: &Manifest) -> Result<(), Failure> {
        let folder = self.folder.as_path();
        let nothing_to_do = plan.write.is_empty()
            && plan.stale.is_empty()
            && plan.in_the_way.is_empty()
            && plan.halves.is_empty();
        if nothing_to_do && self.before == *next {
            return Ok(());
        }
        fs::create_dir_all(folder)
            .map_err(|error| Failure::io("make the folder", folder, &error))?;
        if !nothing_to_do {
            write::put(folder, NAME, self.before.until(next).text().as_bytes())?;
        }
        plan.halves.iter().try_for_each(|path| write::remove(folder, path))?;
        plan.in_the_way.iter().try_for_each(|path| write::remove(folder, path))?;
        if !plan.in_the_way.is_empty() {
            write::tidy(folder, &plan.left_behind);
        }
        plan.folders.iter().try_for_each(|path| write::make_folder(folder, path))?;
        plan.write.par_iter().try_for_each(|(path, bytes)| write::put(folder, path, bytes))?;
        plan.stale.par_iter().try_for_each(|path| write::remove(folder, path))?;
        write::tidy(folder, &plan.left_behind);
        write::put(folder, NAME, next.text().as_bytes())
    }
}

/// The manifest of a folder that is ours, or an empty one where there is nothing yet.
fn ours(folder: &Path, told: &Path) -> Result<Manifest, Failure> {
    let told = told.display();
    match folder.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Manifest::default());
        }
        Err(error) => return Err(Failure::io("read", folder, &error)),
        Ok(met) if !met.is_dir() => {
            let message = format!("the site cannot be written to `{told}`: it is not a folder");
            return Err(Failure::usage(message).help("choose another output folder"));
        }
        Ok(_) => {}
    }
    let path = folder.join(NAME);
    // A link in the manifest's place is not ours.
    if path.symlink_metadata().is_ok_and(|met| met.is_file()) {
        let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
        if let Some(manifest) = std::str::from_utf8(&bytes).ok().and_then(Manifest::read) {
            return Ok(manifest);
        }
    } else if is_empty(folder)? {
        return Ok(Manifest::default());
    }
    let message =
        format!("the site cannot be written to `{told}`: casebook did not make what is in it");
    Err(Failure::usage(message).help("choose a new or empty folder, or empty this one yourself"))
}

fn is_empty(folder: &Path) -> Result<bool, Failure> {
    let failed = |error| Failure::io("read", folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        // A first run that died before its manifest was whole left only this.
        if entry.map_err(failed)?.file_name() != *write::half_of(NAME) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
