//! Staging: new files wait in a folder of their own until the whole site is there.
//!
//! What already stands with the same bytes is left alone. Nothing that a reader can see changes
//! before [`Staging::commit`]; a run that fails or is dropped takes its stage with it, and what a
//! run that died left is removed by the next.

use super::Stretches;
use super::claim::Claim;
use super::manifest::{Files, Manifest, NAME, STAGE, State};
use super::output::Seen;
use super::plan::{Plan, above};
use super::roll::Roll;
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use foldhash::HashSet;
use rayon::prelude::*;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

/// A site that is being published.
#[derive(Debug)]
pub struct Staging {
    claim: Claim,
    before: Before,
    plan: Plan,
    /// All addresses.
    roll: Roll,
    /// What was taken, by the address.
    taken: Vec<OnceLock<Taken>>,
    /// Whether the stage is there.
    staged: Mutex<bool>,
}

/// What stands in the folder.
#[derive(Debug)]
pub(super) struct Before {
    /// Its manifest.
    pub manifest: Manifest,
    /// When the last run left the folder.
    pub left: Option<Moment>,
    /// Whether that run is the one that is remembered.
    pub known: bool,
}

/// What publishing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that were not there or differed.
    pub written: usize,
    /// Files that stood as they should; they were not touched.
    pub unchanged: usize,
    /// Files of an earlier site that this one does not have.
    pub removed: usize,
    /// Files in the folder that are not ours, and folders of them (with a `/` behind).
    pub kept_foreign: Vec<String>,
    /// What was seen there, for the next run.
    pub seen: Seen,
}

/// The order in which a site is published.
const TOLD: &str = "the address was told at the beginning";

/// A file that was taken.
#[derive(Debug)]
enum Taken {
    /// It stands as it was left, at this position of the manifest before.
    Kept(usize),
    /// It was made, and has this key.
    Made { key: blake3::Hash, differs: bool },
}

impl Taken {
    fn differs(&self) -> bool {
        matches!(self, Taken::Made { differs: true, .. })
    }
}

impl Staging {
    pub(super) fn new(claim: Claim, before: Before, plan: Plan, roll: &Roll) -> Staging {
        let taken = roll.iter().map(|_| OnceLock::new()).collect();
        Staging { claim, before, plan, roll: roll.clone(), taken, staged: Mutex::default() }
    }

    fn put(&self, number: usize, taken: Taken) {
        self.taken[number].set(taken).expect("each address is taken once");
    }

    /// The key that the manifest has for an address.
    fn key_before(&self, address: &str) -> Option<(usize, &str)> {
        let files = &self.before.manifest.files;
        files.position(address).map(|at| (at, files.at(at).1))
    }

    fn stage(&self) -> PathBuf {
        self.claim.folder.join(STAGE)
    }

    /// The stage, made when the first file needs it; what a run that died left in it goes.
    fn made_stage(&self) -> Result<PathBuf, Failure> {
        let stage = self.stage();
        let mut staged = self.staged.lock().expect("no thread panics with it");
        if !*staged {
            self.sweep()?;
            fs::create_dir(&stage)
                .map_err(|error| Failure::io("make the folder", &stage, &error))?;
            *staged = true;
        }
        Ok(stage)
    }

    fn sweep(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(self.stage()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::io("remove", &self.stage(), &error))
            }
            _ => Ok(()),
        }
    }

    /// Takes one file of the site.
    pub fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let number = self.roll.position(address).expect(TOLD);
        let key = blake3::hash(bytes);
        // After a run that died, a key may be older or newer than the file.
        let hopeful = self.before.manifest.state == State::Unfinished
            || self.key_before(address).is_some_and(|(_, before)| *before == *key.to_hex());
        let same = hopeful
            && self.plan.standing[number]
            && write::holds(&self.claim.folder.join(address), bytes)?;
        if !same {
            let staged = self.made_stage()?.join(address);
            write::fill_below(&staged, bytes)
                .map_err(|error| Failure::io("write", &self.claim.folder.join(address), &error))?;
        }
        self.put(number, Taken::Made { key, differs: !same });
        Ok(())
    }

    /// Takes one file that comes a stretch at a time.
    pub fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        let number = self.roll.position(address).expect(TOLD);
        let whole = self.claim.folder.join(address);
        let to = || Ok(self.made_stage()?.join(address));
        let (key, differs) = write::fill_long(&whole, self.plan.standing[number], stretches, to)?;
        self.put(number, Taken::Made { key, differs });
        Ok(())
    }

    /// Whether the site that stands is the one that is remembered, whole.
    pub fn is_known(&self) -> bool {
        self.before.known
    }

    /// Keeps a file that stands, if it is the one that was last written here.
    pub fn keep(&self, address: &str) -> Result<bool, Failure> {
        if self.before.manifest.state != State::Whole {
            return Ok(false);
        }
        let number = self.roll.position(address).expect(TOLD);
        // Where the plan looked at each file, the manifest has the addresses of the roll.
        if self.plan.as_left.get(number) == Some(&true) {
            self.put(number, Taken::Kept(number));
            return Ok(true);
        }
        let known = self.key_before(address).filter(|_| self.plan.standing[number]);
        let Some((at, key)) = known else { return Ok(false) };
        if !write::is_as_left(&self.claim.folder.join(address), self.before.left, key)? {
            return Ok(false);
        }
        self.put(number, Taken::Kept(at));
        Ok(true)
    }

    /// Makes the folder hold the site that was taken.
    pub fn commit(mut self) -> Result<Published, Failure> {
        let taken = std::mem::take(&mut self.taken);
        let taken: Vec<Taken> = taken.into_iter().filter_map(OnceLock::into_inner).collect();
        assert_eq!(taken.len(), self.roll.len(), "each address that was told was taken");
        let next = Manifest { state: State::Whole, files: self.files(&taken) };
        let each = taken.iter().zip(self.roll.iter());
        let differ = each.filter(|(taken, _)| taken.differs());
        let moved: Vec<&str> = differ.map(|(_, path)| path.as_str()).collect();
        self.carry_out(&moved, &next)?;
        let (written, unchanged) = (moved.len(), taken.len() - moved.len());
        self.claim.made = false;
        // The folder was looked at after the manifest in it was written.
        let names = self.before.left.filter(|_| self.plan.foreign.is_empty());
        Ok(Published {
            written,
            unchanged,
            removed: self.plan.stale.len() + self.plan.in_the_way.len(),
            kept_foreign: self.plan.foreign.clone(),
            seen: Seen { manifest: next.key(), names },
        })
    }

    /// The addresses, with the key of what was taken for each.
    fn files(&self, taken: &[Taken]) -> Files {
        let each: Vec<_> = taken
            .par_iter()
            .map(|taken| match taken {
                Taken::Kept(at) => Err(self.before.manifest.files.at(*at).1),
                Taken::Made { key, .. } => Ok(key.to_hex()),
            })
            .collect();
        let keys = each.iter().map(|key| match key {
            Ok(made) => made.as_str(),
            Err(kept) => kept,
        });
        Files::in_order(self.roll.iter().map(String::as_str).zip(keys))
    }

    fn carry_out(&self, moved: &[&str], next: &Manifest) -> Result<(), Failure> {
        let (folder, plan) = (self.claim.folder.as_path(), &self.plan);
        let nothing_to_do = moved.is_empty() && plan.stale.is_empty() && plan.in_the_way.is_empty();
        let before = &self.before.manifest;
        if nothing_to_do && before == next {
            return Ok(());
        }
        if !nothing_to_do {
            write::put(folder, NAME, before.until(next).text().as_bytes())?;
        }
        plan.in_the_way.iter().try_for_each(|path| write::remove(folder, path))?;
        if !plan.in_the_way.is_empty() {
            write::tidy(folder, &plan.left_behind);
        }
        self.place(moved)?;
        plan.stale.par_iter().try_for_each(|path| write::remove(folder, path))?;
        write::tidy(folder, &plan.left_behind);
        write::put(folder, NAME, next.text().as_bytes())
    }

    /// Moves what waits to its addresses: a folder that does not stand yet goes as a whole, with
    /// all that is in it.
    fn place(&self, moved: &[&str]) -> Result<(), Failure> {
        let (folder, stage, plan) = (self.claim.folder.as_path(), self.stage(), &self.plan);
        let new = plan.new_folders();
        let whole: HashSet<&str> =
            new.filter(|path| write::place(folder, &stage, path).is_ok()).collect();
        let waits = |path: &&str| !whole.contains(path) && !above(path).any(|f| whole.contains(f));
        // Someone else may just have made such a folder: then what is ours joins it.
        let folders = plan.folders.iter().map(String::as_str);
        folders.filter(waits).try_for_each(|path| write::make_folder(folder, path))?;
        let files: Vec<&str> = moved.iter().copied().filter(waits).collect();
        files.par_iter().try_for_each(|path| write::place(folder, &stage, path))
    }
}

impl Drop for Staging {
    /// What waits is of no use to anyone; if even this fails, the next run removes it.
    fn drop(&mut self) {
        let _ = self.sweep();
        if self.claim.made {
            let _ = fs::remove_dir(&self.claim.folder);
        }
    }
}
