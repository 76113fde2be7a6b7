//! Writing: the few things that are done to a site's folder, one file at a time.
//!
//! Where readers look, a file is written under a name of its own and then renamed, so that no one
//! sees half a page. The name follows from the path, so that the next run finds what a dead one left. What
//! to write and what to remove is decided in [`super::plan`].

use super::Stretches;
use super::disk::{Disk, Readers, create, make_folders};
use crate::diagnostics::Failure;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Where the new bytes of a path stand until they are whole; in the same folder, for a rename
/// works only within one file system.
pub fn half_of(path: &str) -> String {
    let key = blake3::hash(path.as_bytes()).to_hex();
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    format!("{folder}.casebook-part-{}", &key[..16])
}

/// Writes one file, replacing what is there.
pub fn put(disk: &dyn Disk, folder: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    put_long(disk, folder, path, Box::new(std::iter::once(bytes.to_vec())))
}

/// Writes one file that comes a stretch at a time, replacing what is there.
pub fn put_long(
    disk: &dyn Disk,
    folder: &Path,
    path: &str,
    mut stretches: Stretches<'_>,
) -> Result<(), Failure> {
    let half = folder.join(half_of(path));
    let whole = folder.join(path);
    let fill = |mut file: Box<dyn Write + Send>| {
        stretches.try_for_each(|bytes| file.write_all(&bytes)).and_then(|()| file.flush())
    };
    let written = create(disk, &half).and_then(fill).and_then(|()| disk.rename(&half, &whole));
    written.map_err(|error| {
        // What is half written helps no one; if even this fails, the next run removes it.
        let _ = disk.remove_file(&half);
        Failure::io("write", &whole, &error)
    })
}

/// Moves a file or a folder that waits in the stage to its address.
pub fn place(disk: &dyn Disk, folder: &Path, stage: &Path, path: &str) -> Result<(), Failure> {
    let whole = folder.join(path);
    disk.rename(&stage.join(path), &whole).map_err(|error| Failure::io("write", &whole, &error))
}

/// Writes a new file, and the folders over it where they are not there yet.
pub fn fill_below(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_below(disk, path)?;
    file.write_all(bytes)?;
    file.flush()
}

/// Opens a new file, and makes the folders over it where they are not there yet.
fn new_below(disk: &dyn Disk, path: &Path) -> io::Result<Box<dyn Write + Send>> {
    match (create(disk, path), path.parent()) {
        (Err(error), Some(over)) if error.kind() == ErrorKind::NotFound => {
            make_folders(disk, over)?;
            create(disk, path)
        }
        (opened, _) => opened,
    }
}

/// Copies a file to where none is, with the folders over it; brings the key of what was copied.
pub fn copy(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<blake3::Hash> {
    let bytes = fs::read(from)?;
    fill_below(disk, to, &bytes)?;
    Ok(blake3::hash(&bytes))
}

/// The key of what is in a file.
pub fn key_of(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize())
}

/// Writes a file that comes a stretch at a time to where it is told to, unless one with the same
/// bytes stands already; brings its key, and whether it was written.
pub fn fill_long(
    disk: &dyn Disk,
    whole: &Path,
    stands: bool,
    stretches: Stretches<'_>,
    to: impl Fn() -> Result<PathBuf, Failure>,
) -> Result<(blake3::Hash, bool), Failure> {
    let failed = |error| Failure::io("write", whole, &error);
    let mut hasher = blake3::Hasher::new();
    let mut standing = stands.then(|| File::open(whole)).transpose().map_err(failed)?;
    let (mut same, mut written, mut there) = (0, None, Vec::new());
    // A new file begins with as many bytes of the other as are the same.
    let begun = |standing: &mut Option<File>, same| {
        let path = to()?;
        let mut begun = || {
            let mut file = new_below(disk, &path)?;
            if let Some(standing) = standing {
                standing.rewind()?;
                io::copy(&mut standing.take(same), &mut file)?;
            }
            Ok(file)
        };
        begun().map_err(failed)
    };
    for stretch in stretches {
        hasher.update(&stretch);
        if let (None, Some(standing)) = (&written, &mut standing) {
            there.clear();
            standing.take(stretch.len() as u64).read_to_end(&mut there).map_err(failed)?;
            if there == stretch {
                same += stretch.len() as u64;
                continue;
            }
        }
        let file = match &mut written {
            Some(file) => file,
            none => none.insert(begun(&mut standing, same)?),
        };
        file.write_all(&stretch).map_err(failed)?;
    }
    // What stands may go on where the new one ends.
    let ends = match &mut standing {
        Some(standing) => standing.read(&mut [0]).map_err(failed)? == 0,
        None => false,
    };
    if written.is_none() && !ends {
        written = Some(begun(&mut standing, same)?);
    }
    if let Some(file) = &mut written {
        file.flush().map_err(failed)?;
    }
    Ok((hasher.finalize(), written.is_some()))
}

/// Makes one folder; its parent is there.
pub fn make_folder(disk: &dyn Disk, folder: &Path, path: &str) -> Result<(), Failure> {
    let path = folder.join(path);
    match disk.make_folder(&path, Readers::All) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(Failure::io("make the folder", &path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes one file, or a link itself, never what it leads to.
pub fn remove(disk: &dyn Disk, folder: &Path, path: &str) -> Result<(), Failure> {
    let path = folder.join(path);
    match disk.remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::io("remove", &path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes those folders that are empty.
pub fn tidy<'p>(disk: &dyn Disk, folder: &Path, paths: impl IntoIterator<Item = &'p str>) {
    for path in paths {
        // A folder that is not empty has files in it that are not ours: it stays.
        let _ = disk.remove_folder(&folder.join(path));
    }
}

/// Whether a file holds these bytes.
pub fn holds(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let failed = |error| Failure::io("read", path, &error);
    let length = fs::symlink_metadata(path).map_err(failed)?.len();
    Ok(length == bytes.len() as u64 && fs::read(path).map_err(failed)? == bytes)
}

/// Whether a file is as it was left: last changed before a moment, or of the same key.
pub fn is_as_left(path: &Path, left: Option<Moment>, key: &str) -> Result<bool, Failure> {
    let failed = |error| Failure::io("read", path, &error);
    let met = match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        met => met.map_err(failed)?,
    };
    if met.is_file() && changed(&met).zip(left).is_some_and(|(changed, left)| changed < left) {
        return Ok(true);
    }
    if !met.is_file() {
        return Ok(false);
    }
    Ok(key_of(path).map_err(failed)?.to_hex().as_str() == key)
}

/// When a file was last changed, in the words of its disk.
pub fn moment(path: &Path) -> Option<Moment> {
    changed(&path.symlink_metadata().ok()?)
}

/// A moment on the clock of a disk, in seconds and nanoseconds.
pub type Moment = (i64, i64);

/// When a file, its name or its rights were last changed.
#[cfg(unix)]
pub fn changed(met: &fs::Metadata) -> Option<Moment> {
    use std::os::unix::fs::MetadataExt;
    Some((met.ctime(), met.ctime_nsec()))
}

/// When a file was last changed.
#[cfg(not(unix))]
pub fn changed(met: &fs::Metadata) -> Option<Moment> {
    let since = met.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((since.as_secs().try_into().ok()?, since.subsec_nanos().into()))
}

/// Whether two looks were at one file, perhaps by two names.
#[cfg(unix)]
pub fn is_one_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether two looks were at one file: elsewhere they do not tell.
#[cfg(not(unix))]
pub fn is_one_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    one.is_file()
        && other.is_file()
        && one.len() == other.len()
        && one.modified().ok() == other.modified().ok()
}
