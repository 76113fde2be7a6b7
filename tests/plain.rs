//! `benches/plain`: the theme and the settings that make of Casebook's site what plain layouts of
//! other generators make, and no more. A measure that calls itself like for like hangs on this, so
//! the sample is built with it: which addresses there are, that every link leads to one of them, and
//! that a page shows the figures.
#![allow(clippy::disallowed_methods, reason = "tests look at the site from outside")]

use casebook::diagnostics::FileId;
use casebook::documents::part::Part;
use casebook::documents::settings::{Settings, Weight};
use casebook::documents::text::Choice;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fragment() -> String {
    fs::read_to_string(repository().join("benches/plain/casebook.yaml")).expect("the settings")
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let to = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).expect("a folder");
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

/// The sample, dressed plainly; the folder that holds the site, and what the build said.
fn built(folder: &Path) -> (PathBuf, String) {
    copy(&repository().join("content"), &folder.join("content"));
    copy(&repository().join("benches/plain"), &folder.join("themes/plain"));
    fs::remove_file(folder.join("themes/plain/casebook.yaml")).expect("it is no part of a theme");
    let own = fs::read_to_string(repository().join("casebook.yaml")).expect("settings");
    let settings = format!("{own}\n{}", fragment());
    fs::write(folder.join("casebook.yaml"), settings).expect("settings");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["build", "--quiet", "--root"]).arg(folder);
    let ran = command.arg("--output").arg(folder.join("public")).output().expect("it runs");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{said}");
    (folder.join("public"), said)
}

fn files(site: &Path) -> BTreeSet<String> {
    let entries = WalkDir::new(site).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let below = files.map(|file| file.path().strip_prefix(site).expect("below").to_path_buf());
    below.map(|path| path.to_string_lossy().into_owned()).collect()
}

#[test]
fn the_settings_leave_out_all_but_tags_and_years_and_look_for_no_rule() {
    let (settings, said) = Settings::read(&fragment(), FileId(0));
    assert!(said.is_empty(), "{said:?}");
    let left: BTreeSet<&str> = settings.leave_out.iter().map(|part| part.word()).collect();
    let stays: Vec<&str> =
        Part::NAMES.iter().copied().filter(|name| !left.contains(name)).collect();
    assert_eq!(stays, ["tags", "years"]);
    let off = settings.rules.iter().filter(|(_, weight)| **weight == Weight::Off);
    let off: BTreeSet<&str> = off.map(|(name, _)| name.as_str()).collect();
    assert_eq!(off, casebook::documents::rule::names().collect());
}

#[test]
fn the_sample_has_the_pages_that_plain_layouts_have() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, said) = built(folder.path());
    assert_eq!(said, "", "rules that are not looked for are not told");
    let files = files(&site);
    let page = |address: &str| fs::read_to_string(site.join(address)).expect(address);
    let mut kinds = BTreeSet::new();
    for address in files.iter().filter(|address| address.ends_with(".html")) {
        let kind = match address.split('/').collect::<Vec<_>>()[..] {
            ["index.html"] => "home",
            ["404.html"] => "404",
            ["projects", "index.html"] => "projects",
            ["projects", _, "index.html"] => "project",
            ["units", "index.html"] => "units",
            ["units", _, "index.html"] => "unit",
            ["tags", "index.html"] => "tags",
            ["tags", _, "index.html"] => "tag",
            ["years", "index.html"] => "years",
            ["years", _, "index.html"] => "year",
            [_, "index.html"] => "page",
            _ if page(address).contains("http-equiv=\"refresh\"") => "old address",
            _ => panic!("plain layouts have no {address}"),
        };
        kinds.insert(kind);
    }
    let all = ["404", "home", "old address", "page", "project", "projects", "tag", "tags"];
    let all: BTreeSet<&str> = all.into_iter().chain(["unit", "units", "year", "years"]).collect();
    assert_eq!(kinds, all);
    assert!(!files.iter().any(|address| address.starts_with("data/")), "{files:?}");

    for address in files.iter().filter(|address| address.ends_with(".html")) {
        for link in page(address).split("href=\"").skip(1).map(|rest| rest.split('"').next()) {
            let link = link.expect("an attribute ends").split('#').next().unwrap_or_default();
            if link.is_empty() || link.contains(':') {
                continue;
            }
            let from = if link.starts_with('/') { "" } else { address };
            assert!(files.contains(&target(from, link)), "{address} leads to {link}");
        }
    }
}

/// Where a link of a page leads.
fn target(from: &str, link: &str) -> String {
    let mut at: Vec<&str> = from.split('/').collect();
    at.pop();
    for step in link.split('/').filter(|step| !step.is_empty()) {
        match step {
            ".." => assert!(at.pop().is_some(), "{link} of {from} leads out"),
            step => at.push(step),
        }
    }
    at.join("/")
}

#[test]
fn a_page_shows_what_plain_layouts_show() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, _) = built(folder.path());
    let page = |address: &str| fs::read_to_string(site.join(address)).expect(address);
    let project = page("projects/same-day-motor-claims/index.html");
    for part in ["<h2>Key figures</h2>", "<h2>Outcomes</h2>", "<h2>Investment</h2>"] {
        assert!(project.contains(part), "{part} of\n{project}");
    }
    let rows = project.split("<tr id=\"kpi-").skip(1).map(|row| row.split("</tr>").next());
    let rows: Vec<&str> = rows.map(|row| row.expect("a row ends")).collect();
    assert!(rows.len() > 2, "{rows:?}");
    for row in rows {
        assert_eq!(row.matches("<td>").count(), 5, "a name, three figures, a unit: {row}");
    }
    let lists = project.split("<h2>Post-mortem</h2>").nth(1).expect("a post-mortem");
    assert!(lists.matches("<li>").count() > 2, "{lists}");
    for (address, entry) in [
        ("index.html", "<article class=\"card\">"),
        ("projects/index.html", "<tr><td><a"),
        ("units/index.html", "<li><a"),
        ("units/claims/index.html", "<li><a"),
        ("tags/index.html", "<li><a"),
        ("years/index.html", "<li><a"),
        ("years/2025/index.html", "<li><a"),
    ] {
        assert!(page(address).contains(entry), "{address} has no {entry}");
    }
}

#[test]
fn the_write_ups_of_a_race_are_sound_and_the_same_for_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("python3");
    command.arg(repository().join("benches/sites")).args(["--projects", "25", "--out"]);
    let ran = command.arg(folder.path()).output().expect("python3 is there");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));

    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["check", "--strict", "--root"]).arg(folder.path().join("casebook"));
    let ran = command.output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));

    let write_ups = |projects: &str| {
        let folder = folder.path().join(projects);
        let names =
            files(&folder).into_iter().filter(|name| name.ends_with(".md") && name != "_index.md");
        let read = |name: &String| fs::read_to_string(folder.join(name)).expect("a write-up");
        let bodies = |name: String| {
            let text = read(&name);
            let ends = if text.starts_with("+++") { "\n+++\n" } else { "\n---\n" };
            (name, text.split_once(ends).expect("front matter ends").1.to_string())
        };
        names.map(bodies).collect::<BTreeMap<_, _>>()
    };
    let ours = write_ups("casebook/content/projects");
    assert_eq!(ours.len(), 25);
    for (name, body) in &ours {
        let words = body.split_whitespace().count();
        assert!((400..=1200).contains(&words), "{name} has {words} words");
    }
    for theirs in ["hugo/content/projects", "zola/content/projects", "eleventy/src/projects"] {
        assert_eq!(ours, write_ups(theirs), "{theirs}");
    }
}

#[test]
fn a_race_says_who_is_not_there_and_prints_its_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let python = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output();
    let python = String::from_utf8(python.expect("python3 is there").stdout).expect("a path");
    let mut command = Command::new(python.trim());
    command.arg(repository().join("benches/race")).args(["--projects", "20", "--rounds", "2"]);
    command.args(["--casebook", env!("CARGO_BIN_EXE_casebook"), "--output"]).arg(folder.path());
    // No other tool is found on this path.
    let ran = command.env("PATH", folder.path()).output().expect("it runs");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{told}");
    for tool in ["hugo", "zola", "eleventy"] {
        assert!(told.contains(&format!("{tool} is left out: it is not on the PATH")), "{told}");
    }
    let printed = String::from_utf8(ran.stdout).expect("a text");
    assert!(printed.starts_with("20 write-ups, 2 rounds, "), "{printed}");
    for name in ["like for like", "whole site", "whole site, one body changed"] {
        let name = format!("| casebook, {name} | ");
        let row = printed.lines().find(|line| line.starts_with(&name)).expect(&name);
        let units: Vec<_> = row.split(' ').filter(|word| ["s", "MB"].contains(word)).collect();
        assert_eq!(units, ["s", "s", "s", "MB", "MB"], "{row}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert!(left.is_empty(), "what was made is removed: {left:?}");
}
