//! Backstage: the folder beside an output, in which the next site is made and the last one kept.
//!
//! For `public` it is `.public.casebook`. It lies beside, not within, so that no web server shows
//! what is in it and so that both are of one file system; no one else may look into it, for the
//! last site may have what was withdrawn since. Where none can be made there, it is in the
//! casebook's own `.casebook`. As long as a build holds it, no other can publish into the output.

use super::disk::{Disk, Readers, make_folders};
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use crate::memo::Key;
use crate::sources::CACHE;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder beside an output, as long as one build holds it.
#[derive(Debug)]
pub struct Backstage {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    /// What the system lets go when the build ends, however it ends.
    _lock: Option<File>,
}

/// The site in it: the last one, or the next.
const SITE: &str = "site";

/// Files that wait to be put into the site that readers see.
const MENDS: &str = "mends";

/// Stands there as long as the site is the next one.
const NEXT: &str = "next";

const LOCK: &str = "lock";

impl Backstage {
    /// Takes hold of it; `told` is the output as it was given, `root` the casebook's folder.
    pub fn enter(
        output: &Path,
        told: &Path,
        root: &Path,
        disk: Arc<dyn Disk>,
    ) -> Result<Backstage, Failure> {
        // Whoever leaves may take the folder away just now.
        for _ in 0..TRIES {
            let folder = made(output, root, &*disk)?;
            if let Some(lock) = locked(&folder, told, &*disk)? {
                return Ok(Backstage { folder, disk, _lock: lock });
            }
        }
        let message = format!("other builds keep writing into `{}`", told.display());
        Err(Failure::usage(message).help("wait until they have ended"))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the last site stands, or the next one is made.
    pub fn site(&self) -> PathBuf {
        self.folder.join(SITE)
    }

    /// Where files wait that are to be put into the site that readers see.
    pub fn mends(&self) -> PathBuf {
        self.folder.join(MENDS)
    }

    /// The moment at which it was taken hold of, by the clock of its disk.
    pub fn entered(&self) -> Option<Moment> {
        write::moment(&self.folder.join(LOCK))
    }

    /// What a build that died had said of the site in it, as a key or nothing at all.
    pub fn under_way(&self) -> Result<Option<String>, Failure> {
        let path = self.folder.join(NEXT);
        match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            text => text.map(Some).map_err(|error| Failure::io("read", &path, &error)),
        }
    }

    /// Says that the site in it is the next one, and no longer the last; by its key, once it is whole.
    pub fn is_next(&self, key: &str) -> Result<(), Failure> {
        write::put(&*self.disk, &self.folder, NEXT, key.as_bytes())
    }

    /// Says that the site in it is the last one, or that there is none.
    pub fn is_last(&self) -> Result<(), Failure> {
        write::remove(&*self.disk, &self.folder, NEXT)
    }
}

impl Drop for Backstage {
    /// Without a site it is of no use to anyone.
    fn drop(&mut self) {
        if self.site().symlink_metadata().is_err() && self.is_last().is_ok() {
            let _ = self.disk.remove_file(&self.folder.join(LOCK));
            let _ = self.disk.remove_file(&self.folder.join(".gitignore"));
            let _ = self.disk.remove_folder(&self.folder);
        }
    }
}

/// So often a folder is made again that another build takes away as it leaves.
const TRIES: usize = 100;

/// The folder beside an output, or the other where none can be made there.
fn made(output: &Path, root: &Path, disk: &dyn Disk) -> Result<PathBuf, Failure> {
    let beside = beside(output);
    let failed = |path: &Path, error| Err(Failure::io("make the folder", path, &error));
    let over = output.parent().unwrap_or(output);
    if let Err(error) = make_folders(disk, over) {
        return failed(over, error);
    }
    match own(&beside, disk) {
        Ok(()) => return Ok(beside),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) && output.is_dir() => {}
        Err(error) => return failed(&beside, error),
    }
    let name = format!("{:032x}", Key::of(output.as_os_str().as_encoded_bytes()).number());
    let cache = root.join(CACHE);
    let other = cache.join(name);
    match own(&cache, disk).and_then(|()| own(&other, disk)) {
        Ok(()) => Ok(other),
        Err(error) => failed(&other, error),
    }
}

/// `.public.casebook` beside `public`.
pub(super) fn beside(output: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".casebook");
    output.with_file_name(name)
}

/// Makes a folder for no one else, kept out of git.
fn own(path: &Path, disk: &dyn Disk) -> std::io::Result<()> {
    match disk.make_folder(path, Readers::Owner) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let is_folder = path.symlink_metadata().is_ok_and(|met| met.is_dir());
            if is_folder { Ok(()) } else { Err(ErrorKind::NotADirectory.into()) }
        }
        Err(error) => Err(error),
        Ok(()) => disk.create_new(&path.join(".gitignore"))?.write_all(b"*\n"),
    }
}

/// Locks it; none, where it was taken away meanwhile.
fn locked(folder: &Path, told: &Path, disk: &dyn Disk) -> Result<Option<Option<File>>, Failure> {
    let path = folder.join(LOCK);
    let mut lock = match disk.lock(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        lock => lock.map_err(|error| Failure::io("write", &path, &error))?,
    };
    match lock.try_lock() {
        Ok(()) if !is_at(&lock, &path) => Ok(None),
        Ok(()) => {
            let named = lock.set_len(0);
            let named = named.and_then(|()| writeln!(lock, "{}", std::process::id()));
            named.map_err(|error| Failure::io("write", &path, &error))?;
            Ok(Some(Some(lock)))
        }
        Err(TryLockError::WouldBlock) => {
            let mut who = String::new();
            let _ = lock.read_to_string(&mut who);
            let who = who.trim().parse::<u32>();
            let who = who.map_or(String::new(), |id| format!(" (process {id})"));
            let message = format!("another build{who} is writing into `{}`", told.display());
            Err(Failure::usage(message).help("wait until it has ended, or choose another folder"))
        }
        // Where a system cannot lock, a build goes on without.
        Err(TryLockError::Error(_)) => Ok(Some(None)),
    }
}

/// Whether a file is still the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(own), Ok(there)) = (file.metadata(), path.symlink_metadata()) else { return false };
    (own.dev(), own.ino()) == (there.dev(), there.ino())
}

/// Whether a file is still the one at a path: elsewhere what is open cannot be taken away.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
