//! The fast reader against its slow twin: what it reads, the walk reads alike, without a word.

use super::super::{Node, Value, walk};
use super::read;
use crate::diagnostics::FileId;
use crate::documents::reader::{Conventions, Reader};
use proptest::prelude::*;

/// Lines of front matter, sound and odd; half of them begin a block.
const LINES: &[&str] = &[
    "title: Same-day claims",
    "title: \"Same-day: claims\"",
    "'quoted key': x",
    "\"k\": v",
    "kpis:",
    "kpis: ",
    "- name: Median time",
    "-   name: wide",
    "- plain",
    "-",
    "- ",
    "- - nested",
    "- {name: Bela, unit: it}",
    "- \"quoted\"",
    "- 'a': b",
    "owner: {name: \"A, B\", role: x: y}",
    "owner: {name: A B , unit: it}",
    "owner: {name: A, }",
    "shares: {claims: 60%, 2024/25: -0.5}",
    "tags: [a, b c, 'd']",
    "tags: [a, [b, {c: d}]]",
    "tags: []",
    "tags: [a,",
    "  b]",
    "map: {}",
    "map: {a: , b: 1}",
    "map: {a}",
    "map: {a:b}",
    "map: {\"a\":b}",
    "map: {a: b}c",
    "none: ~",
    "none: null",
    "none: ''",
    "none:",
    "~: x",
    "null: x",
    "<<: x",
    "time: 12:30",
    "link: https://example.org/a#b",
    "cut: a #b",
    "comment: a # b",
    "# comment",
    "text: it's \"so\"",
    "text: a: b",
    "text: ends:",
    "text: -1",
    "text: - 1",
    "text: --x",
    "text: ?x",
    "text: [open",
    "text: 'it''s'",
    "text: \"a\\nb\"",
    "text: 'open",
    "text: trailing   ",
    "text: Größe\u{a0}",
    "text: 日本語",
    "more words",
    "&a text: *a",
    "tag: !x y",
    "block: |",
    "block: >-",
    "%x: y",
    "@x: y",
    "a:b: c",
    "key : x",
    "? x",
    "---",
    "...",
    "",
    "   ",
    "\tx: y",
];

/// Texts of a few such lines, each as deep as it likes; the first is most likely at the edge.
fn texts() -> impl Strategy<Value = String> {
    let line = (prop::sample::select(vec![0, 0, 0, 2, 2, 4, 1]), prop::sample::select(LINES));
    let line = line.prop_map(|(depth, line)| " ".repeat(depth) + line);
    let lines = prop::collection::vec(line, 1..7);
    (lines, any::<bool>()).prop_map(|(lines, ends)| lines.join("\n") + if ends { "\n" } else { "" })
}

/// What the walk makes of a text, where it has nothing to say.
fn walked(text: &str, at: usize) -> Option<Node<'_>> {
    let conventions = Conventions::default();
    let reader = Reader::new(FileId(0), &conventions);
    let node = walk(text, at, &reader);
    reader.into_said().is_empty().then_some(node)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn what_is_read_fast_is_read_alike_and_without_a_word(text in texts()) {
        if let Some(node) = read(&text, 7) {
            prop_assert_eq!(Some(node), walked(&text, 7), "{:?}", text);
        }
    }

    /// One line changed by a letter: what no one thought of.
    #[test]
    fn a_letter_more_or_less_is_read_alike(
        line in prop::sample::select(LINES),
        at in any::<prop::sample::Index>(),
        letter in prop::sample::select(" :#-,[]{}'\"&*!|>?~ax0\n\\\u{85}\u{2028}\u{feff}é".chars().collect::<Vec<_>>()),
        instead in any::<bool>(),
    ) {
        let mut letters: Vec<char> = line.chars().collect();
        let at = at.index(letters.len() + 1);
        if instead && at < letters.len() {
            letters.remove(at);
        }
        letters.insert(at, letter);
        let text = format!("first: 1\n{}\nlast: 2\n", letters.into_iter().collect::<String>());
        if let Some(node) = read(&text, 0) {
            prop_assert_eq!(Some(node), walked(&text, 0), "{:?}", text);
        }
    }
}

#[test]
fn what_writers_write_is_read_fast() {
    let text = "title: \"Claims: paid\"\nstatus: completed\nowner: {name: A B, unit: claims}\nkpis:\n  - \
                id: time\n    target: {value: 1, by: 2025-03}\n    note:\n      - x\nunits: [a, 'b']\n\nlist:\n\
                - Amara Osei, Head (claims)\n- a: ~\nlast: x";
    let node = read(text, 0).expect("it is plain");
    assert_eq!(Some(&node), walked(text, 0).as_ref());
    let Value::Map(entries) = node.value else { panic!("a map") };
    assert_eq!(entries.len(), 7);
}

/// What it must leave to the walk, which tells of it or knows how to read it.
#[test]
fn what_is_not_plain_is_left() {
    let signs = ["a: *b", "a: &b c", "a: !b c", "a: |\n  b", "a: b #c", "a: b\na: c", "a: b: c"];
    let forms = [
        "a:",
        "a: 'it''s'",
        "a: \"\\n\"",
        "a: b\n  c",
        "? a",
        "- - b",
        "-\n  b",
        "a: [b,\n  c]",
        "a:\tb",
    ];
    let ends =
        ["", "---\na: b", "a: b\n...", "a: {b: c, b: d}", "a: [b] c", "  a: b\nc: d", "<<: b"];
    for text in signs.iter().chain(&forms).chain(&ends) {
        assert_eq!(read(text, 0), None, "{text:?}");
    }
    let deep = format!("a: {}b{}", "[".repeat(13), "]".repeat(13));
    assert_eq!(read(&deep, 0), None);
}
