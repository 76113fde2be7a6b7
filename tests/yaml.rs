//! Two readers of YAML: ours, for front matter, and serde_yaml, its slow twin.
//!
//! In go random texts. What is written by the rules both must read, and wherever both read a text
//! without a word, they must have read the same; `twin` says when that is.

#[path = "fuzz/src/checks/twin.rs"]
mod twin;

use proptest::prelude::*;
use twin::read_alike;

/// Values as writers write them: each is one value wherever it stands.
const SOUND: &[&str] = &[
    "",
    "~",
    "null",
    "NO",
    "yes",
    "true",
    "010",
    "1.10",
    "-0.5",
    "1e3",
    "0x1F",
    "12:30",
    "870k",
    "2024-11-04",
    "2024-Q4",
    "60%",
    "Amara Osei, Head of Claims (claims)",
    "a # comment",
    "a#b",
    "\"quoted: yes, # no comment\"",
    "\"tab\\tand \\u00e9\"",
    "'it''s'",
    "'NO'",
    "\"\"",
    "Größe",
    "日本語",
    "[a, 'b, c', {d: 1}]",
    "{a: 1, b: [x, y], c: }",
    "[]",
    "{}",
];

/// Values that are right in some places, and some that are never.
const ODD: &[&str] = &[
    "[a,\n   b]",
    "a: b",
    "&name x",
    "*name",
    "!tag x",
    "\"open",
    "[open",
    "- x",
    "? x",
    "%x",
    "@x",
    "`x`",
    "|",
    ">-",
    "\"a\n  b\"",
    "a\n  b",
    "...",
    "---",
    "\tx",
    "a:b",
    "a\u{a0}b",
];

/// What a line may begin with.
const BEGINNINGS: &[&str] =
    &["", "", "title: ", "owner: ", "kpis:", "name: ", "- ", "- name: ", "- - ", "# ", "'a b': "];

/// A tree, and the text of it.
#[derive(Clone, Debug)]
enum Tree {
    Scalar(&'static str),
    List(Vec<Tree>),
    Map(Vec<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop::sample::select(SOUND).prop_map(Tree::Scalar);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner, 1..4);
        prop_oneof![several.clone().prop_map(Tree::List), several.prop_map(Tree::Map)]
    })
}

/// Writes a tree as a block, each level two deeper.
fn write(tree: &Tree, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match tree {
        Tree::Scalar(text) => out.push_str(&format!(" {text}\n")),
        Tree::List(items) => {
            out.push('\n');
            for item in items {
                out.push_str(&format!("{indent}-"));
                write(item, depth + 1, out);
            }
        }
        Tree::Map(values) => {
            out.push('\n');
            for (nth, value) in values.iter().enumerate() {
                out.push_str(&format!("{indent}key-{nth}:"));
                write(value, depth + 1, out);
            }
        }
    }
}

/// Lines that may or may not be YAML.
fn lines() -> impl Strategy<Value = String> {
    let begins = prop::sample::select(BEGINNINGS);
    let value = prop_oneof![prop::sample::select(SOUND), prop::sample::select(ODD)];
    let line = (0..4_usize, begins, value);
    let line = line.prop_map(|(depth, begins, value)| "  ".repeat(depth) + begins + value + "\n");
    prop::collection::vec(line, 1..6).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_written_by_the_rules_is_read_alike(tree in prop::collection::vec(tree(), 1..4)) {
        let mut text = String::new();
        write(&Tree::Map(tree), 0, &mut text);
        prop_assert_eq!(read_alike(&text), Some(true), "{}", text);
    }

    #[test]
    fn what_both_read_is_read_alike(text in lines()) {
        prop_assert_ne!(read_alike(&text), Some(false), "{}", text);
    }
}
