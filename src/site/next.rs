//! The next site, made backstage out of the last one: what is the same stays, what is not is
//! written, and no reader sees any of it.
//!
//! From its first change on the last site is no more; given up, the next one goes as well.

use super::backstage::Backstage;
use super::disk::{Disk, is_link};
use super::foreign::bring_home;
use super::manifest::{Manifest, NAME, State};
use super::plan::above;
use super::roll::Roll;
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use foldhash::HashSet;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A site that is being made.
#[derive(Debug)]
pub struct Next {
    /// Where.
    pub folder: PathBuf,
    disk: Arc<dyn Disk>,
    /// What stands there of the last one.
    last: Manifest,
    left: Option<Moment>,
    begun: Mutex<bool>,
}

impl Next {
    /// The site that stands backstage, once what a build that died left there is put in order.
    pub fn of(backstage: &Backstage, live: &Path, disk: Arc<dyn Disk>) -> Result<Next, Failure> {
        recover(backstage, live, &*disk)?;
        clear(&*disk, &backstage.mends())?;
        let folder = backstage.site();
        let is_there = folder.symlink_metadata().is_ok_and(|met| met.is_dir());
        let last = manifest(&folder).filter(|last| is_there && last.state == State::Whole);
        if last.is_none() {
            clear(&*disk, &folder)?;
        }
        let left = write::moment(&folder.join(NAME));
        Ok(Next { folder, disk, last: last.unwrap_or_default(), left, begun: Mutex::new(false) })
    }

    /// The last site; none where there is none.
    pub fn last(&self) -> Option<&Manifest> {
        self.left.map(|_| &self.last)
    }

    /// Looks at every file of the last site.
    pub fn is_as_it_was_left(&self) -> Result<(), Failure> {
        let files = &self.last.files;
        let all: Vec<usize> = (0..files.len()).collect();
        all.par_iter().try_for_each(|at| {
            let (path, key) = files.at(*at);
            let own = self.folder.join(path);
            if write::is_as_left(&own, self.left, key)? {
                return Ok(());
            }
            let message = format!("the earlier site cannot be put back: {} differs", own.display());
            Err(Failure::machine(message).help("build it again from its sources"))
        })
    }

    /// Where a file of it is written; the last site ends with the first.
    pub fn place(
        &self,
        backstage: &Backstage,
        roll: &Roll,
        path: &str,
    ) -> Result<PathBuf, Failure> {
        let mut begun = self.begun.lock().expect("no thread panics with it");
        if !*begun {
            backstage.is_next("")?;
            *begun = true;
            self.make_room(roll)?;
        }
        Ok(self.folder.join(path))
    }

    /// Removes what the next site does not have.
    fn make_room(&self, roll: &Roll) -> Result<(), Failure> {
        let failed = |error| Failure::io("make the folder", &self.folder, &error);
        if self.left.is_none() {
            return super::disk::make_folders(&*self.disk, &self.folder).map_err(failed);
        }
        self.remove_links(roll)?;
        let gone: Vec<&str> = self.last.files.paths().filter(|path| !roll.contains(path)).collect();
        write::remove(&*self.disk, &self.folder, NAME)?;
        gone.par_iter().try_for_each(|path| write::remove(&*self.disk, &self.folder, path))?;
        let over: BTreeSet<&str> = gone.iter().flat_map(|path| above(path)).collect();
        over.into_iter().rev().try_for_each(|path| {
            let path = self.folder.join(path);
            match self.disk.remove_folder(&path) {
                Err(error) if !is_in_use(&error) => Err(Failure::io("remove", &path, &error)),
                _ => Ok(()),
            }
        })
    }

    /// Removes links that someone put where a folder of either site is: nothing is written through
    /// them, and nothing that they lead to is touched.
    fn remove_links(&self, roll: &Roll) -> Result<(), Failure> {
        let paths = self.last.files.paths().chain(roll.iter().map(String::as_str));
        let folders: HashSet<&str> = paths.flat_map(above).collect();
        let is_at = |path: &&&str| is_link(&self.folder.join(path));
        let mut links: Vec<&str> = folders.par_iter().filter(is_at).copied().collect();
        // A link below another is none of ours once the upper one is gone.
        links.sort_unstable();
        let links = links.into_iter().filter(|path| is_at(&path));
        links.into_iter().try_for_each(|path| write::remove(&*self.disk, &self.folder, path))
    }

    /// Writes a file of it, unless it stands there.
    pub fn put(&self, to: &Path, address: &str, bytes: &[u8], key: &str) -> Result<(), Failure> {
        let stands = self.has(address, key) && write::holds(to, bytes).unwrap_or_default();
        if stands {
            return Ok(());
        }
        let written = write::fill_below(&*self.disk, to, bytes);
        written.map_err(|error| Failure::io("write", to, &error))
    }

    /// Takes a file of it that was written elsewhere backstage.
    pub fn bring(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        let moved = match (self.disk.rename(from, to), to.parent()) {
            (Err(error), Some(over)) if error.kind() == std::io::ErrorKind::NotFound => {
                super::disk::make_folders(&*self.disk, over)
                    .and_then(|()| self.disk.rename(from, to))
            }
            (moved, _) => moved,
        };
        moved.map_err(|error| Failure::io("write", to, &error))
    }

    fn has(&self, address: &str, key: &str) -> bool {
        let files = &self.last.files;
        files.position(address).is_some_and(|at| files.at(at).1 == key)
    }

    /// Makes it whole: what was not written is there from the last site, or comes from the one that
    /// stands. What was written is read again, and all of it has reached the disk then.
    pub fn complete(&self, live: &Path, whole: &Manifest, written: &[&str]) -> Result<(), Failure> {
        let files = &whole.files;
        let all: Vec<usize> = (0..files.len()).collect();
        let copied: Result<Vec<Option<&str>>, Failure> = all
            .par_iter()
            .map(|at| {
                let (path, key) = files.at(*at);
                if written.binary_search(&path).is_ok() {
                    return Ok(None);
                }
                let own = self.folder.join(path);
                if self.has(path, key) && write::is_as_left(&own, self.left, key)? {
                    return Ok(None);
                }
                let copied = write::copy(&*self.disk, &live.join(path), &own);
                copied.map_err(|error| Failure::io("write", &own, &error)).map(|_| Some(path))
            })
            .collect();
        let copied = copied?;
        let new: Vec<&str> = copied.into_iter().flatten().chain(written.iter().copied()).collect();
        let files = new.iter().map(|path| self.folder.join(path)).collect::<Vec<_>>();
        let proved = new.par_iter().zip(&files).try_for_each(|(path, own)| {
            let key = whole.files.position(path).map(|at| whole.files.at(at).1);
            let found = write::key_of(own).map_err(|error| Failure::io("read", own, &error))?;
            if key == Some(found.to_hex().as_str()) {
                return Ok(());
            }
            let message = format!("{} is not as it was written", own.display());
            Err(Failure::machine(message).help("look after the disk, and build again"))
        });
        proved?;
        write::put(&*self.disk, &self.folder, NAME, whole.text().as_bytes())?;
        let settled = self.disk.settle(&self.folder, &files);
        settled.map_err(|error| Failure::io("write", &self.folder, &error))
    }

    /// Given up: what was begun goes.
    pub fn give_up(&self, backstage: &Backstage, live: &Path) {
        if *self.begun.lock().expect("no thread panics with it") {
            // If even this fails, the next run does it.
            let _ = recover(backstage, live, &*self.disk);
        }
    }
}

/// Whether a folder stays because there is something in it, or is gone already.
fn is_in_use(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{DirectoryNotEmpty, NotADirectory, NotFound};
    matches!(error.kind(), DirectoryNotEmpty | NotADirectory | NotFound)
}

/// What is ours in a folder, whole or not.
fn manifest(folder: &Path) -> Option<Manifest> {
    Manifest::read(&std::fs::read_to_string(folder.join(NAME)).ok()?)
}

/// Puts in order what a build left that died, or was given up: a next site that no reader has seen
/// goes, one that the last took the place of is the last, and what is not ours is where readers look.
fn recover(backstage: &Backstage, live: &Path, disk: &dyn Disk) -> Result<(), Failure> {
    let Some(key) = backstage.under_way()? else { return Ok(()) };
    let folder = backstage.site();
    match manifest(&folder) {
        // The two have changed places.
        there if !key.is_empty() && !is_of(there.as_ref(), &key) => {
            bring_home(disk, &folder, &there.unwrap_or_default(), live, &[], None)?;
        }
        _ => clear(disk, &folder)?,
    }
    backstage.is_last()
}

/// Whether a key is that of a manifest.
fn is_of(manifest: Option<&Manifest>, key: &str) -> bool {
    manifest.is_some_and(|manifest| named(manifest) == key)
}

/// What a site is called backstage.
pub fn named(manifest: &Manifest) -> String {
    format!("{:032x}", manifest.key().number())
}

/// Removes a folder with all that is in it, where it is there.
pub fn clear(disk: &dyn Disk, folder: &Path) -> Result<(), Failure> {
    match disk.remove_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::io("remove", folder, &error))
        }
        _ => Ok(()),
    }
}
