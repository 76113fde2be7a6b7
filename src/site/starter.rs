//! Starters: the first files of a casebook, made by `init`, `new` and `theme eject`.
//!
//! In go a path and a text; the file is made with its folders, or the run fails. Nothing here
//! ever overwrites, and nothing knows what a write-up looks like.

use super::disk::{Disk, Real, make_folders};
use crate::diagnostics::Failure;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Whether anything stands at a path, if only a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether a link stands at a path.
pub fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|met| met.file_type().is_symlink())
}

/// Makes a file with its folders; refuses where something stands already.
pub fn create_new(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        make_folders(&Real, folder)
            .map_err(|error| Failure::io("make the folder", folder, &error))?;
    }
    let written = Real.create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::usage(format!("{} is there already", path.display())),
        _ => Failure::io("write", path, &error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_with_its_folders_and_never_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("content/projects/x.md");
        create_new(&path, "one").expect("it is not there");
        let failure = create_new(&path, "two").expect_err("it is there");
        assert_eq!(failure.exit, 2);
        assert!(failure.message.ends_with("x.md is there already"), "{failure}");
        assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "one");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.md");
        std::os::unix::fs::symlink("elsewhere.md", &path).expect("a link");
        assert!(is_there(&path));
        assert_eq!(create_new(&path, "text").expect_err("a link").exit, 2);
        assert!(!is_there(&folder.path().join("elsewhere.md")));
    }
}
