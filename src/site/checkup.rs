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
use std::io::{self, ErrorKind};
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
    /// Why nothing can be written there, where nothing can.
    pub shut: Option<String>,
    /// How many bytes are free where fewer are, in the folder or beside it, where the system tells.
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
        let before = &self.before;
        let bytes = |path: &str| folder.join(path).symlink_metadata().map_or(0, |met| met.len());
        let paths: Vec<&str> = before.files.paths().collect();
        let found = Checkup {
            files: before.files.len(),
            edition: before.edition.clone(),
            bytes: paths.par_iter().map(|path| bytes(path)).sum(),
            whole: before.state == State::Whole,
            shut: shut(if folder.is_dir() { folder } else { over }),
            free: least_free(folder, over),
            ..Checkup::default()
        };
        // The first build makes the folders above it.
        if found.shut.is_some() || Some(over) != folder.parent() {
            return Ok(found);
        }
        let backstage = Backstage::enter(folder, &self.told, &self.root, self.disk.clone())?;
        let next = Next::of(&backstage, folder, self.disk.clone())?;
        Ok(Checkup {
            rollback: self.kept(&next).is_some(),
            ordered: ordered(&backstage, folder, disk)?,
            free: least_free(folder, backstage.folder()),
            ..found
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

/// Why nothing can be written in a folder that is there, as the system says without a try.
#[cfg(unix)]
fn shut(folder: &Path) -> Option<String> {
    let asked = rustix::fs::access(folder, rustix::fs::Access::WRITE_OK);
    why_shut(folder, asked.map_err(Into::into))
}

#[cfg(not(unix))]
fn shut(folder: &Path) -> Option<String> {
    why_shut(folder, Ok(()))
}

fn why_shut(folder: &Path, asked: io::Result<()>) -> Option<String> {
    let told = folder.display();
    match asked.err()?.kind() {
        ErrorKind::ReadOnlyFilesystem => Some(format!("the disk of `{told}` is read-only")),
        ErrorKind::PermissionDenied => Some(format!("the folder `{told}` may not be written")),
        // What else it may be is told where it is tried.
        _ => None,
    }
}

/// How much is free where less is: a site takes room in both folders, which may be of two disks.
fn least_free(folder: &Path, beside: &Path) -> Option<u64> {
    lesser(free(folder), free(beside))
}

fn lesser(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    [one, other].into_iter().flatten().min()
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    // A file system that counts no blocks knows of none that is free either.
    (told.f_blocks > 0).then(|| told.f_bavail.saturating_mul(told.f_frsize))
}

#[cfg(not(unix))]
fn free(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::guard::Place;

    #[test]
    fn why_a_folder_is_shut_is_what_the_system_says() {
        let why = |kind: ErrorKind| why_shut(Path::new("/srv/www"), Err(kind.into()));
        let read_only = why(ErrorKind::ReadOnlyFilesystem);
        assert_eq!(read_only, Some("the disk of `/srv/www` is read-only".into()));
        let kept = why(ErrorKind::PermissionDenied);
        assert_eq!(kept, Some("the folder `/srv/www` may not be written".into()));
        assert_eq!(why(ErrorKind::NotFound), None);
        assert_eq!(why_shut(Path::new("/srv/www"), Ok(())), None);
    }

    #[test]
    fn the_lesser_room_is_told() {
        assert_eq!(lesser(Some(7), Some(5)), Some(5));
        assert_eq!(lesser(Some(0), Some(5)), Some(0));
        assert_eq!(lesser(None, Some(5)), Some(5));
        assert_eq!(lesser(None, None), None);
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_may_not_be_written_are_told_and_left_alone() {
        use std::fs::{self, Permissions};
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it exists");
        let kept = root.join("kept");
        fs::create_dir(&kept).expect("a folder");
        let check_up = |output: &Path| {
            let place = Place { root: root.clone(), output: output.into(), home: None };
            Output::open(place).and_then(|output| output.check_up()).expect("it is told")
        };
        let outputs = [kept.clone(), kept.join("public"), kept.join("a/public")];
        for output in &outputs {
            assert_eq!(check_up(output).shut, None);
        }
        fs::set_permissions(&kept, Permissions::from_mode(0o555)).expect("it is ours");
        // Who may do all may write there still.
        let is_shut = fs::create_dir(kept.join("tried")).is_err();
        let _ = fs::remove_dir(kept.join("tried"));
        for output in &outputs {
            assert_eq!(check_up(output).shut.is_some(), is_shut, "{}", output.display());
        }
        fs::set_permissions(&kept, Permissions::from_mode(0o755)).expect("it is ours");
    }
}
