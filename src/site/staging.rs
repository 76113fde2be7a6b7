//! Staging: new files wait in a folder of their own until the whole site is there.
//!
//! What already stands with the same bytes is left alone. Nothing that a reader can see changes
//! before [`Staging::commit`]; a run that fails or is dropped takes its stage with it, and what a
//! run that died left is removed by the next.

use super::claim::Claim;
use super::manifest::{Manifest, NAME, STAGE, State};
use super::plan::{Plan, above};
use super::roll::Roll;
use super::{Stretches, write};
use crate::diagnostics::Failure;
use crate::memo::Key;
use foldhash::HashSet;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

/// A site that is being published.
#[derive(Debug)]
pub struct Staging {
    claim: Claim,
    before: Manifest,
    /// When the last run left the folder.
    left: Option<write::Moment>,
    plan: Plan,
    /// All addresses.
    roll: Roll,
    taken: Mutex<Vec<Taken>>,
    /// Whether the stage is there.
    staged: Mutex<bool>,
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
    /// The key of the manifest that stands now.
    pub manifest: Key,
}

/// The order in which a site is published.
const TOLD: &str = "the address was told at the beginning";

/// A file that was taken.
#[derive(Debug)]
struct Taken {
    number: usize,
    key: String,
    differs: bool,
}

impl Staging {
    pub(super) fn new(claim: Claim, before: Manifest, plan: Plan, roll: &Roll) -> Staging {
        let (taken, staged) = (Mutex::default(), Mutex::default());
        // Its own last act was to write the manifest.
        let left = write::moment(&claim.folder.join(NAME));
        Staging { claim, before, left, plan, roll: roll.clone(), taken, staged }
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
        let key = blake3::hash(bytes).to_hex().to_string();
        // After a run that died, a key may be older or newer than the file.
        let hopeful =
            self.before.state == State::Unfinished || self.before.files.get(address) == Some(&key);
        let same = hopeful
            && self.plan.standing.contains(address)
            && write::holds(&self.claim.folder.join(address), bytes)?;
        if !same {
            let staged = self.made_stage()?.join(address);
            write::fill_below(&staged, bytes)
                .map_err(|error| Failure::io("write", &self.claim.folder.join(address), &error))?;
        }
        let taken = Taken { number, key, differs: !same };
        self.taken.lock().expect("no thread panics with it").push(taken);
        Ok(())
    }

    /// Takes one file that comes a stretch at a time.
    pub fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        let number = self.roll.position(address).expect(TOLD);
        let whole = self.claim.folder.join(address);
        let stands = self.plan.standing.contains(address);
        let to = || Ok(self.made_stage()?.join(address));
        let (key, differs) = write::fill_long(&whole, stands, stretches, to)?;
        let taken = Taken { number, key, differs };
        self.taken.lock().expect("no thread panics with it").push(taken);
        Ok(())
    }

    /// The key of the manifest that stands, where it tells of a whole site.
    pub fn stands(&self) -> Option<Key> {
        (self.before.state == State::Whole).then(|| Key::of(self.before.text()))
    }

    /// Keeps a file that stands, if it is the one that was last written here.
    pub fn keep(&self, address: &str) -> Result<bool, Failure> {
        let known = self.before.files.get(address).filter(|_| self.before.state == State::Whole);
        let Some(key) = known.filter(|_| self.plan.standing.contains(address)) else {
            return Ok(false);
        };
        if !write::is_as_left(&self.claim.folder.join(address), self.left, key)? {
            return Ok(false);
        }
        let number = self.roll.position(address).expect(TOLD);
        let taken = Taken { number, key: key.clone(), differs: false };
        self.taken.lock().expect("no thread panics with it").push(taken);
        Ok(true)
    }

    /// Makes the folder hold the site that was taken.
    pub fn commit(mut self) -> Result<Published, Failure> {
        let mut taken = std::mem::take(&mut *self.taken.lock().expect("no thread panics with it"));
        taken.sort_by_key(|taken| taken.number);
        assert_eq!(taken.len(), self.roll.len(), "each address that was told was taken");
        let each = || taken.iter().zip(self.roll.iter());
        let files: BTreeMap<String, String> =
            each().map(|(taken, path)| (path.clone(), taken.key.clone())).collect();
        let next = Manifest { state: State::Whole, files };
        let differ = each().filter(|(taken, _)| taken.differs);
        let moved: Vec<&str> = differ.map(|(_, path)| path.as_str()).collect();
        self.carry_out(&moved, &next)?;
        let (written, unchanged) = (moved.len(), taken.len() - moved.len());
        self.claim.made = false;
        Ok(Published {
            written,
            unchanged,
            removed: self.plan.stale.len() + self.plan.in_the_way.len(),
            kept_foreign: self.plan.foreign.clone(),
            manifest: Key::of(next.text()),
        })
    }

    fn carry_out(&self, moved: &[&str], next: &Manifest) -> Result<(), Failure> {
        let (folder, plan) = (self.claim.folder.as_path(), &self.plan);
        let nothing_to_do = moved.is_empty() && plan.stale.is_empty() && plan.in_the_way.is_empty();
        if nothing_to_do && self.before == *next {
            return Ok(());
        }
        if !nothing_to_do {
            write::put(folder, NAME, self.before.until(next).text().as_bytes())?;
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
