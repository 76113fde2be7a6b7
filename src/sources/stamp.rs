//! By what a file is known to be the same as when it was read: the disk's word, without its bytes.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How coarse the times of a disk are at most; a changed time loses less than a second besides.
const SETTLING: Duration = Duration::from_secs(3);

/// Length and times of a file, and which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Whether what was written since the file was read would show, in a run that began at a
    /// moment: what a disk tells of times is coarse, so two stamps of one moment may be of two
    /// files. Where a file can be changed under its old times, nothing is sure.
    pub fn is_settled(&self, began: SystemTime) -> bool {
        let since_1970 = |time: SystemTime| time.duration_since(UNIX_EPOCH).ok();
        let modified = self.modified.and_then(since_1970);
        let changed = u64::try_from(self.changed.0).ok().map(Duration::from_secs);
        let (Some(modified), Some(changed), Some(began)) = (modified, changed, since_1970(began))
        else {
            return false;
        };
        cfg!(unix) && modified.max(changed) + SETTLING < began
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_clearly_older_than_the_run_is_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        std::fs::write(&path, "a").expect("a file");
        let stamp = Stamp::at(&path).expect("a file");
        let written = stamp.modified.expect("a time");
        let after = |seconds| written + Duration::from_secs(seconds);
        assert!(!stamp.is_settled(written) && !stamp.is_settled(after(2)));
        assert!(stamp.is_settled(after(5)));
        // Its own time can be set back; that it was changed cannot.
        let file = std::fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(UNIX_EPOCH - Duration::from_secs(9)).expect("a time");
        assert!(!Stamp::at(&path).expect("a file").is_settled(after(2)));
        file.set_modified(after(60)).expect("a time");
        assert!(!Stamp::at(&path).expect("a file").is_settled(after(60)));
        assert!(Stamp::at(&path).expect("a file").is_settled(after(70)));
    }
}
