//! People: the list of them, and what each owns, sponsors, champions, steers and promised. Where
//! the site shows roles there is the list alone, of roles by unit.

use super::alphabet::{Alphabet, anchor};
use super::frame::capitalized;
use super::view::{
    Cell, Pair, PeopleView, PersonActionRow, PersonProjectRow, PersonRow, PersonView, Words,
};
use super::{Here, Page, Pages, ROWS, Subject, list};
use crate::documents::person::Person;
use crate::documents::settings::PeopleShown;
use crate::portfolio::action::State;
use crate::portfolio::person::{Individual, Role};

const PEOPLE: &str = "people/index.html";

impl Pages<'_> {
    /// The list of people and, where people have pages, theirs.
    pub(super) fn people_pages(&self) -> Vec<Page> {
        let people = &self.portfolio.people.list;
        let counted = |n: usize| 1..=n.div_ceil(ROWS).max(1);
        let page = |address, subject| Page { address, subject };
        let all = counted(people.len());
        let mut pages: Vec<Page> =
            all.map(|nth| page(list::page(PEOPLE, nth), Subject::People(nth))).collect();
        for (at, person) in people.iter().enumerate().filter(|(_, one)| !one.slug.is_empty()) {
            for nth in counted(person.projects()) {
                pages.push(page(list::page(&person.page(), nth), Subject::Person(at, nth)));
            }
        }
        pages
    }
}

impl Here<'_> {
    /// A page of the list of people, or of roles.
    pub(super) fn people_list(&self, nth: usize) -> PeopleView {
        let list = &self.portfolio().people.list;
        let names = self.portfolio().settings.people == PeopleShown::Names;
        let result = match (list.len(), names) {
            (0, _) => self.say("No one is named yet.").to_string(),
            (n, true) => self.plural(
                n,
                "{n} person has a part in a project or leads a unit.",
                "{n} people have a part in a project or lead a unit.",
            ),
            (n, false) => self.plural(
                n,
                "{n} role has a part in a project or leads a unit.",
                "{n} roles have a part in a project or lead a unit.",
            ),
        };
        let note = "This site shows what people do, not who they are: roles stand here by their \
                    unit, and no one has a page.";
        let letter = &|one: &Individual| one.letter;
        let of = Alphabet { first: PEOPLE, what: "People", names: list, letter };
        let mut before = None;
        let row = |person: &Individual| {
            let begins = names && before.replace(person.letter) != Some(person.letter);
            let anchor = if begins { anchor(person.letter) } else { String::new() };
            PersonRow { anchor, ..self.person_row(person) }
        };
        PeopleView {
            frame: self.frame(self.say("People"), Some(result.clone()), &[]),
            title: self.say("People").into(),
            result,
            note: if names { String::new() } else { self.say(note).into() },
            column: self.say(if names { "Person" } else { "Role" }).into(),
            letters: if names { of.letters(self, nth) } else { Vec::new() },
            rows: list.iter().skip((nth - 1) * ROWS).take(ROWS).map(row).collect(),
            listing: list::listing(self, PEOPLE, nth, (list.len(), "People")),
        }
    }

    fn person_row(&self, person: &Individual) -> PersonRow {
        let count = |n: usize| match n {
            0 => Cell::absent(self.say("None")),
            n => Cell::text(self.format().count(n)),
        };
        let of = |roles: &[Role]| count(person.count(roles));
        let who = match (person.slug.is_empty(), person.name.is_empty()) {
            (true, true) => Words::plain(self.say("A person")),
            (true, false) => Words::plain(person.name.clone()),
            (false, _) => Words::link(person.name.clone(), self.to(&person.page())),
        };
        PersonRow {
            who,
            anchor: String::new(),
            about: self.person_about(person),
            owns: of(&[Role::Owner]),
            sponsors: of(&[Role::Sponsor, Role::ItLead]),
            champions: of(&[Role::Champion]),
            steers: of(&[Role::Chair, Role::Steering]),
            teams: of(&[Role::Team]),
            actions: count(self.open_actions(person).len()),
        }
    }

    /// "Head of Motor Claims, Claims".
    fn person_about(&self, person: &Individual) -> String {
        let units = person.units.iter().map(|unit| &self.portfolio().units.list[*unit].name);
        let parts: Vec<&str> = person.titles.iter().chain(units).map(String::as_str).collect();
        parts.join(", ")
    }

    /// The page of a person: a page of their projects.
    pub(super) fn person_page(&self, at: usize, nth: usize) -> PersonView {
        let person = &self.portfolio().people.list[at];
        let result = self.person_sentence(person);
        let mut projects: Vec<(usize, Vec<Role>)> = Vec::new();
        for (project, role) in &person.parts {
            match projects.last_mut() {
                Some((last, roles)) if last == project => roles.push(*role),
                _ => projects.push((*project, vec![*role])),
            }
        }
        let row = |(project, roles): &(usize, Vec<Role>)| {
            let words: Vec<&str> = roles.iter().map(|role| self.say(words(*role))).collect();
            PersonProjectRow { project: self.row(*project), parts: capitalized(&words.join(", ")) }
        };
        let open = self.open_actions(person);
        let way = [(self.say("People"), PEOPLE)];
        PersonView {
            frame: self.frame(&person.name, Some(result.clone()), &way),
            title: person.name.clone(),
            meta: self.person_meta(person),
            result,
            first: nth == 1,
            rows: projects.iter().skip((nth - 1) * ROWS).take(ROWS).map(row).collect(),
            listing: list::listing(self, &person.page(), nth, (projects.len(), "Projects")),
            actions: open.iter().take(ROWS).map(|of| self.person_action(*of)).collect(),
            actions_note: self.closed_actions(person, open.len()),
        }
    }

    fn person_meta(&self, person: &Individual) -> Vec<Pair> {
        let portfolio = self.portfolio();
        let linked = |units: &[usize]| {
            let mut words = Vec::new();
            for unit in units {
                if !words.is_empty() {
                    words.push(Words::plain(", "));
                }
                let name = portfolio.units.list[*unit].name.clone();
                words.push(Words::link(name, self.to(&portfolio.unit_page(*unit))));
            }
            words
        };
        let mut meta = Vec::new();
        if !person.titles.is_empty() {
            meta.push(Pair::text(self.say("Role"), person.titles.join(", ")));
        }
        for (label, units) in [("Unit", &person.units), ("Leads", &person.leads)] {
            if !units.is_empty() {
                let label = self.say(label).into();
                meta.push(Pair { label, words: linked(units), absent: false });
            }
        }
        meta
    }

    fn person_sentence(&self, person: &Individual) -> String {
        let mut parts = Vec::new();
        for (roles, one, many) in [
            (&[Role::Owner][..], "owns {n} project", "owns {n} projects"),
            (&[Role::Sponsor], "sponsors {n} project", "sponsors {n} projects"),
            (&[Role::ItLead], "leads {n} project for IT", "leads {n} projects for IT"),
            (&[Role::Champion], "champions {n} project", "champions {n} projects"),
            (
                &[Role::Chair, Role::Steering],
                "sits on {n} steering committee",
                "sits on {n} steering committees",
            ),
            (&[Role::Team], "is on {n} team", "is on {n} teams"),
            (&[Role::Facilitator], "led {n} post-mortem", "led {n} post-mortems"),
            (
                &[Role::Confirmer],
                "stands for benefits of {n} project",
                "stands for benefits of {n} projects",
            ),
        ] {
            match person.count(roles) {
                0 => {}
                n => parts.push(self.plural(n, one, many)),
            }
        }
        if !person.leads.is_empty() {
            parts.push(self.plural(person.leads.len(), "leads {n} unit", "leads {n} units"));
        }
        let open = self.open_actions(person);
        if !open.is_empty() {
            let overdue = open.iter().filter(|(state, _)| *state == State::Overdue).count();
            let has = self.plural(open.len(), "has {n} open action", "has {n} open actions");
            parts.push(match overdue {
                0 => has,
                n => {
                    let overdue = self.plural(n, "{n} of them overdue", "{n} of them overdue");
                    format!("{has}, {overdue}")
                }
            });
        }
        match parts.is_empty() {
            true => self.say("Had a part in what is done by now.").into(),
            false => format!("{}.", capitalized(&parts.join("; "))),
        }
    }

    /// The open actions of a person, overdue ones first, then by their day.
    fn open_actions(&self, person: &Individual) -> Vec<(State, (usize, usize))> {
        let portfolio = self.portfolio();
        let told = |(at, nth): (usize, usize)| {
            let post_mortem = portfolio.projects[at].front().post_mortem.as_ref();
            &post_mortem.expect("it told the action").actions[nth]
        };
        let stand = person.actions.iter().map(|of| (State::of(told(*of), portfolio.as_of), *of));
        let mut open: Vec<_> =
            stand.filter(|(state, _)| matches!(state, State::Overdue | State::Open)).collect();
        open.sort_by_key(|(state, of)| {
            let due = told(*of).due;
            (*state, due.is_none(), due.map(|due| due.to))
        });
        open
    }

    fn person_action(&self, (state, (at, nth)): (State, (usize, usize))) -> PersonActionRow {
        let project = &self.portfolio().projects[at];
        let post_mortem = project.front().post_mortem.as_ref().expect("it told the action");
        let action = &post_mortem.actions[nth];
        PersonActionRow {
            text: action.text.clone(),
            project: Words::link(
                project.title(),
                format!("{}#part-actions", self.to(&project.page)),
            ),
            badge: self.state_badge(state),
            due: match action.due {
                Some(due) => Cell::text(self.format().when(due)),
                None => Cell::absent(self.say("No date")),
            },
        }
    }

    fn closed_actions(&self, person: &Individual, open: usize) -> String {
        let mut parts = Vec::new();
        if open > ROWS {
            parts.push(self.plural(
                open - ROWS,
                "{n} more open action is not listed here.",
                "{n} more open actions are not listed here.",
            ));
        }
        match person.actions.len() - open {
            0 => {}
            n => parts.push(self.plural(
                n,
                "{n} action is done or dropped.",
                "{n} actions are done or dropped.",
            )),
        }
        parts.join(" ")
    }

    /// A person with what they do and where, the name linked to their page where they have one.
    pub(super) fn person_words(&self, person: &Person) -> Vec<Words> {
        let whole = self.person(person);
        match (self.portfolio().people.page(person), whole.strip_prefix(&person.name)) {
            (Some(page), Some(rest)) if !person.name.is_empty() => {
                let mut words = vec![Words::link(person.name.clone(), self.to(&page))];
                if !rest.is_empty() {
                    words.push(Words::plain(rest));
                }
                words
            }
            _ => vec![Words::plain(whole)],
        }
    }

    /// Several people, as one sentence.
    pub(super) fn people_words(&self, people: &[Person]) -> Vec<Words> {
        let mut all = Vec::new();
        for person in people {
            if !all.is_empty() {
                all.push(Words::plain("; "));
            }
            all.extend(self.person_words(person));
        }
        all
    }
}

fn words(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Sponsor => "sponsor",
        Role::ItLead => "IT lead",
        Role::Champion => "champion",
        Role::Chair => "chair of the steering committee",
        Role::Steering => "steering committee",
        Role::Team => "team",
        Role::Facilitator => "led the post-mortem",
        Role::Confirmer => "stands for a benefit",
    }
}
