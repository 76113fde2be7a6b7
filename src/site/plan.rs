//! The plan: what publishing a site would do to an output folder.
//!
//! In go the folder, the manifest of what we wrote there and the site; out comes what to write,
//! what to remove and what is not ours, or a failure where a page would fall on a file that is
//! not ours. Reads the folder, changes nothing. Links in the folder are never followed.

use super::manifest::{Manifest, NAME, State, stays_inside};
use super::{Site, write};
use crate::diagnostics::Failure;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use walkdir::WalkDir;

/// What publishing would do. Paths are relative to the output folder.
#[derive(Debug, Default)]
pub struct Plan<'a> {
    /// Files that are not there or differ.
    pub write: Vec<(&'a str, &'a [u8])>,
    /// How many files stand as they should.
    pub unchanged: usize,
    /// Folders to make, the upper ones first.
    pub folders: BTreeSet<&'a str>,
    /// Files of ours that must go before a folder or a file can take their address.
    pub in_the_way: Vec<&'a str>,
    /// Other files of ours that the site no longer has.
    pub stale: Vec<&'a str>,
    /// Folders that may be empty once those are gone, the lower ones first.
    pub left_behind: Vec<&'a str>,
    /// Half-written files of a run that died.
    pub halves: Vec<String>,
    /// Files and folders that are not ours.
    pub foreign: Vec<String>,
}

/// Compares a site with what stands in a folder.
pub fn plan<'a>(
    folder: &Path,
    before: &'a Manifest,
    next: &'a Manifest,
    site: &'a Site,
) -> Result<Plan<'a>, Failure> {
    let folders = sound(site)?;
    let mut known = folders.clone();
    known.extend(before.files.keys().flat_map(|path| above(path)));
    let (found, mut plan) = survey(folder, before, &known)?;
    refuse_conflicts(&plan.foreign, &folders, site)?;

    let same: Result<Vec<bool>, Failure> = site
        .files
        .par_iter()
        .map(|(path, bytes)| {
            // After a run that died, a key may be older or newer than the file.
            let hopeful =
                before.state == State::Unfinished || before.files.get(path) == next.files.get(path);
            match found.get(path.as_str()) {
                Some(Found::File) if hopeful => write::holds(&folder.join(path), bytes),
                _ => Ok(false),
            }
        })
        .collect();
    let pages = site.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    plan.write = pages.zip(same?).filter(|(_, same)| !same).map(|(page, _)| page).collect();
    plan.unchanged = site.files.len() - plan.write.len();

    let gone = || before.files.keys().map(String::as_str).filter(|p| !site.files.contains_key(*p));
    let blocks = |path: &&str| {
        folders.contains(path) || above(path).any(|over| site.files.contains_key(over))
    };
    let there = |path: &&str| matches!(found.get(*path), Some(Found::File | Found::Link));
    (plan.in_the_way, plan.stale) = gone().filter(there).partition(blocks);
    let empty: BTreeSet<&str> = gone().flat_map(above).filter(|f| !folders.contains(f)).collect();
    plan.left_behind = empty.into_iter().rev().collect();
    plan.folders =
        folders.into_iter().filter(|f| !matches!(found.get(*f), Some(Found::Folder))).collect();
    Ok(plan)
}

/// The folders of a site, upper ones too, if each of its paths can be written.
fn sound(site: &Site) -> Result<HashSet<&str>, Failure> {
    if let Some(path) = site.files.keys().find(|path| !stays_inside(path)) {
        let message = format!("a page would be written outside the output folder, at `{path}`");
        return Err(Failure::usage(message));
    }
    let folders: HashSet<&str> = site.files.keys().flat_map(|path| above(path)).collect();
    match site.files.keys().find(|path| folders.contains(path.as_str())) {
        Some(path) => Err(Failure::usage(format!("`{path}` would be both a page and a folder"))),
        None => Ok(folders),
    }
}

/// The folders over a path, from the nearest up: "a/b/c" gives "a/b", "a".
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    File,
    Folder,
    /// A link, or anything else that is neither; it is never followed.
    Link,
}

/// Walks the folder, but only into folders that are known to be ours.
fn survey<'a>(
    folder: &Path,
    before: &Manifest,
    known: &HashSet<&str>,
) -> Result<(HashMap<String, Found>, Plan<'a>), Failure> {
    let mut found = HashMap::with_capacity(before.files.len() * 2);
    let mut plan = Plan::default();
    if folder.symlink_metadata().is_err() {
        return Ok((found, plan));
    }
    let halves: HashSet<String> = match before.state {
        State::Whole => HashSet::new(),
        State::Unfinished => before.files.keys().map(|path| write::half_of(path)).collect(),
    };
    let mut walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Failure::io("read", &path, &error.into())
        })?;
        let kind = match entry.file_type() {
            kind if kind.is_dir() => Found::Folder,
            kind if kind.is_file() => Found::File,
            _ => Found::Link,
        };
        let path = told(folder, entry.path());
        let ours = match kind {
            Found::Folder => known.contains(path.as_str()),
            Found::File | Found::Link => before.files.contains_key(&path) || path == NAME,
        };
        if ours {
            found.insert(path, kind);
            continue;
        }
        if kind == Found::Folder {
            walk.skip_current_dir();
        }
        if halves.contains(&path) {
            plan.halves.push(path);
        } else if path != write::half_of(NAME) {
            plan.foreign.push(if kind == Found::Folder { path + "/" } else { path });
        }
    }
    Ok((found, plan))
}

/// A path below the folder, with `/` on every system.
fn told(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn refuse_conflicts(
    foreign: &[String],
    folders: &HashSet<&str>,
    site: &Site,
) -> Result<(), Failure> {
    let conflict = foreign.iter().find(|told| {
        let path = told.trim_end_matches('/');
        site.files.contains_key(path)
            || folders.contains(path)
            || above(path).any(|over| site.files.contains_key(over))
    });
    match conflict {
        None => Ok(()),
        Some(path) => Err(Failure::usage(format!(
            "`{path}` in the output folder was not made by casebook, and a page needs its place"
        ))
        .help("move it away, or choose another output folder")),
    }
}
