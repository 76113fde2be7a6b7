//! A text that is opened where someone asks for it: another process has read it, and the disk says
//! that it is the same; or this one has, and all that it says is known.
//!
//! What the disk says is held against the key of what was read. A file that is not what it was
//! said to be has no text, and is remembered as such.

use super::read::normalized;
use super::{Content, Door, SourceFile, Sources};
use crate::memo::Key;
use std::io::Read;
use std::sync::{Arc, OnceLock};

/// A text that is not opened yet, or not for long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Later {
    /// Through which it is opened.
    door: Option<Arc<Door>>,
    /// Whether this process has read it.
    pub(super) let_go: bool,
    /// The text; none, where the file is not what it was said to be.
    text: OnceLock<Option<Box<str>>>,
}

impl Later {
    /// The text, where its bytes have a key.
    pub(super) fn text(&self, path: &str, key: Key) -> Option<&str> {
        let open = || {
            let (mut file, _) = self.door.as_ref()?.open(path).ok()?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).ok().filter(|_| Key::of(&bytes) == key)?;
            String::from_utf8(bytes).ok().map(normalized)
        };
        self.text.get_or_init(open).as_deref()
    }
}

impl SourceFile {
    /// The file of another run, which was found behind a door now.
    pub(super) fn behind(self: &Arc<SourceFile>, door: &Arc<Door>) -> Arc<SourceFile> {
        let Content::Later(Later { let_go, .. }) = self.content else { return Arc::clone(self) };
        let door = Some(Arc::clone(door));
        let content = Content::Later(Later { door, let_go, text: OnceLock::new() });
        Arc::new(SourceFile { content, ..SourceFile::clone(self) })
    }
}

impl Sources {
    /// Lets go of the texts of write-ups, which were read: few are asked for again, to be shown
    /// where something is wrong, and all of them take much room.
    pub fn let_go(&mut self) {
        for file in self.files.iter_mut().skip(1).filter_map(Arc::get_mut) {
            if file.kind.is_write_up() && matches!(file.content, Content::Text(_)) {
                let door = self.door.clone();
                file.content = Content::Later(Later { door, let_go: true, text: OnceLock::new() });
            }
        }
    }

    /// How many files were opened in this run.
    pub fn opened(&self) -> usize {
        self.fresh
            + self.later().filter(|later| !later.let_go && later.text.get().is_some()).count()
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
    fn a_text_that_was_let_go_is_there_while_the_file_is_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        known(folder.path());
        for (now, text) in [("\u{feff}one\r\n", Some("one\n")), ("two", None)] {
            let mut sources = read(folder.path(), None);
            sources.let_go();
            fs::write(folder.path().join(PATH), now).expect("a file");
            let (_, file) = sources.find(PATH).expect("it is there");
            assert!(file.is_text());
            assert_eq!((file.text(), file.excerpt(), sources.opened()), (text, text, 1));
        }
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
