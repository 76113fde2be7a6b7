//! People: who owns, sponsors, leads, champions and promises what. The same normalized name is the
//! same person; where the site shows roles, the same role in the same unit stands for them, and no
//! name is kept.

use super::Portfolio;
use super::Project;
use super::alphabet;
use super::rule::is_a_name;
use super::unit::Units;
use crate::documents::id::{is_free, slug};
use crate::documents::person::Person;
use crate::documents::settings::PeopleShown;
use foldhash::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// What a person has to do with a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// They own it.
    Owner,
    /// They sponsor it.
    Sponsor,
    /// They lead it for IT.
    ItLead,
    /// They champion it in their unit.
    Champion,
    /// They lead its steering committee.
    Chair,
    /// They sit on its steering committee.
    Steering,
    /// They are on its team.
    Team,
    /// They led its post-mortem.
    Facilitator,
    /// They stand for a benefit of it.
    Confirmer,
}

/// A person, or where the site shows roles, a role in a unit.
#[derive(Clone, Debug, Default)]
pub struct Individual {
    /// The name as first met; or the role, empty where none is told.
    pub name: String,
    /// Its part of the address; empty where the site shows roles.
    pub slug: String,
    /// The letter under which they stand; none for roles.
    pub letter: Option<char>,
    /// What they do, as told, each once.
    pub titles: Vec<String>,
    /// Where they belong.
    pub units: Vec<usize>,
    /// Their part in each project, the newest project first.
    pub parts: Vec<(usize, Role)>,
    /// The units that they lead.
    pub leads: Vec<usize>,
    /// What they promised, as (project, action).
    pub actions: Vec<(usize, usize)>,
}

/// All people.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The people, from A to Z; roles by their unit.
    pub list: Vec<Individual>,
    by_name: HashMap<String, usize>,
}

/// The form in which names are compared.
fn normalized(name: &str) -> String {
    let words = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if name.is_ascii() { words(name) } else { words(&name.nfkc().collect::<String>()) }
}

impl Individual {
    /// Their page.
    pub fn page(&self) -> String {
        format!("people/{}/index.html", self.slug)
    }

    /// In how many projects they have a part.
    pub fn projects(&self) -> usize {
        self.parts.chunk_by(|(one, _), (other, _)| one == other).count()
    }

    /// In how many projects they have one of these roles.
    pub fn count(&self, roles: &[Role]) -> usize {
        let mut projects: Vec<usize> =
            self.parts.iter().filter(|(_, role)| roles.contains(role)).map(|(at, _)| *at).collect();
        projects.dedup();
        projects.len()
    }
}

impl People {
    /// Collects the people of units, and of all projects in the order given.
    pub fn of(projects: &[Project], order: &[usize], units: &Units, shown: PeopleShown) -> People {
        let mut desk = Desk { people: People::default(), same: HashMap::default(), units, shown };
        for (at, unit) in units.list.iter().enumerate() {
            if let Some(person) = desk.meet(unit.lead.as_ref()) {
                person.leads.push(at);
                if !person.units.contains(&at) {
                    person.units.push(at);
                }
            }
        }
        for at in order {
            desk.project(*at, &projects[*at]);
        }
        let mut people = desk.people;
        people.sort(units, shown);
        people
    }

    /// The page of a person, where people have pages.
    pub fn page(&self, person: &Person) -> Option<String> {
        self.by_name.get(&person.name).map(|at| self.list[*at].page())
    }

    /// Puts them in order and gives them their addresses.
    fn sort(&mut self, units: &Units, shown: PeopleShown) {
        let names = shown == PeopleShown::Names;
        let key = |at: &usize| {
            let one = &self.list[*at];
            let unit = one.units.first().filter(|_| !names).map(|unit| &units.list[*unit].name);
            (unit.cloned(), alphabet::Place::of(&one.name), normalized(&one.name))
        };
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_cached_key(key);
        let mut rank = vec![0; order.len()];
        order.iter().enumerate().for_each(|(nth, at)| rank[*at] = nth);
        self.by_name.values_mut().for_each(|at| *at = rank[*at]);
        let mut sorted: Vec<Individual> = Vec::with_capacity(order.len());
        sorted.extend(order.iter().map(|at| std::mem::take(&mut self.list[*at])));
        self.list = sorted;
        if names {
            let people = self.list.iter_mut();
            people.for_each(|one| one.letter = alphabet::Place::of(&one.name).letter());
            give_slugs(&mut self.list);
        } else {
            self.by_name.clear();
        }
    }
}

/// Gives each person an address of their own: of two whose names make one, the later has a number.
fn give_slugs(people: &mut [Individual]) {
    let mut taken: HashSet<String> = HashSet::default();
    let mut late = Vec::new();
    for (at, person) in people.iter_mut().enumerate() {
        person.slug = slug(&person.name);
        let clear = !person.slug.is_empty() && is_free(&person.slug);
        if !(clear && taken.insert(person.slug.clone())) {
            late.push(at);
        }
    }
    for at in late {
        let mut stem = std::mem::take(&mut people[at].slug);
        if stem.is_empty() {
            stem = "person".into();
        }
        let end =
            stem.char_indices().map(|(end, c)| end + c.len_utf8()).take_while(|end| *end <= 80);
        stem.truncate(end.last().unwrap_or_default());
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        people[at].slug =
            numbered.into_iter().find(|id| taken.insert(id.clone())).expect("numbers do not end");
    }
}

/// Where people are collected.
struct Desk<'u> {
    people: People,
    /// People by their normalized name.
    same: HashMap<String, usize>,
    units: &'u Units,
    shown: PeopleShown,
}

impl Desk<'_> {
    fn project(&mut self, at: usize, project: &Project) {
        let front = project.front();
        self.part(at, Role::Owner, [&front.owner]);
        self.part(at, Role::Sponsor, &front.sponsor);
        self.part(at, Role::ItLead, &front.it_lead);
        self.part(at, Role::Champion, &front.champions);
        for person in &front.steering {
            self.part(at, if person.chair { Role::Chair } else { Role::Steering }, [person]);
        }
        self.part(at, Role::Team, &front.team);
        let confirmed = front.benefits.iter().filter_map(|benefit| benefit.confirmed_by.as_ref());
        self.part(at, Role::Confirmer, confirmed);
        let Some(post_mortem) = &front.post_mortem else { return };
        self.part(at, Role::Facilitator, &post_mortem.facilitator);
        for (nth, action) in post_mortem.actions.iter().enumerate() {
            if let Some(person) = self.meet(action.owner.as_ref()) {
                person.actions.push((at, nth));
            }
        }
    }

    fn part<'p>(&mut self, at: usize, role: Role, people: impl IntoIterator<Item = &'p Person>) {
        for told in people {
            let Some(person) = self.meet(Some(told)) else { continue };
            let here = person.parts.iter().rev().take_while(|(project, _)| *project == at);
            if !here.into_iter().any(|(_, its)| *its == role) {
                person.parts.push((at, role));
            }
        }
    }

    /// The person who is told, known by now or new.
    fn meet(&mut self, told: Option<&Person>) -> Option<&mut Individual> {
        let told = told?;
        let unit = told.unit.as_ref().and_then(|unit| self.units.find(unit));
        let at = match self.shown {
            PeopleShown::Names => self.by_name(&told.name)?,
            PeopleShown::Roles => self.by_role(told.role.as_deref().unwrap_or_default(), unit),
        };
        let person = &mut self.people.list[at];
        if let Some(unit) = unit.filter(|unit| !person.units.contains(unit)) {
            person.units.push(unit);
        }
        let title = told.role.as_ref().filter(|_| self.shown == PeopleShown::Names);
        if let Some(title) = title.filter(|title| !person.titles.contains(title)) {
            person.titles.push(title.clone());
        }
        Some(person)
    }

    fn by_name(&mut self, name: &str) -> Option<usize> {
        // Most names are written as they were before.
        if let Some(at) = self.people.by_name.get(name) {
            return Some(*at);
        }
        let key = normalized(name);
        if key.is_empty() {
            return None;
        }
        let at = self.same(key, name);
        self.people.by_name.insert(name.to_string(), at);
        Some(at)
    }

    fn by_role(&mut self, role: &str, unit: Option<usize>) -> usize {
        let unit = unit.map(|unit| unit.to_string()).unwrap_or_default();
        self.same(format!("{unit}/{}", normalized(role)), role)
    }

    fn same(&mut self, key: String, name: &str) -> usize {
        let list = &mut self.people.list;
        *self.same.entry(key).or_insert_with(|| {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            list.push(Individual { name, ..Individual::default() });
            list.len() - 1
        })
    }
}

impl Portfolio {
    /// Who did something, where that is free text: all of it, or where the site shows roles, what
    /// they do; nothing where only a name is told.
    pub fn by_whom<'t>(&self, by: &'t str) -> Option<&'t str> {
        let name = by.split([',', '(']).next().unwrap_or_default().trim();
        let is_person = || is_a_name(name) && self.units.find(name).is_none();
        match self.settings.people {
            PeopleShown::Roles if is_person() => by.split_once(',').map(|(_, role)| role.trim()),
            _ => Some(by),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_an_address_of_their_own() {
        let long = "a".repeat(120);
        let names = ["Ana Lopez", "Ana-Lopez", "Ana Lopez 2", "!!", "Page", "?", &long];
        let person = |name: &&str| Individual { name: (*name).into(), ..Individual::default() };
        let mut people: Vec<Individual> = names.iter().map(person).collect();
        give_slugs(&mut people);
        let slugs: Vec<&str> = people.iter().map(|person| person.slug.as_str()).collect();
        let cut = format!("{}-2", "a".repeat(80));
        let expected =
            ["ana-lopez", "ana-lopez-3", "ana-lopez-2", "person-2", "page-2", "person-3", &cut];
        assert_eq!(slugs, expected);
    }

    #[test]
    fn names_are_the_same_whatever_their_case_spaces_and_composition() {
        assert_eq!(normalized(" Amara  OSEI"), normalized("amara osei"));
        assert_eq!(normalized("Zoe\u{301} Ruiz"), normalized("zoé ruiz"));
    }
}
