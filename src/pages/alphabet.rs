//! Lists from A to Z: their pages of 200 names, and the links to each letter.

use super::view::{AlphabetView, LetterLink, LetterView, NameView};
use super::{Here, ROWS, list};

/// A list of fewer names needs no links to letters.
const FEW_NAMES: usize = 20;

/// A list in the order of its names.
pub(super) struct Alphabet<'n, T> {
    /// The address of its first page.
    pub first: &'n str,
    /// What it lists: `Tags`.
    pub what: &'static str,
    /// The names, in their order.
    pub names: &'n [T],
    /// The letter under which each stands.
    pub letter: &'n dyn Fn(&T) -> Option<char>,
}

impl<T> Alphabet<'_, T> {
    /// Its nth page, seen from there.
    pub fn page(&self, here: &Here<'_>, nth: usize, show: impl Fn(&T) -> NameView) -> AlphabetView {
        let mut groups: Vec<LetterView> = Vec::new();
        let mut current = None;
        for one in self.names.iter().skip((nth - 1) * ROWS).take(ROWS) {
            let letter = (self.letter)(one);
            if current != Some(letter) {
                let names = Vec::new();
                groups.push(LetterView { label: label(letter), id: anchor(letter), names });
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

    /// Links to all letters, seen from its nth page.
    pub fn letters(&self, here: &Here<'_>, nth: usize) -> Vec<LetterLink> {
        let mut links = Vec::new();
        if self.names.len() < FEW_NAMES {
            return links;
        }
        let mut at = 0;
        while let Some(one) = self.names.get(at) {
            let letter = (self.letter)(one);
            let page = at / ROWS + 1;
            let mut href = format!("#{}", anchor(letter));
            if page != nth {
                href = format!("{}{href}", here.to(&list::page(self.first, page)));
            }
            links.push(LetterLink { label: label(letter), href });
            at += self.names[at..].partition_point(|other| (self.letter)(other) == letter);
        }
        links
    }
}

fn label(letter: Option<char>) -> String {
    letter.map_or_else(|| "0–9".into(), String::from)
}

/// The place of a letter on its page.
pub(super) fn anchor(letter: Option<char>) -> String {
    match letter {
        Some(letter) => format!("letter-{}", letter.to_lowercase()),
        None => "letter-none".into(),
    }
}
