//! A project's page: what it achieved, what it cost, how it went, what was learned.

use super::Here;
use super::frame::capitalized;
use super::kpi::{Kpi, ended};
use super::story::toc;
use super::view::{Badge, ImageView, OutcomeView, Pair, ProjectView, QuoteView, StageRow, Words};
use crate::documents::date::When;
use crate::documents::person::Person;
use crate::documents::project::Status;
use crate::documents::settings::PeopleShown;
use crate::documents::story::Quote;
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
        ProjectView {
            frame: self.frame(title, description, &[("Projects", "projects/index.html")]),
            title: title.to_string(),
            standing: self.standing_badge(project.standing),
            shows_standing: !matches!(project.status, Status::Planned | Status::Stopped),
            status: self.say(status_words(project.status)).into(),
            meta: self.meta(project),
            result,
            brief: self.to(&address::brief(project.id())),
            image: self.image(project),
            coverage: if project.kpis.is_empty() { String::new() } else { own.sentence() },
            has_charts: kpis.iter().any(|kpi| !kpi.svg.is_empty()),
            kpis,
            kpis_absent: self.no_kpis(project),
            outcomes: self.outcomes(project),
            changed: self.changed(project),
            money: self.money(project),
            money_absent: match project.withholds("investment") {
                true => "The investment is withheld.".into(),
                false => "Neither cost nor benefits are told.".into(),
            },
            story_html: self.body(&project.shown.document.body, Some(project)),
            toc: toc(&project.shown.document.body),
            people: self.people(project),
            stages: project.stages.iter().map(|stage| self.stage(stage)).collect(),
            after: self.after(project),
            post_mortem: self.post_mortem(project),
            post_mortem_absent: self.no_post_mortem(project),
            quotes: front.quotes.iter().map(|quote| self.quote(quote)).collect(),
            recognition: front.recognition.iter().map(|praise| self.praise(praise)).collect(),
            related: self.related(project),
            completeness: completeness(project),
            untold: untold(project),
            partnership: self.to(super::partnership::PARTNERSHIP),
            withheld: project.shown.withheld.iter().map(|key| key.replace('_', " ")).collect(),
            waived: front
                .waived
                .iter()
                .map(|(rule, why)| Pair::text(&rule.value, ended(why)))
                .collect(),
            tags: front
                .tags
                .iter()
                .filter_map(|tag| {
                    let facet = self.portfolio().facets.tag(tag)?;
                    Some(Words::link(tag.value.clone(), self.to(&facet.tag_page())))
                })
                .collect(),
            data: vec![
                Words::link("projects.csv", self.to("data/projects.csv")),
                Words::link("kpis.csv", self.to("data/kpis.csv")),
                Words::link("lessons.csv", self.to("data/lessons.csv")),
                Words::link("actions.csv", self.to("data/actions.csv")),
                Words::link("costs.csv", self.to("data/costs.csv")),
                Words::link("benefits.csv", self.to("data/benefits.csv")),
            ],
        }
    }

    fn meta(&self, project: &Project) -> Vec<Pair> {
        let front = project.front();
        let mut meta = Vec::new();
        if let Some(class) = front.class {
            meta.push(Pair::text("Class", class_words(class)));
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
        meta.push(Pair { label: "Owner".into(), words: owner, absent: false });
        meta.extend(self.dates(project).map(|dates| Pair::text("Dates", dates)));
        meta
    }

    /// From kickoff to the end: `15 Jan 2024 to 31 Jul 2025`.
    pub(super) fn dates(&self, project: &Project) -> Option<String> {
        let when = |key: &str| {
            let stage = project.stages.iter().find(|stage| stage.key == key)?;
            let planned = stage.actual.is_none();
            let date = self.format().when(stage.actual.or(stage.planned)?);
            Some(if planned { format!("{date} (planned)") } else { date })
        };
        let end = when("closed").or_else(|| when("go_live"));
        match (when("kickoff"), end) {
            (Some(from), Some(to)) => Some(format!("{from} to {to}")),
            (Some(from), None) => Some(format!("since {from}")),
            (None, Some(to)) => Some(to),
            (None, None) => project.withholds("stages").then(|| "Withheld".into()),
        }
    }

    /// Why there is no KPI; empty where there is one.
    pub(super) fn no_kpis(&self, project: &Project) -> String {
        match (project.kpis.is_empty(), project.withholds("kpis")) {
            (_, true) => "The KPIs of this project are withheld.".into(),
            (true, false) => "No KPI is told for this project.".into(),
            (false, false) => String::new(),
        }
    }

    /// Why there is no post-mortem.
    pub(super) fn no_post_mortem(&self, project: &Project) -> String {
        match project.withholds("post_mortem") {
            true => "The post-mortem is withheld.".into(),
            false => "No post-mortem is told.".into(),
        }
    }

    fn image(&self, project: &Project) -> Option<ImageView> {
        let image = project.front().image.as_ref()?;
        let below = crate::documents::path::below(&image.src)?;
        let address = format!("projects/{}/{below}", project.id());
        self.portfolio().files.contains_key(&address).then(|| ImageView {
            src: self.to(&address),
            alt: image.alt.clone().unwrap_or_default(),
        })
    }

    fn outcomes(&self, project: &Project) -> Vec<OutcomeView> {
        let one = |outcome: &crate::documents::story::Outcome| OutcomeView {
            statement: outcome.statement.clone(),
            kpi: outcome.kpi.as_ref().map(|id| match project.kpi(id) {
                Some((told, _)) => {
                    Words::link(told.name.value.clone(), format!("#kpi-{}", id.value))
                }
                None => Words::plain("a withheld KPI"),
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
            pairs.push(Pair::text("Need", ended(need)));
        }
        if let Some(objective) =
            front.objective.as_ref().filter(|_| told_in_body.objective.is_none())
        {
            pairs.push(Pair::text("Objective", ended(objective)));
        }
        match (front.class, &front.class_reason) {
            (Some(class), Some(why)) => {
                pairs.push(Pair::text("Class", format!("{}. {}", class_words(class), ended(why))));
            }
            (None, Some(why)) => pairs.push(Pair::text("Class", ended(why))),
            (Some(class), None) if project.withholds("class_reason") => {
                let text = format!("{}. The reason is withheld.", class_words(class));
                pairs.push(Pair::text("Class", text));
            }
            (Some(class), None) => {
                let text = format!("{}. No reason is given.", class_words(class));
                pairs.push(Pair::text("Class", text));
            }
            (None, None) => {}
        }
        if let Some(scope) = &front.scope {
            let parts =
                [("Planned", &scope.planned), ("Final", &scope.r#final), ("Reason", &scope.reason)];
            let told = parts.iter().filter_map(|(label, text)| {
                text.as_ref().map(|text| format!("{label}: {}", ended(text)))
            });
            pairs.push(Pair::text("Scope", told.collect::<Vec<_>>().join(" ")));
        }
        for gap in &front.gaps {
            let by = match &gap.found_by {
                Some(unit) => format!("Found by {}.", self.unit_name(unit)),
                None => "Who found it is not given.".into(),
            };
            pairs.push(Pair::text("Gap caught", format!("{} {by}", ended(&gap.text))));
        }
        let withheld = [
            ("Need", "need"),
            ("Objective", "objective"),
            ("Scope", "scope"),
            ("Gaps caught", "gaps"),
        ];
        let withheld = withheld.into_iter().filter(|(_, key)| project.withholds(key));
        pairs.extend(withheld.map(|(label, _)| Pair::absent(label, "Withheld")));
        pairs
    }

    /// A person's name, or what they do where the site shows roles.
    pub(super) fn person_name(&self, person: &Person) -> String {
        match (self.portfolio().settings.people, &person.role) {
            (PeopleShown::Roles, Some(role)) => role.clone(),
            (PeopleShown::Roles, None) => "A person".into(),
            (PeopleShown::Names, _) => person.name.clone(),
        }
    }

    /// A person with what they do.
    pub(super) fn person_and_role(&self, person: &Person) -> String {
        let mut text = self.person_name(person);
        if self.portfolio().settings.people == PeopleShown::Names
            && let Some(role) = &person.role
        {
            text.push_str(&format!(", {role}"));
        }
        text
    }

    /// A person with what they do and where.
    pub(super) fn person(&self, person: &Person) -> String {
        let mut text = self.person_and_role(person);
        if person.chair {
            text.push_str(" (chair)");
        }
        if let Some(unit) = &person.unit {
            text.push_str(&format!(", {}", self.unit_name(unit)));
        }
        text
    }

    fn people(&self, project: &Project) -> Vec<Pair> {
        let front = project.front();
        let linked = |label: &str, words| Pair { label: label.into(), words, absent: false };
        let mut pairs = vec![linked("Owner", self.person_words(&front.owner))];
        for (label, person, key) in
            [("Sponsor", &front.sponsor, "sponsor"), ("IT lead", &front.it_lead, "it_lead")]
        {
            match person {
                Some(person) => pairs.push(linked(label, self.person_words(person))),
                None if project.withholds(key) => pairs.push(Pair::absent(label, "Withheld")),
                None => {}
            }
        }
        for (label, people, key) in [
            ("Champions", &front.champions, "champions"),
            ("Steering committee", &front.steering, "steering"),
            ("Team", &front.team, "team"),
        ] {
            match people.is_empty() {
                false => pairs.push(linked(label, self.people_words(people))),
                true if project.withholds(key) => pairs.push(Pair::absent(label, "Withheld")),
                true => pairs.push(Pair::absent(label, "No one named")),
            }
        }
        match (front.shadowing.is_empty(), project.withholds("shadowing")) {
            (_, true) => pairs.push(Pair::absent("Shadowing", "Withheld")),
            (true, false) => pairs.push(Pair::absent("Shadowing", "No one of IT is recorded")),
            (false, false) => {}
        }
        for shadowing in &front.shadowing {
            let by = shadowing.by.clone().unwrap_or_else(|| "Someone of IT".into());
            let days =
                shadowing.days.map(|days| format!(", {}", self.format().figure(days, "days")));
            let learned =
                shadowing.learned.as_ref().map(|text| format!(" Learned: {}", ended(text)));
            let unit = self.unit_name(&shadowing.unit);
            let text = format!(
                "{by}{} in {unit}.{}",
                days.unwrap_or_default(),
                learned.unwrap_or_default()
            );
            pairs.push(Pair::text("Shadowing", text));
        }
        pairs
    }

    /// A stage in words.
    pub(super) fn stage(&self, stage: &Stage) -> StageRow {
        let date = |when: Option<When>, none: &str| {
            when.map_or_else(|| none.into(), |when| self.format().when(when))
        };
        let slip = match stage.slip {
            Some(0) => "On the day".into(),
            Some(days) => {
                let count = self.format().figure(days.abs().into(), "days");
                format!("{count} {}", if days > 0 { "late" } else { "early" })
            }
            None if stage.actual.is_none() => "Not yet".into(),
            None => "Not known".into(),
        };
        StageRow {
            name: stage.name.to_string(),
            planned: date(stage.planned, "Not given"),
            has_planned: stage.planned.is_some(),
            actual: date(stage.actual, "Not yet"),
            has_actual: stage.actual.is_some(),
            slip,
            has_slip: stage.slip.is_some(),
            badge: stage.overdue.then(|| Badge { word: "Overdue".into(), tone: "miss" }),
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
                assurance.by,
                on.unwrap_or_default(),
                finding.unwrap_or_else(|| ". No finding is given.".into())
            );
            pairs.push(Pair::text("Assurance", text));
        }
        if project.withholds("assurance") {
            pairs.push(Pair::absent("Assurance", "Withheld"));
        }
        match &front.handover {
            Some(handover) => pairs.push(Pair::text("Handover", ended(handover))),
            None if project.withholds("handover") => {
                pairs.push(Pair::absent("Handover", "Withheld"))
            }
            None => {}
        }
        pairs
    }

    /// Someone's words and whose they are.
    pub(super) fn quote(&self, quote: &Quote) -> QuoteView {
        let names = self.portfolio().settings.people == PeopleShown::Names;
        let by = quote.by.clone().filter(|_| names || quote.role.is_none());
        let unit = quote.unit.as_ref().map(|unit| self.unit_name(unit));
        let parts: Vec<String> = [by, quote.role.clone(), unit].into_iter().flatten().collect();
        QuoteView { text: quote.text.clone(), by: capitalized(&parts.join(", ")) }
    }

    fn praise(&self, praise: &crate::documents::story::Recognition) -> QuoteView {
        let on = praise.on.map(|on| format!(", {}", self.format().when(on)));
        QuoteView {
            text: praise.text.clone().unwrap_or_else(|| "Recognized.".into()),
            by: format!("{}{}", praise.by, on.unwrap_or_default()),
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

/// "6 of 8 told; missing: assurance, handover".
fn completeness(project: &Project) -> String {
    let told = project.completeness.told();
    match project.completeness.missing.as_slice() {
        [] => format!("All {PARTS} parts of a project are told."),
        missing => format!("{told} of {PARTS} parts told; missing: {}.", missing.join(", ")),
    }
}
