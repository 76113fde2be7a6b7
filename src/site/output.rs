//! The output: a folder that a site is published into, file by file, where bytes differ.
//!
//! In go the addresses of a site, out comes the [`Staging`] that takes its files. Files that are not
//! ours stay. The folder itself is not written before the whole site is there.

use super::backstage::Backstage;
use super::disk::{Disk, Real};
use super::edition::Edition;
use super::guard::{self, Place};
use super::made_of;
use super::manifest::{DAMAGED, Manifest, NAME, State};
use super::next::Next;
use super::plan::{plan, sound};
use super::roll::Roll;
use super::staging::{Before, Staging};
use super::survey::again;
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use crate::memo::Key;
use crate::sources::Sources;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder that may be published into.
#[derive(Debug)]
pub struct Output {
    pub(super) folder: PathBuf,
    pub(super) told: PathBuf,
    /// The casebook's folder.
    pub(super) root: PathBuf,
    pub(super) disk: Arc<dyn Disk>,
    /// The manifest that stood there when it was opened.
    pub(super) before: Manifest,
}

impl Output {
    /// Opens a folder, which need not exist; refuses one that must not be written. Touches
    /// nothing.
    pub fn open(place: Place) -> Result<Output, Failure> {
        Output::open_on(Arc::new(Real), place)
    }

    /// The same, on a certain disk.
    pub fn open_on(disk: Arc<dyn Disk>, place: Place) -> Result<Output, Failure> {
        let folder = guard::allowed(&place)?;
        let before = ours(&folder, &place.output, Manifest::default())?;
        Ok(Output { folder, told: place.output, root: place.root, disk, before })
    }

    /// Begins a new site in the folder, of which all addresses are known. What stands there stays
    /// as it is until [`Staging::commit`]; until then no other build can begin in it. It is refused
    /// where another edition stands. `seen` is what a build saw there that knows the site.
    pub fn begin(
        self,
        edition: &Edition,
        roll: &Roll,
        seen: Option<Seen>,
    ) -> Result<Staging, Failure> {
        sound(roll)?;
        let told = self.told.display().to_string();
        edition.follows(self.holds(), &told, ANOTHER)?;
        let (folder, disk) = (self.folder, self.disk);
        let backstage = Backstage::enter(&folder, &self.told, &self.root, disk.clone())?;
        let next = Next::of(&backstage, &folder, disk.clone())?;
        // Another build may have ended since the folder was opened.
        let manifest = ours(&folder, &self.told, self.before)?;
        edition.follows(manifest.edition.as_ref(), &told, ANOTHER)?;
        // Its own last act was to write the manifest.
        let left = write::moment(&folder.join(NAME));
        let seen = seen.filter(|_| manifest.state == State::Whole).zip(left);
        let seen = seen.filter(|(seen, _)| manifest.key() == seen.manifest);
        let again =
            seen.and_then(|(seen, left)| again(&folder, &manifest, roll, seen.names?, left));
        let plan = again.map_or_else(|| plan(&folder, &manifest, roll), Ok)?;
        let before = Before { folder, manifest, left, known: seen.is_some() };
        Ok(Staging::new(before, plan, (edition, roll), next, (disk, backstage)))
    }

    /// Refuses where this folder and another, which holds a site that was built, are not apart.
    pub fn is_apart_from(&self, built: &Path) -> Result<(), Failure> {
        guard::apart(built, &self.folder, &self.told)
    }

    /// The files of the casebook that are not as they were when the site there was built, where that
    /// is known.
    pub fn changed(&self, sources: &Sources) -> Option<Vec<String>> {
        made_of::changed(&self.root, &self.folder, self.before.key(), sources)
    }

    /// The edition that stands there, where there is one that is known.
    pub fn holds(&self) -> Option<&Edition> {
        self.before.edition.as_ref()
    }
}

/// What to do where another edition stands.
const ANOTHER: &str = "give each edition a folder of its own with --output DIR, or remove this one \
                       yourself";

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
        let message = format!("the site cannot be written to `{told}`: `{NAME}` in it is damaged");
        return Err(Failure::usage(message).help(DAMAGED));
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
