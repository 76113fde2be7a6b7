//! Staging: a site whose files are taken as they are made, and that takes the place of the one that
//! stands once all are there.
//!
//! What already stands with the same bytes is left alone, and where all of it does nothing is
//! touched. Nothing that a reader can see changes before [`Staging::commit`]; a run that fails or
//! is dropped takes what it made with it, and what a run that died left is removed by the next.

use super::Stretches;
use super::backstage::Backstage;
use super::disk::Disk;
use super::edition::Edition;
use super::exchange::{Exchange, Way};
use super::kind;
use super::manifest::{Files, Manifest, NAME, State};
use super::mend::{self, Mended, Mending};
use super::next::{Next, clear};
use super::ordered::Ordered;
use super::output::Seen;
use super::plan::Plan;
use super::roll::Roll;
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use crate::memo::Key;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A site that is being published.
#[derive(Debug)]
pub struct Staging {
    before: Before,
    plan: Plan,
    /// Which edition it is.
    edition: Edition,
    /// All addresses.
    roll: Roll,
    /// What was taken, by the address.
    taken: Vec<OnceLock<Taken>>,
    next: Next,
    disk: Arc<dyn Disk>,
    /// Let go last.
    backstage: Backstage,
}

/// What stands in the output folder.
#[derive(Debug)]
pub(super) struct Before {
    /// The folder.
    pub folder: PathBuf,
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
    /// Files that stood as they should.
    pub unchanged: usize,
    /// Files of an earlier site that this one does not have.
    pub removed: usize,
    /// Files in the folder that are not ours, and folders of them (with a `/` behind).
    pub kept_foreign: Vec<String>,
    /// How the site took its place.
    pub way: Way,
    /// Why no site is kept to be put back, where one could have been.
    pub unkept: Option<Unkept>,
    /// What was seen there, for the next run.
    pub seen: Seen,
}

/// Why no site is kept to be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// None stood there any more, and the next one was made out of the one that was kept.
    Nothing,
    /// This file of the site that stood was not as it was built, and its bytes are not known.
    Differs(String),
}

/// The order in which a site is published.
const TOLD: &str = "the address was told at the beginning";

/// A file that was taken.
#[derive(Debug)]
enum Taken {
    /// It stands as it was left, at this position of the manifest before.
    Kept(usize),
    /// It was made, and has this key.
    Made { key: blake3::Hash, stands: Stands },
}

/// What stands where a file was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// The same.
    Same,
    /// Not what was built there, which is the same: its bytes wait to be put there.
    Broken,
    /// Another, or nothing.
    Other,
}

impl Taken {
    fn stands(&self) -> Stands {
        match self {
            Taken::Kept(_) => Stands::Same,
            Taken::Made { stands, .. } => *stands,
        }
    }
}

impl Staging {
    pub(super) fn new(
        before: Before,
        plan: Plan,
        (edition, roll): (&Edition, &Roll),
        next: Next,
        (disk, backstage): (Arc<dyn Disk>, Backstage),
    ) -> Staging {
        let taken = roll.iter().map(|_| OnceLock::new()).collect();
        let (edition, roll) = (edition.clone(), roll.clone());
        Staging { before, plan, edition, roll, taken, next, disk, backstage }
    }

    fn put(&self, number: usize, taken: Taken) {
        self.taken[number].set(taken).expect("each address is taken once");
    }

    /// The key that the manifest has for an address.
    fn key_before(&self, address: &str) -> Option<(usize, &str)> {
        let files = &self.before.manifest.files;
        files.position(address).map(|at| (at, files.at(at).1))
    }

    /// Where a file of the next site is written.
    fn place(&self, address: &str) -> Result<PathBuf, Failure> {
        self.next.place(&self.backstage, &self.roll, address)
    }

    /// Takes one file of the site.
    pub fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let number = self.roll.position(address).expect(TOLD);
        let key = blake3::hash(bytes);
        let hex = key.to_hex();
        // After a run that died, a key may be older or newer than the file.
        let hopeful = self.before.manifest.state == State::Unfinished
            || self.key_before(address).is_some_and(|(_, before)| *before == *hex);
        let same = hopeful
            && self.plan.standing[number]
            && write::holds(&self.before.folder.join(address), bytes)?;
        let stands = match same {
            true => Stands::Same,
            false if self.was_built(address, &hex) => {
                let waits = mend::waits(&self.backstage.mends(), number);
                let written = write::fill_below(&*self.disk, &waits, bytes);
                written.map_err(|error| Failure::io("write", &waits, &error))?;
                Stands::Broken
            }
            false => {
                self.next.put(&self.place(address)?, address, bytes, &hex)?;
                Stands::Other
            }
        };
        self.put(number, Taken::Made { key, stands });
        Ok(())
    }

    /// Whether the site that stands was built with a file of this key.
    fn was_built(&self, address: &str, key: &str) -> bool {
        self.before.manifest.state == State::Whole
            && self.key_before(address).is_some_and(|(_, before)| before == key)
    }

    /// Takes one file that comes a stretch at a time.
    pub fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        let number = self.roll.position(address).expect(TOLD);
        let (whole, stands) = (self.before.folder.join(address), self.plan.standing[number]);
        // Which of the two it is turns out at its end.
        let waits = mend::waits(&self.backstage.mends(), number);
        let to = || match self.key_before(address) {
            Some(_) => Ok(waits.clone()),
            None => self.place(address),
        };
        let (key, differs) = write::fill_long(&*self.disk, &whole, stands, stretches, to)?;
        let stands = match differs {
            false => Stands::Same,
            true if self.was_built(address, &key.to_hex()) => Stands::Broken,
            true => {
                if self.key_before(address).is_some() {
                    self.next.bring(&waits, &self.place(address)?)?;
                }
                Stands::Other
            }
        };
        self.put(number, Taken::Made { key, stands });
        Ok(())
    }

    /// The folder that readers see, by its true path.
    pub fn folder(&self) -> &Path {
        &self.before.folder
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
        if !write::is_as_left(&self.before.folder.join(address), self.before.left, key)? {
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
        let each = |wanted| {
            let all = taken.iter().zip(self.roll.iter()).enumerate();
            all.filter(move |(_, (taken, _))| taken.stands() == wanted)
        };
        let differ: Vec<&str> = each(Stands::Other).map(|(_, (_, path))| path.as_str()).collect();
        let broken = each(Stands::Broken).map(|(number, (_, path))| (number, path.as_str()));
        let broken: Vec<(usize, &str)> = broken.collect();
        let before = &self.before.manifest;
        let removed = |at: &usize| {
            !before.files.is_lasting(*at) && !self.roll.contains(before.files.at(*at).0)
        };
        let removed = (0..before.files.len()).filter(removed).count();
        let own = self.files(&taken);
        let mut published = Published {
            written: differ.len() + broken.len(),
            unchanged: taken.len() - differ.len() - broken.len(),
            removed,
            kept_foreign: self.plan.foreign.clone(),
            ..Published::default()
        };
        self.mend(&broken)?;
        let stands = self.before.left.is_some() && before.state == State::Whole;
        if stands && differ.is_empty() && removed == 0 {
            let names = self.before.left.filter(|_| self.plan.foreign.is_empty());
            published.seen = Seen { manifest: self.named()?, names };
            return Ok(published);
        }
        let edition = Some(self.edition.clone());
        let next = Manifest { state: State::Whole, edition, files: self.with_lasting(own) };
        // What was not written has to be looked for, even where nothing was.
        self.place("")?;
        self.next.complete(&self.before.folder, &next, &differ)?;
        let names = write::moment(&self.next.folder.join(NAME));
        published.unkept = self.unkept(&taken)?;
        published.way = self.take_place(&next, &differ, published.unkept.is_none())?;
        let names = names.filter(|_| self.plan.foreign.is_empty());
        published.seen = Seen { manifest: next.key(), names };
        Ok(published)
    }

    /// Puts what waited in its place in the site that stands, which is as it was built then.
    fn mend(&self, broken: &[(usize, &str)]) -> Result<(), Failure> {
        let keyed = broken.iter().filter_map(|(number, path)| {
            self.key_before(path).map(|(_, key)| (*number, *path, key))
        });
        let keyed: Vec<Mended<'_>> = keyed.collect();
        let (disk, from, live) = (&*self.disk, &*self.backstage.mends(), &*self.before.folder);
        Mending { disk, from, live }.carry_out(&keyed)
    }

    /// Why the site that stands cannot be put back once another has its place.
    fn unkept(&self, taken: &[Taken]) -> Result<Option<Unkept>, Failure> {
        let Before { folder, manifest, left, .. } = &self.before;
        if manifest.files.is_empty() {
            return Ok(self.next.last().map(|_| Unkept::Nothing));
        }
        let is_broken = |at: &usize| {
            let (path, key) = manifest.files.at(*at);
            let number = self.roll.position(path);
            let known = number.is_some_and(|number| taken[number].stands() != Stands::Other);
            match known || write::is_as_left(&folder.join(path), *left, key)? {
                true => Ok(None),
                false => Ok(Some(path.to_string())),
            }
        };
        let all: Vec<usize> = (0..manifest.files.len()).collect();
        let broken: Result<Vec<Option<String>>, Failure> = all.par_iter().map(is_broken).collect();
        Ok(broken?.into_iter().flatten().next().map(Unkept::Differs))
    }

    /// Sees that the manifest of the site that stands names its edition, which an earlier casebook did
    /// not do; brings the manifest's key.
    fn named(&self) -> Result<Key, Failure> {
        let before = &self.before.manifest;
        if before.edition.as_ref() == Some(&self.edition) {
            return Ok(before.key());
        }
        let named = Manifest { edition: Some(self.edition.clone()), ..before.clone() };
        write::put(&*self.disk, &self.before.folder, NAME, named.text().as_bytes())?;
        Ok(named.key())
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

    /// The same, and the styles and scripts of the site before: who has a page of it open meets them.
    fn with_lasting(&self, own: Files) -> Files {
        let before = &self.before.manifest.files;
        let outlasts = |at: &usize| {
            let (path, key) = before.at(*at);
            !before.is_lasting(*at)
                && kind::is_style_or_script(path)
                && kind::carries(path, key)
                && own.position(path).is_none()
                && write::is_as_left(&self.before.folder.join(path), None, key).unwrap_or_default()
        };
        let lasting: Vec<usize> = (0..before.len()).filter(outlasts).collect();
        if lasting.is_empty() {
            return own;
        }
        own.with_lasting(lasting.into_iter().map(|at| before.at(at)))
    }

    fn take_place(&self, next: &Manifest, differ: &[&str], keeps: bool) -> Result<Way, Failure> {
        let (disk, live, before) = (&*self.disk, &*self.before.folder, &self.before.manifest);
        let (backstage, foreign) = (&self.backstage, &self.plan.foreign[..]);
        let exchange = Exchange { disk, backstage, live, before, foreign, after: next, keeps };
        let way = exchange.carry_out()?;
        if let Way::Ordered(_) = way {
            let (plan, after, folder) = (&self.plan, next, &*self.next.folder);
            Ordered { disk, live, before, plan, next: folder, after, differ }.carry_out()?;
            self.backstage.is_last()?;
        }
        Ok(way)
    }
}

impl Drop for Staging {
    /// What was made and is not seen by a reader is of no use to anyone.
    fn drop(&mut self) {
        self.next.give_up(&self.backstage, &self.before.folder);
        // If even this fails, the next run does it.
        let _ = clear(&*self.disk, &self.backstage.mends());
    }
}
