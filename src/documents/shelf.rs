//! The shelf: what was read of each file in another run, so that it is not read again.
//!
//! It can be stored for another process, in parts that are made and taken apart by many threads. Most
//! bodies are not looked at by the next run: they are parts of their own, each read when it is needed.

use super::body::Body;
use super::write_up;
use crate::diagnostics::Diagnostic;
use crate::memo::{BODY, Key, Mark, Watched, gone};
use crate::sources::SourceFile;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// What was read in another run: a file that says the same is not read again.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By the number of the file.
    pub(super) read: Vec<Option<Read>>,
    /// Whether it holds what was not there before.
    pub(super) has_news: bool,
    /// Of each part that was restored, whether it is as it was.
    stands: Vec<bool>,
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

/// Fills in the bytes of a part, if they are there.
pub type Bring = Arc<dyn Fn(usize, &mut Vec<u8>) -> Option<()> + Send + Sync>;

/// So many files make a part, and their bodies the next.
const PART: usize = 64;

/// So many parts are made at once.
const AT_ONCE: usize = 16;

impl Shelf {
    /// Whether it holds what was not there before the last run.
    pub fn has_news(&self) -> bool {
        self.has_news
    }

    /// Takes note of what was read of each file, and whether it is as it was at the same place.
    pub(super) fn follow(&mut self, read: Vec<Option<Read>>, same: &[bool]) {
        self.stands.resize(read.len().div_ceil(PART), false);
        for (stands, same) in self.stands.iter_mut().zip(same.chunks(PART)) {
            *stands &= same.iter().all(|same| *same);
        }
        self.read = read;
    }

    /// All of it as bytes, in parts, of which few are there at a time; those that are as they were
    /// when they were restored are left out where that is asked for.
    pub fn stored(&self, but_those_that_stand: bool) -> impl Iterator<Item = Option<Vec<u8>>> {
        let part = move |(nth, read): (usize, &[Option<Read>])| {
            let stands = but_those_that_stand && self.stands.get(nth) == Some(&true);
            if stands {
                return [None, None];
            }
            let plain = "it is plain data";
            let bodies: Vec<Option<&Body>> = read.iter().map(|read| body(read.as_ref()?)).collect();
            let made = [postcard::to_stdvec(read), postcard::to_stdvec(&bodies)];
            made.map(|made| Some(made.expect(plain)))
        };
        let parts: Vec<_> = self.read.chunks(PART).enumerate().collect();
        let some: Vec<_> = parts.chunks(AT_ONCE).map(<[_]>::to_vec).collect();
        let made = move |some: Vec<_>| some.into_par_iter().map(part).collect::<Vec<_>>();
        some.into_iter().flat_map(made).flatten()
    }

    /// What was stored; nothing, where the bytes are nothing of the kind. A body that cannot be
    /// brought when someone looks at it is [`gone`].
    pub fn restored(parts: usize, bring: &Bring) -> Option<Shelf> {
        let part = |bytes: &mut Vec<u8>, nth: usize| {
            bring(2 * nth, bytes)?;
            let mut read = postcard::from_bytes::<Vec<Option<Read>>>(bytes).ok()?;
            let bodies = Arc::new(Bodies {
                part: 2 * nth + 1,
                bring: bring.clone(),
                left: Mutex::default(),
            });
            for (at, read) in read.iter_mut().enumerate() {
                let Some(write_up::One::Project(project)) = read.as_mut().map(|read| &mut read.one)
                else {
                    continue;
                };
                let (project, bodies) = (Arc::get_mut(project)?, bodies.clone());
                let mark = Mark::of(BODY, project.file.0 as usize);
                project.body =
                    Watched::later(mark, move || bodies.take(at).unwrap_or_else(|| gone()));
            }
            Some(read)
        };
        let chunks = parts.is_multiple_of(2).then_some(parts / 2)?;
        let each = (0..chunks).into_par_iter().with_max_len(1).map_init(Vec::new, part);
        let each = each.collect::<Option<Vec<_>>>()?;
        // All but the last are of one length, else a part is not where it is looked for.
        let whole = each.iter().rev().skip(1).all(|part| part.len() == PART);
        let stands = vec![whole; chunks];
        Some(Shelf { read: each.into_iter().flatten().collect(), has_news: false, stands })
    }
}

/// The body of a write-up.
fn body(read: &Read) -> Option<&Body> {
    match &read.one {
        write_up::One::Project(project) => Some(project.body.unwatched()),
        _ => None,
    }
}

/// The bodies of a part, which are read once someone looks at one of them.
struct Bodies {
    part: usize,
    bring: Bring,
    /// Those that were read, and that no one has asked for.
    left: Mutex<Vec<Option<Body>>>,
}

impl Bodies {
    fn take(&self, at: usize) -> Option<Body> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever asks again has a copy of the document from before anyone looked.
        if left.get(at).is_none_or(Option::is_none) {
            let mut bytes = Vec::new();
            (self.bring)(self.part, &mut bytes)?;
            *left = postcard::from_bytes(&bytes).ok()?;
        }
        left.get_mut(at)?.take()
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
        let parts: Vec<Vec<u8>> = shelf.stored(false).flatten().collect();
        let count = parts.len();
        let bring: Bring = Arc::new(move |nth, bytes| {
            bytes.clone_from(&parts[nth]);
            Some(())
        });
        Shelf::restored(count, &bring).expect("what was stored")
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
    fn only_parts_that_changed_are_stored_anew() {
        use crate::sources::{Content, SourceFile};
        let file = |nth: usize, title: &str| {
            let text = format!("---\ntitle: {title}\n---\n");
            SourceFile::of(&format!("content/projects/{nth:03}.md"), Content::Text(text.into()))
        };
        let settings = || SourceFile::of("casebook.yaml", Content::Text("".into()));
        let all = |count: usize, other: usize| {
            let files = (0..count).map(|nth| file(nth, if nth == other { "B" } else { "A" }));
            Sources::of(std::iter::once(settings()).chain(files).collect())
        };
        let plain = Settings::read("", FileId(0)).0;
        let mut shelf = Shelf::default();
        super::super::read(&all(150, 999), &plain, Some(&mut shelf));
        let anew = |count, other| {
            let mut again = restored(&shelf);
            super::super::read(&all(count, other), &plain, Some(&mut again));
            again.stored(true).step_by(2).map(|part| part.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(anew(150, 999), [false, false, false]);
        assert_eq!(anew(150, 70), [false, true, false]);
        assert_eq!(anew(151, 999), [false, false, true]);
        assert_eq!(anew(149, 999), [false, false, true]);
        assert_eq!(anew(193, 999), [false, false, true, true]);
        assert!(shelf.stored(true).all(|part| part.is_some()), "nothing was restored");
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
