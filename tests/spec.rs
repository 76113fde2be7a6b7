//! The specification: literate cases, each a test of its own.
//!
//! `tests/spec/<noun>/<case>.md` tells a casebook, commands and what they must print or write;
//! `tests/spec/README.md` says how. The group `explain` builds the examples of each code's
//! explanation. `SNAPSHOTS=overwrite` writes what was printed into the cases. Nothing here knows
//! the program from within.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk from outside")]

#[path = "spec/casebook.rs"]
mod casebook;
#[path = "spec/diff.rs"]
mod diff;
#[path = "spec/explain.rs"]
mod explain;
#[path = "spec/fill.rs"]
mod fill;
#[path = "spec/story.rs"]
mod story;

use libtest_mimic::{Arguments, Trial};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for noun in markdown_or_folders(&here.join("tests/spec")) {
        for path in markdown_or_folders(&noun) {
            let name = format!("{}/{}", stem(&noun), stem(&path));
            trials.push(Trial::test(name, move || Ok(story::tell(&path)?)));
        }
    }
    for path in markdown_or_folders(&here.join("src/diagnostics/codes")) {
        let name = format!("explain/{}", stem(&path));
        trials.push(Trial::test(name, move || Ok(explain::prove(&path)?)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The folders of a folder, and its Markdown files, in order; nothing for a file.
fn markdown_or_folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.is_dir() || path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
