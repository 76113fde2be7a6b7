//! The delivery: what is done to a place that is no folder, so that it holds a site.
//!
//! In go the files of the site and what stands in the place; out comes what to put there, in three
//! turns, and what is gone, or a failure where that would fall on what is not ours. Nothing is asked
//! of a network here: `remote` carries it out.
//!
//! First the manifest says `unfinished` and lists what stands and what comes; then come files that
//! pages need by a name that carries a key, other files beside pages, and pages; then what is gone
//! goes, and last the manifest says what stands. So a run that dies leaves nothing that the next one
//! does not know, and no page names a style that is not there.

use super::built::Built;
use super::edition::Edition;
use super::kind;
use super::manifest::{Files, Manifest, State};
use crate::diagnostics::Failure;
use std::collections::BTreeMap;

/// What stands in a place.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The manifest there, where it is ours.
    pub manifest: Option<Manifest>,
    /// What else is there, each with its length in bytes.
    pub objects: BTreeMap<String, u64>,
}

/// The site that comes.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'c> {
    /// Which edition it is.
    pub edition: &'c Edition,
    /// Its files.
    pub files: &'c Files,
    /// The length of each.
    pub lengths: &'c [u64],
}

impl<'c> Coming<'c> {
    /// A site that was built.
    pub fn of(built: &'c Built, lengths: &'c [u64]) -> Coming<'c> {
        Coming { edition: &built.edition, files: &built.files, lengths }
    }
}

/// One file to put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Where it stands among the files of the site.
    pub at: usize,
    /// Whether a run that died may have put it already.
    pub may_stand: bool,
}

/// What is done.
#[derive(Debug, Default)]
pub struct Delivery {
    /// What to put, in three turns.
    pub turns: [Vec<Errand>; 3],
    /// What goes then.
    pub gone: Vec<String>,
    /// The manifest until all is done; none, where the site stands there already.
    pub until: Option<Manifest>,
    /// The manifest afterwards.
    pub after: Manifest,
    /// How many files stand as they should.
    pub unchanged: usize,
    /// What is not ours.
    pub foreign: Vec<String>,
}

impl Delivery {
    /// Compares a site with what stands in a place; `told` names it.
    pub fn plan(coming: Coming<'_>, standing: &Standing, told: &str) -> Result<Delivery, Failure> {
        let Coming { edition, files, lengths } = coming;
        let Standing { manifest, objects } = standing;
        let none = Manifest::default();
        let before = match manifest {
            Some(manifest) => manifest,
            None if objects.is_empty() => &none,
            None => {
                let message =
                    format!("nothing is published to `{told}`: casebook did not put what is there");
                let help = "choose an address below which nothing stands";
                return Err(Failure::usage(message).help(help));
            }
        };
        edition.follows(
            before.edition.as_ref(),
            told,
            "give each edition an address of its own",
        )?;
        let listed = |path: &str| before.files.position(path);
        let foreign = objects.keys().filter(|path| listed(path).is_none());
        if let Some(path) = foreign.clone().find(|path| files.position(path).is_some()) {
            let message =
                format!("casebook did not put `{path}` to `{told}`, where a page belongs");
            return Err(Failure::usage(message).help("move it away, or choose another address"));
        }
        let mut delivery = Delivery { foreign: foreign.cloned().collect(), ..Delivery::default() };
        let whole = before.state == State::Whole;
        for (at, length) in lengths.iter().enumerate() {
            let (path, key) = files.at(at);
            let stands = objects.get(path) == Some(length);
            if stands && whole && listed(path).is_some_and(|at| before.files.at(at).1 == key) {
                delivery.unchanged += 1;
                continue;
            }
            let turn = match path {
                _ if kind::carries(path, key) => 0,
                _ if !kind::is_page(path) => 1,
                _ => 2,
            };
            delivery.turns[turn].push(Errand { at, may_stand: stands && !whole });
        }
        let old = (0..before.files.len())
            .filter(|at| files.position(before.files.at(*at).0).is_none())
            .map(|at| (at, before.files.at(at)))
            .filter(|(_, (path, _))| objects.contains_key(*path));
        let (lasting, gone): (Vec<_>, Vec<_>) = old.partition(|(at, (path, key))| {
            !before.files.is_lasting(*at)
                && kind::is_style_or_script(path)
                && kind::carries(path, key)
        });
        let is_same = whole
            && before.edition.as_ref() == Some(edition)
            && lasting.is_empty()
            && gone.iter().all(|(at, _)| before.files.is_lasting(*at))
            && delivery.turns.iter().all(Vec::is_empty);
        if is_same {
            delivery.after = before.clone();
            return Ok(delivery);
        }
        delivery.gone = gone.into_iter().map(|(_, (path, _))| path.to_owned()).collect();
        let files = files.with_lasting(lasting.into_iter().map(|(_, file)| file));
        delivery.after = Manifest { state: State::Whole, edition: Some(edition.clone()), files };
        delivery.until = Some(before.until(&delivery.after));
        Ok(delivery)
    }
}

#[cfg(test)]
mod tests;
