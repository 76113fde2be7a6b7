//! What is hidden: the stretches of the files that a circle may not see.
//!
//! The files are read again for it, as trees of YAML and lines of Markdown: what a key means, and
//! what the cut did with it, plays no part.

use super::without::masked;
use crate::diagnostics::{FileId, Span};
use crate::documents::body::Fills;
use crate::documents::front_matter::{Need, split};
use crate::documents::kpi::Kpi;
use crate::documents::reader::{Conventions, Reader};
use crate::documents::series::Series;
use crate::documents::yaml::{self, Entry, Node, Value};
use crate::documents::{Documents, PageDocument, ProjectDocument};
use crate::editions::{Circles, Drafts};
use crate::sources::Sources;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use std::collections::BTreeMap;

/// What a circle may not see.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// The stretches that are hidden, in files that are seen otherwise.
    pub parts: BTreeMap<FileId, Vec<Span>>,
    /// The files that are hidden whole.
    pub files: BTreeMap<FileId, Why>,
}

/// Why a file is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It is a write-up or a page for another circle.
    Circle(String),
    /// It is a draft.
    Draft,
    /// It belongs to something that is hidden.
    Belongs,
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
            let front = &project.front;
            let audience = front.audience.as_ref().map(|circle| circle.value.clone());
            let why = match drafts {
                Drafts::Hidden if front.draft => Some(Why::Draft),
                _ if circles.may_see(front.audience.as_ref()) => None,
                _ => Some(Why::Circle(audience.unwrap_or_default())),
            };
            match why {
                Some(why) => hidden.whole(project, why, sources),
                None => hidden.restricted(project, sources, conventions, circles),
            }
        }
        for page in &documents.pages {
            hidden.page(page, circles, drafts);
        }
        hidden
    }

    /// Whether nothing is hidden.
    pub fn is_nothing(&self) -> bool {
        self.parts.is_empty() && self.files.is_empty()
    }

    fn whole(&mut self, project: &ProjectDocument, why: Why, sources: &Sources) {
        self.files.insert(project.file, why);
        let folder = project.folder.as_deref();
        for file in folder.into_iter().flat_map(|folder| sources.below(folder)) {
            if let Some((id, _)) = sources.find(&file.path).filter(|(id, _)| *id != project.file) {
                self.files.insert(id, Why::Belongs);
            }
        }
    }

    fn page(&mut self, page: &PageDocument, circles: &Circles<'_>, drafts: Drafts) {
        let audience = page.front.audience.as_ref();
        let why = match audience {
            _ if page.front.draft && drafts == Drafts::Hidden => Why::Draft,
            Some(circle) if !circles.may_see(audience) => Why::Circle(circle.value.clone()),
            None if !circles.may_see(None) => Why::Circle(String::new()),
            _ => return,
        };
        self.files.insert(page.file, why);
    }

    fn restricted(
        &mut self,
        project: &ProjectDocument,
        sources: &Sources,
        conventions: &Conventions,
        circles: &Circles<'_>,
    ) {
        let restricted = project.front.restricted.iter();
        let keys: Vec<&str> = restricted
            .filter(|(_, circle)| !circles.may_see(Some(circle)))
            .map(|(key, _)| key.as_str())
            .collect();
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
        if !own.is_empty() {
            self.parts.insert(project.file, own);
        }
        if let Some(folder) = &project.folder {
            let beside = |path: &str| sources.find(&format!("{folder}{path}")).map(|(id, _)| id);
            let series = project.front.kpis.iter().filter_map(series_file);
            // A picture that the story shows as well is no secret.
            let image = project.front.image.iter().map(|image| image.src.value.as_str());
            let image = image.filter(|path| !seen.contains(path)).filter_map(&beside);
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
