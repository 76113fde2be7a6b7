//! What theme authors are told, and the second theme: `themes/README.md` names each template with
//! its blocks and components and each view with its fields, as the code has them; `themes/ledger`
//! builds, and its colors can be read.
//!
//! `SNAPSHOTS=overwrite cargo test --test theme` writes the tables of `themes/README.md` anew.
#![allow(clippy::disallowed_methods, reason = "tests look at the sources from outside")]
#![allow(clippy::float_arithmetic, reason = "contrast is no figure")]

#[path = "theme/reference.rs"]
mod reference;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Files of a folder by name, in order, with their texts.
fn folder(path: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(repository().join(path)).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.into_string().expect("a plain name"));
    names.map(|name| (name.clone(), read(&Path::new(path).join(name).to_string_lossy()))).collect()
}

const BEGINS: &str = "<!-- generated from here: SNAPSHOTS=overwrite cargo test --test theme -->\n";

#[test]
fn themes_readme_tells_what_the_code_has() {
    let readme = read("themes/README.md");
    let (told, tables) = readme.split_once(BEGINS).expect("the tables have a beginning");
    let actual = reference::tables(
        &read("src/pages.rs"),
        &folder("src/pages/view"),
        &folder("themes/default/templates"),
    );
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(repository().join("themes/README.md"), format!("{told}{BEGINS}{actual}"))
            .expect("it can be written");
        return;
    }
    let differs = actual.lines().zip(tables.lines()).find(|(actual, told)| actual != told);
    assert!(
        tables == actual,
        "themes/README.md is out of step with src/pages/view and themes/default/templates;\n\
         run `SNAPSHOTS=overwrite cargo test --test theme`, and look at the difference: {differs:?}"
    );
}
