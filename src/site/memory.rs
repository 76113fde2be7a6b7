//! A site in memory: what `serve` shows, and the shelf that it is put on.
//!
//! In go the files of a site as they are made, out comes a [`Held`] that answers for an address.
//! What is the same as in the site before shares its memory. Nothing here touches the disk.

use super::edition::Edition;
use super::roll::Roll;
use super::{Shelf, Stretches};
use crate::diagnostics::Failure;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A file of a site, and the key of its content.
#[derive(Debug)]
pub struct File {
    /// The key of the bytes; of a file that came a stretch at a time, that of all their keys.
    pub key: blake3::Hash,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Whole(Arc<[u8]>),
    Long(Vec<Arc<Stretch>>),
}

/// A stretch of a long file, and the key of its bytes.
#[derive(Debug)]
struct Stretch {
    key: blake3::Hash,
    bytes: Vec<u8>,
}

impl Stretch {
    fn of(bytes: Vec<u8>) -> Stretch {
        Stretch { key: blake3::hash(&bytes), bytes }
    }
}

impl File {
    fn long(stretches: Vec<Arc<Stretch>>) -> File {
        let mut hasher = blake3::Hasher::new();
        stretches.iter().for_each(|stretch| {
            hasher.update(stretch.key.as_bytes());
        });
        File { key: hasher.finalize(), content: Content::Long(stretches) }
    }

    /// Whether the bytes are those of another; long ones may be the same in other stretches.
    fn says(&self, other: &File) -> bool {
        let (Content::Long(one), Content::Long(two)) = (&self.content, &other.content) else {
            return self.key == other.key;
        };
        let length = |stretches: &[Arc<Stretch>]| -> usize {
            stretches.iter().map(|stretch| stretch.bytes.len()).sum()
        };
        self.key == other.key || length(one) == length(two) && self.bytes() == other.bytes()
    }

    /// The bytes; those of a long file are put together where someone asks.
    pub fn bytes(&self) -> Arc<[u8]> {
        match &self.content {
            Content::Whole(bytes) => bytes.clone(),
            Content::Long(stretches) => stretches
                .iter()
                .map(|stretch| &stretch.bytes[..])
                .collect::<Vec<_>>()
                .concat()
                .into(),
        }
    }
}

/// A whole site.
#[derive(Clone, Debug, Default)]
pub struct Held {
    roll: Roll,
    /// The files, in the order of the roll.
    files: Vec<Arc<File>>,
}

impl Held {
    /// The site of files that are at hand.
    pub fn of(files: &[(&str, &[u8])]) -> Held {
        let filling = Filling::after(None);
        let begun = filling.begin(
            "",
            &Edition::default(),
            &files.iter().map(|(address, _)| *address).collect(),
        );
        begun.expect("memory takes any site");
        for (address, bytes) in files {
            filling.take(address, bytes).expect("memory takes any file");
        }
        filling.whole()
    }

    /// A file by its path below the site's root.
    pub fn file(&self, address: &str) -> Option<&File> {
        self.find(address).map(|(_, file)| file)
    }

    /// A file and its address, by that address.
    pub fn find(&self, address: &str) -> Option<(&str, &File)> {
        let at = self.roll.position(address)?;
        Some((self.roll.at(at), &*self.files[at]))
    }

    /// The addresses, in order.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.roll.iter().map(String::as_str)
    }

    /// The addresses at which another site has something else, or only one of the two anything.
    pub fn differences<'a>(&'a self, other: &'a Held) -> Vec<&'a str> {
        let same = |one: &Arc<File>, two: &Arc<File>| Arc::ptr_eq(one, two) || one.says(two);
        if self.roll == other.roll {
            let each = self.addresses().zip(self.files.iter().zip(&other.files));
            return each
                .filter(|(_, (one, two))| !same(one, two))
                .map(|(address, _)| address)
                .collect();
        }
        let own = self.addresses().zip(&self.files).filter(|(address, file)| {
            let theirs = other.roll.position(address).map(|at| &other.files[at]);
            theirs.is_none_or(|theirs| !same(file, theirs))
        });
        let gone = other.addresses().filter(|address| !self.roll.contains(address));
        let mut all: Vec<&str> = own.map(|(address, _)| address).chain(gone).collect();
        all.sort_unstable();
        all
    }
}

/// A site that is being made in memory.
#[derive(Debug)]
pub struct Filling<'b> {
    before: Option<&'b Held>,
    /// The site's addresses, and whether they are those of the site before.
    begun: OnceLock<(Roll, bool)>,
    /// What was taken, and what was kept of another roll, by its position.
    files: Mutex<Vec<(usize, Arc<File>)>>,
    /// How many were kept where they stood.
    kept: AtomicUsize,
}

impl<'b> Filling<'b> {
    /// Nothing yet; `before` is the site that this one follows.
    pub fn after(before: Option<&'b Held>) -> Filling<'b> {
        let (begun, files, kept) = (OnceLock::new(), Mutex::default(), AtomicUsize::new(0));
        Filling { before, begun, files, kept }
    }

    fn begun(&self) -> &(Roll, bool) {
        self.begun.get().expect("a site begins before its first file")
    }

    fn put(&self, address: &str, file: Arc<File>) {
        let at = self.begun().0.position(address).expect("the address was told at the beginning");
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push((at, file));
    }

    /// Puts what was made, where it is not what was there before.
    fn put_anew(&self, address: &str, key: blake3::Hash, bytes: impl FnOnce() -> Arc<[u8]>) {
        let file = match self.file_before(address).filter(|before| before.key == key) {
            Some(same) => same.clone(),
            None => Arc::new(File { key, content: Content::Whole(bytes()) }),
        };
        self.put(address, file);
    }

    /// The site, once all of it was taken.
    pub fn whole(self) -> Held {
        let mut taken = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (roll, same) = self.begun.into_inner().unwrap_or_default();
        let count = taken.len() + self.kept.into_inner();
        assert_eq!(count, roll.len(), "each address that was told was taken or kept, once");
        let files = match self.before.filter(|_| same) {
            Some(before) => {
                let mut files = before.files.clone();
                taken.into_iter().for_each(|(at, file)| files[at] = file);
                files
            }
            None => {
                taken.sort_unstable_by_key(|(at, _)| *at);
                taken.into_iter().map(|(_, file)| file).collect()
            }
        };
        Held { roll, files }
    }

    /// Puts a long file, where it is not what was there before.
    fn put_long(&self, address: &str, stretches: Vec<Arc<Stretch>>) {
        let file = File::long(stretches);
        let same = self.file_before(address).filter(|before| before.key == file.key).cloned();
        self.put(address, same.unwrap_or_else(|| Arc::new(file)));
    }

    fn long_before(&self, address: &str) -> Option<&[Arc<Stretch>]> {
        match &self.file_before(address)?.content {
            Content::Long(stretches) => Some(stretches),
            Content::Whole(_) => None,
        }
    }

    fn file_before(&self, address: &str) -> Option<&Arc<File>> {
        let before = self.before?;
        before.roll.position(address).map(|at| &before.files[at])
    }
}

impl Shelf for Filling<'_> {
    fn begin(&self, _output: &str, _edition: &Edition, roll: &Roll) -> Result<(), Failure> {
        let same = self.before.filter(|before| before.roll == *roll);
        // The same roll is held once, so that the next run need not compare it.
        let begun = same.map_or_else(|| (roll.clone(), false), |same| (same.roll.clone(), true));
        self.begun.set(begun).expect("a site begins once");
        Ok(())
    }

    fn keep(&self, address: &str) -> Result<bool, Failure> {
        if self.begun().1 {
            self.kept.fetch_add(1, Ordering::Relaxed);
            return Ok(true);
        }
        let before = self.file_before(address).cloned();
        let kept = before.is_some();
        before.into_iter().for_each(|same| self.put(address, same));
        Ok(kept)
    }

    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.put_anew(address, blake3::hash(bytes), || bytes.into());
        Ok(())
    }

    fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        let before = self.long_before(address).unwrap_or_default();
        let each = stretches.enumerate().map(|(nth, bytes)| {
            let stretch = Stretch::of(bytes);
            let same = before.get(nth).filter(|before| before.key == stretch.key);
            same.cloned().unwrap_or_else(|| Arc::new(stretch))
        });
        self.put_long(address, each.collect());
        Ok(())
    }

    fn stretches(&self, address: &str) -> Option<usize> {
        self.long_before(address).map(<[_]>::len)
    }

    fn take_changed(&self, address: &str, stretches: Vec<Option<Vec<u8>>>) -> Result<(), Failure> {
        let before = self.long_before(address).expect("it was told that there are stretches");
        assert_eq!(before.len(), stretches.len(), "as many as were told");
        let each = stretches.into_iter().zip(before).map(|(made, before)| match made {
            Some(bytes) => Arc::new(Stretch::of(bytes)),
            None => before.clone(),
        });
        self.put_long(address, each.collect());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(before: Option<&Held>, files: &[(&str, &str)]) -> Held {
        let filling = Filling::after(before);
        let roll = files.iter().map(|(address, _)| *address).collect();
        filling.begin("public", &Edition::default(), &roll).expect("it begins");
        for (address, text) in files {
            filling.take(address, text.as_bytes()).expect("it is taken");
        }
        filling.whole()
    }

    #[test]
    fn what_was_changed_added_and_removed_differs() {
        let before = held(None, &[("a.html", "1"), ("b.html", "2"), ("c.html", "3")]);
        let after = held(Some(&before), &[("b.html", "2"), ("c.html", "4"), ("d.html", "5")]);
        assert_eq!(after.differences(&before), ["a.html", "c.html", "d.html"]);
        assert_eq!(after.differences(&after), [""; 0]);
        let again = held(Some(&after), &[("b.html", "2"), ("c.html", "6"), ("d.html", "5")]);
        assert_eq!(again.differences(&after), ["c.html"]);
    }

    #[test]
    fn what_is_the_same_shares_its_memory() {
        let before = held(None, &[("a.html", "1"), ("b.html", "2")]);
        let after = held(Some(&before), &[("a.html", "1"), ("b.html", "3")]);
        let bytes = |site: &Held, address: &str| site.file(address).expect("there").bytes();
        assert!(Arc::ptr_eq(&bytes(&before, "a.html"), &bytes(&after, "a.html")));
        assert_eq!(&*bytes(&after, "b.html"), b"3");
        for others in [&["a.html", "b.html"][..], &["a.html", "c.html"]] {
            let kept = Filling::after(Some(&before));
            kept.begin("public", &Edition::default(), &others.iter().copied().collect())
                .expect("it begins");
            assert_eq!(kept.keep("a.html"), Ok(true));
            kept.take(others[1], b"4").expect("it is taken");
            let kept = kept.whole();
            assert!(Arc::ptr_eq(&bytes(&before, "a.html"), &bytes(&kept, "a.html")));
            assert_eq!(&*bytes(&kept, others[1]), b"4");
            assert_eq!(kept.addresses().count(), 2);
        }
        let other = Filling::after(Some(&before));
        other
            .begin("public", &Edition::default(), &["c.html"].into_iter().collect())
            .expect("it begins");
        assert_eq!(other.keep("c.html"), Ok(false));
    }

    /// A project that is added moves others from one stretch into the next.
    #[test]
    fn a_long_file_is_the_same_in_whatever_stretches_it_came() {
        let long = |texts: &[&str]| {
            let filling = Filling::after(None);
            filling
                .begin("public", &Edition::default(), &["a.csv"].into_iter().collect())
                .expect("it begins");
            let stretches: Vec<_> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
            filling.take_long("a.csv", Box::new(stretches.into_iter())).expect("it is taken");
            filling.whole()
        };
        let site = long(&["ab", "c"]);
        assert_eq!(site.differences(&long(&["a", "bc"])), [""; 0]);
        assert_eq!(site.differences(&long(&["a", "bd"])), ["a.csv"]);
    }

    #[test]
    fn a_stretch_that_is_kept_is_that_of_the_file_before() {
        let roll: Roll = ["a.csv"].into_iter().collect();
        let begun = |before| {
            let filling = Filling::after(before);
            filling.begin("public", &Edition::default(), &roll).expect("it begins");
            filling
        };
        let stretches = |texts: [&str; 3]| texts.map(|text| text.as_bytes().to_vec()).into_iter();
        let first = begun(None);
        assert_eq!(first.stretches("a.csv"), None);
        first.take_long("a.csv", Box::new(stretches(["a", "b", "c"]))).expect("it is taken");
        let first = first.whole();
        let second = begun(Some(&first));
        assert_eq!(second.stretches("a.csv"), Some(3));
        second.take_changed("a.csv", vec![None, Some(b"B".to_vec()), None]).expect("it is taken");
        let second = second.whole();
        assert_eq!(&*second.file("a.csv").expect("it is there").bytes(), b"aBc");
        assert_eq!(second.differences(&first), ["a.csv"]);
        let third = begun(Some(&second));
        third.take_long("a.csv", Box::new(stretches(["a", "B", "c"]))).expect("it is taken");
        assert!(third.whole().differences(&second).is_empty());
    }

    #[test]
    #[should_panic(expected = "taken or kept")]
    fn a_file_that_was_told_and_not_brought_is_a_bug() {
        let before = held(None, &[("a.html", "1"), ("b.html", "2")]);
        let filling = Filling::after(Some(&before));
        filling.begin("public", &Edition::default(), &before.roll).expect("it begins");
        assert_eq!(filling.keep("a.html"), Ok(true));
        filling.whole();
    }
}
