//! The plan: what publishing a site would do to an output folder.
//!
//! In go the folder, the manifest of what we wrote there and the site; out comes what to write,
//! what to remove and what is not ours, or a failure where a page would fall on a file that is
//! not ours. Reads the folder, changes nothing. Links in the folder are never followed.

use super::manifest::{Manifest, NAME, STAGE, stays_inside};
use super::roll::Roll;
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use foldhash::{HashMap, HashMapExt, HashSet};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use walkdir::WalkDir;

/// What publishing would do besides writing. Paths are relative to the output folder.
#[derive(Debug, Default)]
pub struct Plan {
    /// Whether a file of ours stands at each address of the new site.
    pub standing: Vec<bool>,
    /// Whether it is known to be as the last run left it; empty where that was not looked at.
    pub as_left: Vec<bool>,
    /// Folders to make, the upper ones first.
    pub folders: BTreeSet<String>,
    /// Files of ours that must go before a folder or a file can take their address.
    pub in_the_way: Vec<String>,
    /// Other files of ours that the site no longer has.
    pub stale: Vec<String>,
    /// Folders that may be empty once those are gone, the lower ones first.
    pub left_behind: Vec<String>,
    /// Files and folders that are not ours.
    pub foreign: Vec<String>,
}

/// Compares the addresses of a site with what stands in a folder.
pub fn plan(folder: &Path, before: &Manifest, addresses: &Roll) -> Result<Plan, Failure> {
    let folders = sound(addresses)?;
    let mut known = folders.clone();
    known.extend(before.files.paths().flat_map(above));
    let (found, foreign) = survey(folder, before, &known)?;
    refuse_conflicts(&foreign, &folders, addresses)?;

    let gone = || before.files.paths().filter(|p| !addresses.contains(p));
    let blocks =
        |path: &&str| folders.contains(path) || above(path).any(|over| addresses.contains(over));
    let there = |path: &&str| matches!(found.get(*path), Some(Found::File | Found::Link));
    let (in_the_way, stale): (Vec<&str>, Vec<&str>) = gone().filter(there).partition(blocks);
    let is_left = |f: &&str| !folders.contains(f) && found.get(*f) == Some(&Found::Folder);
    let empty: BTreeSet<&str> = gone().flat_map(above).filter(is_left).collect();
    let owned = |paths: Vec<&str>| paths.into_iter().map(str::to_string).collect();
    let missing = folders.iter().filter(|f| !matches!(found.get(**f), Some(Found::Folder)));
    Ok(Plan {
        folders: missing.map(|folder| folder.to_string()).collect(),
        in_the_way: owned(in_the_way),
        stale: owned(stale),
        left_behind: owned(empty.into_iter().rev().collect()),
        standing: addresses.iter().map(|path| found.get(path) == Some(&Found::File)).collect(),
        as_left: Vec::new(),
        foreign,
    })
}

/// The folders of a site, upper ones too, if each of its paths can be written.
pub fn sound(addresses: &Roll) -> Result<HashSet<&str>, Failure> {
    if let Some(path) = addresses.iter().find(|path| !stays_inside(path)) {
        let message = format!("a page would be written outside the output folder, at `{path}`");
        return Err(Failure::usage(message));
    }
    let folders: HashSet<&str> = addresses.iter().flat_map(|path| above(path)).collect();
    match addresses.iter().find(|path| folders.contains(path.as_str())) {
        Some(path) => Err(Failure::usage(format!("`{path}` would be both a page and a folder"))),
        None => Ok(folders),
    }
}

/// The folders over a path, from the nearest up: "a/b/c" gives "a/b", "a".
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    File,
    Folder,
    /// A link, or anything else that is neither; it is never followed.
    Link,
}

/// Folders so deep are walked side by side.
const DEEP: usize = 2;

/// Walks the folder, but only into folders that are known to be ours; brings what is ours, and
/// the names of what is not.
fn survey(
    folder: &Path,
    before: &Manifest,
    known: &HashSet<&str>,
) -> Result<(HashMap<String, Found>, Vec<String>), Failure> {
    if folder.symlink_metadata().is_err() {
        return Ok(Default::default());
    }
    let survey = Survey { folder, before, known };
    let upper = survey.walk(WalkDir::new(folder).max_depth(DEEP))?;
    let is_deep = |(path, kind): &&(String, Found)| {
        *kind == Found::Folder && path.matches('/').count() + 1 == DEEP
    };
    let deep = upper.ours.par_iter().filter(is_deep).map(|(path, _)| folder.join(path));
    let lower: Result<Vec<Walked>, Failure> =
        deep.map(|below| survey.walk(WalkDir::new(below))).collect();
    let (mut found, mut foreign) = (HashMap::with_capacity(before.files.len() * 2), Vec::new());
    for walked in std::iter::once(upper).chain(lower?) {
        found.extend(walked.ours);
        foreign.extend(walked.foreign);
    }
    foreign.sort();
    Ok((found, foreign))
}

/// What is not ours in a folder of a manifest: in all of it, or only in those folders of it in which
/// a name changed since a moment.
pub fn strangers(
    folder: &Path,
    manifest: &Manifest,
    since: Option<Moment>,
) -> Result<Vec<String>, Failure> {
    let known: HashSet<&str> = manifest.files.paths().flat_map(above).collect();
    let Some(since) = since.filter(|_| cfg!(unix)) else {
        return Ok(survey(folder, manifest, &known)?.1);
    };
    let survey = Survey { folder, before: manifest, known: &known };
    let mut folders: Vec<&str> = known.iter().copied().chain([""]).collect();
    folders.sort_unstable();
    let changed = |path: &&&str| {
        let met = folder.join(path).symlink_metadata();
        met.is_ok_and(|met| met.is_dir() && write::changed(&met).is_none_or(|at| at >= since))
    };
    let below = |path: &&str| {
        let walk =
            if path.is_empty() { WalkDir::new(folder) } else { WalkDir::new(folder.join(path)) };
        survey.walk(walk.max_depth(1)).map(|walked| walked.foreign)
    };
    let found: Result<Vec<Vec<String>>, Failure> =
        folders.par_iter().with_max_len(256).filter(changed).map(below).collect();
    let mut foreign = found?.concat();
    foreign.sort();
    Ok(foreign)
}

/// What a walk needs to know.
struct Survey<'s> {
    folder: &'s Path,
    before: &'s Manifest,
    known: &'s HashSet<&'s str>,
}

/// What a walk brings.
#[derive(Default)]
struct Walked {
    ours: Vec<(String, Found)>,
    foreign: Vec<String>,
}

impl Survey<'_> {
    fn walk(&self, below: WalkDir) -> Result<Walked, Failure> {
        let mut walked = Walked::default();
        let mut walk = below.min_depth(1).into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(self.folder).to_path_buf();
                Failure::io("read", &path, &error.into())
            })?;
            let kind = match entry.file_type() {
                kind if kind.is_dir() => Found::Folder,
                kind if kind.is_file() => Found::File,
                _ => Found::Link,
            };
            let path = told(self.folder, entry.path());
            let ours = match kind {
                Found::Folder => self.known.contains(path.as_str()),
                Found::File | Found::Link => {
                    self.before.files.position(&path).is_some() || path == NAME
                }
            };
            if ours {
                walked.ours.push((path, kind));
                continue;
            }
            if kind == Found::Folder {
                walk.skip_current_dir();
            }
            if path != STAGE && path != write::half_of(NAME) {
                walked.foreign.push(if kind == Found::Folder { path + "/" } else { path });
            }
        }
        Ok(walked)
    }
}

/// A path below the folder, with `/` on every system.
fn told(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    if let ('/', Some(text)) = (std::path::MAIN_SEPARATOR, below.to_str()) {
        return text.to_string();
    }
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn refuse_conflicts(
    foreign: &[String],
    folders: &HashSet<&str>,
    addresses: &Roll,
) -> Result<(), Failure> {
    let conflict = foreign.iter().find(|told| {
        let path = told.trim_end_matches('/');
        addresses.contains(path)
            || folders.contains(path)
            || above(path).any(|over| addresses.contains(over))
    });
    match conflict {
        None => Ok(()),
        Some(path) => Err(Failure::usage(format!(
            "`{path}` in the output folder was not made by casebook, and a page needs its place"
        ))
        .help("move it away, or choose another output folder")),
    }
}
