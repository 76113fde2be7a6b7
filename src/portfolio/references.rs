//! What bodies and front matter refer to in other files: looked up, and told where it is not there.

mod near;
mod picture;

use super::address::{Base, Resolved};
use super::{Portfolio, Project};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Span, among};
use crate::documents::body::{Body, Piece, Reference};
use crate::documents::fields::Spanned;
use crate::documents::picture::Use;
use crate::documents::picture::copies::Copies;
use crate::memo::Key;
use crate::memo::store::Store;
use crate::sources::{Kind, Sources};
use near::Near;
pub use picture::{Copy, Picture};
use picture::{NeededFile, Pictures, image};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A body, where it stands, and whose figures it quotes.
struct Telling<'p> {
    body: &'p Body,
    file: FileId,
    base: Base,
    project: Option<&'p Project>,
    /// Ids on the page besides those of the body.
    anchors: Vec<String>,
}

/// What came of the references of each project and page, where they were looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Looked {
    /// Those of each project, by the key of its body.
    projects: Vec<Option<(Key, Found)>>,
    pages: Option<Vec<Found>>,
    /// What was found in files beside write-ups.
    #[serde(skip)]
    pictures: Pictures,
}

impl Looked {
    /// Those of a project are others now; all that they can lead to is the same.
    pub fn forget(&mut self, project: usize) {
        if let Some(looked) = self.projects.get_mut(project) {
            *looked = None;
        }
    }

    /// Forgets those of bodies that are others now.
    fn forget_others(&mut self, projects: &[Project]) {
        self.projects.resize_with(projects.len(), || None);
        for (looked, project) in self.projects.iter_mut().zip(projects) {
            let body = project.shown.document.keys.1;
            *looked = looked.take().filter(|(of, _)| *of == body);
        }
    }
}

/// All that a reference may lead to.
struct There<'p> {
    portfolio: &'p Portfolio,
    sources: &'p Sources,
    near: Near<'p>,
}

/// What is wrong with the references of a text, and the files that they need.
type Found = (Vec<Diagnostic>, Needed);

/// What came of all references.
pub(super) struct Checked {
    pub looked: Looked,
    pub said: Vec<Diagnostic>,
    /// The files that pages need: address → path among the sources.
    pub files: BTreeMap<String, String>,
    /// Where each of them is named first, by its address.
    pub named: BTreeMap<String, Place>,
    /// Each that is a picture, by its address.
    pub pictures: BTreeMap<String, Picture>,
    /// Where narrower copies of them lie.
    pub copies: Vec<Copy>,
}

/// Looks at every reference that was not looked at; says what is wrong and names the files that
/// pages need.
pub(super) fn check(
    portfolio: &Portfolio,
    sources: &Sources,
    mut looked: Looked,
    store: &dyn Store,
) -> Checked {
    let all = portfolio.projects.all();
    looked.projects.resize_with(all.len(), || None);
    let there = There { portfolio, sources, near: Near::new(portfolio) };
    let few = looked.projects.par_iter_mut().zip(all).with_max_len(64);
    few.filter(|(looked, _)| looked.is_none()).for_each(|(looked, project)| {
        let mut found = (front(project, &there), Vec::new());
        for telling in tellings_of(project) {
            let (said, needed) = telling.check(&there);
            found.0.extend(said);
            found.1.extend(needed);
        }
        found.1.extend(image(project, sources));
        *looked = Some((project.shown.document.keys.1, found));
    });
    let pages = looked.pages.get_or_insert_with(|| {
        let pages = tellings_of_pages(portfolio);
        pages.par_iter().map(|telling| telling.check(&there)).collect()
    });
    let (mut said, mut needed) = (Vec::new(), Vec::new());
    let projects = looked.projects.iter().flatten().map(|(_, found)| found);
    for (problems, files) in projects.chain(&*pages) {
        said.extend_from_slice(problems);
        needed.extend(files);
    }
    said.extend(looked.pictures.look(&needed, sources, &portfolio.settings, store));
    let (pictures, copies) = looked.pictures.shown(&needed);
    let files = needed.iter().map(|file| (file.address.clone(), file.source.clone())).collect();
    let mut named: BTreeMap<String, Place> = BTreeMap::new();
    for file in &needed {
        let first = named.entry(file.address.clone()).or_insert(file.place);
        *first = file.place.min(*first);
    }
    Checked { said, files, named, pictures, copies, looked }
}

fn tellings_of(project: &Project) -> Vec<Telling<'_>> {
    let document = &project.shown.document;
    let base = base_of(project);
    let ids = project.front().kpis.iter().map(|kpi| format!("kpi-{}", kpi.id.value));
    let mut anchors: Vec<String> = ids.collect();
    anchors.extend(document.narrative.iter().flat_map(|(_, body)| body.anchors.iter().cloned()));
    anchors.extend(document.body.anchors.iter().cloned());
    let project = Some(project);
    let mut tellings = Vec::with_capacity(2);
    if let Some((file, body)) = &document.narrative {
        let (file, base, anchors) = (*file, base.clone(), anchors.clone());
        tellings.push(Telling { body, file, base, project, anchors });
    }
    tellings.push(Telling { body: &document.body, file: document.file, base, project, anchors });
    tellings
}

fn tellings_of_pages(portfolio: &Portfolio) -> Vec<Telling<'_>> {
    let mut tellings = Vec::new();
    for unit in &portfolio.units.list {
        if let Some((file, body)) = &unit.body {
            let page = format!("units/{}/index.html", unit.id);
            let base = Base { source: "content/units/".into(), page };
            let anchors = body.anchors.clone();
            tellings.push(Telling { body, file: *file, base, project: None, anchors });
        }
    }
    for page in portfolio.pages.iter().chain(&*portfolio.home) {
        let (source, at) = match page.id.as_str() {
            "" => ("content/", "index.html".to_string()),
            id => ("content/pages/", format!("{id}/index.html")),
        };
        let base = Base { source: source.into(), page: at };
        let anchors = page.body.anchors.clone();
        tellings.push(Telling { body: &page.body, file: page.file, base, project: None, anchors });
    }
    tellings
}

/// Where a project's write-up stands.
pub fn base_of(project: &Project) -> Base {
    let document = &project.shown.document;
    let source = document.folder.clone().unwrap_or_else(|| "content/projects/".into());
    Base { source, page: project.page.clone() }
}

type Needed = Vec<NeededFile>;

impl Telling<'_> {
    fn check(&self, there: &There<'_>) -> (Vec<Diagnostic>, Needed) {
        let (mut said, mut needed) = (Vec::new(), Vec::new());
        for gap in self.body.gaps() {
            let problem = match gap {
                Piece::Html(_) => None,
                Piece::Figure(reference) => self.figure(reference, there),
                Piece::Chart(kpi) => self.kpi(kpi, kpi.span, there),
                Piece::Project(id) => self.project(id, there),
                Piece::Href(target) => match self.href(target, there) {
                    Ok(file) => {
                        needed.extend(file);
                        None
                    }
                    Err(problem) => Some(*problem),
                },
                Piece::Src(path) => match self.picture(path, there.sources) {
                    Ok(file) => {
                        needed.push(file);
                        None
                    }
                    Err(problem) => Some(*problem),
                },
            };
            said.extend(problem);
        }
        (said, needed)
    }

    fn say(&self, code: Code, span: Span, message: String) -> Diagnostic {
        Diagnostic::new(code, self.file.at(span), message)
    }

    fn figure(&self, reference: &Spanned<Reference>, there: &There<'_>) -> Option<Diagnostic> {
        let span = reference.span;
        match &reference.value {
            Reference::Kpi { kpi, .. } => self.kpi(kpi, span, there),
            Reference::Share(unit) if self.project.is_some() => {
                let mut said = Vec::new();
                let name = Spanned { value: unit.clone(), span };
                there.portfolio.units.known(&name, self.file, &mut said);
                said.pop()
            }
            _ if self.project.is_some() => None,
            _ => Some(
                self.say(
                    Code::UnknownReference,
                    span,
                    "this page has no project to take the figure from".into(),
                )
                .help("write `{kpi:project/kpi}` here, or move the sentence to the project"),
            ),
        }
    }

    fn kpi(&self, name: &str, span: Span, there: &There<'_>) -> Option<Diagnostic> {
        let (project, id) = match name.split_once('/') {
            Some((project, id)) => (there.portfolio.project(project), id),
            None => (self.project, name),
        };
        let Some(project) = project else {
            let Some((project, _)) = name.split_once('/') else {
                let message = format!("this page has no project to take the KPI `{name}` from");
                return Some(
                    self.say(Code::UnknownReference, span, message)
                        .help("write `{kpi:project/kpi}` with the ids of both"),
                );
            };
            let name = Spanned { value: project.to_string(), span };
            return there
                .unknown_project(&name, self.file, None)
                .map(|problem| Diagnostic { code: Code::UnknownReference, ..problem });
        };
        if project.kpi(id).is_some() || project.withholds("kpis") || project.is_partial() {
            return None;
        }
        let ids = project.front().kpis.iter().map(|kpi| kpi.id.value.as_str());
        let help = among(id, ids).unwrap_or_else(|| "add it to `kpis`".into());
        let message = format!("there is no KPI `{id}`");
        let help = format!("{help} (or write `\\{{` for a brace)");
        Some(self.say(Code::UnknownReference, span, message).help(help))
    }

    fn project(&self, id: &Spanned<String>, there: &There<'_>) -> Option<Diagnostic> {
        there.unknown_project(id, self.file, self.project)
    }

    fn href(
        &self,
        target: &Spanned<crate::documents::body::Target>,
        there: &There<'_>,
    ) -> Result<Option<NeededFile>, Box<Diagnostic>> {
        let files = |path: &str| {
            there.sources.find(path).is_some_and(|(_, file)| file.kind == Kind::Attachment)
        };
        let addresses = &there.portfolio.addresses;
        let fragment = target.fragment.trim_start_matches('#');
        match addresses.resolve(target, &self.base, files) {
            Some(Resolved::File { source, address }) => Ok(Some(NeededFile {
                address,
                source,
                used: Use::Linked,
                place: self.file.at(target.span),
            })),
            Some(Resolved::Page(page)) => {
                let here = page == self.base.page;
                if fragment.is_empty() || !here || self.has_anchor(fragment) {
                    return Ok(None);
                }
                let message = format!("there is no heading `#{fragment}` on this page");
                let help = among(fragment, self.anchors.iter().map(String::as_str));
                Err(Box::new(self.say(Code::BrokenLink, target.span, message).maybe_help(help)))
            }
            None => {
                let help = there.near.page(&target.path);
                let help = help.unwrap_or_else(|| {
                    "write `[[id]]` for a project, or an address of this site as /projects/".into()
                });
                let message = format!("`{}` leads nowhere", target.path);
                Err(Box::new(self.say(Code::BrokenLink, target.span, message).help(help)))
            }
        }
    }

    fn has_anchor(&self, fragment: &str) -> bool {
        self.anchors.iter().any(|id| id == fragment) || fragment == "main"
    }
}

impl Portfolio {
    /// What came of the references that were looked at.
    pub fn looked(&self) -> &Looked {
        &self.looked
    }

    /// Takes over what came of the references in another run, in which all but bodies was the same.
    pub fn has_looked(&mut self, mut looked: Looked) {
        looked.forget_others(self.projects.all());
        self.looked = looked;
    }

    /// Takes over the copies of pictures that another run has, which it may have made of the same.
    pub fn has_copies(&mut self, copies: BTreeMap<Key, Copies>) {
        self.looked.pictures.has_copies(copies);
    }

    /// Its copies of pictures, by their keys.
    pub fn copies_by_key(&self) -> BTreeMap<Key, Copies> {
        self.looked.pictures.copies_by_key()
    }
}

/// Names of projects and of KPIs of other projects in the front matter.
fn front(project: &Project, there: &There<'_>) -> Vec<Diagnostic> {
    let file = project.shown.document.file;
    let mut said = Vec::new();
    let mut names: Vec<(&Spanned<String>, FileId)> =
        project.front().related.iter().map(|name| (name, file)).collect();
    if let Some(post_mortem) = &project.front().post_mortem {
        let lists =
            [&post_mortem.bright_spots, &post_mortem.pain_points, &post_mortem.opportunities];
        for lesson in lists.into_iter().flatten() {
            let at = project.shown.document.told_in(lesson);
            names.extend(lesson.adopted_by.iter().map(|name| (name, at)));
        }
    }
    for (name, file) in names {
        said.extend(there.unknown_project(name, file, Some(project)));
    }
    for same in project.front().kpis.iter().filter_map(|kpi| kpi.same_as.as_ref()) {
        let Some((id, kpi)) = same.split_once('/') else {
            let message = format!("`{}` names no KPI of another project", same.value);
            said.push(
                Diagnostic::new(Code::UnknownKpi, file.at(same.span), message)
                    .help("write it as `project/kpi`, with the ids of both"),
            );
            continue;
        };
        let Some(other) = there.portfolio.project(id) else {
            let name = Spanned { value: id.to_string(), span: same.span };
            said.extend(there.unknown_project(&name, file, Some(project)));
            continue;
        };
        let known = other.kpi(kpi).is_some() || other.withholds("kpis") || other.is_partial();
        if !known {
            let ids = other.front().kpis.iter().map(|kpi| kpi.id.value.as_str());
            let message = format!("the project `{}` has no KPI `{kpi}`", other.id());
            said.push(
                Diagnostic::new(Code::UnknownKpi, file.at(same.span), message)
                    .maybe_help(among(kpi, ids)),
            );
        }
    }
    said
}

impl There<'_> {
    /// A word that there is no such project; none where it is there, or could not be read.
    fn unknown_project(
        &self,
        name: &Spanned<String>,
        file: FileId,
        from: Option<&Project>,
    ) -> Option<Diagnostic> {
        if self.portfolio.project(name).is_some() || self.portfolio.unread.contains(&name.value) {
            return None;
        }
        let help = self.near.project(name, from);
        let help = help.unwrap_or_else(|| "write the id of another project".into());
        let message = format!("there is no project `{}`", name.value);
        Some(Diagnostic::new(Code::UnknownProject, file.at(name.span), message).help(help))
    }
}
