//! The table of `tests/README.md`: each case is named by the tests that it leads to.
#![allow(clippy::disallowed_methods, reason = "tests read the project itself")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A row: the case, and the tests or why there is none.
fn rows() -> Vec<(String, String)> {
    let table = fs::read_to_string(tests().join("README.md")).expect("a table");
    let cells = table.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let rows = cells.filter(|cells| cells.len() == 5 && cells[1].starts_with('T'));
    rows.map(|cells| (cells[1].to_string(), cells[3].to_string())).collect()
}

fn tests() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
}

/// The files that a cell leads to.
fn led_to(cell: &str) -> Vec<&str> {
    cell.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default()).collect()
}

#[test]
fn each_case_is_named_by_the_tests_that_it_leads_to() {
    let rows = rows();
    assert!(rows.len() > 40, "{} rows", rows.len());
    for (case, cell) in &rows {
        let files = led_to(cell);
        assert!(!files.is_empty() || cell.starts_with("open: "), "{case} leads nowhere: {cell}");
        for file in files {
            let text = fs::read_to_string(tests().join(file));
            let text = text.unwrap_or_else(|error| panic!("{case}: {file}: {error}"));
            assert!(names(&text).contains(case.as_str()), "{file} does not name {case}");
        }
    }
}

#[test]
fn each_case_has_one_row() {
    let rows = rows();
    let cases: BTreeSet<&str> = rows.iter().map(|(case, _)| case.as_str()).collect();
    assert_eq!(cases.len(), rows.len(), "a case stands there twice");
}

/// The cases that a text names.
fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 3 && word.starts_with('T')).collect()
}
