//! Watches: the system's word that something in a casebook's folder was touched.
//!
//! In goes the folder, out comes whether something was touched that a build would read. Only the
//! settings, the content and the themes are watched, not what else lies in the folder. Links are
//! not followed, for one may lead to all of a disk; what is behind them, and what a system does
//! not tell of, is found by [`crate::sources::Glance`].

use crate::sources::{SETTINGS, Sources};
use notify::event::{EventKind, ModifyKind};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The folders that a site is made from.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches on one casebook's folder.
pub struct Watches {
    /// The folder, with links followed: some systems tell its true path.
    root: PathBuf,
    sender: Sender<notify::Result<Event>>,
    receiver: Receiver<notify::Result<Event>>,
    /// What keeps the system telling; none where it cannot.
    watcher: Option<Box<dyn Watcher>>,
}

/// What was heard within some time.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing.
    Nothing,
    /// Something that a build reads was touched: these, below the folder.
    Touched(Vec<String>),
    /// Something that no build reads was touched.
    Unrelated,
    /// A watched folder came, went or has another name: its watches went with it.
    Moved,
    /// The system told too much at once, and dropped some of it.
    Overflow,
    /// The system has no watch left.
    Exhausted,
}

impl Watches {
    /// No watches yet.
    pub fn none() -> Watches {
        let (sender, receiver) = channel();
        Watches { root: PathBuf::new(), sender, receiver, watcher: None }
    }

    /// Puts new watches in the place of the old ones; says why where the system has none.
    pub fn renew(&mut self, root: &Path) -> Result<(), String> {
        self.drop();
        self.root = root.to_path_buf();
        let config = Config::default().with_follow_symlinks(false);
        let sender = self.sender.clone();
        let told = move |told: notify::Result<Event>| {
            // Each build opens all files, and would be told so.
            if !told.as_ref().is_ok_and(|event| event.kind.is_access()) {
                // Where no one listens any more, these watches were let go.
                let _ = sender.send(told);
            }
        };
        let watcher = RecommendedWatcher::new(told, config);
        let mut watcher = watcher.map_err(|error| why(&error))?;
        watch_all(&mut watcher, &self.root).map_err(|error| why(&error))?;
        self.watcher = Some(Box::new(watcher));
        Ok(())
    }

    /// Lets the watches go, with what they told.
    pub fn drop(&mut self) {
        self.watcher = None;
        (self.sender, self.receiver) = channel();
    }

    /// Listens for some time at most, and returns with the first that counts or at the end of it.
    pub fn listen(&self, most: Duration) -> Heard {
        match self.receiver.recv_timeout(most) {
            Ok(told) => self.understood(told),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Heard::Nothing,
        }
    }

    /// Says something in the system's place.
    #[cfg(test)]
    pub fn pretend(&self, told: notify::Result<Event>) {
        self.sender.send(told).expect("someone listens");
    }

    fn understood(&self, told: notify::Result<Event>) -> Heard {
        let event = match told {
            Ok(event) => event,
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                return Heard::Exhausted;
            }
            Err(_) => return Heard::Overflow,
        };
        if event.need_rescan() {
            return Heard::Overflow;
        }
        let below: Vec<String> = event.paths.iter().filter_map(|path| self.below(path)).collect();
        if below.is_empty() {
            return Heard::Unrelated;
        }
        // A folder that came, went or was renamed takes its watches with it.
        let stays =
            matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
        let top = |path: &String| path.is_empty() || FOLDERS.contains(&path.as_str());
        match !stays && below.iter().any(top) {
            true => Heard::Moved,
            false => Heard::Touched(below),
        }
    }

    /// A path below the root, if a build would read what is there.
    fn below(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let ours = parts.first().is_none_or(|top| top == SETTINGS || FOLDERS.contains(&&**top));
        let read = parts.iter().all(|part| !Sources::set_aside(part));
        (ours && read).then(|| parts.join("/"))
    }
}

fn watch_all(watcher: &mut dyn Watcher, root: &Path) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS {
        match watcher.watch(&root.join(folder), RecursiveMode::Recursive) {
            // It need not be there; the watch on the root tells when it comes.
            Err(error) if is_missing(&error) => {}
            done => done?,
        }
    }
    Ok(())
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn why(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => EXHAUSTED.to_string(),
        ErrorKind::Io(error) => {
            error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
        }
        _ => error.to_string(),
    }
}

/// Why there is no watch where too many are in use.
pub const EXHAUSTED: &str = "the system has no more file watches to give";

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, RemoveKind};

    fn heard(kind: EventKind, paths: &[&str]) -> Heard {
        let watches = Watches { root: "/book".into(), ..Watches::none() };
        let mut event = Event::new(kind);
        for path in paths {
            event = event.add_path(PathBuf::from(path));
        }
        watches.pretend(Ok(event));
        watches.listen(Duration::ZERO)
    }

    #[test]
    fn only_what_a_build_reads_counts() {
        let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let touched = |path: &str| Heard::Touched(vec![path.to_string()]);
        let file = "content/projects/a.md";
        assert_eq!(heard(changed, &["/book/content/projects/a.md"]), touched(file));
        assert_eq!(heard(changed, &["/book/casebook.yaml"]), touched("casebook.yaml"));
        for other in [
            "/book/public/index.html",
            "/book/content/.a.md.swp",
            "/book/content/projects/a.md~",
            "/book/content/.git/index",
            "/elsewhere/content/a.md",
            "/book/contents",
        ] {
            assert_eq!(heard(changed, &[other]), Heard::Unrelated, "{other}");
        }
        let renamed = EventKind::Modify(ModifyKind::Name(notify::event::RenameMode::Both));
        let paths = ["/book/content/.a.tmp", "/book/content/a.md"];
        assert_eq!(heard(renamed, &paths), touched("content/a.md"));
    }

    #[test]
    fn watches_are_lost_with_their_folder() {
        for folder in ["/book", "/book/content", "/book/themes"] {
            assert_eq!(heard(EventKind::Remove(RemoveKind::Folder), &[folder]), Heard::Moved);
            assert_eq!(heard(EventKind::Create(CreateKind::Folder), &[folder]), Heard::Moved);
        }
        let below = heard(EventKind::Create(CreateKind::Folder), &["/book/content/projects"]);
        assert_eq!(below, Heard::Touched(vec!["content/projects".into()]));
        let watches = Watches { root: "/book".into(), ..Watches::none() };
        let full = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        watches.pretend(Ok(full));
        assert_eq!(watches.listen(Duration::ZERO), Heard::Overflow);
        let out = notify::Error::new(ErrorKind::MaxFilesWatch);
        assert_eq!(why(&out), EXHAUSTED);
        watches.pretend(Err(out));
        assert_eq!(watches.listen(Duration::ZERO), Heard::Exhausted);
    }
}
