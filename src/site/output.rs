//! The output: a folder that a site is published into, file by file, where bytes differ.
//!
//! In go the addresses of a site, out comes the [`Staging`] that takes its files. The manifest is
//! widened before the first write and made exact after the last, so that a run that dies leaves
//! only files that the next one knows. Files that are not ours stay. Two runs at once are not told
//! apart here.

use super::claim::{Claim, locked};
use super::guard::{self, Place};
use super::manifest::{Manifest, NAME, State};
use super::plan::plan;
use super::roll::Roll;
use super::staging::{Before, Staging};
use super::survey::again;
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use crate::memo::Key;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that may be published into.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    told: PathBuf,
    /// The manifest that stood there when it was opened.
    before: Manifest,
}

impl Output {
    /// Opens a folder, which need not exist; refuses one that must not be written. Touches
    /// nothing.
    pub fn open(place: Place) -> Result<Output, Failure> {
        let folder = guard::allowed(&place)?;
        let before = ours(&folder, &place.output, Manifest::default())?;
        Ok(Output { folder, told: place.output, before })
    }

    /// Begins a new site in the folder, of which all addresses are known. What stands there stays
    /// as it is until [`Staging::commit`]; until then no other build can begin in it. `seen` is what
    /// a build saw there that knows the site.
    pub fn begin(self, roll: &Roll, seen: Option<Seen>) -> Result<Staging, Failure> {
        let made = self.folder.symlink_metadata().is_err();
        fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::io("make the folder", &self.folder, &error))?;
        let lock = locked(&self.folder, &self.told)?;
        // Another build may have ended since the folder was opened.
        let before = ours(&self.folder, &self.told, self.before)?;
        // Its own last act was to write the manifest.
        let left = write::moment(&self.folder.join(NAME));
        let seen = seen.filter(|_| before.state == State::Whole).zip(left);
        let seen = seen.filter(|(seen, _)| before.key() == seen.manifest);
        let again =
            seen.and_then(|(seen, left)| again(&self.folder, &before, roll, seen.names?, left));
        let plan = again.map_or_else(|| plan(&self.folder, &before, roll), Ok);
        if made && plan.is_err() {
            let _ = fs::remove_dir(&self.folder);
        }
        let claim = Claim { folder: self.folder, made, _lock: lock };
        let known = seen.is_some();
        Ok(Staging::new(claim, Before { manifest: before, left, known }, plan?, roll))
    }
}

/// What a build saw in a folder, for one that comes after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The key of the manifest that it left.
    pub manifest: Key,
    /// Nothing there was not ours: it looked at the names in each folder after this moment.
    pub names: Option<Moment>,
}

/// The manifest of a folder that is ours, or an empty one where there is nothing yet; `known` is
/// likely the one.
fn ours(folder: &Path, told: &Path, known: Manifest) -> Result<Manifest, Failure> {
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
        if known.is_of(&bytes) {
            return Ok(known);
        }
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
