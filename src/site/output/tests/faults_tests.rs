//! A disk that will not: each step of publishing fails once, with each of three errors (T68).

use super::*;
use crate::site::disk::Readers;
use crate::site::exchange::Way;
use std::fs::{File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A disk whose nth step fails, and which says what that was.
#[derive(Debug)]
struct Failing {
    steps: AtomicUsize,
    nth: usize,
    with: ErrorKind,
    what: Mutex<Option<&'static str>>,
}

impl Failing {
    fn at(nth: usize, with: ErrorKind) -> Arc<Failing> {
        let (steps, what) = Default::default();
        Arc::new(Failing { steps, nth, with, what })
    }

    fn step(&self, what: &'static str) -> io::Result<()> {
        if self.steps.fetch_add(1, Ordering::SeqCst) + 1 != self.nth {
            return Ok(());
        }
        *self.what.lock().expect("not poisoned") = Some(what);
        Err(self.with.into())
    }
}

/// A file of it: what is written is a step as well.
struct Writing(&'static Failing, Box<dyn Write + Send>);

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.step("write").and_then(|()| self.1.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

/// It outlives the files that are written on it.
#[derive(Debug)]
struct Lent(&'static Failing);

/// A disk on which folders cannot change places.
#[derive(Debug)]
struct Plain(ErrorKind);

impl Disk for Lent {
    fn make_folder(&self, path: &Path, readers: Readers) -> io::Result<()> {
        self.0.step("mkdir").and_then(|()| Real.make_folder(path, readers))
    }
    fn let_in(&self, folder: &Path, whom: Permissions) -> io::Result<()> {
        self.0.step("chmod").and_then(|()| Real.let_in(folder, whom))
    }
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Write + Send>> {
        self.0.step("create")?;
        Ok(Box::new(Writing(self.0, Real.create_new(path)?)))
    }
    fn append(&self, path: &Path) -> io::Result<Box<dyn Write + Send>> {
        self.0.step("append").and_then(|()| Real.append(path))
    }
    fn lock(&self, path: &Path) -> io::Result<File> {
        self.0.step("lock").and_then(|()| Real.lock(path))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.step("rename").and_then(|()| Real.rename(from, to))
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.0.step("exchange").and_then(|()| Real.exchange(one, other))
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.step("link").and_then(|()| Real.link(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.step("unlink").and_then(|()| Real.remove_file(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.0.step("rmdir").and_then(|()| Real.remove_folder(path))
    }
    fn remove_all(&self, path: &Path) -> io::Result<()> {
        self.0.step("rmdir").and_then(|()| Real.remove_all(path))
    }
    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        self.0.step("fsync").and_then(|()| Real.settle(folder, files))
    }
    fn settle_names(&self, folder: &Path) -> io::Result<()> {
        self.0.step("fsync").and_then(|()| Real.settle_names(folder))
    }
}

impl Disk for Plain {
    fn let_in(&self, folder: &Path, whom: Permissions) -> io::Result<()> {
        Real.let_in(folder, whom)
    }
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(self.0.into())
    }
    fn make_folder(&self, path: &Path, readers: Readers) -> io::Result<()> {
        Real.make_folder(path, readers)
    }
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Write + Send>> {
        Real.create_new(path)
    }
    fn append(&self, path: &Path) -> io::Result<Box<dyn Write + Send>> {
        Real.append(path)
    }
    fn lock(&self, path: &Path) -> io::Result<File> {
        Real.lock(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Real.rename(from, to)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        Real.link(from, to)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        Real.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        Real.remove_folder(path)
    }
    fn remove_all(&self, path: &Path) -> io::Result<()> {
        Real.remove_all(path)
    }
    fn settle(&self, folder: &Path, files: &[PathBuf]) -> io::Result<()> {
        Real.settle(folder, files)
    }
    fn settle_names(&self, folder: &Path) -> io::Result<()> {
        Real.settle_names(folder)
    }
}

/// Where folders cannot change places, all is written file by file, and that is said (T71).
#[test]
fn where_folders_cannot_change_places_a_site_is_written_file_by_file() {
    let reasons = [
        (ErrorKind::CrossesDevices, "it lies on another disk than the folder above it"),
        (ErrorKind::ResourceBusy, "it is where a disk is mounted, or in use"),
        (ErrorKind::PermissionDenied, "the folder above it may not be written"),
        (ErrorKind::Unsupported, "this file system cannot exchange folders"),
        (ErrorKind::InvalidInput, "this file system cannot exchange folders"),
    ];
    for (error, why) in reasons {
        let book = after(&[FIRST]);
        let open = || Output::open_on(Arc::new(Plain(error)), place(&book)).expect("ours");
        for site in [SECOND, THIRD, FIRST, SECOND] {
            let published = publish(open(), site).expect("file by file");
            assert_eq!(published.way, Way::Ordered(why));
            assert_eq!(files(&book), with(site, true));
            assert_eq!(published.kept_foreign, [".well-known/", "CNAME"]);
            assert_eq!(publish(open(), site).expect("nothing to do").way, Way::Unchanged);
        }
        // What stands backstage is no earlier site.
        assert_eq!(open().roll_back().expect_err("none is kept").exit, 2);
        // On a disk that can, the next one changes places.
        assert_eq!(book.publish(THIRD).expect("ours").way, Way::Exchanged);
        assert_eq!(files(&book), with(THIRD, true));
    }
}

const SECOND: &[(&str, &str)] = &[
    ("assets/style-0123456789.css", "a{}"),
    ("index.html", "home two"),
    ("projects/a/index.html", "a"),
    ("projects/c/index.html", "c"),
    ("x", "a page where a folder was"),
];

const THIRD: &[(&str, &str)] = &[
    ("index.html", "home three"),
    ("projects/a", "a page where a folder was"),
    ("projects/c/index.html", "c three"),
    ("x/y/z.html", "a folder where a page was"),
];

type Files<'f> = &'f [(&'f str, &'f str)];

/// A casebook with so many sites published one after the other, and a file that is not ours.
fn after(sites: &[Files<'_>]) -> Book {
    let book = Book::new();
    for (nth, site) in sites.iter().enumerate() {
        book.publish(site).expect("a disk that will");
        if nth == 0 {
            book.put("CNAME", "casebook.example.org");
            book.put(".well-known/proof/1", "mine");
        }
    }
    book
}

fn place(book: &Book) -> Place {
    Place { root: book.root.clone(), output: "public".into(), home: None }
}

fn with(site: Files<'_>, foreign: bool) -> BTreeMap<String, String> {
    let mut all = tree(site);
    if foreign {
        all.extend(tree(&[("CNAME", "casebook.example.org"), (".well-known/proof/1", "mine")]));
    }
    all
}

fn files(book: &Book) -> BTreeMap<String, String> {
    book.tree().into_iter().filter(|(path, _)| book.path(path).is_file()).collect()
}

/// Lets each step fail once; brings how many there were, and of which kinds.
fn each_step_fails(before: &[Files<'_>], site: Files<'_>) -> BTreeMap<&'static str, usize> {
    let mut tried = BTreeMap::new();
    let foreign = !before.is_empty();
    let stood = before.last().map_or(BTreeMap::new(), |last| with(last, foreign));
    for error in [ErrorKind::StorageFull, ErrorKind::Other, ErrorKind::PermissionDenied] {
        for nth in 1.. {
            let book = after(before);
            let disk: &'static Failing = Box::leak(Box::new(Failing::at(nth, error)));
            let opened = Output::open_on(Arc::new(Lent(disk)), place(&book)).expect("ours");
            let done = publish(opened, site);
            let Some(what) = *disk.what.lock().expect("not poisoned") else {
                done.expect("nothing failed");
                break;
            };
            *tried.entry(what).or_default() += 1;
            let at = format!("step {nth}, {what}, {error:?}");
            // Without leave there may be another way, and what was cleared away is not missed.
            let passes =
                error == ErrorKind::PermissionDenied || ["unlink", "rmdir"].contains(&what);
            assert!(passes || done.is_err(), "{at}: it was not told");
            let stands = files(&book);
            match done {
                Ok(_) => assert_eq!(stands, with(site, foreign), "{at}"),
                Err(failure) => {
                    assert_eq!(failure.exit, 3, "{at}: {failure}");
                    assert!(!failure.message.contains('\n') && !failure.message.is_empty(), "{at}");
                    let new = with(site, foreign);
                    assert!(stands == stood || stands == new, "{at}: {failure}: {stands:#?}");
                }
            }
            // The next run makes it good, and leaves nothing that a build would not.
            let published = book.publish(site).unwrap_or_else(|failure| panic!("{at}: {failure}"));
            assert_eq!(files(&book), with(site, foreign), "{at}");
            let kept = if foreign { &[".well-known/", "CNAME"][..] } else { &[] };
            assert_eq!(published.kept_foreign, kept, "{at}");
        }
    }
    tried
}

#[test]
fn a_first_site_is_there_whole_or_not_at_all_whichever_step_fails() {
    let tried = each_step_fails(&[], SECOND);
    assert!(tried["write"] >= 15 && tried["fsync"] >= 6 && tried["mkdir"] >= 9, "{tried:?}");
}

#[test]
fn the_old_site_or_the_new_one_is_there_whichever_step_fails() {
    for before in [&[SECOND][..], &[FIRST, SECOND], &[THIRD, FIRST, SECOND]] {
        let tried = each_step_fails(before, THIRD);
        assert!(tried["exchange"] == 3 && tried["link"] >= 6 && tried["unlink"] >= 9, "{tried:?}");
        let points: usize = tried.values().sum();
        assert!(points > 90, "{points}: {tried:?}");
    }
}

/// A site that is mended is damaged or mended, and the one before it is kept, whichever step fails.
#[test]
fn a_damaged_site_is_mended_whichever_step_fails() {
    let mut tried = 0;
    for nth in 1.. {
        let book = after(&[FIRST, SECOND]);
        book.put("index.html", "hime");
        fs::remove_file(book.path("projects/c/index.html")).expect("removed");
        let damaged = files(&book);
        let disk: &'static Failing = Box::leak(Box::new(Failing::at(nth, ErrorKind::Other)));
        let opened = Output::open_on(Arc::new(Lent(disk)), place(&book)).expect("ours");
        let done = publish(opened, SECOND);
        let Some(what) = *disk.what.lock().expect("not poisoned") else {
            done.expect("nothing failed");
            break;
        };
        tried += 1;
        let (at, whole) = (format!("step {nth}, {what}"), with(SECOND, true));
        for (path, text) in files(&book) {
            let known = [whole.get(&path), damaged.get(&path)];
            assert!(known.contains(&Some(&text)), "{at}: {path}");
        }
        book.publish(SECOND).unwrap_or_else(|failure| panic!("{at}: {failure}"));
        assert_eq!(files(&book), whole, "{at}");
        book.open().expect("ours").roll_back().unwrap_or_else(|failure| panic!("{at}: {failure}"));
        assert_eq!(files(&book), with(FIRST, true), "{at}");
    }
    assert!(tried > 10, "{tried}");
}
