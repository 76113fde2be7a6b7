//! The cut itself: keys taken out of one project, and names of projects that are gone taken out
//! of the others.

use super::{Circles, Shown};
use crate::documents::ProjectDocument;
use crate::documents::body::{Body, Fills, Piece};
use crate::documents::fields::Spanned;
use crate::documents::post_mortem::Lesson;
use crate::documents::project::Project;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The projects that are gone, and what stands for their titles.
pub(super) struct Gone<'s> {
    pub ids: BTreeSet<String>,
    pub said: &'s str,
    /// The same in HTML.
    pub html: String,
}

/// Withholds the restricted keys that the circle may not see.
pub(super) fn project(mut document: Arc<ProjectDocument>, circles: &Circles<'_>) -> Shown {
    let front = &document.front;
    let hidden = front.restricted.iter().filter(|(_, circle)| !circles.may_see(Some(circle)));
    let withheld: BTreeSet<String> = hidden.map(|(key, _)| key.clone()).collect();
    if !front.restricted.is_empty() || front.audience.is_some() {
        // Another run may still need the document as it was read.
        let document = Arc::make_mut(&mut document);
        withheld.iter().for_each(|key| withhold(document, key));
        // Who may see what is told to no one.
        document.front.restricted.clear();
        document.front.audience = None;
    }
    Shown { document, withheld }
}

fn withhold(document: &mut ProjectDocument, key: &str) {
    let front = &mut document.front;
    let nothing = Project::default();
    match key {
        "summary" => {
            front.summary = None;
            document.body.change().lead.clear();
        }
        "class" => front.class = None,
        "class_reason" => front.class_reason = None,
        "sponsor" => front.sponsor = None,
        "it_lead" => front.it_lead = None,
        "units" => front.units.clear(),
        "champions" => front.champions.clear(),
        "steering" => front.steering.clear(),
        "team" => front.team.clear(),
        "shadowing" => front.shadowing.clear(),
        "need" => {
            front.need = None;
            drop_sections(document.body.change(), &[Fills::Need]);
        }
        "objective" => {
            front.objective = None;
            drop_sections(document.body.change(), &[Fills::Objective]);
        }
        "scope" => front.scope = None,
        "gaps" => front.gaps.clear(),
        "stages" => front.stages = nothing.stages,
        "kpis" => {
            front.kpis.clear();
            document.series.clear();
        }
        "outcomes" => front.outcomes.clear(),
        "benefits" => front.benefits.clear(),
        "investment" => front.investment = None,
        "assurance" => front.assurance.clear(),
        "handover" => front.handover = None,
        "quotes" => front.quotes.clear(),
        "recognition" => front.recognition.clear(),
        "tags" => front.tags.clear(),
        "related" => front.related.clear(),
        "image" => front.image = None,
        "waived" => front.waived.clear(),
        "post_mortem" => {
            front.post_mortem = None;
            document.narrative = None;
            let told = [Fills::BrightSpots, Fills::PainPoints, Fills::Opportunities];
            drop_sections(document.body.change(), &told);
        }
        other => unreachable!("`{other}` is no restrictable key, which reading holds"),
    }
}

fn drop_sections(body: &mut Body, fills: &[Fills]) {
    let is_told = |section: &crate::documents::body::Section| {
        section.fills.is_some_and(|f| fills.contains(&f))
    };
    if body.sections.first().is_some_and(is_told) {
        body.lead.clear();
    }
    let gone: Vec<String> = body
        .sections
        .iter()
        .filter(|section| is_told(section))
        .flat_map(|section| section.headings.iter().map(|heading| heading.id.clone()))
        .collect();
    body.sections.retain(|section| !is_told(section));
    body.anchors.retain(|id| !gone.contains(id));
}

/// Takes the names of projects that are gone out of a project that stays.
pub(super) fn forget(document: &mut Arc<ProjectDocument>, gone: &Gone<'_>) {
    if gone.ids.is_empty() || !names(document, &gone.ids) {
        return;
    }
    let document = Arc::make_mut(document);
    let stays = |name: &Spanned<String>| !gone.ids.contains(&name.value);
    let front = &mut document.front;
    front.related.retain(stays);
    for kpi in &mut front.kpis {
        kpi.same_as = kpi.same_as.take().filter(|same| {
            let project = same.split('/').next().unwrap_or_default();
            !gone.ids.contains(project)
        });
    }
    if let Some(post_mortem) = &mut front.post_mortem {
        let lists = [
            &mut post_mortem.bright_spots,
            &mut post_mortem.pain_points,
            &mut post_mortem.opportunities,
        ];
        for lesson in lists.into_iter().flatten() {
            forget_in_lesson(lesson, gone);
        }
    }
    forget_in_body(document.body.change(), gone);
    if let Some((_, narrative)) = &mut document.narrative {
        forget_in_body(narrative, gone);
    }
}

/// Whether a document has a name of what is gone.
fn names(document: &ProjectDocument, gone: &BTreeSet<String>) -> bool {
    let front = &document.front;
    let same_as = front.kpis.iter().filter_map(|kpi| kpi.same_as.as_ref());
    let same_as = same_as.filter_map(|same| same.split('/').next());
    let told = front.post_mortem.iter();
    let lessons =
        told.flat_map(|told| [&told.bright_spots, &told.pain_points, &told.opportunities]);
    let lessons = lessons.flatten().flat_map(|lesson| {
        lesson
            .adopted_by
            .iter()
            .map(|name| name.value.as_str())
            .chain(lesson.mentions.iter().map(String::as_str))
    });
    let related = front.related.iter().map(|name| name.value.as_str());
    let bodies =
        std::iter::once(&*document.body).chain(document.narrative.iter().map(|(_, body)| body));
    related.chain(same_as).chain(lessons).any(|name| gone.contains(name))
        || bodies.flat_map(pieces).any(|piece| match piece {
            Piece::Project(id) => gone.contains(&id.value),
            Piece::Href(target) => leads_to(&target.path, gone),
            _ => false,
        })
}

/// All pieces of a body.
fn pieces(body: &Body) -> impl Iterator<Item = &Piece> {
    body.sections.iter().flat_map(|section| &section.pieces).chain(&body.lead)
}

fn forget_in_lesson(lesson: &mut Lesson, gone: &Gone<'_>) {
    lesson.adopted_by.retain(|name| !gone.ids.contains(&name.value));
    // A lesson of the body keeps `[[id]]` as the bare id.
    for id in gone.ids.iter().filter(|id| lesson.mentions.contains(*id)) {
        lesson.text = lesson.text.replace(id.as_str(), gone.said);
    }
}

/// Takes the names of projects that are gone out of a body.
pub(super) fn forget_in_body(body: &mut Body, gone: &Gone<'_>) {
    if gone.ids.is_empty() {
        return;
    }
    let sections = body.sections.iter_mut().map(|section| &mut section.pieces);
    for pieces in sections.chain([&mut body.lead]) {
        for at in 0..pieces.len() {
            match &pieces[at] {
                Piece::Project(id) if gone.ids.contains(&id.value) => {
                    pieces[at] = Piece::Html(gone.html.clone());
                }
                Piece::Href(target) if leads_to(&target.path, &gone.ids) => {
                    unlink(pieces, at, &gone.html);
                }
                _ => {}
            }
        }
    }
}

/// Makes a link one that leads nowhere. Its words stay; they are the writer's own.
fn unlink(pieces: &mut [Piece], at: usize, title: &str) {
    let has_title =
        matches!(pieces.get(at + 1), Some(Piece::Html(after)) if after.starts_with("\" title="));
    let title = if has_title { String::new() } else { format!("\" title=\"{title}") };
    let before = at.checked_sub(1).and_then(|before| pieces.get_mut(before));
    if let Some(Piece::Html(before)) = before
        && let Some(opened) = before.strip_suffix("href=\"")
    {
        *before = format!("{opened}class=\"");
        pieces[at] = Piece::Html(format!("withheld{title}"));
    }
}

fn leads_to(path: &str, gone: &BTreeSet<String>) -> bool {
    let names = path.split('/').map(|part| part.strip_suffix(".md").unwrap_or(part));
    let names: Vec<_> =
        names.filter(|part| !matches!(*part, "" | "." | ".." | "index" | "index.html")).collect();
    names.last().is_some_and(|last| gone.contains(*last))
}
