//! The post-mortem of a project: lessons, each unit's evidence, the decision, the actions.

use super::Here;
use super::kpi::{Kpi, ended};
use super::say::around;
use super::view::{ActionRow, Cell, EvidenceRow, LessonView, Pair, PostMortemView, Words};
use crate::documents::fields::Spanned;
use crate::documents::figure::{Figure, Given};
use crate::documents::post_mortem::{Action, Evidence, Lesson, PostMortem, Verb};
use crate::portfolio::Project;
use crate::portfolio::action::State;

impl Here<'_> {
    /// The post-mortem, if there is one.
    pub(super) fn post_mortem(&self, project: &Project) -> Option<PostMortemView> {
        let told = project.front().post_mortem.as_ref()?;
        let lessons = |lessons: &[Lesson]| -> Vec<LessonView> {
            lessons.iter().map(|lesson| self.lesson(lesson, project, &[])).collect()
        };
        let mut pairs = Vec::new();
        for (label, text) in [("Expected", &told.expected), ("Happened", &told.happened)] {
            pairs.extend(text.as_ref().map(|text| Pair::text(self.say(label), ended(text))));
        }
        let html = match &project.shown.document.narrative {
            Some((_, body)) => self.body(body, Some(project)),
            None => String::new(),
        };
        Some(PostMortemView {
            note: self.held(told),
            pairs,
            bright_spots: lessons(&told.bright_spots),
            pain_points: lessons(&told.pain_points),
            opportunities: lessons(&told.opportunities),
            evidence: told.evidence.iter().map(|one| self.evidence(one, project)).collect(),
            decision: self.decision(told),
            actions: self.actions(&told.actions),
            actions_more: self.all_promises().filter(|_| !told.actions.is_empty()),
            html,
        })
    }

    /// The decision in a sentence; empty where none is told.
    pub(super) fn decision(&self, told: &PostMortem) -> String {
        let Some(decision) = &told.decision else { return String::new() };
        let what = decision.what.map_or("", |verb| self.say(verb_words(verb)));
        match &decision.why {
            Some(why) => format!("{what}: {}", ended(why)),
            None => self.fill("{decision}. No reason is given.", &[("decision", what)]),
        }
    }

    fn held(&self, told: &PostMortem) -> Vec<Words> {
        let held = match told.held_on {
            Some(on) => self.fill("Held {date}", &[("date", &self.format().when(on))]),
            None => self.say("No date given").into(),
        };
        let mut words = vec![Words::plain(held)];
        if let Some(person) = &told.facilitator {
            words.push(Words::plain(", "));
            words.extend(around(
                self.say("led by {person}"),
                "{person}",
                self.person_words(person),
            ));
        }
        words.push(Words::plain("."));
        if !told.attended.is_empty() {
            let names: Vec<String> =
                told.attended.iter().map(|name| self.unit_name(name)).collect();
            let attended = self.fill(" Attended: {units}.", &[("units", &names.join(", "))]);
            words.push(Words::plain(attended));
        }
        words
    }

    /// A lesson; `about` comes before what is told of who adopted it.
    pub(super) fn lesson(
        &self,
        lesson: &Lesson,
        project: &Project,
        about: &[Vec<Words>],
    ) -> LessonView {
        let mut all: Vec<Vec<Words>> = Vec::new();
        if let Some(unit) = &lesson.unit {
            all.push(vec![Words::plain(self.unit_name(unit))]);
        }
        all.extend(about.iter().cloned());
        let adopters = lesson.adopted_by.iter().filter_map(|id| self.portfolio().project(id));
        for adopter in adopters {
            all.push(vec![
                Words::plain(self.say("Adopted by ")),
                Words::link(adopter.title(), self.to(&adopter.page)),
            ]);
        }
        LessonView {
            text: self.plain_text(&lesson.text, lesson, project),
            theme: lesson.theme.as_ref().map(|theme| match self.portfolio().lessons.theme(theme) {
                Some(all) => Words::link(self.pages.wording.say(theme), self.to(&all.page)),
                None => Words::plain(self.pages.wording.say(theme)),
            }),
            about: all,
        }
    }

    /// The name of a unit as it is now.
    pub(super) fn unit_name(&self, name: &Spanned<String>) -> String {
        let units = &self.portfolio().units;
        units.find(name).map_or_else(|| name.value.clone(), |unit| units.list[unit].name.clone())
    }

    fn evidence(&self, told: &Evidence, project: &Project) -> EvidenceRow {
        let unit = match self.portfolio().units.find(&told.unit) {
            Some(unit) => {
                Words::link(self.unit_name(&told.unit), self.to(&self.portfolio().unit_page(unit)))
            }
            None => Words::plain(told.unit.value.clone()),
        };
        let kpi = told.kpi.as_ref().and_then(|id| {
            let at = project.front().kpis.iter().position(|kpi| kpi.id.value == id.value)?;
            Some(Kpi::of(project, at))
        });
        if let Some(kpi) = kpi {
            let figure = |value| self.format().figure(value, &kpi.told.measure);
            let base = kpi.told.baseline.as_ref().and_then(Given::known);
            return EvidenceRow {
                unit,
                measure: Words::link(
                    kpi.told.name.value.clone(),
                    format!("#kpi-{}", kpi.told.id.value),
                ),
                before: base.map_or(Cell::absent(self.say("Not given")), |base| {
                    Cell::text(figure(base.value))
                }),
                after: match &kpi.judgement.judged {
                    Some(judged) => Cell::text(figure(judged.value)),
                    None => Cell::absent(self.say(kpi.judgement.label.words())),
                },
                source: self.or_absent(kpi.told.source.as_ref(), "No source given"),
            };
        }
        let measure = told.measure.as_deref().unwrap_or_default();
        let figure = |given: &Option<Given<Figure>>| match given {
            Some(Given::Known(figure)) => Cell::text(self.format().figure(figure.value, measure)),
            Some(Given::Withheld(_)) => Cell::absent(self.say("Withheld")),
            Some(Given::NotMeasured(_)) => Cell::absent(self.say("Not measured")),
            Some(Given::NotDue(_)) => Cell::absent(self.say("Not due")),
            None => Cell::absent(self.say("Not given")),
        };
        let hidden = told.kpi.is_some();
        EvidenceRow {
            unit,
            measure: Words::plain(match (&told.metric, hidden) {
                (Some(metric), _) => metric.clone(),
                (None, _) => self.say("A withheld KPI").into(),
            }),
            before: if hidden { Cell::absent(self.say("Withheld")) } else { figure(&told.before) },
            after: if hidden { Cell::absent(self.say("Withheld")) } else { figure(&told.after) },
            source: self.or_absent(told.source.as_ref(), "No source given"),
        }
    }

    /// Actions, overdue first, then open, then the rest.
    fn actions(&self, told: &[Action]) -> Vec<ActionRow> {
        let as_of = self.portfolio().as_of;
        let mut order: Vec<&Action> = told.iter().collect();
        order.sort_by_key(|action| (State::of(action, as_of), action.due));
        order.into_iter().map(|action| self.action(action)).collect()
    }

    fn or_absent(&self, text: Option<&String>, absent: &'static str) -> Cell {
        text.map_or_else(|| Cell::absent(self.say(absent)), Cell::text)
    }

    fn action(&self, action: &Action) -> ActionRow {
        ActionRow {
            text: action.text.clone(),
            owner: match &action.owner {
                Some(person) => Cell::text(self.person(person)),
                None => Cell::absent(self.say("No owner")),
            },
            due: match action.due {
                Some(due) => Cell::text(self.format().when(due)),
                None => Cell::absent(self.say("No date")),
            },
            badge: self.state_badge(State::of(action, self.portfolio().as_of)),
            sub: self.done_and_priority(action),
        }
    }
}

fn verb_words(verb: Verb) -> &'static str {
    match verb {
        Verb::Keep => "Keep",
        Verb::Adjust => "Adjust",
        Verb::Extend => "Extend",
        Verb::Stop => "Stop",
        Verb::NoChange => "No change",
    }
}
