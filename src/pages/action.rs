//! Actions: what post-mortems promised, overdue first, and who has promised most.

use super::calendar::CALENDAR;
use super::explore::Explored;
use super::view::{ActionsView, Badge, Cell, PromiseRow, PromiseSum, Words};
use super::{Here, ROWS, list};
use crate::documents::person::Person;
use crate::documents::post_mortem::{Action, Priority};
use crate::documents::settings::PeopleShown;
use crate::portfolio::action::{Count, Promise, State};
use foldhash::{HashMap, HashMapExt};
use std::cmp::Reverse;

/// The list of all actions.
pub(super) const ACTIONS: &str = "actions/index.html";

/// How many owners are counted by name.
const OWNERS: usize = 12;

impl Here<'_> {
    /// A state as a badge.
    pub(super) fn state_badge(&self, state: State) -> Badge {
        let tone = match state {
            State::Overdue => "miss",
            State::Open => "way",
            State::Done => "met",
            State::Dropped => "none",
        };
        Badge { word: self.say(state.words()).into(), tone }
    }

    /// A page of the list of actions.
    pub(super) fn promises(&self, nth: usize) -> ActionsView {
        let portfolio = self.portfolio();
        let actions = &portfolio.actions;
        let rows = actions.list.iter().skip((nth - 1) * ROWS).take(ROWS);
        let result = self.promises_sentence(actions.count);
        let (mut by_owner, mut by_unit) = (Vec::new(), Vec::new());
        if nth == 1 {
            by_unit = self.promises_by_unit();
            by_owner = self.promises_by_owner();
        }
        let more = by_owner.len().saturating_sub(OWNERS);
        by_owner.truncate(OWNERS);
        ActionsView {
            frame: self.frame(self.say("Actions"), Some(result.clone()), &[]),
            title: self.say("Actions").into(),
            result,
            note: self.withheld_post_mortems(),
            rows: rows.map(|promise| self.promise(*promise)).collect(),
            explore: self.explorer(Explored::Actions, nth),
            listing: list::listing(self, ACTIONS, nth, (actions.list.len(), "Actions")),
            calendar: Words::link(
                self.say("What is due, as a calendar to subscribe to"),
                self.to(CALENDAR),
            )
            .if_linked()
            .filter(|_| !actions.list.is_empty()),
            by_unit,
            by_owner,
            owners_more: match more {
                0 => String::new(),
                n => self.plural(
                    n,
                    "{n} more owner is not listed here.",
                    "{n} more owners are not listed here.",
                ),
            },
        }
    }

    /// "3 of 31 actions are overdue; 8 more are open, 18 are done, 2 were dropped."
    fn promises_sentence(&self, count: Count) -> String {
        let number = |n| self.format().count(n);
        let all = self.plural(count.all(), "{n} action", "{n} actions");
        let (overdue, all) = (number(count.overdue), all.as_str());
        let with = [("n", overdue.as_str()), ("actions", all)];
        let mut sentence = match (count.all(), count.overdue) {
            (0, _) => return self.say("No post-mortem has promised an action yet.").into(),
            (_, 0) => self.fill("None of {actions} is overdue", &with),
            (_, 1) => self.fill("{n} of {actions} is overdue", &with),
            _ => self.fill("{n} of {actions} are overdue", &with),
        };
        let rest =
            [(count.open, "{n} open"), (count.done, "{n} done"), (count.dropped, "{n} dropped")];
        let rest = rest.into_iter().filter(|(n, _)| *n > 0);
        let rest: Vec<String> =
            rest.map(|(n, word)| self.fill(word, &[("n", &number(n))])).collect();
        if !rest.is_empty() {
            sentence.push_str(&format!("; {}", rest.join(", ")));
        }
        sentence.push('.');
        sentence
    }

    /// The list of all actions, where any is told: "All 31 actions".
    pub(super) fn all_promises(&self) -> Option<Words> {
        let words = match self.portfolio().actions.list.len() {
            0 => return None,
            n => self.plural(
                n,
                "The one action that was promised",
                "All {n} actions that were promised",
            ),
        };
        Words::link(words, self.to(ACTIONS)).if_linked()
    }

    /// How many post-mortems this edition does not show, in words; empty where it shows all.
    pub(super) fn withheld_post_mortems(&self) -> String {
        match self.portfolio().actions.withheld {
            0 => String::new(),
            n => self.plural(
                n,
                "The post-mortem of {n} project is withheld, and not counted.",
                "The post-mortems of {n} projects are withheld, and not counted.",
            ),
        }
    }

    pub(super) fn promise(&self, promise: Promise) -> PromiseRow {
        let portfolio = self.portfolio();
        let project = &portfolio.projects[promise.project];
        let action = promise.told(&portfolio.projects);
        let due = match action.due {
            Some(due) => Cell::text(self.format().when(due)),
            None => Cell::absent(self.say("No date")),
        };
        let late = usize::try_from(promise.days).unwrap_or_default();
        PromiseRow {
            text: action.text.clone(),
            project: Words::link(
                project.title(),
                format!("{}#part-actions", self.to(&project.page)),
            ),
            badge: self.state_badge(promise.state),
            sub: self.done_and_priority(action),
            due: match promise.state {
                State::Overdue => due.sub(self.plural(late, "{n} day overdue", "{n} days overdue")),
                _ => due,
            },
            owner_href: action.owner.as_ref().and_then(|owner| self.owner_page(owner)),
            owner: match &action.owner {
                Some(person) => Cell::text(self.person_and_role(person)),
                None => Cell::absent(self.say("No owner")),
            },
            unit: match promise.unit {
                Some(unit) => self.unit_link(unit),
                None => Words::default(),
            },
        }
    }

    /// "Done 20 Aug 2025, high priority".
    pub(super) fn done_and_priority(&self, action: &Action) -> String {
        let done =
            action.done_on.map(|on| self.fill("Done {date}", &[("date", &self.format().when(on))]));
        let priority = action.priority.map(|priority| match priority {
            Priority::High => self.say("High priority").to_string(),
            Priority::Medium => self.say("Medium priority").into(),
            Priority::Low => self.say("Low priority").into(),
        });
        [done, priority].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// A unit by its name, linked.
    pub(super) fn unit_link(&self, unit: usize) -> Words {
        let portfolio = self.portfolio();
        Words::link(portfolio.units.list[unit].name.clone(), self.to(&portfolio.unit_page(unit)))
    }

    fn owner_page(&self, person: &Person) -> Option<String> {
        self.portfolio().people.page(person).map(|page| self.to(&page))
    }

    fn promises_by_unit(&self) -> Vec<PromiseSum> {
        let portfolio = self.portfolio();
        let mut counts = vec![Count::default(); portfolio.units.list.len()];
        let mut without = Count::default();
        for promise in &portfolio.actions.list {
            promise.unit.map_or(&mut without, |unit| &mut counts[unit]).add(promise.state);
        }
        let units = portfolio.units.by_name().into_iter().filter(|unit| counts[*unit].all() > 0);
        let mut sums: Vec<PromiseSum> =
            units.map(|unit| self.sum(self.unit_link(unit), counts[unit])).collect();
        if without.all() > 0 {
            sums.push(self.sum(Words::plain(self.say("No unit named")), without));
        }
        sums
    }

    /// Those who have promised most that is overdue, then most that is open.
    fn promises_by_owner(&self) -> Vec<PromiseSum> {
        let portfolio = self.portfolio();
        let mut people: Vec<(String, Option<&Person>, Count)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for promise in &portfolio.actions.list {
            let owner = promise.told(&portfolio.projects).owner.as_ref();
            let name = owner.map_or_else(String::new, |owner| self.person_name(owner));
            let key = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let place = *places.entry(key).or_insert(people.len());
            if place == people.len() {
                people.push((name, owner, Count::default()));
            }
            people[place].2.add(promise.state);
        }
        people.sort_by_cached_key(|(name, owner, count)| {
            let counts = (Reverse(count.overdue), Reverse(count.open), Reverse(count.all()));
            (owner.is_none(), counts, name.to_lowercase())
        });
        let names = portfolio.settings.people == PeopleShown::Names;
        let whose = |name: String, owner: Option<&Person>| match owner {
            // A role may be that of several people, so it leads to none of them.
            Some(owner) => Words { text: name, href: self.owner_page(owner).filter(|_| names) },
            None => Words::plain(self.say("No owner")),
        };
        people.into_iter().map(|(name, owner, count)| self.sum(whose(name, owner), count)).collect()
    }

    fn sum(&self, whose: Words, count: Count) -> PromiseSum {
        let cell = |state| match count.in_state(state) {
            0 => Cell::absent(self.say("None")),
            n => Cell::text(self.format().count(n)),
        };
        let [overdue, open, done, dropped] = State::ALL.map(cell);
        PromiseSum { whose, overdue, open, done, dropped }
    }
}
