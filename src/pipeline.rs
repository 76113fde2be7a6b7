//! The pipeline: the road from files to a site, one call a stage.
//!
//! Each stage returns a new type and nothing earlier is edited. All problems of all stages come
//! in one run; a site is made only where none of them is an error.

use crate::diagnostics::{Diagnostic, Failure, FileId, Severity, sort};
use crate::documents::settings::Settings;
use crate::documents::wording::Wording;
use crate::editions::Wanted;
use crate::site::Shelf;
use crate::sources::Sources;
use crate::theme::Theme;
use crate::{documents, editions, pages, portfolio};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

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
    run(request, watch, None)
}

/// Makes the site and puts its files on a shelf.
pub fn build(request: &Request, watch: &dyn Watch, shelf: &dyn Shelf) -> Result<Built, Failure> {
    run(request, watch, Some(shelf))
}

fn run(request: &Request, watch: &dyn Watch, shelf: Option<&dyn Shelf>) -> Result<Built, Failure> {
    watch.stage("read");
    let file = Sources::settings(&request.root)?;
    let (settings, mut said) = Settings::read(file.text().map_or("", |text| text), FileId(0));
    let as_of = request.as_of.or(settings.as_of).unwrap_or(request.today);
    let mut sources = Sources::read(&request.root, file, settings.limits, None)?;
    said.append(&mut sources.diagnostics);

    watch.stage("documents");
    let mut documents = documents::read(&sources, &settings, None);
    said.append(&mut documents.diagnostics);

    watch.stage("edition");
    let wanted = Wanted { audience: request.audience.clone(), drafts: request.drafts };
    let mut edition = editions::cut(documents, &sources, &settings, &wanted)?;
    said.append(&mut edition.diagnostics);
    let mut left_out = std::mem::take(&mut edition.left_out);
    left_out.append(&mut sources.left_out);

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
    };
    let mut whole = false;
    match (theme, shelf) {
        (Err(problem), _) => said.push(*problem),
        (Ok(theme), Some(shelf)) if !has_errors(&said) => {
            watch.stage("render");
            let beside_pages = pages.files();
            let mut files = theme.files.clone();
            files.extend(beside(&portfolio, &sources));
            let addresses = pages.list.iter().map(|page| page.address.as_str());
            let addresses =
                addresses.chain(beside_pages.iter().map(|(address, _)| address.as_str()));
            let addresses = addresses.chain(files.keys().map(String::as_str));
            shelf.begin(&settings.output, addresses.map(str::to_string).collect())?;
            let (put, rendered) = rayon::join(
                || {
                    let made = beside_pages.par_iter().with_max_len(1);
                    made.try_for_each(|(address, make)| shelf.take_long(address, make()))?;
                    files.par_iter().try_for_each(|(address, bytes)| shelf.take(address, bytes))
                },
                || render(&pages, &theme, watch, shelf),
            );
            put?;
            match rendered? {
                None => whole = true,
                Some(problem) => said.push(problem),
            }
        }
        _ => {}
    }
    if !whole {
        made.pages = 0;
    }
    only_of_sound_files(&mut said);
    sort(&mut said);
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

/// Renders all pages, in parallel; of several problems the first in the plan is told.
fn render(
    pages: &pages::Pages<'_>,
    theme: &Theme,
    watch: &dyn Watch,
    shelf: &dyn Shelf,
) -> Result<Option<Diagnostic>, Failure> {
    let done = AtomicUsize::new(0);
    let all = pages.list.len();
    let rendered = pages.list.par_iter().with_max_len(8).map(|page| {
        let put = |bytes: &[u8]| shelf.take(&page.address, bytes);
        let problem = theme.render(pages.view(page), &page.address, put)?;
        watch.page(done.fetch_add(1, Ordering::Relaxed) + 1, all);
        Ok(problem)
    });
    let problems: Vec<Option<Diagnostic>> = rendered.collect::<Result<_, Failure>>()?;
    Ok(problems.into_iter().flatten().next())
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
