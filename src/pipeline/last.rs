//! The last site that was whole: what was looked at for each of its files, held against a site that is
//! to be made, so that what would be the same is left as it is.

use super::index::Index;
use super::render::{Also, One};
use crate::memo::{BODY, Changed, Key, Keys, Mark};
use crate::pages::Page;
use foldhash::HashMap;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A whole site: how each of its pages came to be.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Site {
    /// The key of all that was linked but for bodies.
    of: Key,
    /// The key of what all pages share.
    common: Key,
    /// The key of what none of them says.
    unsaid: Key,
    /// What could be looked at.
    keys: Keys,
    /// The pages, in the order of their plan.
    pages: Vec<Looked>,
    /// What each stretch of each file beside pages looked at, in the order of their addresses.
    #[serde(skip)]
    beside: Vec<(String, Vec<Box<[Mark]>>)>,
    /// The cards, and the key of what each shows, in the order of their addresses.
    cards: Vec<(String, Key)>,
    /// What is known of the index of the search.
    pub index: Index,
}

/// A page, and what was looked at while it was made.
#[derive(Debug, Serialize, Deserialize)]
struct Looked {
    page: Page,
    at: Box<[Mark]>,
}

impl Site {
    /// The keys of what was linked, if that was linked of the same.
    pub fn keys_of(&self, of: Key) -> Option<(Key, Keys)> {
        (self.of == of).then(|| (self.common, self.keys.clone()))
    }

    /// Holds it against a site that is to be made.
    pub fn compared(&self, (common, unsaid): (Key, Key), keys: &Keys) -> Compared<'_> {
        // A page that is kept was looked through for the same.
        let same = self.common == common && self.unsaid == unsaid;
        let changed = same.then(|| self.keys.changed(keys));
        // Asked for thousands of files.
        let data_is_same = changed.as_ref().is_some_and(|changed| !changed.but_for(BODY));
        let (by_address, same_pages) = (OnceLock::new(), OnceLock::new());
        Compared { site: self, changed, data_is_same, by_address, same_pages }
    }

    /// The site that was made after it, of these pages.
    pub fn followed(
        self,
        of: Key,
        ((common, keys), unsaid): ((Key, Keys), Key),
        list: &[Page],
        each: Vec<One>,
        also: Also,
    ) -> Site {
        let Also { beside, mut cards, index } = also;
        let mut last = self.beside;
        let mut of_last = |address: &String| {
            let at = last.binary_search_by(|(own, _)| own.cmp(address));
            at.map(|at| std::mem::take(&mut last[at].1)).unwrap_or_default()
        };
        let mut beside: Vec<_> = beside
            .into_iter()
            .map(|(address, looked)| {
                let looked = looked.unwrap_or_else(|| of_last(&address));
                (address, looked)
            })
            .collect();
        beside.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut before: Vec<Option<Looked>> = self.pages.into_iter().map(Some).collect();
        let pages = list.iter().zip(each).filter_map(|(page, one)| match one {
            One::Made(at) => Some(Looked { page: page.clone(), at }),
            One::Kept(at) => before[at].take(),
            One::Broken(_) => None,
        });
        cards.sort_unstable();
        Site { of, common, unsaid, keys, pages: pages.collect(), beside, cards, index }
    }
}

/// The last whole site, held against one that is to be made.
#[derive(Debug)]
pub(super) struct Compared<'m> {
    site: &'m Site,
    /// What changed since; none where all did.
    changed: Option<Changed>,
    /// Whether data files, which look at everything but bodies, are the same.
    pub data_is_same: bool,
    by_address: OnceLock<HashMap<&'m str, usize>>,
    same_pages: OnceLock<bool>,
}

impl Compared<'_> {
    /// Whether everything is the same, bodies among it.
    pub fn all_is_same(&self) -> bool {
        self.changed.as_ref().is_some_and(|changed| !changed.is_anything())
    }

    /// The index of its search; none where nothing of it can be known to be the same.
    pub fn index(&self) -> Option<&Index> {
        self.changed.as_ref().map(|_| &self.site.index)
    }

    /// Whether it has these pages, whatever is on them.
    pub fn has_pages(&self, list: &[Page]) -> bool {
        let own = || self.site.pages.iter().map(|looked| &looked.page);
        *self.same_pages.get_or_init(|| own().eq(list))
    }

    /// What each stretch of a file beside pages looked at, if that is known.
    pub fn stretches(&self, address: &str) -> Option<&[Box<[Mark]>]> {
        let (beside, _) = (&self.site.beside, self.changed.as_ref()?);
        let at = beside.binary_search_by(|(own, _)| own.as_str().cmp(address)).ok()?;
        Some(&beside[at].1)
    }

    /// Whether there is a card that shows the same.
    pub fn has_card(&self, address: &str, key: Key) -> bool {
        let (cards, same) = (&self.site.cards, self.changed.is_some());
        let at = cards.binary_search_by(|(own, _)| own.as_str().cmp(address));
        same && at.is_ok_and(|at| cards[at].1 == key)
    }

    /// Whether nothing of what was looked at changed.
    pub fn is_same(&self, looked: &[Mark]) -> bool {
        self.changed.as_ref().is_some_and(|changed| !changed.any(looked))
    }

    /// The position in the last site of a page, if all that it looked at is the same; it is
    /// likely at the position that it has in the next.
    pub fn known(&self, likely: usize, page: &Page) -> Option<usize> {
        let (changed, pages) = (self.changed.as_ref()?, &self.site.pages);
        let at = match pages.get(likely).filter(|looked| looked.page.address == page.address) {
            Some(_) => likely,
            None => *self.by_address().get(page.address.as_str())?,
        };
        (pages[at].page == *page && !changed.any(&pages[at].at)).then_some(at)
    }

    fn by_address(&self) -> &HashMap<&str, usize> {
        self.by_address.get_or_init(|| {
            let pages = self.site.pages.iter().enumerate();
            pages.map(|(at, looked)| (looked.page.address.as_str(), at)).collect()
        })
    }
}
