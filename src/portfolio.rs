//! The portfolio: all projects of an edition, linked.
//!
//! In goes an edition, out come projects with their names resolved, KPIs judged and money
//! reckoned, units with what falls to them, totals, and every address of the site. All of it is
//! pure and made from scratch each time; how a figure is printed is not known here.

pub mod action;
pub mod address;
pub mod alphabet;
pub mod completeness;
pub mod coverage;
pub mod facet;
mod future;
pub mod investment;
pub mod keys;
pub mod known;
pub mod kpi;
pub mod lesson;
pub mod partnership;
pub mod person;
pub mod project;
pub mod references;
pub mod returns;
pub mod rule;
pub mod spent;
pub mod stage;
pub mod standing;
pub mod timeline;
pub mod totals;
pub mod unit;
pub mod value;
pub mod year;

use crate::diagnostics::{Diagnostic, Place};
use crate::documents::fields::Spanned;
use crate::documents::id::Below;
use crate::documents::part::Part;
use crate::documents::settings::{Cards, Settings};
use crate::documents::{PageDocument, ProjectDocument};
use crate::editions::{Edition, Shown};
use crate::memo::Watched;
use crate::memo::store::{Nowhere, Store};
use crate::sources::Sources;
use action::Actions;
use address::Addresses;
use facet::Facets;
use foldhash::HashMap;
use jiff::civil::Date;
use keys::Projects;
use lesson::Lessons;
use person::People;
use rayon::prelude::*;
use references::{Copy, Picture};
use rule::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use timeline::Timeline;
use totals::Totals;
use unit::Units;
use value::Value;
use year::Year;

pub use project::Project;

/// A linked portfolio.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// The site's settings.
    pub settings: Settings,
    /// The circle that may see it.
    pub audience: String,
    /// The day of the data.
    pub as_of: Date,
    /// The projects, by id.
    pub projects: Projects,
    /// The positions of the projects, the newest first.
    pub newest: Watched<Vec<usize>>,
    /// The units.
    pub units: Watched<Units>,
    /// The projects in time.
    pub timeline: Watched<Timeline>,
    /// The people.
    pub people: Watched<People>,
    /// The free pages, by id.
    pub pages: Watched<Vec<PageDocument>>,
    /// The home page's own words.
    pub home: Watched<Option<PageDocument>>,
    /// The prebuilt choices of projects.
    pub facets: Watched<Facets>,
    /// What post-mortems promised.
    pub actions: Watched<Actions>,
    /// The years in which something is told to happen, the latest first.
    pub years: Watched<Vec<Year>>,
    /// What post-mortems taught.
    pub lessons: Watched<Lessons>,
    /// How each project stands to the rules about the work itself.
    pub rules: Watched<Rules>,
    /// Sums over all projects.
    pub totals: Watched<Totals>,
    /// What it cost, who paid and what came back.
    pub value: Watched<Value>,
    /// Every address of the site.
    pub addresses: Watched<Addresses>,
    /// Files beside write-ups that pages need: address → path among the sources.
    pub files: Watched<BTreeMap<String, String>>,
    /// Where each of them is named first, by its address.
    pub named: BTreeMap<String, Place>,
    /// Each of them that is a picture, by its address.
    pub pictures: Watched<BTreeMap<String, Picture>>,
    /// Where narrower copies of pictures lie.
    pub copies: Vec<Copy>,
    /// The projects of which nothing could be read, which was said.
    pub unread: BTreeSet<String>,
    by_id: HashMap<String, usize>,
    /// References that were looked at.
    looked: references::Looked,
}

/// Links an edition; what its bodies refer to is for [`Portfolio::refer`], for only that knows them.
pub fn link(edition: Edition, settings: &Settings, as_of: Date) -> (Portfolio, Vec<Diagnostic>) {
    let (mut units, mut said) = Units::of(edition.units);
    // Almost all names are those of units that have a file; the others are looked at in turn.
    let all = edition.projects.par_iter().with_max_len(64).map(|shown| &shown.document);
    let is_strange = |name: &Spanned<String>| units.find(name).is_none();
    let of_strange: Vec<&Arc<ProjectDocument>> =
        all.filter(|document| project::names_of_units(&document.front).any(is_strange)).collect();
    for document in &of_strange {
        for name in document.front.unit.iter().chain(&document.front.units) {
            units.known_or_new(name, document.file, &mut said);
        }
    }
    for document in of_strange {
        units.arise(project::parts_of_units(&document.front), document.file);
    }
    let desk = project::Desk { settings, units: &units, as_of };
    let (projects, problems): (Vec<Project>, Vec<Vec<Diagnostic>>) =
        edition.projects.into_par_iter().with_max_len(64).map(|shown| desk.link(shown)).unzip();
    said.extend(problems.into_iter().flatten());
    let mut newest: Vec<usize> = (0..projects.len()).collect();
    facet::newest_first(&mut newest, &projects);
    for at in &newest {
        let (at, project) = (*at, &projects[*at]);
        for unit in &project.units {
            let falls_to = &mut units.list[*unit];
            let list = if project.unit == Some(*unit) {
                &mut falls_to.owns
            } else {
                &mut falls_to.takes_part
            };
            list.push(at);
        }
    }
    // Each of these looks at all projects, and none at another.
    let ((groups, who), (sums, (rules, broken))) = rayon::join(
        || {
            rayon::join(
                || {
                    rayon::join(
                        || Facets::of(&projects, &newest, &units),
                        || year::years(&projects, &newest, as_of),
                    )
                },
                || {
                    rayon::join(
                        || People::of(&projects, &newest, &units, settings.people),
                        || Timeline::of(&projects),
                    )
                },
            )
        },
        || {
            rayon::join(
                || {
                    let ((lessons, totals), (value, actions)) = rayon::join(
                        || {
                            rayon::join(
                                || {
                                    let themes = &settings.lesson_themes;
                                    Lessons::of(&projects, &newest, &units, themes)
                                },
                                || Totals::of(&projects, &units, as_of),
                            )
                        },
                        || {
                            rayon::join(
                                || Value::of(&projects, &newest, &units, settings, as_of),
                                || Actions::of(&projects, &units, as_of),
                            )
                        },
                    );
                    (totals, lessons, value, actions)
                },
                || rule::check(&projects, &units, settings, as_of),
            )
        },
    );
    let ((facets, problems), years) = groups;
    let (people, timeline) = who;
    let (totals, lessons, value, actions) = sums;
    said.extend(problems);
    said.extend(broken);
    let by_id = projects.iter().enumerate().map(|(at, p)| (p.id().to_string(), at)).collect();
    let mut portfolio = Portfolio {
        settings: settings.clone(),
        audience: edition.audience,
        as_of,
        totals: Watched::new(keys::TOTALS, totals),
        actions: Watched::new(keys::ACTIONS, actions),
        rules: Watched::new(keys::RULES, rules),
        lessons: Watched::new(keys::LESSONS, lessons),
        value: Watched::new(keys::VALUE, value),
        projects: Projects::of(projects),
        newest: Watched::new(keys::NEWEST, newest),
        units: Watched::new(keys::UNITS, units),
        pages: Watched::new(keys::PAGES, edition.pages),
        home: Watched::new(keys::HOME, edition.home),
        facets: Watched::new(keys::FACETS, facets),
        years: Watched::new(keys::YEARS, years),
        people: Watched::new(keys::PEOPLE, people),
        timeline: Watched::new(keys::TIMELINE, timeline),
        addresses: Watched::new(keys::ADDRESSES, Addresses::without(&settings.leave_out)),
        files: Watched::new(keys::FILES, BTreeMap::new()),
        named: BTreeMap::new(),
        pictures: Watched::new(keys::PICTURES, BTreeMap::new()),
        copies: Vec::new(),
        unread: edition.unread,
        by_id,
        looked: references::Looked::default(),
    };
    said.extend(portfolio.take_addresses());
    (portfolio, said)
}

impl Portfolio {
    /// Puts the bodies of an edition in the place of those that were linked, where all else that
    /// the two editions say is the same.
    pub fn take_bodies(&mut self, projects: &[Shown]) {
        for changed in self.projects.take_bodies(projects) {
            self.looked.forget(changed);
        }
    }

    /// Looks up what bodies and front matter refer to in other files; says what is not there.
    pub fn refer(&mut self, sources: &Sources) -> Vec<Diagnostic> {
        self.refer_with(sources, &Nowhere)
    }

    /// The same, with a store of what was made of pictures.
    pub fn refer_with(&mut self, sources: &Sources, store: &dyn Store) -> Vec<Diagnostic> {
        let looked = std::mem::take(&mut self.looked);
        let checked = references::check(self, sources, looked, store);
        self.looked = checked.looked;
        *self.files.change() = checked.files;
        self.named = checked.named;
        *self.pictures.change() = checked.pictures;
        self.copies = checked.copies;
        checked.said
    }

    /// A project by its id.
    pub fn project(&self, id: &str) -> Option<&Project> {
        self.by_id.get(id).map(|at| &self.projects[*at])
    }

    /// The position of a project by its id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether a project has a card, for where its page is shared.
    pub fn has_card(&self, project: &Project) -> bool {
        has_card(&self.settings, project)
    }

    /// Whether an address belongs to a part that the site does without.
    pub fn leaves_out(&self, address: &str) -> bool {
        Part::is_left_out(&self.settings.leave_out, address)
    }

    /// The page of a unit.
    pub fn unit_page(&self, unit: usize) -> String {
        format!("units/{}/index.html", self.units.list[unit].id)
    }

    /// Takes the addresses of all pages, then those of aliases, which must not fall on a page.
    fn take_addresses(&mut self) -> Vec<Diagnostic> {
        let addresses = self.addresses.change();
        let mut said = Vec::new();
        for page in address::own(&self.pages) {
            said.extend(addresses.take(page.into(), None, "a page of the site's own".into()));
        }
        // Feed and sitemap name addresses on the web, which a site without `base_url` has none of.
        let on_the_web = match self.settings.base_url {
            Some(_) => &["feed.xml", "sitemap.xml"][..],
            None => &[],
        };
        for file in ["robots.txt", "calendar.ics"].iter().chain(on_the_web) {
            said.extend(addresses.take((*file).into(), None, "a file of the site's own".into()));
        }
        for facet in &self.facets.all {
            let what = format!("the list of {}", facet.label);
            said.extend(addresses.take(facet.page(), None, what));
        }
        for theme in &self.lessons.themes {
            let what = match &theme.name {
                Some(name) => format!("the lessons of the theme `{name}`"),
                None => "the lessons without a theme".into(),
            };
            said.extend(addresses.take(theme.page.clone(), None, what));
        }
        for tag in self.facets.all.iter().filter(|facet| facet.kind == "tag") {
            let what = format!("the page of the tag `{}`", tag.label);
            said.extend(addresses.take(tag.tag_page(), None, what));
        }
        for person in self.people.list.iter().filter(|person| !person.slug.is_empty()) {
            let what = format!("the page of {}", person.name);
            said.extend(addresses.take(person.page(), None, what));
        }
        for year in self.years.iter() {
            let what = format!("the page of the year {}", year.year);
            said.extend(addresses.take(year.page(), None, what));
        }
        for unit in &self.units.list {
            let place = unit.body.as_ref().map(|(file, _)| file.top());
            let what = format!("the unit `{}`", unit.id);
            said.extend(addresses.take(format!("units/{}/index.html", unit.id), place, what));
        }
        let sound = |id: &str, below| {
            // An id of the site's own was told where it was read.
            !crate::documents::id::is_reserved(id, below)
        };
        for page in self.pages.iter().filter(|page| sound(&page.id, Below::Root)) {
            let what = format!("the page `{}`", page.id);
            let address = format!("{}/index.html", page.id);
            said.extend(addresses.take(address, Some(page.file.top()), what));
        }
        for project in self.projects.iter().filter(|p| sound(p.id(), Below::Folder)) {
            let what = format!("the project `{}`", project.id());
            let place = Some(project.shown.document.file.top());
            // Of two projects with one address, the pages below it are not told as well.
            match addresses.take(project.page.clone(), place, what) {
                Some(taken) => said.push(taken),
                None => {
                    let what = format!("the brief of `{}`", project.id());
                    said.extend(addresses.take(address::brief(project.id()), place, what));
                    let what = format!("the evidence of `{}`", project.id());
                    said.extend(addresses.take(address::evidence(project.id()), place, what));
                    if has_card(&self.settings, project) {
                        let what = format!("the card of `{}`", project.id());
                        said.extend(addresses.take(address::card(project.id()), place, what));
                    }
                }
            }
        }
        let pages = self
            .pages
            .iter()
            .map(|page| (&page.front.aliases, page.file, format!("{}/index.html", page.id)));
        let projects = self.projects.iter().map(|project| {
            (&project.front().aliases, project.shown.document.file, project.page.clone())
        });
        for (aliases, file, page) in projects.chain(pages).collect::<Vec<_>>() {
            for alias in aliases {
                said.extend(addresses.alias(alias, &page, file.at(alias.span)));
            }
        }
        said
    }
}

/// Whether a project has a card: whoever shows one asks for its address on the web.
fn has_card(settings: &Settings, project: &Project) -> bool {
    settings.base_url.is_some()
        && match settings.cards {
            Cards::All => true,
            Cards::Featured => project.front().featured,
            Cards::Nothing => false,
        }
}
