//! A project's page: what it achieved, what it cost, how it went, what was learned.

mod people;

use super::Here;
use super::kpi::{Kpi, ended};
use super::story::toc;
use super::view::{Badge, Frame, ImageView, OutcomeView, Pair, ProjectView, StageRow, Words};
use crate::documents::date::When;
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::address;
use crate::portfolio::completeness::PARTS;
use crate::portfolio::coverage::Coverage;
use crate::portfolio::facet::{class_words, status_words};
use crate::portfolio::stage::Stage;

impl Here<'_> {
    /// The page of a project.
    pub(super) fn project(&self, at: usize) -> ProjectView {
        let project = &self.portfolio().projects[at];
        let front = project.front();
        let result = self.result(project);
        let title = project.title();
        let description = (!result.is_empty()).then(|| result.clone());
        let mut own = Coverage::default();
        project.kpis.iter().for_each(|kpi| own += Coverage::of(kpi));
        let kpis: Vec<_> =
            project.kpis_in_order().into_iter().map(|at| self.kpi(Kpi::of(project, at))).collect();
        let asked = &self.pages.asked;
        ProjectView {
            frame: Frame {
                share: self.shared_as(project),
                ..self.frame(title, description, &[(self.say("Projects"), "projects/index.html")])
            },
            title: title.to_string(),
            standing: asked.made(&["standing"], || self.standing_badge(project.standing)),
            shows_standing: !matches!(project.status, Status::Planned | Status::Stopped),
            status: self.say(status_words(project.status)).into(),
            meta: asked.made(&["meta"], || self.meta(project)),
            result,
            brief: self.to(&address::brief(project.id())),
            image: self.image(project),
            coverage: asked.made(&["coverage"], || match project.kpis.is_empty() {
                true => String::new(),
                false => self.coverage_sentence(&own),
            }),
            has_charts: kpis.iter().any(|kpi| !kpi.svg.is_empty()),
            kpis,
            kpis_absent: self.no_kpis(project),
            outcomes: asked.made(&["outcomes"], || self.outcomes(project)),
            changed: asked.made(&["changed"], || self.changed(project)),
            money: asked.made(&["money"], || self.money(project)),
            money_absent: match project.withholds("investment") {
                true => self.say("The investment is withheld.").into(),
                false => self.say("Neither cost nor benefits are told.").into(),
            },
            story_html: self.body(&project.shown.document.body, Some(project)),
            toc: asked.made(&["toc"], || toc(&project.shown.document.body)),
            people: asked.made(&["people"], || self.people(project)),
            stages: asked.made(&["stages"], || {
                project.stages.iter().map(|stage| self.stage(stage)).collect()
            }),
            after: asked.made(&["after"], || self.after(project)),
            post_mortem: asked.made(&["post_mortem"], || self.post_mortem(project)),
            post_mortem_absent: self.no_post_mortem(project),
            quotes: front.quotes.iter().map(|quote| self.quote(quote)).collect(),
            recognition: front.recognition.iter().map(|praise| self.praise(praise)).collect(),
            related: asked.made(&["related"], || self.related(project)),
            completeness: asked.made(&["completeness"], || self.completeness(project)),
            untold: asked.made(&["untold"], || {
                untold(project).into_iter().map(|what| self.say(what).to_string()).collect()
            }),
            partnership: self.to(super::partnership::PARTNERSHIP),
            withheld: project
                .shown
                .withheld
                .iter()
                .map(|key| self.say(key_words(key)).to_string())
                .collect(),
            waived: front
                .waived
                .iter()
                .filter_map(|(rule, why)| self.waived_rule(&rule.value, why, None))
                .collect(),
            tags: front
                .tags
                .iter()
                .filter_map(|tag| {
                    let facet = self.portfolio().facets.tag(tag)?;
                    Some(Words::link(tag.value.clone(), self.to(&facet.tag_page())))
                })
                .collect(),
            data: self.pages.figures.clone(),
        }
    }

    fn meta(&self, project: &Project) -> Vec<Pair> {
        let front = project.front();
        let mut meta = Vec::new();
        if let Some(class) = front.class {
            meta.push(Pair::text(self.say("Class"), self.say(class_words(class))));
        }
        let name = self.person_name(&front.owner);
        let mut owner = vec![match self.portfolio().people.page(&front.owner) {
            Some(page) => Words::link(name, self.to(&page)),
            None => Words::plain(name),
        }];
        if let Some(unit) = project.unit {
            let name = self.portfolio().units.list[unit].name.clone();
            owner.push(Words::plain(", "));
            owner.push(Words::link(name, self.to(&self.portfolio().unit_page(unit))));
        }
        meta.push(Pair { label: self.say("Owner").into(), words: owner, absent: false });
        meta.extend(self.dates(project).map(|dates| Pair::text(self.say("Dates"), dates)));
        meta
    }

    /// From kickoff to the end: `15 Jan 2024 to 31 Jul 2025`.
    pub(super) fn dates(&self, project: &Project) -> Option<String> {
        let when = |key: &str| {
            let stage = project.stages.iter().find(|stage| stage.key == key)?;
            let planned = stage.actual.is_none();
            let date = self.format().when(stage.actual.or(stage.planned)?);
            Some(if planned { self.fill("{date} (planned)", &[("date", &date)]) } else { date })
        };
        let end = when("closed").or_else(|| when("go_live"));
        match (when("kickoff"), end) {
            (Some(from), Some(to)) => {
                Some(self.fill("{from} to {to}", &[("from", &from), ("to", &to)]))
            }
            (Some(from), None) => Some(self.fill("since {date}", &[("date", &from)])),
            (None, Some(to)) => Some(to),
            (None, None) => project.withholds("stages").then(|| self.say("Withheld").into()),
        }
    }

    /// Why there is no KPI; empty where there is one.
    pub(super) fn no_kpis(&self, project: &Project) -> String {
        match (project.kpis.is_empty(), project.withholds("kpis")) {
            (_, true) => self.say("The KPIs of this project are withheld.").into(),
            (true, false) => self.say("No KPI is told for this project.").into(),
            (false, false) => String::new(),
        }
    }

    /// Why there is no post-mortem.
    pub(super) fn no_post_mortem(&self, project: &Project) -> String {
        match project.withholds("post_mortem") {
            true => self.say("The post-mortem is withheld.").into(),
            false => self.say("No post-mortem is told.").into(),
        }
    }

    /// Its picture, where it has one.
    pub(super) fn image(&self, project: &Project) -> Option<ImageView> {
        let image = project.front().image.as_ref()?;
        let below = crate::documents::path::below(&image.src).ok()?;
        let address = format!("projects/{}/{below}", project.id());
        let picture = self.portfolio().pictures.get(&address)?;
        Some(ImageView {
            src: super::story::file_href(&self.to(&address)),
            srcset: self.copies(&address, picture),
            alt: image.alt.clone().unwrap_or_default(),
            width: picture.size.width,
            height: picture.size.height,
        })
    }

    fn outcomes(&self, project: &Project) -> Vec<OutcomeView> {
        let one = |outcome: &crate::documents::story::Outcome| OutcomeView {
            statement: outcome.statement.clone(),
            kpi: outcome.kpi.as_ref().map(|id| match project.kpi(id) {
                Some((told, _)) => {
                    Words::link(told.name.value.clone(), format!("#kpi-{}", id.value))
                }
                None => Words::plain(self.say("a withheld KPI")),
            }),
        };
        project.front().outcomes.iter().map(one).collect()
    }

    fn changed(&self, project: &Project) -> Vec<Pair> {
        let front = project.front();
        let told_in_body = &project.shown.document.body.told;
        let mut pairs = Vec::new();
        // What a section of the story tells is not told a second time.
        if let Some(need) = front.need.as_ref().filter(|_| told_in_body.need.is_none()) {
            pairs.push(Pair::text(self.say("Need"), ended(need)));
        }
        if let Some(objective) =
            front.objective.as_ref().filter(|_| told_in_body.objective.is_none())
        {
            pairs.push(Pair::text(self.say("Objective"), ended(objective)));
        }
        match (front.class, &front.class_reason) {
            (Some(class), Some(why)) => {
                let class = self.say(class_words(class));
                pairs.push(Pair::text(self.say("Class"), format!("{class}. {}", ended(why))));
            }
            (None, Some(why)) => pairs.push(Pair::text(self.say("Class"), ended(why))),
            (Some(class), None) if project.withholds("class_reason") => {
                let with = [("class", self.say(class_words(class)))];
                let text = self.fill("{class}. The reason is withheld.", &with);
                pairs.push(Pair::text(self.say("Class"), text));
            }
            (Some(class), None) => {
                let with = [("class", self.say(class_words(class)))];
                let text = self.fill("{class}. No reason is given.", &with);
                pairs.push(Pair::text(self.say("Class"), text));
            }
            (None, None) => {}
        }
        if let Some(scope) = &front.scope {
            let parts =
                [("Planned", &scope.planned), ("Final", &scope.r#final), ("Reason", &scope.reason)];
            let told = parts.iter().filter_map(|(label, text)| {
                text.as_ref().map(|text| format!("{}: {}", self.say(label), ended(text)))
            });
            pairs.push(Pair::text(self.say("Scope"), told.collect::<Vec<_>>().join(" ")));
        }
        for gap in &front.gaps {
            let by = match &gap.found_by {
                Some(unit) => self.fill("Found by {unit}.", &[("unit", &self.unit_name(unit))]),
                None => self.say("Who found it is not given.").into(),
            };
            pairs.push(Pair::text(self.say("Gap caught"), format!("{} {by}", ended(&gap.text))));
        }
        let withheld = [
            ("Need", "need"),
            ("Objective", "objective"),
            ("Scope", "scope"),
            ("Gaps caught", "gaps"),
        ];
        let withheld = withheld.into_iter().filter(|(_, key)| project.withholds(key));
        pairs
            .extend(withheld.map(|(label, _)| Pair::absent(self.say(label), self.say("Withheld"))));
        if pairs.is_empty() {
            // Nothing is missing that a section of the story tells.
            let told = [
                ("Need", told_in_body.need.is_some()),
                ("Objective", told_in_body.objective.is_some()),
            ];
            let told = told.into_iter().filter(|(_, told)| *told);
            let below = || self.say("Told in the story below.");
            pairs.extend(told.map(|(label, _)| Pair::text(self.say(label), below())));
        }
        pairs
    }

    /// A stage in words.
    pub(super) fn stage(&self, stage: &Stage) -> StageRow {
        let date = |when: Option<When>, none: &'static str| {
            when.map_or_else(|| self.say(none).into(), |when| self.format().when(when))
        };
        let slip = match stage.slip {
            Some(0) => self.say("On the day").into(),
            Some(days) => {
                let days_said = self.span(days.abs().into(), "days");
                self.fill(
                    if days > 0 { "{days} late" } else { "{days} early" },
                    &[("days", &days_said)],
                )
            }
            None if stage.actual.is_none() => self.say("Not yet").into(),
            None => self.say("Not known").into(),
        };
        StageRow {
            name: self.say(stage.name).to_string(),
            planned: date(stage.planned, "Not given"),
            has_planned: stage.planned.is_some(),
            actual: date(stage.actual, "Not yet"),
            has_actual: stage.actual.is_some(),
            slip,
            has_slip: stage.slip.is_some(),
            badge: stage.overdue.then(|| Badge { word: self.say("Overdue").into(), tone: "miss" }),
        }
    }

    fn after(&self, project: &Project) -> Vec<Pair> {
        let front = project.front();
        let mut pairs = Vec::new();
        for assurance in &front.assurance {
            let on = assurance.on.map(|on| format!(", {}", self.format().when(on)));
            let finding = assurance.finding.as_ref().map(|text| format!(": {}", ended(text)));
            let text = format!(
                "{}{}{}",
                self.portfolio().by_whom(&assurance.by).unwrap_or_else(|| self.say("A person")),
                on.unwrap_or_default(),
                finding.unwrap_or_else(|| self.say(". No finding is given.").into())
            );
            pairs.push(Pair::text(self.say("Assurance"), text));
        }
        if project.withholds("assurance") {
            pairs.push(Pair::absent(self.say("Assurance"), self.say("Withheld")));
        }
        match &front.handover {
            Some(handover) => pairs.push(Pair::text(self.say("Handover"), ended(handover))),
            None if project.withholds("handover") => {
                pairs.push(Pair::absent(self.say("Handover"), self.say("Withheld")))
            }
            None => {}
        }
        pairs
    }

    /// "6 of 8 parts told; missing: assurance, handover."
    fn completeness(&self, project: &Project) -> String {
        let all = self.format().count(PARTS);
        let told = self.format().count(project.completeness.told());
        let missing: Vec<&str> =
            project.completeness.missing.iter().map(|part| self.say(part)).collect();
        let missing = missing.join(", ");
        let with = [("n", told.as_str()), ("all", &all), ("missing", &missing)];
        match missing.is_empty() {
            true => self.fill("All {all} parts of a project are told.", &with),
            false => self.fill("{n} of {all} parts told; missing: {missing}.", &with),
        }
    }

    fn related(&self, project: &Project) -> Vec<super::view::ProjectRow> {
        let portfolio = self.portfolio();
        let named = project.front().related.iter().filter_map(|id| portfolio.position(id));
        named.map(|at| self.row(at)).collect()
    }
}

/// What is told neither in the front matter nor in the body, besides the parts that completeness
/// counts.
fn untold(project: &Project) -> Vec<&'static str> {
    let front = project.front();
    let told = [
        ("the story", !project.shown.document.body.is_empty()),
        ("quotes", !front.quotes.is_empty() || project.withholds("quotes")),
        ("recognition", !front.recognition.is_empty() || project.withholds("recognition")),
        ("related projects", !front.related.is_empty() || project.withholds("related")),
    ];
    told.into_iter().filter(|(_, told)| !told).map(|(what, _)| what).collect()
}

/// What a reader calls a key that is withheld.
fn key_words(key: &str) -> &'static str {
    match key {
        "class" => "class",
        "class_reason" => "reason of the class",
        "sponsor" => "sponsor",
        "it_lead" => "IT lead",
        "units" => "units",
        "champions" => "champions",
        "steering" => "steering committee",
        "team" => "team",
        "shadowing" => "shadowing",
        "need" => "need",
        "objective" => "objective",
        "scope" => "scope",
        "gaps" => "gaps caught",
        "stages" => "stages",
        "kpis" => "KPIs",
        "outcomes" => "outcomes",
        "benefits" => "benefits",
        "investment" => "investment",
        "assurance" => "assurance",
        "handover" => "handover",
        "quotes" => "quotes",
        "recognition" => "recognition",
        "tags" => "tags",
        "related" => "related projects",
        "image" => "image",
        "waived" => "waived rules",
        "post_mortem" => "post-mortem",
        _ => "summary",
    }
}
