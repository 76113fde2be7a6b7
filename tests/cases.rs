//! The tables of `tests/README.md`: each case is named by the tests that it leads to, and each point of
//! what a reader meets leads to tests that are there.
#![allow(clippy::disallowed_methods, reason = "tests read the project itself")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A row of a case: its name, and the tests or why there is none.
fn rows() -> Vec<(String, String)> {
    let mut rows = all_rows();
    rows.retain(|(case, _)| case.starts_with('T'));
    rows
}

/// A row of any table: its first cell, and its third.
fn all_rows() -> Vec<(String, String)> {
    let table = fs::read_to_string(tests().join("README.md")).expect("a table");
    let cells = table.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let rows = cells.filter(|cells| cells.len() == 5);
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

#[test]
fn each_point_of_what_a_reader_meets_leads_to_tests() {
    let rows = all_rows();
    for point in 1..=20 {
        let row = rows.iter().find(|(name, _)| *name == point.to_string());
        let files = led_to(&row.unwrap_or_else(|| panic!("point {point} has no row")).1);
        assert!(!files.is_empty(), "point {point} leads nowhere");
        for file in files {
            assert!(tests().join(file).exists(), "point {point}: {file} is not there");
        }
    }
    for topic in fs::read_dir(tests().join("reader/topics")).expect("topics") {
        let file = format!("reader/topics/{}", topic.expect("a topic").file_name().display());
        let named = rows.iter().any(|(_, cell)| led_to(cell).contains(&file.as_str()));
        assert!(named, "no point leads to {file}");
    }
}

/// The cases that a text names.
fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 3 && word.starts_with('T')).collect()
}
