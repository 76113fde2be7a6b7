//! The shelf: what was read of each file in another run, so that it is not read again.
//!
//! It can be stored for another process, in parts that are made and taken apart by many threads.

use super::write_up;
use crate::diagnostics::Diagnostic;
use crate::memo::Key;
use crate::sources::SourceFile;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// What was read in another run: a file that says the same is not read again.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By the number of the file.
    pub(super) read: Vec<Option<Read>>,
    /// Whether it holds what was not there before.
    pub(super) has_news: bool,
}

/// A file as it was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Read {
    /// The file, and the key of all that it was read from.
    pub of: (String, Key),
    pub one: write_up::One,
    /// What is wrong with it, so that it is told again.
    pub said: Vec<Diagnostic>,
}

impl Read {
    /// Whether it was read from this file, and all else that has this key.
    pub fn is_of(&self, file: &SourceFile, key: Key) -> bool {
        self.of.1 == key && self.of.0 == file.path
    }
}

/// So many files make a part.
const PART: usize = 64;

/// So many parts are made at once.
const AT_ONCE: usize = 16;

impl Shelf {
    /// Whether it holds what was not there before the last run.
    pub fn has_news(&self) -> bool {
        self.has_news
    }

    /// All of it as bytes, in parts, of which few are there at a time.
    pub fn stored(&self) -> impl Iterator<Item = Vec<u8>> {
        let part = |read: &[Option<Read>]| postcard::to_stdvec(read).expect("it is plain data");
        let some = self.read.chunks(PART * AT_ONCE);
        some.flat_map(move |some| some.par_chunks(PART).map(part).collect::<Vec<_>>())
    }

    /// What was stored; nothing, where the bytes are nothing of the kind.
    pub fn restored(parts: &[&[u8]]) -> Option<Shelf> {
        let part = |bytes: &&[u8]| postcard::from_bytes::<Vec<Option<Read>>>(bytes).ok();
        let parts: Option<Vec<_>> = parts.par_iter().map(part).collect();
        Some(Shelf { read: parts?.into_iter().flatten().collect(), has_news: false })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Documents;
    use super::super::settings::Settings;
    use super::*;
    use crate::diagnostics::FileId;
    use crate::sources::{Limits, Sources};
    use std::path::Path;

    /// The sample, and what was read of it.
    fn sample() -> (Sources, Settings, Shelf) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = Sources::settings(root).expect("settings");
        let (settings, _) = Settings::read(file.text().unwrap_or_default(), FileId(0));
        let sources = Sources::read(root, file, Limits::default(), None).expect("the sample");
        let mut shelf = Shelf::default();
        super::super::read(&sources, &settings, Some(&mut shelf));
        (sources, settings, shelf)
    }

    fn restored(shelf: &Shelf) -> Shelf {
        let parts: Vec<Vec<u8>> = shelf.stored().collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Shelf::restored(&parts).expect("what was stored")
    }

    #[test]
    fn a_document_of_every_kind_survives_being_stored() {
        let (sources, settings, shelf) = sample();
        let there = |is: fn(&write_up::One) -> bool| {
            assert!(shelf.read.iter().flatten().any(|read| is(&read.one)));
        };
        there(|one| matches!(one, write_up::One::Unit(_)));
        there(|one| matches!(one, write_up::One::Page(_)));
        there(|one| matches!(one, write_up::One::Home(_)));
        there(|one| matches!(one, write_up::One::Project(p) if p.narrative.is_some()));
        there(|one| matches!(one, write_up::One::Project(p) if !p.series.is_empty()));

        let mut again = restored(&shelf);
        assert_eq!(again.read.len(), shelf.read.len());
        for (read, again) in shelf.read.iter().zip(&again.read) {
            assert_eq!(Key::told(read), Key::told(again), "{read:?}\n\n{again:?}");
        }
        let known = super::super::read(&sources, &settings, Some(&mut again));
        assert!(known.fresh == 0 && !again.has_news() && shelf.has_news());
        let first = super::super::read(&sources, &settings, None);
        assert_eq!(format!("{known:?}"), format!("{:?}", Documents { fresh: 0, ..first }));
    }

    #[test]
    fn what_is_wrong_and_each_digit_survive_too() {
        use crate::sources::{Content, SourceFile};
        const TEXT: &str = "---\ntitle: A\nstatus: done\nunit: claims\nowner: Amara\nkpis:\n\
             - {name: Days, measure: d, baseline: 1.00, target: {min: -0.0, max: 1e2},\n\
             \x20  actual: {value: 0.10, on: 2025-Q1, source: '<b>'}}\nbenefits:\n\
             - {name: B, kind: avoided, planned: {2025: 1.20m}}\nrestricted: {kpis: board}\n\
             ---\n\n# One\n\n<b>raw</b> {kpi:days} ![](x.png)\n";
        let file = |path: &str, text: &str| SourceFile::of(path, Content::Text(text.into()));
        let sources =
            Sources::of(vec![file("casebook.yaml", ""), file("content/projects/a.md", TEXT)]);
        let (settings, _) = Settings::read("", FileId(0));
        let mut shelf = Shelf::default();
        let first = super::super::read(&sources, &settings, Some(&mut shelf));
        assert!(first.diagnostics.len() > 1, "{:?}", first.diagnostics);
        let again = super::super::read(&sources, &settings, Some(&mut restored(&shelf)));
        assert_eq!(again.fresh, 0);
        assert_eq!(format!("{again:?}"), format!("{:?}", Documents { fresh: 0, ..first }));
    }
}
