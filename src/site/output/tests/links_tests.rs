//! Links that someone put into an output or backstage: nothing is written through one, and nothing
//! that one leads to is changed or removed (T03).

use super::*;
use std::os::unix::fs::{PermissionsExt, symlink};

const SECOND: &[(&str, &str)] =
    &[("index.html", "home"), ("projects/a/index.html", "a!"), ("projects/c/index.html", "c")];

/// A casebook whose second site stands, so that the first one is backstage, and a folder elsewhere.
fn two_sites() -> (Book, PathBuf) {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    book.publish(SECOND).expect("ours");
    let outside = book.root.with_file_name("outside");
    fs::create_dir_all(outside.join("b")).expect("a folder");
    fs::write(outside.join("b/index.html"), "theirs").expect("a file");
    fs::create_dir(outside.join("empty")).expect("a folder");
    (book, outside)
}

/// What stands elsewhere is as it was.
fn assert_untouched(outside: &Path) {
    let entries = walkdir::WalkDir::new(outside).min_depth(1).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.expect("it is there").into_path());
    let told: Vec<String> = paths
        .map(|path| path.strip_prefix(outside).expect("below").display().to_string())
        .collect();
    assert_eq!(told, ["b", "b/index.html", "empty"]);
    assert_eq!(fs::read_to_string(outside.join("b/index.html")).expect("there"), "theirs");
}

/// Puts a link where a folder is, which is moved away.
fn link(book: &Book, at: &Path, target: &Path) {
    fs::rename(at, book.root.join("was")).expect("it was there");
    symlink(target, at).expect("a link");
}

#[test]
fn a_link_backstage_makes_room_and_is_not_written_through() {
    let third: &[(&str, &str)] = &[
        ("index.html", "home!"),
        ("projects/a/index.html", "a"),
        ("projects/new/index.html", "new"),
    ];
    for at in ["site/projects", "site/projects/a", "site"] {
        let (book, outside) = two_sites();
        link(&book, &book.backstage(at), &outside);
        book.publish(third).unwrap_or_else(|failure| panic!("{at}: {failure}"));
        assert_untouched(&outside);
        let told: Vec<_> = book.tree().into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let expected = third.iter().map(|(path, text)| ((*path).into(), (*text).into()));
        assert_eq!(told, expected.collect::<Vec<_>>(), "{at}");
    }
    // Also where the last site had no such folder.
    let (book, outside) = two_sites();
    symlink(&outside, book.backstage("site/projects/new")).expect("a link");
    book.publish(third).expect("it makes room");
    assert_untouched(&outside);
}

#[test]
fn the_lock_is_no_link() {
    let (book, outside) = two_sites();
    fs::remove_file(book.backstage("lock")).expect("it was there");
    symlink(outside.join("b/index.html"), book.backstage("lock")).expect("a link");
    assert_eq!(book.publish(FIRST).expect_err("a link").exit, 3);
    assert_untouched(&outside);
}

#[test]
fn a_link_in_the_output_is_not_ours_and_refused() {
    for at in ["projects", "projects/a"] {
        let (book, outside) = two_sites();
        link(&book, &book.path(at), &outside);
        for files in [SECOND, FIRST] {
            let failure = book.publish(files).expect_err(at);
            assert_eq!(failure.exit, 2, "{failure}");
            assert!(failure.message.contains("was not made by casebook"), "{failure}");
        }
        assert_untouched(&outside);
    }
}

#[test]
fn no_one_is_let_in_through_a_link() {
    let (book, outside) = two_sites();
    fs::create_dir(book.path("theirs")).expect("a folder");
    fs::set_permissions(book.path("theirs"), fs::Permissions::from_mode(0o777)).expect("let in");
    fs::write(book.path("theirs/x.txt"), "x").expect("a file");
    let before = outside.metadata().expect("it is there").permissions();
    symlink(&outside, book.backstage("site/theirs")).expect("a link");
    book.publish(FIRST).expect("the link makes room");
    assert_untouched(&outside);
    assert_eq!(outside.metadata().expect("it is there").permissions(), before);
    assert_eq!(fs::read_to_string(book.path("theirs/x.txt")).expect("carried"), "x");
}

#[test]
fn what_a_dead_build_left_is_not_brought_through_a_link() {
    let (book, outside) = two_sites();
    // It says that the two changed places, and that what is not ours is still to be brought.
    fs::write(book.backstage("next"), "of another site").expect("a file");
    fs::write(book.backstage("site/projects/a/theirs.txt"), "x").expect("a file");
    link(&book, &book.path("projects"), &outside);
    fs::create_dir(outside.join("a")).expect("a folder");
    assert_eq!(book.publish(FIRST).expect_err("a link").exit, 2);
    assert_eq!(outside.join("a").read_dir().expect("a folder").count(), 0);
}
