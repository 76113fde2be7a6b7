//! Lists from A to Z: their pages of 200 names, and the links to each letter.

use super::view::{AlphabetView, LetterLink, LetterView, NameView};
use super::{Here, ROWS, list};
use crate::portfolio::alphabet::Place;

/// A list of fewer names needs no links to letters.
const FEW_NAMES: usize = 20;

/// A list in the order of its names.
pub(super) struct Alphabet<'n, T> {
    /// The address of its first page.
    pub first: &'n str,
    /// What it lists: `Tags`.
    pub what: &'static str,
    /// The names, sorted by their places.
    pub names: &'n [(Place, T)],
}

impl<T> Alphabet<'_, T> {
    /// Its nth page, seen from there.
    pub fn page(&self, here: &Here<'_>, nth: usize, show: impl Fn(&T) -> NameView) -> AlphabetView {
        let mut groups: Vec<LetterView> = Vec::new();
        let mut current = None;
        for (place, one) in self.names.iter().skip((nth - 1) * ROWS).take(ROWS) {
            let letter = place.letter();
            if current != Some(letter) {
                let names = Vec::new();
                groups.push(LetterView { label: label(letter), id: id(letter), names });
                current = Some(letter);
            }
            groups.last_mut().expect("a letter was just begun").names.push(show(one));
        }
        AlphabetView {
            letters: self.letters(here, nth),
            groups,
            listing: list::listing(here, self.first, nth, (self.names.len(), self.what)),
        }
    }

    fn letters(&self, here: &Here<'_>, nth: usize) -> Vec<LetterLink> {
        let mut links = Vec::new();
        if self.names.len() < FEW_NAMES {
            return links;
        }
        let mut at = 0;
        while let Some((place, _)) = self.names.get(at) {
            let letter = place.letter();
            let page = at / ROWS + 1;
            let mut href = format!("#{}", id(letter));
            if page != nth {
                href = format!("{}{href}", here.to(&list::page(self.first, page)));
            }
            links.push(LetterLink { label: label(letter), href });
            at += self.names[at..].partition_point(|(other, _)| other.letter() == letter);
        }
        links
    }
}

fn label(letter: Option<char>) -> String {
    letter.map_or_else(|| "0–9".into(), String::from)
}

fn id(letter: Option<char>) -> String {
    match letter {
        Some(letter) => format!("letter-{}", letter.to_lowercase()),
        None => "letter-none".into(),
    }
}
