//! The disk: all that is done to one by writing, behind a trait, so that a test can let any single
//! step of it fail.
//!
//! Nothing is decided here. Reading goes past it, for it hurts no one.

use std::fmt::Debug;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What can be done to a disk.
pub trait Disk: Debug + Send + Sync {
    /// Makes one folder; the one over it is there.
    fn make_folder(&self, path: &Path, readers: Readers) -> io::Result<()>;
    /// Says who may look into a folder.
    fn let_in(&self, folder: &Path, whom: Permissions) -> io::Result<()>;
    /// Opens a new file where nothing is, not even a link that leads nowhere.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Write + Send>>;
    /// Opens a file to write behind what is in it, never through a link.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Write + Send>>;
    /// Opens a file that is there or made, to be locked, never through a link.
    fn lock(&self, path: &Path) -> io::Result<File>;
    /// Gives a file or a folder another name, in place of a file or an empty folder there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Lets two folders change places in one step: each name leads to one of them at any moment.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Gives a file, or a link itself, a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, or a link itself.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder with all that is in it; follows no link.
    fn remove_all(&self, path: &Path) -> io::Result<()>;
    /// Comes back when these files of a folder, and the names in it, have reached the disk.
    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()>;
    /// Comes back when the names in one folder have reached the disk.
    fn settle_names(&self, folder: &Path) -> io::Result<()>;
}

/// Who may look into a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Whom the system lets.
    All,
    /// No one but who runs this.
    Owner,
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Real;

impl Disk for Real {
    fn make_folder(&self, path: &Path, readers: Readers) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        if readers == Readers::Owner {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        #[cfg(not(unix))]
        let _ = readers;
        builder.create(path)
    }

    fn let_in(&self, folder: &Path, whom: Permissions) -> io::Result<()> {
        fs::set_permissions(folder, whom)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(OpenOptions::new().write(true).create_new(true).open(path)?))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(not_through_a_link(OpenOptions::new().append(true)).open(path)?))
    }

    fn lock(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        not_through_a_link(options).open(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    fn exchange(&self, _one: &Path, _other: &Path) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn settle(&self, folder: &Path, _files: &[PathBuf]) -> io::Result<()> {
        // One call for all: to wait for each of thirty thousand files takes minutes.
        Ok(rustix::fs::syncfs(File::open(folder)?)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        use rayon::prelude::*;
        files.par_iter().try_for_each(|path| File::open(path)?.sync_all())?;
        self.settle_names(folder)
    }

    fn settle_names(&self, folder: &Path) -> io::Result<()> {
        // Elsewhere a folder cannot be opened as a file, and its names need no call of their own.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}

/// Where a link stands at the end of a path, to open it fails.
fn not_through_a_link(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        // FILE_FLAG_OPEN_REPARSE_POINT: the link itself, which holds no bytes.
        options.custom_flags(0x0020_0000);
    }
    options
}

/// Whether a link stands at a path.
pub fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|met| met.file_type().is_symlink())
}

/// Opens a new file, in place of what is there but never through a link.
pub fn create(disk: &dyn Disk, path: &Path) -> io::Result<Box<dyn Write + Send>> {
    match disk.create_new(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            disk.remove_file(path)?;
            disk.create_new(path)
        }
        opened => opened,
    }
}

/// Makes a folder with those over it, where they are not there yet.
pub fn make_folders(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match (disk.make_folder(path, Readers::All), path.parent()) {
        (Err(error), _) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        (Err(error), Some(over)) if error.kind() == ErrorKind::NotFound => {
            make_folders(disk, over)?;
            make_folders(disk, path)
        }
        (made, _) => made,
    }
}
