//! Tests of mending: a site that someone damaged is as it was built again, and the one before it is
//! kept as it was.

use super::*;
use crate::site::exchange::Way;
use crate::site::staging::Unkept;

const SECOND: &[(&str, &str)] = &[
    ("index.html", "home two"),
    ("projects/a/index.html", "a two"),
    ("projects/b/deep/index.html", "b two"),
];

/// Two sites, one after the other, of which the newer one is damaged.
fn damaged() -> Book {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    book.publish(SECOND).expect("ours");
    book.put("index.html", "hime");
    fs::remove_dir_all(book.path("projects/b")).expect("removed");
    book
}

fn texts(book: &Book) -> BTreeMap<String, String> {
    book.tree().into_iter().filter(|(path, _)| book.path(path).is_file()).collect()
}

#[test]
fn a_mended_site_leaves_the_one_before_it_as_it_was() {
    let book = damaged();
    let published = book.publish(SECOND).expect("ours");
    assert_eq!((counts(&published), published.way), ((2, 1, 0), Way::Unchanged));
    assert_eq!((texts(&book), published.unkept), (tree(SECOND), None));
    assert!(!book.backstage("mends").exists());
    assert_eq!(counts(&book.publish(SECOND).expect("ours")), (0, 3, 0));
    book.open().expect("ours").roll_back().expect("it is kept");
    assert_eq!(texts(&book), tree(FIRST));
    book.open().expect("ours").roll_back().expect("so is the mended one");
    assert_eq!(texts(&book), tree(SECOND));
}

#[test]
fn a_long_file_is_mended_alike_and_is_written_where_it_is_another() {
    let book = Book::new();
    let publish = |text: &str| {
        let roll = ["data/a.csv"].into_iter().collect();
        let staging = book.open()?.begin(&edition(), &roll, None)?;
        let halves = text.as_bytes().chunks(2).map(<[u8]>::to_vec).collect::<Vec<_>>();
        staging.take_long("data/a.csv", Box::new(halves.into_iter()))?;
        staging.commit()
    };
    for text in ["one", "two!"] {
        assert_eq!(publish(text).expect("ours").written, 1);
    }
    book.put("data/a.csv", "two");
    let published = publish("two!").expect("ours");
    assert_eq!((counts(&published), published.way), ((1, 0, 0), Way::Unchanged));
    assert_eq!(book.tree()["data/a.csv"], "two!");
    book.open().expect("ours").roll_back().expect("it is kept");
    assert_eq!(book.tree()["data/a.csv"], "one");
}

#[test]
fn a_damaged_site_is_whole_again_where_another_takes_its_place() {
    let book = damaged();
    let mut third = SECOND.to_vec();
    third[1].1 = "a three";
    let published = book.publish(&third).expect("ours");
    assert_eq!((counts(&published), published.unkept), ((3, 0, 0), None));
    assert_eq!(texts(&book), tree(&third));
    book.open().expect("ours").roll_back().expect("it was mended before");
    assert_eq!(texts(&book), tree(SECOND));
}

#[test]
fn where_no_site_can_be_put_back_any_more_that_is_told() {
    let book = damaged();
    book.put("own.txt", "own");
    let third = [("index.html", "home three"), ("projects/a/index.html", "a two")];
    let published = book.publish(&third).expect("ours");
    assert_eq!(published.unkept, Some(Unkept::Differs("index.html".into())));
    // What is not ours beside it is not gone with it.
    assert_eq!(book.tree()["own.txt"], "own");
    assert!(!book.backstage("site").exists());
    assert!(!book.open().expect("ours").check_up().expect("looked at").rollback);
    assert_eq!(book.open().expect("ours").roll_back().expect_err("none is kept").exit, 2);

    assert_eq!(book.publish(SECOND).expect("ours").unkept, None);
    fs::remove_dir_all(book.path("")).expect("removed");
    let published = book.publish(&third).expect("a new folder");
    assert_eq!(published.unkept, Some(Unkept::Nothing));
    assert_eq!(book.open().expect("ours").roll_back().expect_err("none is kept").exit, 2);
    assert_eq!(book.publish(FIRST).expect("ours").unkept, None);
}

#[test]
fn a_site_that_is_kept_is_read_and_what_is_damaged_in_it_is_named() {
    let book = Book::new();
    let kept = || book.open().expect("a folder").verify_kept().expect("read");
    assert_eq!(kept(), None);
    book.publish(FIRST).expect("a new folder");
    assert_eq!(kept(), None);
    book.publish(SECOND).expect("ours");
    assert!(kept().is_some_and(|kept| kept.is_whole() && kept.files == FIRST.len()));
    fs::write(book.backstage("site/index.html"), "hime").expect("written");
    fs::remove_file(book.backstage("site/projects/a/index.html")).expect("removed");
    let found = kept().expect("it is kept");
    assert_eq!(found.changed, ["index.html"]);
    assert_eq!((found.missing, found.foreign), (vec!["projects/a/index.html".into()], vec![]));
    assert_eq!(book.open().expect("ours").roll_back().expect_err("it differs").exit, 3);
}

#[cfg(unix)]
#[test]
fn nothing_is_mended_through_a_link() {
    let book = damaged();
    let elsewhere = book.root.join("elsewhere");
    fs::create_dir_all(elsewhere.join("deep")).expect("a folder");
    let roll = SECOND.iter().map(|(path, _)| *path).collect();
    let staging = book.open().expect("ours").begin(&edition(), &roll, None).expect("begun");
    SECOND.iter().try_for_each(|(path, text)| staging.take(path, text.as_bytes())).expect("taken");
    // It is put there once the folder was looked at.
    std::os::unix::fs::symlink(&elsewhere, book.path("projects/b")).expect("a link");
    let failure = staging.commit().expect_err("a link in a folder's place");
    assert!(failure.message.ends_with("projects/b is a link, and is not written through"));
    assert!(!elsewhere.join("deep/index.html").exists());
}
