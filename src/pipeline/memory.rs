//! What one run remembers for the next: files, documents, and what each page looked at.
//!
//! Nothing in it is needed: a run without it makes the same site, byte for byte.

use super::last::Site;
use super::linked::Linked;
use crate::diagnostics::Failure;
use crate::documents::{self, Bring};
use crate::leaks;
use crate::memo::Key;
use crate::memo::store::{Nowhere, Store};
use crate::pages::Gathered;
use crate::portfolio::references;
use crate::sources::{Limits, SourceFile, Sources};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
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
