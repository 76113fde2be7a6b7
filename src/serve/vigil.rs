//! The vigil: waiting until something in a casebook's folder was touched, and then was quiet.
//!
//! The system's word is a reason to build; what the files look like is the proof that none is
//! missing. Where the system has no watches left, or says nothing of a change, they are looked at
//! again and again. A folder that is gone is waited for.

use super::watches::{EXHAUSTED, Heard, Watches};
use super::{Caller, News};
use crate::sources::{Glance, Sources};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// As long as nothing was touched before a build begins. An editor that writes beside a file and
/// renames is done within a few milliseconds, a checkout leaves less than 20 between two files; and
/// what takes less than 100 in all is felt as at once.
const QUIET: Duration = Duration::from_millis(50);

/// Where it never becomes quiet, a build begins all the same after so long.
const RESTLESS: Duration = Duration::from_secs(10);

/// Between two looks for what the system did not tell of.
const PULSE: Duration = Duration::from_secs(2);

/// Between two looks where the system tells nothing.
const POLL: Duration = Duration::from_millis(500);

/// A look is followed by a pause of so many times its own length, so that it takes a small part of
/// the time even where a disk is slow.
const PAUSE: u32 = 25;

/// Whoever keeps an eye on one casebook.
pub struct Vigil {
    caller: Arc<dyn Caller>,
    root: PathBuf,
    watches: Watches,
    /// Whether the system tells of changes.
    told: bool,
    /// What was touched since the last build began; none where that is not known for sure.
    touched: Option<BTreeSet<String>>,
    /// The files as the last build read them; none before the first.
    seen: Option<Glance>,
    /// How long the last look took.
    looking: Duration,
    had_content: bool,
}

impl Vigil {
    /// Begins before the first build, so that what is saved during it is not lost.
    pub fn begin(caller: Arc<dyn Caller>, root: PathBuf) -> Vigil {
        let mut vigil = Vigil {
            caller,
            root,
            watches: Watches::none(),
            told: true,
            touched: None,
            seen: None,
            looking: Duration::ZERO,
            had_content: false,
        };
        vigil.renew();
        vigil
    }

    /// Takes note of what a build read, if it came to that; brings the files that were not as in
    /// the build before.
    pub fn note(&mut self, sources: Option<&Sources>) -> Vec<String> {
        // What was read came from there, however soon after it goes away.
        self.had_content |= sources.is_some();
        let seen = match sources {
            Some(sources) => Glance::of(sources),
            None => self.look(),
        };
        let causes = self.seen.as_ref().map(|before| seen.since(before));
        self.seen = Some(seen);
        causes.unwrap_or_default()
    }

    /// What was touched since this was asked last, where the system told of each.
    pub fn touched(&mut self) -> Option<BTreeSet<String>> {
        let touched = self.touched.replace(BTreeSet::new());
        touched.filter(|_| self.told)
    }

    /// Whether the casebook is where it was, with its content.
    pub fn stands(&mut self) -> bool {
        let Some((_, has_content)) = Sources::standing(&self.root) else { return false };
        let stands = has_content || !self.had_content;
        self.had_content |= has_content;
        stands
    }

    /// Waits until something was touched and then was quiet.
    pub fn wait(&mut self) {
        // What looked new once, and was not told of.
        let mut suspect = None;
        loop {
            if !self.stands() {
                return self.until_back();
            }
            let pause = if self.told { PULSE } else { POLL }.max(self.looking * PAUSE);
            match self.listen(pause) {
                Heard::Touched(paths) => {
                    self.note_touched(paths);
                    return self.quiet();
                }
                Heard::Moved => {
                    self.renew();
                    return self.quiet();
                }
                Heard::Exhausted => self.poll(EXHAUSTED),
                Heard::Overflow => {
                    self.renew();
                    // A large build opens more files than the system keeps words for: only what
                    // differs counts, else it would build for ever.
                    let glance = self.look();
                    if self.seen != Some(glance) {
                        return self.quiet();
                    }
                }
                Heard::Nothing | Heard::Unrelated => {
                    let glance = self.look();
                    if self.seen.as_ref() == Some(&glance) {
                        suspect = None;
                    } else if !self.told {
                        return self.settle(glance);
                    } else if suspect.as_ref() == Some(&glance) {
                        // It is so after a whole pause, and the system said nothing of it.
                        return self.poll("the system did not tell of a change");
                    } else {
                        suspect = Some(glance);
                    }
                }
            }
        }
    }

    fn note_touched(&mut self, paths: Vec<String>) {
        self.touched.iter_mut().for_each(|all| all.extend(paths.iter().cloned()));
    }

    /// Listens past what no build reads.
    fn listen(&self, most: Duration) -> Heard {
        let until = self.caller.now() + most;
        loop {
            let left = until.saturating_sub(self.caller.now());
            match self.watches.listen(left) {
                Heard::Unrelated if !left.is_zero() => {}
                heard => return heard,
            }
        }
    }

    /// Waits until nothing was touched for a while.
    fn quiet(&mut self) {
        let begun = self.caller.now();
        while self.caller.now() - begun < RESTLESS {
            match self.listen(QUIET) {
                Heard::Nothing | Heard::Unrelated => return,
                Heard::Touched(paths) => self.note_touched(paths),
                Heard::Moved | Heard::Overflow => self.renew(),
                Heard::Exhausted => self.poll(EXHAUSTED),
            }
        }
    }

    /// Looks until nothing changes for a while.
    fn settle(&mut self, mut glance: Glance) {
        let begun = self.caller.now();
        while self.caller.now() - begun < RESTLESS {
            self.listen(QUIET);
            let next = self.look();
            if next == glance {
                return;
            }
            glance = next;
        }
    }

    /// Waits until the folder is there again.
    fn until_back(&mut self) {
        self.watches.drop();
        self.caller.hear(News::Gone);
        while !self.stands() {
            self.listen(POLL);
        }
        self.renew();
        self.caller.hear(News::Back);
        let glance = self.look();
        self.settle(glance);
    }

    fn renew(&mut self) {
        self.touched = None;
        // Where the folder is gone, the next look says so.
        let Some((root, _)) = Sources::standing(&self.root) else { return };
        if self.told
            && let Err(why) = self.watches.renew(&root)
        {
            self.poll(&why);
        }
    }

    fn poll(&mut self, why: &str) {
        self.touched = None;
        self.watches.drop();
        self.told = false;
        self.caller.hear(News::Polling(why));
    }

    fn look(&mut self) -> Glance {
        let begun = self.caller.now();
        let glance = Glance::at(&self.root);
        self.looking = self.caller.now() - begun;
        glance
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests are the writer whose saves are waited for")]
mod tests {
    use super::*;
    use crate::pipeline::{Drafts, Request, Watch};
    use notify::event::{DataChange, EventKind, Flag, ModifyKind};
    use notify::{Error, ErrorKind, Event};
    use std::fs;
    use std::sync::Mutex;

    /// One who has no clock, and writes down what is told.
    struct Writer(PathBuf, Mutex<Vec<String>>);

    impl Caller for Writer {
        fn request(&self) -> Request {
            let (root, today) = (self.0.clone(), jiff::civil::date(2026, 6, 30));
            Request { root, as_of: None, today, audience: None, drafts: Drafts::Hidden }
        }

        fn now(&self) -> Duration {
            Duration::ZERO
        }

        fn watching(&self, _build: &mut dyn FnMut(&dyn Watch)) {}

        fn hear(&self, news: News<'_>) {
            self.1.lock().expect("no one panics").push(format!("{news:?}"));
        }
    }

    fn vigil() -> (tempfile::TempDir, Arc<Writer>, Vigil) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("a folder");
        let root = folder.path().to_path_buf();
        let writer = Arc::new(Writer(root.clone(), Mutex::default()));
        let mut vigil = Vigil::begin(writer.clone(), root);
        assert!(vigil.note(None).is_empty(), "the first build has no cause");
        (folder, writer, vigil)
    }

    fn told(writer: &Writer) -> Vec<String> {
        writer.1.lock().expect("no one panics").clone()
    }

    #[test]
    fn without_watches_files_are_looked_at() {
        let (folder, writer, mut vigil) = vigil();
        vigil.watches.drop();
        vigil.watches.pretend(Err(Error::new(ErrorKind::MaxFilesWatch)));
        fs::write(folder.path().join("content/index.md"), "text").expect("a file");
        vigil.wait();
        assert_eq!(vigil.note(None), ["content/index.md"]);
        assert_eq!(told(&writer), [format!("Polling({EXHAUSTED:?})")]);
        // From here on the system is not asked any more.
        fs::write(folder.path().join("casebook.yaml"), "").expect("a file");
        vigil.wait();
        assert_eq!(vigil.note(None), ["casebook.yaml"]);
        assert_eq!(told(&writer).len(), 1);
    }

    #[test]
    fn what_was_touched_is_known_where_the_system_tells_of_each() {
        let (folder, _writer, mut vigil) = vigil();
        assert_eq!(vigil.touched(), None, "before the first build nothing is known");
        let root = folder.path().canonicalize().expect("it is there");
        let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for path in ["content/a.md", "content/b.md", "content/a.md"] {
            vigil.watches.pretend(Ok(Event::new(changed).add_path(root.join(path))));
        }
        vigil.wait();
        let both = ["content/a.md", "content/b.md"].map(String::from);
        assert_eq!(vigil.touched(), Some(both.into()));
        vigil.watches.pretend(Ok(Event::new(changed).add_path(root.join("content/a.md"))));
        vigil.watches.pretend(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
        vigil.wait();
        assert_eq!(vigil.touched(), None, "the system dropped something");
        vigil.poll("it does not tell");
        assert_eq!((vigil.touched(), vigil.touched()), (None, None));
    }

    #[test]
    fn what_the_system_dropped_counts_only_where_something_differs() {
        let (folder, writer, mut vigil) = vigil();
        let overflow = || Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan));
        vigil.watches.drop();
        vigil.watches.pretend(overflow());
        let root = folder.path().to_path_buf();
        // Nothing differs at the first word: only what comes after it ends the wait.
        let writing = std::thread::spawn(move || {
            fs::write(root.join("content/index.md"), "text").expect("a file");
        });
        vigil.wait();
        writing.join().expect("it is written");
        assert_eq!(vigil.note(None), ["content/index.md"]);
        assert!(told(&writer).is_empty());
    }

    #[test]
    fn content_that_goes_away_right_after_a_build_is_missed() {
        let (folder, _writer, mut vigil) = vigil();
        vigil.note(Some(&Sources::of(Vec::new())));
        fs::remove_dir(folder.path().join("content")).expect("it was there");
        assert!(!vigil.stands());
    }

    #[test]
    fn a_thousand_touches_are_one_reason_to_build() {
        let (_folder, _writer, mut vigil) = vigil();
        let root = vigil.root.canonicalize().expect("it is there");
        vigil.watches.renew(&root).expect("there are watches");
        for _ in 0..1_000 {
            let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
            vigil.watches.pretend(Ok(Event::new(changed).add_path(root.join("content/a.md"))));
        }
        vigil.wait();
        assert_eq!(vigil.watches.listen(Duration::ZERO), Heard::Nothing);
    }
}
