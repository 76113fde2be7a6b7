//! A post-mortem of `portfolio.json`: what was learned, on which evidence, and what was promised.

use super::super::schema::{Day, Given, Number, given};
use super::PersonData;
use crate::documents::fields::Spanned;
use crate::documents::figure::{self, Figure};
use crate::documents::post_mortem::{Action, Evidence, Lesson};
use crate::pages::Pages;
use crate::portfolio::Project;
use crate::portfolio::project::is_overdue;
use schemars::JsonSchema;
use serde::Serialize;

/// A post-mortem.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::pages::data) struct PostMortemData<'p> {
    /// When it was held.
    held_on: Option<Day>,
    /// Who led it.
    facilitator: Option<PersonData<'p>>,
    /// The ids of the units that took part.
    attended: Vec<&'p str>,
    /// What should have happened.
    expected: Option<&'p str>,
    /// What did.
    happened: Option<&'p str>,
    /// What went well.
    bright_spots: Vec<LessonData<'p>>,
    /// What went wrong.
    pain_points: Vec<LessonData<'p>>,
    /// What to do next time.
    opportunities: Vec<LessonData<'p>>,
    /// What each unit brought.
    evidence: Vec<EvidenceData<'p>>,
    /// What is to become of the result.
    decision: Option<DecisionData<'p>>,
    /// What was promised.
    actions: Vec<ActionData<'p>>,
}

/// A lesson.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LessonData<'p> {
    /// The sentence.
    text: &'p str,
    /// Its theme.
    theme: Option<&'p str>,
    /// The id of the unit that it concerns.
    unit: Option<&'p str>,
    /// The ids of the later projects that took it up.
    adopted_by: Vec<&'p str>,
}

/// What a unit brought: a KPI of the project, or a measurement of its own.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EvidenceData<'p> {
    /// The id of the unit.
    unit: Option<&'p str>,
    /// The id of the KPI.
    kpi: Option<&'p str>,
    /// What it measured itself.
    metric: Option<&'p str>,
    /// Before the project.
    before: Option<Given<'p, Number>>,
    /// After it.
    after: Option<Given<'p, Number>>,
    /// In what it is counted.
    measure: Option<&'p str>,
    /// Where it comes from.
    source: Option<&'p str>,
}

/// What is to become of the result.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DecisionData<'p> {
    /// `keep`, `adjust`, `extend`, `stop` or `no_change`.
    what: Option<&'static str>,
    /// Why.
    why: Option<&'p str>,
}

/// What was promised.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ActionData<'p> {
    /// What.
    text: &'p str,
    /// Who.
    owner: Option<PersonData<'p>>,
    /// By when.
    due: Option<Day>,
    /// `open`, `done` or `dropped`.
    #[schemars(extend("enum" = ["open", "done", "dropped"]))]
    status: &'static str,
    /// When it was done.
    done_on: Option<Day>,
    /// `high`, `medium` or `low`.
    priority: Option<&'static str>,
    /// Whether it is open past its day.
    overdue: bool,
}

impl Pages<'_> {
    /// A project's post-mortem.
    pub(in crate::pages::data) fn post_mortem_data<'s>(
        &'s self,
        project: &'s Project,
    ) -> Option<PostMortemData<'s>> {
        let told = project.front().post_mortem.as_ref()?;
        let lessons =
            |list: &'s [Lesson]| list.iter().map(|lesson| self.lesson_data(lesson)).collect();
        Some(PostMortemData {
            held_on: told.held_on.map(Day),
            facilitator: told.facilitator.as_ref().map(|person| self.person_data(person)),
            attended: told.attended.iter().filter_map(|unit| self.unit_id(unit)).collect(),
            expected: told.expected.as_deref(),
            happened: told.happened.as_deref(),
            bright_spots: lessons(&told.bright_spots),
            pain_points: lessons(&told.pain_points),
            opportunities: lessons(&told.opportunities),
            evidence: told.evidence.iter().map(|e| self.evidence_data(e)).collect(),
            decision: told.decision.as_ref().map(|decision| DecisionData {
                what: decision.what.map(|what| what.word()),
                why: decision.why.as_deref(),
            }),
            actions: told.actions.iter().map(|action| self.action_data(action)).collect(),
        })
    }

    fn lesson_data<'s>(&'s self, lesson: &'s Lesson) -> LessonData<'s> {
        LessonData {
            text: &lesson.text,
            theme: text(lesson.theme.as_ref()),
            unit: lesson.unit.as_ref().and_then(|unit| self.unit_id(unit)),
            adopted_by: lesson.adopted_by.iter().map(|project| project.value.as_str()).collect(),
        }
    }

    fn evidence_data<'s>(&'s self, evidence: &'s Evidence) -> EvidenceData<'s> {
        let figure = |told: &'s Option<figure::Given<Figure>>| {
            told.as_ref().map(|told| given(told, |figure| Number(figure.value)))
        };
        EvidenceData {
            unit: self.unit_id(&evidence.unit),
            kpi: text(evidence.kpi.as_ref()),
            metric: evidence.metric.as_deref(),
            before: figure(&evidence.before),
            after: figure(&evidence.after),
            measure: evidence.measure.as_deref(),
            source: evidence.source.as_deref(),
        }
    }

    fn action_data<'s>(&'s self, action: &'s Action) -> ActionData<'s> {
        ActionData {
            text: &action.text,
            owner: action.owner.as_ref().map(|person| self.person_data(person)),
            due: action.due.map(Day),
            status: action.status.word(),
            done_on: action.done_on.map(Day),
            priority: action.priority.map(|priority| priority.word()),
            overdue: is_overdue(action, self.portfolio.as_of),
        }
    }
}

fn text(told: Option<&Spanned<String>>) -> Option<&str> {
    told.map(|told| told.value.as_str())
}
