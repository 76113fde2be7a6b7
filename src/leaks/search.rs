//! The search: all forms of all secrets, looked for at once in any bytes.

use super::secret::Secret;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use std::collections::{BTreeMap, BTreeSet};

/// What looks for secrets.
#[derive(Clone, Debug)]
pub(super) struct Search {
    engine: AhoCorasick,
    /// Whose form each of the engine's patterns is.
    whose: Vec<Whose>,
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
        let whose: Vec<Whose> = forms.values().cloned().collect();
        // Case is let go, for addresses and some headings are written small.
        let mut builder = AhoCorasickBuilder::new();
        let builder = builder.ascii_case_insensitive(true);
        // It fails only beyond two thousand million letters.
        let engine = builder.build(forms.keys()).ok().filter(|_| !whose.is_empty())?;
        Some(Search { engine, whose })
    }

    /// The secrets that stand in these bytes.
    pub fn found(&self, bytes: &[u8]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for met in self.engine.find_overlapping_iter(bytes) {
            let whose = &self.whose[met.pattern().as_usize()];
            found.extend(&whose.texts);
            if !whose.numbers.is_empty() && stands_alone(bytes, met.start(), met.end()) {
                found.extend(&whose.numbers);
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
        search.found(text.as_bytes()).into_iter().collect()
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
