//! What theme authors are told, and the second theme: `themes/README.md` names each template with
//! its blocks and components and each view with its fields, as the code has them; `themes/ledger`
//! builds, and its colors can be read.
//!
//! `SNAPSHOTS=overwrite cargo test --test theme` writes the tables of `themes/README.md` anew.
#![allow(clippy::disallowed_methods, reason = "tests look at the sources from outside")]
#![allow(clippy::float_arithmetic, reason = "contrast is no figure")]

#[path = "theme/blind.rs"]
mod blind;
#[path = "theme/contrast.rs"]
mod contrast;
#[path = "theme/reference.rs"]
mod reference;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

#[test]
fn the_ledger_dresses_the_sample() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["content", "casebook.yaml", "themes"] {
        for entry in walkdir::WalkDir::new(repository().join(part)) {
            let entry = entry.expect("an entry");
            let to = folder.path().join(entry.path().strip_prefix(repository()).expect("below"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).expect("a folder");
            } else {
                fs::copy(entry.path(), to).expect("a file");
            }
        }
    }
    let settings = folder.path().join("casebook.yaml");
    let plain = fs::read_to_string(&settings).expect("settings");
    assert!(!plain.contains("\ntheme:"), "the sample has the default theme");
    let build = |theme: &str| {
        fs::write(&settings, format!("{plain}\ntheme: {theme}\n")).expect("settings");
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(["build", "--root"]).arg(folder.path());
        let ran = command.arg("--output").arg(folder.path().join(theme)).output().expect("it runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        folder.path().join(theme)
    };
    let (ledger, default) = (build("ledger"), build("default"));
    let page = |site: &Path, address: &str| fs::read_to_string(site.join(address)).expect(address);
    let home = page(&ledger, "index.html");
    assert!(home.contains("<table class=\"rows balance\">"), "the ledger has its own home page");
    // What it leaves out comes from the default theme: other pages differ in the style sheet alone.
    let unstyled = |page: &str| {
        page.lines().filter(|line| !line.contains("stylesheet")).collect::<Vec<_>>().join("\n")
    };
    let pages = ["projects/index.html", "kpis/index.html", "units/index.html", "404.html"];
    for address in pages {
        let (ours, theirs) = (page(&ledger, address), page(&default, address));
        assert_ne!(ours, theirs, "{address} has another style sheet");
        assert_eq!(unstyled(&ours), unstyled(&theirs), "{address}");
    }
    // Its tokens come behind the default style sheet, in one file.
    let style = home.split("<link rel=\"stylesheet\" href=\"").nth(1).expect("a style sheet");
    let style = page(&ledger, style.split('"').next().expect("its address"));
    let tokens = read("themes/ledger/assets/tokens.css");
    let (above, below) = style.split_once(&tokens).expect("the tokens, whole");
    assert!(above.contains(&read("themes/default/assets/style.css")) && !below.contains(":root {"));
}

#[test]
fn every_theme_can_be_read() {
    let default = read("themes/default/assets/style.css");
    let ledger = default.clone() + &read("themes/ledger/assets/tokens.css");
    for (name, style) in [("default", default), ("ledger", ledger)] {
        for scheme in contrast::SCHEMES {
            let tokens = contrast::tokens(&style, scheme);
            let breaches = [contrast::breaches(&tokens), blind::breaches(&tokens)].concat();
            assert!(breaches.is_empty(), "{name}, {scheme}: {breaches:?}");
        }
    }
}
