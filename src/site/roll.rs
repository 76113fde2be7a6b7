//! The roll: the addresses of all files of a site, each once, in order; all who need it share it.

use std::sync::Arc;

/// The addresses of a site's files.
#[derive(Clone, Debug, Default)]
pub struct Roll(Arc<[String]>);

impl Roll {
    /// Where an address stands in it.
    pub fn position(&self, address: &str) -> Option<usize> {
        self.0.binary_search_by(|own| own.as_str().cmp(address)).ok()
    }

    /// The address at a place of it.
    pub fn at(&self, position: usize) -> &str {
        &self.0[position]
    }

    /// Whether an address is in it.
    pub fn contains(&self, address: &str) -> bool {
        self.position(address).is_some()
    }

    /// The addresses, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PartialEq for Roll {
    fn eq(&self, other: &Roll) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl<S: Into<String>> FromIterator<S> for Roll {
    fn from_iter<I: IntoIterator<Item = S>>(addresses: I) -> Roll {
        let mut all: Vec<String> = addresses.into_iter().map(Into::into).collect();
        all.sort_unstable();
        all.dedup();
        Roll(all.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_place_once() {
        let roll: Roll = ["b", "a", "b"].into_iter().collect();
        assert_eq!(roll.iter().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((roll.position("b"), roll.position("c"), roll.len()), (Some(1), None, 2));
        assert_eq!(roll, ["a", "b"].into_iter().collect());
        assert_ne!(roll, Roll::default());
        assert!(roll.contains("a") && Roll::default().is_empty());
    }
}
