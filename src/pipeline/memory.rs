//! What one run remembers for the next: files, documents, and what each page looked at.
//!
//! Nothing in it is needed: a run without it makes the same site, byte for byte.

use super::index::Index;
use super::linked::Linked;
use super::render::{Also, One};
use crate::diagnostics::Failure;
use crate::documents::{self, Bring};
use crate::leaks;
use crate::memo::store::{Nowhere, Store};
use crate::memo::{BODY, Changed, Key, Keys, Mark};
use crate::pages::{Gathered, Page};
use crate::portfolio::references;
use crate::sources::{Limits, SourceFile, Sources};
use foldhash::HashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// What one run remembers for the next.
#[derive(Debug)]
pub struct Memory {
    /// What was read from the disk.
    pub(super) sources: Option<Sources>,
    /// What was told of the files that were touched since, and no run has read yet: which they
    /// are, where each is known.
    touched: Option<Option<BTreeSet<String>>>,
    /// What was read of it, under settings of this key.
    pub(super) documents: documents::Shelf,
    pub(super) settings: Key,
    /// What was linked of that.
    pub(super) linked: Option<Linked>,
    /// What came of references in another process, and the key of what was linked there.
    pub(super) looked: Option<(Key, references::Looked)>,
    /// What was hidden in it, and told elsewhere.
    pub(super) withheld: leaks::Known,
    /// The last site that was whole.
    pub(super) site: Site,
    /// What was gathered in another process for the index of the search.
    pub(super) gathered: Gathered,
    /// Whether the index of the search is left as it stands.
    index_waits: bool,
    /// Where runs keep for each other what is long to make.
    pub store: Arc<dyn Store>,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory::with(Arc::new(Nowhere))
    }
}

impl Memory {
    /// Nothing is remembered; what is long to make is kept in a store.
    pub fn with(store: Arc<dyn Store>) -> Memory {
        Memory {
            store,
            sources: None,
            touched: None,
            documents: documents::Shelf::default(),
            settings: Key::default(),
            linked: None,
            looked: None,
            withheld: leaks::Known::default(),
            site: Site::default(),
            gathered: Gathered::default(),
            index_waits: false,
        }
    }
}

/// So many parts tell of anything but what was read.
pub const FIRST: usize = 5;

impl Memory {
    /// What was stored of another run; nothing, where the parts are not what a run stores.
    pub fn restored(parts: &[&[u8]]) -> Option<Memory> {
        let (first, read) = parts.split_first_chunk()?;
        let read: Vec<Vec<u8>> = read.iter().map(|part| part.to_vec()).collect();
        let count = read.len();
        let bring: Bring = Arc::new(move |nth, bytes| {
            bytes.clone_from(&read[nth]);
            Some(())
        });
        Memory::restored_by(*first, count, &bring)
    }

    /// The same, where the parts behind the first ones are brought one by one.
    pub fn restored_by(
        [settings, site, sources, looked, gathered]: [&[u8]; FIRST],
        parts: usize,
        bring: &Bring,
    ) -> Option<Memory> {
        let settings = postcard::from_bytes(settings).ok()?;
        let ((site, looked), (sources, documents)) = rayon::join(
            || (postcard::from_bytes(site).ok(), postcard::from_bytes(looked).ok()),
            || {
                rayon::join(
                    || Sources::restored(sources),
                    || documents::Shelf::restored(parts, bring),
                )
            },
        );
        let (sources, documents) = (Some(sources?), documents?);
        let ((site, withheld), looked) = (site?, looked?);
        let read = Memory { settings, sources, documents, ..Memory::default() };
        Some(Memory { site, withheld, looked, gathered: Gathered::restored(gathered), ..read })
    }

    /// What a later process can use of it, as parts of bytes: how the pages of the last whole site
    /// came to be, which files need not be opened as they were settled when this one began, and what
    /// was read.
    pub fn stored(&self, began: SystemTime) -> impl Iterator<Item = Vec<u8>> {
        self.stored_first(began).into_iter().chain(self.documents.stored(false).flatten())
    }

    /// The first of these parts.
    pub fn stored_first(&self, began: SystemTime) -> [Vec<u8>; FIRST] {
        let plain = "keys and marks are plain data";
        let nothing = Sources::default();
        let (site, sources) = rayon::join(
            || postcard::to_stdvec(&(&self.site, &self.withheld)).expect(plain),
            || self.sources.as_ref().unwrap_or(&nothing).stored(began),
        );
        let linked = self.linked.as_ref();
        let looked = linked.map(|linked| (linked.of, linked.portfolio.looked()));
        let looked = looked.or_else(|| self.looked.as_ref().map(|(of, looked)| (*of, looked)));
        let looked = postcard::to_stdvec(&looked).expect(plain);
        let settings = postcard::to_stdvec(&self.settings).expect(plain);
        let gathered = linked.map_or_else(|| self.gathered.stored(), |of| of.gathered().stored());
        [settings, site, sources, looked, gathered]
    }

    /// The others; where that is asked for, those that are as they were restored are left out.
    pub fn stored_read(&self, but_those_that_stand: bool) -> impl Iterator<Item = Option<Vec<u8>>> {
        self.documents.stored(but_those_that_stand)
    }

    /// Lets the index of the search wait in the runs that follow: it stays as it stands, so that pages
    /// are shown before it is made.
    pub fn let_index_wait(&mut self, waits: bool) {
        self.index_waits = waits;
    }

    pub(super) fn index_waits(&self) -> bool {
        self.index_waits
    }

    /// Whether the last site that was whole has an index of the search that waits.
    pub fn has_index_waiting(&self) -> bool {
        self.site.index.is_behind()
    }

    /// Takes note that none but these files were touched since the last run: the next looks at no
    /// other. It holds until a run has read them: one that fails before leaves them to the next.
    pub fn told(&mut self, touched: Option<BTreeSet<String>>) {
        self.touched = Some(match self.touched.take() {
            None => touched,
            Some(unread) => unread.zip(touched).map(|(unread, now)| &unread | &now),
        });
    }

    /// Reads the files of a casebook again.
    pub(super) fn read(
        &mut self,
        root: &Path,
        settings: SourceFile,
        limits: Limits,
    ) -> Result<Sources, Failure> {
        let (before, touched) = (self.sources.take(), self.touched.take().flatten());
        let told = before.as_ref().zip(touched);
        told.and_then(|(before, touched)| before.touched(root, &settings, limits, &touched))
            .unwrap_or_else(|| Sources::read(root, settings, limits, before.as_ref()))
    }

    /// Whether the last run read what a later process could use, and did not know it.
    pub fn has_news(&self, began: SystemTime) -> bool {
        let sources = self.sources.as_ref();
        self.documents.has_news() || sources.is_some_and(|sources| sources.has_news(began))
    }

    /// Forgets what was made under other settings; the bytes of files are the same under all.
    pub(super) fn under(&mut self, settings: Key) {
        if self.settings != settings {
            let sources = self.sources.take();
            let index_waits = self.index_waits;
            let empty = Memory::with(self.store.clone());
            *self = Memory { settings, sources, index_waits, ..empty };
        }
    }
}

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
    index: Index,
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
        Compared { site: self, changed, by_address: OnceLock::new(), same_pages: OnceLock::new() }
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
    by_address: OnceLock<HashMap<&'m str, usize>>,
    same_pages: OnceLock<bool>,
}

impl Compared<'_> {
    /// Whether data files, which look at everything but bodies, are the same.
    pub fn data_is_same(&self) -> bool {
        self.changed.as_ref().is_some_and(|changed| !changed.but_for(BODY))
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Drafts, Request, Watch, rebuild};
    use crate::site::memory::{Filling, Held};
    use std::path::Path;
    use std::time::Duration;

    struct Silent;

    impl Watch for Silent {
        fn stage(&self, _name: &'static str) {}
        fn page(&self, _done: usize, _of: usize) {}
    }

    fn built(memory: &mut Memory) -> (Held, String) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
        let today = jiff::civil::date(2026, 6, 30);
        let request = Request { root, as_of: None, today, audience: None, drafts: Drafts::Hidden };
        let filling = Filling::after(None);
        let built = rebuild(&request, &Silent, &filling, memory).expect("the sample");
        (filling.whole(), format!("{:?}", built.diagnostics))
    }

    /// The disk's word can be wrong of a file that changes in that moment.
    #[test]
    fn what_is_not_as_it_was_said_to_be_is_read_anew() {
        let mut memory = Memory::default();
        let first = built(&mut memory);
        let later = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 32);
        let parts: Vec<Vec<u8>> = memory.stored(later).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        for other in ["content/units/it.md", "/post-mortem.md"] {
            let mut memory = Memory::restored(&parts).expect("what was stored");
            let files = &mut memory.sources.as_mut().expect("what was stored").files;
            let file = files.iter_mut().find(|file| file.path.ends_with(other));
            Arc::make_mut(file.expect("it is there")).key = Key::of("another text");
            let again = built(&mut memory);
            assert!(again.0.differences(&first.0).is_empty() && again.1 == first.1);
            assert!(memory.sources.expect("what was read").are_as_said());
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test makes a folder")]
    fn what_no_run_has_read_stays_touched() {
        let mut memory = Memory::default();
        let files = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect());
        memory.told(files(&["a.md"]));
        memory.told(files(&["b.md"]));
        assert_eq!(memory.touched, Some(files(&["a.md", "b.md"])));
        memory.told(None);
        memory.told(files(&["c.md"]));
        assert_eq!(memory.touched, Some(None), "one that is not known may be any");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("content")).expect("a folder");
        let settings = Sources::settings(folder.path()).expect("settings");
        memory.read(folder.path(), settings, Limits::default()).expect("nothing to read");
        memory.told(files(&["d.md"]));
        assert_eq!(memory.touched, Some(files(&["d.md"])), "a run has read the others");
    }
}
