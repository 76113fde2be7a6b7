//! A store: what is long to make and small to keep, from one process to the next, each by the key of
//! all that it is made of. Whether anything is there changes no byte of a site.

use super::Key;
use std::fmt::Debug;
use std::sync::Arc;

/// Keeps what was made.
pub trait Store: Debug + Send + Sync {
    /// What was made of this key, whole and by this program; none, where nothing is kept of it.
    fn find(&self, key: Key) -> Option<Arc<[u8]>>;
    /// Keeps what was made.
    fn keep(&self, key: Key, made: &Arc<[u8]>);
    /// Whether anything is made at all; who only looks for mistakes needs to know that it could be.
    fn makes(&self) -> bool {
        true
    }
    /// Takes note that a site has what was made of this key, though no one asked for it.
    fn uses(&self, key: Key);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Store for Nowhere {
    fn find(&self, _key: Key) -> Option<Arc<[u8]>> {
        None
    }

    fn keep(&self, _key: Key, _made: &Arc<[u8]>) {}

    fn uses(&self, _key: Key) {}
}

impl dyn Store + '_ {
    /// What is kept of a key, or what is made of it now; nothing is kept of what cannot be made.
    pub fn find_or<E>(
        &self,
        key: Key,
        make: impl FnOnce() -> Result<Arc<[u8]>, E>,
    ) -> Result<Arc<[u8]>, E> {
        if let Some(kept) = self.find(key) {
            return Ok(kept);
        }
        let made = make()?;
        self.keep(key, &made);
        Ok(made)
    }
}
