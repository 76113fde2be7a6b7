//! A glance: which files there are and when each was last changed, without opening any.
//!
//! It sees what a build would read, by the same walk. Two glances that differ mean that a build
//! would perhaps make something else.

use super::{SETTINGS, walk};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;

/// The files of a casebook as they stood at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    files: BTreeMap<String, Stamp>,
    /// Why nothing could be seen, if so.
    trouble: Option<String>,
}

/// What the system tells of a file: size, times, and which file it is.
type Stamp = Option<[i128; 4]>;

impl Glance {
    /// Looks at the settings, the content and the themes.
    pub fn at(root: &Path) -> Glance {
        let found = match walk::find(root) {
            Ok(walk) => walk.files,
            Err(failure) => {
                return Glance { files: BTreeMap::new(), trouble: Some(failure.message) };
            }
        };
        let files = found.into_par_iter().with_max_len(64);
        let mut files: BTreeMap<_, _> =
            files.map(|found| (found.path, stamp(&found.on_disk))).collect();
        files.insert(SETTINGS.into(), stamp(&root.join(SETTINGS)));
        Glance { files, trouble: None }
    }

    /// Whether a file, or one in a folder, is there.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let mut below = self.files.range(folder.clone()..);
        self.files.contains_key(path)
            || below.next().is_some_and(|(other, _)| other.starts_with(&folder))
    }

    /// The files that are not as they were.
    pub fn since(&self, before: &Glance) -> Vec<String> {
        let changed =
            self.files.iter().filter(|(path, stamp)| before.files.get(*path) != Some(*stamp));
        let gone = before.files.keys().filter(|path| !self.files.contains_key(*path));
        let mut paths: Vec<_> = changed.map(|(path, _)| path).chain(gone).cloned().collect();
        paths.sort_unstable();
        paths
    }
}

fn stamp(path: &Path) -> Stamp {
    path.metadata().ok().map(|met| numbers(&met))
}

/// The time of the last change of anything about the file is one that no program can set back.
#[cfg(unix)]
fn numbers(met: &Metadata) -> [i128; 4] {
    use std::os::unix::fs::MetadataExt;
    let moment = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    [
        i128::from(met.size()),
        moment(met.mtime(), met.mtime_nsec()),
        moment(met.ctime(), met.ctime_nsec()),
        i128::from(met.ino()),
    ]
}

#[cfg(not(unix))]
fn numbers(met: &Metadata) -> [i128; 4] {
    let since = |moment: std::io::Result<std::time::SystemTime>| {
        let since = moment.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        since.map_or(0, |since| since.as_nanos().cast_signed())
    };
    [i128::from(met.len()), since(met.modified()), since(met.created()), 0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_glance_sees_what_a_build_would_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("content/projects/b")).expect("folders");
        fs::write(root.join("content/projects/a.md"), "one").expect("a file");
        let before = Glance::at(root);
        assert_eq!(before, Glance::at(root));
        assert!(before.has("content/projects/a.md") && before.has("content"));
        assert!(!before.has("content/projects/a"), "a part of a name is no folder");

        fs::write(root.join("content/projects/.a.md.swp"), "hidden").expect("a file");
        assert_eq!(before, Glance::at(root));

        fs::write(root.join("content/projects/a.md"), "three").expect("a file");
        fs::write(root.join("casebook.yaml"), "").expect("a file");
        fs::write(root.join("content/projects/b/x.csv"), "").expect("a file");
        let after = Glance::at(root);
        let changed = ["casebook.yaml", "content/projects/a.md", "content/projects/b/x.csv"];
        assert_eq!(after.since(&before), changed);
        assert_eq!(before.since(&after), changed);
    }

    #[test]
    fn a_folder_that_is_gone_is_trouble_and_no_panic() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = Glance::at(folder.path());
        assert_ne!(before, Glance::at(&folder.path().join("gone")));
    }
}
