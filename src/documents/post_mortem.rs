//! A post-mortem as its file tells it: lessons, each unit's evidence, the decision, the actions.

use super::date::When;
use super::fields::{Fields, Read, Spanned};
use super::figure::Given;
use super::person::Person;
use super::reader::Reader;
use super::text::choices;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Span};
use serde::{Deserialize, Serialize};

choices! {
    /// What is done with the result.
    Verb, "decision", {
        /// It stays as it is.
        Keep "keep",
        /// It stays, changed.
        Adjust "adjust",
        /// It goes further.
        Extend "extend",
        /// It ends.
        Stop "stop",
        /// Nothing changes.
        NoChange "no_change",
    }
}

choices! {
    /// Where an action stands.
    ActionStatus, "status of an action", {
        /// Not done yet.
        Open "open",
        /// Done.
        Done "done",
        /// Given up.
        Dropped "dropped",
    }
}

choices! {
    /// How much an action matters.
    Priority, "priority", {
        /// First.
        High "high",
        /// Then.
        Medium "medium",
        /// Last.
        Low "low",
    }
}

/// One sentence that was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// The sentence.
    pub text: String,
    /// Its theme, from the site's list.
    pub theme: Option<Spanned<String>>,
    /// The unit that it concerns.
    pub unit: Option<Spanned<String>>,
    /// The later projects that took it up.
    pub adopted_by: Vec<Spanned<String>>,
    /// The projects that its text links, where it was told in the body.
    pub mentions: Vec<String>,
    /// Whether it is told in the write-up, where the post-mortem has a file of its own.
    pub in_write_up: bool,
    /// Where it stands.
    pub span: Span,
}

/// What a unit brought to the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The unit.
    pub unit: Spanned<String>,
    /// A KPI of this project.
    pub kpi: Option<Spanned<String>>,
    /// Or a measurement of its own.
    pub metric: Option<String>,
    /// Before the project.
    pub before: Option<Given<super::figure::Figure>>,
    /// After it.
    pub after: Option<Given<super::figure::Figure>>,
    /// In what it is counted.
    pub measure: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// What is to become of the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// In a word.
    pub what: Option<Verb>,
    /// The reason.
    pub why: Option<String>,
}

/// What someone promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What.
    pub text: String,
    /// Who.
    pub owner: Option<Person>,
    /// By when.
    pub due: Option<When>,
    /// Where it stands.
    pub status: ActionStatus,
    /// When it was done.
    pub done_on: Option<When>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// Where it stands.
    pub span: Span,
}

/// A post-mortem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMortem {
    /// When it was held.
    pub held_on: Option<When>,
    /// Who led it.
    pub facilitator: Option<Person>,
    /// The units that took part.
    pub attended: Vec<Spanned<String>>,
    /// What should have happened.
    pub expected: Option<String>,
    /// What did.
    pub happened: Option<String>,
    /// What went well.
    pub bright_spots: Vec<Lesson>,
    /// What went wrong.
    pub pain_points: Vec<Lesson>,
    /// What to do next time.
    pub opportunities: Vec<Lesson>,
    /// What each unit brought.
    pub evidence: Vec<Evidence>,
    /// What is to become of it.
    pub decision: Option<Decision>,
    /// What was promised.
    pub actions: Vec<Action>,
    /// Where it stands.
    pub span: Span,
}

impl PostMortem {
    /// Whether it was held: more is told of it than lessons, which a story's sections may fill.
    pub fn is_held(&self) -> bool {
        self.held_on.is_some()
            || self.facilitator.is_some()
            || self.decision.is_some()
            || self.expected.is_some()
            || self.happened.is_some()
            || !(self.attended.is_empty() && self.evidence.is_empty() && self.actions.is_empty())
    }
}

impl Read for PostMortem {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<PostMortem> {
        let fields = Fields::of(node, "a post-mortem", reader)?;
        let post_mortem = PostMortem {
            held_on: fields.get("held_on"),
            facilitator: fields.get("facilitator"),
            attended: fields.list("attended"),
            expected: fields.get("expected"),
            happened: fields.get("happened"),
            bright_spots: fields.list("bright_spots"),
            pain_points: fields.list("pain_points"),
            opportunities: fields.list("opportunities"),
            evidence: fields.list("evidence"),
            decision: fields.get("decision"),
            actions: fields.list("actions"),
            span: node.span,
        };
        fields.done();
        Some(post_mortem)
    }
}

impl Read for Lesson {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Lesson> {
        if let Value::Text(text) = &node.value {
            return Some(Lesson { text: text.to_string(), span: node.span, ..Lesson::default() });
        }
        let fields = Fields::of(node, "a lesson", reader)?;
        let lesson = Lesson {
            text: fields.need("text"),
            theme: fields.get("theme"),
            unit: fields.get("unit"),
            adopted_by: fields.list("adopted_by"),
            mentions: Vec::new(),
            in_write_up: false,
            span: node.span,
        };
        fields.done();
        Some(lesson)
    }
}

impl Read for Evidence {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Evidence> {
        let fields = Fields::of(node, "a piece of evidence", reader)?;
        let evidence = Evidence {
            unit: fields.need("unit"),
            kpi: fields.get("kpi"),
            metric: fields.get("metric"),
            before: fields.get("before"),
            after: fields.get("after"),
            measure: fields.get("measure"),
            source: fields.get("source"),
        };
        if evidence.kpi.is_none() && evidence.metric.is_none() {
            reader
                .say(Code::MissingKey, node.span, "a piece of evidence needs `kpi` or `metric`")
                .help("name a KPI of this project, or a measurement of the unit's own");
        }
        fields.done();
        Some(evidence)
    }
}

impl Read for Decision {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Decision> {
        if matches!(node.value, Value::Text(_)) {
            return Some(Decision { what: Some(Verb::read(node, reader)?), why: None });
        }
        let fields = Fields::of(node, "a decision", reader)?;
        if fields.node("what").is_none() {
            fields.missing("what");
        }
        let decision = Decision { what: fields.get("what"), why: fields.get("why") };
        fields.done();
        Some(decision)
    }
}

impl Read for Action {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Action> {
        let fields = Fields::of(node, "an action", reader)?;
        let done_on = fields.get("done_on");
        let done = if done_on.is_some() { ActionStatus::Done } else { ActionStatus::Open };
        let action = Action {
            text: fields.need("text"),
            owner: fields.get("owner"),
            due: fields.get("due"),
            status: fields.get("status").unwrap_or(done),
            done_on,
            priority: fields.get("priority"),
            span: node.span,
        };
        fields.done();
        Some(action)
    }
}
