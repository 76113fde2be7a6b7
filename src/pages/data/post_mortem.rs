//! The data files of what post-mortems taught and promised: `data/lessons.csv`, `data/actions.csv`.

use super::{on, text};
use crate::documents::post_mortem::Action;
use crate::pages::{Here, Pages};
use crate::portfolio::Project;
use crate::portfolio::action::{State, told};
use crate::portfolio::lesson::Kind;

pub(super) const ACTIONS: [&str; 9] =
    ["project", "text", "owner", "unit", "due", "status", "done_on", "priority", "overdue"];

pub(super) const LESSONS: [&str; 6] = ["project", "kind", "theme", "unit", "text", "adopted_by"];

impl Pages<'_> {
    /// The actions of a project; `overdue` is `true` or `false`.
    pub(super) fn action_records(&self, project: &Project) -> Vec<[String; ACTIONS.len()]> {
        let portfolio = self.portfolio;
        let record = |action: &Action| {
            let owner = action.owner.as_ref();
            let unit = owner.and_then(|owner| portfolio.units.find(owner.unit.as_ref()?));
            let overdue = State::of(action, portfolio.as_of) == State::Overdue;
            [
                project.id().to_string(),
                text(&action.text),
                owner.map(|owner| text(&self.person_record(owner))).unwrap_or_default(),
                unit.map(|unit| portfolio.units.list[unit].id.clone()).unwrap_or_default(),
                on(action.due),
                action.status.word().into(),
                on(action.done_on),
                action.priority.map(|priority| priority.word().to_string()).unwrap_or_default(),
                overdue.to_string(),
            ]
        };
        told(project).iter().map(record).collect()
    }

    /// The lessons of a project; several adopters stand with a semicolon between them.
    pub(super) fn lesson_records(&self, project: &Project) -> Vec<[String; LESSONS.len()]> {
        let portfolio = self.portfolio;
        let here = Here { pages: self, address: "index.html" };
        let of = |kind: Kind| {
            kind.of(project).iter().map(move |lesson| {
                let unit = lesson.unit.as_ref().and_then(|unit| portfolio.units.find(unit));
                let adopters = lesson.adopted_by.iter().filter_map(|id| portfolio.project(id));
                [
                    project.id().to_string(),
                    kind.word().into(),
                    lesson.theme.as_ref().map(|theme| text(theme)).unwrap_or_default(),
                    unit.map(|unit| portfolio.units.list[unit].id.clone()).unwrap_or_default(),
                    text(&here.plain_text(&lesson.text, lesson, project)),
                    adopters.map(Project::id).collect::<Vec<_>>().join(";"),
                ]
            })
        };
        Kind::ALL.into_iter().flat_map(of).collect()
    }
}
