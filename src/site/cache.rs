//! What a build puts away for the next, in a folder that nothing needs.

use super::disk::{Disk, Readers, Real};
use super::{Stretches, write};
use crate::diagnostics::Failure;
use crate::sources::CACHE;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Puts bytes away, one stretch behind the other, in place of those that were there; the folder is
/// kept out of git.
pub fn put(root: &Path, name: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
    write::put_long(&Real, &folder(root)?, name, stretches)
}

/// Puts bytes behind those that were put away.
pub fn add(root: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = folder(root)?.join(name);
    let added = Real.append(&path).and_then(|mut file| file.write_all(bytes));
    added.map_err(|error| Failure::io("write", &path, &error))
}

/// The names of what was put away, in order.
pub fn names(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root.join(CACHE)).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    names
}

/// Removes something that was put away, where the disk lets it.
pub fn remove(root: &Path, name: &str) {
    // A link in the folder's place would lead to what was never put away.
    if let Ok(folder) = folder(root) {
        let _ = Real.remove_file(&folder.join(name));
    }
}

/// The folder, made where it is not there.
fn folder(root: &Path) -> Result<PathBuf, Failure> {
    let folder = root.join(CACHE);
    // For no one else: what narrow circles may see is in it too.
    match Real.make_folder(&folder, Readers::Owner) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(Failure::io("make the folder", &folder, &error));
        }
        _ => {}
    }
    // A link would bring what is put away to where no one asked for it.
    if !folder.symlink_metadata().is_ok_and(|met| met.is_dir()) {
        let error = ErrorKind::NotADirectory.into();
        return Err(Failure::io("make the folder", &folder, &error));
    }
    if folder.join(".gitignore").symlink_metadata().is_err() {
        write::put(&Real, &folder, ".gitignore", b"*\n")?;
    }
    Ok(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn no_one_else_reads_what_was_put_away() {
        let root = tempfile::tempdir().expect("a folder");
        put(root.path(), "x", Box::new(std::iter::once(b"secret".to_vec()))).expect("put");
        let met = root.path().join(CACHE).metadata().expect("it is there");
        assert_eq!(met.permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn nothing_is_put_away_through_a_link() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let (root, outside) = (folder.path().join("book"), folder.path().join("outside"));
        for made in [&root, &outside] {
            std::fs::create_dir(made).expect("a folder");
        }
        let bytes = || Box::new(std::iter::once(b"new".to_vec()));
        symlink(&outside, root.join(CACHE)).expect("a link");
        assert!(put(&root, "x", bytes()).is_err() && add(&root, "x", b"new").is_err());
        assert_eq!(outside.read_dir().expect("a folder").count(), 0);

        std::fs::remove_file(root.join(CACHE)).expect("it was there");
        put(&root, "x", bytes()).expect("a folder of its own");
        std::fs::write(outside.join("y"), "old").expect("a file");
        symlink(outside.join("y"), root.join(CACHE).join("y")).expect("a link");
        assert!(add(&root, "y", b"new").is_err());
        put(&root, "y", bytes()).expect("the link makes room");
        assert_eq!(std::fs::read_to_string(outside.join("y")).expect("it is there"), "old");
        assert_eq!(std::fs::read_to_string(root.join(CACHE).join("y")).expect("there"), "new");
    }
}
