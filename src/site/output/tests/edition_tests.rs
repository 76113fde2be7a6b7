//! Tests of editions: each keeps its folder, and one of an earlier casebook gets its name.

use super::*;
use crate::site::exchange::Way;
use std::fs;

fn others() -> [Edition; 2] {
    [Edition::new("board", Drafts::Hidden), Edition::new("internal", Drafts::Shown)]
}

#[test]
fn another_edition_is_refused_before_anything_is_touched() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let times = book.times();
    let roll = FIRST.iter().map(|(path, _)| *path).collect();
    for other in others() {
        let begun = book.open().expect("ours").begin(&other, &roll, None);
        assert_eq!(begun.expect_err("another edition stands").exit, 2);
    }
    assert_eq!(book.times(), times);
    assert!(!book.root.join(".public.casebook").exists());
}

#[test]
fn a_site_of_an_earlier_casebook_gets_its_name_and_nothing_else() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let path = book.path(NAME);
    let text = fs::read_to_string(&path).expect("a manifest");
    let manifest = Manifest::read(&text).expect("ours");
    assert_eq!(manifest.edition, Some(edition()));
    let old = Manifest { edition: None, ..manifest.clone() };
    let pages = || FIRST.iter().map(|(path, _)| book.path(path).metadata().expect("there"));
    let times = || pages().map(|met| met.modified().expect("a time")).collect::<Vec<_>>();
    let before = times();
    fs::write(&path, old.text()).expect("written");
    let published = book.publish(FIRST).expect("it may be any edition");
    assert_eq!((counts(&published), published.way), ((0, 3, 0), Way::Unchanged));
    assert_eq!(fs::read_to_string(&path).expect("a manifest"), text);
    assert_eq!((times(), published.seen.manifest), (before, manifest.key()));
    // For whom it is, only who builds it knows.
    let roll = FIRST.iter().map(|(path, _)| *path).collect();
    fs::write(&path, old.text()).expect("written");
    for other in others() {
        drop(book.open().expect("ours").begin(&other, &roll, None).expect("it may be any edition"));
    }
}

#[test]
fn the_site_before_is_not_put_back_where_it_is_another_edition() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    book.publish(&FIRST[1..]).expect("ours");
    let path = book.backstage("site").join(NAME);
    let text = fs::read_to_string(&path).expect("a manifest");
    fs::write(&path, text.replace("edition internal", "edition board")).expect("written");
    assert_eq!(book.open().expect("ours").roll_back().expect_err("another edition").exit, 2);
    assert!(!book.path(FIRST[0].0).exists());
}
