//! Starters: the first files of a casebook, made by `init`, `new` and `theme eject`.
//!
//! In go a path and a text; the file is made with its folders, or the run fails. Nothing here
//! ever overwrites, and nothing knows what a write-up looks like.

use super::disk::{Disk, Real, make_folders};
use super::plan::above;
use crate::diagnostics::Failure;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Whether anything stands at a path, if only a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

pub use super::disk::is_link;

/// Refuses a path below a casebook's folder that a link leads out of it.
pub fn stays_within(root: &Path, path: &str) -> Result<(), Failure> {
    let leads_out = |over: &&str| {
        let over = root.join(over);
        let within = |real: &Path| over.canonicalize().is_ok_and(|over| over.starts_with(real));
        is_link(&over) && !root.canonicalize().is_ok_and(|real| within(&real))
    };
    let folders: Vec<&str> = above(path).collect();
    match folders.into_iter().rev().find(leads_out) {
        None => Ok(()),
        Some(over) => {
            let message = format!("{over} is a link that leads out, and is not written through");
            Err(Failure::usage(message).help("put a folder in its place"))
        }
    }
}

/// Makes a file of a casebook with its folders; refuses where something stands already, and where
/// a link leads elsewhere.
pub fn create_new(root: &Path, path: &str, text: &str) -> Result<(), Failure> {
    stays_within(root, path)?;
    let path = &root.join(path);
    if let Some(folder) = path.parent() {
        make_folders(&Real, folder)
            .map_err(|error| Failure::io("make the folder", folder, &error))?;
    }
    let remove = || Real.remove_file(path);
    let written = Real.create_new(path).and_then(|file| filled(file, text.as_bytes(), remove));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::usage(format!("{} is there already", path.display())),
        _ => Failure::io("write", path, &error),
    })
}

/// Fills a new file; where that fails it is removed, or the next run would take what is there for the
/// writer's own.
fn filled(
    mut file: Box<dyn Write + Send>,
    bytes: &[u8],
    remove: impl Fn() -> io::Result<()>,
) -> io::Result<()> {
    let written = file.write_all(bytes);
    if written.is_err() {
        drop(file);
        // What failed first is told.
        let _ = remove();
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file on a disk that has room for so many bytes.
    struct Nearly(std::fs::File, usize);

    impl Write for Nearly {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = self.1.min(bytes.len());
            self.1 -= fits;
            match fits {
                0 => Err(ErrorKind::StorageFull.into()),
                fits => self.0.write(&bytes[..fits]),
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            self.0.flush()
        }
    }

    #[test]
    fn what_could_not_be_written_whole_does_not_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.md");
        for room in 0..6 {
            let file = Nearly(std::fs::File::create(&path).expect("a file"), room);
            let remove = || std::fs::remove_file(&path);
            let written = filled(Box::new(file), b"title", remove);
            assert_eq!(written.is_ok(), room == 5, "{room}");
            assert_eq!(is_there(&path), room == 5, "{room}");
        }
    }

    #[test]
    fn a_file_is_made_with_its_folders_and_never_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (root, path) = (folder.path(), "content/projects/x.md");
        create_new(root, path, "one").expect("it is not there");
        let failure = create_new(root, path, "two").expect_err("it is there");
        assert_eq!(failure.exit, 2);
        assert!(failure.message.ends_with("x.md is there already"), "{failure}");
        assert_eq!(std::fs::read_to_string(root.join(path)).expect("it is there"), "one");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.md");
        std::os::unix::fs::symlink("elsewhere.md", &path).expect("a link");
        assert!(is_there(&path));
        assert_eq!(create_new(folder.path(), "x.md", "text").expect_err("a link").exit, 2);
        assert!(!is_there(&folder.path().join("elsewhere.md")));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_leads_out_is_not_written_through() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let (root, outside) = (folder.path().join("book"), folder.path().join("outside"));
        for made in [&root.join("content/here"), &outside] {
            std::fs::create_dir_all(made).expect("a folder");
        }
        for (at, target) in [
            ("content/projects", outside.as_path()),
            ("content/units", Path::new("../../outside")),
            ("content/pages", Path::new("../../gone")),
        ] {
            symlink(target, root.join(at)).expect("a link");
            let path = format!("{at}/a/index.md");
            let failure = create_new(&root, &path, "text").expect_err(at);
            let message = format!("{at} is a link that leads out, and is not written through");
            assert_eq!((failure.exit, failure.message), (2, message));
        }
        assert_eq!(outside.read_dir().expect("a folder").count(), 0);
        assert!(!is_there(&folder.path().join("gone")));
        // One that stays within is a folder like others, and the root may be reached by a link.
        symlink("here", root.join("content/there")).expect("a link");
        symlink("book", folder.path().join("by-another-name")).expect("a link");
        let other = folder.path().join("by-another-name");
        create_new(&other, "content/there/x.md", "text").expect("it stays within");
        assert!(is_there(&root.join("content/here/x.md")));
    }
}
