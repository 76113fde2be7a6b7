//! What was linked of all that a casebook says but in bodies, and the pages planned of it.
//!
//! It is made from scratch whenever anything else differs. Where nothing but the bodies of
//! write-ups does, it is the same by the key of all that it was made of, and takes them in.

use super::Watch;
use crate::diagnostics::Diagnostic;
use crate::documents::picture::copies::Copies;
use crate::documents::settings::Settings;
use crate::documents::wording::Wording;
use crate::editions::Edition;
use crate::memo::store::Store;
use crate::memo::{Key, Keys};
use crate::pages::{self, Gathered, Pages, Plan};
use crate::portfolio::{self, Portfolio};
use crate::site::roll::Roll;
use crate::sources::Sources;
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What was linked, and what follows from it alone.
#[derive(Debug)]
pub(super) struct Linked {
    /// The key of all that it was made of.
    pub of: Key,
    pub portfolio: Portfolio,
    pub theme: Result<Theme, Box<Diagnostic>>,
    wording: Wording,
    plan: Plan,
    /// The key of what the edition leaves out.
    cut: Key,
    /// The key of what all pages share, and those of all that a page can look at, once they were
    /// asked for.
    known: OnceLock<(Key, Keys)>,
    /// The addresses of the whole site, once a site was made of it.
    pub roll: Option<Roll>,
    /// What was said while it was made.
    said: Vec<Diagnostic>,
}

impl Linked {
    /// Links an edition from scratch.
    pub fn new(
        of: Key,
        edition: Edition,
        sources: &Sources,
        settings: &Settings,
        as_of: Date,
        watch: &dyn Watch,
    ) -> Linked {
        let cut = edition.cut;
        watch.stage("portfolio");
        let (wording, mut said) = Wording::load(sources, settings);
        let ((portfolio, problems), theme) = rayon::join(
            || portfolio::link(edition, settings, as_of),
            || Theme::load(sources, settings, &wording),
        );
        said.extend(problems);
        said.extend(theme.iter().flat_map(|theme| theme.said.iter().cloned()));
        watch.stage("plan");
        let assets = theme.as_ref().map(|theme| theme.assets.clone()).unwrap_or_default();
        let asked = theme.as_ref().map(|theme| theme.asked.clone()).unwrap_or_default();
        let plan = pages::plan(&portfolio, &wording, assets, asked);
        Linked {
            of,
            cut,
            portfolio,
            theme,
            wording,
            plan,
            known: OnceLock::new(),
            roll: None,
            said,
        }
    }

    /// What was gathered for the index of its search.
    pub fn gathered(&self) -> Gathered {
        self.plan.index_words.clone()
    }

    /// The same, with what was gathered in another run, as far as it is the same.
    pub fn with_gathered(mut self, gathered: Gathered) -> Linked {
        self.plan.index_words = gathered.under(self.cut);
        self
    }

    /// The same, with the keys that another run found of the same; they are long to make.
    pub fn known_to_have(mut self, keys: Option<(Key, Keys)>) -> Linked {
        self.known = keys.map_or_else(OnceLock::new, OnceLock::from);
        self
    }

    /// What was linked before, with the bodies of an edition that says the same in all else; no more
    /// than its copies of pictures, where it was linked of something else.
    pub fn again(mut self, of: Key, edition: &Edition) -> Result<Linked, BTreeMap<Key, Copies>> {
        if self.of != of {
            let copies = self.portfolio.copies_by_key();
            // To take a large one down takes a while, in which another thread can link.
            rayon::spawn(move || drop(self));
            return Err(copies);
        }
        self.portfolio.take_bodies(&edition.projects);
        Ok(self)
    }

    /// Looks up what its texts refer to; brings all that is to be said of it.
    pub fn refer(&mut self, sources: &Sources, store: &dyn Store) -> Vec<Diagnostic> {
        let mut said = self.said.clone();
        let (files, copies) = (self.portfolio.files.clone(), self.copies());
        said.extend(self.portfolio.refer_with(sources, store));
        // With another file beside a write-up the site has another address.
        let is_same = *files == *self.portfolio.files && copies == self.copies();
        self.roll = self.roll.take().filter(|_| is_same);
        if let Some((_, keys)) = self.known.get_mut() {
            *keys = self.portfolio.keys_after(keys, self.cut);
        }
        said
    }

    /// Where copies of pictures lie.
    fn copies(&self) -> Vec<String> {
        let made = self.portfolio.copies.iter().filter(|copy| copy.bytes().is_some());
        made.map(|copy| copy.address.clone()).collect()
    }

    /// The key of what all pages share, and those of all that a page can look at.
    pub fn known(&self, sources: &Sources) -> &(Key, Keys) {
        self.known.get_or_init(|| {
            let pages = self.pages();
            let common = [pages.common(), sources.theme_key(), sources.files[0].key];
            (Key::all(common), pages.keys(self.cut))
        })
    }

    /// Its pages.
    pub fn pages(&self) -> Pages<'_> {
        self.plan.pages(&self.portfolio, &self.wording)
    }
}
