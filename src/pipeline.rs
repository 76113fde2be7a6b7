//! The pipeline: the road from files to a site, one call a stage.
//!
//! Each stage returns a new type and nothing earlier is edited. All problems of all stages come
//! in one run; a site is made only where none of them is an error.

pub mod apart;
mod by_right;
mod hushed;
mod index;
mod last;
mod linked;
mod memory;
mod render;

use crate::diagnostics::{Diagnostic, Failure, FileId, Place, Severity, sort};
use crate::documents::settings::Settings;
use crate::editions::Wanted;
use crate::leaks::{self, Guard};
use crate::memo::Key;
use crate::memo::store::{Nowhere, Store};
use crate::pages::{Gathered, Pages};
use crate::portfolio::Portfolio;
use crate::site::Shelf;
use crate::site::edition::Edition;
use crate::sources::Sources;
use crate::theme::card;
use crate::{documents, editions};
use by_right::By;
use jiff::civil::Date;
use linked::Linked;
use render::{Files, One, Render, Rendered};
use std::collections::BTreeSet;
use std::path::PathBuf;

pub use memory::{FIRST, Memory};

pub use crate::editions::Drafts;
pub use crate::sources::LeftOut;

/// What is to be made, and from what.
#[derive(Clone, Debug)]
pub struct Request {
    /// The casebook's folder.
    pub root: PathBuf,
    /// The day of the data, where it is given; it wins over the settings.
    pub as_of: Option<Date>,
    /// Today, for where no one says more.
    pub today: Date,
    /// The circle that the edition is for.
    pub audience: Option<String>,
    /// Whether drafts are shown.
    pub drafts: Drafts,
}

/// How much was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each counts what its name says")]
pub struct Made {
    pub projects: usize,
    pub units: usize,
    pub kpis: usize,
    pub pages: usize,
    /// Files that were read from the disk, and not known from before.
    pub read: usize,
    /// Pages that were rendered, and not known from before.
    pub rendered: usize,
}

/// What a run brought.
#[derive(Debug)]
pub struct Built {
    /// The files, for diagnostics to be painted.
    pub sources: Sources,
    /// All that is wrong, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that were left alone, and why.
    pub left_out: Vec<LeftOut>,
    /// Where values stand that the circle may not see but that are told in the open as well, and
    /// where each is told first.
    pub open: Vec<(Place, Place)>,
    /// The site's settings.
    pub settings: Settings,
    /// The circle that the edition is for.
    pub edition: String,
    /// How much was made.
    pub made: Made,
    /// Whether a site was made, whole: one was wanted and nothing is an error.
    pub whole: bool,
}

/// Looks on while a site is made; it may be called from several threads.
pub trait Watch: Sync {
    /// A stage begins.
    fn stage(&self, name: &'static str);
    /// So many pages of all are rendered.
    fn page(&self, done: usize, of: usize);
}

/// Finds all problems, and makes nothing.
pub fn check(request: &Request, watch: &dyn Watch) -> Result<Built, Failure> {
    run(request, watch, None, None, &Nowhere)
}

/// The same; what was made of pictures before is found in a store.
pub fn check_with(
    request: &Request,
    watch: &dyn Watch,
    store: &dyn Store,
) -> Result<Built, Failure> {
    run(request, watch, None, None, store)
}

/// Makes the site and puts its files on a shelf.
pub fn build(request: &Request, watch: &dyn Watch, shelf: &dyn Shelf) -> Result<Built, Failure> {
    run(request, watch, Some(shelf), None, &Nowhere)
}

/// Makes the site again: what is known from the last run is not read and not rendered again.
pub fn rebuild(
    request: &Request,
    watch: &dyn Watch,
    shelf: &dyn Shelf,
    memory: &mut Memory,
) -> Result<Built, Failure> {
    let store = memory.store.clone();
    run(request, watch, Some(shelf), Some(memory), &*store)
}

fn run(
    request: &Request,
    watch: &dyn Watch,
    shelf: Option<&dyn Shelf>,
    mut memory: Option<&mut Memory>,
    store: &dyn Store,
) -> Result<Built, Failure> {
    watch.stage("read");
    let file = Sources::settings(&request.root)?;
    let (settings, mut said) = Settings::read(file.text().map_or("", |text| text), FileId(0));
    let as_of = request.as_of.or(settings.as_of).unwrap_or(request.today);
    if let Some(memory) = memory.as_deref_mut() {
        memory.under(file.key);
    }
    let mut sources = match memory.as_deref_mut() {
        Some(memory) => memory.read(&request.root, file, settings.limits)?,
        None => Sources::read(&request.root, file, settings.limits, None)?,
    };
    said.append(&mut sources.diagnostics);

    watch.stage("documents");
    let shelved = memory.as_deref_mut().map(|memory| &mut memory.documents);
    let mut documents = documents::read(&sources, &settings, shelved);
    if let Some(memory) = memory.as_deref_mut().filter(|_| !sources.are_as_said()) {
        // A file changed after the disk was asked: all are read, and what was read of it is not kept.
        memory.documents = documents::Shelf::default();
        return run(request, watch, shelf, Some(memory), store);
    }
    said.append(&mut documents.diagnostics);
    sources.let_go();

    watch.stage("edition");
    let wanted = Wanted { audience: request.audience.clone(), drafts: request.drafts };
    let of = Key::all([documents.key, Key::told(&(&wanted, as_of))]);
    let mut known = memory.as_deref_mut().map(|memory| std::mem::take(&mut memory.withheld));
    let known = known.get_or_insert_default();
    let mut guard = Guard::of(&documents, &sources, &settings, &wanted, known)?;
    if shelf.is_some() {
        guard = guard.looking();
    }
    if let Some(memory) = memory.as_deref_mut() {
        memory.withheld = std::mem::take(known);
    }
    let mut edition = editions::cut(documents, &sources, &settings, &wanted)?;
    said.append(&mut edition.diagnostics);
    let mut left_out = std::mem::take(&mut edition.left_out);
    left_out.append(&mut sources.left_out.clone());

    let before = memory.as_deref_mut().and_then(|memory| memory.linked.take());
    let gathered = match (&before, memory.as_deref_mut()) {
        (Some(before), _) => before.gathered(),
        (None, Some(memory)) => std::mem::take(&mut memory.gathered),
        (None, None) => Gathered::default(),
    };
    let mut linked = match before.map(|before| before.again(of, &edition)) {
        Some(Ok(linked)) => linked,
        other => {
            let mut linked =
                Linked::new(of, edition, &sources, &settings, as_of, watch).with_gathered(gathered);
            linked.portfolio.has_copies(other.and_then(Result::err).unwrap_or_default());
            if let Some(memory) = memory.as_deref_mut() {
                let looked = memory.looked.take().filter(|(its, _)| *its == of);
                looked.into_iter().for_each(|(_, looked)| linked.portfolio.has_looked(looked));
                linked = linked.known_to_have(memory.site.keys_of(of));
            }
            linked
        }
    };
    watch.stage("references");
    said.extend(linked.refer(&sources, store));
    let shown = guard.beside(&linked.portfolio.files);
    said.extend(guard.said(&shown, &sources, &linked.portfolio.named));
    let theme = linked.theme.as_ref().ok();
    said.extend(apart::check(&linked.portfolio, &linked.pages(), theme, &sources));
    if settings.base_url.is_none() && shelf.is_some() {
        let why = "they need `base_url` in casebook.yaml".to_string();
        left_out.push(LeftOut {
            path: "feed, sitemap, share tags and canonical addresses".into(),
            why,
        });
    }

    let pages = linked.pages();
    let portfolio = &linked.portfolio;
    left_out.extend(shelf.and_then(|_| unwritable(&pages)));
    let mut made = Made {
        projects: portfolio.projects.len(),
        units: portfolio.units.list.len(),
        kpis: portfolio.projects.iter().map(|project| project.kpis.len()).sum(),
        pages: pages.list.len(),
        read: sources.opened(),
        rendered: 0,
    };
    let mut whole = false;
    let mut roll = None;
    match (&linked.theme, shelf) {
        (Err(problem), _) => said.push((**problem).clone()),
        (Ok(theme), Some(shelf)) if !has_errors(&said) => {
            watch.stage("render");
            let compared = memory.as_deref().map(|memory| {
                let (common, keys) = linked.known(&sources);
                memory.site.compared((*common, guard.key), keys)
            });
            let own = theme.files.keys().map(String::as_str);
            let watched = leaks::Watched::new(&guard, shelf, own);
            let edition = Edition::new(&portfolio.audience, request.drafts);
            let index_waits = memory.as_deref().is_some_and(Memory::index_waits);
            let shelf = &watched;
            let render =
                Render { pages, theme, watch, shelf, edition, compared, store, index_waits };
            let assets = theme.files.iter().map(|(address, bytes)| (address.as_str(), &**bytes));
            let files = Files {
                assets: assets.collect(),
                beside: beside(portfolio, &sources).collect(),
                copies: copies(portfolio).collect(),
            };
            let rendered = render.all(&settings.output, linked.roll.clone(), &files)?;
            watch.stage("leaks");
            let by = By { sources: &sources, settings: &settings, wanted: &wanted, as_of, store };
            let leaks = by_right::without(watched.found(), &guard, &by)?;
            said.extend(guard.said(&leaks, &sources, &portfolio.named));
            match rendered {
                // What shows too much is not remembered as a site that can be kept.
                Rendered::Whole(..) if !leaks.is_nothing() => {}
                Rendered::Whole(all, each, also) => {
                    made.rendered = each.iter().filter(|one| matches!(one, One::Made(_))).count();
                    if let Some(memory) = memory.as_deref_mut() {
                        let known = linked.known(&sources).clone();
                        let last = std::mem::take(&mut memory.site);
                        memory.site =
                            last.followed(of, (known, guard.key), &pages.list, each, also);
                    }
                    roll = Some(all);
                }
                Rendered::Broken(problem) => said.push(*problem),
            }
            whole = !has_errors(&said);
        }
        _ => {}
    }
    if !whole {
        made.pages = 0;
    }
    only_of_sound_files(&mut said);
    hushed::hush(&mut said, &sources);
    sort(&mut said);
    let edition = portfolio.audience.clone();
    if let Some(memory) = memory {
        memory.sources = Some(sources.clone());
        linked.roll = roll.or(linked.roll);
        memory.linked = Some(linked);
    }
    let open = guard.open;
    Ok(Built { sources, diagnostics: said, left_out, open, edition, settings, made, whole })
}

/// How many cards are without a text, if any is.
fn unwritable(pages: &Pages<'_>) -> Option<LeftOut> {
    let cards = pages.cards();
    let without = cards.iter().filter(|(at, _)| card::leaves_out(&pages.card(*at))).count();
    let (path, why) = match without {
        0 => return None,
        1 => ("a text of 1 share card".into(), "its font has no letters for it"),
        more => (format!("texts of {more} share cards"), "their font has no letters for them"),
    };
    Some(LeftOut { path, why: why.into() })
}

/// The rules about the work itself speak of a file once it says what its writer meant: a figure
/// that could not be read is not missing, nor are settings that could not be read the site's wish.
fn only_of_sound_files(said: &mut Vec<Diagnostic>) {
    let errors = said.iter().filter(|one| one.severity == Severity::Error && !one.code.is_rule());
    let unsound: BTreeSet<FileId> = errors.map(|one| one.place().file).collect();
    let settings = unsound.contains(&FileId(0));
    said.retain(|one| !one.code.is_rule() || !(settings || unsound.contains(&one.place().file)));
}

fn has_errors(said: &[Diagnostic]) -> bool {
    said.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// The files beside write-ups that pages show or link.
fn beside<'f>(
    portfolio: &'f Portfolio,
    sources: &'f Sources,
) -> impl Iterator<Item = (&'f str, &'f [u8])> {
    let files = portfolio.files.iter();
    files.filter_map(|(address, path)| Some((address.as_str(), sources.find(path)?.1.bytes())))
}

/// The narrower copies of pictures among them.
fn copies(portfolio: &Portfolio) -> impl Iterator<Item = (&str, &[u8])> {
    portfolio.copies.iter().filter_map(|copy| Some((copy.address.as_str(), copy.bytes()?)))
}
