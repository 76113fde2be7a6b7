//! The house rules that no compiler knows; `src/README.md` tells them, these tests hold them.
//!
//! In go the sources as text, out comes each breach as `file:line: what is wrong`, all of them at
//! once. The text is searched, not parsed: a rule that needs more than that belongs to a lint.
#![expect(clippy::disallowed_methods, reason = "a test that reads the sources themselves")]

use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// The longest file of `src`, in lines: a screen or two is the aim, this is the ceiling.
const LONGEST: usize = 400;

/// What is left behind when work stops halfway, and tests that wait or do not run.
const LEFTOVERS: [&str; 5] = ["todo!", "unimplemented!", "dbg!", "#[ignore", "thread::sleep"];

/// What the standard library writes with.
const WRITING: [&str; 9] = [
    "fs::write(",
    "fs::rename(",
    "fs::remove_",
    "fs::create_dir",
    "fs::hard_link(",
    "fs::copy(",
    "fs::set_permissions(",
    "OpenOptions",
    "File::create",
];

/// What no view may hold: it can be serialized, for what is remembered, but is no word of a page.
const EARLIER: [&str; 6] = ["Span", "Spanned", "Place", "FileId", "documents", "diagnostics"];

#[test]
fn imports_point_down() {
    let readme = read("src/README.md");
    let order = order(&readme);
    let mut breaches = Vec::new();
    for file in rust("src") {
        let (storey, depth) = storey(&file.path);
        let Some(from) = order.iter().position(|name| *name == storey) else {
            // The root of the library declares the storeys, and imports none of them.
            if file.path != "src/lib.rs" {
                breaches.push(format!(
                    "{}:1: the storey `{storey}` is not in the order of src/README.md",
                    file.path
                ));
            }
            continue;
        };
        for (line, to) in arrows(&file.code(), depth) {
            let up = order[..from].contains(&to);
            if up {
                breaches.push(format!("{}:{line}: `{storey}` reaches up to `{to}`", file.path));
            }
        }
    }
    none(&breaches, &format!("imports point down: {}", order.join(" → ")));
}

#[test]
fn the_order_names_the_storeys_that_there_are() {
    let readme = read("src/README.md");
    let mut told = order(&readme);
    assert_eq!(told.first(), Some(&"main"), "the order begins at main");
    told.remove(0);
    told.sort_unstable();
    let library = read("src/lib.rs");
    let modules = library.lines().filter_map(|line| line.strip_prefix("pub mod "));
    let mut there: Vec<_> = modules.map(|name| name.trim_end_matches(';')).collect();
    there.sort_unstable();
    assert_eq!(told, there, "the order in src/README.md and the modules in src/lib.rs");
}

#[test]
fn each_file_opens_with_what_it_is() {
    let silent = rust("src").into_iter().filter(|file| {
        // The library's own words are the architecture file.
        let told = file.text.starts_with("#![doc = include_str!(\"README.md\")]");
        !told && !file.text.starts_with("//! ")
    });
    let breaches: Vec<_> = silent.map(|file| format!("{}:1: no `//!` line", file.path)).collect();
    none(&breaches, "each file opens with `//!`: what it is, what goes in and out");
}

#[test]
fn no_file_is_longer_than_its_ceiling() {
    let lengths = rust("src").into_iter().map(|file| (file.text.lines().count(), file.path));
    let long = lengths.filter(|(length, _)| *length > LONGEST);
    let breaches: Vec<_> =
        long.map(|(length, path)| format!("{path}:{LONGEST}: {length} lines")).collect();
    none(&breaches, &format!("no file of src is longer than {LONGEST} lines: split it by noun"));
}

#[test]
fn a_view_holds_finished_words() {
    let views = rust("src").into_iter().filter(|file| file.path.starts_with("src/pages/view"));
    let mut breaches = Vec::new();
    for file in views {
        for (line, text) in (1..).zip(file.code().lines()) {
            let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let found = words.filter(|word| EARLIER.contains(word));
            breaches.extend(found.map(|word| format!("{}:{line}: {word}", file.path)));
        }
    }
    none(&breaches, "a view knows no place in a file and nothing else of the stages before");
}

#[test]
fn nothing_is_left_over() {
    let mut breaches = Vec::new();
    // This file must name what it looks for.
    for file in rust("src").into_iter().chain(rust("tests")).filter(|f| f.path != "tests/tidy.rs") {
        for (line, text) in (1..).zip(file.code().lines()) {
            let found = LEFTOVERS.iter().filter(|leftover| text.contains(*leftover));
            breaches.extend(found.map(|leftover| format!("{}:{line}: {leftover}", file.path)));
        }
    }
    none(&breaches, "nothing half done is left over, and no test waits or is left out");
}

#[test]
fn one_file_writes_to_the_disk() {
    let mut breaches = Vec::new();
    let writes = |path: &str| path == "src/site/disk.rs" || path.ends_with("tests.rs");
    for file in rust("src/site").into_iter().filter(|file| !writes(&file.path)) {
        let code = file.code();
        let own =
            code.split("#[cfg(test)]").next().and_then(|code| code.split("#[cfg(all(test").next());
        for (line, text) in (1..).zip(own.unwrap_or_default().lines()) {
            let found = WRITING.iter().filter(|writing| text.contains(*writing));
            breaches.extend(found.map(|writing| format!("{}:{line}: {writing}", file.path)));
        }
    }
    none(&breaches, "all writing goes through src/site/disk.rs");
}

#[test]
fn each_dependency_says_what_it_is_for() {
    let manifest = read("Cargo.toml");
    let mut breaches = Vec::new();
    let (mut among, mut before) = (false, "");
    for (number, line) in (1..).zip(manifest.lines()) {
        let names = line.split_once('=').is_some_and(|(name, _)| is_name(name.trim()));
        // `[dependencies.name]` is one dependency, `[dependencies]` begins a list of them.
        let alone = line.starts_with('[') && line.contains("dependencies.");
        if line.starts_with('[') {
            among = line.ends_with("dependencies]");
        }
        if (alone || (among && names)) && !before.starts_with('#') {
            breaches.push(format!("Cargo.toml:{number}: no comment above `{line}`"));
        }
        before = line;
    }
    none(&breaches, "each dependency has a comment above it: what for, and why this one");
}

#[test]
fn the_map_names_the_files_that_there_are() {
    let map = read("src/README.md");
    let files: Vec<_> = rust("src").into_iter().map(|file| file.path.replace("src/", "")).collect();
    let untold = files.iter().filter(|path| {
        let is_test = path.ends_with("tests.rs");
        !is_test && *path != "lib.rs" && !map.contains(&format!("`{path}`"))
    });
    let mut breaches: Vec<_> =
        untold.map(|path| format!("src/{path}:1: no line in the map of src/README.md")).collect();
    for (number, line) in (1..).zip(map.lines()) {
        let named = line.split('`').skip(1).step_by(2).filter(|word| word.ends_with(".rs"));
        let named = named.filter(|word| !word.contains('<') && !word.starts_with("tests/"));
        let gone = named.filter(|word| !files.contains(&(*word).into()));
        breaches.extend(gone.map(|word| format!("src/README.md:{number}: there is no `{word}`")));
    }
    none(&breaches, "the map in src/README.md names each file of src, and no other");
}

/// A file of Rust, by its path from the package's folder.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The text without its comments, line for line. A `//` within a string counts as one too:
    /// what stands behind it on the same line is no import and no leftover.
    fn code(&self) -> String {
        let lines = self.text.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// All Rust files below a folder, in the order of their paths.
fn rust(folder: &str) -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = WalkDir::new(top.join(folder)).sort_by_file_name();
    // What cargo makes of the fuzz targets is no source.
    let ours = entries.into_iter().filter_entry(|entry| entry.file_name() != "target");
    let paths = ours.map(|entry| entry.expect("the sources can be read").into_path());
    let rust = paths.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    rust.map(|path| {
        let below = path.strip_prefix(top).expect("it was found there").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a source is a text");
        File { path: below.replace('\\', "/"), text }
    })
    .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is there")
}

/// The storeys from the top down, as the line of the architecture file that begins `main →` has them.
fn order(readme: &str) -> Vec<&str> {
    let line = readme.lines().find(|line| line.starts_with("main →"));
    line.expect("src/README.md has the order of storeys").split('→').map(str::trim).collect()
}

/// `src/theme/assets.rs` is on the storey `theme`, two modules deep.
fn storey(path: &str) -> (&str, usize) {
    let below = path.trim_start_matches("src/").trim_end_matches(".rs");
    (below.split('/').next().unwrap_or_default(), below.split('/').count())
}

/// The names that follow `crate::`, or enough `super::` to come out at the crate, with their lines.
fn arrows(code: &str, depth: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, root) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let rest = &code[at + root.len()..];
        let above = code[..at + root.len()].rsplit("::").skip(1);
        let ups = above.take_while(|word| word.ends_with("super")).count();
        if root == "super::" && (ups < depth || rest.starts_with("super::")) {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        found.extend(first_names(rest).into_iter().map(|(below, name)| (line + below, name)));
    }
    found
}

/// The first names of what follows a `::`, one or several in braces, each with the lines before it.
fn first_names(rest: &str) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    let (mut open, mut begins) = (0, true);
    for (at, letter) in rest.char_indices() {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 1 => begins = true,
            letter if letter.is_whitespace() => {}
            _ if begins && open <= 1 => {
                begins = false;
                let name = rest[at..].split(|c: char| !c.is_alphanumeric() && c != '_').next();
                names.push((rest[..at].matches('\n').count(), name.unwrap_or_default()));
            }
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    names
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_\".".contains(c))
}

fn none(breaches: &[String], rule: &str) {
    assert!(breaches.is_empty(), "{rule}\n\n{}\n", breaches.join("\n"));
}

#[test]
fn an_arrow_is_found_however_it_is_written() {
    let names = |code, depth| {
        let found = arrows(code, depth);
        found.into_iter().map(|(line, name)| format!("{line} {name}")).collect::<Vec<_>>()
    };
    assert_eq!(names("use crate::pages::View;", 1), ["1 pages"]);
    assert_eq!(
        names("\nuse crate::{\n    cli,\n    site::{Site, guard},\n};", 1),
        ["3 cli", "4 site"]
    );
    assert_eq!(names("\n\nlet x = crate::report::json();", 2), ["3 report"]);
    assert_eq!(names("use super::pages::View;", 1), ["1 pages"]);
    assert!(names("use super::kpi::Kpi;", 2).is_empty());
    assert_eq!(names("use super::super::cli::run;", 2), ["1 cli"]);
}
