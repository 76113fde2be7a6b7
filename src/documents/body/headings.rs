//! Headings of a body: stable ids, levels without gaps, and the keys that a section stands for.

use super::Fills;
use crate::documents::id::slug;
use crate::documents::text::without_controls;
use foldhash::HashMap;
use serde::{Deserialize, Serialize};

/// A heading, for the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its level on the page: 2 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Gives out ids and levels.
#[derive(Debug)]
pub(super) struct Headings {
    top: u8,
    last: u8,
    /// How far the body's levels are moved, known from its first heading.
    shift: Option<i8>,
    taken: HashMap<String, u32>,
    prefix: &'static str,
    /// Ids that the page has already.
    others: Vec<String>,
}

/// The ids that pages have around a body.
const AROUND: [&str; 11] = [
    "main",
    "part-results",
    "part-money",
    "part-stages",
    "part-post-mortem",
    "part-actions",
    "shape-met",
    "shape-way",
    "shape-near",
    "shape-miss",
    "shape-none",
];

impl Headings {
    pub fn new(top: u8, prefix: &'static str, others: &[String]) -> Headings {
        let (taken, others) = (HashMap::default(), others.to_vec());
        Headings { top, last: top - 1, shift: None, taken, prefix, others }
    }

    /// The level on the page of a heading that the writer gave a level: never above the top, never
    /// more than one below the last.
    pub fn level(&mut self, written: u8) -> u8 {
        let (top, written) = (self.top.cast_signed(), written.cast_signed());
        let shift = *self.shift.get_or_insert(top - written.min(2));
        let level = (written + shift).clamp(top, 6).cast_unsigned().min(self.last + 1);
        self.last = level;
        level
    }

    /// An id that no heading of the body has yet, nor anything else on its page, made of its words.
    pub fn id(&mut self, words: &str, given: Option<&str>) -> String {
        let base = match given {
            Some(given) => without_controls(given).unwrap_or_else(|| given.to_string()),
            None => slug(words),
        };
        let base = if base.is_empty() { "section".to_string() } else { base };
        let mut id = match self.prefix {
            // Those of a post-mortem's own file begin so, and that may stand on the same page.
            "" if base.starts_with("post-mortem-") => format!("section-{base}"),
            "" => base,
            prefix => format!("{prefix}{base}"),
        };
        if self.is_taken(&id) {
            let base = id.clone();
            while self.is_taken(&id) {
                let count = self.taken.entry(base.clone()).or_insert(0);
                *count += 1;
                id = format!("{base}-{count}");
            }
        }
        self.taken.insert(id.clone(), 0);
        id
    }

    fn is_taken(&self, id: &str) -> bool {
        // A footnote's is its number, and the way back to it.
        let note = |start: &str| id.strip_prefix(self.prefix)?.strip_prefix(start);
        let note = note("fn-").or_else(|| note("fnref-"));
        self.taken.contains_key(id)
            || AROUND.contains(&id)
            || self.others.iter().any(|other| other == id)
            || note.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    }

    pub fn into_ids(self) -> Vec<String> {
        let mut ids: Vec<_> = self.taken.into_keys().collect();
        ids.sort();
        ids
    }
}

/// The key that a heading's words stand for.
pub(super) fn fills(words: &str, table: &[(String, Fills)]) -> Option<Fills> {
    let words = words.trim().trim_end_matches([':', '?']).to_lowercase();
    table.iter().find(|(heading, _)| *heading == words).map(|(_, fills)| *fills)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_no_gaps_and_begin_at_the_top() {
        let levels = |top, written: &[u8]| {
            let mut headings = Headings::new(top, "", &[]);
            written.iter().map(|level| headings.level(*level)).collect::<Vec<_>>()
        };
        assert_eq!(levels(2, &[2, 3, 2, 4]), [2, 3, 2, 3]);
        assert_eq!(levels(3, &[2, 3, 2]), [3, 4, 3]);
        assert_eq!(levels(2, &[1, 2, 3]), [2, 3, 4]);
        assert_eq!(levels(3, &[4, 2]), [3, 3]);
    }

    #[test]
    fn ids_are_unique_and_stable() {
        let mut headings = Headings::new(2, "", &["kpi-days".into()]);
        assert_eq!(headings.id("What we did", None), "what-we-did");
        assert_eq!(headings.id("What we did", None), "what-we-did-1");
        assert_eq!(headings.id("What we did", None), "what-we-did-2");
        assert_eq!(headings.id("???", None), "section");
        assert_eq!(headings.id("Main", None), "main-1");
        assert_eq!(headings.id("Main", Some("main")), "main-2");
        assert_eq!(headings.id("KPI: days", None), "kpi-days-1");
        assert_eq!(headings.id("Fn 3", None), "fn-3-1");
        assert_eq!(headings.id("Post-mortem notes", None), "section-post-mortem-notes");
    }
}
