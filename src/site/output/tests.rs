//! Tests of publishing: sites into folders, and what stands there afterwards.

use super::*;
use crate::editions::Drafts;
use crate::site::manifest::State;
use crate::site::staging::Published;
use std::collections::BTreeMap;
use std::time::SystemTime;

#[cfg(unix)]
mod again_tests;
mod edition_tests;
#[cfg(unix)]
mod faults_tests;
#[cfg(unix)]
mod links_tests;
mod mend_tests;
mod places_tests;

struct Book {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Book {
    fn new() -> Book {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it exists").join("book");
        fs::create_dir_all(root.join("content")).expect("content");
        Book { _folder: folder, root }
    }

    fn open(&self) -> Result<Output, Failure> {
        Output::open(Place { root: self.root.clone(), output: "public".into(), home: None })
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Published, Failure> {
        publish(self.open()?, files)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join("public").join(path)
    }

    fn backstage(&self, path: &str) -> PathBuf {
        self.root.join(".public.casebook").join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it is below public")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// All that stands in the output, but for the manifest: folders have no text.
    fn tree(&self) -> BTreeMap<String, String> {
        let public = self.root.join("public");
        let entries = walkdir::WalkDir::new(&public).min_depth(1).into_iter().flatten();
        let told = entries.map(|entry| {
            let path = entry.path().strip_prefix(&public).expect("it is below").to_path_buf();
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            (path.display().to_string(), text)
        });
        told.filter(|(path, _)| path != NAME).collect()
    }

    fn times(&self) -> Vec<SystemTime> {
        let entries = walkdir::WalkDir::new(self.root.join("public")).sort_by_file_name();
        let met = entries.into_iter().flatten().filter_map(|entry| entry.metadata().ok());
        met.filter_map(|met| met.modified().ok()).collect()
    }
}

fn publish(output: Output, files: &[(&str, &str)]) -> Result<Published, Failure> {
    let roll = files.iter().map(|(path, _)| *path).collect();
    let staging = output.begin(&edition(), &roll, None)?;
    files.iter().try_for_each(|(path, text)| staging.take(path, text.as_bytes()))?;
    staging.commit()
}

fn of(files: &[(&str, &str)]) -> Manifest {
    let key = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), key(text)));
    Manifest { state: State::Whole, edition: Some(edition()), files: files.collect() }
}

fn edition() -> Edition {
    Edition::new("internal", Drafts::Hidden)
}

fn tree(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn counts(published: &Published) -> (usize, usize, usize) {
    (published.written, published.unchanged, published.removed)
}

const FIRST: &[(&str, &str)] =
    &[("index.html", "home"), ("projects/a/index.html", "a"), ("projects/b/index.html", "b")];

#[test]
fn only_what_differs_is_written_and_what_is_gone_is_removed() {
    let book = Book::new();
    assert_eq!(counts(&book.publish(FIRST).expect("a new folder")), (3, 0, 0));
    let second = [("index.html", "home"), ("projects/a/index.html", "a!"), ("x.txt", "x")];
    assert_eq!(counts(&book.publish(&second).expect("ours")), (2, 1, 1));
    let expected = [
        ("index.html", "home"),
        ("projects", ""),
        ("projects/a", ""),
        ("projects/a/index.html", "a!"),
        ("x.txt", "x"),
    ];
    assert_eq!(book.tree(), tree(&expected));
}

#[test]
fn where_nothing_changes_nothing_is_touched() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let before = book.times();
    assert_eq!(counts(&book.publish(FIRST).expect("ours")), (0, 3, 0));
    assert_eq!(book.times(), before);
}

#[test]
fn a_page_that_was_changed_or_removed_by_hand_is_mended() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    book.put("index.html", "hime");
    fs::remove_file(book.path("projects/a/index.html")).expect("removed");
    assert_eq!(counts(&book.publish(FIRST).expect("ours")), (2, 1, 0));
    assert_eq!(book.tree()["index.html"], "home");
    assert_eq!(book.tree()["projects/a/index.html"], "a");
}

#[test]
fn a_folder_with_other_files_is_refused_and_an_empty_one_is_not() {
    let book = Book::new();
    fs::create_dir(book.root.join("public")).expect("a folder");
    assert!(book.open().is_ok());
    book.put("holiday.txt", "mine");
    let failure = book.publish(FIRST).expect_err("not ours");
    assert_eq!((failure.exit, failure.help.is_some()), (2, true));
    assert!(failure.message.contains("`public`"), "{failure}");
    assert_eq!(book.tree(), tree(&[("holiday.txt", "mine")]));

    book.put(NAME, "another tool's list\n");
    assert_eq!(book.open().expect_err("not our manifest").exit, 2);
}

#[test]
fn a_file_in_the_folders_place_is_refused() {
    let book = Book::new();
    fs::write(book.root.join("public"), "a file").expect("a file");
    assert_eq!(book.open().expect_err("a file").exit, 2);
}

#[test]
fn files_that_are_not_ours_are_kept_and_told() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    book.put("CNAME", "casebook.example.org");
    book.put("projects/b/notes.txt", "mine");
    book.put(".git/objects/1", "git");
    let published = book.publish(&FIRST[..2]).expect("ours");
    assert_eq!(published.kept_foreign, [".git/", "CNAME", "projects/b/notes.txt"]);
    assert_eq!(published.removed, 1);
    assert_eq!(book.tree()["projects/b/notes.txt"], "mine");
    assert!(!book.path("projects/b/index.html").exists());
}

#[test]
fn a_page_never_falls_on_a_file_that_is_not_ours() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    book.put("notes", "mine");
    book.put("board/mine.txt", "mine");
    book.put("projects/b/own.txt", "mine");
    let before = book.tree();
    for (path, foreign) in [
        ("notes", "notes"),
        ("notes/index.html", "notes"),
        ("board", "board/"),
        ("board/mine.txt", "board/mine.txt"),
        ("projects/b", "projects/b/own.txt"),
    ] {
        let failure = book.publish(&[("index.html", "new"), (path, "x")]).expect_err(path);
        assert_eq!(failure.exit, 2);
        assert!(failure.message.contains(&format!("`{foreign}`")), "{path}: {failure}");
        assert_eq!(book.tree(), before);
    }
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let book = Book::new();
    book.publish(&[("a", "file"), ("b/c/d", "deep"), ("z", "z")]).expect("a new folder");
    let turned = [("a/b/c", "deep"), ("b", "file"), ("z", "z")];
    assert_eq!(counts(&book.publish(&turned).expect("ours")), (2, 1, 2));
    let expected = [("a", ""), ("a/b", ""), ("a/b/c", "deep"), ("b", "file"), ("z", "z")];
    assert_eq!(book.tree(), tree(&expected));
}

#[test]
fn a_run_that_died_is_made_good_by_the_next() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let new = [("index.html", "new"), ("c/index.html", "c"), ("d/index.html", "d")];
    // It died after one page, with others waiting, and before it removed what was gone.
    let output = book.open().expect("ours");
    let next = of(&new);
    let between =
        ours(&output.folder, &output.told, Manifest::default()).expect("ours").until(&next);
    assert_eq!(between.state, State::Unfinished);
    book.put(NAME, &between.text());
    book.put("index.html", "new");
    book.put(".casebook-stage/1", "ha");

    let published = book.publish(&new).expect("ours");
    assert_eq!(counts(&published), (2, 1, 2));
    assert_eq!(published.kept_foreign, [""; 0]);
    let expected =
        [("c", ""), ("c/index.html", "c"), ("d", ""), ("d/index.html", "d"), ("index.html", "new")];
    assert_eq!(book.tree(), tree(&expected));
    let output = book.open().expect("ours");
    assert_eq!(ours(&output.folder, &output.told, Manifest::default()).expect("ours"), next);
}

#[test]
fn a_second_build_at_once_is_refused_and_the_next_is_not() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let begin = || {
        book.open().expect("ours").begin(&edition(), &["index.html"].into_iter().collect(), None)
    };
    let first = begin().expect("it can be written");
    let failure = begin().expect_err("another build is under way");
    let own = std::process::id();
    assert_eq!(failure.message, format!("another build (process {own}) is writing into `public`"));
    drop(first);
    begin().expect("it has ended");
}

#[test]
fn a_run_that_is_given_up_leaves_the_old_site_and_nothing_else() {
    let book = Book::new();
    let given_up = || {
        let addresses = ["index.html", "x.html"].into_iter().collect();
        let staging = book
            .open()
            .expect("ours")
            .begin(&edition(), &addresses, None)
            .expect("it can be written");
        staging.take("index.html", b"new").expect("taken");
        assert!(book.backstage("site/index.html").exists());
    };
    given_up();
    assert!(!book.root.join("public").exists() && !book.backstage("").exists());
    book.publish(FIRST).expect("a new folder");
    let before = book.tree();
    given_up();
    assert_eq!(book.tree(), before);
    assert!(!book.backstage("").exists());
}

#[test]
fn a_first_run_that_died_before_its_manifest_can_be_done_again() {
    let book = Book::new();
    book.put(&write::half_of(NAME), "casebook-mani");
    assert_eq!(counts(&book.publish(FIRST).expect("ours")), (3, 0, 0));
    assert!(!book.path(&write::half_of(NAME)).exists());
}

#[test]
fn a_path_that_leads_out_is_refused_before_anything_is_written() {
    let book = Book::new();
    for path in ["../evil.html", "/evil.html", "a/../../evil.html", "a\\b", NAME] {
        assert!(book.publish(&[("index.html", "home"), (path, "x")]).is_err(), "{path}");
    }
    assert!(book.publish(&[("a", "file"), ("a/b", "below it")]).is_err());
    assert!(!book.root.join("public").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let elsewhere = book.root.join("elsewhere");
    fs::create_dir_all(elsewhere.join("a")).expect("a folder");
    fs::write(elsewhere.join("a/index.html"), "precious").expect("a file");
    fs::write(elsewhere.join("home.html"), "precious").expect("a file");
    fs::remove_dir_all(book.path("projects")).expect("removed");
    symlink(&elsewhere, book.path("projects")).expect("a link");
    fs::remove_file(book.path("index.html")).expect("removed");
    symlink(elsewhere.join("home.html"), book.path("index.html")).expect("a link");

    let failure = book.publish(FIRST).expect_err("a link in a folder's place");
    assert!(failure.message.contains("`projects`"), "{failure}");
    // Without the pages below the link, they are not removed either.
    let published = book.publish(&FIRST[..1]).expect("ours");
    assert_eq!(published.kept_foreign, ["projects"]);
    assert_eq!(fs::read_to_string(book.path("index.html")).expect("a page"), "home");
    assert!(!book.path("index.html").is_symlink());
    for kept in ["a/index.html", "home.html"] {
        assert_eq!(fs::read_to_string(elsewhere.join(kept)).expect("kept"), "precious");
    }
}

#[cfg(unix)]
#[test]
fn what_was_written_is_read_again() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let staging =
        book.open().expect("ours").begin(&edition(), &["index.html"].into_iter().collect(), None);
    let staging = staging.expect("it can be written");
    staging.take("index.html", b"new").expect("taken");
    // What was written is read again.
    fs::write(book.backstage("site/index.html"), "nwe").expect("a file");
    let failure = staging.commit().expect_err("it is not as it was written");
    assert_eq!(failure.exit, 3);
    assert!(failure.message.ends_with("site/index.html is not as it was written"), "{failure}");
    assert_eq!(book.tree()["index.html"], "home");
    assert!(!book.backstage("").exists());
}

#[test]
fn a_file_that_comes_in_stretches_is_written_where_it_differs() {
    let book = Book::new();
    let publish = |stretches: &[&str]| {
        let staging =
            book.open()?.begin(&edition(), &["data/a.csv"].into_iter().collect(), None)?;
        let stretches: Vec<Vec<u8>> =
            stretches.iter().map(|text| text.as_bytes().to_vec()).collect();
        staging.take_long("data/a.csv", Box::new(stretches.into_iter()))?;
        staging.commit()
    };
    let steps: [(&[&str], usize); 8] = [
        (&["head\n", "one\n", "two\n"], 1),
        (&["head\none\n", "two\n"], 0),
        (&["head\n", "ONE\n", "two\n"], 1),
        (&["head\n", "ONE\n", "two\n", "three\n"], 1),
        (&["head\n", "ONE\n"], 1),
        (&["head\n"], 1),
        (&[], 1),
        (&[], 0),
    ];
    for (stretches, written) in steps {
        let before = book.times();
        assert_eq!(publish(stretches).expect("ours").written, written, "{stretches:?}");
        assert_eq!(book.times() == before, written == 0, "{stretches:?}");
        assert_eq!(book.tree()["data/a.csv"], stretches.concat());
        assert_eq!(
            Manifest::read(&fs::read_to_string(book.path(NAME)).expect("it is there")),
            Some(of(&[("data/a.csv", &stretches.concat())]))
        );
    }
}
