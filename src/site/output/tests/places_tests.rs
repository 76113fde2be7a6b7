//! Tests of two sites that change places: what comes along, and what does not.

use super::*;

#[test]
fn a_style_outlasts_its_site_by_one() {
    let book = Book::new();
    let style =
        |text: &str| format!("assets/style-{}.css", &blake3::hash(text.as_bytes()).to_hex()[..10]);
    let publish = |css: &str, home: &str| {
        let address = style(css);
        let site = [(&*address, css), ("assets/form-0123456789.css", home), ("index.html", home)];
        book.publish(&site).expect("ours").removed
    };
    publish("one", "a");
    assert_eq!(publish("two", "b"), 1);
    assert_eq!((&*book.tree()[&style("one")], &*book.tree()[&style("two")]), ("one", "two"));
    // A build that changes nothing is no new site.
    assert_eq!(publish("two", "b"), 0);
    assert!(book.path(&style("one")).exists());
    publish("two", "c");
    assert!(!book.path(&style("one")).exists());
    // One that comes back is of the site again.
    publish("one", "d");
    publish("two", "d");
    publish("one", "d");
    assert_eq!((&*book.tree()[&style("one")], &*book.tree()[&style("two")]), ("one", "two"));
    // What is not named after its bytes goes at once.
    assert_eq!(book.publish(FIRST).expect("ours").removed, 2);
    assert!(!book.path("assets/form-0123456789.css").exists());
    assert!(book.path(&style("one")).exists() && !book.path(&style("two")).exists());
}

#[cfg(unix)]
#[test]
fn who_may_look_into_the_folder_may_still_do_so() {
    use std::os::unix::fs::PermissionsExt;
    let book = Book::new();
    let public = book.root.join("public");
    let mode = || public.metadata().expect("it is there").permissions().mode() & 0o7777;
    for (nth, wanted) in [0o2775, 0o750, 0o755].into_iter().enumerate() {
        book.publish(&[("index.html", &nth.to_string())]).expect("ours");
        fs::set_permissions(&public, fs::Permissions::from_mode(wanted)).expect("they are ours");
        book.publish(&[("index.html", "another")]).expect("ours");
        assert_eq!(mode(), wanted);
    }
}

/// An output whose manifest is not whole is published over, and killed before all came along.
#[test]
fn pages_of_a_site_that_never_was_whole_do_not_come_back() {
    let book = Book::new();
    book.publish(FIRST).expect("a new folder");
    let unfinished = Manifest { state: State::Unfinished, ..of(FIRST) };
    book.put(NAME, &unfinished.text());
    book.publish(&FIRST[..1]).expect("ours");
    // As if it had died right after the two changed places.
    fs::write(book.backstage("next"), "the key of another").expect("a file");
    fs::create_dir_all(book.backstage("site/projects/b")).expect("a folder");
    fs::write(book.backstage("site").join(NAME), unfinished.text()).expect("a file");
    fs::write(book.backstage("site/projects/b/index.html"), "withdrawn").expect("a file");
    fs::write(book.backstage("site/CNAME"), "mine").expect("a file");
    let published = book.publish(&FIRST[..1]).expect("ours");
    assert_eq!(published.kept_foreign, ["CNAME"]);
    assert_eq!(book.tree(), tree(&[("index.html", "home"), ("CNAME", "mine")]));
}
