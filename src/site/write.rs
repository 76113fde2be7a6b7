//! Writing: the few things that are done to an output folder, one file at a time.
//!
//! A file is written under a name of its own and then renamed, so that no reader sees half a
//! page. The name follows from the path, so that the next run finds what a dead one left. What
//! to write and what to remove is decided in [`super::plan`].

use super::Stretches;
use crate::diagnostics::Failure;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Where the new bytes of a path stand until they are whole; in the same folder, for a rename
/// works only within one file system.
pub fn half_of(path: &str) -> String {
    let key = blake3::hash(path.as_bytes()).to_hex();
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    format!("{folder}.casebook-part-{}", &key[..16])
}

/// Writes one file, replacing what is there.
pub fn put(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    put_long(folder, path, Box::new(std::iter::once(bytes.to_vec())))
}

/// Writes one file that comes a stretch at a time, replacing what is there.
pub fn put_long(folder: &Path, path: &str, mut stretches: Stretches<'_>) -> Result<(), Failure> {
    let half = folder.join(half_of(path));
    let whole = folder.join(path);
    let fill = |mut file: File| stretches.try_for_each(|bytes| file.write_all(&bytes));
    let written = new(&half).and_then(fill).and_then(|()| fs::rename(&half, &whole));
    written.map_err(|error| {
        // What is half written helps no one; if even this fails, the next run removes it.
        let _ = fs::remove_file(&half);
        Failure::io("write", &whole, &error)
    })
}

/// Moves a file or a folder that waits in the stage to its address.
pub fn place(folder: &Path, stage: &Path, path: &str) -> Result<(), Failure> {
    let whole = folder.join(path);
    fs::rename(stage.join(path), &whole).map_err(|error| Failure::io("write", &whole, &error))
}

/// Writes a new file, and the folders over it where they are not there yet.
pub fn fill_below(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match (fill(path, bytes), path.parent()) {
        (Err(error), Some(over)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(over)?;
            fill(path, bytes)
        }
        (done, _) => done,
    }
}

/// Writes a file that comes a stretch at a time to where it is told to, unless one with the same
/// bytes stands already; brings its key, and whether it was written.
pub fn fill_long(
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
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            let mut file = new(&path)?;
            if let Some(standing) = standing {
                standing.rewind()?;
                std::io::copy(&mut standing.take(same), &mut file)?;
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
    Ok((hasher.finalize(), written.is_some()))
}

/// Writes a new file.
pub fn fill(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    new(path)?.write_all(bytes)
}

/// Opens a new file, replacing what is there but never through a link.
fn new(path: &Path) -> std::io::Result<File> {
    // A new file and no other: a link that someone put there would be followed.
    let open = || OpenOptions::new().write(true).create_new(true).open(path);
    match open() {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            open()
        }
        other => other,
    }
}

/// Makes one folder; its parent is there.
pub fn make_folder(folder: &Path, path: &str) -> Result<(), Failure> {
    let path = folder.join(path);
    match fs::create_dir(&path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(Failure::io("make the folder", &path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes one file, or a link itself, never what it leads to.
pub fn remove(folder: &Path, path: &str) -> Result<(), Failure> {
    let path = folder.join(path);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::io("remove", &path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes those folders that are empty.
pub fn tidy(folder: &Path, paths: &[String]) {
    for path in paths {
        // A folder that is not empty has files in it that are not ours: it stays.
        let _ = fs::remove_dir(folder.join(path));
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
    if changed(&met).zip(left).is_some_and(|(changed, left)| changed < left) {
        return Ok(true);
    }
    let mut hasher = blake3::Hasher::new();
    let read = File::open(path).and_then(|mut file| std::io::copy(&mut file, &mut hasher));
    read.map_err(failed)?;
    Ok(hasher.finalize().to_hex().as_str() == key)
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
