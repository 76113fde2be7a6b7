//! The search: all forms of all secrets, looked for at once in any bytes.
//!
//! The engine looks for how each form begins, and what follows is held against the whole form where
//! that is met: it would be as large as all hidden texts together otherwise, and slow.

use super::secret::Secret;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use std::collections::BTreeMap;

/// With so many bytes of a form the engine is content.
const BEGINNING: usize = 20;

/// What looks for secrets.
#[derive(Clone, Debug)]
pub(super) struct Search {
    engine: AhoCorasick,
    /// The forms that begin with each of the engine's patterns.
    forms: Vec<Vec<Form>>,
}

/// A way in which secrets could be printed.
#[derive(Clone, Debug)]
struct Form {
    /// What follows its beginning.
    rest: Box<[u8]>,
    whose: Whose,
}

#[derive(Clone, Debug, Default)]
struct Whose {
    /// Secrets for which it may stand within other words.
    texts: Vec<usize>,
    /// Secrets for which it must stand alone.
    numbers: Vec<usize>,
}

impl Search {
    /// A search for secrets, by their positions; none where there is nothing to look for.
    pub fn of<'s>(secrets: impl Iterator<Item = (usize, &'s Secret)>) -> Option<Search> {
        let mut forms: BTreeMap<&str, Whose> = BTreeMap::new();
        for (nth, secret) in secrets {
            for form in &secret.forms {
                let whose = forms.entry(form).or_default();
                if secret.is_number { &mut whose.numbers } else { &mut whose.texts }.push(nth);
            }
        }
        // Case is let go, for addresses and some headings are written small.
        let mut beginnings: BTreeMap<Vec<u8>, Vec<Form>> = BTreeMap::new();
        for (form, whose) in forms {
            let (beginning, rest) = form.as_bytes().split_at(BEGINNING.min(form.len()));
            let form = Form { rest: rest.into(), whose };
            beginnings.entry(beginning.to_ascii_lowercase()).or_default().push(form);
        }
        let (beginnings, forms): (Vec<_>, Vec<_>) = beginnings.into_iter().unzip();
        let mut builder = AhoCorasickBuilder::new();
        let builder = builder.ascii_case_insensitive(true);
        // It fails only beyond two thousand million letters.
        let engine = builder.build(beginnings).ok().filter(|_| !forms.is_empty())?;
        Some(Search { engine, forms })
    }

    /// The secrets that stand in these bytes, and where each begins first.
    pub fn found(&self, bytes: &[u8]) -> BTreeMap<usize, usize> {
        let mut found = BTreeMap::new();
        let mut add = |secrets: &[usize], at: usize| {
            for nth in secrets {
                found
                    .entry(*nth)
                    .and_modify(|first: &mut usize| *first = at.min(*first))
                    .or_insert(at);
            }
        };
        for met in self.engine.find_overlapping_iter(bytes) {
            for Form { rest, whose } in &self.forms[met.pattern().as_usize()] {
                let end = met.end() + rest.len();
                let follows = bytes.get(met.end()..end);
                if !follows.is_some_and(|bytes| bytes.eq_ignore_ascii_case(rest)) {
                    continue;
                }
                add(&whose.texts, met.start());
                if !whose.numbers.is_empty() && stands_alone(bytes, met.start(), end) {
                    add(&whose.numbers, met.start());
                }
            }
        }
        found
    }
}

/// Whether a number is not a part of a longer one, nor of a word.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let at = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let (before, after) = (at(start.checked_sub(1)), at(Some(end)));
    let goes_on = |sign: u8, next: u8| matches!(sign, b',' | b'.') && next.is_ascii_digit();
    !before.is_ascii_alphanumeric()
        && !after.is_ascii_alphanumeric()
        && !goes_on(before, at(start.checked_sub(2)))
        && !goes_on(after, at(end.checked_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;

    fn found(text: &str) -> Vec<usize> {
        let secret = |forms: &[&str], is_number| Secret {
            place: Place::default(),
            forms: forms.iter().map(ToString::to_string).collect(),
            is_number,
        };
        let secrets = [
            secret(&["870000", "870,000", "870k"], true),
            secret(&["The Secret-Heron flew"], false),
            secret(&["secret-heron"], false),
        ];
        let search = Search::of(secrets.iter().enumerate()).expect("there are forms");
        search.found(text.as_bytes()).into_keys().collect()
    }

    #[test]
    fn a_long_text_is_met_only_as_a_whole() {
        let secret = |form: &str| Secret {
            place: Place::default(),
            forms: vec![form.into()],
            is_number: false,
        };
        let secrets = ["The heron flew over the desk", "The heron flew over the desert at dawn"];
        let secrets = secrets.map(secret);
        let search = Search::of(secrets.iter().enumerate()).expect("there are forms");
        let found = |text: &str| search.found(text.as_bytes()).into_iter().collect::<Vec<_>>();
        assert_eq!(found("x The heron flew over the desk, twice"), [(0, 2)]);
        assert_eq!(found("the-heron; THE HERON FLEW OVER THE DESERT AT DAWN"), [(1, 11)]);
        for text in ["The heron flew over the des", "The heron flew over the desert at noon"] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_number_stands_alone_and_a_text_anywhere() {
        for text in ["870000", "$870,000.", ">870k<", "870000, 5", "x 870,000,", "870,000"] {
            assert_eq!(found(text), [0], "{text}");
        }
        for text in
            ["1870000", "8700001", "1,870,000", "870,000.5", "870,000,000", "870kg", "a870k"]
        {
            assert_eq!(found(text), [0; 0], "{text}");
        }
        assert_eq!(found("<b>the secret-heron flew off"), [1, 2]);
        assert_eq!(found("tags/secret-heron-1/"), [2]);
        assert!(Search::of(std::iter::empty()).is_none());
    }
}
