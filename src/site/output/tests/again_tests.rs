//! Tests of a folder that a build saw, looked at again.

use super::*;

/// Publishes the same addresses again, keeping what is known to be as it was left.
fn again(book: &Book, files: &[(&str, &str)], seen: Seen) -> (Published, usize) {
    let roll = files.iter().map(|(path, _)| *path).collect();
    let staging = book.open().expect("ours").begin(&edition(), &roll, Some(seen)).expect("ours");
    let mut kept = 0;
    for (path, text) in files {
        match staging.is_known() && staging.keep(path).expect("it can be looked at") {
            true => kept += 1,
            false => staging.take(path, text.as_bytes()).expect("it is taken"),
        }
    }
    (staging.commit().expect("it can be written"), kept)
}

#[test]
fn what_was_seen_is_looked_at_again_and_what_is_not_as_it_was_is_found() {
    let book = Book::new();
    // What is written from here on is later by the clock of the disk, which is coarse.
    let later = || {
        let (scratch, left) = (book.root.join("scratch"), write::moment(&book.path(NAME)));
        while write::moment(&scratch) <= left {
            fs::write(&scratch, "").expect("a file");
        }
    };
    let other = [FIRST[0], FIRST[1], (FIRST[2].0, "other")];
    let seen = book.publish(&other).expect("a new folder").seen;
    assert!(seen.names.is_some(), "nothing else can be in a folder that was made whole");
    later();
    let first = book.publish(FIRST).expect("ours");
    later();
    // As in a larger site, whose first files are older than its manifest.
    fs::write(book.path(NAME), of(FIRST).text()).expect("a file");
    later();
    let (second, kept) = again(&book, FIRST, first.seen);
    assert_eq!((kept, second.seen.names.is_some()), (3, true));
    let plain = |folder: &str| {
        let roll: Roll = FIRST.iter().map(|(path, _)| *path).collect();
        let (root, seen) = (book.root.join("public"), second.seen.names.expect("a moment"));
        let before = ours(&root, &root, Manifest::default()).expect("ours");
        let left = write::moment(&root.join(NAME)).expect("a moment");
        let known = crate::site::survey::again(&root, &before, &roll, seen, left);
        known.unwrap_or_else(|| panic!("walked: {folder}"))
    };
    let plan = plain("as it was");
    assert_eq!((plan.standing, &plan.as_left[..2]), (vec![true; 3], &[true; 2][..]));

    // What is not ours is told, wherever it lies, and for as long as it does.
    for foreign in ["notes.txt", "projects/b/notes.txt", "projects/mine/x"] {
        book.put(foreign, "mine");
        let (published, kept) = again(&book, FIRST, second.seen);
        assert_eq!((published.kept_foreign.len(), kept, published.seen.names), (1, 3, None));
        let told = book.path(foreign);
        fs::remove_file(&told).expect("it is there");
        let _ = fs::remove_dir(book.path("projects/mine"));
    }
    // What was changed, removed or put away behind a link is mended.
    book.put("projects/a/index.html", "x");
    assert_eq!(again(&book, FIRST, second.seen).1, 2);
    fs::remove_file(book.path("index.html")).expect("it is there");
    let seen = again(&book, FIRST, second.seen).0.seen;
    assert_eq!(book.tree()["index.html"], "home");
    later();
    let elsewhere = book.root.join("elsewhere");
    fs::rename(book.path("projects/a"), &elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, book.path("projects/a")).expect("a link");
    let roll = FIRST.iter().map(|(path, _)| *path).collect();
    let staging = book.open().expect("ours").begin(&edition(), &roll, Some(seen));
    let failure = staging.expect_err("a link in the place of a folder is not ours");
    assert!(failure.message.contains("projects/a"), "{failure}");
    // A manifest that is not the one that was seen is no word on anything.
    let other = Seen { manifest: Key::of("another"), ..seen };
    fs::remove_file(book.path("projects/a")).expect("a link");
    fs::rename(&elsewhere, book.path("projects/a")).expect("a folder");
    let staging = book.open().expect("ours").begin(&edition(), &roll, Some(other)).expect("ours");
    assert!(!staging.is_known());
}
