//! A text that is opened where someone asks for it: another run has read it, and the disk says
//! that it is the same.
//!
//! What the disk says is held against the key of what was read. A file that is not what it was
//! said to be has no text, and is remembered as such.

use super::read::normalized;
use super::{Content, SourceFile, Sources};
use crate::memo::Key;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// A text that is not opened yet, or not for long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Later {
    on_disk: PathBuf,
    /// The text; none, where the file is not what it was said to be.
    text: OnceLock<Option<Box<str>>>,
}

impl Later {
    /// The text, where its bytes have a key.
    pub(super) fn text(&self, key: Key) -> Option<&str> {
        let open = || {
            let bytes = std::fs::read(&self.on_disk).ok().filter(|bytes| Key::of(bytes) == key)?;
            String::from_utf8(bytes).ok().map(normalized)
        };
        self.text.get_or_init(open).as_deref()
    }
}

impl SourceFile {
    /// The file of another run, where it was found on the disk now.
    pub(super) fn lying_at(self: &Arc<SourceFile>, on_disk: PathBuf) -> Arc<SourceFile> {
        if !matches!(self.content, Content::Later(_)) {
            return Arc::clone(self);
        }
        let content = Content::Later(Later { on_disk, text: OnceLock::new() });
        Arc::new(SourceFile { content, ..SourceFile::clone(self) })
    }
}

impl Sources {
    /// How many files were opened in this run.
    pub fn opened(&self) -> usize {
        self.fresh + self.later().filter(|later| later.text.get().is_some()).count()
    }

    /// Whether each file that was opened later was what the disk had said of it.
    pub fn are_as_said(&self) -> bool {
        !self.later().any(|later| later.text.get().is_some_and(Option::is_none))
    }

    fn later(&self) -> impl Iterator<Item = &Later> {
        self.files.iter().filter_map(|file| match &file.content {
            Content::Later(later) => Some(later),
            _ => None,
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::sources::{Limits, SETTINGS};
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    const PATH: &str = "content/projects/a.md";

    fn read(root: &Path, before: Option<&Sources>) -> Sources {
        let settings = Sources::settings(root).expect("settings");
        Sources::read(root, settings, Limits::default(), before).expect("it can be read")
    }

    /// What another process knows of a casebook of one project, long after.
    fn known(root: &Path) -> Sources {
        fs::create_dir_all(root.join("content/projects")).expect("folders");
        fs::write(root.join(SETTINGS), "").expect("settings");
        fs::write(root.join(PATH), "\u{feff}one\r\n").expect("a file");
        let later = SystemTime::now() + Duration::from_secs(60);
        Sources::restored(&read(root, None).stored(later)).expect("what was stored")
    }

    #[test]
    fn a_text_is_opened_when_it_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = known(folder.path());
        let sources = read(folder.path(), Some(&before));
        let (_, file) = sources.find(PATH).expect("it is there");
        assert!(file.is_text() && sources.opened() == 0);
        assert_eq!((file.text(), file.excerpt()), (Some("one\n"), Some("one\n")));
        assert!(sources.are_as_said() && sources.opened() == 1);
        assert_eq!(file.key, Key::of("\u{feff}one\r\n"));
        // It lies before another now, and is still known.
        fs::write(folder.path().join("content/index.md"), "first").expect("a file");
        assert_eq!(read(folder.path(), Some(&before)).opened(), 1);
    }

    #[test]
    fn a_file_that_is_not_what_it_was_said_to_be_has_no_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let sources = read(folder.path(), Some(&known(folder.path())));
        fs::write(folder.path().join(PATH), "two").expect("a file");
        let (_, file) = sources.find(PATH).expect("it is there");
        assert_eq!((file.text(), file.excerpt(), file.bytes()), (None, None, &b""[..]));
        assert!(!sources.are_as_said());
        // The next run sees that it changed.
        let again = read(folder.path(), Some(&sources));
        assert_eq!(again.find(PATH).and_then(|(_, file)| file.text()), Some("two"));
    }

    #[test]
    fn what_was_written_a_moment_before_is_not_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = known(folder.path());
        let sources = read(folder.path(), None);
        let told = Sources::restored(&sources.stored(SystemTime::now())).expect("bytes");
        assert_eq!((told.files.len(), before.files.len()), (1, 2));
        assert!(!sources.has_news(SystemTime::now()));
    }
}
