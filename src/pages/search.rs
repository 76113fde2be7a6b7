//! Everything that has a name, from A to Z: what a reader finds by its name without a script.
//! KPIs are among them, for a figure is often all that one remembers of a project.

use super::alphabet::Alphabet;
use super::view::{NameView, SearchView};
use super::{Here, Page, Pages, ROWS, Subject, list};
use crate::documents::part::Part;
use crate::portfolio::alphabet::Place;
use rayon::prelude::*;
use std::collections::BTreeMap;

const SEARCH: &str = "search/index.html";

/// What a name stands for, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    Project(usize),
    Kpi(usize, usize),
    Unit(usize),
    Person(usize),
    Tag(usize),
    Page(usize),
}

impl Named {
    /// Which kind of thing it is, in the order above.
    fn kind(self) -> usize {
        match self {
            Named::Project(_) => 0,
            Named::Kpi(..) => 1,
            Named::Unit(_) => 2,
            Named::Person(_) => 3,
            Named::Tag(_) => 4,
            Named::Page(_) => 5,
        }
    }
}

impl Pages<'_> {
    /// Every name with its place, in order.
    pub(super) fn all_names(&self) -> Vec<(Place, Named)> {
        let portfolio = self.portfolio;
        let mut all: Vec<Named> = Vec::with_capacity(portfolio.projects.len() * 6);
        for (at, project) in portfolio.projects.iter().enumerate() {
            all.push(Named::Project(at));
            // A KPI that another project tells as well is found there.
            let kpis = project.front().kpis.iter().enumerate();
            let own = kpis.filter(|(_, kpi)| kpi.same_as.is_none());
            all.extend(own.map(|(nth, _)| Named::Kpi(at, nth)));
        }
        all.extend((0..portfolio.units.list.len()).map(Named::Unit));
        let people = portfolio.people.list.iter().enumerate();
        all.extend(people.filter(|(_, p)| !p.slug.is_empty()).map(|(at, _)| Named::Person(at)));
        let facets = portfolio.facets.all.iter().enumerate();
        all.extend(facets.filter(|(_, f)| f.kind == "tag").map(|(at, _)| Named::Tag(at)));
        all.extend((0..portfolio.pages.len()).map(Named::Page));
        let left_out = |part| portfolio.settings.leave_out.contains(&part);
        all.retain(|named| match named {
            Named::Person(_) => !left_out(Part::People),
            Named::Tag(_) => !left_out(Part::Tags),
            _ => true,
        });
        let mut names: Vec<(Place, Named)> = all
            .into_par_iter()
            .with_max_len(1024)
            .map(|named| (Place::of(self.name(named)), named))
            .collect();
        names.par_sort_unstable();
        names
    }

    /// The pages of the list of everything.
    pub(super) fn search_pages(&self) -> Vec<Page> {
        let page = |nth| Page { address: list::page(SEARCH, nth), subject: Subject::Search(nth) };
        (1..=self.names.len().div_ceil(ROWS).max(1)).map(page).collect()
    }

    fn name(&self, named: Named) -> &str {
        let portfolio = self.portfolio;
        match named {
            Named::Project(at) => portfolio.projects[at].title(),
            Named::Kpi(at, nth) => &portfolio.projects[at].front().kpis[nth].name.value,
            Named::Unit(at) => &portfolio.units.list[at].name,
            Named::Person(at) => &portfolio.people.list[at].name,
            Named::Tag(at) => &portfolio.facets.all[at].label,
            Named::Page(at) => &portfolio.pages[at].front.title.value,
        }
    }
}

impl Here<'_> {
    /// A page of the list of everything.
    pub(super) fn search(&self, nth: usize) -> SearchView {
        let names = &self.pages.names;
        let result = self.search_sentence();
        let letter = &|(place, _): &(Place, Named)| place.letter();
        let list = Alphabet { first: SEARCH, what: "Names", names, letter };
        SearchView {
            frame: self.frame(self.say("Search"), Some(result.clone()), &[]),
            title: self.say("Search").into(),
            result,
            script: self.to(&self.pages.assets.search),
            index: folder(&self.to("search/terms.js")),
            root: folder(&self.to("index.html")),
            words: self.search_words(),
            list: list.page(self, nth, |(_, named)| self.found(*named)),
        }
    }

    fn search_sentence(&self) -> String {
        const KINDS: [(&str, &str); 6] = [
            ("{n} project", "{n} projects"),
            ("{n} KPI", "{n} KPIs"),
            ("{n} unit", "{n} units"),
            ("{n} person", "{n} people"),
            ("{n} tag", "{n} tags"),
            ("{n} page", "{n} pages"),
        ];
        // All pages of the list say the same: the names are counted for the first that asks.
        let counts = self.pages.counts.get_or_init(|| {
            let mut counts = [0; KINDS.len()];
            for (_, named) in self.pages.names.iter() {
                counts[named.kind()] += 1;
            }
            counts
        });
        let told = KINDS.iter().zip(counts).filter(|(_, n)| **n > 0);
        let parts: Vec<String> = told.map(|((one, many), n)| self.plural(*n, one, many)).collect();
        match parts.is_empty() {
            true => self.say("Nothing has a name here yet.").into(),
            false => format!("{}.", parts.join(", ")),
        }
    }

    /// What the script of the search says. What stands in braces is filled in by it.
    fn search_words(&self) -> String {
        let words = [
            ("none", self.say("Nothing is found for “{query}”.")),
            ("one", self.say("1 result.")),
            ("many", self.say("{n} results.")),
            ("atleast", self.say("{n} results, and more with another letter.")),
            ("near", self.say("These are for {words}.")),
            ("some", self.say("No page has all of these words.")),
            ("short", self.say("Type three letters or more.")),
            ("common", self.say("These words are on nearly every page: add another.")),
            ("without", self.say("Nothing fits what is chosen; 1 result without it.")),
            ("withouts", self.say("Nothing fits what is chosen; {n} results without it.")),
            ("failed", self.say("The index of the search could not be read.")),
            ("kind", self.say("Kind")),
            ("status", self.say("Status")),
            ("unit", self.say("Unit")),
            ("year", self.say("Year")),
        ];
        let words: BTreeMap<&str, &str> = words.into();
        serde_json::to_string(&words).expect("texts are written whole")
    }

    fn found(&self, named: Named) -> NameView {
        let portfolio = self.portfolio();
        let (address, note) = match named {
            Named::Project(at) => {
                let project = &portfolio.projects[at];
                let unit = project.unit.map(|unit| portfolio.units.list[unit].name.clone());
                let year = project.year.map(|year| year.to_string());
                let kind = Some(self.say("project").to_string());
                let parts: Vec<String> = [kind, unit, year].into_iter().flatten().collect();
                (self.to(&project.page), parts.join(", "))
            }
            Named::Kpi(at, nth) => {
                let project = &portfolio.projects[at];
                let id = &project.front().kpis[nth].id.value;
                let note = self.fill("KPI of {project}", &[("project", project.title())]);
                (format!("{}#kpi-{id}", self.to(&project.page)), note)
            }
            Named::Unit(at) => (self.to(&portfolio.unit_page(at)), self.say("unit").to_string()),
            Named::Person(at) => {
                let person = &portfolio.people.list[at];
                (self.to(&person.page()), self.say("person").to_string())
            }
            Named::Tag(at) => {
                let facet = &portfolio.facets.all[at];
                let count = facet.projects.len();
                let note = self.plural(count, "tag of {n} project", "tag of {n} projects");
                (self.to(&facet.tag_page()), note)
            }
            Named::Page(at) => {
                let page = format!("{}/index.html", portfolio.pages[at].id);
                (self.to(&page), self.say("page").to_string())
            }
        };
        NameView { name: self.pages.name(named).to_string(), href: address, note }
    }
}

/// The folder of an address, with a slash at its end.
fn folder(address: &str) -> String {
    address.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}
