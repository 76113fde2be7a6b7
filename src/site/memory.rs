//! A site in memory: what `serve` shows, and the shelf that it is put on.
//!
//! In go the files of a site as they are made, out comes a [`Held`] that answers for an address.
//! What is the same as in the site before shares its memory. Nothing here touches the disk.

use super::Shelf;
use crate::diagnostics::Failure;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// A file of a site, and the key of its content.
#[derive(Clone, Debug)]
pub struct File {
    /// The key of the bytes.
    pub key: blake3::Hash,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// A whole site.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The files, by their path below the site's root.
    pub files: BTreeMap<String, File>,
}

impl Held {
    /// A file by its path below the site's root.
    pub fn file(&self, address: &str) -> Option<&File> {
        self.files.get(address)
    }

    /// The addresses at which another site has something else, or only one of the two anything.
    pub fn differences<'a>(&'a self, other: &'a Held) -> Vec<&'a str> {
        let differs = |(address, file): &(&String, &File)| {
            other.file(address).is_none_or(|theirs| theirs.key != file.key)
        };
        let own = self.files.iter().filter(differs).map(|(address, _)| address.as_str());
        let gone = other.files.keys().filter(|address| !self.files.contains_key(*address));
        let mut all: Vec<&str> = own.chain(gone.map(String::as_str)).collect();
        all.sort_unstable();
        all
    }
}

/// A site that is being made in memory.
#[derive(Debug)]
pub struct Filling<'b> {
    before: Option<&'b Held>,
    files: Mutex<BTreeMap<String, File>>,
}

impl<'b> Filling<'b> {
    /// Nothing yet; `before` is the site that this one follows.
    pub fn after(before: Option<&'b Held>) -> Filling<'b> {
        Filling { before, files: Mutex::default() }
    }

    fn put(&self, address: &str, file: File) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(address.to_string(), file);
    }

    /// The site, once all of it was taken.
    pub fn whole(self) -> Held {
        Held { files: self.files.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }
}

impl Shelf for Filling<'_> {
    fn begin(&self, _output: &str, _addresses: BTreeSet<String>) -> Result<(), Failure> {
        Ok(())
    }

    fn keep(&self, address: &str) -> Result<bool, Failure> {
        let before = self.before.and_then(|before| before.file(address));
        if let Some(same) = before {
            self.put(address, same.clone());
        }
        Ok(before.is_some())
    }

    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let key = blake3::hash(bytes);
        let before = self.before.and_then(|before| before.file(address));
        let file = match before.filter(|before| before.key == key) {
            Some(same) => same.clone(),
            None => File { key, bytes: bytes.into() },
        };
        self.put(address, file);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(before: Option<&Held>, files: &[(&str, &str)]) -> Held {
        let filling = Filling::after(before);
        filling.begin("public", BTreeSet::new()).expect("it begins");
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
    }

    #[test]
    fn what_is_the_same_shares_its_memory() {
        let before = held(None, &[("a.html", "1"), ("b.html", "2")]);
        let after = held(Some(&before), &[("a.html", "1"), ("b.html", "3")]);
        let bytes = |site: &Held, address: &str| site.file(address).expect("there").bytes.clone();
        assert!(Arc::ptr_eq(&bytes(&before, "a.html"), &bytes(&after, "a.html")));
        assert_eq!(&*bytes(&after, "b.html"), b"3");
        let kept = Filling::after(Some(&before));
        assert_eq!((kept.keep("a.html"), kept.keep("c.html")), (Ok(true), Ok(false)));
        let kept = kept.whole();
        assert!(Arc::ptr_eq(&bytes(&before, "a.html"), &bytes(&kept, "a.html")));
        assert_eq!(kept.files.len(), 1);
    }
}
