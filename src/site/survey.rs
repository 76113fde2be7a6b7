//! A folder looked at again: what stands there, where a build saw all of it not long ago.
//!
//! A folder that did not change since has the same names in it, so that it need not be read: one
//! look at each folder and each file is enough. Wherever it is not as it was seen, nothing comes
//! out, and [`super::plan::plan`] walks it all.

use super::manifest::{Manifest, NAME, STAGE};
use super::plan::Plan;
use super::roll::Roll;
use super::write::{self, Moment};
use foldhash::HashSet;
use rayon::prelude::*;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// So many are looked at by one thread at once.
const FEW: usize = 256;

/// What publishing would do to a folder where the site has the addresses that the manifest names,
/// nothing in it was not ours after the moment `seen`, and the last run left it at `left`.
pub fn again(
    folder: &Path,
    before: &Manifest,
    roll: &Roll,
    seen: Moment,
    left: Moment,
) -> Option<Plan> {
    // Elsewhere a folder does not tell for sure that a name in it changed.
    let same = cfg!(unix) && before.files.len() == roll.len();
    if !same || !before.files.paths().eq(roll.iter().map(String::as_str)) {
        return None;
    }
    let ours = Ours { before, folders: folders(roll), known: OnceLock::new() };
    let is_clean = |path: &&str| {
        let met = at(folder, path)?;
        let same = write::changed(&met).is_some_and(|changed| changed < seen);
        (met.is_dir() && (same || ours.are_all_in(folder, path)?)).then_some(())
    };
    ours.folders.par_iter().with_max_len(FEW).try_for_each(is_clean)?;
    let addresses: Vec<&String> = roll.iter().collect();
    let look = |path: &&String| match at(folder, path) {
        None => Some((false, false)),
        Some(met) if met.is_file() => {
            Some((true, write::changed(&met).is_some_and(|changed| changed < left)))
        }
        Some(_) => None,
    };
    let stand: Option<Vec<(bool, bool)>> =
        addresses.par_iter().with_max_len(FEW).map(look).collect();
    let (standing, as_left) = stand?.into_iter().unzip();
    Some(Plan { standing, as_left, ..Plan::default() })
}

fn at(folder: &Path, path: &str) -> Option<Metadata> {
    let whole = if path.is_empty() { PathBuf::from(folder) } else { folder.join(path) };
    whole.symlink_metadata().ok()
}

/// All folders of a site, its own before all others.
fn folders(roll: &Roll) -> Vec<&str> {
    let (mut all, mut last) = (vec![""], "");
    for path in roll.iter() {
        // What is in one folder stands together.
        let common = path.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        let new = path.match_indices('/').map(|(at, _)| at).filter(|at| *at >= common);
        all.extend(new.map(|at| &path[..at]));
        last = path;
    }
    all
}

/// What is ours in a folder.
struct Ours<'o> {
    before: &'o Manifest,
    folders: Vec<&'o str>,
    known: OnceLock<HashSet<&'o str>>,
}

impl Ours<'_> {
    /// Whether all that is in a folder is ours, as it should be; none where it cannot be read.
    fn are_all_in(&self, folder: &Path, path: &str) -> Option<bool> {
        let known = self.known.get_or_init(|| self.folders.iter().copied().collect());
        let own = |name: &str| path.is_empty() && (name == NAME || name == STAGE);
        let half = write::half_of(NAME);
        let mut entries = std::fs::read_dir(folder.join(path)).ok()?;
        Some(entries.all(|entry| {
            let Ok(entry) = entry else { return false };
            let (name, kind) = (entry.file_name(), entry.file_type());
            let (Some(name), Ok(kind)) = (name.to_str(), kind) else { return false };
            let below = if path.is_empty() { name.into() } else { format!("{path}/{name}") };
            let ours = if kind.is_dir() {
                known.contains(below.as_str())
            } else {
                kind.is_file() && self.before.files.position(&below).is_some()
            };
            ours || own(name) || below == half
        }))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn each_folder_is_named_once() {
        let roll: Roll = ["a-b/x", "a/b/c/x", "a/b/y", "a/x", "x", "ab/x"].into_iter().collect();
        assert_eq!(folders(&roll), ["", "a-b", "a", "a/b", "a/b/c", "ab"]);
        assert_eq!(folders(&Roll::default()), [""]);
    }
}
