//! Units: the list of them, and what each owns, funds, champions and learns.

use super::view::{
    Cell, ChampionRow, LessonView, PaidRow, Pair, ProjectRow, UnitRow, UnitView, UnitsView, Words,
};
use super::{Here, ROWS, list};
use crate::documents::unit::UnitKind;
use crate::portfolio::Project;
use crate::portfolio::coverage::Coverage;
use crate::portfolio::investment::{Known, Part};
use crate::portfolio::standing::Standing;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// So many rows a table of a unit's page has: it has several, and is to weigh no more than a page.
const LISTED: usize = 50;
/// So many projects of a champion are listed; their own page has all.
const CHAMPIONED: usize = 3;
/// How many lessons a unit's page shows.
const LESSONS: usize = 20;

impl Here<'_> {
    /// A page of the list of units.
    pub(super) fn units(&self, nth: usize) -> UnitsView {
        let units = &self.portfolio().units;
        let order = units.by_name();
        let owning = units.list.iter().filter(|unit| !unit.owns.is_empty()).count();
        let all = units.list.len();
        let result = match all {
            0 => self.say("No unit is told yet.").to_string(),
            1 => self.say("1 unit takes part.").into(),
            _ => self.fill(
                "{n} of {all} units own a project.",
                &[("n", &self.format().count(owning)), ("all", &self.format().count(all))],
            ),
        };
        UnitsView {
            frame: self.frame(self.say("Units"), Some(result.clone()), &[]),
            title: self.say("Units").into(),
            result,
            units: order
                .iter()
                .skip((nth - 1) * ROWS)
                .take(ROWS)
                .map(|at| self.unit_row(*at))
                .collect(),
            listing: list::listing(self, "units/index.html", nth, (all, "Units")),
        }
    }

    /// A unit in a list.
    pub(super) fn unit_row(&self, at: usize) -> UnitRow {
        let portfolio = self.portfolio();
        let unit = &portfolio.units.list[at];
        let coverage = self.coverage_of(&unit.owns);
        let kind = self.say(kind_words(unit.kind));
        let count = |n: usize| match n {
            0 => Cell::absent(self.say("None")),
            n => Cell::text(self.format().count(n)),
        };
        UnitRow {
            name: unit.name.clone(),
            href: self.to(&portfolio.unit_page(at)),
            about: match &unit.lead {
                Some(lead) => self.fill(
                    "{kind}, led by {lead}",
                    &[("kind", kind), ("lead", &self.person_name(lead))],
                ),
                None => kind.into(),
            },
            owns: count(unit.owns.len()),
            takes_part: count(unit.takes_part.len()),
            kpis: match coverage.due() {
                0 => Cell::absent(self.say("None due")),
                due => Cell::text(self.fill(
                    "{n} of {all}",
                    &[
                        ("n", &self.format().count(coverage.met)),
                        ("all", &self.format().count(due)),
                    ],
                )),
            },
            paid: match self.paid_sums(at).as_slice() {
                [] => Cell::absent(self.say("Nothing told")),
                sums => {
                    let short = |(currency, amount): &(String, Decimal)| {
                        self.format().money_short(*amount, currency)
                    };
                    Cell::text(sums.iter().map(short).collect::<Vec<_>>().join(", "))
                }
            },
            lessons: count(portfolio.lessons.of_unit(at).len()),
        }
    }

    /// How many KPIs of some projects are met.
    pub(super) fn coverage_of(&self, projects: &[usize]) -> Coverage {
        let mut sum = Coverage::default();
        for at in projects {
            sum += self.portfolio().projects[*at].coverage;
        }
        sum
    }

    /// The parts that a unit paid, with their projects.
    fn paid_parts(&self, unit: usize) -> Vec<(&Project, &Part)> {
        let portfolio = self.portfolio();
        let one = &portfolio.units.list[unit];
        let mut projects: Vec<usize> = one.owns.iter().chain(&one.takes_part).copied().collect();
        projects.sort_unstable();
        let paid = projects.into_iter().filter_map(|at| {
            let project = &portfolio.projects[at];
            let investment = project.investment.as_ref()?;
            // A budget that is not spent is paid by no one yet.
            if investment.actual == Known::Nothing {
                return None;
            }
            let part = investment.parts.iter().find(|part| part.unit == Some(unit))?;
            Some((project, part))
        });
        paid.collect()
    }

    fn paid_sums(&self, unit: usize) -> Vec<(String, Decimal)> {
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        for (project, part) in self.paid_parts(unit) {
            if let (Some(investment), Known::Told(amount)) = (&project.investment, part.amount) {
                *sums.entry(investment.currency.clone()).or_default() += amount;
            }
        }
        sums.into_iter().collect()
    }

    /// The page of a unit.
    pub(super) fn unit(&self, at: usize) -> UnitView {
        let portfolio = self.portfolio();
        let unit = &portfolio.units.list[at];
        let result = self.unit_sentence(at);
        let rows = |list: &[usize]| -> Vec<ProjectRow> {
            list.iter().take(LISTED).map(|at| self.row(*at)).collect()
        };
        let more = unit.owns.len() > LISTED;
        let owned = portfolio.facets.find("unit", &unit.id).filter(|_| more);
        let not_listed = |count: usize| match count.saturating_sub(LISTED) {
            0 => String::new(),
            n => self.plural(n, "{n} more is not listed here.", "{n} more are not listed here."),
        };
        let parts = self.paid_parts(at);
        let (mut champions, mut shadowing) = (self.champions(at), self.shadowing(at));
        let champions_more = not_listed(champions.len());
        let shadowing_more = not_listed(shadowing.len());
        champions.truncate(LISTED);
        shadowing.truncate(LISTED);
        let sums = self.paid_sums(at);
        let total = |write: &dyn Fn(Decimal, &str) -> String| {
            sums.iter().map(|(currency, sum)| write(*sum, currency)).collect::<Vec<_>>().join(", ")
        };
        UnitView {
            frame: self.frame(
                &unit.name,
                Some(result.clone()),
                &[(self.say("Units"), "units/index.html")],
            ),
            title: unit.name.clone(),
            meta: self.unit_meta(at),
            result,
            html: unit.body.as_ref().map(|(_, body)| self.body(body, None)).unwrap_or_default(),
            owns: rows(&unit.owns),
            owns_more: owned.and_then(|facet| {
                let text = self.plural(unit.owns.len(), "All {n} projects", "All {n} projects");
                Words::link(text, self.to(&facet.page())).if_linked()
            }),
            takes_part: rows(&unit.takes_part),
            takes_part_more: not_listed(unit.takes_part.len()),
            paid_note: self.paid_note(
                &parts,
                &total(&|sum, currency| self.format().money_short(sum, currency)),
            ),
            paid: parts
                .iter()
                .take(LISTED)
                .map(|(project, part)| self.paid(project, part))
                .collect(),
            paid_more: not_listed(parts.len()),
            paid_total: total(&|sum, currency| self.format().money(sum, currency)),
            champions,
            champions_more,
            lessons: self.unit_lessons(at),
            shadowing,
            shadowing_more,
        }
    }

    fn unit_sentence(&self, at: usize) -> String {
        let portfolio = self.portfolio();
        let unit = &portfolio.units.list[at];
        if unit.owns.is_empty() {
            return match unit.takes_part.len() {
                0 => self.say("Owns no project and takes part in none.").into(),
                n => self.plural(
                    n,
                    "Owns no project; takes part in {n}.",
                    "Owns no project; takes part in {n}.",
                ),
            };
        }
        let parts = self.standings_of(&unit.owns);
        let coverage = self.coverage_sentence(&self.coverage_of(&unit.owns));
        let owns = self.plural(unit.owns.len(), "Owns {n} project", "Owns {n} projects");
        format!("{owns}: {parts}. {coverage}")
    }

    /// "2 delivered, 1 mixed".
    pub(super) fn standings_of(&self, projects: &[usize]) -> String {
        let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
        for at in projects {
            *counts.entry(self.portfolio().projects[*at].standing).or_default() += 1;
        }
        let words = |standing: Standing| {
            let count = self.format().count(*counts.get(&standing)?);
            let word = self.inline(standing.words());
            Some(format!("{count} {word}"))
        };
        Standing::ALL.into_iter().filter_map(words).collect::<Vec<_>>().join(", ")
    }

    fn unit_meta(&self, at: usize) -> Vec<Pair> {
        let portfolio = self.portfolio();
        let unit = &portfolio.units.list[at];
        let mut meta = vec![match &unit.lead {
            Some(lead) => {
                let (label, words) = (self.say("Lead").into(), self.person_words(lead));
                Pair { label, words, absent: false }
            }
            None => Pair::absent(self.say("Lead"), self.say("No one named")),
        }];
        meta.push(Pair::text(self.say("Kind"), self.say(kind_words(unit.kind))));
        if let Some(parent) = unit.parent {
            let name = portfolio.units.list[parent].name.clone();
            let words = vec![Words::link(name, self.to(&portfolio.unit_page(parent)))];
            meta.push(Pair { label: self.say("Part of").into(), words, absent: false });
        }
        if !unit.formerly.is_empty() {
            meta.push(Pair::text(self.say("Formerly"), unit.formerly.join(", ")));
        }
        meta
    }

    fn paid(&self, project: &Project, part: &Part) -> PaidRow {
        let currency = project.investment.as_ref().map_or("", |i| i.currency.as_str());
        PaidRow {
            project: Words::link(project.title(), self.to(&project.page)),
            share: self.known(part.percent, |percent| self.format().share(percent)),
            amount: self.known(part.amount, |amount| self.format().money(amount, currency)),
        }
    }

    fn paid_note(&self, parts: &[(&Project, &Part)], sums: &str) -> String {
        let hidden = parts.iter().filter(|(_, part)| part.amount == Known::Withheld).count();
        let told = parts.iter().filter(|(_, part)| part.amount.value().is_some()).count();
        if parts.is_empty() {
            return String::new();
        }
        let mut note = match told {
            0 => self.say("No amount is told").to_string(),
            n => {
                let projects = self.plural(n, "{n} project", "{n} projects");
                self.fill("{sums} in {projects}", &[("sums", sums), ("projects", &projects)])
            }
        };
        if hidden > 0 {
            note.push_str(&self.plural(hidden, "; {n} share withheld", "; {n} shares withheld"));
        }
        note
    }

    fn champions(&self, at: usize) -> Vec<ChampionRow> {
        let portfolio = self.portfolio();
        let unit = &portfolio.units.list[at];
        let mut people: BTreeMap<String, (Option<String>, Vec<&Project>)> = BTreeMap::new();
        for project in unit.owns.iter().chain(&unit.takes_part).map(|at| &portfolio.projects[*at]) {
            for person in &project.front().champions {
                let of = person.unit.as_ref().and_then(|unit| portfolio.units.find(unit));
                if of == Some(at) {
                    let page = || portfolio.people.page(person).map(|page| self.to(&page));
                    let of_person = people.entry(self.person_name(person));
                    of_person.or_insert_with(|| (page(), Vec::new())).1.push(project);
                }
            }
        }
        let row = |(name, (href, projects)): (String, (Option<String>, Vec<&Project>))| {
            let mut listed = Vec::new();
            for project in projects.iter().take(CHAMPIONED) {
                if !listed.is_empty() {
                    listed.push(Words::plain(", "));
                }
                listed.push(Words::link(project.title(), self.to(&project.page)));
            }
            if let Some(more @ 1..) = projects.len().checked_sub(CHAMPIONED) {
                let more = self.plural(more, "and {n} more project", "and {n} more projects");
                listed.push(Words::plain(" "));
                listed.push(Words { text: more, href: href.clone() });
            }
            ChampionRow { person: Words { text: name, href }, projects: listed }
        };
        people.into_iter().map(row).collect()
    }

    fn unit_lessons(&self, at: usize) -> Vec<LessonView> {
        let portfolio = self.portfolio();
        let lessons = portfolio.lessons.of_unit(at).take(LESSONS);
        lessons
            .map(|learned| {
                let project = &portfolio.projects[learned.project];
                let about = vec![Words::link(project.title(), self.to(&project.page))];
                let mut view = self.lesson(learned.told(&portfolio.projects), project, &[about]);
                // The unit is the page itself.
                view.about.remove(0);
                view
            })
            .collect()
    }

    fn shadowing(&self, at: usize) -> Vec<Pair> {
        let portfolio = self.portfolio();
        let unit = &portfolio.units.list[at];
        let mut pairs = Vec::new();
        for project in unit.owns.iter().chain(&unit.takes_part).map(|at| &portfolio.projects[*at]) {
            for told in &project.front().shadowing {
                if portfolio.units.find(&told.unit) != Some(at) {
                    continue;
                }
                let days = told
                    .days
                    .map(|days| self.fill("{days} for ", &[("days", &self.span(days, "days"))]));
                let learned = told.learned.as_ref().map(|text| {
                    self.fill(". Learned: {text}", &[("text", &super::kpi::ended(text))])
                });
                let words = vec![
                    Words::plain(days.unwrap_or_else(|| self.say("For ").into())),
                    Words::link(project.title(), self.to(&project.page)),
                    Words::plain(learned.unwrap_or_else(|| ".".into())),
                ];
                let label = self.shadower(told).to_string();
                pairs.push(Pair { label, words, absent: false });
            }
        }
        pairs
    }
}

fn kind_words(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Business => "Business",
        UnitKind::It => "IT",
        UnitKind::Shared => "Shared service",
    }
}
