//! Tests of `new`: which ids are taken, what is made, what is never overwritten.
#![expect(clippy::disallowed_methods, reason = "a test looks at the files that were made")]

use super::*;
use std::fs;

#[test]
fn an_id_is_its_own_address_or_is_told_the_right_one() {
    assert_eq!(sound("gro\u{308}ße-2").as_deref(), Ok("größe-2"));
    for (typed, help) in [
        ("Same Day Claims", "rename it to `same-day-claims`"),
        ("../evil", "rename it to `evil`"),
        ("x.md", "rename it to `x-md`"),
    ] {
        let failure = sound(typed).expect_err(typed);
        assert_eq!((failure.exit, failure.help.as_deref()), (2, Some(help)), "{typed}");
    }
    for wrong in ["", "!!!", "page", "nul", &"a".repeat(101)] {
        assert_eq!(sound(wrong).expect_err(wrong).exit, 2);
    }
}

#[test]
fn a_project_is_made_once_in_one_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let started = flat(root, "same-day-claims").expect("a new one");
    assert_eq!(started.path, "content/projects/same-day-claims.md");
    let text = fs::read_to_string(root.join(&started.path)).expect("made");
    assert!(text.contains("\ntitle: \"Same day claims\"\n"), "{text}");
    assert_eq!(flat(root, "same-day-claims").expect_err("again").exit, 2);
    assert_eq!(in_folder(root, "same-day-claims").expect_err("in the other form").exit, 2);

    assert_eq!(in_folder(root, "b").expect("a new one").path, "content/projects/b/index.md");
    assert_eq!(flat(root, "b").expect_err("in the other form").exit, 2);
    assert!(!root.join("content/projects/b.md").exists());
}

#[test]
fn a_post_mortem_stands_beside_a_write_up_with_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let today = jiff::civil::date(2026, 5, 5);
    let failure = post_mortem(root, "x", today).expect_err("no project");
    assert_eq!(failure.message, "there is no project `x`");

    flat(root, "x").expect("a new one");
    let failure = post_mortem(root, "x", today).expect_err("a flat project");
    let help = "run `mkdir content/projects/x && mv content/projects/x.md \
                content/projects/x/index.md` first";
    assert_eq!(failure.help.as_deref(), Some(help));

    in_folder(root, "y").expect("a new one");
    let started = post_mortem(root, "y", today).expect("a project with a folder");
    let text = fs::read_to_string(root.join(&started.path)).expect("made");
    assert!(text.starts_with("---\n") && text.contains("held_on: 2026-05-05\n"), "{text}");
    assert_eq!(post_mortem(root, "y", today).expect_err("again").exit, 2);
}

#[test]
fn a_unit_is_made_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let started = unit(folder.path(), "customer-service").expect("a new one");
    let text = fs::read_to_string(folder.path().join(&started.path)).expect("made");
    assert!(text.contains("\nname: \"Customer service\"\n"), "{text}");
    assert_eq!(unit(folder.path(), "customer-service").expect_err("again").exit, 2);
}
