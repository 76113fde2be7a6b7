//! The pipeline: the road from files to a site, one call a stage.
//!
//! Each stage returns a new type and nothing earlier is edited. All problems of all stages come
//! in one run; a site is made only where none of them is an error.

mod memory;
mod render;

use crate::diagnostics::{Diagnostic, Failure, FileId, Severity, sort};
use crate::documents::settings::Settings;
use crate::documents::wording::Wording;
use crate::editions::Wanted;
use crate::memo::Key;
use crate::site::Shelf;
use crate::sources::Sources;
use crate::theme::Theme;
use crate::{documents, editions, pages, portfolio};
use jiff::civil::Date;
use memory::Site;
use render::{Render, Rendered};
use std::collections::BTreeSet;
use std::path::PathBuf;

pub use memory::Memory;

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
    /// What was linked of them.
    pub portfolio: portfolio::Portfolio,
    /// All that is wrong, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that were left alone, and why.
    pub left_out: Vec<LeftOut>,
    /// The output folder that the settings name.
    pub output: String,
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
    run(request, watch, None, None)
}

/// Makes the site and puts its files on a shelf.
pub fn build(request: &Request, watch: &dyn Watch, shelf: &dyn Shelf) -> Result<Built, Failure> {
    run(request, watch, Some(shelf), None)
}

/// Makes the site again: what is known from the last run is not read and not rendered again.
pub fn rebuild(
    request: &Request,
    watch: &dyn Watch,
    shelf: &dyn Shelf,
    memory: &mut Memory,
) -> Result<Built, Failure> {
    run(request, watch, Some(shelf), Some(memory))
}

fn run(
    request: &Request,
    watch: &dyn Watch,
    shelf: Option<&dyn Shelf>,
    mut memory: Option<&mut Memory>,
) -> Result<Built, Failure> {
    watch.stage("read");
    let file = Sources::settings(&request.root)?;
    let (settings, mut said) = Settings::read(file.text().map_or("", |text| text), FileId(0));
    let as_of = request.as_of.or(settings.as_of).unwrap_or(request.today);
    if let Some(memory) = memory.as_deref_mut() {
        memory.under(file.key);
    }
    let before = memory.as_deref_mut().and_then(|memory| memory.sources.take());
    let mut sources = Sources::read(&request.root, file, settings.limits, before.as_ref())?;
    said.append(&mut sources.diagnostics);

    watch.stage("documents");
    let shelved = memory.as_deref_mut().map(|memory| &mut memory.documents);
    let mut documents = documents::read(&sources, &settings, shelved);
    said.append(&mut documents.diagnostics);

    watch.stage("edition");
    let wanted = Wanted { audience: request.audience.clone(), drafts: request.drafts };
    let mut edition = editions::cut(documents, &sources, &settings, &wanted)?;
    said.append(&mut edition.diagnostics);
    let mut left_out = std::mem::take(&mut edition.left_out);
    left_out.append(&mut sources.left_out.clone());
    let cut = edition.cut;

    let (wording, problems) = Wording::load(&sources, &settings);
    said.extend(problems);

    watch.stage("portfolio");
    let ((portfolio, problems), theme) = rayon::join(
        || portfolio::link(edition, &sources, &settings, as_of),
        || Theme::load(&sources, &settings, &wording),
    );
    said.extend(problems);
    if settings.base_url.is_none() && shelf.is_some() {
        let why = "they need `base_url` in casebook.yaml".to_string();
        left_out.push(LeftOut {
            path: "feed, sitemap, share tags and canonical addresses".into(),
            why,
        });
    }

    watch.stage("plan");
    let assets = theme.as_ref().map(|theme| theme.assets.clone()).unwrap_or_default();
    let pages = pages::plan(&portfolio, &wording, assets);
    let mut made = Made {
        projects: portfolio.projects.len(),
        units: portfolio.units.list.len(),
        kpis: portfolio.projects.iter().map(|project| project.kpis.len()).sum(),
        pages: pages.list.len(),
        read: sources.fresh,
        rendered: 0,
    };
    let mut whole = false;
    match (theme, shelf) {
        (Err(problem), _) => said.push(*problem),
        (Ok(theme), Some(shelf)) if !has_errors(&said) => {
            watch.stage("render");
            let last = memory.as_deref().map(|memory| &memory.site);
            let site = memory.as_ref().map(|_| {
                let common = Key::all([pages.common(), sources.theme_key(), sources.files[0].key]);
                Site::new(common, pages.keys(cut))
            });
            let render = Render { pages: &pages, theme: &theme, watch, shelf, last, site };
            let mut files = theme.files.clone();
            files.extend(beside(&portfolio, &sources));
            let (site, rendered) = match render.all(&settings.output, &files)? {
                Rendered::Whole(site, rendered) => (site, rendered),
                Rendered::Broken(problem) => {
                    said.push(problem);
                    (None, 0)
                }
            };
            whole = !has_errors(&said);
            made.rendered = rendered;
            if let (Some(memory), Some(site)) = (memory.as_deref_mut(), site) {
                memory.site = site;
            }
        }
        _ => {}
    }
    if !whole {
        made.pages = 0;
    }
    only_of_sound_files(&mut said);
    sort(&mut said);
    if let Some(memory) = memory {
        memory.sources = Some(sources.clone());
    }
    let edition = portfolio.audience.clone();
    Ok(Built {
        sources,
        portfolio,
        diagnostics: said,
        left_out,
        output: settings.output,
        edition,
        made,
        whole,
    })
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
fn beside(portfolio: &portfolio::Portfolio, sources: &Sources) -> Vec<(String, Vec<u8>)> {
    let files = portfolio.files.iter();
    files
        .filter_map(|(address, path)| {
            let (_, file) = sources.find(path)?;
            Some((address.clone(), file.bytes().to_vec()))
        })
        .collect()
}
