//! What is hidden: the stretches of the files that a circle may not see.
//!
//! The files are read again for it, as trees of YAML and lines of Markdown: what a key means, and
//! what the cut did with it, plays no part.

use super::without::masked;
use crate::diagnostics::{FileId, Place, Span};
use crate::documents::body::Fills;
use crate::documents::fields::Spanned;
use crate::documents::front_matter::{Need, split};
use crate::documents::kpi::Kpi;
use crate::documents::reader::{Conventions, Reader};
use crate::documents::series::Series;
use crate::documents::yaml::{self, Entry, Node, Value};
use crate::documents::{Documents, PageDocument, ProjectDocument};
use crate::editions::{Circles, Drafts};
use crate::memo::Key;
use crate::sources::{SourceFile, Sources};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a circle may not see.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Hidden {
    /// The stretches that are hidden, in files that are seen otherwise.
    pub parts: BTreeMap<FileId, Vec<Span>>,
    /// The files that are hidden whole.
    pub files: BTreeMap<FileId, Why>,
    /// Pictures that would be hidden, had their own write-up not named them in the open as well: where
    /// each stands, and where that is.
    pub named: Vec<(Place, Place)>,
}

/// Why a file is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Why {
    /// It is a write-up or a page for another circle.
    Circle(String),
    /// It is a draft.
    Draft,
    /// It belongs to something that is hidden.
    Belongs,
}

/// The files of which something is hidden, and those that belong to them; none of them is opened.
pub(super) fn concerned(
    documents: &Documents,
    sources: &Sources,
    circles: &Circles<'_>,
    drafts: Drafts,
) -> Vec<FileId> {
    let mut all = Vec::new();
    let projects = documents.projects.iter().filter(|project| {
        why(project, circles, drafts).is_some() || !keys(project, circles).is_empty()
    });
    for project in projects {
        all.push(project.file);
        all.extend(beside(project, sources));
    }
    let pages = documents.pages.iter().filter(|page| why_page(page, circles, drafts).is_some());
    all.extend(pages.map(|page| page.file));
    all
}

/// Why a write-up is hidden, if it is.
fn why(project: &ProjectDocument, circles: &Circles<'_>, drafts: Drafts) -> Option<Why> {
    let front = &project.front;
    reason(front.draft && drafts == Drafts::Hidden, front.audience.as_ref(), circles)
}

/// Why a page is hidden, if it is.
fn why_page(page: &PageDocument, circles: &Circles<'_>, drafts: Drafts) -> Option<Why> {
    let front = &page.front;
    reason(front.draft && drafts == Drafts::Hidden, front.audience.as_ref(), circles)
}

fn reason(draft: bool, audience: Option<&Spanned<String>>, circles: &Circles<'_>) -> Option<Why> {
    match audience {
        _ if draft => Some(Why::Draft),
        _ if circles.may_see(audience) => None,
        audience => {
            Some(Why::Circle(audience.map(|circle| circle.value.clone()).unwrap_or_default()))
        }
    }
}

/// The keys of a write-up that the circle may not see.
fn keys<'p>(project: &'p ProjectDocument, circles: &Circles<'_>) -> Vec<&'p str> {
    let restricted = project.front.restricted.iter();
    let hidden = restricted.filter(|(_, circle)| !circles.may_see(Some(circle)));
    hidden.map(|(key, _)| key.as_str()).collect()
}

/// The other files in a write-up's folder.
fn beside(project: &ProjectDocument, sources: &Sources) -> Vec<FileId> {
    let files = project.folder.iter().flat_map(|folder| sources.below(folder));
    let ids = files.filter_map(|file| sources.find(&file.path)).map(|(id, _)| id);
    ids.filter(|id| *id != project.file).collect()
}

impl Hidden {
    /// What the circles hide of these documents.
    pub fn of(
        documents: &Documents,
        sources: &Sources,
        conventions: &Conventions,
        circles: &Circles<'_>,
        drafts: Drafts,
    ) -> Hidden {
        let mut hidden = Hidden::default();
        for project in &documents.projects {
            match why(project, circles, drafts) {
                Some(why) => {
                    let beside = beside(project, sources).into_iter();
                    hidden.files.extend(beside.map(|id| (id, Why::Belongs)));
                    hidden.files.insert(project.file, why);
                }
                None => hidden.restricted(project, sources, conventions, circles),
            }
        }
        let pages = documents.pages.iter();
        hidden
            .files
            .extend(pages.filter_map(|page| Some((page.file, why_page(page, circles, drafts)?))));
        hidden
    }

    /// The same with each other path to a file of which something is hidden: what a link within the
    /// casebook leads to is no less hidden.
    pub fn with_twins(mut self, sources: &Sources) -> Hidden {
        let concerned: BTreeSet<FileId> =
            self.parts.keys().chain(self.files.keys()).copied().collect();
        // Few files have the key of another, so few are compared.
        let mut by_key: BTreeMap<Key, Vec<&SourceFile>> = BTreeMap::new();
        for file in concerned.iter().map(|id| sources.file(*id)) {
            by_key.entry(file.key).or_default().push(file);
        }
        let is_twin = |file: &SourceFile| {
            by_key
                .get(&file.key)
                .is_some_and(|same| same.iter().any(|other| file.is_twin_of(other)))
        };
        let others = sources.iter().filter(|(id, file)| !concerned.contains(id) && is_twin(file));
        self.files.extend(others.map(|(id, _)| (id, Why::Belongs)));
        self
    }

    fn restricted(
        &mut self,
        project: &ProjectDocument,
        sources: &Sources,
        conventions: &Conventions,
        circles: &Circles<'_>,
    ) {
        let keys = keys(project, circles);
        let Some(text) = sources.file(project.file).text().filter(|_| !keys.is_empty()) else {
            return;
        };
        let reader = Reader::new(project.file, conventions);
        let parts = split(text, Need::Optional, usize::MAX, &reader);
        let tree = parts.yaml.map(|(yaml, at)| yaml::parse(yaml, at, &reader));
        let entries: &[Entry<'_>] = match &tree {
            Some(Node { value: Value::Map(entries), .. }) => entries,
            _ => &[],
        };
        let values = entries.iter().filter(|entry| keys.contains(&&*entry.key));
        let mut own: Vec<Span> = values.map(|entry| entry.value.span).collect();
        let told = &project.body.told.headings;
        let is_hidden = |fills: &Fills| keys.contains(&key_of(*fills));
        if told.iter().any(|(fills, _)| is_hidden(fills)) {
            own.extend(sections(parts.body, told, is_hidden));
        }
        let seen = masked(text, Some(&own));
        // A picture that the story shows as well is no secret.
        let image = project.front.image.iter().filter(|_| keys.contains(&"image"));
        let (shown, image): (Vec<_>, Vec<_>) = image
            .map(|image| (&image.src, seen.find(image.src.value.as_str())))
            .partition(|(_, named)| named.is_some());
        self.named.extend(shown.iter().filter_map(|(src, named)| {
            let at = Span::new((*named)?, (*named)? + src.value.len());
            Some((project.file.at(src.span), project.file.at(at)))
        }));
        if !own.is_empty() {
            self.parts.insert(project.file, own);
        }
        if let Some(folder) = &project.folder {
            let beside = |path: &str| sources.find(&format!("{folder}{path}")).map(|(id, _)| id);
            let series = project.front.kpis.iter().filter_map(series_file);
            let image = image.iter().filter_map(|(src, _)| beside(&src.value));
            let files = [
                ("image", image.collect::<Vec<_>>()),
                ("kpis", series.filter_map(&beside).collect()),
                ("post_mortem", beside("post-mortem.md").into_iter().collect()),
            ];
            let files = files.into_iter().filter(|(key, _)| keys.contains(key));
            self.files.extend(files.flat_map(|(_, ids)| ids).map(|id| (id, Why::Belongs)));
        }
    }
}

fn series_file(kpi: &Kpi) -> Option<&str> {
    match &kpi.series {
        Some(Series::File(path)) => Some(&path.value),
        _ => None,
    }
}

/// The key that a section of the body stands for.
fn key_of(fills: Fills) -> &'static str {
    match fills {
        Fills::Need => "need",
        Fills::Objective => "objective",
        Fills::BrightSpots | Fills::PainPoints | Fills::Opportunities => "post_mortem",
    }
}

/// The sections of a body that stand for hidden keys, each from its heading to the next that ends it.
fn sections(
    (body, at): (&str, usize),
    told: &[(Fills, Span)],
    is_hidden: impl Fn(&Fills) -> bool,
) -> Vec<Span> {
    let fills = |start: usize| {
        told.iter().find(|(_, span)| span.start as usize == start + at).map(|(fills, _)| *fills)
    };
    let mut parts = Vec::new();
    let mut open: Option<(usize, HeadingLevel)> = None;
    let mut depth = 0;
    let mut end = |open: &mut Option<(usize, HeadingLevel)>, to: usize| {
        if let Some((from, _)) = open.take() {
            parts.push(Span::new(from + at, to + at));
        }
    };
    for (event, range) in Parser::new(body).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                let its = fills(range.start);
                if its.is_some() || open.is_some_and(|(_, above)| level <= above) {
                    end(&mut open, range.start);
                    open = its.filter(&is_hidden).map(|_| (range.start, level));
                }
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    end(&mut open, body.len());
    parts
}
