//! What the templates of a page ask for: a part of a view that none of them names is not made.

use foldhash::HashSet;
use std::sync::Arc;

/// The names that templates ask for; all that there are, unless it is known which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked(Option<Arc<HashSet<String>>>);

impl Asked {
    /// No other names than these.
    pub fn only(names: HashSet<String>) -> Asked {
        Asked(Some(Arc::new(names)))
    }

    /// Whether a name is asked for.
    pub fn has(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }

    /// A part of a view, if any name that it is shown by is asked for; else what stands where there
    /// is none.
    pub(super) fn made<T: Default>(&self, names: &[&str], make: impl FnOnce() -> T) -> T {
        if names.iter().any(|name| self.has(name)) { make() } else { T::default() }
    }
}
