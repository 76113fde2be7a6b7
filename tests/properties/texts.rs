//! Random texts: pieces of a target's dictionary put together, and files of the sample casebook with
//! pieces put in and stretches taken out.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::path::Path;

/// What of a file a text is.
#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    /// The front matter of a write-up.
    Front,
    /// Its body.
    Body,
    /// A series.
    Series,
}

/// One piece alone, which is a whole name as often as not.
pub fn piece(target: &str) -> impl Strategy<Value = String> + use<> {
    select(dictionary(target))
}

/// So many pieces at most, one behind the other; some of them are any letter.
pub fn soup(target: &str, most: usize) -> impl Strategy<Value = String> + use<> {
    let plain = select(vec!["a", "b", "x", "1", "12", " ", "\n", "claims", "days"]);
    let piece = prop_oneof![
        6 => select(dictionary(target)),
        3 => plain.prop_map(str::to_string),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..=most).prop_map(|pieces| pieces.concat())
}

/// A part of a file of the sample, changed in up to four places.
pub fn changed(part: Part, target: &str) -> impl Strategy<Value = String> + use<> {
    let change = (any::<Index>(), 0..24_usize, select(dictionary(target)));
    let changes = prop::collection::vec(change, 1..=4);
    (select(sample(part)), changes).prop_map(|(mut text, changes)| {
        for (at, length, piece) in changes {
            let start = boundary(&text, at.index(text.len() + 1));
            // As often as not something is taken out as well.
            let end = boundary(&text, (start + length.saturating_sub(12)).min(text.len()));
            text.replace_range(start..end.max(start), &piece);
        }
        text
    })
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// That part of all files of the sample that have it, without what is longer than a screen or two.
#[expect(clippy::disallowed_methods, reason = "a test that reads the sample")]
fn sample(part: Part) -> Vec<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let ending = if part == Part::Series { "csv" } else { "md" };
    let files = walkdir::WalkDir::new(content).sort_by_file_name().into_iter();
    let paths = files.map(|file| file.expect("the sample can be read").into_path());
    let paths = paths.filter(|path| path.extension().is_some_and(|own| own == ending));
    let texts = paths.map(|path| std::fs::read_to_string(path).expect("a text"));
    texts
        .filter_map(|text| match part {
            Part::Series => Some(text),
            Part::Front => text.strip_prefix("---\n")?.split_once("\n---\n").map(|p| p.0.into()),
            Part::Body => text.split_once("\n---\n").map(|parts| parts.1.into()),
        })
        .collect()
}

/// The pieces of a target's dictionary, in the form that libFuzzer reads.
#[expect(clippy::disallowed_methods, reason = "a test that reads a file of its own")]
fn dictionary(target: &str) -> Vec<String> {
    let file = format!("{}/tests/fuzz/dictionaries/{target}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).expect("each target has a dictionary");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| read(line.strip_prefix('"').and_then(|l| l.strip_suffix('"')).expect(line)))
        .collect()
}

fn read(line: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = line.bytes();
    while let Some(byte) = rest.next() {
        let escaped = (byte == b'\\').then(|| rest.next()).flatten();
        match escaped {
            Some(b'x') => {
                let two: Vec<u8> = rest.by_ref().take(2).collect();
                let two = std::str::from_utf8(&two).expect("two digits");
                bytes.push(u8::from_str_radix(two, 16).expect("two digits"));
            }
            Some(other) => bytes.push(other),
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).expect("a piece is a text")
}
