//! What is known from the last run of what is hidden, so that no file is opened again for it that is
//! as it was.
//!
//! All of it follows from the files: another run without it finds the same.

use super::hidden::Hidden;
use super::search::Search;
use super::secret::Secret;
use super::without::masked;
use crate::diagnostics::{FileId, Place, Span};
use crate::memo::Key;
use crate::sources::{Kind, SourceFile, Sources};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The secrets that a file tells, by their positions, and where.
type Told = Vec<(usize, Span)>;

/// What one run knows for the next.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Known {
    /// The key of all files in which something is hidden, and of who may see what.
    pub(super) of: Key,
    pub(super) hidden: Hidden,
    pub(super) secrets: Vec<Secret>,
    /// By the key of each file that was looked through, what it tells.
    told: BTreeMap<Key, Told>,
}

impl Known {
    /// What was found in files of this key; nothing yet.
    pub(super) fn new(of: Key, hidden: Hidden, secrets: Vec<Secret>) -> Known {
        Known { of, hidden, secrets, told: BTreeMap::new() }
    }

    /// The secrets that files tell which the circle may see, each with where the first of
    /// those files does.
    pub(super) fn told_in_the_open(
        &mut self,
        hidden: &Hidden,
        sources: &Sources,
    ) -> BTreeMap<usize, Place> {
        let Some(search) = Search::of(self.secrets.iter().enumerate()) else {
            return BTreeMap::new();
        };
        let files = sources.files.par_iter().enumerate();
        let each = files.filter_map(|(at, file)| {
            let id = FileId::nth(at);
            if hidden.files.contains_key(&id) {
                return None;
            }
            let key = Key::all([Key::of(&file.path), file.key]);
            let told = self.told.get(&key).cloned();
            Some((id, key, told.unwrap_or_else(|| self.told_in(&search, id, file))))
        });
        let each: Vec<(FileId, Key, Told)> = each.collect();
        let mut first = BTreeMap::new();
        for (id, _, told) in &each {
            for (nth, span) in told {
                first.entry(*nth).or_insert(id.at(*span));
            }
        }
        self.told = each.into_iter().map(|(_, key, told)| (key, told)).collect();
        first
    }

    fn told_in(&self, search: &Search, id: FileId, file: &SourceFile) -> Told {
        let text = file.text().or_else(|| std::str::from_utf8(file.bytes()).ok());
        let text = masked(text.unwrap_or_default(), self.hidden.parts.get(&id));
        // Its name is an address, which others may name.
        let mut found = search.found(file.path.as_bytes());
        found.values_mut().for_each(|at| *at = 0);
        found.extend(search.found(text.as_bytes()));
        // The measures of a style are no figures of a casebook.
        let theme = file.kind == Kind::Theme;
        let found = found.into_iter().filter(|(nth, _)| !(theme && self.secrets[*nth].is_number));
        found.map(|(nth, at)| (nth, Span::new(at, at))).collect()
    }
}
