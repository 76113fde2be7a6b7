//! What is long to make and is kept in `.casebook` from process to process: copies of pictures and
//! share cards, a file each, named by the key of what it is made of.
//!
//! It is believed only where it is whole and this program made it. After a build, what the site of no
//! edition has is removed.

use crate::memo::store::Store;
use crate::memo::{Key, parcel};
use crate::site::cache;
use crate::sources::Sources;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What is kept in a casebook's folder.
#[derive(Debug)]
pub struct Kept {
    root: PathBuf,
    program: Option<Key>,
    how: How,
    /// What the site of this run has.
    used: Mutex<BTreeSet<Key>>,
    /// What this run made.
    made: Mutex<BTreeSet<Key>>,
}

/// What may be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is looked into, and nothing is made and added.
    Looking,
    /// What is not there is added.
    Keeping,
    /// All is made anew, and takes the place of what is there.
    Anew,
}

/// What stands before the key of something that was made (`made-of-…` is what a site was made of, and
/// no one's to sweep), and before the name of an edition whose
/// site has some of these.
const MADE: &str = "drawn-";
const USED: &str = "used-";

impl Kept {
    /// What is kept in a casebook's folder, of this program.
    pub fn of(root: &Path, program: Option<Key>, how: How) -> Kept {
        let (used, made) = (Mutex::default(), Mutex::default());
        Kept { root: root.into(), program, how, used, made }
    }

    /// Notes what the site of an edition has, and removes what that of none has; where the disk does
    /// not let it, the next build does.
    pub fn sweep(&self, edition: &str) {
        let Some(program) = self.program else { return };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let added = !self.made.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        let name = format!("{USED}{edition}");
        if !added && self.listed(&name).unwrap_or_default() == used {
            return;
        }
        let list = postcard::to_stdvec(&used).expect("keys are plain data");
        let bytes = parcel::tied(&[program], std::iter::once(list));
        if cache::put(&self.root, &name, Box::new(bytes)).is_err() {
            return;
        }
        let names = cache::names(&self.root);
        let mut all = BTreeSet::new();
        for list in names.iter().filter(|name| name.starts_with(USED)) {
            match self.listed(list) {
                Some(keys) => all.extend(keys.into_iter().map(named)),
                // Another program does not find what this one keeps, and this one not what it kept.
                None => cache::remove(&self.root, list),
            }
        }
        let gone = names.iter().filter(|name| name.starts_with(MADE) && !all.contains(*name));
        gone.for_each(|name| cache::remove(&self.root, name));
    }

    /// What the list of an edition names, if this program wrote it.
    fn listed(&self, name: &str) -> Option<BTreeSet<Key>> {
        let bytes = Sources::put_away(&self.root, name)?;
        let [list] = parcel::untied(&[self.program?], &bytes)?[..] else { return None };
        postcard::from_bytes(list).ok()
    }
}

fn named(key: Key) -> String {
    format!("{MADE}{:032x}", key.number())
}

impl Store for Kept {
    fn find(&self, key: Key) -> Option<Arc<[u8]>> {
        self.uses(key);
        let program = self.program.filter(|_| self.how != How::Anew)?;
        let bytes = Sources::put_away(&self.root, &named(key))?;
        let [made] = parcel::untied(&[program, key], &bytes)?[..] else { return None };
        Some(made.into())
    }

    fn keep(&self, key: Key, made: &Arc<[u8]>) {
        let Some(program) = self.program.filter(|_| self.how != How::Looking) else { return };
        // Two pictures can be one: only one thread writes it.
        if self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(key) {
            let bytes = parcel::tied(&[program, key], std::iter::once(made.to_vec()));
            // Where it cannot be kept, it is made again.
            let _ = cache::put(&self.root, &named(key), Box::new(bytes));
        }
    }

    fn makes(&self) -> bool {
        self.how != How::Looking
    }

    fn uses(&self, key: Key) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_by_the_program_that_made_it_and_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let (this, that) = (Some(Key::of("this")), Some(Key::of("that")));
        let kept = |program, how| Kept::of(folder.path(), program, how);
        let (key, made): (Key, Arc<[u8]>) = (Key::of("a"), b"made"[..].into());
        kept(this, How::Looking).keep(key, &made);
        assert_eq!(kept(this, How::Keeping).find(key), None, "who looks adds nothing");
        kept(this, How::Keeping).keep(key, &made);
        assert_eq!(kept(this, How::Looking).find(key), Some(made));
        assert_eq!(kept(that, How::Looking).find(key), None);
        assert_eq!(kept(None, How::Looking).find(key), None);
        assert_eq!(kept(this, How::Anew).find(key), None);
        let half = Box::new(std::iter::once(b"half".to_vec()));
        cache::put(folder.path(), &named(key), half).expect("it is put away");
        assert_eq!(kept(this, How::Looking).find(key), None);
    }

    #[test]
    fn what_the_site_of_no_edition_has_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let this = |name: &str| Some(Key::of(name));
        let made: Arc<[u8]> = b"made"[..].into();
        let built = |program: &str, edition: &str, keys: &[&str]| {
            let kept = Kept::of(folder.path(), this(program), How::Keeping);
            for key in keys.iter().map(Key::of) {
                if kept.find(key).is_none() {
                    kept.keep(key, &made);
                }
            }
            kept.sweep(edition);
        };
        let there = |keys: &[&str]| {
            let names =
                cache::names(folder.path()).into_iter().filter(|name| name.starts_with(MADE));
            assert_eq!(
                names.collect::<BTreeSet<_>>(),
                keys.iter().map(|key| named(Key::of(key))).collect()
            );
        };
        built("this", "board", &["a", "b"]);
        built("this", "internal", &["b", "c"]);
        there(&["a", "b", "c"]);
        built("this", "board", &["b"]);
        there(&["b", "c"]);
        built("this", "internal", &[]);
        there(&["b"]);
        built("that", "board", &["d"]);
        there(&["d"]);
    }
}
