//! By what a file is known to be the same as when it was read: the disk's word, without its bytes.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

/// Length and times of a file, and which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    changed: (i64, i64),
    file: u64,
}

impl Stamp {
    /// The stamp of the file at a path, if there is one.
    pub fn at(path: &Path) -> Option<Stamp> {
        path.metadata().ok().map(|met| Stamp::of(&met))
    }

    /// The stamp of a file.
    pub fn of(met: &Metadata) -> Stamp {
        #[cfg(unix)]
        let (changed, file) = {
            use std::os::unix::fs::MetadataExt;
            ((met.ctime(), met.ctime_nsec()), met.ino())
        };
        #[cfg(not(unix))]
        let (changed, file) = ((0, 0), 0);
        Stamp { length: met.len(), modified: met.modified().ok(), changed, file }
    }
}
