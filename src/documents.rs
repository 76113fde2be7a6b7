//! Documents: what each file says, read one file at a time.
//!
//! Typed front matter with the place of each key and value, and bodies whose HTML has gaps for
//! what only the whole portfolio knows. Reading is pure and never fails: it brings a document as
//! complete as could be made out, and all diagnostics of the file. References between files are
//! not looked at here.

pub mod benefit;
pub mod body;
pub mod date;
pub mod fields;
pub mod figure;
pub mod front_matter;
pub mod id;
pub mod investment;
pub mod kpi;
mod mistakes;
pub mod money;
mod names;
pub mod part;
pub mod path;
pub mod person;
pub mod picture;
pub mod post_mortem;
pub mod project;
pub mod reader;
pub mod rule;
mod secret;
pub mod series;
pub mod settings;
mod shelf;
pub mod stage;
pub mod story;
pub mod text;
pub mod unit;
pub mod wording;
mod write_up;
pub mod yaml;

use crate::diagnostics::{Diagnostic, FileId};
use crate::memo::{Key, Watched};
use crate::sources::{Kind, SourceFile, Sources};
use body::Body;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use settings::Settings;
use shelf::Read;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use reader::Conventions;
pub use shelf::{Bring, Shelf};

/// A project: its write-up, its body, and its post-mortem's own file where there is one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ProjectDocument {
    /// The id, which is its address.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// Where its own files lie, if it is a folder.
    pub folder: Option<String>,
    /// The front matter; its post-mortem may come from the body or from a file beside it.
    pub front: project::Project,
    /// The body; it is stored apart.
    #[serde(skip)]
    pub body: Watched<Body>,
    /// The narrative of a post-mortem in a file of its own.
    pub narrative: Option<(FileId, Body)>,
    /// Whether some of its front matter could not be read, which was said.
    pub partial: bool,
    /// The readings of each KPI that has a series, by the KPI's position.
    pub series: BTreeMap<usize, Vec<series::Reading>>,
    /// The key of all that it says but in the body, and that of the body.
    pub keys: (Key, Key),
}

impl ProjectDocument {
    /// The file in which a lesson stands: the post-mortem's own where there is one, but for lessons
    /// that are told in the write-up all the same.
    pub fn told_in(&self, lesson: &post_mortem::Lesson) -> FileId {
        match &self.narrative {
            Some((file, _)) if !lesson.in_write_up => *file,
            _ => self.file,
        }
    }
}

/// A unit's own file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct UnitDocument {
    /// The id.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// The front matter.
    pub front: unit::Unit,
    /// The body.
    pub body: Body,
}

/// A free page, or the home page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PageDocument {
    /// The id; empty for the home page.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// The front matter.
    pub front: unit::FreePage,
    /// The body.
    pub body: Body,
}

/// All that the files say.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The projects, by id.
    pub projects: Vec<Arc<ProjectDocument>>,
    /// The units that have a file, by id.
    pub units: Vec<UnitDocument>,
    /// The free pages, by id.
    pub pages: Vec<PageDocument>,
    /// The home page's own words.
    pub home: Option<PageDocument>,
    /// The projects of which nothing could be read, which was said: what names them is right.
    pub unread: BTreeSet<String>,
    /// What is wrong with any of them.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read, and not known from before.
    pub fresh: usize,
    /// The key of all files of the casebook but for the bodies of write-ups.
    pub key: Key,
}

/// So many files are read at once by one thread: a longer stretch would leave the others idle at
/// the end.
const FEW: usize = 32;

/// Reads all files, in parallel; what stands on the shelf is taken from there, under the same
/// settings, and what is read is put there.
pub fn read(sources: &Sources, settings: &Settings, shelf: Option<&mut Shelf>) -> Documents {
    let desk = write_up::Desk { sources, settings, conventions: settings.conventions() };
    let fresh = AtomicUsize::new(0);
    let mut own = Shelf::default();
    let shelf = shelf.unwrap_or(&mut own);
    let mut before = std::mem::take(&mut shelf.read);
    let length = before.len();
    before.resize_with(sources.files.len(), || None);
    let (read, mut same): (Vec<_>, Vec<_>) = sources
        .files
        .par_iter()
        .zip(before)
        .with_max_len(FEW)
        .enumerate()
        .map(|(at, (file, known))| {
            let key = inputs(sources, file);
            let was_nothing = known.is_none();
            if let Some(known) = known.filter(|known| known.is_of(file, key)) {
                return (Some(known), true);
            }
            let Some((one, said)) = desk.one(file, FileId::nth(at)) else {
                return (None, was_nothing);
            };
            fresh.fetch_add(1, Ordering::Relaxed);
            (Some(Read { of: (file.path.clone(), key), one, said }), false)
        })
        .unzip();
    // With another number of files the last part is another, whatever is in it.
    let ends = length.min(same.len()).saturating_sub(1);
    same.iter_mut().skip(ends).for_each(|same| *same &= length == read.len());
    shelf.follow(read, &same);
    let fresh = fresh.into_inner();
    shelf.has_news = fresh > 0;
    let mut documents = Documents {
        unread: unread(sources),
        fresh,
        key: key(sources, &shelf.read),
        ..Documents::default()
    };
    documents.projects.reserve(shelf.read.len());
    for Read { one, said, .. } in shelf.read.iter().flatten() {
        documents.diagnostics.extend_from_slice(said);
        match one {
            write_up::One::Project(project) => documents.projects.push(project.clone()),
            write_up::One::Unit(unit) => documents.units.push(unit.clone()),
            write_up::One::Page(page) => documents.pages.push(page.clone()),
            write_up::One::Home(page) => documents.home = Some(page.clone()),
        }
    }
    documents.projects.sort_by(|a, b| a.id.cmp(&b.id));
    documents.units.sort_by(|a, b| a.id.cmp(&b.id));
    documents.pages.sort_by(|a, b| a.id.cmp(&b.id));
    documents.diagnostics.extend(unused(sources));
    secret::elsewhere(sources, &mut documents.diagnostics);
    documents.diagnostics.extend(names::check(sources));
    documents
}

/// The key of all that a file is read from: itself, and for a write-up in a folder all that is there.
fn inputs(sources: &Sources, file: &SourceFile) -> Key {
    match &file.kind {
        Kind::Project { folder: Some(folder), .. } => {
            let files = sources.below(folder).iter();
            Key::all(files.flat_map(|file| [Key::of(&file.path), file.key]))
        }
        _ => file.key,
    }
}

/// The key of all files, of write-ups without their bodies.
fn key(sources: &Sources, read: &[Option<Read>]) -> Key {
    let mut told = Vec::with_capacity(64 * read.len());
    for (file, read) in sources.files.iter().zip(read) {
        let said = match read.as_ref().map(|read| &read.one) {
            Some(write_up::One::Project(project)) => project.keys.0,
            _ => file.key,
        };
        told.extend_from_slice(file.path.as_bytes());
        // No path has such a byte in it, and keys are of one length.
        told.extend_from_slice(&[0, u8::from(file.is_text())]);
        told.extend_from_slice(&said.number().to_le_bytes());
    }
    Key::of(told)
}

/// Write-ups that are there, but cannot be used as files.
fn unread(sources: &Sources) -> BTreeSet<String> {
    let refused = sources.files.iter().filter(|file| !file.is_text());
    let ids = refused.filter_map(|file| match &file.kind {
        Kind::Project { id, .. } => Some(id.clone()),
        _ => None,
    });
    ids.collect()
}

/// Files that no page uses are told, lest a page is lost in silence.
fn unused(sources: &Sources) -> Vec<Diagnostic> {
    use crate::diagnostics::Code;
    let stray = sources.iter().filter(|(_, file)| file.kind == Kind::Unused);
    let stray = stray.map(|(id, file)| {
        Diagnostic::new(Code::FileUnused, id.top(), format!("no page uses `{}`", file.path))
            .help(home_of(&file.path))
    });
    let orphans = sources.iter().filter_map(|(id, file)| match &file.kind {
        Kind::PostMortem { project } => {
            let beside = format!("content/projects/{project}/index.md");
            sources.find(&beside).is_none().then(|| {
                let message = "this post-mortem has no write-up beside it";
                Diagnostic::new(Code::FileUnused, id.top(), message).help(format!("write {beside}"))
            })
        }
        _ => None,
    });
    stray.chain(orphans).collect()
}

/// Where a file that no page uses perhaps belongs.
fn home_of(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let lower = name.to_lowercase();
    let stem = lower.rsplit_once('.').map(|(stem, _)| stem);
    match (stem, lower.rsplit_once('.').map(|(_, ending)| ending)) {
        (Some("index"), Some("md")) if name != "index.md" => "rename it to `index.md`".into(),
        (Some(stem), Some("markdown" | "mdown" | "mkd")) => format!("rename it to `{stem}.md`"),
        (Some(stem), Some("md")) if !name.ends_with(".md") => format!("rename it to `{stem}.md`"),
        (_, ending) if folder == "content/projects" && ending != Some("md") => {
            "put it into a project's own folder, beside its `index.md`".into()
        }
        _ => "put it into content/projects, content/units or content/pages, or remove it".into(),
    }
}
