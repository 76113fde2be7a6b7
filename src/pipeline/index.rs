//! The index of the search put on the shelf, and what is known of the one that stands.
//!
//! Every word of every page is in it, so it is made anew where anything changed. What it shows of
//! pages is kept where that looked at nothing that changed; of all else, what comes out the same.
//! A preview shows its pages first: then the index waits, as it was, for the run after.

use super::last::Compared;
use crate::diagnostics::Failure;
use crate::memo::{self, Key, Mark};
use crate::pages::Pages;
use crate::site::Shelf;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// What is known of the index that stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    /// What stands for the numbers of its pages.
    numbering: String,
    files: Vec<Stands>,
    /// Whether something changed since it was made.
    is_behind: bool,
}

/// What is known of a file of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Stands {
    /// What was looked at while it was made.
    Looked(Box<[Mark]>),
    /// The key of its bytes.
    Key(Key),
    /// What it shows may have changed.
    Unknown,
}

impl Index {
    /// Puts the index of these pages on a shelf.
    pub fn put(
        pages: &Pages<'_>,
        shelf: &dyn Shelf,
        addresses: &[String],
        last: Option<&Compared<'_>>,
    ) -> Result<Index, Failure> {
        if addresses.is_empty() {
            return Ok(Index::default());
        }
        let before = last.and_then(Compared::index);
        let same = before.filter(|before| {
            !before.is_behind
                && before.files.len() == addresses.len()
                && last.is_some_and(Compared::all_is_same)
        });
        let keep = |address: &String| Ok(same.is_some() && shelf.keep(address)?);
        let kept: Vec<bool> = addresses.par_iter().map(keep).collect::<Result<_, Failure>>()?;
        if let Some(same) = same.filter(|_| kept.iter().all(|kept| *kept)) {
            return Ok(same.clone());
        }
        let index = pages.index();
        let before = before.filter(|before| before.numbering == index.numbering);
        let put = |(nth, (address, kept)): (usize, (&String, bool))| {
            let known = before.and_then(|before| before.files.get(nth));
            if kept {
                return Ok(known.cloned().unwrap_or(Stands::Unknown));
            }
            if let Some(Stands::Looked(looked)) = known
                && last.is_some_and(|last| last.is_same(looked))
                && shelf.keep(address)?
            {
                return Ok(Stands::Looked(looked.clone()));
            }
            let (bytes, looked) = memo::watch(|| index.file(nth));
            if index.shows_pages(nth) {
                shelf.take(address, &bytes)?;
                return Ok(Stands::Looked(looked));
            }
            let key = Key::of(&bytes);
            let same = matches!(known, Some(Stands::Key(its)) if *its == key);
            if !(same && shelf.keep(address)?) {
                shelf.take(address, &bytes)?;
            }
            Ok(Stands::Key(key))
        };
        let each = addresses.par_iter().zip(kept).enumerate().with_max_len(16).map(put);
        let files = each.collect::<Result<_, Failure>>()?;
        Ok(Index { numbering: index.numbering, files, is_behind: false })
    }

    /// Leaves the index on a shelf as it stands there; what it has no file of is empty for now.
    pub fn leave(
        shelf: &dyn Shelf,
        addresses: &[String],
        last: Option<&Compared<'_>>,
    ) -> Result<Index, Failure> {
        if addresses.is_empty() {
            return Ok(Index::default());
        }
        let leave = |address: &String| {
            let kept = shelf.keep(address)?;
            if !kept {
                shelf.take(address, b"")?;
            }
            Ok(kept)
        };
        let kept: Vec<bool> = addresses.par_iter().map(leave).collect::<Result<_, Failure>>()?;
        let stands = last.and_then(|last| Some((last, last.index()?)));
        let Some((last, before)) = stands.filter(|_| kept.iter().all(|kept| *kept)) else {
            return Ok(Index { is_behind: true, ..Index::default() });
        };
        let is_same = |stands: &Stands| match stands {
            Stands::Looked(looked) => last.is_same(looked),
            Stands::Key(_) => true,
            Stands::Unknown => false,
        };
        let still = |stands: &Stands| match is_same(stands) {
            true => stands.clone(),
            false => Stands::Unknown,
        };
        let files = before.files.iter().map(still).collect();
        let is_behind = before.is_behind || !last.all_is_same();
        Ok(Index { numbering: before.numbering.clone(), files, is_behind })
    }

    /// Whether something changed since it was made.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }
}
