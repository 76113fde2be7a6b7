//! The last stretch of the road: each page rendered, in parallel, and put on the shelf; what is
//! known from the last run is left there as it is.

use super::Watch;
use super::index::Index;
use super::last::Compared;
use crate::diagnostics::{Diagnostic, Failure};
use crate::documents::picture;
use crate::memo::store::Store;
use crate::memo::{self, Key, Mark};
use crate::pages::data::DataFile;
use crate::pages::{Page, Pages};
use crate::site::Shelf;
use crate::site::edition::Edition;
use crate::site::roll::Roll;
use crate::theme::{Theme, card};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// All that rendering needs.
pub(super) struct Render<'r> {
    pub pages: Pages<'r>,
    pub theme: &'r Theme,
    pub watch: &'r dyn Watch,
    pub shelf: &'r dyn Shelf,
    /// Which edition it is.
    pub edition: Edition,
    /// The last site that was whole, where this one is to be remembered.
    pub compared: Option<Compared<'r>>,
    /// Where cards are kept from run to run.
    pub store: &'r dyn Store,
    /// Whether the index of the search is left as it stands for now.
    pub index_waits: bool,
}

/// What rendering brought.
pub(super) enum Rendered {
    /// The addresses of all files of the site, what became of each page, and what is known of the
    /// other files.
    Whole(Roll, Vec<One>, Also),
    /// What is wrong in a template.
    Broken(Box<Diagnostic>),
}

/// What became of all other files.
pub(super) struct Also {
    /// What each file beside pages looked at.
    pub beside: Vec<Beside>,
    /// The key of what each card shows, by its address.
    pub cards: Vec<(String, Key)>,
    /// What is known of the index of the search.
    pub index: Index,
}

/// What became of one page.
pub(super) enum One {
    /// It was rendered, and looked at this.
    Made(Box<[Mark]>),
    /// It is as it was at this position of the last site.
    Kept(usize),
    Broken(Box<Diagnostic>),
}

/// A file beside pages, by its address, and what each of its stretches looked at; none, where it was
/// kept whole.
pub(super) type Beside = (String, Option<Vec<Box<[Mark]>>>);

/// Files that are at hand, by their addresses.
pub(super) struct Files<'f> {
    /// What the theme brings.
    pub assets: Vec<(&'f str, &'f [u8])>,
    /// What lies beside write-ups, of which only what is seen goes into the site.
    pub beside: Vec<(&'f str, &'f [u8])>,
    /// Narrower copies of pictures there.
    pub copies: Vec<(&'f str, &'f [u8])>,
}

/// So many stretches are made before these are written.
const WINDOW: usize = 128;

impl Render<'_> {
    /// Puts all files on the shelf: pages, data, and `files`. `roll` has the
    /// addresses of all of them, where they are known.
    pub fn all(
        &self,
        output: &str,
        roll: Option<Roll>,
        files: &Files<'_>,
    ) -> Result<Rendered, Failure> {
        let (made, cards) = (self.pages.files(), self.pages.cards());
        let index = self.pages.index_files();
        let roll = roll.unwrap_or_else(|| {
            let pages = self.pages.list.iter().map(|page| page.address.as_str());
            let data = made.iter().map(|file| file.address.as_str());
            let Files { assets, beside, copies } = files;
            let files = assets.iter().chain(beside).chain(copies).map(|(address, _)| *address);
            let cards = cards.iter().map(|(_, address)| address.as_str());
            let index = index.iter().map(String::as_str);
            pages.chain(data).chain(index).chain(files).chain(cards).collect()
        });
        self.shelf.begin(output, &self.edition, &roll)?;
        let (put, pages) = rayon::join(
            || {
                let beside: Result<Vec<Beside>, Failure> =
                    made.par_iter().with_max_len(1).map(|file| self.beside(file)).collect();
                let index = self.index(&index)?;
                let assets = files.assets.par_iter().chain(&files.copies);
                assets.try_for_each(|(address, bytes)| self.shelf.take(address, bytes))?;
                files.beside.par_iter().try_for_each(|(address, bytes)| {
                    self.shelf.take(address, &picture::published(address, bytes))
                })?;
                let cards: Result<Vec<(String, Key)>, Failure> = cards
                    .par_iter()
                    .with_max_len(1)
                    .map(|(at, address)| Ok((address.clone(), self.card(*at, address)?)))
                    .collect();
                Ok(Also { beside: beside?, cards: cards?, index })
            },
            || self.pages(),
        );
        let also = put?;
        let mut pages = pages?;
        let broken = pages.iter().position(|one| matches!(one, One::Broken(_)));
        Ok(match broken.map(|at| pages.swap_remove(at)) {
            Some(One::Broken(problem)) => Rendered::Broken(problem),
            _ => Rendered::Whole(roll, pages, also),
        })
    }

    /// Puts a file beside pages on the shelf; of its stretches, those that looked at nothing that
    /// changed are kept, where the shelf has them.
    fn beside(&self, file: &DataFile<'_>) -> Result<Beside, Failure> {
        let address = file.address.as_str();
        let last = self.compared.as_ref();
        if last.is_some_and(|last| last.data_is_same) && self.shelf.keep(address)? {
            return Ok((address.into(), None));
        }
        let make = |nth| memo::watch(|| file.stretch(nth));
        let known = last.and_then(|last| last.stretches(address)).filter(|looked| {
            (!file.lists_pages || last.is_some_and(|last| last.has_pages(&self.pages.list)))
                && looked.len() == file.stretches
                && self.shelf.stretches(address) == Some(file.stretches)
        });
        if let Some((last, looked)) = last.zip(known) {
            let each = looked.par_iter().with_max_len(1).enumerate().map(|(nth, looked)| {
                if last.is_same(looked) {
                    return (None, looked.clone());
                }
                let (made, looked) = make(nth);
                (Some(made), looked)
            });
            let (stretches, looked) = each.unzip();
            self.shelf.take_changed(address, stretches)?;
            return Ok((address.into(), Some(looked)));
        }
        let (mut looked, windows) = (Vec::new(), (0..file.stretches).step_by(WINDOW));
        let stretches = windows.flat_map(|first| {
            let window = first..(first + WINDOW).min(file.stretches);
            let (made, marks): (Vec<_>, Vec<_>) =
                window.into_par_iter().with_max_len(1).map(make).unzip();
            looked.extend(marks);
            made
        });
        self.shelf.take_long(address, Box::new(stretches))?;
        Ok((address.into(), Some(looked)))
    }

    /// Puts the card of a project on the shelf, or leaves it there where it shows the same; brings the
    /// key of what it shows.
    fn card(&self, at: usize, address: &str) -> Result<Key, Failure> {
        let card = self.pages.card(at);
        let key = card::key(&card);
        if self.compared.as_ref().is_some_and(|last| last.has_card(address, key))
            && self.shelf.keep(address)?
        {
            self.store.uses(key);
            return Ok(key);
        }
        let png = self.store.find_or(key, || Ok::<_, Failure>(card::drawn(&card)))?;
        self.shelf.take(address, &png)?;
        Ok(key)
    }

    fn index(&self, addresses: &[String]) -> Result<Index, Failure> {
        let last = self.compared.as_ref();
        match self.index_waits {
            true => Index::leave(self.shelf, addresses, last),
            false => Index::put(&self.pages, self.shelf, addresses, last),
        }
    }

    fn pages(&self) -> Result<Vec<One>, Failure> {
        let done = AtomicUsize::new(0);
        let all = self.pages.list.len();
        let each = self.pages.list.par_iter().with_max_len(8).enumerate().map(|(at, page)| {
            let one = self.page(at, page)?;
            self.watch.page(done.fetch_add(1, Ordering::Relaxed) + 1, all);
            Ok(one)
        });
        each.collect()
    }

    fn page(&self, at: usize, page: &Page) -> Result<One, Failure> {
        if let Some(known) = self.compared.as_ref().and_then(|last| last.known(at, page))
            && self.shelf.keep(&page.address)?
        {
            return Ok(One::Kept(known));
        }
        let put = |bytes: &[u8]| self.shelf.take(&page.address, bytes);
        let (view, at) = match self.compared.is_some() {
            true => memo::watch(|| self.pages.view(page)),
            false => (self.pages.view(page), Box::default()),
        };
        Ok(match self.theme.render(view, &page.address, put)? {
            Some(problem) => One::Broken(Box::new(problem)),
            None => One::Made(at),
        })
    }
}
