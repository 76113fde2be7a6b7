//! Facets: the prebuilt choices of projects, by status, standing, unit, year, class and tag.

use super::Project;
use super::standing::Standing;
use super::unit::Units;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::documents::id::slug;
use crate::documents::path::unfit;
use crate::documents::project::{Class, Status};
use foldhash::HashMap;
use std::collections::BTreeMap;

/// One choice of projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// By what: `status`.
    pub kind: &'static str,
    /// Its part of the address: `completed`.
    pub id: String,
    /// What readers see: `Completed`.
    pub label: String,
    /// The projects, as positions.
    pub projects: Vec<usize>,
}

/// All choices, in the order in which readers see them.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// The choices; those of one kind stand together.
    pub all: Vec<Facet>,
    positions: HashMap<(&'static str, String), usize>,
    /// The choices by tag, as written.
    tags: HashMap<String, usize>,
}

impl Facet {
    /// The address of its list.
    pub fn page(&self) -> String {
        format!("projects/by/{}/{}/index.html", self.kind, self.id)
    }

    /// The address of a tag's own page.
    pub fn tag_page(&self) -> String {
        format!("tags/{}/index.html", self.id)
    }
}

impl Facets {
    /// All choices that hold a project; tags that would share an address are told.
    pub fn of(projects: &[Project], newest: &[usize], units: &Units) -> (Facets, Vec<Diagnostic>) {
        let mut facets = Facets::default();
        let all = || newest.iter().map(|at| (*at, &projects[*at]));
        let statuses = [Status::Completed, Status::Active, Status::Planned, Status::Stopped];
        for status in statuses {
            facets.add(
                "status",
                status.word().into(),
                status_words(status).into(),
                all().filter(|(_, p)| p.status == status),
            );
        }
        for standing in Standing::ALL {
            let words = standing.words().to_string();
            facets.add(
                "standing",
                standing.word().into(),
                words,
                all().filter(|(_, p)| p.standing == standing),
            );
        }
        for unit in units.by_name() {
            let Some(one) = units.list.get(unit) else { continue };
            let label = one.name.clone();
            facets.push("unit", one.id.clone(), label, one.owns.clone());
        }
        let mut years: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
        for (at, project) in all() {
            years.entry(project.year.unwrap_or_default()).or_default().push(at);
        }
        years.remove(&0);
        for (year, list) in years.into_iter().rev() {
            facets.push("year", year.to_string(), year.to_string(), list);
        }
        for class in [Class::Transformation, Class::Modernization, Class::Hybrid] {
            let label = class_words(class).to_string();
            facets.add(
                "class",
                class.word().into(),
                label,
                all().filter(|(_, p)| p.front().class == Some(class)),
            );
        }
        let said = facets.add_tags(projects, newest);
        let positions = facets.all.iter().enumerate();
        facets.positions = positions.map(|(at, f)| ((f.kind, f.id.clone()), at)).collect();
        let tags = facets.all.iter().enumerate().filter(|(_, facet)| facet.kind == "tag");
        facets.tags = tags.map(|(at, facet)| (facet.label.clone(), at)).collect();
        (facets, said)
    }

    fn add<'p>(
        &mut self,
        kind: &'static str,
        id: String,
        label: String,
        projects: impl Iterator<Item = (usize, &'p Project)>,
    ) {
        self.push(kind, id, label, projects.map(|(at, _)| at).collect());
    }

    fn push(&mut self, kind: &'static str, id: String, label: String, projects: Vec<usize>) {
        if !projects.is_empty() {
            self.all.push(Facet { kind, id, label, projects });
        }
    }

    /// Tags by their address; two spellings of one address are never merged in silence.
    fn add_tags(&mut self, projects: &[Project], newest: &[usize]) -> Vec<Diagnostic> {
        let mut said = Vec::new();
        let mut tags: BTreeMap<String, (String, Place, Vec<usize>)> = BTreeMap::new();
        let mut slugs: HashMap<&str, String> = HashMap::default();
        for (at, project) in projects.iter().enumerate() {
            let file = project.shown.document.file;
            for tag in &project.front().tags {
                let id = slugs.entry(tag.value.as_str()).or_insert_with(|| slug(tag)).clone();
                let place = file.at(tag.span);
                if id.is_empty() {
                    let message = format!("no address can be made of the tag `{}`", tag.value);
                    said.push(
                        Diagnostic::new(Code::Id, place, message)
                            .help("write it with letters or digits"),
                    );
                    continue;
                }
                if unfit(&id).is_some() {
                    let message = format!("no address can be made of the tag `{}`", tag.value);
                    let help = "take another word: some systems cannot have a file of this name";
                    said.push(Diagnostic::new(Code::Id, place, message).help(help));
                    continue;
                }
                let (name, first, list) =
                    tags.entry(id).or_insert_with(|| (tag.value.clone(), place, Vec::new()));
                if *name != tag.value {
                    let message = format!("the tags `{}` and `{name}` have one address", tag.value);
                    said.push(
                        Diagnostic::new(Code::AddressTaken, place, message)
                            .also(*first, "the other one")
                            .help(format!("write `{name}` here too, or give them different words")),
                    );
                } else if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        let mut rank = vec![0; projects.len()];
        newest.iter().enumerate().for_each(|(nth, at)| rank[*at] = nth);
        for (id, (name, _, mut list)) in tags {
            list.sort_unstable_by_key(|at| rank[*at]);
            self.push("tag", id, name, list);
        }
        said
    }

    /// The choice of a tag, as written.
    pub fn tag(&self, tag: &str) -> Option<&Facet> {
        self.tags.get(tag).map(|at| &self.all[*at])
    }

    /// The choice of a kind with an id.
    pub fn find(&self, kind: &'static str, id: &str) -> Option<&Facet> {
        self.positions.get(&(kind, id.to_string())).map(|at| &self.all[*at])
    }
}

/// Puts the project with the latest content date first.
pub fn newest_first(list: &mut [usize], projects: &[Project]) {
    list.sort_by_key(|at| (std::cmp::Reverse(projects[*at].date), *at));
}

/// A status as readers see it.
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::Planned => "Planned",
        Status::Active => "Active",
        Status::Completed => "Completed",
        Status::Stopped => "Stopped",
    }
}

/// A class as readers see it.
pub fn class_words(class: Class) -> &'static str {
    match class {
        Class::Transformation => "Transformation",
        Class::Modernization => "Modernization",
        Class::Hybrid => "Hybrid",
    }
}
