//! A project's write-up: all that its front matter can say, with the places that later stages
//! point at. What the names in it refer to is found out by `portfolio`.

use super::benefit::Benefit;
use super::date::When;
use super::fields::{Fields, Read, Spanned};
use super::investment::Investment;
use super::kpi::Kpi;
use super::person::Person;
use super::post_mortem::PostMortem;
use super::reader::Reader;
use super::stage::Stages;
use super::story::{Assurance, Gap, Image, Outcome, Quote, Recognition, Scope, Shadowing};
use super::text::choices;
use super::yaml::Node;
use crate::diagnostics::{Code, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

choices! {
    /// How far a project is.
    Status, "status", {
        /// Not begun.
        Planned "planned",
        /// Under way.
        Active "active",
        /// Brought to its end.
        Completed "completed",
        /// Ended before that.
        Stopped "stopped",
    }
}

choices! {
    /// Whether it changes the work or the tool.
    Class, "class", {
        /// The work itself.
        Transformation "transformation",
        /// The tool.
        Modernization "modernization" | "modernisation",
        /// Some of both.
        Hybrid "hybrid",
    }
}

/// The keys whose values may be kept to a narrower circle.
pub const RESTRICTABLE: &[&str] = &[
    "summary",
    "class",
    "class_reason",
    "sponsor",
    "it_lead",
    "units",
    "champions",
    "steering",
    "team",
    "shadowing",
    "need",
    "objective",
    "scope",
    "gaps",
    "stages",
    "kpis",
    "outcomes",
    "benefits",
    "investment",
    "assurance",
    "handover",
    "quotes",
    "recognition",
    "tags",
    "related",
    "image",
    "waived",
    "post_mortem",
];

/// The front matter of a write-up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the contract's keys; each field has the key's name")]
pub struct Project {
    pub title: Spanned<String>,
    pub summary: Option<Spanned<String>>,
    pub status: Option<Status>,
    pub class: Option<Class>,
    pub class_reason: Option<String>,
    pub featured: bool,
    pub owner: Person,
    /// The owning unit, from `unit` or from the owner.
    pub unit: Option<Spanned<String>>,
    pub sponsor: Option<Person>,
    pub it_lead: Option<Person>,
    pub units: Vec<Spanned<String>>,
    pub champions: Vec<Person>,
    pub steering: Vec<Person>,
    pub team: Vec<Person>,
    pub shadowing: Vec<Shadowing>,
    pub need: Option<String>,
    pub objective: Option<String>,
    pub scope: Option<Scope>,
    pub gaps: Vec<Gap>,
    pub stages: Stages,
    pub kpis: Vec<Kpi>,
    pub outcomes: Vec<Outcome>,
    pub benefits: Vec<Benefit>,
    pub investment: Option<Investment>,
    pub assurance: Vec<Assurance>,
    pub handover: Option<String>,
    pub quotes: Vec<Quote>,
    pub recognition: Vec<Recognition>,
    pub tags: Vec<Spanned<String>>,
    pub related: Vec<Spanned<String>>,
    pub image: Option<Image>,
    pub audience: Option<Spanned<String>>,
    pub restricted: BTreeMap<String, Spanned<String>>,
    pub waived: Vec<(Spanned<String>, String)>,
    pub draft: bool,
    pub aliases: Vec<Spanned<String>>,
    pub post_mortem: Option<PostMortem>,
    /// Where the key of the post-mortem stands, if it is here.
    pub post_mortem_span: Span,
}

/// The longest summary, in characters: it is one sentence, and it stands in lists.
const SUMMARY: usize = 280;

impl Read for Project {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Project> {
        let fields = Fields::of(node, "a project", reader)?;
        let project = Project {
            title: fields.need("title"),
            summary: fields.get("summary"),
            status: fields.get("status"),
            class: fields.get("class"),
            class_reason: fields.get("class_reason"),
            featured: fields.get("featured").unwrap_or(false),
            owner: fields.need("owner"),
            unit: fields.get("unit"),
            sponsor: fields.get("sponsor"),
            it_lead: fields.get("it_lead"),
            units: fields.list("units"),
            champions: fields.list("champions"),
            steering: fields.list("steering"),
            team: fields.list("team"),
            shadowing: fields.list("shadowing"),
            need: fields.get("need"),
            objective: fields.get("objective"),
            scope: fields.get("scope"),
            gaps: fields.list("gaps"),
            stages: fields.get("stages").unwrap_or_default(),
            kpis: fields.list("kpis"),
            outcomes: fields.list("outcomes"),
            benefits: fields.list("benefits"),
            investment: fields.get("investment"),
            assurance: fields.list("assurance"),
            handover: fields.get("handover"),
            quotes: fields.list("quotes"),
            recognition: fields.list("recognition"),
            tags: fields.list("tags"),
            related: fields.list("related"),
            image: fields.get("image"),
            audience: fields.get("audience"),
            restricted: fields
                .node("restricted")
                .map(|n| restricted(n, reader))
                .unwrap_or_default(),
            waived: fields.node("waived").map(|n| waived(n, reader)).unwrap_or_default(),
            draft: fields.get("draft").unwrap_or(false),
            aliases: fields.list("aliases"),
            post_mortem: fields.get("post_mortem"),
            post_mortem_span: fields.place_of("post_mortem"),
        };
        if fields.node("status").is_none() {
            fields.missing("status");
        }
        let project = project.with_its_unit(&fields);
        project.check(reader);
        fields.done();
        Some(project)
    }
}

impl Project {
    fn with_its_unit(mut self, fields: &Fields<'_, '_, '_>) -> Project {
        if self.unit.is_none() && fields.node("unit").is_none() {
            self.unit.clone_from(&self.owner.unit);
            if self.unit.is_none() && !self.owner.name.is_empty() {
                fields
                    .reader
                    .say(Code::MissingKey, self.owner.span, "a project needs the unit that owns it")
                    .help("add a line `unit: …`, or write the owner as `Name, role (unit)`");
            }
        }
        self
    }

    fn check(&self, reader: &Reader<'_>) {
        if let Some(summary) = &self.summary {
            let length = summary.chars().count();
            if length > SUMMARY {
                let message = format!("the summary has {length} characters; it takes {SUMMARY}");
                reader.say(Code::TooLong, summary.span, message).help(
                    "keep the one sentence that says the result; the rest goes into the body",
                );
            }
        }
        let mut leading = self.kpis.iter().filter(|kpi| kpi.headline);
        if let (Some(first), Some(second)) = (leading.next(), leading.next()) {
            reader
                .say(Code::KpiRepeated, second.id.span, "two KPIs are the headline")
                .also(reader.place(first.id.span), "the first one")
                .help("keep `headline: true` at one of them");
        }
        for (at, kpi) in self.kpis.iter().enumerate() {
            if let Some(first) = self.kpis[..at].iter().find(|other| other.id.value == kpi.id.value)
                && !kpi.id.value.is_empty()
            {
                reader
                    .say(
                        Code::KpiRepeated,
                        kpi.id.span,
                        format!("two KPIs are called `{}`", kpi.id.value),
                    )
                    .also(reader.place(first.id.span), "the first one")
                    .help("give one of them another `id`");
            }
        }
    }

    /// The last content date that the file tells, for lists that show the newest first.
    pub fn dates(&self) -> impl Iterator<Item = When> + '_ {
        let held = self.post_mortem.iter().filter_map(|p| p.held_on);
        let recognized = self.recognition.iter().filter_map(|r| r.on);
        held.chain(recognized)
    }
}

fn restricted(node: &Node<'_>, reader: &Reader<'_>) -> BTreeMap<String, Spanned<String>> {
    let Some(fields) = Fields::of(node, "the restricted keys", reader) else {
        return BTreeMap::new();
    };
    let entries = fields.entries().iter().filter_map(|entry| {
        if !RESTRICTABLE.contains(&&*entry.key) {
            let message = format!("`{}` cannot be restricted", entry.key);
            reader
                .say(Code::NotRestrictable, entry.key_span, message)
                .help("restrict an optional key, or the whole project with `audience`");
            return None;
        }
        Some((entry.key.to_string(), Spanned::read(&entry.value, reader)?))
    });
    let mut circles: BTreeMap<_, _> = entries.collect();
    // Who reads the reason knows the class.
    if let Some(circle) = circles.get("class").cloned() {
        circles.entry("class_reason".into()).or_insert(circle);
    }
    circles
}

fn waived(node: &Node<'_>, reader: &Reader<'_>) -> Vec<(Spanned<String>, String)> {
    let Some(fields) = Fields::of(node, "the waived rules", reader) else { return Vec::new() };
    let entries = fields.entries().iter().filter_map(|entry| {
        super::rule::check(&entry.key, entry.key_span, reader);
        let rule = Spanned { value: entry.key.to_string(), span: entry.key_span };
        let reason = String::read(&entry.value, reader)?;
        if matches!(reason.trim(), "" | "true" | "false" | "yes" | "no") {
            let message = format!("`{}` is waived without a reason", entry.key);
            reader
                .say(Code::MissingKey, entry.key_span, message)
                .help(format!("say why it does not apply: `{}: The reason.`", entry.key));
        }
        Some((rule, reason))
    });
    entries.collect()
}
