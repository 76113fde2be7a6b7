//! Writing: the few things that are done to an output folder, one file at a time.
//!
//! A file is written under a name of its own and then renamed, so that no reader sees half a
//! page. The name follows from the path, so that the next run finds what a dead one left. What
//! to write and what to remove is decided in [`super::plan`].

use crate::diagnostics::Failure;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Where the new bytes of a path stand until they are whole; in the same folder, for a rename
/// works only within one file system.
pub fn half_of(path: &str) -> String {
    let key = blake3::hash(path.as_bytes()).to_hex();
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    format!("{folder}.casebook-part-{}", &key[..16])
}

/// Writes one file, replacing what is there.
pub fn put(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let half = folder.join(half_of(path));
    let whole = folder.join(path);
    let written = fill(&half, bytes).and_then(|()| fs::rename(&half, &whole));
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

/// Writes a new file, replacing what is there but never through a link.
pub fn fill(half: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A new file and no other: a link that someone put there would be followed.
    let open = || OpenOptions::new().write(true).create_new(true).open(half);
    let mut file = match open() {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(half)?;
            open()?
        }
        other => other?,
    };
    file.write_all(bytes)
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
