//! The checkup: what can be told of an output before anything is published into it, and whether it
//! still holds what was.

use super::backstage::Backstage;
use super::disk::{Disk, Readers};
use super::edition::Edition;
use super::manifest::{Files, Manifest, State};
use super::next::Next;
use super::output::Output;
use super::plan::strangers;
use crate::diagnostics::Failure;
use rayon::prelude::*;
use std::path::Path;

/// What can be told of an output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkup {
    /// How many files of a site are there; none where there is no site.
    pub files: usize,
    /// Which edition it is, where that is known.
    pub edition: Option<Edition>,
    /// How many bytes they have.
    pub bytes: u64,
    /// Whether the last build came to its end.
    pub whole: bool,
    /// Whether the site before can be put back.
    pub rollback: bool,
    /// Why a site is published file by file, where it cannot be in one step.
    pub ordered: Option<&'static str>,
    /// How many bytes are free, where the system tells.
    pub free: Option<u64>,
}

/// What is not as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many files were read.
    pub files: usize,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that are not ours, and folders of them.
    pub foreign: Vec<String>,
}

impl Output {
    /// Looks at it, and tries out what publishing would do, where nobody sees it.
    pub fn check_up(&self) -> Result<Checkup, Failure> {
        let (folder, disk) = (&*self.folder, &*self.disk);
        let over = folder.ancestors().skip(1).find(|over| over.is_dir()).unwrap_or(folder);
        if Some(over) != folder.parent() {
            // The first build makes the folders above it.
            return Ok(Checkup { free: free(over), ..Checkup::default() });
        }
        let backstage = Backstage::enter(folder, &self.told, &self.root, self.disk.clone())?;
        let next = Next::of(&backstage, folder, self.disk.clone())?;
        let before = &self.before;
        let bytes = |path: &str| folder.join(path).symlink_metadata().map_or(0, |met| met.len());
        let paths: Vec<&str> = before.files.paths().collect();
        Ok(Checkup {
            files: before.files.len(),
            edition: before.edition.clone(),
            bytes: paths.par_iter().map(|path| bytes(path)).sum(),
            whole: before.state == State::Whole,
            rollback: self.kept(&next).is_some(),
            ordered: ordered(&backstage, folder, disk)?,
            free: free(backstage.folder()),
        })
    }

    /// Reads all of it, and holds it against what was published.
    pub fn verify(&self) -> Result<Verified, Failure> {
        let foreign = match self.before.files.is_empty() {
            true => Vec::new(),
            false => strangers(&self.folder, &self.before, None)?,
        };
        Ok(Verified { foreign, ..read(&self.folder, &self.before.files) })
    }

    /// The same of the site before, where one is kept that can be put back.
    pub fn verify_kept(&self) -> Result<Option<Verified>, Failure> {
        if self.before.files.is_empty() {
            return Ok(None);
        }
        let (folder, disk) = (&*self.folder, &self.disk);
        let backstage = Backstage::enter(folder, &self.told, &self.root, disk.clone())?;
        let next = Next::of(&backstage, folder, disk.clone())?;
        Ok(self.kept(&next).map(|last| read(&next.folder, &last.files)))
    }

    /// The site before the one that stands, of what is backstage.
    fn kept<'n>(&self, next: &'n Next) -> Option<&'n Manifest> {
        next.last().filter(|last| !self.before.files.is_empty() && *last != &self.before)
    }
}

/// Reads the files of a site, and holds each against its key.
fn read(folder: &Path, files: &Files) -> Verified {
    let at: Vec<usize> = (0..files.len()).collect();
    let differs = |at: &usize| {
        let (path, key) = files.at(*at);
        match std::fs::read(folder.join(path)) {
            Ok(bytes) if *blake3::hash(&bytes).to_hex() == *key => None,
            Ok(_) => Some((path.to_string(), true)),
            Err(_) => Some((path.to_string(), false)),
        }
    };
    let wrong: Vec<(String, bool)> = at.par_iter().filter_map(differs).collect();
    let (changed, missing): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|(_, there)| *there);
    let paths = |list: Vec<(String, bool)>| list.into_iter().map(|(path, _)| path).collect();
    let (missing, changed) = (paths(missing), paths(changed));
    Verified { files: files.len(), missing, changed, foreign: Vec::new() }
}

impl Verified {
    /// Whether all that was published is there as it was.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty()
    }
}

/// Why two folders cannot change places there, tried with two that are empty.
fn ordered(
    backstage: &Backstage,
    output: &Path,
    disk: &dyn Disk,
) -> Result<Option<&'static str>, Failure> {
    let over = output.parent().unwrap_or(output);
    if output.is_dir() && !is_same_disk(output, over) {
        return Ok(Some("a disk is mounted at it"));
    }
    if backstage.folder().parent() != Some(over) {
        return Ok(Some("the folder above it may not be written"));
    }
    let [one, other] = ["try-one", "try-other"].map(|name| backstage.folder().join(name));
    let failed = |error| Failure::io("write", backstage.folder(), &error);
    for folder in [&one, &other] {
        disk.make_folder(folder, Readers::Owner).map_err(failed)?;
    }
    let tried = disk.exchange(&one, &other);
    for folder in [&one, &other] {
        disk.remove_folder(folder).map_err(failed)?;
    }
    Ok(tried.err().map(|_| "this file system cannot exchange folders"))
}

#[cfg(unix)]
fn is_same_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| path.metadata().map(|met| met.dev()).ok();
    disk(one) == disk(other)
}

#[cfg(not(unix))]
fn is_same_disk(_one: &Path, _other: &Path) -> bool {
    true
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some(told.f_bavail * told.f_frsize)
}

#[cfg(not(unix))]
fn free(_folder: &Path) -> Option<u64> {
    None
}
