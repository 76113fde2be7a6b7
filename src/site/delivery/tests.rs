//! What is put in which order, kept and removed, without a network.

use super::*;
use crate::editions::Drafts;

const STYLE: &str = "assets/style-0000000000.css";
const NEWER: &str = "assets/style-1111111111.css";

/// A key that begins with a digit, ten times and more.
fn key(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn files(files: &[(&str, char)]) -> Files {
    files.iter().map(|(path, digit)| (*path, key(*digit))).collect()
}

fn edition(audience: &str) -> Edition {
    Edition::new(audience, Drafts::Hidden)
}

fn manifest(state: State, list: &[(&str, char)]) -> Manifest {
    Manifest { state, edition: Some(edition("internal")), files: files(list) }
}

/// A place in which each file has a length of one.
fn place(manifest: Option<Manifest>, objects: &[&str]) -> Standing {
    let objects = objects.iter().map(|path| ((*path).to_owned(), 1)).collect();
    Standing { manifest, objects }
}

fn plan(list: &[(&str, char)], standing: &Standing) -> Result<Delivery, Failure> {
    let (edition, files) = (edition("internal"), files(list));
    let lengths = vec![1; files.len()];
    let coming = Coming { edition: &edition, files: &files, lengths: &lengths };
    Delivery::plan(coming, standing, "s3://bucket/x")
}

/// The paths of each turn; with a `?` where the store is asked first.
fn turns(delivery: &Delivery) -> [Vec<String>; 3] {
    let files = &delivery.after.files;
    let own: Vec<&str> =
        (0..files.len()).filter(|at| !files.is_lasting(*at)).map(|at| files.at(at).0).collect();
    let told =
        |errand: &Errand| format!("{}{}", own[errand.at], if errand.may_stand { "?" } else { "" });
    [0, 1, 2].map(|turn| delivery.turns[turn].iter().map(told).collect())
}

const SITE: &[(&str, char)] =
    &[(STYLE, '0'), ("a/index.html", 'a'), ("b/index.html", 'b'), ("data/a.csv", 'c')];

#[test]
fn an_empty_place_is_given_all_styles_first_and_pages_last() {
    let delivery = plan(SITE, &Standing::default()).expect("an empty place");
    let expected = [vec![STYLE], vec!["data/a.csv"], vec!["a/index.html", "b/index.html"]];
    assert_eq!(turns(&delivery), expected);
    let until = delivery.until.expect("there is something to do");
    assert_eq!((until.state, until.files), (State::Unfinished, files(SITE)));
    assert_eq!(delivery.after, manifest(State::Whole, SITE));
    assert!(delivery.gone.is_empty() && delivery.unchanged == 0);
}

#[test]
fn where_all_stands_nothing_is_done() {
    let paths: Vec<&str> = SITE.iter().map(|(path, _)| *path).collect();
    let delivery = plan(SITE, &place(Some(manifest(State::Whole, SITE)), &paths)).expect("ours");
    assert_eq!((delivery.until, delivery.unchanged), (None, 4));
    assert!(delivery.turns.iter().all(Vec::is_empty));
}

#[test]
fn what_changed_is_put_what_is_gone_goes_and_a_style_stays_one_time() {
    let before = manifest(State::Whole, SITE);
    let paths: Vec<&str> = SITE.iter().map(|(path, _)| *path).collect();
    let next = &[(NEWER, '1'), ("a/index.html", 'd'), ("data/a.csv", 'c')];
    let delivery = plan(next, &place(Some(before), &paths)).expect("ours");
    assert_eq!(turns(&delivery), [vec![NEWER], vec![], vec!["a/index.html"]]);
    assert_eq!(delivery.gone, ["b/index.html"]);
    assert_eq!(delivery.unchanged, 1);
    let until = delivery.until.expect("there is something to do");
    let union: Vec<&str> = until.files.paths().collect();
    assert_eq!(union, ["a/index.html", STYLE, NEWER, "b/index.html", "data/a.csv"]);
    let lasting = delivery.after.files.position(STYLE).expect("it stays for open pages");
    assert!(delivery.after.files.is_lasting(lasting));
    // The next time it goes, but not on its own account.
    let paths = [STYLE, NEWER, "a/index.html", "data/a.csv"];
    let standing = place(Some(delivery.after), &paths);
    assert_eq!(plan(next, &standing).expect("ours").until, None);
    let third = &[(NEWER, '1'), ("a/index.html", 'e'), ("data/a.csv", 'c')];
    assert_eq!(plan(third, &standing).expect("ours").gone, [STYLE]);
}

#[test]
fn after_a_run_that_died_only_what_may_stand_is_asked_for() {
    let before = manifest(State::Unfinished, SITE);
    let delivery = plan(SITE, &place(Some(before), &[STYLE, "a/index.html"])).expect("ours");
    let style = format!("{STYLE}?");
    let expected = [vec![&*style], vec!["data/a.csv"], vec!["a/index.html?", "b/index.html"]];
    assert_eq!(turns(&delivery), expected);
}

#[test]
fn what_someone_removed_or_cut_off_is_put_again() {
    let mut standing = place(Some(manifest(State::Whole, SITE)), &[STYLE, "a/index.html"]);
    standing.objects.insert("b/index.html".into(), 0);
    let delivery = plan(SITE, &standing).expect("ours");
    assert_eq!(turns(&delivery), [vec![], vec!["data/a.csv"], vec!["b/index.html"]]);
    assert_eq!(delivery.unchanged, 2);
}

#[test]
fn what_is_not_ours_stays_and_keeps_its_place() {
    let refused = |standing: &Standing| {
        let failure = plan(SITE, standing).expect_err("not ours");
        assert_eq!(failure.exit, 2);
        failure.message
    };
    let said = refused(&place(None, &["holiday.jpg"]));
    assert_eq!(said, "nothing is published to `s3://bucket/x`: casebook did not put what is there");
    let old = manifest(State::Whole, &SITE[..2]);
    let said = refused(&place(Some(old.clone()), &[STYLE, "b/index.html"]));
    assert!(said.contains("`b/index.html`"), "{said}");
    let delivery = plan(SITE, &place(Some(old), &[STYLE, "holiday.jpg"])).expect("it is beside");
    assert_eq!((delivery.foreign, delivery.gone.len()), (vec!["holiday.jpg".to_owned()], 0));
}

#[test]
fn another_edition_is_refused() {
    let before = Manifest { edition: Some(edition("board")), ..manifest(State::Whole, SITE) };
    for state in [State::Whole, State::Unfinished] {
        let standing = place(Some(Manifest { state, ..before.clone() }), &[]);
        let failure = plan(SITE, &standing).expect_err("another edition");
        assert_eq!(failure.exit, 2);
        let both = ["`board`", "`internal`"].iter().all(|name| failure.message.contains(name));
        assert!(both, "{failure}");
    }
}
