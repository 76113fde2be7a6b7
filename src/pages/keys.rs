//! The keys of what pages look at, by which a page of the last run is known to be the same.

use super::Pages;
use crate::memo::{Key, Keys};

impl Pages<'_> {
    /// The keys of all that a page can look at; `cut` is the key of what the edition leaves out.
    pub fn keys(&self, cut: Key) -> Keys {
        let names: Vec<_> =
            self.names.iter().map(|(place, named)| (place.letter(), named)).collect();
        let mut keys = self.portfolio.keys(cut);
        let own = [
            Key::told(&names),
            Key::told(&*self.kpis),
            Key::told(&*self.quarters),
            Key::told(&*self.filters),
        ];
        keys.extend(own);
        keys
    }

    /// The key of what all pages share: where it is another, no page of another run is known.
    pub fn common(&self) -> Key {
        Key::told(&(
            &self.assets,
            self.portfolio.order(),
            self.portfolio.as_of,
            &self.portfolio.audience,
        ))
    }
}
