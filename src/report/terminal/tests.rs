//! What a terminal is shown, as literal text.
//!
//! Each case is a file or two, a diagnostic, and the whole of what is painted.

use super::*;
use crate::diagnostics::{Place, Span};
use crate::report::Desk;

fn desk(text: &str) -> Desk {
    Desk(vec![("content/projects/a.md", Some(text.to_owned()))])
}

/// The place of the first occurrence of a word in a file.
fn at(desk: &Desk, file: u32, word: &str) -> Place {
    let file = FileId(file);
    let start = desk.text(file).expect("a text").find(word).expect("the word");
    file.at(Span::new(start, start + word.len()))
}

fn painted(desk: &Desk, diagnostic: Diagnostic) -> String {
    terminal(&[diagnostic], desk, Color::Never, 60)
}

fn error(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownKey, place, message)
}

#[test]
fn a_word_has_its_caret_its_label_and_a_next_step() {
    let desk = desk("---\ntitel: Claims\n---\n");
    let problem = error(at(&desk, 0, "titel"), "unknown key `titel`")
        .label("not a key of a write-up")
        .help("did you mean `title`?");
    let expected = "\
error[unknown-key]: unknown key `titel`
 --> content/projects/a.md:2:1
  |
2 | titel: Claims
  | ^^^^^ not a key of a write-up
  |
  = help: did you mean `title`?

";
    assert_eq!(painted(&desk, problem), expected);
}

#[test]
fn second_places_in_the_file_stand_in_one_excerpt() {
    let desk = desk("---\ntitle: A\nowner: B\ntitle: C\na\nb\nc\ntitle: D\n---\n");
    let place = |start| FileId(0).at(Span::new(start, start + 5));
    let problem = error(place(22), "`title` is given twice")
        .also(place(4), "first here")
        .also(place(37), "and here");
    let expected = "\
error[unknown-key]: `title` is given twice
 --> content/projects/a.md:4:1
  |
2 | title: A
  | ----- first here
3 | owner: B
4 | title: C
  | ^^^^^
...
8 | title: D
  | ----- and here

";
    assert_eq!(painted(&desk, problem), expected);
}

#[test]
fn line_ends_scripts_and_other_files_are_told_apart_and_nothing_acts() {
    let desk = Desk(vec![
        ("a.md", Some("x: 1\r\ny: |\r  two\r  lines\n".into())),
        ("b\u{1b}[2J.md", Some("\tk\u{202e}ey: 目標\u{200b}: \u{1b}[31m\n".into())),
        ("c.png", None),
    ]);
    let problem = error(at(&desk, 0, "y: |\r  two"), "mess\u{1b}age")
        .label("la\nbel")
        .also(at(&desk, 1, "標"), "here")
        .also(FileId(2).top(), "and this")
        .help("one\ntwo");
    let expected = "\
error[unknown-key]: mess␛age
 --> a.md:2:1
  |
2 | y: |
  | ^^^^ la␊bel
  |
 ::: b␛[2J.md:1:9
  |
1 |     k<U+202E>ey: 目標<U+200B>: ␛[31m
  |                    -- here
  |
 ::: c.png: and this
  |
  = help: one
          two

";
    assert_eq!(painted(&desk, problem), expected);
}

#[test]
fn a_file_without_text_has_a_path_only() {
    let desk = Desk(vec![("c.png", None)]);
    let problem = error(FileId(0).at(Span::new(7, 9)), "no page uses it").help("remove it");
    let expected = "\
error[unknown-key]: no page uses it
--> c.png
 |
 = help: remove it

";
    assert_eq!(painted(&desk, problem), expected);
}

#[test]
fn a_long_line_is_cut_about_the_caret_and_counted_whole() {
    let desk = desk(&format!("a\n{}WORD{}\n", "目x ".repeat(10_000), "y ".repeat(10_000)));
    let expected = "\
error[unknown-key]: long
 --> content/projects/a.md:2:30001
  |
2 | ... x 目x 目x 目x 目x WORDy y y y y y y y y y y y y y...
  |                       ^^^^ here

";
    assert_eq!(painted(&desk, error(at(&desk, 0, "WORD"), "long").label("here")), expected);
}

#[test]
fn a_place_beyond_the_end_is_the_end() {
    let desk = desk("---\ntitle: é");
    let expected = "\
error[unknown-key]: not closed
 --> content/projects/a.md:2:9
  |
2 | title: é
  |         ^

";
    let place = FileId(0).at(Span::new(90, 95));
    assert_eq!(painted(&desk, error(place, "not closed")), expected);
}

#[test]
fn of_one_code_fifty_are_shown_and_the_others_counted() {
    let desk = desk("titel");
    let problems = vec![error(at(&desk, 0, "titel"), "unknown key"); 1_000];
    let text = terminal(&problems, &desk, Color::Never, 80);
    assert_eq!(text.matches("error[unknown-key]").count(), 50);
    let more = "\n\n… and 950 more like [unknown-key]: `casebook explain unknown-key`\n\n";
    assert!(text.ends_with(more));
}

#[test]
fn a_failure_is_one_line_and_a_next_step() {
    let full = Failure::usage("the output folder is the casebook itself").help("name another");
    let expected = "\
error: the output folder is the casebook itself
 |
 = help: name another
";
    assert_eq!(failure(&full, Color::Never), expected);
    assert_eq!(failure(&Failure::machine("disk full"), Color::Never), "error: disk full\n");
    assert!(failure(&full, Color::Always).starts_with("\u{1b}["));
}

#[test]
fn a_secret_is_hidden_by_whole_letters() {
    let desk = desk("key: éabcé\n");
    let secret = Diagnostic::new(Code::Secret, FileId(0).at(Span::new(6, 11)), "a key");
    let text = painted(&desk, secret);
    assert!(text.contains("1 | key: *******\n"), "{text}");
}

proptest::proptest! {
    #[test]
    fn whatever_the_text_and_the_places_nothing_fails_and_nothing_acts(
        text in "(\\PC|[a-z\\r\\n\\t\u{1b}\u{202e}\u{200b}\u{feff}é目👍🏽\u{301}]){0,60}",
        repeat in 1_usize..40,
        spans in proptest::collection::vec((0_usize..4_000, 0_usize..400), 1..4),
        width in 0_usize..200,
    ) {
        let desk = desk(&text.repeat(repeat));
        let mut places = spans.iter().map(|(at, len)| FileId(0).at(Span::new(*at, at + len)));
        let mut problem = error(places.next().expect("one at least"), &text).label(&*text);
        for place in places {
            problem = problem.also(place, &*text);
        }
        let painted = terminal(&[problem], &desk, Color::Never, width);
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!painted.contains(acts), "{painted:?}");
    }
}
