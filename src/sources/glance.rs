//! A glance: which files there are and when each was last changed, without opening any.
//!
//! It sees what a build would read, by the same walk. One that differs from what a build did read
//! means that the next would perhaps make something else.

use super::{SETTINGS, Sources, Stamp, door_of, walk};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a casebook as they stood at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    files: BTreeMap<String, Option<Stamp>>,
    /// Why nothing could be seen, if so.
    trouble: Option<String>,
}

impl Glance {
    /// Looks at the settings, the content and the themes.
    pub fn at(root: &Path) -> Glance {
        let found = door_of(root).and_then(|door| Ok((walk::find(root, &door)?.files, door)));
        let (found, door) = match found {
            Ok(found) => found,
            Err(failure) => {
                return Glance { files: BTreeMap::new(), trouble: Some(failure.message) };
            }
        };
        let stamped = found.into_par_iter().with_max_len(64).map(|found| {
            let stamp = door.stamp(&found.path).filter(|_| found.refusal.is_none());
            (found.path, stamp)
        });
        let mut files: BTreeMap<_, _> = stamped.collect();
        files.insert(SETTINGS.into(), door.stamp(SETTINGS));
        Glance { files, trouble: None }
    }

    /// What a build saw of the files that it read.
    pub fn of(sources: &Sources) -> Glance {
        let files = sources.files.iter().map(|file| (file.path.clone(), file.stamp));
        Glance { files: files.collect(), trouble: None }
    }

    /// The files that are not as they were.
    pub fn since(&self, before: &Glance) -> Vec<String> {
        let as_before = |path: &String, stamp| before.files.get(path) == Some(stamp);
        let changed = self.files.iter().filter(|(path, stamp)| !as_before(path, stamp));
        let gone = before.files.keys().filter(|path| !self.files.contains_key(*path));
        let mut paths: Vec<_> = changed.map(|(path, _)| path).chain(gone).cloned().collect();
        paths.sort_unstable();
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Limits;
    use std::fs;

    fn read(root: &Path) -> Glance {
        let settings = Sources::settings(root).expect("settings");
        let sources = Sources::read(root, settings, Limits::default(), None);
        Glance::of(&sources.expect("it can be read"))
    }

    #[test]
    fn a_glance_sees_what_a_build_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("content/projects/b")).expect("folders");
        assert_eq!(read(root), Glance::at(root));
        fs::write(root.join("content/projects/a.md"), "one").expect("a file");
        fs::write(root.join("content/projects/stray.txt"), "no page uses it").expect("a file");
        let before = Glance::at(root);
        assert_eq!(before, read(root));

        fs::write(root.join("content/projects/.a.md.swp"), "hidden").expect("a file");
        assert_eq!(before, Glance::at(root));

        fs::write(root.join("content/projects/a.md"), "three").expect("a file");
        fs::write(root.join("casebook.yaml"), "").expect("a file");
        fs::write(root.join("content/projects/b/x.csv"), "").expect("a file");
        let after = Glance::at(root);
        let changed = ["casebook.yaml", "content/projects/a.md", "content/projects/b/x.csv"];
        assert_eq!(after.since(&before), changed);
        assert_eq!(before.since(&after), changed);
        assert_eq!(after, read(root));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_refused_is_seen_as_a_build_sees_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("content/projects")).expect("folders");
        std::os::unix::fs::symlink("/etc", root.join("content/projects/out")).expect("a link");
        std::os::unix::fs::symlink("nowhere", root.join("content/gone.md")).expect("a link");
        assert_eq!(read(root), Glance::at(root));
    }

    #[test]
    fn a_folder_that_is_gone_is_trouble_and_no_panic() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = Glance::at(folder.path());
        assert_ne!(before, Glance::at(&folder.path().join("gone")));
    }
}
