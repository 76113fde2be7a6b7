//! A site that was built: what stands in an output folder, for who hands it out.
//!
//! In goes the folder; out come the files that its manifest lists, each held against its key as it
//! is read, so that what goes out is what was built and checked. Nothing is made and nothing in the
//! folder is changed. What is not ours there, and what outlasts from the site before, stays behind.

use super::edition::Edition;
use super::made_of;
use super::manifest::{DAMAGED, Files, Manifest, NAME, State};
use super::output::Output;
use super::plan::strangers;
use super::staging::Published;
use crate::diagnostics::Failure;
use crate::sources::Sources;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A whole site in a folder.
#[derive(Debug)]
pub struct Built {
    folder: PathBuf,
    told: String,
    key: crate::memo::Key,
    /// Which edition it is.
    pub edition: Edition,
    /// The files of it.
    pub files: Files,
    /// What stands beside them and is not ours.
    pub foreign: Vec<String>,
}

impl Built {
    /// Opens a folder, which `told` names; refuses where no whole site is in it that all may see who
    /// are of its circle.
    pub fn open(folder: &Path, told: &str) -> Result<Built, Failure> {
        let refuse = |message: String, help: &str| Err(Failure::usage(message).help(help));
        let path = folder.join(NAME);
        let none = "run `casebook build`, or name the folder that it wrote with --output";
        let text = match fs::read_to_string(&path) {
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return refuse(format!("there is no site in `{told}`"), none);
            }
            Err(error) if error.kind() != ErrorKind::InvalidData => {
                return Err(Failure::io("read", &path, &error));
            }
            text => text.unwrap_or_default(),
        };
        let Some(manifest) = Manifest::read(&text) else {
            return refuse(format!("`{NAME}` in `{told}` is damaged"), DAMAGED);
        };
        if manifest.state == State::Unfinished {
            let message = format!("the build into `{told}` did not come to its end");
            return refuse(message, "run `casebook build` again");
        }
        let key = manifest.key();
        let foreign = strangers(folder, &manifest, None)?;
        let Manifest { edition, files, .. } = manifest;
        let Some(edition) = edition else {
            let message = format!("an earlier casebook built `{told}`, and did not say for whom");
            return refuse(message, "run `casebook build`, which notes the edition");
        };
        if edition.shows_drafts() {
            let message = format!("`{told}` shows drafts, which are not published");
            return refuse(message, "run `casebook build` without --drafts, into an empty folder");
        }
        let own = (0..files.len()).filter(|at| !files.is_lasting(*at)).map(|at| files.at(at));
        let files = Files::in_order(own);
        Ok(Built { folder: folder.into(), told: told.into(), key, edition, files, foreign })
    }

    /// The files of the casebook in `root` that are not as they were when it was built, where that is
    /// known.
    pub fn changed(&self, root: &Path, sources: &Sources) -> Option<Vec<String>> {
        made_of::changed(root, &self.folder, self.key, sources)
    }

    /// Whether the casebook in `root` built this site or another in the same folder.
    pub fn is_noted(&self, root: &Path) -> bool {
        made_of::is_noted(root, &self.folder)
    }

    /// Publishes it into a folder; `go_on` fails where someone wants it to stop.
    pub fn hand_out(
        &self,
        output: Output,
        go_on: impl Fn() -> Result<(), Failure> + Sync,
    ) -> Result<Published, Failure> {
        let roll = self.files.paths().collect();
        let staging = output.begin(&self.edition, &roll, None)?;
        (0..self.files.len()).into_par_iter().try_for_each(|at| {
            go_on()?;
            staging.take(self.files.at(at).0, &self.bytes(at)?)
        })?;
        go_on()?;
        staging.commit()
    }

    /// The length of each file, once all of them were held against their keys.
    pub fn lengths(&self) -> Result<Vec<u64>, Failure> {
        let length = |at| self.stretches(at).try_fold(0, |sum, part| Ok(sum + part?.len() as u64));
        (0..self.files.len()).into_par_iter().map(length).collect()
    }

    /// The bytes of a file, which are those that were built.
    pub fn bytes(&self, at: usize) -> Result<Vec<u8>, Failure> {
        let (path, key) = self.files.at(at);
        let bytes = self.opened(path)?.and_then(|mut file| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map(|_| bytes)
        });
        let bytes = bytes.map_err(|error| self.unreadable(path, &error))?;
        if blake3::hash(&bytes).to_hex().as_str() == key {
            Ok(bytes)
        } else {
            Err(self.other(path))
        }
    }

    /// The same, so many at a time; where they are others, that is told in place of the end.
    pub fn stretches(&self, at: usize) -> impl Iterator<Item = Result<Vec<u8>, Failure>> + use<'_> {
        let (path, key) = self.files.at(at);
        let mut file = Some(self.opened(path));
        let mut hasher = blake3::Hasher::new();
        std::iter::from_fn(move || {
            let mut read = || {
                let mut bytes = Vec::new();
                let open = file.as_mut()?;
                let read = match open {
                    Err(failure) => Err(failure.clone()),
                    Ok(Err(error)) => Err(self.unreadable(path, error)),
                    Ok(Ok(file)) => file
                        .take(STRETCH)
                        .read_to_end(&mut bytes)
                        .map_err(|error| self.unreadable(path, &error)),
                };
                hasher.update(&bytes);
                match read {
                    Ok(0) if hasher.finalize().to_hex().as_str() != key => {
                        Some(Err(self.other(path)))
                    }
                    Ok(0) => None,
                    read => Some(read.map(|_| bytes)),
                }
            };
            let next = read();
            if !matches!(next, Some(Ok(_))) {
                file = None;
            }
            next
        })
    }

    /// Opens a file, and nothing that a link leads to.
    fn opened(&self, path: &str) -> Result<std::io::Result<File>, Failure> {
        let whole = self.folder.join(path);
        if whole.symlink_metadata().is_ok_and(|met| !met.is_file()) {
            return Err(self.other(path));
        }
        Ok(File::open(whole))
    }

    fn unreadable(&self, path: &str, error: &std::io::Error) -> Failure {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => self.other(path),
            _ => Failure::io("read", &self.folder.join(path), error),
        }
    }

    /// A file is not the one that was built.
    fn other(&self, path: &str) -> Failure {
        let told = &self.told;
        let text = fs::read_to_string(self.folder.join(NAME)).unwrap_or_default();
        if Manifest::read(&text).is_none_or(|now| now.key() != self.key) {
            let message = format!("another build wrote into `{told}` meanwhile");
            return Failure::usage(message).help("wait until it has ended, and publish again");
        }
        let message =
            format!("`{path}` in `{told}` is not as it was built, so nothing is published");
        Failure::machine(message).help("run `casebook build`, which mends it")
    }
}

/// So many bytes are read at a time.
pub const STRETCH: u64 = 8 * 1024 * 1024;
