//! The door: the one way in which a file of a casebook is opened, however its path came about.
//!
//! In goes a path below the casebook's folder, out comes the open file with what the disk says of
//! that very file, or why it stays shut. The path is resolved beneath the folder by `cap-std`: no
//! link leads out of it, not even one that took a file's or a folder's place a moment before. A
//! link to an absolute path, or over the top and back, is opened by its true path, through the
//! same door. The folder itself may be reached through links.

use super::{BUILT, CACHE, Stamp};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A casebook's folder, through which its files are opened.
#[derive(Debug)]
pub(super) struct Door {
    /// The folder as it was named.
    root: PathBuf,
    /// Where it truly lies.
    pub(super) real: PathBuf,
    folder: Dir,
}

/// Why a file is not opened.
#[derive(Debug)]
pub(super) enum Shut {
    /// A link in its path leads out of the folder.
    Out,
    /// It is a pipe, a device or a socket.
    Special,
    /// The disk says no.
    Failed(io::Error),
}

impl Door {
    /// The door of a casebook's folder.
    pub fn of(root: &Path) -> io::Result<Door> {
        let real = root.canonicalize()?;
        let folder = Dir::open_ambient_dir(&real, ambient_authority())?;
        Ok(Door { root: root.into(), real, folder })
    }

    /// Opens a file beneath the folder; never waits for who writes into a pipe.
    pub fn open(&self, path: &str) -> Result<(File, Metadata), Shut> {
        let opened = match self.beneath(Path::new(path)) {
            Err(error) if leads_out(&error) => self.by_its_true_path(path),
            opened => opened.map_err(|error| self.told(path, error)),
        };
        let file = opened?;
        let met = file.metadata().map_err(Shut::Failed)?;
        match met.file_type() {
            kind if kind.is_file() => Ok((file, met)),
            kind if kind.is_dir() => Err(Shut::Failed(ErrorKind::IsADirectory.into())),
            _ => Err(Shut::Special),
        }
    }

    /// Opens what a build put away for the next.
    pub fn put_away(root: &Path, name: &str) -> Option<(File, Metadata)> {
        Door::of(root).ok()?.open(&format!("{CACHE}/{name}")).ok()
    }

    /// By what the disk knows a file now, without opening it.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        Stamp::at(&self.root.join(path))
    }

    /// What a link leads to, by its true path beneath the folder; none where that lies elsewhere.
    pub fn behind(&self, link: &Path) -> Option<PathBuf> {
        Some(link.canonicalize().ok()?.strip_prefix(&self.real).ok()?.into())
    }

    /// The folder nearest to a path beneath the folder, or above that, in which a site was built.
    pub fn built_above(&self, path: &Path) -> Option<PathBuf> {
        let mut above = path.ancestors();
        above.find(|over| self.real.join(over).join(BUILT).is_file()).map(Path::to_path_buf)
    }

    fn by_its_true_path(&self, path: &str) -> Result<File, Shut> {
        let found = self.root.join(path).canonicalize().map_err(Shut::Failed)?;
        let below = found.strip_prefix(&self.real).map_err(|_| Shut::Out)?;
        self.beneath(below).map_err(|error| match leads_out(&error) {
            true => Shut::Out,
            false => self.told(path, error),
        })
    }

    fn beneath(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt;
            use rustix::fs::OFlags;
            // A pipe that no one writes into is opened at once, and a terminal takes no one over.
            let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
            options.custom_flags(flags.bits().cast_signed());
        }
        self.folder.open_with(path, &options).map(cap_std::fs::File::into_std)
    }

    /// A socket cannot be opened at all, and the disk's own words for that help no one.
    fn told(&self, path: &str, error: io::Error) -> Shut {
        let met = self.root.join(path).metadata();
        match met.is_ok_and(|met| !met.is_file() && !met.is_dir()) {
            true => Shut::Special,
            false => Shut::Failed(error),
        }
    }
}

/// Doors of one folder are one.
impl PartialEq for Door {
    fn eq(&self, other: &Door) -> bool {
        self.real == other.real
    }
}

impl Eq for Door {}

/// Whether a path was refused by `cap-std`, and not by the disk.
fn leads_out(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

#[cfg(all(test, unix))]
mod tests;
