//! Leaks: what an edition withholds, looked for in every byte of the site that is made of it.
//!
//! It is a second opinion on `editions`, and shares with the cut only who may see what: the files
//! are read again for what is hidden in them, each value in all forms in which a site could print
//! it, and a shelf is watched for these. What also stands in a file that the circle may see is told
//! there by right; so is what a site without any of it would say as well.

mod hidden;
mod known;
mod leaves;
mod search;
mod secret;
mod watched;
mod without;

use crate::diagnostics::{Code, Diagnostic, Failure, Place};
use crate::documents::Documents;
use crate::documents::settings::Settings;
use crate::editions::{Circles, Wanted};
use crate::memo::Key;
use crate::sources::{Kind, Sources};
use hidden::Hidden;
use search::Search;
use secret::{Secret, Tongue};
use std::collections::{BTreeMap, BTreeSet};

pub use known::Known;
pub use watched::{Found, Watched};

/// What an edition must not say.
#[derive(Debug, Default)]
pub struct Guard {
    circle: String,
    hidden: Hidden,
    secrets: Vec<Secret>,
    /// Looks for those that are told nowhere by right.
    search: Option<Search>,
    /// The pictures and series that are hidden.
    attachments: BTreeSet<String>,
    /// Where the values stand that are told in the open as well, and where each is told first; of
    /// single words there is nothing to be said.
    pub open: Vec<(Place, Place)>,
    /// The secrets that are told nowhere by right.
    kept: Vec<usize>,
    /// The key of all that is looked for.
    pub key: Key,
}

impl Guard {
    /// What the wanted edition of these documents must not say.
    pub fn of(
        documents: &Documents,
        sources: &Sources,
        settings: &Settings,
        wanted: &Wanted,
        known: &mut Known,
    ) -> Result<Guard, Failure> {
        let circles = Circles::of(settings, wanted)?;
        let concerned = hidden::concerned(documents, sources, &circles, wanted.drafts);
        if concerned.is_empty() {
            *known = Known::default();
            return Ok(Guard::default());
        }
        let keys = concerned.iter().map(|id| (*id, &sources.file(*id).path, sources.file(*id).key));
        let of = Key::told(&(wanted, keys.collect::<Vec<_>>()));
        if known.of != of {
            let conventions = settings.conventions();
            let hidden = Hidden::of(documents, sources, &conventions, &circles, wanted.drafts);
            let leaves = leaves::of(&hidden, sources, &conventions);
            *known = Known::new(of, hidden, secret::secrets(&leaves, &Tongue::of(settings)));
        }
        let Known { hidden, secrets, .. } = known.clone();
        let hidden = hidden.with_twins(sources);
        let attachments = hidden.files.keys().map(|id| sources.file(*id));
        let attachments = attachments.filter(|file| file.kind == Kind::Attachment);
        let attachments: BTreeSet<String> = attachments.map(|file| file.path.clone()).collect();
        let told = known.told_in_the_open(&hidden, sources);
        let kept: Vec<usize> = (0..secrets.len()).filter(|nth| !told.contains_key(nth)).collect();
        let forms: Vec<_> = kept.iter().map(|nth| &secrets[*nth].forms).collect();
        let (circle, key) = (circles.name().into(), Key::told(&(&attachments, forms)));
        let telling = told.into_iter().filter(|(nth, _)| secrets[*nth].is_telling());
        let open = telling.map(|(nth, place)| (secrets[nth].place, place));
        let mut open: Vec<(Place, Place)> = open.chain(hidden.named.iter().copied()).collect();
        // What a write-up withholds and tells itself is a slip more often than what two of them tell.
        open.sort_by_key(|(place, told)| (place.file != told.file, *place, *told));
        Ok(Guard { circle, hidden, secrets, attachments, open, kept, key, search: None })
    }

    /// The same, with what it takes to look through a site.
    pub fn looking(mut self) -> Guard {
        let kept = self.kept.iter().map(|nth| (*nth, &self.secrets[*nth]));
        self.search = Search::of(kept);
        self
    }

    /// The hidden files among those that a site has beside its pages.
    pub fn beside(&self, files: &BTreeMap<String, String>) -> Found {
        let hidden = files.iter().filter(|(_, path)| self.attachments.contains(*path));
        let mut found = Found::default();
        for (address, path) in hidden {
            found.files.entry(path.clone()).or_default().insert(address.clone());
        }
        found
    }

    /// The same casebook without what is hidden, to see what its site would say.
    pub fn without(&self, sources: &Sources) -> Sources {
        without::of(&self.hidden, sources)
    }

    /// The secrets that stand in these bytes, by their positions.
    pub fn found_in(&self, address: &str, bytes: &[u8]) -> BTreeSet<usize> {
        let Some(search) = &self.search else { return BTreeSet::new() };
        let found = match address.ends_with(".ics") {
            // Its lines are folded.
            true => search.found(String::from_utf8_lossy(bytes).replace("\r\n ", "").as_bytes()),
            false => search.found(bytes),
        };
        found.into_keys().collect()
    }

    /// Where each secret stands that is told nowhere by right.
    pub fn secrets(&self) -> impl Iterator<Item = Place> {
        self.secrets.iter().map(|secret| secret.place)
    }

    /// What is said of what was found; `named` has the places where files are named, by address.
    pub fn said(
        &self,
        found: &Found,
        sources: &Sources,
        named: &BTreeMap<String, Place>,
    ) -> Vec<Diagnostic> {
        let values = found.values.iter().map(|(nth, where_)| (self.secrets[*nth].place, where_));
        let files = found.files.iter().filter_map(|(path, where_)| {
            let (id, _) = sources.find(path)?;
            Some((id.top(), where_))
        });
        let say = |(place, addresses): (Place, &BTreeSet<String>)| {
            let first = addresses.first().map_or("", String::as_str);
            let more = match addresses.len() {
                0 | 1 => String::new(),
                2 => " and one file more".into(),
                more => format!(" and {} files more", more - 1),
            };
            let circle = &self.circle;
            let message = format!("`{circle}` may not see this, and {first}{more} would show it");
            let mut said = Diagnostic::new(Code::Leak, place, message);
            if let Some(named) = addresses.iter().find_map(|address| named.get(address)) {
                said = said.also(*named, "it is named here");
            }
            said.help("take out what shows it, or let the circle see it")
        };
        values.chain(files).map(say).collect()
    }
}
