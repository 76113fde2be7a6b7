//! Editions: the documents that one circle of readers may see.
//!
//! The cut comes before anything is linked: projects out of the circle are gone, restricted keys
//! are withheld, and what pointed at a project that is gone says so. Nothing behind this stage
//! knows what was cut, so nothing behind it can tell.

mod cut;

use crate::diagnostics::{Code, Diagnostic, Failure, FileId, among};
use crate::documents::fields::Spanned;
use crate::documents::settings::Settings;
use crate::documents::{Documents, PageDocument, ProjectDocument, UnitDocument};
use crate::memo::Key;
use crate::sources::{LeftOut, Sources};
use pulldown_cmark_escape::escape_html;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whether write-ups that are not finished are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    /// They are not.
    #[default]
    Hidden,
    /// They are, for their writer to look at.
    Shown,
}

/// A project as the circle may see it.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// What is left of the document.
    pub document: Arc<ProjectDocument>,
    /// The keys that are withheld.
    pub withheld: BTreeSet<String>,
}

/// The documents that a circle may see.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// The circle.
    pub audience: String,
    /// The projects, by id.
    pub projects: Vec<Shown>,
    /// The units that have a file, by id.
    pub units: Vec<UnitDocument>,
    /// The free pages, by id.
    pub pages: Vec<PageDocument>,
    /// The home page's own words.
    pub home: Option<PageDocument>,
    /// The projects of which nothing could be read, which was said.
    pub unread: BTreeSet<String>,
    /// Names of circles that are not in the list.
    pub diagnostics: Vec<Diagnostic>,
    /// Drafts, which the publisher is told of.
    pub left_out: Vec<LeftOut>,
    /// The key of what was cut away, for the documents that named it.
    pub cut: Key,
}

/// Which edition is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The circle; the widest where none is named.
    pub audience: Option<String>,
    /// Whether drafts are shown.
    pub drafts: Drafts,
}

/// Cuts an edition from the documents.
pub fn cut(
    documents: Documents,
    sources: &Sources,
    settings: &Settings,
    wanted: &Wanted,
) -> Result<Edition, Failure> {
    let circles = Circles::of(settings, wanted)?;
    let mut edition = Edition { audience: circles.name.clone(), ..Edition::default() };
    edition.unread = documents.unread;
    for project in &documents.projects {
        let named = project.front.audience.iter().chain(project.front.restricted.values());
        edition.diagnostics.extend(circles.check(named, project.file));
    }
    for page in &documents.pages {
        edition.diagnostics.extend(circles.check(&page.front.audience, page.file));
    }
    let hides = |draft: bool| draft && wanted.drafts == Drafts::Hidden;
    let said = settings.wording.say("a withheld project");
    let mut html = String::new();
    // Writing to a text cannot fail.
    let _ = escape_html(&mut html, said);
    let mut gone = cut::Gone { ids: BTreeSet::new(), said, html };
    let mut kept = Vec::with_capacity(documents.projects.len());
    for project in documents.projects {
        if hides(project.front.draft) {
            let path = sources.file(project.file).path.clone();
            edition.left_out.push(LeftOut { path, why: "a draft; --drafts shows it".into() });
            gone.ids.insert(project.id.clone());
        } else if !circles.may_see(project.front.audience.as_ref()) {
            gone.ids.insert(project.id.clone());
        } else {
            kept.push(project);
        }
    }
    for page in documents.pages {
        if hides(page.front.draft) {
            let path = sources.file(page.file).path.clone();
            edition.left_out.push(LeftOut { path, why: "a draft; --drafts shows it".into() });
        } else if circles.may_see(page.front.audience.as_ref()) {
            edition.pages.push(page);
        }
    }
    edition.units = documents.units;
    edition.home = documents.home;
    edition.projects = kept.into_iter().map(|project| cut::project(project, &circles)).collect();
    edition.cut = Key::told(&gone.ids);
    // Only now are the names of what is gone still known; nothing after this needs them.
    for project in &mut edition.projects {
        cut::forget(&mut project.document, &gone);
    }
    for body in edition.pages.iter_mut().map(|page| &mut page.body) {
        cut::forget_in_body(body, &gone);
    }
    for body in edition.units.iter_mut().map(|unit| &mut unit.body) {
        cut::forget_in_body(body, &gone);
    }
    if let Some(home) = &mut edition.home {
        cut::forget_in_body(&mut home.body, &gone);
    }
    Ok(edition)
}

/// The circles of a site, and the one that an edition is for.
#[derive(Debug)]
pub struct Circles<'s> {
    settings: &'s Settings,
    name: String,
    rank: usize,
    /// The circle of a project that names none.
    default: usize,
}

impl<'s> Circles<'s> {
    /// Those of a site, and the wanted one; a failure where there is none of that name.
    pub fn of(settings: &'s Settings, wanted: &Wanted) -> Result<Circles<'s>, Failure> {
        let rank = |name: &str| settings.audiences.iter().position(|circle| circle == name);
        let widest = settings.audiences.first().cloned().unwrap_or_else(|| "internal".into());
        let name = wanted.audience.clone().unwrap_or(widest);
        let found = rank(&name).or_else(|| settings.audiences.is_empty().then_some(0));
        let Some(found) = found else {
            let names = settings.audiences.iter().map(String::as_str);
            let help = among(&name, names).unwrap_or_default();
            return Err(Failure::usage(format!("there is no audience `{name}`")).help(help));
        };
        let default = settings.audience.as_ref().map_or(0, |name| rank(name).unwrap_or(usize::MAX));
        Ok(Circles { settings, name, rank: found, default })
    }

    /// The name of the one that the edition is for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether that one may see what is kept to a circle.
    pub fn may_see(&self, circle: Option<&Spanned<String>>) -> bool {
        let Some(name) = circle else { return self.default <= self.rank };
        match self.settings.audiences.iter().position(|circle| *circle == name.value) {
            Some(needs) => needs <= self.rank,
            // Kept to a circle that is not in the list: an error, so that no page is made of it;
            // what else is wrong with it comes in the same run.
            None => true,
        }
    }

    fn check<'n>(
        &self,
        named: impl IntoIterator<Item = &'n Spanned<String>>,
        file: FileId,
    ) -> Vec<Diagnostic> {
        let named = named.into_iter();
        let unknown = named.filter(|name| !self.settings.audiences.contains(&name.value));
        let say = |name: &Spanned<String>| {
            let help = among(name, self.settings.audiences.iter().map(String::as_str));
            let message = format!("there is no audience `{}`", name.value);
            Diagnostic::new(Code::UnknownAudience, file.at(name.span), message).maybe_help(help)
        };
        unknown.map(say).collect()
    }
}
